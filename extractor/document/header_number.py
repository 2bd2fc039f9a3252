"""Letterhead lines → number and day.

In: `HeadLine`s. Out: what the line "Số: …" and the line "…, ngày … tháng … năm …" say, each with its words.
A blank ("Số:      /KH-UBND", "ngày    tháng 7 năm 2026") is None with a reason, and still tells type, issuer and year.

>>> parse_number("Số:1 2 5 /KH-UBND")
('125/KH-UBND', 'KH-UBND')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.header_lines import DATE_DIGITS, DATE_WORDS
from extractor.document.header_place import province_named
from extractor.lexicon.loader import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.document.header_lines import HeadLine

# "258/KH-UBND", "09/2009/CT-UBND", "57-NQ/TW", "4516 /UBND - KSTTHC", "…/SGD&ĐT-VP": signs may stand apart.
_CODE = r"[A-ZĐƯ][A-Za-zĐđƯư&0-9]*(?:\s?[-–/.&]\s?[A-ZĐƯa-z0-9][A-Za-zĐđƯư&0-9]*)*"
NUMBER = re.compile(
    r"(?P<digits>\d(?:\s?\d)*[a-z]?)?(?P<blank>[\s.…_,]*(?:/[\s.…_]+(?=/))?)"
    rf"(?P<year>[/-]\s?(?:19|20)[\d.…]{{2}}\s*)?(?P<mark>[/⁄-])\s*(?P<code>{_CODE})"
)
# A number written by hand comes out of recognition as anything: "Số: ÓŸ /CT-UBND".
_SMEARED = re.compile(
    rf"(?=[^/]*\w)(?P<digits>)(?P<blank>)[^/\n]{{1,6}}?(?P<mark>/)\s?(?P<code>[A-ZĐ][A-Za-zĐđ]*[-–]{_CODE})"
)
_LABEL = re.compile(r"^\s*[Ss]\w\s*[:;.]?\s*(?=[^\w]|\d|[OoIl]\s?[\d/])")
_LOOSE_DIGITS = re.compile(r"\d(?:\s?\d){0,5}")
_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
_BLANK_DAY = re.compile(r"[\s.…_/-]*")


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A type of document and its code in the number."""

    name: str
    code: str
    source: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one block: the range `[start, end)` of its text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NumberReading:
    """The line "Số: …": number (None where blank), its code ("KH-UBND") and its words."""

    number: str | None
    code: str | None
    pieces: tuple[Piece, ...]
    lines: tuple[int, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class DateReading:
    """The line of place and day: day (None where blank), year and place as far as they are written."""

    day: date | None
    year: int | None
    place: str | None
    pieces: tuple[Piece, ...]
    lines: tuple[int, ...]
    reason: str | None = None


@lru_cache(maxsize=1)
def kinds() -> tuple[DocumentKind, ...]:
    """The types of document, longest name first."""
    return tuple(sorted(load("kinds", "kinds", DocumentKind), key=lambda k: -len(k.name)))


def kind_of_code(code: str) -> tuple[str | None, str | None]:
    """What a code says: ("Kế hoạch", "UBND") for "KH-UBND"; a code without a type is a Công văn's ("UBND-KSTTHC")."""
    parts = [p for p in re.split(r"\s*[-–/.]\s*", code) if p]
    if not parts:
        return None, None
    by_code = {k.code.lower(): k.name for k in kinds() if k.code}
    name = by_code.get(parts[0].lower())
    if name:
        return name, parts[1] if len(parts) > 1 else None
    return "Công văn", parts[0]


def parse_number(text: str) -> tuple[str | None, str | None] | None:
    """Number and code of "Số: 12/KH-UBND"; the number is None where its digits are blank; None where none stands."""
    text = _LABEL.sub("", text, count=1)
    found = NUMBER.match(text) or NUMBER.match(re.sub(r"^[OoIl\d ]+(?=\s*[/-])", _as_digits, text))
    found = found or _SMEARED.match(text)
    if found is None:
        return None
    code = re.sub(r"\s+", "", found["code"]).replace("–", "-")
    if not found["digits"] or found["blank"].strip():
        return None, code
    year = re.sub(r"\s+", "", found["year"] or "")
    return re.sub(r"\s+", "", found["digits"]) + year + found["mark"].replace("⁄", "/") + code, code


def _as_digits(found: re.Match[str]) -> str:
    return found.group().translate(_LETTERS_FOR_DIGITS)


def read_number(lines: Sequence[HeadLine]) -> NumberReading | None:
    """The number of the document, from the first line "Số: …" that reads as one."""
    for at, line in enumerate(lines):
        parsed = parse_number(line.text) if line.form == "number" else None
        if parsed is None:
            continue
        number, code = parsed
        own = Piece(line.block, line.start, line.end)
        if number is not None or code is None:
            return NumberReading(number, code, (own,), (at,))
        loose = _loose_digits(lines, at)
        if loose is None:
            unreadable = _SMEARED.match(_LABEL.sub("", line.text, count=1))
            return NumberReading(None, code, (own,), (at,), "number_unreadable" if unreadable else "number_blank")
        other = lines[loose]
        digits = re.sub(r"\s", "", other.text)
        return NumberReading(f"{digits}/{code}", code, (Piece(other.block, other.start, other.end), own), (at, loose))
    return None


def _loose_digits(lines: Sequence[HeadLine], at: int) -> int | None:
    """The line of digits beside a blank number: a stamp's digits may sit a little higher than "Số:      /BNV-CCHC"."""
    for near in (at - 1, at - 2, at + 1):
        if 0 <= near < len(lines) and _LOOSE_DIGITS.fullmatch(lines[near].text):
            return near
    return None


def read_date(lines: Sequence[HeadLine]) -> DateReading | None:
    """Place and day of the document, from its first line of place and date."""
    for at, line in enumerate(lines):
        if line.form != "date":
            continue
        found = DATE_WORDS.search(line.flat) or DATE_DIGITS.search(line.flat)
        if found is None:
            continue
        pieces = [Piece(line.block, line.start, line.end)]
        place = line.text[: found.start()].strip(" ,.;_-")
        used = [at]
        if at and province_named(place) is None:
            # "Quảng" / "Ninh, ngày 31 tháng 10": a web page broke the line in the place's name.
            joined = f"{lines[at - 1].text} {place}"
            if province_named(joined):
                place, used = joined, [at - 1, at]
                pieces.insert(0, Piece(lines[at - 1].block, lines[at - 1].start, lines[at - 1].end))
        day, year, reason = day_of(found)
        return DateReading(day, year, place or None, tuple(pieces), tuple(used), reason)
    return None


def day_of(found: re.Match[str]) -> tuple[date | None, int | None, str | None]:
    """Day, year and reason of a match of `DATE_WORDS` or `DATE_DIGITS`."""
    numbers = [re.sub(r"\s", "", found[name]) for name in ("day", "month", "year")]
    year = int(numbers[2]) if numbers[2].isdigit() and len(numbers[2]) == 4 else None
    blank = [n for n in numbers if _BLANK_DAY.fullmatch(n)]
    if blank:
        return None, year, "date_blank"
    try:
        return date(int(numbers[2]), int(numbers[1]), int(numbers[0])), year, None
    except ValueError:
        return None, year, "date_unreadable"
