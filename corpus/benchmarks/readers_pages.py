"""Our reading of PDF pages by pdfium beside pdfplumber's by pdfminer: the same characters and rules, and how fast.

In: PDFs with text. Out: pages a second of both, and how many letters and shapes differ: "pdf: letters unlike
pdfplumber's  0 %". pdfplumber shares nothing with our reader of pages, so that it is the second opinion on it.
"""

from __future__ import annotations

import logging
import time
import unicodedata
from typing import TYPE_CHECKING, Any

import pdfplumber
import pypdfium2

from corpus.benchmarks.figures import Figure
from corpus.benchmarks.readers_measures import error_rate
from extractor.blocks.pdf_page import Drawing, draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NEAR = 0.5  # points
_ALL = 1_000_000  # objects: none of the page's is taken for an annotation


def same_pages(files: Sequence[Path]) -> list[Figure]:
    """The figures of both on the same files, which have text and no annotations."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd font on stderr
    pairs: list[tuple[Drawing, dict[str, list[dict[str, Any]]]]] = []
    seconds = [0.0, 0.0]
    for path in files:  # one after the other on each file: a busy machine slows both alike
        began = time.process_time()
        ours = list(_drawn(path))
        middle = time.process_time()
        theirs = list(_plumbed(path))
        seconds = [seconds[0] + middle - began, seconds[1] + time.process_time() - middle]
        pairs += zip(ours, theirs, strict=True)
    letters = [error_rate(_letters(char["text"] for char in page["char"]), _drawn_letters(own)) for own, page in pairs]
    shapes = [_shapes_right(page, own) for own, page in pairs]
    total = sum(count for _, count in shapes)
    return [
        Figure("pdf: characters and rules, ours", len(pairs) / seconds[0], "pages/s", "by pdfium, of processor time"),
        Figure("pdf: characters and rules, pdfplumber", len(pairs) / seconds[1], "pages/s", "peer, by pdfminer"),
        Figure(
            "pdf: letters unlike pdfplumber's",
            100 * sum(wrong for wrong, _ in letters) / max(sum(count for _, count in letters), 1),
            "%",
            f"to be 0; {sum(count for _, count in letters)} letters",
        ),
        Figure(
            "pdf: shapes as pdfplumber's",
            100 * sum(right for right, _ in shapes) / max(total, 1),
            "%",
            f"to be 100; {total} shapes",
        ),
    ]


def _drawn(path: Path) -> Iterator[Drawing]:
    document = pypdfium2.PdfDocument(path)
    try:
        for at in range(len(document)):
            page = document[at]
            yield draw(page, at + 1, _ALL)
            page.close()
    finally:
        document.close()


def _plumbed(path: Path) -> Iterator[dict[str, list[dict[str, Any]]]]:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            yield {kind: page.objects.get(kind, []) for kind in ("char", "line", "rect", "curve")}
            page.close()


def _letters(texts: Iterator[str]) -> str:
    """All that is no space, in the order it was drawn, composed."""
    return unicodedata.normalize("NFC", "".join("".join(texts).split()))


def _drawn_letters(page: Drawing) -> str:
    return _letters(glyph.text for glyph in page.glyphs)


def _shapes_right(theirs: dict[str, list[dict[str, Any]]], ours: Drawing) -> tuple[int, int]:
    """How many shapes of pdfplumber's stand in our drawing, in their order and kind; and their number."""
    right = 0
    for kind in ("line", "rect", "curve"):
        own = [(shape.x0, shape.top, shape.x1, shape.bottom) for shape in ours.shapes if shape.kind == kind]
        boxes = [(shape["x0"], shape["top"], shape["x1"], shape["bottom"]) for shape in theirs[kind]]
        pairs = zip(own, boxes, strict=False)
        right += sum(all(abs(a - b) < _NEAR for a, b in zip(*pair, strict=True)) for pair in pairs)
    return right, sum(map(len, theirs.values())) - len(theirs["char"])
