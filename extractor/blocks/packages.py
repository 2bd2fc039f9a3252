"""Packages of documents → their members: mails with attachments, zip files, edXML messages.

In: the path of any file. Out: `Member`s, each a document to be read for itself: "thư.eml" gives "thư.eml/nội dung
thư.txt" and "thư.eml/ke-hoach.docx"; a file that is no package gives itself. What cannot be taken out is a member
too, with its refusal. Nothing is written to disk, so a member named "../../x" leads nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from extractor.blocks import package_edxml, package_mail, package_zip
from extractor.blocks.package_items import Budget, Item
from extractor.blocks.source import Limits, load
from extractor.errors import ExtractionError, TooLargeError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE_SUFFIXES: frozenset[str] = frozenset({".zip", ".eml", ".mht", ".mhtml", ".edxml"})
_KINDS = (package_zip, package_edxml, package_mail)
_BETWEEN = "/"
_DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Member:
    """A document of a package.

    Attributes:
        name: as shown to the clerk: "thư.eml/ke-hoach.docx", "gói.zip/đợt 2/phụ lục.xlsx".
        data: its bytes; empty if it was refused.
        refusal: why it cannot be taken out, None if it was.
    """

    name: str
    data: bytes
    refusal: ExtractionError | None = None

    @property
    def stem(self) -> str:
        """The name of the document itself, without its suffix: "ke-hoach"."""
        return PurePath(self.name).stem


def unpack(path: Path, limits: Limits = _DEFAULT) -> list[Member]:
    """The documents in the file at *path*; the file itself where it is no package.

    Args:
        path: any file.
        limits: of one file, and `members`, `depth`, `ratio`, `unpacked_bytes` of all that is in a package.

    Raises:
        ExtractionError: the file cannot be opened, or is over a limit as a whole.
    """
    data = load(path, limits)
    return list(_members(Item(path.name, data), Budget(limits), 0))


def _members(item: Item, budget: Budget, depth: int) -> Iterator[Member]:
    """The members of one file; what goes wrong inside a package in a package is the inner one's refusal."""
    suffix = PurePath(item.name).suffix.lower()
    package = next((kind for kind in _KINDS if kind.is_package(item.data, suffix)), None)
    if package is None:
        yield Member(item.name, item.data)
        return
    if depth >= budget.limits.depth:
        raise TooLargeError(f"gói lồng nhau quá {budget.limits.depth} lớp", "hãy giải nén rồi đưa từng tệp vào")
    found = False
    for inner in package.items(item.data, budget):
        found = True
        name = f"{item.name}{_BETWEEN}{inner.name}"
        if inner.refusal is not None:
            yield Member(name, b"", inner.refusal)
            continue
        try:
            yield from _members(Item(name, inner.data), budget, depth + 1)
        except ExtractionError as refusal:
            yield Member(name, b"", refusal)
    if not found:
        raise UnreadableError("gói không có tệp văn bản nào", "hãy kiểm tra lại tệp gửi")
