"""Rules that a PDF page draws → its tables.

In: the shapes of a page and its glyphs. Out: grids. Rules are drawn lines, thin filled boxes and the sides of outlined
boxes; white ones (the shading behind paragraphs) do not show and do not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.blocks.ruled import THIN, Rule, grids_from, rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.blocks.grids import Grid
    from extractor.blocks.lines import Glyph
    from extractor.blocks.pdf_paths import Shape


def grids_of(shapes: Sequence[Shape], glyphs: list[Glyph], number: int) -> tuple[list[Grid], list[Glyph]]:
    """The tables of a page, and the glyphs that stand in none.

    Args:
        shapes: all that the page draws.
        glyphs: all glyphs of the page.
        number: of the page, from 1.
    """
    return grids_from([side for shape in shapes for side in _rules(shape)], glyphs, number)


def _rules(shape: Shape) -> list[Rule]:
    """The visible rules that a shape draws: a line or a thin box itself, the sides of an outlined box."""
    x0, top, x1, bottom = shape.x0, shape.top, shape.x1, shape.bottom
    if shape.kind == "line":
        return rule(x0, top, x1, bottom) if shape.stroked else []
    if min(x1 - x0, bottom - top) < THIN:
        return rule(x0, top, x1, bottom) if shape.stroked or shape.filled else []
    if shape.kind == "curve" or not shape.stroked:
        return []
    level = rule(x0, top, x1, top) + rule(x0, bottom, x1, bottom)
    return level + rule(x0, top, x0, bottom) + rule(x1, top, x1, bottom)
