"""Extractions written by hand, as the extractor would hand them over, for the tests of what is done with them."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from extractor.model import (
    Block,
    Deadline,
    Evidence,
    Extraction,
    Header,
    Place,
    Source,
    Span,
    TaskDraft,
    UnitMention,
)

ISSUED = dt.date(2026, 9, 5)
TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 50, tzinfo=dt.UTC)


def on(day: str, **values: Any) -> Deadline:
    """A day written out: "2026-11-30"."""
    due = dt.date.fromisoformat(day)
    return Deadline(f"trước ngày {due:%d/%m/%Y}", "date", due=due, **values)


def every(rule: str, words: str = "định kỳ", **values: Any) -> Deadline:
    return Deadline(words, "recurring", rrule=rule, **values)


def unit(text: str, name: str | None = None, **values: Any) -> UnitMention:
    return UnitMention(text, name or text, **values)


def draft(
    text: str, deadline: Deadline | None = None, lead: tuple[Any, ...] = ("Sở Nội vụ",), **values: Any
) -> TaskDraft:
    """A task; units may be given by their text alone. Its number in the document is set by `extraction`."""
    support = tuple(one if isinstance(one, UnitMention) else unit(one) for one in values.pop("support", ()))
    return TaskDraft(
        id=values.pop("id", ""),
        text=text,
        title=values.pop("title", text[:160]),
        lead=tuple(one if isinstance(one, UnitMention) else unit(one) for one in lead),
        support=support,
        deadline=deadline,
        confidence=values.pop("confidence", 0.95),
        **values,
    )


def extraction(*drafts: TaskDraft, number: str | None = "215/KH-UBND", **values: Any) -> Extraction:
    """A plan of the province of Đồng Nai with these tasks, each with its text as evidence in a block of its own."""
    header = Header(
        number=number,
        kind=values.pop("kind", "Kế hoạch"),
        issuer=values.pop("issuer", "Ủy ban nhân dân tỉnh Đồng Nai"),
        date=values.pop("date", ISSUED),
        subject=values.pop("subject", "Chuyển đổi số năm 2026"),
    )
    name = values.pop("doc_id", (number or "khong-so").replace("/", "-"))
    content = values.pop("content", f"{number}{header.issuer}{header.date}{name}")
    source = Source(
        path=values.pop("path", f"đến/{name}.docx"),
        sha256=hashlib.sha256(str(content).encode()).hexdigest(),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        pages=None,
        reader="docx",
    )
    tasks = tuple(_numbered(task, at) for at, task in enumerate(drafts))
    blocks = tuple(Block(at, task.text, Place(None, at)) for at, task in enumerate(tasks))
    return Extraction(name, source, header, tasks, blocks=blocks, **values)


def _numbered(task: TaskDraft, at: int) -> TaskDraft:
    from dataclasses import replace

    evidence = task.evidence or (Evidence("text", task.text, Span(at, 0, len(task.text))),)
    return replace(task, id=task.id or f"t{at + 1}", evidence=evidence)
