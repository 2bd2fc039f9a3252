"""The originals: a copy of each file that was taken in, so that `show` can open it after the inbox was tidied.

In: a file and the hash of its bytes. Out: its copy under that hash, in a folder beside the database (of a PostgreSQL
database: in the user's data folder, or wherever `[intake] originals` says; "none" keeps no copies). The same bytes are
kept once.

Example: "kế hoạch.pdf" is kept as "bản gốc/3f/3f9a….pdf".
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.settings import default_database

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tracker.settings import Settings

FOLDER, NONE = "bản gốc", "none"


def folder_of(engine: Engine, settings: Settings) -> Path | None:
    """Where copies are kept; None where the settings want none, or the database lies in memory."""
    if settings.originals == NONE:
        return None
    if settings.originals is not None:
        named = Path(settings.originals).expanduser()
        return named if named.is_absolute() or settings.file is None else settings.file.parent / named
    if engine.url.get_backend_name() == "sqlite":
        file = engine.url.database
        return Path(file).parent / FOLDER if file and file != ":memory:" else None
    return Path(default_database()).parent / FOLDER


def keep(folder: Path, file: Path, sha256: str) -> Path | None:
    """Copies *file* under its hash; None where its bytes are not those (it came in a package, or has changed).

    Raises:
        OSError: the copy cannot be written.
    """
    target = _place(folder, file.suffix, sha256)
    if target.exists():
        return target
    if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    shutil.copyfile(file, part)
    part.replace(target)
    return target


def kept(folder: Path | None, path: str, sha256: str) -> Path | None:
    """The copy of a document that came from *path*; else that file itself, if it is still there; else None."""
    copy = _place(folder, Path(path).suffix, sha256) if folder is not None else None
    return next((place for place in (copy, Path(path)) if place is not None and place.is_file()), None)


def _place(folder: Path, suffix: str, sha256: str) -> Path:
    return folder / sha256[:2] / f"{sha256}{suffix.lower()}"
