"""The registry of units: who they are, how they may be written, where their mail goes.

In: a unit's name as a clerk types it or a document writes it. Out: its place in the registry, or None where no unit or
more than one is meant: never a guess.

Example: after `nhacviec units set "Sở Thông tin và Truyền thông" --email tttt@example.vn`, the mentions "Sở TTTT",
"Sở TT&TT" and "Sở Thông tin - Truyền thông tỉnh Đồng Nai" are this unit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete, select

from extractor.text import fold
from tracker.errors import RefusedError
from tracker.model import History, TaskUnit, Unit, UnitAddress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

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
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|localhost)")


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

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_key: dict[str, int] = {}
        self._by_name: defaultdict[str, set[int]] = defaultdict(set)
        self._by_spelling: defaultdict[str, set[int]] = defaultdict(set)
        for unit in units:
            if unit.id is None:
                continue
            if unit.key:
                self._by_key[unit.key] = unit.id
            for name in (unit.name, *unit.short_names):
                self._by_name[plain(name)].add(unit.id)
                for spelling in spellings(name):
                    self._by_spelling[spelling].add(unit.id)

    @classmethod
    def read(cls, session: Session) -> Registry:
        """The registry as it is now."""
        return cls(session.exec(select(Unit)).all())

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


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a clerk gives it; `line` of the spreadsheet, None from the command line."""

    name: str
    emails: tuple[str, ...]
    short_names: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What became of a unit: whether it is new, and how many parts in tasks were recognised as its own."""

    unit_id: int
    name: str
    emails: tuple[str, ...]
    created: bool


def set_unit(session: Session, row: UnitRow, who: str, at: datetime) -> UnitChange:
    """Adds a unit or gives a known one these addresses instead of its former ones; new short names are added.

    Raises:
        RefusedError: the name is empty, or an address is none.
    """
    name = " ".join(row.name.split())
    if not plain(name):
        raise RefusedError(f"{_at(row)}tên đơn vị “{row.name}” không có chữ nào", "ghi tên đầy đủ của đơn vị")
    emails = tuple(dict.fromkeys(checked_email(email, _at(row)) for email in row.emails))
    unit = _find(session, name)
    created = unit is None
    if unit is None:
        unit = Unit(name=name, name_folded=plain(name))
        session.add(unit)
        session.flush()
    unit.short_names = list(dict.fromkeys([*unit.short_names, *row.short_names]))
    if unit.id is None:  # for the type checker: flushed rows have their number
        raise AssertionError("a stored unit has no number")
    before = addresses(session, [unit.id]).get(unit.id, ())
    if before != emails:
        session.exec(delete(UnitAddress).where(col(UnitAddress.unit_id) == unit.id))
        session.add_all(UnitAddress(unit_id=unit.id, email=email) for email in emails)
        session.add(
            History(
                entity="unit", entity_id=unit.id, field="emails",
                before=", ".join(before) or None, after=", ".join(emails) or None, who=who, at=at,
            )
        )  # fmt: skip
    session.add(unit)
    session.flush()
    return UnitChange(unit.id, name, emails, created)


def _at(row: UnitRow) -> str:
    return f"dòng {row.line}: " if row.line is not None else ""


def checked_email(email: str, where: str = "") -> str:
    """*email* without spaces around it.

    Raises:
        RefusedError: it is no e-mail address; *where* stands before the message.
    """
    stripped = email.strip()
    if len(stripped) > 254 or not _EMAIL.fullmatch(stripped):
        raise RefusedError(f"{where}“{stripped}” không phải địa chỉ thư điện tử", "viết dạng ten@coquan.gov.vn")
    return stripped


def _find(session: Session, name: str) -> Unit | None:
    """The unit of exactly this name or short name, if there is one."""
    wanted = plain(name)
    exact = session.exec(select(Unit).where(Unit.name_folded == wanted)).first()
    if exact is not None:
        return exact
    for unit in session.exec(select(Unit)).all():
        if wanted in {plain(short) for short in unit.short_names}:
            return unit
    return None


def addresses(session: Session, unit_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Addresses of units, in the order in which they were given; a unit without any is not in the answer."""
    rows = session.exec(
        select(UnitAddress).where(col(UnitAddress.unit_id).in_(unit_ids)).order_by(col(UnitAddress.id))
    ).all()
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.unit_id] = (*found.get(row.unit_id, ()), row.email)
    return found


def link(session: Session) -> int:
    """Joins the parts in tasks that no unit was known for to the registry as it is now; how many were joined.

    Groups ("các sở, ban, ngành") stand for many units and are never joined to one.
    """
    registry = Registry.read(session)
    open_parts = session.exec(
        select(TaskUnit).where(col(TaskUnit.unit_id).is_(None), col(TaskUnit.is_group).is_(False))
    )
    joined = 0
    for part in open_parts.all():
        part.unit_id = registry.resolve(part.name, part.text, part.unit_key)
        joined += part.unit_id is not None
    session.flush()
    return joined


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit in a list: its addresses and the number of its open parts in tasks."""

    id: int
    name: str
    short_names: tuple[str, ...]
    emails: tuple[str, ...]
    tasks: int


def list_units(session: Session) -> list[ListedUnit]:
    """All units by name, with their addresses and how many tasks name them."""
    units = session.exec(select(Unit).order_by(Unit.name_folded)).all()
    mails = addresses(session, [unit.id for unit in units if unit.id is not None])
    counts: defaultdict[int, set[int]] = defaultdict(set)
    for unit_id, task_id in session.exec(
        select(TaskUnit.unit_id, TaskUnit.task_id).where(col(TaskUnit.unit_id).is_not(None))
    ).all():
        counts[unit_id or 0].add(task_id)
    return [
        ListedUnit(unit.id, unit.name, tuple(unit.short_names), mails.get(unit.id, ()), len(counts[unit.id]))
        for unit in units
        if unit.id is not None
    ]
