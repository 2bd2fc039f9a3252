"""What governs a number, and how its value is to be compared: tối thiểu, trên, giảm, từ … trở lên.

In: an amount and the words before it. Out: `Governing`: where the governing words begin, their roles, the comparator.

>>> flat = "phấn đấu giảm tối thiểu 15% số vụ"
>>> govern(flat, 0, amounts(flat)[0]).comparator
'>='
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.target_numbers import Amount, amounts
from extractor.mentions.target_words import Role, pattern, words

if TYPE_CHECKING:
    from extractor.model import Comparator

__all__ = ["Governing", "amounts", "govern"]

_MOST_CUES, _NAME = 8, 4  # cues; words
_NOT_BEYOND = re.compile(r"không (?:để )?[^;.\d]{0,60}(?P<beyond>(?:vượt )?quá)\s*\Z")
_CHANGE = r"(?:[\s,:“\"-]|«leads»)*?(?:(?P<fall>«falls»)|(?P<rise>«rises»(?! cường| trưởng| tốc)))"
# "95% kế hoạch trở lên", "từ 2% tổng chi ngân sách trở lên"; in "100% cơ sở hạng hai trở lên" the bound is the class's.
_OF_PLAN = re.compile(r"\s*(?:kế hoạch|dự toán|chỉ tiêu)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Governing:
    """What governs a number.

    Attributes:
        start: where the governing words begin.
        roles: the roles they play, nearest first.
        comparator: what they make of the value.
        shift: "+" or "-" where they tell of a change, also if a bound wins over it.
    """

    start: int
    roles: tuple[Role, ...]
    comparator: Comparator
    shift: Comparator | None = None

    def has(self, *roles: Role) -> bool:
        """Whether one of these roles is among them."""
        return any(role in self.roles for role in roles)


def govern(flat: str, floor: int, amount: Amount) -> Governing:
    """Reads the words before *amount* backwards, down to *floor*, as long as they are cues."""
    at = amount.start
    roles: list[Role] = []
    bound: Comparator | None = None
    shift: Comparator | None = None
    for _ in range(_MOST_CUES):
        cue = words().cue_before(flat[floor:at])
        if cue is None or _belongs_to_noun(flat[floor : floor + cue.start], cue.role, roles, amount):
            break
        if cue.role == "bound":
            bound = bound or cue.comparator
        if cue.role == "change" and "level" not in roles:
            shift = shift or cue.comparator
        roles.append(cue.role)
        at = floor + cue.start
    beyond = _NOT_BEYOND.search(flat[floor : amount.start])
    if beyond is not None and bound != "<=":
        bound, at = "<=", min(at, floor + beyond.start("beyond"))
        roles.append("bound")
    shift = shift or _opening_shift(flat[floor:at], roles)
    if amount.unit is None and "from" in roles and words().closer.match(flat, amount.end):  # "đạt từ 3,8 trở lên"
        roles.append("bound")
    return Governing(at, tuple(roles), _comparator(flat, amount, tuple(roles), bound, shift), shift)


def _belongs_to_noun(before: str, role: Role, roles: list[Role], amount: Amount) -> bool:
    """Whether a cue is part of what is measured: "tốc độ tăng 8%", "dữ liệu số hóa đạt 80%", "phủ sóng 100% thôn"."""
    if role == "change":
        return pattern(r"«of_change»\s*\Z").search(before) is not None
    if role == "make" and (before.rstrip().endswith(" được") or _ends_in_name(before)):
        return True  # "được tập huấn ít nhất 01 lần", "kim ngạch xuất khẩu 3 tỷ USD"
    return role in ("make", "duty") and (amount.sense == "percent" or "level" in roles or "change" in roles)


def _ends_in_name(before: str) -> bool:
    """Whether the name of an indicator stands right before: "kim ngạch", "số doanh nghiệp"."""
    near = re.split(r"[,;:]", before)[-1]
    head = words().head.search(near)
    return head is not None and head.group() != "mỗi" and len(near[head.start() :].split()) <= _NAME


def _opening_shift(lead: str, roles: list[Role]) -> Comparator | None:
    """The change that a clause opens with: "giảm tỷ lệ hộ nghèo bình quân 1,5%" ("… còn 3%" is a level)."""
    match = None if "level" in roles else pattern(_CHANGE).match(lead)
    if match is None:
        return None
    return "-" if match["fall"] else "+"


def _comparator(
    flat: str, amount: Amount, roles: tuple[Role, ...], bound: Comparator | None, shift: Comparator | None
) -> Comparator:
    """The comparator by gold/GUIDELINES.md, Targets: a bound wins over a range, a range over tăng and giảm."""
    closer = words().closer.match(flat, amount.end)
    if closer and "from" not in roles and not _OF_PLAN.match(flat[amount.end : closer.start(1)]):
        closer = None
    if amount.sense == "rank":
        return "<=" if amount.ranged or closer else "="
    if bound is None and closer is not None:
        bound = words().closers[" ".join(closer[1].split())]
    if bound is not None:
        return bound
    if amount.ranged or ("from" in roles and ("level" in roles or "change" in roles)):
        return ">="
    return shift or "="
