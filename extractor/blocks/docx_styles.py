"""What Word's styles say about a paragraph: weight, slope, alignment, outline level, list.

In: the XML of styles.xml and a paragraph. Out: effective values along the chain paragraph → style → parent styles →
document defaults: a paragraph of style "Heading 2" is bold and of level 1 without saying so itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_OFF = frozenset({"0", "false", "off", "none"})
_MAX_CHAIN = 20
_LONGEST = 12  # characters of a number, with spaces and sign
_LARGEST = 32_767  # Word's own limit for the numbers of lists


@dataclass(slots=True)
class Styles:
    """The styles of one document by their identifier."""

    elements: dict[str, Element] = field(default_factory=dict)
    default_paragraph: str = ""
    defaults: Element | None = None
    fonts: dict[str, str] = field(default_factory=dict)  # style → font, as far as it was asked for
    toggles: dict[tuple[str, str], bool] = field(default_factory=dict)  # (style, property) → set, the same

    def chain(self, style: str) -> list[Element]:
        """The elements of *style* and its parents, nearest first; a circle in a damaged file ends the chain."""
        found: list[Element] = []
        while style in self.elements and len(found) < _MAX_CHAIN:
            element = self.elements[style]
            found.append(element)
            parent = element.find(qn("w:basedOn"))
            style = "" if parent is None else parent.get(qn("w:val"), "")
        return found

    def style_of(self, paragraph: Element) -> str:
        """The style identifier of a paragraph."""
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.default_paragraph if named is None else str(named.get(qn("w:val"), ""))

    def paragraph_value(self, paragraph: Element, name: str) -> Element | None:
        """The nearest element *name* of the paragraph's properties, None if nothing sets it."""
        own: Element | None = paragraph.find(f"{qn('w:pPr')}/{qn(name)}")
        if own is not None:
            return own
        for style in self.chain(self.style_of(paragraph)):
            found: Element | None = style.find(f"{qn('w:pPr')}/{qn(name)}")
            if found is not None:
                return found
        return None

    def paragraph_toggle(self, style: str, name: str) -> bool:
        """Whether a paragraph style sets a run property such as w:b."""
        if (style, name) not in self.toggles:
            self.toggles[style, name] = self._style_toggle(style, name)
        return self.toggles[style, name]

    def _style_toggle(self, style: str, name: str) -> bool:
        for element in self.chain(style):
            found = element.find(f"{qn('w:rPr')}/{qn(name)}")
            if found is not None:
                return is_on(found)
        found = None if self.defaults is None else self.defaults.find(qn(name))
        return found is not None and is_on(found)

    def run_toggle(self, run: Element, name: str) -> bool | None:
        """Whether the run itself or its character style sets the property; None if neither says."""
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return None
        own = properties.find(qn(name))
        if own is not None:
            return is_on(own)
        style = properties.find(qn("w:rStyle"))
        for element in self.chain("" if style is None else style.get(qn("w:val"), "")):
            found = element.find(f"{qn('w:rPr')}/{qn(name)}")
            if found is not None:
                return is_on(found)
        return None

    def run_font(self, run: Element, style: str) -> str:
        """The font of a run's plain letters, "" if unknown.

        Args:
            run: a w:r element.
            style: the identifier of its paragraph's style.
        """
        properties = run.find(qn("w:rPr"))
        if properties is not None:
            own = properties.find(qn("w:rFonts"))
            if own is not None and own.get(qn("w:ascii")):
                return str(own.get(qn("w:ascii")))
            named = properties.find(qn("w:rStyle"))
            if named is not None and (font := self._style_font(named.get(qn("w:val"), ""))):
                return font
        return self._style_font(style)

    def _style_font(self, style: str) -> str:
        """The font that a style or one of its parents sets."""
        if style not in self.fonts:
            found = (element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") for element in self.chain(style))
            names = (fonts.get(qn("w:ascii"), "") for fonts in found if fonts is not None)
            self.fonts[style] = next(filter(None, names), "")
        return self.fonts[style]


def is_on(element: Element) -> bool:
    """Whether a switch such as <w:b/> or <w:b w:val="0"/> is on."""
    return element.get(qn("w:val"), "1") not in _OFF


def whole_number(value: str | None, default: int) -> int:
    """The number in an attribute; *default* where a damaged file holds none, or one that no Word file has."""
    if value is None or not value.strip().lstrip("-").isdecimal() or len(value) > _LONGEST:
        return default
    number = int(value)
    return number if abs(number) <= _LARGEST else default


def parse_styles(root: Element | None) -> Styles:
    """Reads the root element of styles.xml; None gives no styles."""
    styles = Styles()
    if root is None:
        return styles
    for element in root.iterchildren(qn("w:style")):
        name = element.get(qn("w:styleId"), "")
        styles.elements[name] = element
        if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) in {"1", "true", "on"}:
            styles.default_paragraph = name
    styles.defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    return styles
