"""Word files (.docx, .docm) → blocks in body order.

In: the bytes of the package. Out: paragraphs, and table cells with merged cells once: the row "1 | Rà soát | Sở Nội vụ"
gives three blocks; an automatic "a)" stands in `Block.label`, inside a cell of several paragraphs at its line's start.
Headers, footers, footnotes, comments and macros are left out; headers and footers are looked through for a stamp only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from extractor.blocks.assembly import Builder, Content, Look
from extractor.blocks.docx_columns import parted
from extractor.blocks.docx_objects import has_chunks, unread_objects
from extractor.blocks.docx_package import Package, open_package
from extractor.blocks.docx_paragraphs import Paragraphs, Piece, alternative
from extractor.blocks.docx_pictures import pictures
from extractor.blocks.docx_styles import parse_styles, whole_number
from extractor.blocks.docx_tabs import TabbedTable, with_tables
from extractor.blocks.numbering import parse_numbering
from extractor.errors import TooLargeError, UnreadableError
from extractor.model import Cell, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

    from extractor.blocks.source import Limits

_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DRAWN_TEXT = "{urn:schemas-microsoft-com:vml}textpath"
_DRAWN_PARAGRAPH, _DRAWN_RUN = (f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}" for name in "pt")
_MOST_COLUMNS = 63  # of a Word table
_FRAMED_COLUMNS = 3  # a smaller table in a cell is a part of its text
_SKIPPED = frozenset({qn("w:sectPr"), qn("w:sdtPr"), qn("w:del"), qn("w:moveFrom"), qn("w:tcPr"), qn("w:trPr")})


def read(data: bytes, limits: Limits) -> Content:
    """Reads a Word package.

    Raises:
        UnreadableError: damaged package, or neither text nor a page's picture in it.
        UnsupportedError: nothing but pictures, and Tesseract is not installed.
        TooLargeError: over a limit.
    """
    package = open_package(data, limits)
    body = package.document.find(qn("w:body"))
    if body is None:
        raise UnreadableError("tệp Word không có nội dung", "hãy mở bằng Word rồi lưu lại, hoặc xin lại tệp")
    paragraphs = Paragraphs(parse_styles(package.styles), parse_numbering(package.numbering))
    reader = _Reader(paragraphs, limits)
    reader.body(body)
    blocks, beside = tuple(reader.builder.blocks), tuple(_beside(package, paragraphs))
    unread = tuple(unread_objects(package.document))
    large = [picture for picture in pictures(package.document, package.parts) if picture.is_large]
    if any(block.text for block in blocks):
        return Content(blocks, problems=(*unread, *_unread(len(large))), beside=beside)
    if not large and has_chunks(package.document):
        raise UnreadableError("tệp Word chỉ gồm phần chèn nguyên từ tệp khác", "hãy mở bằng Word, lưu rồi nạp lại")
    if not large:
        raise UnreadableError("tệp Word không có chữ nào", "hãy xin lại tệp từ nơi gửi")
    from extractor.blocks import docx_scan  # only scans need its libraries

    content = docx_scan.recognised(data, large, limits)
    return replace(content, problems=(*unread, *content.problems), beside=(*beside, *content.beside))


def _unread(pictures: int) -> Iterator[Problem]:
    """What is said of large pictures in a file with text: they may be scanned pages."""
    if pictures:
        message = f"Tệp Word có {pictures} ảnh lớn, chữ trong ảnh không được đọc; hãy xem có nhiệm vụ trong đó không."
        yield Problem("blocks", "picture_not_read", "medium", message)


def _beside(package: Package, paragraphs: Paragraphs) -> Iterator[str]:
    """The lines of headers and footers, and those drawn as shapes (watermarks), for the check on secrecy alone."""
    for margin in package.margins:
        for paragraph in margin.iter(qn("w:p")):
            yield from paragraphs.piece(paragraph).text.split("\n")
    for part in (package.document, *package.margins):
        yield from (shape.get("string", "") for shape in part.iter(_DRAWN_TEXT))
        for drawn in part.iter(_DRAWN_PARAGRAPH):
            yield "".join(text.text or "" for text in drawn.iter(_DRAWN_RUN))


@dataclass(slots=True)
class _Slot:
    """A cell while its table is read: it grows downwards over vertically merged cells."""

    cell: Cell
    text: str
    look: Look


@dataclass(slots=True)
class _Reader:
    """Walks one document."""

    paragraphs: Paragraphs
    limits: Limits
    builder: Builder = field(default_factory=Builder)
    cells: int = 0

    def body(self, container: Element) -> None:
        """Adds the blocks of the body or of a text box."""
        pending: list[Piece] = []
        for item in self._items(container):
            if isinstance(item, Piece):
                pending.append(item)
                continue
            self._paragraphs(pending)
            pending = []
            self._table(item)
        self._paragraphs(pending)

    def _paragraphs(self, pieces: list[Piece]) -> None:
        """Adds paragraphs that follow each other."""
        for part in with_tables(pieces):
            if isinstance(part, TabbedTable):
                self._tabbed(part)
                continue
            for piece in parted(part):
                self.builder.add(piece.text, piece.look)
                for box in piece.boxes:
                    self.body(box)

    def _tabbed(self, table: TabbedTable) -> None:
        """Adds the cells of a table that is set by tabs."""
        number = self.builder.next_table()
        for cell in table.cells:
            self._count(cell.column_span)
            self.builder.add_cell(cell.text, Cell(number, cell.row, cell.column, cell.row_span, cell.column_span))

    def _items(self, container: Element) -> Iterator[Piece | Element]:
        """Paragraphs as pieces and tables as elements, a paragraph with a deleted mark joined to the next one."""
        held = Piece("", Look())
        for element in _block_elements(container):
            if element.tag == qn("w:tbl"):
                yield held  # nothing joins a table
                yield element
                held = Piece("", Look())
                continue
            piece = self.paragraphs.piece(element)
            held = replace(piece, text=held.text + piece.text, boxes=(*held.boxes, *piece.boxes))
            if not piece.joins_next:
                yield held
                held = Piece("", Look())
        yield held

    def _table(self, table: Element) -> None:
        """Adds the cells of a table, each once, row by row; a frame of one cell around tables is no table."""
        framed = _framed(table)
        if framed is not None:
            self.body(framed)
            return
        number = self.builder.next_table()
        slots: list[_Slot] = []
        above: dict[int, _Slot] = {}
        for row_number, row in enumerate(_rows(table)):
            reached: dict[int, _Slot] = {}
            for column, span, element in _row_cells(row):
                self._count(span)
                merged = _is_continued(element) and column in above
                slot = above[column] if merged else self._slot(element, Cell(number, row_number, column, 1, span))
                if merged:
                    slot.cell = replace(slot.cell, row_span=row_number - slot.cell.row + 1)
                else:
                    slots.append(slot)
                reached[column] = slot
            above = reached
        for slot in slots:
            self.builder.add_cell(slot.text, slot.cell, slot.look)

    def _count(self, span: int) -> None:
        """Counts a cell of *span* columns; what reads the table later sees it once in each."""
        self.cells += span
        if self.cells > self.limits.cells:
            raise TooLargeError(f"tệp có hơn {self.limits.cells} ô bảng", "hãy tách nhỏ tệp")

    def _slot(self, element: Element, cell: Cell) -> _Slot:
        """Reads one cell."""
        pieces = [piece for piece in self._cell_pieces(element) if piece.text.strip()]
        if len(pieces) == 1:
            return _Slot(cell, pieces[0].text, pieces[0].look)
        text = "\n".join(f"{p.look.label} {p.text}" if p.look.label else p.text for p in pieces)
        look = Look(
            bold=bool(pieces) and all(p.look.bold for p in pieces),
            italic=bool(pieces) and all(p.look.italic for p in pieces),
            centered=bool(pieces) and all(p.look.centered for p in pieces),
        )
        return _Slot(cell, text, look)

    def _cell_pieces(self, container: Element) -> Iterator[Piece]:
        """The paragraphs of a cell, those of nested tables and text boxes in their place."""
        for item in self._items(container):
            if isinstance(item, Piece):
                yield item
                for box in item.boxes:
                    yield from self._cell_pieces(box)
            else:
                for row in _rows(item):
                    for _, span, element in _row_cells(row):
                        self._count(span)
                        yield from self._cell_pieces(element)


def _block_elements(container: Element) -> Iterator[Element]:
    """Paragraphs and tables below *container*, through content controls and tracked insertions."""
    for child in container.iterchildren(tag="*"):
        if child.tag in {qn("w:p"), qn("w:tbl")}:
            yield child
        elif child.tag == _ALTERNATE:
            yield from _block_elements(alternative(child))
        elif child.tag not in _SKIPPED and not _is_contents(child):
            yield from _block_elements(child)


def _is_contents(element: Element) -> bool:
    """Whether a content control holds Word's table of contents, which only repeats the headings."""
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of content controls too, tracked deletions left out."""
    for child in table.iterchildren(tag="*"):
        if child.tag == qn("w:tr"):
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")}:
            yield from _rows(child)


def _framed(table: Element) -> Element | None:
    """The only cell of a table that is drawn as a frame around a larger one; None for any other table."""
    cells = [element for row in _rows(table) for _, _, element in _row_cells(row)]
    if len(cells) != 1:
        return None
    tables = [child for child in _block_elements(cells[0]) if child.tag == qn("w:tbl")]
    inner = [[len(list(_row_cells(row))) for row in _rows(child)] for child in tables]
    return cells[0] if any(len(rows) > 1 and max(rows) >= _FRAMED_COLUMNS for rows in inner) else None


def _row_cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """(column, column span, element) of the cells of one row."""
    column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    for element in _cell_elements(row):
        span = max(1, _number(element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1))
        yield column, span, element
        column += span


def _cell_elements(row: Element) -> Iterator[Element]:
    """The w:tc elements of a row, through content controls."""
    for child in row.iterchildren(tag="*"):
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")}:
            yield from _cell_elements(child)


def _is_continued(element: Element) -> bool:
    """Whether a cell goes on with the one above it: w:vMerge without "restart"."""
    merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") != "restart"


def _number(element: Element | None, default: int) -> int:
    """The whole number in an element's w:val."""
    value = default if element is None else whole_number(element.get(qn("w:val")), default)
    return min(max(value, 0), _MOST_COLUMNS)
