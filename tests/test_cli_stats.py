"""Filters by who we are and by what is missing, words without marks, pages, and the official report's counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from drafting import draft, every, extraction, on

from extractor.model import Deadline
from tracker import database
from tracker.database import writing
from tracker.model import Task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _office(store: Callable[[Any], Any]) -> None:
    store(
        extraction(
            draft("Rà soát danh mục đất công", on("2026-11-30")),  # 1 in time
            draft("Báo cáo tiến độ", every("FREQ=MONTHLY;BYMONTHDAY=20")),  # 2 late
            draft("Thẩm định dự toán", on("2026-10-15"), lead=("Sở Tài chính",), support=("Sở Nội vụ",)),  # 3 late
            draft("Duy trì trang tin", Deadline("thường xuyên", "ongoing"), lead=()),  # 4 no day, no lead
            draft("Tập huấn đồng bộ", on("2026-12-24"), status="done", lead=("Sở Nội vụ", "Sở Tài chính")),  # 5
            draft("Kiểm tra", on("2026-12-01"), confidence=0.3, status="cancelled"),  # 6
        )
    )
    store(extraction(draft("Góp ý", lead=("Sở Y tế",)), number="9/SNV-VP", issuer="Sở Nội vụ"))  # 7


def ids(run: Callable[..., Any], *options: str | Path) -> list[int]:
    return [row["id"] for row in run("tasks", "--json", "--sort", "id", *options).json]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--no-deadline"], [4, 7]),
        (["--no-lead"], [4]),
        (["--text", "dat cong"], [1]),
        (["--text", "đồng ĐẤT"], []),
        (["--text", "danh muc ra soat"], [1]),
        (["--text", "tap hu"], [5]),
        (["--text", "Sở Y-tế"], [7]),
        (["--limit", "2", "--page", "2"], [3, 4]),
        (["--limit", "5", "--page", "3"], []),
        (["--page", "2"], []),
    ],
)
def test_filters(run: Callable[..., Any], options: list[str], expected: list[int]) -> None:
    assert ids(run, *options) == expected


def test_order_by_lead(run: Callable[..., Any]) -> None:
    assert [row["id"] for row in run("tasks", "--json", "--sort", "lead").json] == [4, 1, 2, 5, 6, 3, 7]


def test_words_that_are_none(run: Callable[..., Any]) -> None:
    found = run("tasks", "--text", "—")
    assert found.code == 2
    assert "không có chữ nào để tìm" in found.err


def test_the_index_of_words_follows_every_change(run: Callable[..., Any], book: Engine, backend: str) -> None:
    run("edit", "1", "--text", "Thống kê quỹ nhà")
    assert (ids(run, "--text", "dat cong"), ids(run, "--text", "quy nha")) == ([], [1])
    with writing(book) as session:
        session.delete(session.get_one(Task, 1))
    assert ids(run, "--text", "quy nha") == []
    if backend == "postgresql":
        return
    with book.connect() as connection:
        connection.exec_driver_sql("INSERT INTO task_fts (task_fts, rank) VALUES ('integrity-check', 1)")
    assert database.check(book) == []


def test_mine_as_the_settings_say(run: Callable[..., Any], tmp_path: Path) -> None:
    settings = tmp_path / "nhacviec.toml"
    assert run("tasks", "--mine").code == 3
    for role, expected in (("receiver", [1, 2, 3, 5, 6]), ("issuer", [7])):
        settings.write_text(f'[office]\nunit = "Sở Nội vụ"\nrole = "{role}"\n', encoding="utf-8")
        assert ids(run, "--mine", "--config", settings) == expected
    assert run("due", "--mine", "--config", settings, "--json").json == []


def test_pages_say_what_is_left(run: Callable[..., Any]) -> None:
    assert "… còn 3 việc nữa" in run("tasks", "--limit", "2", "--page", "2").out
    assert "việc nữa" not in run("tasks", "--limit", "4", "--page", "2").out


def lines(run: Callable[..., Any], *options: str) -> dict[str, tuple[int, ...]]:
    told = run("stats", "--json", *options).json
    columns = ("total", "open_in_time", "open_late", "done_in_time", "done_late", "cancelled")
    return {line["name"]: tuple(line[name] for name in columns) for line in (*told["rows"], told["total"])}


def test_counts_by_unit(run: Callable[..., Any]) -> None:
    run("done", "3", "--on", "20/10/2026")
    assert lines(run) == {
        "Sở Nội vụ": (4, 1, 1, 1, 0, 1),
        "Sở Tài chính": (2, 0, 0, 1, 1, 0),
        "Sở Y tế": (1, 1, 0, 0, 0, 0),
        "chưa rõ đơn vị": (1, 1, 0, 0, 0, 0),
        "Tổng cộng": (7, 3, 1, 1, 1, 1),
    }
    total = run("stats", "--json").json["total"]
    assert (total["done_share"], total["late_share"]) == (2 / 6, 2 / 6)
    assert total["notes"] == "2 việc không có hạn, 3 việc chưa duyệt"


def test_counts_by_document_and_month(run: Callable[..., Any]) -> None:
    assert {name: line[0] for name, line in lines(run, "--by", "văn bản").items()} == {
        "215/KH-UBND": 6, "9/SNV-VP": 1, "Tổng cộng": 7,
    }  # fmt: skip
    assert {name: line[0] for name, line in lines(run, "--by", "month").items()} == {
        "10/2026": 1, "11/2026": 2, "12/2026": 2, "không có hạn": 2, "Tổng cộng": 7,
    }  # fmt: skip
    assert lines(run, "--due", "tháng 11")["Tổng cộng"] == (2, 1, 1, 0, 0, 0)


def test_the_table_of_counts(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    out = run("stats").out
    assert "Tổng cộng" in out
    assert "16,7%" in out
    assert max(len(line) for line in out.splitlines()) <= 140
    assert run("stats", "--by", "màu").code == 2
