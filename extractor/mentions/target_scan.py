"""The numbers of a text that are targets, each with the place of its clause and with what governs it.

In: a prepared text. Out: `Found`s in order: in "từ 20% lên 40% số hộ; 3 ca 4 kíp" one, 40 with the baseline 20.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.mentions import target_clauses as clauses
from extractor.mentions.target_cues import Governing, govern
from extractor.mentions.target_goals import Frame, is_goal, serves
from extractor.mentions.target_numbers import HIDDEN, Amount, amounts, hide

if TYPE_CHECKING:
    from extractor.mentions.target_text import Prepared
    from extractor.model import Comparator

WINDOW = 1000  # characters before and behind a number that may bear on it; a clause has at most about 300
_DAY_BETWEEN = 5  # characters: the shortest day, "2030, "
_BETWEEN = re.compile(
    r"(?:[\s,¤]|\((?:\s|¤)*\)|lên|xuống|còn|thành|tăng|giảm|mức|đạt|đến|tới|khoảng|trên|dưới|nâng|vào|tối thiểu"
    r"|ít nhất)*\Z"
)
_MOVES = re.compile(r"lên|xuống|còn|thành|tăng|giảm|nâng")
_EARLIER = re.compile(
    rf"\s*(?:kết quả |thực hiện |ước |hiện (?:nay|tại)\s*)?(?:năm )?[{HIDDEN}\s]*(?:đạt|là|:|=|có)?\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A number that counts, before its clause is cut.

    Attributes:
        amount, governing: the number and what governs it.
        piece: the range between ";", sentence ends or brackets that holds it.
        start: where its clause begins.
        shared: whether the clause holds another target before it.
        baseline: the present value, if the text names it.
        since: where "từ 20%" begins, in "từ 20% lên 40%".
    """

    amount: Amount
    governing: Governing
    piece: tuple[int, int]
    start: int
    shared: bool
    baseline: float | None = None
    since: int | None = None


def scan(prepared: Prepared, *, strict: bool) -> list[Found]:
    """The numbers of *prepared* that are targets; see `extractor.mentions.targets.find` for *strict*."""
    counted = [_measured(prepared.text, amount) for amount in amounts(prepared.shown)]
    pieces = clauses.segments(prepared.text) if counted else []
    found: list[Found] = []
    at = 0
    while at < len(counted):
        amount, upper = counted[at], counted[at + 1] if at + 1 < len(counted) else None
        piece = clauses.innermost(pieces, amount.start, amount.number_end)
        at += 1
        if _is_earlier_result(prepared, amount, piece, found):
            found[-1] = replace(found[-1], baseline=amount.value)
            continue
        before = found[-1] if found and found[-1].piece == piece else None
        frame = _place(prepared, amount, piece, before, strict)
        governing = _carried(govern(prepared.shown, frame.floor, amount), frame, before)
        one = Found(amount, governing, piece, frame.start, frame.shared)
        if upper and "from" in governing.roles[:2] and _moves(prepared.shown, amount, upper):
            one = _moved(prepared.shown, one, upper)
            at += 1
        if is_goal(amount, governing, frame):
            found.append(one)
    return found


def _measured(text: str, amount: Amount) -> Amount:
    """The amount; words with a capital behind a number are no measure of it ("0,5 Tính theo công thức")."""
    if amount.sense is None and text[amount.unit_start : amount.unit_start + 1].isupper():
        return replace(amount, unit=None, end=amount.number_end, unit_start=amount.number_end)
    return amount


def _moves(shown: str, lower: Amount, upper: Amount) -> bool:
    """Whether the amounts are the two ends of "từ 20% lên 40%"."""
    gap = shown[lower.end : upper.start]
    same = (lower.unit == "%") == (upper.unit == "%")
    return same and _BETWEEN.match(gap) is not None and _MOVES.search(gap) is not None


def _moved(shown: str, one: Found, upper: Amount) -> Found:
    """The target of "từ 20% lên 40%": 40, baseline 20; "lên trên 40%" keeps its bound."""
    bound: Comparator = govern(shown, one.amount.end, upper).comparator
    governing = replace(one.governing, comparator="=" if bound in ("+", "-") else bound)
    return replace(one, amount=upper, governing=governing, baseline=one.amount.value, since=one.amount.start)


def _is_earlier_result(prepared: Prepared, amount: Amount, piece: tuple[int, int], found: list[Found]) -> bool:
    """Whether the amount is a present result in a bracket behind a target: "đạt 90% (năm 2023: 85%)"."""
    bracket = piece[0] - 1
    if not found or bracket < found[-1].amount.end or prepared.text[bracket] != "(":
        return False
    goal = found[-1].amount
    if prepared.text[goal.end : bracket].strip() or (goal.unit == "%") != (amount.unit == "%"):
        return False
    opening = hide(prepared.flat, [(day.start, day.end) for day in prepared.days])[piece[0] : amount.start]
    return _EARLIER.match(opening) is not None and (HIDDEN in opening or "hiện" in opening or "năm" in opening)


def _place(prepared: Prepared, amount: Amount, piece: tuple[int, int], before: Found | None, strict: bool) -> Frame:
    """Where the amount stands: its sentence, piece and clause."""
    shown = prepared.shown
    floor, shared = max(piece[0], amount.start - WINDOW), False
    if before is not None and before.amount.end > floor:
        joint = _joint(shown, before.amount.end, amount)
        floor, shared = (before.amount.end, True) if joint is None else (joint, False)
    start = before.start if shared and before else floor
    if not shared:
        start = clauses.clause_start(shown, floor, govern(shown, floor, amount).start, amount.start)
    return Frame(
        shown, _near(prepared.sentence(amount.start), amount), _near(piece, amount), floor, start, shared, strict
    )


def _joint(shown: str, end: int, amount: Amount) -> int | None:
    """Where the clause begins behind the target that ends at *end*; None where both share one clause."""
    governing = govern(shown, end, amount)
    if amount.sense == "percent" and governing.start - end > _DAY_BETWEEN and not shown[end : governing.start].strip():
        return governing.start  # "30% vào năm 2030, 45% vào năm 2045": the day between them is blanked out
    bound_only = bool(governing.roles) and not governing.has("level", "change", "make", "goal", "duty", "each")
    served = amount.sense == "person" and serves(shown[end : amount.start])
    return clauses.separator(shown, end, governing.start, attached=bound_only or served)


def _near(held: tuple[int, int], amount: Amount) -> tuple[int, int]:
    """The part of a range that is near enough to bear on the amount."""
    return max(held[0], amount.start - WINDOW), min(held[1], amount.end + WINDOW)


def _carried(governing: Governing, frame: Frame, before: Found | None) -> Governing:
    """Lets verbs hold for the next numbers of a list: "giảm 50% thời gian, 30% chi phí", "xây dựng 02 cầu, 05 cống"."""
    bare = not frame.before(governing.start).strip()
    if before is None or frame.shared or not bare or governing.has("level", "change", "make", "goal"):
        return governing
    verbs = tuple(role for role in before.governing.roles if role in ("make", "goal"))
    shift = before.governing.shift
    said_again = before.governing.has("bound") and not before.governing.has("change")
    # "cắt giảm tối thiểu 30% thời gian, 30% chi phí"; not "…, tối thiểu 20% lệ phí, 15% giấy tờ"
    bound = shift if said_again else before.governing.comparator
    comparator = bound if shift and bound and governing.comparator == "=" else governing.comparator
    return replace(governing, roles=(*governing.roles, *verbs), comparator=comparator, shift=shift or governing.shift)
