"""Extraction ⇄ JSON: what `nhacviec extract` prints, and what one machine sends to another.

In: an `Extraction`. Out: a dict of plain values with a fixed order of keys; days are ISO text. `from_json` makes the
Extraction again, all but its blocks. The shape is that of the gold files (`doc_id`, `header`, `tasks`, `targets`), and
beside it source, problems, evidence, confidence and reasons:

    {"doc_id": "kh-12", "header": {"number": "12/KH-UBND", "kind": "Kế hoạch", …}, "tasks": [{"id": "t1", …}], …}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from extractor.exchange_values import Values
from extractor.model import (
    Comparator,
    Deadline,
    DeadlineKind,
    Evidence,
    Extraction,
    Header,
    Offset,
    OffsetUnit,
    Problem,
    Qualifier,
    Severity,
    Source,
    Span,
    Target,
    TaskDraft,
    TaskStatus,
    UnitMention,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_STATUSES: tuple[TaskStatus, ...] = get_args(TaskStatus)
_DEADLINE_KINDS: tuple[DeadlineKind, ...] = get_args(DeadlineKind)
_QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
_OFFSET_UNITS: tuple[OffsetUnit, ...] = get_args(OffsetUnit)
_COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
_SEVERITIES: tuple[Severity, ...] = get_args(Severity)


def to_json(extraction: Extraction) -> dict[str, object]:
    """The plain values of *extraction*, ready for `json.dumps`; its blocks are left out."""
    return {
        "doc_id": extraction.doc_id,
        "header": _header(extraction.header),
        "tasks": [_task(task) for task in extraction.tasks],
        "targets": [_target(target) for target in extraction.targets],
        "source": _source(extraction.source),
        "problems": [_problem(problem) for problem in extraction.problems],
        "declared": dict(extraction.declared),
    }


def _header(header: Header) -> dict[str, object]:
    return {
        "number": header.number,
        "kind": header.kind,
        "issuer": header.issuer,
        "date": _iso(header.date),
        "subject": header.subject,
        "urgency": header.urgency,
        "evidence": [_evidence(item) for item in header.evidence],
        "reasons": list(header.reasons),
    }


def _task(task: TaskDraft) -> dict[str, object]:
    return {
        "id": task.id,
        "text": task.text,
        "title": task.title,
        "section": list(task.section),
        "lead": [_unit(unit) for unit in task.lead],
        "support": [_unit(unit) for unit in task.support],
        "deadline": _deadline(task.deadline) if task.deadline else None,
        "milestones": [_deadline(deadline) for deadline in task.milestones],
        "product": task.product,
        "status": task.status,
        "evidence": [_evidence(item) for item in task.evidence],
        "confidence": task.confidence,
        "reasons": list(task.reasons),
    }


def _unit(unit: UnitMention) -> dict[str, object]:
    return {
        "text": unit.text,
        "name": unit.name,
        "unit_key": unit.key,
        "group": unit.group,
        "span": _span(unit.span),
        "reasons": list(unit.reasons),
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    offset = deadline.offset
    return {
        "text": deadline.text,
        "kind": deadline.kind,
        "start": _iso(deadline.start),
        "due": _iso(deadline.due),
        "rrule": deadline.rrule,
        "qualifier": deadline.qualifier,
        "time": deadline.time,
        "anchor": deadline.anchor,
        "offset": {"count": offset.count, "unit": offset.unit} if offset else None,
        "span": _span(deadline.span),
        "reasons": list(deadline.reasons),
    }


def _target(target: Target) -> dict[str, object]:
    return {
        "text": target.text,
        "indicator": target.indicator,
        "comparator": target.comparator,
        "value": _number(target.value),
        "unit": target.unit,
        "baseline": None if target.baseline is None else _number(target.baseline),
        "by": _iso(target.by),
        "span": _span(target.span),
        "reasons": list(target.reasons),
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "path": source.path,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": source.pages,
        "reader": source.reader,
        "ocr": source.ocr,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "stage": problem.stage,
        "kind": problem.kind,
        "severity": problem.severity,
        "message": problem.message,
        "page": problem.page,
        "block": problem.block,
    }


def _evidence(item: Evidence) -> dict[str, object]:
    span = item.span
    return {
        "field": item.field,
        "quote": item.quote,
        "page": item.page,
        "block": span.block,
        "start": span.start,
        "end": span.end,
    }


def _span(span: Span | None) -> dict[str, object] | None:
    return {"block": span.block, "start": span.start, "end": span.end} if span else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(value: float) -> float | int:
    """90.0 → 90, as the gold files write it."""
    return int(value) if float(value).is_integer() else value


def from_json(values: Mapping[str, object]) -> Extraction:
    """The Extraction that `to_json` made *values* of, without its blocks.

    Raises:
        ValueError: a key is missing or holds a wrong type; the message names it ("tasks[0].deadline.due").
    """
    read = Values(values)
    return Extraction(
        doc_id=read.text("doc_id"),
        source=read.one("source", _read_source),
        header=read.one("header", _read_header),
        tasks=read.many("tasks", _read_task),
        targets=read.many("targets", _read_target),
        problems=read.many("problems", _read_problem),
        declared=read.texts_by_key("declared"),
    )


def _read_source(read: Values) -> Source:
    return Source(
        path=read.text("path"),
        sha256=read.text("sha256"),
        media_type=read.text("media_type"),
        pages=read.maybe_count("pages"),
        reader=read.text("reader"),
        ocr=read.flag("ocr"),
    )


def _read_header(read: Values) -> Header:
    return Header(
        number=read.maybe_text("number"),
        kind=read.maybe_text("kind"),
        issuer=read.maybe_text("issuer"),
        date=read.day("date"),
        subject=read.maybe_text("subject"),
        urgency=read.maybe_text("urgency"),
        evidence=read.many("evidence", _read_evidence),
        reasons=read.texts("reasons"),
    )


def _read_task(read: Values) -> TaskDraft:
    return TaskDraft(
        id=read.text("id"),
        text=read.text("text"),
        title=read.text("title"),
        section=read.texts("section"),
        lead=read.many("lead", _read_unit),
        support=read.many("support", _read_unit),
        deadline=read.maybe("deadline", _read_deadline),
        milestones=read.many("milestones", _read_deadline),
        product=read.maybe_text("product"),
        status=read.choice("status", _STATUSES),
        evidence=read.many("evidence", _read_evidence),
        confidence=read.number("confidence"),
        reasons=read.texts("reasons"),
    )


def _read_unit(read: Values) -> UnitMention:
    return UnitMention(
        text=read.text("text"),
        name=read.text("name"),
        span=read.maybe("span", _read_span),
        key=read.maybe_text("unit_key"),
        group=read.flag("group"),
        reasons=read.texts("reasons"),
    )


def _read_deadline(read: Values) -> Deadline:
    return Deadline(
        text=read.text("text"),
        kind=read.choice("kind", _DEADLINE_KINDS),
        start=read.day("start"),
        due=read.day("due"),
        rrule=read.maybe_text("rrule"),
        qualifier=read.maybe_choice("qualifier", _QUALIFIERS),
        time=read.maybe_text("time"),
        anchor=read.maybe_text("anchor"),
        offset=read.maybe("offset", _read_offset),
        span=read.maybe("span", _read_span),
        reasons=read.texts("reasons"),
    )


def _read_offset(read: Values) -> Offset:
    return Offset(read.count("count"), read.choice("unit", _OFFSET_UNITS))


def _read_target(read: Values) -> Target:
    return Target(
        text=read.text("text"),
        indicator=read.text("indicator"),
        comparator=read.choice("comparator", _COMPARATORS),
        value=read.number("value"),
        unit=read.maybe_text("unit"),
        baseline=read.maybe_number("baseline"),
        by=read.day("by"),
        span=read.maybe("span", _read_span),
        reasons=read.texts("reasons"),
    )


def _read_problem(read: Values) -> Problem:
    return Problem(
        stage=read.text("stage"),
        kind=read.text("kind"),
        severity=read.choice("severity", _SEVERITIES),
        message=read.text("message"),
        page=read.maybe_count("page"),
        block=read.maybe_count("block"),
    )


def _read_evidence(read: Values) -> Evidence:
    return Evidence(read.text("field"), read.text("quote"), _read_span(read), read.maybe_count("page"))


def _read_span(read: Values) -> Span:
    return Span(read.count("block"), read.count("start"), read.count("end"))
