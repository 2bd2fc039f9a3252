"""`show`: one task, every field with the words that prove it and where they stand, and what was done to it.

In: a task's number. Out: labelled lines, or JSON.

Example: "Thời hạn    20/11/2026, quá hạn, trễ 1 ngày" and under it "“trước ngày 20/11/2026” (trang 3, khối 41)".
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from tracker import schedule
from tracker.cli.desk import desk_of
from tracker.cli.layout import coloured, labelled, terminal_width
from tracker.cli.usage import Command
from tracker.cli.wording import FIELDS, REVIEW_NAMES, change, day, days_left, followed, reasons, state

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.cli.desk import Desk
    from tracker.dossier import Dossier
    from tracker.model import Document

app = typer.Typer()

TaskId = Annotated[
    int, typer.Argument(metavar="ID", help="Số của nhiệm vụ, ở cột ID của các bảng.", show_default=False)
]
Opened = Annotated[bool, typer.Option("--open", help="Mở bản gốc của văn bản.")]


@app.command(cls=Command)
def show(context: typer.Context, task_id: TaskId, opened: Opened = False) -> int:
    """Một nhiệm vụ với lời văn làm chứng và lịch sử."""
    from tracker import dossier, originals
    from tracker.alerts import history
    from tracker.database import reading

    desk = desk_of(context)
    with reading(desk.engine) as session:
        found = dossier.read(session, task_id, desk.clock)
        told = history.reminded(session, task_id)
    paper = found.document
    original = originals.kept(originals.folder_of(desk.engine, desk.settings), paper.path, paper.sha256)
    if desk.as_json:
        urged = {"times": told.times, "last": told.last.isoformat()} if told else None
        desk.answer_json(dossier.to_json(found) | {"urged": urged, "original": str(original) if original else None})
    else:
        desk.answer("\n".join(lines(found, desk)))
        if told:
            desk.answer(f"Đã đôn đốc {told.times} lần bằng thư, lần gần nhất ngày {day(told.last)}")
    if opened:
        _open(original)
    return 0


def _open(original: "Path | None") -> None:
    """Opens a document with the program that the system has for it.

    Raises:
        NotFoundError: there is no copy of it.
    """
    from tracker.errors import NotFoundError

    if original is None:
        raise NotFoundError("không còn bản gốc của văn bản này", "nạp lại tệp gốc để giữ một bản")
    typer.launch(str(original))


def lines(found: "Dossier", desk: "Desk") -> Iterator[str]:
    """A task as `show` and `review` print it."""
    row, width = found.row, terminal_width()
    heading = f"Nhiệm vụ {row.id}: " + ", ".join(filter(None, (*state(row).splitlines(), days_left(row, desk.today))))
    yield coloured(heading, schedule.colour(row.status, row.standing.schedule))
    for label, value in _fields(found, desk.today):
        yield from labelled(label, value, width)
    if found.evidence:
        yield "Lời văn làm chứng"
    for proof in found.evidence:
        place = ", ".join(filter(None, (f"trang {proof.page}" if proof.page else "", f"đoạn {proof.block + 1}")))
        yield from labelled(FIELDS.get(proof.field, proof.field), f"“{proof.quote}” ({place})", width)
    if found.history:
        yield "Lịch sử"
    for entry in found.history:
        at = entry.at.astimezone(desk.zone)
        what = f"{entry.who}: {change(entry.field, entry.before, entry.after)}"
        yield from labelled(f"{at:%d/%m/%Y %H:%M}", what, width)


def _paper(document: "Document") -> Iterator[tuple[str, str]]:
    if document.state != "active":
        yield "  hiệu lực", "đã thu hồi" if document.state == "withdrawn" else "đã được văn bản khác thay thế"
    if document.received or document.so_den:
        so_den = f"số đến {document.so_den}" if document.so_den else ""
        yield "  đến", ", ".join(filter(None, (so_den, f"ngày {day(document.received)}" if document.received else "")))


def _past(found: "Dossier") -> Iterator[tuple[str, str]]:
    row = found.row
    if row.done_on:
        yield "Hoàn thành", day(row.done_on) + (f", văn bản trả lời {row.reply_number}" if row.reply_number else "")
    for done in found.occurrences:
        reply = f", văn bản trả lời {done.reply_number}" if done.reply_number else ""
        yield f"  kỳ {day(done.day)}", f"xong ngày {day(done.done_on)}{reply}"
    for given in found.extensions:
        yield (
            "  gia hạn",
            f"đến {day(given.due)}: {given.reason}" + (f" ({given.approved_by})" if given.approved_by else ""),
        )


def _roll_call(found: "Dossier") -> Iterator[tuple[str, str]]:
    if not found.roll_call:
        return
    done = [answer for answer in found.roll_call if answer.done_on]
    left = [answer.name for answer in found.roll_call if not answer.done_on]
    yield "Điểm danh", f"{len(done)}/{len(found.roll_call)} đơn vị đã xong"
    for answer in done:
        reply = f", văn bản trả lời {answer.reply_number}" if answer.reply_number else ""
        yield "  đã xong", f"{answer.name}, ngày {day(answer.done_on)}{reply}"
    if left:
        yield "  chưa xong", "; ".join(left)


def _passed(due: date, today: date) -> str:
    return ", đã qua" if due < today else ""


def _fields(found: "Dossier", today: date) -> Iterator[tuple[str, str]]:
    row, task, document = found.row, found.task, found.document
    yield "Việc", row.text
    yield "Văn bản", " ".join(filter(None, (
        document.kind, document.number or f"(tệp {document.doc_id})",
        f"ngày {day(document.date)}" if document.date else None,
        f"của {document.issuer}" if document.issuer else None,
    )))  # fmt: skip
    yield from _paper(document)
    if row.section:
        yield "Mục", " › ".join(row.section)
    yield "Chủ trì", "; ".join(followed(unit.name, unit) for unit in row.lead) or "chưa rõ"
    if row.support:
        yield "Phối hợp", "; ".join(followed(unit.name, unit) for unit in row.support)
    yield "Thời hạn", _deadline(found)
    for milestone in task.milestones:
        due = date.fromisoformat(milestone["due"]) if milestone["due"] else None
        yield "  mốc", milestone["text"] + (f" ({day(due)}{_passed(due, today)})" if due else "")
    if row.product:
        yield "Sản phẩm", row.product
    if task.progress is not None:
        yield "Tiến độ", f"{task.progress}%"
    yield from _past(found)
    yield from _roll_call(found)
    yield (
        "Duyệt",
        f"{REVIEW_NAMES[row.review]}, độ tin cậy {row.confidence:.0%}{reasons(task.reasons, row.late_at_intake)}",
    )


def _deadline(found: "Dossier") -> str:
    row = found.row
    if row.deadline_kind is None:
        return "không có"
    shown = f"“{row.deadline_text}”"
    if row.occurrence:
        return f"{shown}, kỳ này {day(row.occurrence)}"
    if row.current_due is None:
        return shown
    extended = f" (hạn đầu {day(row.due)})" if row.due and row.due != row.current_due else ""
    return f"{day(row.current_due)}{extended}, nguyên văn {shown}"
