"""Lines and grids → a Word file in the form of Nghị định 30/2020/NĐ-CP.

In: the elements of a document. Out: a .docx with a borderless letterhead table, typed or automatic labels, ruled
tables with merged cells, and a closing table; the same bytes for the same elements.

Example: Line("Sở Tài chính", "2.", "heading") is a bold paragraph "2. Sở Tài chính", or, with `rank`, a bold paragraph
"Sở Tài chính" whose number Word makes.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from corpus.generator.forms import SCHEMES, Form
from corpus.generator.layout import Break, Element, Line, Sheet, date_line, shown_number, spread
from corpus.generator.letters import respelt
from corpus.generator.spec import Closing, Letterhead, Rank

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as Word
    from docx.table import Table, _Cell

_FONT = "Times New Roman"
_LEVELS: tuple[Rank, ...] = ("part", "head", "sub", "point", "dash", "plus")
_SCRIPTS = {"roman": "upperRoman", "arabic": "decimal", "letter": "lowerLetter", "upper": "upperLetter"}
_TEXT_WIDTH = {False: 16.0, True: 24.5}  # cm between the margins, upright and landscape


def write(elements: list[Element], form: Form, path: Path) -> None:
    """Writes the elements to *path*."""
    word = docx.Document()
    _page(word, form)
    numbering = _define_numbering(word, form) if form.automatic else None
    landscape = False
    for element in _joined(respelt(elements, form), form):
        if isinstance(element, Letterhead):
            _letterhead(word, element, form)
        elif isinstance(element, Line):
            _line(word, element, numbering)
        elif isinstance(element, Sheet):
            _table(word, element, form, _TEXT_WIDTH[landscape])
        elif isinstance(element, Closing):
            _closing(word, element)
        else:
            landscape = element.landscape
            _break(word, element)
    _save(word, path)


def _joined(elements: list[Element], form: Form) -> list[Element]:
    """The items of one list in one paragraph, parted by line breaks, where *form* asks for that."""
    if not form.soft or form.automatic:
        return elements
    out: list[Element] = []
    for element in elements:
        last = out[-1] if out else None
        items = (isinstance(one, Line) and one.look == "body" and one.label == form.bullet for one in (last, element))
        if all(items) and isinstance(last, Line) and isinstance(element, Line):
            out[-1] = replace(last, text=f"{last.text}\n{element.label} {element.text}")
        else:
            out.append(element)
    return out


def _save(word: Word, path: Path) -> None:
    """Saves with one fixed time in the archive, so that an unchanged document is an unchanged file."""
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)


def _page(word: Word, form: Form) -> None:
    style: Any = word.styles["Normal"]
    style.font.name = _FONT
    style.font.size = Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(6)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    # From page 2 on the page number stands in the middle of the top margin (Phụ lục I of Nghị định 30/2020).
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if form.footer:
        section.footer.paragraphs[0].text = section.first_page_footer.paragraphs[0].text = form.footer
    number._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'))


def _define_numbering(word: Word, form: Form) -> int:
    """Adds a multi-level list in the scheme of *form* and returns its id."""
    scheme = SCHEMES[form.scheme]
    levels = []
    above = ""
    for n, rank in enumerate(_LEVELS):
        if rank in scheme:
            script, _, pattern = scheme[rank].partition(" ")
            above = text = pattern.replace("{up}", above.rstrip(".-)/")).replace("{n}", f"%{n + 1}")
            shown = _SCRIPTS[script]
        else:
            text, shown = (form.bullet if rank == "dash" else form.second), "bullet"
        levels.append(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{shown}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="0" w:firstLine="567"/></w:pPr></w:lvl>'
        )
    root = word.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def _letterhead(word: Word, head: Letterhead, form: Form) -> None:
    """The two columns: body and number left, motto and date right; no borders."""
    table = word.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    left, right = table.rows[0].cells
    for n, text in enumerate(head.lines):
        _say(left, text, bold=n == len(head.lines) - 1, new=n > 0)
    _rule(left, 0.36)
    if head.party:
        _say(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True)
        _rule(right, 0.5)
    else:
        _say(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12)
        _say(right, "Độc lập - Tự do - Hạnh phúc", bold=True, new=True)
        _rule(right, 0.6)
    left, right = table.rows[1].cells
    _say(left, shown_number(head, form))
    if head.kind == "Công văn":
        _say(left, f"V/v {head.subject}", size=12, new=True)
    _say(right, date_line(head), italic=True)
    if head.urgency:
        _say(left, head.urgency, bold=True, new=True)
    _widths(table, (6.5, 9.5))
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _say(
    cell: _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 13,
    new: bool = False,
    left: bool = False,
) -> None:
    """Writes *text* into the cell's first paragraph, or into a new one; centered unless *left*."""
    paragraph = cell.add_paragraph() if new else cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if left else WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(cell: _Cell, share: float) -> None:
    """The short line under the body's name and under the motto: a bottom border on an indented empty paragraph."""
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = Pt(3)
    inset = Cm(8 * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = inset
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")


def _line(word: Word, line: Line, numbering: int | None) -> None:
    """One paragraph of the body."""
    paragraph = word.add_paragraph()
    centered = line.look in ("title", "subject", "note", "centered")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centered else WD_ALIGN_PARAGRAPH.JUSTIFY
    automatic = numbering is not None and line.rank in _LEVELS
    if automatic:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = _LEVELS.index(line.rank)
        properties.get_or_add_numId().val = numbering
    elif not centered:
        paragraph.paragraph_format.first_line_indent = Cm(1)
    text = line.text if automatic or not line.label else f"{line.label} {line.text}"
    run = paragraph.add_run(text)
    run.bold = line.look in ("title", "subject", "heading")
    if automatic and run.bold:
        # Word takes the look of an automatic label from the paragraph mark.
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}><w:b/></w:rPr>"))
    run.italic = line.look in ("basis", "note")
    run.font.size = Pt(14 if line.look == "title" else 13)
    if line.look == "heading":
        paragraph.paragraph_format.keep_with_next = True


def _table(word: Word, sheet: Sheet, form: Form, width: float) -> None:
    """A table: ruled, ruled within a frame of one cell, or lines whose columns are set by tabs."""
    if "tabs" in sheet.looks:
        for row in sheet.rows:
            word.add_paragraph("\t".join(row)).paragraph_format.space_after = Pt(0)
    elif "framed" in sheet.looks:
        frame = word.add_table(rows=1, cols=1)
        frame.style = "Table Grid"
        _sheet(frame.rows[0].cells[0], sheet, form, width - 0.5)
        _widths(frame, (width,))
    else:
        _sheet(word, sheet, form, width)
    word.add_paragraph().paragraph_format.space_after = Pt(0)


def _sheet(where: Word | _Cell, sheet: Sheet, form: Form, width: float) -> None:
    """A ruled table with its merged cells."""
    table: Any = where.add_table(rows=len(sheet.rows), cols=len(sheet.widths))
    table.style = "Table Grid"
    table.autofit = False
    cells = [row.cells for row in table.rows]
    for r, row in enumerate(sheet.rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            last_r, last_c = spread(sheet.rows, r, c)
            cell = cells[r][c]
            if (last_r, last_c) != (r, c):
                cell = cell.merge(cells[last_r][last_c])
            for n, part in enumerate(text.split("\n")):
                _say(cell, part, bold=r in sheet.bold, size=12, new=n > 0, left=r >= sheet.heads and not part.isdigit())
    total = sum(sheet.widths)
    _widths(table, tuple(width * share / total for share in sheet.widths))
    if form.repeat_head:
        for row in table.rows[: sheet.heads]:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _widths(table: Table, widths: tuple[float, ...]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell in row._tr.tc_lst:
            across = cell.grid_span
            start = cell.grid_offset
            cell.width = Cm(sum(widths[start : start + across]))


def _closing(word: Word, closing: Closing) -> None:
    """Nơi nhận left, signature right."""
    word.add_paragraph().paragraph_format.space_after = Pt(0)
    table = word.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _say(left, "Nơi nhận:", bold=True, italic=True, size=12, left=True)
    for text in closing.recipients:
        _say(left, f"- {text}", size=11, new=True, left=True)
    for n, text in enumerate(closing.capacity):
        _say(right, text, bold=True, new=n > 0)
    for _ in range(3):
        _say(right, "", new=True)
    _say(right, closing.signer, bold=True, new=True)
    _widths(table, (8.0, 8.0))


def _break(word: Word, page: Break) -> None:
    """A new section, upright or landscape, so that an appendix can lie on its side."""
    section = word.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if page.landscape else (Cm(21), Cm(29.7))
