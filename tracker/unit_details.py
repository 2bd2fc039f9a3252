"""What a registry knows of a unit beside its names and addresses: code, level, parent, days, successor, members.

In: a unit of the registry and the details as a clerk writes them, other units by their names. Out: the unit with them.
Details are taken after all units of a sheet are stored, so that one line may name another.

Example: `nhacviec units set "Các phòng" --member "Phòng *"` makes a group of all registered units named so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, delete, select

from tracker.errors import RefusedError
from tracker.model import Unit, UnitMember
from tracker.unit_names import plain
from tracker.units import registered

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Details:
    """As a clerk gives them; None or () leaves what is known. `where`: stands before what is wrong ("dòng 7: ").

    `members`: of a group, each a name or a pattern with "*".
    """

    code: str | None = None
    level: str | None = None
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None
    members: tuple[str, ...] = ()
    is_group: bool = False
    where: str = ""


def apply(session: Session, unit_id: int, details: Details, home: str | None) -> int:
    """Gives a unit its details; how many members it has now.

    Raises:
        RefusedError: a unit named is not known, the days are the wrong way round, the code is another's, or a group has
            no members.
    """
    unit = session.get_one(Unit, unit_id)
    try:
        _set_plain(session, unit, details)
        for field, name in (("parent_id", details.parent), ("successor_id", details.successor)):
            if name is not None:
                other = registered(session, name, home)
                if other.id == unit.id:
                    raise RefusedError(
                        f"“{unit.name}” không thể là đơn vị cấp trên hay kế thừa của chính nó", "ghi đơn vị khác"
                    )
                setattr(unit, field, other.id)
        members = _members(session, unit, details, home)
    except RefusedError as error:
        raise RefusedError(f"{details.where}{error.what}", error.todo) from error
    session.add(unit)
    session.flush()
    return members


def _set_plain(session: Session, unit: Unit, details: Details) -> None:
    if details.code is not None:
        taken = session.exec(select(Unit).where(Unit.key == details.code, Unit.id != unit.id)).first()
        if taken is not None:
            raise RefusedError(f"mã “{details.code}” đã là của “{taken.name}”", "ghi mã khác")
        unit.key = details.code
    unit.level = details.level or unit.level
    unit.valid_from, unit.valid_to = details.valid_from or unit.valid_from, details.valid_to or unit.valid_to
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        raise RefusedError(
            f"“{unit.name}” hết hiệu lực {unit.valid_to:%d/%m/%Y} trước khi có hiệu lực {unit.valid_from:%d/%m/%Y}",
            "kiểm tra lại hai ngày",
        )


def _members(session: Session, unit: Unit, details: Details, home: str | None) -> int:
    if details.members:
        chosen = dict.fromkeys(
            one for name in details.members for one in _matching(session, name, home) if one != unit.id
        )
        unit.is_group = True
        session.exec(delete(UnitMember).where(col(UnitMember.group_id) == unit.id))
        session.add_all(UnitMember(group_id=unit.id or 0, unit_id=one) for one in chosen)
        return len(chosen)
    known = len(session.exec(select(UnitMember).where(UnitMember.group_id == unit.id)).all())
    if details.is_group and not known:
        raise RefusedError(f"nhóm “{unit.name}” chưa có thành viên nào", "ghi --member TÊN, hoặc --member “UBND xã *”")
    return known


def _matching(session: Session, name: str, home: str | None) -> list[int]:
    """The units that a name, or a pattern, means."""
    if "*" not in name:
        return [registered(session, name, home).id or 0]
    pieces = [(" " * piece.startswith(" ")) + plain(piece) + (" " * piece.endswith(" ")) for piece in name.split("*")]
    pattern = re.compile(".*".join(map(re.escape, pieces)))
    units = session.exec(select(Unit).where(col(Unit.is_group).is_(False)).order_by(col(Unit.id))).all()
    found = [unit.id for unit in units if unit.id and pattern.fullmatch(unit.name_folded)]
    if not found:
        raise RefusedError(f"không có đơn vị nào tên như “{name}”", "xem danh bạ: nhacviec units list")
    return found
