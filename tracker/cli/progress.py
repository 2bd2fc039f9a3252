"""How far reading has come: one bar on stderr.

In: how many files there are, then each file as it is done and each page as it is recognised. Out, on a terminal only,
for several files or as soon as a scan is read:

    Đang đọc  [########------------]  812/2000  00:41:07  9120 trang, 4075 việc, 3 lỗi
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from types import TracebackType

_WIDTH = 18  # of the bar: the line shall fit 80 columns
_SEVERAL = 2  # files for which there is a bar from the start


class Progress:
    """What has been read so far; to be used in a `with` statement. Pages may be told by several threads.

    Attributes:
        pages: of the documents read; those of a scan are told one by one.
        tasks: found.
        failures: documents that could not be read.
    """

    def __init__(self, files: int, shown: bool) -> None:
        """Of so many files; nothing is drawn unless *shown*."""
        self.pages = self.tasks = self.failures = 0
        self._shown = shown
        self._is_up = False
        self._lock = threading.Lock()
        self._bar = typer.progressbar(
            length=files, label="Đang đọc", show_pos=True, show_percent=False, width=_WIDTH, file=sys.stderr,
            item_show_func=self._words,
        )  # fmt: skip
        self._files = files

    def __enter__(self) -> Progress:
        if self._shown and self._files >= _SEVERAL:
            self._bar.__enter__()
            self._is_up = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_up:
            self._bar.__exit__(kind, error, trace)

    def page(self) -> None:
        """A page of a scan has been recognised."""
        with self._lock:
            self.pages += 1
            if self._shown and not self._is_up:  # one file, and a long one
                self._bar.__enter__()
                self._is_up = True
            if self._is_up:
                self._bar.render_progress()

    def document(self, pages: int, tasks: int) -> None:
        """A document has been read, with so many pages that `page` has not told."""
        with self._lock:
            self.pages += pages
            self.tasks += tasks

    def failure(self) -> None:
        """A document could not be read."""
        with self._lock:
            self.failures += 1

    def file(self) -> None:
        """A file has come to its end."""
        with self._lock:
            if self._is_up:
                self._bar.update(1)

    def _words(self, _: None) -> str:
        parts = [(self.pages, "trang"), (self.tasks, "việc"), (self.failures, "lỗi")]
        return ", ".join(f"{count} {what}" for count, what in parts if count)
