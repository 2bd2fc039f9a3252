"""Places on a PDF page: matrices as pdfium gives them, and the boxes that they make.

In: pdfium's objects. Out: (a, b, c, d, e, f) of each, in points, y upwards: "Số: 12/KH-UBND" set in a form that stands
100 points up and 14 high has the matrix (14, 0, 0, 14, 0, 100).
"""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

Handle = ctypes.c_void_p  # of something of pdfium's, whatever its kind
Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that first does *inner*, then *outer*."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where *matrix* sets a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def matrix_of(found: Handle) -> Matrix:
    """The matrix of a page object: from its own space to that of the page, or of the form that holds it."""
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(found, m)
    return m.a, m.b, m.c, m.d, m.e, m.f


def square_of(matrix: Matrix, height: float) -> Box:
    """The box around the unit square as *matrix* draws it, on a page of *height* points."""
    corners = [placed(matrix, x, y) for x in (0, 1) for y in (0, 1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), height - max(ys), max(xs), height - min(ys)


def address_of(pointer: Handle) -> int:
    """Where an object lies: pdfium gives a new pointer to the same object at each call."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def upright_page(page: Handle) -> tuple[Matrix, float, float]:
    """The matrix that sets what is seen of a page upright at the origin; its width and height in points.

    Args:
        page: pdfium's.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    x0, x1 = sorted((box.left, box.right))
    y0, y1 = sorted((box.bottom, box.top))
    turns: tuple[Matrix, ...] = (
        (1, 0, 0, 1, -x0, -y0),
        (0, -1, 1, 0, -y0, x1),
        (-1, 0, 0, -1, x1, y1),
        (0, 1, -1, 0, y1, -x0),
    )
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    width, height = x1 - x0, y1 - y0
    return (turns[turn], height, width) if turn % 2 else (turns[turn], width, height)
