"""`ingest` of many files: several at a time, stopped in the middle and gone on with."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from test_cli_ingest import LETTER, PLAN
from test_guard import LINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANY = 12


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder of plans, each with a number of its own."""
    folder = tmp_path / "lưu trữ"
    folder.mkdir()
    for number in range(1, MANY + 1):
        plan = PLAN.replace("215/KH-UBND", f"{number}/KH-UBND")
        (folder / f"kế hoạch {number:02}.txt").write_text(plan, encoding="utf-8")
    return folder


def test_side_by_side_gives_what_one_by_one_gives(archive: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    tables = []
    for jobs in ("1", "2"):
        found = run("--db", tmp_path / f"{jobs}.db", "ingest", archive, "--jobs", jobs)
        assert found.code == 0, found.err
        tables.append(found.out)
    assert tables[0] == tables[1]
    assert f"Đã nạp {MANY} văn bản, {3 * MANY} việc." in tables[0]
    for wrong in (["--jobs", "0"], ["--shared"], ["--jobs", "2", "--cluster", "local:2"]):
        assert run("ingest", archive, *wrong).code == 2


def test_resume_reads_only_what_is_not_stored(archive: Path, run: Callable[..., Any]) -> None:
    run("ingest", archive)
    sorted(archive.iterdir())[0].write_text(LETTER, encoding="utf-8")  # the name is the same, the bytes are not
    found = run("ingest", archive, "--resume")
    assert f"Bỏ qua {MANY - 1} văn bản đã nạp từ trước." in found.err
    assert "Đã nạp 1 văn bản, 0 việc." in found.out
    found = run("ingest", archive, "--resume")
    assert (found.code, found.out) == (0, "")
    assert f"Bỏ qua {MANY} văn bản" in found.err


@pytest.mark.skipif(sys.platform == "win32", reason="tín hiệu của POSIX")
def test_an_interrupted_run_ends_cleanly_and_is_gone_on_with(
    archive: Path, book_path: Path, run: Callable[..., Any]
) -> None:
    for number in (4, 8):  # the first makes the documents before it be stored, the second is at work when we stop
        with (archive / f"kế hoạch {number:02}.txt").open("a", encoding="utf-8") as file:
            file.write("".join(LINE.format(n, n) for n in range(1, 1_500)))
    command = [sys.executable, "-m", "tracker.cli", "--db", str(book_path), "ingest", str(archive), "--jobs", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
        while not documents(book_path):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the command and to what it has started
        out, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == b""
    (line,) = said.decode("utf-8").splitlines()
    assert "để nạp tiếp, chạy lại lệnh này với --resume" in line
    kept = documents(book_path)
    assert f"Bỏ qua {kept} văn bản" in run("ingest", archive, "--resume").err
    assert documents(book_path) == MANY


def documents(path: Path) -> int:
    """How many documents the database holds."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as book:
        try:
            return int(book.execute("SELECT count(*) FROM document").fetchone()[0])
        except sqlite3.OperationalError:  # not there yet
            return 0
