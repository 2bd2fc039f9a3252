"""Recurring days: the rules of documents made explicit, then expanded by dateutil.

In: an RRULE as the extractor writes it ("FREQ=MONTHLY;INTERVAL=3"). Out: `Recurrence`, its days in order.

A rule without a day falls on its period's last day: a week on Friday, a month, a quarter (3, 6, 9, 12), a half year
(30/6 and 31/12), a year (31/12). A day that a month lacks is that month's last ("ngày 31 hằng tháng" → 28/2): RFC 5545
would skip the month. A rule for every second (third, …) week, month or year that does not divide the year counts from
its first day, which is on or after the day of issue.

Example: "FREQ=MONTHLY;INTERVAL=3" is "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL", "COUNT", "WKST"})
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_HORIZON = timedelta(days=366 * 30)
_DAY = re.compile(r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)")


def parts(rrule: str) -> dict[str, str]:
    """The parts of a rule, checked as far as documents can mean them.

    Raises:
        ValueError: the rule is none.
    """
    found: dict[str, str] = {}
    for piece in rrule.strip().upper().split(";"):
        name, equals, value = piece.partition("=")
        if name not in _KNOWN or not equals or not value or name in found:
            raise ValueError(f"“{piece}” in the rule “{rrule}” is not understood")
        found[name] = value
    if found.get("FREQ") not in _FREQUENCIES:
        raise ValueError(f"the rule “{rrule}” names no frequency of days, weeks, months or years")
    _check_numbers(found, rrule)
    return found


def _check_numbers(found: dict[str, str], rrule: str) -> None:
    limits = {
        "INTERVAL": (1, 400),
        "COUNT": (1, 10_000),
        "BYMONTH": (1, 12),
        "BYMONTHDAY": (-31, 31),
        "BYSETPOS": (-31, 31),
    }
    for name, (low, high) in limits.items():
        for value in found.get(name, "1").split(","):
            if not re.fullmatch(r"[+-]?\d{1,5}", value) or not low <= int(value) <= high or int(value) == 0:
                raise ValueError(f"{name}={value} in the rule “{rrule}” is out of range")
    if not all(_DAY.fullmatch(day) for day in found.get("BYDAY", "FR").split(",")):
        raise ValueError(f"BYDAY={found['BYDAY']} in the rule “{rrule}” names no days")
    if not re.fullmatch(r"\d{8}(T\d{6}Z?)?", found.get("UNTIL", "20261231")):
        raise ValueError(f"UNTIL={found['UNTIL']} in the rule “{rrule}” is no day")


def explicit(rrule: str) -> dict[str, str]:
    """The rule with the day written out that it leaves to custom, and with short months' last days: plain RFC 5545."""
    rule = parts(rrule)
    interval = int(rule.get("INTERVAL", "1"))
    if rule["FREQ"] == "WEEKLY":
        rule.setdefault("BYDAY", "FR")
    elif rule["FREQ"] == "MONTHLY":
        if "BYMONTH" in rule:
            rule.pop("INTERVAL", None)
        elif 12 % interval == 0 and interval > 1:
            rule["BYMONTH"] = ",".join(str(month) for month in range(interval, 13, interval))
            del rule["INTERVAL"]
        _end_in_short_months(rule)
    elif rule["FREQ"] == "YEARLY" and "BYDAY" not in rule:
        if "BYMONTHDAY" not in rule:
            rule.setdefault("BYMONTH", "12")
        _end_in_short_months(rule)
    return rule


def _end_in_short_months(rule: dict[str, str]) -> None:
    """No day → the last; a day from 29 to 31 → the last of the days up to it that the month has."""
    if "BYDAY" in rule or "BYSETPOS" in rule:
        return
    wanted = sorted(int(day) for day in rule.get("BYMONTHDAY", "31").split(","))
    early = [day for day in wanted if 0 < day <= 28]
    if wanted[0] < 0 or len(wanted) - len(early) != 1:
        return
    rule["BYMONTHDAY"] = ",".join(str(day) for day in [*early, *range(28, wanted[-1] + 1)])
    rule["BYSETPOS"] = ",".join(str(at) for at in [*range(1, len(early) + 1), -1])  # "ngày 15 và 30": first and last
    if rule["FREQ"] == "YEARLY" and "," in rule.get("BYMONTH", ","):
        rule["FREQ"] = "MONTHLY"  # a set position counts within the period: here within each month


@lru_cache(maxsize=1024)
def _texts(rrule: str) -> tuple[str, str | None]:
    """The explicit rule as text, and, where its days depend on the first of them, the rule that finds that day."""
    rule = explicit(rrule)
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    if int(rule.get("INTERVAL", "1")) == 1 and "COUNT" not in rule:
        return text, None
    return text, ";".join(f"{name}={value}" for name, value in rule.items() if name not in {"INTERVAL", "COUNT"})


def _days(rule: str, anchor: date, last: date) -> tuple[date, ...]:
    from dateutil.rrule import rrulestr

    found = rrulestr(rule, dtstart=datetime.combine(anchor, time()), ignoretz=True)
    return tuple(
        moment.date()
        for moment in found.between(datetime.combine(anchor, time()), datetime.combine(last, time()), inc=True)
    )


class Recurrence(NamedTuple):
    """The days of a recurring task: all that *rrule* gives from *first* to *until*, both included (None: open)."""

    rrule: str
    first: date
    until: date | None = None

    def through(self, last: date) -> tuple[tuple[date, ...], int, int]:
        """The days up to *last*: a tuple that many tasks share, and from where to where in it this one's stand."""
        if self.until is not None and self.until < last:
            last = self.until
        days = self.expanded(last)
        low = bisect_left(days, self.first)
        return days, low, max(low, bisect_right(days, last))

    @property
    def shared(self) -> tuple[str, date]:
        """What this task's days have in common with those of others: a plain rule, and the day it is expanded from."""
        return _anchored(self.rrule, self.first)

    def expanded(self, last: date) -> tuple[date, ...]:
        """The days that all tasks with the same `shared` have, up to *last* at least."""
        return _expanded(*self.shared, max(last, self.first).year)

    def between(self, first: date, last: date) -> Sequence[date]:
        """The days from *first* to *last*, both included."""
        days, low, high = self.through(last)
        return days[bisect_left(days, first, low, high) : high]

    def before(self, day: date) -> Sequence[date]:
        """All the days before *day*."""
        return self.between(self.first, day - timedelta(days=1))

    def first_open_from(self, day: date, settled: Collection[date]) -> date | None:
        """The first day from *day* on that is not in *settled*; None where the rule has ended."""
        reach = timedelta(days=62)
        while reach <= _HORIZON:
            for found in self.between(day, max(day, self.first) + reach):
                if found not in settled:
                    return found
            if self.until and self.until < day + reach:
                return None
            reach *= 8
        return None


@lru_cache(maxsize=65536)
def _anchored(rrule: str, first: date) -> tuple[str, date]:
    """The explicit rule, and the day that it is expanded from: the same for all tasks of a decade where it can be."""
    text, first_text = _texts(rrule)
    anchor = date(first.year - first.year % 10 if first_text is None else first.year, 1, 1)
    if first_text is None:
        return text, anchor
    coming = _days(first_text, anchor, date(first.year + 4, 12, 31))
    at = bisect_left(coming, first)
    return text, coming[at] if at < len(coming) else date.max


@lru_cache(maxsize=65536)
def _expanded(text: str, anchor: date, last_year: int) -> tuple[date, ...]:
    """Days up to the end of a year, so that tasks with the same rule share the work."""
    return _days(text, anchor, date(last_year, 12, 31)) if anchor < date.max else ()
