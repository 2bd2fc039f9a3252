"""The place of a document: its province, from a name, from the date line, or from what the text speaks of most.

In: words or blocks. Out: "tỉnh Sơn La", "thành phố Huế".

>>> titled("HUẾ")
'thành phố Huế'
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date  # noqa: TC003 (the loader reads the hints at run time)
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.header_lines import flat
from extractor.lexicon.loader import load
from extractor.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Block

# "Bảo hiểm xã hội", "Liên minh Hợp tác xã" hold no commune.
LEVELS = r"(?:tỉnh|thành phố|huyện|quận|thị xã|(?<!hợp tác )(?<!thị )xã(?! hội)|phường|thị trấn|đặc khu)"
PARTY = r"(?:tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|tỉnh đoàn|thành đoàn)"
_PLACE = late(rf"\b{LEVELS}\s+(?!ủy\b|đoàn\b)\S.*$", re.IGNORECASE)
_PARTY = late(rf"\b{PARTY}\s+\S.*$", re.IGNORECASE)
# Bodies that every province has: "Sở Y tế" needs a place, "Cục Thuế" has its own.
_EVERYWHERE = late(
    r"(?:Sở|Ủy ban nhân dân|Hội đồng nhân dân|Công an|Thanh tra|Ban Dân tộc|Văn phòng (?:Ủy ban|Hội đồng))\b"
)
_NEAREST = late(r"\b(?:huyện|quận|thị xã|xã|phường|đặc khu)$")
_MISREAD_LEVEL = late(r"\s+t[iíìĩị]nh$")
_BARE_LEVEL = late(r"\s+(?:tỉnh|thành phố)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city under the centre (lexicon/provinces.yaml)."""

    key: str
    name: str
    kind: str
    source: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    succeeded_by: tuple[str, ...] = ()

    @property
    def titled(self) -> str:
        """ "tỉnh Sơn La", "thành phố Huế"."""
        return f"{self.kind} {self.name}"


@lru_cache(maxsize=1)
def all_provinces() -> tuple[Province, ...]:
    """All provinces, of today and of before."""
    return load("provinces", "provinces", Province)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Province]:
    return {_plain(name): p for p in all_provinces() for name in (p.name, *p.aliases)}


def _plain(name: str) -> str:
    """*name* without marks, with one kind of space around hyphens: "Bà Rịa–Vũng Tàu" → "ba ria - vung tau"."""
    return re.sub(r"\s+", " ", re.sub(r"\s*[-–]\s*", " - ", flat(name))).strip()


def with_hyphens(text: str) -> str:
    """*text* with hyphens for the dashes in names of provinces ("Bà Rịa – Vũng Tàu"), which part no clauses."""
    return _dashed().sub("-", text)


@lru_cache(maxsize=1)
def _dashed() -> re.Pattern[str]:
    names = [name.split(" - ") for p in all_provinces() for name in (p.name, *p.aliases) if " - " in name]
    return re.compile("|".join(rf"(?<={re.escape(left)} )–(?= {re.escape(right)})" for left, right in names))


def province_named(name: str) -> Province | None:
    """The province with this name, marks and capitals aside."""
    return _by_name().get(_plain(name))


def titled(name: str) -> str | None:
    """ "tỉnh Sơn La" for "SƠN LA"; None where it is no province."""
    province = province_named(name)
    return province.titled if province else None


def ends_with_province(name: str) -> Province | None:
    """The province whose name ends *name* ("Tỉnh ủy Sơn La", "Sơn La"), if any."""
    words = _plain(name).split()
    for count in range(min(6, len(words)), 0, -1):
        province = _by_name().get(" ".join(words[-count:]))
        if province:
            return province
    return None


def place_in(name: str) -> str | None:
    """The place at the end of an agency's name: "Ủy ban nhân dân huyện Mộc Châu" → "huyện Mộc Châu"."""
    found = _PARTY.search(name) or _PLACE.search(name)
    if found:
        return found.group()
    province = ends_with_province(name)
    return province.titled if province else None


def with_place(issuer: str, place: str | None) -> str:
    """*issuer* with *place*, where it is a local body named without one: "Ủy ban nhân dân tỉnh" → "… tỉnh Sơn La"."""
    province = ends_with_province(issuer)
    if province and _EVERYWHERE.match(issuer) and not (_PLACE.search(issuer) or _PARTY.search(issuer)):
        # "Sở Y tế Hà Nội"; "Ủy ban nhân dân tính Sơn La", as recognition reads "TỈNH".
        return f"{_MISREAD_LEVEL.sub('', issuer[: -len(province.name)].rstrip())} {province.titled}"
    if place is None or place_in(issuer):
        return issuer
    bare = _BARE_LEVEL.sub("", issuer)
    if _NEAREST.search(bare) or (bare == issuer and not _EVERYWHERE.match(issuer)):
        return issuer
    return f"{bare} {place}"


@lru_cache(maxsize=1)
def _spoken() -> re.Pattern[str]:
    names = sorted((n for p in all_provinces() for n in (p.name, *p.aliases)), key=len, reverse=True)
    body = r"(?P<body>(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)\s+)?"
    area = rf"(?:(?:tỉnh|thành phố)\s+|TP\.?\s*)(?P<name>{'|'.join(map(re.escape, names))})"
    return re.compile(rf"{body}{area}(?!\w)", re.IGNORECASE)


def place_told(blocks: Sequence[Block]) -> str | None:
    """The province that a document speaks of most; the name of its committee ("UBND tỉnh Sơn La") counts most."""
    votes: Counter[str] = Counter()
    for block in blocks:
        for found in _spoken().finditer(block.text):
            votes[titled(found["name"]) or ""] += 3 if found["body"] else 1
    best = votes.most_common(1)
    return best[0][0] if best else None
