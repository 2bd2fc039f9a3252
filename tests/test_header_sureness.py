"""Number and day of a scan, by the confidence of their digits."""

from dataclasses import replace
from datetime import date

import pytest

from extractor.blocks.assembly import Builder
from extractor.document import header

LINES = ("UBND TỈNH HÀ GIANG", "Số: 31/KH-UBND", "Hà Giang, ngày 05 tháng 8 năm 2024", "KẾ HOẠCH", "Trồng rừng")


@pytest.mark.parametrize(
    ("sureness", "least", "number", "day", "reasons"),
    [
        (1.0, 0.25, "31/KH-UBND", date(2024, 8, 5), ()),
        (0.61, 0.25, "31/KH-UBND", date(2024, 8, 5), ()),
        (0.3, 0.25, "31/KH-UBND", date(2024, 8, 5), ("number_doubtful", "date_doubtful")),
        (0.24, 0.25, None, None, ("number_unreadable", "date_unreadable")),
        (0.7, 0.8, None, None, ("number_unreadable", "date_unreadable")),
    ],
)
def test_digits_below_the_setting_are_left_out(sureness, least, number, day, reasons):
    builder = Builder()
    for line in LINES:
        builder.add(line, page=1)
    blocks = [replace(b, digits=sureness) if any(c.isdigit() for c in b.text) else b for b in builder.blocks]
    found = header.find(blocks, least)
    assert (found.header.number, found.header.date) == (number, day)
    assert tuple(reason for reason in found.header.reasons if reason.startswith(("number", "date"))) == reasons
    assert (found.header.kind, found.issue_year) == ("Kế hoạch", 2024)
