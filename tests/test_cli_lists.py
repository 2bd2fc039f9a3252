"""`tasks`, `due`, `overdue`, `show`, `docs` on an 80-column terminal and as JSON."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from drafting import NOW, TODAY, draft, every, extraction, on, unit

from extractor.model import Deadline, Evidence, Span, TaskDraft
from tracker.database import writing
from tracker.model import Extension

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

KEYS = {
    "id", "title", "text", "document", "section", "lead", "support", "deadline", "occurrence", "due", "current_due",
    "status", "schedule", "days_late", "product", "review", "confidence",
}  # fmt: skip
LONG = "Xây dựng, trình Ủy ban nhân dân tỉnh ban hành quy chế phối hợp trong quản lý, vận hành kho dữ liệu dùng chung"


@pytest.fixture(autouse=True)
def _office(store: Callable[[Any], Any]) -> None:
    support: tuple[Any, ...] = (unit("các sở, ban, ngành", group=True),)
    tasks: tuple[TaskDraft, ...] = (
        draft(LONG, on("2026-11-30"), lead=("Sở Khoa học và Công nghệ",), support=support, product="Quy chế"),  # 1
        draft("Báo cáo tiến độ", every("FREQ=MONTHLY;BYMONTHDAY=20", "trước ngày 20 hằng tháng")),  # 2
        draft("Thẩm định dự toán", on("2026-10-15"), lead=("Sở Tài chính",)),  # 3
        draft("Duy trì trang tin", Deadline("thường xuyên", "ongoing")),  # 4
        draft("Kiểm tra tại cơ sở", on("2026-11-21")),  # 5
        draft("Tập huấn", on("2026-11-24"), status="done"),  # 6
    )
    store(extraction(*tasks))


def test_due_ends_with_what_it_does_not_show(run: Callable[..., Any]) -> None:
    found = run("due")
    lines = found.out.splitlines()
    assert found.code == 0
    assert lines[-1] == "và 1 việc quá hạn từ trước, 1 việc không có hạn"
    assert lines[-2] == "3 việc đến hạn 01/11/2026–30/11/2026, hôm nay 21/11/2026,"
    assert found.err == "Xem việc quá hạn: nhacviec overdue\n"
    assert all(len(line) <= 80 for line in lines)
    for word in ("20/11/2026", "trễ 1", "quá hạn", "chưa duyệt", "lỡ 2 kỳ", "hôm nay", "9 ngày", "trong hạn"):
        assert word in found.out
    assert "\x1b" not in found.out


def test_a_long_title_wraps_and_no_word_of_a_narrow_column_is_lost(run: Callable[..., Any]) -> None:
    rows = [line for line in run("due").out.splitlines() if "30/11/2026" in line and "Sở Khoa học" in line]
    assert len(rows) == 1
    assert "Ủy ban" in run("due").out


@pytest.mark.parametrize("columns", ["40", "60", "80", "120", "200"])
def test_tables_fit_the_terminal(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for command in (["due"], ["tasks"], ["overdue"], ["docs"], ["review"]):
        widest = max(len(line) for line in run(*command).out.splitlines())
        assert widest <= max(int(columns), 72), command


def test_due_words_may_stand_without_quotes(run: Callable[..., Any]) -> None:
    assert run("due", "tháng", "này", "--json").json == run("due", "this-month", "--json").json
    assert [row["id"] for row in run("due", "tháng", "sau", "--json").json] == [2]


def test_due_and_overdue_take_a_status(run: Callable[..., Any]) -> None:
    assert run("due", "--status", "doing", "--json").json == []
    assert len(run("overdue", "--status", "chưa thực hiện", "--json").json) == 2


def test_due_of_nothing_says_so(run: Callable[..., Any]) -> None:
    found = run("due", "2027-02", "--unit", "tài chính")
    assert found.out.splitlines() == [
        "Không có việc nào đến hạn 01/02/2027–28/02/2027 mà chưa xong.",
        "và 1 việc quá hạn từ trước, 0 việc không có hạn",
    ]


def test_json_rows_have_the_keys_of_the_contract(run: Callable[..., Any]) -> None:
    for command in (["tasks"], ["due"], ["overdue"], ["review"]):
        rows = run(*command, "--json").json
        assert rows
        for row in rows:
            assert set(row) >= KEYS
            assert set(row["document"]) >= {"number", "issuer", "date"}
            assert all(set(one) >= {"name"} for one in row["lead"] + row["support"])
            assert row["deadline"] is None or set(row["deadline"]) >= {"text", "kind", "start", "due", "rrule"}


def test_json_goes_to_stdout_alone(run: Callable[..., Any]) -> None:
    assert "nhacviec" not in run("due", "--json").out


def test_overdue_with_days_and_what_to_do(run: Callable[..., Any]) -> None:
    found = run("overdue")
    assert "trễ 37" in found.out
    assert "nhacviec done ID" in found.err
    rows = run("overdue", "--json").json
    assert [(row["id"], row["days_late"], row["missed"]) for row in rows] == [(3, 37, 0), (2, 1, 2)]


def test_overdue_on_another_day(run: Callable[..., Any]) -> None:
    assert [row["id"] for row in run("overdue", "--today", "2026-12-05", "--json", today=None).json] == [3, 2, 5, 1]
    assert [row["id"] for row in run("overdue", "--today", "2026-10-15", "--json", today=None).json] == [2]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [3, 2, 5, 6, 1, 4]),
        (["--due", "tháng 11"], [2, 5, 6, 1]),
        (["--overdue"], [3, 2]),
        (["--overdue", "--due", "tháng 11"], [2]),
        (["--status", "done"], [6]),
        (["--unit", "so khcn"], [1]),
        (["--text", "quy che kho du lieu"], [1]),
        (["--doc", "215"], [3, 2, 5, 6, 1, 4]),
        (["--doc", "216"], []),
        (["--sort", "-id", "--limit", "2"], [6, 5]),
        (["--review", "pending"], [3, 2]),
    ],
)
def test_filters_of_tasks(run: Callable[..., Any], options: list[str], expected: list[int]) -> None:
    assert [row["id"] for row in run("tasks", "--json", *options).json] == expected


def test_a_limit_says_how_many_are_left(run: Callable[..., Any]) -> None:
    assert "… còn 4 việc nữa" in run("tasks", "--limit", "2").out


def test_show_has_every_field_with_its_words(run: Callable[..., Any]) -> None:
    found = run("show", "1").out
    for line in (
        "Nhiệm vụ 1: trong hạn, 9 ngày",
        "Văn bản       Kế hoạch 215/KH-UBND ngày 05/09/2026 của Ủy ban nhân dân tỉnh Đồng",
        "Chủ trì       Sở Khoa học và Công nghệ",
        "Phối hợp      các sở, ban, ngành",
        "Thời hạn      30/11/2026, nguyên văn “trước ngày 30/11/2026”",
        "Sản phẩm      Quy chế",
        "Duyệt         đã duyệt, độ tin cậy 95%",
    ):
        assert line in found
    assert "(đoạn 1)" in found
    assert all(len(line) <= 80 for line in found.splitlines())


def test_show_of_a_recurring_task_and_its_history(run: Callable[..., Any]) -> None:
    run("done", "2", "--on", "19/11/2026", "--reply", "12/BC-SNV", "--note", "gửi qua trục")
    found = run("show", "2").out
    assert "“trước ngày 20 hằng tháng”, kỳ này 20/12/2026" in found
    assert "kỳ 20/11/2026" in found
    assert "xong ngày 19/11/2026, văn bản trả lời 12/BC-SNV" in found
    assert "lan: ghi chú: gửi qua trục" in found
    assert "đã quá hạn khi nạp" in found
    told = run("show", "2", "--json").json
    assert told["occurrences"] == [{"day": "2026-11-20", "done_on": "2026-11-19", "reply_number": "12/BC-SNV"}]
    assert [change["field"] for change in told["history"]] == [
        "note", "occurrence 2026-11-20", "reply_number 2026-11-20",
    ]  # fmt: skip
    assert set(told) >= KEYS | {"evidence", "reasons", "milestones", "source"}
    assert set(told["evidence"][0]) == {"field", "quote", "page", "block", "start", "end"}


def test_show_names_extensions_milestones_and_pages(
    run: Callable[..., Any], store: Callable[[Any], Any], book: Engine
) -> None:
    proof = Evidence("deadline", "trước ngày 30/11/2026", Span(0, 6, 27), page=3)
    task = draft("Góp ý trước ngày 30/11/2026", on("2026-11-30"), milestones=(on("2026-11-10"),), evidence=(proof,))
    store(extraction(task, number="9/UBND-NC"))
    with writing(book) as session:
        session.add(
            Extension(task_id=7, due=date(2026, 12, 10), reason="chờ số liệu", approved_by="3/TB-VP", who="lan", at=NOW)
        )
    found = " ".join(run("show", "7").out.split())
    assert "“trước ngày 30/11/2026” (trang 3, đoạn 1)" in found
    assert "10/12/2026 (hạn đầu 30/11/2026), nguyên văn “trước ngày 30/11/2026”" in found
    assert "đến 10/12/2026: chờ số liệu (3/TB-VP)" in found
    assert "trước ngày 10/11/2026 (10/11/2026, đã qua)" in found
    told = run("show", "7", "--json").json
    assert (told["due"], told["current_due"]) == ("2026-11-30", "2026-12-10")
    assert told["extensions"][0]["approved_by"] == "3/TB-VP"


def test_show_of_a_task_that_is_none(run: Callable[..., Any]) -> None:
    found = run("show", "99")
    assert (found.code, found.out) == (1, "")
    assert found.err == "không có nhiệm vụ số 99; xem số ở cột ID của “nhacviec tasks”\n"


def test_docs(run: Callable[..., Any]) -> None:
    assert "215/KH-UBND" in run("docs").out
    (row,) = run("docs", "--json").json
    assert (row["number"], row["date"], row["tasks"], row["open"], row["to_review"], row["state"]) == (
        "215/KH-UBND", "2026-09-05", 6, 5, 2, "active",
    )  # fmt: skip
    assert row["taken_in"] == TODAY.isoformat()
