"""What every command works with: settings, the day, the database, and a voice.

In: the global options. Out: `Desk`, which opens things when they are first needed, prints answers to stdout and
messages to stderr, and remembers whether an input failed.

Example: `desk.fail("kế hoạch.pdf", error)` prints "kế hoạch.pdf: tệp rỗng; hãy xin lại tệp từ nơi gửi" and makes the
exit code 1; the other files go on.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import typer

from tracker.cli.layout import folded, printable, terminal_width
from tracker.settings import Settings, default_database
from tracker.settings_file import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from sqlalchemy import Engine

    from tracker.changes import Hand
    from tracker.cli.progress import Progress
    from tracker.rows import Clock


@dataclass
class Desk:
    """The global options of one call, and all that follows from them.

    Attributes:
        db: URL or path from `--db`; None if not given.
        today_text: from `--today`; None if not given.
        config: from `--config`; None if not given.
        as_json: answers are JSON.
        quiet, verbose: fewer messages, or more.
        exit_code: 1 once an input has failed.
    """

    db: str | None = None
    today_text: str | None = None
    config: Path | None = None
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    exit_code: int = field(default=0, init=False)
    _held: list[str] | None = field(default=None, init=False)
    _open: list[Engine] = field(default_factory=list, init=False)

    @cached_property
    def settings(self) -> Settings:
        """The settings; raises SettingsError where they make no sense."""
        return load(self.config, os.environ)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.office.timezone)

    @cached_property
    def today(self) -> date:
        """The office's day: as given, else the one in the office's time zone, wherever the machine stands."""
        from tracker.period_words import parse_day

        if self.today_text is not None:
            return parse_day(self.today_text)
        return datetime.now(self.zone).date()

    @property
    def now(self) -> datetime:
        """The moment, in UTC; what is recorded as "when", even where `--today` names another day."""
        return datetime.now(UTC)

    @property
    def clock(self) -> Clock:
        """The day and the limit of "sắp đến hạn", for queries."""
        from tracker.rows import Clock

        return Clock(self.today, self.settings.soon_days, self.day_before)

    @property
    def day_before(self) -> bool:
        """Whether "trước ngày D" ends on the day before D."""
        return self.settings.before == "day_before"

    @property
    def hand(self) -> Hand:
        """Who acts, when, on which day."""
        from tracker.changes import Hand

        return Hand(self.who, self.now, self.today, self.day_before, self.settings.office.home)

    @cached_property
    def days_off(self) -> dict[date, bool]:
        """What a year's announcement changes in the calendar; raises SettingsError where the file is none."""
        from tracker.days_off import read

        return read(self.settings)

    @cached_property
    def who(self) -> str:
        """Who is recorded for changes: NHACVIEC_USER, else the system's user."""
        import getpass

        if self.settings.user:
            return self.settings.user
        try:
            return getpass.getuser()
        except (KeyError, OSError, ImportError):  # a container without a user's name
            return "không rõ"

    @property
    def database(self) -> str:
        """URL or path of the database."""
        return self.db or self.settings.database or default_database()

    @cached_property
    def connected(self) -> Engine:
        """The database as it stands, not migrated; raises DatabaseError where its address makes no sense."""
        from tracker import database

        engine = database.connect(self.database)
        self._open.append(engine)
        return engine

    @cached_property
    def engine(self) -> Engine:
        """The database, opened and migrated; raises DatabaseError where that cannot be."""
        from tracker import database

        if database.revision(self.connected) != database.HEAD:
            from tracker import backups

            made = backups.before_upgrade(self.connected, self.now)
            if made is not None:
                self.say(f"Nâng cấp cơ sở dữ liệu; bản cũ còn ở {made}")
            database.upgrade(self.connected)
        return self.connected

    def close(self) -> None:
        """Hands back the connections: a server that is left without a word keeps them for a while."""
        for engine in self._open:
            engine.dispose()

    def answer(self, text: str) -> None:
        """Prints a line of the answer to stdout."""
        typer.echo(text)

    def tell(self, text: str, indent: int = 4) -> None:
        """Prints a sentence of the answer, folded where it is wider than the terminal; *indent*: of what follows."""
        self.answer("\n".join(folded(text, terminal_width(), indent)))

    def answer_json(self, value: Any) -> None:  # noqa: ANN401 - whatever JSON takes
        """Prints the answer as JSON: an object indented, a list with one line an entry."""
        if isinstance(value, list):
            lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in value)
            typer.echo(f"[\n{lines}\n]" if value else "[]")
        else:
            typer.echo(json.dumps(value, ensure_ascii=False, indent=2))

    def say(self, text: str) -> None:
        """Prints a message to stderr, unless quiet."""
        if not self.quiet:
            typer.echo(text, err=True)

    def fail(self, subject: str | None, error: Exception | str) -> None:
        """Prints one line about an input that failed, and remembers that one did."""
        self._complain(printable(f"{subject}: {error}" if subject else str(error)))
        self.exit_code = max(self.exit_code, 1)

    def _complain(self, line: str) -> None:
        if self._held is None:
            typer.echo(line, err=True)
        else:
            self._held.append(line)

    @contextmanager
    def progress(self, files: int) -> Iterator[Progress]:
        """A bar on stderr, on a terminal only; complaints come after it."""
        from tracker.cli.progress import Progress

        shown = not self.quiet and sys.stderr.isatty()
        self._held = [] if shown else None
        try:
            with Progress(files, shown) as bar:
                yield bar
        finally:
            held, self._held = self._held, None
            for line in held or []:
                self._complain(line)


def desk_of(context: typer.Context) -> Desk:
    """The desk that the root command set up."""
    root = context.find_root()
    desk = root.obj
    if not isinstance(desk, Desk):
        raise AssertionError("the root command sets up the desk before any other runs")
    root.call_on_close(desk.close)
    return desk
