"""A scanned page as a picture fit for recognition, and the rules of its tables.

In: a page of a PDF. Out: `Picture`: grey, upright, without red stamps and without rules; the rules apart, in points. A
red seal over "CHỦ TỊCH" is not seen in the red channel, where only dark ink is dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy
from PIL import Image

from extractor.blocks.ruled import rule, tables_from
from extractor.blocks.scan_paper import cleaned
from extractor.blocks.scan_rules import find_rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.blocks.ruled import Box, Rule

_POINTS = 72.0  # to the inch
_SMALL_WIDTH = 700  # pixels: wide enough to find the skew
_MOST_SKEW, _STEP = 3.0, 0.25  # degrees
_LEAST_SKEW = 0.2  # degrees: less is left as it is
_DARK = 140  # of 255
_BRIGHT, _REDDER = 110, 55  # of 255: red ink, also pale or over black
_REDDISH, _STILL_DARK = 25, 120  # of 255: a trace of red ink; black under it is darker
_LEAST_RED = 0.0002  # share of the page
_BLANK = 0.0005  # share of dark pixels: specks
_LEAST_CELLS = 4  # fewer make a stamp's frame, not a table
_SEAL = 60.0  # points: the widest gap that a seal burns
_AT_RULE = 4.0  # points


@dataclass(frozen=True, slots=True)
class Picture:
    """A page ready for recognition.

    Attributes:
        image: grey.
        dpi: its pixels to the inch.
        rules: as `ruled` takes them, in points.
        tables: the boxes of the cells of each table, in points.
        red: what is printed in red, black on white, as large as `image`; None where there is nothing.
    """

    image: Image.Image
    dpi: int
    rules: list[Rule]
    tables: list[list[Box]]
    red: Image.Image | None = None

    @property
    def is_blank(self) -> bool:
        """Whether the page holds hardly a dark pixel."""
        histogram = self.image.histogram()
        return sum(histogram[:_DARK]) < _BLANK * sum(histogram)

    @property
    def scale(self) -> float:
        """Points to the pixel."""
        return _POINTS / self.dpi


def prepare(page: Image.Image, dpi: int, turn: int = 0) -> Picture:
    """Makes a page ready.

    Args:
        page: in colour, as rendered.
        dpi: its pixels to the inch.
        turn: degrees by which it is to be turned to stand upright: 0, 90, 180 or 270.
    """
    colour = cleaned(page.convert("RGB"), dpi)
    if turn:
        colour = colour.rotate(turn, expand=True, fillcolor="white")
    angle = skew(colour.split()[0])
    if abs(angle) >= _LEAST_SKEW:
        colour = colour.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor="white")
    pixels = _without_red(colour)
    found, covered = find_rules(pixels, dpi)
    rules = _bridged(found)
    tables = [boxes for boxes in tables_from(rules) if len(boxes) >= _LEAST_CELLS]
    if tables:
        pixels[covered] = 255
    return Picture(Image.fromarray(pixels), dpi, rules, tables, red_ink(colour))


def _without_red(colour: Image.Image) -> NDArray[numpy.uint8]:
    """The red channel, in which only dark ink is dark, with the pale traces of a seal's edges made white.

    JPEG spreads colour over its neighbours: what was left of a ring took words under it from recognition.
    """
    red, green, blue = (numpy.asarray(channel).astype(numpy.int16) for channel in colour.split())
    near = red - numpy.maximum(green, blue) > _REDDISH
    for axis in (0, 1):
        near |= numpy.roll(near, 1, axis) | numpy.roll(near, -1, axis)
    return numpy.where(near & (red > _STILL_DARK), 255, red).astype(numpy.uint8)


def red_ink(colour: Image.Image) -> Image.Image | None:
    """What a page shows in red, black on white: seals, and stamps of secrecy and urgency; None where there is none."""
    red, green, blue = (numpy.asarray(channel).astype(numpy.int16) for channel in colour.split())
    ink = (red > _BRIGHT) & (red - numpy.maximum(green, blue) > _REDDER)
    if ink.mean() < _LEAST_RED:
        return None
    return Image.fromarray(numpy.where(ink, 0, 255).astype(numpy.uint8))


def _bridged(rules: list[Rule]) -> list[Rule]:
    """The rules with the gaps closed that a seal has burnt into them.

    A rule that ends between two crossing ones goes on to the next of them; one that ends at a crossing rule ends there:
    beside it the cells are merged.
    """
    found: list[Rule] = []
    for orientation, start, end, offset in (("h", "x0", "x1", "top"), ("v", "top", "bottom", "x0")):
        crossing = [r for r in rules if r["orientation"] != orientation]
        for at in (r for r in rules if r["orientation"] == orientation):
            stops = sorted(
                r[start] for r in crossing if r[offset] - _AT_RULE <= at[offset] <= r[_far(offset)] + _AT_RULE
            )
            low, high = _stop_before(stops, at[start]), _stop_after(stops, at[end])
            box = dict(at) | {start: low, end: high}
            found += rule(box["x0"], box["top"], box["x1"], box["bottom"])
    return found


def _far(offset: str) -> str:
    """The other end of a crossing rule: it runs along the axis that the offset is measured on."""
    return "bottom" if offset == "top" else "x1"


def _stop_before(stops: list[float], value: float) -> float:
    """Where a rule that begins at *value* begins in truth: at the crossing rule before it, if that is near enough."""
    if any(abs(stop - value) < _AT_RULE for stop in stops):
        return value
    return max((stop for stop in stops if 0 < value - stop < _SEAL), default=value)


def _stop_after(stops: list[float], value: float) -> float:
    """Where a rule that ends at *value* ends in truth."""
    return -_stop_before([-stop for stop in stops], -value)


def skew(grey: Image.Image) -> float:
    """Degrees by which a page is to be turned so that its lines stand level: the angle at which rows differ most."""
    ratio = min(1.0, _SMALL_WIDTH / grey.width)
    small = grey.resize((round(grey.width * ratio), round(grey.height * ratio)))
    ink = Image.fromarray(((numpy.asarray(small) < _DARK) * 255).astype(numpy.uint8))
    steps = round(_MOST_SKEW / _STEP)
    return max(
        (step * _STEP for step in range(-steps, steps + 1)), key=lambda angle: (_contrast(ink, angle), -abs(angle))
    )


def _contrast(ink: Image.Image, angle: float) -> float:
    """How much the rows of a picture differ from each other when it is turned."""
    rows = numpy.asarray(ink.rotate(angle)).sum(axis=1, dtype=numpy.int64)
    return float(numpy.square(numpy.diff(rows)).sum())
