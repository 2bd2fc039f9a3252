"""The paths of a PDF page → lines, boxes and curves, with whether they show.

In: a path object of pdfium and its matrix. Out: a `Shape` for each piece of it that begins with a move: the rule below
"Độc lập - Tự do - Hạnh phúc" is a line, a cell's shading a filled box. White ink does not show.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from extractor.blocks.pdf_geometry import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from extractor.blocks.pdf_geometry import Handle, Matrix

_SAME = 0.001  # points: pdfium's numbers are of single precision
_WHITE = 252  # of 255 in red, green and blue alike
_CORNERS = 5  # points of a closed box, its first one twice


@dataclass(frozen=True, slots=True)
class Shape:
    """One piece of a path, in points, y downwards.

    Attributes:
        kind: "line" (a single stroke), "rect" (a closed box with level sides), or "curve" (anything else).
        stroked: whether its outline shows on white paper; of a line, whether the ink of outlines would.
        filled: whether its inside does.
    """

    kind: str
    x0: float
    top: float
    x1: float
    bottom: float
    stroked: bool
    filled: bool


def shapes_of(path: Handle, matrix: Matrix, height: float) -> Iterator[Shape]:
    """The pieces of a path.

    Args:
        path: pdfium's path object.
        matrix: from its space to the page's.
        height: of the page in points.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    inked = _shows(pdfium.FPDFPageObj_GetStrokeColor, path)
    filled = bool(fill.value) and _shows(pdfium.FPDFPageObj_GetFillColor, path)
    for points, bent in _pieces(path, matrix):
        kind = _kind(points, bent)
        xs, ys = [x for x, _ in points], [height - y for _, y in points]
        stroked = inked and (kind == "line" or bool(stroke.value))
        yield Shape(kind, min(xs), min(ys), max(xs), max(ys), stroked, filled)


def _shows(get: Callable[..., int], path: Handle) -> bool:
    """Whether a colour of a path shows on white paper; a pattern does."""
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    if not get(path, red, green, blue, opaque):
        return True
    return min(red.value, green.value, blue.value) < _WHITE


def _pieces(path: Handle, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The points of each piece as they stand on the page, ends of curves only, and whether it has curves."""
    points: list[tuple[float, float]] = []
    bent, controls = False, 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, bent
            points, bent, controls = [], False, 0
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            bent = True
            controls = (controls + 1) % 3  # two that it bends to, then its end
        if not controls:
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(placed(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and not _alike(points[0], points[-1]):
            points.append(points[0])
    if len(points) > 1:
        yield points, bent


def _kind(points: list[tuple[float, float]], bent: bool) -> str:
    """What a piece is."""
    if not bent and len(points) == 2 + _alike(points[0], points[-1]):
        return "line"
    if bent or len(points) != _CORNERS or not _alike(points[0], points[-1]):
        return "curve"
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), _ = points
    corners = ((x0, x1, y1, y2, x2, x3, y3, y0), (y0, y1, x1, x2, y2, y3, x3, x0))
    level = any(all(abs(a - b) < _SAME for a, b in zip(c[::2], c[1::2], strict=True)) for c in corners)
    return "rect" if level else "curve"


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two points are the same."""
    return abs(one[0] - other[0]) < _SAME and abs(one[1] - other[1]) < _SAME
