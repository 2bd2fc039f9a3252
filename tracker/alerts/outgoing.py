"""What one run writes and sends: its rows of the outbox, over one connection to the mail server.

In: composed mails, the office, the report of the run. Out: rows written, mails sent, and the report told of both.

Example: 12 digests are written in one transaction, sent one after the other, and counted in `report.deliveries`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.alerts import record
from tracker.alerts.message import sender_of
from tracker.alerts.send import Pace, Post, deliver
from tracker.alerts.smtp import MailServer
from tracker.database import reading, writing
from tracker.errors import MailServerError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack

    from tracker.alerts.digest import Mail
    from tracker.alerts.run import Office, Report


class Outgoing:
    """What one run writes and sends, over one connection, opened when it is needed."""

    def __init__(self, office: Office, report: Report, closing: ExitStack) -> None:
        """*closing* ends the connection."""
        self._office, self._report, self._closing = office, report, closing
        self._post: Post | None = None
        self._tried: set[int] = set()

    @property
    def post(self) -> Post:
        """The way to the server.

        Raises:
            SettingsError: no server or sender is set.
        """
        if self._post is None:
            settings = self._office.settings
            server = self._closing.enter_context(MailServer(settings.smtp))
            pace = Pace(settings.smtp.per_minute)
            self._post = Post(self._office.engine, server, sender_of(settings), self._office.clock, pace)
        return self._post

    def write(self, mails: Sequence[Mail]) -> Sequence[int]:
        """Writes mails down in one transaction; returns the numbers of those that are new."""
        if not mails:
            return ()
        domain = self.post.sender.domain
        with writing(self._office.engine) as session:
            written = record.write(session, mails, domain, self._office.clock())
        self._report.known += written.known
        self._report.ahead += written.ahead
        return written.new

    def send(self) -> None:
        """Sends all that is queued today and was not tried in this run."""
        with reading(self._office.engine) as session:
            ready, resting = record.to_send(session, self._report.day, self._office.clock())
        if not self._tried:
            self._report.resting = resting
        self.deliver([number for number in ready if number not in self._tried])

    def deliver(self, numbers: Sequence[int]) -> None:
        """Sends these rows."""
        if not numbers:
            return
        try:
            for delivery in deliver(self.post, numbers):
                self._tried.add(delivery.outbox_id)
                self._report.deliveries.append(delivery)
        except MailServerError as error:
            self._report.stopped = error
