"""The level and upright rules of a scanned page, also faint, broken and sloping ones, and the pixels they cover.

In: a page in grey, upright, on even paper. Out: rules as `ruled` takes them, in points. A copy of a copy has dotted
hair lines for the rules of its table: without them the words of its cells run together.

A rule is dark along nearly all of a window (`_INCHES`). A faint one is darker than the paper on both its sides along
most of a longer window: of the rows of a line of words less than 0.65 are, because letters stand upright (measured on
four pages, a window of 0.8 inches).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy

from extractor.blocks.ruled import rule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.blocks.ruled import Rule

_POINTS = 72.0  # to the inch
_DARK = 140  # of 255: ink
_INCHES = 0.4  # a shorter dark line may be a letter
_FILLED = 0.9  # of its length that is dark
_FAINT_INCHES = 0.8
_FAINT_FILLED = 0.7
_BROKEN_INCHES = 0.15  # along a faint rule; a row of one line is higher
_BROKEN_FILLED = 0.4
_GAP_INCHES = 0.1  # without a dot: the rule ends
_PIECE_INCHES = 0.17  # less than a row of one line; a shorter piece is a letter over the end of a rule
_BESIDE_INCHES = 0.03  # where the paper beside a hair line is looked at
_RIDGE = 40  # of 255: by how much it is lighter
_NEAR = 2  # rows: of one rule
_THICK_INCHES = 0.05  # a thicker bar is a picture's
_SLOPE = 0.012  # of its length: how far a rule climbs on a page that is not flat


@dataclass(slots=True)
class _Bar:
    """A dark bar in pixels, and the stretches of single rows that it is made of."""

    x0: int
    top: int
    x1: int
    bottom: int
    rows: list[tuple[int, int, int]]


def find_rules(pixels: NDArray[numpy.uint8], dpi: int) -> tuple[list[Rule], NDArray[numpy.bool_]]:
    """The rules of a page, and which of its pixels they cover."""
    covered = numpy.zeros(pixels.shape, numpy.bool_)
    found: list[Rule] = []
    for bar in _bars(pixels, dpi):
        level = (bar.top + bar.bottom + 1) / 2
        found += rule(*(value * _POINTS / dpi for value in (bar.x0, level, bar.x1, level)))
        _cover(covered, bar)
    upright = covered.T  # a view: what is set there is set in the page
    for bar in _bars(numpy.ascontiguousarray(pixels.T), dpi):
        level = (bar.top + bar.bottom + 1) / 2
        found += rule(*(value * _POINTS / dpi for value in (level, bar.x0, level, bar.x1)))
        _cover(upright, bar)
    return found, covered


def _cover(covered: NDArray[numpy.bool_], bar: _Bar) -> None:
    """Marks the pixels of a bar and those next to them."""
    for y, x0, x1 in bar.rows:
        covered[max(0, y - 1) : y + 2, max(0, x0 - 1) : x1 + 2] = True


def _bars(pixels: NDArray[numpy.uint8], dpi: int) -> list[_Bar]:
    """The level bars of a page, strong and faint."""
    dark = pixels < _DARK
    length = round(_INCHES * dpi)
    stretches = _stretches(dark, _means(dark, length) >= _FILLED, length, length)
    faint = _faint(_ridges(pixels, round(_BESIDE_INCHES * dpi)), dpi)
    stretches += [one for one in faint if not _bridges(one, stretches, _GAP_INCHES * dpi)]
    bars: list[_Bar] = []
    for y, x0, x1 in sorted(stretches):
        near = next((bar for bar in bars if y - bar.bottom <= _NEAR and x0 <= bar.x1 and x1 >= bar.x0), None)
        if near is None:
            bars.append(_Bar(x0, y, x1, y, [(y, x0, x1)]))
            continue
        near.x0, near.x1, near.bottom = min(near.x0, x0), max(near.x1, x1), y
        near.rows.append((y, x0, x1))
    return [bar for bar in bars if bar.bottom - bar.top <= _THICK_INCHES * dpi + _SLOPE * (bar.x1 - bar.x0)]


def _bridges(faint: tuple[int, int, int], strong: list[tuple[int, int, int]], gap: float) -> bool:
    """Whether a faint stretch joins strong ones over a gap: a letter in a merged cell stands there, no rule."""
    y, x0, x1 = faint
    along = sorted((a, b) for at, a, b in strong if abs(at - y) <= _NEAR and a <= x1 and b >= x0)
    reach = along[0][1] if along else 0
    for a, b in along:
        if a - reach >= gap:
            return True
        reach = max(reach, b)
    return False


def _ridges(pixels: NDArray[numpy.uint8], away: int) -> NDArray[numpy.bool_]:
    """Pixels that are darker than those *away* above and below; the rows next to each count, where a line climbs."""
    rows = pixels.shape[0]
    light = numpy.pad(pixels, ((away, away), (0, 0)), constant_values=255)
    core = numpy.minimum.reduce([light[away + by : away + by + rows] for by in (-1, 0, 1)])
    beside = numpy.minimum(light[:rows], light[2 * away :])
    found: NDArray[numpy.bool_] = (beside >= _RIDGE) & (beside - _RIDGE >= core)  # bytes: nothing falls below 0
    return found


def _faint(ridges: NDArray[numpy.bool_], dpi: int) -> list[tuple[int, int, int]]:
    """The stretches of faint rules, each as far as the thinner dots of its row go on."""
    length, short, gap = (round(inches * dpi) for inches in (_FAINT_INCHES, _BROKEN_INCHES, _GAP_INCHES))
    sure = _stretches(ridges, _means(ridges, length) >= _FAINT_FILLED, length, gap)
    sure = [(y, x0, x1) for y, x0, x1 in sure if x1 - x0 >= _PIECE_INCHES * dpi]
    broken: dict[int, list[tuple[int, int]]] = {}
    rows = sorted({y for y, _, _ in sure})
    for y, x0, x1 in _stretches(ridges[rows], _means(ridges[rows], short) >= _BROKEN_FILLED, short, gap):
        broken.setdefault(rows[y], []).append((x0, x1))
    found = []
    for y, x0, x1 in sure:
        along = [(a, b) for a, b in broken[y] if a <= x1 and b >= x0]
        found.append((y, min([x0, *(a for a, _ in along)]), max([x1, *(b for _, b in along)])))
    return found


def _means(dark: NDArray[numpy.bool_], length: int) -> NDArray[numpy.float32]:
    """The share of each window of *length* pixels in a row that is dark."""
    sums = numpy.cumsum(numpy.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=numpy.int32)
    return ((sums[:, length:] - sums[:, :-length]) / length).astype(numpy.float32)


def _stretches(
    dark: NDArray[numpy.bool_], full: NDArray[numpy.bool_], length: int, gap: int
) -> list[tuple[int, int, int]]:
    """(row, first, last) dark pixel of the stretches of rows whose windows are *full*, parted at gaps of *gap* pixels.

    A window that is dark for the most part may lie over a row whose cells are merged, where an upright rule has a gap.
    """
    found = []
    for y in numpy.flatnonzero(full.any(axis=1)):
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], full[y].astype(numpy.int8), [0]))))
        for first, after in zip(edges[::2], edges[1::2], strict=True):
            inside = first + numpy.flatnonzero(dark[y, first : after + length - 1])
            for part in numpy.split(inside, numpy.flatnonzero(numpy.diff(inside) >= gap) + 1):
                found.append((int(y), int(part[0]), int(part[-1])))
    return found
