"""Sends the queued rows of the outbox over one connection, each at most once, and records what became of each.

In: ids of queued rows, an open `MailServer`. Out: a `Delivery` for each row that was tried.

A row that another run holds is passed over. It is claimed (`sending`) when all but the end mark of its mail is with the
server: a process that dies before leaves it queued, one that dies after leaves it in doubt. Answers: 4xx and broken
connections wait for the next run, 5xx are final, a connection that breaks after the end mark is `unknown`.

Example: "550 5.1.1 no such user" to the only address of Sở Y tế → `failed`, shown in the clerk's digest of that run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import TYPE_CHECKING, cast

from tracker.alerts import record
from tracker.alerts.message import message, usable
from tracker.alerts.smtp import Answer, BrokenConnectionError, LostAnswerError, RefusedMailError
from tracker.errors import MailServerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Engine

    from tracker.alerts.message import Sender
    from tracker.alerts.record import Hold
    from tracker.alerts.smtp import MailServer
    from tracker.model import Outbox
    from tracker.states import OutboxState

    Clock = Callable[[], datetime]

_BROKEN_IN_A_ROW = 3
_PATIENT_TRIES = 1
"""A mail waits this often for an address that says 4xx while another one accepts; then it goes without it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one mail: the state of its row, and what the server said."""

    outbox_id: int
    name: str
    addresses: tuple[str, ...]
    state: OutboxState
    answer: str
    refused: dict[str, str]


class Pace:
    """No more than so many mails a minute, evenly; 0: as fast as the server takes them.

    Example: 30 a minute: the second mail begins two seconds after the first, however quick that was.
    """

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = monotonic, rest: Callable[[float], None] = sleep
    ) -> None:
        """*clock* and *rest* in seconds."""
        self._between = 60 / per_minute if per_minute else 0.0
        self._clock, self._rest = clock, rest
        self._next = 0.0

    def wait(self) -> None:
        """Comes back when the next mail may begin."""
        if not self._between:
            return
        now = self._clock()
        if self._next > now:
            self._rest(self._next - now)
        self._next = max(self._next, now) + self._between


@dataclass(frozen=True, slots=True)
class Post:
    """What every delivery needs: where the rows are, the server, who sends, what time it is, how fast to go."""

    engine: Engine
    server: MailServer
    sender: Sender
    clock: Clock
    pace: Pace = field(default_factory=lambda: Pace(0))


def deliver(post: Post, numbers: Iterable[int]) -> Iterator[Delivery]:
    """Sends rows one after the other.

    Raises:
        MailServerError: the server cannot be reached, takes nothing from us, or broke the connection three times in a
            row; the rows not tried stay queued.
    """
    broken = 0
    for number in numbers:
        with record.held(post.engine, number, post.clock()) as hold:
            if hold is None:
                continue  # another process is faster
            post.pace.wait()
            delivery, whole = _tried(post, hold)
        broken = 0 if whole else broken + 1
        if delivery is not None:
            yield delivery
        if broken == _BROKEN_IN_A_ROW:
            raise MailServerError(
                f"máy chủ thư bỏ dở {broken} thư liền", "xem nhật ký máy chủ thư rồi chạy lại “nhacviec alerts run”"
            )


def _tried(post: Post, hold: Hold) -> tuple[Delivery | None, bool]:
    """What became of a mail, None if another process took it, and whether the connection held."""
    try:
        return _deliver(post, hold), True
    except BrokenConnectionError as error:
        return _deferred(post, hold, "queued", str(error)), False
    except LostAnswerError as error:
        reason = f"{error} sau khi đã chuyển hết thư, không rõ máy chủ đã nhận chưa"
        return _closed(hold, "sending", "unknown", reason), False


def _deliver(post: Post, hold: Hold) -> Delivery | None:
    """One mail through all its steps; None if another process took it in the meantime."""
    row = hold.row
    refused = {address: Answer(553, "địa chỉ không hợp lệ") for address in row.addresses if not usable(address)}
    offered = [address for address in row.addresses if address not in refused]
    content = message(row, post.sender)
    try:
        if offered:
            answers = post.server.offer(post.sender.address, offered, len(content))
            refused |= {address: said for address, said in answers.items() if not said.accepted}
        early = _before_content(post, hold, refused)
        if early is not None:
            post.server.withdraw()
            return early
        post.server.hand_over(content)
    except RefusedMailError as error:
        post.server.withdraw()  # to many servers the addresses still stand, and the next MAIL would be a second one
        return _said_no(post, hold, "queued", error.answer)
    if not record.claim(hold, post.clock()):
        post.server.abandon()
        return None
    said = post.server.finish()
    if not said.accepted:
        return _said_no(post, hold, "sending", said)
    shown = {address: str(answer) for address, answer in refused.items()}
    record.sent(post.engine, row, str(said), shown, post.clock())
    return _delivery(row, "sent", str(said), shown)


def _before_content(post: Post, hold: Hold, refused: dict[str, Answer]) -> Delivery | None:
    """The end of a mail that some address does not want, if that ends it."""
    later = [str(said) for said in refused.values() if said.temporary]
    nobody = len(refused) == len(hold.row.addresses)
    if later and (nobody or hold.row.attempts < _PATIENT_TRIES):
        return _deferred(post, hold, "queued", later[0])
    if nobody:
        told = "; ".join(f"{address}: {said}" for address, said in refused.items())
        return _closed(hold, "queued", "failed", told)
    return None


def _said_no(post: Post, hold: Hold, state: record.Held, said: Answer) -> Delivery:
    if said.temporary:
        return _deferred(post, hold, state, str(said))
    return _closed(hold, state, "failed", str(said))


def _deferred(post: Post, hold: Hold, state: record.Held, reason: str) -> Delivery:
    record.deferred(hold, state, reason, post.clock())
    return _delivery(hold.row, "queued", reason)


def _closed(hold: Hold, state: record.Held, end: OutboxState, reason: str) -> Delivery:
    record.closed(hold, state, end, reason)
    return _delivery(hold.row, end, reason)


def _delivery(row: Outbox, state: OutboxState, answer: str, refused: dict[str, str] | None = None) -> Delivery:
    return Delivery(cast(int, row.id), row.bodies["name"], tuple(row.addresses), state, answer, refused or {})
