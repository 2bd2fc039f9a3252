"""What is exported: the rows of a list, with what only a file needs.

In: a connection, the rows that a list would show, and the settings. Out: `Selection`, from which every file is written.

Example: the tasks of Sở Nội vụ in the fourth quarter, their documents' numbers in the register of incoming documents,
and the counts of the official report for just these tasks.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from tracker import columns, schedule, stats
from tracker.among import among

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection

    from tracker.recurrence import Recurrence
    from tracker.rows import TaskRow
    from tracker.settings import Office


class Paper(NamedTuple):
    """What the register of incoming documents knows of a document."""

    id: int
    so_den: str | None
    received: date | None
    taken_in: date


class Selection(NamedTuple):
    """The rows to export and all that files say about them.

    Attributes:
        rows: as the list has them.
        papers: of their documents, by number.
        settled: of recurring tasks, the days that were dealt with.
        report: counts by leading unit, of these rows alone.
        today: the office's day.
        office: who we are.
        days_before: a calendar reminds so many days before each day.
    """

    rows: tuple[TaskRow, ...]
    papers: dict[int, Paper]
    settled: dict[int, frozenset[date]]
    report: stats.Report
    today: date
    office: Office
    days_before: tuple[int, ...]

    def days_of(self, row: TaskRow) -> Recurrence | None:
        """All the days of a recurring task; None for another."""
        if row.deadline_rrule is None:
            return None
        paper = self.papers[row.document.id]
        return schedule.recurrence(
            row.deadline_rrule, row.deadline_start, row.deadline_due, row.document.date, paper.taken_in
        )


def gather(
    connection: Connection, rows: Sequence[TaskRow], today: date, office: Office, days_before: tuple[int, ...]
) -> Selection:
    """Everything that is known of *rows* and their documents."""
    paper, done = columns.document.c, columns.occurrence.c
    asked = select(paper.id, paper.so_den, paper.received, paper.taken_in)
    numbers = {row.document.id for row in rows}
    papers = {
        found[0]: Paper(*found) for found in connection.execute(asked.where(among(connection, paper.id, numbers)))
    }
    settled: defaultdict[int, set[date]] = defaultdict(set)
    recurring = {row.id for row in rows if row.deadline_rrule is not None}
    days = select(done.task_id, done.day).where(among(connection, done.task_id, recurring), done.done_on.is_not(None))
    for task_id, day in connection.execute(days):
        settled[task_id].add(day)
    return Selection(
        tuple(rows), papers, {task_id: frozenset(days) for task_id, days in settled.items()},
        stats.tally(rows, "unit"), today, office, days_before,
    )  # fmt: skip
