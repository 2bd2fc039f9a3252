"""The chief's numbers: the columns of the official report, in all and by unit.

In: a session and the day's scene. Out: `Summary`. Tổng số = chưa hoàn thành (trong hạn, quá hạn) + đã hoàn thành (đúng
hạn, quá hạn) + bị hủy; accepted tasks of active documents count, a task with two leads for each of them, in all once
(columns of QĐ 42/2014/QĐ-TTg as followed by offices). A recurring task is late while its last occurrence is open.

Example: Sở Y tế: tổng số 12, chưa hoàn thành 5 (trong hạn 2, quá hạn 3), đã hoàn thành 6 (đúng hạn 5, quá hạn 1), bị
hủy 1.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true

from tracker import columns
from tracker.alerts.candidates import document, occurrence, of_all, part, task
from tracker.conditions import newest_extension
from tracker.states import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlmodel import Session

    from tracker.alerts.select import Scene

UNITS_SHOWN = 25
WEEK = timedelta(days=7)
_AT_ONCE = 500
_NO_LEAD = "Chưa rõ đơn vị chủ trì"
_JOINED = columns.task.join(columns.document, document.id == task.document_id)
_LEAD_OF = (
    select(part.task_id, part.unit_id, case((part.unit_id.is_(None), part.name), else_=None).label("name"))
    .where(part.role == "lead")
    .distinct()  # "Sở Y tế" and "Giám đốc Sở Y tế" are one unit
)
_LEAD = _LEAD_OF.subquery()
_LEADS = _JOINED.outerjoin(_LEAD, _LEAD.c.task_id == task.id)


class Numbers(NamedTuple):
    """One row of the report."""

    name: str
    total: int
    in_time: int
    late: int
    done_in_time: int
    done_late: int
    cancelled: int

    def later(self, count: int) -> Numbers:
        """The same with *count* more of those in time counted as late."""
        return self._replace(in_time=self.in_time - count, late=self.late + count)


@dataclass(frozen=True, slots=True)
class Summary:
    """The report of one day.

    Attributes:
        units: those with the most late tasks first, at most `UNITS_SHOWN`.
        others: how many more units there are.
        since: the first of the seven days before `day` that `done` and `became_late` count.
        done: tasks and occurrences that were finished on one of them.
        became_late: tasks whose day was one of them and passed undone.
    """

    day: date
    since: date
    office: Numbers
    units: tuple[Numbers, ...]
    others: int
    done: int
    became_late: int


def summary(session: Session, scene: Scene) -> Summary:
    """The numbers as they stand today."""
    late_rules = [
        one.task_id
        for one in of_all(session, "accepted", scene.seen, task.deadline_rrule.is_not(None))
        if one.urgency == "overdue"
    ]
    office = Numbers("", *_row(session.connection().execute(_counted(scene).select_from(_JOINED)).one()))
    units = _by_unit(session, scene, late_rules)
    since = scene.today - WEEK
    return Summary(
        day=scene.today,
        since=since,
        office=office.later(len(late_rules)),
        units=tuple(units[:UNITS_SHOWN]),
        others=max(0, len(units) - UNITS_SHOWN),
        done=_done(session, since, scene.today),
        became_late=_became_late(session, scene),
    )


def _row(counts: Iterable[int | None]) -> list[int]:
    return [count or 0 for count in counts]


def _by_unit(session: Session, scene: Scene, late_rules: Sequence[int]) -> list[Numbers]:
    """Units of the registry by their number, others by their name in the documents."""
    key = (_LEAD.c.unit_id, _LEAD.c.name)
    asked = _counted(scene).add_columns(*key).select_from(_LEADS).group_by(*key)
    rows = session.connection().execute(asked).all()
    late = _late_of(session, late_rules)
    unit = columns.unit.c
    names = dict(session.connection().execute(select(unit.id, unit.name)).all())
    found = [
        Numbers(names.get(unit_id, called or _NO_LEAD), *_row(counts)).later(late[unit_id, called])
        for *counts, unit_id, called in rows
    ]
    return sorted(found, key=lambda row: (-row.late, -row.total, row.name))


def _late_of(session: Session, late_rules: Sequence[int]) -> Counter[tuple[int | None, str | None]]:
    """How many of these tasks each lead has; asked of the parts alone, because `_LEAD` is made anew for each piece."""
    late: Counter[tuple[int | None, str | None]] = Counter()
    for at in range(0, len(late_rules), _AT_ONCE):
        some = late_rules[at : at + _AT_ONCE]
        led = set(session.connection().execute(_LEAD_OF.where(part.task_id.in_(some))).all())
        late.update((unit_id, called) for _, unit_id, called in led)
        late[None, None] += len(set(some) - {task_id for task_id, _, _ in led})
    return late


def _counted(scene: Scene) -> Any:  # noqa: ANN401 - a SELECT of six counts
    """Total, in time, late, done in time, done late, cancelled."""
    undone = task.status.not_in(("done", "cancelled"))
    late = and_(task.status.in_(OPEN), _passed(scene))
    done, done_late = task.status == "done", and_(task.status == "done", _done_after(scene))
    kinds = (and_(undone, ~late), late, and_(done, ~done_late), done_late, task.status == "cancelled")
    return select(func.count(), *(func.sum(case((kind, 1), else_=0)) for kind in kinds)).where(*_COUNTS)


_COUNTS = (document.state == "active", task.review == "accepted")


def _day() -> Any:  # noqa: ANN401 - a day in SQL
    return func.coalesce(newest_extension(), task.deadline_due, type_=task.deadline_due.type)


def _ends_before(scene: Scene) -> ColumnElement[bool]:
    """Tasks whose "trước ngày D" ends on D-1, if the office counts so."""
    counts = true() if scene.seen.day_before else false()
    return func.coalesce(and_(counts, task.deadline_qualifier == "before", newest_extension().is_(None)), False)


def _passed(scene: Scene) -> ColumnElement[bool]:
    day = _day()
    late = or_(day < scene.today, and_(_ends_before(scene), day <= scene.today))
    return func.coalesce(and_(task.deadline_rrule.is_(None), late), False)


def _done_after(scene: Scene) -> ColumnElement[bool]:
    day = _day()
    late = or_(task.done_on > day, and_(_ends_before(scene), task.done_on >= day))
    return func.coalesce(and_(task.deadline_rrule.is_(None), late), False)


def _done(session: Session, since: date, before: date) -> int:
    tasks = select(func.count()).select_from(_JOINED).where(*_COUNTS, task.done_on >= since, task.done_on < before)
    held = _JOINED.join(columns.occurrence, occurrence.task_id == task.id)
    days = select(func.count()).select_from(held)
    days = days.where(*_COUNTS, occurrence.done_on >= since, occurrence.done_on < before)
    return sum(session.connection().execute(asked).scalar_one() for asked in (tasks, days))


def _became_late(session: Session, scene: Scene) -> int:
    day, early = _day(), _ends_before(scene)
    since, before = scene.today - WEEK, scene.today
    passed = or_(and_(~early, day >= since, day < before), and_(early, day > since, day <= before))
    asked = select(func.count()).select_from(_JOINED)
    asked = asked.where(*_COUNTS, task.status.in_(OPEN), task.deadline_rrule.is_(None), passed)
    return session.connection().execute(asked).scalar_one()
