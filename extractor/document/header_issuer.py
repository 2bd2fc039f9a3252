"""Letterhead lines → the issuing body, written out with its place.

In: the lines of the left column, top to bottom. Out: its name in the letters that NĐ 30/2020 Phụ lục II wants.

>>> compose(["UBND TỈNH SƠN LA", "SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"])
'Sở Nông nghiệp và Môi trường tỉnh Sơn La'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.header_lines import flat, in_capitals
from extractor.document.header_place import LEVELS, PARTY, all_provinces, place_in
from extractor.lexicon.loader import Phrase, load
from extractor.text import with_new_tones

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency's code in the number of its documents ("SYT") and its name."""

    code: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Words with which an agency's name begins; bare: they are no name by themselves."""

    text: str
    source: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Short:
    """A short form in a letterhead and what it stands for."""

    short: str
    full: str
    source: str


# Bodies of a place: without its name nobody knows which is meant.
_LOCAL = re.compile(
    r"(?:sở|ủy ban nhân dân|hội đồng nhân dân|phòng|văn phòng|ban|công an|thanh tra|trung tâm|chi cục|bộ chỉ huy|tổ|"
    r"hội|liên minh|liên đoàn|bệnh viện|trường|đài|báo|ủy ban mặt trận|đoàn|quỹ|thường trực|tòa án|viện kiểm sát|đội|"
    r"bảo hiểm|tiểu ban)\b",
    re.IGNORECASE,
)
# Parts of a body that have no name of their own: "Văn phòng" stands under "UBND tỉnh", "Vụ Pháp chế" under a ministry.
_PART = re.compile(
    r"(?:văn phòng|ban thường trực|thường trực|thanh tra|vụ .*|ban chấp hành|ban thường vụ)", re.IGNORECASE
)
_CENTRAL = re.compile(
    r"(?:bộ(?! chỉ huy)|chính phủ|thủ tướng|quốc hội|trung ương|tổng cục|ngân hàng nhà nước|văn phòng chính phủ)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"(?:\b(?:và|của|các|thuộc|tỉnh|thành phố|huyện|xã|phường|đặc khu|về)|[-–,&])$", re.IGNORECASE)
_COMMITTEES = ("uy ban nhan dan", "ubnd", "hoi dong nhan dan", "hdnd")
_OFFICE = re.compile(r"(?:so|phong|ban|van phong|thanh tra)\b")
_HEAD_NOUN = re.compile(
    r"(?:sở|bộ|cục|chi cục|tổng cục|vụ|viện|phòng|ban|trung tâm|hội|trường|bệnh viện|đài|báo|học viện|quỹ)\s+(?=\w)"
)
_SCHOOL = re.compile(
    r"trường (?:(?:mầm non|mẫu giáo|tiểu học|trung học cơ sở|trung học phổ thông|trung cấp|cao đẳng|chuyên|và|phổ thông"
    r"|dân tộc nội trú|dân tộc bán trú)\s+)+(?=\w)"
)
_PLACE_NAME = re.compile(rf"\b(?:{LEVELS}|{PARTY})\s+(?!ủy\b|đoàn\b)", re.IGNORECASE)


@lru_cache(maxsize=1)
def agencies() -> dict[str, Agency]:
    """Agencies by their code."""
    return {a.code: a for a in load("kinds", "agencies", Agency)}


def agency_of_code(code: str) -> Agency | None:
    """The agency of a code in a number: "SNN&PTNT" → Sở Nông nghiệp và Phát triển nông thôn."""
    return agencies().get(re.sub(r"[&\s-]", "", code).upper())


@lru_cache(maxsize=1)
def _openings() -> tuple[Opening, ...]:
    return tuple(sorted(load("kinds", "openings", Opening), key=lambda o: -len(o.text)))


@lru_cache(maxsize=2)
def _opening(plain: bool) -> re.Pattern[str]:
    """The words that open a name; *plain*: without marks, for capitals, which recognition often gets wrong."""
    words = [flat(o.text) if plain else o.text for o in _openings()]
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)")


@lru_cache(maxsize=1)
def _bare() -> frozenset[str]:
    return frozenset(flat(o.text) for o in _openings() if o.bare)


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Names inside agencies' names, without marks, and as they are written."""
    names = {
        flat(n): n for n in [*(p.name for p in all_provinces()), *(p.text for p in load("kinds", "names", Phrase))]
    }
    words = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"), names


@lru_cache(maxsize=1)
def _shorts() -> tuple[re.Pattern[str], dict[str, str]]:
    shorts = {s.short.lower(): s.full for s in load("kinds", "shorts", Short)}
    words = "|".join(re.escape(s) for s in sorted(shorts, key=len, reverse=True))
    return re.compile(rf"(?<![\w&-])({words})(?:\.\s?|(?![\w&]))", re.IGNORECASE), shorts


def opens_agency(text: str) -> bool:
    """Whether *text* begins with the words with which an agency's name begins."""
    plain = in_capitals(text)
    return bool(_opening(plain).match(flat(text) if plain else with_new_tones(text).lower()))


def groups(lines: Sequence[str]) -> list[list[int]]:
    """Which of *lines* make one agency's name: ["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA", "SỞ Y TẾ"] → [[0, 1], [2]]."""
    found: list[list[int]] = []
    for at, line in enumerate(lines):
        before = " ".join(lines[i] for i in found[-1]) if found else ""
        unfinished = flat(before) in _bare() or bool(_OPEN_END.search(before)) or _cuts_a_name(before, line)
        if flat(before) in _COMMITTEES and _OFFICE.match(flat(line)):
            unfinished = False
        if found and (unfinished or not opens_agency(line)):
            found[-1].append(at)
        elif opens_agency(line):
            found.append([at])
    return found


def _cuts_a_name(before: str, line: str) -> bool:
    """Whether a name goes on over the line's end: "SỞ NÔNG NGHIỆP VÀ MÔI" / "TRƯỜNG", which is no school."""
    if " " not in line.strip():
        return bool(before)
    joined = flat(f"{before} {line}")
    return any(found.start() < len(before) < found.end() for found in _names()[0].finditer(joined))


def known_name_after(text: str, start: int) -> int | None:
    """Where the known name ends that begins at *start* in *text*: 7 for "Bộ Y tế Trần An" and 3; None if none does."""
    found = _names()[0].match(flat(text), start)
    return found.end() if found else None


def compose(lines: Sequence[str]) -> str | None:
    """The name of the body that signs: the last agency of the left column *lines*, with the place of those above it."""
    names = [spelled(" ".join(lines[i] for i in group)) for group in groups(lines)]
    return _under(names) if names else None


def _under(names: Sequence[str]) -> str:
    """The last of *names*, with what it takes from those above it."""
    name, parents = names[-1], names[:-1]
    if not parents or place_in(name):
        return name
    if _PART.fullmatch(name):
        return f"{name} {_under(parents)}"
    if not _LOCAL.match(name) or any(_CENTRAL.match(p) for p in parents):
        return name
    place = next((found for p in reversed(parents) if (found := place_in(p))), None)
    return f"{name} {place}" if place else name


def spelled(text: str) -> str:
    """*text* with short forms written out and, where it is all in capitals, only the capitals of a name."""
    text = with_new_tones(re.sub(r"\s+", " ", text)).strip(" .,:;*_-–|")
    capitals = in_capitals(text)
    text = text.replace("l", "I") if capitals else text
    pattern, shorts = _shorts()
    text = pattern.sub(lambda m: f"{shorts[m.group(1).lower()]} ", text)
    text = re.sub(r"\s+(?=,|$)|(?<=\s)\s+", "", text)
    return _cased(text.lower()) if capitals else text


def _cased(lower: str) -> str:
    """The capitals of an agency's name for *lower*, which has none."""
    text = lower[:1].upper() + lower[1:]
    head = _HEAD_NOUN.match(lower)
    if head:
        text = text[: head.end()] + text[head.end()].upper() + text[head.end() + 1 :]
        text = re.sub(r"(?<= và )\w", lambda m: m.group().upper(), text)
    school = _SCHOOL.match(lower)
    if school:  # "trường trung học cơ sở | lê hồng phong"
        place = _PLACE_NAME.search(text, school.end())
        end = place.start() if place else len(text)
        text = text[: school.end()] + text[school.end() : end].title() + text[end:]
    pattern, names = _names()
    for found in pattern.finditer(flat(lower)):
        text = text[: found.start()] + names[found.group()] + text[found.end() :]
    place = _PLACE_NAME.search(text)
    if place:
        text = text[: place.end()] + re.sub(r"\w+", lambda m: m.group().capitalize(), text[place.end() :])
    return text
