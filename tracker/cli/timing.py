"""`alerts schedule|daemon`: when the mails leave by themselves.

In: the hour. Out: files for the system's timer, or a process that keeps the time.

Example: `nhacviec alerts schedule --at 07:30 --kind systemd --out ~/.config/systemd/user`.
"""

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.mail_report import told
from tracker.cli.usage import Command
from tracker.cli.wording import day
from tracker.errors import RefusedError, TrackerError, WrongUsageError

if TYPE_CHECKING:
    from tracker.alerts.run import Office
    from tracker.alerts.timers import Kind, Timer

app = typer.Typer()

Hour = Annotated[str, typer.Option("--at", metavar="GIỜ", help="Giờ gửi hằng ngày, giờ của cơ quan: 07:30.")]
KindOf = Annotated[
    str | None, typer.Option("--kind", metavar="LOẠI", help="systemd, cron hoặc windows; mặc định theo máy này.")
]
Into = Annotated[
    Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Ghi các tệp vào thư mục này thay vì in ra.")
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Chỉ nói sẽ gửi lúc nào.")]
_KINDS = ("systemd", "cron", "windows")


@app.command(cls=Command)
def schedule(context: typer.Context, at: Hour = "07:30", kind: KindOf = None, out: Into = None) -> int:
    """In hoặc ghi tệp hẹn giờ gửi thư hằng ngày cho máy này."""
    from tracker.alerts import timers

    desk = desk_of(context)
    chosen = _kind(kind)
    made = timers.files(chosen, _timer(desk, at))
    if out is None and desk.as_json:
        desk.answer_json(made)
    elif out is None:
        desk.answer("\n".join(f"# {name}\n{text}" if len(made) > 1 else text for name, text in made.items()))
    else:
        _write(desk, made, out)
    desk.say(timers.how_to_install(chosen))
    lost = _only_here(os.environ)
    if lost:
        desk.say(f"Bộ hẹn giờ không thấy biến của phiên này, hãy ghi vào nhacviec.toml: {', '.join(lost)}")
    return 0


@app.command(cls=Command)
def daemon(context: typer.Context, at: Hour = "07:30", dry_run: Dry = False) -> int:
    """Chạy nền và tự gửi thư hằng ngày.

    Khi máy không có bộ hẹn giờ nào dùng được.
    """
    from tracker.alerts.daemon import Daemon
    from tracker.alerts.daily import LATER, come_back, hour, scheduled

    desk = desk_of(context)
    office, named = _office(desk), hour(at)

    def work() -> datetime | None:
        try:
            report = scheduled(office, named)
            if report is not None:
                told(desk, report)
            return come_back(office, named, report)
        except TrackerError as error:  # the next call may find the database free, the settings put right
            desk.fail(f"{desk.now.astimezone(desk.zone):%d/%m/%Y %H:%M}", error)
            return desk.now + LATER

    process = Daemon(named, desk.zone, work)
    coming = process.scheduler.get_job("day").trigger.get_next_fire_time(None, desk.now.astimezone(desk.zone))
    desk.say(
        f"Gửi thư hằng ngày lúc {named:%H:%M} ({desk.zone}); lần tới: {day(coming.date())} {coming:%H:%M}. Dừng: Ctrl+C"
    )
    if not dry_run:
        process.serve()
    return 0


def on_the_hour(desk: Desk, at: str) -> int:
    """`alerts run --at`: silent where there is nothing to do, because timers mail what is printed."""
    from tracker.alerts.daily import hour, scheduled

    report = scheduled(_office(desk), hour(at))
    if report is None or not (report.deliveries or report.stopped or report.no_clerk or desk.as_json):
        return 0
    return told(desk, report)


def _office(desk: Desk) -> "Office":
    """The office, on the day that `--today` names at this hour."""
    from tracker.alerts.run import Office

    def clock() -> datetime:
        now = desk.now
        if desk.today_text is None:
            return now
        return datetime.combine(desk.today, now.astimezone(desk.zone).time(), desk.zone)

    return Office(desk.engine, desk.settings, clock)


def _kind(named: str | None) -> "Kind":
    if named is None:
        linux = "systemd" if Path("/run/systemd/system").is_dir() else "cron"
        named = "windows" if sys.platform == "win32" else linux
    if named not in _KINDS:
        raise WrongUsageError(f"không có loại hẹn giờ “{named}”", f"dùng một trong: {', '.join(_KINDS)}")
    return cast(Literal["systemd", "cron", "windows"], named)


def _timer(desk: Desk, at: str) -> "Timer":
    """The command as a timer can call it: nothing of this session's folder or environment is there then."""
    from tracker.alerts.daily import hour
    from tracker.alerts.timers import Timer

    database = desk.database if "://" in desk.database else str(Path(desk.database).expanduser().absolute())
    words = [sys.executable, "-m", "tracker.cli", "-q", "--db", database]
    if desk.settings.file is not None:
        words += ["--config", str(desk.settings.file.absolute())]
    return Timer((*words, "alerts", "run"), hour(at), str(desk.zone), desk.today)


def _only_here(environment: Mapping[str, str]) -> list[str]:
    """Settings that only this session has."""
    named = {"NHACVIEC_DB", "NHACVIEC_CONFIG", "NHACVIEC_USER"}  # they stand in the command, or say who works
    return sorted(name for name in environment if name.startswith("NHACVIEC_") and name not in named)


def _write(desk: Desk, made: Mapping[str, str], folder: Path) -> None:
    from tracker.alerts.timers import encoding

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding=encoding(name), newline="\n")
            desk.say(f"Đã ghi {folder / name}")
    except OSError as error:
        raise RefusedError(f"{folder}: không ghi được ({error.strerror})", "chọn thư mục khác bằng --out") from error
