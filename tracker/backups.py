"""Copies of the database: made while others write, checked before they count, and brought back.

In: the database's engine, and where the copy shall go. Out: a whole SQLite file as of one moment (of a PostgreSQL
database: a file of pg_dump, `tracker.dumps`); or the database as it was in such a copy, with the former one kept.

Example: `nhacviec db backup` makes "sao lưu/việc-20261121-095000.db" beside "việc.db".
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import database, dumps
from tracker.errors import DatabaseError, RefusedError
from tracker.settings import default_database

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

FOLDER = "sao lưu"
KEPT = 10
"""So many copies that were made by themselves stay; those that a person asked for are never removed."""
_IN_MEMORY = {None, "", ":memory:"}


def backup(engine: Engine, now: datetime, target: Path | None = None, label: str = "") -> Path:
    """Copies the database while others may write; the copy is whole and sound, or is not there.

    Args:
        engine: of the database.
        now: the moment, for the name.
        target: file or folder for the copy; None stands for the folder "sao lưu" beside the database.
        label: put into the name of the copy.

    Raises:
        DatabaseError: the database cannot be read or lies in memory, or pg_dump is missing.
        RefusedError: the copy cannot be written, or a file of that name is there.
    """
    stem, folder, suffix = _home(engine)
    place = target or folder
    if place.is_dir() or (target is None) or not place.suffix:
        place = place / f"{stem}-{now:%Y%m%d-%H%M%S}{f'-{label}' if label else ''}{suffix}"
    if place.exists():
        raise RefusedError(f"đã có tệp “{place}”", "chọn tên khác cho bản sao lưu")
    part = place.with_name(f"{place.name}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        if _is_on_server(engine):
            dumps.copy(engine, part)
        else:
            _copy(file_of(engine), part)
            _refuse_broken(part)
        part.replace(place)
    except (OSError, sqlite3.Error) as error:
        _forget(part)
        raise RefusedError(f"không ghi được bản sao lưu “{place}” ({error})", "chọn nơi khác còn chỗ trống") from error
    except DatabaseError:
        _forget(part)
        raise
    return place


def _forget(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)


def before_upgrade(engine: Engine, now: datetime) -> Path | None:
    """A copy of a database that is about to be migrated; None where there is nothing in it to lose.

    Raises:
        DatabaseError, RefusedError: it cannot be made; the database shall not be migrated then.
    """
    stands = database.revision(engine)
    if stands is None or stands == database.HEAD or engine.url.database in _IN_MEMORY:
        return None
    label = f"truoc-nang-cap-{stands}"
    made = backup(engine, now, label=label)
    stem, _, suffix = _home(engine)
    for old in sorted(made.parent.glob(f"{stem}-*-truoc-nang-cap-*{suffix}"))[:-KEPT]:
        old.unlink()
    return made


def restore(engine: Engine, copy: Path, now: datetime) -> Path | None:
    """Puts *copy* in the database's place; where the former one is kept now, None if there was none.

    Raises:
        DatabaseError: the database lies in memory, or is in use.
        RefusedError: *copy* is no sound database of ours; nothing was changed.
    """
    if _is_on_server(engine):
        return _restore_on_server(engine, copy, now)
    target = file_of(engine)
    _refuse_foreign(copy)
    kept = None
    if target.exists():
        kept = target.with_name(f"{target.stem}-{now:%Y%m%d-%H%M%S}-truoc-khoi-phuc.db")
    engine.dispose()
    try:
        if kept is not None:
            _copy(target, kept)
        _copy(copy, target)
    except sqlite3.OperationalError as error:
        what = f"cơ sở dữ liệu “{target}” đang bị chương trình khác giữ"
        raise DatabaseError(what, "đợi chương trình ấy xong rồi thử lại") from error
    except (OSError, sqlite3.Error):
        if kept is None or not kept.exists():
            raise RefusedError(f"không ghi được “{target}”", "kiểm tra quyền ghi và chỗ trống") from None
        target.unlink(missing_ok=True)  # it was no database: the copy of its bytes cannot be made by SQLite
        _copy(copy, target)
    return kept


def _restore_on_server(engine: Engine, copy: Path, now: datetime) -> Path | None:
    _refuse_missing(copy)
    dumps.refuse_foreign(copy)
    kept = backup(engine, now, label="truoc-khoi-phuc") if database.revision(engine) is not None else None
    engine.dispose()
    dumps.bring_back(engine, copy)
    return kept


def _is_on_server(engine: Engine) -> bool:
    return engine.url.get_backend_name() == "postgresql"


def _home(engine: Engine) -> tuple[str, Path, str]:
    """How copies of the database are named, which folder they go to, and how their names end."""
    if _is_on_server(engine):
        return str(engine.url.database), Path(default_database()).parent / FOLDER, dumps.SUFFIX
    source = file_of(engine)
    return source.stem, source.parent / FOLDER, ".db"


def file_of(engine: Engine) -> Path:
    """The file of a SQLite database.

    Raises:
        DatabaseError: it is none.
    """
    if engine.url.get_backend_name() != "sqlite" or engine.url.database in _IN_MEMORY:
        raise DatabaseError("không sao lưu được cơ sở dữ liệu trong bộ nhớ", "dùng một tệp SQLite hoặc PostgreSQL")
    return Path(str(engine.url.database))


def _copy(source: Path, target: Path) -> None:
    """All pages of *source* as of one moment (SQLite's backup, which other writers do not disturb)."""
    with (
        closing(sqlite3.connect(source, timeout=database.BUSY_MILLISECONDS / 1000)) as opened,
        closing(sqlite3.connect(target, timeout=database.BUSY_MILLISECONDS / 1000)) as made,
    ):
        opened.backup(made, pages=-1)


def _refuse_broken(file: Path) -> None:
    with closing(sqlite3.connect(file)) as opened:
        if opened.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("bản sao hỏng, cơ sở dữ liệu gốc có thể đã hỏng")


def _refuse_missing(copy: Path) -> None:
    if not copy.is_file():
        raise RefusedError(f"không có tệp “{copy}”", "xem các bản sao trong thư mục “sao lưu”")


def _refuse_foreign(copy: Path) -> None:
    _refuse_missing(copy)
    try:
        _refuse_broken(copy)
        with closing(sqlite3.connect(copy)) as opened:
            names = {row[0] for row in opened.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error as error:
        raise RefusedError(f"tệp “{copy}” hỏng hoặc không phải cơ sở dữ liệu", "chọn bản sao khác") from error
    if "alembic_version" not in names or "task" not in names:
        raise RefusedError(f"tệp “{copy}” không phải cơ sở dữ liệu của Nhắc Việc", "chọn bản sao khác")
