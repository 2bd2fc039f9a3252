"""Lines and grids → a workbook, as offices fill in and send the tables of their plans.

In: the elements of a document. Out: an .xlsx, a sheet for the document and one for each annex; numbers and days in the
cells of tables are typed; the same bytes for the same elements.

Example: a deadline cell "15/4/2026" becomes the day 2026-04-15 in the format dd/mm/yyyy.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from corpus.generator.layout import Break, Element, Line, Sheet, date_line, shown_number, spread
from corpus.generator.letters import respelt
from corpus.generator.spec import Closing, Letterhead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from corpus.generator.forms import Form

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NUMBER = re.compile(r"[1-9]\d{0,3}")
_DECIMAL = re.compile(r"0|\d{1,3},\d{1,2}")
_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WIDTH = 130.0  # characters over all columns of a sheet
_WRITTEN = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def write(elements: list[Element], form: Form, path: Path) -> None:
    """Writes the elements to *path*."""
    book = Workbook()
    book.remove(book.active)
    for n, (name, part) in enumerate(_sheets(respelt(elements, form), form.sheet)):
        _Page(book.create_sheet(name or f"Phụ lục {n}"), part, form).fill()
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            # openpyxl puts the time of saving into the properties.
            content = _WRITTEN.sub(b"", source.read(name)) if name == "docProps/core.xml" else source.read(name)
            target.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def _sheets(elements: list[Element], first: str) -> list[tuple[str, list[Element]]]:
    """The name of each sheet and its elements; *first* names the first."""
    parts: list[tuple[str, list[Element]]] = [(first, [])]
    for element in elements:
        if isinstance(element, Break):
            parts.append((element.sheet, []))
        else:
            parts[-1][1].append(element)
    return parts


class _Page:
    """One sheet while it is filled from top to bottom."""

    def __init__(self, sheet: Worksheet, elements: list[Element], form: Form) -> None:
        self.sheet = sheet
        self.elements = elements
        self.form = form
        self.columns = max((len(e.widths) for e in elements if isinstance(e, Sheet)), default=6)
        self.row = 1

    def fill(self) -> None:
        """Writes every element below the one before it."""
        widths = next((e.widths for e in self.elements if isinstance(e, Sheet) and len(e.widths) == self.columns), ())
        for n, share in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(n)].width = max(5.0, _WIDTH * share / sum(widths))
        for element in self.elements:
            if isinstance(element, Letterhead):
                self._two_sided(_left(element, self.form), _right(element))
            elif isinstance(element, Line):
                self._line(element)
            elif isinstance(element, Sheet):
                self._table(element)
            elif isinstance(element, Closing):
                left = ["Nơi nhận:", *(f"- {text}" for text in element.recipients)]
                self._two_sided(left, [*element.capacity, "", "", element.signer])

    def _two_sided(self, left: Sequence[str], right: Sequence[str]) -> None:
        """Lines in the left and in the right half, each merged over its columns."""
        half = max(1, self.columns // 2)
        for side, texts in ((1, left), (half + 1, right)):
            for n, text in enumerate(texts):
                self._words(self.row + n, side, half if side == 1 else self.columns, text, centered=True)
        self.row += max(len(left), len(right)) + 1

    def _line(self, line: Line) -> None:
        """One line over all columns."""
        centered = line.look in ("title", "subject", "note", "centered")
        text = f"{line.label} {line.text}" if line.label else line.text
        bold = line.look in ("title", "subject", "heading")
        self._words(self.row, 1, self.columns, text, centered=centered, bold=bold)
        self.row += 1

    def _words(self, row: int, first: int, last: int, text: str, *, centered: bool, bold: bool = False) -> None:
        if not text:
            return
        cell = self.sheet.cell(row, first, text)
        cell.font = Font(name="Times New Roman", size=12, bold=bold)
        cell.alignment = Alignment(horizontal="center" if centered else "left", vertical="center", wrap_text=True)
        if last > first:
            self.sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)

    def _table(self, sheet: Sheet) -> None:
        """A ruled table; the rows below its header stay on the screen when it is scrolled."""
        for r, row in enumerate(sheet.rows):
            for c, text in enumerate(row):
                cell = self.sheet.cell(self.row + r, c + 1)
                if "plain" not in sheet.looks:
                    cell.border = _RULED
                if text in ("<", "^"):
                    continue
                _fill(cell, text, typed=r >= sheet.heads, decimals="decimals" in sheet.looks)
                cell.font = Font(name="Times New Roman", size=12, bold=r in sheet.bold)
                cell.alignment = Alignment(wrap_text=True, vertical="center")
                last_r, last_c = spread(sheet.rows, r, c)
                if (last_r, last_c) != (r, c):
                    first = self.row
                    self.sheet.merge_cells(
                        start_row=first + r, start_column=c + 1, end_row=first + last_r, end_column=last_c + 1
                    )
        if self.form.repeat_head:
            self.sheet.freeze_panes = self.sheet.cell(self.row + sheet.heads, 1)
        if "filter" in sheet.looks:
            last = f"{get_column_letter(len(sheet.widths))}{self.row + len(sheet.rows) - 1}"
            self.sheet.auto_filter.ref = f"A{self.row + sheet.heads - 1}:{last}"
        self.row += len(sheet.rows) + 1


def _fill(cell: Cell, text: str, *, typed: bool, decimals: bool) -> None:
    """The value of a cell: a day, a number, else its words, as those after an apostrophe always are."""
    day = _DAY.fullmatch(text) if typed else None
    if day:
        cell.value = datetime(int(day[3]), int(day[2]), int(day[1]))  # noqa: DTZ001 - a spreadsheet's days have no zone
        cell.number_format = "dd/mm/yyyy"
    elif typed and _NUMBER.fullmatch(text):
        cell.value = int(text)
    elif typed and decimals and _DECIMAL.fullmatch(text):
        cell.value = float(text.replace(",", "."))
    elif text:
        cell.value = text.removeprefix("'")


def _left(head: Letterhead, form: Form) -> list[str]:
    about = [f"V/v {head.subject}"] if head.kind == "Công văn" else []
    return [*head.lines, shown_number(head, form), *about]


def _right(head: Letterhead) -> list[str]:
    if head.party:
        return ["ĐẢNG CỘNG SẢN VIỆT NAM", date_line(head)]
    return ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", date_line(head)]
