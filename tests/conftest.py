"""Fixtures of the tracker: an empty database, and the command `nhacviec` called as a clerk calls it.

A test marked `both` runs on SQLite and on a real PostgreSQL; NHACVIEC_TEST_BACKEND=postgresql runs all on the latter.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers beside the tests are found whether `tests` is a package or not


from drafting import NOW, TODAY

from corpus.benchmarks.postgresql import Server, binaries, running
from tracker.cli import main
from tracker.database import connect, open_database, upgrade
from tracker.intake import Taken, Terms, take_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from extractor.model import Extraction


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both: runs on SQLite and on PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "backend" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both"):
        metafunc.parametrize("backend", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test works with."""
    return str(getattr(request, "param", os.environ.get("NHACVIEC_TEST_BACKEND", "sqlite")))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this session."""
    folder = binaries()
    if folder is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed (Debian package postgresql)")
        pytest.skip("chưa cài PostgreSQL (gói postgresql của Debian)")
    with running(folder) as server:
        yield server


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
def book_url(backend: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Path or URL of an empty database of this test alone."""
    if backend == "sqlite":
        yield str(request.getfixturevalue("book_path"))
        return
    with request.getfixturevalue("postgres").lent() as url:
        yield url


@pytest.fixture
def book(book_url: str) -> Iterator[Engine]:
    engine = open_database(book_url)
    yield engine
    engine.dispose()


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
    book_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    """`run("due", "--json")`: the command on this test's database, on 21 November 2026, with no settings around."""
    for name in ("NHACVIEC_CONFIG", "NHACVIEC_SMTP_HOST", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "cấu hình"),
        "XDG_DATA_HOME": str(tmp_path / "dữ liệu"), "APPDATA": str(tmp_path), "LOCALAPPDATA": str(tmp_path),
        "NHACVIEC_DB": book_url, "NHACVIEC_USER": "lan", "COLUMNS": "80",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def call(*arguments: str | Path, today: str | None = TODAY.isoformat()) -> Answer:
        day = ["--today", today] if today else []
        code = main([*map(str, arguments), *day])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call
