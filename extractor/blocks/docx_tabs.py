"""Tables that a typist set with tabs: a header "TT⇥Công việc⇥Đơn vị⇥Thời hạn" and a paragraph for each row.

In: the paragraphs of a Word file one after the other. Out: runs of paragraphs, and such tables as rows of cells:
"TT⇥Việc⇥Đơn vị" / "1⇥Vá đường liên xóm⇥Tổ 3" is a table of two rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.blocks.plain_rows import split_rows
from extractor.blocks.plain_tables import FlatCell, is_header_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.blocks.docx_paragraphs import Piece

_LEAST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class TabbedTable:
    """The cells of a table set by tabs."""

    cells: tuple[FlatCell, ...]


def with_tables(pieces: list[Piece]) -> Iterator[list[Piece] | TabbedTable]:
    """The *pieces* in order, in runs between the tables that are set by tabs."""
    plain: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _end(pieces, at)
        if end > at + 1:
            yield plain
            count = len(pieces[at].text.strip().split("\t"))
            rows = ["\t".join(piece.text.strip(" \n").split("\t")[:count]) for piece in pieces[at:end]]
            cells = [cell for part in split_rows(rows) for cell in part]
            yield TabbedTable(tuple(cell for cell in cells if isinstance(cell, FlatCell)))
            plain = []
        else:
            end = at + 1
            plain.append(pieces[at])
        at = end
    yield plain


def _end(pieces: list[Piece], at: int) -> int:
    """Index after the last row of the table that begins at *at*; *at* itself where none begins."""
    header = pieces[at].text.strip().split("\t")
    if len(header) < _LEAST_COLUMNS or not is_header_start(header[0]):
        return at
    end = at + 1
    while end < len(pieces) and 1 < len(pieces[end].text.strip().split("\t")) <= len(header):
        end += 1
    return end
