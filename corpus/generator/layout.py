"""Specification + form → the lines and grids that the writers print, in order.

In: a document and its form. Out: a list of `Line`, `Sheet`, `Break`, and the letterhead and closing as they are.

Example: an item with `assigned` in the shape "lines" is followed by Line("Đơn vị chủ trì: Sở Nội vụ", label "-").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from corpus.generator.numbering import Placed, place, row_numbers
from corpus.generator.spec import (
    SAME,
    Assigned,
    Closing,
    Deadline,
    Document,
    Grid,
    Group,
    Item,
    Letterhead,
    Rank,
    Row,
    TaskTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.generator.forms import Form

Look = Literal["title", "subject", "note", "centered", "basis", "heading", "body"]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its label (printed before it, or left to Word where `rank` says so), its words, its look."""

    text: str
    label: str = ""
    look: Look = "body"
    depth: int = 0
    rank: Rank | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, cell by cell; "<" is merged with the cell to its left, "^" with that above. `bold` are row numbers.

    `looks` are those of its `Grid`.
    """

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heads: int
    bold: frozenset[int]
    looks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Break:
    """A new page, upright or landscape; in a workbook a new sheet with its name."""

    landscape: bool = False
    sheet: str = ""


Element = Line | Sheet | Break | Letterhead | Closing


def vietnamese_day(iso: str) -> str:
    """Writes "2026-03-05" as "ngày 05 tháng 3 năm 2026": days and months 1, 2 with a leading 0 (NĐ 30/2020)."""
    day = date.fromisoformat(iso)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def shown_number(head: Letterhead, form: Form) -> str:
    """The line of the number: "Số: 258/KH-UBND"; "Số:      /KH-UBND" in a draft; "Số 12-KH/ĐU" in party papers."""
    number = head.number or ""
    if form.blank_number:
        number = "      /" + number.partition("/")[2]
    return f"Số {number}" if head.party else form.number_line.format(number)


def date_line(head: Letterhead) -> str:
    """The line of place and day: "Hà Nội, ngày 05 tháng 3 năm 2026"."""
    return f"{head.place}, {vietnamese_day(head.day)}" if head.day else f"{head.place}, ngày     tháng     năm"


def elements(document: Document, form: Form) -> list[Element]:
    """Everything that is printed, in order."""
    head = document.letterhead
    out = _top(head)
    out += _addressees(document)
    for node in (*place(document.opening, form), *place(document.body, form)):
        out += _printed(node, form)
    if document.closing is not None:
        if isinstance(out[-1], Line) and not head.party:
            out[-1] = replace(out[-1], text=out[-1].text.rstrip() + "/.")
        out.append(document.closing)
    for annex in document.annexes:
        out.append(Break(annex.landscape, annex.sheet))
        out += [Line(title, look=_title_look(n, title)) for n, title in enumerate(annex.titles)]
        for node in place(annex.body, form):
            out += _printed(node, form)
    return out


def _top(head: Letterhead) -> list[Element]:
    """The letterhead, and under it the title with the subject where it is no letter."""
    if not head.printed:
        return []
    if head.kind is None or head.kind == "Công văn":
        return [head]
    title = Line(head.kind.upper(), look="title")
    return [head, title, Line(head.lead_in + (head.subject or ""), look="subject")]


def _title_look(n: int, title: str) -> Look:
    """The first title of an annex is the largest; "(Kèm theo …)" is a note."""
    if title.startswith("("):
        return "note"
    return "title" if n == 0 else "subject"


def _addressees(document: Document) -> list[Line]:
    """Kính gửi of a letter: one addressee in the line, several below it."""
    if not document.addressed:
        return []
    if len(document.addressed) == 1:
        return [Line(f"Kính gửi: {document.addressed[0]}", look="centered")]
    last = len(document.addressed) - 1
    listed = [Line(f"{unit}{'.' if n == last else ';'}", "-", depth=3) for n, unit in enumerate(document.addressed)]
    return [Line("Kính gửi:", look="centered"), *listed]


def _printed(placed: Placed, form: Form) -> Iterator[Element]:
    node = placed.node
    if isinstance(node, TaskTable):
        yield _task_sheet(node, form)
        return
    if isinstance(node, Grid):
        widths = node.widths or tuple(1.0 for _ in node.rows[0])
        headed = frozenset((*range(node.heads), *(row for row, _ in node.groups)))
        yield Sheet(node.rows, widths, node.heads, headed, node.looks)
        return
    lines = _assignment_lines(node.assigned, form) if node.assigned else []
    bracket = lines and _shape(node.assigned, form) == "bracket"
    text = _with_colon(node, form)
    if bracket and not placed.children:
        text = f"{text.rstrip('.;')} {lines[0].text}."
    titled = (node.whole and node.body) or (lines and not bracket)
    bold = bool(node.is_heading or (titled and node.rank not in ("dash", "plus")))
    bold = bold and (form.bold or node.rank in ("part", "title"))
    look: Look = "heading" if bold else "body"
    if node.rank == "title":
        look = "title"
    elif placed.depth == 0 and text.startswith(("Căn cứ", "Theo đề nghị")):
        look = "basis"
    yield Line(text, placed.label, look, placed.depth, node.rank if form.automatic else None)
    for child in placed.children:
        yield from _printed(child, form)
    if not bracket or placed.children:
        yield from (replace(line, depth=placed.depth + 1) for line in lines)


def _with_colon(item: Item, form: Form) -> str:
    """A heading over duties, with the colon that some offices print."""
    bare = item.is_heading and item.rank in ("head", "sub", "point") and item.text[-1:] not in ".:;"
    return f"{item.text}:" if bare and form.colon else item.text


def _shape(assigned: Assigned | None, form: Form) -> str:
    return (assigned.shape if assigned else None) or form.shape


def _assignment_lines(assigned: Assigned, form: Form) -> list[Line]:
    """The lines under an item, or the one line that holds the bracket."""
    spelling = form.spelling
    due = assigned.deadline_text or (assigned.deadline.text if assigned.deadline else "")
    if _shape(assigned, form) == "bracket":
        values = (form.joined(assigned.lead, ", "), form.joined(assigned.support, ", "), due)
        parts = [f"{label}: {value}" for label, value in zip(spelling.bracket, values, strict=True) if value]
        parts += [f"{label.lower()}: {value}" for label, value in assigned.extra]
        return [Line(f"({'; '.join(parts)})")]
    values = (form.joined(assigned.lead), form.joined(assigned.support), due)
    labels = (spelling.lead, spelling.support, spelling.deadline)
    pairs = [*zip(labels, values, strict=True), *assigned.extra]
    return [Line(f"{label}: {value}.", form.line_mark.strip()) for label, value in pairs if value]


def _task_sheet(table: TaskTable, form: Form) -> Sheet:
    """A table of assignments: one or two header rows, then the body."""
    columns = table.columns
    two = any(column.over for column in columns)
    heads: list[tuple[str, ...]] = []
    if two:
        upper = [column.over or column.title for column in columns]
        heads.append(
            tuple("<" if n and c.over and columns[n - 1].over == c.over else upper[n] for n, c in enumerate(columns))
        )
        heads.append(tuple(column.title if column.over else "^" for column in columns))
    else:
        heads.append(tuple(column.title for column in columns))
    body: list[tuple[str, ...]] = []
    bold = set(range(len(heads)))
    for row, number in zip(table.rows, row_numbers(table), strict=True):
        if isinstance(row, Group):
            bold.add(len(heads) + len(body))
            body.append(_group_cells(row, len(columns), columns[0].role == "number"))
        else:
            body.append(tuple(_cell(row, column.role, number, form) for column in columns))
    return Sheet((*heads, *body), tuple(column.width for column in columns), len(heads), frozenset(bold))


def _group_cells(group: Group, width: int, numbered: bool) -> tuple[str, ...]:
    """A group row: its number in the number column, its words over all the others."""
    if numbered and group.number:
        return (group.number, group.text, *("<" for _ in range(width - 2)))
    words = f"{group.number}. {group.text}" if group.number else group.text
    return (words, *("<" for _ in range(width - 1)))


def _cell(row: Row, role: str, number: str, form: Form) -> str:
    if role == "number":
        return number
    if role in ("lead", "support"):
        if role == "support" and row.support_text is not None:
            return row.support_text
        units = row.lead if role == "lead" else row.support
        return "^" if units == SAME else form.joined(tuple(units))
    if role == "deadline":
        if row.deadline == SAME:
            return "^"
        return row.deadline_text or (row.deadline.text if isinstance(row.deadline, Deadline) else "")
    return str(getattr(row, role))


def spread(rows: tuple[tuple[str, ...], ...], r: int, c: int) -> tuple[int, int]:
    """The last row and column of the merged cell that begins at row *r*, column *c*."""
    last_r, last_c = r, c
    while last_c + 1 < len(rows[r]) and rows[r][last_c + 1] == "<":
        last_c += 1
    while last_r + 1 < len(rows) and rows[last_r + 1][c] == "^":
        last_r += 1
    return last_r, last_c
