"""edXML messages between document systems (QCVN 102:2016/BTTTT) → their attached documents.

In: the bytes of an .edxml. Out: an item an attachment. The same elements come in two namespaces
("http://www.mic.gov.vn/TBT/QCVN_102_2016", "http://www.e-doc.vn/Schema/") or in none, so local names are matched.
Attachments are base64, most of them a zip of the one file, whose own name says nothing ("9f3c….pdf").
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from extractor.blocks import package_zip
from extractor.blocks.package_items import Item, is_document, shown_name
from extractor.blocks.source import BROKEN_ZIP
from extractor.errors import TooLargeError, UnreadableError, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.blocks.package_items import Budget

_AGAIN = "hãy xuất lại gói từ phần mềm quản lý văn bản"
_OPENING = 4096  # bytes in which a message shows that it is one
_NAMES = ("attachmentname", "filename", "name", "description")
_ROOT = re.compile(rb"<(?:[\w-]+:)?edxml", re.IGNORECASE)
_SPACE = re.compile(rb"\s+")


def is_package(data: bytes, suffix: str) -> bool:
    """Whether the bytes are an edXML message."""
    opening = data[:_OPENING].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return suffix == ".edxml" or (opening.startswith(b"<") and _ROOT.search(opening) is not None)


def items(data: bytes, budget: Budget) -> Iterator[Item]:
    """The attached documents.

    Raises:
        UnreadableError: damaged XML, or XML with entities.
        UnsupportedError: a message about the state of a document, with nothing attached.
        TooLargeError: too many attachments, or too large together.
    """
    root = _parse(data)
    titles = _titles(root)
    found = False
    for number, element in enumerate(_attachments(root), start=1):
        found = True
        name = shown_name(_name(element, titles) or f"đính kèm {number}")
        if is_document(name):
            yield _attachment(element, name, budget)
    if not found:
        raise UnsupportedError("gói edXML không có tệp đính kèm (chỉ báo trạng thái)", "không cần nạp gói này")


def _parse(data: bytes) -> etree._Element:
    """The root of the message. Long texts are let through (an attachment is one), a DOCTYPE is not."""
    if b"<!doctype" in data[:_OPENING].replace(b"\x00", b"").lower():
        raise UnreadableError("gói edXML có khai báo DOCTYPE, không an toàn", _AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (SyntaxError, ValueError, LookupError):  # lxml's XMLSyntaxError is a SyntaxError
        raise UnreadableError("gói edXML bị hỏng (không phải XML đúng)", _AGAIN) from None


def _local(element: etree._Element) -> str:
    """The element's name without its namespace, in small letters."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _children(element: etree._Element) -> dict[str, str]:
    """Local name → text of the elements in *element*."""
    return {_local(child): "".join(child.itertext()).strip() for child in element.iterchildren(etree.Element)}


def _attachments(root: etree._Element) -> Iterator[etree._Element]:
    """The elements that hold a file."""
    return (element for element in root.iter(etree.Element) if _local(element) == "attachment" and len(element))


def _titles(root: etree._Element) -> dict[str, str]:
    """Content identifier → name of the attachment, from the manifest."""
    found: dict[str, str] = {}
    for element in root.iter(etree.Element):
        if _local(element) == "reference":
            texts = _children(element)
            name = next((texts[key] for key in _NAMES if texts.get(key)), "")
            found[texts.get("contentid", "").removeprefix("cid:")] = name
    return found


def _name(element: etree._Element, titles: dict[str, str]) -> str:
    texts = _children(element)
    own = next((texts[key] for key in _NAMES[:2] if texts.get(key)), "")
    listed = titles.get(texts.get("contentid", "").removeprefix("cid:"), "")
    return own or listed or next((texts[key] for key in _NAMES[2:] if texts.get(key)), "")


def _attachment(element: etree._Element, name: str, budget: Budget) -> Item:
    """One attached document."""
    texts = _children(element)
    encoded = max((text for key, text in texts.items() if key not in _NAMES), key=len, default="")
    try:
        data = base64.b64decode(_SPACE.sub(b"", encoded.encode("ascii")), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data:
        return Item(name, b"", UnreadableError("tệp đính kèm rỗng hoặc bị hỏng", _AGAIN))
    if package_zip.is_package(data, "") and not name.lower().endswith(".zip"):
        inner = _only_file(data, budget)
        if isinstance(inner, TooLargeError | UnreadableError):
            return Item(name, b"", inner)
        data = data if inner is None else inner
    return budget.checked(name, data)


def _only_file(data: bytes, budget: Budget) -> bytes | TooLargeError | UnreadableError | None:
    """The file in a zip of one file; None if there are several; an error if it cannot be taken out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) != 1:
            return None
        size = infos[0].file_size
        if size > budget.limits.file_bytes or size > max(len(data) * budget.limits.ratio, package_zip.SMALL):
            return TooLargeError("tệp đính kèm nén chặt bất thường hoặc quá lớn", "hãy kiểm tra lại nguồn gửi tệp")
        try:
            return archive.read(infos[0])
        except (*BROKEN_ZIP, RuntimeError):
            return UnreadableError("tệp đính kèm bị hỏng", _AGAIN)
