"""A text made ready for the search for targets: digits that are no quantity hidden, days recognised.

In: a text. Out: `Prepared`: "Kế hoạch số 34/KH-UBND, đến năm 2027 đạt 90%" shows only the 90% as a quantity.

>>> prepare("Điều 5: đến năm 2027 đạt 90%").shown
'¤¤¤¤¤¤:              đạt 90%'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.target_days import DayPhrase, day_phrases
from extractor.mentions.target_numbers import Amount, hide
from extractor.mentions.target_words import quantity_text, words

if TYPE_CHECKING:
    from collections.abc import Sequence

# Digits that are no quantity, in the text as written.
_PAPERS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+"
    r"|\d+(?:/(?:19|20)\d\d)?\s?[/-]\s?[A-ZĐ][\wĐđ&.-]*(?:[/-][\wĐđ&-]+)*"
    r"|(?i:(?<![^\W_])(?:điều|khoản|điểm|mục|chương|phụ lục|biểu|mẫu số|bước|mức độ|cấp độ|lớp|khối lớp"
    r"|lần thứ|kỳ họp thứ|khóa|khoá|giai đoạn|quốc lộ|tỉnh lộ|đường tỉnh|công nghiệp|phiên bản"
    r"|kế hoạch|quyết định|nghị quyết|công văn|chỉ thị|đề án|thông tư"
    r"|nghị định|văn bản|luật|số|số:|điện thoại|fax|iso|tcvn|qcvn"
    r"|hotline|tháng|quý|ngày|năm)\s+"
    r"(?:số\s+|thứ\s+)?\d+(?:[./]\d+)*"
    r"(?:\s?(?:,|và|-|–|đến)\s?\d+(?![\d.,]*\s?%))*)"
    r"(?![\d.,]*\s?%)(?=[\s,;:.)–\-/”\"]|\Z)"
)
_LABEL = re.compile(r"(?:\A|\n)\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]\s|\d{1,2}(?:\.\d{1,2})+\s)|\(\d{1,2}\)(?=\s)")
_DAY_COMMA = re.compile(r"\s*[,:]")
_STAYS = re.compile(r"(?:lớp|khối lớp|điểm|số|mục|khóa|khoá|biểu|ngày|năm)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One text and its working forms, all of the same length.

    Attributes:
        flat: lower case with new tones.
        shown: `flat` with what is no quantity hidden, and phrases of days blanked.
        days: the phrases of days.
    """

    text: str
    flat: str
    shown: str
    days: tuple[DayPhrase, ...]


def prepare(text: str, masked: Sequence[tuple[int, int]] = (), *, labelled: bool = True) -> Prepared:
    """The working forms of *text*.

    Args:
        text: the text as written.
        masked: ranges whose digits are no quantity.
        labelled: whether "1.2 " at the start of a line is a label, not a number.
    """
    flat = quantity_text(text)
    days = tuple(day_phrases(text, flat))
    papers = [match.span() for match in _PAPERS.finditer(text) if _hides(match, flat)]
    shown = hide(flat, [*papers, *masked])
    blanks = [match.span() for match in _LABEL.finditer(text) if labelled and _labels(match, text)]
    for phrase in days:
        if phrase.day is None:
            shown = hide(shown, [match.span() for match in re.compile(r"\d+").finditer(flat, phrase.start, phrase.end)])
            continue
        comma = _DAY_COMMA.match(flat, phrase.end)
        blanks.append((phrase.start, comma.end() if comma else phrase.end))
    return Prepared(text, flat, hide(shown, blanks, " "), days)


def _hides(match: re.Match[str], flat: str) -> bool:
    """Whether the digits are a label after all: "lớp 1" is, "điểm 8 điểm" is not."""
    if not _STAYS.match(match.group()):
        return True
    behind = flat[match.end() : match.end() + 30].lstrip()
    return words().measure.match(behind) is None


def _labels(match: re.Match[str], text: str) -> bool:
    """Whether the digits at the start of a line are a label: "1.2 Tỷ lệ …" has one, "11.5 điểm" has none."""
    following = text[match.end() : match.end() + 1]
    return match.group().rstrip().endswith((".", ")")) or not following.islower()


def unit_of(text: str, amount: Amount) -> str | None:
    """The unit as written; "%" for percentages and "hạng" for places in a ranking."""
    if amount.sense == "rank":
        return "hạng"
    if amount.sense == "percent" or amount.unit is None:
        return amount.unit
    return re.sub(r"\s+", " ", text[amount.unit_start : amount.end])
