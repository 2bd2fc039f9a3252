"""A file's bytes and its true format, or the one line that says why not.

In: a path. Out: the bytes and a format name by content signature first and suffix second: a "kế hoạch.doc" that is in
truth a zip is read as .docx; an empty "công văn.pdf" is refused as "tệp rỗng".
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.errors import ProtectedError, TooLargeError, UnreadableError, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

READ = "các định dạng đọc được là .docx, .docm, .doc, .pdf, .xlsx, .html và .txt"
# What `zipfile` raises for a damaged archive; for one with a password it raises RuntimeError.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OSError, ValueError)
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b|<meta[^>]+charset", re.IGNORECASE)
_SECTOR, _WORD_MAGIC, _WORD_VERSIONS = 512, 0xA5EC, range(0x65, 0x113)  # of a .doc; Word 6 to 2007
_OPENING = 2048  # bytes in which a web page shows that it is one
_SUFFIXES = {
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".html": "html",
    ".htm": "html",
    ".txt": "txt",
}
_BROKEN = {
    "docx": "tệp không phải tệp Word .docx (không phải gói zip)",
    "doc": "tệp không phải tệp Word .doc",
    "pdf": "tệp không phải tệp PDF",
    "xlsx": "tệp không phải bảng tính Excel .xlsx (không phải gói zip)",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one file is read before it is refused.

    Attributes:
        file_bytes: size of the file.
        pages: pages of a PDF.
        cells: table cells of one document.
        unpacked_bytes: size of a zip package when unpacked (a zip bomb is refused before it is unpacked).
        members: documents in one package (.zip, .eml, edXML), those of packages inside it too.
        depth: how deep packages may lie in packages; 1 for none.
        ratio: how many times its packed size a packed file may have.
        convert_seconds: time that LibreOffice may take for one old Word file.
        ocr_pages: pages of one file that are recognised.
        ocr_seconds: time that recognition may take for one page.
        ocr_dpi: resolution at which pages are recognised.
        ocr_at_a_time: pages that are recognised at a time.
        number_confidence: of recognition, 0 to 1; a scan's number or day below it is left out.
        page_done: called after each page that has been recognised, to show or allow progress.
    """

    file_bytes: int = 50_000_000
    pages: int = 500
    cells: int = 200_000
    unpacked_bytes: int = 500_000_000
    members: int = 200
    depth: int = 3
    ratio: int = 200
    convert_seconds: float = 120.0
    ocr_pages: int = 100
    ocr_seconds: float = 60.0
    ocr_dpi: int = 200
    ocr_at_a_time: int = 2
    number_confidence: float = 0.25  # a handwritten "124" read right had 0.30
    page_done: Callable[[], None] | None = None


def load(path: Path, limits: Limits) -> bytes:
    """The bytes of the file at *path*.

    Raises:
        UnreadableError: there is no such file, it is empty, or we may not read it.
        TooLargeError: it is larger than `limits.file_bytes`.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnreadableError("đây là thư mục, không phải tệp", "hãy chọn tệp trong thư mục")
        if not path.is_file():  # a pipe or a device: reading it may never end
            raise UnreadableError("đây không phải tệp thường", "hãy chọn một tệp văn bản")
        if size > limits.file_bytes:
            raise TooLargeError(
                f"tệp lớn {size // 1_000_000} MB, quá giới hạn {limits.file_bytes // 1_000_000} MB",
                "hãy tách nhỏ hoặc nén lại tệp",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError("không tìm thấy tệp", "hãy kiểm tra lại đường dẫn") from None
    except PermissionError:
        raise UnreadableError(
            "không có quyền đọc tệp", "hãy cấp quyền đọc, hoặc đóng chương trình đang mở tệp rồi thử lại"
        ) from None
    except OSError as error:
        raise UnreadableError(f"không đọc được tệp ({error.strerror})", "hãy kiểm tra ổ đĩa rồi thử lại") from None
    if not data:
        raise UnreadableError("tệp rỗng", "hãy xin lại tệp từ nơi gửi")
    return data


def format_of(data: bytes, suffix: str) -> str:
    """ "docx", "doc", "pdf", "xlsx", "html" or "txt".

    Args:
        data: the file's bytes.
        suffix: lower case, with its dot.

    Raises:
        UnreadableError: the suffix promises a format that the bytes are not.
        UnsupportedError: no reader for this format.
        ProtectedError: an Office file under a password.
    """
    if data.startswith(_ZIP):
        return _zip_format(data, suffix)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        return _ole_format(data)
    if _is_page(data):
        return "html"
    promised = _SUFFIXES.get(suffix)
    if promised == "doc" and data.startswith(b"{\\rtf"):
        return "doc"
    if promised in {"txt", "html"}:
        return promised
    if promised is not None:
        raise UnreadableError(_BROKEN[promised], "hãy mở bằng chương trình soạn thảo rồi lưu lại, hoặc xin lại tệp")
    raise UnsupportedError(f"chưa đọc được định dạng {suffix or 'không có đuôi tệp'}", READ)


def _is_page(data: bytes) -> bool:
    """Whether the bytes are a web page, whatever the file is called: portals hand pages out as .doc and .xls."""
    opening = data[:_OPENING].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return opening.startswith(b"<") and _PAGE.search(opening) is not None


def _zip_format(data: bytes, suffix: str) -> str:
    """A zip package: names of its members stand uncompressed in the bytes."""
    if b"application/vnd.oasis.opendocument" in data[:_OPENING]:
        todo = "hãy mở bằng LibreOffice, Word hoặc Excel rồi lưu thành .docx hoặc .xlsx"
        raise UnsupportedError("chưa đọc được tệp OpenDocument (.odt, .ods)", todo)
    if b"ppt/presentation" in data:
        raise UnsupportedError("chưa đọc được tệp trình chiếu PowerPoint", READ)
    promised = _SUFFIXES.get(suffix, "")
    if b"xl/workbook" in data or promised == "xlsx":
        return "xlsx"
    if b"word/" in data or promised == "docx":
        return "docx"
    raise UnsupportedError("chưa đọc được tệp nén .zip", "hãy giải nén rồi đưa từng tệp vào")


def _ole_format(data: bytes) -> str:
    """An OLE container: an old Word file, or a new one wrapped by a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ProtectedError("tệp có mật khẩu", "hãy mở bằng Word hoặc Excel, bỏ mật khẩu rồi lưu lại")
    if "WordDocument".encode("utf-16-le") in data:
        if _is_locked(data):
            raise ProtectedError("tệp Word có mật khẩu", "hãy mở bằng Word, bỏ mật khẩu rồi lưu lại")
        return "doc"
    if "Workbook".encode("utf-16-le") in data:
        raise UnsupportedError("chưa đọc được tệp Excel kiểu cũ (.xls)", "hãy mở bằng Excel rồi lưu thành .xlsx")
    if "__substg1.0_".encode("utf-16-le") in data:
        raise UnsupportedError("chưa đọc được thư Outlook (.msg)", "hãy mở bằng Outlook rồi lưu thành .eml")
    raise UnsupportedError("tệp Office kiểu cũ này không phải văn bản Word", READ)


def _is_locked(data: bytes) -> bool:
    """Whether an old Word file is under a password: bit fEncrypted of its opening record ([MS-DOC] 2.5.2)."""
    for at in range(_SECTOR, len(data) - _SECTOR + 1, _SECTOR):
        magic, version = struct.unpack_from("<HH", data, at)
        if magic == _WORD_MAGIC and version in _WORD_VERSIONS:
            return bool(data[at + 11] & 1)
    return False


def is_too_deep(error: Exception) -> bool:
    """Whether lxml refused XML for its size alone: elements nested hundreds deep, a text of more than 10 MB."""
    return any(said in str(error) for said in ("Excessive depth", "huge text"))
