"""Rules that a PDF page draws → its tables.

In: pdfplumber's page and its glyphs. Out: grids. Rules are drawn lines, thin filled boxes and the sides of outlined
boxes; white ones (the shading behind paragraphs) do not show and do not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.blocks.ruled import THIN, Rule, grids_from, rule

if TYPE_CHECKING:
    from pdfplumber.page import Page

    from extractor.blocks.grids import Grid
    from extractor.blocks.lines import Glyph


def grids_of(page: Page, glyphs: list[Glyph], number: int) -> tuple[list[Grid], list[Glyph]]:
    """The tables of a page, and the glyphs that stand in none.

    Args:
        page: pdfplumber's page.
        glyphs: all glyphs of the page.
        number: of the page, from 1.
    """
    return grids_from(_rules(page), glyphs, number)


def _rules(page: Page) -> list[Rule]:
    """Visible rules of a page as pdfplumber's edges: drawn lines, thin filled boxes, sides of outlined boxes."""
    found: list[Rule] = []
    for line in page.lines:
        if not _is_white(line.get("stroking_color")):
            found += rule(line["x0"], line["top"], line["x1"], line["bottom"])
    for box in [*page.rects, *page.curves]:
        x0, top, x1, bottom = box["x0"], box["top"], box["x1"], box["bottom"]
        if min(x1 - x0, bottom - top) < THIN:
            if _is_drawn(box):
                found += rule(x0, top, x1, bottom)
        elif box["object_type"] == "rect" and box.get("stroke") and not _is_white(box.get("stroking_color")):
            found += rule(x0, top, x1, top) + rule(x0, bottom, x1, bottom)
            found += rule(x0, top, x0, bottom) + rule(x1, top, x1, bottom)
    return found


def _is_drawn(box: Rule) -> bool:
    """Whether a box is stroked or filled in a colour that shows on white paper."""
    if box.get("stroke") and not _is_white(box.get("stroking_color")):
        return True
    return bool(box.get("fill")) and not _is_white(box.get("non_stroking_color"))


def _is_white(color: object) -> bool:
    """Whether a colour as pdfplumber gives it is white: 1, (1,), (1, 1, 1) or CMYK zeros."""
    if color is None or isinstance(color, str):
        return False
    values = [v for v in (color if isinstance(color, (list, tuple)) else [color]) if isinstance(v, (int, float))]
    return all(v == 0 for v in values) if len(values) == 4 else bool(values) and all(v >= 0.99 for v in values)
