"""The whole flow: what the commands of `nhacviec alerts` call.

In: an engine, the settings, the day that counts as today, a clock for the moments of sending. Out: a `Report`.

    put away → units: select, compose, write, send → clerk: the same, so that he hears what was refused just now

Example: the first run of 21 November sends 12 digests; the second one finds 12 rows, writes none and sends none.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.alerts import record
from tracker.alerts.compose import compose, trial_mail
from tracker.alerts.message import sender_of
from tracker.alerts.select import doubts, selected
from tracker.alerts.send import Post, deliver
from tracker.alerts.smtp import MailServer
from tracker.alerts.turn import turn
from tracker.database import reading, writing
from tracker.errors import MailServerError, NotFoundError, RefusedError
from tracker.model import Outbox
from tracker.units import addresses, checked_email

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Engine
    from sqlmodel import Session

    from tracker.alerts.digest import Digest, Mail
    from tracker.alerts.send import Clock, Delivery
    from tracker.settings import Settings


@dataclass(slots=True)
class Report:
    """What a run did.

    Attributes:
        day: the day that counted as today.
        enabled: False: a dry run; `planned` would be sent, nothing was written.
        planned: the mails of a dry run.
        deliveries: what became of each mail that was tried.
        known: recipients who had their digest of the day before this run.
        resting: mails that wait for a later run after a temporary refusal.
        interrupted: mails that a dead run left in doubt.
        given_up: mails of earlier days that could not be sent.
        ahead: recipients with a mail of a later day, with that day: the clock was set back, they got nothing.
        no_clerk: there is something to tell the clerk, and no address.
        stopped: why the run could not go on.
    """

    day: date
    enabled: bool = True
    planned: list[Mail] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    known: int = 0
    resting: int = 0
    interrupted: int = 0
    given_up: int = 0
    ahead: list[tuple[str, date]] = field(default_factory=list)
    no_clerk: bool = False
    stopped: MailServerError | None = None

    @property
    def sent(self) -> int:
        """Mails that the server took."""
        return sum(delivery.state == "sent" for delivery in self.deliveries)

    @property
    def exit_code(self) -> int:
        """0 all well, 1 some mails or addresses were left out, 4 there was mail to send and none went."""
        left = len(self.deliveries) - self.sent + self.resting + (self.stopped is not None)
        if left and not self.sent:
            return 4
        return int(left > 0 or any(delivery.refused for delivery in self.deliveries))


@dataclass(frozen=True, slots=True)
class Office:
    """What every command works with: the database, the settings, and what time it is."""

    engine: Engine
    settings: Settings
    clock: Clock


def run(office: Office, today: date, trust_clock: bool = False) -> Report:
    """Sends today's digests, each once; before `alerts enable` it only says which.

    Args:
        trust_clock: mails of later days than *today* are from a wrong clock and hold nothing back.

    Raises:
        SettingsError: there is mail to send, and no server or sender is set.
        RefusedError: another run is still sending.
    """
    report = Report(today)
    with reading(office.engine) as session:
        report.enabled = record.enabled(session)
    if not report.enabled:
        report.planned = preview(office, today)
        report.no_clerk = any(not mail.addresses for mail in report.planned)
        return report
    with _our_turn(office.engine):
        with writing(office.engine) as session:
            report.interrupted = record.interrupted(session)
            report.given_up = record.given_up(session, today)
            if trust_clock:
                record.trust_clock(session)
        _send_all(office, report)
    return report


def preview(office: Office, today: date) -> list[Mail]:
    """All that would be sent today to those who have had nothing yet, whether alerts are enabled or not."""
    with reading(office.engine) as session:
        found = selected(session, today, office.settings)
        clerk = replace(found.clerk, doubts=doubts(session, today))
    return _composed([*found.units, clerk], office.settings)


def resend(office: Office, number: int, today: date, who: str) -> Report:
    """Sends a mail again that failed or may not have arrived: the same words, to the addresses of now.

    Raises:
        NotFoundError: there is no such mail.
        RefusedError: it was sent, or alerts are not enabled.
        SettingsError: no server or sender is set.
    """
    report = Report(today)
    with _our_turn(office.engine), ExitStack() as closing:
        post = _post(office, closing)
        with writing(office.engine) as session:
            record.interrupted(session)
            row = session.get(Outbox, number)
            if row is None:
                raise NotFoundError(f"không có thư số {number}", "xem số thư bằng “nhacviec alerts log”")
            if not record.enabled(session):
                raise RefusedError("chưa bật gửi thư", "bật bằng “nhacviec alerts enable”")
            if row.state == "sent":
                raise RefusedError(f"thư số {number} đã gửi xong", "không gửi lại để đơn vị khỏi nhận hai lần")
            record.reopened(session, row, _addresses_now(session, row, office.settings), f"gửi lại theo lệnh của {who}")
        _deliver(post, [number], report)
    return report


def trial(office: Office, address: str, today: date) -> Report:
    """Sends a trial mail to *address*, whether alerts are enabled or not; it is tried once.

    Raises:
        RefusedError: *address* is none.
        SettingsError: no server or sender is set.
    """
    mail = trial_mail(checked_email(address), today, office.clock(), office.settings)
    report = Report(today)
    with ExitStack() as closing:
        post = _post(office, closing)
        with writing(office.engine) as session:
            numbers = record.write(session, [mail], post.sender.domain, office.clock()).new
        _deliver(post, numbers, report)
    for number in numbers:
        said = report.stopped.what if report.stopped else report.deliveries[0].answer
        record.closed(office.engine, number, "queued", "failed", said)
    return report


@contextmanager
def _our_turn(engine: Engine) -> Iterator[None]:
    with turn(engine) as ours:
        if not ours:
            raise RefusedError("một lượt gửi thư khác đang chạy", "đợi lượt ấy xong rồi xem “nhacviec alerts log”")
        yield


def _send_all(office: Office, report: Report) -> None:
    """The units' mails, then the clerk's; what is queued from an earlier run of the day goes too."""
    with reading(office.engine) as session:
        found = selected(session, report.day, office.settings)
    with ExitStack() as closing:
        post = _send(office, report, _composed(found.units, office.settings), None, closing)
        if report.stopped:
            return
        with reading(office.engine) as session:
            clerk = replace(found.clerk, doubts=doubts(session, report.day))
        mails = _composed([clerk], office.settings)
        report.no_clerk = bool(mails) and not clerk.addresses
        _send(office, report, [] if report.no_clerk else mails, post, closing)


def _send(office: Office, report: Report, mails: list[Mail], post: Post | None, closing: ExitStack) -> Post | None:
    """Writes mails down, then sends all that is queued and was not tried in this run; returns the open connection."""
    if mails:
        post = post or _post(office, closing)
        with writing(office.engine) as session:
            written = record.write(session, mails, post.sender.domain, office.clock())
        report.known += written.known
        report.ahead += written.ahead
    with reading(office.engine) as session:
        ready, resting = record.to_send(session, report.day, office.clock())
    tried = {delivery.outbox_id for delivery in report.deliveries}
    report.resting = report.resting if tried else resting
    numbers = [number for number in ready if number not in tried]
    if numbers:
        post = post or _post(office, closing)
        _deliver(post, numbers, report)
    return post


def _composed(digests: Iterable[Digest], settings: Settings) -> list[Mail]:
    mails = [compose(digest, settings) for digest in digests]
    return [mail for mail in mails if mail is not None]


def _post(office: Office, closing: ExitStack) -> Post:
    server = closing.enter_context(MailServer(office.settings.smtp))
    return Post(office.engine, server, sender_of(office.settings), office.clock)


def _deliver(post: Post, numbers: Sequence[int], report: Report) -> None:
    try:
        for delivery in deliver(post, numbers):
            report.deliveries.append(delivery)
    except MailServerError as error:
        report.stopped = error


def _addresses_now(session: Session, row: Outbox, settings: Settings) -> Sequence[str]:
    """Where the mail goes now: the clerk may have put a wrong address right since."""
    if row.kind == "clerk_digest":
        return settings.alerts.clerk or row.addresses
    known = addresses(session, [row.unit_id]) if row.unit_id is not None else {}
    return known.get(row.unit_id or 0, tuple(row.addresses))
