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
from tracker.alerts.run import Office, Outgoing, Report, our_turn
from tracker.database import reading, writing
from tracker.errors import NotFoundError, RefusedError
from tracker.model import Outbox, Unit
from tracker.units import addresses, checked_email

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
        RefusedError: it was sent, or alerts are not enabled.
        SettingsError: no server or sender is set.
    """
    report = Report(today)
    with our_turn(office.engine), ExitStack() as closing:
        outgoing = Outgoing(office, report, closing)
        outgoing.post  # noqa: B018 - what is not set is named before anything is changed
        with writing(office.engine) as session:
            record.interrupted(session)
            row = _to_repeat(session, number)
            again = f"gửi lại theo lệnh của {who}"
            record.reopened(session, row, _addresses_now(session, row, office.settings), again)
        outgoing.deliver([number])
    return report


def to_repeat(office: Office, number: int) -> tuple[str, Sequence[str], str]:
    """What `resend` would send: to whom, where, under which subject; raises as it does."""
    with reading(office.engine) as session:
        row = _to_repeat(session, number)
        return row.bodies["name"], _addresses_now(session, row, office.settings), row.subject


def _to_repeat(session: Session, number: int) -> Outbox:
    row = session.get(Outbox, number)
    if row is None:
        raise NotFoundError(f"không có thư số {number}", "xem số thư bằng “nhacviec alerts log”")
    if not switches.enabled(session):
        raise RefusedError("chưa bật gửi thư", "bật bằng “nhacviec alerts enable”")
    if row.state == "sent":
        raise RefusedError(f"thư số {number} đã gửi xong", "không gửi lại để đơn vị khỏi nhận hai lần")
    return row


def _addresses_now(session: Session, row: Outbox, settings: Settings) -> Sequence[str]:
    """Where the mail goes now: the clerk may have put a wrong address right since."""
    known: Sequence[str] = ()
    if row.kind == "clerk_digest":
        known = settings.alerts.clerk
    elif row.kind in {"chief_digest", "chief_weekly"}:
        known = settings.alerts.chief
    elif row.kind == "head_digest":
        unit = session.get(Unit, row.unit_id)
        known = (unit.head_email,) if unit is not None and unit.head_email else ()
    elif row.unit_id is not None:
        known = addresses(session, [row.unit_id]).get(row.unit_id, ())
    return known or row.addresses


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
        record.closed(office.engine, number, "queued", "failed", said)
    return report


def trial_of(office: Office, address: str, today: date) -> Mail:
    """The trial mail.

    Raises:
        RefusedError: *address* is none.
    """
    return trial_mail(checked_email(address), today, office.clock(), office.settings)
