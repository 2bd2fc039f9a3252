"""The text of a web page as paragraphs, the way a browser lays it out.

In: an element. Out: `Flow.pieces`: paragraphs with their look and list labels, and data tables in their place:
"<ol type=a><li>Rà soát</li></ol>" gives the paragraph "Rà soát" labelled "a.", "Số: 5<br>Ngày 3" one of two lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractor.blocks.assembly import PLAIN, Look
from extractor.blocks.joining import starts_item
from extractor.blocks.legacy_encodings import in_font
from extractor.blocks.plain import paragraphs
from extractor.blocks.web_source import tag_of

if TYPE_CHECKING:
    from collections.abc import Set

    from lxml import etree

_BLOCKS = re.compile(
    "html|body|div|p|h[1-6]|[uo]l|li|d[ltd]|table|caption|thead|tbody|tfoot|tr|td|th|blockquote|pre|section|article|main"
    "|header|footer|nav|aside|center|hr|form|fieldset|legend|address|figure|figcaption|details|summary"
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PARAGRAPH_BREAK = re.compile(r"\n[\s\u00a0]*\n")
_NEARLY_ALL = 0.9
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph (raw text and look), or a data table."""

    text: str = ""
    look: Look = PLAIN
    table: etree._Element | None = None


@dataclass(frozen=True, slots=True)
class _Style:
    """What an element hands down to the text in it."""

    bold: bool = False
    italic: bool = False
    centered: bool = False
    capitals: bool = False
    pre: bool = False
    font: str = ""
    level: int | None = None


@dataclass(slots=True)
class Flow:
    """Collects the paragraphs of an element.

    Attributes:
        data: the tables of data; any other table only lays the page out, and is read through.
        pieces: what was found.
    """

    data: Set[etree._Element] = frozenset()
    pieces: list[Piece] = field(default_factory=list)
    _parts: list[tuple[str, _Style]] = field(default_factory=list)
    _label: str = ""

    def read(self, element: etree._Element) -> list[Piece]:
        """The pieces of the content of *element*."""
        self._content(element, _Style())
        self._end(_Style())
        return self.pieces

    def _content(self, element: etree._Element, style: _Style) -> None:
        self._text(element.text, style)
        number = _start(element)
        for child in element:
            if tag_of(child) == "li" and tag_of(element) == "ol":
                number = _whole(child.get("value"), number)
                self._element(child, style, _ordinal(number, element))
                number += 1
            elif tag_of(child):
                self._element(child, style, "-" if tag_of(child) == "li" and not _is_unlabelled(element) else "")
            self._text(child.tail, style)

    def _element(self, element: etree._Element, style: _Style, label: str) -> None:
        tag = tag_of(element)
        if tag == "br":
            self._parts.append(("\n", style))
            return
        inner = _inherited(element, tag, style)
        if _BLOCKS.fullmatch(tag) is None:
            self._content(element, inner)
            return
        self._end(style)
        if element in self.data:
            for caption in element.iterchildren("caption"):
                self._content(caption, inner)
                self._end(inner)
            self.pieces.append(Piece(table=element))
            return
        self._label = "" if _is_unlabelled(element) else label or self._label
        self._content(element, inner)
        self._end(inner)
        if tag == "li":
            self._label = ""

    def _text(self, text: str | None, style: _Style) -> None:
        if text:
            shown = text if style.pre else _SPACES.sub(" ", text)
            shown = in_font(shown, style.font)
            self._parts.append((shown.upper() if style.capitals else shown, style))

    def _end(self, style: _Style) -> None:
        """Ends the paragraph that was gathered; an empty line parts it in two."""
        parts, self._parts = self._parts, []
        text = "".join(part for part, _ in parts)
        if not text.strip():
            return
        look = Look(
            level=style.level,
            bold=_share([(part, own.bold) for part, own in parts]),
            italic=_share([(part, own.italic) for part, own in parts]),
            centered=_share([(part, own.centered) for part, own in parts]),
        )
        texts = paragraphs([line.strip() for line in text.split("\n")]) if style.pre else _PARAGRAPH_BREAK.split(text)
        for one in texts:
            if one.strip():
                label = "" if starts_item(one.strip()) else self._label
                self.pieces.append(Piece(one, replace(look, label=label)))
                self._label = ""


def _inherited(element: etree._Element, tag: str, style: _Style) -> _Style:
    """The style of the text in *element*."""
    css = element.get("style", "").lower()
    if tag in {"b", "strong", "th"} or re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", css):
        style = replace(style, bold=True)
    elif re.search(r"font-weight\s*:\s*(?:normal|400)", css):
        style = replace(style, bold=False)
    if tag in {"i", "em"} or re.search(r"font-style\s*:\s*italic", css):
        style = replace(style, italic=True)
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        style = replace(style, bold=True, level=int(tag[1]) - 1)
    if tag == "pre" or re.search(r"white-space\s*:\s*pre", css):
        style = replace(style, pre=True)
    if re.search(r"text-transform\s*:\s*uppercase", css):
        style = replace(style, capitals=True)
    aligned = re.search(r"text-align\s*:\s*(\w+)", css)
    align = aligned.group(1) if aligned else element.get("align", "center" if tag == "center" else "").lower()
    if align:
        style = replace(style, centered=align == "center")
    family = re.search(r"font-family\s*:\s*[\"']?([^\"';,]+)", element.get("style", ""))
    font = family.group(1).strip() if family else element.get("face", "")
    return replace(style, font=font) if font else style


def _is_unlabelled(element: etree._Element) -> bool:
    """Whether a list, or an item of it, shows no bullets."""
    return re.search(r"list-style(?:-type)?\s*:\s*none", element.get("style", "").lower()) is not None


def _start(element: etree._Element) -> int:
    return _whole(element.get("start"), 1)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _ordinal(number: int, element: etree._Element) -> str:
    """The label of item *number* of an ordered list."""
    css = re.search(r"list-style(?:-type)?\s*:\s*([\w-]+)", element.get("style", "").lower())
    kind = css.group(1) if css else element.get("type", "1")
    small = kind in {"a", "i", "lower-alpha", "lower-latin", "lower-roman"}
    if kind.lower() in {"i", "lower-roman", "upper-roman"} and 1 <= number <= len(_ROMANS):
        text = _ROMANS[number - 1]
    elif kind.lower() in {"a", "lower-alpha", "lower-latin", "upper-alpha", "upper-latin"} and 1 <= number <= 26:
        text = chr(ord("a") + number - 1)
    else:
        return f"{number}."
    return f"{text}." if small else f"{text.upper()}."


def _share(parts: list[tuple[str, bool]]) -> bool:
    """Whether nearly all characters have a property."""
    total = sum(len("".join(text.split())) for text, _ in parts)
    having = sum(len("".join(text.split())) for text, value in parts if value)
    return total > 0 and having >= _NEARLY_ALL * total
