"""What a mail says of a task: the rows and quotes of those that are named, and only of those.

In: a session and candidates. Out: `Item`s.

Example: candidate (unit 3, lead, task 7, overdue, 09/11/2026) → "Báo cáo kết quả rà soát …", Kế hoạch 215/KH-UBND,
trang 3, quá hạn 14 ngày, đã đôn đốc 3 lần.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from tracker import rows, schedule
from tracker.alerts.digest import Item
from tracker.model import Evidence
from tracker.rows import Clock, Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from tracker.alerts.candidates import Candidate, Window
    from tracker.rows import TaskRow

_AT_ONCE = 500


class Details:
    """Rows and quotes of the tasks that mails of one batch name."""

    def __init__(self, session: Session, named: Iterable[Candidate], seen: Window) -> None:
        """Loads them."""
        self._seen = seen
        hits = sorted({Hit(one.task_id, one.day, one.recurring, one.missed) for one in named}, key=_by_number)
        clock = Clock(seen.today, day_before=seen.day_before)
        self._rows = dict(zip(hits, rows.load(session, hits, clock), strict=True))
        self._quotes = _quotes(session, sorted({hit.task_id for hit in hits}))

    def row(self, named: Candidate) -> TaskRow:
        """The task's row, with the day that is meant."""
        return self._rows[Hit(named.task_id, named.day, named.recurring, named.missed)]

    def item(self, named: Candidate, urged: int = 0, note: str = "") -> Item:
        """What the mail says of it."""
        row = self.row(named)
        document = row.document
        quote, page = self._quotes.get(row.id, (row.text, None))
        return Item(
            task_id=row.id,
            title=row.title,
            urgency=named.urgency,
            day=named.day,
            days=abs((named.day - self._seen.today).days) if named.day else 0,
            missed=named.missed,
            recurring=named.recurring,
            first_day=self._first_day(row, named),
            role=named.role,
            number=document.number,
            kind=document.kind,
            issuer=document.issuer,
            issued=document.date,
            lead=tuple(unit.full_name for unit in row.lead),
            support=tuple(unit.full_name for unit in row.support),
            deadline_text=row.deadline_text,
            product=row.product,
            quote=quote,
            page=page,
            urged=urged,
            note=note,
        )

    def _first_day(self, row: TaskRow, named: Candidate) -> date | None:
        """The document's own day, where an extension moved it."""
        counted = schedule.counted_day(row.deadline_due, self._seen.day_before, row.deadline_qualifier)
        return None if named.recurring or named.day == counted else row.deadline_due


def _by_number(hit: Hit) -> tuple[int, bool, date | None]:
    return hit.task_id, hit.day is not None, hit.day


def _quotes(session: Session, task_ids: Sequence[int]) -> dict[int, tuple[str, int | None]]:
    """The document's own words for each task, all places in which they stand joined, with the page of the first."""
    found: dict[int, tuple[str, int | None]] = {}
    for some in _pieces(task_ids):
        asked = (
            select(Evidence.task_id, Evidence.quote, Evidence.page)
            .where(col(Evidence.task_id).in_(some), Evidence.field == "text")
            .order_by(col(Evidence.id))
        )
        for task_id, quote, page in session.connection().execute(asked):
            earlier, first_page = found.get(task_id, ("", page))
            found[task_id] = (f"{earlier} {quote}".strip(), first_page)
    return found


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
