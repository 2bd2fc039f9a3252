"""The command line itself: global options anywhere, Vietnamese help and errors, exit codes, UTF-8 in any console."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tracker.cli.usage import hoisted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["due", "--json"], ["--json", "due"]),
        (["--json", "due"], ["--json", "due"]),
        (["due", "tháng này", "--db", "x.db", "--unit", "a"], ["--db", "x.db", "due", "tháng này", "--unit", "a"]),
        (["due", "--today=2026-11-21", "-q"], ["--today=2026-11-21", "-q", "due"]),
        (
            ["units", "set", "A", "--email", "b", "--config", "c"],
            ["--config", "c", "units", "set", "A", "--email", "b"],
        ),
        (["ingest", "--", "--json"], ["ingest", "--", "--json"]),
        (["due", "--db"], ["--db", "due"]),
        (["due", "--json-lines"], ["due", "--json-lines"]),
        ([], []),
    ],
)
def test_global_options_are_taken_anywhere(given: list[str], expected: list[str]) -> None:
    assert hoisted(given) == expected


def test_options_before_and_after_mean_the_same(run: Callable[..., Any], tmp_path: Path) -> None:
    other = tmp_path / "khác.db"
    assert run("--db", other, "--json", "docs").json == run("docs", "--json", "--db", other).json == []
    assert other.exists()


def test_help_is_vietnamese_for_every_command(run: Callable[..., Any]) -> None:
    from typer.main import get_command

    from tracker.cli import app

    def walk(command: Any, path: list[str]) -> list[list[str]]:
        inner = getattr(command, "commands", {})
        return [path, *(found for name, sub in inner.items() for found in walk(sub, [*path, name]))]

    paths = walk(get_command(app), [])
    assert ["units", "import"] in paths
    for path in paths:
        found = run(*path, "--help", today=None)
        assert found.code == 0
        assert found.out.startswith("Cách dùng: nhacviec")
        for word in (
            "Usage",
            "Options",
            "Arguments",
            "Commands",
            "Show this",
            "[required]",
            "[default",
            "<",
            "...",
            "{",
        ):
            assert word not in found.out, path
        cut = [line for line in found.out.splitlines() if line.startswith("  ") and line.endswith("…")]
        assert cut == [], path


def test_nothing_at_all_shows_the_help(run: Callable[..., Any]) -> None:
    found = run(today=None)
    assert (found.code, found.out) == (0, run("--help", today=None).out)
    for command in (
        "extract",
        "ingest",
        "tasks",
        "due",
        "overdue",
        "show",
        "done",
        "reopen",
        "docs",
        "units",
        "review",
    ):
        assert f"\n  {command} " in found.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["dua"], "không có lệnh “dua”"),
        (["due", "--foo"], "không có tùy chọn “--foo”"),
        (["due", "--unit"], "tùy chọn “--unit” cần một giá trị"),
        (["tasks", "--limit", "nhiều"], "--limit phải là một số; xem"),
        (["tasks", "--limit", "0"], "--limit phải từ 1 trở lên; xem"),
        (["ingest"], "thiếu ĐƯỜNG_DẪN"),
        (["units", "set"], "thiếu TÊN"),
        (["units"], "thiếu tên lệnh"),
        (["show", "một"], "ID phải là một số"),
        (["show", "1", "2"], "thừa tham số “2”"),
        (["tasks", "--overdue=1"], "tùy chọn “--overdue” không nhận giá trị"),
        (["due", "tháng", "13"], "không hiểu khoảng thời gian “tháng 13”"),
        (["due", "--role", "sếp"], "không có vai “sếp”"),
        (["tasks", "--sort", "màu"], "không sắp xếp được theo “màu”"),
        (["done", "1", "--on", "31/02/2026"], "“31/02/2026” không phải một ngày có thật"),
    ],
)
def test_wrong_usage_is_one_vietnamese_line(run: Callable[..., Any], arguments: list[str], said: str) -> None:
    found = run(*arguments)
    assert found.code == 2
    assert found.out == ""
    assert found.err.startswith(said)
    assert found.err.count("\n") == 1
    assert "; " in found.err


def test_a_today_that_is_none(run: Callable[..., Any]) -> None:
    found = run("due", "--today", "hôm nào", today=None)
    assert (found.code, found.err.count("\n")) == (2, 1)
    assert run("due", "--today", "21/11/2026", today=None).code == 0


def test_settings_that_make_no_sense(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "nhacviec.toml"
    file.write_text("[smtp]\nhots = 'x'", encoding="utf-8")
    found = run("due", "--config", file)
    assert found.code == 3
    assert "có phải là “[smtp] host”?" in found.err
    assert run("due", "--config", tmp_path / "không có.toml").code == 3


@pytest.mark.parametrize("arguments", [["docs"], ["units", "list"], ["due"], ["overdue"], ["tasks"], ["review"]])
def test_an_empty_database_is_answered_kindly(run: Callable[..., Any], arguments: list[str]) -> None:
    found = run(*arguments)
    assert found.code == 0
    assert found.out
    if arguments[0] in {"docs", "due", "tasks", "overdue"}:
        assert "nhacviec ingest" in found.err
    assert run(*arguments, "--json").json == []
    assert run(*arguments, "-q").err == ""


def test_a_new_database_is_made_on_first_use_in_the_users_folder(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NHACVIEC_DB")
    assert run("docs").code == 0
    assert list(tmp_path.rglob("nhacviec.db"))


def test_version(run: Callable[..., Any]) -> None:
    found = run("due", "--version", today=None)
    assert found.code == 0
    assert found.out.startswith("nhacviec ")


def test_our_own_defect_is_one_line_and_more_with_v(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker import documents

    def broken(_connection: object) -> None:
        raise ZeroDivisionError("chia cho không")

    monkeypatch.setattr(documents, "list_documents", broken)
    found = run("docs")
    assert (found.code, found.err.count("\n")) == (1, 1)
    assert "lỗi của phần mềm (ZeroDivisionError: chia cho không)" in found.err
    assert "Traceback" in run("docs", "-v").err


def process(
    *arguments: str, environment: dict[str, str], code: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "tracker.cli", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, check=False)


@pytest.fixture
def environment(tmp_path: Path, book_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NHACVIEC_", "PYTHON"))}
    return {**kept, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "NHACVIEC_DB": str(book_path)}


def test_vietnamese_comes_out_in_any_console(environment: dict[str, str]) -> None:
    found = process(
        "due", "--today", "2026-11-21", environment={**environment, "PYTHONIOENCODING": "cp1252", "LC_ALL": "C"}
    )
    assert found.returncode == 0
    assert "Không có việc nào đến hạn" in found.stdout.decode("utf-8")
    failed = process("dua", environment={**environment, "PYTHONIOENCODING": "ascii"})
    assert "không có lệnh “dua”" in failed.stderr.decode("utf-8")


def test_help_and_lists_load_neither_extractor_nor_tables(environment: dict[str, str]) -> None:
    heavy = (
        "spacy",
        "underthesea",
        "pdfplumber",
        "docx",
        "openpyxl",
        "jinja2",
        "alembic",
        "sqlmodel",
        "pydantic",
        "smtplib",
        "yaml",
    )
    code = (
        "import sys; from tracker.cli import main; main({arguments!r});"
        f"print([name for name in {heavy!r} if name in sys.modules], 'sqlalchemy' in sys.modules, file=sys.stderr)"
    )
    listed = process(environment=environment, code=code.format(arguments=["due", "--today", "2026-11-21", "-q"]))
    assert listed.stderr.decode().strip() == "[] True"
    helped = process(environment=environment, code=code.format(arguments=["--help"]))
    assert helped.stderr.decode().strip() == "[] False"


@pytest.mark.skipif(sys.platform == "win32", reason="head and broken pipes are POSIX")
def test_a_reader_that_stops_early(environment: dict[str, str], book: Engine) -> None:
    with book.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO unit (name, name_folded, short_names) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL"
            " SELECT i + 1 FROM n WHERE i < 20000) SELECT 'Đơn vị ' || i, 'don vi ' || i, '[]' FROM n"
        )
    command = f"'{sys.executable}' -m tracker.cli units list | head -n 1"
    found = subprocess.run(["sh", "-c", command], capture_output=True, env=environment, check=True)
    assert found.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is POSIX")
def test_a_bar_is_for_terminals_and_complaints_come_after_it(environment: dict[str, str], tmp_path: Path) -> None:
    import pty

    for name in ("một.txt", "hai.txt"):
        (tmp_path / name).write_bytes(b"")
    command = [sys.executable, "-m", "tracker.cli", "extract", str(tmp_path / "một.txt"), str(tmp_path / "hai.txt")]
    terminal, end = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=end, env=environment):
        os.close(end)
        shown = b""
        with contextlib.suppress(OSError):  # Linux's way to say that the other end was closed
            while part := os.read(terminal, 4096):
                shown += part
        os.close(terminal)
    said = shown.decode("utf-8")
    assert "Đang đọc  [##################]  2/2" in said
    assert "2 lỗi" in said
    assert max(len(line) for line in said.split("\r") if "Đang đọc" in line) <= 80
    assert said.index("2/2") < said.index("một.txt: ") < said.index("hai.txt: ")
    piped = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert "Đang đọc" not in piped.stderr.decode("utf-8")


def test_doctor_and_db(run: Callable[..., Any], tmp_path: Path) -> None:
    found = run("doctor")
    assert found.code == 0
    assert "không thấy chỗ hỏng" in found.out
    assert "Máy chủ thư: chưa đặt" in found.out
    assert run("doctor", "--json").json["broken"] is False
    assert run("db", "check").code == 0
    assert "đang ở phiên bản" in run("db", "upgrade").out
    (tmp_path / "hỏng.db").write_bytes(b"x" * 5000)
    broken = run("doctor", "--db", tmp_path / "hỏng.db")
    assert broken.code == 3
    assert "hỏng hoặc không phải cơ sở dữ liệu" in " ".join(broken.out.split())
    assert max(len(line) for line in broken.out.splitlines() if "/" not in line) <= 80


def test_db_check_names_what_is_broken(run: Callable[..., Any], book: Engine) -> None:
    with book.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("INSERT INTO unit_address (unit_id, email) VALUES (99, 'a@example.vn')")
        connection.commit()
    book.dispose()
    found = run("db", "check")
    assert found.code == 3
    assert "trỏ tới bảng unit nhưng không có dòng ấy" in found.err
