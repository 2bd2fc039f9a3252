"""What is exported: the rows of a list, with what only a file needs.

In: a connection, the rows that a list would show, and the settings. Out: `Selection`, from which every file is written
row by row: of a million of them some hundred are in memory at a time.

Example: the tasks of Sở Nội vụ in the fourth quarter, their documents' numbers in the register of incoming documents,
and the counts of the official report for just these tasks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from tracker import columns, queries, schedule, stats
from tracker.among import among

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
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


class Entry(NamedTuple):
    """A row to export, its document in the register, and of a recurring task the days that were dealt with."""

    row: TaskRow
    paper: Paper
    settled: frozenset[date]

    @property
    def days(self) -> Recurrence | None:
        """All the days of a recurring task; None for another."""
        row = self.row
        if row.deadline_rrule is None:
            return None
        return schedule.recurrence(
            row.deadline_rrule, row.deadline_start, row.deadline_due, row.document.date, self.paper.taken_in
        )


@dataclass(frozen=True)
class Selection:
    """The rows to export and all that files say about them.

    Attributes:
        connection: of `tracker.database.answering`, open until the file is written.
        rows: as the list has them; they may be gone through several times.
        today: the office's day.
        office: who we are.
        days_before: a calendar reminds so many days before each day.
    """

    connection: Connection
    rows: queries.Rows
    today: date
    office: Office
    days_before: tuple[int, ...]

    @cached_property
    def report(self) -> stats.Report:
        """Counts by leading unit, of these rows alone."""
        return stats.tally(self.rows, "unit")

    def entries(self) -> Iterator[Entry]:
        """The rows with what else is known of them, loaded some hundred at a time."""
        for some in self.rows.portions():
            papers = self._papers(some)
            settled = queries.settled_days(
                self.connection, [row.id for row in some if row.deadline_rrule is not None]
            )  # fmt: skip
            for row in some:
                yield Entry(row, papers[row.document.id], settled[row.id])

    def _papers(self, some: Sequence[TaskRow]) -> Mapping[int, Paper]:
        paper = columns.document.c
        asked = select(paper.id, paper.so_den, paper.received, paper.taken_in)
        numbers = {row.document.id for row in some}
        found = self.connection.execute(asked.where(among(self.connection, paper.id, numbers)))
        return {row[0]: Paper(*row) for row in found}
