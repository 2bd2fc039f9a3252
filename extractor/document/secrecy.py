"""Blocks → nothing, or SecretError: a document stamped Mật, Tối mật or Tuyệt mật must not be processed here.

In: the blocks of a document. A stamp is a line of its own ("TỐI MẬT", "M Ậ T", "Độ mật: Mật"), or what is left of a
letterhead's line beside its other column ("MẬT Độc lập - Tự do - Hạnh phúc"). Words in prose ("bảo mật", "bí mật nhà nước",
"mật độ dân số"), lists of the levels, and values under the head "Độ mật" of a table are none.

Where form alone leaves a doubt the document is refused: a clerk can read a refused one, nobody can unread the other.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from extractor.document.header_lines import HeadLine, flat, head_lines
from extractor.document.header_subject import body_begins, find_title
from extractor.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Block, Cell

_LEVEL = r"(?:tuyệt|tối)?mật"
_STAMP = re.compile(rf"(?:(?:độ|mứcđộ|cấpđộ|mứcđộbảo|độbảo)mật)?(?:tàiliệu|vănbản|hồsơ)?({_LEVEL})")
_FIELD = re.compile(r"\W*(?:mức )?(?:độ|cấp độ) (?:bảo )?mật\s*:", re.IGNORECASE)
_COLUMN_HEAD = re.compile(r"\b(?:do|muc do|cap do) (?:bao )?mat\b|\bphan loai\b|\bmuc do\b")
_LISTED = re.compile(r"[-–+•*]\s*\w(?!.*[-–*]$)|(?:\d{1,2}|[a-zđ])\s?[.)]\s|\(\d\)")
# What stands before "mật" in words that are no level: "BẢO VỆ BÍ MẬT", "CƠ MẬT", "ĐÃ GIẢI MẬT".
_IN_A_WORD = frozenset("bảo bí cơ giải ban thân trực tuần mè ong đường sự".split())
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
    top = head_lines(blocks)
    letterhead = _letterhead(top)
    heads = _column_heads(blocks)
    for line in letterhead:
        level = _beside_a_column(line, letterhead) or _unclear(line, blocks)
        if level:
            yield level
    early = {(line.block, line.start) for line in letterhead}
    for block in blocks:
        if block.place.cell is not None and _is_value(block.place.cell, heads):
            continue
        start = 0
        for line in block.text.split("\n"):
            level = _stamp(line, (block.index, start) in early)
            if level:
                yield level
            start += len(line) + 1


def _letterhead(top: Sequence[HeadLine]) -> list[HeadLine]:
    """The lines before the body."""
    title = find_title(top)
    if title is not None:
        return list(top[: title.line + 1])
    end = next((at for at, line in enumerate(top) if line.form == "addressee" or body_begins(line)), len(top))
    return list(top[:end])


def _stamp(line: str, early: bool) -> str | None:
    """The level that *line* is, if it is a stamp; in small letters only in the letterhead or after "Độ mật:"."""
    if _LISTED.match(line) or line.rstrip().endswith((";", ",")):
        return None
    found = _STAMP.fullmatch(re.sub(r"[\W_]+", "", line).lower())
    if found is None or not (early or line.isupper() or _FIELD.match(line)):
        return None
    return re.sub(r"(tuyệt|tối)", r"\1 ", found.group(1)).upper()


def _beside_a_column(line: HeadLine, letterhead: Sequence[HeadLine]) -> str | None:
    """The level at either end of a letterhead's piece: "UBND TỈNH SƠN LA MẬT" beside the nation's name."""
    if not line.capitals or not any(other.form in ("nation", "motto", "number", "date") for other in letterhead):
        return None
    beside = any(
        other.block == line.block and other is not line and other.form in ("nation", "motto", "number", "date")
        for other in letterhead
    )
    words = _LETTERS_APART.sub(lambda m: m.group().replace(" ", ""), line.text).lower().split()
    if not beside or not words or words[-1] != "mật" or (len(words) > 1 and words[-2] in _IN_A_WORD):
        return None
    return {"tối": "TỐI MẬT", "tuyệt": "TUYỆT MẬT"}.get(words[-2] if len(words) > 1 else "", "MẬT")


def _unclear(line: HeadLine, blocks: Sequence[Block]) -> str | None:
    """The level of a recognised line whose marks may be wrong: "MÂT", "TỎI MẬT"."""
    if blocks[line.block].confidence >= 1 or not line.capitals:
        return None
    return _LEVELS_FLAT.get(re.sub(r"[\W_]+", "", line.flat))


def _column_heads(blocks: Sequence[Block]) -> dict[int, dict[int, int]]:
    """For each table, its columns that are headed "Độ mật" or the like, and the row of that head."""
    heads: dict[int, dict[int, int]] = {}
    for block in blocks:
        cell = block.place.cell
        if cell is not None and _COLUMN_HEAD.search(flat(unicodedata.normalize("NFC", block.text))):
            for column in range(cell.column, cell.column + cell.column_span):
                heads.setdefault(cell.table, {}).setdefault(column, cell.row)
    return heads


def _is_value(cell: Cell, heads: dict[int, dict[int, int]]) -> bool:
    """Whether *cell* stands under the head "Độ mật" of a table: a register of other documents."""
    row = heads.get(cell.table, {}).get(cell.column)
    return row is not None and cell.row > row
