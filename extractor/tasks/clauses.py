"""One item → the ranges of its tasks: sentences and clauses that are tasks of their own.

In: an item's text and what is asked of its clauses. Out: ranges in order.
The rules are gold/GUIDELINES.md, Tasks 3 and 5.

>>> text = "Rà soát danh mục, hoàn thành trong tháng 7; Cử đầu mối, hoàn thành trong tháng 8."
>>> asked = Questions(lambda clause: None, lambda clause: False, lambda clause: "tháng" in clause)
>>> [text[a:b] for a, b in split(text, asked)]
['Rà soát danh mục, hoàn thành trong tháng 7', 'Cử đầu mối, hoàn thành trong tháng 8.']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.vietnamese import sentences
from extractor.tasks.directive import agrees, begins_with_verb, is_conditional

if TYPE_CHECKING:
    from collections.abc import Callable

# "các tuyến còn lại hoàn thành trong quý III": work of its own; "đợt 2 xong trước ngày 31/10" is a step of the same
_OTHERS_FINISH = re.compile(
    r"(?!(?:đợt|giai đoạn|lần|bước|kỳ|vòng|quý|tháng|năm|ngày)\b).{0,80}\b(?:hoàn thành|hoàn tất|xong)\b", re.IGNORECASE
)
# "…; trước ngày 20 của tháng cuối quý gửi báo cáo": the clause begins with its time
_TIME_FIRST = re.compile(
    r"(?:định kỳ )?(?:trước|chậm nhất|muộn nhất)\s.{0,60}\b(?:báo cáo|gửi|trình|nộp|tổng hợp|hoàn thành|ban hành)\b"
)
_ENUMERATION = re.compile(r"\s*(?:\(?[0-9ivx]{1,4}\)|[a-zđ]\)|Bước\s+\d)")


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of a clause.

    Attributes:
        subject: the unit that does it, by name, or None where the clause names none at its start.
        ends_with_object: a unit that something is done to ends it ("… hướng dẫn Trung tâm Y tế cấp huyện").
        dated: it carries a deadline of its own.
    """

    subject: Callable[[str], str | None]
    ends_with_object: Callable[[str], bool]
    dated: Callable[[str], bool]


def split(text: str, asked: Questions) -> list[tuple[int, int]]:
    """The ranges of *text*, one bullet or paragraph, that are tasks; the whole of it where nothing says otherwise."""
    found: list[tuple[int, int]] = []
    for start, end in _split_sentences(text, asked):
        found.extend(_split_clauses(text, start, end, asked))
    return found


def _split_sentences(text: str, asked: Questions) -> list[tuple[int, int]]:
    """One range, unless two or more sentences carry deadlines of their own, or other units are their subjects."""
    found = sentences(text)
    if len(found) < 2:
        return [(0, len(text))] if text else []
    # A closing sentence that only hangs on a condition is no part of the task.
    while len(found) > 1 and _hangs_on_condition(text[found[-1][0] : found[-1][1]], asked):
        found.pop()
    dated = [asked.dated(text[start:end]) for start, end in found]
    several = sum(dated) >= 2
    ranges: list[tuple[int, int]] = []
    last: str | None = None
    for (start, end), own in zip(found, dated, strict=True):
        subject = asked.subject(text[start:end])
        other = subject is not None and last is not None and subject != last
        if ranges and not other and not (several and own):
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
        last = subject or last
    return ranges


def _hangs_on_condition(sentence: str, asked: Questions) -> bool:
    return is_conditional(sentence) and not asked.dated(sentence)


def _split_clauses(text: str, start: int, end: int, asked: Questions) -> list[tuple[int, int]]:
    """Clauses at ";" that begin a capital directive verb, open with a unit, or are dated as the one before is."""
    clauses = _at_semicolons(text, start, end)
    if len(clauses) < 2 or any(_ENUMERATION.match(text[a:b]) for a, b in clauses[1:]):
        return [(start, end)]
    ranges = [clauses[0]]
    for a, b in clauses[1:]:
        before = text[ranges[-1][0] : ranges[-1][1]]
        if _begins_task(text[a:b], before, asked):
            ranges.append((a, b))
        else:
            ranges[-1] = (ranges[-1][0], b)
    return ranges


def _begins_task(clause: str, before: str, asked: Questions) -> bool:
    verb = begins_with_verb(clause)
    if clause[:1].isupper() and verb:
        return True
    if agrees(before) and clause.startswith("giao "):
        return False  # "Thống nhất điều chỉnh tiến độ; giao Sở A trình …": what was agreed and who carries it out
    if asked.subject(clause):
        # "hướng dẫn Trung tâm Y tế cấp huyện; Trạm Y tế cấp xã …" goes on with a list of units.
        return not asked.ends_with_object(before)
    return (verb or stands_alone(clause)) and asked.dated(clause) and asked.dated(before)


def stands_alone(clause: str) -> bool:
    """Whether a dated *clause* without a verb at its start is work ("các tuyến còn lại xong …", "trước ngày … gửi")."""
    return _OTHERS_FINISH.match(clause) is not None or _TIME_FIRST.match(clause) is not None


def _at_semicolons(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges between the ";" outside brackets and quotation marks, without the spaces around them."""
    ranges: list[tuple[int, int]] = []
    depth, begin = 0, start
    for at in range(start, end):
        character = text[at]
        if character in "([“":
            depth += 1
        elif character in ")]”":
            depth = max(0, depth - 1)
        elif character == ";" and depth == 0:
            ranges.append((begin, at))
            begin = at + 1
    ranges.append((begin, end))
    stripped = [(a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in ranges]
    return [(a, b) for a, b in stripped if a < b]
