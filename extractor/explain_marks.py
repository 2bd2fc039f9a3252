"""Which words of a document were understood as what: the marks that `extractor.explain` draws.

In: an `Extraction`. Out: `Mark`s by block, each a range of its text with a kind and a note: in "1. Sở Y tế chủ trì,
hoàn thành trước ngày 05/12/2026" the task "t1", the lead "Sở Y tế", the deadline with the note "t1 = 05/12/2026".

What took part in a task comes from its evidence. Units, days and cited documents that took part in none are found again
by the same components that the pipeline runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from extractor.mentions.frame import Context, mentions_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.model import Deadline, Extraction, Span, Target, TaskDraft

Kind = Literal["header", "task", "lead", "support", "deadline", "product", "target", "reference", "unit", "day"]

KINDS: dict[Kind, str] = {
    "header": "phần đầu",
    "task": "nhiệm vụ",
    "lead": "chủ trì",
    "support": "phối hợp",
    "deadline": "thời hạn",
    "product": "sản phẩm",
    "target": "chỉ tiêu",
    "reference": "viện dẫn",
    "unit": "đơn vị",
    "day": "ngày",
}
HEADER_FIELDS = {
    "number": "số, ký hiệu",
    "kind": "loại",
    "issuer": "cơ quan ban hành",
    "date": "ngày ban hành",
    "subject": "trích yếu",
    "urgency": "độ khẩn",
}
_OF_TASK: dict[str, Kind] = {
    "text": "task",
    "lead": "lead",
    "support": "support",
    "deadline": "deadline",
    "product": "product",
}
_LOOSE: tuple[tuple[str, Kind], ...] = (("references", "reference"), ("units", "unit"), ("deadlines", "day"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of a block's text that was understood.

    Attributes:
        kind: as what.
        start, end: half-open range in the block's text.
        note: the tasks that it belongs to and its value: "t1, t2 = 05/12/2026"; "" where there is none.
    """

    kind: Kind
    start: int
    end: int
    note: str = ""


def marks_by_block(extraction: Extraction, silent: frozenset[int]) -> dict[int, list[Mark]]:
    """The marks of each block, by where they begin, the longest first; in *silent* blocks those of the header only."""
    found: dict[int, list[Mark]] = {}
    for span, mark in (*_of_header(extraction), *_of_tasks(extraction.tasks), *_of_targets(extraction.targets)):
        found.setdefault(span.block, []).append(mark)
    context = Context(issued=extraction.header.date, declared=extraction.declared)
    for block in extraction.blocks:
        if block.index not in silent:
            marks = found.setdefault(block.index, [])
            marks += _loose(block.text, context, marks)
    for marks in found.values():
        marks.sort(key=lambda mark: (mark.start, -mark.end, mark.kind != "task"))
    return found


def _of_header(extraction: Extraction) -> Iterator[tuple[Span, Mark]]:
    for proof in extraction.header.evidence:
        note = HEADER_FIELDS.get(proof.field, proof.field)
        yield proof.span, Mark("header", proof.span.start, proof.span.end, note)


def _of_tasks(tasks: Iterable[TaskDraft]) -> Iterator[tuple[Span, Mark]]:
    """One mark a kind and range, also where many tasks share it (a heading's unit)."""
    held: dict[tuple[Kind, Span], list[TaskDraft]] = {}
    for task in tasks:
        for proof in task.evidence:
            if proof.field in _OF_TASK:
                held.setdefault((_OF_TASK[proof.field], proof.span), []).append(task)
    for (kind, span), sharing in held.items():
        value = day_of(sharing[0].deadline) if kind == "deadline" else ""
        note = " = ".join(filter(None, (ids(sharing), value)))
        yield span, Mark(kind, span.start, span.end, note)


def _of_targets(targets: Iterable[Target]) -> Iterator[tuple[Span, Mark]]:
    for target in targets:
        if target.span is not None:
            yield target.span, Mark("target", target.span.start, target.span.end, target_value(target))


def _loose(text: str, context: Context, known: list[Mark]) -> list[Mark]:
    """Mentions in *text* that no task took, where none of the *known* marks but a task's or a target's stands."""
    taken = [(mark.start, mark.end) for mark in known if mark.kind not in ("task", "target")]
    loose: list[Mark] = []
    for name, kind in _LOOSE:
        for mention in mentions_in(text, context, name):
            start, end = mention.span.start, mention.span.end
            if not any(start < other_end and other < end for other, other_end in taken):
                loose.append(Mark(kind, start, end, f"= {day_of(mention)}" if kind == "day" else ""))
                taken.append((start, end))
    return loose


def ids(tasks: Iterable[TaskDraft]) -> str:
    """The numbers of *tasks*, runs in short: "t1–t4, t7"."""
    runs: list[list[int]] = []
    for number in sorted({int(task.id.removeprefix("t")) for task in tasks}):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"t{first}" if first == last else f"t{first}–t{last}" for first, last in runs)


def day_of(deadline: Deadline | None) -> str:
    """What a deadline was understood as: "05/12/2026", "FREQ=MONTHLY;BYMONTHDAY=20", "thường xuyên"."""
    if deadline is None:
        return ""
    if deadline.kind == "ongoing":
        return "thường xuyên"
    if deadline.kind == "relative":
        offset = deadline.offset
        counted = f"{offset.count:+d} {offset.unit} " if offset else ""
        return f"{counted}từ “{deadline.anchor}”" if deadline.anchor else "chờ sự kiện"
    due = f"{deadline.due:%d/%m/%Y}" if deadline.due else ""
    since = f"{deadline.start:%d/%m/%Y}–" if deadline.start else ""
    return ", ".join(filter(None, (deadline.rrule, f"{since}{due}", deadline.time))) or "chưa rõ ngày"


def target_value(target: Target) -> str:
    """A target's value: ">= 95 %, từ 80, đến 31/12/2026"."""
    value = f"{target.comparator} {target.value:g} {target.unit or ''}".strip()
    since = f", từ {target.baseline:g}" if target.baseline is not None else ""
    return f"{value}{since}" + (f", đến {target.by:%d/%m/%Y}" if target.by else "")
