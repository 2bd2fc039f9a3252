"""Columns that stand side by side: the letterhead, and "Nơi nhận" beside the signature.

In: the lines of a page from top to bottom. Out: runs of lines: "ỦY BAN NHÂN DÂN / TỈNH …" beside "CỘNG HÒA XÃ HỘI … /
Độc lập …" become a left and a right column instead of one line read across both.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.blocks.joining import is_kind, join_lines, starts_item

if TYPE_CHECKING:
    from extractor.blocks.lines import Line

_GUTTER = 0.6  # of the size: the least width between two columns
_NARROW = 0.2  # of the size: the same, where both columns go on in the row
_TAB = 4.0  # of the size: the widest gap that a tab makes inside a line
_PAIR = re.compile(r"^\s*(?:Số|No)\b.*\||\|.*\bngày\b.*\bnăm\b|VIỆT NAM|Nơi nhận", re.IGNORECASE)
_OPENING = re.compile(r"(?:Số\b|V/v|Về việc|Nơi nhận|Kính gửi)|.*\bngày\b.*\btháng\b", re.IGNORECASE)
_BELOW = re.compile(r"Kính gửi", re.IGNORECASE)  # stands under the letterhead, in the middle of the page
_NOTICE = re.compile(r"Nơi nhận", re.IGNORECASE)
_DAY_BEGUN = re.compile(r"\bngày\b.*\b(?:ngày|tháng|năm)$")
_RUNNING = re.compile(r"V/v|Về việc|Kính gửi", re.IGNORECASE)
_STRETCHED = 1.8  # times the next gap: the gaps of a stretched line are alike
_NEAR = 1.3  # of the size: the white space above a line that still goes on with its column


@dataclass(slots=True)
class Run:
    """Lines in reading order.

    Attributes:
        left: the lines, or those of the left column.
        right: the lines of the right column; empty where there is one column only.
    """

    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Columns:
    """Two columns while they are read; `middle` parts them while the right one is still empty, in points."""

    middle: float
    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    rows: list[list[Line]] = field(default_factory=list)

    def take(self, row: list[Line]) -> bool:
        """Adds a row of lines if each keeps to one side and stands near the lines above it."""
        if any(_BELOW.match(line.text) or is_kind(line.text) for line in row):
            return False
        size = row[0].size
        middle = self._middle()
        left = [line for line in row if line.x0 + line.x1 < 2 * middle]
        right = [line for line in row if line.x0 + line.x1 >= 2 * middle]
        ours = max((line.x1 for line in self.left + left), default=0.0)
        theirs = min((line.x0 for line in self.right + right), default=math.inf)
        if ours + (_NARROW if left and right else _GUTTER) * size > theirs:
            return False
        bottom = max((line.bottom for line in self.left + self.right), default=row[0].top)
        if not (left and right) and row[0].top - bottom > _NEAR * size:
            return False
        self.left += [_one(left)] if left else []
        self.right += [_one(right)] if right else []
        self.rows.append(row)
        return True

    def _middle(self) -> float:
        """Where a line's middle tells its column."""
        if not (self.left and self.right):
            return self.middle
        return (max(line.x1 for line in self.left) + min(line.x0 for line in self.right)) / 2

    def run(self) -> Run:
        """The columns as a run; one column again where the gap was only a tab or a stretched line."""
        pairs = [row for row in self.rows if len(row) > 1]
        wide = any(b.x0 - a.x1 > _TAB * a.size for row in pairs for a, b in pairwise(row))
        known = any(_PAIR.search(" | ".join(line.text for line in row)) for row in self.rows)
        if self.right and (known or len(pairs) > 1 or wide):
            return Run(self.left, self.right)
        return Run([_one(row) for row in self.rows])


def runs_of(lines: list[Line], width: float) -> list[Run]:
    """Cuts the lines of a page into runs of one column and of two.

    Args:
        lines: in any order.
        width: of the page in points.
    """
    runs: list[Run] = []
    columns: _Columns | None = None
    for row in rows_of(lines):
        if columns is not None and columns.take(row):
            continue
        runs += [columns.run()] if columns is not None else []
        columns = _open(row, width)
        if columns is None:
            runs.append(Run([_one(row)]))
    return [*runs, columns.run()] if columns is not None else runs


def goes_on(above: Run, below: Run) -> Run | None:
    """The receivers and the signature of *above* with their lines on the next page; None where *below* is none of them.

    "Nơi nhận: … - Như trên;" beside "CHỦ TỊCH" at a page's foot; "- Lưu: VT." and the signatory's name on the next.
    """
    if not above.right or not any(_NOTICE.match(line.text) for line in above.left):
        return None
    if below.left[0].page != above.right[0].page + 1:
        return None
    right = min(line.x0 for line in above.right)
    lines = [*below.left, *below.right]
    ours = [line for line in lines if line.x1 <= right and starts_item(line.text)]
    theirs = [line for line in lines if line.x0 >= right and not is_kind(line.text)]
    if len(ours) + len(theirs) != len(lines):
        return None
    return Run([*above.left, *ours], [*above.right, *theirs])


def _one(row: list[Line]) -> Line:
    """Lines side by side as one line."""
    return replace(row[0], words=tuple(word for line in row for word in line.words))


def column_paragraphs(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The text and lines of each paragraph of a narrow column.

    Lines of names stay lines of their own ("ỦY BAN NHÂN DÂN\\nTỈNH …"); those of a sentence or a list item are joined.
    """
    found: list[tuple[str, list[Line]]] = []
    for line in lines:
        if not found or _opens(found[-1][1], line):
            found.append((line.text, [line]))
        else:
            text, above = found[-1]
            running = starts_item(text) or _RUNNING.match(text) is not None or _day_goes_on(text, line.text)
            found[-1] = (join_lines(text, line.text) if running else f"{text}\n{line.text}", [*above, line])
    return found


def _day_goes_on(above: str, below: str) -> bool:
    """Whether a long place leaves the rest of its day for the next line: "…, ngày 20 tháng 3 năm" / "2026"."""
    return _DAY_BEGUN.search(above) is not None and below[:1].isdigit()


def _opens(paragraph: list[Line], line: Line) -> bool:
    """Whether a line begins a new paragraph of a narrow column."""
    above = paragraph[-1]
    if starts_item(line.text) or _OPENING.match(line.text):
        return True
    if above.text.rstrip().endswith(":") or above.bold != line.bold:
        return True
    return line.top - above.bottom > 0.9 * line.size


def rows_of(lines: list[Line]) -> list[list[Line]]:
    """Lines that stand side by side, together: they cover more than half of each other's height."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda at: (at.top + at.bottom) / 2):
        above = rows[-1][0] if rows else None
        if above is not None and min(above.bottom, line.bottom) - max(above.top, line.top) > 0.5 * min(
            above.bottom - above.top, line.bottom - line.top
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda at: at.x0) for row in rows]


def _open(row: list[Line], width: float) -> _Columns | None:
    """Opens two columns at the widest gap of a row, or at a "Nơi nhận" that stands a little above the signature.

    None for any other single line, for a stretched one, for a label and its text.
    """
    if len(row) == 1:
        alone = _NOTICE.match(row[0].text) is not None and row[0].x1 < width / 2
        return _Columns(width / 2, [row[0]], [], [row]) if alone else None
    words = [word for line in row for word in line.words]
    gaps = sorted((b.x0 - a.x1 for a, b in pairwise(words)), reverse=True)
    if len(gaps) > 1 and gaps[0] < _STRETCHED * gaps[1]:
        return None
    at = max(range(1, len(row)), key=lambda k: row[k].x0 - row[k - 1].x1)
    if at == 1 and len(row[0].words) == 1 and starts_item(row[0].text + " a"):
        return None
    return _Columns(width / 2, [_one(row[:at])], [_one(row[at:])], [row])
