"""Web pages (.html, .htm) → paragraphs and tables.

In: the bytes of a page as saved from a portal, or a document that Word saved as a web page. Out: blocks: the text and
the data tables of the document; scripts, menus, counters ("Lượt xem: 310"), related news and the footer left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.blocks.assembly import PLAIN, Builder, Content
from extractor.blocks.portal import is_chrome, without_chrome
from extractor.blocks.web_chrome import drop_chrome
from extractor.blocks.web_flow import Flow, Piece
from extractor.blocks.web_source import parse
from extractor.blocks.web_tables import cells_of, data_tables
from extractor.errors import TooLargeError, UnreadableError
from extractor.model import Cell

if TYPE_CHECKING:
    from lxml import etree

    from extractor.blocks.source import Limits


def read(data: bytes, limits: Limits) -> Content:
    """Reads a web page.

    Raises:
        UnreadableError: no page, or no text in it.
        TooLargeError: over a limit.
    """
    root, problems = parse(data)
    beside = drop_chrome(root)
    builder = Builder()
    cells = 0
    for piece in _article(Flow(data_tables(root)).read(root)):
        if piece.table is None:
            builder.add(piece.text, piece.look)
        else:
            cells += _add_table(builder, piece.table, limits)
            if cells > limits.cells:
                raise TooLargeError(f"tệp có hơn {limits.cells} ô bảng", "hãy tách nhỏ tệp")
    if not any(block.text for block in builder.blocks):
        raise UnreadableError("trang web không có chữ nào", "hãy mở trang, chép chữ vào tệp Word hoặc .txt")
    return Content(tuple(builder.blocks), problems=problems, beside=tuple(beside))


def _article(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the lines of a portal's frame, and without what follows the article's end."""
    places = [at for at, piece in enumerate(pieces) if piece.table is None]
    lines = [" ".join(pieces[at].text.split()) for at in places]
    kept = without_chrome(lines)
    start = next((at for at in range(len(lines)) if _fits(kept, lines[at : at + len(kept)])), 0)
    dropped = {places[start + at] for at, line in enumerate(kept) if not line or is_chrome(line)}
    first = places[start] if start else 0
    end = places[start + len(kept)] if start + len(kept) < len(places) else len(pieces)
    return [piece for at, piece in enumerate(pieces[:end]) if at >= first and at not in dropped]


def _fits(kept: list[str], lines: list[str]) -> bool:
    """Whether *kept* is *lines* with some emptied."""
    return len(kept) == len(lines) and all(a in ("", b) for a, b in zip(kept, lines, strict=True))


def _add_table(builder: Builder, table: etree._Element, limits: Limits) -> int:
    """Adds the cells of one table; how many there are."""
    number = builder.next_table()
    cells = cells_of(table, limits.cells)
    for cell in cells:
        place = Cell(number, cell.row, cell.column, cell.row_span, cell.column_span)
        builder.add_cell(cell.text, place, cell.look or PLAIN)
    return len(cells)
