"""The national base of the registry: what every office meets in its documents, with days and successors.

In: the extractor's lexicon (each entry with its source), and the provinces whose departments are wanted. Out: units of
the registry: central bodies, the people's committees of the provinces before and after 1/7/2025, the usual departments
(sở) and, if wanted, the communes of the provinces named, and the groups that stand for them. What the registry has
already keeps its name and its addresses.

Example: `nhacviec units base --province "Đồng Nai"` registers "Sở Giao thông vận tải tỉnh Đồng Nai" until 28/02/2025,
followed by "Sở Xây dựng tỉnh Đồng Nai".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, select

from extractor.document.header_place import ends_with_province
from extractor.lexicon.loader import load
from extractor.mentions.unit_lexicon import Province, provinces, units
from tracker.errors import RefusedError
from tracker.model import Unit, UnitMember
from tracker.unit_communes import communes
from tracker.unit_names import Registry, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ALL_COMMUNES = ("các xã, phường, đặc khu", "các xã, phường, thị trấn", "các xã/phường", "cấp xã", "xã, phường")
_COMMITTEE = "uy-ban-nhan-dan"
_MINISTRIES = re.compile(r"bo-|thanh-tra-chinh-phu$|ngan-hang-nha-nuoc$|van-phong-chinh-phu$")


@dataclass(frozen=True, slots=True)
class Department:
    """A department that every province has, by its key in the lexicon of units."""

    key: str
    source: str


class Based(NamedTuple):
    """One unit of the base; `followed_by`: keys of those that took over, the chief one first."""

    key: str
    name: str
    level: str
    short_names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    followed_by: tuple[str, ...] = ()
    parent: str | None = None


class Loaded(NamedTuple):
    """How many units were added, and how many the registry had already."""

    added: int
    known: int


def load_base(session: Session, wanted: Sequence[str], home: str | None, with_communes: bool = False) -> Loaded:
    """Registers the base with the departments of the provinces *wanted* (the office's own, where none is named).

    Args:
        session: that writes.
        wanted: names of provinces.
        home: the office's province.
        with_communes: of those provinces too.

    Raises:
        RefusedError: a province is none, or none is named and the settings name none, or its communes are not known.
    """
    chosen = [_province(name) for name in wanted or ([home] if home else [])]
    if not chosen:
        raise RefusedError(
            "chưa rõ nạp các sở của tỉnh nào", "ghi --province TÊN, hoặc [office] province trong nhacviec.toml"
        )
    based = [*_central(), *_committees()]
    for province in chosen:
        based += _departments(province)
        if with_communes:
            based += _communes(province)
    registry = Registry.read(session, home)
    before = {unit.key: unit for unit in session.exec(select(Unit)).all() if unit.key}
    stored = {one.key: _stored(session, one, before, registry) for one in based}
    session.flush()
    for one in based:
        _join(stored, one)
    for name, short_names, keys in _groups(based, chosen):
        _group(session, name, short_names, [stored[key] for key in keys])
    session.flush()
    known = sum(unit in before.values() for unit in stored.values())
    return Loaded(len(stored) - known, known)


def _province(name: str) -> Province:
    found = ends_with_province(name)
    known = {province.key: province for province in provinces()}
    if found is None or found.key not in known:
        raise RefusedError(f"không có tỉnh, thành phố “{name}”", "ghi tên tỉnh, ví dụ: Đồng Nai")
    return known[found.key]


def _central() -> Iterator[Based]:
    for unit in units():
        if unit.level == "central" and not unit.lower:
            yield Based(unit.key, unit.name, "central", unit.aliases, unit.valid_from, unit.valid_to, unit.succeeded_by)


def _committees() -> Iterator[Based]:
    for one in provinces():
        followed = tuple(f"{_COMMITTEE}-{key}" for key in one.succeeded_by)
        name = f"Ủy ban nhân dân {one.kind} {one.name}"
        yield Based(
            f"{_COMMITTEE}-{one.key}", name, "province", (), one.valid_from, one.valid_to, followed
        )  # fmt: skip


def _departments(province: Province) -> Iterator[Based]:
    """The departments of a province; where it was merged into another, they ended with it."""
    of_lexicon = {unit.key: unit for unit in units()}
    place = f"{province.kind} {province.name}"
    for department in load("departments", "departments", Department):
        unit = of_lexicon[department.key]
        until = min(filter(None, (unit.valid_to, province.valid_to)), default=None)
        bare = re.sub(r" tỉnh$", "", unit.name)
        yield Based(
            f"{province.key}/{unit.key}", f"{bare} {place}", "province", (), unit.valid_from, until,
            tuple(f"{province.key}/{key}" for key in unit.succeeded_by), f"{_COMMITTEE}-{province.key}",
        )  # fmt: skip


def _communes(province: Province) -> Iterator[Based]:
    """The people's committees of a province's communes, since there are no districts any more."""
    for commune in communes(province):
        name = f"Ủy ban nhân dân {commune.name}"
        yield Based(
            f"{province.key}/{commune.key}", f"{name} {province.kind} {province.name}", "commune", (name,),
            date(2025, 7, 1), parent=f"{_COMMITTEE}-{province.key}",
        )  # fmt: skip


def _stored(session: Session, one: Based, before: dict[str, Unit], registry: Registry) -> Unit:
    """The unit as the registry has it: by its key, else under its name without one, else new."""
    unit = before.get(one.key)
    if unit is None:
        found = registry.resolve(one.name, one.name)
        unit = session.get(Unit, found) if found is not None else None
        if unit is not None and (unit.key or (one.valid_to and unit.name_folded != plain(one.name))):
            unit = None
        elif unit is not None:
            before[one.key] = unit
    if unit is None:
        unit = Unit(name=one.name, name_folded=plain(one.name))
    unit.key, unit.level = one.key, unit.level or one.level
    unit.short_names = list(dict.fromkeys([*unit.short_names, *one.short_names]))
    unit.valid_from, unit.valid_to = unit.valid_from or one.valid_from, unit.valid_to or one.valid_to
    session.add(unit)
    return unit


def _join(stored: dict[str, Unit], one: Based) -> None:
    """A unit with its parent and those that took over its work."""
    unit = stored[one.key]
    if one.parent is not None and unit.parent_id is None:
        unit.parent_id = stored[one.parent].id
    followers = [stored[key] for key in one.followed_by if key in stored]
    if followers and unit.successor_id is None:
        unit.successor_id = followers[0].id
        if len(followers) > 1:
            unit.succession_note = f"một phần việc chuyển cho {', '.join(other.name for other in followers[1:])}"


def _groups(based: Iterable[Based], chosen: Sequence[Province]) -> Iterator[tuple[str, tuple[str, ...], list[str]]]:
    """Groups: name, other names, keys of their members."""
    listed = list(based)
    yield (
        "Các bộ, cơ quan ngang bộ", ("Các bộ, ngành", "Các bộ", "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"),
        [one.key for one in listed if one.level == "central" and _MINISTRIES.match(one.key)],
    )  # fmt: skip
    yield (
        "Ủy ban nhân dân các tỉnh, thành phố", ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",),
        [one.key for one in listed if one.key.startswith(f"{_COMMITTEE}-")],
    )  # fmt: skip
    for at, province in enumerate(chosen):
        place = f" {province.kind} {province.name}" if at else ""
        yield (
            f"Các sở, ban, ngành{place}",
            tuple(f"{name}{place}" for name in ("Các sở, ngành", "Các sở", "Các sở, ban, ngành, đoàn thể")),
            [one.key for one in listed if one.key.startswith(f"{province.key}/") and one.level != "commune"],
        )  # fmt: skip
        of_communes = [one.key for one in listed if one.key.startswith(f"{province.key}/") and one.level == "commune"]
        if of_communes:
            yield (
                f"Ủy ban nhân dân các xã, phường{place}",
                tuple(f"Ủy ban nhân dân {names}{place}" for names in _ALL_COMMUNES), of_communes,
            )  # fmt: skip


def _group(session: Session, name: str, short_names: tuple[str, ...], members: Sequence[Unit]) -> None:
    found = session.exec(select(Unit).where(Unit.name_folded == plain(name), Unit.is_group)).first()
    if found is not None:  # the office's own list of members stays
        return
    group = Unit(name=name, name_folded=plain(name), short_names=list(short_names), is_group=True)
    session.add(group)
    session.flush()
    session.add_all(UnitMember(group_id=group.id or 0, unit_id=unit.id or 0) for unit in members)
