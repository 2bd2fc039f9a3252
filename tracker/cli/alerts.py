"""`alerts enable|run|preview|test|log|resend`: reminders by mail, and the proof that they went.

In: nothing but options. Out: what was sent or would be; each mail that did not go is a line on stderr.

Example: `nhacviec alerts run` → "Đã gửi 12 thư."; again → "Không có thư nào phải gửi (12 nơi đã có thư hôm nay)."
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from tracker.cli.desk import Desk, desk_of
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.usage import Command, Group
from tracker.cli.wording import day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.alerts.digest import Mail
    from tracker.alerts.log import LogRow
    from tracker.alerts.run import Office, Report
    from tracker.alerts.send import Delivery

app = typer.Typer(cls=Group, help="Thư nhắc việc cho các đơn vị.", rich_markup_mode=None)

Off = Annotated[bool, typer.Option("--off", help="Tắt: không gửi thư nào nữa.")]
ClockRight = Annotated[
    bool, typer.Option("--clock-is-right", help="Ngày hôm nay là đúng, các thư ghi ngày sau hôm nay là do đồng hồ sai.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="THƯ_MỤC", help="Ghi mỗi thư thành tệp .eml và .html trong thư mục này.")
]
To = Annotated[str, typer.Option("--to", metavar="ĐỊA_CHỈ", help="Nơi nhận thư thử.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Số thư mới nhất.")]
Number = Annotated[int, typer.Argument(metavar="SỐ_THƯ", help="Cột Số của “alerts log”.", show_default=False)]

_PLAN_COLUMNS = (Column("Gửi cho", weight=2), Column("Địa chỉ", weight=3), Column("Tiêu đề", weight=5))
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
    """Bật (hoặc tắt) gửi thư; trước khi bật, “alerts run” chỉ nói sẽ gửi gì."""
    from tracker.alerts import record
    from tracker.database import writing

    desk = desk_of(context)
    with writing(desk.engine) as session:
        record.enable(session, not off)
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
def run(context: typer.Context, clock_is_right: ClockRight = False) -> int:
    """Gửi thư nhắc của hôm nay, mỗi nơi một thư; chạy lại trong ngày không gửi thêm."""
    from tracker.alerts import run as alerts

    desk = desk_of(context)
    report = alerts.run(_office(desk), desk.today, clock_is_right)
    return _told(desk, report)


@app.command(cls=Command)
def preview(context: typer.Context, out: Out = None) -> int:
    """Xem trước các thư của hôm nay, không gửi gì."""
    from tracker.alerts import run as alerts
    from tracker.alerts.preview import write_files

    desk = desk_of(context)
    mails = alerts.preview(_office(desk), desk.today)
    if out is not None:
        for path in write_files(mails, out, desk.settings, desk.now):
            desk.say(f"Đã ghi {path}")
    if desk.as_json:
        desk.answer_json([_mail_to_json(mail) | {"text": mail.text} for mail in mails])
    elif not mails:
        desk.answer("Hôm nay không có gì để nhắc.")
    elif out is None:
        for mail in mails:
            addresses = ", ".join(mail.addresses) or "chưa có địa chỉ"
            desk.answer(f"Gửi cho: {mail.name} <{addresses}>\nTiêu đề: {mail.subject}\n\n{mail.text}\n")
    else:
        _answer_plan(desk, mails)
    return 0


@app.command(cls=Command)
def test(context: typer.Context, to: To) -> int:
    """Gửi một thư thử để kiểm tra máy chủ thư."""
    from tracker.alerts import run as alerts

    desk = desk_of(context)
    return _told(desk, alerts.trial(_office(desk), to, desk.today))


@app.command(cls=Command)
def resend(context: typer.Context, number: Number) -> int:
    """Gửi lại một thư không gửi được hoặc không rõ đã tới chưa."""
    from tracker.alerts import run as alerts

    desk = desk_of(context)
    return _told(desk, alerts.resend(_office(desk), number, desk.today, desk.who))


@app.command(cls=Command)
def log(context: typer.Context, limit: Limit = 50) -> int:
    """Nhật ký: đã gửi cho ai, lúc nào, việc nào, máy chủ trả lời gì."""
    from tracker.alerts import log as alerts
    from tracker.database import reading

    desk = desk_of(context)
    with reading(desk.engine) as session:
        found = alerts.rows(session, limit)
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


def _told(desk: Desk, report: "Report") -> int:
    """Says what a run did; returns its exit code."""
    for delivery in report.deliveries:
        if delivery.state != "sent" or delivery.refused:
            desk.fail(f"{delivery.name or 'Thư thử'} <{', '.join(delivery.addresses)}>", _trouble(delivery))
    if report.stopped:
        desk.fail(None, report.stopped)
    if desk.as_json:
        desk.answer_json(_report_to_json(report))
    elif not report.enabled:
        _answer_plan(desk, report.planned)
        desk.answer("\nChạy thử, chưa gửi gì. Bật gửi thư: nhacviec alerts enable")
    elif report.sent or report.deliveries or report.stopped:
        desk.answer(f"Đã gửi {report.sent} thư.")
    else:
        known = f" ({report.known} nơi đã có thư hôm nay)" if report.known else ""
        desk.answer(f"Không có thư nào phải gửi{known}.")
    for line in _remarks(report):
        desk.say(line)
    return report.exit_code


def _trouble(delivery: "Delivery") -> str:
    from tracker.alerts.log import STATE_NAMES

    if delivery.state == "sent":
        return "; ".join(f"{address} không nhận ({said})" for address, said in delivery.refused.items())
    later = ", lượt chạy sau gửi lại" if delivery.state == "queued" else ""
    return f"{STATE_NAMES[delivery.state]}{later} ({delivery.answer})"


def _remarks(report: "Report") -> "Sequence[str]":
    remarks = {
        f"{report.resting} thư chờ máy chủ, chưa đến lúc thử lại": report.resting,
        f"{report.interrupted} thư bị ngắt giữa lúc gửi ở lượt trước, xem: nhacviec alerts log": report.interrupted,
        f"{report.given_up} thư của ngày trước chưa gửi được đã thôi, thư hôm nay thay": report.given_up,
        "Có việc cần báo văn thư nhưng chưa đặt địa chỉ văn thư (NHACVIEC_CLERK_EMAIL)": report.no_clerk,
    }
    found = [words for words, count in remarks.items() if count]
    if report.ahead:
        name, later = report.ahead[0]
        found.append(
            f"{len(report.ahead)} nơi đã có thư ghi ngày sau hôm nay ({name}: {day(later)}) nên không gửi; nếu hôm nay "
            f"đúng là {day(report.day)}, chạy: nhacviec alerts run --clock-is-right"
        )
    return found


def _answer_plan(desk: Desk, mails: "Sequence[Mail]") -> None:
    if not mails:
        desk.answer("Hôm nay không có gì để nhắc.")
        return
    rows = [Line((mail.name, "\n".join(mail.addresses) or "chưa có địa chỉ", mail.subject)) for mail in mails]
    desk.answer("\n".join(table(_PLAN_COLUMNS, rows, terminal_width())))


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


def _mail_to_json(mail: "Mail") -> dict[str, Any]:
    return {
        "recipient": mail.recipient,
        "name": mail.name,
        "addresses": list(mail.addresses),
        "subject": mail.subject,
        "tasks": [
            {"id": number, "reason": why, "occurrence": occurrence.isoformat() if occurrence else None}
            for number, why, occurrence in mail.tasks
        ],
    }


def _report_to_json(report: "Report") -> dict[str, Any]:
    return {
        "day": report.day.isoformat(),
        "enabled": report.enabled,
        "sent": report.sent,
        "known": report.known,
        "resting": report.resting,
        "interrupted": report.interrupted,
        "given_up": report.given_up,
        "ahead": [{"name": name, "day": later.isoformat()} for name, later in report.ahead],
        "no_clerk": report.no_clerk,
        "stopped": str(report.stopped) if report.stopped else None,
        "deliveries": [
            {
                "id": delivery.outbox_id,
                "name": delivery.name,
                "addresses": list(delivery.addresses),
                "state": delivery.state,
                "answer": delivery.answer,
                "refused": delivery.refused,
            }
            for delivery in report.deliveries
        ],
        "planned": [_mail_to_json(mail) for mail in report.planned],
    }
