"""A Word file that holds nothing but pictures → the blocks of the pages that they show, by recognition.

In: the bytes of a package and its pictures, such as a signed letter pasted page by page. Out: blocks as of a scanned
PDF; a picture that cannot be opened is a problem: "Ảnh thứ 2 trong tệp Word không mở được".
"""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING

from PIL import Image

from extractor.blocks import scan
from extractor.blocks.assembly import Content
from extractor.blocks.furniture import without_furniture
from extractor.blocks.page_flow import assemble
from extractor.blocks.source import BROKEN_ZIP
from extractor.errors import UnreadableError, UnsupportedError
from extractor.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.blocks.docx_pictures import Placed
    from extractor.blocks.source import Limits

_WIDTH, _WIDEST = 8.27, 17.0  # inches: A4; a picture shown wider than an A3 page lies
_MOST_PIXELS = 60_000_000  # A3 at 500 dpi
_SAME = 0.02  # of its size: not worth resampling
_NOTHING = "hãy xin bản rõ hơn, hoặc bản Word có chữ"
_DAMAGED = (
    *BROKEN_ZIP,
    SyntaxError,
    RuntimeError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def recognised(data: bytes, pages: Sequence[Placed], limits: Limits) -> Content:
    """The words of a file whose pages are pictures.

    Args:
        data: the package.
        pages: its pictures in order.
        limits: for recognition.

    Raises:
        UnsupportedError: Tesseract is not installed.
        UnreadableError: nothing could be recognised.
    """
    if scan.find_program() is None:
        raise UnsupportedError("tệp Word chỉ có ảnh (bản quét), chưa có Tesseract để nhận dạng chữ", scan.INSTALL)
    numbers = range(1, len(pages) + 1)
    lost: list[Problem] = []
    images = _images(data, pages[: limits.ocr_pages], limits.ocr_dpi, lost)
    read, problems = scan.read_images(images, numbers[limits.ocr_pages :], limits)
    problems += lost
    clean = without_furniture(read)
    blocks = assemble(clean)
    if not blocks:
        raise UnreadableError("tệp Word chỉ có ảnh, không nhận dạng được chữ nào", _NOTHING)
    beside = tuple(text for page in clean for text in page.beside)
    return Content(blocks, pages=len(pages), problems=tuple(problems), ocr=True, beside=beside)


def _images(data: bytes, pages: Sequence[Placed], dpi: int, lost: list[Problem]) -> Iterator[tuple[int, Image.Image]]:
    """The pictures at *dpi* with their numbers; those that cannot be opened are named in *lost*."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for number, page in enumerate(pages, start=1):
            image = _opened(archive, page, dpi)
            if image is not None:
                yield number, image
                continue
            message = f"Ảnh thứ {number} trong tệp Word không mở được, chữ trong ảnh không được đọc."
            lost.append(Problem("blocks", "picture_not_read", "high", message, page=number))


def _opened(archive: zipfile.ZipFile, page: Placed, dpi: int) -> Image.Image | None:
    """A picture at *dpi*; None if it is damaged, too large, or of a kind that is none of pixels (EMF)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(archive.read(page.part)))
            if image.width * image.height > _MOST_PIXELS:
                return None
            colour = image.convert("RGB")
    except _DAMAGED:
        return None
    ratio = (page.width if page.width <= _WIDEST else _WIDTH) * dpi / colour.width
    if abs(ratio - 1) <= _SAME:
        return colour
    size = (max(1, round(colour.width * ratio)), max(1, round(colour.height * ratio)))
    return colour.resize(size, Image.Resampling.LANCZOS) if size[0] * size[1] <= _MOST_PIXELS else None
