"""Tasks that may hold more than one, because lines ran together or a list was taken as one, told as `Problem`s.

In: the works that were found. Out: `Problem`s of the stage "tasks", and the reason "may_hold_several" in their works.

Example: "Thu phiếu của các hộ. - Nhập dữ liệu lên phần mềm." in one line: “Nhiệm vụ “Thu phiếu …” có thể gồm nhiều
việc viết liền; xem có cần tách không.”
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from extractor.mentions.vietnamese import sentences
from extractor.model import Problem
from extractor.tasks import directive
from extractor.tasks.draft import words
from extractor.text import title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.model import Severity
    from extractor.tasks.draft import Work
    from extractor.tasks.scope import Setting

SEVERAL = "may_hold_several"
_DAY = re.compile(r"\b\d{1,2}/\d{1,2}\b|\btháng \d|\bh[ằà]ng (?:tuần|tháng|quý|năm)\b|\bquý [IV1-4]", re.IGNORECASE)
_REFERENCE = re.compile(r"\bsố \S+(?: ngày \S+)?")
# "…; - Nhập dữ liệu", "…. 2. Giáo viên chủ nhiệm", "… xã • Bảo đảm kinh phí"; "…; Nha Tư pháp" and seven words more
_RUN_IN = re.compile(r"(?:[.;:,)] +(?:[-–+*]|\d{1,2}[.)]|[a-zđ]\))| [•●▪➢]) +(?=\w)|; +(?=[^\W\d_]+(?: +[^\s;]+){7})")
_SHOWN = 80


def mark(found: Iterable[Work], setting: Setting) -> None:
    """Gives the works that may hold several tasks their reason."""
    for work in found:
        if _holds_several(work, setting):
            work.reasons.append(SEVERAL)


def problems(found: Iterable[Work], setting: Setting) -> Iterator[Problem]:
    """What the clerk is told of the works that were marked."""
    for work in found:
        if SEVERAL in work.reasons:
            told = "Nhiệm vụ “{}” có thể gồm nhiều việc viết liền; xem có cần tách không."
            yield about(work, "task_may_hold_several", "medium", told, setting)


def about(work: Work, kind: str, severity: Severity, told: str, setting: Setting) -> Problem:
    """A problem of *work*, at its first words, which stand for the braces of *told*."""
    first = work.parts[0]
    message = told.format(title(words(setting.blocks, first), _SHOWN))
    return Problem("tasks", kind, severity, message, page=setting.blocks[first.block].place.page, block=first.block)


def _holds_several(work: Work, setting: Setting) -> bool:
    texts = [words(setting.blocks, part) for part in work.parts]
    if any(map(runs_in, texts)) or _has_days_apart(work, setting):
        return True
    if "group_of_items" in work.reasons or "lead_unknown" in work.reasons:
        ordered = sum(directive.begins_with_known_verb(text) for text in texts[1:])
        if {"group_of_items", "lead_unknown"} <= set(work.reasons) and len(texts) > 2:
            return True
        if ordered > 1 or (ordered and (len(texts) > 2 or texts[0].rstrip().endswith((".", ";")))):
            return True
    return any(_orders_again(text) for text in texts)


def runs_in(text: str) -> bool:
    """Whether something with a capital begins in the middle of *text*, after a mark or a semicolon."""
    return any(text[found.end()].isupper() for found in _RUN_IN.finditer(text))


def _has_days_apart(work: Work, setting: Setting) -> bool:
    """Whether clauses of one line have a day each: "trình trong tháng 02/2026; gửi kết quả … ngày 05/12"."""
    spans = [deadline.span for deadline in work.deadlines if deadline.span is not None]
    for part, span in itertools.product(work.parts, spans):
        if part.block == span.block and part.start <= span.start < part.end:
            _, _, clauses = setting.blocks[part.block].text[span.end : part.end].partition(";")
            if _DAY.search(_REFERENCE.sub("", clauses)):
                return True
    return False


def _orders_again(text: str) -> bool:
    """Whether a sentence after the first opens with a verb of its own."""
    return any(directive.begins_with_known_verb(text[start:end]) for start, end in sentences(text)[1:])
