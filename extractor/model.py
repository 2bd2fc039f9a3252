"""The frozen types that one stage hands to the next, and nothing else.

    bytes → Source, Block → Header, Section, Table → UnitMention, Deadline, Target, Reference → Task → Extraction

Every value points at its words: a `Span` names a block and a half-open character range in its text, so that
`blocks[span.block].text[span.start:span.end] == quote`. Days are `datetime.date`; a missing value is `None` with a
named reason, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DeadlineKind = Literal["date", "recurring", "ongoing", "relative"]
Qualifier = Literal["before", "by", "within"]
Comparator = Literal["=", ">=", ">", "<=", "<", "+", "-"]
Severity = Literal["low", "medium", "high"]
TaskStatus = Literal["todo", "doing", "done", "paused", "cancelled"]
OffsetUnit = Literal["day", "working_day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's bytes came from.

    Attributes:
        path: as the caller named it.
        sha256: of the file's bytes, 64 hexadecimal digits.
        media_type: such as "application/pdf".
        pages: number of pages; None where the format has none (docx, txt).
        reader: name of the module in `extractor.blocks` that read it.
        ocr: whether any of the text came from optical character recognition.
    """

    path: str
    sha256: str
    media_type: str
    pages: int | None
    reader: str
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell's place: table, row and column count from 0 in body order; spans are at least 1."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: page from 1 (None where the format has no pages), paragraph from 0, cell if in a table."""

    page: int | None
    paragraph: int
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table cell as the reader of the document sees it.

    Attributes:
        index: its position in the document's list of blocks.
        text: NFC, spaces folded, Đ repaired (`extractor.text.clean`); lines are separated by a newline.
        place: page, paragraph and cell.
        label: the label that Word made by automatic numbering ("1.1.", "a)", "-"), which is not in `text`; "" if none.
        level: outline level from the style or the numbering, 0 outermost; None if unknown.
        bold, italic, centered: true if nearly all of the text is so.
        raw: the text as the file held it, before cleaning.
        origins: for each character of `text`, the offset in `raw` of the character it came from.
        confidence: 1.0, or the mean word confidence of recognition, 0 to 1.
        digits: 1.0, or the confidence of the least sure recognised word with a digit: numbers may be written by hand.
    """

    index: int
    text: str
    place: Place
    label: str = ""
    level: int | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    raw: str = ""
    origins: tuple[int, ...] = ()
    confidence: float = 1.0
    digits: float = 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character range `[start, end)` in the text of block number `block`."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, or what may have been missed.

    Attributes:
        stage: "blocks", "document", "mentions" or "tasks".
        kind: a stable name such as "column_not_understood" or "number_gap".
        severity: "low", "medium" or "high".
        message: one Vietnamese sentence for the clerk.
        page: page from 1, if known.
        block: index of the block, if known.
    """

    stage: str
    kind: str
    severity: Severity
    message: str
    page: int | None = None
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader hands over: the blocks in body order, what it could not read, and what stands beside the text.

    `beside` are running heads and feet, watermarks, hidden sheets, each with its lines: the check on secrecy reads it,
    and nobody after it.
    """

    source: Source
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    beside: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that prove one field: `blocks[span.block].text[span.start:span.end] == quote`."""

    field: str
    quote: str
    span: Span
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """Who issued what, when (Nghị định 30/2020/NĐ-CP, Phụ lục I). A field that is not known is None, with a reason.

    Attributes:
        number: số, ký hiệu without spaces: "258/KH-UBND".
        kind: full name of the type: "Kế hoạch", "Công văn".
        issuer: the body that signs, written out with its place: "Ủy ban nhân dân tỉnh Quảng Ninh".
        date: the day signed.
        subject: trích yếu.
        urgency: "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN" or None.
        evidence: the words behind each field.
        reasons: why a field is None or doubtful, e.g. "number_blank".
    """

    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    date: date | None = None
    subject: str | None = None
    urgency: str | None = None
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit, a class of units or a person's office, as named in the text.

    Attributes:
        text: as written: "Sở TTTT".
        name: written out in full: "Sở Thông tin và Truyền thông".
        span: where it stands; None where it was inherited from words that are not a unit by themselves.
        key: key in the lexicon of units, None if unknown.
        group: stands for many units ("các sở, ban, ngành").
        reasons: e.g. "unknown_name", "member_of_list".
    """

    text: str
    name: str
    span: Span | None = None
    key: str | None = None
    group: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offset:
    """A counted term: `count` units after (or before, if negative) its anchor."""

    count: int
    unit: OffsetUnit


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written and as understood.

    Attributes:
        text: as written: "trước ngày 30/10/2022".
        kind: "date", "recurring", "ongoing" or "relative".
        start: first day of a span or of an open term.
        due: last day; None for ongoing and relative, and for recurring unless its span is named.
        rrule: iCalendar recurrence rule ("FREQ=MONTHLY;BYMONTHDAY=20"), recurring only.
        qualifier: "before" only where `due` is the named day of "trước ngày", "by", "within", else None.
        time: time of day as "HH:MM" ("trước 14 giờ" → "14:00").
        anchor: what a relative term counts from: "received", or the event's words; None if not relative.
        offset: how far from the anchor, if a relative term says so.
        span: where it stands.
        reasons: e.g. "deadline_year_inferred", "issue_date_unknown".
    """

    text: str
    kind: DeadlineKind
    start: date | None = None
    due: date | None = None
    rrule: str | None = None
    qualifier: Qualifier | None = None
    time: str | None = None
    anchor: str | None = None
    offset: Offset | None = None
    span: Span | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or law that the text cites ("Quyết định số 616/QĐ-UBND ngày 09/3/2022"): its days are no deadlines."""

    text: str
    number: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """A measurable result that the document sets.

    Attributes:
        text: the words of the document.
        indicator: what is measured.
        comparator: "=", ">=", ">", "<=", "<", "+" (increase by), "-" (decrease by).
        value: a number; a range gives its lower end.
        unit: "%" or the counted noun.
        baseline: where it starts ("từ 20% lên 40%": 20).
        by: the day it is to be reached.
        span: where the words stand.
    """

    text: str
    indicator: str
    comparator: Comparator
    value: float
    unit: str | None
    baseline: float | None = None
    by: date | None = None
    span: Span | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One row of the task table, as found; a clerk accepts or edits it.

    Attributes:
        id: "t1", "t2", … in document order.
        text: the words of the document (gold/GUIDELINES.md says which).
        title: at most 160 characters, for lists.
        section: headings above it, outermost first.
        lead, support: who is responsible, who helps.
        deadline: the last that binds the lead, or None.
        milestones: all of them, where the task names several.
        product: sản phẩm, kết quả, or None.
        status: from a status column of the document, else "todo".
        evidence: at least one for each filled field.
        confidence: 0 to 1, calibrated.
        reasons: named, e.g. "lead_inherited_from_heading".
    """

    id: str
    text: str
    title: str
    section: tuple[str, ...] = ()
    lead: tuple[UnitMention, ...] = ()
    support: tuple[UnitMention, ...] = ()
    deadline: Deadline | None = None
    milestones: tuple[Deadline, ...] = ()
    product: str | None = None
    status: TaskStatus = "todo"
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was understood of one document.

    `blocks` are the text that every span points into; they are not part of the JSON.
    `declared` are short forms that the document itself declares ("sau đây gọi tắt là Sở TTTT").
    """

    doc_id: str
    source: Source
    header: Header
    tasks: tuple[TaskDraft, ...] = ()
    targets: tuple[Target, ...] = ()
    problems: tuple[Problem, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    declared: Mapping[str, str] = field(default_factory=dict)
