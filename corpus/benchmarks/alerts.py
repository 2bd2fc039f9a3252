"""Whether the alerts keep up with a large province, and whether a killed run sends anything twice.

In: numbers of units and tasks. Out: seconds and peak memory for selecting and composing all mails of a day; mails a
second into a server on loopback (composed and written down before; each is recorded before and after it is sent); what
became of them when the process was killed (SIGKILL) in the middle and the command was given again.

Each half runs in a process of its own, as `nhacviec alerts` does. Example: 5,000 units and their heads are 10,000
mails: "sending 10,002 mails: 210 mails/s (to be 150 at least)", "mails that arrived twice: 0".
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import select

from corpus.benchmarks import alerts_office
from corpus.benchmarks.alerts_office import TODAY
from corpus.benchmarks.figures import Figure
from tracker.alerts.run import Office, preview, run
from tracker.database import open_database, reading
from tracker.model import Outbox
from tracker.settings import Alerts, Settings, Smtp
from tracker.settings import Office as OfficeSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL, _SHORT = (5_000, 1_000_000), (60, 6_000)  # units, tasks
_PATIENCE = 3600.0
_AGAIN = """
import sys
from corpus.benchmarks import alerts
alerts.{name}(*sys.argv[1:])
"""


class Arrivals(NamedTuple):
    """What the server took: the moment of each mail in seconds, and its Message-ID."""

    moments: list[float]
    names: list[str]


def measure(short: bool) -> list[Figure]:
    """The figures, over a million tasks of 5,000 units; over 6,000 tasks of 60 if *short*."""
    units, tasks = _SHORT if short else _FULL
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "viec.db"
        alerts_office.fill(database, units, tasks)
        size = f"{tasks:,} tasks, {units:,} units"
        return [*_composing(database, size), *_sending(database, Path(folder) / "arrived")]


def _composing(database: Path, size: str) -> list[Figure]:
    said = subprocess.run([*_call("compose", database)], check=True, capture_output=True, text=True)
    mails, seconds, processor, memory = said.stdout.split()
    return [
        Figure(f"selecting and composing {int(mails):,} mails", float(seconds), "s", f"{size}; to be 60 at most"),
        Figure("  processor time of it", float(processor), "s"),
        Figure("  peak memory", float(memory) or None, "MB", "to be 500 at most"),
    ]


def _sending(database: Path, arrived: Path) -> list[Figure]:
    with _server(arrived) as port:
        killed = subprocess.Popen(_call("send", database, port))
        planned = _planned(database, killed)
        _wait_for(arrived, planned // 2, killed)
        killed.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        killed.wait()
        before = len(_arrivals(arrived).names)
        subprocess.run(_call("send", database, port), check=True, timeout=_PATIENCE)
        after = len(_arrivals(arrived).names)
        subprocess.run(_call("send", database, port), check=True, timeout=_PATIENCE)
    found = _arrivals(arrived)
    states = Counter(_states(database).values())
    named = {name for name, state in _states(database).items() if state == "sent"}
    twice = sum(count > 1 for count in Counter(found.names).values())
    halves = (found.moments[:before], found.moments[before:after])
    rate = sum(len(half) - 1 for half in halves) / sum(half[-1] - half[0] for half in halves)
    unknown, lost = states["unknown"], len(named - set(found.names)) + sum(states[one] for one in ("queued", "failed"))
    late = len(found.names) - after
    return [
        Figure(f"sending {len(found.names):,} mails", rate, "mails/s", "to be 150 at least"),
        Figure(f"killed after {before:,}: mails that arrived twice", twice, "", "to be 0", failed=twice > 0),
        Figure("  mails in doubt, not sent again", unknown, "", "to be 1 at most", failed=unknown > 1),
        Figure("  mails lost", lost, "", "to be 0", failed=lost > 0),
        Figure("  mails of a third run", late, "", "to be 0", failed=late > 0),
    ]


def _call(name: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", _AGAIN.format(name=name), *map(str, arguments)]


@contextmanager
def _server(arrived: Path) -> Iterator[int]:
    arrived.touch()
    command = [sys.executable, "-m", "corpus.benchmarks.alerts_server", str(arrived)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        if server.stdout is None:
            raise AssertionError("its output was asked for")
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


def _planned(database: Path, sender: subprocess.Popen[bytes]) -> int:
    """How many mails are to be sent, once the first is under way: all are written down by then but the clerk's."""
    while not any(state != "queued" for state in _states(database).values()):
        _alive(sender)
        time.sleep(0.05)
    return len(_states(database))


def _wait_for(arrived: Path, mails: int, sender: subprocess.Popen[bytes]) -> None:
    while arrived.read_bytes().count(b"\n") < mails:
        _alive(sender)
        time.sleep(0.005)


def _alive(sender: subprocess.Popen[bytes]) -> None:
    if sender.poll() is not None:
        raise RuntimeError("the run ended before it was killed")


def _arrivals(arrived: Path) -> Arrivals:
    lines = [line.split() for line in arrived.read_text(encoding="ascii").splitlines()]
    return Arrivals([float(moment) for moment, _ in lines], [name for _, name in lines])


def _states(database: Path) -> dict[str, str]:
    engine = open_database(f"sqlite:///{database}")
    with reading(engine) as session:
        found = dict(session.connection().execute(select(Outbox.message_id, Outbox.state)).all())
    engine.dispose()
    return found


def _office(database: str, port: int) -> Office:
    settings = Settings(
        office=OfficeSettings(unit="Văn phòng UBND tỉnh"),
        smtp=Smtp(host="127.0.0.1", port=port, tls="none", sender="nhacviec@example.vn"),
        alerts=Alerts(clerk=("van-thu@example.vn",), chief=("chu-tich@example.vn",)),
    )
    begun = datetime(TODAY.year, TODAY.month, TODAY.day, 0, 30, tzinfo=UTC)
    return Office(open_database(f"sqlite:///{database}"), settings, lambda: begun)


def compose(database: str) -> None:
    """Composes all mails of the day, keeps none, prints how many, how long it took, and the most memory in MB."""
    office, begun, worked = _office(database, 1), time.perf_counter(), time.process_time()
    mails = sum(1 for _ in preview(office, TODAY))
    print(mails, time.perf_counter() - begun, time.process_time() - worked, _peak_memory())


def send(database: str, port: str) -> None:
    """Sends the day's mails, as `nhacviec alerts run` does."""
    report = run(_office(database, int(port)), TODAY)
    if report.exit_code:
        raise RuntimeError(str(report.stopped or report.deliveries[-1]))


def _peak_memory() -> float:
    """In MB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
