"""Ruled tables from their rules → grids of cells, merged cells once; the same for PDF pages and for scans.

In: the rules of a page and its glyphs. Out: `Grid`s: a cell without inner rules over three rows is one cell with
row_span 3. A box of one cell, an underline, a column alone are no tables.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extractor.blocks.grids import Grid, GridCell, fill
from extractor.blocks.lines import Glyph, lines_of

THIN = 3.0  # points: a shape thinner than this is a rule
_SHORTEST = 1.0  # points: a piece of a rule
_LEAST = 3.0  # points: a whole rule
_ENOUGH = 3  # rules that end together
_SAME = 3.0  # points: edges nearer than this are one

Rule = dict[str, Any]  # an edge as pdfplumber's functions take it
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points


def grids_from(rules: list[Rule], glyphs: list[Glyph], number: int) -> tuple[list[Grid], list[Glyph]]:
    """The tables of a page from top to bottom, and the glyphs that stand in none.

    Args:
        rules: from `rule`.
        glyphs: all glyphs of the page.
        number: of the page, from 1.
    """
    grids: list[Grid] = []
    rest = glyphs
    for boxes in tables_from(rules):
        outline = around(boxes)
        inside = [glyph for glyph in rest if _holds(outline, glyph)]
        grid = _grid(boxes, inside, number)
        if grid is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
    return sorted(grids, key=lambda grid: grid.top), rest


def tables_from(rules: list[Rule]) -> list[list[Box]]:
    """The boxes of the cells of each table that rules make; a box of its own is none."""
    whole = [r for r in _closed(rules) if max(r["width"], r["height"]) >= _LEAST]
    if sum(r["orientation"] == "v" for r in whole) < 2 or sum(r["orientation"] == "h" for r in whole) < 2:
        return []
    tables: list[list[Box]] = cells_to_tables(intersections_to_cells(edges_to_intersections(whole, _SAME, _SAME)))
    return tables


def around(boxes: list[Box]) -> Box:
    """The box that holds all *boxes*."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def rule(x0: float, top: float, x1: float, bottom: float) -> list[Rule]:
    """An upright or level rule from the box of a thin shape; nothing for a slanted or a tiny one."""
    width, height = x1 - x0, bottom - top
    if min(width, height) >= THIN or max(width, height) < _SHORTEST:
        return []
    if width > height:
        top = bottom = (top + bottom) / 2
        orientation = "h"
    else:
        x0 = x1 = (x0 + x1) / 2
        orientation = "v"
    box = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
    return [{"object_type": "rule_edge", "doctop": top, "orientation": orientation, **box}]


def _closed(rules: list[Rule]) -> list[Rule]:
    """The rules with the outer ones that a page break or a half ruled style left out.

    Three upright rules or more that begin (or end) together stand for a level one there: the row of a table that goes
    on at the top of a page often has none above it. Likewise for the sides of a table of level rules.
    """
    joined = merge_edges(rules, _SAME, _SAME, _SAME, _SAME)
    found = list(joined)
    for orientation, start, end, low, high in (("v", "top", "bottom", "x0", "x1"), ("h", "x0", "x1", "top", "bottom")):
        own = [r for r in joined if r["orientation"] == orientation]
        across = [r for r in joined if r["orientation"] != orientation]
        for end_name in (start, end):
            for at in _edges([r[end_name] for r in own]):
                ends = [r for r in own if abs(r[end_name] - at) <= _SAME]
                first, last = min(r[low] for r in ends), max(r[high] for r in ends)
                there = any(abs(r[start] - at) <= _SAME and r[low] < last and r[high] > first for r in across)
                if len(ends) >= _ENOUGH and not there:
                    box = (first, at, last, at) if orientation == "v" else (at, first, at, last)
                    found += rule(*box)
    return found


def _grid(boxes: list[Box], glyphs: list[Glyph], number: int) -> Grid | None:
    """A grid from the boxes of its cells; None if it has one column only, or no text."""
    xs = _edges([b[0] for b in boxes] + [b[2] for b in boxes])
    ys = _edges([b[1] for b in boxes] + [b[3] for b in boxes])
    if len(xs) < 3 or len(ys) < 2 or all(g.text.isspace() for g in glyphs):
        return None
    grid = Grid(number, number, xs, ys[0], len(ys) - 1, row_pages=[number] * (len(ys) - 1))
    taken: set[tuple[int, int]] = set()
    by_height = _ByHeight(glyphs)
    for box in [*sorted(boxes, key=lambda b: (b[1], b[0])), *_holes(xs, ys, boxes)]:
        column, row = _index(xs, box[0]), _index(ys, box[1])
        cell = GridCell(row, column, max(1, _index(ys, box[3]) - row), max(1, _index(xs, box[2]) - column))
        places = {(r, c) for r in range(row, row + cell.row_span) for c in range(column, column + cell.column_span)}
        if places & taken:
            continue
        taken |= places
        fill(cell, lines_of(by_height.inside(box), number, gap=math.inf), box[0], box[2])
        grid.cells.append(cell)
    grid.cells.sort(key=lambda c: (c.row, c.column))
    return grid


class _ByHeight:
    """The glyphs of a table by the height of their middles, so that a cell is not compared with all of them."""

    def __init__(self, glyphs: list[Glyph]) -> None:
        placed = sorted(((g.top + g.bottom) / 2, at, (g.x0 + g.x1) / 2) for at, g in enumerate(glyphs))
        self._glyphs = glyphs
        self._heights = [y for y, _, _ in placed]
        self._places = [(at, x) for _, at, x in placed]

    def inside(self, box: Box) -> list[Glyph]:
        """Those whose middle lies in a cell, in their order."""
        x0, top, x1, bottom = box
        level = self._places[bisect_left(self._heights, top) : bisect_left(self._heights, bottom)]
        return [self._glyphs[at] for at in sorted(at for at, x in level if x0 <= x < x1)]


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


def _holds(box: Box, glyph: Glyph) -> bool:
    """Whether the middle of a glyph lies in a cell."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _holes(xs: list[float], ys: list[float], boxes: list[Box]) -> list[Box]:
    """Places of the grid that no box covers, where rules are missing (half ruled tables), row by row."""
    holes = []
    for top, bottom in pairwise(ys):
        for x0, x1 in pairwise(xs):
            x, y = (x0 + x1) / 2, (top + bottom) / 2
            if not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes):
                holes.append((x0, top, x1, bottom))
    return holes
