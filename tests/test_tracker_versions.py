"""Decisions of review, and newer versions of documents: nothing that a person did is lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from drafting import NOW, TODAY, draft, every, extraction, on
from sqlmodel import select

from extractor.model import Deadline, Offset
from tracker import completion, events, following, review
from tracker.changes import Hand
from tracker.database import reading, writing
from tracker.errors import RefusedError
from tracker.model import Evidence, History, Task, TaskUnit
from tracker.review import Edit

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from tracker.intake import Taken

pytestmark = pytest.mark.both

HAND = Hand("lan", NOW, TODAY)
WAITS = Deadline("sau khi có số liệu 5 ngày", "relative", anchor="có số liệu", offset=Offset(5, "day"))
FIRST = (
    draft("Rà soát danh mục thủ tục", on("2026-11-30")),  # 1
    draft("Báo cáo tiến độ hằng tháng của đơn vị", every("FREQ=MONTHLY;BYMONTHDAY=20"), support=("Sở Y tế",)),  # 2
    draft("Tập huấn cho cán bộ một cửa", on("2026-12-15"), confidence=0.5),  # 3
    draft("Công bố số liệu thống kê", WAITS, product="Niên giám"),  # 4
)


@pytest.fixture(autouse=True)
def _plan(store: Callable[[Any], Any]) -> None:
    store(extraction(*FIRST))


def change(book: Engine, what: Callable[..., Any], *values: Any) -> Any:
    with writing(book) as session:
        return what(session, *values, HAND)


def task(book: Engine, task_id: int) -> Task:
    with reading(book) as session:
        return session.get_one(Task, task_id)


def units(book: Engine, task_id: int) -> list[str]:
    with reading(book) as session:
        asked = select(TaskUnit).where(TaskUnit.task_id == task_id).order_by("role", "position")
        return [one.name for one in session.exec(asked).all()]


def history(book: Engine, task_id: int) -> list[tuple[str, str | None, str | None]]:
    with reading(book) as session:
        found = session.exec(select(History).where(History.entity_id == task_id).order_by("id")).all()
    return [(one.field, one.before, one.after) for one in found if one.entity == "task"]


def test_accepting_and_rejecting(book: Engine) -> None:
    change(book, review.accept, 3)
    change(book, review.reject, 1, "không phải nhiệm vụ")
    assert (task(book, 3).review, task(book, 1).review) == ("accepted", "rejected")
    assert history(book, 1) == [("review", "accepted", "rejected"), ("reason", None, "không phải nhiệm vụ")]
    assert change(book, review.accept, 3).changed is False


@pytest.mark.parametrize(
    ("words", "kind", "due", "rrule"),
    [
        ("15/12/2026", "date", "2026-12-15", None),
        ("quý I/2027", "date", "2027-03-31", None),
        ("ngày 25 hằng tháng", "recurring", None, "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("không", None, None, None),
        ("10 ngày làm việc sau khi Nghị quyết được ban hành", "relative", None, None),
    ],
)
def test_a_deadline_in_words(book: Engine, words: str, kind: str, due: str | None, rrule: str | None) -> None:
    change(book, review.edit, 1, Edit(deadline=words))
    found = task(book, 1)
    assert (found.deadline_kind, found.deadline_rrule) == (kind, rrule)
    assert found.deadline_due == (dt.date.fromisoformat(due) if due else None)
    assert [entry[0] for entry in history(book, 1)] == ["deadline"]


def test_other_fields(book: Engine) -> None:
    change(book, review.edit, 2, Edit(text="Báo cáo  tiến độ", product="Báo cáo", lead=("Sở Y tế",), support=()))
    found = task(book, 2)
    assert (found.text, found.title, found.product) == ("Báo cáo tiến độ", "Báo cáo tiến độ", "Báo cáo")
    assert units(book, 2) == ["Sở Y tế"]
    assert "so y te" in found.search
    assert "so noi vu" not in found.search


@pytest.mark.parametrize(
    "what",
    [
        Edit(),
        Edit(text="  "),
        Edit(deadline="khi nào cũng được"),
        Edit(lead=("Sở Vũ trụ",)),
        Edit(deadline="31/2/2027"),
    ],
)
def test_edits_that_are_none(book: Engine, what: Edit) -> None:
    with pytest.raises(RefusedError):
        change(book, review.edit, 1, what)
    assert history(book, 1) == []


def test_the_first_day_of_an_extended_task_stays(book: Engine) -> None:
    change(book, following.extend, 1, following.Longer(dt.date(2026, 12, 20), "chờ"))
    with pytest.raises(RefusedError, match="đã gia hạn"):
        change(book, review.edit, 1, Edit(deadline="25/12/2026"))


def test_splitting(book: Engine) -> None:
    made = change(book, review.split, 2, ["Báo cáo tiến độ", "Báo cáo khó khăn", "Báo cáo kiến nghị"])
    assert [one.task_id for one in made] == [2, 5, 6]
    assert [task(book, one).text for one in (2, 5, 6)] == ["Báo cáo tiến độ", "Báo cáo khó khăn", "Báo cáo kiến nghị"]
    assert units(book, 6) == ["Sở Nội vụ", "Sở Y tế"]
    assert task(book, 6).deadline_rrule == "FREQ=MONTHLY;BYMONTHDAY=20"
    assert history(book, 6) == [("split_from", None, "2")]
    with reading(book) as session:
        assert len(session.exec(select(Evidence).where(Evidence.task_id == 6)).all()) == 1
    with pytest.raises(RefusedError, match="ít nhất hai"):
        change(book, review.split, 2, ["Một việc"])


def test_merging(book: Engine, store: Callable[[Any], Any]) -> None:
    change(book, review.edit, 3, Edit(deadline="không"))
    change(book, review.merge, [3, 2])
    merged = task(book, 3)
    assert merged.text == "Tập huấn cho cán bộ một cửa\nBáo cáo tiến độ hằng tháng của đơn vị"
    assert merged.deadline_rrule == "FREQ=MONTHLY;BYMONTHDAY=20"
    assert units(book, 3) == ["Sở Nội vụ", "Sở Y tế"]
    assert task(book, 2).review == "rejected"
    assert history(book, 2)[-1] == ("merged_into", None, "3")
    store(extraction(draft("Góp ý"), number="9/UBND-NC"))
    for numbers, said in (([3], "ít nhất hai"), ([3, 5], "cùng một văn bản")):
        with pytest.raises(RefusedError, match=said):
            change(book, review.merge, numbers)


def newer(store: Callable[[Any], Taken], *drafts: Any, **values: Any) -> Taken:
    return store(extraction(*drafts, **{"content": f"bản hai {drafts}", "path": "đến/bản hai.docx", **values}))


def test_a_newer_version_shows_what_is_new_changed_and_gone(book: Engine, store: Callable[[Any], Taken]) -> None:
    taken = newer(
        store,
        FIRST[3],
        draft("Rà soát, cập nhật danh mục thủ tục", on("2026-12-10"), lead=("Sở Tư pháp",)),
        draft("Kiểm tra công vụ", on("2026-12-20")),
        FIRST[1],
    )
    assert (taken.outcome, taken.document_id, taken.path, taken.tasks) == ("renewed", 1, "đến/bản hai.docx", 5)
    assert [(one.kind, one.task_id) for one in taken.differences] == [("changed", 1), ("new", 5), ("dropped", 3)]
    assert taken.differences[0].fields == (
        ("text", "Rà soát danh mục thủ tục", "Rà soát, cập nhật danh mục thủ tục", False),
        ("lead", "Sở Nội vụ", "Sở Tư pháp", False),
        ("deadline", "30/11/2026", "10/12/2026", False),
    )
    assert (task(book, 1).deadline_due, units(book, 1)) == (dt.date(2026, 12, 10), ["Sở Tư pháp"])
    for number, reason in ((1, "changed_in_version"), (5, "new_in_version"), (3, "dropped_in_version")):
        assert (task(book, number).review, task(book, number).reasons) == ("pending", [reason])
    assert (task(book, 2).review, task(book, 4).reasons) == ("pending", [])  # late at intake; as before
    change(book, review.accept, 1)
    assert task(book, 1).reasons == []


def test_both_versions_read_again_change_nothing(book: Engine, store: Callable[[Any], Taken]) -> None:
    second = extraction(*FIRST[:3], content="bản hai")
    assert [one.kind for one in store(second).differences] == ["dropped"]
    before = [task(book, one).model_dump() for one in range(1, 5)]
    assert store(second).outcome == "unchanged"
    assert store(extraction(*FIRST)).outcome == "unchanged"
    assert [task(book, one).model_dump() for one in range(1, 5)] == before


def test_what_a_person_did_is_never_lost(book: Engine, store: Callable[[Any], Taken]) -> None:
    change(book, review.edit, 1, Edit(text="Rà soát toàn bộ", deadline="15/12/2026", product="Danh mục"))
    change(book, following.assign, 2, ["Sở Y tế"], None)
    change(book, following.extend, 3, following.Longer(dt.date(2027, 1, 15), "chờ"))
    change(book, completion.finish, 2, completion.Finish(occurrence=dt.date(2026, 10, 20)))
    change(book, review.reject, 3, None)
    with writing(book) as session:
        events.happened(session, events.Event("có số liệu", dt.date(2026, 12, 1)), {}, HAND)
    taken = newer(
        store,
        draft("Rà soát danh mục thủ tục", on("2026-11-25"), lead=("Sở Tư pháp",)),
        draft("Báo cáo tiến độ hằng tháng của các đơn vị", every("FREQ=MONTHLY;BYMONTHDAY=25"), lead=("Sở Nội vụ",)),
        FIRST[2],
        FIRST[3],
    )
    first, second = task(book, 1), task(book, 2)
    assert (first.text, first.deadline_due, first.product) == ("Rà soát toàn bộ", dt.date(2026, 12, 15), "Danh mục")
    assert units(book, 1) == ["Sở Tư pháp"]
    assert (second.text, second.deadline_rrule) == (
        "Báo cáo tiến độ hằng tháng của các đơn vị", "FREQ=MONTHLY;BYMONTHDAY=25",
    )  # fmt: skip
    assert units(book, 2) == ["Sở Y tế"]
    assert (task(book, 3).review, task(book, 4).deadline_due) == ("rejected", dt.date(2026, 12, 7))
    kept = {one.task_id: {field.field for field in one.fields if field.kept} for one in taken.differences}
    assert kept == {1: {"text", "product", "deadline"}, 2: {"lead"}}


def test_parts_of_a_split_task_stay(book: Engine, store: Callable[[Any], Taken]) -> None:
    change(book, review.split, 1, ["Rà soát", "Cập nhật"])
    taken = newer(store, *FIRST)
    assert taken.differences == (("changed", 1, "Rà soát", (("text", "Rà soát", "Rà soát danh mục thủ tục", True),)),)
    assert task(book, 5).text == "Cập nhật"


@pytest.mark.parametrize(
    ("drafts", "date"),
    [((draft("Một việc khác hẳn với mọi việc trên"),), None), (FIRST, dt.date(2026, 9, 1)), ((), None)],
)
def test_what_is_no_newer_version(
    book: Engine, store: Callable[[Any], Taken], drafts: tuple[Any, ...], date: dt.date | None
) -> None:
    before = [task(book, one).model_dump() for one in range(1, 5)]
    assert newer(store, *drafts, **({"date": date} if date else {})).outcome == "clash"
    assert [task(book, one).model_dump() for one in range(1, 5)] == before
