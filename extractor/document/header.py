"""Blocks → Header: number, type, issuer, day, subject, urgency; whom it addresses; what of the page is letterhead.

In: the blocks of a document, from any reader. Out: `HeaderReading`. Three ways, tried in this order:

1. a letterhead (`header_lines`, `header_number`, `header_issuer`, `header_subject`):
   "UBND TỈNH SƠN LA" / "Số: 12/KH-UBND" / "Sơn La, ngày 03 tháng 02 năm 2026" / "KẾ HOẠCH" / "Phòng, chống rét cho vật nuôi"
2. the bracket of an issued plan or appendix: "(Kèm theo Quyết định số 45/QĐ-UBND ngày 06/02/2026 của UBND tỉnh Sơn La)"
3. a sentence that announces the document (`header_report`): "UBND tỉnh Sơn La vừa ban hành Kế hoạch …"

A field that is not known is None, and `Header.reasons` says why ("number_blank", "date_blank", "no_letterhead").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document.header_ending import find_ending
from extractor.document.header_issuer import agencies, compose, ends_with_province, groups, opens_agency
from extractor.document.header_lines import evidence, flat, head_lines
from extractor.document.header_number import Piece, kind_of_code, read_date, read_number
from extractor.document.header_report import issued_with, place_told, told_of, with_place
from extractor.document.header_subject import (
    addressee_pieces,
    body_begins,
    find_title,
    is_authority,
    subject_about,
    subject_after,
    subject_text,
)
from extractor.model import Evidence, Header, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from extractor.document.header_lines import HeadLine
    from extractor.document.header_number import DateReading, NumberReading
    from extractor.document.header_report import Told
    from extractor.document.header_subject import Title
    from extractor.model import Block


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """The header, and what the later stages need to know of the page around it.

    Attributes:
        header: the fields.
        consumed: indices of blocks that are letterhead, title, subject or addressees and nothing else.
        addressees: the words after "Kính gửi:" (or "… điện:"), one span a line, bullets left out.
        plan_year: the year a plan is for ("Kế hoạch … năm 2026"), from its subject; None for a span of years.
        issue_year: the year of signing, known also where the day is blank.
        closing: index of the first block of the closing ("Nơi nhận:", signature).
        closing_blocks: all blocks of receivers and signatures.
        annex_starts: indices of blocks that begin an appendix or an issued plan.
    """

    header: Header
    consumed: frozenset[int] = frozenset()
    addressees: tuple[Span, ...] = ()
    plan_year: int | None = None
    issue_year: int | None = None
    closing: int | None = None
    closing_blocks: frozenset[int] = frozenset()
    annex_starts: tuple[int, ...] = ()


@dataclass(slots=True)
class _Draft:
    """The fields as they are found, with their words."""

    blocks: Sequence[Block]
    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    day: date | None = None
    subject: str | None = None
    urgency: str | None = None
    year: int | None = None
    evidence: list[Evidence] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def prove(self, name: str, pieces: Iterable[Piece | Span]) -> None:
        """Adds the words behind field *name*."""
        self.evidence.extend(evidence(name, self.blocks, p.block, p.start, p.end) for p in pieces)

    def header(self) -> Header:
        """The frozen header, with a reason for each missing field."""
        named = {"number": self.number, "kind": self.kind, "issuer": self.issuer, "date": self.day, "subject": self.subject}
        missing = [f"{n}_absent" for n, v in named.items() if v is None and not any(r.startswith(n) for r in self.reasons)]
        reasons = tuple(dict.fromkeys([*self.reasons, *missing]))
        proofs = tuple(sorted(self.evidence, key=lambda e: (e.span.block, e.span.start)))
        return Header(
            self.number, self.kind, self.issuer, self.day, self.subject, self.urgency, evidence=proofs, reasons=reasons
        )


def find(blocks: Sequence[Block]) -> HeaderReading:
    """Finds the header of a document.

    Args:
        blocks: all blocks in body order; `blocks[i].index == i`.
    """
    lines = head_lines(blocks)
    title = find_title(lines)
    area = _area(lines, title)
    number, day = read_number(lines[:area]), read_date(lines[:area])
    draft = _Draft(blocks)
    if title is None and number is None and not any(line.form == "nation" for line in lines[:area]):
        told = _read_report(draft)
        ending = find_ending(blocks, told.spans["kind"].block + 1 if told else 0)
        return HeaderReading(
            draft.header(), frozenset(), (), plan_year(draft.subject), draft.year,
            ending.closing, ending.closing_blocks, ending.annex_starts,
        )  # fmt: skip
    addressees, top = _read_letterhead(draft, lines, area, title, number, day)
    after = lines[top - 1].block + 1 if top else 0
    ending = find_ending(blocks, after)
    return HeaderReading(
        draft.header(), _whole_blocks(lines, top), tuple(Span(p.block, p.start, p.end) for p in addressees),
        plan_year(draft.subject), draft.year, ending.closing, ending.closing_blocks, ending.annex_starts,
    )  # fmt: skip


def _area(lines: Sequence[HeadLine], title: Title | None) -> int:
    """How many of *lines* may hold number, day and issuer: those before the addressees, or before the body."""
    if title is not None:
        return title.line + 1
    for at, line in enumerate(lines):
        if line.form == "addressee" or (at and line.columns >= _TABLE_COLUMNS) or body_begins(line):
            return at
    return len(lines)


def _read_letterhead(
    draft: _Draft, lines: Sequence[HeadLine], area: int, title: Title | None, number: NumberReading | None, day: DateReading | None
) -> tuple[list[Piece], int]:
    """Fills *draft* from a letterhead; returns the addressees and the first line after the letterhead."""
    _take_number(draft, number)
    _take_day(draft, day)
    top = _take_subject(draft, lines, area, title, number)
    for line in lines[:area]:
        if line.form == "urgency" and draft.urgency is None:
            draft.urgency = line.text.strip(" :.*()[]")
            draft.prove("urgency", [Piece(line.block, line.start, line.end)])
    near = lines[top - 1].block if top else 0
    if number is None and title is not None:
        _take_bracket(draft, issued_with(draft.blocks, lines[title.line].block, near + 3), over=True)
    _take_issuer(draft, lines[:area], number, day)
    if draft.number is None or draft.issuer is None:
        _take_bracket(draft, issued_with(draft.blocks, near, len(draft.blocks)), over=False)
    addressee = next((at for at in range(max(0, area - 1), min(len(lines), top + 4)) if lines[at].form == "addressee"), None)
    return addressee_pieces(lines, addressee) if addressee is not None else ([], top)


def _take_number(draft: _Draft, number: NumberReading | None) -> None:
    if number is None:
        return
    draft.number = number.number
    if number.number is not None:
        draft.prove("number", number.pieces)
    if number.reason:
        draft.reasons.append(number.reason)


def _take_day(draft: _Draft, day: DateReading | None) -> None:
    if day is None:
        return
    draft.day, draft.year = day.day, day.year
    if day.day is not None:
        draft.prove("date", day.pieces)
    if day.reason:
        draft.reasons.append(day.reason)


def _take_subject(
    draft: _Draft, lines: Sequence[HeadLine], area: int, title: Title | None, number: NumberReading | None
) -> int:
    """Type and subject; returns the first line after them."""
    about = next((at for at, line in enumerate(lines[:area]) if line.form == "about"), None)
    if title is not None:
        head = lines[title.line]
        draft.kind = title.name
        draft.prove("kind", [Piece(head.block, head.start, head.start + title.length)])
        pieces = subject_after(lines, title)
    else:
        draft.kind = (kind_of_code(number.code)[0] if number and number.code else None) or "Công văn"
        pieces = subject_about(lines, about) if about is not None else []
        if number is not None:
            draft.prove("kind", number.pieces[-1:])
    draft.subject = subject_text([draft.blocks[p.block].text[p.start : p.end] for p in pieces])
    if draft.subject is not None:
        draft.prove("subject", pieces)
    top = max(area, _line_after(lines, pieces))
    while top < len(lines) and (lines[top].form in ("rule", "issued_with") or (title and is_authority(lines, top, title.name))):
        if lines[top].form == "addressee":
            break
        top += 1
    return top


def _line_after(lines: Sequence[HeadLine], pieces: Sequence[Piece]) -> int:
    """The number of the line after the last of *pieces*."""
    if not pieces:
        return 0
    last = pieces[-1]
    return next(at + 1 for at, line in enumerate(lines) if line.block == last.block and line.end >= last.end)


def _take_issuer(
    draft: _Draft, lines: Sequence[HeadLine], number: NumberReading | None, day: DateReading | None
) -> None:
    """The body that signs, from the left column, else from the number's code; its place from the date line or the text."""
    if draft.issuer is not None:
        draft.issuer = with_place(draft.issuer, _place(draft.blocks, day))
        return
    left = _left_column(lines, number.lines[0] if number else len(lines))
    words = [line.text for line in left]
    name = compose(words, None)
    if name is not None:
        draft.issuer = with_place(name, None if ends_with_province(name) else _place(draft.blocks, day))
        used = sorted({at for group in groups(words) for at in group})
        draft.prove("issuer", [Piece(left[at].block, left[at].start, left[at].end) for at in used])
        return
    code = kind_of_code(number.code)[1] if number and number.code else None
    agency = agencies().get(re.sub(r"[&\s-]", "", code).upper()) if code else None
    if agency is not None and number is not None:
        place = _place(draft.blocks, day) if agency.level != "central" else None
        draft.issuer = with_place(agency.name, place)
        draft.prove("issuer", number.pieces[-1:])
        draft.reasons.append("issuer_from_code")


def _place(blocks: Sequence[Block], day: DateReading | None) -> str | None:
    """The province of the document: of its date line, else the one that it speaks of most."""
    from_date = ends_with_province(f"x {day.place}") if day and day.place else None
    return from_date.titled if from_date else place_told(blocks)


def _left_column(lines: Sequence[HeadLine], numbered: int) -> list[HeadLine]:
    """The lines that name the issuing body: capitals that are nothing else, after the stamps of signing software."""
    nation = next((at for at, line in enumerate(lines) if line.form == "nation"), len(lines))
    stamps = [at for at, line in enumerate(lines[:nation]) if line.form == "stamp"]
    start = stamps[-1] + 1 if stamps else 0
    for span in (lines[start:numbered], lines[numbered:]):
        found = [x for x in span if x.form == "other" and (x.capitals or (opens_agency(x.text) and nation < len(lines)))]
        named = [x for x in found if flat(x.text).strip(" *-_.") and x.columns < _TABLE_COLUMNS]
        if any(opens_agency(x.text) for x in named):
            return named
    return []


def _take_bracket(draft: _Draft, told: Told | None, over: bool) -> None:
    """Fills *draft* from "(Kèm theo Quyết định số …)"; *over*: the decision is the document, its type and number win."""
    if told is None:
        return
    if over and told.kind != draft.kind:
        draft.kind = told.kind
        draft.evidence = [e for e in draft.evidence if e.field != "kind"]
        draft.prove("kind", [told.spans["kind"]])
    if told.kind != draft.kind:
        return
    if draft.number is None and told.number is not None:
        draft.number = told.number
        draft.prove("number", [told.spans["number"]])
        draft.reasons = [r for r in draft.reasons if r != "number_blank"]
    if draft.day is None and told.day is not None:
        draft.day = told.day
        draft.prove("date", [told.spans["date"]])
        draft.reasons = [r for r in draft.reasons if not r.startswith("date")]
    if draft.issuer is None and told.issuer is not None:
        draft.issuer = with_place(told.issuer, place_told(draft.blocks))
        draft.prove("issuer", [told.spans["issuer"]])
    draft.year = draft.year or (draft.day.year if draft.day else told.year)


def _read_report(draft: _Draft) -> Told | None:
    """Fills *draft* from a sentence that announces the document."""
    draft.reasons.append("no_letterhead")
    told = told_of(draft.blocks)
    if told is None:
        return None
    draft.kind, draft.number, draft.day, draft.subject = told.kind, told.number, told.day, told.subject
    draft.subject = subject_text([told.subject]) if told.subject else None
    draft.year = told.year
    for name, span in told.spans.items():
        draft.prove(name, [span])
    bracket = issued_with(draft.blocks, told.spans["kind"].block, len(draft.blocks))
    issuer = told.issuer
    if bracket and bracket.issuer and bracket.kind == told.kind and issuer and bracket.issuer.startswith(issuer):
        issuer = bracket.issuer
        draft.prove("issuer", [bracket.spans["issuer"]])
    _take_bracket(draft, bracket, over=False)
    draft.issuer = with_place(issuer, place_told(draft.blocks)) if issuer else None
    return told


def _whole_blocks(lines: Sequence[HeadLine], top: int) -> frozenset[int]:
    """Blocks of which all lines stand before line number *top*."""
    return frozenset(x.block for x in lines[:top]) - frozenset(x.block for x in lines[top:])


_TABLE_COLUMNS = 4  # a letterhead is laid out in two columns, or three with a gap between
_SPAN_OF_YEARS = re.compile(r"(?:giai doan|cac nam|nhung nam|nam hoc|tu nam|den nam|den het nam|nam)\s*(?:19|20)\d\d\s*[-–]\s*(?:20)?\d\d")
_PLAN_YEAR = re.compile(
    r"(?<!den )(?<!het )(?<!tu )(?<!doan )(?:\b(?:quy [ivx\d]+|thang \d+)\s*/\s*|\bnam\s+(?:[a-z ]{3,30} )?)(20\d\d)(?!\s*[-–]\s*\d|\d)"
)
_LAW_YEAR = re.compile(r"\b(?:luat|phap lenh|hien phap)\b[^,;]{0,60}?nam 20\d\d")


def plan_year(subject: str | None) -> int | None:
    """The year that a plan is for: "… phòng, chống thiên tai năm 2026" → 2026; a span of years or a law's year is none."""
    if subject is None:
        return None
    words = flat(subject)
    words = _SPAN_OF_YEARS.sub(" ", re.sub(r"\bthang (\d+) nam (20\d\d)", r"thang \1/\2", words))
    words = _LAW_YEAR.sub(" ", words)
    years = {int(found[1]) for found in _PLAN_YEAR.finditer(words)}
    return years.pop() if len(years) == 1 else None
