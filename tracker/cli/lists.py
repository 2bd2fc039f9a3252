"""`tasks`, `due`, `overdue`, `docs`: questions about what is stored.

In: filters as a clerk types them. Out: a table that fits the terminal, or the contract's JSON.

Example: `nhacviec due tháng này --unit "sở nội vụ"` ends with "và 3 việc quá hạn từ trước, 5 việc không có hạn".
"""

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.usage import Command, Group
from tracker.cli.wording import day, task_lines

if TYPE_CHECKING:
    from tracker.queries import Filters, Listing

app = typer.Typer()
docs_app = typer.Typer(cls=Group, help="Danh mục văn bản.", rich_markup_mode=None)

Unit = Annotated[str | None, typer.Option("--unit", metavar="TÊN", help="Một phần tên đơn vị, có dấu hay không.")]
Role = Annotated[
    str | None, typer.Option("--role", metavar="VAI", help="Vai của đơn vị: lead (chủ trì), support (phối hợp).")
]
Status = Annotated[
    str | None,
    typer.Option("--status", metavar="TT", help="todo, doing, done, paused, cancelled (cách nhau bằng dấu phẩy)."),
]
Doc = Annotated[str | None, typer.Option("--doc", metavar="SỐ", help="Văn bản: “258/KH-UBND” hoặc “258”.")]
Text = Annotated[str | None, typer.Option("--text", metavar="TỪ", help="Các từ trong nội dung, có dấu hay không.")]
Review = Annotated[
    str | None,
    typer.Option("--review", metavar="TT", help="pending (chưa duyệt), accepted (đã duyệt), rejected (loại)."),
]
Sort = Annotated[
    str,
    typer.Option("--sort", metavar="CỘT", help="due, id, doc, title, lead, status, confidence; -due là đảo."),
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Nhiều nhất N dòng.")]
Page = Annotated[int, typer.Option("--page", metavar="N", min=1, help="Trang thứ N, mỗi trang --limit dòng.")]
Mine = Annotated[bool, typer.Option("--mine", help="Chỉ việc của cơ quan mình ([office] unit trong cài đặt).")]
NoDeadline = Annotated[bool, typer.Option("--no-deadline", help="Chỉ việc không có hạn.")]
NoLead = Annotated[bool, typer.Option("--no-lead", help="Chỉ việc chưa rõ đơn vị chủ trì.")]
DueIn = Annotated[
    str | None, typer.Option("--due", metavar="KHOẢNG", help="Việc có hạn trong khoảng này (viết như ở lệnh due).")
]
Overdue = Annotated[bool, typer.Option("--overdue", help="Chỉ những việc quá hạn.")]
Period = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="KHOẢNG",
        help="tháng này, tuần này, quý 4, 2026-11, 2026-Q4, 2026, 7d, 1/11/2026..15/11/2026 …  [mặc định: tháng này]",
        show_default=False,
    ),
]
_PAGE = 50
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
def tasks(
    context: typer.Context,
    due: DueIn = None,
    overdue: Overdue = False,
    unit: Unit = None,
    role: Role = None,
    status: Status = None,
    doc: Doc = None,
    text: Text = None,
    review: Review = None,
    sort: Sort = "due",
    limit: Limit = None,
    page: Page = 1,
    mine: Mine = False,
    no_deadline: NoDeadline = False,
    no_lead: NoLead = False,
) -> int:
    """Liệt kê nhiệm vụ theo đơn vị, văn bản, trạng thái, nội dung."""
    from tracker import queries
    from tracker.database import answering
    from tracker.filter_words import filters
    from tracker.period_words import parse_period

    desk = desk_of(context)
    wanted = filters(unit, role, status, doc, text, review)._replace(no_deadline=no_deadline, no_lead=no_lead)
    wanted = _ordered(desk, wanted, sort, (limit, page), mine)
    period = parse_period(due, desk.today) if due is not None else None
    select = queries.overdue if overdue else queries.tasks
    with answering(desk.engine) as connection:
        _print(desk, select(connection, wanted, desk.clock, period), "Không có việc nào như vậy.")
    return desk.exit_code


@app.command(cls=Command)
def due(
    context: typer.Context,
    period: Period = None,
    unit: Unit = None,
    role: Role = None,
    status: Status = None,
    doc: Doc = None,
    text: Text = None,
    review: Review = None,
    sort: Sort = "due",
    limit: Limit = None,
    page: Page = 1,
    mine: Mine = False,
    no_deadline: NoDeadline = False,
    no_lead: NoLead = False,
) -> int:
    """Việc đến hạn trong một khoảng thời gian mà chưa xong."""
    from tracker import queries
    from tracker.database import answering
    from tracker.filter_words import filters
    from tracker.period_words import parse_period

    desk = desk_of(context)
    wanted = filters(unit, role, status, doc, text, review)._replace(no_deadline=no_deadline, no_lead=no_lead)
    wanted = _ordered(desk, wanted, sort, (limit, page), mine)
    asked = parse_period(" ".join(period) if period else "this-month", desk.today)
    with answering(desk.engine) as connection:
        listing = queries.due(connection, wanted, asked, desk.clock)
        span = day(asked.start) if asked.start == asked.end else f"{day(asked.start)}–{day(asked.end)}"
        _print(desk, listing, f"Không có việc nào đến hạn {span} mà chưa xong.")
    if not desk.as_json:
        if listing.rows:
            desk.answer(f"{listing.total} việc đến hạn {span}, hôm nay {day(desk.today)},")
        desk.answer(f"và {listing.overdue_before} việc quá hạn từ trước, {listing.without_day} việc không có hạn")
        if listing.overdue_before:
            desk.say("Xem việc quá hạn: nhacviec overdue")
    return desk.exit_code


@app.command(cls=Command)
def overdue(
    context: typer.Context,
    unit: Unit = None,
    role: Role = None,
    status: Status = None,
    doc: Doc = None,
    text: Text = None,
    review: Review = None,
    sort: Sort = "due",
    limit: Limit = None,
    page: Page = 1,
    mine: Mine = False,
    no_deadline: NoDeadline = False,
    no_lead: NoLead = False,
) -> int:
    """Việc đã quá hạn, và quá bao nhiêu ngày."""
    from tracker import queries
    from tracker.database import answering
    from tracker.filter_words import filters

    desk = desk_of(context)
    wanted = filters(unit, role, status, doc, text, review)._replace(no_deadline=no_deadline, no_lead=no_lead)
    wanted = _ordered(desk, wanted, sort, (limit, page), mine)
    with answering(desk.engine) as connection:
        listing = queries.overdue(connection, wanted, desk.clock)
        _print(desk, listing, f"Không có việc nào quá hạn đến ngày {day(desk.today)}.")
    if listing.rows and not desk.as_json:
        desk.say("Việc đã xong thì ghi: nhacviec done ID --on NGÀY --reply SỐ_VĂN_BẢN")
    return desk.exit_code


def _ordered(desk: Desk, wanted: "Filters", sort: str, shown: tuple[int | None, int], mine: bool) -> "Filters":
    """*wanted* in the order and the page asked for, and ours alone if asked."""
    from tracker.filter_words import ours

    limit, page = shown
    limit = _PAGE if limit is None and page > 1 else limit
    return wanted._replace(
        sort=sort, limit=limit, skip=(limit or 0) * (page - 1), mine=ours(desk.settings) if mine else None
    )


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
