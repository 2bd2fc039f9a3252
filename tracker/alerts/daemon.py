"""A process that sends the day's mails by itself, where the system has no timer that may be used.

In: the hour, the office's zone, and the work: what is due now, answered with the time to come back. Out: nothing; it
runs until it is stopped. APScheduler (3.11) keeps the time.

The day's call goes by the calendar of the office's zone, never by counting hours, so that nothing drifts. Calls that
were missed, while the machine slept or the process was down, are made up for once: at the start, and by a heartbeat,
because a sleeping machine's clock for waiting stands still.

Example: `nhacviec alerts daemon --at 07:30`, started at 09:10 after a power cut: the day's mails leave at 09:10.
"""

from __future__ import annotations

import signal
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, time, tzinfo

HEARTBEAT = timedelta(minutes=1)
_AGAIN = ("again", "and again")


class Daemon:
    """Calls *work* at *at* every day in *zone*, at its start, and whenever *work* asked to be called again.

    Args:
        work: does what is due now; answers with a moment to be called again before the next day, or None.
        beat: how long the process waits at most before it looks at the clock.
    """

    def __init__(
        self, at: time, zone: tzinfo, work: Callable[[], datetime | None], beat: timedelta = HEARTBEAT
    ) -> None:
        self._work = work
        self._name = _AGAIN[1]
        # one call after the other, in this thread: two runs at once would only wait for each other
        self.scheduler: Any = BlockingScheduler(
            timezone=zone,
            executors={"default": DebugExecutor()},
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        every_day = CronTrigger(hour=at.hour, minute=at.minute, timezone=zone)
        self.scheduler.add_job(self._call, every_day, id="day")
        self.scheduler.add_job(self._call, "date", id="start")
        self.scheduler.add_job(_look, "interval", seconds=beat.total_seconds(), id="beat")

    def serve(self) -> None:
        """Runs until it is told to stop (Ctrl+C, SIGTERM); a run that is under way then ends first."""
        for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._stop)
        self.scheduler.start()

    def _stop(self, *_: object) -> None:
        self.scheduler.shutdown(wait=False)

    def _call(self) -> None:
        again = self._work()
        if again is not None:
            # two names in turn: a job that ends is taken away by its name, though it has just been put back
            self._name = _AGAIN[self._name == _AGAIN[0]]
            self.scheduler.add_job(self._call, "date", run_date=again, id=self._name, replace_existing=True)


def _look() -> None:
    """Nothing to do: to have looked at the clock is all."""
