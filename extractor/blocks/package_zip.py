"""Zip files of documents → their files.

In: the bytes of a .zip. Out: an item a file; folders and system files are passed over, files under a password or packed
beyond reason ("42.zip") are refused one by one. Office files are zip packages too, but documents of their own.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from extractor.blocks.package_items import Item, is_document, shown_name
from extractor.blocks.source import BROKEN_ZIP
from extractor.errors import ProtectedError, TooLargeError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.blocks.package_items import Budget

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = ("[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml")
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
SMALL = 1_000_000  # bytes: below it a high ratio harms nobody


def is_package(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a zip of documents, and no Office file."""
    if not data.startswith(_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not set(_OFFICE) & set(archive.namelist())
    except BROKEN_ZIP:
        return suffix == ".zip"


def items(data: bytes, budget: Budget) -> Iterator[Item]:
    """The files in the zip.

    Raises:
        UnreadableError: it cannot be opened.
        TooLargeError: too many files, or too large together.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ZIP:
        raise UnreadableError("tệp nén bị hỏng hoặc bị cắt cụt", "hãy xin lại tệp từ nơi gửi") from None
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir() and is_document(info.filename)]
        size = sum(info.file_size for info in infos)
        limits = budget.limits
        if budget.members + len(infos) > limits.members:
            raise TooLargeError(f"tệp nén có {len(infos)} tệp, quá giới hạn {limits.members}", "hãy chia nhỏ tệp nén")
        if budget.unpacked + size > limits.unpacked_bytes:
            raise TooLargeError(
                f"tệp nén giải nén ra {size // 1_000_000} MB, quá giới hạn {limits.unpacked_bytes // 1_000_000} MB",
                "hãy kiểm tra lại nguồn gửi tệp",
            )
        for info in infos:
            yield _item(archive, info, budget)


def _item(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Item:
    """One file of the zip."""
    name = shown_name(_name(info))
    if info.flag_bits & _ENCRYPTED:
        todo = "hãy giải nén bằng mật khẩu rồi nạp lại"
        return Item(name, b"", ProtectedError("tệp trong gói nén có mật khẩu", todo))
    if info.file_size > max(info.compress_size * budget.limits.ratio, SMALL):
        todo = "hãy kiểm tra lại nguồn gửi tệp"
        return Item(name, b"", TooLargeError("tệp nén chặt bất thường (nghi là bom nén)", todo))
    try:
        data = archive.read(info)
    except (*BROKEN_ZIP, RuntimeError):
        return Item(name, b"", UnreadableError("tệp trong gói nén bị hỏng", "hãy xin lại tệp từ nơi gửi"))
    if not data:
        return Item(name, b"", UnreadableError("tệp rỗng", "hãy xin lại tệp từ nơi gửi"))
    return budget.checked(name, data)


def _name(info: zipfile.ZipInfo) -> str:
    """The file's name; programs on Windows and macOS write Vietnamese letters without saying in which encoding."""
    if info.flag_bits & _UTF8_NAME or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1258", errors="replace")
