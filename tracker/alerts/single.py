"""One mail on a clerk's command: a mail sent again, a trial.

In: the office, the number of a mail or an address. Out: a `Report` of that mail alone.

Example: `nhacviec alerts resend 8` after the address of Sở Xây dựng was put right: the same words under the same
Message-ID, to the new address.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from tracker.alerts import record, switches
from tracker.alerts.compose import trial_mail
from tracker.alerts.outgoing import Outgoing
from tracker.alerts.run import Office, Report, our_turn
from tracker.alerts.whereto import addresses_now
from tracker.database import reading, writing
from tracker.errors import NotFoundError, RefusedError
from tracker.model import Outbox
from tracker.units import checked_email

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlmodel import Session

    from tracker.alerts.digest import Mail
    from tracker.settings import Settings


def resend(office: Office, number: int, today: date, who: str) -> Report:
    """Sends a mail again that failed or may not have arrived: the same words, to the addresses of now.

    Raises:
        NotFoundError: there is no such mail.
        RefusedError: it was sent, alerts are not enabled, or the recipient has no address any more.
        SettingsError: no server or sender is set.
    """
    report = Report(today)
    with our_turn(office), ExitStack() as closing:
        outgoing = Outgoing(office, report, closing)
        outgoing.post  # noqa: B018 - what is not set is named before anything is changed
        with writing(office.engine) as session:
            record.interrupted(session)
            row = _to_repeat(session, number)
            again = f"gửi lại theo lệnh của {who}"
            record.reopened(session, row, _somewhere(session, row, office.settings), again)
        outgoing.deliver([number])
    return report


def to_repeat(office: Office, number: int) -> tuple[str, Sequence[str], str]:
    """What `resend` would send: to whom, where, under which subject; raises as it does."""
    with reading(office.engine) as session:
        row = _to_repeat(session, number)
        return row.bodies["name"], _somewhere(session, row, office.settings), row.subject


def _to_repeat(session: Session, number: int) -> Outbox:
    row = session.get(Outbox, number)
    if row is None:
        raise NotFoundError(f"không có thư số {number}", "xem số thư bằng “nhacviec alerts log”")
    if not switches.enabled(session):
        raise RefusedError("chưa bật gửi thư", "bật bằng “nhacviec alerts enable”")
    if row.state == "sent":
        raise RefusedError(f"thư số {number} đã gửi xong", "không gửi lại để đơn vị khỏi nhận hai lần")
    return row


def _somewhere(session: Session, row: Outbox, settings: Settings) -> Sequence[str]:
    found = addresses_now(session, row, settings)
    if not found:
        raise RefusedError(f"{row.bodies['name']} nay không có địa chỉ thư", "đặt địa chỉ rồi gửi lại")
    return found


def trial(office: Office, address: str, today: date) -> Report:
    """Sends a trial mail to *address*, whether alerts are enabled or not; it is tried once.

    Raises:
        RefusedError: *address* is none.
        SettingsError: no server or sender is set.
    """
    mail = trial_of(office, address, today)
    report = Report(today)
    with ExitStack() as closing:
        outgoing = Outgoing(office, report, closing)
        numbers = outgoing.write([mail])
        outgoing.deliver(numbers)
    for number in numbers:
        said = report.stopped.what if report.stopped else report.deliveries[0].answer
        with record.held(office.engine, number, office.clock()) as hold:
            if hold is not None:
                record.closed(hold, "queued", "failed", said)
    return report


def trial_of(office: Office, address: str, today: date) -> Mail:
    """The trial mail.

    Raises:
        RefusedError: *address* is none.
    """
    return trial_mail(checked_email(address), today, office.clock(), office.settings)
