"""Text files as pasted from web pages → paragraphs.

In: the bytes of a .txt. Out: paragraphs: hard-wrapped lines are rejoined ("… Nghị quyết số 19/NQ-CP ngày" + "15/7/2021
của Chính phủ" is one), a portal's menus and counters ("Lượt xem: 454") are left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.blocks.assembly import Builder, Content
from extractor.blocks.joining import (
    ends_open,
    ends_sentence,
    is_capitals,
    is_kind,
    join_lines,
    starts_item,
    starts_lower,
    starts_opener,
)
from extractor.blocks.legacy_encodings import decode
from extractor.blocks.plain_rows import split_rows
from extractor.blocks.plain_tables import FlatCell, column_count, is_header_start, lay_out
from extractor.blocks.portal import without_chrome
from extractor.errors import UnreadableError
from extractor.model import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDEST_WRAP = 140  # characters; text with longer lines was not wrapped by hand
_RULE = re.compile(r"[-_=*]{3,}")  # drawn under the letterhead
_SHORT_CELL = 8  # lines
_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-D])\.\s|(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC)\s+[\dIVX]+")
_FULL = 0.85  # of the width: a line that was cut there; table cells and headings on lines of their own are shorter
_WRAPPED_SHARE = 0.3  # of the lines after full ones that begin in the middle of a sentence


def read(data: bytes) -> Content:
    """Reads a text file.

    Raises:
        UnreadableError: the bytes are no text, or nothing but white space.
    """
    decoded = decode(data)
    text = unicodedata.normalize("NFC", decoded.text)  # the signs below are looked for in composed letters
    lines = [line.strip(" \r\u00a0\ufeff") for line in text.splitlines()]
    lines = [line for line in lines if not _RULE.fullmatch(line)]
    if not any(map(str.strip, lines)):
        raise UnreadableError("tệp không có chữ nào", "hãy xin lại tệp từ nơi gửi")
    builder = Builder()
    for item in _items(lines):
        if isinstance(item, str):
            builder.add(item)
        else:
            number = builder.next_table()
            for cell in item:
                place = Cell(number, cell.row, cell.column, cell.row_span, cell.column_span)
                builder.add_cell(cell.text, place)
    return Content(tuple(builder.blocks), problems=decoded.problems, beside=tuple(_running_heads(lines)))


def _running_heads(lines: list[str]) -> Iterator[str]:
    """Lines in capitals between lines that are not: a copied page's head that joining makes a part of a sentence."""
    for above, line, below in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        if line.isupper() and not above.isupper() and not below.isupper():
            yield line


def _items(lines: list[str]) -> list[str | list[FlatCell]]:
    """Paragraphs and tables in reading order."""
    found: list[str | list[FlatCell]] = []
    bare = [line.strip() for line in lines]
    if bare.count("|") >= 2:
        return _flattened(bare)
    for part in split_rows(lines):
        plain = [line for line in part if isinstance(line, str)]
        if plain:
            found += paragraphs(without_chrome(plain))
        else:
            found.append([cell for cell in part if isinstance(cell, FlatCell)])
    return found


def _flattened(lines: list[str]) -> list[str | list[FlatCell]]:
    """Paragraphs and tables of a text whose cells are parted by lines that hold only "|"."""
    width = wrap_width([line for line in lines if line != "|"])
    segments: list[list[str]] = [[]]
    for line in lines:
        if line == "|":
            segments.append([])
        else:
            segments[-1].append(line)
    items: list[str | list[FlatCell]] = []
    at = 0
    while at < len(segments):
        opening = _opening(segments, at)
        own = segments[at][: opening.start] if opening else segments[at]
        items += joined(own, width)
        if opening is None:
            at += 1
            continue
        texts = [
            "\n".join(joined(own, width)) for own in [segments[at][opening.start :], *segments[at + 1 : opening.end]]
        ]
        items.append(lay_out(texts, opening.columns))
        at = opening.end
    return items


@dataclass(frozen=True, slots=True)
class _Opening:
    """A table that begins in a segment: at which line, how many columns, before which segment it ends."""

    start: int
    columns: int
    end: int


def _opening(segments: list[list[str]], at: int) -> _Opening | None:
    """The table that begins in segment *at*; its first cell is the segment's end."""
    lines = segments[at]
    if at == len(segments) - 1 or not any(lines):
        return None
    last = max(k for k, line in enumerate(lines) if line)
    if is_header_start(lines[last]):
        end = next(k for k in range(at + 1, len(segments)) if k == len(segments) - 1 or _is_body(segments[k]))
        columns = column_count([" ".join(own).strip() for own in [lines[last:], *segments[at + 1 : end]]])
        return None if columns is None else _Opening(last, columns, end)
    notice = next((k for k, line in enumerate(lines) if line.startswith("Nơi nhận")), None)
    if notice is not None and at + 2 <= len(segments) - 1:
        return _Opening(notice, 2, at + 2)
    if at == 0 and len(lines) <= _SHORT_CELL:
        return _letterhead(segments)
    return None


def _letterhead(segments: list[list[str]]) -> _Opening | None:
    """The letterhead of two columns: issuer beside the republic's name, number beside place and day."""
    texts = [" ".join(own) for own in segments[:5]]
    if len(texts) < 3 or not any("VIỆT NAM" in text for text in texts[:2]):
        return None
    dated = len(texts) == 5 and re.search(r"\bngày\b.*\bnăm\b", texts[3]) and len(segments[3]) <= _SHORT_CELL
    return _Opening(0, 2, 4 if dated else 2)


def _is_body(lines: list[str]) -> bool:
    """Whether a segment is running text after a table, not a cell: it opens a section, or is the closing."""
    return any(_SECTION.match(line) or line.startswith("Nơi nhận") for line in lines)


def paragraphs(lines: list[str]) -> list[str]:
    """The paragraphs of *lines*: one a line, or rejoined where the text was wrapped by hand."""
    return joined(lines, wrap_width(lines))


def joined(lines: list[str], width: int | None) -> list[str]:
    """The paragraphs of lines wrapped at *width* characters; one a line if it is None."""
    if width is None:
        return [line for line in lines if line]
    found: list[str] = []
    last = ""  # the line before, "" after a blank one
    for line in lines:
        if line and last and not is_break(last, line, width, found[-1]):
            found[-1] = join_lines(found[-1], line)
        elif line:
            found.append(line)
        last = line
    return found


def wrap_width(lines: list[str]) -> int | None:
    """The width in characters at which the text was wrapped by hand; None if it was not."""
    lengths = sorted(len(line) for line in lines if line)
    if len(lengths) < 2 or lengths[-1] > _WIDEST_WRAP:
        return None
    width = lengths[int(0.98 * (len(lengths) - 1))]
    followers = [below for above, below in pairwise(lines) if below and len(above) >= _FULL * width]
    if sum(starts_lower(line) for line in followers) < _WRAPPED_SHARE * max(1, len(followers)):
        return None
    return width


def is_break(above: str, below: str, width: int, paragraph: str) -> bool:
    """Whether a paragraph ends between two lines of wrapped text.

    Args:
        above: the last line of *paragraph*.
        below: the line after it.
        width: of the wrapped text in characters.
        paragraph: all that was joined so far.
    """
    if starts_item(below) or is_kind(above) or is_kind(below):
        return True
    if is_capitals(above) != is_capitals(below) and (is_capitals(paragraph) or ends_sentence(above)):
        return True
    if starts_lower(below) or ends_open(above) or (is_capitals(paragraph) and is_capitals(below)):
        return False
    fits = len(above) + 1 + len(below.split(None, 1)[0]) <= 0.95 * width
    if ends_sentence(above) or starts_opener(below):
        return fits
    # "1. Mục đích" / "Nâng cao nhận thức …": a short title under a label, with the text on the next line.
    return starts_item(above) and above == paragraph and len(above) < 0.5 * width
