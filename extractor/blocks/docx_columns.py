"""Columns that a typist made with tabs or spaces instead of a table: the letterhead, receivers beside the signature.

In: the paragraphs of a Word file one after the other. Out: the same, with such lines parted: "ỦY BAN NHÂN DÂN⇥CỘNG HÒA
XÃ HỘI CHỦ NGHĨA VIỆT NAM" / "TỈNH BẮC KẠN⇥Độc lập - Tự do - Hạnh phúc" becomes the left lines, then the right ones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.blocks.joining import is_capitals, is_kind

if TYPE_CHECKING:
    from extractor.blocks.docx_paragraphs import Piece

_GAP = re.compile(r"\s*\t\s*|\s*[ \u00a0]{4,}")
_REPUBLIC = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập", re.IGNORECASE)
_NOTICE = re.compile(r"Nơi nhận", re.IGNORECASE)
_BELOW = re.compile(r"Kính gửi", re.IGNORECASE)
_LONGEST = 120  # characters: a line of such columns
_MOST_LINES = 8  # of a letterhead


def parted(pieces: list[Piece]) -> list[Piece]:
    """The paragraphs with lines of two columns parted."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _end(pieces, at)
        found += _columns(pieces[at:end]) if end > at else [pieces[at]]
        at = max(end, at + 1)
    return found


def _end(pieces: list[Piece], at: int) -> int:
    """Index after the last line of the columns that begin at *at*; *at* itself if none begin there."""
    if len(_parts(pieces[at])) != 2:
        return at
    near = " ".join(_composed(piece) for piece in pieces[at : at + 2])
    notice = _NOTICE.match(_composed(pieces[at]).strip()) is not None
    if not notice and _REPUBLIC.search(near) is None:
        return at
    end = at + 1
    while end < len(pieces) and (notice or end - at < _MOST_LINES) and _is_inside(pieces[end], notice):
        end += 1
    return end


def _is_inside(piece: Piece, notice: bool) -> bool:
    """Whether a paragraph still belongs to the columns above it."""
    text = _composed(piece).strip()
    if not text:
        return True
    if is_kind(text) or _BELOW.match(text) or len(text) > _LONGEST:
        return False
    return len(_parts(piece)) == 2 or (notice and not piece.look.centered)


def _composed(piece: Piece) -> str:
    """The text in composed letters, in which the signs are looked for; some programs set each tone apart."""
    return unicodedata.normalize("NFC", piece.text)


def _parts(piece: Piece) -> list[str]:
    """The texts of a line on both sides of its widest typed gap; one where there is none, or where a label ends it."""
    text = _composed(piece).rstrip()
    gap = max(_GAP.finditer(text), key=lambda match: match.end() - match.start(), default=None)
    if gap is None or "\n" in text or len(text[: gap.start()].strip()) == 1:
        return [text]
    return [text[: gap.start()].strip(), text[gap.end() :].strip()]


def _columns(pieces: list[Piece]) -> list[Piece]:
    """The left lines, then the right ones; lines of names in capitals that follow each other stay together."""
    columns: tuple[list[Piece], list[Piece]] = ([], [])
    for piece in pieces:
        for column, text in zip(columns, _parts(piece), strict=False):
            above = column[-1] if column else None
            if above is not None and text and is_capitals(above.text) and is_capitals(text):
                column[-1] = replace(above, text=f"{above.text}\n{text}")
            elif text:
                column.append(replace(piece, text=text, look=replace(piece.look, centered=False)))
    return [*columns[0], *columns[1]]
