"""Lines of a page → paragraphs, over lines and over pages.

In: the lines of one column in reading order, with the margins of their page. Out: the lines of each paragraph: a line
that fills the column to its right margin goes on in the next; an indented one, a label ("a)", "-"), a wide gap, or room
left for the next line's first word begin a new one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from extractor.blocks.joining import (
    ends_open,
    ends_sentence,
    is_capitals,
    is_kind,
    starts_item,
    starts_lower,
    starts_opener,
)

if TYPE_CHECKING:
    from extractor.blocks.lines import Line

FEW = 8  # lines: too few to tell the margins of a page
_INDENT = 0.8  # of the size: a first line stands at least this far right of the margin
_EXTRA_GAP = 0.28  # of the size: more white space than between the lines of one paragraph


@dataclass(frozen=True, slots=True)
class Frame:
    """The column that lines stand in.

    Attributes:
        left, right: its margins in points.
        gap: the usual white space between two lines of one paragraph, in points.
        indent: where the first lines of paragraphs usually stand; None if unknown.
    """

    left: float
    right: float
    gap: float = 2.0
    indent: float | None = None

    def is_centered(self, line: Line) -> bool:
        """Whether a line stands in the middle with clear room on both sides."""
        if self.indent is not None and abs(line.x0 - self.indent) < 1.0:
            return False  # a short paragraph that ends in the right place by chance
        room = 1.5 * line.size
        return line.x0 - self.left > room and self.right - line.x1 > room and self.is_symmetric(line)

    def is_symmetric(self, line: Line) -> bool:
        """Whether the room on both sides of a line is the same, as in a title that fills its first line."""
        before, after = line.x0 - self.left, self.right - line.x1
        return abs(before - after) < max(1.2 * line.size, 0.05 * (before + after))


def frame_of(lines: list[Line], default: Frame | None = None) -> Frame:
    """The margins that most of the lines keep to.

    Args:
        lines: of one column, at least one unless *default* is given.
        default: taken where the lines are too few to tell.
    """
    if default is not None and len(lines) < FEW:
        return default
    rights = Counter(round(line.x1 / 3) for line in lines)
    lefts = Counter(round(line.x0 / 3) for line in lines)
    right = max((k for k, n in rights.items() if n >= max(2, 0.1 * len(lines))), default=max(rights))
    left = min((k for k, n in lefts.items() if n >= max(2, 0.1 * len(lines))), default=min(lefts))
    gaps = [b.top - a.bottom for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    gap = sorted(gaps)[len(gaps) // 4] if gaps else 2.0
    firsts = Counter(round(line.x0 / 3) for line in lines if round(line.x0 / 3) > left + 3)
    indent = next((k for k, n in firsts.most_common(1) if n >= max(3, 0.1 * len(lines))), None)
    return Frame(
        left=median(line.x0 for line in lines if round(line.x0 / 3) == left),
        right=median(line.x1 for line in lines if round(line.x1 / 3) == right),
        gap=gap,
        indent=None if indent is None else median(line.x0 for line in lines if round(line.x0 / 3) == indent),
    )


def paragraphs_of(lines: list[Line], frames: dict[int, Frame]) -> list[list[Line]]:
    """Groups lines into paragraphs.

    Args:
        lines: in reading order.
        frames: the column on each page.
    """
    found: list[list[Line]] = []
    for line in lines:
        if found and not begins(found[-1], line, frames[found[-1][-1].page], frames[line.page]):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def begins(paragraph: list[Line], line: Line, frame_above: Frame, frame: Frame) -> bool:
    """Whether *line* begins a new paragraph after *paragraph*."""
    above = paragraph[-1]
    if is_kind(above.text) or is_kind(line.text):
        return True
    if frame.is_centered(line) or frame_above.is_centered(above):
        return _begins_centered(paragraph, line, frame_above, frame)
    fits = frame_above.right - above.x1 > line.words[0].x1 - line.words[0].x0 + 0.5 * line.size
    if _is_apart(above, line, frame) and (fits or ends_sentence(above.text)):
        return True
    if above.bold != line.bold and fits and not starts_lower(line.text):
        return True
    if is_hanging(paragraph[0], line, frame_above):
        return starts_item(line.text)
    if line.x0 - frame.left > _INDENT * line.size:
        return not _goes_on_indented(paragraph, line, frame)
    if starts_item(line.text) or starts_opener(line.text):
        return fits or ends_sentence(above.text)
    return fits and (ends_sentence(above.text) or not (starts_lower(line.text) or ends_open(above.text)))


def is_hanging(first: Line, line: Line, frame: Frame) -> bool:
    """Whether *line* stands under the text after the label of *first* ("- Các Bộ: …" with its lines set in)."""
    if not starts_item(first.text) or len(first.words) < 2:
        return False
    return line.x0 - frame.left > 0.2 * line.size and abs(line.x0 - first.words[1].x0) < 0.4 * line.size


def _is_apart(above: Line, line: Line, frame: Frame) -> bool:
    """Whether more white space than usual stands between two lines of one page."""
    return above.page == line.page and line.top - above.bottom > frame.gap + _EXTRA_GAP * line.size


def _goes_on_indented(paragraph: list[Line], line: Line, frame: Frame) -> bool:
    """Whether an indented line still belongs to the paragraph: all of its lines are set in as far."""
    if starts_item(line.text) or starts_opener(line.text):
        return False
    above = paragraph[-1]
    if len(paragraph) > 1 or above.page == line.page:
        same = abs(above.x0 - line.x0) < 0.3 * line.size
        full = frame.right - above.x1 < line.words[0].x1 - line.words[0].x0 + 0.5 * line.size
        return same and full and not ends_sentence(above.text)
    return False


def _begins_centered(paragraph: list[Line], line: Line, frame_above: Frame, frame: Frame) -> bool:
    """The same for the centred lines of titles: one title keeps its look and its spacing."""
    above = paragraph[-1]
    if above.page != line.page or frame.is_centered(line) != frame_above.is_centered(above):
        # the last line of a full paragraph may be centred by chance, the first of a title may fill the column
        return not (starts_lower(line.text) and not ends_sentence(above.text))
    if above.bold != line.bold or above.italic != line.italic or starts_item(line.text):
        return True
    if is_capitals(above.text) != is_capitals(line.text) or abs(above.size - line.size) > 0.6:
        return True
    return line.top - above.bottom > frame.gap + 0.6 * line.size
