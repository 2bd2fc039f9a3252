"""`done`, `reopen`, `review`, `units` as a clerk calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from drafting import draft, every, extraction, on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def _plan(store: Callable[[Any], Any]) -> None:
    store(
        extraction(
            draft("Rà soát danh mục", on("2026-11-30")),  # 1
            draft("Báo cáo tiến độ", every("FREQ=MONTHLY;BYMONTHDAY=20")),  # 2
            draft("Thẩm định dự toán", on("2026-10-15"), lead=("Sở TC",)),  # 3
        )
    )


def statuses(run: Callable[..., Any]) -> list[str]:
    return [row["status"] for row in run("tasks", "--json", "--sort", "id").json]


def test_done_says_how_it_stands(run: Callable[..., Any]) -> None:
    found = run("done", "1", "2", "#3", "--on", "18/11/2026")
    assert (found.code, found.err) == (0, "")
    assert found.out.splitlines() == [
        "Nhiệm vụ 1: hoàn thành đúng hạn. Rà soát danh mục",
        "Nhiệm vụ 2, kỳ 20/11/2026: hoàn thành đúng hạn. Báo cáo tiến độ",
        "Nhiệm vụ 3: hoàn thành quá hạn (trễ 34 ngày). Thẩm định dự toán",
    ]
    assert statuses(run) == ["done", "todo", "done"]
    assert "đã ghi từ trước" in run("done", "1").out


def test_what_cannot_be_done_is_said_and_the_rest_is_done(run: Callable[..., Any]) -> None:
    found = run("done", "99", "một", "1", "--json")
    assert found.code == 1
    assert found.err.splitlines() == [
        "không có nhiệm vụ số 99; xem số ở cột ID của “nhacviec tasks”",
        "“một” không phải số của nhiệm vụ; xem số ở cột ID của “nhacviec tasks”",
    ]
    assert found.json == [{"id": 1, "occurrence": None, "schedule": "done_in_time", "days_late": 0, "changed": True}]
    assert statuses(run) == ["done", "todo", "todo"]


def test_a_day_in_the_future_changes_nothing(run: Callable[..., Any]) -> None:
    found = run("done", "1", "--on", "22/11/2026")
    assert (found.code, found.out) == (1, "")
    assert "ở sau hôm nay (21/11/2026)" in found.err
    assert statuses(run) == ["todo"] * 3


def test_an_occurrence_by_its_day(run: Callable[..., Any]) -> None:
    assert (
        "kỳ 20/10/2026: hoàn thành quá hạn (trễ 1 ngày)"
        in run("done", "2", "--occurrence", "20/10/2026", "--on", "21/10").out
    )
    assert "kỳ 20/10/2026: đã mở lại" in run("reopen", "2").out


def test_reopen(run: Callable[..., Any]) -> None:
    run("done", "1")
    assert run("reopen", "1").out == "Nhiệm vụ 1: đã mở lại. Rà soát danh mục\n"
    assert run("reopen", "1").out == "Nhiệm vụ 1: đang mở, không có gì thay đổi.\n"
    assert statuses(run) == ["todo"] * 3


def test_what_waits_and_accepting_it(run: Callable[..., Any]) -> None:
    waiting = run("review")
    assert "2 việc chờ duyệt, trong đó 2 việc đã quá hạn khi nạp." in waiting.out
    assert "nhacviec review --accept-all" in waiting.err
    assert [row["id"] for row in run("review", "215", "--json").json] == [2, 3]
    accepted = run("review", "--accept-all", "215/KH-UBND")
    assert accepted.code == 0
    assert accepted.out.splitlines()[0] == "Đã duyệt 2 việc."
    assert "2 việc đã quá hạn khi nạp" in accepted.out
    assert run("review").out == "Không có việc nào chờ duyệt.\n"
    assert run("review", "--accept-all", "--json").json == {"accepted": 0, "late": 0}
    assert "lan: duyệt: chưa duyệt → đã duyệt" in run("show", "3").out


def test_accepting_a_document_that_is_none(run: Callable[..., Any]) -> None:
    found = run("review", "--accept-all", "77")
    assert found.code == 1
    assert "không có văn bản “77”" in found.err


def test_units_get_addresses_and_their_tasks(run: Callable[..., Any]) -> None:
    found = run("units", "set", "Sở Tài chính", "--email", "stc@example.vn", "--email", "vt@example.vn")
    assert found.out.splitlines() == [
        "Đã thêm Sở Tài chính: stc@example.vn, vt@example.vn",
        "1 lượt giao việc trong các văn bản đã nạp nay gắn với đơn vị trong danh bạ.",
    ]
    assert "Đã sửa Sở Tài chính: stc@example.vn" in run("units", "set", "sở tài chính", "--email", "stc@example.vn").out
    (listed,) = run("units", "list", "--json").json
    assert [listed[field] for field in ("id", "name", "short_names", "emails", "tasks", "successor", "members")] == [
        1, "Sở Tài chính", [], ["stc@example.vn"], 1, None, 0,
    ]  # fmt: skip
    assert "stc@example.vn" in run("units", "list").out


def test_a_unit_may_be_asked_for_by_its_short_name(run: Callable[..., Any]) -> None:
    run("units", "set", "Sở Tài chính", "--email", "stc@example.vn", "--short", "Kho bạc nhà")
    assert [row["id"] for row in run("tasks", "--unit", "kho bac nha", "--json").json] == [3]


def test_a_wrong_address_changes_nothing(run: Callable[..., Any]) -> None:
    found = run("units", "set", "Sở Tài chính", "--email", "đây không phải thư")
    assert found.code == 1
    assert "không phải địa chỉ thư điện tử" in found.err
    assert run("units", "list", "--json").json == []


def test_many_units_from_a_sheet_all_or_none(run: Callable[..., Any], tmp_path: Path) -> None:
    sheet = tmp_path / "danh bạ.csv"
    sheet.write_text("tên,email\nSở Tài chính,stc@example.vn\nSở Nội vụ,sai\n", encoding="utf-8")
    found = run("units", "import", sheet)
    assert found.code == 1
    assert found.err == f"{sheet}: dòng 3: “sai” không phải địa chỉ thư điện tử; viết dạng ten@coquan.gov.vn\n"
    assert run("units", "list", "--json").json == []
    sheet.write_text("tên,email\nSở Tài chính,stc@example.vn\nSở Nội vụ,\n", encoding="utf-8")
    found = run("units", "import", sheet)
    assert found.code == 0
    assert "Đã thêm Sở Nội vụ: chưa có địa chỉ thư" in found.out
    assert [row["tasks"] for row in run("units", "list", "--json").json] == [2, 1]
    assert run("units", "import", tmp_path / "không có.csv").code == 1
