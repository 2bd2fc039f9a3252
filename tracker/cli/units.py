"""`units set|import|list`: the registry of units and their addresses.

In: a unit's name with addresses, or a spreadsheet of many. Out: what was stored, and how many parts in tasks are now
known to be theirs.

Example: `nhacviec units set "Sở Nội vụ" --email snv@example.vn`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.usage import Command, Group

if TYPE_CHECKING:
    from tracker.units import UnitRow

app = typer.Typer(cls=Group, help="Danh bạ đơn vị và địa chỉ thư.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="TÊN", help="Tên đầy đủ: “Sở Nội vụ”.", show_default=False)]
Emails = Annotated[
    list[str],
    typer.Option("--email", metavar="ĐỊA_CHỈ", help="Địa chỉ thư; ghi nhiều lần nếu có nhiều.", show_default=False),
]
Shorts = Annotated[
    list[str] | None, typer.Option("--short", metavar="TÊN", help="Tên gọi khác, tên viết tắt.", show_default=False)
]
Head = Annotated[
    str | None,
    typer.Option("--head", metavar="ĐỊA_CHỈ", help="Thư của thủ trưởng, nhận việc quá hạn lâu.", show_default=False),
]
Sheet = Annotated[
    Path, typer.Argument(metavar="TỆP", help="Tệp .xlsx hoặc .csv có các cột tên, email.", show_default=False)
]

_COLUMNS = (
    Column("Đơn vị", weight=4),
    Column("Tên khác", weight=2),
    Column("Địa chỉ thư", weight=4),
    Column("Số việc", right=True),
)


@app.command("set", cls=Command)
def set_one(context: typer.Context, name: Name, email: Emails, short: Shorts = None, head: Head = None) -> int:
    """Thêm một đơn vị, hoặc thay địa chỉ thư của đơn vị đã có."""
    from tracker.units import UnitRow

    return _store(desk_of(context), [UnitRow(name, tuple(email), tuple(short or ()), head=head)])


@app.command("import", cls=Command)
def import_many(context: typer.Context, file: Sheet) -> int:
    """Nạp nhiều đơn vị từ bảng tính; có một dòng sai thì không đổi gì."""
    from tracker.unit_sheets import read

    return _store(desk_of(context), read(file))


def _store(desk: Desk, given: "list[UnitRow]") -> int:
    from tracker import units
    from tracker.database import writing

    with writing(desk.engine) as session:
        changes = [units.set_unit(session, row, desk.who, desk.now) for row in given]
        joined = units.link(session, desk.settings.office.home)
    if desk.as_json:
        desk.answer_json([{"name": one.name, "emails": list(one.emails), "created": one.created} for one in changes])
        return 0
    for one in changes:
        desk.answer(
            f"{'Đã thêm' if one.created else 'Đã sửa'} {one.name}: {', '.join(one.emails) or 'chưa có địa chỉ thư'}"
        )
    if joined:
        desk.answer(f"{joined} lượt giao việc trong các văn bản đã nạp nay gắn với đơn vị trong danh bạ.")
    return 0


@app.command("list", cls=Command)
def list_all(context: typer.Context) -> int:
    """Danh bạ đơn vị."""
    from tracker import units
    from tracker.database import reading

    desk = desk_of(context)
    with reading(desk.engine) as session:
        found = units.list_units(session)
    if desk.as_json:
        desk.answer_json([
            {"id": u.id, "name": u.name, "short_names": list(u.short_names), "emails": list(u.emails), "tasks": u.tasks}
            for u in found
        ])  # fmt: skip
        return 0
    if not found:
        desk.answer("Danh bạ chưa có đơn vị nào.")
        desk.say("Thêm bằng: nhacviec units set TÊN --email ĐỊA_CHỈ, hoặc nhacviec units import TỆP.xlsx")
        return 0
    lines = [
        Line((unit.name, ", ".join(unit.short_names) or "—", ", ".join(unit.emails) or "chưa có", str(unit.tasks)))
        for unit in found
    ]
    desk.answer("\n".join(table(_COLUMNS, lines, terminal_width())))
    return 0
