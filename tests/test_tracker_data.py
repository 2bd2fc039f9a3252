"""Data that outlives everything: copies, migrations with data in them, kills, and several processes at once."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from drafting import NOW, TODAY, draft, extraction, on
from sqlalchemy import text
from sqlmodel import func, select

from tracker import backups, database, dumps, following
from tracker.changes import Hand
from tracker.errors import DatabaseError, RefusedError
from tracker.intake import Taken, Terms, take_in_each
from tracker.model import Document, Evidence, History, Task, TaskUnit
from tracker.places import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from corpus.benchmarks.postgresql import Server

HERE = Path(__file__).parent


def count(engine: Engine, table: Any = Task) -> int:
    with database.reading(engine) as session:
        return session.exec(select(func.count()).select_from(table)).one()


@pytest.mark.both
def test_a_copy_and_the_way_back(
    run: Callable[..., Any], store: Callable[[Any], Any], backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store(extraction(draft("Rà soát", on("2026-11-30"))))
    assert "Đã sao lưu vào" in run("db", "backup").out
    (made,) = tmp_path.glob("**/sao lưu/*-2026*")
    store(extraction(draft("Góp ý"), number="9/UBND-NC"))
    assert len(run("tasks", "--json").json) == 2
    found = run("db", "restore", made)
    assert (found.code, found.err.count("còn ở")) == (0, 1)
    assert len(run("tasks", "--json").json) == 1
    (kept,) = tmp_path.glob("**/*-truoc-khoi-phuc.*")
    again = str(kept) if backend == "sqlite" else request.getfixturevalue("postgres").create()
    if backend == "postgresql":
        assert run("db", "restore", kept, "--db", again).code == 0
    assert len(run("tasks", "--json", "--db", again).json) == 2
    assert run("db", "check").code == 0


def test_copies_that_cannot_be(book: Engine, book_path: Path, tmp_path: Path) -> None:
    made = backups.backup(book, NOW, tmp_path / "a.db")
    with pytest.raises(RefusedError, match="đã có tệp"):
        backups.backup(book, NOW, made)
    (tmp_path / "tệp").write_text("x")
    with pytest.raises(RefusedError, match="không ghi được"):
        backups.backup(book, NOW, tmp_path / "tệp" / "b.db")
    for name, content in (("x.db", b"khong phai"), ("y.db", made.read_bytes()[:5000])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RefusedError, match=r"hỏng hoặc không phải|không phải cơ sở dữ liệu của"):
            backups.restore(book, tmp_path / name, NOW)
    with sqlite3.connect(tmp_path / "z.db") as other:
        other.execute("CREATE TABLE x (y)")
    other.close()
    with pytest.raises(RefusedError, match="không phải cơ sở dữ liệu của Nhắc Việc"):
        backups.restore(book, tmp_path / "z.db", NOW)
    with pytest.raises(RefusedError, match="không có tệp"):
        backups.restore(book, tmp_path / "không có.db", NOW)
    with pytest.raises(DatabaseError, match="trong bộ nhớ"):
        backups.backup(database.connect(":memory:"), NOW)
    assert count(database.open_database(str(book_path))) == 0


def test_copies_of_a_server_that_cannot_be(postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = postgres.create()
    engine = database.open_database(url)
    other = database.connect(postgres.create())
    with other.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE x (y INTEGER)")
    (tmp_path / "x.dump").write_bytes(b"khong phai")
    dumps.copy(other, tmp_path / "khác.dump")
    for name, said in (("x.dump", "hỏng hoặc không phải"), ("khác.dump", "của Nhắc Việc"), ("y.dump", "không có tệp")):
        with pytest.raises(RefusedError, match=said):
            backups.restore(engine, tmp_path / name, NOW)
    with pytest.raises(DatabaseError, match="phần mềm khác"):
        database.revision(other)
    with pytest.raises(DatabaseError, match="pg_dump không làm được"):
        backups.backup(database.connect(f"{url}_không_có"), NOW, tmp_path / "z.dump")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseError, match="chưa cài pg_dump"):
        backups.backup(engine, NOW, tmp_path / "z.dump")
    assert sorted(file.name for file in tmp_path.glob("*.dump*")) == ["khác.dump", "x.dump"]
    for one in (engine, other):
        one.dispose()


def test_a_broken_database_is_restored(book: Engine, book_path: Path, tmp_path: Path) -> None:
    made = backups.backup(book, NOW, tmp_path / "a.db")
    book.dispose()
    for file in book_path.parent.glob("việc.db-*"):
        file.unlink()
    book_path.write_bytes(b"rac " * 5000)
    backups.restore(database.connect(str(book_path)), made, NOW)
    assert database.check(database.open_database(str(book_path))) == []


def _migrated_to(url: str, revision: str) -> None:
    import alembic.command
    import alembic.config

    engine = database.connect(url)
    with engine.begin() as connection:
        config = alembic.config.Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(database.__file__).with_name("migrations")))
        config.set_main_option("path_separator", "os")
        alembic.command.upgrade(config, revision)
        for statement in (*OLD_DATA, OLD_PART if revision < "0006" else PART):
            connection.execute(text(statement), {"hash": "0" * 64, "no": False})
    engine.dispose()


OLD = sorted(file.name[:4] for file in Path(database.__file__).with_name("migrations").glob("versions/0*.py"))
OLD_DATA = (
    "INSERT INTO document (id, doc_id, number, number_folded, issuer_folded, sha256, path, media_type, reader,"
    " ocr, state, taken_in, ingested_at) VALUES (1, 'a', '1/KH', '1/kh', '', :hash, 'a', 'x', 'x', :no, 'active',"
    " '2026-09-05', '2026-09-05T00:00:00.000000+00:00')",
    "INSERT INTO task (id, document_id, draft_id, position, title, text, section, milestones, status, review,"
    " confidence, reasons, late_at_intake, search, deadline_kind, deadline_due)"
    " VALUES (1, 1, 't1', 0, 'Rà soát', 'Rà soát', '[]', '[]', 'todo', 'accepted', 0.9, '[]', :no,"
    " 'ra soat', 'date', '2026-11-30')",
    'INSERT INTO evidence (document_id, task_id, field, quote, block, start, "end")'
    " VALUES (1, 1, 'text', 'Rà soát', 0, 0, 7)",
)

OLD_PART = (
    "INSERT INTO task_unit (task_id, role, position, text, name, spellings, is_group)"
    " VALUES (1, 'lead', 0, 'Sở Nội vụ', 'Sở Nội vụ', '|so noi vu|', :no)"
)
PART = (
    "INSERT INTO task_unit (task_id, role, position, text, name, is_group)"
    " VALUES (1, 'lead', 0, 'Sở Nội vụ', 'Sở Nội vụ', :no)"
)


@pytest.mark.both
@pytest.mark.parametrize("revision", [one for one in OLD if one != database.HEAD])
def test_data_of_every_earlier_version_stays(
    run: Callable[..., Any], backend: str, tmp_path: Path, revision: str, request: pytest.FixtureRequest
) -> None:
    place = tmp_path / "cũ" / "việc.db"
    url = str(place) if backend == "sqlite" else request.getfixturevalue("postgres").create()
    _migrated_to(url, revision)
    assert f"phiên bản {revision} (lệnh sau" in " ".join(run("doctor", "--db", url).out.split())
    found = run("tasks", "--text", "ra soat", "--json", "--db", url)
    assert [(row["id"], row["lead"], row["current_due"]) for row in found.json] == [
        (1, [{"name": "Sở Nội vụ"}], "2026-11-30")
    ]
    assert "bản cũ còn ở" in found.err
    engine = database.open_database(url)
    assert [count(engine, table) for table in (Document, Task, TaskUnit, Evidence)] == [1, 1, 1, 1]
    assert database.check(engine) == []
    engine.dispose()
    (kept,) = tmp_path.glob(f"**/sao lưu/*-truoc-nang-cap-{revision}.*")
    again = str(kept) if backend == "sqlite" else request.getfixturevalue("postgres").create()
    if backend == "postgresql":
        assert run("db", "restore", kept, "--db", again).code == 0
    engine = database.connect(again)
    assert database.revision(engine) == revision
    engine.dispose()


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/lan/việc.db", None),
        ("/mnt/chung/việc.db", "cifs"),
        ("/mnt/chung của sở/việc.db", "nfs4"),
        ("/mnt/chung2/việc.db", None),
        ("/mnt/chung/đĩa/việc.db", None),
    ],
)
def test_network_drives_are_known(place: str, kind: str | None) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n//kho/chung /mnt/chung cifs rw 0 0\nkho:/so /mnt/chung\\040của\\040sở nfs4 rw 0 0\n"
        "/dev/sdb1 /mnt/chung/đĩa ext4 rw 0 0\nhỏng\n"
    )
    assert kind_of(Path(place), mounts) == kind


def test_doctor_warns_of_a_network_drive(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker import checkup

    monkeypatch.setattr(checkup, "network_drive", lambda _file: "cifs")
    found = run("doctor")
    assert found.code == 0
    assert "nằm trên ổ mạng (cifs)" in found.out


def _ingest_many(path: str, first: int, times: int) -> None:
    """One document a transaction, then three, then one …: as they come slowly or fast."""
    engine = database.open_database(path)
    found = (
        extraction(*(draft(f"Việc {at} của văn bản {number}") for at in range(10)), number=f"{number}/KH-UBND")
        for number in range(first, first + times)
    )
    for size in itertools.cycle((1, 3)):
        taken = take_in_each(engine, list(itertools.islice(found, size)), Terms(TODAY, NOW, 0.8))
        assert all(isinstance(one, Taken) for one in taken)
        if not taken:
            break
    engine.dispose()


def _edit_many(path: str, times: int) -> None:
    engine = database.open_database(path)
    for turn in range(times):
        with database.writing(engine) as session:
            following.progress(session, 1, turn % 101, None, Hand("lan", NOW, TODAY))
    engine.dispose()


@pytest.mark.both
def test_two_that_ingest_and_one_that_edits_lose_nothing(
    book: Engine, book_url: str, backend: str, tmp_path: Path
) -> None:
    path = book_url
    _ingest_many(path, 1, 1)
    spawn = multiprocessing.get_context("spawn")
    workers = [
        spawn.Process(target=_ingest_many, args=(path, 100, 15)),
        spawn.Process(target=_ingest_many, args=(path, 200, 15)),
        spawn.Process(target=_edit_many, args=(path, 40)),
    ]
    for worker in workers:
        worker.start()
    made = backups.backup(book, NOW, tmp_path / "giữa chừng.db")
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert (count(book, Document), count(book), count(book, TaskUnit)) == (31, 310, 310)
    with database.reading(book) as session:
        changes = session.exec(select(History).where(History.field == "progress").order_by("id")).all()
    assert len(changes) == 40
    assert all(one.after == two.before for one, two in itertools.pairwise(changes))
    assert database.check(book) == []
    if backend == "sqlite":
        assert database.check(database.open_database(str(made))) == []


INGEST = """
    import sys
    sys.path.insert(0, {tests!r})
    from test_tracker_data import _ingest_many
    _ingest_many({path!r}, {first}, 1)
    print("bắt đầu", flush=True)
    _ingest_many({path!r}, {first} + 1, 9_000)
"""


@pytest.mark.both
@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
def test_a_process_killed_at_any_moment_leaves_no_half_document(book: Engine, book_url: str) -> None:
    """10 kills on each kind of database; NHACVIEC_KILLS=200 makes 200."""
    dice = random.Random(20261121)
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    for turn in range(int(os.environ.get("NHACVIEC_KILLS", "10"))):
        code = textwrap.dedent(INGEST.format(tests=str(HERE), path=book_url, first=1 + turn * 10_000))
        command = [sys.executable, "-c", code]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
        with database.writing(book) as session:  # as soon as the dead one's transaction is over
            counted = select(func.count(Task.id)).select_from(Document).outerjoin(Task).group_by(Document.id)
            sizes = session.exec(counted).all()
            units = session.exec(select(func.count()).select_from(TaskUnit)).one()
        assert set(sizes) <= {10}
        assert units == sum(sizes)
    assert database.check(book) == []
    assert count(book, Document) > 0
