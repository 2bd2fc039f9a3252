"""A text made ready for the search for targets: digits that are no quantity hidden, days recognised.

In: a text. Out: `Prepared`: "Kế hoạch số 34/KH-UBND, đến năm 2027 đạt 90%" shows only the 90% as a quantity.

>>> prepare("Điều 5: đến năm 2027 đạt 90%").shown
'¤¤¤¤¤¤:              đạt 90%'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.target_clauses import joined, sentences
from extractor.mentions.target_days import DayPhrase, day_phrases
from extractor.mentions.target_numbers import Amount, hide
from extractor.mentions.target_words import pattern, quantity_text, words

if TYPE_CHECKING:
    from collections.abc import Sequence

# Digits that are no quantity: addresses; "trên 1 vạn dân"; "34/KH-UBND" and "57-NQ/TW" (in the text as written);
# "Điều 5", "khoản 1, 2 và 3".
_ADDRESS = r"https?://\S+|www\.\S+|\S+@\S+"
_PER_HEAD = (
    r"(?<![^\W_])trên \d+(?:\.\d+)* (?:vạn )?(?:dân|người|trẻ|lao động|học sinh|hộ)[^,;.\d]{0,15}(?=:| đạt| là| còn)"
)
_CODE = re.compile(r"\d+(?:/(?:19|20)\d\d)?\s?[/-]\s?[A-ZĐ][\wĐđ&.-]*(?:[/-][\wĐđ&-]+)*")
_NUMBERED = (
    r"(?:«numbered»|(?P<maybe>«maybe_numbered»)) (?:số |thứ )?\d+(?:[./]\d+)*"
    r"(?:\s?(?:,|và|-|–|đến)\s?\d+(?![\d.,]*\s?%))*(?![\d.,]*\s?%)(?=[\s,;:.)–\-/”\"]|\Z)"
)
_LABEL = re.compile(r"(?:\A|\n)\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]\s|\d{1,2}(?:\.\d{1,2})+\s)|\(\d{1,2}\)(?=\s)")
_DIGITS = re.compile(r"\d+")
_DAY_COMMA = re.compile(r"\s*[,:]")


@dataclass(frozen=True, slots=True)
class Prepared:
    """One text and its working forms, all of the same length.

    Attributes:
        flat: lower case with new tones.
        shown: `flat` with what is no quantity hidden, and phrases of days blanked.
        days: the phrases of days.
        sentences: the ranges of its sentences, in order, without gaps but for the characters between two.
    """

    text: str
    flat: str
    shown: str
    days: tuple[DayPhrase, ...]
    sentences: tuple[tuple[int, int], ...]

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that holds the character at *at*."""
        return self.sentences[bisect_right(self.sentences, (at, len(self.text))) - 1]


def prepare(
    text: str, masked: Sequence[tuple[int, int]] = (), *, labelled: bool = True, year: int | None = None
) -> Prepared:
    """The working forms of *text*.

    Args:
        text: the text as written.
        masked: ranges whose digits are no quantity.
        labelled: whether "1.2 " at the start of a line is a label, not a number.
        year: the year of the document, for days without one.
    """
    flat = joined(text, quantity_text(text))
    days = tuple(day_phrases(text, flat, year))
    hidden = [*_no_quantities(text, flat), *masked]
    blanks = [match.span() for match in _LABEL.finditer(text) if labelled and _labels(match, text)]
    for phrase in days:
        if phrase.day is None:
            hidden += [match.span() for match in _DIGITS.finditer(flat, phrase.start, phrase.end)]
            continue
        comma = _DAY_COMMA.match(flat, phrase.end)
        blanks.append((phrase.start, comma.end() if comma else phrase.end))
    return Prepared(text, flat, hide(hide(flat, hidden), blanks, " "), days, tuple(sentences(text)))


def _no_quantities(text: str, flat: str) -> list[tuple[int, int]]:
    """The ranges of digits that count nothing: numbers of papers, labels, addresses."""
    found = [match.span() for match in _CODE.finditer(text)]
    found += [match.span() for match in pattern(f"{_ADDRESS}|{_PER_HEAD}").finditer(flat)]
    for match in pattern(_NUMBERED).finditer(flat):
        behind = len(flat) - len(flat[match.end() :].lstrip())
        counts = match["maybe"] and words().measure.match(flat, behind)  # "lớp 1" is a label, "điểm 8 điểm" is none
        if not counts:
            found.append(match.span())
    return found


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
