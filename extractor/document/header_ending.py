"""Blocks → where a document closes, and where its appendices begin.

In: all blocks. Out: indices. The closing runs from "Nơi nhận:" or the signature ("TM. ỦY BAN NHÂN DÂN") to the next
appendix ("PHỤ LỤC", the title above "(Kèm theo Quyết định số …)", a table of assignments) or to the end.

    "Nơi nhận:" / "- Lưu: VT." / "KT. CHỦ TỊCH" / "PHỤ LỤC I" / "STT | Nhiệm vụ | …"  →  closing 0-2, appendix 3
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.document.header_lines import flat
from extractor.document.header_number import kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Block

_RECEIVERS = re.compile(r"\W*(?:noi nhan|noi gui)\s*(?:[:.;]|$)")
_SIGNATURE = re.compile(r"\W*(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)\s?[.,]\s*[A-ZĐÀ-Ỹ]{2}")
_APPENDIX = re.compile(r"\W*phu luc\s*(?:so\s*)?(?:[ivxlc]+|\d{1,2}[a-z]?|[a-h])?\s*(?:[.:(-].*)?$")
_ISSUED_WITH = re.compile(
    r"\s*\(?\s*(?:ban hanh\s+)?(?:dinh\s+)?kem theo\s+(?:quyet dinh|ke hoach|cong van|van ban|nghi quyet|to trinh|"
    r"bao cao|thong bao|chi thi|chuong trinh|huong dan|cong dien|de an)\b.*?(?:\bso\b|\d|\bngay\b|\bcua\b)"
)
_LISTS = re.compile(
    r"(?:danh muc|bang (?:phan cong|tong hop|chi tiet|phu luc)|bieu|mau (?:so|bieu)|de cuong|lich|lo trinh|phan cong|"
    r"noi dung|nhiem vu|chi tieu|quy che|quy dinh)\b"
)
_WIDE, _TALL = 3, 3  # a table of at least so many columns and rows is no signature
_TITLE_BLOCKS, _TITLE_LENGTH = 5, 300  # an appendix's title stands on so few blocks


@dataclass(frozen=True, slots=True)
class Ending:
    """Where the document closes.

    Attributes:
        closing: first block of the first closing; None where there is none.
        closing_blocks: all blocks of receivers and signatures.
        annex_starts: blocks that begin an appendix or an issued plan.
    """

    closing: int | None
    closing_blocks: frozenset[int]
    annex_starts: tuple[int, ...]


def find_ending(blocks: Sequence[Block], after: int) -> Ending:
    """The closing and the appendices of *blocks*, looked for from block *after* on."""
    closes = frozenset(b.index for b in blocks[after:] if _closes(b, len(blocks)))
    starts = _annex_starts(blocks, after, closes)
    held: set[int] = set()
    closed = False
    for block in blocks[after:]:
        closed = block.index in closes or (closed and block.index not in starts)
        if closed:
            held.add(block.index)
    return Ending(min(closes, default=None), frozenset(held), tuple(sorted(starts)))


def _closes(block: Block, count: int) -> bool:
    """Whether a closing begins with *block*, one of *count* blocks."""
    lines = block.text.split("\n")[:2]
    if any(_RECEIVERS.match(flat(line)) for line in lines):
        return True
    # "TL. …" in a list of short forms at the top of a document signs nothing.
    return any(_SIGNATURE.match(line) for line in lines) and len(block.text) <= 160 and block.index > count // 10


def _annex_starts(blocks: Sequence[Block], after: int, closes: frozenset[int]) -> set[int]:
    """The blocks that begin an appendix."""
    wide = _wide_tables(blocks)
    starts: set[int] = set()
    closed = False
    for block in blocks[after:]:
        if block.index in closes:
            closed = True
            continue
        start = _annex_start(blocks, block, closed, wide)
        if start is None or start < after:
            continue
        # "PHỤ LỤC" / its title / "(Kèm theo …)" / its table begin one appendix, not four.
        begun = any(start - _TITLE_BLOCKS <= earlier <= start for earlier in starts)
        if not begun or _is_appendix(block.text.split("\n")[0]):
            starts.add(start)
        closed = False
    return starts


def _annex_start(blocks: Sequence[Block], block: Block, closed: bool, wide: frozenset[int]) -> int | None:
    """Where the appendix begins that *block* is the mark of; None if it is none."""
    cell = block.place.cell
    if cell is not None and cell.table in wide:
        return block.index if closed else None
    lines = block.text.split("\n")
    if _is_appendix(lines[0]) or (closed and _is_title(lines[0])):
        return block.index
    for number, line in enumerate(lines):
        if _ISSUED_WITH.match(flat(line)):
            return block.index if number else _title_before(blocks, block.index)
    return None


def _is_appendix(line: str) -> bool:
    """ "PHỤ LỤC II", "Phụ lục"; not a sentence that goes on with "Phụ lục kèm theo …"."""
    return line[:1] == "P" and bool(_APPENDIX.match(flat(line))) and (len(line) < 20 or "PHỤ LỤC" in line)


def _is_title(line: str) -> bool:
    """Whether a line after a closing is the title of what follows: "KẾ HOẠCH", "DANH MỤC NHIỆM VỤ"."""
    if not line.isupper() or len(line) < 4:
        return False
    without = flat(line)
    return bool(_LISTS.match(without)) or any(without.startswith(flat(kind.name)) for kind in kinds())


def _title_before(blocks: Sequence[Block], bracket: int) -> int | None:
    """The first block of the title above the bracket "(Kèm theo …)"; None if a sentence stands above it."""
    start = bracket
    for block in reversed(blocks[max(0, bracket - _TITLE_BLOCKS) : bracket]):
        titled = block.centered or block.bold or block.text.isupper()
        if not titled or len(block.text) > _TITLE_LENGTH or _closes(block, len(blocks)):
            break
        start = block.index
    return start if start < bracket else None


def _wide_tables(blocks: Sequence[Block]) -> frozenset[int]:
    """Tables that are wide and tall enough to hold assignments."""
    size: dict[int, tuple[int, int]] = {}
    for block in blocks:
        cell = block.place.cell
        if cell is not None:
            rows, columns = size.get(cell.table, (0, 0))
            size[cell.table] = max(rows, cell.row + cell.row_span), max(columns, cell.column + cell.column_span)
    return frozenset(table for table, (rows, columns) in size.items() if rows >= _TALL and columns >= _WIDE)
