"""Answers: what is due, what is late, filters and order; names of columns held against the tables."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from drafting import NOW, TODAY, draft, every, extraction, on, unit
from sqlalchemy import text

from extractor.model import Deadline
from tracker import columns, documents, queries, rows
from tracker.database import answering, writing
from tracker.errors import NotFoundError, RefusedError, WrongUsageError
from tracker.filter_words import filters
from tracker.model import Document, Extension, Occurrence, Table, Task
from tracker.period_words import parse_period
from tracker.queries import Filters
from tracker.rows import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

pytestmark = pytest.mark.both

CLOCK = Clock(TODAY, 7)


def test_the_names_of_columns_are_those_of_the_tables() -> None:
    for named in columns.ALL:
        table = Table.metadata.tables[named.name]
        for column in named.c:
            kind = table.c[column.name].type
            found = getattr(kind, "impl_instance", kind)  # SQLModel wraps its texts
            assert found.python_type is column.type.python_type, f"{named.name}.{column.name}"


@pytest.fixture
def office(store: Callable[[Any], Any]) -> None:
    """A plan of September with tasks of every kind, and a letter; numbers in the order written here."""
    store(
        extraction(
            draft("Rà soát danh mục dữ liệu", on("2026-11-30"), support=("Sở Tài chính",)),  # 1
            draft("Tổng hợp báo cáo quý", on("2026-11-05")),  # 2: late since before the plan was taken in
            draft("Số hóa hồ sơ đất đai", on("2026-10-10"), lead=("Sở Tài chính",)),  # 3: late from before
            draft("Báo cáo tiến độ", every("FREQ=MONTHLY;BYMONTHDAY=20")),  # 4: 20/9, 20/10, 20/11
            draft("Duy trì cổng dữ liệu", Deadline("thường xuyên", "ongoing")),  # 5
            draft("Bồi dưỡng cán bộ", None, lead=("Sở Khoa học và Công nghệ",)),  # 6
            draft("Tập huấn kỹ năng số", on("2026-11-25"), status="done"),  # 7
            draft("Kiểm tra việc chấp hành", on("2026-12-31"), confidence=0.6),  # 8
            draft(
                "Chạy thử hệ thống", every("FREQ=WEEKLY", start=dt.date(2026, 11, 16), due=dt.date(2026, 12, 6))
            ),  # 9
        )
    )
    store(
        extraction(
            draft(
                "Góp ý dự thảo 100% nội dung", on("2026-11-24"), lead=(unit("Sở KH&CN", "Sở Khoa học và Công nghệ"),)
            ),  # 10
            number="9/UBND-NC",
            kind="Công văn",
            doc_id="cv-gop-y",
        )
    )


def due(book: Engine, period: str = "tháng này", **wanted: Any) -> queries.Listing:
    with answering(book) as connection:
        return queries.due(connection, Filters(**wanted), parse_period(period, TODAY), CLOCK)


def shown(listing: queries.Listing) -> list[tuple[int, str]]:
    return [(row.id, f"{row.current_due:%d/%m}" if row.current_due else "—") for row in listing.rows]


@pytest.mark.usefixtures("office")
def test_due_this_month(book: Engine) -> None:
    found = due(book)
    assert shown(found) == [(2, "05/11"), (4, "20/11"), (9, "20/11"), (10, "24/11"), (9, "27/11"), (1, "30/11")]
    assert [row.standing.schedule for row in found.rows] == ["overdue"] * 3 + ["due_soon"] * 2 + ["in_time"]
    assert [row.standing.days_late for row in found.rows] == [16, 1, 1, 0, 0, 0]
    assert found.rows[1].standing.missed == 2
    assert (found.overdue_before, found.without_day, found.total) == (1, 2, 6)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("period", "expected", "before", "without"),
    [
        ("tuần này", [(4, "20/11"), (9, "20/11")], 2, 2),
        ("tháng sau", [(9, "04/12"), (4, "20/12"), (8, "31/12")], 4, 2),
        ("2026-10", [(3, "10/10"), (4, "20/10")], 0, 2),
        ("2026-Q4", [(3, "10/10"), (2, "05/11"), (4, "20/11"), (9, "20/11"), (10, "24/11"), (9, "27/11"), (1, "30/11"),
                     (9, "04/12"), (4, "20/12"), (8, "31/12")], 0, 2),
        ("7d", [(10, "24/11"), (9, "27/11")], 4, 2),
        ("năm sau", [(4, f"20/{month:02d}") for month in range(1, 13)], 4, 2),
    ],
)  # fmt: skip
def test_due_in_periods(book: Engine, period: str, expected: list[tuple[int, str]], before: int, without: int) -> None:
    found = due(book, period)
    assert (shown(found), found.overdue_before, found.without_day) == (expected, before, without)


@pytest.mark.usefixtures("office")
def test_overdue(book: Engine) -> None:
    with answering(book) as connection:
        found = queries.overdue(connection, Filters(), CLOCK)
    assert shown(found) == [(3, "10/10"), (2, "05/11"), (4, "20/11"), (9, "20/11")]
    assert [row.standing.days_late for row in found.rows] == [42, 16, 1, 1]


@pytest.mark.usefixtures("office")
def test_all_tasks_with_a_recurring_one_once(book: Engine) -> None:
    with answering(book) as connection:
        found = queries.tasks(connection, Filters(), CLOCK)
        in_november = queries.tasks(connection, Filters(), CLOCK, parse_period("2026-11", TODAY))
    assert [row.id for row in found.rows] == [3, 2, 4, 9, 10, 7, 1, 8, 5, 6]
    assert [row.id for row in in_november.rows] == [2, 4, 9, 10, 7, 9, 1]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"unit": "sở tài chính"}, [1, 3]),
        ({"unit": "so tai chinh", "role": "lead"}, [3]),
        ({"unit": "tài chính", "role": "phối hợp"}, [1]),
        ({"unit": "so khcn"}, [6, 10]),
        ({"unit": "Sở KH&CN"}, [6, 10]),
        ({"unit": "100%"}, []),
        ({"status": "done"}, [7]),
        ({"status": "xong,đang thực hiện"}, [7]),
        ({"doc": "9"}, [10]),
        ({"doc": "9/UBND-NC"}, [10]),
        ({"doc": "9/ubnd-nc"}, [10]),
        ({"doc": "CV-GOP-Y"}, [10]),
        ({"doc": "id:2"}, [10]),
        ({"doc": "9%"}, []),
        ({"doc": "không có"}, []),
        ({"words": "so hoa dat dai"}, [3]),
        ({"words": "ĐẤT hóa"}, [3]),
        ({"words": "100%"}, [10]),
        ({"words": "1_0%"}, []),
        ({"review": "pending"}, [2, 3, 4, 8, 9]),
        ({"review": "đã duyệt", "unit": "tài chính"}, [1]),
    ],
)
def test_filters(book: Engine, wanted: dict[str, str], expected: list[int]) -> None:
    found = filters(*(wanted.get(name) for name in ("unit", "role", "status", "doc", "words", "review")))
    with answering(book) as connection:
        listing = queries.tasks(connection, found._replace(sort="id"), CLOCK)
    assert [row.id for row in listing.rows] == expected


@pytest.mark.usefixtures("office")
def test_filters_hold_for_every_number_of_an_answer(book: Engine) -> None:
    found = due(book, unit="sở tài chính", roles=frozenset({"lead"}))
    assert (shown(found), found.overdue_before, found.without_day) == ([], 1, 0)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("sort", "first"),
    [("due", 3), ("-due", 8), ("id", 1), ("-id", 10), ("doc", 1), ("-doc", 10), ("title", 4), ("confidence", 8)],
)
def test_order(book: Engine, sort: str, first: int) -> None:
    with answering(book) as connection:
        listing = queries.tasks(connection, Filters(sort=sort), CLOCK)
        short = queries.tasks(connection, Filters(sort=sort, limit=2), CLOCK)
    assert listing.rows[0].id == first
    assert short.rows == listing.rows[:2]
    assert (short.total, listing.total) == (10, 10)
    assert {row.current_due for row in listing.rows[-2:]} == {None} or "due" not in sort


def test_what_is_no_filter(book: Engine) -> None:
    for wanted, said in (
        ({"sort": "màu"}, "không sắp xếp được"),
        ({"unit": "…"}, "không có chữ nào"),
    ):
        with pytest.raises(WrongUsageError, match=said):
            due(book, **wanted)
    for role, status, review in (("sếp", None, None), (None, "muộn", None), (None, None, "có")):
        with pytest.raises(WrongUsageError, match="dùng:"):
            filters(None, role, status, None, None, review)


@pytest.mark.usefixtures("office")
def test_an_extended_task_counts_by_its_newest_day(book: Engine) -> None:
    with writing(book) as session:
        for day in ("2026-12-01", "2026-11-28"):
            session.add(Extension(task_id=3, due=dt.date.fromisoformat(day), reason="chờ kinh phí", who="lan", at=NOW))
            session.flush()
    found = due(book)
    row = next(row for row in found.rows if row.id == 3)
    assert (row.due, row.current_due, row.standing.schedule) == (
        dt.date(2026, 10, 10),
        dt.date(2026, 11, 28),
        "due_soon",
    )
    assert found.overdue_before == 0
    assert 3 not in [row.id for row in due(book, "tháng sau").rows]
    assert 3 not in [row.id for row in due(book, "2026-10").rows]


@pytest.mark.usefixtures("office")
def test_occurrences_that_were_dealt_with_are_not_due(book: Engine) -> None:
    with writing(book) as session:
        for day in (dt.date(2026, 10, 20), dt.date(2026, 11, 20)):
            session.add(Occurrence(task_id=4, day=day, done_on=day))
        session.add(Occurrence(task_id=9, day=dt.date(2026, 11, 20)))  # noted, not done
    found = due(book, "tháng này..tháng sau")
    assert [pair for pair in shown(found) if pair[0] == 4] == [(4, "20/12")]
    assert (9, "20/11") in shown(found)
    with answering(book) as connection:
        assert 4 not in [row.id for row in queries.overdue(connection, Filters(), CLOCK).rows]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE task SET status = 'cancelled'",
        "UPDATE task SET status = 'paused'",
        "UPDATE task SET review = 'rejected'",
        "UPDATE document SET state = 'withdrawn'",
    ],
)
def test_what_nobody_follows_is_not_due(book: Engine, statement: str) -> None:
    with book.begin() as connection:
        connection.execute(text(statement))
    found = due(book)
    assert (found.rows, found.overdue_before, found.without_day) == ((), 0, 0)


@pytest.mark.usefixtures("office")
def test_one_task_is_found_whatever_its_state(book: Engine) -> None:
    with book.begin() as connection:
        connection.execute(text("UPDATE task SET review = 'rejected'"))
        connection.execute(text("UPDATE document SET state = 'withdrawn'"))
    with answering(book) as connection:
        found = queries.task_by_id(connection, 4, CLOCK)
        assert found is not None
        assert (found.occurrence, found.standing.missed) == (dt.date(2026, 11, 20), 2)
        assert queries.task_by_id(connection, 99, CLOCK) is None


@pytest.mark.usefixtures("office")
def test_the_json_has_the_shape_of_the_contract(book: Engine) -> None:
    dated, recurring = (rows.to_json(row) for row in due(book, "20/11..30/11", sort="-id").rows[-1:-3:-1])
    assert dated == {
        "id": 1,
        "title": "Rà soát danh mục dữ liệu",
        "text": "Rà soát danh mục dữ liệu",
        "document": {
            "id": 1,
            "number": "215/KH-UBND",
            "issuer": "Ủy ban nhân dân tỉnh Đồng Nai",
            "date": "2026-09-05",
        },
        "section": [],
        "lead": [{"name": "Sở Nội vụ"}],
        "support": [{"name": "Sở Tài chính"}],
        "deadline": {
            "text": "trước ngày 30/11/2026", "kind": "date", "start": None, "due": "2026-11-30", "rrule": None,
            "qualifier": None, "time": None,
        },
        "occurrence": None,
        "due": "2026-11-30",
        "current_due": "2026-11-30",
        "status": "todo",
        "schedule": "in_time",
        "days_late": 0,
        "missed": 0,
        "product": None,
        "review": "accepted",
        "confidence": 0.95,
        "late_at_intake": False,
        "done_on": None,
        "reply_number": None,
    }  # fmt: skip
    assert (recurring["id"], recurring["occurrence"], recurring["due"], recurring["current_due"]) == (
        4, "2026-11-20", "2026-11-20", "2026-11-20",
    )  # fmt: skip
    assert (recurring["deadline"]["due"], recurring["missed"], recurring["days_late"]) == (None, 2, 1)


@pytest.mark.usefixtures("office")
def test_a_task_without_a_day(book: Engine) -> None:
    with answering(book) as connection:
        found = queries.task_by_id(connection, 6, CLOCK)
    assert found is not None
    told = rows.to_json(found)
    assert (told["deadline"], told["current_due"], told["days_late"], told["schedule"]) == (None, None, None, "none")


def test_more_rows_than_are_loaded_at_once(book: Engine, store: Callable[[Any], Any]) -> None:
    with writing(book) as session:
        session.add(Document(doc_id="x", sha256="0" * 64, path="x", media_type="x", taken_in=TODAY, ingested_at=NOW))
        session.flush()
        session.add_all(
            Task(document_id=1, draft_id=f"t{at}", position=at, title=f"Việc {at}", text="x", deadline_due=TODAY)
            for at in range(1203)
        )
    assert len(due(book).rows) == 1203


@pytest.mark.usefixtures("office")
def test_which_document_is_meant(book: Engine, store: Callable[[Any], Any]) -> None:
    store(extraction(number="215/UBND-TH", doc_id="khác"))
    with answering(book) as connection:
        assert documents.one(connection, "215/UBND-TH") == 3
        assert documents.one(connection, "id:1") == 1
        with pytest.raises(RefusedError, match=r"có thể là 2 văn bản: id:1 215/KH-UBND .* id:3 215/UBND-TH"):
            documents.one(connection, "215")
        with pytest.raises(NotFoundError, match="không có văn bản “77”"):
            documents.one(connection, "77")


@pytest.mark.usefixtures("office")
def test_the_list_of_documents(book: Engine) -> None:
    with answering(book) as connection:
        letter, plan = documents.list_documents(connection)
    assert (plan.number, plan.tasks, plan.open, plan.to_review, plan.problems) == ("215/KH-UBND", 9, 8, 5, 0)
    assert documents.to_json(letter)["date"] == "2026-09-05"
