"""What an invented document is made of: its words and the truth about them, in one tree.

In: nothing. Out: frozen types that `corpus.generator.contents` fills and that layout and gold read.

Example: the item "Tổ chức 02 hội nghị tập huấn" with `assigned=Assigned(lead=("Sở Nội vụ",), deadline=…)` is printed
with lines "Đơn vị chủ trì: Sở Nội vụ" and is one task led by Sở Nội vụ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

DeadlineKind = Literal["date", "recurring", "ongoing", "relative"]
Rank = Literal["part", "head", "sub", "point", "dash", "plus", "article", "plain", "title"]
Shape = Literal["lines", "bracket"]

SAME: Final = "="  # a cell merged with the one above it: the truth of the row above holds here too


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written, and its value by the rules of the gold files; days are ISO."""

    text: str
    kind: DeadlineKind = "date"
    start: str | None = None
    due: str | None = None
    rrule: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One number that the document sets, with what it measures."""

    text: str
    indicator: str
    value: float
    unit: str
    comparator: str = "="
    baseline: float | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One task of the gold file. `text` None means: the words of the item that carries it."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """Assignment lines (or the bracket) of an item; they make it a task and are not part of its text.

    Attributes:
        lead, support: units in the order printed.
        deadline: printed as `deadline_text` if that is given ("Hoàn thành trước 30/11"), else as its own text.
        extra: further lines of the form (label, value), e.g. ("Địa điểm", "…") is not for here: only lines that stay
            out of the task's text, such as sản phẩm and kinh phí.
        shape: lines under the item, or one bracket after its last words; None leaves the choice to the form.
    """

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None
    deadline_text: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A heading, an item, a bullet or a bare paragraph.

    Attributes:
        text: its words, without label.
        rank: decides the label ("part" → "II.", "head" → "1.", "dash" → "-", "plain" → none).
        works: the tasks it carries, in order.
        targets: the targets its words set.
        body: what stands under it.
        whole: the text of its task takes in the items under it.
        assigned: its assignment lines.
        role: "heading" is printed bold and stands in `section` of the tasks below, "text" is neither; None lets the
            rank decide (part and title are headings; others are where they have a body and are not `whole`).
        aside: printed as it stands and no part of any task's text: assignment lines typed by hand.
    """

    text: str
    rank: Rank = "dash"
    works: tuple[Work, ...] = ()
    targets: tuple[Target, ...] = ()
    body: tuple[Node, ...] = ()
    whole: bool = False
    assigned: Assigned | None = None
    role: Literal["heading", "text"] | None = None
    aside: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether the tasks below name it in `section`."""
        if self.role is not None:
            return self.role == "heading"
        return self.rank in ("part", "title") or bool(self.body and not self.whole)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: what it holds, its title, its share of the width; `over` is a title above several."""

    role: Literal["number", "work", "lead", "support", "deadline", "product", "status", "note", "room"]
    title: str
    width: float = 1.0
    over: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with work in it. `SAME` for lead, support or deadline means merged with the cell above.

    `works` replaces the row's own truth where the cell holds several tasks; `number` its running number;
    `deadline_text` and `support_text` what the cell shows where that is more than the deadline's own words or the
    units ("UBND các phường: Hồng Bàng, Lê Chân").
    """

    work: str
    lead: tuple[str, ...] | Literal["="] = ()
    support: tuple[str, ...] | Literal["="] = ()
    deadline: Deadline | Literal["="] | None = None
    support_text: str | None = None
    deadline_text: str | None = None
    product: str = ""
    status: str = ""
    note: str = ""
    room: str = ""
    number: str | None = None
    works: tuple[Work, ...] | None = None
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A row that only heads the rows below it; its number is printed in the first column."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class TaskTable:
    """A table of assignments. Row numbers run from 1 through the table, or restart in each group."""

    columns: tuple[Column, ...]
    rows: tuple[Row | Group, ...]
    restart: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Any other table, cell by cell: "<" is merged with the cell to its left, "^" with the one above.

    Attributes:
        heads: so many rows are printed bold.
        widths: share of each column in the width.
        targets: the truth of a table of targets.
        works: row and task, for tables whose columns `TaskTable` does not know; each task has its own words.
        groups: row and level (from 0) of the rows that head those below them; printed bold.
        looks: how it is drawn, each a word that its writer knows: "plain", "filter", "decimals" (a workbook), "framed",
            "tabs" (Word).
    """

    rows: tuple[tuple[str, ...], ...]
    heads: int = 1
    widths: tuple[float, ...] = ()
    targets: tuple[Target, ...] = ()
    works: tuple[tuple[int, Work], ...] = ()
    groups: tuple[tuple[int, int], ...] = ()
    looks: frozenset[str] = frozenset()


Node = Item | TaskTable | Grid


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The top of the document and its five header fields.

    Attributes:
        issuer: the body that signs, written out with its place (gold).
        lines: the left column as printed, upper body first; the last is bold.
        number: as signed, without spaces.
        kind: full name of the type; "Công văn" prints "V/v" under the number, others print a title.
        place, day: place and ISO day of the date line.
        subject: trích yếu as printed.
        party: a party document ("ĐẢNG CỘNG SẢN VIỆT NAM" instead of the national motto).
        lead_in: printed before the subject and no part of it ("Về việc ").
        urgency: "HỎA TỐC", "KHẨN" or "".
        printed: False for a news report or an appendix alone, which only speak of the document; then a field that
            they do not name is None.
    """

    issuer: str | None
    lines: tuple[str, ...]
    number: str | None
    kind: str | None
    place: str
    day: str | None
    subject: str | None
    lead_in: str = ""
    party: bool = False
    urgency: str = ""
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Closing:
    """Signature and recipients: "Nơi nhận", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", the name."""

    recipients: tuple[str, ...]
    capacity: tuple[str, ...]
    signer: str


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows the signature on a new page (or on the sheet so named): an appendix, or the plan that is issued."""

    titles: tuple[str, ...]
    body: tuple[Node, ...]
    landscape: bool = False
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: `opening` are paragraphs before the first item (căn cứ, Kính gửi), `body` the rest."""

    name: str
    letterhead: Letterhead
    body: tuple[Node, ...]
    closing: Closing | None
    addressed: tuple[str, ...] = ()
    opening: tuple[Node, ...] = ()
    annexes: tuple[Annex, ...] = ()
