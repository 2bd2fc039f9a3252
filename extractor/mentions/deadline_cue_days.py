"""Which dates of the calendar a clause means as deadlines: "đến hết ngày 30/9", "trong quý III", "từ 15/7 đến 30/8".

In: a `Scene` and a `Reading` of a form ("before", "within" …). Out: whether the words around make it a deadline:
"khởi công trong quý II/2026" does, "hồ sơ phát sinh trong quý II/2026" does not.
"""

from __future__ import annotations

from extractor.mentions.deadline_clause import (
    ADJACENT,
    ATTRIBUTE,
    BULLETS,
    CLOSING,
    FINISH,
    PLANNED,
    PROGRAMME,
    Reading,
    Scene,
    acts_next,
    ahead,
    clause_before,
    completes,
)
from extractor.mentions.deadline_words import QUARTER, compiled

_SENT = compiled(r"(?<!\w)(?:báo cáo|gửi|trình)(?!\w)")


def before_date(scene: Scene, reading: Reading) -> bool:
    """As in "trước ngày 30/9", unless the date describes things ("hồ sơ tiếp nhận trước ngày …")."""
    left, issued = clause_before(scene, reading.at), scene.context.issued
    # on the day of the document only what is sent: "báo cáo kết quả trước 19 giờ ngày 28/10", not "hồ sơ nộp trước …"
    if reading.due and issued and (reading.due > issued or (reading.due == issued and _SENT.search(left))):
        return not left.rstrip().endswith((" từ", "hiệu lực"))
    return not ATTRIBUTE.search(left)


# "các nhiệm vụ cần triển khai trong năm 2026", "kết quả thu ngân sách trong năm 2026": of the year, not by its end
_OF_THE_YEAR = compiled(
    r"(?:(?<!\w)(?:cần|được|đã|sẽ|phải|(?<!tại\s)(?<!ở\s)(?<!cho\s)(?:các|những)|số|"
    r"kết quả|công tác|dự toán|kinh phí|nhiệm vụ|khen thưởng) "
    r"(?:[^\s.;,]+ ){0,3}|[,;])$"
)


# "trình Quốc hội thông qua trong năm 2026, làm cơ sở …": what follows says what it is good for
_GOES_ON = compiled(
    r",?\s*(?:để|nhằm|làm cơ sở|tạo|bảo đảm|đảm bảo|gửi|báo cáo|trình|và (?:tiếp tục|báo cáo|các năm))(?!\w)"
)
_EAGER = compiled(r"ngay trong(?!\w)")
# "báo cáo Thủ tướng Chính phủ kết quả trong tháng 8": the report is due, the results are not of that month
_REPORTS = compiled(r"(?<!\w)(?:báo cáo|gửi|công bố|thông báo)(?!\w)[^,;]{0,80} (?:kết quả|tình hình) $")


# "khởi công trong quý II", "đưa vào vận hành trong tháng 9", "bàn giao cho nhà đầu tư trong quý III": still to come
_TO_COME = compiled(
    r"(?:(?<!được\s)(?<!đã\s)(?:khởi công|vận hành|thành lập|đăng ký|nộp|kê khai)|(?:nhà|chủ) đầu tư)\s*$"
)


def within_date(scene: Scene, reading: Reading) -> bool:
    """As in "trong quý III/2026"; "trong năm 2026" with a word of completion before it, or as the closing words."""
    left = clause_before(scene, reading.at)
    if completes(left) or _EAGER.match(scene.words, reading.at):
        return True
    if reading.grain == "year":
        closing = bool(CLOSING.match(scene.words, reading.end))
        goes_on = ahead(scene, reading) and bool(_GOES_ON.match(scene.words, reading.end))
        ends = (closing or (goes_on and not PROGRAMME.search(left))) and not _OF_THE_YEAR.search(left)
        return ends or _opens_a_finish(scene, reading, left)
    if _REPORTS.search(left) or (ahead(scene, reading) and _TO_COME.search(left)):
        return True
    return not ATTRIBUTE.search(left)


_FINISH_RIGHT = compiled(rf"\s*,?\s*(?:phải |cơ bản |phấn đấu )*(?:{FINISH}|chấm dứt)(?!\w)")


_TO_ITS_END = compiled(r"(?:cho )?đến (?:hết|cuối)(?!\w)")
# "số liệu tính đến ngày 30/6": how far it reaches back, or how long something holds
_UP_TO_NOW = compiled(r"(?<!\w)(?:tính|lũy kế|hiệu lực|giá trị|áp dụng|số liệu|kỳ|từ [^,;.]{1,30})\s*$")
_STRIVING = ("phấn đấu", "bảo đảm", "đảm bảo", "yêu cầu", "dự kiến")


def until_date(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành … đến hết ngày 30/9"; "Đến 30/9/2026, hoàn thành …"; not "phấn đấu đến năm 2030, 95 % …"."""
    left = clause_before(scene, reading.at)
    if _UP_TO_NOW.search(left):
        return False
    if completes(left):
        return True
    if left.strip(BULLETS) in ("", *_STRIVING):
        finish = bool(_FINISH_RIGHT.match(scene.words, reading.end))
        told = bool(_TOLD.match(scene.words, reading.end)) or (
            left.strip(BULLETS) == "phấn đấu" and bool(_SHARE_AHEAD.match(scene.words, reading.end))
        )
        finish = finish or (
            not told and bool(_TO_ITS_END.match(scene.words, reading.at)) and acts_next(scene, reading.end)
        )
        return finish or (reading.grain != "year" and not told)
    closing = bool(CLOSING.match(scene.words, reading.end)) and not ATTRIBUTE.search(left)
    return closing and (reading.grain != "year" or bool(_TO_ITS_END.match(scene.words, reading.at)))


def _opens_a_finish(scene: Scene, reading: Reading, left: str) -> bool:
    """As in "Năm 2026, hoàn thành …", "…, phấn đấu trong năm 2026 cơ bản hoàn thành …": the time opens its words."""
    opens = not left.strip(BULLETS) or left.rstrip().endswith("phấn đấu")
    return opens and bool(_FINISH_RIGHT.match(scene.words, reading.end))


_REVIEW = compiled(r"(?<!\w)(?:sơ kết|tổng kết)(?!\w)")
_AT_PERIOD = compiled(rf"vào (?:(?:đầu|giữa|cuối) |{QUARTER}|tháng|tuần)")


# "Khởi công công trình vào ngày 19/8": who holds it is done by that day; who attends it or prepares for it is not
_HELD = compiled(
    r"[\s*•+-]*(?:tổ chức|phát động|khai mạc|ra quân|công bố|diễn tập|bàn giao)(?!\w)|"
    r".*(?<!\w)(?:khởi công|thông xe|thông tuyến|khánh thành|hợp long|đóng điện)(?!\w)"
)
# "không để dồn khối lượng vào cuối năm": what is not to happen then
_PILED_UP = compiled(r"(?<!\w)dồn(?!\w)[^,;.]{0,40}$")
_ATTENDED = compiled(r"(?<!\w)(?:họp|dự|tham dự|tham gia|phục vụ|chuẩn bị|đón|mời)(?!\w)")


def at_date(scene: Scene, reading: Reading) -> bool:
    """As in "vào cuối năm 2026", "vào quý IV": not the day of a meeting ("vào ngày 15/8/2026")."""
    left = clause_before(scene, reading.at)
    if reading.grain == "year":
        return bool(_REVIEW.search(left)) or completes(left)
    if _PILED_UP.search(left):
        return False
    if ADJACENT.search(left) or _AT_PERIOD.match(scene.words, reading.at):
        return True
    return bool(_HELD.match(left)) and not _ATTENDED.search(left)


_HEADS = compiled(r"\s*:")


def bare_date(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành Quý II/2024"; "Tháng 8/2026: tổ chức …" as a heading of its own words."""
    left = clause_before(scene, reading.at)
    cue = ADJACENT.search(left)
    if cue and not PLANNED.search(left[: cue.end("verb")]):
        return True
    if _opens_a_finish(scene, reading, left):
        return True
    named = not scene.words[reading.at].isdigit()
    if reading.grain != "day" and named and not left.strip(BULLETS) and ahead(scene, reading):
        return not _TOLD.match(scene.words, reading.end) and acts_next(scene, reading.end)
    if reading.grain != "year" and named and not scene.words.startswith("ngày", reading.at) and _SITTING.search(left):
        return True
    first = reading.at < 10 and not scene.words[: reading.at].strip(BULLETS)
    return first and bool(_HEADS.match(scene.words, reading.end))


# "báo cáo tại phiên họp thường kỳ tháng 8/2026", "trình tại kỳ họp thường lệ cuối năm 2026": an event that the document
# dates
_SITTING = compiled(
    r"(?<!\w)(?:báo cáo|trình|cho ý kiến|thông qua|xem xét|ban hành)(?!\w).*(?<!\w)tại (?:các )?"
    r"(?:phiên họp|kỳ họp|cuộc họp|hội nghị|giao ban)(?!\w)[^,;.]{0,50}$"
)
# "Quý III/2026 trình UBND tỉnh": the clause begins with its time; "Năm 2026 là năm …" tells
_TOLD = compiled(
    r"\s*,?\s*(?:là|có|được|đã|sẽ|dự báo|ước|của)(?!\w)|\s*[-–)]|"
    r"\s*,?\s*(?:\d|phấn đấu|tỷ lệ|tỉ lệ|đạt|trên|dưới|ít nhất|tối thiểu|mỗi)"
)


# "phấn đấu đến ngày 30/9/2026 giải ngân đạt tối thiểu 75 %": the day is that of the share
_SHARE_AHEAD = compiled(r"(?![^.;]*(?:hoàn thành|xong|dứt điểm))[^.;]{0,120}\d\s*%")


def stage_date(scene: Scene, reading: Reading) -> bool:
    """As in "hoàn thành trong giai đoạn 2026-2028", or as closing words; elsewhere the years belong to a name."""
    left = clause_before(scene, reading.at)
    if ADJACENT.search(left):
        return True
    closing = scene.words.startswith("trong", reading.at) and bool(CLOSING.match(scene.words, reading.end))
    return closing and not PROGRAMME.search(left) and not _OF_THE_YEAR.search(left)


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


_TAKES_UP = compiled(
    r"[\s*•+-]*(?:[^,;]{0,80}(?:chủ trì|phối hợp)[^;]{0,120}\s)?"
    r"(?:tổ chức|triển khai|thực hiện|vận hành|áp dụng|thí điểm|cung cấp|đưa|mở|miễn|phát hành|sử dụng)(?!\w)"
)


def _begins_then(scene: Scene, reading: Reading, left: str) -> bool:
    """As in "triển khai phân loại rác từ ngày 01/6/2026": what the clause takes up begins on a day to come."""
    issued = scene.context.issued
    coming = bool(issued and reading.start and reading.start >= issued)
    return coming and bool(_TAKES_UP.match(left)) and not _SPAN_DATA.search(left[-25:]) and not ATTRIBUTE.search(left)


def from_date(scene: Scene, reading: Reading) -> bool:
    """As in "tổ chức từ ngày 15/7 đến ngày 30/8/2026"; not "số liệu từ ngày 15/12/2025 đến ngày 14/6/2026"."""
    left = clause_before(scene, reading.at)
    if reading.kind == "ongoing" and not left.strip(BULLETS):  # "Từ ngày 01/7/2026, không tiếp nhận hồ sơ giấy"
        issued = scene.context.issued
        return bool(issued and reading.start and reading.start >= issued)
    if reading.kind == "ongoing" and not ADJACENT.search(left):
        begun = (
            _begins_then(scene, reading, left) or _STARTS.search(left) or scene.words.startswith("bắt đầu", reading.at)
        )
        return bool(begun) and bool(_CLAUSE_END.match(scene.words, reading.end))
    if _FROM_NOW.match(scene.words, reading.at):
        return True
    if _SPAN_DATA.search(left[-40:]):
        return False
    return bool(_SPAN_VERB.search(left)) or (reading.grain != "year" and ahead(scene, reading))


_BUDGET = compiled(r"(?:dự toán|kinh phí|ngân sách|vốn|kế hoạch|đầu tư công)(?: (?:của|cho|trong))?\s*$")


def onward_date(scene: Scene, reading: Reading) -> bool:
    """As in "năm 2027 và những năm tiếp theo", unless a budget or a plan is of those years."""
    left = clause_before(scene, reading.at)
    return not _BUDGET.search(left) and "hiệu lực" not in left
