"""Fixtures of the tracker: an empty database, and the command `nhacviec` called as a clerk calls it."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers beside the tests are found whether `tests` is a package or not

from drafting import NOW, TODAY

from tracker.cli import main
from tracker.database import connect, open_database, upgrade
from tracker.intake import Taken, Terms, take_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from extractor.model import Extraction


@pytest.fixture(scope="session")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without anything in it: copied, because migrating takes a tenth of a second."""
    place = tmp_path_factory.mktemp("trống") / "việc.db"
    engine = connect(str(place))
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return place


@pytest.fixture
def book_path(empty_book: Path, tmp_path: Path) -> Path:
    """Path of an empty database of this test alone, in a folder with a Vietnamese name."""
    place = tmp_path / "sổ việc" / "việc.db"
    place.parent.mkdir()
    shutil.copy(empty_book, place)
    return place


@pytest.fixture
def book(book_path: Path) -> Engine:
    return open_database(str(book_path))


@pytest.fixture
def store(book: Engine) -> Callable[[Extraction], Taken]:
    """Stores an extraction as `nhacviec ingest` does, on 21 November 2026."""
    terms = Terms(TODAY, NOW, 0.8)
    return lambda extraction: take_in(book, extraction, terms)


@dataclass
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(
    book_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """`run("due", "--json")`: the command on this test's database, on 21 November 2026, with no settings around."""
    for name in ("NHACVIEC_CONFIG", "NHACVIEC_SMTP_HOST", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "cấu hình"),
        "XDG_DATA_HOME": str(tmp_path / "dữ liệu"), "APPDATA": str(tmp_path), "LOCALAPPDATA": str(tmp_path),
        "NHACVIEC_DB": str(book_path), "NHACVIEC_USER": "lan", "COLUMNS": "80",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def call(*arguments: str | Path, today: str | None = TODAY.isoformat()) -> Answer:
        day = ["--today", today] if today else []
        code = main([*map(str, arguments), *day])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call
