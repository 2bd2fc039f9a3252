"""What makes a phrase in prose a deadline: the words around it.

In: a `Scene` and a `Reading` in it. Out: whether the sentence means it as a deadline: "hoàn thành trong quý III/2026" does,
"Luật Đất đai năm 2024", "kế hoạch hằng năm" and "hồ sơ phát sinh trong quý III" do not.

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
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["CANDIDATE", "SIGNAL", "DeadlineContext", "Reading", "Scene", "counts_in_prose", "value_after"]

# A text without any of these holds no deadline.
SIGNAL = compiled(
    r"\d|h[ằà]ng |mỗi |từng |đ[ịi]nh k[ỳì]|thường xuyên|liên tục|lâu dài|trước |sau khi|(?:ngày|tuần|tháng|quý|năm)(?!\w)"
)
_NEXT = (
    rf"(?= (?:\d|ngày|tháng|{QUARTER}|q\.?[1-4ivl]|năm|tuần|đầu|giữa|cuối|hết|trước|sau|thứ|vòng|thời|khoảng|nửa|các|cả|suốt|giai|"
    r"thượng|trung|hạ|là|vào|mồng|mùng|t\d|những|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|nay|khi|cuối|chủ|sáng|chiều|tối|lúc|hôm))"
)
_BARE = rf"(?:ngày \d|tháng \d|tháng (?:đầu|cuối)|{QUARTER}\s*[\divl]|tuần (?:thứ|đầu|cuối|\d|[iv])|năm 20|(?:đầu|giữa|cuối|nửa) (?:tháng|{QUARTER}|năm|mỗi|h[ằà]ng))"
CANDIDATE = compiled(
    rf"(?<!\w)(?:trước (?=\w)|(?:chậm|muộn) nhất|(?:không (?:muộn|chậm|trễ|quá)|cho đến|đến|tới|hết|xong|vào|trong|từ|kể từ|tính từ|bắt đầu|sau|ngay|nội trong|khoảng){_NEXT}|"
    rf"giai đoạn(?= )|{PERIODIC}|{EVERY}(?= )|thường xuyên|liên tục|thứ |sau khi|ngay sau|\(|{_BARE}|"
    rf"{NUMBER} (?:ngày|tuần|tháng|{QUARTER}|năm|lần)|\d{{1,2}}\s*[/.\-]\s*\d|20\d\d|{alternatives('labels')}\s*:)"
)

_CLAUSE = compiled(r"[;\n]|\.(?=\s)|:(?=\s)")
_LABEL = compiled(rf"{alternatives('labels')}\s*:\s*")
_ADJACENT = compiled(
    r"(?P<verb>hoàn thành|hoàn tất|xong|kết thúc|dứt điểm|thời hạn|thời gian|dự kiến)(?:,| (?:việc này|toàn bộ|cơ bản|vào|trong|là|nội dung này|nhiệm vụ này))*\s*$"
)
_PLANNED = compiled(
    r"(?:kế hoạch|dự án|công trình|tiêu chí|đã|chỉ tiêu|nhiệm vụ|mục tiêu)(?: (?:đã|cơ bản|dự kiến))* (?:hoàn thành|hoàn tất|xong|kết thúc)\s*$"
)
_COMPLETION = compiled(rf"(?<!\w){alternatives('completion')}(?!\w)")
_PROGRAMME = compiled(
    r"(?<!\w)(?:chương trình|đề án|chiến lược|quy hoạch|kế hoạch|nghị quyết|dự án|mục tiêu|phương án|chỉ tiêu)(?!\w)[^,;.]*$"
)
_ATTRIBUTE = compiled(rf"(?:(?<!\w)đã(?!\w)[^.;,]{{0,60}}|(?<!\w){alternatives('attributes')} )$")
_VERB_LEFT = compiled(rf"(?<!\w){alternatives('cycle_verbs')}(?: (?:báo cáo|kết quả|tình hình|việc|vào|1 lần))?\s*$")
_VERB_RIGHT = compiled(
    rf"\s*,?\s*(?:phải |có |cần |chủ động |tiến hành |và đột xuất |hoặc đột xuất |tự )*{alternatives('cycle_verbs')}(?!\w)"
)
_NOUN_LEFT = compiled(rf"(?<!\w){alternatives('cycle_nouns')}\s*$")
_NOUN_NEAR = compiled(rf"(?<!\w){alternatives('cycle_nouns')}(?!\w)[^,;.]{{0,40}}(?:,|và)\s*$")
_EVENT_SPOKEN = compiled(r"(?:báo cáo|trình bày|phát biểu|tham luận|giải trình|trách nhiệm)\s*$")
_SPAN_VERB = compiled(
    r"(?<!\w)(?:tổ chức|thực hiện|triển khai|tiến hành|diễn ra|bắt đầu|thời gian|hoàn thành|kiểm tra|phát động|mở|duy trì|tập trung|ra quân|áp dụng)(?!\w)"
)
_SPAN_DATA = compiled(
    r"(?<!\w)(?:số liệu|kỳ|tính|phát sinh|dữ liệu|thời điểm|đã|kết quả|hiệu lực|hồ sơ|giai đoạn|văn bản)(?!\w)"
)
_CLOSING = compiled(r"\s*(?:[.;)]|$|\n)")
_DOING = compiled(
    r"(?:[;,.(:-]|^)\s*(?:và )?(?:được )?(?:(?:tổ chức|tiếp tục) )?(?:thực hiện|triển khai|tiến hành|duy trì|thời gian)?(?: thực hiện)?\s*:?\s*$"
)
_GRACE = timedelta(
    days=31
)  # plans are signed after the first of their own deadlines ("trước ngày 30/10", signed on 31/10)


def clause_before(scene: Scene, at: int) -> str:
    """The words of the clause before *at*, at most 200 characters."""
    begin = max(0, at - 200)
    left = scene.words[begin:at]
    marks = [match.end() for match in _CLAUSE.finditer(left)]
    return left[marks[-1] :] if marks else left


def value_after(words: str, at: int) -> tuple[int, int] | None:
    """The range of the value after a label that starts at *at* ("hoàn thành: Quý II/2024; …" → "Quý II/2024")."""
    label = _LABEL.match(words, at)
    if label is None:
        return None
    depth = 0
    for end in range(label.end(), len(words)):
        mark = words[end]
        depth += (mark == "(") - (mark == ")")
        if depth < 0 or mark in ";\n" or (mark == "." and words[end + 1 : end + 2] in ("", " ", "\n")):
            return label.end(), end
    return label.end(), len(words)


def counts_in_prose(scene: Scene, reading: Reading) -> bool:
    """Whether the words around *reading* make it a deadline."""
    rule = _RULES.get(reading.form)
    return rule is not None and rule(scene, reading) and not _long_past(scene, reading)


def _long_past(scene: Scene, reading: Reading) -> bool:
    """ "các dự án khởi công trước ngày 01/01/2020": no plan sets a deadline long before its own day."""
    issued = scene.context.issued
    return bool(issued and reading.due and reading.dated and reading.due < issued - _GRACE)


def _always(_scene: Scene, _reading: Reading) -> bool:
    return True


def _before(scene: Scene, reading: Reading) -> bool:
    """ "trước ngày 30/9": unless the date describes things ("hồ sơ tiếp nhận trước ngày …")."""
    left = clause_before(scene, reading.at)
    if reading.due and scene.context.issued and reading.due > scene.context.issued:
        return not left.rstrip().endswith((" từ", "hiệu lực"))
    return not _ATTRIBUTE.search(left)


def _within(scene: Scene, reading: Reading) -> bool:
    """ "trong quý III/2026"; "trong năm 2026" only with a word of completion before it."""
    left = clause_before(scene, reading.at)
    if reading.grain == "year" or not scene.words.startswith(("trong", "ngay", "nội"), reading.at):
        return _completes(left)
    return not _ATTRIBUTE.search(left)


def _completes(left: str) -> bool:
    """A word of completion in the clause, and no name of a programme between it and the date."""
    marks = list(_COMPLETION.finditer(left))
    return bool(marks) and not _PLANNED.search(left) and not _PROGRAMME.search(left, marks[-1].end())


def _until(scene: Scene, reading: Reading) -> bool:
    """ "hoàn thành … đến hết ngày 30/9"; "Đến 30/9/2026, hoàn thành …"; not "phấn đấu đến năm 2030, 95 % …"."""
    left = clause_before(scene, reading.at)
    if _completes(left) and not left.rstrip().endswith("tính"):
        return True
    opens = not left.strip(" -+*•,")
    return opens and bool(_FINISH_RIGHT.match(scene.words, reading.end))


_FINISH_RIGHT = compiled(r"\s*,?\s*(?:phải |cơ bản |phấn đấu )*(?:hoàn thành|hoàn tất|kết thúc|chấm dứt)(?!\w)")


def _at(scene: Scene, reading: Reading) -> bool:
    """ "vào cuối năm 2026", "vào quý IV": not the day of a meeting ("vào ngày 15/8/2026")."""
    if _ADJACENT.search(clause_before(scene, reading.at)):
        return True
    return bool(_AT_PERIOD.match(scene.words, reading.at))


_AT_PERIOD = compiled(rf"vào (?:(?:đầu|giữa|cuối) |{QUARTER}|tháng|tuần)")


def _bare(scene: Scene, reading: Reading) -> bool:
    """ "hoàn thành Quý II/2024"; "Tháng 8/2026: tổ chức …" as a heading of its own words."""
    left = clause_before(scene, reading.at)
    cue = _ADJACENT.search(left)
    if cue and not _PLANNED.search(left[: cue.end("verb")]):
        return True
    return not scene.words[: reading.at].strip(" -+*•") and bool(_HEADS.match(scene.words, reading.end))


_HEADS = compiled(r"\s*:")


def _from(scene: Scene, reading: Reading) -> bool:
    """ "tổ chức từ ngày 15/7 đến ngày 30/8/2026"; not "số liệu từ ngày 15/12/2025 đến ngày 14/6/2026"."""
    left = clause_before(scene, reading.at)
    if reading.kind == "ongoing" and not _ADJACENT.search(left):
        return bool(_STARTS.search(left)) and bool(_CLOSING.match(scene.words, reading.end))
    if _FROM_NOW.match(scene.words, reading.at):
        return True
    return bool(_SPAN_VERB.search(left)) and not _SPAN_DATA.search(left[-40:])


_STARTS = compiled(r"(?:thực hiện|triển khai|bắt đầu|vận hành)(?: chính thức)?\s*$")
_FROM_NOW = compiled(r"(?:kể )?từ (?:nay|ngày ban hành|khi ban hành)")


def _onward(scene: Scene, reading: Reading) -> bool:
    """ "năm 2024 và những năm tiếp theo", unless a budget or a plan is of those years."""
    left = clause_before(scene, reading.at)
    return not _BUDGET.search(left) and "hiệu lực" not in left


_BUDGET = compiled(r"(?:dự toán|kinh phí|ngân sách|vốn|kế hoạch|đầu tư công)(?: (?:của|cho|trong))?\s*$")


def _cycle(scene: Scene, reading: Reading) -> bool:
    """ "hằng tháng" at the start of a clause or beside its verb, not after a noun ("kế hoạch hằng năm")."""
    left = clause_before(scene, reading.at)
    if not left.strip(" -+*•"):
        return True
    if _NOUN_NEAR.search(left):
        return False
    if left.rstrip().endswith((",", "(", ":", " và", "-", "+")):
        return bool(
            _VERB_RIGHT.match(scene.words, reading.end) or _CLOSING.match(scene.words, reading.end)
        ) or left.rstrip().endswith(",")
    if _VERB_LEFT.search(left):
        return not _NOUN_LEFT.search(_VERB_LEFT.sub("", left))
    return bool(_VERB_RIGHT.match(scene.words, reading.end)) and not _NOUN_LEFT.search(left)


def _ongoing(scene: Scene, reading: Reading) -> bool:
    """ "…; thực hiện thường xuyên." as the closing phrase; an adverb in prose is none."""
    return bool(_CLOSING.match(scene.words, reading.end)) and bool(
        _DOING.search(scene.words[max(0, reading.at - 60) : reading.at])
    )


def _expiry(scene: Scene, reading: Reading) -> bool:
    """ "Hết thời hạn 100 ngày, Sở Y tế …" at the start of a clause."""
    return not clause_before(scene, reading.at).strip(" -+*•")


def _event(scene: Scene, reading: Reading) -> bool:
    return not _EVENT_SPOKEN.search(clause_before(scene, reading.at))


_RULES: Mapping[str, Callable[[Scene, Reading], bool]] = {
    "before": _before,
    "latest_before": _always,
    "latest": _always,
    "within": _within,
    "stage": lambda scene, reading: bool(_ADJACENT.search(clause_before(scene, reading.at))),
    "until": _until,
    "at": _at,
    "bare": _bare,
    "from": _from,
    "onward": _onward,
    "cycle_day": _always,
    "cycle_sure": _always,
    "cycle": _cycle,
    "term": _always,
    "expiry": _expiry,
    "season": _always,
    "after": _always,
    "event": _event,
    "ongoing": _ongoing,
}
