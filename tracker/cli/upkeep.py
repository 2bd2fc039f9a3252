"""`doctor` and `db upgrade|backup|restore|check`: is everything there, and is it sound?

In: nothing. Out: what is installed and what is missing with the way to get it; the state of the database.

Example: "LibreOffice: chưa có (để đọc tệp .doc cũ). Debian: sudo apt install libreoffice-writer".
"""

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.desk import desk_of
from tracker.cli.usage import Command, Group

app = typer.Typer()

Target = Annotated[
    Path | None,
    typer.Argument(metavar="TỆP", help="Tệp hoặc thư mục; mặc định thư mục “sao lưu” bên cạnh.", show_default=False),
]
Copy = Annotated[Path, typer.Argument(metavar="TỆP", help="Bản sao lưu.", show_default=False)]
NoBackup = Annotated[bool, typer.Option("--no-backup", help="Không sao lưu trước (khi đã tự sao lưu).")]
db_app = typer.Typer(cls=Group, help="Bảo trì cơ sở dữ liệu.", rich_markup_mode=None)


@app.command(cls=Command)
def doctor(context: typer.Context) -> int:
    """Kiểm tra phiên bản, cài đặt, cơ sở dữ liệu, phần mềm còn thiếu."""
    from tracker import checkup

    desk = desk_of(context)
    report = checkup.examine(desk.settings, desk.database)
    if desk.as_json:
        desk.answer_json(checkup.to_json(report))
    else:
        for finding in report.findings:
            mark = "  ok  " if finding.ok else " THIẾU" if finding.optional else "  LỖI "
            desk.tell(f"{mark} {finding.text}", len(mark) + 1)
    return 3 if report.broken else 0


@db_app.command(cls=Command)
def upgrade(context: typer.Context, no_backup: NoBackup = False) -> int:
    """Đưa cơ sở dữ liệu lên phiên bản mới nhất."""
    from tracker import backups, database

    desk = desk_of(context)
    made = None if no_backup else backups.before_upgrade(desk.connected, desk.now)
    changed = database.upgrade(desk.connected)
    if made is not None:
        desk.say(f"Bản trước khi nâng cấp còn ở {made}")
    desk.answer(f"{database.shown(desk.database)}: {'đã nâng lên' if changed else 'đang ở'} phiên bản {database.HEAD}")
    return 0


@db_app.command(cls=Command)
def backup(context: typer.Context, target: Target = None) -> int:
    """Sao lưu, cả khi người khác đang ghi."""
    from tracker import backups

    desk = desk_of(context)
    made = backups.backup(desk.connected, desk.now.astimezone(desk.zone), target)
    if desk.as_json:
        desk.answer_json({"file": str(made)})
    else:
        desk.tell(f"Đã sao lưu vào {made}")
    return 0


@db_app.command(cls=Command)
def restore(context: typer.Context, copy: Copy) -> int:
    """Khôi phục từ một bản sao lưu; bản đang có được giữ lại bên cạnh."""
    from tracker import backups, database
    from tracker.alerts import switches

    desk = desk_of(context)
    kept = backups.restore(desk.connected, copy, desk.now.astimezone(desk.zone))
    with database.writing(desk.connected) as session:
        switches.restored(session, desk.today)
    if desk.as_json:
        desk.answer_json({"restored": str(copy), "kept": str(kept) if kept else None})
        return 0
    desk.tell(f"Đã khôi phục {database.shown(desk.database)} từ {copy}")
    if kept is not None:
        desk.say(f"Bản trước khi khôi phục còn ở {kept}")
    return 0


@db_app.command(cls=Command)
def check(context: typer.Context) -> int:
    """Tìm chỗ hỏng trong tệp cơ sở dữ liệu."""
    from tracker import database

    desk = desk_of(context)
    found = database.check(desk.engine)
    for line in found:
        desk.fail(None, line)
    if found:
        desk.say("Khôi phục từ bản sao lưu gần nhất.")
        return 3
    desk.answer(f"{database.shown(desk.database)}: không thấy chỗ hỏng nào")
    return 0
