"""Days that deadlines wait for: an event that takes place, a letter that arrives.

In: a writing session, the event's words and its day; or a document and the day of its arrival. Out: the tasks whose day
is set by that. A term with a count ends as the law counts it (`extractor.periods.end_of_term`); "trước khi X" ends on
the day of X; a bare "sau khi X" only begins then, and its end stays unknown.

Example: "10 ngày làm việc sau khi Nghị quyết được ban hành", and `nhacviec event "Nghị quyết được ban hành"
--on 2026-03-01` make 13/03/2026.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import Session, col, select

from extractor.model import Offset
from extractor.periods import end_of_term
from extractor.text import fold
from tracker import documents
from tracker.changes import number_of, set_field
from tracker.errors import NotFoundError, RefusedError
from tracker.model import Document, Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from tracker.changes import Hand

RECEIVED, ISSUED = "received", "issued"
_SPOKEN = {
    RECEIVED: "ngày nhận được văn bản",
    ISSUED: "ngày ban hành văn bản",
}
_LEAD_IN = re.compile(r"^(?:(?:ngay|khi|sau khi|ke tu khi|ke tu ngay|thoi diem) )+")


class Event(NamedTuple):
    """An event: its words as a person gives them, its day, and which document speaks of it (None: any)."""

    name: str
    on: date
    doc: str | None = None


class Dated(NamedTuple):
    """A task whose day an event has set; `due` None: only its beginning is known."""

    task_id: int
    title: str
    start: date | None
    due: date | None
    changed: bool


class Waiting(NamedTuple):
    """An event that tasks wait for: its words, how many tasks, in which documents."""

    name: str
    tasks: int
    documents: tuple[str, ...]


def happened(session: Session, event: Event, days_off: Mapping[date, bool], hand: Hand) -> list[Dated]:
    """Sets the days of all tasks that wait for *event*; told again with another day, corrects them.

    Raises:
        NotFoundError: no task waits for it.
        RefusedError: the words could mean several events.
    """
    found = [(task, document) for task, document in _relative(session, event.doc) if _key(task.deadline_anchor)]
    wanted = _key(event.name)
    exact = [one for one in found if _key(one[0].deadline_anchor) == wanted]
    meant = exact or [one for one in found if wanted and wanted in _key(one[0].deadline_anchor)]
    anchors = sorted({_spoken(task.deadline_anchor) for task, _ in meant})
    if not meant:
        raise NotFoundError(f"không có việc nào chờ sự kiện “{event.name}”", "xem các sự kiện: nhacviec event")
    if len({_key(anchor) for anchor in anchors}) > 1:
        listed = "; ".join(f"“{anchor}”" for anchor in anchors[:5])
        raise RefusedError(f"“{event.name}” có thể là {len(anchors)} sự kiện: {listed}", "ghi rõ tên sự kiện")
    if meant[0][0].deadline_anchor in _SPOKEN and event.doc is None:
        raise RefusedError(f"mỗi văn bản có {anchors[0]} riêng", "ghi thêm --doc SỐ")
    return [_dated(session, task, event.on, days_off, hand) for task, _ in meant]


def arrived(session: Session, document: Document, on: date, days_off: Mapping[date, bool], hand: Hand) -> list[Dated]:
    """Records the day of a document's arrival, and sets the days that count from it.

    Raises:
        RefusedError: the day is in the future, or before the document was issued.
    """
    check_arrival(on, document.date, hand.today)
    set_field(session, document, "received", on, hand)
    asked = select(Task).where(Task.document_id == number_of(document), Task.deadline_anchor == RECEIVED)
    return [_dated(session, task, on, days_off, hand) for task in session.exec(asked).all()]


def check_arrival(on: date, issued: date | None, today: date) -> None:
    """Whether a document can have come on that day.

    Raises:
        RefusedError: it cannot.
    """
    if on > today:
        raise RefusedError(f"ngày đến {on:%d/%m/%Y} ở sau hôm nay ({today:%d/%m/%Y})", "ghi ngày đã nhận văn bản")
    if issued is not None and on < issued:
        raise RefusedError(
            f"ngày đến {on:%d/%m/%Y} trước ngày ban hành {issued:%d/%m/%Y}", "kiểm tra lại ngày ghi ở sổ văn bản đến"
        )


def counted(on: date, offset: Offset | None, qualifier: str | None, days_off: Mapping[date, bool]) -> dict[str, Any]:
    """The fields of a relative deadline whose event took place *on* that day."""
    if offset is not None:
        return {"deadline_start": None, "deadline_due": end_of_term(on, offset.count, offset.unit, days_off)}
    if qualifier == "by":
        return {"deadline_start": None, "deadline_due": on}
    return {"deadline_start": on, "deadline_due": None}


def waiting(session: Session) -> list[Waiting]:
    """Events that open tasks wait for and that have no day yet, those of many tasks first."""
    found: dict[str, tuple[str, list[str]]] = {}
    for task, document in _relative(session, None):
        if task.deadline_due is None and task.deadline_start is None and task.deadline_anchor:
            _, numbers = found.setdefault(_key(task.deadline_anchor), (_spoken(task.deadline_anchor), []))
            numbers.append(document.number or document.doc_id)
    listed = [Waiting(name, len(numbers), tuple(dict.fromkeys(numbers))) for name, numbers in found.values()]
    return sorted(listed, key=lambda event: (-event.tasks, event.name))


def _relative(session: Session, doc: str | None) -> Sequence[tuple[Task, Document]]:
    asked = (
        select(Task, Document)
        .join(Document, col(Document.id) == Task.document_id)
        .where(Task.deadline_kind == "relative", Task.review != "rejected", Document.state == "active")
        .order_by(col(Task.id))
    )
    if doc is not None:
        asked = asked.where(Task.document_id == documents.one(session, doc))
    return session.exec(asked).all()


def _dated(session: Session, task: Task, on: date, days_off: Mapping[date, bool], hand: Hand) -> Dated:
    offset = None
    if task.deadline_offset_count is not None and task.deadline_offset_unit is not None:
        offset = Offset(task.deadline_offset_count, task.deadline_offset_unit)  # type: ignore[arg-type]
    try:
        values = counted(on, offset, task.deadline_qualifier, days_off)
    except (OverflowError, ValueError):
        raise RefusedError(
            f"từ {on:%d/%m/%Y} không tính được hạn của nhiệm vụ {task.id}", "kiểm tra lại ngày"
        ) from None
    changed = [set_field(session, task, field, value, hand) for field, value in values.items()]
    return Dated(number_of(task), task.title, task.deadline_start, task.deadline_due, any(changed))


def _key(words: str | None) -> str:
    """An event's words as far as they matter: "ngày Nghị quyết được thông qua" is "nghi quyet duoc thong qua"."""
    if words in _SPOKEN:
        words = _SPOKEN[words]
    return _LEAD_IN.sub("", " ".join(re.findall(r"\w+", fold(words or ""))))


def _spoken(anchor: str | None) -> str:
    return _SPOKEN.get(anchor or "", anchor or "")
