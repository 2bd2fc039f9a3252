"""Pictures in a Word file, with their size on the page: a large one may be a scanned page.

In: the XML of a document. Out: `Placed`s in the order of the text: part "word/media/image1.jpeg", 8.2 × 11.6 inches.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/"
_INLINE = (f"{_DRAWN}wordprocessingDrawing}}inline", f"{_DRAWN}wordprocessingDrawing}}anchor")
_EXTENT, _BLIP = f"{_DRAWN}wordprocessingDrawing}}extent", f"{_DRAWN}main}}blip"
_SHAPE, _IMAGE = "{urn:schemas-microsoft-com:vml}shape", "{urn:schemas-microsoft-com:vml}imagedata"
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})(pt|in|cm|mm|px)?")
_INCHES = {"pt": 1 / 72, "in": 1.0, "cm": 1 / 2.54, "mm": 1 / 25.4, "px": 1 / 96, "": 1 / 96}
_EMU = 914_400  # Word's units to the inch
_LARGE = 30.0  # square inches: a third of an A4 page


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture of the text: the name of its part in the package, and its size on the page in inches."""

    part: str
    width: float
    height: float

    @property
    def is_large(self) -> bool:
        """Whether it covers so much of a page that it may be a scanned one."""
        return self.width * self.height > _LARGE


def pictures(document: Element, parts: Mapping[str, str]) -> list[Placed]:
    """The pictures of the text in their order.

    Args:
        document: the root of document.xml.
        parts: names of the package's parts by relation.
    """
    found: list[Placed] = []
    for element in document.iter(*_INLINE, _SHAPE):
        drawn = element.tag != _SHAPE
        width, height = _drawn_size(element) if drawn else _shape_size(element.get("style", ""))
        for picture in element.iter(_BLIP if drawn else _IMAGE):
            part = parts.get(picture.get(f"{_OFFICE}embed" if drawn else f"{_OFFICE}id", ""))
            if part is not None:
                found.append(Placed(part, width, height))
    return found


def _drawn_size(element: Element) -> tuple[float, float]:
    """Width and height of a drawing in inches."""
    extent = element.find(_EXTENT)
    if extent is None:
        return 0.0, 0.0
    width, height = (_inches(extent.get(side, "")) for side in ("cx", "cy"))
    return width, height


def _inches(units: str) -> float:
    return int(units) / _EMU if units.isdecimal() and len(units) < 12 else 0.0


def _shape_size(style: str) -> tuple[float, float]:
    """Width and height of an old shape in inches, from "width:595pt;height:842pt"."""
    sides = {name: float(value) * _INCHES[unit] for name, value, unit in _LENGTH.findall(style) if value.count(".") < 2}
    return sides.get("width", 0.0), sides.get("height", 0.0)
