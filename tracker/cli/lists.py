"""`tasks`, `due`, `overdue`, `docs`: questions about what is stored.

In: filters as a clerk types them. Out: a table that fits the terminal, or the contract's JSON.

Example: `nhacviec due tháng này --unit "sở nội vụ"` ends with "và 3 việc quá hạn từ trước, 5 việc không có hạn".
"""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.asking import DueIn, Overdue, Page, asking
from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.usage import Command, Group
from tracker.cli.wording import day, task_lines

if TYPE_CHECKING:
    from tracker.queries import Listing

app = typer.Typer()
docs_app = typer.Typer(cls=Group, help="Danh mục văn bản.", rich_markup_mode=None)

Period = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KHOẢNG",
        help="tháng này, tuần này, quý 4, 2026-11, 2026-Q4, 2026, 7d, 1/11/2026..15/11/2026 …  [mặc định: tháng này]",
        show_default=False,
    ),
]
_DOCUMENT_COLUMNS = (
    Column("ID", right=True),
    Column("Số, ký hiệu", widest=18),
    Column("Ngày"),
    Column("Cơ quan ban hành", weight=3),
    Column("Trích yếu", weight=5),
    Column("Việc", right=True),
    Column("Chưa xong", right=True),
    Column("Chờ duyệt", right=True),
)


@app.command(cls=Command)
@asking
def tasks(context: typer.Context, asked: Page, due: DueIn = None, overdue: Overdue = False) -> int:
    """Liệt kê nhiệm vụ theo đơn vị, văn bản, trạng thái, nội dung."""
    from tracker import queries
    from tracker.database import answering
    from tracker.period_words import parse_period

    desk = desk_of(context)
    wanted = asked.filters(desk.settings)
    period = parse_period(due, desk.today) if due is not None else None
    select = queries.overdue if overdue else queries.tasks
    with answering(desk.engine) as connection:
        _print(desk, select(connection, wanted, desk.clock, period), "Không có việc nào như vậy.")
    return desk.exit_code


@app.command(cls=Command)
@asking
def due(context: typer.Context, asked: Page, period: Period = None) -> int:
    """Việc đến hạn trong một khoảng thời gian mà chưa xong."""
    from tracker import queries
    from tracker.database import answering
    from tracker.period_words import parse_period

    desk = desk_of(context)
    wanted = asked.filters(desk.settings)
    days = parse_period(" ".join(period) if period else "this-month", desk.today)
    with answering(desk.engine) as connection:
        listing = queries.due(connection, wanted, days, desk.clock)
        span = day(days.start) if days.start == days.end else f"{day(days.start)}–{day(days.end)}"
        _print(desk, listing, f"Không có việc nào đến hạn {span} mà chưa xong.")
    if not desk.as_json:
        if listing.rows:
            desk.answer(f"{listing.total} việc đến hạn {span}, hôm nay {day(desk.today)},")
        desk.answer(f"và {listing.overdue_before} việc quá hạn từ trước, {listing.without_day} việc không có hạn")
        if listing.overdue_before:
            desk.say("Xem việc quá hạn: nhacviec overdue")
    return desk.exit_code


@app.command(cls=Command)
@asking
def overdue(context: typer.Context, asked: Page) -> int:
    """Việc đã quá hạn, và quá bao nhiêu ngày."""
    from tracker import queries
    from tracker.database import answering

    desk = desk_of(context)
    wanted = asked.filters(desk.settings)
    with answering(desk.engine) as connection:
        listing = queries.overdue(connection, wanted, desk.clock)
        _print(desk, listing, f"Không có việc nào quá hạn đến ngày {day(desk.today)}.")
    if listing.rows and not desk.as_json:
        desk.say("Việc đã xong thì ghi: nhacviec done ID --on NGÀY --reply SỐ_VĂN_BẢN")
    return desk.exit_code


def _print(desk: Desk, listing: "Listing", nothing: str) -> None:
    from tracker import rows

    if desk.as_json:
        desk.answer_json([rows.to_json(row) for row in listing.rows])
        return
    if not listing.rows:
        desk.answer(nothing)
        _hint_if_empty(desk)
        return
    desk.answer("\n".join(task_lines(listing.rows, desk.today)))
    left = listing.total - listing.skipped - len(listing.rows)
    if left > 0:
        desk.answer(f"… còn {left} việc nữa (xem tiếp bằng --page, hoặc bỏ --limit để xem hết)")


def _hint_if_empty(desk: Desk) -> None:
    """Where nothing was ever taken in, an empty answer says how to begin."""
    from tracker import documents
    from tracker.database import answering

    with answering(desk.engine) as connection:
        if not documents.any_stored(connection):
            desk.say("Chưa có văn bản nào; nạp bằng: nhacviec ingest ĐƯỜNG_DẪN")


@docs_app.callback(invoke_without_command=True)
def docs(context: typer.Context) -> int:
    """Danh mục văn bản đã nạp."""
    from tracker import documents
    from tracker.database import answering

    desk = desk_of(context)
    if context.invoked_subcommand is not None:
        return 0
    with answering(desk.engine) as connection:
        found = documents.list_documents(connection)
    if desk.as_json:
        desk.answer_json([documents.to_json(row) for row in found])
        return 0
    if not found:
        desk.answer("Chưa có văn bản nào.")
        desk.say("Nạp bằng: nhacviec ingest ĐƯỜNG_DẪN")
        return 0
    lines = [
        Line(
            (
                str(row.id), row.number or row.doc_id, day(row.date), row.issuer or "chưa rõ", row.subject or "—",
                str(row.tasks), str(row.open), str(row.to_review),
            ),
            "black" if row.state == "active" else "grey",
        )
        for row in found
    ]  # fmt: skip
    desk.answer("\n".join(table(_DOCUMENT_COLUMNS, lines, terminal_width())))
    return 0
