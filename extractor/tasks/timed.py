"""A cell that names a unit and a day → the words of each.

In: the text of a cell under "Đơn vị thực hiện, thời gian hoàn thành". Out: the range of the units, and that of the day:

    "Hạt Kiểm lâm số 2 / Xong trước 30/4/2026"  → "Hạt Kiểm lâm số 2", "Xong trước 30/4/2026"
    "Sở Xây dựng, Công an tỉnh (Quý III/2026)"  → "Sở Xây dựng, Công an tỉnh", "Quý III/2026"
"""

from __future__ import annotations

import re

from extractor.patterns import late

_TIME = (
    r"(?:(?:hoàn thành|xong|thời gian|thời hạn|hạn(?: chót)?)\b\s*:?\s*)*"
    r"(?:trước|trong|đến|từ|chậm nhất|định kỳ|h[ằà]ng|thường xuyên|liên tục|quý|tháng|năm|ngày|tuần|giai đoạn \d"
    r"|6 tháng|20\d\d"
    r"|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|(?:cuối|đầu|giữa) (?:tháng|quý|năm|tuần)|\d{1,2}\s?[/.-]\s?\d)"
)
# What comes after the day may say more of it, but begins no further unit: "trước 16 giờ hằng ngày".
_AFTER = late(
    rf"(?:\s*[\n;,(]|\s+[-–])\s*[-–+]?\s*(?P<time>(?i:{_TIME})(?:(?![,;]\s*[A-ZĐ])[^\n()])*)\)?[\s.;,]*$",
)
_BEFORE = late(
    rf"\s*[-–+]?\s*(?P<time>(?i:{_TIME})[^\n;]*?)\s*(?:[;\n]|\s[-–]\s)\s*(?P<units>[-–+]?\s*[A-ZĐ].*)$", re.DOTALL
)


def parted(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The range of the units and that of the day in *text*; None where it does not hold both."""
    after = _AFTER.search(text)
    if after and text[: after.start()].strip():
        return (0, after.start()), after.span("time")
    before = _BEFORE.match(text)
    return (before.span("units"), before.span("time")) if before else None
