"""Lines of a page → paragraphs, over lines and over pages.

In: the lines of one column in reading order, with the margins of their page. Out: the lines of each paragraph: a line
that fills the column to its right margin goes on in the next; an indented one, a label ("a)", "-"), a wide gap, or room
left for the next line's first word begin a new one.
"""

from __future__ import annotations

import re
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
    from collections.abc import Callable, Iterable

    from extractor.blocks.lines import Line

_PART = re.compile(
    r"(?:[IVX]{1,5}|[A-HĐ]|\d{1,2})\s?[.)/–-]\s"
)  # "II. NHIỆM VỤ", "I- MỤC ĐÍCH": never within a paragraph
_STEP = 3.0  # points: positions nearer than this count as one
_SAME_MARGIN = 8.0  # points
_MIRRORED = 40.0  # points: the margins of left and right pages differ by less
_JUSTIFIED = 0.3  # share of the lines that end at the margin
FEW = 8  # lines: too few to tell the margins of a page
_INDENT = 0.8  # of the size: a first line stands at least this far right of the margin
_OTHER_SIZE = 0.6  # points
_TITLE_GAP = 0.4  # of the size: more white space than between the lines of one title
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
        if self.is_indented(line):
            return False  # a short paragraph that ends in the right place by chance
        room = 1.5 * line.size
        return line.x0 - self.left > room and self.right - line.x1 > room and self.is_symmetric(line)

    def is_indented(self, line: Line) -> bool:
        """Whether a line begins where the first lines of paragraphs do."""
        return self.indent is not None and abs(line.x0 - self.indent) < 1.0

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
    left = _usual([line.x0 for line in lines], min, 0.03)
    right = _right([line.x1 for line in lines])
    gaps = sorted(b.top - a.bottom for a, b in pairwise(lines) if a.page == b.page and b.top > a.top)
    gap = gaps[len(gaps) // 10] if gaps else 2.0
    if default is not None and (abs(right - default.right) < _SAME_MARGIN or right < default.right - _MIRRORED):
        left, right, gap = min(default.left, left), default.right, min(gap, default.gap)
    firsts = [line.x0 for line in lines if line.x0 > left + _SAME_MARGIN]
    counted = Counter(round(x / _STEP) for x in firsts).most_common(1)
    often = bool(counted) and counted[0][1] >= max(3, 0.1 * len(lines))
    indent = median(x for x in firsts if round(x / _STEP) == counted[0][0]) if often else None
    return Frame(left, right, gap, indent)


def _right(values: list[float]) -> float:
    """The right margin: where many lines end, or where the longest does in text that is not justified."""
    usual = _usual(values, max, 0.1)
    justified = sum(abs(value - usual) < _STEP for value in values) >= _JUSTIFIED * len(values)
    return usual if justified else max(usual, *values)


def _usual(values: list[float], outermost: Callable[[Iterable[int]], int], share: float) -> float:
    """The outermost position that at least two and *share* of the values keep to."""
    steps = Counter(round(value / _STEP) for value in values)
    often = [step for step, count in steps.items() if count >= max(2, share * len(values))]
    step = outermost(often or steps)
    return median(value for value in values if round(value / _STEP) == step)


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
    if is_kind(above.text) or is_kind(line.text) or (_PART.match(line.text) and is_capitals(line.text)):
        return True
    if all(at.bold for at in paragraph) and not any(word.bold for word in line.words) and not starts_lower(line.text):
        return True
    if frame.is_centered(line) or frame_above.is_centered(above):
        return _begins_centered(paragraph, line, frame_above, frame)
    fits = frame_above.right - above.x1 > line.words[0].x1 - line.words[0].x0 + 0.5 * line.size
    if _is_apart(above, line, frame) and (fits or ends_sentence(above.text)):
        return True
    if above.bold != line.bold and fits and not starts_lower(line.text):
        return True
    if not fits and is_hanging(paragraph, line, frame_above):
        return starts_item(line.text)
    if line.x0 - frame.left > _INDENT * line.size:
        return not _goes_on_indented(paragraph, line, frame)
    if starts_item(line.text) or starts_opener(line.text):
        return fits or ends_sentence(above.text)
    return fits and (ends_sentence(above.text) or not (starts_lower(line.text) or ends_open(above.text)))


def is_hanging(paragraph: list[Line], line: Line, frame: Frame) -> bool:
    """Whether *line* stands under the text of a labelled paragraph, right of its label ("- Các Bộ: …", lines set in).

    The line above it is taken to be full. One that ends a sentence may also be the last before an indented paragraph.
    """
    first, above = paragraph[0], paragraph[-1]
    if not starts_item(first.text) or len(first.words) < 2:
        return False
    if line.x0 - frame.left > 0.2 * line.size and abs(line.x0 - first.words[1].x0) < 0.4 * line.size:
        return True
    if line.x0 - first.x0 < 0.3 * line.size:
        return False
    aligned = len(paragraph) > 1 and abs(line.x0 - paragraph[1].x0) < 0.3 * line.size
    return aligned or starts_lower(line.text) or not ends_sentence(above.text)


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
        # a heading that fills its line, and the paragraph under it: "8. Sở Y tế, Công an tỉnh" / "Phối hợp với …"
        first = len(paragraph) == 1 and frame.is_indented(line) and not starts_lower(line.text)
        return same and full and not first and not ends_sentence(above.text)
    return False


def _begins_centered(paragraph: list[Line], line: Line, frame_above: Frame, frame: Frame) -> bool:
    """The same for the centred lines of titles: one title keeps its look and its spacing."""
    above = paragraph[-1]
    if _is_title(paragraph, frame_above) and above.page == line.page and frame.is_symmetric(line):
        return _is_new_title(above, line, frame)
    if above.page != line.page or frame.is_centered(line) != frame_above.is_centered(above):
        # the last line of a full paragraph may be centred by chance, the first of a title may fill the column
        return not (starts_lower(line.text) and not ends_sentence(above.text))
    return _is_new_title(above, line, frame)


def _is_title(paragraph: list[Line], frame: Frame) -> bool:
    """Whether a paragraph is a title of lines that fill the column or stand in its middle, all bold or all italic."""
    same = all(line.bold for line in paragraph) or all(line.italic for line in paragraph)
    return same and all(frame.is_symmetric(line) for line in paragraph)


def _is_new_title(above: Line, line: Line, frame: Frame) -> bool:
    """Whether a centred line looks another than the one above, or stands apart from it."""
    if above.bold != line.bold or above.italic != line.italic or starts_item(line.text):
        return True
    if is_capitals(above.text) != is_capitals(line.text) or abs(above.size - line.size) > _OTHER_SIZE:
        return True
    return line.top - above.bottom > frame.gap + _TITLE_GAP * line.size
