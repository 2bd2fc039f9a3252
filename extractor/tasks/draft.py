"""What is being gathered about one task, and how it becomes a `TaskDraft`.

In: spans of the document's words, units, deadlines. Out: the frozen draft with evidence for each filled field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from extractor.mentions.deadlines import binding
from extractor.model import Deadline, Evidence, Span, TaskDraft, UnitMention
from extractor.tasks.confidence import confidence
from extractor.text import title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Block, TaskStatus

M = TypeVar("M", UnitMention, Deadline)
_DAY = re.compile(
    r"\d{1,2}/\d{1,2}(?:/\d{4})?\b|\b(?:quý [IV1-4]+|năm 20\d\d|tháng \d{1,2}|h[ằà]ng (?:tuần|tháng|quý|năm))\b",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\bsố \S+(?: ngày \S+)?")


@dataclass(slots=True)
class Work:
    """One task while it is being put together.

    Attributes:
        parts: the words of the task, in order.
        section: headings above it.
        lead, support: units, each with its span in the document.
        deadlines: all found, in order.
        product: words of the product, if named.
        status: from a status column.
        reasons: names of what was inferred.
    """

    parts: list[Span]
    section: tuple[str, ...]
    lead: tuple[UnitMention, ...] = ()
    support: tuple[UnitMention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    product: Span | None = None
    status: TaskStatus = "todo"
    reasons: list[str] = field(default_factory=list)


def words(blocks: Sequence[Block], span: Span) -> str:
    """The words that *span* points at."""
    return blocks[span.block].text[span.start : span.end]


def evidence(blocks: Sequence[Block], name: str, span: Span) -> Evidence:
    """The proof of field *name*: the words at *span*, with their page."""
    return Evidence(name, words(blocks, span), span, blocks[span.block].place.page)


def moved(mention: M, block: int, by: int) -> M:
    """*mention*, found in a piece of a block, with its span counted from the start of that block."""
    if mention.span is None:
        return mention
    return replace(mention, span=Span(block, mention.span.start + by, mention.span.end + by))


def finish(work: Work, number: int, blocks: Sequence[Block]) -> TaskDraft:
    """The draft of *work*, the *number*-th task of the document."""
    text = "\n".join(words(blocks, part) for part in work.parts)
    deadline = binding(work.deadlines)
    proofs = [evidence(blocks, "text", part) for part in work.parts]
    for name, units in (("lead", work.lead), ("support", work.support)):
        proofs += [evidence(blocks, name, unit.span) for unit in units if unit.span is not None]
    if deadline is not None and deadline.span is not None:
        proofs.append(evidence(blocks, "deadline", deadline.span))
    if work.product is not None:
        proofs.append(evidence(blocks, "product", work.product))
    inferred = [*work.reasons, *(deadline.reasons if deadline else ()), *_unit_reasons(work), *_text_reasons(text)]
    if deadline is None and _DAY.search(_REFERENCE.sub("", text)):
        inferred.append("day_without_deadline")
    reasons = tuple(dict.fromkeys(inferred))
    draft = TaskDraft(
        id=f"t{number}",
        text=text,
        title=title(text),
        section=work.section,
        lead=work.lead,
        support=work.support,
        deadline=deadline,
        milestones=work.deadlines if len(work.deadlines) > 1 else (),
        product=words(blocks, work.product) if work.product else None,
        status=work.status,
        evidence=tuple(proofs),
        reasons=reasons,
    )
    recognised = min((blocks[part.block].confidence for part in work.parts), default=1.0)
    return replace(draft, confidence=confidence(draft, recognised))


def _unit_reasons(work: Work) -> list[str]:
    return ["unit_unknown"] if any("unknown_name" in unit.reasons for unit in (*work.lead, *work.support)) else []


def _text_reasons(text: str) -> list[str]:
    return ["text_begins_within_sentence"] if text[:1].islower() else []
