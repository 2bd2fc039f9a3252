"""The database: made, migrated, written in whole transactions, and refused with a clear line."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.schema import CreateTable

from tracker import database
from tracker.errors import DatabaseError
from tracker.model import AppSetting, History, Table, Task

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_a_new_database_is_made_with_its_folder_and_migrated(tmp_path: Path) -> None:
    file = tmp_path / "dữ liệu 50%" / "việc.db"
    engine = database.open_database(f"sqlite:///{file}")
    assert file.exists()
    assert database.revision(engine) == database.HEAD
    assert pragma(engine, "journal_mode") == "wal"
    assert pragma(engine, "foreign_keys") == 1
    assert database.upgrade(engine) is False
    assert database.check(engine) == []


@pytest.mark.parametrize("name", ["việc.db", "có cách.db", "50%.db", "a#b?.db", "a;b&c=d.db"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and "?" in name:
        name = name.replace("?", "")
    database.open_database(str(tmp_path / name)).dispose()
    assert name in {file.name for file in tmp_path.iterdir()}


def test_a_current_database_is_opened_without_alembic(book_path: Path) -> None:
    code = f"import sys, tracker.database as d; d.open_database({str(book_path)!r}); print('alembic' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """The index of words is no table of the model: SQLite keeps it by triggers, PostgreSQL by an expression."""
    return not (kind == "table" and str(name).startswith("task_fts")) and name != "ix_task_search_words"


@pytest.mark.both
def test_the_migrations_make_the_tables_of_the_model(book: Engine) -> None:
    with book.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, Table.metadata) == []


def test_the_migrations_make_the_rules_of_the_model(book: Engine) -> None:
    plain = create_engine("sqlite://")
    Table.metadata.create_all(plain)
    for table in Table.metadata.tables.values():
        found, wanted = inspect(book), inspect(plain)
        name = table.name
        checks = [sorted(c["sqltext"] for c in place.get_check_constraints(name)) for place in (found, wanted)]
        assert checks[0] == checks[1], CreateTable(table)
        keys = [
            sorted(f"{key['constrained_columns']} {key['referred_table']} {key['options']}" for key in keys_of)
            for keys_of in (found.get_foreign_keys(name), wanted.get_foreign_keys(name))
        ]  # SQLite forgets the name of a key that came with a new column
        assert keys[0] == keys[1]
        assert found.get_unique_constraints(name) == wanted.get_unique_constraints(name)


@pytest.mark.both
def test_a_failed_transaction_leaves_nothing(book: Engine) -> None:
    def half() -> None:
        with database.writing(book) as session:
            session.add(AppSetting(key="a", value="1"))
            session.flush()
            raise RuntimeError("giữa chừng")

    with pytest.raises(RuntimeError):
        half()
    with database.reading(book) as session:
        assert session.get(AppSetting, "a") is None


@pytest.mark.both
def test_what_is_changed_while_reading_is_not_stored(book: Engine) -> None:
    with database.reading(book) as session:
        session.add(AppSetting(key="a", value="1"))
        session.flush()
    with database.reading(book) as session:
        assert session.get(AppSetting, "a") is None


@pytest.mark.both
def test_the_database_itself_refuses_states_that_are_none(book: Engine) -> None:
    with pytest.raises(IntegrityError), database.writing(book) as session:
        session.add(Task(document_id=1, draft_id="t1", position=0, title="x", text="x", status="xong"))  # type: ignore[arg-type]


@pytest.mark.both
def test_foreign_keys_hold(book: Engine) -> None:
    with pytest.raises(IntegrityError), database.writing(book) as session:
        session.add(Task(document_id=99, draft_id="t1", position=0, title="x", text="x"))


@pytest.mark.both
def test_times_are_utc_with_their_zone(book: Engine, backend: str) -> None:
    saigon = dt.timezone(dt.timedelta(hours=7))
    with database.writing(book) as session:
        session.add(
            History(
                entity="task", entity_id=1, field="x", who="lan", at=dt.datetime(2026, 11, 21, 16, 50, tzinfo=saigon)
            )
        )
    with database.reading(book) as session:
        assert session.get(History, 1).at == dt.datetime(2026, 11, 21, 9, 50, tzinfo=dt.UTC)  # type: ignore[union-attr]
    with book.connect() as connection:
        stored = connection.exec_driver_sql("SELECT at FROM history").scalar()
    assert stored == (
        "2026-11-21T09:50:00.000000+00:00" if backend == "sqlite" else dt.datetime(2026, 11, 21, 9, 50, tzinfo=dt.UTC)
    )
    with pytest.raises(StatementError, match="needs its zone"), database.writing(book) as session:
        session.add(History(entity="task", entity_id=1, field="x", who="lan", at=dt.datetime(2026, 11, 21)))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://localhost", "chưa nêu cơ sở dữ liệu"),
        ("postgresql://lan@127.0.0.1:1/viec", "không nối được"),
        ("mysql://localhost/viec", "mysql"),
        ("://", "không hợp lệ"),
        ("oracle://x", "oracle"),
    ],
)
def test_addresses_that_are_none(url: str, said: str) -> None:
    with pytest.raises(DatabaseError, match=said):
        database.revision(database.connect(url))


def test_what_is_no_database_of_ours(tmp_path: Path) -> None:
    (tmp_path / "văn bản.db").write_text("đây không phải cơ sở dữ liệu, " * 100, encoding="utf-8")
    with pytest.raises(DatabaseError, match="hỏng hoặc không phải"):
        database.open_database(str(tmp_path / "văn bản.db"))
    with sqlite3.connect(tmp_path / "khác.db") as other:
        other.execute("CREATE TABLE x (y)")
    other.close()
    with pytest.raises(DatabaseError, match="phần mềm khác"):
        database.open_database(str(tmp_path / "khác.db"))
    with pytest.raises(DatabaseError, match="thư mục"):
        database.open_database(str(tmp_path))
    (tmp_path / "tệp").write_text("")
    with pytest.raises(DatabaseError, match="không tạo được thư mục"):
        database.open_database(str(tmp_path / "tệp" / "việc.db"))


@pytest.mark.both
def test_a_database_of_a_newer_version(book: Engine, book_url: str) -> None:
    with book.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseError, match="mới hơn"):
        database.open_database(book_url)
    assert database.revision(book) == "9999"


@pytest.mark.both
def test_another_program_that_holds_the_database(book: Engine, book_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 50)
    other = database.connect(book_url)
    with database.writing(book) as holder:
        holder.add(AppSetting(key="a", value="1"))
        with pytest.raises(DatabaseError, match="chương trình khác giữ"), database.writing(other) as session:
            session.add(AppSetting(key="a", value="2"))
        with database.reading(other) as session:  # who reads waits for nobody
            assert session.get(AppSetting, "a") is None
    other.dispose()


def _count_up(path: str, times: int) -> None:
    engine = database.open_database(path)
    for _ in range(times):
        with database.writing(engine) as session:
            found = session.get(AppSetting, "n") or AppSetting(key="n", value="0")
            found.value = str(int(found.value) + 1)
            session.add(found)
    engine.dispose()


@pytest.mark.both
def test_processes_that_meet_a_new_database_at_once_lose_nothing(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = str(tmp_path / "việc.db") if backend == "sqlite" else request.getfixturevalue("postgres").create()
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_count_up, args=(path, 25)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    engine = database.open_database(path)
    with database.reading(engine) as session:
        assert session.get(AppSetting, "n").value == "75"  # type: ignore[union-attr]
    engine.dispose()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is killed by a signal")
def test_a_process_killed_in_a_transaction_leaves_nothing(book: Engine, book_path: Path) -> None:
    code = f"""
        import sys, time
        from tracker.database import open_database, writing
        from tracker.model import AppSetting
        with writing(open_database({str(book_path)!r})) as session:
            session.add(AppSetting(key="nửa", value="1"))
            session.flush()
            print("đang ghi", flush=True)
            time.sleep(60)
    """
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with database.writing(book) as session:
        assert session.get(AppSetting, "nửa") is None
    assert database.check(book) == []


def test_rows_that_point_at_nothing_are_found(book: Engine, book_path: Path) -> None:
    with sqlite3.connect(book_path) as raw:
        raw.execute("INSERT INTO unit_address (unit_id, email) VALUES (99, 'a@example.vn')")
    raw.close()
    assert database.check(book) == ["bảng unit_address, dòng 1: trỏ tới bảng unit nhưng không có dòng ấy"]
