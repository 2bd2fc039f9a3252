"""`start`, `progress`, `extend`, `assign`, `pause`, `cancel`, `note`, `event`: a task on its way.

In: numbers of tasks and what is new. Out: one line a task; what cannot be changed is said on stderr, the rest is done.

Example: `nhacviec extend 7 --to 20/12/2026 --reason "chờ số liệu của các xã" --approved-by 12/TB-VP`.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.updates import Ids, change_each
from tracker.cli.usage import Command
from tracker.cli.wording import day

if TYPE_CHECKING:
    from tracker.events import Dated

app = typer.Typer()

Id = Annotated[str, typer.Argument(metavar="ID", help="Số của nhiệm vụ.", show_default=False)]
Words = Annotated[list[str] | None, typer.Argument(metavar="CHỮ", help="Nội dung.", show_default=False)]
Note = Annotated[str | None, typer.Option("--note", metavar="CHỮ", help="Nội dung, như ghi sau ID.")]
Percent = Annotated[int | None, typer.Option("--percent", metavar="N", help="Khối lượng đã xong, từ 0 đến 100.")]
To = Annotated[str, typer.Option("--to", metavar="NGÀY", help="Hạn mới: 20/12/2026.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", metavar="CHỮ", help="Lý do.", show_default=False)]
ApprovedBy = Annotated[str | None, typer.Option("--approved-by", metavar="SỐ", help="Văn bản cho phép gia hạn.")]
Lead = Annotated[
    list[str] | None, typer.Option("--lead", metavar="TÊN", help="Đơn vị chủ trì; nhiều thì ghi nhiều lần.")
]
Support = Annotated[
    list[str] | None, typer.Option("--support", metavar="TÊN", help="Đơn vị phối hợp; ghi nhiều lần nếu nhiều.")
]
Name = Annotated[
    list[str] | None, typer.Argument(metavar="SỰ_KIỆN", help="“Nghị quyết được ban hành”.", show_default=False)
]
On = Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày của sự kiện: 01/03/2026.")]
Doc = Annotated[str | None, typer.Option("--doc", metavar="SỐ", help="Chỉ các việc của văn bản này.")]


@app.command(cls=Command)
def start(context: typer.Context, ids: Ids) -> int:
    """Ghi nhiệm vụ đang được thực hiện."""
    from tracker import following

    desk = desk_of(context)
    return change_each(desk, ids, lambda session, task_id: following.start(session, task_id, desk.hand))


@app.command(cls=Command)
def progress(
    context: typer.Context, task_id: Id, words: Words = None, percent: Percent = None, note: Note = None
) -> int:
    """Ghi tiến độ của nhiệm vụ bằng lời hoặc phần trăm."""
    from tracker import following

    desk = desk_of(context)
    said = note or " ".join(words or [])
    return change_each(
        desk, [task_id], lambda session, number: following.progress(session, number, percent, said, desk.hand)
    )


@app.command(cls=Command)
def extend(context: typer.Context, ids: Ids, to: To, reason: Reason, approved_by: ApprovedBy = None) -> int:
    """Gia hạn: đặt hạn mới muộn hơn, giữ nguyên hạn đầu."""
    from tracker import following
    from tracker.period_words import parse_day

    desk = desk_of(context)
    longer = following.Longer(parse_day(to, desk.today), reason, approved_by, desk.settings.max_extensions)
    return change_each(desk, ids, lambda session, task_id: following.extend(session, task_id, longer, desk.hand))


@app.command(cls=Command)
def assign(context: typer.Context, ids: Ids, lead: Lead = None, support: Support = None) -> int:
    """Giao nhiệm vụ cho đơn vị khác; vai nào không nêu thì giữ nguyên."""
    from tracker import following

    desk = desk_of(context)
    return change_each(desk, ids, lambda session, task_id: following.assign(session, task_id, lead, support, desk.hand))


@app.command(cls=Command)
def pause(context: typer.Context, ids: Ids, reason: Reason) -> int:
    """Tạm dừng nhiệm vụ."""
    from tracker import following

    desk = desk_of(context)
    return change_each(
        desk, ids, lambda session, task_id: following.stop(session, task_id, "paused", reason, desk.hand)
    )


@app.command(cls=Command)
def cancel(context: typer.Context, ids: Ids, reason: Reason) -> int:
    """Hủy nhiệm vụ."""
    from tracker import following

    desk = desk_of(context)
    return change_each(
        desk, ids, lambda session, task_id: following.stop(session, task_id, "cancelled", reason, desk.hand)
    )


@app.command(cls=Command)
def note(context: typer.Context, task_id: Id, words: Words = None, note: Note = None) -> int:
    """Ghi chú vào lịch sử của nhiệm vụ."""
    from tracker import following

    desk = desk_of(context)
    said = note or " ".join(words or [])
    return change_each(desk, [task_id], lambda session, number: following.note(session, number, said, desk.hand))


@app.command(cls=Command)
def event(context: typer.Context, name: Name = None, on: On = None, doc: Doc = None) -> int:
    """Ghi ngày của sự kiện mà thời hạn chờ; không nêu gì thì liệt kê."""
    from tracker import events
    from tracker.database import writing
    from tracker.errors import WrongUsageError
    from tracker.period_words import parse_day

    desk = desk_of(context)
    if not name:
        return _list_events(desk)
    if on is None:
        raise WrongUsageError("thiếu ngày của sự kiện", "ghi như: --on 01/03/2026")
    told = events.Event(" ".join(name), parse_day(on, desk.today), doc)
    days_off = desk.days_off
    with writing(desk.engine) as session:
        dated = events.happened(session, told, days_off, desk.hand)
    if desk.as_json:
        desk.answer_json([_to_json(one) for one in dated])
        return 0
    for one in dated:
        desk.tell(_sentence(one))
    return 0


def _to_json(one: "Dated") -> dict[str, object]:
    return {
        "id": one.task_id,
        "start": one.start.isoformat() if one.start else None,
        "due": one.due.isoformat() if one.due else None,
        "changed": one.changed,
    }


def _sentence(one: "Dated") -> str:
    if one.due is not None:
        return f"Nhiệm vụ {one.task_id}: hạn {day(one.due)}. {one.title}"
    return f"Nhiệm vụ {one.task_id}: bắt đầu từ {day(one.start)}, văn bản không nêu hạn. {one.title}"


def _list_events(desk: Desk) -> int:
    from tracker import events
    from tracker.database import reading

    with reading(desk.engine) as session:
        found = events.waiting(session)
    if desk.as_json:
        desk.answer_json([{"name": one.name, "tasks": one.tasks, "documents": list(one.documents)} for one in found])
        return 0
    for one in found:
        desk.tell(f"“{one.name}”: {one.tasks} việc chờ, ở {', '.join(one.documents[:5])}")
    if not found:
        desk.answer("Không có việc nào chờ sự kiện.")
    else:
        desk.say("Ghi ngày: nhacviec event “SỰ KIỆN” --on NGÀY")
    return 0
