"""Deadlines as offices write them, each with its value by the rules of the gold files.

In: dice, the year of the plan, the day from which on it may fall. Out: a `Due`.

>>> quarter(random.Random(1), 2026, date(2026, 1, 5)).value[:4]
'2026'
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_ROMAN = ("I", "II", "III", "IV")
_HALVES = (("6 tháng đầu năm", 6), ("6 tháng cuối năm", 12))


@dataclass(frozen=True, slots=True)
class Due:
    """The words, their value in a script ("2026-03-31", "FREQ=…", "ongoing", "relative"), the day if there is one."""

    words: str
    value: str
    day: str | None = None

    @property
    def truth(self) -> str:
        """As a script says it."""
        return f"{self.words} = {self.value}"


def _on(words: str, day: date, start: date | None = None) -> Due:
    value = day.isoformat() if start is None else f"{start.isoformat()}..{day.isoformat()}"
    return Due(words, value, day.isoformat())


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _later_month(dice: random.Random, year: int, after: date) -> int:
    """A month of *year* that ends after *after*."""
    first = after.month + 1 if after.year == year else 1
    return dice.randint(min(first, 12), 12)


def quarter(dice: random.Random, year: int, after: date) -> Due:
    """ "Quý III/2026", "Quý III năm 2026", "Trong quý III/2026"; without a year it is the plan's."""
    n = (_later_month(dice, year, after) - 1) // 3
    shapes = (
        "Quý {q}/{y}",
        "Quý {q}/{y}",
        "Quý {q}/{y}",
        "Quý {q} năm {y}",
        "Quý {q}",
        "Trong quý {q}/{y}",
        "Quý {n}/{y}",
    )
    shape = dice.choice((*shapes, "Đến hết quý {q}/{y}"))
    return _on(shape.format(q=_ROMAN[n], n=n + 1, y=year), _last(year, 3 * n + 3))


def quarters(dice: random.Random, year: int, after: date) -> Due:
    """ "Quý II - III/2026", "Quý II, III năm 2026"."""
    n = min((_later_month(dice, year, after) - 1) // 3, 2)
    shape = dice.choice(("Quý {a} - {b}/{y}", "Quý {a}, {b} năm {y}", "Quý {a} - Quý {b}/{y}"))
    return _on(shape.format(a=_ROMAN[n], b=_ROMAN[n + 1], y=year), _last(year, 3 * n + 6), date(year, 3 * n + 1, 1))


def month(dice: random.Random, year: int, after: date) -> Due:
    """ "Tháng 7/2026", "Trong tháng 7", "Cuối tháng 7/2026", "7/2026"."""
    n = _later_month(dice, year, after)
    shape, day = dice.choice(
        (
            ("Tháng {m}/{y}", 31),
            ("Tháng {m}", 31),
            ("Trong tháng {m}/{y}", 31),
            ("Tháng {m} năm {y}", 31),
            ("{m}/{y}", 31),
            ("Cuối tháng {m}/{y}", 31),
            ("Giữa tháng {m}/{y}", 15),
            ("T{m}/{y}", 31),
            ("Đến hết tháng {m}/{y}", 31),
        )
    )
    last = _last(year, n)
    return _on(shape.format(m=n, y=year), min(last, last.replace(day=min(day, last.day))))


def months(dice: random.Random, year: int, after: date) -> Due:
    """ "Từ tháng 4 đến tháng 9/2026", "Tháng 4 - 9/2026"."""
    first = min(_later_month(dice, year, after), 10)
    end = dice.randint(first + 1, 12)
    shape = dice.choice(("Từ tháng {a} đến tháng {b}/{y}", "Tháng {a} - {b}/{y}", "Tháng {a} đến tháng {b}/{y}"))
    return _on(shape.format(a=first, b=end, y=year), _last(year, end), date(year, first, 1))


def day(dice: random.Random, year: int, after: date) -> Due:
    """ "Trước ngày 15/6/2026", "30/9/2026", "Chậm nhất 30/9", "Ngày 30 tháng 9 năm 2026"."""
    n = _later_month(dice, year, after)
    found = date(year, n, dice.choice((5, 10, 15, 20, 25, 28)))
    shape = dice.choice(
        (
            "{d}/{m}/{y}",
            "{d}/{m}/{y}",
            "Trước ngày {d}/{m}/{y}",
            "Trước {d}/{m}/{y}",
            "Trước ngày {d} tháng {m} năm {y}",
            "Chậm nhất {d}/{m}/{y}",
            "Trước {d}/{m}",
            "Ngày {d}/{m}/{y}",
            "Từ nay đến {d}/{m}/{y}",
        )
    )
    return _on(shape.format(d=_two(found.day), m=_month(found.month), y=year), found)


def _two(n: int) -> str:
    return f"{n:02d}"


def _month(n: int) -> str:
    """Months 1 and 2 with a 0 before them, as the rules of writing ask."""
    return f"{n:02d}" if n < 3 else str(n)


def whole_year(dice: random.Random, year: int, after: date) -> Due:
    """ "Năm 2026", "Trong năm 2026", "2026"."""
    shape = dice.choice(("Năm {y}", "Trong năm {y}", "{y}", "Đến hết năm {y}"))
    return _on(shape.format(y=year), date(year, 12, 31))


def years(dice: random.Random, year: int, after: date) -> Due:
    """ "2026 - 2028", "Giai đoạn 2026-2028"."""
    end = year + dice.randint(1, 4)
    shape = dice.choice(("{a} - {b}", "{a}-{b}", "Giai đoạn {a} - {b}", "Năm {a} - {b}"))
    return _on(shape.format(a=year, b=end), date(end, 12, 31), date(year, 1, 1))


def half(dice: random.Random, year: int, after: date) -> Due:
    """ "6 tháng đầu năm 2026"."""
    words, last = dice.choice(_HALVES)
    return _on(f"{words} {year}" if dice.random() < 0.6 else words, _last(year, last))


def recurring(dice: random.Random, year: int, after: date) -> Due:
    """ "Hằng tháng", "Hàng quý", "Trước ngày 20 hằng tháng"."""
    n, m = dice.choice((5, 10, 15, 20, 25)), dice.randint(4, 12)
    words, rule = dice.choice(
        (
            ("Hằng tháng", "FREQ=MONTHLY"),
            ("Hàng tháng", "FREQ=MONTHLY"),
            ("Hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
            ("Hàng quý", "FREQ=MONTHLY;INTERVAL=3"),
            ("Định kỳ 6 tháng, năm", "FREQ=MONTHLY;INTERVAL=6"),
            ("6 tháng/lần", "FREQ=MONTHLY;INTERVAL=6"),
            ("Hằng năm", "FREQ=YEARLY"),
            ("Hàng năm", "FREQ=YEARLY"),
            ("Hằng tuần", "FREQ=WEEKLY"),
            (f"Trước ngày {n:02d} hằng tháng", f"FREQ=MONTHLY;BYMONTHDAY={n}"),
            (f"Ngày {n:02d} hằng tháng", f"FREQ=MONTHLY;BYMONTHDAY={n}"),
            (f"Trước ngày {n:02d}/{m} hằng năm", f"FREQ=YEARLY;BYMONTH={m};BYMONTHDAY={n}"),
            ("Thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
            ("Định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
        )
    )
    return Due(words, rule)


def ongoing(dice: random.Random, year: int, after: date) -> Due:
    """ "Thường xuyên", "Từ quý III/2026", "Năm 2026 và các năm tiếp theo"."""
    words, start = dice.choice(
        (
            ("Thường xuyên", ""),
            ("Thường xuyên", ""),
            ("Thường xuyên, liên tục", ""),
            ("Liên tục", ""),
            (f"Năm {year} và các năm tiếp theo", f" {year}-01-01"),
            (f"Từ quý III/{year}", f" {year}-07-01"),
        )
    )
    return Due(words, f"ongoing{start}")


def relative(dice: random.Random, year: int, after: date) -> Due:
    """Counted from a day that the document does not know."""
    words = dice.choice(
        (
            "Trong 15 ngày kể từ ngày nhận được hồ sơ",
            "Trong 05 ngày làm việc kể từ ngày nhận được kiến nghị",
            "Sau khi Nghị định được ban hành",
            "Trước mùa mưa bão",
            "Trong vòng 24 giờ kể từ khi tiếp nhận thông tin",
        )
    )
    return Due(words, "relative")


def milestones(dice: random.Random, year: int, after: date) -> Due:
    """ "Dự thảo: tháng 5; ban hành: tháng 9/2026": the last binds."""
    first = min(_later_month(dice, year, after), 10)
    end = dice.randint(first + 1, 12)
    shape = dice.choice(
        (
            "Dự thảo: tháng {a}/{y}; ban hành: tháng {b}/{y}",
            "Xây dựng: tháng {a}; hoàn thành: tháng {b}/{y}",
            "Đợt 1: tháng {a}/{y}; đợt 2: tháng {b}/{y}",
        )
    )
    return _on(shape.format(a=first, b=end, y=year), _last(year, end))


def counted(dice: random.Random, year: int, after: date) -> Due:
    """ "30 ngày kể từ ngày ban hành Kế hoạch": the first count from *after* whose last day is a working day."""
    for count in dice.sample((20, 30, 45, 60, 90, 100), 6):
        found = after + timedelta(days=count)
        if found.weekday() < 5 and not _day_off(found):
            return _on(f"{count} ngày kể từ ngày ban hành Kế hoạch", found)
    return quarter(dice, year, after)


def _day_off(found: date) -> bool:
    """Days near a public holiday, where the count might be moved."""
    return (found.month, found.day) in {(1, 1), (1, 2), (4, 27), (4, 30), (5, 1), (9, 1), (9, 2), (11, 24)} or (
        found.month == 2
    )


_CELLS: tuple[tuple[Callable[[random.Random, int, date], Due], int], ...] = (
    (quarter, 30),
    (day, 22),
    (month, 14),
    (ongoing, 9),
    (recurring, 9),
    (months, 5),
    (quarters, 4),
    (whole_year, 4),
    (half, 3),
    (years, 3),
    (relative, 3),
    (milestones, 2),
    (counted, 3),
)


def cell(dice: random.Random, year: int, after: date) -> Due:
    """A deadline as a cell of a table or as the value of an assignment line."""
    make, _ = dice.choices(_CELLS, [weight for _, weight in _CELLS])[0]
    return make(dice, year, after)


def clause(dice: random.Random, year: int, after: date) -> Due:
    """A deadline as part of a sentence: "trước ngày 15/6/2026", "trong quý III năm 2026", "hằng quý"."""
    n = _later_month(dice, year, after)
    q = (n - 1) // 3
    found = date(year, n, dice.choice((5, 10, 15, 20, 25)))
    d, m = _two(found.day), _month(found.month)
    shapes = (
        (f"trước ngày {d}/{m}/{year}", found),
        (f"trước ngày {d} tháng {m} năm {year}", found),
        (f"chậm nhất ngày {d}/{m}/{year}", found),
        (f"chậm nhất là ngày {d} tháng {m} năm {year}", found),
        (f"trước {d}/{m}/{year}", found),
        (f"trong quý {_ROMAN[q]}/{year}", _last(year, 3 * q + 3)),
        (f"trong quý {_ROMAN[q]} năm {year}", _last(year, 3 * q + 3)),
        (f"trong tháng {n}/{year}", _last(year, n)),
        (f"trước tháng {n + 1}/{year}" if n < 12 else f"trong năm {year}", _last(year, n)),
        (f"trong năm {year}", date(year, 12, 31)),
    )
    words, last = dice.choice(shapes)
    return _on(words, last)


def rhythm(dice: random.Random, year: int, after: date) -> Due:
    """A recurring deadline as part of a sentence: "định kỳ hằng quý", "trước ngày 20 hằng tháng"."""
    n = dice.choice((5, 10, 15, 20, 25))
    words, rule = dice.choice(
        (
            ("định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
            ("định kỳ hằng tháng", "FREQ=MONTHLY"),
            ("định kỳ 6 tháng, năm", "FREQ=MONTHLY;INTERVAL=6"),
            (f"trước ngày {n:02d} hằng tháng", f"FREQ=MONTHLY;BYMONTHDAY={n}"),
            ("trước ngày 10/12 hằng năm", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"),
            ("vào thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
        )
    )
    return Due(words, rule)
