"""Blocks → Header: number, type, issuer, day, subject, urgency; whom it addresses; what of the page is letterhead.

In: the blocks of a document, from any reader. Out: `HeaderReading`. Five ways, tried in this order:

1. a letterhead (`header_letterhead`): "UBND TỈNH SƠN LA" / "Số: 12/KH-UBND" / "KẾ HOẠCH" / "Phòng, chống rét"
2. the bracket of an issued plan: "(Kèm theo Quyết định số 45/QĐ-UBND ngày 06/02/2026 của UBND tỉnh Sơn La)"
3. a portal's labelled fields (`header_record`): "Số ký hiệu: 12/KH-UBND" / "Ngày ban hành: 03/02/2026"
4. a sentence that announces the document (`header_report`): "UBND tỉnh Sơn La vừa ban hành Kế hoạch …"
5. the bracket of way 2 over an appendix that is sent alone: "(Kèm theo Kế hoạch số 12/KH-UBND … về chống rét)"

A field that is not known is None, and `Header.reasons` says why ("number_blank", "date_blank", "no_letterhead").

    header.py ← header_letterhead ← header_subject ← header_number ← header_place ← header_lines
                header_report, header_record ← header_issuer         header_ending (closing and appendices)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.document.header_ending import find_ending
from extractor.document.header_issuer import opens_agency
from extractor.document.header_letterhead import (
    TABLE_COLUMNS,
    Draft,
    Letterhead,
    read_letterhead,
    take_bracket,
    take_issuer,
)
from extractor.document.header_lines import head_lines
from extractor.document.header_number import read_date, read_number
from extractor.document.header_place import place_told, with_place
from extractor.document.header_record import read_record
from extractor.document.header_reference import issued_with
from extractor.document.header_report import told_of
from extractor.document.header_subject import body_begins, find_title, plan_year, subject_text
from extractor.document.header_sureness import sure_day, sure_number
from extractor.model import Header, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.document.header_lines import HeadLine
    from extractor.document.header_number import Piece
    from extractor.document.header_subject import Title
    from extractor.model import Block


_TERRITORY = re.compile(r"(?:tinh|thanh pho|tp|xa|phuong|dac khu)\b")
_BRACKET_BLOCKS = 10  # an appendix names its document under its title


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


def find(blocks: Sequence[Block], number_confidence: float = 0.0) -> HeaderReading:
    """Finds the header of a document.

    Args:
        blocks: all blocks in body order; `blocks[i].index == i`.
        number_confidence: of recognition, 0 to 1; a number or day below it is None.
    """
    lines = head_lines(blocks)
    title = find_title(lines)
    area = _area(lines, title)
    number = sure_number(read_number(lines[:area]), blocks, number_confidence)
    day = sure_day(read_date(lines[:area]), blocks, number_confidence)
    head = Letterhead(lines, area, title, number, day)
    draft = Draft(blocks)
    addressees: list[Piece] = []
    top = 0
    if title is not None or head.number is not None or any(line.form == "nation" for line in lines[:area]):
        addressees, top = read_letterhead(draft, head)
        after = lines[top - 1].block + 1 if top else 0
    else:
        after = _read_record(draft, lines) or _read_report(draft) or _read_appendix(draft)
        if draft.issuer is None:
            take_issuer(draft, replace(head, area=_named_above(lines)))
    ending = find_ending(blocks, after)
    return HeaderReading(
        header=draft.header(),
        consumed=_whole_blocks(lines, top),
        addressees=tuple(Span(p.block, p.start, p.end) for p in addressees),
        plan_year=plan_year(draft.subject),
        issue_year=draft.year,
        closing=ending.closing,
        closing_blocks=ending.closing_blocks,
        annex_starts=ending.annex_starts,
    )


def _area(lines: Sequence[HeadLine], title: Title | None) -> int:
    """How many of *lines* may hold number, day and issuer: those before the addressees, or before the body."""
    if title is not None:
        return title.line + 1
    for at, line in enumerate(lines):
        if line.form == "addressee" or (at and line.columns >= TABLE_COLUMNS) or body_begins(line):
            return at
    return len(lines)


def _named_above(lines: Sequence[HeadLine]) -> int:
    """How many lines at the top name a body over a list that has no letterhead: "UBND TỈNH SƠN LA" / "SỞ Y TẾ"."""
    for at, line in enumerate(lines):
        opens = opens_agency(line.text) or (at and _TERRITORY.match(line.flat))
        if not line.capitals or not opens or line.columns >= TABLE_COLUMNS:
            return at
    return len(lines)


def _read_record(draft: Draft, lines: Sequence[HeadLine]) -> int:
    """Fills *draft* from a portal's labelled fields; returns the block after them, 0 where there are none."""
    draft.reasons.append("no_letterhead")
    record = read_record(lines)
    if record is None:
        return 0
    draft.number, draft.kind, draft.day = record.number, record.kind, record.day
    draft.year = record.day.year if record.day else None
    draft.subject = subject_text([record.subject]) if record.subject else None
    draft.issuer = with_place(record.issuer, place_told(draft.blocks)) if record.issuer else None
    for name, piece in record.pieces.items():
        draft.prove(name, [piece])
    if "kind" not in record.pieces and "number" in record.pieces:
        draft.prove("kind", [record.pieces["number"]])
    return 1 + max(piece.block for piece in record.pieces.values())


def _read_report(draft: Draft) -> int:
    """Fills *draft* from a sentence that announces the document; returns the block after it, 0 where there is none."""
    told = told_of(draft.blocks)
    if told is None:
        return 0
    draft.kind, draft.number, draft.day, draft.year = told.kind, told.number, told.day, told.year
    draft.subject = subject_text([told.subject]) if told.subject else None
    for name, span in told.spans.items():
        draft.prove(name, [span])
    bracket = issued_with(draft.blocks[told.spans["kind"].block :])
    issuer = told.issuer or ""
    if bracket and bracket.issuer and bracket.kind == told.kind and bracket.issuer.startswith(issuer):
        issuer = bracket.issuer
        draft.prove("issuer", [bracket.spans["issuer"]])
    draft.issuer = with_place(issuer, place_told(draft.blocks)) if issuer else None
    take_bracket(draft, bracket, over=False)
    return told.spans["kind"].block + 1


def _read_appendix(draft: Draft) -> int:
    """Fills *draft* from the bracket of an appendix that is sent alone; 0: all of it is the appendix.

    "(Ban hành kèm theo Kế hoạch số 12/KH-UBND ngày 03/02/2026 của UBND tỉnh Sơn La về chống rét cho vật nuôi)".
    """
    bracket = issued_with(draft.blocks[:_BRACKET_BLOCKS])
    if bracket is None or (bracket.number is None and bracket.issuer is None):
        return 0
    draft.kind = bracket.kind
    draft.prove("kind", [bracket.spans["kind"]])
    take_bracket(draft, bracket, over=False)
    if "subject" in bracket.spans and bracket.subject:
        draft.subject = subject_text([bracket.subject])
        draft.prove("subject", [bracket.spans["subject"]])
    return 0


def _whole_blocks(lines: Sequence[HeadLine], top: int) -> frozenset[int]:
    """Blocks of which all lines stand before line number *top*."""
    return frozenset(line.block for line in lines[:top]) - frozenset(line.block for line in lines[top:])
