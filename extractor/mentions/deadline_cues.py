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

from extractor.mentions.deadline_clause import clause_before
from extractor.mentions.deadline_cue_cycles import (
    cycle_counts,
    cycle_day_counts,
    event_counts,
    expiry_counts,
    ongoing_counts,
    term_counts,
    turns_count,
)
from extractor.mentions.deadline_cue_days import (
    at_date,
    bare_date,
    before_date,
    from_date,
    onward_date,
    stage_date,
    until_date,
    within_date,
)
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
_GRACE = timedelta(days=31)  # "trước ngày 30/10" in a plan signed on 31/10: plans come late for their own first dates


def counts_in_prose(scene: Scene, reading: Reading) -> bool:
    """Whether the words around *reading* make it a deadline."""
    rule = CUE_RULES.get(reading.form)
    near = scene.words[max(0, reading.at - 300) : reading.at]
    quoted = near.rfind("“") > near.rfind("”")
    agreed = _AGREED.match(clause_before(scene, reading.at)) is not None
    past = _long_past(scene, reading) or _told(scene, reading) or agreed
    return rule is not None and not quoted and not past and rule(scene, reading)


# "Thống nhất lùi thời gian thực hiện đến hết năm 2027; giao …": what was agreed on binds nobody yet
_AGREED = compiled(
    r"[\s*•+-]*(?:cơ bản )?(?:thống nhất|đồng ý|nhất trí)(?!\w)"
    r"(?!.*(?<!\w)(?:giao|yêu cầu|đề nghị|trình|báo cáo|hoàn thành|triển khai|thực hiện xong|tổ chức)(?!\w))"
)


def _long_past(scene: Scene, reading: Reading) -> bool:
    """As in "các dự án khởi công trước ngày 01/01/2020": no plan sets a deadline long before its own day."""
    issued = scene.context.issued
    return bool(issued and reading.due and reading.dated and reading.due < issued - _GRACE)


_DONE_BY_THEN = compiled(r"[^.;\n]{0,160}?(?<!\w)đã(?!\w)")


def _told(scene: Scene, reading: Reading) -> bool:
    """As in "Trong tháng 01/2026, lực lượng chức năng đã xử lý 12 vụ": what was done in a time gone by."""
    issued = scene.context.issued
    gone = bool(issued and reading.due and reading.due < issued)
    opens = not clause_before(scene, reading.at).strip(" -+*•,")
    return gone and opens and bool(_DONE_BY_THEN.match(scene.words, reading.end))


def _always(_scene: Scene, _reading: Reading) -> bool:
    return True


# A form that is missing here is no deadline in prose.
CUE_RULES: Mapping[str, Callable[[Scene, Reading], bool]] = {
    "before": before_date,
    "latest_before": _always,
    "latest": _always,
    "within": within_date,
    "stage": stage_date,
    "until": until_date,
    "at": at_date,
    "bare": bare_date,
    "from": from_date,
    "onward": onward_date,
    "cycle_day": cycle_day_counts,
    "cycle_sure": turns_count,
    "cycle": cycle_counts,
    "term": _always,
    "bare_term": term_counts,
    "expiry": expiry_counts,
    "season": _always,
    "after": _always,
    "event": event_counts,
    "ongoing": ongoing_counts,
}
