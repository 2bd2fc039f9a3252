"""Letterhead lines → the issuing body, written out with its place.

In: the lines of the left column, top to bottom, and hints about the place. Out: (name, the lines it came from).

>>> compose(["UBND TỈNH SƠN LA", "SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"], None)
'Sở Nông nghiệp và Môi trường tỉnh Sơn La'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from extractor.document.header_lines import flat
from extractor.lexicon.loader import Phrase, load

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency's code in the number of its documents ("SYT") and its name."""

    code: str
    name: str
    level: Literal["central", "local", "place"]
    source: str


@dataclass(frozen=True, slots=True)
class Province:
    """A province's bare name; a city is "thành phố", not "tỉnh"."""

    name: str
    source: str
    city: bool = False

    @property
    def titled(self) -> str:
        """ "tỉnh Sơn La", "thành phố Huế"."""
        return f"{'thành phố' if self.city else 'tỉnh'} {self.name}"


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


# "Bảo hiểm xã hội", "Liên minh Hợp tác xã" hold no commune.
LEVELS = r"(?:tỉnh|thành phố|huyện|quận|thị xã|(?<!hợp tác )(?<!thị )xã(?! hội)|phường|thị trấn|đặc khu)"
PARTY = r"(?:tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|tỉnh đoàn|thành đoàn)"
_PLACE = re.compile(rf"\b{LEVELS}\s+(?!ủy\b|đoàn\b)\S.*$", re.IGNORECASE)
_PARTY = re.compile(rf"\b{PARTY}\s+\S.*$", re.IGNORECASE)
# Bodies of a place: without its name nobody knows which is meant.
_LOCAL = re.compile(
    r"(?:sở|ủy ban nhân dân|hội đồng nhân dân|phòng|văn phòng|ban|công an|thanh tra|trung tâm|chi cục|bộ chỉ huy|tổ|hội|"
    r"liên minh|liên đoàn|bệnh viện|trường|đài|báo|ủy ban mặt trận|đoàn|quỹ|thường trực|tòa án|viện kiểm sát|đội|"
    r"bảo hiểm|tiểu ban)\b",
    re.IGNORECASE,
)
# Parts of a body that have no name of their own: "Văn phòng" stands under "UBND tỉnh", "Thanh tra" under a ministry.
_PART = re.compile(r"(?:văn phòng|ban thường trực|thường trực|thanh tra|vụ .*|ban chấp hành|ban thường vụ)", re.IGNORECASE)
_CENTRAL = re.compile(r"(?:bộ|chính phủ|thủ tướng|quốc hội|trung ương|tổng cục|ngân hàng nhà nước|văn phòng chính phủ)\b", re.I)
_OPEN_END = re.compile(r"(?:\b(?:và|của|các|thuộc|tỉnh|thành phố|huyện|xã|phường|đặc khu|về)|[-–,&])$", re.IGNORECASE)


@lru_cache(maxsize=1)
def provinces() -> dict[str, Province]:
    """Provinces by their bare name without marks."""
    return {flat(p.name): p for p in load("kinds", "provinces", Province)}


@lru_cache(maxsize=1)
def agencies() -> dict[str, Agency]:
    """Agencies by their code."""
    return {a.code: a for a in load("kinds", "agencies", Agency)}


@lru_cache(maxsize=1)
def _openings() -> tuple[re.Pattern[str], frozenset[str]]:
    entries = load("kinds", "openings", Opening)
    words = sorted((o.text for o in entries), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?!\w)"), frozenset(o.text for o in entries if o.bare)


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {p.text.lower(): p.text for p in load("kinds", "names", Phrase)}
    names |= {p.name.lower(): p.name for p in load("kinds", "provinces", Province)}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)"), names


@lru_cache(maxsize=1)
def _shorts() -> tuple[re.Pattern[str], dict[str, str]]:
    shorts = {s.short.lower(): s.full for s in load("kinds", "shorts", Short)}
    words = "|".join(re.escape(s) for s in sorted(shorts, key=len, reverse=True))
    return re.compile(rf"(?<![\w&-])(?:{words})(?:\.\s?)?(?![\w&])", re.IGNORECASE), shorts


def opens_agency(text: str) -> bool:
    """Whether *text* begins with the words with which an agency's name begins."""
    return bool(_openings()[0].match(text.lower()))


def groups(lines: Sequence[str]) -> list[list[int]]:
    """Which of *lines* make one agency's name: ["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA", "SỞ Y TẾ"] → [[0, 1], [2]]."""
    found: list[list[int]] = []
    for at, line in enumerate(lines):
        before = " ".join(lines[i] for i in found[-1]).lower() if found else ""
        unfinished = before in _openings()[1] or bool(_OPEN_END.search(before))
        if before in ("ủy ban nhân dân", "ubnd", "hội đồng nhân dân") and re.match(r"(?:sở|phòng|ban)\b", line.lower()):
            unfinished = False
        if found and (unfinished or not opens_agency(line)):
            found[-1].append(at)
        elif opens_agency(line):
            found.append([at])
    return found


def compose(lines: Sequence[str], place: str | None) -> str | None:
    """The name of the body that signs: the last agency of *lines*, with its place.

    Args:
        lines: the left column of the letterhead, top to bottom, without number and subject.
        place: "tỉnh Sơn La" where the rest of the document tells it; used when no line names a place.
    """
    names = [spelled(" ".join(lines[i] for i in group)) for group in groups(lines)]
    if not names:
        return None
    name, parents = names[-1], names[:-1]
    if _PLACE.search(name) or _PARTY.search(name) or ends_with_province(name):
        return name
    if parents and _PART.fullmatch(name):
        owner = compose(lines[: groups(lines)[-1][0]], place)
        return f"{name} {owner}"
    if not _LOCAL.match(name) or any(_CENTRAL.match(p) for p in parents):
        return name
    inherited = next((found for p in reversed(parents) if (found := place_in(p))), None)
    return f"{name} {inherited or place}" if inherited or place else name


def place_in(name: str) -> str | None:
    """The place at the end of an agency's name: "Ủy ban nhân dân huyện Mộc Châu" → "huyện Mộc Châu"."""
    found = _PARTY.search(name) or _PLACE.search(name)
    if found:
        return found.group()
    province = ends_with_province(name)
    return province.titled if province else None


def ends_with_province(name: str) -> Province | None:
    """The province whose name ends *name* ("Tỉnh ủy Sơn La"), if any."""
    words = flat(name).replace(" – ", " - ").split()
    for count in (5, 4, 3, 2, 1):
        province = provinces().get(" ".join(words[-count:])) if len(words) > count else None
        if province:
            return province
    return None


def spelled(text: str) -> str:
    """*text* with short forms written out and, where it is all in capitals, capitals as NĐ 30/2020 Phụ lục II wants them."""
    text = re.sub(r"\s+", " ", text).strip(" .,:;*_-–|")
    capitals = text.upper() == text
    pattern, shorts = _shorts()
    text = pattern.sub(lambda m: shorts[m.group().rstrip(". ").lower()] + (" " if m.group().endswith(".") else ""), text)
    text = re.sub(r"\s+", " ", text).strip()
    return _cased(text.lower()) if capitals else text


def _cased(lower: str) -> str:
    """Capitals for a name in small letters."""
    text = lower[:1].upper() + lower[1:]
    head = re.match(r"(?:sở|bộ|cục|chi cục|tổng cục|vụ|viện|phòng|ban|trung tâm|hội|trường|bệnh viện|đài|báo|học viện|quỹ)\s+(?=\w)", lower)
    if head:
        text = text[: head.end()] + text[head.end() :][:1].upper() + text[head.end() + 1 :]
        text = re.sub(r"(?<= và )\w", lambda m: m.group().upper(), text)
    pattern, names = _names()
    text = _put_names(text, pattern, names)
    place = re.search(rf"\b(?:{LEVELS}|{PARTY})\s+(?!ủy\b|đoàn\b)", text, re.IGNORECASE)
    if place:
        text = text[: place.end()] + re.sub(r"\w+", lambda m: m.group().capitalize(), text[place.end() :])
    return text


def _put_names(text: str, pattern: re.Pattern[str], names: dict[str, str]) -> str:
    """*text* with the capitals of the names that it holds."""
    lower = text.lower()
    for found in pattern.finditer(lower):
        text = text[: found.start()] + names[found.group()] + text[found.end() :]
    return text
