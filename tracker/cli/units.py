"""`units base|set|import|list|ambiguous|choose`: the registry of units.

In: a unit's name with what is known of it, a spreadsheet of many, or provinces. Out: what was stored, and how many
parts in tasks are now known to be theirs.

Example: `nhacviec units base --province "Đồng Nai"`, `nhacviec units set "Sở Nội vụ" --email snv@example.vn`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.usage import Command, Group
from tracker.cli.wording import day

if TYPE_CHECKING:
    from tracker.unit_details import Details
    from tracker.units import ListedUnit, UnitRow

app = typer.Typer(cls=Group, help="Danh bạ đơn vị và địa chỉ thư.", rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="TÊN", help="Tên đầy đủ: “Sở Nội vụ”.", show_default=False)]
Emails = Annotated[
    list[str] | None,
    typer.Option("--email", metavar="ĐỊA_CHỈ", help="Địa chỉ thư; ghi nhiều lần nếu có nhiều.", show_default=False),
]
Shorts = Annotated[
    list[str] | None, typer.Option("--short", metavar="TÊN", help="Tên gọi khác, tên viết tắt.", show_default=False)
]
Head = Annotated[
    str | None,
    typer.Option("--head", metavar="ĐỊA_CHỈ", help="Thư của thủ trưởng, nhận việc quá hạn lâu.", show_default=False),
]
Code = Annotated[str | None, typer.Option("--code", metavar="MÃ", help="Mã của đơn vị, ví dụ H37.01.")]
Level = Annotated[str | None, typer.Option("--level", metavar="CẤP", help="Cấp, ví dụ: central, province, commune.")]
Parent = Annotated[str | None, typer.Option("--parent", metavar="TÊN", help="Đơn vị cấp trên.")]
From = Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Có từ ngày.")]
To = Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Có đến hết ngày (sáp nhập, giải thể).")]
Successor = Annotated[str | None, typer.Option("--successor", metavar="TÊN", help="Đơn vị tiếp nhận công việc.")]
IsGroup = Annotated[bool, typer.Option("--group", help="Là một nhóm, như “các sở, ban, ngành”.")]
Members = Annotated[
    list[str] | None,
    typer.Option(
        "--member", metavar="TÊN", help="Thành viên của nhóm; ghi nhiều lần, hoặc “UBND xã *”.", show_default=False
    ),
]
Provinces = Annotated[
    list[str] | None,
    typer.Option(
        "--province", metavar="TÊN", help="Tỉnh có các sở cần nạp (mặc định theo cài đặt).", show_default=False
    ),
]
Written = Annotated[str, typer.Argument(metavar="TÊN", help="Tên như văn bản ghi.", show_default=False)]
Meant = Annotated[str, typer.Argument(metavar="ĐƠN_VỊ", help="Đơn vị trong danh bạ.", show_default=False)]
Issuer = Annotated[
    str | None,
    typer.Option("--issuer", metavar="CƠ_QUAN", help="Chỉ trong văn bản của cơ quan này (mặc định mọi văn bản)."),
]
Communes = Annotated[
    bool, typer.Option("--communes", help="Thêm UBND các xã, phường, đặc khu (từ 01/7/2025) của các tỉnh ấy.")
]
Sheet = Annotated[
    Path, typer.Argument(metavar="TỆP", help="Tệp .xlsx hoặc .csv có các cột tên, email.", show_default=False)
]

_COLUMNS = (
    Column("Đơn vị", weight=4, lines=6),
    Column("Tên khác", weight=2),
    Column("Địa chỉ thư", weight=4),
    Column("Số việc", right=True),
)


@app.command(cls=Command)
def base(context: typer.Context, province: Provinces = None, communes: Communes = False) -> int:
    """Nạp danh bạ cơ sở: bộ, ngành, UBND tỉnh, sở, xã, phường.

    Các bộ, ngành, UBND các tỉnh trước và sau 01/7/2025, các sở của tỉnh mình; có --communes thì thêm UBND các xã,
    phường, đặc khu của tỉnh. Đơn vị đã có thì giữ nguyên tên và địa chỉ thư.
    """
    from tracker import units
    from tracker.database import writing
    from tracker.unit_base import load_base

    desk = desk_of(context)
    home = desk.settings.office.home
    with writing(desk.engine) as session:
        loaded = load_base(session, province or (), home, communes)
        joined = units.link(session, home)
    if desk.as_json:
        desk.answer_json({**loaded._asdict(), "joined": joined})
        return 0
    desk.answer(f"Đã thêm {loaded.added} đơn vị vào danh bạ, {loaded.known} đơn vị đã có.")
    if communes:
        desk.tell("Xin đối chiếu tên xã, phường (nguồn thiếu 9 đơn vị của cả nước); thêm bằng: nhacviec units set TÊN")
    _say_joined(desk, joined)
    return 0


@app.command("set", cls=Command)
def set_one(
    context: typer.Context,
    name: Name,
    email: Emails = None,
    short: Shorts = None,
    head: Head = None,
    code: Code = None,
    level: Level = None,
    parent: Parent = None,
    valid_from: From = None,
    valid_to: To = None,
    successor: Successor = None,
    is_group: IsGroup = False,
    member: Members = None,
) -> int:
    """Thêm một đơn vị, hoặc sửa đơn vị đã có: chỉ những gì nêu ra."""
    from tracker.period_words import parse_day
    from tracker.unit_details import Details
    from tracker.units import UnitRow

    desk = desk_of(context)
    first, last = (parse_day(day, desk.today) if day else None for day in (valid_from, valid_to))
    details = Details(code, level, parent, first, last, successor, tuple(member or ()), is_group)
    emails = tuple(email) if email is not None else None
    return _store(desk, [(UnitRow(name, emails, tuple(short or ()), head=head), details)])


@app.command("import", cls=Command)
def import_many(context: typer.Context, file: Sheet) -> int:
    """Nạp nhiều đơn vị từ bảng tính.

    Cột “Tên đơn vị” và các cột khác nếu có: Email, Tên viết tắt, Email lãnh đạo, Mã, Cấp, Đơn vị cấp trên, Từ ngày,
    Đến ngày, Kế thừa, Thành viên. Có một dòng sai thì không đổi gì.
    """
    from tracker.unit_sheets import read

    return _store(desk_of(context), read(file), file)


def _store(desk: Desk, given: "list[tuple[UnitRow, Details]]", file: Path | None = None) -> int:
    from tracker import unit_details, units
    from tracker.database import writing
    from tracker.errors import RefusedError

    home = desk.settings.office.home
    try:
        with writing(desk.engine) as session:
            changes = [units.set_unit(session, row, desk.who, desk.now) for row, _ in given]
            counts = [
                unit_details.apply(session, change.unit_id, details, home)
                for change, (_, details) in zip(changes, given, strict=True)
            ]
            joined = units.link(session, home)
    except RefusedError as error:
        raise RefusedError(f"{file}: {error.what}" if file else error.what, error.todo) from error
    if desk.as_json:
        desk.answer_json([
            {"name": one.name, "emails": list(one.emails), "created": one.created, "members": count}
            for one, count in zip(changes, counts, strict=True)
        ])  # fmt: skip
        return 0
    for one, count in zip(changes, counts, strict=True):
        known = f"nhóm {count} đơn vị" if count else ", ".join(one.emails) or "chưa có địa chỉ thư"
        desk.answer(f"{'Đã thêm' if one.created else 'Đã sửa'} {one.name}: {known}")
    _say_joined(desk, joined)
    return 0


def _say_joined(desk: Desk, joined: int) -> None:
    if joined:
        desk.answer(f"{joined} lượt giao việc trong các văn bản đã nạp nay gắn với đơn vị trong danh bạ.")


@app.command(cls=Command)
def ambiguous(context: typer.Context) -> int:
    """Những tên trong văn bản có thể là nhiều đơn vị."""
    from tracker.database import reading
    from tracker.unit_choices import ambiguities

    desk = desk_of(context)
    with reading(desk.engine) as session:
        found = ambiguities(session, desk.settings.office.home)
    if desk.as_json:
        desk.answer_json([{**one._asdict(), "units": list(one.units)} for one in found])
        return 0
    for one in found:
        place = f" trong văn bản của {one.issuer}" if one.issuer else ""
        desk.answer(f"“{one.written}”{place}, {one.tasks} việc: {'; '.join(one.units)}")
    if found:
        desk.say(f"Chọn bằng: nhacviec units choose “{found[0].written}” “{found[0].units[0]}”")
    else:
        desk.answer("Không có tên nào chưa rõ là đơn vị nào.")
    return 0


@app.command(cls=Command)
def choose(context: typer.Context, written: Written, unit: Meant, issuer: Issuer = None) -> int:
    """Nói rõ một tên là đơn vị nào; từ nay được nhớ."""
    from tracker import unit_choices
    from tracker.database import writing

    desk = desk_of(context)
    with writing(desk.engine) as session:
        joined = unit_choices.choose(session, written, unit, issuer, desk.hand)
    if desk.as_json:
        desk.answer_json({"joined": joined})
        return 0
    desk.answer(f"Từ nay “{written}” là {unit}.")
    _say_joined(desk, joined)
    return 0


@app.command("list", cls=Command)
def list_all(context: typer.Context) -> int:
    """Danh bạ đơn vị."""
    from tracker import units
    from tracker.database import reading
    from tracker.rows import iso

    desk = desk_of(context)
    with reading(desk.engine) as session:
        found = units.list_units(session)
    if desk.as_json:
        desk.answer_json([
            {
                "id": u.id, "name": u.name, "short_names": list(u.short_names), "emails": list(u.emails),
                "tasks": u.tasks, "key": u.key, "level": u.level, "parent": u.parent, "is_group": u.is_group,
                "valid_from": iso(u.valid_from), "valid_to": iso(u.valid_to), "successor": u.successor,
                "note": u.note, "members": u.members,
            }
            for u in found
        ])  # fmt: skip
        return 0
    if not found:
        desk.answer("Danh bạ chưa có đơn vị nào.")
        desk.say(
            "Nạp bộ, ngành, tỉnh, sở: nhacviec units base. Thêm: nhacviec units set TÊN, nhacviec units import TỆP"
        )
        return 0
    lines = [
        Line((_named(unit), ", ".join(unit.short_names) or "—", ", ".join(unit.emails) or "chưa có", str(unit.tasks)))
        for unit in found
    ]
    desk.answer("\n".join(table(_COLUMNS, lines, terminal_width())))
    return 0


def _named(unit: "ListedUnit") -> str:
    """A unit's name, and how long it was, what follows it, how many it stands for."""
    if unit.is_group:
        return f"{unit.name} (nhóm {unit.members} đơn vị)"
    if unit.valid_to is None:
        return unit.name
    follows = f", nay là {unit.successor}" if unit.successor else ""
    note = f"; {unit.note}" if unit.note else ""
    return f"{unit.name} (đến {day(unit.valid_to)}{follows}{note})"
