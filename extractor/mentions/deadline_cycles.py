"""Deadlines that come again: "định kỳ trước ngày 20 hằng tháng", "Định kỳ 03 tuần một lần (trước 9 giờ thứ Ba)".

In: a `Scene` and a position in it. Out: the `Reading`s of the longest phrase that starts there (two where one phrase
names two days that no single rule holds: "trước ngày 10/6 và 05/12 hằng năm").

>>> text = "trước ngày 20 hằng tháng"
>>> cycle_phrase(Scene(text, text, DeadlineContext(None)), 0)[0].rrule
'FREQ=MONTHLY;BYMONTHDAY=20'
"""

from __future__ import annotations

from dataclasses import replace

from extractor.mentions.deadline_cycle_days import NEXT, CycleDay, Within, cycle_day
from extractor.mentions.deadline_stretches import covered, stretch
from extractor.mentions.deadline_turns import LENGTH, Length, Turn, shortest, turn
from extractor.mentions.deadline_words import (
    EVERY,
    PERIODIC,
    QUARTER,
    TIME,
    WEEKDAY,
    DeadlineContext,
    Reading,
    Scene,
    clock,
    compiled,
)

__all__ = ["DeadlineContext", "Scene", "cycle_phrase"]

_PERIODIC_FIRST = compiled(rf"{PERIODIC}\s*,?\s*(?:vào )?(?P<open>\()?\s*")
# "6 tháng (trước ngày 15/6)", "năm: trước ngày 15/12", "báo cáo năm trước ngày 15/12"
_BARE_UNIT = compiled(
    rf"(?:(?P<list>{LENGTH})(?:(?: đầu)? năm)?\s*(?=[(:])|(?<=báo\scáo\s)(?P<report>{LENGTH})(?= (?:trước|chậm|vào)))"
)
_LINK = compiled(r"\s*(?:,|:|-|vào |là )?\s*(?:hoàn thành )?")
_OPEN = compiled(r"\s*,?\s*\(\s*")
_SHUT = compiled(r"\s*\)")
_OF = compiled(r"\s*,?\s*(?:của )?")
_WITHIN: dict[Within, tuple[Length, ...]] = {
    "day": (("day", 1), ("day", 2)),
    "week": (("week", 1), ("week", 2), ("week", 3), ("week", 4)),
    "month": (("month", 1), ("month", 2), ("month", 3), ("month", 6)),
    "quarter": (("month", 3),),
    "half": (("month", 6),),
    "year": (("month", 12), ("month", 6), ("month", 3), ("month", 1)),
}


def cycle_phrase(scene: Scene, at: int) -> tuple[Reading, ...]:
    """The longest recurring phrase that starts at *at*; empty if there is none."""
    best: tuple[Reading, ...] = ()
    for read in (_day_first, _turn_first, _day_alone):
        found = read(scene.words, at)
        if found and (not best or found[-1].end > best[-1].end):
            best = found
    return _bounded(scene, _timed(scene, best)) if best else best


_HOUR = compiled(rf"\s*,?\s*\(?(?:chậm nhất |trước |lúc )+{TIME}\)?")


def _timed(scene: Scene, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """As in "Chiều thứ Sáu hằng tuần (trước 16h00)": the hour is said last."""
    hour = _HOUR.match(scene.words, readings[-1].end)
    if hour is None or readings[-1].time:
        return readings
    return tuple(replace(reading, end=hour.end(), time=clock(hour)) for reading in readings)


def _day_first(words: str, at: int) -> tuple[Reading, ...]:
    """As in "(định kỳ) trước ngày 20 hằng tháng", "Quý I hằng năm", "định kỳ trước ngày 15/6 và 15/12"."""
    opened = _PERIODIC_FIRST.match(words, at)
    day = cycle_day(words, opened.end() if opened else at)
    if day is None:
        return ()
    link = _OF.match(words, day.end)
    again = turn(words, link.end()) if link else None
    if again is None or not _fits(day, again):
        again = _implied(day) if opened else None
    if again is None:
        return ()
    end = again.end
    if opened and opened["open"]:
        shut = _SHUT.match(words, end)
        if shut is None:
            return ()
        end = shut.end()
    return _built(at, end, day, again)


def _turn_first(words: str, at: int) -> tuple[Reading, ...]:
    """As in "hằng tháng (trước ngày 20)", "Hằng năm, trước ngày 15/12", "năm (trước ngày 15/12)", or a cycle alone."""
    named = turn(words, at)
    bare = _BARE_UNIT.match(words, at) if named is None else None
    if bare:
        named = Turn(bare.end(), shortest(bare["list"] or bare["report"]), sure=False)
    if named is None:
        return ()
    found = _in_brackets(words, named) or _linked(words, named)
    if found is None and (named.sure or _opens_clause(words, at)):
        found = _sent(words, named)
    if found:
        return _built(at, found[1], found[0], named)
    return () if bare else (_reading(at, named.end, named, named.part, None),)


def _in_brackets(words: str, named: Turn) -> tuple[CycleDay, int] | None:
    """The day in brackets after a cycle, the cycle perhaps said again: "(trước ngày 20 hàng tháng)"."""
    opened = _OPEN.match(words, named.end)
    day = cycle_day(words, opened.end()) if opened else None
    if day is None or not _fits(day, named):
        return None
    link = _OF.match(words, day.end)
    again = turn(words, link.end()) if link else None
    shut = _SHUT.match(words, again.end if again else day.end)
    return (day, shut.end()) if shut else None


# "Báo cáo định kỳ hằng quý, gửi Sở Nội vụ | trước ngày 15 của tháng cuối quý": what is sent, and to whom, in between
_SENDING = compiled(
    r"(?=[^.;\n(]{0,80}?(?<!\w)(?:báo cáo|gửi|về|nộp|trình)(?!\w))[^.;\n(]{1,90}? (?=(?:trước|chậm nhất) )"
)
_SENT_WITHIN: dict[Within, tuple[Length, ...]] = {
    "week": (("week", 1),),
    "month": (("month", 1),),
    "quarter": (("month", 3),),
    "half": (("month", 6),),
    "year": (("month", 12),),
}


def _linked(words: str, named: Turn) -> tuple[CycleDay, int] | None:
    """The day after a cycle: "hằng tuần vào thứ Sáu", "hằng tháng, trước ngày 25"."""
    link = _LINK.match(words, named.end)
    day = cycle_day(words, link.end()) if link else None
    return (day, day.end) if day and _fits(day, named) else None


def _opens_clause(words: str, at: int) -> bool:
    """Whether a cycle begins a clause ("Hằng năm, báo cáo …"), so that it marks no noun ("kế hoạch hằng năm")."""
    before = words[:at].rstrip(" -+*•")
    return not before or before[-1] in ";.:\n"


def _sent(words: str, named: Turn) -> tuple[CycleDay, int] | None:
    """The day that is said after whom something is sent to: "định kỳ hằng năm, gửi Sở Y tế trước ngày 10/12"."""
    sending = _SENDING.match(words, named.end)
    day = cycle_day(words, sending.end()) if sending else None
    return (day, day.end) if day and named.length in _SENT_WITHIN.get(day.within, ()) else None


_OWN_CYCLE = compiled(
    rf"ngày \S+\s*,?\s*(?:của )?(?:các )?tháng (?:đầu|cuối|thứ)|(?:của )?các tháng \d|"
    rf"tuần (?:thứ )?\S+ (?:cùng |tiên )?của tháng(?! \d)|{EVERY} (?:tuần|tháng|năm|{QUARTER})|(?:của )?tháng {NEXT}|"
    rf"ngày (?:làm việc )?cuối (?:cùng )?(?:của )?(?:tuần|tháng|{QUARTER})|"
    rf"{WEEKDAY}\s*,?\s*(?:của )?tuần"
)


def _day_alone(words: str, at: int) -> tuple[Reading, ...]:
    """A day that names its own cycle: "trước ngày 15 của tháng cuối quý", "cuối mỗi quý"."""
    day = cycle_day(words, at)
    if day is None or not _OWN_CYCLE.search(words, at, day.end):
        return ()
    return _built(at, day.end, day, _implied(day))


def _implied(day: CycleDay) -> Turn:
    """The cycle that a day needs by itself."""
    return Turn(day.end, _WITHIN[day.within][0])


def _fits(day: CycleDay, named: Turn) -> bool:
    """Whether a day can lie in the cycle: "ngày 20" fits a month or a quarter, not a week."""
    return named.length in _WITHIN[day.within]


def _built(at: int, end: int, day: CycleDay, named: Turn) -> tuple[Reading, ...]:
    return tuple(_reading(at, end, named, part, day) for part in day.parts)


def _reading(at: int, end: int, named: Turn, part: str, day: CycleDay | None) -> Reading:
    length = ("month", 12) if day and day.within == "year" else named.length
    return Reading(
        at,
        end,
        "cycle_day" if day else "cycle_sure" if named.sure else "cycle",
        "recurring",
        rrule=_rule(length, part),
        qualifier="before" if day and day.before else None,
        time=day.time if day else None,
        reasons=named.reasons,
    )


def _rule(length: Length, part: str) -> str:
    """Writes "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15" of ("month", 3) and "BYMONTHDAY=15"."""
    unit, size = length
    if unit == "month" and size % 12 == 0:
        unit, size = "year", size // 12
    frequency = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}[unit]
    interval = f";INTERVAL={size}" if size > 1 else ""
    return f"FREQ={frequency}{interval}" + (f";{part}" if part else "")


_BOUND = compiled(r"\s*(?:,|\(|-)?\s*(?P<key>(?:trong|từ|giai đoạn|bắt đầu từ|kể từ) )*")


def _bounded(scene: Scene, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """As in "Hằng năm, giai đoạn 2021-2025", "hằng quý trong năm 2026": the rule keeps the span beside it."""
    link = _BOUND.match(scene.words, readings[-1].end)
    if link is None or not (link["key"] or "(" in link[0]):
        return readings
    found = stretch(scene.words, link.end())
    dayly = found is not None and found.last.grain == "day" and found.first is found.last
    if found is None or dayly or found.last.year is None:
        return readings
    period, reasons = covered(found, scene.context)
    shut = _SHUT.match(scene.words, found.end) if "(" in link[0] else None
    if period is None or ("(" in link[0] and shut is None):
        return readings
    end = shut.end() if shut else found.end
    return tuple(
        replace(reading, end=end, start=period.start, due=period.end, reasons=(*reading.reasons, *reasons))
        for reading in readings
    )
