"""Updates of tasks, events, arrivals, withdrawn and replaced documents: recorded, or refused where they must be."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from drafting import NOW, TODAY, draft, every, extraction, on
from sqlmodel import select

from extractor.model import Deadline, Offset
from tracker import events, following, queries, succession
from tracker.changes import Hand
from tracker.database import reading, writing
from tracker.errors import NotFoundError, RefusedError
from tracker.following import Longer
from tracker.intake import Terms, take_in
from tracker.model import Document, History, Task
from tracker.queries import Filters
from tracker.rows import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

pytestmark = pytest.mark.both

HAND = Hand("lan", NOW, TODAY)
DAY = dt.date.fromisoformat


def after(anchor: str, count: int | None = None, qualifier: Any = "within", unit: Any = "working_day") -> Deadline:
    offset = Offset(count, unit) if count is not None else None
    return Deadline(f"{count} sau {anchor}", "relative", qualifier=qualifier, anchor=anchor, offset=offset)


@pytest.fixture(autouse=True)
def _plan(store: Callable[[Any], Any]) -> None:
    store(
        extraction(
            draft("Rà soát danh mục", on("2026-11-30", qualifier="before")),  # 1
            draft("Báo cáo tiến độ", every("FREQ=MONTHLY;BYMONTHDAY=20")),  # 2
            draft("Duy trì cổng dữ liệu"),  # 3
            draft("Công khai mức thu", after("Nghị quyết được ban hành", 10)),  # 4
            draft("Tập huấn cán bộ", after("ngày khai giảng", -5, "by", "day")),  # 5
            draft("Chuẩn bị vật tư", after("mùa mưa bão năm 2027", None, "by")),  # 6
            draft("Phân bổ kinh phí", after("Đề án được phê duyệt", None, None)),  # 7
            draft("Góp ý dự thảo", after("received", 5)),  # 8
        )
    )


def change(book: Engine, what: Callable[..., Any], *values: Any) -> Any:
    with writing(book) as session:
        return what(session, *values, HAND)


def task(book: Engine, task_id: int) -> Task:
    with reading(book) as session:
        return session.get_one(Task, task_id)


def history(book: Engine) -> list[tuple[str, str | None, str | None]]:
    with reading(book) as session:
        return [(one.field, one.before, one.after) for one in session.exec(select(History).order_by("id")).all()]


def row(book: Engine, task_id: int, clock: Clock | None = None) -> Any:
    with reading(book) as session:
        return queries.task_by_id(session, task_id, clock or Clock(TODAY))


def test_work_begins_and_goes_on(book: Engine) -> None:
    assert change(book, following.start, 1).changed
    assert not change(book, following.start, 1).changed
    found = change(book, following.progress, 3, 60, " đã có dự thảo ")
    assert found.said == "tiến độ 60%: đã có dự thảo"
    assert (task(book, 3).status, task(book, 3).progress) == ("doing", 60)
    assert history(book) == [
        ("status", "todo", "doing"),
        ("status", "todo", "doing"),
        ("progress", None, "60"),
        ("progress_note", None, "đã có dự thảo"),
    ]


@pytest.mark.parametrize(("percent", "note"), [(None, None), (None, "  "), (101, "x"), (-1, None)])
def test_progress_that_is_none(book: Engine, percent: int | None, note: str | None) -> None:
    with pytest.raises(RefusedError):
        change(book, following.progress, 1, percent, note)
    assert history(book) == []


def test_extensions_are_a_ledger(book: Engine) -> None:
    for to in ("2026-12-20", "2027-01-15"):
        change(book, following.extend, 1, Longer(DAY(to), "chờ số liệu", "12/TB-VP"))
    assert task(book, 1).deadline_due == DAY("2026-11-30")
    assert row(book, 1).current_due == DAY("2027-01-15")
    assert history(book) == [("extension", "2026-11-30", "2026-12-20"), ("extension", "2026-12-20", "2027-01-15")]
    with pytest.raises(RefusedError, match="đã gia hạn 2 lần"):
        change(book, following.extend, 1, Longer(DAY("2027-02-15"), "vẫn chờ"))
    assert change(book, following.extend, 1, Longer(DAY("2027-02-15"), "vẫn chờ", most=3)).said == (
        "gia hạn lần 3 đến 15/02/2027"
    )


@pytest.mark.parametrize(
    ("task_id", "to", "reason", "said"),
    [
        (1, "2026-11-30", "chờ", "không sau hạn hiện nay 30/11/2026"),
        (1, "2026-11-01", "chờ", "không sau hạn hiện nay"),
        (1, "2026-12-20", "  ", "phải có lý do"),
        (2, "2026-12-25", "chờ", "lặp lại theo kỳ"),
        (3, "2026-12-25", "chờ", "chưa có ngày hạn"),
        (99, "2026-12-25", "chờ", "không có nhiệm vụ số 99"),
    ],
)
def test_extensions_that_are_none(book: Engine, task_id: int, to: str, reason: str, said: str) -> None:
    with pytest.raises((RefusedError, NotFoundError), match=said):
        change(book, following.extend, task_id, Longer(DAY(to), reason))
    assert history(book) == []


def test_another_unit(book: Engine, store: Callable[[Any], Any]) -> None:
    store(extraction(draft("Kiểm tra", lead=("Sở Tài chính",), support=("Sở Xây dựng",)), number="3/KH-UBND"))
    assert change(book, following.assign, 1, ["so tai chinh"], None).said == "giao Sở Tài chính chủ trì"
    change(book, following.assign, 1, None, ["Sở Xây dựng", "Sở Nội vụ"])
    found = row(book, 1)
    assert [one.name for one in found.lead] == ["Sở Tài chính"]
    assert [one.name for one in found.support] == ["Sở Xây dựng", "Sở Nội vụ"]
    assert history(book) == [("lead", "Sở Nội vụ", "Sở Tài chính"), ("support", None, "Sở Xây dựng; Sở Nội vụ")]
    assert "so tai chinh" in task(book, 1).search
    assert change(book, following.assign, 1, ["Sở Tài chính"], None).changed is False


def test_a_unit_that_nobody_knows_changes_nothing(book: Engine) -> None:
    with pytest.raises(RefusedError, match="chưa biết đơn vị “Sở Vũ trụ”"):
        change(book, following.assign, 1, ["Sở Vũ trụ"], None)
    with pytest.raises(RefusedError, match="giao cho đơn vị nào"):
        change(book, following.assign, 1, None, None)
    assert history(book) == []


def test_stopped_work_is_neither_in_time_nor_late(book: Engine) -> None:
    change(book, following.stop, 1, "paused", "chờ kinh phí")
    assert row(book, 1).standing.schedule == "none"
    change(book, following.stop, 1, "cancelled", "không còn phù hợp")
    assert history(book)[-2:] == [("status", "paused", "cancelled"), ("reason", None, "không còn phù hợp")]
    for what, values in (
        (following.start, ()), (following.progress, (5, None)), (following.extend, (Longer(DAY("2027-01-01"), "x"),)),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match="đã hủy"):
            change(book, what, 1, *values)
    with pytest.raises(RefusedError, match="chưa có lý do"):
        change(book, following.stop, 3, "cancelled", "")


def test_notes(book: Engine) -> None:
    change(book, following.note, 1, "đã gọi điện nhắc")
    assert history(book) == [("note", None, "đã gọi điện nhắc")]
    with pytest.raises(RefusedError):
        change(book, following.note, 1, " ")


def happened(book: Engine, name: str, day: str, doc: str | None = None) -> list[events.Dated]:
    with writing(book) as session:
        return events.happened(session, events.Event(name, DAY(day), doc), {}, HAND)


@pytest.mark.parametrize(
    ("name", "day", "task_id", "start", "due"),
    [
        ("Nghị quyết được ban hành", "2026-03-02", 4, None, "2026-03-16"),
        ("nghi quyet duoc ban hanh", "2026-03-02", 4, None, "2026-03-16"),
        ("nghị quyết", "2026-03-02", 4, None, "2026-03-16"),
        ("khai giảng", "2027-09-05", 5, None, "2027-08-31"),
        ("mùa mưa bão năm 2027", "2027-05-01", 6, None, "2027-05-01"),
        ("Đề án được phê duyệt", "2026-12-01", 7, "2026-12-01", None),
    ],
)
def test_an_event_sets_the_days_that_wait_for_it(
    book: Engine, name: str, day: str, task_id: int, start: str | None, due: str | None
) -> None:
    (found,) = happened(book, name, day)
    assert found == (task_id, task(book, task_id).title, start and DAY(start), due and DAY(due), True)
    assert row(book, task_id).current_due == (due and DAY(due))
    assert happened(book, name, day)[0].changed is False
    assert len(history(book)) == 1


def test_an_event_told_again_is_corrected(book: Engine) -> None:
    happened(book, "Nghị quyết được ban hành", "2026-03-02")
    happened(book, "Nghị quyết được ban hành", "2026-03-03")
    assert history(book) == [
        ("deadline_due", None, "2026-03-16"),
        ("deadline_due", "2026-03-16", "2026-03-17"),
    ]


def test_days_off_that_a_year_adds(book: Engine) -> None:
    with writing(book) as session:
        event = events.Event("Nghị quyết được ban hành", DAY("2026-03-02"))
        (found,) = events.happened(session, event, {DAY("2026-03-09"): True, DAY("2026-03-07"): False}, HAND)
    assert found.due == DAY("2026-03-16")
    with writing(book) as session:
        (found,) = events.happened(session, event, {DAY("2026-03-09"): True}, HAND)
    assert found.due == DAY("2026-03-17")


@pytest.mark.parametrize(
    ("name", "error"), [("Luật được ban hành", NotFoundError), ("được", RefusedError), ("ngày nhận", RefusedError)]
)
def test_events_that_are_none_or_several(book: Engine, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        happened(book, name, "2026-03-02")
    assert history(book) == []


def test_events_that_are_waited_for(book: Engine) -> None:
    with reading(book) as session:
        names = {one.name for one in events.waiting(session)}
    assert names == {
        "Nghị quyết được ban hành", "ngày khai giảng", "mùa mưa bão năm 2027", "Đề án được phê duyệt",
        "ngày nhận được văn bản",
    }  # fmt: skip


def test_the_day_of_arrival_when_a_document_comes_or_later(book: Engine) -> None:
    letter = extraction(draft("Trả lời", after("received", 3)), number="9/UBND-NC")
    terms = Terms(TODAY, NOW, 0.8, received=DAY("2026-11-10"), so_den="145", who="lan")
    assert take_in(book, letter, terms).late == 1
    assert task(book, 9).deadline_due == DAY("2026-11-13")
    plan = extraction(draft("Báo cáo", after("received", 3)), number="10/UBND-NC")
    take_in(book, plan, Terms(TODAY, NOW, 0.8))
    assert task(book, 10).deadline_due is None
    assert take_in(book, plan, terms).outcome == "unchanged"
    assert task(book, 10).deadline_due == DAY("2026-11-13")
    with reading(book) as session:
        documents = session.exec(select(Document).order_by("id")).all()
    assert [(one.received, one.so_den) for one in documents[1:]] == [(DAY("2026-11-10"), "145")] * 2
    assert ("received", None, "2026-11-10") in history(book)


@pytest.mark.parametrize(("day", "said"), [("2026-11-22", "ở sau hôm nay"), ("2026-09-01", "trước ngày ban hành")])
def test_arrivals_that_cannot_be(book: Engine, day: str, said: str) -> None:
    letter = extraction(draft("Trả lời", after("received", 3)), number="9/UBND-NC")
    with pytest.raises(RefusedError, match=said):
        take_in(book, letter, Terms(TODAY, NOW, 0.8, received=DAY(day)))
    with reading(book) as session:
        assert len(session.exec(select(Document)).all()) == 1


def ids(book: Engine, **values: Any) -> list[int]:
    with reading(book) as session:
        return [one.id for one in queries.tasks(session, Filters(sort="id", **values), Clock(TODAY)).rows]


def test_a_withdrawn_document_and_back(book: Engine) -> None:
    assert change(book, succession.withdraw, "215", "ban hành nhầm").tasks == 8
    assert ids(book) == []
    with pytest.raises(RefusedError, match="đã thu hồi"):
        change(book, succession.withdraw, "215", None)
    change(book, succession.restore, "215")
    assert len(ids(book)) == 8
    assert history(book) == [
        ("state", "active", "withdrawn"), ("reason", None, "ban hành nhầm"), ("state", "withdrawn", "active"),
    ]  # fmt: skip


def test_a_replaced_document_hands_its_tasks_on(book: Engine, store: Callable[[Any], Any]) -> None:
    change(book, following.progress, 1, 40, None)
    change(book, following.extend, 1, Longer(DAY("2026-12-20"), "chờ số liệu"))
    store(extraction(draft("Rà soát, cập nhật danh mục", on("2026-11-30"), confidence=0.3), number="300/KH-UBND"))
    store(extraction(draft("Rà soát danh mục", on("2026-11-30"), confidence=0.3), number="301/KH-UBND"))
    ended = change(book, succession.supersede, "215", "301")
    assert ended == ("215/KH-UBND", 8, 1, 7)
    new = row(book, 10)
    assert (new.status, new.review, new.current_due) == ("doing", "accepted", DAY("2026-12-20"))
    assert task(book, 10).progress == 40
    assert ids(book, doc="301") == [2, 3, 4, 5, 6, 7, 8, 10]
    assert ids(book, doc="215") == []
    assert (task(book, 2).review, task(book, 2).reasons) == ("pending", ["handed_over"])
    with pytest.raises(RefusedError, match="thay thế"):
        change(book, succession.supersede, "215", "300")
    with pytest.raises(RefusedError, match="chính nó"):
        change(book, succession.supersede, "300", "300")


@pytest.mark.parametrize(("day_before", "day", "late"), [(False, "2026-11-30", 0), (True, "2026-11-29", 1)])
def test_before_a_day_as_the_setting_says(book: Engine, day_before: bool, day: str, late: int) -> None:
    clock = Clock(DAY("2026-11-30"), day_before=day_before)
    found = row(book, 1, clock)
    assert (found.due, found.current_due, found.standing.days_late) == (DAY("2026-11-30"), DAY(day), late)
    with reading(book) as session:
        assert len([one for one in queries.overdue(session, Filters(), clock).rows if one.id == 1]) == late
        from extractor.periods import Period

        one_day = queries.due(session, Filters(), Period(DAY(day), DAY(day), "day"), clock)
        assert [one.id for one in one_day.rows] == [1]
    change(book, following.extend, 1, Longer(DAY("2026-12-20"), "chờ"))
    assert row(book, 1, clock).current_due == DAY("2026-12-20")
