"""When to speak: working days, how long before its day a task is announced, how often a late one is repeated.

In: today, the settings, the office's days off. Out: `Rhythm`, which knows the calendar and nothing of the database.

A day on which a task is to be announced that is quiet moves to the working day before it: what is due on Sunday
29/11/2026 is announced on Friday 20 (7 days before, a Sunday, moved), Thursday 26, and Friday 27 for the day before
(a Saturday) and the day itself.

Example: [7, 3, 1] and a task due on Friday 23/10/2026: told on 16, 20, 22 and 23 October, and from Monday 26 on as
late, every working day or every `late_every` of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from extractor.periods import is_day_off
from tracker import days_off
from tracker.settings import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.settings import Settings

WAITING_EVERY = timedelta(days=30)
"""What waits for an event has no day to announce: a unit hears of it at once, and then again after so long."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_LONGEST_REST = 30
"""Days off in a row, at most: Tết has nine."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The calendar of one day's mails.

    Attributes:
        today: the office's day.
        days_before: how many days before its day a task is announced, besides the day itself.
        late_every: working days between two reminders of the same late task.
        quiet: whether days off are without mail.
        weekly: 0 (Monday) to 6, the chief's weekday; None: no summary.
        overrides: announced days off (True) and days worked in their place (False).
    """

    today: date
    days_before: tuple[int, ...] = (7, 3, 1)
    late_every: int = 1
    quiet: bool = True
    weekly: int | None = 0
    overrides: Mapping[date, bool] = field(default_factory=dict)

    @property
    def horizon(self) -> date:
        """The last day that is announced as coming today: what is to be told before the next mails, is told now."""
        return self.next_working(self.today) - _DAY + timedelta(days=max(self.days_before, default=0))

    @property
    def month_end(self) -> date:
        """The last day of the period whose recurring reports are told as "kỳ này": this month."""
        return (self.today.replace(day=1) + timedelta(days=31)).replace(day=1) - _DAY

    @property
    def week_start(self) -> date:
        """This week's Monday."""
        return self.today - timedelta(days=self.today.weekday())

    @property
    def summary_day(self) -> date | None:
        """The day of this week's summary for the chief, once it has come.

        If it is quiet, the next working day; if the week has none, the last one before it: Friday for Saturday.
        """
        if self.weekly is None:
            return None
        day = self.week_start + timedelta(days=self.weekly)
        if self.is_quiet(day) and self.next_working(day) >= self.week_start + _WEEK:
            day = self._last_working(day)
        return day if day <= self.today else None

    def is_quiet(self, day: date) -> bool:
        """Whether no mail goes out on *day*."""
        return self.quiet and is_day_off(day, self.overrides)

    def next_working(self, day: date) -> date:
        """The first day after *day* on which mails go out."""
        for _ in range(_LONGEST_REST):
            day += _DAY
            if not self.is_quiet(day):
                break
        return day

    def announced_since(self, due: date) -> date | None:
        """Since when what is due on *due* has been to announce, at the nearest of `days_before`; None: not yet."""
        starts = [self._last_working(due - timedelta(days=days)) for days in (*self.days_before, 0)]
        return max((start for start in starts if start <= self.today), default=None)

    def is_due_again(self, late_since: date, told: date | None) -> bool:
        """Whether a task that is late since *late_since* is to be told again, *told* being the last time."""
        if told is None or told <= late_since:
            return True
        worked = 0
        for days in range(1, (self.today - told).days + 1):
            worked += not self.is_quiet(told + timedelta(days=days))
            if worked >= self.late_every:
                return True
        return False

    def _last_working(self, day: date) -> date:
        """*day*, or the last day before it on which mails go out."""
        for _ in range(_LONGEST_REST):
            if not self.is_quiet(day):
                break
            day -= _DAY
        return day


def rhythm_of(settings: Settings, today: date) -> Rhythm:
    """The rhythm that the settings ask for.

    Raises:
        SettingsError: the file of days off cannot be read.
    """
    alerts = settings.alerts
    return Rhythm(
        today=today,
        days_before=alerts.days_before,
        late_every=alerts.late_every,
        quiet=alerts.quiet_days,
        weekly=WEEKDAYS.index(alerts.weekly) if alerts.weekly in WEEKDAYS else None,
        overrides=days_off.read(settings),
    )
