"""What a worksheet shows beside its cells: print headers and footers, text boxes and other shapes.

In: a sheet of a workbook. Out: their lines, for the check on secrecy alone: the print header "&C&\"Times,Bold\"&14MẬT"
gives "MẬT".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.blocks.sheet_package import related_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.blocks.sheet_package import Sheet, Workbook

_MARGINS = tuple(f"{{*}}{which}{side}" for which in ("odd", "even", "first") for side in ("Header", "Footer"))
_SECTION = re.compile(r"&[LCR]")
# Codes of a print header: a font ("&\"Arial,Bold\""), a size, a colour, a picture, bold …, the page, the day.
_CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-F]{6}|K\d\d[+-]\d{3}|[A-Z])', re.IGNORECASE)


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
