"""The top of a document → letterhead lines, cut where two columns run into one another.

In: blocks (paragraphs or cells). Out: `HeadLine`s, each one piece of one line with its marks removed for matching, and
what it is by its form alone. A text layer and recognition read the two columns of a letterhead across:

    "SỞ Y TẾ Độc lập - Tự do - Hạnh phúc" → "SỞ Y TẾ" (other), "Độc lập - Tự do - Hạnh phúc" (motto)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from extractor.model import Evidence, Span
from extractor.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Block

Form = Literal[
    "nation",
    "motto",
    "date",
    "number",
    "rule",
    "stamp",
    "urgency",
    "addressee",
    "about",
    "issued_with",
    "copy",
    "other",
]

HEAD_LINES = 70  # a letterhead, its subject and its addressees; a Kính gửi list of 30 offices has been seen

DAY, MONTH, YEAR = r"\d\s?\d?", r"\d\s?\d?", r"(?:2\s?0\s?\d\s?\d|19\s?\d\s?\d)"
# The day, the month, and the last digits of the year may be blank, dotted or unreadable: "ngày    tháng 7 năm 2024".
DATE_WORDS = re.compile(
    rf"\bngay\s*(?P<day>{DAY}|[^\w\n]*|\S{{1,3}}?)\s*thang\s*(?P<month>{MONTH}|[^\w\n]*|\S{{1,3}}?)\s*"
    rf"nam\s*(?P<year>{YEAR}|20\S{{0,3}}|)"
)
# "Hà Nội, ngày 05/3/2026"
DATE_DIGITS = re.compile(r"\bngay\s*(?P<day>\d\d?)\s*[/.-]\s*(?P<month>\d\d?)\s*[/.-]\s*(?P<year>\d{4})")
_PLACE = r"(?:TP\.?\s?|Tp\.?\s?)?[A-ZĐÀ-Ỹ][a-zđà-ỹ]*(?:[ -]{1,3}[A-ZĐÀ-Ỹ][a-zđà-ỹ]*){0,5}"
_PLACE_DATE = re.compile(
    rf"(?:(?<=\s)|^)(?:{_PLACE})\s?[,.;]\s?ng[àaáảạ]y(?=[\s\d.…])|(?<=\s)ng[àaáảạ]y(?=\s*[\d.…]*\s*th[áaàâ]ng)"
)
_NATION = re.compile(
    r"(?:c.ng\s*)?h.a\s*x.\s*h.i\s*ch.\s*ngh.a\s*vi.t\s*nam|\bdang\s*cong\s*san\s*viet\s*nam\b(?=\s*$)"
)
_MOTTO = re.compile(r"d.c\s*l.p\s*.{0,4}?\s*t.\s*d.\s*.{0,4}?\s*h.nh\s*ph.c")
_NUMBER_LABEL = re.compile(r"(?:(?<=\s)|^)S[ỐỔÔÓÒOốổôóòoéè6]\s*[:;.]|(?:(?<=\s)|^)Số(?=\s+[\d.…]+\s*[-/])")
_RULE = re.compile(r"^[\W_]*$")
_STAMP = re.compile(
    r"@|\d{1,2}:\d{2}:\d{2}|^[+-]\d\d:\d\d$|^(?:ky boi|nguoi ky|thoi gian ky|email|co quan:|ngay ky|signature|"
    r"digitally|signed by|cong van den|cong van di|den so|so den|ngay den|den\s*ngay|"
    r"chuyen:|so va ky hieu|van ban di)"
)
_URGENCY = re.compile(r"^\W*(hoa toc(?: hen gio)?|thuong khan|khan)\W*$")
# "Kính gửi:", and the sender's line of a Công điện: "BỘ Y TẾ điện:".
_ADDRESSEE = re.compile(
    r"^\W*(?:dong )?kinh g.i\b|"
    r"^(?:thu tuong|bo|van phong|uy ban|chu tich|so|ban|ubnd|tong cuc|cuc)\b.{0,80}\b(?:dien|gui)\s*:?\s*$"
)
_ABOUT = re.compile(r"^\W*v\s*/\s*v\b|^\W*ve viec\b")
_ISSUED_WITH = re.compile(r"^\(?\s*(?:ban hanh\s+)?kem theo\b")
_COPY = re.compile(r"^\W*(?:sao y|ban sao|sao luc|trich sao|ban chinh|sy\b|(?:ban )?du thao|mau so)")
_BAR = re.compile(r"\|")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One piece of a line.

    Attributes:
        block, start, end: where its text stands.
        text: the words as they are.
        flat: the same length, lower case without marks.
        form: what it is by its form alone.
        bold, centered: of its block.
        columns: number of columns of the table it stands in; 0 outside tables.
        column: which of them it stands in; 0 outside tables.
    """

    block: int
    start: int
    end: int
    text: str
    flat: str
    form: Form
    bold: bool
    centered: bool
    columns: int
    column: int

    @property
    def capitals(self) -> bool:
        """Whether it is written in capitals."""
        return in_capitals(self.text)


def in_capitals(text: str) -> bool:
    """Whether the letters of *text* are capitals; recognition may take one in eight for a small one ("QUẢNG NGÃl")."""
    letters = sum(map(str.isalpha, text))
    return letters > 1 and (text.isupper() or 8 * sum(map(str.islower, text)) <= letters)


class _Flat(dict[int, str]):
    """A table for `str.translate` that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = plain = (fold(character) or character)[:1]
        return plain


_FLAT = _Flat()


def flat(text: str) -> str:
    """*text* in lower case without marks, character by character, so that offsets stay."""
    return text.translate(_FLAT)


def head_lines(blocks: Sequence[Block], limit: int = HEAD_LINES) -> list[HeadLine]:
    """The first *limit* lines of *blocks*, cut into columns."""
    columns = _columns(blocks)
    found: list[HeadLine] = []
    for block in blocks:
        if len(found) >= limit:
            break
        cell = block.place.cell
        width, column = (columns[cell.table], cell.column) if cell else (0, 0)
        for start, end in _pieces(block.text):
            text = block.text[start:end]
            without = flat(text)
            form = _form(text, without)
            if form == "nation" and found and found[-1].flat == "cong":
                found[-1] = replace(found[-1], form="nation")  # a web page broke "CỘNG" / "HÒA XÃ HỘI …"
            found.append(
                HeadLine(block.index, start, end, text, without, form, block.bold, block.centered, width, column)
            )
    return found


def evidence(field: str, blocks: Sequence[Block], block: int, start: int, end: int) -> Evidence:
    """The proof of *field*: the range `[start, end)` of block number *block*, trimmed of spaces."""
    text = blocks[block].text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return Evidence(field, blocks[block].text[start:end], Span(block, start, end), blocks[block].place.page)


def _columns(blocks: Sequence[Block]) -> dict[int, int]:
    """Number of columns of each table."""
    found: dict[int, int] = {}
    for block in blocks:
        cell = block.place.cell
        if cell is not None:
            found[cell.table] = max(found.get(cell.table, 0), cell.column + cell.column_span)
    return found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the non-blank pieces of *text*: its lines, cut at bars and where another column begins."""
    at = 0
    for line in text.split("\n"):
        cuts = sorted({0, len(line), *_cuts(line)})
        for start, end in pairwise(cuts):
            piece = line[start:end].strip(" |")
            if piece:
                begin = at + line.index(piece, start)
                yield begin, begin + len(piece)
        at += len(line) + 1


def _cuts(line: str) -> Iterator[int]:
    """Where in *line* another column begins or ends."""
    without = flat(line)
    for pattern in (_NATION, _MOTTO):
        for found in pattern.finditer(without):
            yield from found.span()
    yield from (found.start() for found in _BAR.finditer(line))
    label = _NUMBER_LABEL.search(line)
    if label and (label.start() == 0 or without[: label.start()].strip(" |-_") == "" or _MOTTO.search(without)):
        yield label.start()
    place = _PLACE_DATE.search(line)
    if place and (label or _ABOUT.match(without) or line[: place.start()].isupper()):
        yield place.start()


def _form(text: str, without: str) -> Form:
    """What a line is by its form alone."""
    forms: tuple[tuple[Form, bool], ...] = (
        ("rule", bool(_RULE.match(without))),
        ("nation", bool(_NATION.search(without))),
        ("motto", bool(_MOTTO.search(without))),
        ("stamp", bool(_STAMP.search(without))),
        ("urgency", bool(_URGENCY.match(without)) and text.upper() == text),
        ("number", bool(_NUMBER_LABEL.match(text))),
        ("about", bool(_ABOUT.match(without))),
        ("addressee", bool(_ADDRESSEE.search(without))),
        ("issued_with", bool(_ISSUED_WITH.match(without))),
        ("copy", bool(_COPY.match(without))),
        ("date", _is_date_line(text, without)),
    )
    return next((form for form, holds in forms if holds), "other")


def _is_date_line(text: str, without: str) -> bool:
    """Whether a line is nothing but place and date: "Bắc Ninh, ngày 05 tháng 3 năm 2026"."""
    found = DATE_WORDS.search(without) or DATE_DIGITS.search(without)
    if found is None or len(without) - found.end() > 2:
        return False
    before = text[: found.start()].strip(" ,.;")
    return len(before.split()) <= 7 and not re.match(r"(?:can cu|theo|tu|den|truoc|thuc hien)\b", without)
