"""The database on a PostgreSQL server, for an office where several people work at once.

In: an engine, its connections, and what the server says when it refuses. Out: how PostgreSQL is reached, begun, looked
into and explained. `tracker.backend_sqlite` has the same names.

Reading sees one state of the database (REPEATABLE READ). A write transaction first takes a lock that all writers of
Nhắc Việc take, so that what it reads cannot change before it writes, as BEGIN IMMEDIATE does on SQLite; nobody who
reads waits for it. The lock is the transaction's: the server takes it back however the process ends.

Example: `--db postgresql://nhacviec@may-chu/viec`, with the password in PGPASSWORD or in ~/.pgpass.
"""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy.exc import DBAPIError

from tracker.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import URL, Connection, Engine, Table
    from sqlalchemy.exc import DatabaseError as DriverError

TABLES = "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
OPTIONS: dict[str, Any] = {
    "isolation_level": "REPEATABLE READ",
    "connect_args": {
        "connect_timeout": 10,
        "application_name": "nhacviec",
        # disks of today seek as fast as they read on; no question of ours is worth a compiler or more processes
        "options": "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0",
    },
}
# what is read after the lock must be as of after the lock: a snapshot taken before it would be the other writer's past
WRITING: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
ROW_LOCKS = True
_WRITERS = 0x6E68_6163_7669_6563  # "nhacviec" in ASCII: a number that no other program locks by chance

_STATES = {
    "55P03": ("đang bị chương trình khác giữ", "đợi chương trình ấy xong rồi thử lại"),
    "25006": ("chỉ đọc được", "dùng máy chủ chính, không dùng bản sao chỉ đọc"),
    "42501": ("không cho người dùng này làm việc ấy", "xin quyền tạo và ghi bảng trong cơ sở dữ liệu"),
    "53100": ("hết chỗ trên đĩa", "dọn đĩa của máy chủ PostgreSQL"),
    "53300": ("có quá nhiều kết nối", "đợi một lát rồi thử lại"),
    "XX001": ("có trang hỏng", "khôi phục bản sao lưu gần nhất"),
}


def prepared(url: URL) -> URL:
    """The URL with the driver that we use.

    Raises:
        DatabaseError: the driver is not installed, or no database is named.
    """
    if importlib.util.find_spec("psycopg") is None:
        raise DatabaseError("chưa cài phần nối tới PostgreSQL (psycopg)", 'cài: pip install "nhacviec[postgresql]"')
    if not url.database:
        raise DatabaseError("địa chỉ PostgreSQL chưa nêu cơ sở dữ liệu", "viết dạng postgresql://người@máy-chủ/tên")
    return url.set(drivername="postgresql+psycopg")


def listen(_engine: Engine, _patience: int) -> None:
    """Connections need no setting up."""


def begin(connection: Connection, writing: Literal["at once", "soon"] | None, patience: int) -> None:
    """Begins a transaction; a *writing* one waits *patience* milliseconds for other writers, and keeps them waiting.

    It is on the disk when it ends, if it writes "at once".
    """
    if writing:
        soon = "SET LOCAL synchronous_commit = off; " if writing == "soon" else ""
        connection.exec_driver_sql(
            f"{soon}SET LOCAL lock_timeout = {patience}; SELECT pg_advisory_xact_lock({_WRITERS})"
        )


def numbers(connection: Connection, table: str, count: int) -> Sequence[int]:
    """Numbers for *count* new rows of *table*, taken from its sequence."""
    asked = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    return connection.exec_driver_sql(asked, (table, count)).scalars().all()


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes *rows*, which all have the same columns: as one value, which the server takes apart."""
    listed = ", ".join(f'"{name}"' for name in rows[0])
    sent = json.dumps(rows, ensure_ascii=False, default=_iso)
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({listed}) SELECT {listed}'
        f' FROM json_populate_recordset(NULL::"{table.name}", %s::json)',
        (sent,),
    )


def _iso(value: date) -> str:
    """A day, or a moment with its zone, as JSON takes it."""
    return value.isoformat()


def damage(connection: Connection) -> list[str]:
    """Tables that cannot be read to their end, and indexes and rules that the server itself calls invalid."""
    found = []
    for name in connection.exec_driver_sql(TABLES).scalars().all():
        with connection.begin_nested() as attempt:
            try:
                connection.exec_driver_sql(f'SELECT count(t.*) FROM "{name}" AS t')
            except DBAPIError as error:
                attempt.rollback()
                found.append(f"bảng {name}: {str(error.orig).splitlines()[0]}")
    invalid = connection.exec_driver_sql(
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND n.nspname = current_schema()"
    )
    return found + [f"chỉ mục {name} hỏng, tạo lại bằng: REINDEX INDEX {name}" for name in invalid.scalars().all()]


def explained(error: DriverError, name: str) -> DatabaseError:
    """What the server says, for a clerk; *name* is the database's."""
    reason = next(iter(str(error.orig).strip().splitlines()), "không rõ lý do")
    known = _STATES.get(getattr(error.orig, "sqlstate", None) or "")
    if known is not None:
        return DatabaseError(f"cơ sở dữ liệu “{name}” {known[0]}", known[1])
    if "connection" in reason or "server" in reason:
        return DatabaseError(
            f"không nối được tới cơ sở dữ liệu “{name}” ({reason})",
            "kiểm tra máy chủ PostgreSQL, tên, và mật khẩu trong PGPASSWORD hoặc ~/.pgpass",
        )
    return DatabaseError(f"cơ sở dữ liệu “{name}” gặp lỗi: {reason}", "chạy “nhacviec db check”")
