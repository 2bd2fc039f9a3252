"""What the extractor hands over, checked before it is stored: SQLModel tables do not check by themselves.

In: an `Extraction`. Out: nothing, or `IncoherentError` where it contradicts itself (a defect of ours, named for the
report); and `Proven`, the quotes that really stand where they say, with the tasks whose quotes do not.

Example: a quote "trước ngày 30/10/2026" whose span points at other words is left out, its task waits for a clerk, and
the document has one more problem: a wrong proof is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from extractor.model import Comparator, DeadlineKind, OffsetUnit, Problem, Qualifier, Severity, TaskStatus
from tracker.errors import TrackerError
from tracker.recurrence import parts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from extractor.model import Block, Deadline, Evidence, Extraction, Target, TaskDraft

FIRST_YEAR, LAST_YEAR = 1945, 2200


class IncoherentError(TrackerError):
    """An extraction that contradicts itself: our own defect, met while storing a document."""

    def __init__(self, what: str) -> None:
        super().__init__(f"kết quả đọc không nhất quán ({what})", "đây là lỗi của phần mềm, xin báo lại kèm tệp")


def check(extraction: Extraction) -> None:
    """Checks all that the tables rely on.

    Raises:
        IncoherentError: naming the first field that is wrong.
    """
    if not re.fullmatch(r"[0-9a-f]{64}", extraction.source.sha256):
        raise IncoherentError("sha256")
    _check_day(extraction.header.date, "header.date")
    ids = [draft.id for draft in extraction.tasks]
    if len(set(ids)) != len(ids):
        raise IncoherentError("hai nhiệm vụ cùng mã")
    for draft in extraction.tasks:
        _check_task(draft)
    for target in extraction.targets:
        _check_target(target)
    for problem in extraction.problems:
        _check_one_of(problem.severity, Severity, "problem.severity")


def _check_task(draft: TaskDraft) -> None:
    if not draft.text.strip() or not draft.title.strip() or len(draft.title) > 160:
        raise IncoherentError(f"{draft.id}: text, title")
    if not 0 <= draft.confidence <= 1:
        raise IncoherentError(f"{draft.id}: confidence")
    _check_one_of(draft.status, TaskStatus, f"{draft.id}: status")
    for unit in (*draft.lead, *draft.support):
        if not unit.name.strip() or not unit.text.strip():
            raise IncoherentError(f"{draft.id}: lead, support")
    for deadline in (*([draft.deadline] if draft.deadline else []), *draft.milestones):
        _check_deadline(deadline, draft.id)


def _check_deadline(deadline: Deadline, where: str) -> None:
    _check_one_of(deadline.kind, DeadlineKind, f"{where}: deadline.kind")
    _check_day(deadline.start, f"{where}: deadline.start")
    _check_day(deadline.due, f"{where}: deadline.due")
    if deadline.qualifier is not None:
        _check_one_of(deadline.qualifier, Qualifier, f"{where}: deadline.qualifier")
    if deadline.time is not None and not re.fullmatch(r"(?:[01]\d|2[0-4]):[0-5]\d", deadline.time):
        raise IncoherentError(f"{where}: deadline.time")
    if deadline.offset is not None:
        _check_one_of(deadline.offset.unit, OffsetUnit, f"{where}: deadline.offset")
    if deadline.rrule is not None:
        if deadline.kind != "recurring":
            raise IncoherentError(f"{where}: deadline.kind, deadline.rrule")
        try:
            parts(deadline.rrule)
        except ValueError:
            raise IncoherentError(f"{where}: deadline.rrule") from None


def _check_target(target: Target) -> None:
    _check_one_of(target.comparator, Comparator, "target.comparator")
    _check_day(target.by, "target.by")
    if target.value != target.value or abs(target.value) == float("inf"):
        raise IncoherentError("target.value")


def _check_one_of(value: str, literal: Any, where: str) -> None:  # noqa: ANN401 - a Literal type has no type of its own
    if value not in get_args(literal):
        raise IncoherentError(f"{where}: {value!r}")


def _check_day(day: date | None, where: str) -> None:
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise IncoherentError(f"{where}: {day.isoformat()}")


@dataclass(frozen=True, slots=True)
class Proven:
    """The evidence that holds, and what does not.

    Attributes:
        header: of the document's header.
        tasks: of each task, by its draft id.
        doubted: draft ids of tasks that lost a quote.
        problems: one for each lost quote.
    """

    header: tuple[Evidence, ...]
    tasks: Mapping[str, tuple[Evidence, ...]]
    doubted: frozenset[str]
    problems: tuple[Problem, ...]


def proven(extraction: Extraction) -> Proven:
    """Sorts the quotes of *extraction* by whether the words really stand where they say."""
    blocks = extraction.blocks
    tasks = {draft.id: tuple(found for found in draft.evidence if _holds(found, blocks)) for draft in extraction.tasks}
    doubted = frozenset(draft.id for draft in extraction.tasks if len(tasks[draft.id]) != len(draft.evidence))
    problems = tuple(
        Problem(
            "tasks", "evidence_mismatch", "high",
            f"lời trích của trường “{found.field}” ở nhiệm vụ {draft.id} không khớp với văn bản, cần đối chiếu bản gốc",
            found.page, found.span.block,
        )
        for draft in extraction.tasks
        for found in draft.evidence
        if not _holds(found, blocks)
    )  # fmt: skip
    header = tuple(found for found in extraction.header.evidence if _holds(found, blocks))
    return Proven(header, tasks, doubted, problems)


def _holds(found: Evidence, blocks: tuple[Block, ...]) -> bool:
    span = found.span
    if not 0 <= span.block < len(blocks) or not 0 <= span.start < span.end:
        return False
    return blocks[span.block].text[span.start : span.end] == found.quote


def deadline_to_json(deadline: Deadline) -> dict[str, Any]:
    """A deadline as JSON has it (CONTRACT: text, kind, start, due, rrule, qualifier, time), days in ISO form."""
    return {
        "text": deadline.text,
        "kind": deadline.kind,
        "start": deadline.start.isoformat() if deadline.start else None,
        "due": deadline.due.isoformat() if deadline.due else None,
        "rrule": deadline.rrule,
        "qualifier": deadline.qualifier,
        "time": deadline.time,
    }
