"""Settings of reading → the process that reads within them.

In: the section [reading] of the settings. Out: a `Guard`: `seconds = 60` refuses a file that takes longer, with
"đọc quá 60 giây; hãy tách nhỏ tệp hoặc tăng giới hạn thời gian đọc trong cài đặt ([reading] seconds)".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.blocks import Limits
from extractor.guard import Bounds, Guard

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.settings import Reading

_MEGABYTE = 1_000_000


def guard_of(reading: Reading, page_done: Callable[[], None] | None = None) -> Guard:
    """The guard with the limits of the settings, not yet started; it calls *page_done* after each page recognised."""
    limits = Limits(
        file_bytes=reading.file_size * _MEGABYTE,
        unpacked_bytes=reading.unpacked_size * _MEGABYTE,
        pages=reading.pages,
        cells=reading.cells,
        members=reading.members,
        depth=reading.depth,
        ratio=reading.ratio,
        convert_seconds=reading.convert_seconds,
        ocr_pages=reading.ocr_pages,
        ocr_seconds=reading.ocr_seconds,
        ocr_dpi=reading.ocr_dpi,
        number_confidence=reading.number_confidence,
        page_done=page_done,
    )
    return Guard(limits, Bounds(seconds=reading.seconds, memory=reading.memory * _MEGABYTE))
