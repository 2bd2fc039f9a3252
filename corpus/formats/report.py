"""The figures of one format beside those of the originals, and what only this format gets wrong.

In: scored documents in a format and as they were written. Out: two lines a format: "scan-200   80  0.981  0.962 …" and
below it the difference to the originals of the same documents, "-0.012".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.score import f1_of, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from corpus.score import Scored

_NAME, _COUNT, _FIGURE = 12, 6, 10  # characters


@dataclass(frozen=True, slots=True)
class Compared:
    """One format: its documents, and the same ones as they were written."""

    kind: str
    rows: Sequence[Scored]
    originals: Mapping[str, Scored]


def heading(scorer: ModuleType) -> str:
    """The line above the figures."""
    return f"{'F1':{_NAME}}{'docs':>{_COUNT}}" + "".join(f"{name:>{_FIGURE}}" for name in scorer.FIGURES)


def lines(scorer: ModuleType, compared: Compared, errors: int) -> list[str]:
    """The two lines of a format, and up to *errors* differences a document that its original does not have."""
    same = [compared.originals[row.doc_id] for row in compared.rows]
    f1, before = f1_of(total(scorer, compared.rows)), f1_of(total(scorer, same))
    found = [
        f"{compared.kind:{_NAME}}{len(same):>{_COUNT}}" + "".join(f"{value:>{_FIGURE}.3f}" for value in f1.values()),
        " " * (_NAME + _COUNT) + "".join(f"{f1[name] - before[name]:>+{_FIGURE}.3f}" for name in f1),
    ]
    for row, original in zip(compared.rows, same, strict=True):
        new = [error for error in row.errors if error not in original.errors]
        found += [f"    {error}" for error in new[:errors]]
    return found
