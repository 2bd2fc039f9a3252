"""The whole flow: what the commands of `nhacviec alerts` call.

In: an engine, the settings, the day that counts as today, a clock for the moments of sending. Out: a `Report`.

    put away → units and heads, some hundred at a time: select, compose, write → chief: the same → send
             → clerk: the same, so that he hears what was refused just now

Example: the first run of 23 November sends 12 digests; the second one finds 12 rows, writes none and sends none.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from tracker.alerts import record, switches
from tracker.alerts.compose import compose
from tracker.alerts.compose_weekly import compose_weekly
from tracker.alerts.digest import CHIEF, CLERK, Digest
from tracker.alerts.office import chief_digest, chief_name, clerk_digest, doubts
from tracker.alerts.outgoing import Outgoing
from tracker.alerts.select import BATCH, batch, reachable, scene_of
from tracker.alerts.turn import turn
from tracker.alerts.weekly import summary
from tracker.alerts.whereto import put_right
from tracker.database import reading, writing
from tracker.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Engine

    from tracker.alerts.digest import Mail
    from tracker.alerts.select import Scene
    from tracker.alerts.send import Clock, Delivery
    from tracker.alerts.turn import Turn
    from tracker.errors import MailServerError
    from tracker.settings import Settings


@dataclass(slots=True)
class Report:
    """What a run did.

    Attributes:
        day: the day that counted as today.
        enabled: False: a dry run; `planned` would be sent, nothing was written.
        dry: a dry run was asked for.
        quiet_until: the day is quiet; mails go out again on this one.
        planned: the mails of a dry run, without their words.
        deliveries: what became of each mail that was tried.
        known: recipients who had their mail of the day before this run.
        held: units with news that had all the mails of this week.
        resting: mails that wait for a later run after a temporary refusal.
        interrupted: mails that a dead run left in doubt.
        given_up: mails of earlier days that could not be sent.
        ahead: recipients with a mail of a later day, with that day: the clock was set back, they got nothing.
        no_clerk: there is something to tell the clerk, and no address.
        others: other runs were still sending when this one had done its part; the last of them writes to the clerk.
        restored: the database was restored today from a copy that knows of no run: nothing goes out twice.
        stopped: why the run could not go on.
    """

    day: date
    enabled: bool = True
    dry: bool = False
    quiet_until: date | None = None
    planned: list[Mail] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    known: int = 0
    held: int = 0
    resting: int = 0
    interrupted: int = 0
    given_up: int = 0
    ahead: list[tuple[str, date]] = field(default_factory=list)
    no_clerk: bool = False
    others: bool = False
    restored: bool = False
    stopped: MailServerError | None = None

    @property
    def sent(self) -> int:
        """Mails that the server took."""
        return sum(delivery.state == "sent" for delivery in self.deliveries)

    @property
    def dry_run(self) -> bool:
        """Nothing was to be sent: by wish, or because alerts are not enabled."""
        return self.dry or not self.enabled

    @property
    def exit_code(self) -> int:
        """0 all well, 1 some mails or addresses were left out, 4 there was mail to send and none went."""
        if self.dry_run:
            return 0
        left = len(self.deliveries) - self.sent + self.resting + (self.stopped is not None) + self.no_clerk
        if left and not self.sent:
            return 4
        return int(left > 0 or any(delivery.refused for delivery in self.deliveries))


@dataclass(frozen=True, slots=True)
class Office:
    """What every command works with: the database, the settings, and what time it is."""

    engine: Engine
    settings: Settings
    clock: Clock


class Wishes(NamedTuple):
    """How a run differs from the usual one.

    Attributes:
        trust_clock: mails of later days than today are from a wrong clock and hold nothing back.
        dry: nothing is written or sent, only told.
        any_day: a quiet day is as good as any, and so is the day of a restoration.
    """

    trust_clock: bool = False
    dry: bool = False
    any_day: bool = False


_USUAL = Wishes()


def run(office: Office, today: date, wishes: Wishes = _USUAL) -> Report:
    """Sends today's mails, each once; before `alerts enable` it only says which.

    Raises:
        SettingsError: there is mail to send, and no server or sender is set; the file of days off cannot be read.
        RefusedError: another run is still sending.
    """
    report = Report(today, dry=wishes.dry)
    scene = scene_of(office.settings, today)
    if scene.rhythm.is_quiet(today) and not wishes.any_day:
        report.quiet_until = scene.rhythm.next_working(today)
    with reading(office.engine) as session:
        report.enabled = switches.enabled(session)
        report.restored = switches.may_have_run(session, today) and not wishes.any_day
    if wishes.dry or not report.enabled:
        report.planned = [replace(mail, text="", html="", files=()) for mail in preview(office, today)]
        report.no_clerk = any(mail.recipient == CLERK and not mail.addresses for mail in report.planned)
        return report
    if report.quiet_until is not None or report.restored:
        return report
    with our_turn(office, beside=True) as turn:
        with writing(office.engine) as session:
            switches.identity(session)
            if wishes.trust_clock:
                switches.trust_clock(session)
        take_up(office, turn, report)
        _send_all(office, scene, turn, report)
        if report.stopped is None and not report.others:
            with writing(office.engine) as session:
                switches.ran(session, today)
    return report


def take_up(office: Office, turn: Turn, report: Report) -> None:
    """Puts in order what earlier runs left, then lets others send too; nothing to do if others send already."""
    if turn.alone:
        with writing(office.engine) as session:
            report.interrupted = record.interrupted(session)
            report.given_up = record.given_up(session, report.day)
            put_right(session, office.settings, report.day)
    if not office.settings.smtp.per_minute:  # so many mails a minute are those of one run
        turn.share()


def preview(office: Office, today: date) -> Iterator[Mail]:
    """All that is to be sent today to those who have had nothing yet, whether alerts are enabled, on quiet days too."""
    scene = scene_of(office.settings, today)
    for mails, _ in _to_units(office, scene):
        yield from mails
    yield from _to_chief(office, scene)
    yield from _to_clerk(office, scene)


@contextmanager
def our_turn(office: Office, beside: bool = False) -> Iterator[Turn]:
    """Holds the turn to send, *beside* other runs or alone.

    Raises:
        RefusedError: another run does not give it back.
    """
    with turn(office.engine, beside=beside) as ours:
        if ours is None:
            raise RefusedError("một lượt gửi thư khác đang chạy", "đợi lượt ấy xong rồi xem “nhacviec alerts log”")
        yield ours


def _send_all(office: Office, scene: Scene, turn: Turn, report: Report) -> None:
    """The units' and the chief's mails, then the clerk's; what is queued from an earlier run of the day goes too.

    The clerk hears what was refused: he is written to when no other run sends any more.
    """
    with ExitStack() as closing:
        outgoing = Outgoing(office, report, closing)
        for mails, held in _to_units(office, scene):
            report.held += held
            outgoing.write(mails)
        outgoing.write(list(_to_chief(office, scene)))
        outgoing.send()
        beside = not turn.alone
        report.others = not turn.last()
        if report.stopped or report.others:
            return
        if beside:
            with writing(office.engine) as session:
                report.interrupted += record.interrupted(session)  # of a run beside this one that died
        mails = list(_to_clerk(office, scene))
        report.no_clerk = any(not mail.addresses for mail in mails)
        outgoing.write([mail for mail in mails if mail.addresses])
        outgoing.send()


def _to_units(office: Office, scene: Scene) -> Iterator[tuple[list[Mail], int]]:
    """Mails of some hundred units and their heads at a time, and how many more had all of this week."""
    with reading(office.engine) as session:
        units = reachable(session)
        origin = _origin(switches.known_identity(session), office)
    for at in range(0, len(units), BATCH):
        with reading(office.engine) as session:
            found = batch(session, units[at : at + BATCH], scene)
        yield [mail for digest in found.digests for mail in _composed(digest, office, origin)], found.held


def _to_chief(office: Office, scene: Scene) -> Iterator[Mail]:
    if not office.settings.alerts.chief:
        return
    with reading(office.engine) as session:
        digest = chief_digest(session, scene)
        week = scene.rhythm.week_start
        key = f"{CHIEF}/chief_weekly/{week.isoformat()}"
        weekly = None
        if scene.rhythm.summary_day is not None and not record.knows(session, key):
            weekly = compose_weekly(summary(session, scene), chief_name(scene), week, office.settings)
    yield from _composed(digest, office, "")
    if weekly is not None:
        yield weekly


def _to_clerk(office: Office, scene: Scene) -> Iterator[Mail]:
    with reading(office.engine) as session:
        in_doubt = doubts(session, scene.today)
        digest = replace(clerk_digest(session, scene), doubts=in_doubt.named, doubts_total=in_doubt.total)
    yield from _composed(digest, office, "")


def _composed(digest: Digest, office: Office, origin: str) -> Iterator[Mail]:
    mail = compose(digest, office.settings, origin)
    if mail is not None:
        yield mail


def _origin(identity: str | None, office: Office) -> str:
    """The name under which calendars know this database again."""
    domain = (office.settings.smtp.sender or "").rpartition("@")[2].strip(" >") or "nhacviec.invalid"
    return f"{(identity or 'xem-truoc')[:12]}.{domain}"
