"""Names of units: one unit under many spellings.

In: a name as a clerk types it or a document writes it. Out: its plain spellings, and the unit of the registry that is
meant, or None where no unit or more than one is: never a guess, because mails follow it.

Example: "Sở TTTT", "so tt&tt" and "Sở Thông tin - Truyền thông tỉnh Đồng Nai" are "Sở Thông tin và Truyền thông";
"Sở Y tế thành phố Hà Nội" is never "Sở Y tế tỉnh Đồng Nai".
"""

from __future__ import annotations

import re
from collections import defaultdict
from copy import copy
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from extractor.text import fold
from tracker.columns import unit as _unit
from tracker.columns import unit_choice as _choice
from tracker.unit_places import Named, ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection
    from sqlmodel import Session

_SHORTENED = {
    "uy ban nhan dan": "ubnd",
    "hoi dong nhan dan": "hdnd",
    "mat tran to quoc": "mttq",
    "ban chi dao": "bcd",
}
_WITH_INITIALS = ("so", "bo", "ban", "phong", "cuc")
_OF_A_PLACE = re.compile(r"(?:so|ban|phong|chi cuc|(?:van phong )?(?:ub|hd)nd|cong an|mttq|thanh tra|tinh|thanh) ")
"""Bodies that every province or city has: without a place they are those of the document, or of the registry."""
_NATIONAL = re.compile(r"(?:bo|cuc|tong cuc) ")
"""Without a place: the one of the whole country, where the document is not of the place that is meant."""
# "Giám đốc Sở Y tế" is an entry of its own in a document; its mail goes to Sở Y tế.
_HOLDERS = (
    ("giam doc ", ""),
    ("chu tich ubnd", "ubnd"),
    ("thu truong ", ""),
    ("bo truong ", ""),
    ("chanh van phong", "van phong"),
    ("chanh thanh tra", "thanh tra"),
)


@lru_cache(maxsize=16384)
def plain(name: str) -> str:
    """A unit's name as far as spelling matters: folded, usual bodies shortened, without "và", commas, & and hyphens.

    >>> plain("Sở Văn hóa, Thể thao và Du lịch"), plain("Sở TT&TT"), plain("Uỷ ban nhân dân tỉnh")
    ('so van hoa the thao du lich', 'so tttt', 'ubnd tinh')
    """
    text = re.sub(r"(?<=\w)[&/-](?=\w)", "", fold(name))
    text = " ".join(word for word in re.findall(r"\w+", text) if word != "va")
    for full, short in _SHORTENED.items():
        text = text.replace(full, short)
    return text


class _Spelled(NamedTuple):
    """A name's spellings: with all its words, by its initials, and the place that it names itself."""

    full: frozenset[str]
    initials: frozenset[str]
    place: Named | None


@lru_cache(maxsize=16384)
def _spelled(name: str) -> _Spelled:
    whole = plain(name)
    found = {whole}
    head, _, rest = whole.partition(" ")
    end = ending(whole)
    base = whole
    if end is not None and head in _WITH_INITIALS and end.before.startswith(f"{head} "):
        found.add(base := end.before)
    elif end is not None and end.level and end.before and end.place.is_province:
        found.add(f"{end.before} {end.level}")  # "Công an tỉnh Đồng Nai": "Công an tỉnh"
    elif head == "so":
        found.add(base := re.sub(r" (?:tinh|thanh pho)$", "", whole))
    words = base.split()[1:] if head in _WITH_INITIALS and rest else []
    initials = {f"{head} {''.join(word[0] for word in words)}"} if len(words) > 1 else set()
    return _Spelled(frozenset(found), frozenset(initials), end.place if end else None)


def spellings(name: str) -> frozenset[str]:
    """All plain spellings under which *name* may be meant: itself, without its place, and with initials.

    >>> sorted(spellings("Sở Nội vụ tỉnh Đồng Nai"))
    ['so noi vu', 'so noi vu tinh dong nai', 'so nv']
    """
    spelled = _spelled(name)
    return spelled.full | spelled.initials


class _Entry(NamedTuple):
    """A unit under one of its names: as it is written, and the name that says its place."""

    unit_id: int
    written: str
    name: str


class Registry:
    """All units of the database, ready to be looked up by name."""

    def __init__(
        self, units: Iterable[Any], home: str | None = None, choices: Mapping[tuple[str, str], int] | None = None
    ) -> None:
        """From rows with an `id`, a `key` or None, a `name` and `short_names`.

        Args:
            units: those that may be meant.
            home: the office's province ("Đồng Nai", "tỉnh Đồng Nai"), whose units are registered; None: not known.
            choices: what a clerk said of names that could be several: plain name and folded issuer ("": any) → unit.
        """
        self._choices = choices or {}
        self._issuer = ""
        self._home = _place(home)
        self._of: Named | None = None
        self._by_key: dict[str, _Entry] = {}
        self._resolved: dict[tuple[str, str, str | None], int | None] = {}
        self._several: dict[tuple[str, str], frozenset[int]] = {}
        self._issuers: dict[str, Registry] = {}
        self._full: defaultdict[str, set[_Entry]] = defaultdict(set)
        self._initials: defaultdict[str, set[_Entry]] = defaultdict(set)
        for unit in units:
            if unit.key:
                self._by_key[unit.key] = _Entry(unit.id, unit.name, unit.name)
            for name in (unit.name, *unit.short_names):
                # a short name without a place of its own is that of the unit's whole name
                entry = _Entry(unit.id, name, name if _spelled(name).place else unit.name)
                for spelling in _spelled(name).full:
                    self._full[spelling].add(entry)
                for spelling in _spelled(name).initials:
                    self._initials[spelling].add(entry)

    @classmethod
    def read(cls, connection: Connection | Session, home: str | None = None) -> Registry:
        """The registry as it is now; groups stand for many and are no unit that could be meant."""
        chosen = connection.execute(select(_choice.c.written, _choice.c.issuer_folded, _choice.c.unit_id)).all()
        choices = {(row[0], row[1]): row[2] for row in chosen}
        return cls(connection.execute(select(_unit).where(_unit.c.is_group.is_(False))).all(), home, choices)

    def within(self, issuer: str | None) -> Registry:
        """The same units, as a document of *issuer* means them: "Sở Y tế" is its province's."""
        known = self._issuers.get(issuer or "")
        if known is not None:
            return known
        found = self._issuers[issuer or ""] = copy(self)
        found._of, found._issuer = _place(issuer), fold(issuer or "")
        found._resolved, found._several = {}, {}
        return found

    def resolve(self, name: str, text: str, key: str | None = None) -> int | None:
        """The unit that a mention means; None if the registry has none, or more than one."""
        mention = (name, text, key)
        if mention not in self._resolved:
            self._resolved[mention] = self._resolve(name, text, key)
        return self._resolved[mention]

    def _resolve(self, name: str, text: str, key: str | None) -> int | None:
        own = _spelled(text).place or _spelled(name).place
        by_key = self._by_key.get(key or "")
        if by_key is not None and self._agree(plain(name), own, by_key):
            return by_key.unit_id
        for written in (name, text):
            found = self._only_one(written, own)
            if found is not None:
                return found
        held = plain(name)
        for holder, body in _HOLDERS:
            if held.startswith(holder):
                return self._only_one(body + held.removeprefix(holder), own)
        for issuer in (self._issuer, ""):
            if (held, issuer) in self._choices:
                return self._choices[held, issuer]
        return None

    def candidates(self, name: str, text: str) -> frozenset[int]:
        """All units that a mention could be, where `resolve` finds that several are; else none."""
        if (name, text) not in self._several:
            self._several[name, text] = self._candidates(name, text)
        return self._several[name, text]

    def _candidates(self, name: str, text: str) -> frozenset[int]:
        if self.resolve(name, text) is not None:
            return frozenset()
        own = _spelled(text).place or _spelled(name).place
        found = self._meant(name, own) | self._meant(text, own)
        return frozenset(found) if len(found) > 1 else frozenset()

    def _only_one(self, written: str, own: Named | None) -> int | None:
        found = self._meant(written, own)
        return found.pop() if len(found) == 1 else None

    def _meant(self, written: str, own: Named | None) -> set[int]:
        whole, spelled = plain(written), _spelled(written)
        # initials meet only a name that was written with them: "Ban Dân tộc" is no "Ban Đô thị"
        near = {entry for spelling in spelled.full for entry in self._full.get(spelling, ())}
        near |= {entry for spelling in spelled.full for entry in self._initials.get(spelling, ())}
        near |= {entry for spelling in spelled.initials for entry in self._full.get(spelling, ())}
        meant = {entry.unit_id for entry in near if self._agree(whole, own, entry)}
        exact = {entry.unit_id for entry in self._full.get(whole, ()) if plain(entry.written) == whole}
        return meant & exact or meant

    def _agree(self, whole: str, own: Named | None, entry: _Entry) -> bool:
        """Whether the places of a mention and of a unit allow them to be one: two named ones are the same."""
        theirs = _spelled(entry.name).place
        if own is not None and theirs is not None:
            return own == theirs
        if theirs is not None:
            return not _NATIONAL.match(whole) if self._of is None else _is_in(theirs, self._of)
        if not _OF_A_PLACE.match(f"{whole} "):
            return True
        if own is None:
            return _are_near(self._of, self._home)
        here = self._home or self._of
        return here is None or _is_in(own, here)

    def named(self, query: str) -> set[int]:
        """All units whose name or spelling has *query* in it."""
        wanted = plain(query)
        spelled = (*self._full.items(), *self._initials.items())
        return {one.unit_id for spelling, units in spelled for one in units if wanted and wanted in spelling}


def _place(name: str | None) -> Named | None:
    """The place that a name ends with, or is."""
    found = ending(f"so {plain(name)}") if name else None
    return found.place if found else None


def _is_in(named: Named, implied: Named) -> bool:
    """Whether a named place can be meant where another is implied: that one, or the province around a city."""
    return named == implied or (named.is_province and not implied.is_province)


def _are_near(one: Named | None, other: Named | None) -> bool:
    """Whether two implied places can be the same."""
    return one is None or other is None or one.is_province != other.is_province or one == other
