"""The clause that a date stands in: what its words say before and after it, whatever the date is.

In: a `Scene` and a position or a `Reading` in it. Out: the words before it, and answers about them: does the clause
complete something, does an action follow, does the time lie ahead.

>>> completes("hoàn thành việc cắm mốc ")
True
"""

from __future__ import annotations

from extractor.mentions.deadline_words import Reading, Scene, alternatives, compiled
from extractor.mentions.vietnamese import opens_with_verb

__all__ = ["Reading", "Scene", "acts_next", "ahead", "clause_before", "completes"]

_CLAUSE = compiled(r"[;\n]|\.(?=\s)|:(?=\s)")
CLOSING = compiled(r"\s*(?:[.;)]|$|\n)")
BULLETS = " -+*•,"
FINISH = r"(?:hoàn thành|hoàn tất|xong|kết thúc|dứt điểm|đưa vào (?:khai thác|sử dụng|vận hành)|thông xe|khánh thành)"
# "hoàn thành Quý II/2024", "thời hạn: …", "dự kiến trong tháng 5"
ADJACENT = compiled(
    rf"(?P<verb>{FINISH}|thời hạn|thời gian|dự kiến)"
    r"(?:,| (?:việc này|toàn bộ|cơ bản|đồng bộ|chính thức|vào|trong|là|nội dung này|nhiệm vụ này))*\s*$"
)
# "các dự án có kế hoạch hoàn thành năm 2025 phải …" describes the projects
PLANNED = compiled(
    r"(?:kế hoạch|dự án|công trình|tiêu chí|đã|chỉ tiêu|nhiệm vụ|mục tiêu)(?: (?:đã|cơ bản|dự kiến))* "
    r"(?:hoàn thành|hoàn tất|xong|kết thúc)\s*$"
)
_COMPLETION = compiled(rf"(?<!\w){alternatives('completion')}(?!\w)")
# "hoàn thành Chương trình xóa nhà tạm đến năm 2026": the year belongs to the name
PROGRAMME = compiled(
    r"(?<!\w)(?:chương trình|đề án|chiến lược|quy hoạch|kế hoạch|nghị quyết|dự án|mục tiêu|phương án|chỉ tiêu)(?!\w)"
    r"[^,;.]*$"
)
ATTRIBUTE = compiled(rf"(?:(?<!\w)đã(?!\w)[^.;,]{{0,60}}|(?<!\w){alternatives('attributes')} )$")


def clause_before(scene: Scene, at: int) -> str:
    """The words of the clause before *at*, at most 200 characters."""
    left = scene.words[max(0, at - 200) : at]
    marks = [match.end() for match in _CLAUSE.finditer(left)]
    return left[marks[-1] :] if marks else left


def completes(left: str) -> bool:
    """A word of completion in the clause, and no name of a programme between it and the date."""
    marks = list(_COMPLETION.finditer(left))
    return bool(marks) and not PLANNED.search(left) and not PROGRAMME.search(left, marks[-1].end())


def acts_next(scene: Scene, at: int) -> bool:
    """Whether an action or somebody's name follows: "Tháng 6/2026 tổ chức …", not "Quý I, toàn xã có …"."""
    rest = scene.text[at : at + 80].lstrip(" ,:")
    return rest[:1].isupper() or opens_with_verb(rest)


def ahead(scene: Scene, reading: Reading) -> bool:
    """Whether the period of *reading* still lies before the day of the document."""
    issued = scene.context.issued
    return bool(reading.due and (issued is None or reading.due >= issued))
