"""A real PostgreSQL for tests and benchmarks: made from Debian's binaries on a free port, gone afterwards.

In: the folder of initdb and pg_ctl. Out: a server on this machine that anybody here may use, and databases on it.

Example: `with running(binaries()) as server: server.create()` is "postgresql://nhacviec@127.0.0.1:40123/viec_1".
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from tracker.database import HEAD, connect, upgrade
from tracker.model import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

_USER = "nobody"  # initdb refuses root


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest version that is installed; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


class Server:
    """A server that is running, and the databases on it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made = 0
        self._empty: list[str] = []

    def url(self, database: str) -> str:
        """Where a database is."""
        return f"postgresql://nhacviec@127.0.0.1:{self.port}/{database}"

    def create(self) -> str:
        """The URL of a new database without any tables."""
        self._made += 1
        name = f"viec_{self._made}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The URL of a migrated database without any rows, emptied afterwards: that is quicker than a new one."""
        if not self._empty:
            made = connect(self.create())
            upgrade(made)
            made.dispose()
            self._empty.append(self.url(str(made.url.database)))
        url = self._empty.pop()
        yield url
        names = ", ".join(f'"{name}"' for name in Table.metadata.tables)
        with psycopg.connect(url, autocommit=True) as connection:
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if version == (HEAD,):  # else the test has done with it what no other one expects
                connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
                self._empty.append(url)


@contextmanager
def running(folder: Path, safe: bool = False) -> Iterator[Server]:
    """A server from the binaries in *folder*; root lends it to another user, everybody else runs it himself.

    Args:
        folder: of initdb and pg_ctl.
        safe: it writes as a server of an office does, on the disk; else only as long as it runs.
    """
    as_other = {"user": _USER, "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    memory = Path("/dev/shm")  # where there is one, nothing is written to a disk that others wait for
    in_memory = not safe and os.access(memory, os.W_OK)
    home = Path(tempfile.mkdtemp(prefix="nhacviec-pg-", dir=memory if in_memory else None))
    if as_other:
        shutil.chown(home, _USER, "nogroup")

    def call(*command: str) -> None:
        with (home / "log").open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd=home, timeout=120, **as_other)  # type: ignore[call-overload]

    data = str(home / "data")
    try:
        call(str(folder / "initdb"), "-D", data, "-U", "nhacviec", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
             "--no-sync")  # fmt: skip
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -c max_connections=60"
        if not safe:
            options += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        call(str(folder / "pg_ctl"), "-D", data, "-w", "-t", "60", "-o", options, "start")
        try:
            yield Server(port)
        finally:
            call(str(folder / "pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
