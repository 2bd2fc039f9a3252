"""Blocks → where a document closes, and where its appendices begin.

In: all blocks. Out: indices. The closing runs from "Nơi nhận:" or the signature ("TM. ỦY BAN NHÂN DÂN") to the next appendix
("PHỤ LỤC", "(Kèm theo Quyết định số …)", the title of an issued plan, a table of assignments) or to the end.

    "Nơi nhận:" "- Lưu: VT." "KT. CHỦ TỊCH" "PHỤ LỤC I" "STT | Nhiệm vụ | …"  →  closing 0-2, appendix 3
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
_ISSUED_WITH = re.compile(r"\s*\(\s*(?:ban hanh\s+)?(?:dinh\s+)?kem theo\b|\s*(?:ban hanh )?kem theo (?:quyet dinh|ke hoach|cong van|nghi quyet|to trinh|bao cao|thong bao)\b.*\bcua\b")
_LISTS = re.compile(r"(?:danh muc|bang (?:phan cong|tong hop|chi tiet|phu luc)|bieu|mau (?:so|bieu)|de cuong|lich|lo trinh|phan cong|noi dung|nhiem vu|chi tieu|quy che|quy dinh)\b")
_WIDE, _TALL = 3, 3  # a table of at least so many columns and rows is no signature


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
    closings = [b.index for b in blocks[after:] if _closes(b, blocks)]
    wide = _wide_tables(blocks)
    starts: list[int] = []
    held: set[int] = set()
    closed = False
    closes = frozenset(closings)
    for block in blocks[after:]:
        if block.index in closes:
            closed = True
        elif _begins_annex(block, blocks, after, closed, wide):
            starts.append(block.index)
            closed = False
        if closed:
            held.add(block.index)
    return Ending(closings[0] if closings else None, frozenset(held), tuple(_merged(starts)))


def _closes(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a closing begins with *block*."""
    lines = block.text.split("\n")
    if any(_RECEIVERS.match(flat(line)) for line in lines[:2]):
        return True
    if not any(_SIGNATURE.match(line) for line in lines[:2]) or len(block.text) > 160:
        return False
    return block.index > len(blocks) // 10  # "TL. …" in a list of short forms at the top is none


def _wide_tables(blocks: Sequence[Block]) -> frozenset[int]:
    """Tables that are wide and tall enough to hold assignments."""
    size: dict[int, tuple[int, int]] = {}
    for block in blocks:
        cell = block.place.cell
        if cell is not None:
            rows, columns = size.get(cell.table, (0, 0))
            size[cell.table] = max(rows, cell.row + cell.row_span), max(columns, cell.column + cell.column_span)
    return frozenset(t for t, (rows, columns) in size.items() if rows >= _TALL and columns >= _WIDE)


def _begins_annex(block: Block, blocks: Sequence[Block], after: int, closed: bool, wide: frozenset[int]) -> bool:
    """Whether an appendix or an issued plan begins with *block*."""
    cell = block.place.cell
    if cell is not None and cell.table in wide:
        return closed
    first = block.text.split("\n")[0]
    without = flat(first)
    if _APPENDIX.match(without) and (first.isupper() or len(first) < 20 or "PHỤ LỤC" in first):
        return first[:1].isupper()
    if _ISSUED_WITH.match(without) and block.index > after:
        return True
    return closed and _is_title(first, without)


def _is_title(first: str, without: str) -> bool:
    """Whether a line after a closing is the title of what follows: "KẾ HOẠCH", "DANH MỤC NHIỆM VỤ"."""
    if not (first.isupper() and len(first) > 3):
        return False
    return bool(_LISTS.match(without)) or any(without.startswith(flat(k.name)) for k in kinds())


def _merged(starts: list[int]) -> list[int]:
    """One start for "PHỤ LỤC" / title / "(Kèm theo …)" that stand within six blocks of each other: the first."""
    kept: list[int] = []
    last = -10
    for start in starts:
        if start - last > 6:
            kept.append(start)
        last = start
    return kept
