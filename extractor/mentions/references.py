"""Documents and laws that a text cites: "Quyết định số 616/QĐ-UBND ngày 09/3/2022", "Luật Đất đai năm 2024".

In: text. Out: `Reference`s in document order, each with its words up to and including its date: the dates of cited
documents are no deadlines.

>>> [r.number for r in find("theo Quyết định số 616/QĐ-UBND ngày 09/3/2022 của UBND tỉnh")]
['616/QĐ-UBND']
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.model import Reference, Span
from extractor.patterns import late

# Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III; Hướng dẫn 36-HD/VPTW for papers of the Party
_NUMBERED = (
    r"(?:nghị quyết(?: liên tịch)?|thông tư(?: liên tịch)?|kế hoạch(?: hành động)?|"
    r"chương trình(?: hành động| phối hợp)?|nghị định|quyết định|chỉ thị|thông báo(?: kết luận)?|"
    r"kết luận(?: thanh tra)?|công văn|công điện|văn bản|hướng dẫn|quy định|quy chế|tờ trình|báo cáo|đề án|phương án|"
    r"bộ luật|luật|pháp lệnh|lệnh|thông cáo|biên bản|giấy mời|hợp đồng|điện|quyết nghị|thỏa thuận|phiếu chuyển|"
    r"qđ|nq|nđ|kh|cv)"
)
# types that are cited by their day alone: "Công văn ngày 15/7/2026 của Sở Tài chính"
_DAYED = (
    r"(?:nghị quyết|quyết định|chỉ thị|thông báo|kết luận|công văn|công điện|tờ trình|hướng dẫn|luật|nghị định|"
    r"thông tư)"
)
_LETTERS = r"[A-ZĐƯÔ][\wĐđƯư&]*"
_NUMBER = (
    rf"(?:\d{{1,5}}[a-z]?(?:\s*[/\-]\s*(?:19|20)\d\d)?\s*/\s*{_LETTERS}(?:\s*[\-/]\s*{_LETTERS})*"
    # "20-KH/BCĐ 57", "57-NQ/TW", "12-CTr/TU"
    rf"|\d{{1,5}}\s*-\s*{_LETTERS}\s*/\s*{_LETTERS}(?:\s*-\s*{_LETTERS})*(?:\s+\d{{1,3}}(?=\s+ngày))?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d(?!\d)"
# "ngày 09/3/2022", "ngày 06 tháng 10 năm 2015", a draft's "ngày    /8/2026"
_FULL_DAY = (
    rf"(?:{_DAY}?\s*[/.\-]\s*{_MONTH}?\s*[/.\-]\s*{_YEAR}|{_DAY}?\s*tháng\s*{_MONTH}?\s*(?:,?\s*năm|/)\s*{_YEAR})"
)
_DATE = (
    rf"(?:\s*,?\s*(?:ký\s+|ban\s+hành\s+)?(?:\(\s*)?ngày\s*(?:{_FULL_DAY}|{_DAY}\s*/\s*{_MONTH}(?![/\d]))(?:\s*\))?"
    rf"|\s*,?\s*năm\s+{_YEAR})"
)
_NUMBER_WORD = r"(?:[Ss]ố|SỐ)\s*:?\s*"
# "Luật Đất đai, hoàn thành trong năm 2026": these words end the name of a law before its year
_OVER = r"(?!\s(?:hoàn thành|trong|trước|đến|từ|của|tại|theo|cho|giai đoạn|hết|đã|được|có|thi hành|báo cáo|dự toán)\s)"

# "hướng dẫn của Văn phòng tại Công văn số 5/VP-TH": these words begin another citation
_ELSEWHERE = rf"(?!\s(?:tại|theo|về|thực hiện|(?i:{_NUMBERED}))\s)"


@dataclass(frozen=True, slots=True)
class ReferenceRule:
    """A way to cite; the group `number` holds the number, where the citation has one."""

    name: str
    pattern: re.Pattern[str]


RULES: tuple[ReferenceRule, ...] = (
    # "Quyết định số 616/QĐ-UBND ngày 09/3/2022", "Nghị quyết của HĐND tỉnh số 12/NQ-HĐND", "Chỉ thị 05/CT-TTg"
    ReferenceRule(
        "numbered",
        late(
            rf"(?<!\w)(?i:{_NUMBERED})(?:\s+của\s+(?:{_ELSEWHERE}[^\d.;:()\n]){{2,60}}?)?\s+(?:{_NUMBER_WORD})?"
            rf"(?P<number>{_NUMBER})(?:{_DATE})?"
        ),
    ),
    # "Công văn ngày 15/7/2026", "Kết luận ngày 02 tháng 8 năm 2026"
    ReferenceRule("dated", late(rf"(?<!\w)(?i:{_DAYED})\s+ngày\s*{_FULL_DAY}")),
    # "Luật Phòng, chống tham nhũng năm 2018", "Bộ luật Dân sự 2015", "Hiến pháp năm 2013"
    ReferenceRule(
        "law",
        late(
            rf"(?<!\w)(?:(?:Bộ luật|Luật|Pháp lệnh)\s+(?!số)(?:{_OVER}[^\d.;:()\n]){{2,90}}?|Hiến pháp)"
            rf"\s+(?:(?:năm\s+)?{_YEAR}(?!/)|,?\s*ngày\s*{_FULL_DAY})"
        ),
    ),
    # "Số:      /KH-UBND ngày    /8/2026": a draft's number is blank
    ReferenceRule("blank", late(rf"{_NUMBER_WORD}(?P<number>/{_LETTERS}-{_LETTERS})(?:{_DATE})?")),
    # "các Nghị quyết: số 05/NQ-HĐND ngày 10/7/2026", "theo 616/QĐ-UBND"
    ReferenceRule(
        "number_alone",
        late(
            rf"(?<![\w/])(?:{_NUMBER_WORD}(?P<number>{_NUMBER})|(?P<code>\d{{1,5}}(?:/20\d\d)?/{_LETTERS}-{_LETTERS}))"
            rf"(?:{_DATE})?"
        ),
    ),
)
# "Quyết định số 15/QĐ-UBND ngày 02/01/2026, số 17/QĐ-UBND ngày 05/01/2026 và 19/QĐ-UBND"
_NEXT = late(rf"\s*(?:,|;|và|hoặc)\s*(?P<whole>(?:{_NUMBER_WORD})?(?P<number>{_NUMBER})(?:{_DATE})?)")
_TRIGGER = late(r"[\d\s:][/\-]\s*[A-ZĐ]|(?:19|20)\d\d")


def find(text: str, *, block: int = 0) -> tuple[Reference, ...]:
    """All documents that *text* cites, in document order; of overlapping citations the first, then the longest, stays.

    Args:
        text: cleaned text (`extractor.text.clean`).
        block: number of the block, for the spans.
    """
    if not _TRIGGER.search(text):
        return ()
    matches = [match for rule in RULES for match in rule.pattern.finditer(text)]
    matches.sort(key=lambda match: (match.start(), -match.end()))
    found: list[Reference] = []
    end = 0
    for match in matches:
        if match.start() < end:
            continue
        number = match.groupdict().get("number") or match.groupdict().get("code")
        found.append(_reference(text, match.span(), number, block))
        end = match.end()
        while number and (following := _NEXT.match(text, end)):
            found.append(_reference(text, following.span("whole"), following["number"], block))
            end = following.end()
    return tuple(found)


def _reference(text: str, span: tuple[int, int], number: str | None, block: int) -> Reference:
    """A citation; its number without spaces, as it would be signed."""
    start, end = span
    plain = re.sub(r"\s+", "", number) if number else None
    return Reference(text=text[start:end], number=plain, span=Span(block, start, end))
