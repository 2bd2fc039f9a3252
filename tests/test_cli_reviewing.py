"""Review from the keyboard and by commands, and newer versions, as a clerk meets them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from drafting import draft, extraction, on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def _plan(store: Callable[[Any], Any]) -> None:
    store(
        extraction(
            draft("Rà soát danh mục", on("2026-11-30"), confidence=0.5, reasons=("lead_inherited_from_heading",)),  # 1
            draft("Thẩm định dự toán", on("2026-10-15"), lead=("Sở Tài chính",)),  # 2
            draft("Lời cảm ơn", confidence=0.1),  # 3
            draft("Rà soát và công bố", confidence=0.4),  # 4
            draft("công bố danh mục", confidence=0.4),  # 5
        )
    )


@pytest.fixture
def keys(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    def typed(*lines: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return run("review", "--keys")

    return typed


def reviews(run: Callable[..., Any]) -> dict[int, str]:
    return {
        row["id"]: row["review"]
        for state in ("pending", "accepted", "rejected")
        for row in run("tasks", "--json", "--review", state).json
    }


def test_each_task_is_shown_with_its_words_and_reasons(keys: Callable[..., Any]) -> None:
    found = keys("q")
    for words in ("[1/5] Nhiệm vụ 1:", "“Rà soát danh mục” (đoạn 1)", "đơn vị chủ trì lấy từ đề mục", "30/11/2026"):
        assert words in found.out
    assert "Duyệt (d), sửa (s), loại (l), tách (t), gộp (g), bỏ qua (b), thôi (q)?" in found.err
    assert found.out.endswith("Đã xem xét 0 việc, còn 5 việc chờ duyệt.\n")


def test_a_review_stops_anywhere_and_goes_on(run: Callable[..., Any], keys: Callable[..., Any]) -> None:
    assert "Đã xem xét 1 việc, còn 4 việc" in keys("s", "4", "15/12/2026", "d").out
    assert run("show", "1", "--json").json["current_due"] == "2026-12-15"
    assert reviews(run) == {1: "accepted", 2: "pending", 3: "pending", 4: "pending", 5: "pending"}
    found = keys("b", "l", "lời chào", "g", "5", "x", "d")
    assert "[1/4] Nhiệm vụ 2: quá hạn" in found.out
    assert "đã quá hạn khi nạp" in found.out
    assert "Gõ một chữ" in found.err
    assert found.out.endswith("Đã xem xét 3 việc, còn 1 việc chờ duyệt.\n")
    assert reviews(run) == {1: "accepted", 2: "pending", 3: "rejected", 4: "accepted", 5: "rejected"}


def test_splitting_by_keys(run: Callable[..., Any], keys: Callable[..., Any]) -> None:
    found = keys("b", "b", "b", "t", "Rà soát", "công bố", "", "d", "q")
    assert "Nhiệm vụ 6: tách từ nhiệm vụ 4. công bố" in found.out
    assert reviews(run)[6] == "pending"


def test_wrong_answers_change_nothing_and_are_asked_again(run: Callable[..., Any], keys: Callable[..., Any]) -> None:
    found = keys("s", "9", "s", "4", "bao giờ cũng được", "s", "2", "Sở Vũ trụ", "g", "một", "t", "", "q")
    for said in ("không hiểu thời hạn", "chưa biết đơn vị", "“một” không phải số", "tách cần ít nhất hai"):
        assert said in found.err
    assert set(reviews(run).values()) == {"pending"}


def test_by_commands(run: Callable[..., Any]) -> None:
    for arguments, said in (
        (["accept", "1", "2"], "Nhiệm vụ 1: đã duyệt. Rà soát danh mục\nNhiệm vụ 2: đã duyệt. Thẩm định dự toán\n"),
        (["reject", "3", "--reason", "không phải việc"], "Nhiệm vụ 3: đã loại. Lời cảm ơn\n"),
        (["edit", "2", "--deadline", "quý I/2027", "--lead", "sở nội vụ"], "Nhiệm vụ 2: đã sửa. Thẩm định dự toán\n"),
        (["merge", "4", "5"], "Nhiệm vụ 4: gộp 2 việc thành một. Rà soát và công bố\n"),
        (["split", "1", "--into", "Rà soát", "--into", "Công bố"], "Nhiệm vụ 1: tách thành 2 việc. Rà soát\n"),
    ):
        found = run(*arguments)
        assert (found.code, found.err) == (0, ""), arguments
        assert found.out.startswith(said)
    assert "thời hạn: 15/10/2026 → 31/03/2027" in run("show", "2").out
    for arguments, said in (
        (["edit", "2"], "chưa nêu sửa gì"),
        (["merge", "4"], "gộp cần ít nhất hai"),
        (["split", "99", "--into", "a", "--into", "b"], "không có nhiệm vụ số 99"),
        (["accept", "99999999999999"], "không có nhiệm vụ số 99999999999999"),
    ):
        found = run(*arguments)
        assert (found.code, found.out) == (1, "")
        assert found.err.startswith(said)


PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 91/UBND-NC
Lâm Đồng, ngày 02 tháng 11 năm 2026

Kính gửi: Sở Nội vụ

1. Giao Sở Nội vụ báo cáo kết quả rà soát quy trình nội bộ trước ngày {day}.
"""


def test_a_newer_version_of_a_file(run: Callable[..., Any], tmp_path: Path) -> None:
    letter = tmp_path / "công văn.txt"
    letter.write_text(PLAN.format(day="05/12/2026"), encoding="utf-8")
    assert run("ingest", letter).code == 0
    letter.write_text(PLAN.format(day="20/12/2026"), encoding="utf-8")
    found = run("ingest", letter)
    assert "bản mới của 91/UBND-NC: 0 việc mới, 1 việc đổi, 0 việc không còn" in found.out
    assert "thời hạn: 05/12/2026 → 20/12/2026" in found.out
    assert run("ingest", letter, "--json").json[0]["outcome"] == "unchanged"
