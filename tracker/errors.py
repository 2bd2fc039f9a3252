"""What can go wrong while following tasks, as one tree; each error says what and what to do, in Vietnamese.

    TrackerError                    something that was asked for could not be done (exit code 1)
    ├ NotFoundError                 no such task, document or unit
    ├ RefusedError                  the change would break a rule; nothing was changed
    ├ WrongUsageError               a period, day, filter or option that is none (exit code 2)
    ├ SettingsError                 the settings cannot be read or make no sense (exit code 3)
    ├ DatabaseError                 the database cannot be opened, read or migrated (exit code 3)
    ├ ClusterLostError              the machines that were to read cannot be reached, or must not read (exit code 3)
    └ MailServerError               there is mail to send and the mail server takes none of it (exit code 4)

>>> str(NotFoundError("không có nhiệm vụ số 12", "xem số ở cột ID của “nhacviec tasks”"))
'không có nhiệm vụ số 12; xem số ở cột ID của “nhacviec tasks”'
"""

from __future__ import annotations


class TrackerError(Exception):
    """Something that was asked for could not be done.

    Args:
        what: what is wrong, in Vietnamese, without a full stop.
        todo: what the clerk should do next, in Vietnamese.
    """

    exit_code = 1

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}; {todo}")
        self.what = what
        self.todo = todo


class NotFoundError(TrackerError):
    """No such task, document or unit."""


class RefusedError(TrackerError):
    """The change would break a rule; nothing was changed."""


class WrongUsageError(TrackerError):
    """A period, day, filter or option that is none."""

    exit_code = 2


class SettingsError(TrackerError):
    """The settings cannot be read or make no sense."""

    exit_code = 3


class DatabaseError(TrackerError):
    """The database cannot be opened, read or migrated."""

    exit_code = 3


class ClusterLostError(TrackerError):
    """The machines that were to read cannot be reached, or must not read for us."""

    exit_code = 3


class MailServerError(TrackerError):
    """There is mail to send and the mail server takes none of it: unknown host, wrong password, no TLS, no answer."""

    exit_code = 4
