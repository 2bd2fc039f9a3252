"""Which files a command reads: the paths that a person names, folders walked, what cannot be read named.

In: paths (files, folders, or patterns where the shell does not expand them) and the suffixes that readers know. Out:
`Inputs`: files in a stable order, and what is refused with the reason.

A folder of an S3-compatible store ("s3://kho/2026/") is walked like any other; what is found there has the methods of a
path (`upath.UPath`), and is read by the machines of a cluster.

Example: a folder with "kế hoạch.pdf", "ảnh.heic" and Word's lock file "~$kế hoạch.docx" gives one file to read, one
line "ảnh.heic: không hỗ trợ loại tệp “.heic”; …", and nothing about the lock file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.errors import UnsupportedError
from tracker.errors import NotFoundError, TrackerError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from upath import UPath

_STORE = re.compile(r"s3:/+(.+)")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})


class Refused(NamedTuple):
    """A path that will not be read, and why."""

    path: Path | UPath
    error: Exception


class Inputs(NamedTuple):
    """The files to read, each once, in order; and what is refused."""

    files: tuple[Path | UPath, ...]
    refused: tuple[Refused, ...]


class UnreadableFolderError(TrackerError):
    """A folder whose content cannot be listed."""


def find(paths: Iterable[Path], suffixes: Collection[str]) -> Inputs:
    """Finds the files that *paths* name.

    A file that is named is read whatever its suffix (readers look at its bytes). In a folder, and in its folders, files
    with other suffixes are refused; hidden files and Office's lock files are passed over in silence.
    """
    files: dict[Path | UPath, None] = {}
    refused: list[Refused] = []
    for path in (found for named in paths for found in _expanded(named)):
        try:
            if path.is_dir():
                _sort(_walk(path, refused), suffixes, files, refused)
            elif path.exists():
                files[path] = None
            else:
                refused.append(
                    Refused(path, NotFoundError("không tìm thấy tệp hay thư mục này", "kiểm tra lại đường dẫn"))
                )
        except OSError:  # a folder above it that may not be entered, a name longer than the system allows
            refused.append(Refused(path, _closed("không mở được đường dẫn này")))
    return Inputs(tuple(files), tuple(refused))


def _sort(
    found: Iterable[Path | UPath], suffixes: Collection[str], files: dict[Path | UPath, None], refused: list[Refused]
) -> None:
    for path in found:
        if path.suffix.lower() in suffixes:
            files[path] = None
        else:
            refused.append(Refused(path, _unsupported(path, suffixes)))


def _closed(what: str) -> UnreadableFolderError:
    return UnreadableFolderError(what, "xin quyền đọc hoặc chép ra nơi khác")


def _unsupported(path: Path | UPath, suffixes: Collection[str]) -> UnsupportedError:
    known = ", ".join(sorted(suffixes))
    return UnsupportedError(f"không hỗ trợ loại tệp “{path.suffix or path.name}”", f"chuyển sang một trong: {known}")


def _expanded(path: Path) -> Sequence[Path | UPath]:
    """Windows' shells hand over "*.pdf" as it was typed; an address of a store has lost a slash by being a path."""
    address = _STORE.match(path.as_posix())
    if address:
        return [_stored(f"s3://{address[1]}")]
    if not any(sign in path.name for sign in "*?") or path.exists():
        return [path]
    return sorted(path.parent.glob(path.name)) or [path]


def _stored(address: str) -> UPath:
    try:
        from upath import UPath
    except ImportError:
        raise WrongUsageError(
            "máy này chưa cài phần đọc từ kho S3", 'cài bằng: pip install "nhacviec[cluster]"'
        ) from None
    return UPath(address)


def _walk(folder: Path | UPath, refused: list[Refused]) -> Iterator[Path | UPath]:
    if not isinstance(folder, Path):
        yield from sorted(
            path for path in folder.rglob("*") if not path.name.startswith((".", "~$")) and path.is_file()
        )
        return

    def note(error: OSError) -> None:
        place = Path(error.filename) if error.filename else folder
        refused.append(Refused(place, _closed("không mở được thư mục")))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _SYSTEM_FILES:
                yield Path(root, name)
