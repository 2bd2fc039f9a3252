"""Word: the report, in the form of Nghị định 30/2020/NĐ-CP (Phụ lục I).

In: a `Selection`. Out: a .docx of A4, Times New Roman 13 and 14, with the letterhead of the office; what only a person
can fill in (number, signature) is left open.

Example: "BÁO CÁO / Tình hình thực hiện nhiệm vụ được giao", a table of counts by unit, a table of what is late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tracker.exports import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tracker.exports.selection import Selection
    from tracker.rows import TaskRow
    from tracker.stats import Counts

_FACE = "Times New Roman"
_CENTRE, _LEFT, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_SIGNER = "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ"


class Style(NamedTuple):
    """How a paragraph looks: points, weight, slant, place, first-line indent and space after, in mm and points."""

    size: int = 14
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _BOTH
    indent: int = 0
    after: int = 0


_HEAD = Style(13, bold=True, align=_CENTRE)
_BODY = Style(indent=10, after=6)


def write_report(selection: Selection, file: Path) -> None:
    """Writes the report: counts by unit, and what is late."""
    paper = _paper()
    _letterhead(paper, selection, "Số:        /BC-…")
    _text(paper, "BÁO CÁO", Style(bold=True, align=_CENTRE))
    _text(paper, "Tình hình thực hiện nhiệm vụ được giao", Style(bold=True, align=_CENTRE))
    _text(paper, f"(Số liệu đến ngày {wording.day(selection.today)})", Style(italic=True, align=_CENTRE, after=12))
    _text(paper, _summary(selection.report.total), _BODY)
    _text(paper, "I. KẾT QUẢ THEO ĐƠN VỊ CHỦ TRÌ", Style(bold=True, indent=10, after=6))
    _counts(paper, selection)
    _text(paper, "", Style(6))
    late = [row for row in selection.rows if row.standing.schedule == "overdue"]
    _text(paper, "II. NHIỆM VỤ QUÁ HẠN", Style(bold=True, indent=10, after=6))
    if late:
        _tasks(paper, late)
    else:
        _text(paper, "Không có nhiệm vụ quá hạn.", _BODY)
    _signature(paper, ("- Như trên;", "- Lưu: VT."))
    paper.save(str(file))


def _paper() -> Any:  # noqa: ANN401 - python-docx ships no types here
    """An empty A4 page with the margins of Phụ lục I and its number in the middle of the head, from page 2 on."""
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FACE)
    number = section.header.paragraphs[0]
    number.alignment = _CENTRE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = number.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)  # noqa: SLF001 - fields have no other door
    return paper


def _text(place: Any, text: str, style: Style) -> Any:  # noqa: ANN401
    paragraph = place.add_paragraph()
    _fill(paragraph, text, style)
    return paragraph


def _fill(paragraph: Any, text: str, style: Style) -> None:  # noqa: ANN401
    run = paragraph.add_run(wording.plain(text))
    run.font.size, run.font.bold, run.font.italic, run.font.name = Pt(style.size), style.bold, style.italic, _FACE
    paragraph.alignment = style.align
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(0), Pt(style.after)
    layout.first_line_indent = Mm(style.indent) if style.indent else None


def _letterhead(paper: Any, selection: Selection, number: str) -> None:  # noqa: ANN401
    """Office and number on the left; the country's name, place and day on the right."""
    table = paper.add_table(rows=1, cols=2)
    _set_widths(table, (65, 100))
    left, right = table.rows[0].cells
    office, place = wording.letterhead(selection.office)
    day, month, year = wording.day_parts(selection.today)
    lines = {
        left: [(office, _HEAD), ("_______", Style(9, align=_CENTRE, after=4)), (number, Style(13, align=_CENTRE))],
        right: [
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Style(12, bold=True, align=_CENTRE)),
            ("Độc lập - Tự do - Hạnh phúc", _HEAD),
            ("___________________", Style(9, align=_CENTRE, after=4)),
            (f"{place}, ngày {day} tháng {month} năm {year}", Style(13, italic=True, align=_CENTRE)),
        ],
    }
    for cell, texts in lines.items():
        for at, (text, style) in enumerate(texts):
            _fill(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), text, style)
    _text(paper, "", Style(after=6))


def _summary(total: Counts) -> str:
    done = total.done_in_time + total.done_late
    share = "" if total.done_share is None else f", đạt {total.done_share:.1%}".replace(".", ",")
    return (
        f"Tổng số nhiệm vụ được giao là {total.total}; đã hoàn thành {done}{share} (đúng hạn {total.done_in_time}, "
        f"quá hạn {total.done_late}); chưa hoàn thành {total.open_in_time + total.open_late} "
        f"(trong hạn {total.open_in_time}, quá hạn {total.open_late}); bị hủy {total.cancelled}."
    )


def _counts(paper: Any, selection: Selection) -> None:  # noqa: ANN401
    heads = ("TT", "Đơn vị", "Tổng số", "Chưa hoàn thành", "", "Đã hoàn thành", "", "Bị hủy", "Ghi chú")
    second = ("", "", "", "Trong hạn", "Quá hạn", "Đúng hạn", "Quá hạn", "", "")
    lines = [*selection.report.lines, selection.report.total]
    body = [
        ("" if line is selection.report.total else str(at), line.name, *map(str, (
            line.total, line.open_in_time, line.open_late, line.done_in_time, line.done_late, line.cancelled,
        )), line.notes)
        for at, line in enumerate(lines, 1)
    ]  # fmt: skip
    table = _table(paper, (heads, second), body, (11, 38, 15, 17, 15, 16, 15, 13, 25))
    for row, first, last in ((0, 3, 4), (0, 5, 6)):
        table.cell(row, first).merge(table.cell(row, last))
    for column in (0, 1, 2, 7, 8):
        table.cell(0, column).merge(table.cell(1, column))
    for row in (0, 1):
        for cell in table.rows[row].cells:
            _trim(cell)
    for cell in table.rows[-1].cells:
        for run in cell.paragraphs[0].runs:
            run.font.bold = True


def _trim(cell: Any) -> None:  # noqa: ANN401
    """Merging leaves an empty paragraph for each cell taken in."""
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - python-docx cannot remove


def _tasks(paper: Any, rows: Sequence[TaskRow]) -> None:  # noqa: ANN401
    body = [
        (str(at), row.text, wording.names(row.lead), wording.document(row), wording.day(row.current_due),
         f"{row.standing.days_late or 0} ngày")
        for at, row in enumerate(rows, 1)
    ]  # fmt: skip
    heads = ("TT", "Nhiệm vụ", "Chủ trì", "Văn bản giao", "Thời hạn", "Quá hạn")
    _table(paper, (heads,), body, (11, 50, 28, 34, 25, 17))
    _text(paper, "", Style(6))


def _table(
    paper: Any,  # noqa: ANN401
    heads: Iterable[Sequence[str]],
    body: Sequence[Sequence[str]],
    widths: Sequence[int],  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """A table with edges whose heading rows come again on each page."""
    headings = list(heads)
    table = paper.add_table(rows=0, cols=len(widths))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for at, line in enumerate([*headings, *body]):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - a line stays on its page
        for cell, text in zip(row.cells, line, strict=True):
            is_head = at < len(headings)
            narrow = len(text) < 12 and text[:1].isdigit()
            _fill(cell.paragraphs[0], text, Style(12, bold=is_head, align=_CENTRE if is_head or narrow else _LEFT))
        if at < len(headings):
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - no other door
    _set_widths(table, widths)
    return table


def _set_widths(table: Any, widths: Sequence[int]) -> None:  # noqa: ANN401
    """Widths in mm, in the grid and in each cell: LibreOffice heeds the one, Word the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _signature(paper: Any, receivers: Sequence[str]) -> None:  # noqa: ANN401
    _text(paper, "", Style(6))
    table = paper.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _fill(left.paragraphs[0], "Nơi nhận:", Style(12, bold=True, italic=True, align=_LEFT))
    for receiver in receivers:
        _fill(left.add_paragraph(), receiver, Style(11, align=_LEFT))
    _fill(right.paragraphs[0], _SIGNER, Style(14, bold=True, align=_CENTRE, after=60))
    _fill(right.add_paragraph(), "Họ và tên", Style(14, bold=True, align=_CENTRE))
