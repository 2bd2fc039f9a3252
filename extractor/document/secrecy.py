"""Blocks → nothing, or SecretError: a document stamped Mật, Tối mật or Tuyệt mật must not be processed here.

In: the blocks of a document. A stamp is a line of its own ("TỐI MẬT", "M Ậ T", "Độ mật: Mật"), or what is left of a
letterhead's line beside its other column ("MẬT Độc lập - Tự do - Hạnh phúc"). Words in prose ("bảo mật", "bí mật nhà
nước", "mật độ dân số"), lists of the levels, and values under the head "Độ mật" of a table are none.

Where form alone leaves a doubt the document is refused: a clerk can read a refused one, nobody can unread the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.document.header_lines import HeadLine, flat, head_lines
from extractor.document.header_subject import body_begins, find_title
from extractor.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Block, Cell

_LEVEL = r"(?:tuyệt|tối)?mật"
_URGENCY = r"(?:h(?:ỏa|oả)tốc|thượngkhẩn|khẩn)?"
_STAMP = re.compile(rf"{_URGENCY}(?:(?:mức|cấp)?độ(?:bảo)?mật)?(?:tàiliệu|vănbản|hồsơ)?({_LEVEL}){_URGENCY}")
_FIELD = re.compile(r"\W*(?:mức )?(?:độ|cấp độ) (?:bảo )?mật\s*:", re.IGNORECASE)
_COLUMN_HEAD = re.compile(r"\b(?:do|muc do|cap do) (?:bao )?mat\b|\bphan loai\b|\bmuc do\b")
_LISTED = re.compile(r"[-–+•*]\s*\w(?!.*[-–*]$)|(?:\d{1,2}|[a-zđ])\s?[.)]\s|\(\d\)")
# What stands before "mật" in words that are no level: "BẢO VỆ BÍ MẬT", "CƠ MẬT", "ĐÃ GIẢI MẬT".
_IN_A_WORD = frozenset({"bảo", "bí", "cơ", "giải", "thân"})
_COLUMN_FORMS = frozenset({"nation", "motto", "number", "date"})
_LETTERS_APART = re.compile(r"(?<![^\W\d_])[^\W\d_](?: +[^\W\d_](?![^\W\d_])){2,}")
_LEVELS_FLAT = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_TODO = "hãy xử lý theo quy định về bảo vệ bí mật nhà nước và không đưa tài liệu vào phần mềm này"


def check(blocks: Sequence[Block]) -> None:
    """Refuses a document that is marked secret.

    Args:
        blocks: all blocks of the document.

    Raises:
        SecretError: it is stamped Mật, Tối mật or Tuyệt mật; the message names the level and nothing else of it.
    """
    for level in _marks(blocks):
        raise SecretError(f"tài liệu đóng dấu độ mật “{level}”", _TODO)


def _marks(blocks: Sequence[Block]) -> Iterator[str]:
    """The levels that *blocks* are stamped with."""
    heads = _column_heads(blocks)
    free = [b for b in blocks if not (b.label or (b.place.cell is not None and _is_value(b.place.cell, heads)))]
    outside = frozenset(b.index for b in free)
    letterhead = [line for line in _letterhead(head_lines(blocks)) if line.block in outside]
    found = [_stamp(line.text, early=True) or _beside_a_column(line, letterhead) for line in letterhead]
    found += [_unclear(line) for line in letterhead if blocks[line.block].confidence < 1]
    found += [_stamp(line, early=False) for block in free for line in block.text.split("\n")]
    yield from (level for level in found if level is not None)


def _letterhead(top: Sequence[HeadLine]) -> list[HeadLine]:
    """The lines before the body."""
    title = find_title(top)
    if title is not None:
        return list(top[: title.line + 1])
    end = next((at for at, line in enumerate(top) if line.form == "addressee" or body_begins(line)), len(top))
    return list(top[:end])


def _stamp(line: str, *, early: bool) -> str | None:
    """The level that *line* is, if it is a stamp; in small letters only in the letterhead or after "Độ mật:"."""
    if _LISTED.match(line) or line.rstrip().endswith((";", ",")):
        return None
    found = _STAMP.fullmatch(re.sub(r"[\W_]+", "", line).lower())
    if found is None or not (early or line.isupper() or _FIELD.match(line)):
        return None
    return re.sub(r"(tuyệt|tối)", r"\1 ", found.group(1)).upper()


def _beside_a_column(line: HeadLine, letterhead: Sequence[HeadLine]) -> str | None:
    """The level at the end of a letterhead's piece: "UBND TỈNH SƠN LA MẬT" beside the nation's name."""
    words = _LETTERS_APART.sub(lambda m: m.group().replace(" ", ""), line.text).lower().split()
    if not line.capitals or len(words) < 2 or words[-1] != "mật" or words[-2] in _IN_A_WORD:
        return None
    if not any(other.block == line.block and other.form in _COLUMN_FORMS for other in letterhead):
        return None
    return {"tối": "TỐI MẬT", "tuyệt": "TUYỆT MẬT"}.get(words[-2], "MẬT")


def _unclear(line: HeadLine) -> str | None:
    """The level of a recognised line whose marks may be wrong: "MÂT", "TỎI MẬT"."""
    return _LEVELS_FLAT.get(re.sub(r"[\W_]+", "", line.flat)) if line.capitals else None


def _column_heads(blocks: Sequence[Block]) -> dict[int, dict[int, int]]:
    """For each table, its columns that are headed "Độ mật" or the like, and the row of that head."""
    heads: dict[int, dict[int, int]] = {}
    for block in blocks:
        cell = block.place.cell
        if cell is not None and _COLUMN_HEAD.search(flat(block.text)):
            for column in range(cell.column, cell.column + cell.column_span):
                heads.setdefault(cell.table, {}).setdefault(column, cell.row)
    return heads


def _is_value(cell: Cell, heads: dict[int, dict[int, int]]) -> bool:
    """Whether *cell* stands under the head "Độ mật" of a table: a register of other documents."""
    row = heads.get(cell.table, {}).get(cell.column)
    return row is not None and cell.row > row
