"""`done`, `reopen`, `review`: what people change, each recorded with who and when.

In: numbers of tasks, or a document. Out: one line a task; what cannot be changed is said on stderr, the rest is done.

Example: `nhacviec done 7 9 --on 18/11/2026 --reply 91/BC-SNV`.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker import schedule
from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.usage import Command
from tracker.cli.wording import day, deadline, reasons, units

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlmodel import Session

    from tracker.changes import Changed

app = typer.Typer()

Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Số của các nhiệm vụ.", show_default=False)]
On = Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày hoàn thành: 18/11/2026 (mặc định hôm nay).")]
Reply = Annotated[str | None, typer.Option("--reply", metavar="SỐ", help="Số, ký hiệu văn bản trả lời.")]
Note = Annotated[str | None, typer.Option("--note", metavar="CHỮ", help="Ghi chú vào lịch sử.")]
OccurrenceDay = Annotated[
    str | None, typer.Option("--occurrence", metavar="NGÀY", help="Kỳ của việc lặp lại (mặc định kỳ mà các bảng nêu).")
]
DocArgument = Annotated[
    str | None, typer.Argument(metavar="VĂN_BẢN", help="Chỉ của một văn bản: “258/KH-UBND”.", show_default=False)
]
AcceptAll = Annotated[bool, typer.Option("--accept-all", help="Duyệt hết các việc đang chờ.")]

_WAITING_COLUMNS = (
    Column("ID", right=True),
    Column("Việc", weight=5, lines=4),
    Column("Chủ trì", weight=3),
    Column("Hạn"),
    Column("Vì sao chờ", weight=3, lines=4),
)


@app.command(cls=Command)
def done(
    context: typer.Context,
    ids: Ids,
    on: On = None,
    reply: Reply = None,
    note: Note = None,
    occurrence: OccurrenceDay = None,
) -> int:
    """Ghi nhiệm vụ, hoặc một kỳ của việc lặp lại, đã hoàn thành."""
    from tracker import completion
    from tracker.period_words import parse_day

    desk = desk_of(context)
    how = completion.Finish(
        parse_day(on, desk.today) if on else None,
        reply,
        note,
        parse_day(occurrence, desk.today) if occurrence else None,
    )
    hand = desk.hand
    return change_each(desk, ids, lambda session, task_id: completion.finish(session, task_id, how, hand))


@app.command(cls=Command)
def reopen(context: typer.Context, ids: Ids, occurrence: OccurrenceDay = None) -> int:
    """Mở lại nhiệm vụ đã ghi hoàn thành, tạm dừng hoặc hủy."""
    from tracker import completion
    from tracker.period_words import parse_day

    desk = desk_of(context)
    day_meant = parse_day(occurrence, desk.today) if occurrence else None
    hand = desk.hand
    return change_each(desk, ids, lambda session, task_id: completion.reopen(session, task_id, hand, day_meant))


def change_each(desk: Desk, ids: list[str], change: "Callable[[Session, int], Changed]") -> int:
    """Changes each task in a transaction of its own, so that one that cannot be changed leaves the others."""
    from tracker.database import writing
    from tracker.errors import NotFoundError, RefusedError

    changes = []
    for given in ids:
        text = given.removeprefix("#")  # as mails write it
        try:
            if not text.isdecimal() or len(text) > 18:
                raise NotFoundError(f"“{given}” không phải số của nhiệm vụ", "xem số ở cột ID của “nhacviec tasks”")
            with writing(desk.engine) as session:
                changes.append(change(session, int(text)))
        except (NotFoundError, RefusedError) as error:
            desk.fail(None, error)
    if desk.as_json:
        desk.answer_json([_to_json(one) for one in changes])
    else:
        for one in changes:
            desk.answer(_sentence(one))
    return desk.exit_code


def _to_json(one: "Changed") -> dict[str, object]:
    return {
        "id": one.task_id,
        "occurrence": one.occurrence.isoformat() if one.occurrence else None,
        "schedule": one.standing.schedule if one.standing else None,
        "days_late": one.standing.days_late if one.standing else None,
        "changed": one.changed,
    }


def _sentence(one: "Changed") -> str:
    which = f"Nhiệm vụ {one.task_id}" + (f", kỳ {day(one.occurrence)}" if one.occurrence else "")
    if one.standing is None and one.said:
        return f"{which}: {one.said}{'' if one.changed else ', đã ghi từ trước'}. {one.title}"
    if one.standing is None:
        return f"{which}: đã mở lại. {one.title}" if one.changed else f"{which}: đang mở, không có gì thay đổi."
    how = schedule.SCHEDULE_NAMES[one.standing.schedule] if one.standing.day else "hoàn thành"
    late = f" (trễ {one.standing.days_late} ngày)" if one.standing.days_late else ""
    known = "" if one.changed else ", đã ghi từ trước"
    return f"{which}: {how}{late}{known}. {one.title}"


@app.command(cls=Command)
def review(context: typer.Context, doc: DocArgument = None, accept_all: AcceptAll = False) -> int:
    """Các việc chờ văn thư duyệt; --accept-all duyệt hết."""
    desk = desk_of(context)
    return _accept(desk, doc) if accept_all else _list_waiting(desk, doc)


def _accept(desk: Desk, doc: str | None) -> int:
    from tracker.database import writing
    from tracker.review import accept_all

    with writing(desk.engine) as session:
        accepted = accept_all(session, doc, desk.hand)
    if desk.as_json:
        desk.answer_json({"accepted": accepted.tasks, "late": accepted.late})
        return 0
    desk.answer(f"Đã duyệt {accepted.tasks} việc.")
    if accepted.late:
        desk.answer(f"Trong đó {accepted.late} việc đã quá hạn khi nạp; từ nay các việc này có trong thư nhắc.")
        desk.say("Việc nào thật ra đã xong thì ghi: nhacviec done ID --on NGÀY")
    return 0


def _list_waiting(desk: Desk, doc: str | None) -> int:
    from tracker import queries, rows
    from tracker.database import answering

    with answering(desk.engine) as connection:
        listing = queries.tasks(connection, queries.Filters(doc=doc, review="pending", sort="id"), desk.clock)
    if desk.as_json:
        desk.answer_json([rows.to_json(row) for row in listing.rows])
        return 0
    if not listing.rows:
        desk.answer("Không có việc nào chờ duyệt.")
        return 0
    lines = [
        Line((
            str(row.id), row.title, units(row.lead), deadline(row),
            f"tin cậy {row.confidence:.0%}{reasons((), row.late_at_intake)}",
        ))
        for row in listing.rows
    ]  # fmt: skip
    desk.answer("\n".join(table(_WAITING_COLUMNS, lines, terminal_width())))
    late = sum(row.late_at_intake for row in listing.rows)
    desk.answer(f"{listing.total} việc chờ duyệt{f', trong đó {late} việc đã quá hạn khi nạp' if late else ''}.")
    desk.say(f"Xem từng việc: nhacviec show ID. Duyệt hết: nhacviec review --accept-all{f' {doc}' if doc else ''}")
    return 0
