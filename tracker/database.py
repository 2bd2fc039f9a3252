"""The database: opened, migrated when it must be, and used in whole transactions.

In: a database URL or a path ("sqlite:///việc.db"). Out: an engine, and sessions for reading or writing.

SQLite runs in WAL mode with foreign keys on. A write transaction begins with BEGIN IMMEDIATE: two writers that read
first and write later under a deferred BEGIN got "database is locked" in 300 of 300 tries in spite of the busy timeout.

    engine = open_database("sqlite:///việc.db")
    with writing(engine) as session:      # all of it, or nothing
        session.add(…)
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy import exc as sql_errors
from sqlalchemy.engine import URL, make_url

from tracker.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

HEAD = "0005"
"""The newest revision in `tracker/migrations/versions`; a database that stands there needs no alembic."""

BUSY_MILLISECONDS = 15_000
_WRITING = "nhacviec_writing"


def open_database(url: str) -> Engine:
    """Opens the database at *url*, creates it if it is new, and brings it to the newest revision.

    Args:
        url: a SQLAlchemy URL, or the path of a SQLite file.

    Raises:
        DatabaseError: it cannot be opened, is no database of ours, or was made by a newer version.
    """
    engine = connect(url)
    if revision(engine) != HEAD:
        upgrade(engine)
    return engine


def connect(url: str) -> Engine:
    """An engine for *url* that has not looked at the tables yet; the folder of a SQLite file is created.

    Raises:
        DatabaseError: the URL makes no sense or is not one of SQLite, or the folder cannot be made.
    """
    try:
        # a path is never parsed as a URL: "?" and "#" may stand in the name of a folder
        parsed = make_url(url) if "://" in url else URL.create("sqlite", database=str(Path(url).expanduser()))
    except sql_errors.ArgumentError:
        raise DatabaseError(f"địa chỉ cơ sở dữ liệu “{url}” không hợp lệ", "viết dạng sqlite:///đường/dẫn.db") from None
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseError(
            f"chưa dùng được cơ sở dữ liệu loại “{parsed.get_backend_name()}”", "viết dạng sqlite:///đường/dẫn.db"
        )
    if parsed.database and parsed.database != ":memory:":
        _prepare_place(Path(parsed.database))
    engine = create_engine(parsed, json_serializer=partial(json.dumps, ensure_ascii=False))
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _prepare_place(file: Path) -> None:
    if file.is_dir():
        raise DatabaseError(f"“{file}” là một thư mục", "nêu tên một tệp .db trong thư mục đó")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(
            f"không tạo được thư mục “{file.parent}” ({error.strerror})", "chọn nơi khác bằng --db"
        ) from error


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - a sqlite3 connection behind its pool
    """Takes over the transactions from the driver, which begins none before DDL and only deferred ones."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def answering(engine: Engine) -> Iterator[Connection]:
    """A bare connection for `tracker.queries`, which sees one state of the database and loads neither ORM nor tables.

    Raises:
        DatabaseError: the database cannot be read.
    """
    with _translated(engine), engine.connect() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database; what is changed in it is not stored.

    Raises:
        DatabaseError: the database cannot be read.
    """
    from sqlmodel import Session

    with _translated(engine), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose changes are stored together at its end, or not at all when anything is raised in it.

    Raises:
        DatabaseError: the database cannot be written, or another process holds it for too long.
    """
    from sqlmodel import Session

    immediate = engine.execution_options(**{_WRITING: True})
    with _translated(engine), Session(immediate, expire_on_commit=False) as session, session.begin():
        session.connection()  # BEGIN IMMEDIATE now, so that what is read next cannot change before it is written
        yield session


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    """Turns the driver's errors about the database itself into ours; broken constraints stay as they are."""
    try:
        yield
    except sql_errors.IntegrityError:
        raise
    except sql_errors.DatabaseError as error:
        raise _explained(error, engine) from error


def _explained(error: sql_errors.DatabaseError, engine: Engine) -> DatabaseError:
    reason = str(error.orig)
    name = engine.url.database or "trong bộ nhớ"
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


def revision(engine: Engine) -> str | None:
    """The revision that the database stands at; None where it is empty.

    Raises:
        DatabaseError: it cannot be read, or holds tables of something else.
    """
    with _translated(engine), engine.connect() as connection:
        return _revision(connection, engine)


def _revision(connection: Connection, engine: Engine) -> str | None:
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if "alembic_version" in tables:
        stored: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return stored
    if tables:
        raise DatabaseError(f"tệp “{engine.url.database}” là cơ sở dữ liệu của phần mềm khác", "đổi --db sang tệp khác")
    return None


def upgrade(engine: Engine) -> bool:
    """Brings the database to the newest revision in one transaction; True if there was something to do.

    Two processes that meet a new database at once are served one after the other: the second finds it done.

    Raises:
        DatabaseError: the database was made by a newer version, or cannot be written.
    """
    import alembic.command
    import alembic.config
    import alembic.util

    migrations = Path(__file__).with_name("migrations")
    with _translated(engine), engine.execution_options(**{_WRITING: True}).begin() as connection:
        if _revision(connection, engine) == HEAD:
            return False
        config = alembic.config.Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(migrations).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        try:
            alembic.command.upgrade(config, HEAD)
        except alembic.util.CommandError as error:
            raise DatabaseError(
                f"cơ sở dữ liệu “{engine.url.database}” do bản Nhắc Việc mới hơn tạo ra", "cập nhật nhacviec"
            ) from error
        return True


def check(engine: Engine) -> list[str]:
    """What is broken in the file, as SQLite sees it: damaged pages, rows that point at nothing. Empty: all is well."""
    with _translated(engine), engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    found = [f"trang hỏng: {line}" for line in pages if line != "ok"]
    return found + [f"bảng {row[0]}, dòng {row[1]}: trỏ tới bảng {row[2]} nhưng không có dòng ấy" for row in orphans]
