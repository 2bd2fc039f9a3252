"""Ruled tables of a PDF page → grids of cells, merged cells once.

In: the rules drawn on a page and its glyphs. Out: `Grid`s: a cell without inner rules over three rows is one cell with
row_span 3. Boxes of one cell, underlines and white rules (shading behind paragraphs) are no tables.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from pdfplumber.table import TableFinder, TableSettings, merge_edges

from extractor.blocks.grids import Grid, GridCell, fill
from extractor.blocks.lines import Glyph, lines_of

if TYPE_CHECKING:
    from pdfplumber.page import Page

_THIN = 3.0  # points: a filled box thinner than this is a rule
_ENOUGH = 3  # rules that end together
_SHORTEST = 1.0  # points
_SAME = 3.0  # points: edges nearer than this are one


def grids_of(page: Page, glyphs: list[Glyph], number: int) -> tuple[list[Grid], list[Glyph]]:
    """The tables of a page, and the glyphs that stand in none.

    Args:
        page: pdfplumber's page.
        glyphs: all glyphs of the page.
        number: of the page, from 1.
    """
    rules = _closed(_rules(page))
    upright = [rule for rule in rules if rule["orientation"] == "v"]
    level = [rule for rule in rules if rule["orientation"] == "h"]
    if len(upright) < 2 or len(level) < 2:
        return [], glyphs
    finder = TableFinder(
        page,
        TableSettings.resolve(
            {
                "vertical_strategy": "explicit",
                "horizontal_strategy": "explicit",
                "explicit_vertical_lines": upright,
                "explicit_horizontal_lines": level,
            }
        ),
    )
    grids: list[Grid] = []
    rest = glyphs
    for table in finder.tables:
        x0, top, x1, bottom = table.bbox
        inside = [g for g in rest if x0 <= (g.x0 + g.x1) / 2 <= x1 and top <= (g.top + g.bottom) / 2 <= bottom]
        grid = _grid(table.cells, inside, number)
        if grid is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            rest = [g for g in rest if id(g) not in taken]
    return sorted(grids, key=lambda g: g.top), rest


def _rules(page: Page) -> list[dict[str, object]]:
    """Visible rules of a page as pdfplumber's edges: drawn lines, thin filled boxes, sides of outlined boxes."""
    found: list[dict[str, object]] = []
    for line in page.lines:
        if not _is_white(line.get("stroking_color")):
            found += _rule(line["x0"], line["top"], line["x1"], line["bottom"])
    for box in [*page.rects, *page.curves]:
        x0, top, x1, bottom = box["x0"], box["top"], box["x1"], box["bottom"]
        if min(x1 - x0, bottom - top) < _THIN:
            if _is_drawn(box):
                found += _rule(x0, top, x1, bottom)
        elif box["object_type"] == "rect" and box.get("stroke") and not _is_white(box.get("stroking_color")):
            found += _rule(x0, top, x1, top) + _rule(x0, bottom, x1, bottom)
            found += _rule(x0, top, x0, bottom) + _rule(x1, top, x1, bottom)
    return found


def _closed(rules: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rules with the outer ones that a page break or a half ruled style left out.

    Three upright rules or more that begin (or end) together stand for a level one there: the row of a table that goes
    on at the top of a page often has none above it. Likewise for the sides of a table of level rules.
    """
    joined = merge_edges(rules, _SAME, _SAME, _SAME, _SAME)
    found = list(joined)
    for orientation, start, end, low, high in (("v", "top", "bottom", "x0", "x1"), ("h", "x0", "x1", "top", "bottom")):
        own = [rule for rule in joined if rule["orientation"] == orientation]
        across = [rule for rule in joined if rule["orientation"] != orientation]
        for end_name in (start, end):
            for at in _edges([rule[end_name] for rule in own]):
                ends = [rule for rule in own if abs(rule[end_name] - at) <= _SAME]
                first, last = min(rule[low] for rule in ends), max(rule[high] for rule in ends)
                there = any(abs(r[start] - at) <= _SAME and r[low] < last and r[high] > first for r in across)
                if len(ends) >= _ENOUGH and not there:
                    box = (first, at, last, at) if orientation == "v" else (at, first, at, last)
                    found += _rule(*box)
    return found


def _is_drawn(box: dict[str, object]) -> bool:
    """Whether a box is stroked or filled in a colour that shows on white paper."""
    if box.get("stroke") and not _is_white(box.get("stroking_color")):
        return True
    return bool(box.get("fill")) and not _is_white(box.get("non_stroking_color"))


def _rule(x0: float, top: float, x1: float, bottom: float) -> list[dict[str, object]]:
    """An upright or level rule from the box of a thin shape; nothing for a slanted or a tiny one."""
    width, height = x1 - x0, bottom - top
    if min(width, height) >= _THIN or max(width, height) < _SHORTEST:
        return []
    if width > height:
        top = bottom = (top + bottom) / 2
        orientation = "h"
    else:
        x0 = x1 = (x0 + x1) / 2
        orientation = "v"
    box = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return [{"object_type": "rule_edge", "doctop": top, "orientation": orientation, **box}]


def _is_white(color: object) -> bool:
    """Whether a colour as pdfplumber gives it is white: 1, (1,), (1, 1, 1) or CMYK zeros."""
    if color is None or isinstance(color, str):
        return False
    values = [v for v in (color if isinstance(color, (list, tuple)) else [color]) if isinstance(v, (int, float))]
    return all(v == 0 for v in values) if len(values) == 4 else bool(values) and all(v >= 0.99 for v in values)


def _grid(boxes: list[tuple[float, float, float, float]], glyphs: list[Glyph], number: int) -> Grid | None:
    """A grid from the boxes of its cells; None if it has one column only, or no text."""
    xs, ys = (
        _edges([b[0] for b in boxes] + [b[2] for b in boxes]),
        _edges([b[1] for b in boxes] + [b[3] for b in boxes]),
    )
    if len(xs) < 3 or len(ys) < 2 or all(g.text.isspace() for g in glyphs):
        return None
    grid = Grid(number, number, xs, ys[0], len(ys) - 1, row_pages=[number] * (len(ys) - 1))
    taken: set[tuple[int, int]] = set()
    for box in [*sorted(boxes, key=lambda b: (b[1], b[0])), *_holes(xs, ys, boxes)]:
        column, row = _index(xs, box[0]), _index(ys, box[1])
        cell = GridCell(row, column, max(1, _index(ys, box[3]) - row), max(1, _index(xs, box[2]) - column))
        places = {(r, c) for r in range(row, row + cell.row_span) for c in range(column, column + cell.column_span)}
        if places & taken:
            continue
        taken |= places
        inside = [g for g in glyphs if _holds(box, g)]
        fill(cell, lines_of(inside, number, gap=math.inf), box[0], box[2])
        grid.cells.append(cell)
    grid.cells.sort(key=lambda c: (c.row, c.column))
    return grid


def _edges(values: list[float]) -> list[float]:
    """Distinct positions, those nearer than `_SAME` taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    return found


def _index(edges: list[float], value: float) -> int:
    """The edge nearest to *value*."""
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _holds(box: tuple[float, float, float, float], glyph: Glyph) -> bool:
    """Whether the middle of a glyph lies in a cell."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _holes(
    xs: list[float], ys: list[float], boxes: list[tuple[float, float, float, float]]
) -> list[tuple[float, float, float, float]]:
    """Places of the grid that no box covers, where rules are missing (half ruled tables), row by row."""
    holes = []
    for top, bottom in pairwise(ys):
        for x0, x1 in pairwise(xs):
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            if not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes):
                holes.append((x0, top, x1, bottom))
    return holes
