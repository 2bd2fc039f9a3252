"""Whether a number is a goal: a result that the document sets.

In: an amount, what governs it, and where it stands. Out: True for what is to be reached, False for what is reached,
granted, counted as existing, a term, a formula or only encouraged: "đạt 90%" is a goal, "đã đạt 90%" is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.target_clauses import skip_opening
from extractor.mentions.target_words import pattern, words
from extractor.patterns import late

if TYPE_CHECKING:
    from extractor.mentions.target_cues import Governing
    from extractor.mentions.target_numbers import Amount

_SHORT_NAME, _OWN_VERB = 12, 12  # words
_EDGES = ' -–+“"'
_BEYOND = re.compile(r"(?:^|\s)quá\s*\Z")
_SUFFERS = r"(?<!trang )(?<!thiết )(?<!chuẩn )(?<![^\W_])bị(?![^\W_])"  # "bị xử lý", not "trang bị"
_SCORED = re.compile(r"[^;]*:\s*\d+(?:[.,]\d+)?\s*(?:điểm)?\s*(?:\.?\s*\Z|\()")
_OF_THOSE_WITH = re.compile(r"(?:^|\s)(?:có|với)\s+(?!tần suất|số lượng|mức|quy mô)(?:[^\W\d_]+\s*){1,5}\Z")
# "Rà soát các dự án có tỷ lệ giải ngân dưới 30%": what those are like whom the work is about
_OF_WHOM = late(
    r"(?<![^\W_])(?:rà soát|kiểm tra|thanh tra|xử lý|đôn đốc|hỗ trợ|ưu tiên|phê bình|kiểm điểm|điều chuyển|bổ sung"
    r"|bố trí|chấn chỉnh|thu hồi|nhắc nhở|giám sát|cắt giảm)(?![^\W_])[^;.:]*(?<![^\W_])(?:dự án|công trình|đơn vị"
    r"|địa phương|xã|phường|thôn|bản|buôn|hộ|cơ sở|doanh nghiệp|chủ đầu tư|trạm y tế|khoa|phòng"
    r"|trường(?: [^\W\d_]+){0,2}) "
    r"(?:có|thiếu|giải ngân|còn|chậm|nợ|thu hoạch|mới đạt)(?: [^\W\d_]+){0,6} (?:trên|dưới|quá|hơn)\s*\Z"
)
_CLASS_OPENING = re.compile(r"\s*(?:đối với|với|các|những|tại|theo|căn cứ|qua)(?![^\W_])")
_PEOPLE_SERVED = re.compile(
    r"(?:cho|với sự tham gia của|thu hút|phục vụ)\s+(?:khoảng |hơn |trên |gần |ít nhất |tối thiểu )*\Z"
)
_PAST_IN_CLAUSE = re.compile(r"(?:^|\s)đã (?:[^\W\d_]+\s+){1,4}\Z")
_PLACE_OF_WORK = r"«tried» (?:[^\W\d_]+ ){0,4}tại\s+(?:ít nhất |tối thiểu )?\Z"
_ALL_DONE = r"«completes»[^;.]*(?:toàn bộ|tất cả|cả)\s+(?:khoảng |gần |hơn |trên )?\Z"
_REACHED = re.compile(r"(?:đạt|vượt|hoàn thành|thực hiện)\s+(?:được )?(?:các )?\Z")
_ANNOUNCES = re.compile(r"(?:gồm|như sau|sau đây|sau|là|:)[\s:]*\Z")
_AIMED = re.compile(r"(?<![^\W_])(?:hoàn thành|phấn đấu|đảm bảo|bảo đảm)(?![^\W_])")
_RAISED = re.compile(
    r"(?<![^\W_])(?:nâng|tăng|giảm|hạ|đưa|mở rộng|phát triển)\s"
    r"[^,;]{2,80}\s(?:lên|xuống|còn)(?: còn| dưới| trên| khoảng| mức)*\s+\Z"
)
_DEALT_WITH = re.compile(  # "giải quyết 84 kiến nghị": what is there already
    r"(?<![^\W_])(?:rà soát|xử lý|giải quyết|giao|kiểm tra|thanh tra|giám sát|tiếp nhận|tham gia|ban hành)\s+\Z"
)
_EACH = re.compile(r"mỗi\s+[^\d,;]{2,40}\Z")
_LIFE = re.compile(r"tuổi thọ")


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

    def before(self, at: int) -> str:
        """The clause's words before *at*."""
        return self.flat[self.start : at]


def is_goal(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether the amount is a result that the document sets."""
    unmeasured = amount.unit is None and amount.sense != "rank"
    if unmeasured and not pattern("«index»").search(frame.before(amount.start)):
        return False
    if _barred(amount, governing, frame) or _reported(amount, governing, frame):
        return False
    if frame.shared and not _adds_to_shared(amount, governing, frame):
        return False
    counts = _SPECIAL.get(amount.sense or "", _things_count)
    return counts(amount, governing, frame)


def serves(lead: str) -> bool:
    """Whether *lead* ends with "cho": the people after it are served by what stands before ("05 lớp cho 250 người")."""
    return _PEOPLE_SERVED.search(lead) is not None


def _barred(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether words near the number say that it is reached already, granted, a formula, a condition or encouraged."""
    flat, end = frame.flat, frame.piece[1]
    if amount.sense != "rank" and _barred_before(amount, governing, frame):
        return True
    if _SCORED.match(flat, amount.end) or words().barred_after(flat[amount.end : end], amount.sense):
        return True
    aimed = governing.has("goal") or governing.shift is not None
    if not aimed and pattern(rf"[\s,](?:«depends»|{_SUFFERS}) ").search(flat, amount.end, end):
        return True
    before = flat[frame.piece[0] : amount.start]
    if amount.sense == "percent" and _OF_WHOM.search(before) and not words().goal.search(before):
        return True
    doubt = words().doubtful_clause.search(before)
    return doubt is not None and words().goal.search(before, doubt.end()) is None


def _barred_before(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether words right before the number, or before a cue that governs it, bar it ("đã đạt trên 95%")."""
    flat, at = frame.flat, amount.start
    lead = flat[frame.floor : at]
    if words().labelled(lead) or (_BEYOND.search(lead) and not governing.has("bound")):
        return True
    while not words().barred_before(lead, amount.sense):
        cue = words().cue_before(lead)
        if cue is None or frame.floor + cue.start < governing.start:
            done = _PAST_IN_CLAUSE.search(flat[frame.floor : governing.start])
            return done is not None and not governing.has("goal", "level")
        lead = lead[: cue.start]
    return True


def _reported(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether a sentence of prose tells of the past, and no goal word stands before the number."""
    if not frame.strict:
        return False
    start, end = frame.sentence
    past = words().past_sentence.search(frame.flat, start, end)
    if past is None or (past.start() > amount.start and "cùng kỳ" not in past.group()):
        return False
    order = words().order.match(frame.flat, skip_opening(frame.flat, start, end))
    if order and not frame.flat.startswith(":", order.end()):  # "Hoàn thành: …" is a label, "Hoàn thành …" an order
        return False
    ordered = governing.has("change", "make") and not frame.flat[frame.piece[0] : governing.start].strip(_EDGES)
    aims = words().goal.finditer(frame.flat, frame.start, amount.start)
    aimed = any(not _REACHED.search(frame.flat[: aim.start()][-20:]) for aim in aims)  # "đạt mục tiêu" is the past
    return not (ordered or governing.has("goal") or aimed)


def _adds_to_shared(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether a second number in one clause is a result of its own, no mark of the first ("có doanh thu trên 1 tỷ")."""
    if amount.sense == "person" and serves(frame.flat[frame.floor : amount.start]):
        return True
    between = frame.flat[frame.floor : governing.start]
    if amount.sense == "percent" and ("trong đó" in between or ("," in between and governing.has("bound"))):
        return governing.has("level", "bound", "goal")
    if _OF_THOSE_WITH.search(between):
        return False
    if amount.unit and amount.unit.startswith("lần"):
        return governing.has("bound")
    return governing.has("change", "level") and amount.sense in ("percent", "unit", "money", "rank")


def _percent_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """A percentage counts nearly always; "chiếm 45%" in prose describes, "giảm 30% tiền thuê đất" grants."""
    if governing.shift == "-" and not governing.has("bound") and pattern(r"\s*«dues»").match(frame.flat, amount.end):
        return False
    describes = pattern("«tells»").search(frame.flat, governing.start, amount.start)
    return not (frame.strict and describes and not governing.has("goal"))


def _time_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """A length of time counts where it is saved, and in lists of targets where a bound is set to one."""
    before = frame.before(amount.start)
    if pattern(r"«saves»[^,;]*\Z").search(before):
        return not frame.shared
    lasts = pattern(r"«lasts»[^,;.]*\Z").search(before)
    return not frame.strict and governing.has("bound", "level") and lasts is not None


def _money_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Money counts as something earned, drawn or invested, not as a grant."""
    before = frame.before(amount.start)
    earned = pattern("«earns»").search(before) is not None
    aimed = governing.has("goal") or words().goal.search(before) is not None
    governed = governing.has("bound", "level", "change")
    if frame.strict:
        return (earned and (governed or governing.has("goal"))) or (aimed and governing.has("level", "bound"))
    return earned or aimed or governed


def _rank_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """A place in a ranking counts unless the text tells of a place already taken."""
    return not frame.strict or amount.ranged or governing.has("goal", "bound")


def _age_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Years of age say for whom, except of life expectancy."""
    return _LIFE.search(frame.before(governing.start)) is not None


def _named_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Programmes, groups and copies exist already: only an explicit bound with a verb makes a target of them."""
    return governing.has("bound") and governing.has("goal", "make", "each")


def _things_count(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """A number of things counts where a goal, a bound or a verb that makes them governs it, and it is no scope."""
    flat = frame.flat
    lead = flat[frame.floor : amount.start]
    if amount.sense == "person" and serves(lead):
        return frame.shared or not frame.strict or governing.has("bound", "make")
    if pattern(f"{_PLACE_OF_WORK}|{_ALL_DONE}").search(lead):
        return True
    if _ANNOUNCES.search(flat[amount.end : frame.piece[1]]) or (amount.total and amount.sense is None):
        return False  # "11 chỉ tiêu kinh tế gồm:", "1/2 số hộ"
    if _is_scope(amount, governing, frame):
        return False
    return (_strictly_counts if frame.strict else _loosely_counts)(amount, governing, frame)


def _is_scope(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Whether the number only says where or for whom: "của 64 xã", "các xã có trên 1.000 hộ"."""
    loose = not governing.roles or governing.roles[0] in ("approx", "from")
    if loose and words().scope_before(frame.flat[frame.floor : governing.start]) is not None:
        return True
    own = frame.before(governing.start)
    if governing.has("bound") and _OF_THOSE_WITH.search(own) and "mỗi " not in own:
        return True
    opens = _CLASS_OPENING.match(frame.before(amount.start))
    return opens is not None and not governing.has("goal", "level")


def _strictly_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """In prose: an explicit bound, a goal, or a verb that makes a product."""
    own = frame.before(governing.start)
    aimed = governing.has("goal") or words().goal.search(own) is not None
    firm = governing.has("bound") and governing.comparator in (">=", "<=")
    if amount.sense is None:
        # "Trang bị 10 tủ sách lưu động" at the start of a clause: a thing made, whatever it is
        made = governing.roles[:1] == ("make",) and amount.unit is not None and not own.strip(_EDGES)
        made = made and _DEALT_WITH.search(frame.before(amount.start)) is None
        return made or (firm and (not own.strip(_EDGES) or aimed or governing.has("make", "each")))
    raised = _RAISED.search(frame.before(amount.start)) is not None  # "nâng công suất nhà máy nước lên 20.000 m3"
    if firm or raised or governing.has("change") or (aimed and governing.has("level", "bound", "goal", "make")):
        return True
    if amount.total and _AIMED.search(frame.flat, frame.sentence[0], amount.start):
        return True
    if _EACH.search(frame.before(amount.start)):
        return (
            amount.sense == "product"
            or aimed
            or words().goal.search(frame.flat, frame.piece[0], frame.start) is not None
        )
    made = amount.sense in ("product", "person", "unit", "body") and governing.has("make")
    return made and len(own.split()) <= _OWN_VERB


def _loosely_counts(amount: Amount, governing: Governing, frame: Frame) -> bool:
    """Under a heading of targets: nearly any number of things, if it opens its clause or something governs it."""
    own = frame.before(governing.start)
    governed = governing.has("bound", "level", "goal", "change", "make")
    if amount.sense is None:
        return governed or not own.strip(_EDGES)
    return governed or governing.has("duty") or len(own.split()) <= _SHORT_NAME


_SPECIAL = {
    "percent": _percent_counts,
    "time": _time_counts,
    "money": _money_counts,
    "rank": _rank_counts,
    "age": _age_counts,
    "named": _named_counts,
}
