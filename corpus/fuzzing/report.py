"""The table of what the fuzzing found.

In: `Run`s. Out: a line a format, and under it each finding once, with the number that makes its file again:
"docx   10000 files  412 s   24 a second  read 7101  unreadable 2899  findings 0".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.fuzzing.watch import Run

_SHOWN = 5  # numbers of files beside a finding


def lines(run: Run) -> Iterator[str]:
    """The lines of one format."""
    if not run.files:
        yield f"{run.kind:<6} left out: the program that writes its samples, or reads them, is missing"
        return
    refused = {kind: count for kind, count in run.outcomes.items() if kind not in {"read", "finding"}}
    yield (
        f"{run.kind:<6} {run.files:>6} files {run.seconds:>6.0f} s {run.files / max(run.seconds, 0.001):>7.1f} a second"
        f"  slowest {run.slowest[0]:.1f} s (file {run.slowest[1]})  grew {run.growth / 1e6:.0f} MB"
        f"  read {run.outcomes['read']}"
        + "".join(f"  {kind} {count}" for kind, count in sorted(refused.items()))
        + f"  findings {run.outcomes['finding']}"
    )
    for what, numbers in sorted(run.findings.items(), key=lambda item: -len(item[1])):
        shown = ", ".join(map(str, numbers[:_SHOWN])) + (" …" if len(numbers) > _SHOWN else "")
        yield f"       {len(numbers)} × {what}: file {shown}"
