"""The chief's summary in words, with a chart that needs no picture.

In: a `Summary`. Out: a `Mail`, or none where there is no task at all. The chart is drawn by cells of a table with a
colour and a width each: mail programs show it at once, where they hide pictures until they are asked.

Example: "[Nhắc Việc] Tổng hợp tuần: 120 việc, 20 việc quá hạn (23/11/2026)".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.alerts.compose import template
from tracker.alerts.digest import CHIEF, Mail
from tracker.alerts.message import one_line
from tracker.alerts.wording import number, vietnamese

if TYPE_CHECKING:
    from datetime import date

    from tracker.alerts.weekly import Numbers, Summary
    from tracker.settings import Settings

COLOURS = (
    ("late", "quá hạn", "#b3261e"),
    ("in_time", "trong hạn", "#374151"),
    ("done_in_time", "xong đúng hạn", "#1d4ed8"),
    ("done_late", "xong quá hạn", "#15803d"),
    ("cancelled", "bị hủy", "#9ca3af"),
)
"""Colours in use in offices: quá hạn red, trong hạn black, hoàn thành đúng hạn blue, quá hạn green, hủy grey."""


class Bar(NamedTuple):
    """A piece of the chart: its colour and its share in percent."""

    colour: str
    percent: int


class Shown(NamedTuple):
    """A row of the report in words and colours."""

    name: str
    total: str
    undone: str
    in_time: str
    late: str
    done: str
    done_in_time: str
    done_late: str
    cancelled: str
    bars: tuple[Bar, ...]


def compose_weekly(found: Summary, recipient_name: str, period: date, settings: Settings) -> Mail | None:
    """The mail that tells the summary; None where there are no tasks.

    Args:
        found: the numbers.
        recipient_name: how the chief is addressed.
        period: the first day of the week that one mail is enough for.
    """
    if not found.office.total:
        return None
    values = {
        "name": recipient_name,
        "day": vietnamese(found.day),
        "since": vietnamese(found.since),
        "office_name": settings.office.unit or "",
        "office": shown(found.office),
        "units": [shown(row) for row in found.units],
        "others": number(found.others),
        "has_others": found.others > 0,
        "done": number(found.done),
        "became_late": number(found.became_late),
        "legend": [(words, colour) for _, words, colour in COLOURS],
    }
    late = f", {number(found.office.late)} việc quá hạn" if found.office.late else ""
    return Mail(
        recipient=CHIEF,
        name=recipient_name,
        kind="chief_weekly",
        day=found.day,
        addresses=settings.alerts.chief,
        unit_id=None,
        subject=f"[Nhắc Việc] Tổng hợp tuần: {number(found.office.total)} việc{late} ({vietnamese(found.day)})",
        text=template("weekly.txt").render(values),
        html=template("weekly.html").render(values),
        period=period,
    )


def shown(row: Numbers) -> Shown:
    """The row in words, with its chart."""
    return Shown(
        name=one_line(row.name),
        total=number(row.total),
        undone=number(row.in_time + row.late),
        in_time=number(row.in_time),
        late=number(row.late),
        done=number(row.done_in_time + row.done_late),
        done_in_time=number(row.done_in_time),
        done_late=number(row.done_late),
        cancelled=number(row.cancelled),
        bars=_bars(row),
    )


def _bars(row: Numbers) -> tuple[Bar, ...]:
    """Shares that sum up to 100; what is there at all is seen."""
    counts = [(getattr(row, field), colour) for field, _, colour in COLOURS if getattr(row, field)]
    percents = [max(1, round(100 * count / row.total)) for count, _ in counts]
    if percents:
        percents[percents.index(max(percents))] += 100 - sum(percents)
    return tuple(Bar(colour, percent) for (_, colour), percent in zip(counts, percents, strict=True))
