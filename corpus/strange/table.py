"""The table of strange documents: what was right, what was missed, and what of all that the clerk is told.

In: verdicts by way. Out: lines of text, a row a way. Example: "columns unknown   1,203   0.861   0.640   41   0.95 …".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.judging import least_sure, tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.judging import Verdict

_COLUMNS = ("tasks", "right", "edits in", "missed", "under a", "right,", "wrong", "silent")
_BELOW = ("", "", "25 %", "", "warning", "warned", "dates", "")


def table(found: Mapping[str, list[Verdict]]) -> list[str]:
    """A row a way, and one for all of them."""
    everything = [one for verdicts in found.values() for one in verdicts]
    rows = [*found.items(), ("all", everything)]
    heads = [f"{'':<20}" + "".join(f"{word:>10}" for word in words) for words in (_COLUMNS, _BELOW)]
    return [*heads, *(_row(way, verdicts) for way, verdicts in rows)]


def _row(way: str, verdicts: Sequence[Verdict]) -> str:
    tasks = tasks_of(verdicts)
    missed = [under for one in verdicts for under in one.missed]
    right = [task for task in tasks if task.right]
    dates = [task for task in tasks if task.wrong_date]
    shares = (
        f"{len(tasks):>10,}",
        _share(len(right), len(tasks)),
        f"{least_sure(tasks):>10.3f}",
        f"{len(missed):>10}",
        _share(sum(missed), len(missed)),
        _share(sum(task.warned for task in right), len(right)),
        f"{len(dates):>10}",
        f"{sum(not task.date_reasons for task in dates):>10}",
    )
    return f"{way:<20}" + "".join(shares)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:>10.3f}" if whole else f"{'-':>10}"
