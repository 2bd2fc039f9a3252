"""Lines and grids → a PDF as an office prints it.

In: the elements of a document. Out: a .pdf with a two-column letterhead, tables that run over pages, page numbers.

Example: Line("Sở Tài chính", "2.", "heading") is a bold justified paragraph "2. Sở Tài chính".

The fonts are Liberation Serif 2 (Debian: fonts-liberation2) or DejaVu Serif: Liberation 1 lacks ẵ, ỹ and others.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from corpus.generator.layout import Element, Line, Sheet, date_line, shown_number, spread
from corpus.generator.spec import Closing, Letterhead

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from corpus.generator.forms import Form

_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/dejavu",
)
_FAMILIES = (
    ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic"),
    ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"),
)
_NAMES = ("Body", "Body-Bold", "Body-Italic", "Body-BoldItalic")
_NO_PADDING = tuple((f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT"))
_COLUMNS = (6.6, 9.6)  # cm of the two columns of the letterhead
_CELL_SIZE = 11.0  # points of the letters in tables
_CELL_PADDING = 13.0  # points left and right of them
_HARD = "ẵỹẰặƯợĐ"  # letters that fonts without Vietnamese lack


def write(elements: list[Element], form: Form, path: Path) -> None:
    """Writes the elements to *path*; the same bytes for the same elements and fonts."""
    _register_fonts()
    story: list[Flowable] = []
    sideways = False
    for element, following in zip(elements, [*elements[1:], None], strict=True):
        if isinstance(element, Letterhead):
            story += _letterhead(element, form)
        elif isinstance(element, Line):
            # A heading keeps to the line below it, but not to a table: that would move all of it to the next page.
            story.append(_line(element, keep=isinstance(following, Line)))
        elif isinstance(element, Sheet):
            story += _sheet(element, form, 25 * cm if sideways else 16 * cm)
        elif isinstance(element, Closing):
            story += _closing(element)
        else:
            sideways = element.landscape
            story += [NextPageTemplate("landscape" if sideways else "upright"), PageBreak()]
    book = BaseDocTemplate(str(path), pagesize=A4, title=path.stem, author="", invariant=1)
    book.addPageTemplates([_template("upright", A4, form), _template("landscape", landscape(A4), form)])
    book.build(story)


def _template(name: str, size: tuple[float, float], form: Form) -> PageTemplate:
    side = 3 * cm if name == "upright" else 2.4 * cm
    frame = Frame(side, 2 * cm, size[0] - side - 2 * cm, size[1] - 4 * cm, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=partial(_furniture, footer=form.footer), pagesize=size)


def _furniture(canvas: Canvas, book: BaseDocTemplate, footer: str) -> None:
    """The page number in the middle of the top margin, from page 2 on; the footer in the bottom margin."""
    if footer:
        canvas.setFont("Body", 9)
        canvas.drawString(3 * cm, 1.1 * cm, footer)
    if book.page > 1:
        canvas.setFont("Body", 13)
        canvas.drawCentredString(canvas._pagesize[0] / 2, canvas._pagesize[1] - 1.4 * cm, str(book.page))


def _register_fonts() -> None:
    """Finds a serif family with Vietnamese letters."""
    for family in _FAMILIES:
        for folder in map(Path, _FOLDERS):
            files = [folder / f"{face}.ttf" for face in family]
            if not all(file.exists() for file in files):
                continue
            fonts = [TTFont(name, str(file)) for name, file in zip(_NAMES, files, strict=True)]
            if all(ord(letter) in fonts[0].face.charToGlyph for letter in _HARD):
                for font in fonts:
                    pdfmetrics.registerFont(font)
                pdfmetrics.registerFontFamily("Body", *_NAMES)
                return
    raise FileNotFoundError("no serif font with Vietnamese letters: install fonts-liberation2 (Debian)")


def _style(size: float = 13, align: int = TA_JUSTIFY, indent: float = 0, after: float = 5) -> ParagraphStyle:
    return ParagraphStyle(
        "body",
        fontName="Body",
        fontSize=size,
        leading=size * 1.22,
        alignment=align,
        firstLineIndent=indent,
        spaceAfter=after,
    )


def _marked(text: str, bold: bool = False, italic: bool = False) -> str:
    """Escaped text in reportlab's mark-up; a newline is a line break."""
    marked = escape(text).replace("\n", "<br/>")
    marked = f"<b>{marked}</b>" if bold else marked
    return f"<i>{marked}</i>" if italic else marked


def _centered(text: str, size: float = 13, bold: bool = False, italic: bool = False) -> Paragraph:
    return Paragraph(_marked(text, bold, italic), _style(size, TA_CENTER, after=1))


def _rule(width: float, column: float) -> Table:
    """The short line under the body's name and under the motto; a table, as a cell puts a plain rule at its left."""
    margin = (column - width) / 2 * cm
    line = Table([["", "", ""]], colWidths=[margin, width * cm, margin], rowHeights=[4])
    line.setStyle(TableStyle([("LINEABOVE", (1, 0), (1, 0), 0.7, colors.black)]))
    return line


def _letterhead(head: Letterhead, form: Form) -> list[Flowable]:
    last = len(head.lines) - 1
    left: list[Flowable] = [_centered(text, 12, bold=n == last) for n, text in enumerate(head.lines)]
    left.append(_rule(2.2, _COLUMNS[0]))
    under_left: list[Flowable] = [_centered(shown_number(head, form))]
    if head.kind == "Công văn":
        under_left.append(_centered(f"V/v {head.subject}", 12))
    if head.urgency:
        under_left.append(_centered(head.urgency, bold=True))
    if head.party:
        right: list[Flowable] = [_centered("ĐẢNG CỘNG SẢN VIỆT NAM", 12, bold=True), _rule(5, _COLUMNS[1])]
    else:
        right = [
            _centered("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True),
            _centered("Độc lập - Tự do - Hạnh phúc", bold=True),
            _rule(5.2, _COLUMNS[1]),
        ]
    under_right = _centered(date_line(head), italic=True)
    table = Table([[left, right], [under_left, [under_right]]], colWidths=[width * cm for width in _COLUMNS])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_NO_PADDING]))
    return [table, Spacer(1, 10)]


def _line(line: Line, keep: bool) -> Paragraph:
    centered = line.look in ("title", "subject", "note", "centered")
    text = f"{line.label} {line.text}" if line.label else line.text
    style = _style(14 if line.look == "title" else 13, TA_CENTER if centered else TA_JUSTIFY, 0 if centered else 1 * cm)
    if line.look == "heading" and keep:
        style.keepWithNext = 1
    return Paragraph(_marked(text, line.look in ("title", "subject", "heading"), line.look in ("basis", "note")), style)


def _sheet(sheet: Sheet, form: Form, width: float) -> list[Flowable]:
    """A ruled table; without a repeated header a row may run over a page break."""
    cells: list[list[Any]] = []
    commands: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    for r, row in enumerate(sheet.rows):
        shown: list[Any] = []
        for c, text in enumerate(row):
            if text in ("<", "^"):
                shown.append("")
                continue
            last_r, last_c = spread(sheet.rows, r, c)
            if (last_r, last_c) != (r, c):
                commands.append(("SPAN", (c, r), (last_c, last_r)))
            align = TA_CENTER if r < sheet.heads or text.isdigit() else TA_LEFT
            shown.append(Paragraph(_marked(text, bold=r in sheet.bold), _style(_CELL_SIZE, align, after=0)))
        cells.append(shown)
    table = Table(
        cells,
        colWidths=_column_widths(sheet, width),
        repeatRows=sheet.heads if form.repeat_head else 0,
        # With repeated rows, reportlab prints them a second time where it splits a row.
        splitInRow=0 if form.repeat_head else 1,
    )
    table.setStyle(TableStyle(commands))
    return [table, Spacer(1, 6)]


def _column_widths(sheet: Sheet, width: float) -> list[float]:
    """The shares of *width*, none so narrow that a word would be cut, as no office prints it."""
    total = sum(sheet.widths)
    asked = [width * share / total for share in sheet.widths]
    least = [_longest_word(sheet, column) for column in range(len(asked))]
    spare = [max(0.0, have - need) for have, need in zip(asked, least, strict=True)]
    lacking = sum(max(0.0, need - have) for have, need in zip(asked, least, strict=True))
    given = min(1.0, lacking / sum(spare)) if lacking else 0.0
    return [max(have, need) - more * given for have, need, more in zip(asked, least, spare, strict=True)]


def _longest_word(sheet: Sheet, column: int) -> float:
    """The width that the longest word of *column* needs, in points; cells merged over several columns ask nothing."""
    words = [
        word
        for row in sheet.rows
        if row[column] not in ("<", "^") and row[column + 1 : column + 2] != ("<",)
        for word in row[column].split()
    ]
    widest = max((pdfmetrics.stringWidth(word, "Body-Bold", _CELL_SIZE) for word in words), default=0.0)
    return float(widest) + _CELL_PADDING


def _closing(closing: Closing) -> list[Flowable]:
    left: list[Flowable] = [Paragraph(_marked("Nơi nhận:", True, True), _style(12, TA_LEFT, after=1))]
    left += [Paragraph(_marked(f"- {text}"), _style(11, TA_LEFT, after=0)) for text in closing.recipients]
    right: list[Flowable] = [_centered(text, bold=True) for text in closing.capacity]
    right += [Spacer(1, 48), _centered(closing.signer, bold=True)]
    table = Table([[left, right]], colWidths=[8 * cm, 8 * cm])
    table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]))
    return [Spacer(1, 8), table]
