"""Tables over scanned pages: a header that is recognised twice in two ways is one."""

import pytest

from extractor.blocks.grids import Grid, GridCell
from extractor.blocks.table_pages import continues, joined

EDGES = [50.0, 80.0, 300.0, 420.0]


def grid(page, *rows, confidence=0.9):
    """A table of one page, its cells recognised with *confidence*."""
    cells = [
        GridCell(row, column, 1, 1, text, confidence=confidence)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Grid(page, page, EDGES, 60.0, len(rows), cells, [page] * len(rows))


HEADER = ["STT", "Nội dung công việc", "Đơn vị thực hiện"]


@pytest.mark.parametrize(
    "again", [["S 1h T", "Nội dung công việc", "Đơn vị thực hiện"], ["STT", "Nộidung công viêc", "Đơn vi thực hiện"]]
)
def test_a_header_recognised_otherwise_is_dropped(again):
    upper, lower = grid(1, HEADER, ["1", "Rà soát", "Sở A"]), grid(2, again, ["2", "Báo cáo", "Sở B"])
    assert continues(upper, lower)
    assert [cell.text for cell in joined(upper, lower).cells if cell.column == 1] == [HEADER[1], "Rà soát", "Báo cáo"]


@pytest.mark.parametrize(
    ("first", "confidence"), [(["2", "Họp", "Sở C"], 0.9), (["STT", "Nội dung công viêc", "Đơn vị thực hiện"], 1.0)]
)
def test_another_row_stays(first, confidence):
    upper = grid(1, HEADER, ["1", "Rà soát", "Sở A"], confidence=confidence)
    lower = grid(2, first, ["3", "Báo cáo", "Sở B"], confidence=confidence)
    assert joined(upper, lower).rows == 4
