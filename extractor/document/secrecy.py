"""Blocks → nothing, or SecretError: a document stamped Mật, Tối mật or Tuyệt mật must not be processed here.

In: the blocks of a document, and what stands beside its text (running heads, watermarks). A stamp is a line of its own
("TỐI MẬT", "M Ậ T", "Độ mật: Mật", "BẢN SỐ 03 MẬT"), the end of a title ("KẾ HOẠCH (MẬT)"), or what is left of a line
beside its other column ("MẬT Độc lập - Tự do - Hạnh phúc", "UBND TỈNH X      MẬT"). Words in prose ("bảo mật", "bí mật
nhà nước", "mật độ dân số"), lists of the levels, and values under the head "Độ mật" of a table are none.

Where form alone leaves a doubt the document is refused: a clerk can read a refused one, nobody can unread the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.document.header_lines import HeadLine, flat, head_lines
from extractor.document.header_subject import body_begins, find_title
from extractor.document.secrecy_words import (
    in_line,
    in_margin,
    in_pieces,
    in_title,
    is_column_head,
    last_of_issuer,
    level_of,
    unclear,
)
from extractor.errors import SecretError
from extractor.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Block, Cell

_COLUMN_FORMS = frozenset({"nation", "motto", "number", "date"})
_TODO = "hãy xử lý theo quy định về bảo vệ bí mật nhà nước và không đưa tài liệu vào phần mềm này"


def check(blocks: Sequence[Block], beside: Sequence[str] = (), *, recognised: bool = False) -> None:
    """Refuses a document that is marked secret.

    Args:
        blocks: all blocks of the document.
        beside: what stands beside its text, as `Reading.beside`.
        recognised: whether *beside* may come from recognition, which loses marks: "MÂT".

    Raises:
        SecretError: it is stamped Mật, Tối mật or Tuyệt mật; the message names the level and nothing else of it.
    """
    for level in (*_marks(blocks), *_marks_beside(beside, recognised)):
        raise SecretError(f"tài liệu đóng dấu độ mật “{level}”", _TODO)


def _marks(blocks: Sequence[Block]) -> Iterator[str]:
    """The levels that *blocks* are stamped with."""
    passed = _table_values(blocks)
    free = [b for b in blocks if not (b.label or b.index in passed)]
    outside = frozenset(b.index for b in free)
    letterhead = [line for line in _letterhead(head_lines(blocks)) if line.block in outside]
    found = [in_line(line.text, early=True) or _beside_a_column(line, letterhead) for line in letterhead]
    found += [unclear(line.text) for line in letterhead if blocks[line.block].confidence < 1]
    found += [in_line(line, early=False) or in_title(line) for block in free for line in block.text.split("\n")]
    heads = frozenset(line.block for line in letterhead)
    found += [in_pieces(line, b.index in heads) for b in free for line in (b.raw or b.text).split("\n")]
    found += _named_values(blocks)
    yield from (level for level in found if level is not None)


def _marks_beside(beside: Sequence[str], recognised: bool) -> Iterator[str]:
    """The levels that stand beside the text; one text that holds several of them is a list to choose from."""
    for text in beside:
        lines = [clean(line).text for line in text.split("\n")]
        found = {level for line in lines if (level := in_margin(line) or (unclear(line) if recognised else None))}
        if len(found) == 1:
            yield from found


def _letterhead(top: Sequence[HeadLine]) -> list[HeadLine]:
    """The lines before the body."""
    title = find_title(top)
    if title is not None:
        return list(top[: title.line + 1])
    end = next((at for at, line in enumerate(top) if line.form == "addressee" or body_begins(line)), len(top))
    return list(top[:end])


def _beside_a_column(line: HeadLine, letterhead: Sequence[HeadLine]) -> str | None:
    """The level at the end of a letterhead's piece: "UBND TỈNH SƠN LA MẬT", "SỞ Y TẾ MẬT" beside the nation's name."""
    beside = any(other.block == line.block and other.form in _COLUMN_FORMS for other in letterhead)
    return last_of_issuer(line.text, named=not beside) if line.capitals else None


def _table_values(blocks: Sequence[Block]) -> frozenset[int]:
    """Indexes of the cells that name the level of something else: a register's values, a table with all levels."""
    cells = [(block, block.place.cell) for block in blocks if block.place.cell is not None]
    heads: dict[int, dict[int, int]] = {}
    levels: dict[int, set[str]] = {}
    for block, cell in cells:
        if is_column_head(flat(block.text)):
            for column in range(cell.column, cell.column + cell.column_span):
                heads.setdefault(cell.table, {}).setdefault(column, cell.row)
        level = level_of(block.text)
        if level is not None:
            levels.setdefault(cell.table, set()).add(level)
    return frozenset(
        block.index
        for block, cell in cells
        if _is_value(cell, heads) or (len(levels.get(cell.table, ())) > 1 and level_of(block.text) is not None)
    )


def _is_value(cell: Cell, heads: dict[int, dict[int, int]]) -> bool:
    """Whether *cell* stands under the head "Độ mật" of a table: a register of other documents."""
    row = heads.get(cell.table, {}).get(cell.column)
    return row is not None and cell.row > row


def _named_values(blocks: Sequence[Block]) -> Iterator[str | None]:
    """Levels in the cell right of "Độ mật", in a table of two columns: a form's line about its own document."""
    cells = {(c.table, c.row, c.column): block for block in blocks if (c := block.place.cell) is not None}
    wide = {table for table, _, column in cells if column > 1}
    for (table, row, column), block in cells.items():
        name = cells.get((table, row, 0))
        if column == 1 and table not in wide and name is not None and is_column_head(flat(name.text)):
            yield level_of(block.text)
