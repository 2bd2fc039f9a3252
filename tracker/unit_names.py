"""Names of units: one unit under many spellings.

In: a name as a clerk types it or a document writes it. Out: its plain spellings, and the unit of the registry that is
meant, or None where no unit or more than one is: never a guess.

Example: "Sở TTTT", "so tt&tt" and "Sở Thông tin - Truyền thông tỉnh Đồng Nai" are "Sở Thông tin và Truyền thông".
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.text import fold
from tracker.columns import unit as _unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection
    from sqlmodel import Session

_SHORTENED = {
    "uy ban nhan dan": "ubnd",
    "hoi dong nhan dan": "hdnd",
    "mat tran to quoc": "mttq",
    "ban chi dao": "bcd",
}
_WITH_INITIALS = ("so", "bo", "ban", "phong", "cuc")
_PLACE = re.compile(r" (?:tinh|thanh pho|tp) .+$")
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


@lru_cache(maxsize=16384)
def spellings(name: str) -> frozenset[str]:
    """All plain spellings under which *name* may be meant: itself, without its place, and with initials.

    >>> sorted(spellings("Sở Nội vụ tỉnh Đồng Nai"))
    ['so noi vu', 'so noi vu tinh dong nai', 'so nv']
    """
    whole = plain(name)
    found = {whole}
    head, _, rest = whole.partition(" ")
    if head in _WITH_INITIALS and rest:
        found.add(base := _PLACE.sub("", whole))
        words = base.split()[1:]
        if len(words) > 1:
            found.add(f"{head} {''.join(word[0] for word in words)}")
    elif whole.startswith(("ubnd tinh ", "hdnd tinh ", "van phong ubnd tinh ")):
        found.add(whole[: whole.index(" tinh ") + len(" tinh")])
    return frozenset(found)


class Registry:
    """All units of the database, ready to be looked up by name."""

    def __init__(self, units: Iterable[Any]) -> None:
        """From rows with an `id`, a `key` or None, a `name` and `short_names`."""
        self._by_key: dict[str, int] = {}
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        self._by_spelling: defaultdict[str, set[int]] = defaultdict(set)
        for unit in units:
            if unit.key:
                self._by_key[unit.key] = unit.id
            for name in (unit.name, *unit.short_names):
                self._by_name[plain(name)].add(unit.id)
                for spelling in spellings(name):
                    self._by_spelling[spelling].add(unit.id)

    @classmethod
    def read(cls, connection: Connection | Session) -> Registry:
        """The registry as it is now."""
        return cls(connection.execute(select(_unit)).all())

    def resolve(self, name: str, text: str, key: str | None = None) -> int | None:
        """The unit that a mention means; None if the registry has none, or more than one."""
        if key in self._by_key:
            return self._by_key[key]
        for written in (name, text):
            found = self._only_one(written)
            if found is not None:
                return found
        held = plain(name)
        for holder, body in _HOLDERS:
            if held.startswith(holder):
                return self._only_one(body + held.removeprefix(holder))
        return None

    def _only_one(self, written: str) -> int | None:
        exact = self._by_name.get(plain(written), set())
        if len(exact) == 1:
            return next(iter(exact))
        near = {unit for spelling in spellings(written) for unit in self._by_spelling.get(spelling, ())}
        return next(iter(near)) if len(near) == 1 and not exact else None

    def named(self, query: str) -> set[int]:
        """All units whose name or spelling has *query* in it."""
        wanted = plain(query)
        return {
            unit for spelling, units in self._by_spelling.items() if wanted and wanted in spelling for unit in units
        }
