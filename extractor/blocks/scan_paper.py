"""What paper and machine have added to a scanned page, taken off: shadows, yellow paper, a photocopier's specks.

In: a page in colour. Out: the same on evenly white paper: in a photograph whose right edge lies in shadow the words
there were lost ("2. Sở Nông nghiệp và" without its "Môi trường"), because grey paper passed for ink.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COARSE = 16  # pixels: letters vanish in squares of this size, shadows stay
_AROUND = 5  # squares: the lightest of them is paper
_SMOOTH = 2  # squares
_EVEN = 0.85  # of the lightest paper: as dark as that the darkest may be without being a shadow
_DARKEST = 90  # of 255: darker squares are pictures and bars, not paper in shadow
_PAPER = 250  # of 255
_DARK = 140  # of 255
_SPECK_INCHES = 0.015  # a full stop is larger
_LONELY_INCHES = 0.06  # round about a speck on bare paper
_RING = 3  # pixels of paper around a speck: a tone's dot stands nearer to its letter
# Squares on bare paper that hold a speck (nine for a speck of one pixel, four for one of two): a page with fewer is
# clean, and its smallest dots are writing.
_LEAST_LONELY = 100


def cleaned(page: Image.Image, dpi: int) -> Image.Image:
    """A page in colour on evenly white paper without specks.

    Args:
        page: in the mode "RGB".
        dpi: its pixels to the inch.
    """
    return _without_specks(_evenly_lit(page), dpi)


def _evenly_lit(page: Image.Image) -> Image.Image:
    """A page divided by the light of its paper; itself where that is even."""
    paper = [_paper_of(channel) for channel in page.split()]
    grey = numpy.asarray(paper[0])
    if grey.min() >= _EVEN * grey.max():
        return page
    channels = []
    for channel, light in zip(page.split(), paper, strict=True):
        under = numpy.asarray(light.resize(page.size, Image.Resampling.BICUBIC), numpy.float32)
        even = numpy.asarray(channel, numpy.float32) * (_PAPER / numpy.maximum(under, _DARKEST))
        channels.append(Image.fromarray(numpy.minimum(even, 255).astype(numpy.uint8)))
    return Image.merge("RGB", channels)


def _paper_of(channel: Image.Image) -> Image.Image:
    """How light the paper is, square by square."""
    squares = (max(1, channel.width // _COARSE), max(1, channel.height // _COARSE))
    small = channel.resize(squares, Image.Resampling.BOX)
    return small.filter(ImageFilter.MaxFilter(_AROUND)).filter(ImageFilter.GaussianBlur(_SMOOTH))


def _without_specks(page: Image.Image, dpi: int) -> Image.Image:
    """A page without the specks of a photocopier, if it has some on bare paper."""
    dark = numpy.asarray(page.split()[0]) < _DARK
    size, reach = max(2, round(_SPECK_INCHES * dpi)), round(_LONELY_INCHES * dpi)
    edge = reach + size
    sums = numpy.pad(dark, edge).cumsum(axis=0, dtype=numpy.int32).cumsum(axis=1, dtype=numpy.int32)
    if numpy.count_nonzero(_alone(sums, size, reach)) < _LEAST_LONELY:
        return page
    clear = numpy.zeros(sums.shape, numpy.bool_)
    found = _alone(sums, size, _RING)
    high, wide = found.shape
    for down, right in product(range(_RING + 1, _RING + 1 + size), repeat=2):
        clear[down : down + high, right : right + wide] |= found
    pixels = numpy.asarray(page).copy()
    pixels[clear[edge : edge + page.height, edge : edge + page.width] & dark] = 255
    return Image.fromarray(pixels)


def _alone(sums: NDArray[numpy.int32], size: int, margin: int) -> NDArray[numpy.bool_]:
    """Where squares of *size* pixels hold some ink, and all of what stands up to *margin* pixels around them.

    Args:
        sums: of the dark pixels above and left of each pixel, that one counted.
    """
    wide = size + 2 * margin
    outer = sums[wide:, wide:] - sums[:-wide, wide:] - sums[wide:, :-wide] + sums[:-wide, :-wide]
    inner = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    inner = inner[margin : margin + outer.shape[0], margin : margin + outer.shape[1]]
    found: NDArray[numpy.bool_] = (outer > 0) & (outer == inner)
    return found
