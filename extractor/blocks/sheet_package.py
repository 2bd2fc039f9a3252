"""An Excel workbook opened safely: its sheets, shared texts and cell styles.

In: the bytes of an .xlsx or .xlsm. Out: `Workbook`: the sheets in their order, and for each style how numbers look
("dd/mm/yyyy") and whether the cell is bold, centred, inside drawn lines. The XML is read here, with openpyxl's
knowledge of number formats: its own reader makes a cell object for each cell of a merged range (a merged range of
26 columns and 20,000 rows took 12.8 s and 360 MB) and stops at any style that it does not know.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS

from extractor.blocks.source import BROKEN_ZIP, is_too_deep
from extractor.errors import TooLargeError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.blocks.source import Limits

AGAIN = "hãy mở bằng Excel rồi lưu lại thành .xlsx, hoặc xin lại tệp"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_ID_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_HEAD = 4096  # bytes of a part in which a DOCTYPE stands
_SIDES = ("{*}left", "{*}right", "{*}top", "{*}bottom", "{*}start", "{*}end")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks.

    Attributes:
        number_format: such as "General", "#,##0", "dd/mm/yyyy".
        font: name of the font, "" if unknown.
        ruled: whether lines are drawn around the cell.
    """

    number_format: str = "General"
    font: str = ""
    bold: bool = False
    italic: bool = False
    centered: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, whether it is hidden, and the name of its part."""

    name: str
    hidden: bool
    part: str


@dataclass(slots=True)
class Workbook:
    """What all sheets of a workbook share."""

    archive: zipfile.ZipFile
    sheets: list[Sheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    from_1904: bool = False

    def elements(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """The elements *tags* of a part, each dropped after it was used, so that a long sheet is never held whole.

        Raises:
            UnreadableError: damaged part, or one with entities.
        """
        events = etree.iterparse(
            io.BytesIO(_bytes(self.archive, part)),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
        )
        try:
            for _, element in events:
                yield element
                element.clear()
                while (before := element.getprevious()) is not None and (above := element.getparent()) is not None:
                    above.remove(before)
        except (SyntaxError, ValueError, LookupError) as error:  # lxml's XMLSyntaxError is a SyntaxError
            if is_too_deep(error):
                raise TooLargeError("tệp Excel lồng nhau quá sâu hoặc có ô quá dài", AGAIN) from None
            raise UnreadableError(f"tệp Excel bị hỏng (phần {part} không phải XML đúng)", AGAIN) from None


def open_workbook(data: bytes, limits: Limits) -> Workbook:
    """Opens the workbook; the caller closes its archive.

    Raises:
        UnreadableError: broken zip, damaged XML, or XML with entities.
        TooLargeError: it unpacks to more than `limits.unpacked_bytes`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN_ZIP:
        raise UnreadableError("tệp Excel bị hỏng hoặc bị cắt cụt (gói zip không mở được)", AGAIN) from None
    size = sum(info.file_size for info in archive.infolist())
    if size > limits.unpacked_bytes:
        raise TooLargeError(
            f"tệp Excel giải nén ra {size // 1_000_000} MB, quá giới hạn {limits.unpacked_bytes // 1_000_000} MB",
            "hãy kiểm tra lại nguồn gửi tệp",
        )
    book = Workbook(archive)
    names = set(archive.namelist())
    main = _main_part(archive, names)
    if main not in names:
        raise UnreadableError("tệp Excel thiếu phần nội dung (workbook.xml)", AGAIN)
    related = _related(archive, names, main)
    root = _parse(archive, main)
    book.from_1904 = any(e.get("date1904") in {"1", "true"} for e in root.iter("{*}workbookPr"))
    for element in root.iter("{*}sheet"):
        kind, part = related.get(element.get(_RELATION_ID) or element.get(_RELATION_ID_STRICT, ""), ("", ""))
        if kind == "worksheet":
            book.sheets.append(Sheet(element.get("name", ""), element.get("state", "visible") != "visible", part))
    parts = dict(related.values())
    if "sharedStrings" in parts:
        book.texts = [text_of(item) for item in book.elements(parts["sharedStrings"], "{*}si")]
    if "styles" in parts:
        book.styles = _styles(_parse(archive, parts["styles"]))
    return book


def related_parts(book: Workbook, part: str, kind: str) -> list[str]:
    """Names of the parts of one kind ("drawing") that belong to a part."""
    related = _related(book.archive, set(book.archive.namelist()), part)
    return [name for found, name in related.values() if found == kind]


def text_of(item: etree._Element) -> str:
    """The text of a shared or inline string, its runs joined, reading aids (rPh) left out."""
    return "".join(
        part.text or ""
        for part in item.iter("{*}t")
        if (above := part.getparent()) is None or etree.QName(above).localname != "rPh"
    )


def _bytes(archive: zipfile.ZipFile, part: str) -> bytes:
    """The bytes of a part that has no DOCTYPE (and so no entities): Excel never writes one."""
    try:
        data = archive.read(part)
    except BROKEN_ZIP:
        raise UnreadableError(f"tệp Excel bị hỏng (phần {part} không giải nén được)", AGAIN) from None
    except RuntimeError:
        raise UnreadableError("tệp Excel bị khóa (gói zip có mật khẩu)", "hãy bỏ mật khẩu rồi lưu lại") from None
    if any(mark in data[:_HEAD] for mark in _DOCTYPE):
        raise UnreadableError(f"phần {part} của tệp Excel có khai báo DOCTYPE, không an toàn", AGAIN)
    return data


def _parse(archive: zipfile.ZipFile, part: str) -> etree._Element:
    """The root of a small part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(_bytes(archive, part), parser)
    except (SyntaxError, ValueError, LookupError):
        raise UnreadableError(f"tệp Excel bị hỏng (phần {part} không phải XML đúng)", AGAIN) from None


def _main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    """Name of the workbook's part; the usual one where the package does not say."""
    if "_rels/.rels" in names:
        for relation in _parse(archive, "_rels/.rels").iter("{*}Relationship"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
    return "xl/workbook.xml"


def _related(archive: zipfile.ZipFile, names: set[str], main: str) -> dict[str, tuple[str, str]]:
    """Relation identifier → (kind, name of the part), for parts that are there."""
    folder, name = posixpath.split(main)
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    found: dict[str, tuple[str, str]] = {}
    if relations not in names:
        return found
    for relation in _parse(archive, relations).iter("{*}Relationship"):
        target = relation.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if part in names:
            found[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], part)
    return found


def _styles(root: etree._Element) -> list[CellStyle]:
    """The cell styles by their number."""
    formats = {e.get("numFmtId"): e.get("formatCode", "General") for e in root.iter("{*}numFmt")}
    fonts, borders = root.findall("{*}fonts/{*}font"), root.findall("{*}borders/{*}border")
    found = []
    for style in root.findall("{*}cellXfs/{*}xf"):
        number = style.get("numFmtId", "0")
        font, border = _at(fonts, style.get("fontId", "")), _at(borders, style.get("borderId", ""))
        alignment = style.find("{*}alignment")
        found.append(
            CellStyle(
                number_format=formats.get(number) or BUILTIN_FORMATS.get(whole(number), "General"),
                font="" if font is None or (name := font.find("{*}name")) is None else name.get("val", ""),
                bold=font is not None and _is_on(font.find("{*}b")),
                italic=font is not None and _is_on(font.find("{*}i")),
                centered=alignment is not None and alignment.get("horizontal", "").startswith("center"),
                ruled=border is not None and any(_is_drawn(border.find(side)) for side in _SIDES),
            )
        )
    return found


def _at(elements: list[etree._Element], number: str) -> etree._Element | None:
    at = whole(number)
    return elements[at] if 0 <= at < len(elements) else None


def whole(number: str) -> int:
    """A small whole number; -1 for anything else."""
    return int(number) if number.isdecimal() and len(number) < 10 else -1


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get("val", "1") not in {"0", "false"}


def _is_drawn(side: etree._Element | None) -> bool:
    return side is not None and side.get("style", "none") != "none"
