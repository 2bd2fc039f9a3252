"""Which cycles, terms and events a clause means as deadlines: "hằng tháng", "trong vòng 01 tháng", "trước Hội nghị".

In: a `Scene` and a `Reading` of a form ("cycle", "bare_term", "event" …). Out: whether the words around make it a
deadline: "Hằng năm, tổ chức …" does, "kế hoạch hằng năm" does not.
"""

from __future__ import annotations

from extractor.mentions.deadline_clause import BULLETS, CLOSING, Reading, Scene, clause_before, completes
from extractor.mentions.deadline_words import alternatives, compiled

_COMMEMORATION = compiled(r"(?<!\w)ngày (?!\d)[^\d,.;]{3,60}$")


def cycle_day_counts(scene: Scene, reading: Reading) -> bool:
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


def cycle_counts(scene: Scene, reading: Reading) -> bool:
    """As in "hằng tháng" at the start of a clause or beside its verb, not after a noun ("kế hoạch hằng năm")."""
    left = clause_before(scene, reading.at)
    if not left.strip(BULLETS):
        return True
    if _NOUN_NEAR.search(left):
        return False
    verb_follows = bool(_VERB_RIGHT.match(scene.words, reading.end))
    mark = left.rstrip()
    if mark.endswith((",", "(", ":", "-", "+")):
        return verb_follows or mark.endswith(",") or bool(CLOSING.match(scene.words, reading.end))
    if verb := _VERB_LEFT.search(left):
        return not _NOUN_LEFT.search(_VERBS_LISTED.sub("", left[: verb.start()]))
    return verb_follows and not _NOUN_LEFT.search(left)


_AT_MOST = compiled(r"(?:không quá|tối đa|không vượt quá)\s*$")
_AT_LEAST = compiled(r"(?:tối thiểu|ít nhất|tần suất)(?: là)?\s*$")


def turns_count(scene: Scene, reading: Reading) -> bool:
    """As in "định kỳ hằng tháng", "02 lần/năm"; "không quá 01 lần/năm", "tối thiểu 03 lần/tuần" only measure."""
    left = clause_before(scene, reading.at)
    crowded = "recurrence_spread_evenly" in reading.reasons and "WEEKLY" in (reading.rrule or "")
    return not _AT_MOST.search(left) and not (crowded and _AT_LEAST.search(left))


# after a comma only with its verb: "…, thực hiện thường xuyên." against "đầy đủ, chính xác, thường xuyên."
_DOING = compiled(
    r"(?:(?:[;.(:-]|^)\s*|(?:[;,.(:-]|^)\s*(?:và )?(?:được )?(?:(?:tổ chức|tiếp tục) )?"
    r"(?:thực hiện|triển khai|tiến hành|duy trì|thời gian)(?: thực hiện)?\s*:?\s*)$"
)


def ongoing_counts(scene: Scene, reading: Reading) -> bool:
    """As in "…; thực hiện thường xuyên." as the closing phrase; an adverb in prose is none."""
    doing = _DOING.search(scene.words, max(0, reading.at - 60), reading.at)
    return bool(doing and CLOSING.match(scene.words, reading.end))


def expiry_counts(scene: Scene, reading: Reading) -> bool:
    """As in "Hết thời hạn 100 ngày, Sở Y tế …" at the start of a clause."""
    return not clause_before(scene, reading.at).strip(BULLETS)


_SPOKEN = compiled(r"(?:báo cáo|trình bày|phát biểu|tham luận|giải trình|trách nhiệm)\s*$")


def term_counts(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành trong vòng 01 tháng."; "trong 05 ngày làm việc" alone is how long each file takes."""
    left = clause_before(scene, reading.at)
    named = scene.words.startswith(("trong", "nội trong"), reading.at)
    return named and completes(left) and bool(CLOSING.match(scene.words, reading.end))


def event_counts(scene: Scene, reading: Reading) -> bool:
    """As in "gửi tham luận trước Hội nghị"; not "báo cáo trước Hội nghị", which is said in front of it."""
    return not _SPOKEN.search(clause_before(scene, reading.at))
