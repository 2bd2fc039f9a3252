"""Documents read in a process that can be ended: real files, slow and greedy ones, and the file after them."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from docx import Document

from extractor.errors import TooLargeError, UnreadableError
from extractor.guard import Bounds, Guard
from extractor.guard_process import Order
from extractor.pipeline import extract

LINE = "{}. Sở Công Thương chủ trì, phối hợp với Sở Tài chính rà soát chợ số {}, báo cáo trước ngày 15/9/2027.\n"
PAGES = Path("/proc/self/statm")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("văn bản")
    document = Document()
    for text in ("UBND TỈNH LÀO CAI", "Số: 12/KH-UBND", "KẾ HOẠCH", "Phát triển chợ nông thôn", LINE.format(1, 1)):
        document.add_paragraph(text)
    document.save(place / "nhỏ.docx")
    (place / "lớn.txt").write_text("".join(LINE.format(n, n) for n in range(1, 40_000)), encoding="utf-8")
    (place / "rỗng.pdf").touch()
    return place


@pytest.fixture(scope="module")
def guard():
    with Guard(bounds=Bounds(seconds=120)) as warm:
        yield warm


def test_extraction_is_that_of_the_pipeline(guard, folder):
    found = guard.extract(folder / "nhỏ.docx")
    assert found == extract(folder / "nhỏ.docx")
    assert [unit.name for task in found.tasks for unit in task.lead] == ["Sở Công Thương"]


def test_errors_travel(guard, folder):
    with pytest.raises(UnreadableError, match="rỗng"):
        guard.extract(folder / "rỗng.pdf")
    with pytest.raises(UnreadableError):
        guard.extract(folder / "không có.docx")


def test_a_slow_file_costs_its_own_time_only(folder):
    with Guard(bounds=Bounds(seconds=120)) as guard:
        guard.extract(folder / "nhỏ.docx")
        before = guard._process.pid
        guard._bounds = Bounds(seconds=0.5)
        began = time.monotonic()
        with pytest.raises(TooLargeError, match=r"đọc quá 0\.5 giây; hãy tách nhỏ tệp hoặc tăng giới hạn"):
            guard.extract(folder / "lớn.txt")
        assert time.monotonic() - began < 30
        assert not alive(before)
        guard._bounds = Bounds(seconds=120)
        assert len(guard.extract(folder / "nhỏ.docx").tasks) == 1


@pytest.mark.skipif(not PAGES.exists(), reason="hệ điều hành này không giới hạn bộ nhớ của một tiến trình")
def test_a_greedy_file_is_refused_and_the_next_is_read(folder):
    with Guard(bounds=Bounds(seconds=300, memory=60_000_000)) as guard:
        with pytest.raises(TooLargeError, match="cần quá 60 MB bộ nhớ để đọc; hãy tách nhỏ tệp"):
            guard.extract(folder / "lớn.txt")
        with pytest.raises(UnreadableError, match="rỗng"):
            guard.extract(folder / "rỗng.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="tín hiệu của POSIX")
def test_a_process_that_dies_is_a_named_error_and_is_replaced(folder, guard):
    guard.extract(folder / "nhỏ.docx")
    os.kill(guard._process.pid, signal.SIGSTOP)
    pipe_end = guard._process.pid
    guard._pipe.send(Order(folder / "lớn.txt"))  # it will be at work on this when it is killed
    os.kill(pipe_end, signal.SIGKILL)
    with pytest.raises(UnreadableError, match=r"dừng đột ngột \(mã -9\)"):
        guard._answer(Order(folder / "nhỏ.docx"))
    assert len(guard.extract(folder / "nhỏ.docx").tasks) == 1


def test_process_is_replaced_after_its_files(folder):
    with Guard(bounds=Bounds(seconds=120, files=2)) as guard:
        served = []
        for _ in range(3):
            guard.extract(folder / "nhỏ.docx")
            served.append(guard._process.pid)
    assert served[0] == served[1] != served[2]
    assert not any(map(alive, served))


def alive(pid):
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.OpenProcess(0x1000, 0, pid))
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_command_refuses_what_takes_too_long_and_names_the_setting(folder, tmp_path, monkeypatch, capsys):
    from tracker.cli import main

    monkeypatch.setenv("NHACVIEC_READING_SECONDS", "0.2")
    monkeypatch.setattr("sys.argv", ["nhacviec", "extract", str(folder / "lớn.txt")])
    with pytest.raises(SystemExit) as ended:
        sys.exit(main())
    assert ended.value.code == 1
    assert "đọc quá 0.2 giây" in (said := capsys.readouterr().err)
    assert "[reading] seconds" in said
