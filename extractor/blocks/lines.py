"""Words and lines of a page from its glyphs, whatever drew them (a PDF's text layer, or recognition).

In: glyphs with their boxes, in points, y downwards. Out: `Line`s from top to bottom, each cut where a wide gap shows
that two columns stand side by side: "Số: 12/KH-UBND          Hà Nội, ngày 05 tháng 3 năm 2026" gives two lines.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import compress
from operator import attrgetter, mul
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAME_ROW = 0.35  # of the size: how far bottoms differ on one row (fonts of other descent)
_FALSE_SPACE = 0.08  # of the size: a narrower space stands inside a word ("ĐIỀ U")
_SPACED_ROW = 0.05  # share of space characters in a row that parts its words by them
_WORD_GAP = 0.15  # of the size: between words in a row without space characters
_LETTER_GAP = 0.3  # of the size: letters set wide apart in a row that has them
_SMALL = 0.78  # of the size of its neighbours: an exponent or a mark
_SPACED_DIGITS = 0.8  # of the size
_OVERPRINT = 0.15  # of the size
_WIDE_GAP = 0.9  # of the size: perhaps between two columns (`columns` decides)
_MOSTLY = 0.9
_FIRST_MARK = "\u0300"  # of those that combine with the letter before them
_LEFT, _BOTTOM = attrgetter("x0"), attrgetter("bottom")


@dataclass(slots=True)  # not frozen: a page makes thousands, in a seventh of the time
class Glyph:
    """One character (or a word, from recognition) and its box in points.

    `apart` marks glyphs of an annotation: they are words of their own, however near the page's own text stands.
    `whole` marks a word, never to be joined to its neighbours.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    apart: bool = False
    whole: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs without a space between them."""

    text: str
    x0: float
    x1: float
    size: float
    bold: int
    italic: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side.

    Attributes:
        words: from left to right, at least one.
        top, bottom: of the row's main glyphs, in points.
        page: from 1.
    """

    words: tuple[Word, ...]
    top: float
    bottom: float
    page: int = 1

    @property
    def text(self) -> str:
        """The words with a space between each."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.words[-1].x1

    @property
    def size(self) -> float:
        """The usual size of its words."""
        return _usual([word.size for word in self.words])

    @property
    def bold(self) -> bool:
        """Whether nearly all letters are bold."""
        return sum([w.bold for w in self.words]) >= _MOSTLY * sum([len(w.text) for w in self.words])

    @property
    def italic(self) -> bool:
        """Whether nearly all letters are italic."""
        return sum([w.italic for w in self.words]) >= _MOSTLY * sum([len(w.text) for w in self.words])


def lines_of(glyphs: Sequence[Glyph], page: int, gap: float = _WIDE_GAP) -> list[Line]:
    """The lines of a page or of a cell, from top to bottom and left to right.

    Args:
        glyphs: in the order they were drawn (combining marks follow their letter).
        page: its number from 1.
        gap: a gap wider than this many sizes cuts a line in two.
    """
    found: list[Line] = []
    for row in _rows(compose(glyphs)):
        size = _usual([g.size for g in row])
        main = [g for g in row if g.size >= _SMALL * size]
        top, bottom = _usual([g.top for g in main]), _usual([g.bottom for g in main])
        spaced = [g.text.isspace() for g in row].count(True) > _SPACED_ROW * len(row)
        words = _words(row, _LETTER_GAP if spaced else _WORD_GAP, bottom)
        start = 0
        for at in range(1, len(words) + 1):
            if at == len(words) or words[at].x0 - words[at - 1].x1 > gap * size:
                found.append(Line(tuple(words[start:at]), top, bottom, page))
                start = at
    return found


def _usual(values: list[float]) -> float:
    """The median; most lists hold one value many times."""
    return values[0] if values.count(values[0]) == len(values) else median(values)


def compose(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Joins combining marks to the letter drawn before them, so that sorting by place cannot part them."""
    found: list[Glyph] = []
    for glyph in glyphs:
        if (
            glyph.text >= _FIRST_MARK
            and unicodedata.combining(glyph.text[0])
            and found
            and not found[-1].text.isspace()
        ):
            found[-1] = replace(found[-1], text=found[-1].text + glyph.text)
        else:
            found.append(glyph)
    return found


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs on one base line each, from top to bottom; small raised ones stand in the row that they belong to."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=_BOTTOM):
        first = rows[-1][0] if rows else glyph
        if rows and glyph.bottom - first.bottom <= _SAME_ROW * (glyph.size if glyph.size < first.size else first.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    rows = [row for row in rows if not all(g.text.isspace() for g in row)]
    joined: list[list[Glyph]] = []
    for at, row in enumerate(rows):
        if joined and _belongs(row, joined[-1]):
            joined[-1].extend(row)
        elif at + 1 < len(rows) and _belongs(row, rows[at + 1]):
            rows[at + 1].extend(row)
        else:
            joined.append(row)
    return joined


def _belongs(small: list[Glyph], row: list[Glyph]) -> bool:
    """Whether *small* is made of exponents or marks beside the larger glyphs of *row* ("km²", a footnote's number)."""
    size = _usual([g.size for g in row])
    if _usual([g.size for g in small]) >= _SMALL * size:
        return False
    top, bottom = min(g.top for g in row), max(g.bottom for g in row)
    if not all(top < (g.top + g.bottom) / 2 < bottom for g in small):
        return False
    return all(any(-size < g.x0 - r.x1 < size or -size < r.x0 - g.x1 < size for r in row) for g in small)


def _words(row: list[Glyph], tolerance: float, base: float) -> list[Word]:
    """Words of one row: cut at spaces and at gaps wider than *tolerance* sizes; marks of footnotes are left out."""
    words: list[list[Glyph]] = []
    before: Glyph | None = None
    space = False
    for glyph in sorted(row, key=_LEFT):
        if glyph.text.isspace():
            space = True
            continue
        if before is None:
            words.append([glyph])
        elif glyph.text == before.text and glyph.x0 - before.x0 < _OVERPRINT * glyph.size:
            continue  # printed once more on itself, as some programs make bold
        elif glyph.size < _SMALL * before.size and _is_note_mark(glyph, before, base):
            continue
        elif _is_apart(glyph, before, tolerance, space):
            words.append([glyph])
        else:
            words[-1].append(glyph)
        before = glyph
        space = False
    return [_word(glyphs) for glyphs in words]


def _is_apart(glyph: Glyph, before: Glyph, tolerance: float, space: bool) -> bool:
    """Whether a glyph begins a new word: over a wide gap, after a space, or as an annotation's beside others."""
    size = glyph.size if glyph.size < before.size else before.size
    gap = glyph.x0 - before.x1
    if glyph.apart != before.apart:
        return glyph.text != "/"  # "277" + "/KH-UBND"
    if glyph.apart and glyph.text.isdigit() and before.text.isdigit():
        return gap > _SPACED_DIGITS * size  # "1 1 5"
    return glyph.whole or gap > tolerance * size or (space and gap > _FALSE_SPACE * size)


def _is_note_mark(glyph: Glyph, before: Glyph, base: float) -> bool:
    """Whether a small raised glyph is the mark of a footnote, not an exponent ("100 m²")."""
    if not glyph.text.isdigit() or before.text in {"m", "M"}:
        return False
    return base - glyph.bottom > 0.1 * before.size


def _word(glyphs: list[Glyph]) -> Word:
    """Joins glyphs to a word."""
    lengths = [len(g.text) for g in glyphs]
    bold, italic = [g.bold for g in glyphs], [g.italic for g in glyphs]
    sure = [g.confidence for g in glyphs]
    return Word(
        text="".join([g.text for g in glyphs]),
        x0=glyphs[0].x0,
        x1=max([g.x1 for g in glyphs]),
        size=_usual([g.size for g in glyphs]),
        bold=sum(compress(lengths, bold)) if True in bold else 0,
        italic=sum(compress(lengths, italic)) if True in italic else 0,
        confidence=1.0 if sure.count(1.0) == len(sure) else sum(map(mul, sure, lengths)) / sum(lengths),
    )
