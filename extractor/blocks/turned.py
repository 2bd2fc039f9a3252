"""Text that does not stand upright on a PDF page: watermarks across it, stamps set aslant, words along its edge.

In: the characters of a page. Out: their lines, each read along its own base line: "TÀI LIỆU MẬT" drawn from corner to
corner. Such text is no part of the document's flow; the check on secrecy reads it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLANT = 0.2  # a steeper base line is a watermark's, or that of text turned aside
_SAME_LINE = 0.5  # of the widest character: how far those of one line lie apart across it
_GAP = 0.3  # of the wider neighbour: a space between words
_FLAT = 3.0  # degrees: base lines of one direction


@dataclass(frozen=True, slots=True)
class Turned:
    """A character that does not stand upright: the first two numbers of its matrix, its place, its advance in its font.

    In points, y upwards.
    """

    text: str
    a: float
    b: float
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A character in the frame of its own base line: how far along it and across it, in points."""

    text: str
    angle: int
    along: float
    across: float
    width: float


def is_upright(matrix: Sequence[float]) -> bool:
    """Whether a character with this text matrix (a, b, c, d, e, f) is part of the page's text."""
    return abs(matrix[1]) <= _SLANT * abs(matrix[0])


def turned_lines(turned: Sequence[Turned]) -> list[str]:
    """The lines of characters that do not stand upright or stand on their heads, in no particular order."""
    placed = [_placed(char) for char in turned]
    found: list[str] = []
    for _, alike in groupby(sorted(placed, key=lambda p: (p.angle, p.across)), key=lambda p: p.angle):
        line: list[_Placed] = []
        for one in alike:
            if line and one.across - line[-1].across > _SAME_LINE * max(other.width for other in line):
                found.append(_text(line))
                line = []
            line.append(one)
        found.append(_text(line))
    return found


def _placed(char: Turned) -> _Placed:
    """One character, its page turned so that its base line is level."""
    turn = round(math.degrees(math.atan2(char.b, char.a)) / _FLAT)
    angle = math.radians(turn * _FLAT)
    along = char.x * math.cos(angle) + char.y * math.sin(angle)
    across = char.y * math.cos(angle) - char.x * math.sin(angle)
    return _Placed(char.text, turn, along, across, max(math.hypot(char.a, char.b) * char.advance, 1.0))


def _text(line: list[_Placed]) -> str:
    """The text of one line."""
    parts: list[str] = []
    before: _Placed | None = None
    for one in sorted(line, key=lambda p: p.along):
        if before is not None and one.along - before.along - before.width > _GAP * max(one.width, before.width):
            parts.append(" ")
        parts.append(one.text)
        before = one
    return "".join(parts)
