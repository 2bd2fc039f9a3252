"""Targets (chỉ tiêu): the measurable results that a paragraph, a table cell or a row of a table of targets sets.

In: the text of one block. Out: `Target`s that point at their words.

    "Phấn đấu đến năm 2027 có tối thiểu 85% hồ sơ được số hóa"
        → 85, "%", comparator ">=", by 2027-12-31, indicator "hồ sơ được số hóa"

>>> [(t.comparator, t.value, t.unit, t.indicator) for t in find("Tổ chức 03 lớp tập huấn cho tổ công nghệ số.")]
[('=', 3.0, 'lớp', 'lớp tập huấn cho tổ công nghệ số')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.mentions import target_clauses as clauses
from extractor.mentions.target_goals import Frame, Governing, govern, is_goal, serves
from extractor.mentions.target_numbers import Amount, amounts, hide
from extractor.mentions.target_rows import find_in_row
from extractor.mentions.target_text import Prepared, prepare, unit_of
from extractor.mentions.target_words import words
from extractor.model import Span, Target

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from extractor.model import Comparator

__all__ = ["find", "find_in_row"]

# Most paragraphs have no number at all; the second half finds "ít nhất một lớp".
_WORTH_READING = re.compile(
    r"\d|(?i:nhất|thiểu|quá|đa)\s+(?:là |có |phải |từ )?(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s"
)
_FEW = 4  # words
_LEVELS = re.compile(
    r"(?:[\s,]|lên|xuống|còn|thành|tăng|giảm|mức|đạt|đến|tới|khoảng|trên|dưới|nâng|vào|¤|\((?:\s|¤)*\)|tối\s+thiểu|ít\s+nhất)*\Z"
)
_MOVES = re.compile(r"lên|xuống|còn|thành|tăng|giảm|nâng")
_EARLIER = re.compile(
    r"\s*(?:kết\s+quả\s+|thực\s+hiện\s+|ước\s+|hiện\s+(?:nay|tại)\s*)?(?:năm\s+)?[¤\s]*(?:đạt|là|:|=|có)?\s*\Z"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number that counts, before its clause is cut."""

    amount: Amount
    governing: Governing
    piece: tuple[int, int]
    start: int
    shared: bool
    baseline: float | None = None
    since: int | None = None  # where "từ 20%" begins, in "từ 20% lên 40%"


def find(
    text: str, *, block: int = 0, strict: bool = True, masked: Sequence[tuple[int, int]] = ()
) -> tuple[Target, ...]:
    """The targets that *text* sets.

    Args:
        text: a paragraph, cell or sentence, as in `Block.text`.
        block: index of the block, for the spans.
        strict: True for prose and tasks, where a number must be a goal; False under a heading "Mục tiêu", "Chỉ tiêu" or
            in a column of targets, where nearly every number with a measure is one.
        masked: ranges of *text* whose numbers are no targets (deadlines, references).

    Returns:
        One `Target` a number, in order. `by` is filled from the target's own words only; the caller fills it from
        headings and tasks. Source of the rules: gold/GUIDELINES.md, Targets.
    """
    if not _WORTH_READING.search(text):
        return ()
    prepared = prepare(text, masked)
    counted = [_measured(text, amount) for amount in amounts(prepared.shown)]
    if not counted:
        return ()
    return _told_once(_targets(prepared, _goals(prepared, counted, strict), block))


def _measured(text: str, amount: Amount) -> Amount:
    """The amount; words with a capital behind a number are no measure of it ("0,5 Tính theo công thức")."""
    if amount.sense is None and text[amount.unit_start : amount.unit_start + 1].isupper():
        return replace(amount, unit=None, end=amount.number_end, unit_start=amount.number_end)
    return amount


def _goals(prepared: Prepared, counted: list[Amount], strict: bool) -> list[_Found]:
    """The amounts that are goals, each with the start of its clause."""
    pieces = clauses.segments(prepared.text)
    found: list[_Found] = []
    earlier: Amount | None = None  # the start of "từ 20% lên 40%"
    for amount in counted:
        piece = _innermost(pieces, amount)
        before = found[-1] if found and found[-1].piece == piece else None
        if earlier is not None and _moves(prepared.shown, earlier, amount):
            held = _place(prepared, earlier, piece, before, strict)
            governing = govern(prepared.shown, held.floor, earlier)
            if is_goal(amount, governing, held):
                level = replace(governing, comparator=_bound_of(prepared.shown, earlier, amount))
                found.append(_Found(amount, level, piece, held.start, held.shared, earlier.value, earlier.start))
            earlier = None
            continue
        if _is_earlier_result(prepared, amount, piece, found):
            found[-1] = replace(found[-1], baseline=amount.value)
            continue
        frame = _place(prepared, amount, piece, before, strict)
        governing = _carried(govern(prepared.shown, frame.floor, amount), frame, before)
        earlier = amount if "from" in governing.roles[:2] else None
        if is_goal(amount, governing, frame):
            found.append(_Found(amount, governing, piece, frame.start, frame.shared))
            if earlier is not None and _next_moves(prepared.shown, amount, counted):
                found.pop()
    return found


def _innermost(pieces: list[tuple[int, int]], amount: Amount) -> tuple[int, int]:
    """The smallest piece that holds the amount."""
    return min(
        (p for p in pieces if p[0] <= amount.start and amount.number_end <= p[1]),
        key=lambda p: p[1] - p[0],
        default=(0, 0),
    )


def _moves(shown: str, earlier: Amount, amount: Amount) -> bool:
    """Whether the amounts are the two ends of "từ 20% lên 40%"."""
    gap = shown[earlier.end : amount.start]
    return (earlier.unit == "%") == (amount.unit == "%") and bool(_LEVELS.match(gap)) and bool(_MOVES.search(gap))


def _next_moves(shown: str, amount: Amount, counted: list[Amount]) -> bool:
    """Whether the next amount is the other end of "từ 20% lên 40%"."""
    after = next((later for later in counted if later.start > amount.start), None)
    return after is not None and _moves(shown, amount, after)


def _bound_of(shown: str, earlier: Amount, amount: Amount) -> Comparator:
    """The comparator of the upper end: "từ 20% lên trên 40%" is ">", "từ 20% lên 40%" is "="."""
    comparator = govern(shown, earlier.end, amount).comparator
    return "=" if comparator in ("+", "-") else comparator


def _is_earlier_result(prepared: Prepared, amount: Amount, piece: tuple[int, int], found: list[_Found]) -> bool:
    """Whether the amount is a present result in a bracket behind a target: "đạt 90% (năm 2023: 85%)"."""
    if not found or prepared.text[piece[0] - 1 : piece[0]] != "(" or found[-1].amount.end > piece[0]:
        return False
    if prepared.text[found[-1].amount.end : piece[0] - 1].strip() or (found[-1].amount.unit == "%") != (
        amount.unit == "%"
    ):
        return False
    opening = hide(prepared.flat, [(day.start, day.end) for day in prepared.days])[piece[0] : amount.start]
    return bool(_EARLIER.match(opening)) and ("¤" in opening or "hiện" in opening or "năm" in opening)


def _place(prepared: Prepared, amount: Amount, piece: tuple[int, int], before: _Found | None, strict: bool) -> Frame:
    """Where the amount stands: its sentence, piece and clause."""
    shown = prepared.shown
    floor, shared = piece[0], False
    if before is not None:
        governing = govern(shown, before.amount.end, amount)
        attached = bool(governing.roles) and not governing.has("level", "change", "make", "goal", "duty", "each")
        served = amount.sense == "person" and serves(shown[before.amount.end : amount.start])
        joint = clauses.separator(shown, before.amount.end, governing.start, attached=attached or served)
        floor, shared = (before.amount.end, True) if joint is None else (joint, False)
    governing = govern(shown, floor, amount)
    start = before.start if shared and before else clauses.clause_start(shown, floor, governing.start, amount.start)
    return Frame(shown, clauses.sentence(prepared.text, amount.start), piece, floor, start, shared, strict)


def _carried(governing: Governing, frame: Frame, before: _Found | None) -> Governing:
    """Lets verbs hold for the next numbers of a list: "giảm 50% thời gian, 30% chi phí", "xây dựng 02 cầu, 05 cống"."""
    bare = not frame.flat[frame.start : governing.start].strip()
    if before is None or frame.shared or not bare or governing.has("level", "change", "make", "goal"):
        return governing
    verbs = tuple(role for role in before.governing.roles if role in ("make", "goal"))
    governing = replace(governing, roles=(*governing.roles, *verbs))
    if before.governing.shift is None:
        return governing
    comparator = before.governing.shift if governing.comparator == "=" else governing.comparator
    return replace(governing, comparator=comparator, shift=before.governing.shift)


def _targets(prepared: Prepared, found: list[_Found], block: int) -> list[Target]:
    """Cuts the clauses and builds the targets."""
    targets: list[Target] = []
    for index, one in enumerate(found):
        later = next((f for f in found[index + 1 :] if f.piece == one.piece and f.start > one.amount.end), None)
        ceiling = _with_day(prepared, later) if later else one.piece[1]
        end = clauses.clause_end(prepared.flat, one.amount.end, ceiling)
        start, end = _host(prepared, one, end)
        previous = targets[-1] if targets and found[index - 1].piece == one.piece else None
        targets.append(_target(prepared, one, (start, end), previous, block))
    return targets


def _host(prepared: Prepared, one: _Found, end: int) -> tuple[int, int]:
    """The clause round a bracket that holds nothing but a number: "phân bổ vốn đối ứng (tối thiểu 5%)"."""
    start = _with_day(prepared, one)
    outside = one.piece[0] - 1
    inside = prepared.shown[one.piece[0] : one.governing.start] + prepared.shown[one.amount.end : one.piece[1]]
    alone = prepared.text[outside : outside + 1] == "(" and prepared.text[one.piece[1] : one.piece[1] + 1] == ")"
    if outside < 1 or not alone or len(inside.split()) > _FEW:
        return start, end
    pieces = clauses.segments(prepared.text)
    host = min((p for p in pieces if p[0] <= outside and one.piece[1] < p[1]), key=lambda p: p[1] - p[0], default=None)
    if host is None:
        return start, end
    return clauses.clause_start(prepared.shown, host[0], outside, outside), one.piece[1] + 1


def _with_day(prepared: Prepared, one: _Found) -> int:
    """Where the clause begins if the phrase of days right before it is part of it: "năm 2027 đạt 80%"."""
    for day in reversed(prepared.days):
        if day.day and one.piece[0] <= day.start < one.start and not prepared.shown[day.start : one.start].strip(" ,:"):
            return day.start
    return one.start


def _target(prepared: Prepared, one: _Found, clause: tuple[int, int], previous: Target | None, block: int) -> Target:
    """The target of one number in its clause."""
    text, amount = prepared.text, one.amount
    start, end = clause
    reasons: list[str] = []
    own = clauses.indicator(text, clause, _holes(prepared, one, clause))
    indicator = own if previous is None else _continued(own, previous.indicator, one)
    if indicator != own:
        reasons.append("indicator_continues")
    if amount.sense is None and amount.unit is not None:
        reasons.append("unit_unknown")
    return Target(
        text=text[start:end],
        indicator=indicator,
        comparator=one.governing.comparator,
        value=amount.value,
        unit=unit_of(text, amount),
        baseline=one.baseline,
        by=_by(prepared, one, clause),
        span=Span(block, start, end),
        reasons=tuple(reasons),
    )


def _continued(own: str, before: str, one: _Found) -> str:
    """The indicator with the words of the one before it, where its own do not name a thing.

    "…, cấp xã đạt 70%", "… và 98% vào năm 2030", "…, tăng 8% so với dự toán"; "Tỷ lệ trường đạt chuẩn: mầm non 65%,
    tiểu học 72%" lends only the words before the colon.
    """
    short = len(own.split()) <= _FEW
    if not own or own.startswith("so với") or (short and one.governing.has("level") and not one.shared):
        return f"{before} {own}".strip()
    if short and ":" in before and not one.governing.roles:
        return f"{before.split(':')[0]}: {own}"
    return own


def _holes(prepared: Prepared, one: _Found, clause: tuple[int, int]) -> list[tuple[int, int]]:
    """What of the clause does not name the thing measured: number, comparator, unit of measure, days."""
    amount = one.amount
    nouns = amount.sense in ("person", "body", "product", "matter", "named", None) and amount.unit is not None
    stop = amount.unit_start if nouns else amount.end
    closer = words().closer.match(prepared.shown, stop)
    holes = [(min(one.governing.start, amount.start), stop)]
    holes += [closer.span(1)] if closer else []
    holes += [(day.start, day.end) for day in prepared.days if day.day and clause[0] <= day.start < clause[1]]
    return [(max(start, clause[0]), min(end, clause[1])) for start, end in holes]


def _by(prepared: Prepared, one: _Found, clause: tuple[int, int]) -> date | None:
    """The day that the target's own words name, else the one that its sentence opens with."""
    said = [day for day in prepared.days if day.day is not None]
    own = [day for day in said if clause[0] <= day.start and day.end <= clause[1]]
    before = [day for day in own if day.end <= (one.since or one.amount.start)]
    if before:
        return before[-1].day
    after = [day for day in own if day.start >= one.amount.end and (day.tie == "said" or day.end >= clause[1] - 1)]
    if after:
        return after[0].day
    start, _ = clauses.sentence(prepared.text, one.amount.start)
    opening = [day for day in said if start <= day.start < clause[0]]
    if opening and len(prepared.shown[start : opening[0].start].split()) <= 3:
        return opening[0].day
    return None


def _told_once(targets: list[Target]) -> tuple[Target, ...]:
    """Without the second telling of one target ("a target said twice is one entry")."""
    seen: set[tuple[str, float, str | None, date | None]] = set()
    kept: list[Target] = []
    for target in targets:
        key = (target.indicator.lower(), target.value, target.unit, target.by)
        if key not in seen:
            seen.add(key)
            kept.append(target)
    return tuple(kept)
