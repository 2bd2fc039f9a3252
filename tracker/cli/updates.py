"""`done`, `reopen`: what people finish and open again, each recorded with who and when.

In: numbers of tasks. Out: one line a task; what cannot be changed is said on stderr, the rest is done.

Example: `nhacviec done 7 9 --on 18/11/2026 --reply 91/BC-SNV`.
"""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker import schedule
from tracker.cli.desk import Desk, desk_of
from tracker.cli.usage import Command
from tracker.cli.wording import day

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


OneUnit = Annotated[
    str | None, typer.Option("--unit", metavar="TÊN", help="Một đơn vị đã xong, trong việc giao cho nhiều đơn vị.")
]


@app.command(cls=Command)
def done(
    context: typer.Context,
    ids: Ids,
    on: On = None,
    reply: Reply = None,
    note: Note = None,
    occurrence: OccurrenceDay = None,
    unit: OneUnit = None,
) -> int:
    """Ghi nhiệm vụ, hoặc một kỳ của việc lặp lại, đã hoàn thành."""
    from tracker import completion, groups
    from tracker.period_words import parse_day

    desk = desk_of(context)
    how = completion.Finish(
        parse_day(on, desk.today) if on else None,
        reply,
        note,
        parse_day(occurrence, desk.today) if occurrence else None,
    )
    hand = desk.hand
    if unit is not None:
        return change_each(desk, ids, lambda session, task_id: groups.answered(session, task_id, unit, how, hand))
    return change_each(desk, ids, lambda session, task_id: completion.finish(session, task_id, how, hand))


@app.command(cls=Command)
def reopen(context: typer.Context, ids: Ids, occurrence: OccurrenceDay = None, unit: OneUnit = None) -> int:
    """Mở lại nhiệm vụ đã ghi hoàn thành, tạm dừng hoặc hủy.

    Với --unit thì chỉ lấy lại lời của một đơn vị.
    """
    from tracker import completion, groups
    from tracker.period_words import parse_day

    desk = desk_of(context)
    day_meant = parse_day(occurrence, desk.today) if occurrence else None
    hand = desk.hand
    if unit is not None:
        return change_each(desk, ids, lambda session, task_id: groups.taken_back(session, task_id, unit, hand))
    return change_each(desk, ids, lambda session, task_id: completion.reopen(session, task_id, hand, day_meant))


def change_each(desk: Desk, ids: list[str], change: "Callable[[Session, int], Changed | list[Changed]]") -> int:
    """Changes each task in a transaction of its own, so that one that cannot be changed leaves the others."""
    from tracker.database import writing
    from tracker.errors import NotFoundError, RefusedError

    changes: list[Changed] = []
    for given in ids:
        try:
            number = task_number(given)
            with writing(desk.engine) as session:
                made = change(session, number)
            changes += made if isinstance(made, list) else [made]
        except (NotFoundError, RefusedError) as error:
            desk.fail(None, error)
    if desk.as_json:
        desk.answer_json([_to_json(one) for one in changes])
    else:
        for one in changes:
            desk.tell(sentence(one))
    return desk.exit_code


def task_number(given: str) -> int:
    """The number that a person types, "7" or, as mails write it, "#7".

    Raises:
        NotFoundError: it is none.
    """
    from tracker.errors import NotFoundError

    text = given.strip().removeprefix("#")
    if not text.isdecimal():
        raise NotFoundError(f"“{given}” không phải số của nhiệm vụ", "xem số ở cột ID của “nhacviec tasks”")
    if len(text) > 9:  # no database has so many
        raise NotFoundError(f"không có nhiệm vụ số {text}", "xem số ở cột ID của “nhacviec tasks”")
    return int(text)


def _to_json(one: "Changed") -> dict[str, object]:
    return {
        "id": one.task_id,
        "occurrence": one.occurrence.isoformat() if one.occurrence else None,
        "schedule": one.standing.schedule if one.standing else None,
        "days_late": one.standing.days_late if one.standing else None,
        "changed": one.changed,
    }


def sentence(one: "Changed") -> str:
    """What became of a task, as one line."""
    which = f"Nhiệm vụ {one.task_id}" + (f", kỳ {day(one.occurrence)}" if one.occurrence else "")
    if one.standing is None and one.said:
        return f"{which}: {one.said}{'' if one.changed else ', đã ghi từ trước'}. {one.title}"
    if one.standing is None:
        return f"{which}: đã mở lại. {one.title}" if one.changed else f"{which}: đang mở, không có gì thay đổi."
    how = schedule.SCHEDULE_NAMES[one.standing.schedule] if one.standing.day else "hoàn thành"
    late = f" (trễ {one.standing.days_late} ngày)" if one.standing.days_late else ""
    known = "" if one.changed else ", đã ghi từ trước"
    return f"{which}: {how}{late}{known}. {one.title}"
