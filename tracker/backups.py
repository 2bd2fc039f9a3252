"""Copies of the database: made while others write, checked before they count, and brought back.

In: the database's engine, and where the copy shall go. Out: a whole SQLite file as of one moment; or the database as it
was in such a copy, with the former one kept beside it.

Example: `nhacviec db backup` makes "sao lưu/việc-20261121-095000.db" beside "việc.db".
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tracker import database
from tracker.errors import DatabaseError, RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

FOLDER = "sao lưu"
KEPT = 10
"""So many copies that were made by themselves stay; those that a person asked for are never removed."""


def backup(engine: Engine, now: datetime, target: Path | None = None, label: str = "") -> Path:
    """Copies the database while others may write; the copy is whole and sound, or is not there.

    Args:
        engine: of the database.
        now: the moment, for the name.
        target: file or folder for the copy; None stands for the folder "sao lưu" beside the database.
        label: put into the name of the copy.

    Raises:
        DatabaseError: the database cannot be read or is no file.
        RefusedError: the copy cannot be written, or a file of that name is there.
    """
    source = file_of(engine)
    name = f"{source.stem}-{now:%Y%m%d-%H%M%S}{f'-{label}' if label else ''}.db"
    place = target or source.parent / FOLDER
    if place.is_dir() or (target is None) or not place.suffix:
        place = place / name
    if place.exists():
        raise RefusedError(f"đã có tệp “{place}”", "chọn tên khác cho bản sao lưu")
    part = place.with_name(f"{place.name}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(source, part)
        _refuse_broken(part)
        part.replace(place)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise RefusedError(f"không ghi được bản sao lưu “{place}” ({error})", "chọn nơi khác còn chỗ trống") from error
    return place


def before_upgrade(engine: Engine, now: datetime) -> Path | None:
    """A copy of a database that is about to be migrated; None where there is nothing in it to lose.

    Raises:
        DatabaseError, RefusedError: it cannot be made; the database shall not be migrated then.
    """
    stands = database.revision(engine)
    if stands is None or stands == database.HEAD or not engine.url.database or engine.url.database == ":memory:":
        return None
    label = f"truoc-nang-cap-{stands}"
    made = backup(engine, now, label=label)
    for old in sorted(made.parent.glob(f"{file_of(engine).stem}-*-truoc-nang-cap-*.db"))[:-KEPT]:
        old.unlink()
    return made


def restore(engine: Engine, copy: Path, now: datetime) -> Path | None:
    """Puts *copy* in the database's place; where the former one is kept now, None if there was none.

    Raises:
        DatabaseError: the database is no file, or is in use.
        RefusedError: *copy* is no sound database of ours; nothing was changed.
    """
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


def file_of(engine: Engine) -> Path:
    """The file of a SQLite database.

    Raises:
        DatabaseError: it is none.
    """
    if engine.url.get_backend_name() != "sqlite" or engine.url.database in {None, "", ":memory:"}:
        raise DatabaseError("chỉ sao lưu được cơ sở dữ liệu SQLite", "với PostgreSQL dùng pg_dump và pg_restore")
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


def _refuse_foreign(copy: Path) -> None:
    if not copy.is_file():
        raise RefusedError(f"không có tệp “{copy}”", "xem các bản sao trong thư mục “sao lưu”")
    try:
        _refuse_broken(copy)
        with closing(sqlite3.connect(copy)) as opened:
            names = {row[0] for row in opened.execute("SELECT name FROM sqlite_master")}
    except sqlite3.Error as error:
        raise RefusedError(f"tệp “{copy}” hỏng hoặc không phải cơ sở dữ liệu", "chọn bản sao khác") from error
    if "alembic_version" not in names or "task" not in names:
        raise RefusedError(f"tệp “{copy}” không phải cơ sở dữ liệu của Nhắc Việc", "chọn bản sao khác")
