"""Words that were meant as a deadline and that no calendar has: "trước ngày 99/99/9999", "ngày 45 hằng tháng".

In: the words of a task in which no deadline was found. Out: where such words stand; the clerk is told of them, for a
deadline that is silently left out is the worst mistake.

>>> text = "Gửi báo cáo trước ngày 32/13/2026."
>>> start, end = unreadable(text)
>>> text[start:end]
'trước ngày 32/13/2026'
"""

from __future__ import annotations

from extractor.mentions.deadline_words import EVERY, compiled

_BINDS = r"(?:trước|đến|tới|hết|vào|trong|chậm nhất|muộn nhất|không quá|hoàn thành|xong|định kỳ)"
_UNREADABLE = compiled(
    # "trước ngày 99/99/9999", "đến hết ngày 31-14-2026"
    rf"(?<!\w){_BINDS}(?: (?:là|vào|hết|ngày))* (?P<d>\d{{1,3}})(?P<s>[/.\-])(?P<m>\d{{1,2}})(?P=s)\d{{4,5}}(?!\w)|"
    # "trước ngày 45/6", "trước ngày 12/15"
    rf"(?<!\w){_BINDS}(?: (?:là|vào|hết))* ngày (?P<d2>\d{{1,3}})/(?P<m2>\d{{1,3}})(?![/\w])|"
    # "ngày 45 hằng tháng", "ngày 32 tháng 5"
    rf"(?:{_BINDS} )?ngày (?:3[2-9]|[4-9]\d|\d{{3,}}) (?:của )?(?:{EVERY} tháng|tháng|quý)(?!\w)(?: \d{{1,2}}(?!\w))?|"
    # "trong tháng 13/2026", "trong quý V"
    r"(?<!\w)(?:trong|vào|trước|hết) (?:tháng (?:1[3-9]|[2-9]\d)(?!\w)|quý (?:v|vi|[5-9])(?!\w))|"
    # "trong 100000 năm"
    r"(?<!\w)(?:trong|sau|chậm nhất) (?:vòng |thời hạn )?\d{4,} (?:ngày|tuần|tháng|quý|năm)(?!\w)"
)


def unreadable(text: str) -> tuple[int, int] | None:
    """The range of the first words of *text* that name a day or a term that cannot be; None if none do."""
    for found in _UNREADABLE.finditer(text.lower()):
        day, month = found["d"] or found["d2"], found["m"] or found["m2"]
        if day is None or not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
            return found.span()
    return None
