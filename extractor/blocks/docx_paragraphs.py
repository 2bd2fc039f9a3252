"""The text of one Word paragraph as the reader of the page sees it, with its label and look.

In: a w:p element. Out: `Piece`: tracked insertions, content controls, hyperlinks and formulas in; deletions, hidden
text, field codes and footnote marks out: "Sở Nội vụ <del>phối hợp</del> <ins>chủ trì</ins>" gives "Sở Nội vụ chủ trì".
(python-docx's own `paragraph.text` loses insertions, content controls, text boxes and all automatic labels.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractor.blocks.assembly import Look
from extractor.blocks.docx_styles import Styles, whole_number
from extractor.blocks.legacy_encodings import in_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from extractor.blocks.numbering import Numbering

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:sectPr")})
_CHARACTERS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_CODE = re.compile(r"[0-9A-Fa-f]{1,4}")
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph.

    Attributes:
        text: raw text with its line breaks.
        look: label, level, weight …
        joins_next: its paragraph mark is deleted by a tracked change, so the next paragraph goes on with it.
        boxes: contents of text boxes anchored in it (w:txbxContent elements).
    """

    text: str
    look: Look
    joins_next: bool = False
    boxes: tuple[Element, ...] = ()


@dataclass(slots=True)
class _Runs:
    """What was gathered from the runs of one paragraph of a style: (text, bold, italic) each, and text boxes."""

    style: str = ""
    parts: list[tuple[str, bool | None, bool | None]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Reads paragraphs in body order (the order matters: each numbered one counts)."""

    styles: Styles
    numbering: Numbering

    def piece(self, paragraph: Element) -> Piece:
        """The text, label and look of a w:p element."""
        style = self.styles.style_of(paragraph)
        runs = _Runs(style)
        self._gather(paragraph, runs)
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        joins = mark is not None and any(mark.find(qn(name)) is not None for name in ("w:del", "w:moveFrom"))
        # A paragraph whose mark is deleted is a part of the next one, and takes no number of its own.
        label, level = ("", None) if joins else self._label(paragraph, style)
        outline = self.styles.paragraph_value(paragraph, "w:outlineLvl")
        if outline is not None and outline.get(qn("w:val"), "9") in set("012345678"):
            level = int(outline.get(qn("w:val")))
        alignment = self.styles.paragraph_value(paragraph, "w:jc")
        look = Look(
            label=label,
            level=level,
            bold=_share([(t, b) for t, b, _ in runs.parts], self.styles.paragraph_toggle(style, "w:b")),
            italic=_share([(t, i) for t, _, i in runs.parts], self.styles.paragraph_toggle(style, "w:i")),
            centered=alignment is not None and alignment.get(qn("w:val")) == "center",
        )
        return Piece("".join(text for text, _, _ in runs.parts), look, joins, tuple(runs.boxes))

    def _label(self, paragraph: Element, style: str) -> tuple[str, int | None]:
        """The automatic label and the list level; ("", None) without numbering."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        properties = self.styles.paragraph_value(paragraph, "w:numPr") if own is None else own
        if properties is None:
            return "", None
        number, at = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
        if number is None and own is not None:  # the paragraph sets the level only, the list comes from its style
            number = self._list_of_style(style)
        if number is None or number.get(qn("w:val")) in {None, "0"}:
            return "", None
        name = number.get(qn("w:val"))
        level = whole_number(at.get(qn("w:val")), 0) if at is not None else self.numbering.level_of_style(name, style)
        label = self.numbering.next_label(name, level)
        return label, level if label else None

    def _list_of_style(self, style: str) -> Element | None:
        """The w:numId that the style chain sets, None if none."""
        for element in self.styles.chain(style):
            found: Element | None = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            if found is not None:
                return found
        return None

    def _gather(self, element: Element, runs: _Runs) -> None:
        """Gathers runs below *element*, through hyperlinks, content controls, insertions and simple fields."""
        for child in element.iterchildren(tag="*"):
            if child.tag == qn("w:r"):
                self._run(child, runs)
            elif child.tag.startswith(_MATH):
                runs.parts.extend((t.text or "", None, None) for t in child.iter(_MATH_TEXT))
            elif child.tag == f"{_MC}AlternateContent":
                self._gather(alternative(child), runs)
            elif child.tag not in _DELETED:
                self._gather(child, runs)

    def _run(self, run: Element, runs: _Runs) -> None:
        """Gathers one run."""
        if self._is_set(run, runs.style, "w:vanish"):
            return
        bold, italic = self.styles.run_toggle(run, "w:b"), self.styles.run_toggle(run, "w:i")
        for child in _run_children(run):
            if child.tag == qn("w:t"):
                text = in_font(child.text or "", self.styles.run_font(run, runs.style))
                runs.parts.append((text.upper() if self._is_set(run, runs.style, "w:caps") else text, bold, italic))
            elif child.tag == qn("w:sym"):
                runs.parts.append((_symbol(child), bold, italic))
            elif child.tag in _CHARACTERS:
                runs.parts.append((_CHARACTERS[child.tag], bold, italic))
            else:
                runs.boxes.extend(_text_boxes(child))

    def _is_set(self, run: Element, style: str, name: str) -> bool:
        """Whether a run is shown in capitals whatever was typed (w:caps), or not at all (w:vanish)."""
        own = self.styles.run_toggle(run, name)
        return self.styles.paragraph_toggle(style, name) if own is None else own


def alternative(element: Element) -> Element:
    """The branch of an mc:AlternateContent that Word shows: the choice; the fallback repeats the same text."""
    choice = element.find(f"{_MC}Choice")
    return choice if choice is not None else element


def _run_children(run: Element) -> Iterator[Element]:
    """The children of a run, those of its mc:AlternateContent included once."""
    for child in run.iterchildren(tag="*"):
        if child.tag == f"{_MC}AlternateContent":
            yield from alternative(child).iterchildren(tag="*")
        else:
            yield child


def _text_boxes(element: Element) -> list[Element]:
    """Outermost text boxes below a drawing or picture."""
    found: list[Element] = []
    for child in element.iterchildren(tag="*"):
        if child.tag == qn("w:txbxContent"):
            found.append(child)
        elif child.tag == f"{_MC}AlternateContent":
            found.extend(_text_boxes(alternative(child)))
        else:
            found.extend(_text_boxes(child))
    return found


def _symbol(element: Element) -> str:
    """A w:sym character; those of symbol fonts (private use) are shown as a typed dash, as bullets are."""
    code = element.get(qn("w:char"), "")
    if not _CODE.fullmatch(code) or 0xE000 <= int(code, 16) <= 0xF8FF:
        return "-"
    return chr(int(code, 16))


def _share(parts: list[tuple[str, bool | None]], default: bool) -> bool:
    """Whether nearly all characters have a property that their runs set, or else their paragraph style."""
    total = having = 0
    for text, value in parts:
        size = sum(not c.isspace() for c in text)
        total += size
        having += size if (default if value is None else value) else 0
    return total > 0 and having >= _NEARLY_ALL * total
