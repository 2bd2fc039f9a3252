"""The figures that have been reached, set by set: they may only rise.

In: corpus/baseline.json. Out: what lies below it, and the file with what has improved.

Example: `{"shared": {"task": 0.95}, "tuning": {"task": 0.97}, "reserved": {"task": 0.94}}`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SETS = ("shared", "tuning", "reserved")
SLACK = 0.0005  # a figure may lie this far below the baseline: rounding of other library versions


def below(figures: Mapping[str, float], baseline: Mapping[str, float]) -> list[str]:
    """A line for each figure that lies below its baseline by more than `SLACK`."""
    return [
        f"{name}: {figures.get(name, 0.0):.4f} is below the baseline {least:.4f}"
        for name, least in baseline.items()
        if figures.get(name, 0.0) < least - SLACK
    ]


def raised(figures: Mapping[str, float], baseline: Mapping[str, float]) -> dict[str, float]:
    """The baseline with every figure at the higher of old and new: it never falls."""
    names = [*baseline, *(name for name in figures if name not in baseline)]
    return {name: max(figures.get(name, 0.0), baseline.get(name, 0.0)) for name in names}


def read_baseline(path: Path, name: str) -> dict[str, float]:
    """The recorded figures of the set *name* ("shared", "tuning" or "reserved"); empty where there are none yet."""
    if not path.exists():
        return {}
    recorded: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return recorded.get(name, {})


def write_baseline(path: Path, name: str, figures: Mapping[str, float]) -> None:
    """Records *figures* for the set *name* and leaves the other sets as they are; what is no set any more goes."""
    recorded = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    recorded = {known: held for known, held in recorded.items() if known in SETS}
    recorded[name] = dict(figures)
    path.write_text(json.dumps(recorded, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")
