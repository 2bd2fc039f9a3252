"""Documents and laws that a text cites: "Quyết định số 616/QĐ-UBND ngày 09/3/2022", "Luật Đất đai năm 2024".

In: text. Out: `Reference`s in document order, each with its words up to and including its date: the dates of cited
documents are no deadlines.

>>> [r.number for r in find("theo Quyết định số 616/QĐ-UBND ngày 09/3/2022 của UBND tỉnh")]
['616/QĐ-UBND']
"""

from __future__ import annotations

import re

from extractor.model import Reference, Span

# Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III; party papers (Hướng dẫn 36-HD/VPTW); laws (Luật 64/2025/QH15)
_TYPE = (
    r"(?:nghị quyết liên tịch|thông tư liên tịch|kế hoạch hành động|chương trình hành động|chương trình phối hợp|"
    r"nghị quyết|nghị định|nghị đinh|quyết định|chỉ thị|thông tư|thông báo(?: kết luận)?|kết luận|kế hoạch|chương trình|công văn|"
    r"công điện|văn bản|hướng dẫn|quy định|quy chế|tờ trình|báo cáo|đề án|phương án|bộ luật|luật|pháp lệnh|lệnh|hiến pháp|"
    r"thông cáo|biên bản|giấy mời|hợp đồng|điện|chiến lược|quy hoạch|dự án|quyết nghị|bản ghi nhớ|thỏa thuận|kết luận thanh tra|phiếu chuyển)"
)
_NUMBER = (
    r"(?:\d{1,5}(?:\s*/\s*(?:19|20)\d\d)?\s*[/\-]\s*[A-ZĐƯÔƠ][\w&ĐƯÔƠđư.]*(?:\s*[\-/]\s*[\wĐƯÔƠđư&.]+)*"
    r"|\d{1,5}\s*-\s*[A-ZĐƯ]{2,4}\s*/\s*\w+(?:\s*-\s*\w+)*)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = (
    rf"(?:,?\s*(?:ký\s+|ban\s+hành\s+)?(?:ngày|ngầy)\s*(?:{_DAY}?\s*[/.\-]\s*{_MONTH}?\s*[/.\-]\s*(?:19|20)\d\d"
    rf"|{_DAY}?\s*tháng\s*{_MONTH}?\s*(?:năm|,\s*năm|/)\s*(?:19|20)\d\d)|\s*,?\s*(?:năm\s+)?(?:19|20)\d\d(?!\d))"
)
_KEY = r"(?:số\s*:?\s*)?"
_PLAIN = re.compile(
    rf"(?<!\w)(?P<type>(?i:{_TYPE}))(?:\s+(?:của\s+)?[^\W\d_][^\d.;:()\n]{{0,60}}?)?\s+{_KEY}(?P<number>{_NUMBER}){_DATE}?"
)
_FOLLOWER = re.compile(rf"\s*(?:,|;|và|hoặc)\s*(?:số\s*:?\s*)?(?P<number>{_NUMBER}){_DATE}?")
# "Công văn ngày 15/7/2026", "Kết luận của Chủ tịch UBND tỉnh tại cuộc họp ngày 12/3/2026" has no number
_DATED = re.compile(rf"(?<!\w)(?P<type>(?i:{_TYPE}))\s+{_DATE}")
# "Luật Phòng, chống tham nhũng năm 2018", "Bộ luật Dân sự 2015", "Hiến pháp năm 2013"
_LAW = re.compile(
    r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)(?:\s+(?!số)[^\d.;:()\n]{2,90}?)?\s+(?:năm\s+)?(?:19|20)\d\d(?![\d/])"
)
# "Số:      /KH-UBND ngày    /8/2026": a draft's blank number
_BLANK = re.compile(rf"(?i:số)\s*:?\s*(?P<number>/[A-ZĐ]{{2,5}}-[\wĐ&\-]+){_DATE}?")
_ALONE = re.compile(rf"(?<![\w/])(?i:số)\s*:?\s*(?P<number>{_NUMBER}){_DATE}?")
# "số 5/12 hộ" is a fraction: a reference's number has a letter after its slash
_TRIGGER = re.compile(r"\d\s*[/\-]\s*[A-ZĐ]|/[A-ZĐ]|(?:19|20)\d\d")
_RULES = (_PLAIN, _DATED, _LAW, _BLANK, _ALONE)


def find(text: str, *, block: int = 0) -> tuple[Reference, ...]:
    """All cited documents of *text* in document order; they do not overlap, the longest match of a place wins."""
    if not _TRIGGER.search(text):
        return ()
    candidates = [match for rule in _RULES for match in rule.finditer(text)]
    candidates.sort(key=lambda match: (match.start(), -match.end()))
    found: list[Reference] = []
    end = 0
    for match in candidates:
        if match.start() < end:
            continue
        found.append(_reference(text, match, block))
        end = match.end()
        while follower := _FOLLOWER.match(text, end):
            start = follower.start("number")
            found.append(_reference(text, follower, block, start))
            end = follower.end()
    return tuple(found)


def _reference(text: str, match: re.Match[str], block: int, start: int | None = None) -> Reference:
    begin = match.start() if start is None else start
    number = match.groupdict().get("number")
    return Reference(
        text[begin : match.end()], re.sub(r"\s+", "", number) if number else None, Span(block, begin, match.end())
    )
