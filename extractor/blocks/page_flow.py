"""Pages of lines and tables → blocks in reading order; the same for PDF text and for recognised scans.

In: the lines and tables of each page. Out: blocks: paragraphs over lines and pages, the columns of the letterhead one
after the other, tables over pages: page 1 "… kịp thời báo" and page 2 "cáo Sở Y tế." become one paragraph of page 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from extractor.blocks.assembly import Builder, Look
from extractor.blocks.columns import Run, column_paragraphs, goes_on, runs_of
from extractor.blocks.grids import Grid
from extractor.blocks.joining import join_lines
from extractor.blocks.paragraphs import FEW, Frame, frame_of, paragraphs_of
from extractor.blocks.table_pages import continues, joined
from extractor.model import Block, Cell

if TYPE_CHECKING:
    from extractor.blocks.lines import Line


_DIGIT = re.compile(r"\d")
PageState = Literal["text", "scan", "garbled"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read.

    Attributes:
        number: from 1.
        width, height: in points.
        lines: outside tables.
        grids: its tables, from top to bottom.
        state: "text", "scan" (its words are in a picture), or "garbled" (its text layer is no Vietnamese).
        pictured: whether a page with text shows pictures too.
        beside: texts that are no part of the flow: turned ones, and its furniture.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    grids: list[Grid]
    state: PageState = "text"
    pictured: bool = False
    beside: tuple[str, ...] = ()


def assemble(pages: list[Page]) -> tuple[Block, ...]:
    """The blocks of a document whose pages are without furniture."""
    items = [item for page in pages for item in _items(page)]
    frames = _frames(pages, items)
    builder = Builder()
    pending: list[Line] = []
    for item in _joined_over_pages(items):
        if isinstance(item, Run) and not item.right:
            pending.extend(item.left)
            continue
        _add_paragraphs(builder, pending, frames)
        pending = []
        if isinstance(item, Run):
            _add_columns(builder, item)
        else:
            _add_table(builder, item)
    _add_paragraphs(builder, pending, frames)
    return tuple(builder.blocks)


def _items(page: Page) -> list[Run | Grid]:
    """Runs of lines and tables of one page, from top to bottom."""
    items: list[Run | Grid] = []
    rest = page.lines
    for grid in page.grids:
        items += runs_of([line for line in rest if line.top < grid.top], page.width)
        rest = [line for line in rest if line.top >= grid.top]
        items.append(grid)
    return items + runs_of(rest, page.width)


def _frames(pages: list[Page], items: list[Run | Grid]) -> dict[int, Frame]:
    """The text column of each page; pages of few lines take that of the pages as wide as they."""
    lines = [line for item in items if isinstance(item, Run) and not item.right for line in item.left]
    of_page: dict[int, list[Line]] = {page.number: [] for page in pages}
    for line in lines:
        of_page[line.page].append(line)
    frames: dict[int, Frame] = {}
    for width in {round(page.width) for page in pages}:
        alike = [page for page in pages if round(page.width) == width]
        shared = _shared_frame(alike, [line for page in alike for line in of_page[page.number]])
        if shared is not None:
            frames |= {page.number: frame_of(of_page[page.number], shared) for page in alike}
    return frames


def _shared_frame(pages: list[Page], lines: list[Line]) -> Frame | None:
    """The text column of pages of one width; by their tables too, where the few lines are no more than titles."""
    if not lines:
        return None
    if len(lines) >= FEW or any(abs(a.x0 - b.x0) < 1.0 for a, b in combinations(lines, 2)):
        return frame_of(lines)
    edges = [edge for page in pages for grid in page.grids for edge in (grid.edges[0], grid.edges[-1])]
    return Frame(min([line.x0 for line in lines] + edges), max([line.x1 for line in lines] + edges))


def _joined_over_pages(items: list[Run | Grid]) -> list[Run | Grid]:
    """The items with each table, and the receivers beside the signature, made one with what the next pages hold."""
    found: list[Run | Grid] = []
    for item in items:
        above = found[-1] if found else None
        if isinstance(item, Grid) and isinstance(above, Grid) and continues(above, item):
            found[-1] = joined(above, item)
        elif isinstance(item, Run) and isinstance(above, Run) and (both := goes_on(above, item)) is not None:
            found[-1] = both
        else:
            found.append(item)
    return found


def _add_paragraphs(builder: Builder, lines: list[Line], frames: dict[int, Frame]) -> None:
    """Adds the paragraphs of a column."""
    for paragraph in paragraphs_of(lines, frames):
        look = _look(paragraph, frames[paragraph[0].page])
        builder.add(reduce(join_lines, (line.text for line in paragraph)), look, paragraph[0].page)


def _add_columns(builder: Builder, run: Run) -> None:
    """Adds the left column, then the right one."""
    for column in (run.left, run.right):
        for text, lines in column_paragraphs(column):
            builder.add(text, replace(_look(lines, None), centered=False), lines[0].page)


def _look(lines: list[Line], frame: Frame | None) -> Look:
    """The look of a paragraph."""
    letters = sum(len(word.text) for line in lines for word in line.words)
    return Look(
        bold=sum(word.bold for line in lines for word in line.words) >= 0.9 * letters,
        italic=sum(word.italic for line in lines for word in line.words) >= 0.9 * letters,
        centered=frame is not None and _is_centered(lines, frame),
        confidence=sum(w.confidence * len(w.text) for line in lines for w in line.words) / letters,
        digits=min((w.confidence for line in lines for w in line.words if _DIGIT.search(w.text)), default=1.0),
    )


def _is_centered(lines: list[Line], frame: Frame) -> bool:
    """Whether a paragraph is centred: all lines in the middle, at least the last with clear room on both sides."""
    if not all(frame.is_symmetric(line) for line in lines):
        return False
    full = all(line.bold for line in lines) and lines[0].x0 - frame.left > 1.0 and not frame.is_indented(lines[0])
    return frame.is_centered(lines[-1]) or full


def _add_table(builder: Builder, grid: Grid) -> None:
    """Adds the cells of a table."""
    number = builder.next_table()
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        look = Look(bold=cell.bold, italic=cell.italic, centered=cell.centered, confidence=cell.confidence)
        place = Cell(number, cell.row, cell.column, cell.row_span, cell.column_span)
        builder.add_cell(cell.text, place, look, grid.row_pages[cell.row])
