"""Settings: what an office can set, with its defaults, and where they and the database stand if nobody says.

In: nothing; `tracker.settings_file` fills them. Out: frozen records, as all parts of the tracker take them.

Example: `Settings().accept_at` is 0.8: a task found with at least this confidence needs no clerk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

APP = "nhacviec"
Tls = Literal["none", "starttls", "ssl"]
Attachment = Literal["ics", "xlsx"]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIMEOUT = 60.0
PORTS: dict[Tls, int] = {"none": 25, "starttls": 587, "ssl": 465}


@dataclass(frozen=True)
class Office:
    """Who we are. `role`: "receiver" of other bodies' documents or "issuer" of our own. `timezone`: IANA name.

    `letter`: the office's own template of a letter that urges a late unit; None: the one that comes with the program.
    """

    unit: str | None = None
    province: str | None = None
    role: Literal["receiver", "issuer"] = "receiver"
    timezone: str = "Asia/Ho_Chi_Minh"
    letter: str | None = None

    @property
    def home(self) -> str | None:
        """What names our place, and that of the registered units that name none."""
        return self.province or self.unit


@dataclass(frozen=True)
class Smtp:
    """The mail server; `host` None: none is known yet. `sender`: the From address, with or without a display name.

    `timeout`: seconds without an answer after which the server counts as silent. `per_minute`: mails a minute that the
    server wants at most; 0: as fast as it takes them.
    """

    host: str | None = None
    port: int = PORTS["starttls"]
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: Tls = "starttls"
    sender: str | None = None
    timeout: float = TIMEOUT
    per_minute: int = 0


@dataclass(frozen=True)
class Alerts:
    """Who hears of what, and when.

    Attributes:
        clerk: where the clerk's digest goes.
        chief: where the chief's mails go: the weekly summary, and what is late for long.
        days_before: how many days before its day a task is announced; the day itself always counts.
        late_every: working days between two reminders of the same late task.
        max_per_week: digests a unit gets from Monday to Sunday at most.
        quiet_days: whether weekends and days off are without mail.
        head_after, chief_after: days late after which a unit's head, then the chief hears of a task; 0: never.
        escalate_every: days between two mails to a head about the same task.
        weekly: the weekday of the chief's summary, or "none".
        attach: what goes with a unit's digest: "ics", "xlsx".
    """

    clerk: tuple[str, ...] = ()
    chief: tuple[str, ...] = ()
    days_before: tuple[int, ...] = (7, 3, 1)
    late_every: int = 1
    max_per_week: int = 5
    quiet_days: bool = True
    head_after: int = 5
    chief_after: int = 15
    escalate_every: int = 7
    weekly: str = "mon"
    attach: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What one file may cost, and what is read of it; sizes in MB.

    Attributes:
        seconds: time for one file; a scan gets `ocr_seconds` more for each page recognised.
        memory: that reading may take, 0 for no limit (kept on Linux only).
        file_size, unpacked_size: of a file, and of its package when unpacked.
        pages, cells: of a PDF; in the tables of one document.
        members, depth, ratio: of a package (.zip, .eml, edXML): its documents, packages inside packages, how many times
            its packed size a file may have.
        convert_seconds: for LibreOffice, with an old Word file.
        ocr_pages, ocr_seconds, ocr_dpi: pages of a file that are recognised, time for one, at what resolution.
        number_confidence: a scan's number or day of which recognition is less sure (0 to 1) is left out.
        jobs: files that are read side by side, each in a process of its own; 0 for as many as the machine has cores.
    """

    seconds: float = 300.0
    memory: int = 3000
    file_size: int = 50
    unpacked_size: int = 500
    pages: int = 500
    cells: int = 200_000
    members: int = 200
    depth: int = 3
    ratio: int = 200
    convert_seconds: float = 120.0
    ocr_pages: int = 100
    ocr_seconds: float = 60.0
    ocr_dpi: int = 200
    number_confidence: float = 0.25
    jobs: int = 0


@dataclass(frozen=True)
class Settings:
    """All that can be set, with its default.

    Attributes:
        database: URL or path of the database; None stands for the file in the user's data folder.
        accept_at: a task found with at least this confidence (0 to 1) needs no clerk.
        originals: the folder of the copies of files taken in (`tracker.originals`); "none": no copies.
        soon_days: a task is "sắp đến hạn" this many days before its day.
        before: "trước ngày D" is shown and counted as the named day D, or as the day before it.
        max_extensions: so many times a task's day may be moved (gia hạn).
        days_off: a file of days off and worked Saturdays that the calendar does not know (`tracker.days_off`).
        user: who is recorded for changes (NHACVIEC_USER); None stands for the system's user.
        file: where the settings came from, None if there is no file.
    """

    database: str | None = None
    office: Office = Office()
    smtp: Smtp = Smtp()
    alerts: Alerts = Alerts()
    reading: Reading = Reading()
    accept_at: float = 0.8
    originals: str | None = None
    soon_days: int = 7
    before: Literal["named_day", "day_before"] = "named_day"
    max_extensions: int = 2
    days_off: str | None = None
    user: str | None = None
    file: Path | None = None


def default_file() -> Path:
    """The settings file in the user's configuration folder, whether it exists or not."""
    import platformdirs

    return platformdirs.user_config_path(APP, appauthor=False) / "nhacviec.toml"


def default_database() -> str:
    """Path of the SQLite file in the user's data folder, whether it exists or not."""
    import platformdirs

    return str(platformdirs.user_data_path(APP, appauthor=False) / "nhacviec.db")
