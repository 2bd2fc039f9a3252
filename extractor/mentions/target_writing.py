"""Numbers that are targets, written out: words, indicator, unit, day.

In: what `target_scan.scan` found. Out: `Target`s that point at their words: "tỷ lệ hồ sơ đạt 90%, cấp xã đạt 70%" gives
two, the second with the indicator "tỷ lệ hồ sơ cấp xã".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.mentions import target_clauses as clauses
from extractor.mentions.target_scan import WINDOW, Found
from extractor.mentions.target_text import Prepared, unit_of
from extractor.mentions.target_words import pattern, quantity_text, words
from extractor.model import Span, Target

if TYPE_CHECKING:
    from datetime import date

_BARE, _FEW, _OPENING = 2, 4, 10  # words
_NEXT_TO = 4  # characters
_NOUNS = ("person", "body", "product", "matter", "named", None)


def write(prepared: Prepared, found: list[Found], block: int) -> list[Target]:
    """The targets of a text, in order."""
    targets: list[Target] = []
    for index, one in enumerate(found):
        clause = _clause(prepared, one, found[index + 1 : index + 4])
        previous = targets[-1].indicator if targets else ""
        leans = bool(targets) and _leans(prepared, found[index - 1], one, previous)
        targets.append(_target(prepared, one, clause, previous if leans else None, block))
    return _lent_back(_closing_day(prepared, found, targets))


def _closing_day(prepared: Prepared, found: list[Found], targets: list[Target]) -> list[Target]:
    """Lends the day that ends "…, trong đó …" to what it is part of.

    "80% số xã đạt chuẩn, trong đó 35% đạt chuẩn nâng cao vào năm 2030": 2030 is when the whole is to be reached.
    """
    for index in range(len(targets) - 1, 0, -1):
        one, later = targets[index - 1], targets[index]
        piece = found[index].piece
        part = found[index - 1].piece == piece and "trong đó" in prepared.flat[piece[0] : found[index].amount.start]
        last = next((day for day in reversed(prepared.days) if day.day), None)
        closes = last is not None and last.day == later.by and last.start >= found[index].amount.end
        if last and part and closes and one.by is None and not prepared.shown[last.end : piece[1]].strip(" ,."):
            targets[index - 1] = replace(one, by=later.by)
    return targets


def _clause(prepared: Prepared, one: Found, following: list[Found]) -> tuple[int, int]:
    """The range of the words that carry the number."""
    later = next((f for f in following if f.piece == one.piece and f.start > one.amount.end), None)
    ceiling = _with_day(prepared, later) if later else min(one.piece[1], one.amount.end + WINDOW)
    end = clauses.clause_end(prepared.flat, one.amount.end, ceiling)
    return _host(prepared, one) or (_with_day(prepared, one), end)


def _host(prepared: Prepared, one: Found) -> tuple[int, int] | None:
    """The clause round a bracket that holds nothing but a number: "phân bổ vốn đối ứng (tối thiểu 5%)"."""
    outside, close = one.piece[0] - 1, one.piece[1]
    if outside < 1 or prepared.text[outside] != "(" or prepared.text[close : close + 1] != ")":
        return None
    inside = prepared.shown[outside + 1 : one.governing.start] + prepared.shown[one.amount.end : close]
    host = clauses.innermost(clauses.segments(prepared.text), outside, close + 1)
    if len(inside.split()) > _FEW or host[1] <= close:
        return None
    return clauses.clause_start(prepared.shown, host[0], outside, outside), close + 1


def _with_day(prepared: Prepared, one: Found) -> int:
    """Where the clause begins if the phrase of days right before it is part of it: "năm 2027 đạt 80%"."""
    for day in reversed(prepared.days):
        if day.day and one.piece[0] <= day.start < one.start and not prepared.shown[day.start : one.start].strip(" ,:"):
            return one.start if _closes_the_one_before(prepared, day.start, one) else day.start
    return one.start


def _closes_the_one_before(prepared: Prepared, at: int, one: Found) -> bool:
    """Whether the day at *at* is of the number before it: in "30% vào năm 2030, 45% vào năm 2045" each has its own."""
    of_before = prepared.flat[:at].rstrip()[-1:] == "%"
    return of_before and any(day.day and 0 <= day.start - one.amount.end < _NEXT_TO for day in prepared.days)


def _leans(prepared: Prepared, earlier: Found, one: Found, previous: str) -> bool:
    """Whether the clause may lean on the one before it: in one piece, or a part of the same thing behind ";"."""
    if earlier.piece == one.piece:
        return True
    if prepared.text[earlier.piece[1] : one.piece[0]] != ";":
        return False
    part = pattern("«part»")
    listed = ":" in previous and not one.governing.roles
    return listed or (part.match(prepared.flat, one.start) is not None and not part.match(prepared.flat, earlier.start))


def _target(prepared: Prepared, one: Found, clause: tuple[int, int], previous: str | None, block: int) -> Target:
    """The target of one number in its clause."""
    own = clauses.indicator(prepared.text, clause, _holes(prepared, one, clause))
    indicator = own if previous is None else _continued(own, previous, one)
    reasons = ["indicator_continues"] if indicator != own else []
    if one.amount.sense is None and one.amount.unit is not None:
        reasons.append("unit_unknown")
    return Target(
        text=prepared.text[clause[0] : clause[1]],
        indicator=indicator,
        comparator=one.governing.comparator,
        value=one.amount.value,
        unit=unit_of(prepared.text, one.amount),
        baseline=one.baseline,
        by=_by(prepared, one, clause),
        span=Span(block, clause[0], clause[1]),
        reasons=tuple(reasons),
    )


def _holes(prepared: Prepared, one: Found, clause: tuple[int, int]) -> list[tuple[int, int]]:
    """What of the clause does not name the thing measured: number, comparator, unit of measure, days."""
    amount = one.amount
    stop = amount.unit_start if amount.sense in _NOUNS and amount.unit is not None else amount.end
    closer = words().closer.match(prepared.shown, stop)
    holes = [(min(one.governing.start, amount.start), stop)]
    holes += [closer.span(1)] if closer else []
    holes += [(day.start, day.end) for day in prepared.days if day.day and clause[0] <= day.start < clause[1]]
    return [(max(start, clause[0]), min(end, clause[1])) for start, end in holes]


def _continued(own: str, before: str, one: Found) -> str:
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


def _lent_back(targets: list[Target]) -> list[Target]:
    """Lends an indicator back: in "năm 2027 đạt 60%, năm 2030 đạt 75% cơ quan họp trực tuyến" the second has it."""
    for index in range(len(targets) - 1, 0, -1):
        bare, named = targets[index - 1], targets[index]
        if len(bare.indicator.split()) <= _BARE and bare.unit == named.unit and len(named.indicator.split()) > _FEW:
            reasons = (*bare.reasons, "indicator_continues")
            targets[index - 1] = replace(bare, indicator=named.indicator, reasons=reasons)
    return targets


def _by(prepared: Prepared, one: Found, clause: tuple[int, int]) -> date | None:
    """The day that the target's own words name, else the one that its sentence opens with."""
    said = [day for day in prepared.days if day.day is not None]
    own = [day for day in said if clause[0] <= day.start and day.end <= clause[1]]
    before = [day for day in own if day.end <= (one.since or one.amount.start)]
    if before:
        return before[-1].day
    after = [day for day in own if day.start >= one.amount.end and (day.tie == "said" or day.end >= clause[1] - 1)]
    if after:
        return after[0].day
    start, _ = prepared.sentence(one.amount.start)
    opening = [day for day in said if start <= day.start < clause[0]]
    if opening and _opens(prepared.shown[start : opening[0].start]):
        return opening[0].day
    return None


def _opens(lead: str) -> bool:
    """Whether a day behind *lead* holds for the whole sentence: "Phấn đấu đến năm …", "Tỉnh đặt mục tiêu đến …"."""
    count = len(lead.split())
    return count <= _FEW or (count <= _OPENING and words().goal.search(quantity_text(lead)) is not None)
