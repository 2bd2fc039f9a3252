"""`review`, `accept`, `reject`, `edit`, `split`, `merge`: a clerk's word on what was found.

In: a document or numbers of tasks, and keys at a terminal. Out: each task with its quotes, place and reasons; each
decision is stored at once, so that a review may stop anywhere.

Example: `nhacviec review 258` shows task 7 and asks "Duyệt, sửa, loại, tách, gộp, bỏ qua, thôi?".
"""

import sys
from typing import Annotated

import typer

from tracker.cli import keyboard
from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, is_terminal, table, terminal_width
from tracker.cli.updates import Ids, change_each, task_number
from tracker.cli.usage import Command
from tracker.cli.wording import deadline, reasons, units

app = typer.Typer()

DocArgument = Annotated[
    str | None, typer.Argument(metavar="VĂN_BẢN", help="Chỉ của một văn bản: “258/KH-UBND”.", show_default=False)
]
AcceptAll = Annotated[bool, typer.Option("--accept-all", help="Duyệt hết các việc đang chờ.")]

Keys = Annotated[bool, typer.Option("--keys", help="Hỏi từng việc, cả khi phím đến từ một tệp.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="CHỮ", help="Lý do.")]
Text = Annotated[str | None, typer.Option("--text", metavar="CHỮ", help="Nội dung của việc.")]
Title = Annotated[str | None, typer.Option("--title", metavar="CHỮ", help="Nội dung rút gọn, cho các bảng.")]
Lead = Annotated[list[str] | None, typer.Option("--lead", metavar="TÊN", help="Đơn vị chủ trì.")]
Support = Annotated[list[str] | None, typer.Option("--support", metavar="TÊN", help="Đơn vị phối hợp.")]
Deadline = Annotated[
    str | None,
    typer.Option("--deadline", metavar="HẠN", help="30/11/2026, quý IV/2026, ngày 20 hằng tháng; “không” là bỏ hạn."),
]
Product = Annotated[str | None, typer.Option("--product", metavar="CHỮ", help="Sản phẩm, kết quả; “” là bỏ.")]
Into = Annotated[
    list[str], typer.Option("--into", metavar="CHỮ", help="Nội dung của một việc; ghi nhiều lần.", show_default=False)
]
_WAITING_COLUMNS = (
    Column("ID", right=True),
    Column("Việc", weight=5, lines=4),
    Column("Chủ trì", weight=3),
    Column("Hạn"),
    Column("Vì sao chờ", weight=3, lines=4),
)


@app.command(cls=Command)
def review(context: typer.Context, doc: DocArgument = None, accept_all: AcceptAll = False, keys: Keys = False) -> int:
    """Duyệt từng việc đang chờ; --accept-all duyệt hết.

    Ở terminal thì hỏi từng việc bằng phím, dừng lúc nào cũng được; nơi khác thì liệt kê.
    """
    desk = desk_of(context)
    if accept_all:
        return _accept(desk, doc)
    if keys or (not desk.as_json and sys.stdin.isatty() and is_terminal()):
        return keyboard.ask_each(desk, doc)
    return _list_waiting(desk, doc)


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
        desk.tell(f"Trong đó {accepted.late} việc đã quá hạn khi nạp; từ nay các việc này có trong thư nhắc.")
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


@app.command(cls=Command)
def accept(context: typer.Context, ids: Ids) -> int:
    """Duyệt các nhiệm vụ nêu số."""
    from tracker import review as decisions

    desk = desk_of(context)
    return change_each(desk, ids, lambda session, task_id: decisions.accept(session, task_id, desk.hand))


@app.command(cls=Command)
def reject(context: typer.Context, ids: Ids, reason: Reason = None) -> int:
    """Loại: không phải nhiệm vụ, không theo dõi nữa."""
    from tracker import review as decisions

    desk = desk_of(context)
    return change_each(desk, ids, lambda session, task_id: decisions.reject(session, task_id, reason, desk.hand))


@app.command(cls=Command)
def edit(
    context: typer.Context,
    task_id: Annotated[str, typer.Argument(metavar="ID", help="Số của nhiệm vụ.", show_default=False)],
    text: Text = None,
    title: Title = None,
    lead: Lead = None,
    support: Support = None,
    deadline: Deadline = None,
    product: Product = None,
) -> int:
    """Sửa các trường của một nhiệm vụ; giá trị cũ còn trong lịch sử."""
    from tracker import review as decisions

    desk = desk_of(context)
    what = decisions.Edit(
        text, title, tuple(lead) if lead else None, tuple(support) if support else None, deadline, product
    )
    return change_each(desk, [task_id], lambda session, number: decisions.edit(session, number, what, desk.hand))


@app.command(cls=Command)
def split(
    context: typer.Context,
    task_id: Annotated[str, typer.Argument(metavar="ID", help="Số của nhiệm vụ.", show_default=False)],
    into: Into,
) -> int:
    """Tách một nhiệm vụ thành nhiều, mỗi --into một việc."""
    from tracker import review as decisions

    desk = desk_of(context)
    return change_each(desk, [task_id], lambda session, number: decisions.split(session, number, into, desk.hand))


@app.command(cls=Command)
def merge(context: typer.Context, ids: Ids) -> int:
    """Gộp các nhiệm vụ của một văn bản vào nhiệm vụ nêu đầu tiên."""
    from tracker import review as decisions

    desk = desk_of(context)
    numbers = [task_number(one) for one in ids]
    return change_each(desk, ids[:1], lambda session, _: decisions.merge(session, numbers, desk.hand))
