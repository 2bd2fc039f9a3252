"""Settings of reading → the processes, here or on other machines, that read within them.

In: the section [reading] of the settings, and where to read. Out: a pool: `seconds = 60` refuses a file that takes
longer, with "đọc quá 60 giây; hãy tách nhỏ tệp hoặc tăng giới hạn thời gian đọc trong cài đặt ([reading] seconds)".
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from extractor.blocks import Limits
from extractor.guard import Bounds, Guard
from extractor.guard_pool import GuardPool
from tracker.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.cluster import ClusterPool
    from extractor.guard import IsKnown
    from tracker.settings import Reading

_MEGABYTE = 1_000_000


class Where(NamedTuple):
    """Where files are read.

    Attributes:
        jobs: files that are read side by side on this machine; None as the settings say.
        cluster: address of a Dask scheduler, or "local:N"; None for this machine alone.
        shared: the machines of the cluster see the files under the same paths.
    """

    jobs: int | None = None
    cluster: str | None = None
    shared: bool = False


def pool_of(
    reading: Reading,
    where: Where,
    files: int,
    page_done: Callable[[], None] | None = None,
    is_known: IsKnown | None = None,
) -> GuardPool | ClusterPool:
    """The processes that read so many files within the limits of the settings, not yet started.

    Args:
        reading: settings.
        where: they read.
        files: that are to be read: on this machine a process for each, up to the number of jobs.
        page_done: called after each page recognised, from several threads.
        is_known: as in `GuardPool`.

    Raises:
        WrongUsageError: options that contradict each other.
    """
    if where.shared and where.cluster is None:
        raise WrongUsageError("--shared nói về các máy của một cụm", "thêm --cluster ĐỊA_CHỈ, hoặc bỏ --shared")
    if where.jobs is not None and where.cluster is not None:
        raise WrongUsageError("--jobs là số tệp đọc cùng lúc ở máy này", "bỏ một trong hai: --jobs hoặc --cluster")
    bounds = Bounds(seconds=reading.seconds, memory=reading.memory * _MEGABYTE)
    if where.cluster is not None:
        from extractor.cluster import ClusterPool

        limits = replace(_limits_of(reading), ocr_at_a_time=1)
        return ClusterPool(where.cluster, limits, bounds, is_known, where.shared)
    cores = _cores()
    size = min(where.jobs or reading.jobs or cores, files)
    limits = replace(_limits_of(reading), page_done=page_done, ocr_at_a_time=max(1, cores // size))
    return GuardPool(lambda: Guard(limits, bounds), size, is_known)


def _cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _limits_of(reading: Reading) -> Limits:
    return Limits(
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
    )
