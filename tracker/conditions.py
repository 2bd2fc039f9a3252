"""Which tasks are meant: filters as conditions that the database can answer from its indexes.

In: `Filters`. Out: SQLAlchemy conditions over the columns of `tracker.columns`.

What is open is asked for by the very words of the partial indexes over open tasks (migration 0006): a database takes
such an index only where the question says the same. Documents that do not count any more are few: they are looked up
once, and no task is joined to its document for it.

Example: Filters(unit="so noi vu", words="ra soat") on one million tasks reads the thousand that have the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from sqlalchemy import ColumnElement, and_, column, exists, func, literal_column, or_, select, table

from extractor.text import fold
from tracker import columns, documents
from tracker.among import dialect_of
from tracker.errors import WrongUsageError
from tracker.unit_names import Registry, plain

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection
    from sqlmodel import Session

    from tracker.states import ReviewState, WorkStatus

task, document, part = columns.task.c, columns.document.c, columns.task_unit.c
extension = columns.extension.c

OPEN_NOW: ColumnElement[bool] = literal_column("task.status IN ('todo', 'doing')")
"""Work that still can be due or late, in the words of the indexes (`tracker.states.OPEN`)."""
RECURS: ColumnElement[bool] = task.deadline_rrule.is_not(None)
ONCE: ColumnElement[bool] = task.deadline_rrule.is_(None)
SORTS = ("due", "id", "doc", "title", "confidence", "lead", "status")


class Filters(NamedTuple):
    """Which tasks are meant; an empty field does not narrow.

    Attributes:
        unit: part of a unit's name in any spelling ("so tttt").
        roles: of that unit: "lead", "support", or both.
        statuses: work statuses.
        doc: a document's number, the part of it before the slash, its file's stem, or "id:12" from the list.
        words: all must stand in the task, in any order, with or without marks.
        review: only tasks in this state of review; by default all but rejected ones.
        sort: one of `SORTS`, with "-" before it for the other way round.
        limit: at most so many rows.
        skip: so many rows are passed over first (paging).
        mine: our part: (our name, "receiver": tasks that we lead or support, or "issuer": tasks of our documents).
        no_deadline: only tasks that no day binds.
        no_lead: only tasks whose leading unit is not known.
    """

    unit: str | None = None
    roles: frozenset[str] = frozenset()
    statuses: frozenset[WorkStatus] = frozenset()
    doc: str | None = None
    words: str | None = None
    review: ReviewState | None = None
    sort: str = "due"
    limit: int | None = None
    skip: int = 0
    mine: tuple[str, Literal["receiver", "issuer"]] | None = None
    no_deadline: bool = False
    no_lead: bool = False


def of(connection: Connection | Session, filters: Filters, few: bool = False) -> list[ColumnElement[bool]]:
    """What *filters* mean, as conditions on `task` that all hold.

    Args:
        few: the caller narrows by days or status too, so that a unit is looked up for each task that is left.
    """
    ended = select(document.id).where(literal_column("document.state <> 'active'"))
    wanted: list[ColumnElement[bool]] = [task.document_id.not_in(ended)]
    wanted.append(task.review == filters.review if filters.review else task.review != "rejected")
    if filters.statuses:
        wanted.append(task.status.in_(sorted(filters.statuses)))
    if filters.doc:
        wanted.append(task.document_id.in_(select(document.id).where(documents.meant(filters.doc))))
    if filters.words:
        wanted.append(_has_words(connection, filters.words))
    if filters.unit:
        wanted.append(_has_part(connection, filters.unit, filters.roles, few))
    if filters.mine:
        wanted.append(_is_ours(connection, *filters.mine, few))
    if filters.no_deadline:
        wanted.append(unbound())
    if filters.no_lead:
        wanted.append(~exists().where(part.task_id == task.id, part.role == "lead"))
    return wanted


def unbound() -> ColumnElement[bool]:
    """Neither a day of its own, nor days that come again."""
    return and_(ONCE, task.deadline_due.is_(None), ~is_extended())


def is_extended() -> ColumnElement[bool]:
    """Whether a task's day was moved."""
    return exists().where(extension.task_id == task.id)


def newest_extension() -> Any:  # noqa: ANN401 - a scalar subquery
    """The day of a task's newest extension (as `schedule.current_due`); NULL where there is none."""
    newest = select(extension.due).where(extension.task_id == task.id).order_by(extension.id.desc()).limit(1)
    return newest.correlate(columns.task).scalar_subquery()


def _has_words(connection: Connection | Session, words: str) -> ColumnElement[bool]:
    """All *words* stand in the task, in any order, with or without marks; the last one may be begun only."""
    wanted = re.findall(r"[^\W_]+", fold(words))
    if not wanted:
        raise WrongUsageError(f"“{words}” không có chữ nào để tìm", "ghi một vài từ trong nội dung việc")
    if dialect_of(connection) == "postgresql":
        asked = f"{' & '.join(wanted)}:*"
        return literal_column(columns.SEARCH_WORDS).op("@@")(func.to_tsquery(literal_column("'simple'"), asked))
    index = table("task_fts", column("rowid"))
    asked = " ".join(f'"{word}"' for word in wanted) + "*"
    found = select(index.c.rowid).where(literal_column("task_fts").op("MATCH")(asked)).select_from(index)
    return task.id.in_(found)


def _is_ours(
    connection: Connection | Session, unit: str, role: Literal["receiver", "issuer"], few: bool
) -> ColumnElement[bool]:
    """Whether a task is ours: we have a part in it; or, where we give tasks, it stands in a document of ours."""
    if role == "receiver":
        return _has_part(connection, unit, frozenset(), few)
    return task.document_id.in_(select(document.id).where(document.issuer_folded == fold(unit)))


def _has_part(connection: Connection | Session, unit: str, roles: frozenset[str], few: bool) -> ColumnElement[bool]:
    if not plain(unit):
        raise WrongUsageError(f"tên đơn vị “{unit}” không có chữ nào", "ghi một phần tên, ví dụ “nội vụ”")
    asked = select(columns.unit_name.c.id).where(columns.unit_name.c.spellings.contains(plain(unit), autoescape=True))
    names: list[Any] = list(connection.execute(asked).scalars())
    known = sorted(Registry.read(connection).named(unit))
    named = or_(part.name_id.in_(names), part.unit_id.in_(known)) if known else part.name_id.in_(names)
    role = [part.role.in_(sorted(roles))] if roles else []
    if few:
        return exists().where(part.task_id == task.id, named, *role)
    return task.id.in_(select(part.task_id).where(named, *role))
