"""Days, months and quarters whose letters and figures recognition has mistaken for each other, set right.

In: the words of a paragraph of a scanned page. Out: the words, "tháng II năm 2026" made "tháng 11 năm 2026", "Quý lV"
"Quý IV", "30/l1/2026" and "3011/2026" "30/11/2026", "trước ngay 15/7" "trước ngày 15/7".

Only what can be nothing else is changed: months are written in figures, and no word has a slash between figures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS = str.maketrans({"l": "1", "I": "1", "|": "1", "i": "1", "O": "0", "o": "0", "S": "5"})
_FIGURE = r"[\dlI|iOoS]"
_DAY = re.compile(
    rf"(\W*)({_FIGURE}{{1,2}}[/.-]{_FIGURE}{{1,2}}[/.-]{_FIGURE}{{4}}|(?:\d{_FIGURE}|{_FIGURE}\d|\d)/{_FIGURE}{{4}})(\W*)"
)
_APART = re.compile(r"(?i)\b(ngày|tháng|năm)(\d{1,4}\b)")  # "ngày30"
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])")
_YEAR = re.compile(r"20\d\d\W?")
_WITHOUT_SLASH = re.compile(r"^(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])/(20\d\d)\b")  # "3112/2026"
_SHORT = re.compile(r"([\dlI|iO]{1,2})(\W*)")  # the number of a day or a month by itself
_QUARTER = re.compile(r"([IVlL1|H]{1,4}(?:[-–][IVlL1|H]{1,4})?)((?:/\d{4})?\W*)")
_ROMAN = str.maketrans({"l": "I", "L": "I", "1": "I", "|": "I", "H": "II"})
_QUARTERS = frozenset({"I", "II", "III", "IV"})
_BEFORE_FIGURES = {"ngay": "ngày", "thang": "tháng", "nam": "năm"}
_BEFORE_ROMAN = {"quy": "quý"}
_MOST_LETTERS = 2  # in a day: with more it is something else


def with_days(texts: Sequence[str]) -> list[str]:
    """The words of a paragraph with their days, months and quarters set right."""
    found = [_day(_APART.sub(r"\1 \2", text)) for text in texts]
    for at in range(len(found)):
        before, after = found[at - 1] if at else "", found[at + 1] if at + 1 < len(found) else ""
        found[at] = _named(found[at], after)
        if fold(before).strip(":.") != "so":  # a document's number has four figures too
            found[at] = _WITHOUT_SLASH.sub(r"\1/\2/\3", found[at])
        if before.lower() in {"ngày", "tháng"}:
            found[at] = _number(found[at], after or "năm")
        elif before.lower() == "quý" or _is_span(found[max(at - 3, 0) : at]):
            found[at] = _quarter(found[at])
        elif _DAY_AND_MONTH.fullmatch(before) and _YEAR.fullmatch(found[at]):  # "01/7 2026": nobody writes so
            found[at - 1 : at + 1] = [f"{before}/{found[at]}", ""]
    return found


def _is_span(before: Sequence[str]) -> bool:
    """Whether "Quý I -" stands before: another quarter follows."""
    return len(before) == 3 and before[0].lower() == "quý" and before[1] in _QUARTERS and before[2] in {"-", "–"}


def _day(text: str) -> str:
    """A day or month with slashes, in figures."""
    found = _DAY.fullmatch(text)
    if found is None or not 0 < sum(c.isalpha() or c == "|" for c in found[2]) <= _MOST_LETTERS:
        return text
    return found[1] + found[2].translate(_LETTERS) + found[3]


def _named(word: str, after: str) -> str:
    """The word before a number ("ngay 15/7", "quy II") with its mark; capitals inside a name are left ("Nam 2")."""
    meant = _BEFORE_FIGURES.get(fold(word)) if after[:1].isdigit() else None
    if _QUARTER.fullmatch(after) and after[0] not in "1H":
        meant = _BEFORE_ROMAN.get(fold(word), meant)
    if meant is None or word == meant or not (word.islower() or (word.istitle() and meant == "quý")):
        return word
    return meant.capitalize() if word.istitle() else meant


def _number(text: str, after: str) -> str:
    """The number of a day or month in figures: "II" and "I1" before "năm" or "tháng" are 11."""
    found = _SHORT.fullmatch(text)
    if found is None or found[1].isdigit() or fold(after.strip(".,;")) not in {"nam", "thang"}:
        return text
    return found[1].translate(_LETTERS) + found[2]


def _quarter(text: str) -> str:
    """The roman number of a quarter, or two with a dash between; one in figures ("quý 1") is left."""
    found = _QUARTER.fullmatch(text)
    if found is None or (text[0].isdigit() and len(found[1]) == 1):
        return text
    romans = [roman.translate(_ROMAN) for roman in re.split("([-–])", found[1])]
    return "".join(romans) + found[2] if _QUARTERS.issuperset(romans[::2]) else text
