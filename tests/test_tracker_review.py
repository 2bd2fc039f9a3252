"""Changes by people: each recorded, each refused where it breaks a rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from drafting import NOW, TODAY, draft, every, extraction, on
from sqlmodel import select

from extractor.text import title
from tracker import completion, review
from tracker.changes import Changed, Hand
from tracker.completion import Finish
from tracker.database import reading, writing
from tracker.errors import NotFoundError, RefusedError, TrackerError
from tracker.model import Extension, History, Occurrence, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

pytestmark = pytest.mark.both

HAND = Hand("lan", NOW, TODAY)
NOVEMBER, OCTOBER = dt.date(2026, 11, 20), dt.date(2026, 10, 20)


@pytest.fixture(autouse=True)
def _plan(store: Callable[[Any], Any]) -> None:
    store(
        extraction(
            draft("Rà soát danh mục", on("2026-11-20")),  # 1, late at intake
            draft("Báo cáo tiến độ", every("FREQ=MONTHLY;BYMONTHDAY=20")),  # 2
            draft("Duy trì cổng dữ liệu", confidence=0.5),  # 3
            draft("Tập huấn", on("2026-12-15")),  # 4
            draft("Báo cáo năm", every("FREQ=YEARLY", due=dt.date(2026, 12, 31))),  # 5: one occurrence only
        )
    )
    store(extraction(draft("Góp ý", confidence=0.1), number="9/UBND-NC"))  # 6


def finish(book: Engine, task_id: int, **how: Any) -> Changed:
    with writing(book) as session:
        return completion.finish(session, task_id, Finish(**how), HAND)


def reopen(book: Engine, task_id: int, occurrence: dt.date | None = None) -> Changed:
    with writing(book) as session:
        return completion.reopen(session, task_id, HAND, occurrence)


def task(book: Engine, task_id: int) -> Task:
    with reading(book) as session:
        found = session.get(Task, task_id)
    assert found is not None
    return found


def history(book: Engine) -> list[tuple[str, str | None, str | None]]:
    with reading(book) as session:
        found = session.exec(select(History).order_by("id")).all()
    assert {(one.who, one.at) for one in found} <= {("lan", NOW)}
    return [(one.field, one.before, one.after) for one in found]


def test_finishing_is_recorded_field_by_field(book: Engine) -> None:
    found = finish(book, 1, on=dt.date(2026, 11, 18), reply="91/BC-SNV", note="bản giấy đã nộp")
    assert found.changed
    assert found.standing is not None
    assert (found.standing.schedule, found.standing.days_late) == ("done_in_time", 0)
    assert (task(book, 1).status, task(book, 1).done_on) == ("done", dt.date(2026, 11, 18))
    assert history(book) == [
        ("note", None, "bản giấy đã nộp"),
        ("status", "todo", "done"),
        ("done_on", None, "2026-11-18"),
        ("reply_number", None, "91/BC-SNV"),
    ]


def test_without_a_day_it_was_done_today(book: Engine) -> None:
    found = finish(book, 1)
    assert found.standing is not None
    assert (found.standing.schedule, found.standing.days_late) == ("done_late", 1)
    assert task(book, 1).done_on == TODAY


def test_finishing_twice_changes_nothing_and_with_other_values_corrects(book: Engine) -> None:
    finish(book, 1, on=dt.date(2026, 11, 18))
    before = history(book)
    assert finish(book, 1).changed is False
    assert history(book) == before
    assert finish(book, 1, on=dt.date(2026, 11, 19)).changed is True
    assert history(book)[-1] == ("done_on", "2026-11-18", "2026-11-19")


def test_the_newest_extension_decides_whether_it_was_in_time(book: Engine) -> None:
    with writing(book) as session:
        session.add(Extension(task_id=1, due=dt.date(2026, 12, 1), reason="chờ số liệu", who="lan", at=NOW))
    found = finish(book, 1)
    assert found.standing is not None
    assert found.standing.schedule == "done_in_time"


def test_an_occurrence_is_done_by_itself(book: Engine) -> None:
    found = finish(book, 2, on=dt.date(2026, 11, 21), reply="12/BC")
    assert (found.occurrence, found.standing and found.standing.days_late) == (NOVEMBER, 1)
    assert task(book, 2).status == "todo"
    assert history(book) == [
        ("occurrence 2026-11-20", None, "2026-11-21"),
        ("reply_number 2026-11-20", None, "12/BC"),
    ]
    assert finish(book, 2, occurrence=OCTOBER, on=dt.date(2026, 10, 19)).occurrence == OCTOBER
    assert finish(book, 2, occurrence=OCTOBER).changed is False
    assert finish(book, 2).occurrence == dt.date(2026, 12, 20)


def test_the_last_occurrence_finishes_the_task(book: Engine) -> None:
    finish(book, 5)
    assert task(book, 5).status == "done"
    with pytest.raises(RefusedError, match="không còn kỳ nào"):
        finish(book, 5)
    assert reopen(book, 5).occurrence == dt.date(2026, 12, 31)
    assert (task(book, 5).status, task(book, 5).done_on) == ("todo", None)


def test_reopening(book: Engine) -> None:
    finish(book, 1, on=dt.date(2026, 11, 18), reply="91/BC-SNV")
    assert reopen(book, 1).changed is True
    found = task(book, 1)
    assert (found.status, found.done_on, found.reply_number) == ("todo", None, None)
    assert history(book)[-3:] == [
        ("status", "done", "todo"),
        ("done_on", "2026-11-18", None),
        ("reply_number", "91/BC-SNV", None),
    ]
    assert reopen(book, 1).changed is False


def test_reopening_takes_the_last_done_occurrence_or_the_one_named(book: Engine) -> None:
    finish(book, 2, occurrence=OCTOBER)
    finish(book, 2, occurrence=NOVEMBER)
    assert reopen(book, 2).occurrence == NOVEMBER
    assert reopen(book, 2, OCTOBER).occurrence == OCTOBER
    with reading(book) as session:
        assert session.exec(select(Occurrence)).all() == []
    assert reopen(book, 2).changed is False


@pytest.mark.parametrize(
    ("task_id", "how", "error", "said"),
    [
        (99, {}, NotFoundError, "không có nhiệm vụ số 99"),
        (1, {"on": dt.date(2026, 11, 22)}, RefusedError, "ở sau hôm nay"),
        (1, {"occurrence": NOVEMBER}, RefusedError, "không lặp lại"),
        (2, {"occurrence": dt.date(2026, 11, 19)}, RefusedError, "kỳ gần nhất là 20/11/2026"),
        (2, {"occurrence": dt.date(2026, 8, 20), "note": "x"}, RefusedError, "không có kỳ 20/08/2026"),
    ],
)
def test_what_cannot_be_finished_changes_nothing(
    book: Engine, task_id: int, how: dict[str, Any], error: type[TrackerError], said: str
) -> None:
    with pytest.raises(error, match=said):
        finish(book, task_id, **how)
    assert history(book) == []
    assert [task(book, one).status for one in range(1, 7)] == ["todo"] * 6


@pytest.mark.parametrize(("field", "value"), [("status", "cancelled"), ("review", "rejected")])
def test_cancelled_and_rejected_tasks_are_not_finished(book: Engine, field: str, value: str) -> None:
    with writing(book) as session:
        found = session.get(Task, 4)
        setattr(found, field, value)
        session.add(found)
    with pytest.raises(RefusedError):
        finish(book, 4)


def test_accepting_all_of_one_document_or_of_all(book: Engine) -> None:
    with writing(book) as session:
        assert review.accept_all(session, "9", HAND) == (1, 0)
    assert [task(book, one).review for one in (3, 6)] == ["pending", "accepted"]
    with writing(book) as session:
        assert review.accept_all(session, None, HAND) == (3, 2)
    assert {task(book, one).review for one in range(1, 7)} == {"accepted"}
    assert history(book) == [("review", "pending", "accepted")] * 4
    with writing(book) as session:
        assert review.accept_all(session, None, HAND) == (0, 0)


def test_accepting_of_a_document_that_is_none(book: Engine) -> None:
    with pytest.raises(NotFoundError), writing(book) as session:
        review.accept_all(session, "77", HAND)
    assert task(book, 3).review == "pending"


def test_a_title_follows_its_text(book: Engine, store: Callable[[Any], Any]) -> None:
    words = "Tổ chức rà soát quy trình nội bộ;\n" * 8
    store(extraction(draft(words, title=title(words)), draft(words, title="Quy trình"), number="3/KH-UBND"))
    with writing(book) as session:
        first, second = review.split(session, 7, [words.replace("nội bộ", "liên thông"), "Công khai quy trình"], HAND)
        assert first.title.startswith("Tổ chức rà soát quy trình liên thông; Tổ chức")
        assert (first.title[-1], second.title) == ("…", "Công khai quy trình")
        assert review.edit(session, 8, review.Edit(text="Niêm yết"), HAND).title == "Quy trình"  # one of its own
