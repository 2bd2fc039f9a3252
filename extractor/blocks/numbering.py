"""Word's automatic labels, rendered as the reader of the page sees them.

In: the XML of numbering.xml, the styles, and the numbered paragraphs in body order. Out: the label of each: the third
paragraph of a list at level 1 of "%1.%2." gives "2.3.", a Symbol bullet gives "-".
(ECMA-376 Part 1, 17.9; restarts and overrides as Word shows them.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractor.blocks.docx_styles import whole_number

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_LEVEL = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# A bullet of an office document stands for the typed "-", and Word's hollow one, the usual second level, for "+".
_LARGEST_ROMAN, _LARGEST_LETTER = 3999, 780  # beyond these Word shows other figures too
_HOLLOW = frozenset("o○◦\uf06f\uf0a1\uf0b0")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number looks and when it starts anew.

    Attributes:
        text: with %1 … %9 for the numbers of the levels ("%1.%2.").
        number_format: Word's name, such as "upperRoman", "bullet".
        start: first number.
        restart_after: the level (counted from 1) whose number starts this one anew; 0 never; None any outer level.
        legal: whether the numbers of outer levels are shown as plain decimals.
        style: the paragraph style that takes this level, "" if none.
    """

    text: str
    number_format: str = "decimal"
    start: int = 1
    restart_after: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has counted."""

    abstract_of: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a paragraph style takes in list *number*: 0 unless a level names the style."""
        for at, level in self.levels.get(number, {}).items():
            if level.style == style:
                return at
        return 0

    def next_label(self, number: str, at: int) -> str:
        """Counts one paragraph of list *number* at level *at* and renders its label; "" if the list is unknown."""
        levels = self.levels.get(number, {})
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(self.abstract_of[number], {})
        override = self.starts.get(number, {}).get(at)
        if override is not None and (number, at) not in self._begun:
            counts[at] = override
        else:
            counts[at] = counts.get(at, level.start - 1) + 1
        self._begun.add((number, at))
        for deeper in [d for d in counts if d > at and _restarts(levels.get(d), at)]:
            del counts[deeper]
        return _render(levels, counts, at)


def _restarts(deeper: Level | None, at: int) -> bool:
    """Whether a level starts anew after a number at the outer level *at* (from 0)."""
    if deeper is None or deeper.restart_after is None:
        return True
    return at < deeper.restart_after


def _render(levels: dict[int, Level], counts: dict[int, int], at: int) -> str:
    """The label at level *at* with the numbers as they stand."""
    level = levels[at]
    if level.number_format == "bullet":
        return bullet(level.text)
    if level.number_format == "none":
        return _LEVEL.sub("", level.text).strip()

    def number(match: re.Match[str]) -> str:
        outer = int(match.group(1)) - 1
        shown = levels.get(outer, level)
        value = counts.get(outer, shown.start)
        return format_number(value, "decimal" if level.legal else shown.number_format)

    return _LEVEL.sub(number, level.text).strip()


def bullet(text: str) -> str:
    """The typed mark that a bullet stands for: "+" and "*" stay, hollow ones become "+", all others "-"."""
    mark = text.strip()
    if mark in {"+", "*", ""}:
        return mark
    return "+" if mark in _HOLLOW else "-"


def format_number(value: int, number_format: str) -> str:
    """*value* as Word shows it: format_number(4, "upperRoman") is "IV", format_number(27, "lowerLetter") is "aa"."""
    if number_format == "none":
        return ""
    if number_format in {"upperRoman", "lowerRoman"} and value <= _LARGEST_ROMAN:
        roman = _roman(value)
        return roman.upper() if number_format == "upperRoman" else roman
    if number_format in {"upperLetter", "lowerLetter"} and 0 < value <= _LARGEST_LETTER:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if number_format == "upperLetter" else letters
    return f"{value:02d}" if number_format == "decimalZero" else str(value)


def _roman(value: int) -> str:
    """Roman numeral in lower case; numbers below 1 as they are."""
    if value < 1:
        return str(value)
    letters = ""
    for size, letter in _ROMAN:
        letters += letter * (value // size)
        value %= size
    return letters


def parse_numbering(root: Element | None) -> Numbering:
    """Reads the root element of numbering.xml; None gives an empty numbering."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstracts = {e.get(qn("w:abstractNumId")): e for e in root.iterchildren(qn("w:abstractNum"))}
    by_style_link = {
        link.get(qn("w:val")): name
        for name, element in abstracts.items()
        if (link := element.find(qn("w:styleLink"))) is not None
    }
    for num in root.iterchildren(qn("w:num")):
        number, link = num.get(qn("w:numId")), num.find(qn("w:abstractNumId"))
        if link is None or (name := link.get(qn("w:val"))) not in abstracts:
            continue
        style = abstracts[name].find(qn("w:numStyleLink"))
        if style is not None:
            name = by_style_link.get(style.get(qn("w:val")), name)
        numbering.abstract_of[number] = name
        numbering.levels[number] = _levels(abstracts[name])
        _override(numbering, number, num)
    return numbering


def _override(numbering: Numbering, number: str, num: Element) -> None:
    """Level overrides of one list: another start, another look."""
    for override in num.iterchildren(qn("w:lvlOverride")):
        at = whole_number(override.get(qn("w:ilvl")), 0)
        replaced = override.find(qn("w:lvl"))
        if replaced is not None:
            numbering.levels[number][at] = _level(replaced)
        start = override.find(qn("w:startOverride"))
        if start is not None:
            numbering.starts.setdefault(number, {})[at] = whole_number(start.get(qn("w:val")), 1)


def _levels(abstract: Element) -> dict[int, Level]:
    """The levels of an abstract list by their number from 0."""
    return {whole_number(e.get(qn("w:ilvl")), 0): _level(e) for e in abstract.iterchildren(qn("w:lvl"))}


def _level(element: Element) -> Level:
    """One w:lvl element."""

    def value(name: str, default: str) -> str:
        child = element.find(qn(name))
        return default if child is None else str(child.get(qn("w:val"), default))

    restart = value("w:lvlRestart", "")
    legal = element.find(qn("w:isLgl"))
    return Level(
        text=value("w:lvlText", ""),
        number_format=value("w:numFmt", "decimal"),
        start=whole_number(value("w:start", "1"), 1),
        restart_after=whole_number(restart, 0) if restart else None,
        legal=legal is not None and legal.get(qn("w:val"), "1") not in {"0", "false", "off"},
        style=value("w:pStyle", ""),
    )
