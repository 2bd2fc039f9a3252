"""The registry of units: who they are, and where their mail goes.

In: a unit's name and addresses as a clerk gives them. Out: its row in the registry, and its parts in tasks joined to
it.

Example: after `nhacviec units set "Sở Thông tin và Truyền thông" --email tttt@example.vn`, the tasks of "Sở TTTT" are
this unit's, and its reminders go to that address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete, func, select

from tracker.errors import RefusedError
from tracker.model import Document, History, Task, TaskUnit, Unit, UnitAddress, UnitMember, UnitName
from tracker.unit_names import Registry, plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|localhost)")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a clerk gives it; `line` of the spreadsheet, None from the command line.

    `emails`, `head`: of the unit and of its head; None leaves what is known.
    """

    name: str
    emails: tuple[str, ...] | None
    short_names: tuple[str, ...] = ()
    line: int | None = None
    head: str | None = None


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
    # servers take "An@" and "an@" for one mailbox, which would get two
    mailboxes: dict[str, str] = {}
    for email in row.emails or ():
        checked = checked_email(email, _at(row))
        mailboxes.setdefault(checked.lower(), checked)
    head = checked_email(row.head, _at(row)) if row.head else None
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
    emails = tuple(mailboxes.values()) if row.emails is not None else before
    if before != emails:
        session.exec(delete(UnitAddress).where(col(UnitAddress.unit_id) == unit.id))
        session.add_all(UnitAddress(unit_id=unit.id, email=email) for email in emails)
        session.add(
            History(
                entity="unit", entity_id=unit.id, field="emails",
                before=", ".join(before) or None, after=", ".join(emails) or None, who=who, at=at,
            )
        )  # fmt: skip
    if head is not None and head != unit.head_email:
        session.add(_head_change(unit.id, unit.head_email, head, who, at))
        unit.head_email = head
    session.add(unit)
    session.flush()
    return UnitChange(unit.id, unit.name, emails, created)


def _head_change(unit_id: int, before: str | None, after: str, who: str, at: datetime) -> History:
    return History(
        entity="unit", entity_id=unit_id, field="head_email", before=before, after=after, who=who, at=at,
    )  # fmt: skip


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
    """The unit of exactly this name or short name, if there is one; else the one of the base that is meant."""
    wanted = plain(name)
    exact = session.exec(select(Unit).where(Unit.name_folded == wanted)).first()
    if exact is not None:
        return exact
    for unit in session.exec(select(Unit)).all():
        if wanted in {plain(short) for short in unit.short_names}:
            return unit
    # "Sở Nội vụ" is the base's "Sở Nội vụ tỉnh Đồng Nai", where the registry has but one
    found = Registry.read(session).resolve(name, name)
    based = session.get(Unit, found) if found is not None else None
    return based if based and based.key and based.name_folded.startswith(f"{wanted} ") else None


def named_unit(session: Session, name: str, home: str | None = None) -> tuple[str, str | None]:
    """The full name and key of the unit that a person means, whether the registry or only a document knows it.

    Raises:
        RefusedError: no unit of that name is known, or several are.
    """
    wanted = plain(name)
    registry = Registry.read(session, home)
    found = registry.resolve(name, name)
    if found is not None:
        unit = session.get_one(Unit, found)
        return unit.name, unit.key
    near = [session.get_one(Unit, one).name for one in sorted(registry.named(name))]
    if not near and wanted:
        spelled = f"|{wanted}|"
        named = select(UnitName.id).where(col(UnitName.spellings).contains(spelled, autoescape=True))
        asked = select(TaskUnit.name).where(col(TaskUnit.name_id).in_(named)).distinct()
        near = list(session.exec(asked).all())
        if len({plain(one) for one in near}) == 1:
            return near[0], None
    if near:
        listed = ", ".join(f"“{one}”" for one in near[:5])
        raise RefusedError(f"“{name}” có thể là {len(near)} đơn vị: {listed}", "ghi tên đầy đủ")
    raise RefusedError(f"chưa biết đơn vị “{name}”", "thêm bằng: nhacviec units set TÊN --email ĐỊA_CHỈ")


def registered(session: Session, name: str, home: str | None = None) -> Unit:
    """The unit of the registry that a person means.

    Raises:
        RefusedError: there is none, or there are several.
    """
    registry = Registry.read(session, home)
    found = registry.resolve(name, name)
    near = sorted(registry.named(name)) if found is None else [found]
    if len(near) == 1:
        return session.get_one(Unit, near[0])
    if not near:
        raise RefusedError(f"danh bạ chưa có đơn vị “{name}”", "thêm bằng: nhacviec units set TÊN")
    listed = ", ".join(f"“{session.get_one(Unit, one).name}”" for one in near[:5])
    raise RefusedError(f"“{name}” có thể là {len(near)} đơn vị: {listed}", "ghi tên đầy đủ")


def addresses(session: Session, unit_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Addresses of units, in the order in which they were given; a unit without any is not in the answer."""
    rows = session.exec(
        select(UnitAddress).where(col(UnitAddress.unit_id).in_(unit_ids)).order_by(col(UnitAddress.id))
    ).all()
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row.unit_id] = (*found.get(row.unit_id, ()), row.email)
    return found


def link(session: Session, home: str | None = None) -> int:
    """Joins the parts in tasks that no unit was known for to the registry as it is now; how many were joined.

    Groups ("các sở, ban, ngành") stand for many units and are never joined to one.

    Args:
        home: the office's province, as `Registry` takes it.
    """
    registry = Registry.read(session, home)
    open_parts = session.exec(
        select(TaskUnit, Document.issuer)
        .join(Task, col(Task.id) == TaskUnit.task_id)
        .join(Document, col(Document.id) == Task.document_id)
        .where(col(TaskUnit.unit_id).is_(None), col(TaskUnit.is_group).is_(False))
    )
    joined = 0
    for part, issuer in open_parts.all():
        part.unit_id = registry.within(issuer).resolve(part.name, part.text, part.unit_key)
        joined += part.unit_id is not None
    session.flush()
    return joined


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A unit in a list: its addresses, the number of its parts in tasks, how long it stands and what follows it."""

    id: int
    name: str
    short_names: tuple[str, ...]
    emails: tuple[str, ...]
    tasks: int
    key: str | None
    level: str | None
    parent: str | None
    is_group: bool
    valid_from: date | None
    valid_to: date | None
    successor: str | None
    note: str | None
    members: int


def list_units(session: Session) -> list[ListedUnit]:
    """All units by name, with their addresses and how many tasks name them."""
    units = session.exec(select(Unit).order_by(Unit.name_folded)).all()
    mails = addresses(session, [unit.id for unit in units if unit.id is not None])
    named = select(TaskUnit.unit_id, func.count(col(TaskUnit.task_id).distinct()))
    counts = dict(session.exec(named.where(col(TaskUnit.unit_id).is_not(None)).group_by(col(TaskUnit.unit_id))).all())
    belonging = select(UnitMember.group_id, func.count()).group_by(col(UnitMember.group_id))
    members = dict(session.exec(belonging).all())
    names = {unit.id: unit.name for unit in units}
    return [
        ListedUnit(
            unit.id, unit.name, tuple(unit.short_names), mails.get(unit.id, ()), counts.get(unit.id, 0), unit.key,
            unit.level, names.get(unit.parent_id), unit.is_group, unit.valid_from, unit.valid_to,
            names.get(unit.successor_id), unit.succession_note, members.get(unit.id, 0),
        )
        for unit in units
        if unit.id is not None
    ]  # fmt: skip
