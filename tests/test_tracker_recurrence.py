"""The days of recurring tasks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.recurrence import Recurrence, parts

ISSUED = date(2026, 9, 5)  # a Saturday


def days(rule: str, count: int, first: date = ISSUED) -> list[str]:
    return [f"{day:%d/%m/%y}" for day in Recurrence(rule, first).between(first, date(2040, 12, 31))[:count]]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # hằng tháng: the month's last day
        ("FREQ=MONTHLY", ["30/09/26", "31/10/26", "30/11/26", "31/12/26", "31/01/27", "28/02/27"]),
        # trước ngày 20 hằng tháng
        ("FREQ=MONTHLY;BYMONTHDAY=20", ["20/09/26", "20/10/26", "20/11/26"]),
        # ngày 31, ngày 30 hằng tháng: a short month's last day, never skipped
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["30/09/26", "31/10/26", "30/11/26", "31/12/26", "31/01/27", "28/02/27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30", ["30/09/26", "30/10/26", "30/11/26", "30/12/26", "30/01/27", "28/02/27"]),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30", ["15/09/26", "30/09/26", "15/10/26", "30/10/26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["30/09/26", "31/10/26", "30/11/26"]),
        # the 5th of a month counts when the plan is issued on that day
        ("FREQ=MONTHLY;BYMONTHDAY=5", ["05/09/26", "05/10/26"]),
        ("FREQ=MONTHLY;BYMONTHDAY=4", ["04/10/26", "04/11/26"]),
        # hằng quý: 3, 6, 9, 12
        ("FREQ=MONTHLY;INTERVAL=3", ["30/09/26", "31/12/26", "31/03/27", "30/06/27"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", ["15/09/26", "15/12/26", "15/03/27"]),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", ["05/10/26", "05/01/27", "05/04/27"]),
        # 6 tháng, năm
        ("FREQ=MONTHLY;INTERVAL=6", ["31/12/26", "30/06/27", "31/12/27"]),
        ("FREQ=MONTHLY;INTERVAL=12", ["31/12/26", "31/12/27"]),
        # five months do not divide the year: counted from the first
        ("FREQ=MONTHLY;INTERVAL=5", ["30/09/26", "28/02/27", "31/07/27", "31/12/27"]),
        # hằng tuần: Friday
        ("FREQ=WEEKLY", ["11/09/26", "18/09/26", "25/09/26"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", ["07/09/26", "10/09/26", "14/09/26"]),
        # every second week counts from the first
        ("FREQ=WEEKLY;INTERVAL=2", ["11/09/26", "25/09/26", "09/10/26"]),
        # hằng năm: 31 December
        ("FREQ=YEARLY", ["31/12/26", "31/12/27", "31/12/28"]),
        # quý I hằng năm
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", ["31/03/27", "31/03/28"]),
        ("FREQ=YEARLY;BYMONTH=6", ["30/06/27", "30/06/28"]),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=31", ["31/12/26", "30/06/27", "31/12/27"]),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", ["15/12/26", "15/12/27"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["28/02/27", "29/02/28"]),
        ("FREQ=YEARLY;INTERVAL=2", ["31/12/26", "31/12/28"]),
        ("FREQ=DAILY", ["05/09/26", "06/09/26"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["25/09/26", "30/10/26"]),
        ("FREQ=MONTHLY;COUNT=3", ["30/09/26", "31/10/26", "30/11/26"]),
        ("FREQ=MONTHLY;UNTIL=20261101", ["30/09/26", "31/10/26"]),
    ],
)
def test_days_of_rules(rule: str, expected: list[str]) -> None:
    assert days(rule, len(expected)) == expected


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;UNTIL=20261201"])
def test_a_rule_that_ends_has_no_more_days(rule: str) -> None:
    assert len(Recurrence(rule, ISSUED).between(ISSUED, date(2040, 1, 1))) == 3


@pytest.mark.parametrize(
    "rule",
    [
        "", "MONTHLY", "FREQ=HOURLY", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;INTERVAL=0", "FREQ=MONTHLY;INTERVAL=x", "FREQ=MONTHLY;NONSENSE=1",
        "FREQ=MONTHLY;FREQ=DAILY", "FREQ=MONTHLY;UNTIL=hôm nào",
    ],
)  # fmt: skip
def test_what_is_no_rule(rule: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parts(rule)


def test_a_span_ends_the_days() -> None:
    yearly = Recurrence("FREQ=YEARLY", date(2021, 3, 15), date(2025, 12, 31))
    assert [day.year for day in yearly.between(date(2020, 1, 1), date(2030, 1, 1))] == [2021, 2022, 2023, 2024, 2025]
    assert yearly.first_open_from(date(2026, 1, 1), ()) is None


def test_the_first_open_day_is_found_however_far() -> None:
    yearly = Recurrence("FREQ=YEARLY", ISSUED)
    settled = {date(year, 12, 31) for year in range(2026, 2030)}
    assert yearly.first_open_from(date(2026, 11, 21), settled) == date(2030, 12, 31)


RULES = st.one_of(
    st.builds(
        lambda day, every: f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={day}",
        st.integers(1, 31),
        st.sampled_from([1, 2, 3, 4, 6, 12]),
    ),
    st.sampled_from(
        ["FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=WEEKLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=7"]
    ),
)


@settings(max_examples=60)
@given(RULES, st.dates(date(2015, 1, 1), date(2030, 12, 31)), st.integers(0, 1500), st.integers(0, 800))
def test_days_rise_and_do_not_depend_on_how_they_are_asked(rule: str, first: date, after: int, length: int) -> None:
    found = Recurrence(rule, first)
    start = first + timedelta(days=after)
    end = start + timedelta(days=length)
    window = list(found.between(start, end))
    assert window == sorted(set(window))
    assert window == [day for day in found.between(first, end + timedelta(days=400)) if start <= day <= end]
    assert all(day >= first for day in window)


@settings(max_examples=60)
@given(st.integers(1, 31), st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_every_month_has_exactly_one_day(day: int, first: date) -> None:
    found = Recurrence(f"FREQ=MONTHLY;BYMONTHDAY={day}", first).between(
        date(first.year + 1, 1, 1), date(first.year + 1, 12, 31)
    )
    assert [each.month for each in found] == list(range(1, 13))
    assert all(each.day == day or (each + timedelta(days=1)).day == 1 for each in found)
