"""Splits a value that holds nothing but units: an assignment line, a cell of a unit column, a unit heading.

In: "Sở Tài chính; các sở, ban, ngành, UBND cấp huyện và các đơn vị có liên quan (theo lĩnh vực)." Out: four mentions.
Names that hold commas or "và" stay whole, classes stay one entry, brackets and notes are left out, names that the
lexicon does not know are kept with the reason "unknown_name".
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.mentions.unit_entries import entries_of, listed_at
from extractor.mentions.unit_lexicon import lexicon
from extractor.mentions.unit_lost_ends import parted
from extractor.mentions.unit_offices import units_at
from extractor.mentions.unit_scan import NONE_DECLARED, read
from extractor.mentions.unit_settlements import joined
from extractor.mentions.unit_territory import proper_name
from extractor.mentions.unit_writing import mention
from extractor.model import Span, UnitMention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.mentions.unit_page import Found, Page


_NOTHING = re.compile(
    r"[\s\-–—.…/\\*+•:;,]*|như trên|nt|n/t|không|.{0,3}như (?:mục|trên).*"
    r"|theo (?:sự )?(?:phân công|chức năng|thẩm quyền|quy định)[^,;]*",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BULLET = re.compile(r"(?:^|(?<=\n))[ \t]*(?:[-–+•*●▪]|\(?\d{1,2}[.)]|\(?[a-zđ]\))[ \t]*")
# "Đ/c Nguyễn Văn An", "bà Lê Thị Hoa"; not the places "Bà Rịa", "Ông Ích Khiêm": their next word is no surname.
_COURTESY = re.compile(
    r"(?<![Cc]ác )\b(?:(?i:đ/c|đồng chí)\s+(?=[A-ZĐÀ-Ỹ])"
    r"|(?i:ông/bà|ông|bà|thầy|cô)\s+(?=(?P<surname>[A-ZĐÀ-Ỹ]\w*)\s+[A-ZĐÀ-Ỹ]))"
)
_LABEL = re.compile(
    r"(?:^|(?<=\n))\s*(?:(?:cơ quan|đơn vị|cấp)(?: được)? )?"
    r"(?:chủ trì|phối hợp|thực hiện|đầu mối|phân công|trách nhiệm)(?: (?:thực hiện|chính|tham mưu))?\s*:\s*",
    re.IGNORECASE,
)
_POINTED = re.compile(r"\b(VP|TT|CA|BQL|BCH|BCĐ)\.(?=\s*[A-ZĐ])")  # "VP. UBND tỉnh"
_OPEN_END = re.compile(r"(?:,|\bvà|\bcác|-|&)\s*$")


def split_list(
    text: str, *, block: int = 0, offset: int = 0, declared: Mapping[str, str] = NONE_DECLARED
) -> tuple[UnitMention, ...]:
    """Splits the value of an assignment line into its units.

    Args:
        text: the value without its label.
        block: number of the block that it stands in.
        offset: where *text* begins in the block's text.
        declared: short forms that the document declares, and what they stand for.
    """
    if _NOTHING.fullmatch(text.strip()):
        return ()
    page = parted(read(_joined(_blanked(text)), declared), declared)
    units = [
        mention(page, _trimmed(page, found), block, offset, reasons)
        for found, reasons in joined(page, entries_of(page))
    ]
    return tuple(_as_written(unit, text, offset) for unit in units)


def _blanked(text: str) -> str:
    """*text* with brackets and courtesies as spaces, bullets and role labels as a semicolon: every offset stays."""
    text = _BRACKET.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    text = _LABEL.sub(_separator, text)
    text = _POINTED.sub(lambda found: f"{found[1]} ", text)
    bulleted = _BULLET.match(text) is not None
    text = _BULLET.sub(lambda found: found.group() if _wrapped(found, bulleted) else _separator(found), text)
    return _COURTESY.sub(_without_courtesy, text)


def _wrapped(mark: re.Match[str], bulleted: bool) -> bool:
    """Whether a dash at a line's start only wraps a name: "Phòng Văn hóa ⏎ - Xã hội phường"."""
    if bulleted or mark.group().strip() not in ("-", "–") or mark.start() == 0:
        return False
    line = mark.string[mark.end() :].split("\n")[0]
    page = read(line)
    return bool(page.tokens.low) and page.tokens.is_capital(0) and not listed_at(page, 0)


def _without_courtesy(match: re.Match[str]) -> str:
    """Blanks for "đ/c", "ông", "bà" before a person."""
    surname = match["surname"]
    named = surname is None or surname.lower() in lexicon().surnames
    return " " * len(match.group()) if named else match.group()


def _separator(match: re.Match[str]) -> str:
    """As many blanks as were matched, the last a semicolon: what follows is an entry of its own."""
    blank = re.sub(r"[^\n]", " ", match.group())
    return blank[:-1] + ";" if blank and not blank.endswith("\n") else blank


def _joined(text: str) -> str:
    """*text* with a space for each newline that only wraps a name ("Sở Nông nghiệp và ⏎ Môi trường")."""
    lines = text.split("\n")
    pieces = lines[:1]
    pieces += [("\n" if _line_begins(before, line) else " ") + line for before, line in pairwise(lines)]
    return "".join(pieces)


def _line_begins(before: str, line: str) -> bool:
    """Whether *line* begins an entry of its own after the line *before*."""
    page = read(line)
    if not before.strip() or not page.tokens.low or line.lstrip().startswith(";"):
        return True
    open_end = _OPEN_END.search(before) is not None
    if not page.tokens.is_capital(0):
        return not open_end and bool(units_at(page, 0))
    return bool(listed_at(page, 0)) or (not open_end and proper_name(page, 0, 5) >= 2)


def _trimmed(page: Page, found: Found) -> Found:
    """Without punctuation at the end."""
    last = found.last
    while last > found.first + 1 and not page.tokens.at(last - 1)[-1].isalnum():
        last -= 1
    return replace(found, last=last)


def _as_written(unit: UnitMention, text: str, offset: int) -> UnitMention:
    """Ends a unit before a bracket that stands inside it, so that its span holds its words and no others."""
    if unit.span is None:
        return unit
    start, end = unit.span.start - offset, unit.span.end - offset
    if text[start:end].replace("\n", " ") == unit.text:  # a wrapped line reads as one
        return unit
    cut = next((i for i in range(start, end) if text[i] in "(["), end)
    words = text[start:cut].rstrip()
    return replace(unit, text=words, span=Span(unit.span.block, unit.span.start, unit.span.start + len(words)))
