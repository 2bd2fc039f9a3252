"""Where tasks stand: the two axes, the occurrence that counts, the day after extensions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import schedule

if TYPE_CHECKING:
    from tracker.states import WorkStatus

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2026, 9, 1), date(2027, 2, 1))


def on(text: str) -> date:
    day, month = text.split("/")
    return date(2026, int(month), int(day))


@pytest.mark.parametrize(
    ("work", "due", "done", "expected", "late", "colour"),
    [
        ("todo", None, None, "none", None, "black"),
        ("todo", "29/11", None, "in_time", 0, "black"),
        ("todo", "28/11", None, "due_soon", 0, "orange"),
        ("doing", "21/11", None, "due_soon", 0, "orange"),
        ("todo", "20/11", None, "overdue", 1, "red"),
        ("doing", "1/10", None, "overdue", 51, "red"),
        ("done", "20/11", "20/11", "done_in_time", 0, "blue"),
        ("done", "20/11", "21/11", "done_late", 1, "green"),
        ("done", "20/11", None, "done_in_time", 0, "blue"),
        ("done", None, "20/11", "none", None, "black"),
        ("paused", "1/10", None, "none", 0, "black"),
        ("cancelled", "1/10", None, "none", 0, "grey"),
    ],
)
def test_standing(
    work: WorkStatus, due: str | None, done: str | None, expected: str, late: int | None, colour: str
) -> None:
    found = schedule.standing(work, on(due) if due else None, on(done) if done else None, TODAY, 7)
    assert (found.schedule, found.days_late) == (expected, late)
    assert schedule.colour(work, found.schedule) == colour


def test_the_newest_extension_counts_and_the_first_day_stays() -> None:
    assert schedule.current_due(on("1/10"), []) == on("1/10")
    assert schedule.current_due(on("1/10"), [on("1/12"), on("15/11")]) == on("15/11")
    assert schedule.current_due(None, []) is None


MONTHLY = schedule.recurrence("FREQ=MONTHLY;BYMONTHDAY=20", None, None, on("5/8"), TODAY)  # 20/8, 20/9, 20/10, 20/11 …
WEEKLY = schedule.recurrence("FREQ=WEEKLY", None, None, on("26/10"), TODAY)  # Fridays: 30/10, 6, 13, 20, 27/11 …


@pytest.mark.parametrize(
    ("settled", "today", "day", "missed"),
    [
        ([], "15/8", "20/8", 0),
        ([], "20/8", "20/8", 0),  # on its day it is not late yet
        ([], "21/8", "20/8", 0),
        ([], "21/11", "20/11", 3),  # one row, three counted
        (["20/11"], "21/11", None, 3),  # the next one is shown, what was missed stays counted
        (["20/8", "20/9", "20/10"], "21/11", "20/11", 0),
        (["20/8", "20/10", "20/11"], "21/11", None, 1),
    ],
)
def test_one_occurrence_is_shown_and_the_missed_are_counted(
    settled: list[str], today: str, day: str | None, missed: int
) -> None:
    found, count = schedule.next_open(MONTHLY, frozenset(map(on, settled)), on(today))
    assert (found, count) == (on(day) if day else on("20/12"), missed)


@pytest.mark.parametrize(
    ("first", "last", "settled", "expected"),
    [
        # the month of today: the last one that passed stands for its elders, those to come stand each
        ("1/11", "30/11", [], [("20/11", 3), ("27/11", 0)]),
        ("1/11", "30/11", ["20/11"], [("13/11", 2), ("27/11", 0)]),
        ("1/11", "30/11", ["6/11", "13/11", "20/11", "27/11"], []),
        # a period that has passed
        ("1/10", "31/10", [], [("30/10", 0)]),
        ("1/11", "14/11", [], [("13/11", 2)]),
        # a period to come
        ("1/12", "14/12", [], [("4/12", 0), ("11/12", 0)]),
        # before the plan was issued
        ("1/9", "30/9", [], []),
    ],
)
def test_occurrences_in_a_period(first: str, last: str, settled: list[str], expected: list[tuple[str, int]]) -> None:
    outlook = schedule.outlooks((on(first), on(last)), TODAY)(WEEKLY)
    found = outlook.open_in(outlook.bounds(WEEKLY), frozenset(map(on, settled)))
    assert found == [(on(day), missed) for day, missed in expected]


def test_an_occurrence_that_is_due_today_is_not_late() -> None:
    outlook = schedule.outlooks((on("20/11"), on("20/11")), on("20/11"))(WEEKLY)
    bounds = outlook.bounds(WEEKLY)
    assert outlook.open_in(bounds, frozenset()) == [(on("20/11"), 0)]
    assert outlook.missed_last(bounds, frozenset()) == on("13/11")


@given(st.lists(st.tuples(DAYS, st.none() | DAYS, st.frozensets(DAYS, max_size=3)), max_size=6), DAYS, DAYS, DAYS)
def test_tasks_that_share_an_outlook_stand_as_each_would_alone(
    tasks: list[tuple[date, date | None, frozenset[date]]], first: date, last: date, today: date
) -> None:
    outlook = schedule.outlooks((min(first, last), max(first, last)), today)
    for issued, until, settled in tasks:
        days = schedule.recurrence("FREQ=WEEKLY", None, until, issued, TODAY)
        open_days = [day for day in days.between(min(first, last), max(first, last)) if day not in settled]
        coming = [day for day in open_days if day >= today]
        passed = [day for day in open_days if day < today][-1:]
        bounds = outlook(days).bounds(days)
        assert [day for day, _ in outlook(days).open_in(bounds, settled)] == passed + coming
        late = days.before(today)[-1:]
        assert outlook(days).missed_last(bounds, settled) == next((day for day in late if day not in settled), None)


def test_the_days_begin_with_the_issue_or_the_span_and_end_with_it() -> None:
    later = schedule.recurrence("FREQ=MONTHLY", on("1/10"), on("31/12"), on("5/8"), TODAY)
    assert [day.month for day in later.between(on("1/1"), date(2027, 12, 31))] == [10, 11, 12]
    unknown = schedule.recurrence("FREQ=MONTHLY", None, None, None, TODAY)
    assert unknown.between(on("1/1"), on("31/12"))[0] == on("30/11")
