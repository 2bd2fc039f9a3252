"""Whether a number is a goal, and how its value is to be compared: tối thiểu, trên, giảm, từ … trở lên.

In: an amount and the words round it. Out: `Governing` (the words that govern the number and the comparator they give),
and `is_goal`: True for what the document sets, False for what is reached, granted, counted as existing, or only a term.

>>> flat = "phấn đấu giảm tối thiểu 15% số vụ"
>>> govern(flat, 0, amounts(flat)[0]).comparator
'>='
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.target_clauses import skip_opening
from extractor.mentions.target_numbers import Amount, amounts
from extractor.mentions.target_words import Role, words

if TYPE_CHECKING:
    from extractor.model import Comparator

__all__ = ["Frame", "Governing", "amounts", "govern", "is_goal"]

_MOST_CUES = 8
_SHORT_NAME = 12  # words
_NOT_BEYOND = re.compile(r"không\s+(?:để\s+)?[^,;.\d]{0,60}(?P<beyond>(?:vượt\s+)?quá)\s*\Z")
_BEYOND = re.compile(r"(?:^|\s)quá\s*\Z")
_CONDITION = re.compile(r"[\s,](?:thì|bị|không\s+được|phải\s+(?:kiểm\s+điểm|chịu|giải\s+trình|báo\s+cáo|xử\s+lý))\s")
_CHANGES = re.compile(
    r"(?:[\s,:“\"-]|phấn\s+đấu|quyết\s+tâm|mục\s+tiêu|chỉ\s+tiêu|bảo\s+đảm|đảm\s+bảo|mỗi\s+năm|hằng\s+năm|hàng\s+năm|tiếp\s+tục|cần|phải|và|cơ\s+bản)*"
    r"(?:(?P<fall>giảm|kéo\s+giảm|cắt\s+giảm|tiết\s+giảm|rút\s+ngắn|tinh\s+giản)|(?P<rise>tăng(?!\s+(?:cường|trưởng|tốc))))(?![^\W_])"
)
# "tốc độ tăng 8%", "tỷ lệ giảm 5%": a change that is itself the thing measured has its own value.
_CHANGE_AS_NOUN = re.compile(r"(?:tốc\s+độ|tỷ\s+lệ|mức|tỉ\s+lệ|độ|đà|sự|gia|giá\s+trị\s+gia)\s*\Z")
_SOONER = re.compile(
    r"(?:giảm|rút\s+ngắn|cắt\s+giảm|vượt\s+tiến\s+độ|sớm\s+hơn|trước\s+tiến\s+độ|trước\s+hạn|tiết\s+kiệm)[^,;]*\Z"
)
_TIME_HEAD = re.compile(r"(?:thời\s+gian|thời\s+lượng|độ\s+trễ)[^,;.]*\Z")
_MONEY_HEAD = re.compile(
    r"(?:doanh\s+thu|thu|thu\s+nhập|kim\s+ngạch|giá\s+trị|vốn|sản\s+lượng|tổng\s+mức|dư\s+nợ|grdp|nguồn\s+lực|quỹ|giải\s+ngân|năng\s+suất|lợi\s+nhuận"
    r"|sản\s+phẩm|huy\s+động|tiết\s+kiệm|đầu\s+tư)(?![^\W_])"
)
_SCORED = re.compile(r"[^;\n]*:\s*\d+(?:[.,]\d+)?\s*(?:điểm)?\s*(?:\.?\s*\Z|[\n(])")
_OF_THOSE_WITH = re.compile(r"(?:^|\s)(?:có|với)\s+(?:[^\W\d_]+\s*){1,5}\Z")
_CLASS_OPENING = re.compile(r"\s*(?:đối\s+với|với|các|những|tại|theo|căn\s+cứ|qua)(?![^\W_])")
_PEOPLE_SERVED = re.compile(
    r"(?:cho|với\s+sự\s+tham\s+gia\s+của|thu\s+hút|phục\s+vụ)\s+"
    r"(?:khoảng\s+|hơn\s+|trên\s+|gần\s+|ít\s+nhất\s+|tối\s+thiểu\s+)*\Z"
)
_PAST_IN_CLAUSE = re.compile(r"(?:^|\s)đã\s+(?:[^\W\d_]+\s+){1,4}(?:được\s+)?\Z")
_PLACE_OF_WORK = re.compile(
    r"(?:thí\s+điểm|triển\s+khai|thực\s+hiện|áp\s+dụng|tổ\s+chức)\s+"
    r"(?:[^\W\d_]+\s+){0,4}tại\s+(?:ít nhất\s+|tối thiểu\s+)?\Z"
)
_ALL_DONE = re.compile(
    r"(?:hoàn\s+thành|hoàn\s+thiện|cấp|số\s+hóa|làm\s+sạch)(?![^\W_])[^;.]*"
    r"(?:toàn\s+bộ|tất\s+cả|cả)\s+(?:khoảng\s+|gần\s+|hơn\s+|trên\s+)?\Z"
)
_REACHED = re.compile(r"(?:đạt|vượt|hoàn\s+thành|thực\s+hiện)\s+(?:được\s+)?(?:các\s+)?\Z")
_DONE = re.compile(r"(?:hoàn\s+thành|phấn\s+đấu|đảm\s+bảo|bảo\s+đảm)(?![^\W_])")
_LIFE = re.compile(r"tuổi\s+thọ")
_INDEX = re.compile(r"(?:chỉ\s+số|điểm|hệ\s+số|mức\s+sinh|tỷ\s+số|pci|papi|par|sipas)(?![^\W_])")


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


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an amount stands.

    Attributes:
        flat: the whole text, lower case, what is no quantity hidden.
        sentence, piece: the ranges of the sentence and of the piece between ";" that hold it.
        floor: where its clause may begin at the earliest (behind the target before it).
        start: where its clause begins.
        shared: whether a target stands before it in the same clause ("05 lớp cho 250 học viên").
        strict: whether only a goal counts.
    """

    flat: str
    sentence: tuple[int, int]
    piece: tuple[int, int]
    floor: int
    start: int
    shared: bool
    strict: bool


def govern(flat: str, floor: int, amount: Amount) -> Governing:
    """Reads the words before *amount* backwards, down to *floor*, as long as they are cues."""
    at = amount.start
    roles: list[Role] = []
    bound: Comparator | None = None
    shift: Comparator | None = None
    for _ in range(_MOST_CUES):
        cue = words().cue_before(flat[floor:at])
        if cue is None:
            break
        if cue.role == "change" and _CHANGE_AS_NOUN.search(flat[floor : floor + cue.start]):
            break
        if cue.role == "bound" and bound is None:
            bound = cue.comparator
        if cue.role == "change" and shift is None and "level" not in roles:
            shift = cue.comparator
        verb = cue.role in ("make", "duty")
        if verb and (amount.sense == "percent" or "level" in roles or "change" in roles):
            break  # "dữ liệu số hóa đạt 80%", "phủ sóng 100% thôn": the verb belongs to what is measured
        roles.append(cue.role)
        at = floor + cue.start
    lead = flat[floor:at]
    beyond = _NOT_BEYOND.search(flat[floor : amount.start])
    if beyond is not None:
        bound, at = "<=", floor + beyond.start("beyond")
        roles.append("bound")
    shift = shift or _far_shift(lead, roles)
    return Governing(at, tuple(roles), _comparator(flat, amount, tuple(roles), bound, shift), shift)


def _far_shift(lead: str, roles: list[Role]) -> Comparator | None:
    """The change that a clause opens with: "giảm tỷ lệ hộ nghèo bình quân 1,5%" ("… còn 3%" is a level)."""
    match = None if "level" in roles else _CHANGES.match(lead)
    if match is None:
        return None
    return "-" if match["fall"] else "+"


def _comparator(
    flat: str, amount: Amount, roles: tuple[Role, ...], bound: Comparator | None, shift: Comparator | None
) -> Comparator:
    """The comparator by gold/GUIDELINES.md, Targets: a bound wins over a range, a range over tăng and giảm."""
    closer = words().closer.match(flat, amount.end)
    if amount.sense == "rank":
        return "<=" if amount.ranged or closer else "="
    if closer and bound is None:
        bound = words().closers[" ".join(closer[1].split())]
    if bound:
        return bound
    if amount.ranged or ("from" in roles and "level" in roles):
        return ">="
    return shift or "="


def is_goal(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether the amount is a result that the document sets (see the module's docstring)."""
    flat = frame.flat
    tail = flat[amount.end : frame.piece[1]]
    if amount.unit is None and amount.sense != "rank" and not _INDEX.search(flat[frame.start : amount.start]):
        return False
    if _barred(amount, governing, frame) or words().barred_after(tail, amount.sense):
        return False
    if frame.shared and not _adds_to_shared(amount, governing, frame):
        return False
    if amount.sense == "percent":
        return _percent_counts(governing, frame)
    if amount.sense in _SPECIAL:
        return _SPECIAL[amount.sense](amount, governing, frame)
    return _count_counts(amount, governing, frame)


def serves(lead: str) -> bool:
    """Whether *lead* ends with "cho": the people after it are served by what stands before ("05 lớp cho 250 người")."""
    return _PEOPLE_SERVED.search(lead) is not None


def _barred(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether words before the number say that it is reached already, granted, a formula or only encouraged."""
    flat = frame.flat
    if amount.sense != "rank":
        at = amount.start
        if words().labelled(flat[frame.floor : at]) or (_BEYOND.search(flat[:at]) and not governing.has("bound")):
            return True
        while True:
            lead = flat[frame.floor : at]
            if words().barred_before(lead, amount.sense):
                return True
            cue = words().cue_before(lead)
            if cue is None or frame.floor + cue.start < governing.start:
                break
            at = frame.floor + cue.start
    if _SCORED.match(flat, amount.end):
        return True
    before = flat[frame.piece[0] : amount.start]
    doubt = words().doubtful_clause.search(before)
    if _CONDITION.search(flat, amount.end, frame.piece[1]) and not governing.has("goal", "change"):
        return True
    if doubt and not words().goal.search(before, doubt.end()):
        return True
    if _PAST_IN_CLAUSE.search(flat[frame.floor : governing.start]) and not governing.has("goal", "level"):
        return True
    return _reported(frame, amount, governing)


def _reported(frame: Frame, amount: Amount, governing: Governing) -> bool:
    """Whether the sentence tells of the past, and no goal word stands before the number."""
    if not frame.strict:
        return False
    start, end = frame.sentence
    past = words().past_sentence.search(frame.flat, start, end)
    if past is None or (past.start() > amount.start and "cùng kỳ" not in past.group()):
        return False
    order = words().order.match(frame.flat, skip_opening(frame.flat, start, end))
    if order and not frame.flat.startswith(":", order.end()):  # "Hoàn thành: …" is a label, "Hoàn thành …" an order
        return False
    ordered = governing.has("change", "make") and not frame.flat[frame.piece[0] : governing.start].strip(' -–+“"')
    aims = words().goal.finditer(frame.flat, frame.start, amount.start)
    aimed = any(not _REACHED.search(frame.flat[: aim.start()][-20:]) for aim in aims)
    return not (ordered or governing.has("goal") or aimed)


def _adds_to_shared(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether a second number in one clause is a result of its own, no mark of the first ("có doanh thu trên 1 tỷ")."""
    gap = frame.flat[frame.floor : amount.start]
    if amount.sense == "person" and serves(gap):
        return True
    if _OF_THOSE_WITH.search(frame.flat[frame.floor : governing.start]):
        return False
    if amount.unit and amount.unit.startswith("lần"):
        return governing.has("bound")
    return governing.has("change", "level") and amount.sense in ("percent", "unit", "money", "rank")


def _percent_counts(governing: Governing, frame: Frame) -> bool:
    """A percentage counts nearly always; "chiếm 45%" in prose describes."""
    flat = frame.flat
    describes = re.search(
        r"chiếm(?:\s+(?:khoảng|trên|hơn|gần|tỷ\s+lệ))*\s*\Z", flat[frame.floor : governing.start + 40][:200]
    )
    return not (frame.strict and describes and not governing.has("goal"))


def _time_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """A length of time counts where it is saved, and in lists of targets where a bound is set to one."""
    before = frame.flat[frame.start : amount.start]
    if _SOONER.search(before):
        return not frame.shared
    return not frame.strict and governing.has("bound", "level") and _TIME_HEAD.search(before) is not None


def _money_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Money counts as something earned, drawn or invested, not as a grant."""
    before = frame.flat[frame.start : amount.start]
    named = _MONEY_HEAD.search(before) is not None
    aimed = governing.has("goal") or words().goal.search(before) is not None
    if frame.strict:
        return (named and governing.has("bound", "level", "goal", "change")) or (
            aimed and governing.has("level", "bound")
        )
    return named or aimed or governing.has("bound", "level", "change")


def _rank_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """A place in a ranking counts unless the text tells of a place already taken."""
    return not frame.strict or amount.ranged or governing.has("goal", "bound")


def _age_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Years of age say for whom, except of life expectancy."""
    return _LIFE.search(frame.flat, frame.start, amount.start) is not None


def _named_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Programmes, groups and copies exist already: only an explicit bound or goal makes a target of them."""
    return governing.has("bound") and governing.has("goal", "make", "each")


_SPECIAL = {
    "time": _time_counts,
    "money": _money_counts,
    "rank": _rank_counts,
    "age": _age_counts,
    "named": _named_counts,
}


def _count_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """A number of things counts where a goal, a bound or a verb that makes them governs it, and it is no scope."""
    flat = frame.flat
    lead = flat[frame.floor : amount.start]
    if amount.sense == "person" and serves(lead):
        return frame.shared or governing.has("bound", "make")
    if _PLACE_OF_WORK.search(lead) or _ALL_DONE.search(lead):
        return True
    own = flat[frame.start : governing.start]
    bare = not own.strip(' -–+“"')
    loose = not governing.roles or governing.roles[0] in ("approx", "from")
    if loose and words().scope_before(flat[frame.floor : governing.start]) is not None:
        return False
    if governing.has("bound") and _OF_THOSE_WITH.search(own) and not re.search(r"mỗi\s", own):
        return False
    if _CLASS_OPENING.match(flat[frame.start : amount.start]) and not governing.has("goal", "level"):
        return False
    return (
        _strictly_counts(amount, governing, frame, bare)
        if frame.strict
        else _loosely_counts(amount, governing, bare, own)
    )


def _strictly_counts(amount: Amount, governing: Governing, frame: Frame, bare: bool) -> bool:
    """In prose: an explicit bound, a goal, or a verb that makes a product."""
    aimed = governing.has("goal") or words().goal.search(frame.flat, frame.start, governing.start) is not None
    firm = governing.has("bound") and governing.comparator in (">=", "<=")
    if amount.sense is None:
        return firm and (bare or aimed or governing.has("make", "each"))
    if firm or (aimed and governing.has("level", "bound", "change", "goal", "make")):
        return True
    if governing.has("change") or (amount.total and _DONE.search(frame.flat, frame.sentence[0], amount.start)):
        return True
    if re.search(r"mỗi\s+[^\d,;]{2,40}\Z", frame.flat[frame.start : amount.start]):
        aimed = aimed or words().goal.search(frame.flat, frame.piece[0], frame.start) is not None
        return amount.sense == "product" or aimed
    return (
        governing.has("make")
        and amount.sense in ("product", "person", "unit", "body")
        and (bare or _makes(frame, governing))
    )


def _makes(frame: Frame, governing: Governing) -> bool:
    """Whether the verb that makes the things is the clause's own: only adverbs or a unit's name stand before it."""
    return len(frame.flat[frame.start : governing.start].split()) <= 12


def _loosely_counts(amount: Amount, governing: Governing, bare: bool, own: str) -> bool:
    """Under a heading of targets: nearly any number of things, if it opens its clause or something governs it."""
    if amount.sense is None:
        return bare or governing.has("bound", "level", "goal", "change", "make")
    governed = governing.has("bound", "level", "goal", "change", "make", "duty")
    return bare or governed or len(own.split()) <= _SHORT_NAME
