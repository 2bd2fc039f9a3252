"""What a package hands over, and how much of it may be taken out.

In: names and bytes as a package holds them. Out: `Item`s with names fit to be shown ("..\\..\\công văn.docx" → "công
văn.docx"), counted against one `Budget` for the package and all packages inside it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.errors import ExtractionError, TooLargeError

if TYPE_CHECKING:
    from extractor.blocks.source import Limits

_TODO = "hãy giải nén rồi đưa từng tệp vào"
_LONGEST = 120  # characters of a name
# Files that programs leave beside documents, and signatures apart from what they sign.
_NO_DOCUMENT = re.compile(
    r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|~\$[^/]*|\.~lock\.[^/]*|\._[^/]*)|.*\.(?:p7s|asc|sig|vcf|ics)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a package: its bytes, or why it cannot be taken out."""

    name: str
    data: bytes = b""
    refusal: ExtractionError | None = None


@dataclass(slots=True)
class Budget:
    """What may still be taken out of a package and of those inside it.

    Attributes:
        limits: the settings.
        members: documents taken out so far.
        unpacked: their size in bytes.
    """

    limits: Limits
    members: int = 0
    unpacked: int = 0

    def take(self, size: int) -> None:
        """Counts one document of *size* bytes.

        Raises:
            TooLargeError: too many, or too large together.
        """
        self.members += 1
        self.unpacked += size
        if self.members > self.limits.members:
            raise TooLargeError(f"gói có hơn {self.limits.members} tệp", _TODO)
        if self.unpacked > self.limits.unpacked_bytes:
            raise TooLargeError(f"gói giải nén ra hơn {self.limits.unpacked_bytes // 1_000_000} MB", _TODO)

    def checked(self, name: str, data: bytes) -> Item:
        """A document that has been taken out, refused if it is too large for one file."""
        self.take(len(data))
        if len(data) > self.limits.file_bytes:
            limit = self.limits.file_bytes // 1_000_000
            refusal = TooLargeError(f"tệp lớn {len(data) // 1_000_000} MB, quá giới hạn {limit} MB", "hãy tách nhỏ tệp")
            return Item(name, b"", refusal)
        return Item(name, data)


def is_document(name: str) -> bool:
    """Whether a file may be a document by its name: no system file, no lock file, no signature."""
    return _NO_DOCUMENT.fullmatch(name.replace("\\", "/")) is None


def shown_name(name: str) -> str:
    """A name fit to be shown: no folders outside the package, no control characters, not too long."""
    cleaned = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in name)
    parts = [part.strip() for part in cleaned.replace("\\", "/").split("/")]
    kept = [part for part in parts if part not in {"", ".", ".."} and not re.fullmatch("[A-Za-z]:", part)]
    text = " ".join("/".join(kept).split()) or "không tên"
    if len(text) <= _LONGEST:
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}")
