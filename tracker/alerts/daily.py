"""A timer's call: the day's mails once, not before their hour, and again only what waits for the server.

In: the office, the moment, the hour. Out: a `Report`, or None where there was nothing to do. Whoever calls may call as
often as he likes, and late: the hour is the office's wherever the machine stands, a run that was missed is made up for
by the next call, once, and what a server put off is tried again by the calls after it.

Example: hour 07:30. Calls at 07:00 (too early), 07:30 (the day's run; one server said "451 later"), 08:00 (that mail
again), 08:30 (nothing).
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tracker.alerts import record, switches
from tracker.alerts.outgoing import Outgoing
from tracker.alerts.run import Office, Report, our_turn, run, take_up
from tracker.database import reading
from tracker.errors import WrongUsageError

if TYPE_CHECKING:
    from datetime import date

LATER = timedelta(minutes=30)
"""How long a timer rests after a server could not be reached, or said no to a login."""


def hour(text: str) -> time:
    """An hour of the day, "07:30".

    Raises:
        WrongUsageError: it is none.
    """
    hours, _, minutes = text.strip().replace("h", ":").partition(":")
    if hours.isdecimal() and (minutes or "0").isdecimal() and int(hours) < 24 and int(minutes or 0) < 60:
        return time(int(hours), int(minutes or 0))
    raise WrongUsageError(f"“{text}” không phải một giờ trong ngày", "viết dạng 07:30")


def scheduled(office: Office, at: time) -> Report | None:
    """Does what is due at the office's clock; None: nothing is, or mails may not leave yet.

    Raises:
        SettingsError, RefusedError: as `run`.
    """
    today, now = local(office)
    if now < at:
        return None
    with reading(office.engine) as session:
        if not switches.enabled(session):
            return None
        done = switches.last_day(session) == today
        waits = bool(record.to_send(session, today, office.clock())[0])
    if not done:
        return run(office, today)
    return _again(office, today) if waits else None


def come_back(office: Office, at: time, report: Report | None) -> datetime | None:
    """When to call again before the next day's hour; None: there is no need to.

    Args:
        report: what the call just made came to.
    """
    if report is not None and report.stopped is not None:
        return office.clock() + LATER
    today, now = local(office)
    if now < at:
        return None
    with reading(office.engine) as session:
        waits = record.next_try(session, today)
    return max(waits, office.clock()) if waits is not None else None


def local(office: Office) -> tuple[date, time]:
    """The office's day and hour."""
    now = office.clock().astimezone(ZoneInfo(office.settings.office.timezone))
    return now.date(), now.time()


def _again(office: Office, today: date) -> Report:
    """Sends only what waits."""
    report = Report(today)
    with our_turn(office, beside=True) as turn, ExitStack() as closing:
        take_up(office, turn, report)
        Outgoing(office, report, closing).send()
    return report
