"""Periods and days as people type them."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import WrongUsageError
from tracker.period_words import parse_day, parse_period

TODAY = date(2026, 11, 21)  # a Saturday


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("today", "2026-11-21", "2026-11-21"),
        ("hôm nay", "2026-11-21", "2026-11-21"),
        ("hom nay", "2026-11-21", "2026-11-21"),
        ("ngày mai", "2026-11-22", "2026-11-22"),
        ("this-week", "2026-11-16", "2026-11-22"),
        ("tuần này", "2026-11-16", "2026-11-22"),
        ("tuan sau", "2026-11-23", "2026-11-29"),
        ("tuần tới", "2026-11-23", "2026-11-29"),
        ("tuần trước", "2026-11-09", "2026-11-15"),
        ("this-month", "2026-11-01", "2026-11-30"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("tháng này", "2026-11-01", "2026-11-30"),
        ("THÁNG NÀY", "2026-11-01", "2026-11-30"),
        ("thang nay", "2026-11-01", "2026-11-30"),
        ("thang\u0301 na\u0300y", "2026-11-01", "2026-11-30"),
        ("next-month", "2026-12-01", "2026-12-31"),
        ("tháng sau", "2026-12-01", "2026-12-31"),
        ("tháng trước", "2026-10-01", "2026-10-31"),
        ("this-quarter", "2026-10-01", "2026-12-31"),
        ("quý này", "2026-10-01", "2026-12-31"),
        ("quý sau", "2027-01-01", "2027-03-31"),
        ("quy truoc", "2026-07-01", "2026-09-30"),
        ("this-year", "2026-01-01", "2026-12-31"),
        ("năm nay", "2026-01-01", "2026-12-31"),
        ("năm ngoái", "2025-01-01", "2025-12-31"),
        ("năm sau", "2027-01-01", "2027-12-31"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("11/2026", "2026-11-01", "2026-11-30"),
        ("tháng 2", "2026-02-01", "2026-02-28"),
        ("tháng 2/2028", "2028-02-01", "2028-02-29"),
        ("tháng 02 năm 2028", "2028-02-01", "2028-02-29"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026q1", "2026-01-01", "2026-03-31"),
        ("quý 4", "2026-10-01", "2026-12-31"),
        ("quy 4", "2026-10-01", "2026-12-31"),
        ("quý IV", "2026-10-01", "2026-12-31"),
        ("quý III/2025", "2025-07-01", "2025-09-30"),
        ("quý 1 năm 2027", "2027-01-01", "2027-03-31"),
        ("6 tháng đầu năm", "2026-01-01", "2026-06-30"),
        ("6 tháng cuối năm 2025", "2025-07-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("năm 2025", "2025-01-01", "2025-12-31"),
        ("7d", "2026-11-21", "2026-11-28"),
        ("10 ngày tới", "2026-11-21", "2026-12-01"),
        ("2 tuần", "2026-11-21", "2026-12-05"),
        ("2026-11-15", "2026-11-15", "2026-11-15"),
        ("15/11/2026", "2026-11-15", "2026-11-15"),
        ("5/11", "2026-11-05", "2026-11-05"),
        ("2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"),
        ("01/11/2026..15/11/2026", "2026-11-01", "2026-11-15"),
        ("2026-11..2027-Q1", "2026-11-01", "2027-03-31"),
        ("hôm nay..cuối", None, None),
        ("tháng 13", None, None),
        ("quý 5", None, None),
        ("2026-13", None, None),
        ("31/02/2026", None, None),
        ("2026-02-30", None, None),
        ("..", None, None),
        ("", None, None),
        ("sắp tới", None, None),
        ("2026-11-15..2026-11-01", None, None),
        ("99999d", None, None),
        ("năm 0219", None, None),
    ],
)
def test_periods(words: str, start: str | None, end: str | None) -> None:
    if start is None:
        with pytest.raises(WrongUsageError):
            parse_period(words, TODAY)
        return
    period = parse_period(words, TODAY)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


def test_an_open_range_reaches_to_the_end_of_the_calendar() -> None:
    assert parse_period("2026-12..", TODAY).start == date(2026, 12, 1)
    assert parse_period("2026-12..", TODAY).end > date(2099, 1, 1)
    assert parse_period("..2026", TODAY).end == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("18/11/2026", date(2026, 11, 18)),
        ("18-11-2026", date(2026, 11, 18)),
        ("8.1.2026", date(2026, 1, 8)),
        (" 2026-11-18 ", date(2026, 11, 18)),
        ("18/11", date(2026, 11, 18)),
        ("hôm qua", date(2026, 11, 20)),
        ("31/11/2026", None),
        ("29/2/2026", None),
        ("18/11/26", None),
        ("mai mốt", None),
    ],
)
def test_days(words: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(WrongUsageError, match="không phải một ngày có thật"):
            parse_day(words, TODAY)
    else:
        assert parse_day(words, TODAY) == day


def test_without_a_today_a_day_needs_its_year() -> None:
    with pytest.raises(WrongUsageError):
        parse_day("18/11")


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_is_understood_as_it_is_shown(day: date) -> None:
    assert parse_day(f"{day:%d/%m/%Y}") == day
    assert parse_day(day.isoformat()) == day
    assert parse_period(f"{day:%d/%m/%Y}", TODAY).start == day


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    with contextlib.suppress(WrongUsageError):
        period = parse_period(text, TODAY)
        assert period.start <= period.end
