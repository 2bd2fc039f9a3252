"""What a run of the alerts did, in the words of an office or as JSON.

In: a `Report`, or mails that would go. Out: lines on stdout, a line on stderr for each mail that did not go, and the
exit code.

Example: "Đã gửi 12 thư."; "Sở Y tế <soyte@example.vn>: không gửi được (550 no such user)".
"""

import re
import textwrap
from typing import TYPE_CHECKING, Any

from tracker.cli.desk import Desk
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.cli.wording import day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.alerts.digest import Mail
    from tracker.alerts.run import Report
    from tracker.alerts.send import Delivery

_NO_CLERK = "Có việc cần báo văn thư nhưng chưa đặt địa chỉ văn thư (NHACVIEC_CLERK_EMAIL)"
_RESTORED = (
    "Cơ sở dữ liệu được khôi phục hôm nay từ bản sao cũ hơn nên không rõ thư hôm nay đã gửi chưa; chưa gửi, "
    "ngày mai gửi tiếp. Nếu chắc hôm nay chưa gửi: nhacviec alerts run --any-day"
)
_PLAN_COLUMNS = (Column("Gửi cho", weight=2), Column("Địa chỉ", weight=3), Column("Tiêu đề", weight=5))


def told(desk: Desk, report: "Report") -> int:
    """Says what a run did; returns its exit code."""
    _name_troubles(desk, report)
    if desk.as_json:
        desk.answer_json(_report_to_json(report))
    elif report.dry_run:
        answer_plan(desk, report.planned)
        hint = "" if report.enabled else " Bật gửi thư: nhacviec alerts enable"
        desk.answer(f"\nChạy thử, chưa gửi gì.{hint}")
    elif report.quiet_until:
        desk.answer(f"{_quiet(report.day, report.quiet_until)}. Gửi ngay: nhacviec alerts run --any-day")
    elif report.restored:
        desk.answer(_RESTORED)
    elif report.sent or report.deliveries or report.stopped:
        desk.answer(f"Đã gửi {report.sent} thư.")
    else:
        known = f" ({report.known} nơi đã có thư hôm nay)" if report.known else ""
        desk.answer(f"Không có thư nào phải gửi{known}.")
    if report.quiet_until and report.dry_run:
        desk.say(_quiet(report.day, report.quiet_until))
    for line in _remarks(report):
        desk.say(line)
    return report.exit_code


def _name_troubles(desk: Desk, report: "Report") -> None:
    """A line on stderr for each mail that did not go, quiet or not."""
    for delivery in report.deliveries:
        if delivery.state != "sent" or delivery.refused:
            desk.fail(f"{delivery.name or 'Thư thử'} <{', '.join(delivery.addresses)}>", _trouble(delivery))
    if report.stopped:
        desk.fail(None, report.stopped)
    if report.no_clerk and report.dry_run:
        desk.say(_NO_CLERK)
    elif report.no_clerk:
        desk.fail(None, _NO_CLERK)


def _trouble(delivery: "Delivery") -> str:
    from tracker.alerts.log import STATE_NAMES

    if delivery.state == "sent":
        return "; ".join(f"{address} không nhận ({said})" for address, said in delivery.refused.items())
    later = ", lượt chạy sau gửi lại" if delivery.state == "queued" else ""
    return f"{STATE_NAMES[delivery.state]}{later} ({delivery.answer})"


def _remarks(report: "Report") -> "Sequence[str]":
    remarks = {
        f"{report.held} đơn vị đã đủ số thư của tuần này, chưa gửi thêm ([alerts] max_per_week)": report.held,
        f"{report.resting} thư chờ máy chủ, chưa đến lúc thử lại": report.resting,
        f"{report.interrupted} thư bị ngắt giữa lúc gửi ở lượt trước, xem: nhacviec alerts log": report.interrupted,
        f"{report.given_up} thư của ngày trước chưa gửi được đã thôi, thư hôm nay thay": report.given_up,
        "một lượt gửi khác còn đang gửi; lượt xong sau cùng báo kết quả cho văn thư": report.others,
    }
    found = [words for words, count in remarks.items() if count]
    if report.ahead:
        name, later = report.ahead[0]
        found.append(
            f"{len(report.ahead)} nơi đã có thư ghi ngày sau hôm nay ({name}: {day(later)}) nên không gửi; nếu hôm nay "
            f"đúng là {day(report.day)}, chạy: nhacviec alerts run --clock-is-right"
        )
    return found


def answer_texts(desk: Desk, mails: "Sequence[Mail]") -> None:
    """Prints mails with their words."""
    if not mails:
        desk.answer("Hôm nay không có gì để nhắc.")
    for mail in mails:
        addresses = ", ".join(mail.addresses) or "chưa có địa chỉ"
        heading = f"Gửi cho: {mail.name or 'thư thử'} <{addresses}>\nTiêu đề: {mail.subject}\n\n"
        desk.answer("\n".join(_wrapped(line) for line in f"{heading}{mail.text}\n".split("\n")))


def _wrapped(line: str) -> str:
    """A line of a mail in the terminal's width, further lines under the first one's words."""
    begun = re.match(r"\s*(?:\d+\. |- )?", line)
    indent = " " * (begun.end() if begun else 0)
    return textwrap.fill(
        line, terminal_width(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def say_quiet(desk: Desk) -> None:
    """On a quiet day a preview shows what will wait."""
    from tracker.alerts.rhythm import rhythm_of

    rhythm = rhythm_of(desk.settings, desk.today)
    if rhythm.is_quiet(desk.today):
        desk.say(_quiet(desk.today, rhythm.next_working(desk.today)))


def _quiet(today: "date", later: "date") -> str:
    return f"Hôm nay ({day(today)}) là ngày nghỉ, không gửi thư; ngày gửi tới: {day(later)}"


def answer_plan(desk: Desk, mails: "Sequence[Mail]") -> None:
    """Prints whom mails would go to, as a table."""
    if not mails:
        desk.answer("Hôm nay không có gì để nhắc.")
        return
    rows = [Line((mail.name, "\n".join(mail.addresses) or "chưa có địa chỉ", mail.subject)) for mail in mails]
    desk.answer("\n".join(table(_PLAN_COLUMNS, rows, terminal_width())))


def mail_to_json(mail: "Mail") -> dict[str, Any]:
    """A mail without its words."""
    return {
        "recipient": mail.recipient,
        "kind": mail.kind,
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
        "quiet_until": report.quiet_until.isoformat() if report.quiet_until else None,
        "restored": report.restored,
        "held": report.held,
        "sent": report.sent,
        "known": report.known,
        "resting": report.resting,
        "interrupted": report.interrupted,
        "given_up": report.given_up,
        "ahead": [{"name": name, "day": later.isoformat()} for name, later in report.ahead],
        "no_clerk": report.no_clerk,
        "others": report.others,
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
        "planned": [mail_to_json(mail) for mail in report.planned],
    }
