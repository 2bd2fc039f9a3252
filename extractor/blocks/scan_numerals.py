"""Roman numerals that recognition miscounts, set right by counting their strokes in the picture.

In: the words of a page and its picture. Out: the words, "Quý II/2026" made "Quý III/2026" where three upright strokes
stand there, and "IH/2026" likewise: Tesseract took "III" for "II" with a confidence of 0.91, and the quarter moved.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy

from extractor.text import fold

if TYPE_CHECKING:
    from extractor.blocks.scan_image import Picture
    from extractor.blocks.scan_words import Word

_ONES = re.compile(r"(?=[Hl|L]?I|H)[IHLl|]{1,4}(?=[./,]|$)")
_QUARTER = re.compile(r"[IHLl|1]{1,4}(?=[./,;:)]|$)")
_DARK = 140  # of 255
_FULL = 0.75  # of the height that is dark: an upright stroke, not a slanted one
_NEAR = 0.75  # of the height: strokes of one numeral
_ALIKE = 0.3  # of the first gap: how far the gaps in a numeral differ
_MOST = 3  # strokes: four ones make no numeral


def with_counted_numerals(words: list[Word], picture: Picture) -> list[Word]:
    """*words* with the ones of their roman numerals as many as the picture shows."""
    quarters = [False, *(fold(word.text) == "quy" for word in words)]
    return [_counted(word, picture, after) for word, after in zip(words, quarters, strict=False)]


def _counted(word: Word, picture: Picture, quarter: bool) -> Word:
    """One word; after "quý" a figure 1 may be two or three strokes too."""
    found = (_QUARTER if quarter else _ONES).match(word.text)
    if found is None:
        return word
    count = _strokes(word, picture)
    if not 2 <= count <= _MOST or found.group() == "I" * count:
        return word
    return replace(word, text="I" * count + word.text[found.end() :])


def _strokes(word: Word, picture: Picture) -> int:
    """How many upright strokes, one as far from the next as the others, a word begins with."""
    box = [round(value / picture.scale) for value in (word.x0, word.top, word.x1, word.bottom)]
    dark = numpy.asarray(picture.image.crop((box[0], box[1], box[2], box[3]))) < _DARK
    rows = numpy.flatnonzero(dark.any(axis=1))
    if not len(rows):
        return 0
    dark = dark[rows[0] : rows[-1] + 1]
    full = (dark.mean(axis=0) > _FULL).astype(numpy.int8)
    starts = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], full))) == 1)
    gaps = [int(b - a) for a, b in pairwise(starts)]
    count = min(1, len(starts))
    for gap in gaps:
        if gap > _NEAR * len(dark) or abs(gap - gaps[0]) > _ALIKE * gaps[0]:
            break
        count += 1
    return count
