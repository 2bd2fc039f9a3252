"""What a worksheet shows beside its cells: print headers and footers, text boxes and other shapes.

In: a sheet of a workbook. Out: their lines, for the check on secrecy alone: the print header "&C&\"Times,Bold\"&14MẬT"
gives "MẬT"; and how many shapes hold words, how many pictures are as large as a scanned page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.blocks.sheet_package import related_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from extractor.blocks.sheet_package import Sheet, Workbook

_MARGINS = tuple(f"{{*}}{which}{side}" for which in ("odd", "even", "first") for side in ("Header", "Footer"))
_LARGE = 30.0 * 914_400**2  # a third of an A4 page, in the square of Excel's units (914400 to the inch)
_SECTION = re.compile(r"&[LCR]")
# Codes of a print header: a font ("&\"Arial,Bold\""), a size, a colour, a picture, bold …, the page, the day.
_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|K\d\d[+-]\d{3}|[A-Z])', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn over the cells of a sheet: shapes with words in them, pictures that may be scanned pages."""

    worded: int = 0
    pictures: int = 0


def drawn(book: Workbook, sheet: Sheet) -> Drawn:
    """What is drawn over a sheet's cells.

    Raises:
        UnreadableError: damaged part.
    """
    anchors = [
        (any((text.text or "").strip() for text in anchor.iter("{*}t")), _is_large_picture(anchor))
        for part in related_parts(book, sheet.part, "drawing")
        for anchor in book.elements(part, "{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
    ]
    return Drawn(sum(worded for worded, _ in anchors), sum(large for _, large in anchors))


def _is_large_picture(anchor: etree._Element) -> bool:
    """Whether a drawing is a picture of a third of a page or more."""
    if next(anchor.iter("{*}blip"), None) is None:
        return False
    sides = [(side.get("cx", ""), side.get("cy", "")) for side in anchor.iter("{*}ext")]
    return any(_units(width) * _units(height) > _LARGE for width, height in sides)


def _units(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


def margins(book: Workbook, sheet: Sheet) -> Iterator[str]:
    """The lines of a sheet's print headers and footers, and of the text in its shapes.

    Raises:
        UnreadableError: damaged part.
    """
    for element in book.elements(sheet.part, *_MARGINS):
        for section in _SECTION.split(element.text or ""):
            yield from _CODE.sub("", section).replace("&&", "&").split("\n")
    for part in related_parts(book, sheet.part, "drawing"):
        for paragraph in book.elements(part, "{*}p"):
            yield "".join(text.text or "" for text in paragraph.iter("{*}t"))
