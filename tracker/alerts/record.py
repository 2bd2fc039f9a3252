"""What shall leave, what has left, and what may have: the outbox.

In: composed mails, and what became of them. Out: rows of `outbox` with one state each.

    queued ── claim ──▶ sending ── settle ──▶ sent | failed | queued again | unknown

A row is held while its mail is sent: on a server with row locks other runs pass over it, and send the next ones. It is
claimed only when nothing but the end mark of its mail is missing. Whoever stops before leaves it `queued`, to be sent
by the next run; whoever stops after leaves it `sending`, which the next run makes `unknown`: that mail may have
arrived, so it is never sent again by itself.

Example: key "unit:12/unit_digest/2026-11-23"; the second run of that day finds it and writes nothing.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import CursorResult, and_, func, or_, update
from sqlmodel import Session, col, insert, select

from tracker.alerts import history, switches
from tracker.database import backend_of, holding, writing
from tracker.model import Outbox, OutboxTask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Engine

    from tracker.alerts.digest import Mail
    from tracker.states import OutboxState

Held = Literal["queued", "sending"]
DIGESTS = ("unit_digest", "head_digest", "clerk_digest", "chief_digest", "chief_weekly")
WAITS = (timedelta(0), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""How long a mail rests after its first, second, … failed try: greylisting wants a quick retry, a full disk none."""
_HEAVY = ("html", "files")
"""Parts of a body that nobody needs once the mail is with the server: its text is proof enough."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What became of mails that were to be written into the outbox.

    Attributes:
        new: ids of the rows written.
        known: how many had a row for this day already.
        ahead: recipients who already have a mail of a later day, with that day: the clock was set back.
    """

    new: tuple[int, ...]
    known: int
    ahead: tuple[tuple[str, date], ...]


def write(session: Session, mails: Sequence[Mail], domain: str, now: datetime) -> Writing:
    """Writes mails into the outbox, each once.

    Args:
        session: a writing one, whose transaction holds all of it or nothing.
        domain: of the sender, for the Message-ID.
        now: with its zone.
    """
    identity = switches.identity(session)
    recipients = [mail.recipient for mail in mails]
    newest = _newest_days(session, recipients)
    roots = history.thread_roots(session, recipients)
    keys = set(session.exec(select(Outbox.key).where(col(Outbox.key).in_([mail.key for mail in mails]))))
    new: list[int] = []
    ahead: list[tuple[str, date]] = []
    for mail in mails:
        later = newest.get((mail.recipient, mail.kind))
        if mail.key in keys:
            continue
        if later is not None and later > mail.day:
            ahead.append((mail.name, later))
            continue
        row = row_of(mail, identity, domain, now)
        if mail.recipient in roots:
            row.bodies = {**row.bodies, "thread": roots[mail.recipient]}
        new.append(_insert(session, mail, row))
    return Writing(tuple(new), len(mails) - len(new) - len(ahead), tuple(ahead))


def _newest_days(session: Session, recipients: Sequence[str]) -> dict[tuple[str, str], date]:
    rows = session.exec(
        select(Outbox.recipient, Outbox.kind, func.max(Outbox.day))
        .where(col(Outbox.recipient).in_(recipients), col(Outbox.id) > switches.trusted_after(session))
        .group_by(Outbox.recipient, Outbox.kind)
    )
    return {(recipient, kind): day for recipient, kind, day in rows}


def knows(session: Session, key: str) -> bool:
    """Whether a mail of this key was written."""
    return session.exec(select(Outbox.id).where(Outbox.key == key)).first() is not None


def row_of(mail: Mail, identity: str, domain: str, now: datetime) -> Outbox:
    """The outbox row of a mail; its Message-ID follows from the key, so that a copy is known for one.

    Args:
        identity: of the database that the mail belongs to.
        domain: of the sender.
        now: with its zone.
    """
    digest = hashlib.sha256(f"{identity}/{mail.key}".encode()).hexdigest()[:32]
    bodies: dict[str, Any] = {"name": mail.name, "text": mail.text, "html": mail.html}
    if mail.files:
        bodies["files"] = [
            {"name": file.name, "type": file.media_type, "content": b64encode(file.content).decode()}
            for file in mail.files
        ]
    return Outbox(
        recipient=mail.recipient,
        unit_id=mail.unit_id,
        addresses=list(mail.addresses),
        kind=mail.kind,
        day=mail.day,
        key=mail.key,
        message_id=f"<nhacviec.{digest}@{domain}>",
        subject=mail.subject,
        bodies=bodies,
        created_at=now,
    )


def _insert(session: Session, mail: Mail, row: Outbox) -> int:
    session.add(row)
    session.flush()
    number = cast(int, row.id)
    session.expunge(row)  # its body is long, and nobody asks for it again in this transaction
    if mail.tasks:
        session.connection().execute(
            insert(OutboxTask),
            [
                {"outbox_id": number, "task_id": task_id, "reason": why, "occurrence": occurrence}
                for task_id, why, occurrence in mail.tasks
            ],
        )
    return number


def interrupted(session: Session) -> int:
    """Rows that a dead run left in `sending` become `unknown`; how many. Only for who holds the turn."""
    left = update(Outbox).where(col(Outbox.state) == "sending")
    return _changed(session, left.values(state="unknown", reason="bị ngắt giữa lúc gửi, không rõ máy chủ đã nhận chưa"))


def given_up(session: Session, today: date) -> int:
    """Unsent mails of earlier days become `failed`; how many. What they said, today's digest says better.

    The chief's summary is not written anew before the next week: until then it is tried again.
    """
    past = or_(col(Outbox.day) < _monday(today), and_(col(Outbox.day) < today, col(Outbox.kind) != "chief_weekly"))
    old = update(Outbox).where(col(Outbox.state) == "queued", past)
    return _changed(session, old.values(state="failed", reason="hết ngày chưa gửi được. " + col(Outbox.reason)))


def to_send(session: Session, today: date, now: datetime) -> tuple[list[int], int]:
    """Ids of the mails of today, or of this week, that may be tried now, and how many rest until later."""
    mine = waiting(today)
    ready = list(session.exec(select(Outbox.id).where(*mine, _rested(now)).order_by(col(Outbox.id))))
    total = session.exec(select(func.count()).select_from(Outbox).where(*mine)).one()
    return [number for number in ready if number is not None], total - len(ready)


def next_try(session: Session, today: date) -> datetime | None:
    """When the first of today's mails that wait for the server may be tried again; None: none waits."""
    return session.exec(select(func.min(Outbox.next_try_at)).where(*waiting(today))).one()


def waiting(today: date) -> tuple[Any, ...]:
    """Conditions on `Outbox`: the mails that are still to be sent today."""
    this_week = and_(col(Outbox.kind) == "chief_weekly", col(Outbox.day).between(_monday(today), today))
    mine = or_(col(Outbox.day) == today, this_week)
    return col(Outbox.state) == "queued", mine, col(Outbox.kind).in_(DIGESTS)


def _rested(now: datetime) -> Any:  # noqa: ANN401 - a condition
    """Condition on `Outbox`: the mail may be tried now."""
    return or_(
        col(Outbox.next_try_at).is_(None),
        col(Outbox.next_try_at) <= now,
        col(Outbox.next_try_at) > now + WAITS[-1],  # longer than any wait: the clock was set back since
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


class Hold:
    """A queued row while this process sends its mail; where the database has row locks, no other run touches it."""

    def __init__(self, engine: Engine, row: Outbox, lock: Session | None) -> None:
        """*lock* holds the row until its first change; None: nothing holds it but the turn of this run."""
        self.row = row
        self._engine, self._lock = engine, lock

    @contextmanager
    def changing(self) -> Iterator[Session]:
        """A session to change the row in, stored at its end; what locked the row ends with it."""
        lock, self._lock = self._lock, None
        if lock is None:
            with writing(self._engine) as session:
                yield session
        else:
            yield lock
            lock.commit()


@contextmanager
def held(engine: Engine, number: int, now: datetime) -> Iterator[Hold | None]:
    """Holds a row for the block; None: it is not queued any more, rests, or another run holds it."""
    mine = select(Outbox).where(col(Outbox.id) == number, col(Outbox.state) == "queued", _rested(now))
    with holding(engine) as session:
        row = session.exec(mine.with_for_update(skip_locked=True)).first()
        if row is None:
            yield None
            return
        session.expunge(row)
        if backend_of(engine).ROW_LOCKS:
            yield Hold(engine, row, session)
        else:
            session.rollback()  # nothing is read any more: who writes the file's log back shall not wait for a mail
            yield Hold(engine, row, None)


def claim(hold: Hold, now: datetime) -> bool:
    """Takes a queued row for this process alone; False if another one was faster."""
    with hold.changing() as session:
        taken = update(Outbox).where(col(Outbox.id) == hold.row.id, col(Outbox.state) == "queued")
        return _changed(session, taken.values(state="sending", sending_at=now)) == 1


def sent(engine: Engine, row: Outbox, answer: str, refused: Mapping[str, str], now: datetime) -> None:
    """The server took the mail of a claimed row, for all addresses but those *refused* (address → its answer)."""
    kept = {name: part for name, part in row.bodies.items() if name not in _HEAVY}
    if "files" in row.bodies:
        kept["files"] = [{"name": file["name"], "type": file["type"]} for file in row.bodies["files"]]
    values = {
        "state": "sent",
        "server_answer": answer,
        "sent_at": now,
        "attempts": row.attempts + 1,
        "next_try_at": None,
        "reason": "; ".join(f"{address} không nhận: {said}" for address, said in refused.items()),
        "bodies": {**kept, "refused": dict(refused)} if refused else kept,
    }
    # not at once on the disk: lost in a power cut, the row is in doubt, and nobody gets two
    with writing(engine, at_once=False) as session:
        _changed(session, update(Outbox).where(col(Outbox.id) == row.id).values(**values))


def deferred(hold: Hold, state: Held, reason: str, now: datetime) -> None:
    """The mail was not taken this time: it stays queued, and rests the longer the more often it was tried.

    Args:
        state: in which the caller left the row; in any other it is another process's, and stays as it is.
    """
    with hold.changing() as session:
        row = session.get_one(Outbox, hold.row.id)
        if row.state != state:
            return
        row.state = "queued"
        row.reason = row.server_answer = reason
        row.next_try_at = now + WAITS[min(row.attempts, len(WAITS) - 1)]
        row.attempts += 1


def closed(hold: Hold, state: Held, end: OutboxState, reason: str) -> None:
    """The mail is not tried again by itself: `failed`, the server will not have it; `unknown`, it may have it.

    Args:
        state: as for `deferred`.
        end: the state from now on.
    """
    with hold.changing() as session:
        row = session.get_one(Outbox, hold.row.id)
        if row.state != state:
            return
        row.state = end
        row.reason = row.server_answer = reason
        row.attempts += 1
        row.next_try_at = None


def reopened(session: Session, row: Outbox, addresses: Sequence[str], reason: str) -> None:
    """A clerk has the mail sent again: the same mail, to the addresses of now."""
    row.state = "queued"
    row.addresses = list(addresses)
    row.reason = reason
    row.next_try_at = None
    session.add(row)


def _changed(session: Session, statement: Any) -> int:  # noqa: ANN401 - an UPDATE of any kind
    return cast(CursorResult[Any], session.connection().execute(statement)).rowcount
