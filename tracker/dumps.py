"""Copies of a PostgreSQL database by the server's own programs: pg_dump, pg_restore, psql.

In: the database's engine, and a file. Out: all of the database as of one moment while others write, in PostgreSQL's
own format, listed once before it counts; or the database as it was in such a file, in one transaction.

Example: `nhacviec db backup` makes "sao lưu/viec-20261121-095000.dump" in the user's data folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING

from tracker.errors import DatabaseError, RefusedError
from tracker.model import Table

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

SUFFIX = ".dump"
_SECONDS = 3600


def copy(engine: Engine, target: Path) -> None:
    """Writes all of the database into *target*.

    Raises:
        DatabaseError: pg_dump is not installed, or failed.
    """
    _run(engine, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    _run(None, "pg_restore", "--list", str(target))


def bring_back(engine: Engine, file: Path) -> None:
    """Makes the database what it was in *file*, all of it or nothing.

    Our tables go first, also those of a newer version, which the file does not know and would trip over.

    Raises:
        DatabaseError: a program is not installed, or failed; nothing was changed.
    """
    ours = ", ".join(f'"{name}"' for name in (*Table.metadata.tables, "alembic_version"))
    with tempfile.TemporaryDirectory(prefix="nhacviec-") as folder:
        script = f"{folder}/restore.sql"
        _run(None, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
        _run(
            engine, "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            f"--command=DROP TABLE IF EXISTS {ours} CASCADE", f"--file={script}",
        )  # fmt: skip


def refuse_foreign(file: Path) -> None:
    """Whether *file* is a copy of a database of ours.

    Raises:
        RefusedError: it is none.
        DatabaseError: pg_restore is not installed.
    """
    _program("pg_restore")
    try:
        listed = _run(None, "pg_restore", "--list", str(file))
    except DatabaseError as error:
        raise RefusedError(f"tệp “{file}” hỏng hoặc không phải bản sao lưu PostgreSQL", "chọn bản sao khác") from error
    tables = {line.split()[5] for line in listed.splitlines() if " TABLE " in line and len(line.split()) > 5}
    if not {"alembic_version", "task"} <= tables:
        raise RefusedError(f"tệp “{file}” không phải cơ sở dữ liệu của Nhắc Việc", "chọn bản sao khác")


def _program(name: str) -> str:
    place = shutil.which(name)
    if place is None:
        raise DatabaseError(f"chưa cài {name} để sao lưu PostgreSQL", "Debian: sudo apt install postgresql-client")
    return place


def _run(engine: Engine | None, name: str, *options: str) -> str:
    """What a program answers; who and where stand in its environment, so that no list of processes has a password."""
    environment = dict(os.environ)
    if engine is not None:
        url = engine.url
        given = {
            "PGHOST": url.host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password,
            "PGDATABASE": url.database,
        }  # fmt: skip
        environment |= {key: str(value) for key, value in given.items() if value is not None}
        options = ("--no-password", *options)
    try:
        done = subprocess.run(
            [_program(name), *options], env=environment, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DatabaseError(f"{name} không chạy được ({error})", "kiểm tra chương trình ấy") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"mã {done.returncode}"]
        raise DatabaseError(
            f"{name} không làm được ({said[0]})", "kiểm tra máy chủ, quyền, và phiên bản của chương trình"
        )
    return done.stdout.decode("utf-8", "replace")
