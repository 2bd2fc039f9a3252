"""Periods and counted terms, by the calendar and by Bộ luật Dân sự 2015, Điều 144 to 148."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import periods
from extractor.periods import Period
from extractor.public_holidays import ANNOUNCED, public_holidays

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("period", "start", "end", "grain"),
    [
        (periods.day(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30), "day"),
        (periods.month(2024, 2), date(2024, 2, 1), date(2024, 2, 29), "month"),
        (periods.quarter(2021, 3), date(2021, 7, 1), date(2021, 9, 30), "quarter"),
        (periods.half(2024, 1), date(2024, 1, 1), date(2024, 6, 30), "half"),
        (periods.half(2024, 2), date(2024, 7, 1), date(2024, 12, 31), "half"),
        (periods.months(2024, 1, 9), date(2024, 1, 1), date(2024, 9, 30), "span"),
        (periods.year(2022), date(2022, 1, 1), date(2022, 12, 31), "year"),
        (periods.ordinal_week(2024, 3, 2), date(2024, 3, 8), date(2024, 3, 14), "week"),
        (periods.ordinal_week(2024, 2, 5), date(2024, 2, 29), date(2024, 2, 29), "week"),
        (periods.span(periods.month(2023, 3), periods.month(2023, 6)), date(2023, 3, 1), date(2023, 6, 30), "span"),
    ],
)
def test_a_period_covers_its_days(period, start, end, grain):
    assert period == Period(start, end, grain)


@pytest.mark.parametrize(
    ("make", "arguments"),
    [
        (periods.day, (2026, 11, 31)),
        (periods.day, (2025, 2, 29)),
        (periods.day, (219, 1, 1)),
        (periods.month, (2026, 13)),
        (periods.quarter, (2026, 5)),
        (periods.year, (2191,)),
        (periods.ordinal_week, (2025, 2, 5)),
        (periods.span, (periods.year(2025), periods.year(2024))),
    ],
)
def test_what_the_calendar_has_not_is_refused(make, arguments):
    with pytest.raises(ValueError, match=r"day|month|outside|cannot end"):
        make(*arguments)


@pytest.mark.parametrize(
    ("period", "early", "middle", "late"),
    [
        (periods.month(2026, 5), date(2026, 5, 1), date(2026, 5, 15), date(2026, 5, 31)),
        (periods.year(2026), date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31)),
        (periods.quarter(2026, 3), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)),
        (periods.ordinal_week(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 7)),
    ],
)
def test_early_middle_and_late(period, early, middle, late):
    named = [periods.part(period, which) for which in ("early", "middle", "late")]
    assert named == [Period(day, day, "day") for day in (early, middle, late)]


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        (date(2026, 7, 14), 100, "day", date(2026, 10, 22)),
        (date(2026, 7, 1), 10, "day", date(2026, 7, 13)),  # 11/7 is a Saturday
        (date(2026, 1, 31), 1, "month", date(2026, 3, 2)),  # no 31/2; 28/2 is a Saturday
        (date(2025, 8, 31), 1, "month", date(2025, 9, 30)),
        (date(2026, 7, 1), 2, "week", date(2026, 7, 15)),
        (date(2024, 2, 29), 1, "year", date(2025, 2, 28)),
        (date(2026, 1, 5), 1, "quarter", date(2026, 4, 6)),  # 5/4 is a Sunday
        (date(2026, 2, 12), 3, "working_day", date(2026, 2, 24)),  # over Tết Bính Ngọ, 14 to 22 February
        (date(2026, 6, 25), -3, "day", date(2026, 6, 22)),
        (date(2026, 6, 23), -3, "day", date(2026, 6, 20)),  # a Saturday: what comes before an event is not moved
        (date(2026, 6, 22), -1, "working_day", date(2026, 6, 19)),
        (date(2026, 8, 31), 1, "day", date(2026, 9, 3)),  # 1 and 2 September are holidays
    ],
)
def test_the_end_of_a_term(start, count, unit, end):
    assert periods.end_of_term(start, count, unit) == end


@pytest.mark.parametrize(
    ("on", "off"),
    [
        (date(2026, 2, 17), True),  # mùng Một Tết
        (date(2026, 4, 30), True),
        (date(2026, 9, 2), True),
        (date(2026, 11, 24), True),  # Nghị quyết 28/2026/QH16
        (date(2026, 6, 20), True),
        (date(2026, 6, 22), False),
    ],
)
def test_days_off(on, off):
    assert periods.is_day_off(on) is off


def test_an_announcement_overrides_the_calendar():
    swapped = {date(2026, 8, 22): False, date(2026, 7, 13): True}
    assert not periods.is_day_off(date(2026, 8, 22), swapped)
    assert periods.next_working_day(date(2026, 7, 11), swapped) == date(2026, 7, 14)
    assert periods.add_working_days(date(2026, 7, 10), 1, swapped) == date(2026, 7, 14)


@given(DAYS, st.integers(1, 400))
def test_a_counted_term_ends_on_a_working_day_after_its_last(start, count):
    end = periods.end_of_term(start, count, "day")
    assert end >= start + timedelta(days=count)
    assert not periods.is_day_off(end)
    assert periods.end_of_term(start, count, "working_day") >= start + timedelta(days=count)


@given(DAYS, st.integers(-240, 240))
def test_months_keep_the_day_or_end_the_month(start, count):
    end = periods.add_months(start, count)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == min(start.day, periods.last_day(end.year, end.month).day)


@pytest.mark.parametrize("year", sorted(ANNOUNCED))
def test_the_days_of_announced_years_are_those_of_the_package(year):
    if tuple(map(int, holidays.__version__.split(".")[:2])) < (0, 109):
        pytest.skip("an older release of the package holidays knows fewer announcements")
    assert public_holidays(year) == frozenset(holidays.country_holidays("VN", years=year))


def test_other_years_are_asked_of_the_package():
    year = max(ANNOUNCED) + 1
    assert date(year, 9, 2) in public_holidays(year)
