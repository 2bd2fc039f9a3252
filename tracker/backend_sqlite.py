"""The database as a SQLite file: one program at a time writes it, everybody reads.

In: an engine, its connections, and what the driver says when it fails. Out: how SQLite is opened, begun, looked into
and explained. `tracker.backend_postgresql` has the same names.

SQLite runs in WAL mode with foreign keys on, with a page cache and a log that hold what the newest documents touch of a
book of a million tasks: by its own 2 and 4 MB, storing a document there took twice as long as in a small book. A write
transaction begins with BEGIN IMMEDIATE: two writers that read first and write later under a deferred BEGIN got
"database is locked" in 300 of 300 tries in spite of the busy timeout.

Example: the reason "database is locked" is "cơ sở dữ liệu “việc.db” đang bị chương trình khác giữ".
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import event

from tracker.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import URL, Connection, Engine, Table
    from sqlalchemy.exc import DatabaseError as DriverError

_CACHE_KIBIBYTES = 65_536
_LOG_PAGES = 8_192  # of 4 KiB, before they are copied into the file itself
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
OPTIONS: dict[str, Any] = {}
WRITING: dict[str, Any] = {}
ROW_LOCKS = False


def prepared(url: URL) -> URL:
    """The URL as it is; the folder of the file is created.

    Raises:
        DatabaseError: the file is a folder, or its folder cannot be made.
    """
    if url.database and url.database != ":memory:":
        _prepare_place(Path(url.database))
    return url


def _prepare_place(file: Path) -> None:
    if file.is_dir():
        raise DatabaseError(f"“{file}” là một thư mục", "nêu tên một tệp .db trong thư mục đó")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"không tạo được thư mục “{file.parent}” ({error.strerror})", "chọn nơi khác bằng --db"
        ) from error


def listen(engine: Engine, patience: int) -> None:
    """Sets up each connection of *engine*; another writer is waited for *patience* milliseconds."""

    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a sqlite3 connection behind its pool
        # takes over the transactions from the driver, which begins none before DDL and only deferred ones
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={patience}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA cache_size=-{_CACHE_KIBIBYTES}")
        cursor.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    event.listen(engine, "connect", on_connect)


def begin(connection: Connection, writing: Literal["at once", "soon"] | None, _patience: int) -> None:
    """Begins a transaction; a *writing* one keeps all others from writing until it ends, "at once" on the disk."""
    if writing:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if writing == 'at once' else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def numbers(connection: Connection, table: str, count: int) -> Sequence[int]:
    """Numbers for *count* new rows of *table*, as SQLite itself would give them."""
    last: int = connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{table}"').scalar_one()
    return range(last + 1, last + 1 + count)


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Writes *rows*, which all have the same columns."""
    names, dialect = tuple(rows[0]), connection.dialect
    makers = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    made = list(zip(names, makers, strict=True))
    listed = ", ".join(f'"{name}"' for name in names)
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({listed}) VALUES ({", ".join("?" * len(names))})',
        [tuple(make(row[name]) if make else row[name] for name, make in made) for row in rows],
    )


def damage(connection: Connection) -> list[str]:
    """Damaged pages, and rows that point at nothing."""
    pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    found = [f"trang hỏng: {line}" for line in pages if line != "ok"]
    return found + [f"bảng {row[0]}, dòng {row[1]}: trỏ tới bảng {row[2]} nhưng không có dòng ấy" for row in orphans]


def explained(error: DriverError, name: str) -> DatabaseError:
    """What the driver says, for a clerk; *name* is the file's."""
    reason = str(error.orig)
    name = name or "trong bộ nhớ"
    if "not a database" in reason or "malformed" in reason:
        return DatabaseError(f"tệp “{name}” hỏng hoặc không phải cơ sở dữ liệu", "khôi phục bản sao lưu hoặc đổi --db")
    if "locked" in reason or "busy" in reason:
        return DatabaseError(
            f"cơ sở dữ liệu “{name}” đang bị chương trình khác giữ", "đợi chương trình ấy xong rồi thử lại"
        )
    if "readonly" in reason:
        return DatabaseError(f"cơ sở dữ liệu “{name}” chỉ đọc được", "xin quyền ghi hoặc đổi --db")
    if "unable to open" in reason:
        return DatabaseError(f"không mở được cơ sở dữ liệu “{name}”", "kiểm tra đường dẫn và quyền đọc, ghi")
    return DatabaseError(f"cơ sở dữ liệu “{name}” gặp lỗi: {reason}", "chạy “nhacviec db check”")
