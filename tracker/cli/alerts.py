"""`alerts enable|run|preview|test|log|resend`: reminders by mail, and the proof that they went (`timing.py`: when).

In: nothing but options. Out: what was sent or would be; each mail that did not go is a line on stderr.

Example: `nhacviec alerts run` → "Đã gửi 12 thư."; again → "Không có thư nào phải gửi (12 nơi đã có thư hôm nay)."
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from tracker.cli import timing
from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.mail_report import answer_plan, answer_texts, mail_to_json, say_quiet, told
from tracker.cli.usage import Command, Group

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.alerts.log import LogRow
    from tracker.alerts.run import Office

app = typer.Typer(cls=Group, help="Thư nhắc việc cho các đơn vị.", rich_markup_mode=None)
app.add_typer(timing.app)

Off = Annotated[bool, typer.Option("--off", help="Tắt: không gửi thư nào nữa.")]
ClockRight = Annotated[
    bool, typer.Option("--clock-is-right", help="Ngày hôm nay là đúng, các thư ghi ngày sau hôm nay là do đồng hồ sai.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Ghi mỗi thư thành tệp .eml và .html trong thư mục này.")
]
To = Annotated[str, typer.Option("--to", metavar="ĐỊA_CHỈ", help="Nơi nhận thư thử.", show_default=False)]
Dry = Annotated[bool, typer.Option("--dry-run", help="Chỉ nói sẽ gửi gì, không gửi.")]
AnyDay = Annotated[bool, typer.Option("--any-day", help="Gửi cả khi hôm nay là ngày nghỉ hoặc ngày khôi phục bản sao.")]
At = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="GIỜ", help="Dành cho bộ hẹn giờ: gửi một lượt mỗi ngày từ giờ này (giờ của cơ quan), các lần "
        "gọi sau chỉ gửi thư còn chờ.",
    ),
]  # fmt: skip
Unit = Annotated[str | None, typer.Option("--unit", metavar="TÊN", help="Chỉ xem thư của nơi có tên này.")]
Open = Annotated[bool, typer.Option("--open", help="Mở các thư bằng trình duyệt.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Số thư mới nhất.")]
Of = Annotated[int | None, typer.Option("--task", metavar="ID", help="Chỉ những thư nói về việc này.")]
Number = Annotated[int, typer.Argument(metavar="SỐ_THƯ", help="Cột Số của “alerts log”.", show_default=False)]

_LOG_COLUMNS = (
    Column("Số", right=True),
    Column("Lúc"),
    Column("Gửi cho", weight=4, lines=4),
    Column("Việc", weight=3, lines=6),
    Column("Tình trạng", weight=2),
    Column("Máy chủ trả lời", weight=3, lines=4),
)


@app.command(cls=Command)
def enable(context: typer.Context, off: Off = False) -> int:
    """Bật (hoặc tắt) gửi thư.

    Trước khi bật, “alerts run” chỉ nói sẽ gửi gì.
    """
    from tracker.alerts import switches
    from tracker.database import writing

    desk = desk_of(context)
    with writing(desk.engine) as session:
        switches.enable(session, not off)
    if desk.as_json:
        desk.answer_json({"enabled": not off})
    else:
        desk.answer("Đã tắt gửi thư." if off else "Đã bật gửi thư; gửi bằng: nhacviec alerts run")
    settings = desk.settings
    missing = {
        "máy chủ thư (NHACVIEC_SMTP_HOST)": settings.smtp.host,
        "địa chỉ gửi (NHACVIEC_SMTP_FROM)": settings.smtp.sender,
        "địa chỉ văn thư (NHACVIEC_CLERK_EMAIL)": settings.alerts.clerk,
    }
    if not off and not all(missing.values()):
        desk.say(f"Còn chưa đặt: {', '.join(name for name, value in missing.items() if not value)}")
    return 0


@app.command(cls=Command)
def run(
    context: typer.Context,
    clock_is_right: ClockRight = False,
    dry_run: Dry = False,
    any_day: AnyDay = False,
    at: At = None,
) -> int:
    """Gửi thư nhắc của hôm nay, mỗi nơi một thư.

    Chạy lại trong ngày không gửi thêm.
    """
    from tracker.alerts.run import Wishes
    from tracker.alerts.run import run as send_today

    desk = desk_of(context)
    if at is not None and not dry_run:
        return timing.on_the_hour(desk, at)
    return told(desk, send_today(_office(desk), desk.today, Wishes(clock_is_right, dry_run, any_day)))


@app.command(cls=Command)
def preview(context: typer.Context, out: Out = None, open_them: Open = False, unit: Unit = None) -> int:
    """Xem trước các thư của hôm nay, không gửi gì."""
    from tempfile import mkdtemp

    from tracker.alerts import run as alerts
    from tracker.alerts.preview import write_files
    from tracker.unit_names import plain

    desk = desk_of(context)
    wanted = plain(unit or "")
    mails = [mail for mail in alerts.preview(_office(desk), desk.today) if wanted in plain(mail.name)]
    if open_them and out is None and mails:
        out = Path(mkdtemp(prefix="nhacviec-"))
    written = write_files(mails, out, desk.settings, desk.now) if out is not None else []
    for path in written:
        desk.say(f"Đã ghi {path}")
        if open_them:
            typer.launch(path.as_uri())
    if desk.as_json:
        desk.answer_json([mail_to_json(mail) | {"text": mail.text} for mail in mails])
    elif out is not None:
        answer_plan(desk, mails)
    else:
        answer_texts(desk, mails)
    say_quiet(desk)
    return 0


@app.command("test", cls=Command)
def try_out(context: typer.Context, to: To, dry_run: Dry = False) -> int:
    """Gửi một thư thử để kiểm tra máy chủ thư."""
    from tracker.alerts import single

    desk = desk_of(context)
    if dry_run:
        answer_texts(desk, [single.trial_of(_office(desk), to, desk.today)])
        return 0
    return told(desk, single.trial(_office(desk), to, desk.today))


@app.command(cls=Command)
def resend(context: typer.Context, number: Number, dry_run: Dry = False) -> int:
    """Gửi lại một thư không gửi được hoặc không rõ đã tới chưa."""
    from tracker.alerts import single

    desk = desk_of(context)
    if dry_run:
        name, addresses, subject = single.to_repeat(_office(desk), number)
        desk.answer(f"Sẽ gửi lại cho: {name} <{', '.join(addresses)}>\nTiêu đề: {subject}")
        return 0
    return told(desk, single.resend(_office(desk), number, desk.today, desk.who))


@app.command(cls=Command)
def log(context: typer.Context, limit: Limit = 50, task: Of = None) -> int:
    """Nhật ký: đã gửi cho ai, lúc nào, việc nào, máy chủ trả lời gì."""
    from tracker.alerts import log as alerts
    from tracker.database import reading

    desk = desk_of(context)
    with reading(desk.engine) as session:
        found = alerts.rows(session, limit, task)
    if desk.as_json:
        desk.answer_json([alerts.to_json(row) for row in found])
    elif not found:
        desk.answer("Chưa có thư nào.")
    else:
        zone = ZoneInfo(desk.settings.office.timezone)
        desk.answer("\n".join(table(_LOG_COLUMNS, [_log_line(row, zone) for row in found], terminal_width())))
    return 0


def _office(desk: Desk) -> "Office":
    from tracker.alerts.run import Office

    return Office(desk.engine, desk.settings, lambda: desk.now)


def _log_line(row: "LogRow", zone: ZoneInfo) -> Line:
    from tracker.alerts.log import STATE_NAMES

    answer = row.reason or row.server_answer or ""
    return Line((
        str(row.id),
        _moment(row.sent_at or row.sending_at or row.created_at, zone),
        "\n".join((row.name or "Thư thử", *row.addresses)),
        ", ".join(f"#{number}" for number, _, _ in row.tasks) or "—",
        STATE_NAMES[row.state],
        answer,
    ))  # fmt: skip


def _moment(moment: "datetime", zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d/%m/%Y %H:%M}"
