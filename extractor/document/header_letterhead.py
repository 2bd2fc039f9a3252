"""A letterhead → the fields of the header, with the words behind each.

In: blocks and their `Letterhead` (lines, and where title, number and day stand). Out: a filled `Draft`.

    "UBND TỈNH SƠN LA" / "Số: 12/KH-UBND" / "Sơn La, ngày 03 tháng 02 năm 2026" / "KẾ HOẠCH" / "Phòng, chống rét"
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document.header_issuer import agency_of_code, compose, groups, opens_agency
from extractor.document.header_lines import evidence, flat
from extractor.document.header_number import Piece, kind_of_code
from extractor.document.header_place import ends_with_province, place_told, with_place
from extractor.document.header_reference import issued_with, signed_by
from extractor.document.header_report import told_of
from extractor.document.header_subject import (
    addressee_pieces,
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
    from extractor.document.header_reference import Told
    from extractor.document.header_subject import Title
    from extractor.model import Block

TABLE_COLUMNS = 4  # a letterhead is laid out in two columns, or three with a gap between


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The lines of the first page's top.

    Attributes:
        lines: the first lines of the document, the letterhead and some of what follows.
        area: how many of them may hold number, day and issuer.
        title, number, day: as found; None where absent.
    """

    lines: Sequence[HeadLine]
    area: int
    title: Title | None
    number: NumberReading | None
    day: DateReading | None


@dataclass(slots=True)
class Draft:
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
        fields = {"number": self.number, "kind": self.kind, "issuer": self.issuer, "date": self.day}
        fields["subject"] = self.subject
        for name, value in fields.items():
            if value is None and not any(reason.startswith(name) for reason in self.reasons):
                self.reasons.append(f"{name}_absent")
        proofs = tuple(sorted(self.evidence, key=lambda e: (e.span.block, e.span.start)))
        return Header(
            self.number, self.kind, self.issuer, self.day, self.subject, self.urgency, proofs, tuple(self.reasons)
        )


def read_letterhead(draft: Draft, head: Letterhead) -> tuple[list[Piece], int]:
    """Fills *draft*; returns the words of the addressees, and the number of the first line after the letterhead."""
    _take_number(draft, head.number)
    _take_day(draft, head.day)
    pieces = _take_kind_and_subject(draft, head)
    top = _line_after(head, pieces)
    _take_urgency(draft, head)
    last = head.lines[top - 1].block if top else 0
    if head.number is None and head.title is not None:
        near = draft.blocks[head.lines[head.title.line].block : last + 3]
        take_bracket(draft, issued_with(near), over=True)
    take_issuer(draft, head)
    if draft.number is None or draft.issuer is None:
        take_bracket(draft, issued_with(draft.blocks[last:]), over=False)
    if draft.issuer is None:
        _take_issuer_from_text(draft)
    for at in range(max(0, head.area - 1), min(len(head.lines), top + 4)):
        if head.lines[at].form == "addressee":
            return addressee_pieces(head.lines, at)
    return [], top


def _take_number(draft: Draft, number: NumberReading | None) -> None:
    if number is None:
        return
    draft.number = number.number
    if number.number is not None:
        draft.prove("number", number.pieces)
    if number.reason:
        draft.reasons.append(number.reason)


def _take_day(draft: Draft, day: DateReading | None) -> None:
    if day is None:
        return
    draft.day, draft.year = day.day, day.year
    if day.day is not None:
        draft.prove("date", day.pieces)
    if day.reason:
        draft.reasons.append(day.reason)


def _take_urgency(draft: Draft, head: Letterhead) -> None:
    line = next((line for line in head.lines[: head.area] if line.form == "urgency"), None)
    if line is not None:
        draft.urgency = line.text.strip(" :.*()[]")
        draft.prove("urgency", [Piece(line.block, line.start, line.end)])


def _take_kind_and_subject(draft: Draft, head: Letterhead) -> list[Piece]:
    """Type and subject, under the type name or beside "V/v"; returns the words of the subject."""
    if head.title is not None:
        line = head.lines[head.title.line]
        draft.kind = head.title.name
        draft.prove("kind", [Piece(line.block, line.start, line.start + head.title.length)])
        pieces = subject_after(head.lines, head.title)
    else:
        code = head.number.code if head.number else None
        draft.kind = (kind_of_code(code)[0] if code else None) or "Công văn"
        if head.number is not None:
            draft.prove("kind", head.number.pieces[-1:])
        about = next((at for at, line in enumerate(head.lines[: head.area]) if line.form == "about"), None)
        pieces = subject_about(head.lines, about) if about is not None else []
    draft.subject = subject_text([draft.blocks[p.block].text[p.start : p.end] for p in pieces])
    if draft.subject is None:
        return []
    draft.prove("subject", pieces)
    return pieces


def _line_after(head: Letterhead, pieces: Sequence[Piece]) -> int:
    """The number of the first line after the subject, its rule, its bracket and the line of who decides."""
    lines, top = head.lines, head.area
    if pieces:
        last = pieces[-1]
        top = max(top, 1 + next(at for at, x in enumerate(lines) if x.block == last.block and x.end >= last.end))
    while top < len(lines) and lines[top].form != "addressee":
        decides = head.title is not None and is_authority(lines, top, head.title.name)
        if not decides and lines[top].form not in ("rule", "issued_with"):
            break
        top += 1
    return top


def take_issuer(draft: Draft, head: Letterhead) -> None:
    """The body that signs, from the left column, else from the number's code; its place from the date or the text."""
    if draft.issuer is not None:
        return
    number = head.number
    left = _left_column(head.lines[: head.area], number.lines[0] if number else head.area)
    words = [line.text for line in left]
    name = compose(words)
    if name is not None:
        used = [left[at] for group in groups(words) for at in group]
        draft.prove("issuer", [Piece(line.block, line.start, line.end) for line in used])
    elif number is not None and number.code:
        agency = agency_of_code(kind_of_code(number.code)[1] or "")
        if agency is None:
            return
        name = agency.name
        draft.prove("issuer", number.pieces[-1:])
        draft.reasons.append("issuer_from_code")
    if name is not None:
        draft.issuer = with_place(name, _place(draft.blocks, head.day))


def _take_issuer_from_text(draft: Draft) -> None:
    """The body that the first sentences name ("… UBND tỉnh ban hành Kế hoạch …"), else that signs ("TM. UBND")."""
    told = told_of(draft.blocks)
    if told is not None and told.kind == draft.kind and told.issuer is not None:
        name, span = told.issuer, told.spans["issuer"]
    else:
        signed = signed_by(draft.blocks)
        if signed is None:
            return
        name, span = signed
    draft.issuer = with_place(name, place_told(draft.blocks))
    draft.prove("issuer", [span])
    draft.reasons.append("issuer_from_text")


def _place(blocks: Sequence[Block], day: DateReading | None) -> str | None:
    """The province of the document: of its date line, else the one that it speaks of most."""
    written = ends_with_province(day.place) if day and day.place else None
    return written.titled if written else place_told(blocks)


def _left_column(lines: Sequence[HeadLine], numbered: int) -> list[HeadLine]:
    """The lines that name the issuing body: capitals that are nothing else, after the stamps of signing software."""
    nation = next((at for at, line in enumerate(lines) if line.form == "nation"), len(lines))
    stamps = [at for at, line in enumerate(lines[:nation]) if line.form == "stamp"]
    start = stamps[-1] + 1 if stamps else 0
    for part in (lines[start:numbered], lines[numbered:], lines[:start]):
        found = [
            line
            for line in part
            if line.form == "other"
            and line.columns < TABLE_COLUMNS
            and flat(line.text).strip(" *-_.")
            and (line.capitals or (nation < len(lines) and opens_agency(line.text)))
        ]
        if any(opens_agency(line.text) for line in found):
            return found
    return []


def take_bracket(draft: Draft, told: Told | None, over: bool) -> None:
    """Fills *draft* from "(Kèm theo Quyết định số …)"; *over*: that decision is the document, its type wins."""
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
        draft.reasons = [reason for reason in draft.reasons if reason != "number_blank"]
    if draft.day is None and told.day is not None:
        draft.day = told.day
        draft.prove("date", [told.spans["date"]])
        draft.reasons = [reason for reason in draft.reasons if not reason.startswith("date")]
    if draft.issuer is None and told.issuer is not None:
        draft.issuer = with_place(told.issuer, place_told(draft.blocks))
        draft.prove("issuer", [told.spans["issuer"]])
    draft.year = draft.year or (draft.day.year if draft.day else told.year)
