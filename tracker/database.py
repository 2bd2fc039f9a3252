"""The database: opened, migrated when it must be, and used in whole transactions.

In: a database URL or a path ("sqlite:///việc.db", "postgresql://may-chu/viec"). Out: an engine, and sessions for
reading or writing. What SQLite and PostgreSQL do differently stands in `tracker.backend_sqlite` and
`tracker.backend_postgresql`: on both, one transaction at a time writes, and who reads sees one state and waits for
nobody.

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

from tracker import backend_postgresql, backend_sqlite
from tracker.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlmodel import Session

HEAD = "0007"
"""The newest revision in `tracker/migrations/versions`; a database that stands there needs no alembic."""

BUSY_MILLISECONDS = 15_000
_WRITING = "nhacviec_writing"
_FORMS = "viết dạng sqlite:///đường/dẫn.db hoặc postgresql://người@máy-chủ/tên"
_BACKENDS = {"sqlite": backend_sqlite, "postgresql": backend_postgresql}


def open_database(url: str) -> Engine:
    """Opens the database at *url*, creates it if it is new, and brings it to the newest revision.

    Args:
        url: a SQLAlchemy URL, or the path of a SQLite file.

    Raises:
        DatabaseError: it cannot be opened, is no database of ours, or was made by a newer version.
    """
    engine = connect(url)
    try:
        if revision(engine) != HEAD:
            upgrade(engine)
    except DatabaseError:
        engine.dispose()
        raise
    return engine


def connect(url: str) -> Engine:
    """An engine for *url* that has not looked at the tables yet; the folder of a SQLite file is created.

    Raises:
        DatabaseError: the URL makes no sense or is of another kind, or the folder cannot be made.
    """
    try:
        # a path is never parsed as a URL: "?" and "#" may stand in the name of a folder
        parsed = make_url(url) if "://" in url else URL.create("sqlite", database=str(Path(url).expanduser()))
    except sql_errors.ArgumentError:
        raise DatabaseError(f"địa chỉ cơ sở dữ liệu “{url}” không hợp lệ", _FORMS) from None
    kind = "postgresql" if parsed.drivername == "postgres" else parsed.get_backend_name()
    if kind not in _BACKENDS:
        raise DatabaseError(f"chưa dùng được cơ sở dữ liệu loại “{kind}”", _FORMS)
    backend, patience = _BACKENDS[kind], BUSY_MILLISECONDS
    engine = create_engine(
        backend.prepared(parsed), json_serializer=partial(json.dumps, ensure_ascii=False), **backend.OPTIONS
    )
    backend.listen(engine, patience)

    def on_begin(connection: Connection) -> None:
        backend.begin(connection, connection.get_execution_options().get(_WRITING), patience)

    event.listen(engine, "begin", on_begin)
    return engine


def shown(url: str) -> str:
    """The address of a database as messages may show it: without a password."""
    try:
        return make_url(url).render_as_string(hide_password=True) if "://" in url else url
    except sql_errors.ArgumentError:
        return url


def backend_of(place: Engine | Connection) -> Any:  # noqa: ANN401 - one of two modules with the same names
    """What SQLite or PostgreSQL does in its own way."""
    return _BACKENDS[place.dialect.name]


def _for_writing(engine: Engine, at_once: bool = True) -> Engine:
    return engine.execution_options(**{_WRITING: "at once" if at_once else "soon"}, **backend_of(engine).WRITING)


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
def writing(engine: Engine, at_once: bool = True) -> Iterator[Session]:
    """A session whose changes are stored together at its end, or not at all when anything is raised in it.

    Args:
        engine: of the database.
        at_once: on the disk before it ends. Else a power cut may take the last seconds' transactions, whole ones; a
            process that is killed never does.

    Raises:
        DatabaseError: the database cannot be written, or another process holds it for too long.
    """
    from sqlmodel import Session

    with (
        _translated(engine),
        Session(_for_writing(engine, at_once), expire_on_commit=False) as session,
        session.begin(),
    ):
        session.connection()  # begun now, so that what is read next cannot change before it is written
        yield session


@contextmanager
def holding(engine: Engine) -> Iterator[Session]:
    """A session that may lock rows: it sees what others have just stored, and keeps nobody from writing other rows.

    Where the database has no row locks it only reads.

    Raises:
        DatabaseError: the database cannot be read.
    """
    from sqlmodel import Session

    with _translated(engine), Session(engine.execution_options(**backend_of(engine).WRITING)) as session:
        yield session


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    """Turns the driver's errors about the database itself into ours; broken constraints stay as they are."""
    try:
        yield
    except sql_errors.IntegrityError:
        raise
    except sql_errors.DatabaseError as error:
        raise backend_of(engine).explained(error, engine.url.database or "") from error


def revision(engine: Engine) -> str | None:
    """The revision that the database stands at; None where it is empty.

    Raises:
        DatabaseError: it cannot be read, or holds tables of something else.
    """
    with _translated(engine), engine.connect() as connection:
        return _revision(connection, engine)


def _revision(connection: Connection, engine: Engine) -> str | None:
    tables = connection.exec_driver_sql(backend_of(engine).TABLES).scalars().all()
    if "alembic_version" in tables:
        stored: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return stored
    if tables:
        raise DatabaseError(f"“{engine.url.database}” là cơ sở dữ liệu của phần mềm khác", "đổi --db sang nơi khác")
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
    with _translated(engine), _for_writing(engine).begin() as connection:
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
    """What is broken, as the database itself sees it: damaged pages, rows that point at nothing. Empty: all is well."""
    with _translated(engine), engine.connect() as connection:
        found: list[str] = backend_of(engine).damage(connection)
        return found
