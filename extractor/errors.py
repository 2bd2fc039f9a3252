"""What can go wrong with one document, as one tree; each error says what and what to do, in Vietnamese.

    ExtractionError                 one document could not be read; the others go on (exit code 1)
    ├ UnreadableError               the bytes are empty, damaged or cut off
    ├ UnsupportedError              no reader for this format, or the reader's system package is missing
    ├ TooLargeError                 over a limit of size, pages, cells or time
    ├ ProtectedError                a password is needed
    ├ SecretError                   marked Mật, Tối mật or Tuyệt mật: must not be processed here
    └ DefectError                   our own defect: please report it

>>> str(UnreadableError("tệp rỗng", "hãy xin lại tệp từ nơi gửi"))
'tệp rỗng; hãy xin lại tệp từ nơi gửi'
"""

from __future__ import annotations


class ExtractionError(Exception):
    """One document could not be read.

    Args:
        what: what is wrong, in Vietnamese, without the file's name and without a full stop.
        todo: what the clerk should do next, in Vietnamese.
    """

    kind = "unreadable"

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(f"{what}; {todo}")
        self.what = what
        self.todo = todo

    def __reduce__(self) -> tuple[type[ExtractionError], tuple[str, str]]:
        """Errors travel between processes: without this, unpickling calls the class with one argument."""
        return type(self), (self.what, self.todo)


class UnreadableError(ExtractionError):
    """The bytes are empty, damaged or cut off."""


class UnsupportedError(ExtractionError):
    """No reader for this format, or the reader's system package is missing."""

    kind = "unsupported"


class TooLargeError(ExtractionError):
    """Over a limit of size, pages, cells or time."""

    kind = "too_large"


class ProtectedError(ExtractionError):
    """The file opens only with a password."""

    kind = "protected"


class SecretError(ExtractionError):
    """The document is marked Mật, Tối mật or Tuyệt mật (Luật 117/2025/QH15 Đ5): it must not be processed here."""

    kind = "secret"


class DefectError(ExtractionError):
    """Our own defect, met while reading this document."""

    kind = "defect"
