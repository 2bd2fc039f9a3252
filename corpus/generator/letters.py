"""The same words in other letters, as the files of other offices hold them.

In: text. Out: decomposed (NFD), with tones in the old places, or with the Icelandic Ð that old fonts have for Đ.

>>> in_letters("Ủy ban phường Hòa An", "old")
'Uỷ ban phường Hoà An'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from corpus.generator.layout import Element, Line, Sheet
from corpus.generator.spec import Closing, Letterhead

if TYPE_CHECKING:
    from corpus.generator.forms import Form, Letters

# The tone stands on the last vowel in older texts; "quý" and "hoàn" are the same in both ways.
_PAIRS = "òaoà óaoá ỏaoả õaoã ọaoạ òeoè óeoé ỏeoẻ õeoẽ ọeoẹ ùyuỳ úyuý ủyuỷ ũyuỹ ụyuỵ"
_OLD = {case(pair[:2]): case(pair[2:]) for pair in _PAIRS.split() for case in (str.lower, str.upper, str.capitalize)}
_TONE = re.compile(rf"(?<![qQ])(?:{'|'.join(_OLD)})(?!\w)")


def in_letters(text: str, letters: Letters) -> str:
    """*text* in other letters."""
    if letters == "nfd":
        return unicodedata.normalize("NFD", text)
    if letters == "eth":
        return text.replace("Đ", "Ð")
    return _TONE.sub(lambda found: _OLD[found[0]], text) if letters == "old" else text


def respelt(elements: list[Element], form: Form) -> list[Element]:
    """The elements with every text in the letters of *form*."""
    return elements if form.letters == "nfc" else [_respelt(element, form.letters) for element in elements]


def _respelt(element: Element, letters: Letters) -> Element:
    words = partial(in_letters, letters=letters)
    if isinstance(element, Line):
        return replace(element, text=words(element.text), label=words(element.label))
    if isinstance(element, Sheet):
        return replace(element, rows=tuple(tuple(map(words, row)) for row in element.rows))
    if isinstance(element, Letterhead):
        return replace(
            element,
            lines=tuple(map(words, element.lines)),
            number=words(element.number or ""),
            place=words(element.place),
            subject=words(element.subject or ""),
        )
    if isinstance(element, Closing):
        recipients, capacity = (tuple(map(words, part)) for part in (element.recipients, element.capacity))
        return Closing(recipients, capacity, words(element.signer))
    return element
