"""The parts of a Word package that hold its text, opened safely.

In: the bytes of a .docx or .docm. Out: the XML roots of the document, its styles and its numbering. python-docx's own
`Document(path)` refuses .docm and stumbles over a dangling relation ("word/NULL"), so the package is opened here, while
the XML goes through python-docx's parser, which expands no entity and follows no reference.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml import parse_xml

from extractor.blocks.source import BROKEN_ZIP, is_too_deep
from extractor.errors import TooLargeError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from extractor.blocks.source import Limits

_AGAIN = "hãy mở bằng Word rồi lưu lại, hoặc xin lại tệp"
_MARGINS = ("header", "footer")
# Word's "Strict Open XML Document" is the same under other names.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Package:
    """XML roots; styles and numbering are None where the package has none.

    `margins` are its headers and footers, `parts` the names of its parts by the relation that the document names.
    """

    document: Element
    styles: Element | None
    numbering: Element | None
    margins: tuple[Element, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


def open_package(data: bytes, limits: Limits) -> Package:
    """Opens the package.

    Raises:
        UnreadableError: broken zip, no document in it, or damaged XML.
        TooLargeError: it unpacks to more than `limits.unpacked_bytes`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ZIP:
        raise UnreadableError("tệp Word bị hỏng hoặc bị cắt cụt (gói zip không mở được)", _AGAIN) from None
    with archive:
        size = sum(info.file_size for info in archive.infolist())
        if size > limits.unpacked_bytes:
            raise TooLargeError(
                f"tệp Word giải nén ra {size // 1_000_000} MB, quá giới hạn {limits.unpacked_bytes // 1_000_000} MB",
                "hãy kiểm tra lại nguồn gửi tệp",
            )
        names = set(archive.namelist())
        main = _main_part(archive, names)
        if main not in names:
            raise UnreadableError("tệp Word thiếu phần nội dung (document.xml)", _AGAIN)
        related, parts = _related(archive, names, main)
        return Package(
            parts=parts,
            document=_parse(archive, main),
            styles=_parse(archive, related["styles"][0]) if "styles" in related else None,
            numbering=_parse(archive, related["numbering"][0]) if "numbering" in related else None,
            margins=tuple(_parse(archive, part) for kind in _MARGINS for part in related.get(kind, [])),
        )


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    """Name of the main document; Word's usual one where the package does not say."""
    if "_rels/.rels" in names:
        for relation in _parse(archive, "_rels/.rels").iter(_RELATIONS):
            if relation.get("Type", "").endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _related(archive: zipfile.ZipFile, names: set[str], main: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Kind of relation → names of the parts, and identifier of the relation → name, for parts that are there."""
    folder, name = posixpath.split(main)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return {}, {}
    found: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    for relation in _parse(archive, relations).iter(_RELATIONS):
        target = str(relation.get("Target", ""))
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if part in names:
            found.setdefault(str(relation.get("Type", "")).rsplit("/", 1)[-1], []).append(part)
            named[str(relation.get("Id", ""))] = part
    return found, named


def _parse(archive: zipfile.ZipFile, name: str) -> Element:
    """The XML root of one part."""
    try:
        return parse_xml(_STRICT.sub(_USUAL, archive.read(name)))
    except BROKEN_ZIP:
        raise UnreadableError(f"tệp Word bị hỏng (phần {name} không giải nén được)", _AGAIN) from None
    except RuntimeError:
        raise UnreadableError("tệp Word bị khóa (gói zip có mật khẩu)", "hãy bỏ mật khẩu rồi lưu lại") from None
    except SyntaxError as error:  # lxml's XMLSyntaxError is one
        if is_too_deep(error):
            raise TooLargeError("tệp Word lồng nhau quá sâu hoặc có đoạn quá dài", _AGAIN) from None
        raise UnreadableError(f"tệp Word bị hỏng (phần {name} không phải XML đúng)", _AGAIN) from None
