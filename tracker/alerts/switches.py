"""What the database remembers of the alerts as a whole: whether mails may leave, its name, when a run was last.

In: a session. Out: values of `app_setting`.

Example: "alerts_enabled" → "1"; "alerts_last_day" → "2026-11-23".
"""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, select

from tracker.model import AppSetting, Outbox

_ENABLED = "alerts_enabled"
_IDENTITY = "alerts_identity"
_CLOCK_TRUSTED = "alerts_clock_trusted_after"
_LAST_DAY = "alerts_last_day"
_RESTORED = "alerts_restored_on"


def enabled(session: Session) -> bool:
    """Whether mails may leave."""
    return _value(session, _ENABLED) == "1"


def enable(session: Session, on: bool) -> None:
    """Lets mails leave, or stops them."""
    _set(session, _ENABLED, "1" if on else "0")


def trust_clock(session: Session) -> None:
    """Mails written so far with a later day than today no longer hold back new ones: today's clock is the right one."""
    newest = session.exec(select(func.max(Outbox.id))).one() or 0
    _set(session, _CLOCK_TRUSTED, str(newest))


def trusted_after(session: Session) -> int:
    """The number of the last mail that a wrong clock may have dated."""
    return int(_value(session, _CLOCK_TRUSTED) or 0)


def identity(session: Session) -> str:
    """A random name of this database, so that two of one office never give two mails the same Message-ID."""
    known = _value(session, _IDENTITY)
    if known is None:
        known = uuid.uuid4().hex
        _set(session, _IDENTITY, known)
    return known


def known_identity(session: Session) -> str | None:
    """The name, if the database has one yet."""
    return _value(session, _IDENTITY)


def ran(session: Session, today: date) -> None:
    """A run for *today* has come to its end."""
    _set(session, _LAST_DAY, today.isoformat())


def last_day(session: Session) -> date | None:
    """The day for which a run last came to its end; None: there was none."""
    known = _value(session, _LAST_DAY)
    return date.fromisoformat(known) if known else None


def restored(session: Session, today: date) -> None:
    """The database is a copy of earlier: mails that left since then are not in it."""
    _set(session, _RESTORED, today.isoformat())


def may_have_run(session: Session, today: date) -> bool:
    """Whether *today* is the day of a restoration, and the copy knows of no run: what was sent today is not known."""
    return _value(session, _RESTORED) == today.isoformat() and last_day(session) != today


def _value(session: Session, key: str) -> str | None:
    found = session.get(AppSetting, key)
    return found.value if found else None


def _set(session: Session, key: str, value: str) -> None:
    session.merge(AppSetting(key=key, value=value))
