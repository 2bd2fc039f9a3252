"""What `.ci/postfix` runs second: Nhắc Việc's mails into Postfix's `smtp-sink`, which misbehaves as it is told to.

In: a folder that will be removed. Out: a line for each thing that was shown to hold; an AssertionError where one does
not. Needs no root.

Example: "smtp-sink drops after the end of a mail: unknown, told to the clerk, never sent again by itself".
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from alerts_office import HEALTH, TODAY, Desk, open_desk
from mail_servers import free_port

from tracker.alerts.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(sys.argv[1])
WAIT = 20.0
"""Seconds for the server to begin."""


@contextmanager
def sink(*options: str) -> Iterator[tuple[int, Path]]:
    """A server with these options: its port, and the folder in which it puts a file for each mail that it took."""
    port, folder = free_port(), Path(tempfile.mkdtemp(dir=HOME))
    folder.chmod(0o777)
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = ["smtp-sink", *user, *options, "-d", f"{folder}/%M.", f"127.0.0.1:{port}", "100"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _listens(port)
        yield port, folder
    finally:
        server.kill()
        server.wait()


def _listens(port: int) -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, "smtp-sink does not begin"
            time.sleep(0.05)
        else:
            return


def said(what: str) -> None:
    """Prints what was shown."""
    sys.stdout.write(f"smtp-sink {what}\n")
    sys.stdout.flush()


@contextmanager
def office(timeout: float = 10.0) -> Iterator[Desk]:
    """An office with one late task of one unit, and no clerk."""
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(Path(folder), 1, timeout=timeout)
        desk.set(alerts=replace(desk.settings.alerts, clerk=()))
        desk.enable()
        desk.unit(HEALTH, "soyte@donvi.test")
        desk.task(desk.document(), TODAY.replace(day=9), HEALTH)
        yield desk
        desk.engine.dispose()


def one_run(desk: Desk, port: int) -> int:
    """Runs the alerts through the server on *port*; how many it took."""
    desk.set(smtp=replace(desk.settings.smtp, port=port))
    return run(desk.office, TODAY).sent


def shows(what: str, options: tuple[str, ...], state: str, later: int) -> None:
    """What becomes of a mail, and how many go out when, a day's waits later, the server behaves again."""
    with office(timeout=2.0) as desk:
        with sink(*options) as (port, _):
            assert one_run(desk, port) == 0
        assert desk.states() == {"unit:1": state}, desk.states()
        desk.now += timedelta(hours=5)
        with sink() as (port, folder):
            assert (one_run(desk, port), one_run(desk, port)) == (later, 0)
            assert len(list(folder.iterdir())) == later
    said(what)


def show_many(mails: int = 200) -> None:
    """One connection carries many mails."""
    with office() as desk, sink("-m", "1") as (port, folder):
        plan = desk.document("77/KH-UBND")
        for number in range(1, mails):
            name = f"Chi cục {number}"
            desk.unit(name, f"cc{number}@donvi.test")
            desk.task(plan, TODAY.replace(day=9), name)
        begun = time.monotonic()
        assert one_run(desk, port) == mails
        took = time.monotonic() - begun
        assert one_run(desk, port) == 0
        assert len(list(folder.iterdir())) == mails
    said(
        f"takes {mails} mails over one connection, {mails / took:.0f}/s composed, recorded and sent; a second run none"
    )


def main() -> None:
    """Shows it all."""
    shows("hangs up at once: nothing leaves, the next run sends once", ("-q", "CONNECT"), "queued", 1)
    shows("refuses the address (5xx): final", ("-f", "RCPT"), "failed", 0)
    shows("puts the address off (4xx): waits, goes once", ("-r", "RCPT"), "queued", 1)
    shows("refuses the content (5xx): final", ("-f", "."), "failed", 0)
    shows("puts the content off (4xx): waits, goes once", ("-r", "."), "queued", 1)
    shows("drops at DATA: waits, goes once", ("-q", "DATA"), "queued", 1)
    shows("drops after the end of a mail: unknown, never sent again by itself", ("-q", "."), "unknown", 0)
    shows("stalls at DATA: waits, goes once", ("-w", "6"), "queued", 1)
    show_many()


if __name__ == "__main__":
    main()
