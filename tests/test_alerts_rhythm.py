"""When a unit is told: days before, the day itself, late days; quiet days; so many mails a week."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from alerts_office import HEALTH, Desk, open_desk
from hypothesis import given
from hypothesis import strategies as st
from mail_servers import listening

from tracker.alerts.rhythm import Rhythm, rhythm_of
from tracker.alerts.run import Wishes, preview, run
from tracker.settings import Alerts, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YTE = "soyte@lamdong.example.vn"
MONDAY = dt.date(2026, 10, 19)
DAY = dt.timedelta(days=1)
SWAPPED = {dt.date(2026, 8, 31): True, dt.date(2026, 8, 22): False}


def oct(day: int) -> dt.date:
    """A day of October 2026, which has no public holiday."""
    return dt.date(2026, 10, day)


def nov(day: int) -> dt.date:
    return dt.date(2026, 11, day)


@pytest.fixture
def desk(book_url: str) -> Iterator[Desk]:
    """An office with quiet weekends; the test server listens."""
    made = open_desk(book_url)
    made.enable()
    made.unit(HEALTH, YTE)
    with listening() as post:
        made.set(
            smtp=replace(made.settings.smtp, port=post.port),
            alerts=Alerts(clerk=("vanthu@snv.example.vn",), weekly="none"),
        )
        yield made
    made.engine.dispose()


def mail_days(desk: Desk, first: dt.date, days: int, **wishes: Any) -> list[int]:
    """Runs once a day; the days of the month on which Sở Y tế had a mail."""
    for at in range(days):
        day = first + at * DAY
        desk.now = dt.datetime.combine(day, dt.time(0, 30), dt.UTC)
        run(desk.office, day, Wishes(**wishes))
    return [row.day.day for row in desk.outbox() if row.recipient == "unit:1" and row.state == "sent"]


@pytest.mark.parametrize(
    ("due", "first", "days", "expected"),
    [
        (oct(23), 1, 27, [16, 20, 22, 23, 26, 27]),  # a Friday: 7, 3, 1 days before and the day; late from Monday on
        (oct(25), 12, 16, [16, 22, 23, 26, 27]),  # a Sunday: what falls on a weekend is told on Friday
        (oct(21), 12, 6, [14, 16]),
        (dt.date(2026, 12, 31), 1, 27, []),
    ],
)
def test_a_task_is_told_on_its_days(desk: Desk, due: dt.date, first: int, days: int, expected: list[int]) -> None:
    desk.task(desk.document(), due, HEALTH)
    assert mail_days(desk, oct(first), days) == expected


def test_a_task_accepted_between_two_days_is_told_at_once(desk: Desk) -> None:
    desk.task(desk.document(), oct(23), HEALTH)
    assert mail_days(desk, oct(19), 2) == [19, 20]


@pytest.mark.parametrize(
    ("late_every", "expected"), [(1, [19, 20, 21, 22, 23]), (2, [19, 21, 23]), (3, [19, 22]), (10, [19])]
)
def test_late_tasks_are_repeated_every_so_many_working_days(desk: Desk, late_every: int, expected: list[int]) -> None:
    desk.set(alerts=replace(desk.settings.alerts, late_every=late_every))
    desk.task(desk.document(), oct(5), HEALTH)
    assert mail_days(desk, oct(19), 7) == expected


def test_a_working_week_is_counted_across_the_weekend(desk: Desk) -> None:
    desk.set(alerts=replace(desk.settings.alerts, late_every=3))
    desk.task(desk.document(), oct(5), HEALTH)
    assert mail_days(desk, oct(15), 12) == [15, 20, 23]


def test_what_becomes_late_is_told_though_it_was_announced_the_day_before(desk: Desk) -> None:
    desk.set(alerts=replace(desk.settings.alerts, late_every=30))
    desk.task(desk.document(), oct(20), HEALTH)
    assert mail_days(desk, oct(19), 5) == [19, 20, 21]


def test_a_mail_that_goes_tells_all_there_is_to_tell(desk: Desk) -> None:
    plan = desk.document()
    near, late = desk.task(plan, oct(26), HEALTH), desk.task(plan, oct(16), HEALTH)
    mail_days(desk, oct(21), 1)
    assert desk.told(1) == {near: "due_soon", late: "overdue"}


def test_a_mail_that_failed_told_nothing(desk: Desk) -> None:
    desk.task(desk.document(), oct(26), HEALTH)
    port = desk.settings.smtp.port
    desk.set(smtp=replace(desk.settings.smtp, port=1))
    assert mail_days(desk, oct(19), 1) == []
    desk.set(smtp=replace(desk.settings.smtp, port=port))
    assert mail_days(desk, oct(20), 2) == [20]


@pytest.mark.parametrize(
    ("weekly", "expected"), [(5, [12, 13, 14, 15, 16, 19, 20]), (2, [12, 13, 19, 20]), (1, [12, 19])]
)
def test_a_unit_gets_so_many_mails_a_week_at_most(desk: Desk, weekly: int, expected: list[int]) -> None:
    desk.set(alerts=replace(desk.settings.alerts, max_per_week=weekly))
    desk.task(desk.document(), oct(5), HEALTH)
    assert mail_days(desk, oct(12), 9) == expected


@pytest.mark.both
def test_units_that_are_held_back_are_counted(desk: Desk) -> None:
    desk.set(alerts=replace(desk.settings.alerts, max_per_week=1))
    desk.task(desk.document(), oct(5), HEALTH)
    assert run(desk.office, MONDAY).held == 0
    assert run(desk.office, MONDAY).held == 0
    assert run(desk.office, MONDAY + DAY).held == 1


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (nov(21), nov(23)),
        (nov(22), nov(23)),
        (nov(24), nov(25)),  # Ngày Văn hóa Việt Nam, a day off from 2026 on
        (dt.date(2026, 2, 14), dt.date(2026, 2, 23)),  # Tết with the weekends around it
        (nov(23), None),
    ],
)
def test_quiet_days_are_without_mail(desk: Desk, day: dt.date, until: dt.date | None) -> None:
    desk.task(desk.document(), dt.date(2026, 1, 5), HEALTH)
    report = run(desk.office, day)
    assert report.quiet_until == until
    assert (report.sent, desk.outbox() == []) == ((0, True) if until else (1, False))


def test_a_quiet_day_is_no_obstacle_when_a_clerk_insists(desk: Desk) -> None:
    desk.task(desk.document(), oct(5), HEALTH)
    assert mail_days(desk, oct(17), 1, any_day=True) == [17]


def test_the_offices_own_days_off_count(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "nghỉ.txt").write_text("19/10/2026 nghỉ\n17/10/2026 làm bù\n", encoding="utf-8")
    desk.set(days_off=str(tmp_path / "nghỉ.txt"))
    desk.task(desk.document(), oct(5), HEALTH)
    assert mail_days(desk, oct(17), 4) == [17, 20]


def test_a_periodic_report_alone_is_told_when_its_day_comes_near(desk: Desk) -> None:
    desk.task(
        desk.document(), None, HEALTH, deadline_kind="recurring", deadline_rrule="FREQ=MONTHLY;BYMONTHDAY=30",
        deadline_text="ngày 30 hằng tháng",
    )  # fmt: skip
    desk.settle(1, dt.date(2026, 9, 30))
    assert mail_days(desk, oct(1), 22) == []
    assert mail_days(desk, oct(23), 8) == [23, 27, 29, 30]


def test_what_waits_for_an_event_is_told_once_a_month(desk: Desk) -> None:
    waits = {"deadline_kind": "relative", "deadline_text": "10 ngày sau khi Nghị quyết được thông qua"}
    desk.task(desk.document(), None, HEALTH, **waits)
    assert mail_days(desk, oct(5), 33) == [5, 4]


def test_the_horizon_reaches_over_the_weekend() -> None:
    assert Rhythm(oct(16)).horizon == oct(25)
    assert Rhythm(oct(16), quiet=False).horizon == oct(23)
    assert Rhythm(oct(16), days_before=()).horizon == oct(18)


def test_the_summary_comes_on_its_weekday_or_after_it() -> None:
    found = [Rhythm(oct(12) + at * DAY, weekly=2).summary_day for at in range(7)]
    assert found == [None, None, *[oct(14)] * 5]
    assert Rhythm(oct(12), weekly=None).summary_day is None


def test_the_settings_make_the_rhythm() -> None:
    settings = Settings(alerts=Alerts(days_before=(5,), late_every=4, quiet_days=False, weekly="fri"))
    assert rhythm_of(settings, MONDAY) == Rhythm(MONDAY, (5,), 4, False, 4, {})
    assert rhythm_of(replace(settings, alerts=Alerts(weekly="none")), MONDAY).weekly is None


DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))


@given(DAYS, st.integers(0, 40), st.sets(st.integers(0, 30), max_size=4), st.booleans())
def test_what_is_announced_is_within_the_horizon_and_the_other_way_round(
    today: dt.date, ahead: int, before: set[int], quiet: bool
) -> None:
    rhythm = Rhythm(today, tuple(before), quiet=quiet, overrides=SWAPPED)
    due = today + ahead * DAY
    since = rhythm.announced_since(due)
    if not rhythm.is_quiet(today):
        assert (since is not None) == (due <= rhythm.horizon)
    if since is not None:
        assert since <= today
        assert not rhythm.is_quiet(since)


@given(DAYS, st.integers(1, 8), st.integers(1, 60))
def test_a_late_task_is_told_again_after_so_many_working_days(today: dt.date, every: int, ago: int) -> None:
    rhythm = Rhythm(today, late_every=every, overrides=SWAPPED)
    told = today - ago * DAY
    worked = sum(not rhythm.is_quiet(told + at * DAY) for at in range(1, ago + 1))
    assert rhythm.is_due_again(told - DAY, told) == (worked >= every)
    assert rhythm.is_due_again(told, told)
    assert rhythm.is_due_again(told, None)


def test_a_preview_does_not_mind_quiet_days(desk: Desk) -> None:
    desk.task(desk.document(), oct(5), HEALTH)
    assert [mail.name for mail in preview(desk.office, oct(17))] == [HEALTH]
