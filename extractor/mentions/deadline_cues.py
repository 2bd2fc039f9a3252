"""What makes a phrase in prose a deadline: the words around it.

In: a `Scene` and a `Reading` in it. Out: whether the sentence means it as a deadline: "hoàn thành trong quý III/2026"
does; "Luật Đất đai năm 2024", "kế hoạch hằng năm" and "hồ sơ phát sinh trong quý III" do not.

>>> scene = Scene("Công bố Chỉ số hằng năm.", "công bố chỉ số hằng năm.", DeadlineContext(None))
>>> counts_in_prose(scene, Reading(15, 23, "cycle", "recurring", rrule="FREQ=YEARLY"))
False
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from extractor.mentions.deadline_words import (
    EVERY,
    NUMBER,
    PERIODIC,
    QUARTER,
    DeadlineContext,
    Reading,
    Scene,
    alternatives,
    compiled,
)
from extractor.mentions.vietnamese import opens_with_verb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CANDIDATE", "SIGNAL", "DeadlineContext", "Reading", "Scene", "clause_before", "counts_in_prose"]

# Prose without any of these holds no deadline.
SIGNAL = compiled(
    r"\d|h[ằàăẳ]ng |mỗi |đ[ịi]nh k[ỳì]|thường xuyên|liên tục|lâu dài|trước |sau khi|ngay khi|"
    r"(?:ngày|tuần|tháng|quý|năm)(?!\w)"
)
# what may follow a preposition where a deadline begins
_NEXT = (
    rf"(?= (?:\d|ngày|tháng|{QUARTER}|q\.?[1-4ivl]|năm|tuần|đầu|giữa|cuối|hết|trước|sau|thứ|vòng|thời|khoảng|nửa|"
    r"các|cả|suốt|giai|thượng|trung|hạ|là|vào|trong|mồng|mùng|t\d|những|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|nay|khi|chủ|"
    r"sáng|chiều|tối|lúc|hôm|dịp))"
)
_PREPOSITION = (
    r"(?:không (?:muộn|chậm|trễ|quá)(?: (?:hơn|quá))?|cho đến|đến|tới|hết|vào|nhân|ngay trong|nội trong|trong|"
    r"kể từ|tính từ|bắt đầu từ|bắt đầu|từ|sau|ngay|khoảng|dự kiến)"
)
_PERIOD = (
    rf"(?:ngày \d|tháng \d|tháng (?:đầu|cuối)|{QUARTER}\s*[\divl]|tuần (?:thứ|đầu|cuối|\d|[iv])|năm 20|"
    rf"(?:đầu|giữa|cuối|nửa) (?:tháng|{QUARTER}|năm|mỗi|h[ằà]ng)|"
    rf"(?:tuần|tháng|{QUARTER}|năm)\s*[(: ]\s*(?:trước|chậm|vào|ngày)|"
    rf"(?:tuần|tháng|{QUARTER})\s*,\s*(?:\d|sáu|chín|{QUARTER}|năm))"
)
LABEL = alternatives("labels")
CANDIDATE = compiled(
    rf"(?<!\w)(?:trước (?=\w)|(?:chậm|muộn) nhất|{_PREPOSITION}{_NEXT}|giai đoạn(?= )|{PERIODIC}|{EVERY}(?= )|"
    rf"thường xuyên|liên tục|(?:(?:sáng|chiều|tối) )?thứ |(?:ngay )?sau khi|\(|{_PERIOD}|"
    rf"{NUMBER} (?:ngày|tuần|tháng|{QUARTER}|năm|lần|đợt)|\d{{1,2}}\s*[/.\-]\s*\d|20\d\d|{LABEL}\s*:)"
)

_CLAUSE = compiled(r"[;\n]|\.(?=\s)|:(?=\s)")
_CLOSING = compiled(r"\s*(?:[.;)]|$|\n)")
_BULLETS = " -+*•,"
_FINISH = r"(?:hoàn thành|hoàn tất|xong|kết thúc|dứt điểm|đưa vào (?:khai thác|sử dụng|vận hành)|thông xe|khánh thành)"
# "hoàn thành Quý II/2024", "thời hạn: …", "dự kiến trong tháng 5"
_ADJACENT = compiled(
    rf"(?P<verb>{_FINISH}|thời hạn|thời gian|dự kiến)"
    r"(?:,| (?:việc này|toàn bộ|cơ bản|đồng bộ|chính thức|vào|trong|là|nội dung này|nhiệm vụ này))*\s*$"
)
# "các dự án có kế hoạch hoàn thành năm 2025 phải …" describes the projects
_PLANNED = compiled(
    r"(?:kế hoạch|dự án|công trình|tiêu chí|đã|chỉ tiêu|nhiệm vụ|mục tiêu)(?: (?:đã|cơ bản|dự kiến))* "
    r"(?:hoàn thành|hoàn tất|xong|kết thúc)\s*$"
)
_COMPLETION = compiled(rf"(?<!\w){alternatives('completion')}(?!\w)")
# "hoàn thành Chương trình xóa nhà tạm đến năm 2026": the year belongs to the name
_PROGRAMME = compiled(
    r"(?<!\w)(?:chương trình|đề án|chiến lược|quy hoạch|kế hoạch|nghị quyết|dự án|mục tiêu|phương án|chỉ tiêu)(?!\w)"
    r"[^,;.]*$"
)
_ATTRIBUTE = compiled(rf"(?:(?<!\w)đã(?!\w)[^.;,]{{0,60}}|(?<!\w){alternatives('attributes')} )$")
_GRACE = timedelta(days=31)  # "trước ngày 30/10" in a plan signed on 31/10: plans come late for their own first dates


def clause_before(scene: Scene, at: int) -> str:
    """The words of the clause before *at*, at most 200 characters."""
    left = scene.words[max(0, at - 200) : at]
    marks = [match.end() for match in _CLAUSE.finditer(left)]
    return left[marks[-1] :] if marks else left


def counts_in_prose(scene: Scene, reading: Reading) -> bool:
    """Whether the words around *reading* make it a deadline."""
    rule = CUE_RULES.get(reading.form)
    near = scene.words[max(0, reading.at - 300) : reading.at]
    quoted = near.rfind("“") > near.rfind("”")
    return rule is not None and not quoted and not _long_past(scene, reading) and rule(scene, reading)


def _long_past(scene: Scene, reading: Reading) -> bool:
    """As in "các dự án khởi công trước ngày 01/01/2020": no plan sets a deadline long before its own day."""
    issued = scene.context.issued
    return bool(issued and reading.due and reading.dated and reading.due < issued - _GRACE)


def _always(_scene: Scene, _reading: Reading) -> bool:
    return True


def _before(scene: Scene, reading: Reading) -> bool:
    """As in "trước ngày 30/9", unless the date describes things ("hồ sơ tiếp nhận trước ngày …")."""
    left, issued = clause_before(scene, reading.at), scene.context.issued
    if reading.due and issued and reading.due > issued:
        return not left.rstrip().endswith((" từ", "hiệu lực"))
    return not _ATTRIBUTE.search(left)


# "các nhiệm vụ cần triển khai trong năm 2026", "kết quả thu ngân sách trong năm 2026": of the year, not by its end
_OF_THE_YEAR = compiled(
    r"(?:(?<!\w)(?:cần|được|đã|sẽ|phải|các|những|số|kết quả|công tác|dự toán|kinh phí|nhiệm vụ|khen thưởng) "
    r"(?:[^\s.;,]+ ){0,3}|[,;])$"
)


# "trình Quốc hội thông qua trong năm 2026, làm cơ sở …": what follows says what it is good for
_GOES_ON = compiled(r",?\s*(?:để|nhằm|làm cơ sở|tạo|bảo đảm|đảm bảo|và (?:tiếp tục|báo cáo|các năm))(?!\w)")
_EAGER = compiled(r"ngay trong(?!\w)")
# "báo cáo Thủ tướng Chính phủ kết quả trong tháng 8": the report is due, the results are not of that month
_REPORTS = compiled(r"(?<!\w)(?:báo cáo|gửi|công bố|thông báo)(?!\w)[^,;]{0,80} (?:kết quả|tình hình) $")


# "khởi công trong quý II", "đưa vào vận hành trong tháng 9", "bàn giao cho nhà đầu tư trong quý III": still to come
_TO_COME = compiled(
    r"(?:(?<!được\s)(?<!đã\s)(?:khởi công|vận hành|thành lập|đăng ký|nộp|kê khai)|(?:nhà|chủ) đầu tư)\s*$"
)


def _within(scene: Scene, reading: Reading) -> bool:
    """As in "trong quý III/2026"; "trong năm 2026" with a word of completion before it, or as the closing words."""
    left = clause_before(scene, reading.at)
    if _completes(left) or _EAGER.match(scene.words, reading.at):
        return True
    if reading.grain == "year":
        closing = bool(_CLOSING.match(scene.words, reading.end))
        goes_on = _ahead(scene, reading) and bool(_GOES_ON.match(scene.words, reading.end))
        ends = (closing or (goes_on and not _PROGRAMME.search(left))) and not _OF_THE_YEAR.search(left)
        return ends or _opens_a_finish(scene, reading, left)
    if _REPORTS.search(left) or (_ahead(scene, reading) and _TO_COME.search(left)):
        return True
    return not _ATTRIBUTE.search(left)


def _completes(left: str) -> bool:
    """A word of completion in the clause, and no name of a programme between it and the date."""
    marks = list(_COMPLETION.finditer(left))
    return bool(marks) and not _PLANNED.search(left) and not _PROGRAMME.search(left, marks[-1].end())


_FINISH_RIGHT = compiled(rf"\s*,?\s*(?:phải |cơ bản |phấn đấu )*(?:{_FINISH}|chấm dứt)(?!\w)")


_TO_ITS_END = compiled(r"(?:cho )?đến (?:hết|cuối)(?!\w)")
# "số liệu tính đến ngày 30/6": how far it reaches back, or how long something holds
_UP_TO_NOW = compiled(r"(?<!\w)(?:tính|lũy kế|hiệu lực|giá trị|áp dụng|số liệu|kỳ|từ [^,;.]{1,30})\s*$")
_STRIVING = ("phấn đấu", "bảo đảm", "đảm bảo", "yêu cầu", "dự kiến")


def _until(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành … đến hết ngày 30/9"; "Đến 30/9/2026, hoàn thành …"; not "phấn đấu đến năm 2030, 95 % …"."""
    left = clause_before(scene, reading.at)
    if _UP_TO_NOW.search(left):
        return False
    if _completes(left):
        return True
    if left.strip(_BULLETS) in ("", *_STRIVING):
        finish = bool(_FINISH_RIGHT.match(scene.words, reading.end))
        finish = finish or (bool(_TO_ITS_END.match(scene.words, reading.at)) and _acts_next(scene, reading.end))
        return finish or (reading.grain != "year" and not _TOLD.match(scene.words, reading.end))
    closing = bool(_CLOSING.match(scene.words, reading.end)) and not _ATTRIBUTE.search(left)
    return closing and (reading.grain != "year" or bool(_TO_ITS_END.match(scene.words, reading.at)))


def _opens_a_finish(scene: Scene, reading: Reading, left: str) -> bool:
    """As in "Năm 2026, hoàn thành …", "Trong năm 2026, cơ bản hoàn thành …" at the start of a clause."""
    return not left.strip(_BULLETS) and bool(_FINISH_RIGHT.match(scene.words, reading.end))


_REVIEW = compiled(r"(?<!\w)(?:sơ kết|tổng kết)(?!\w)")
_AT_PERIOD = compiled(rf"vào (?:(?:đầu|giữa|cuối) |{QUARTER}|tháng|tuần)")


# "Khởi công công trình vào ngày 19/8": who holds it is done by that day; who attends it or prepares for it is not
_HELD = compiled(
    r"[\s*•+-]*(?:tổ chức|phát động|khai mạc|ra quân|công bố|diễn tập|bàn giao)(?!\w)|"
    r".*(?<!\w)(?:khởi công|thông xe|thông tuyến|khánh thành|hợp long|đóng điện)(?!\w)"
)
_ATTENDED = compiled(r"(?<!\w)(?:họp|dự|tham dự|tham gia|phục vụ|chuẩn bị|đón|mời)(?!\w)")


def _at(scene: Scene, reading: Reading) -> bool:
    """As in "vào cuối năm 2026", "vào quý IV": not the day of a meeting ("vào ngày 15/8/2026")."""
    left = clause_before(scene, reading.at)
    if reading.grain == "year":
        return bool(_REVIEW.search(left)) or _completes(left)
    if _ADJACENT.search(left) or _AT_PERIOD.match(scene.words, reading.at):
        return True
    return bool(_HELD.match(left)) and not _ATTENDED.search(left)


_HEADS = compiled(r"\s*:")


def _bare(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành Quý II/2024"; "Tháng 8/2026: tổ chức …" as a heading of its own words."""
    left = clause_before(scene, reading.at)
    cue = _ADJACENT.search(left)
    if cue and not _PLANNED.search(left[: cue.end("verb")]):
        return True
    if _opens_a_finish(scene, reading, left):
        return True
    named = not scene.words[reading.at].isdigit()
    if reading.grain != "day" and named and not left.strip(_BULLETS) and _ahead(scene, reading):
        return not _TOLD.match(scene.words, reading.end) and _acts_next(scene, reading.end)
    if reading.grain == "month" and _SITTING.search(left):
        return True
    first = reading.at < 10 and not scene.words[: reading.at].strip(_BULLETS)
    return first and bool(_HEADS.match(scene.words, reading.end))


# "báo cáo tại phiên họp thường kỳ tháng 8/2026": an event that the document dates
_SITTING = compiled(
    r"(?<!\w)(?:báo cáo|trình|cho ý kiến|thông qua|xem xét)(?!\w).*(?<!\w)tại (?:các )?"
    r"(?:phiên họp|kỳ họp|cuộc họp|hội nghị|giao ban)(?!\w)[^,;.]{0,50}$"
)
# "Quý III/2026 trình UBND tỉnh": the clause begins with its time; "Năm 2026 là năm …" tells
_TOLD = compiled(r"\s*,?\s*(?:là|có|được|đã|sẽ|dự báo|ước|của)(?!\w)|\s*[-–)]|\s*,?\s*(?:\d|phấn đấu|tỷ lệ|tỉ lệ)")


def _acts_next(scene: Scene, at: int) -> bool:
    """Whether an action or somebody's name follows: "Tháng 6/2026 tổ chức …", not "Quý I, toàn xã có …"."""
    rest = scene.text[at : at + 80].lstrip(" ,:")
    return rest[:1].isupper() or opens_with_verb(rest)


def _ahead(scene: Scene, reading: Reading) -> bool:
    """Whether the period of *reading* still lies before the day of the document."""
    issued = scene.context.issued
    return bool(reading.due and (issued is None or reading.due >= issued))


def _stage(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành trong giai đoạn 2026-2028", or as closing words; elsewhere the years belong to a name."""
    left = clause_before(scene, reading.at)
    if _ADJACENT.search(left):
        return True
    closing = scene.words.startswith("trong", reading.at) and bool(_CLOSING.match(scene.words, reading.end))
    return closing and not _PROGRAMME.search(left) and not _OF_THE_YEAR.search(left)


_STARTS = compiled(
    r"(?:thực hiện|triển khai|bắt đầu|vận hành|áp dụng|thí điểm|khai thác|sử dụng)"
    r"(?: chính thức| thử nghiệm| thử| thí điểm)?(?: ngay)?\s*$"
)
_CLAUSE_END = compiled(r"\s*(?:[.,;)]|$|\n)")
_FROM_NOW = compiled(r"(?:kể )?từ (?:nay|ngày ban hành|khi ban hành)")
_SPAN_VERB = compiled(
    r"(?<!\w)(?:tổ chức|thực hiện|triển khai|tiến hành|diễn ra|bắt đầu|thời gian|hoàn thành|kiểm tra|phát động|mở|"
    r"duy trì|tập trung|ra quân|áp dụng)(?!\w)"
)
_SPAN_DATA = compiled(
    r"(?<!\w)(?:số liệu|kỳ|tính|phát sinh|dữ liệu|thời điểm|đã|kết quả|hiệu lực|giai đoạn|văn bản|"
    r"(?<!nộp\s)(?<!nhận\s)(?<!gửi\s)(?<!ký\s)hồ sơ)(?!\w)"
)


def _from(scene: Scene, reading: Reading) -> bool:
    """As in "tổ chức từ ngày 15/7 đến ngày 30/8/2026"; not "số liệu từ ngày 15/12/2025 đến ngày 14/6/2026"."""
    left = clause_before(scene, reading.at)
    if reading.kind == "ongoing" and not left.strip(_BULLETS):  # "Từ ngày 01/7/2026, không tiếp nhận hồ sơ giấy"
        issued = scene.context.issued
        return bool(issued and reading.start and reading.start >= issued)
    if reading.kind == "ongoing" and not _ADJACENT.search(left):
        begun = _STARTS.search(left) or scene.words.startswith("bắt đầu", reading.at)
        return bool(begun) and bool(_CLAUSE_END.match(scene.words, reading.end))
    if _FROM_NOW.match(scene.words, reading.at):
        return True
    if _SPAN_DATA.search(left[-40:]):
        return False
    return bool(_SPAN_VERB.search(left)) or (reading.grain != "year" and _ahead(scene, reading))


_BUDGET = compiled(r"(?:dự toán|kinh phí|ngân sách|vốn|kế hoạch|đầu tư công)(?: (?:của|cho|trong))?\s*$")


def _onward(scene: Scene, reading: Reading) -> bool:
    """As in "năm 2027 và những năm tiếp theo", unless a budget or a plan is of those years."""
    left = clause_before(scene, reading.at)
    return not _BUDGET.search(left) and "hiệu lực" not in left


_COMMEMORATION = compiled(r"(?<!\w)ngày (?!\d)[^\d,.;]{3,60}$")


def _cycle_day(scene: Scene, reading: Reading) -> bool:
    """As in "trước ngày 20 hằng tháng"; not "Ngày Pháp luật Việt Nam 09/11 hằng năm"."""
    left = clause_before(scene, reading.at)
    if "từ ngày" in left and scene.words.startswith("đến", reading.at):  # "từ ngày 15 tháng trước đến ngày 14 tháng …"
        return False
    return not (scene.words[reading.at].isdigit() and _COMMEMORATION.search(left))


_VERB_LEFT = compiled(rf"(?<!\w){alternatives('cycle_verbs')}(?: (?:báo cáo|kết quả|tình hình|việc|vào))?\s*$")
_VERB_RIGHT = compiled(
    r"\s*,?\s*(?:phải |có |cần |chủ động |tiến hành |và đột xuất |hoặc đột xuất |tự )*"
    rf"{alternatives('cycle_verbs')}(?!\w)"
)
_VERBS_LISTED = compiled(rf"(?: {alternatives('cycle_verbs')}(?:,| và))+\s*$")  # "chương trình kiểm tra, giám sát"
_NOUN_LEFT = compiled(rf"(?<!\w){alternatives('cycle_nouns')}\s*$")
_NOUN_NEAR = compiled(rf"(?<!\w){alternatives('cycle_nouns')}(?!\w)[^,;.]{{0,40}}(?:,|và)\s*$")


def _cycle(scene: Scene, reading: Reading) -> bool:
    """As in "hằng tháng" at the start of a clause or beside its verb, not after a noun ("kế hoạch hằng năm")."""
    left = clause_before(scene, reading.at)
    if not left.strip(_BULLETS):
        return True
    if _NOUN_NEAR.search(left):
        return False
    verb_follows = bool(_VERB_RIGHT.match(scene.words, reading.end))
    mark = left.rstrip()
    if mark.endswith((",", "(", ":", "-", "+")):
        return verb_follows or mark.endswith(",") or bool(_CLOSING.match(scene.words, reading.end))
    if verb := _VERB_LEFT.search(left):
        return not _NOUN_LEFT.search(_VERBS_LISTED.sub("", left[: verb.start()]))
    return verb_follows and not _NOUN_LEFT.search(left)


# after a comma only with its verb: "…, thực hiện thường xuyên." against "đầy đủ, chính xác, thường xuyên."
_DOING = compiled(
    r"(?:(?:[;.(:-]|^)\s*|(?:[;,.(:-]|^)\s*(?:và )?(?:được )?(?:(?:tổ chức|tiếp tục) )?"
    r"(?:thực hiện|triển khai|tiến hành|duy trì|thời gian)(?: thực hiện)?\s*:?\s*)$"
)


def _ongoing(scene: Scene, reading: Reading) -> bool:
    """As in "…; thực hiện thường xuyên." as the closing phrase; an adverb in prose is none."""
    doing = _DOING.search(scene.words, max(0, reading.at - 60), reading.at)
    return bool(doing and _CLOSING.match(scene.words, reading.end))


def _expiry(scene: Scene, reading: Reading) -> bool:
    """As in "Hết thời hạn 100 ngày, Sở Y tế …" at the start of a clause."""
    return not clause_before(scene, reading.at).strip(_BULLETS)


_SPOKEN = compiled(r"(?:báo cáo|trình bày|phát biểu|tham luận|giải trình|trách nhiệm)\s*$")


def _term(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành trong vòng 01 tháng."; "trong 05 ngày làm việc" alone is how long each file takes."""
    left = clause_before(scene, reading.at)
    named = scene.words.startswith(("trong", "nội trong"), reading.at)
    return named and _completes(left) and bool(_CLOSING.match(scene.words, reading.end))


def _event(scene: Scene, reading: Reading) -> bool:
    """As in "gửi tham luận trước Hội nghị"; not "báo cáo trước Hội nghị", which is said in front of it."""
    return not _SPOKEN.search(clause_before(scene, reading.at))


# A form that is missing here is no deadline in prose.
CUE_RULES: Mapping[str, Callable[[Scene, Reading], bool]] = {
    "before": _before,
    "latest_before": _always,
    "latest": _always,
    "within": _within,
    "stage": _stage,
    "until": _until,
    "at": _at,
    "bare": _bare,
    "from": _from,
    "onward": _onward,
    "cycle_day": _cycle_day,
    "cycle_sure": _always,
    "cycle": _cycle,
    "term": _always,
    "bare_term": _term,
    "expiry": _expiry,
    "season": _always,
    "after": _always,
    "event": _event,
    "ongoing": _ongoing,
}
