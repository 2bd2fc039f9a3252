"""Where a target's words begin and end, and what of them names the thing measured.

In: a text and the place of a number in it. Out: the range of the clause that carries the number, and the indicator: the
clause without number, comparator and leading verbs.

>>> text = "Rà soát hồ sơ; phấn đấu 90% hồ sơ nộp trực tuyến, góp phần cải cách hành chính."
>>> [text[start:end] for start, end in segments(text)]
['Rà soát hồ sơ', ' phấn đấu 90% hồ sơ nộp trực tuyến, góp phần cải cách hành chính', '']
"""

from __future__ import annotations

import re

from extractor.mentions.target_words import words

_ABBREVIATION = re.compile(r"(?:^|[^\w])(?:[A-ZĐ]|TP|Tp|tp|TT|Tx|TX|PGS|TS|ThS|BS|tr|St|No|v\.v)\Z")
_ITEM = re.compile(r"\s*(?:[-–+•*▪►✓]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivxIVX]{1,4})[.)]\s)")
_BULLET = re.compile(
    r"\s*(?:[-–+•*▪►✓]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+|\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*)+"
)
# What only introduces a clause: "trong đó", "cụ thể là".
_OPENING = re.compile(
    r"(?:[\s,:;“\"–-]|(?:và|đồng thời|trong đó|cụ thể(?: là)?|riêng|ngoài ra|theo đó|tiến tới|để|nhằm|sao cho)"
    r"(?![^\W_]))+"
)
# Words before a colon that announce a list, not the thing measured: "các chỉ tiêu sau:", "như:".
_INTRODUCES = re.compile(
    r"(?:như|sau|sau đây|gồm|là|cụ thể|trong đó|mục tiêu|chỉ tiêu|yêu cầu|kết quả|sản phẩm|nội dung|chủ yếu"
    r"|đầu ra|tiêu cụ thể|phấn đấu|dự kiến|cụ thể hóa|chính|cơ bản|quy mô|năm)\s*\Z"
)
# Where a clause of its own begins in running text, and what of it stays out of the target's words.
_AIM = re.compile(
    r"(?<![^\W_])(?P<drop>(?:(?:để|nhằm|và)\s+)?(?:(?:giao\s+)?(?:chỉ\s+tiêu|mục\s+tiêu)|(?:bảo|đảm)\s+(?:đảm|bảo)|đảm\s+bảo|bảo\s+đảm))"
    r"(?=\s+(?:[\d¤]|mỗi\s|tỷ\s+lệ|tỉ\s+lệ|số\s|trên\s+\d))"
    r"|(?<![^\W_])(?P<plan>hoàn\s+thành\s+(?:các\s+)?(?:kế\s+hoạch|mục\s+tiêu|chỉ\s+tiêu))(?=\s+[^\W\d_])"
    r"|(?<![^\W_])(?P<keep>phấn\s+đấu|quyết\s+tâm|bảo\s+đảm|đảm\s+bảo|duy\s+trì)(?![^\W_])"
)
# Tails that say what the target is good for, by when, or on what grounds; they are not what is measured.
_TAIL = re.compile(
    r"\s*,?\s*(?:(?<=,\s)|(?<=,))(?:góp\s+phần|phấn\s+đấu|(?:bảo|đảm)\s+(?:đảm|bảo)|đảm\s+bảo|bảo\s+đảm|nhằm|qua\s+đó|từ\s+đó|hoàn\s+thành\s+(?:trước|trong|xong)|đồng\s+thời|trong\s+đó|dừng|tiến\s+tới"
    r"|hướng\s+tới|làm\s+cơ\s+sở|để|tạo\s+điều\s+kiện|đáp\s+ứng|không\s+để|báo\s+cáo|gửi|thời\s+gian)(?![^\W_]).*"
    r"|\s*\(\s*(?:theo|trong\s+đó|gồm|bao\s+gồm|duy\s+trì|kết\s+quả|so\s+với|năm|hiện|tăng|giảm|chi\s+tiết|có)(?![^\W_])[^()]*\)\s*\Z"
    r"|,?\s+theo\s+(?:đúng\s+)?(?:kế\s+hoạch|quyết\s+định|nghị\s+quyết|công\s+văn|chỉ\s+thị|quy\s+định|hướng\s+dẫn|tinh\s+thần)(?![^\W_]).*\Z"
    r"|(?:\s*(?:\.{2,}|…|\./\.)|[\s.,;:…–-]|(?<![^\W_])(?:và|đồng\s+thời|trong\s+đó|hoặc|riêng)(?![^\W_]))*\Z",
    re.DOTALL,
)
_LONG_LEAD, _SHORT_LEAD, _MUCH = 18, 15, 6  # words
_LEADING_VERBS = re.compile(
    r"(?:(?:phấn\s+đấu|quyết\s+tâm|bảo\s+đảm|đảm\s+bảo|hoàn\s+thành|giao|chỉ\s+tiêu|mục\s+tiêu|duy\s+trì|tiếp\s+tục|triển\s+khai|thực\s+hiện|tổ\s+chức\s+thành\s+công"
    r"|tăng|giảm|kéo\s+giảm|cắt\s+giảm|nâng|nâng\s+cao|đưa|mở\s+rộng|phải|cần|có|đạt|để|nhằm|là|từ|trên|thêm|và|cùng|trong\s+đó|đến|bình\s+quân|hằng\s+năm|hàng\s+năm|được"
    r"|mỗi\s+năm|ít\s+nhất|tối\s+thiểu|khoảng|giữ\s+vững|hướng\s+tới)(?![^\W_])|[\s,;:.–-]+)+"
)
_EDGES = " \n\t,;:.…–-"


def segments(text: str) -> list[tuple[int, int]]:
    """The pieces of *text* between ";", sentence ends, line ends that begin an item, and brackets; brackets may nest.

    Returns:
        Ranges; a bracket's content is a piece of its own inside the piece that holds the bracket.
    """
    found: list[tuple[int, int]] = []
    starts = [0]
    for at, character in enumerate(text):
        if character == "(":
            starts.append(at + 1)
        elif character == ")" and len(starts) > 1:
            found.append((starts.pop(), at))
        elif _ends_piece(text, at, character):
            found.append((starts[-1], at))
            starts[-1] = at + 1
    found += [(start, len(text)) for start in starts]
    return sorted(found)


def _ends_piece(text: str, at: int, character: str) -> bool:
    """Whether the piece ends at this character."""
    if character in ";…":
        return True
    if character == "\n":
        closed = text[:at].rstrip()[-1:] in ("", ".", ";", ":")
        return closed or _ITEM.match(text, at + 1) is not None or text[at + 1 : at + 2].isupper()
    if character != ".":
        return False
    rest = text[at + 1 : at + 4].lstrip(" ")
    ends = not text[at + 1 : at + 2].strip() and (
        not rest or rest[0].isupper() or rest[0] in '-–+“"(\n' or rest[0].isdigit()
    )
    return ends and _ABBREVIATION.search(text[max(0, at - 5) : at]) is None


def sentence(text: str, at: int) -> tuple[int, int]:
    """The sentence (to a full stop or a line that begins an item) that holds the character at *at*."""
    start, end = 0, len(text)
    for match in re.finditer(r"[.\n]", text):
        if not _ends_piece(text, match.start(), match.group()):
            continue
        if match.start() >= at:
            end = match.start()
            break
        start = match.end()
    return start, end


def clause_start(flat: str, floor: int, cue: int, number: int) -> int:
    """Where the clause begins that carries the number at *number*.

    Args:
        flat: the text in lower case.
        floor: start of the piece, or end of the target before.
        cue: where the words that govern the number begin.
        number: where the number begins.
    """
    start = _after_colon(flat, floor, number)
    start = _after_aim(flat, start, number)
    for match in words().head.finditer(flat, start, cue):
        if re.search(r"[,:]\s*\Z", flat[start : match.start()]):
            start = match.start()
    start = _shortened(flat, start, cue)
    return skip_opening(flat, start, number)


def _after_colon(flat: str, floor: int, number: int) -> int:
    """Behind the last colon that announces a list ("các mục tiêu như: …")."""
    start = floor
    for match in re.finditer(":", flat[floor:number]):
        at = floor + match.start()
        if _INTRODUCES.search(flat[start:at]):
            start = at + 1
    return start


def _after_aim(flat: str, start: int, number: int) -> int:
    """At the last goal verb with much before it ("…, đảm bảo 100% cán bộ": the work before it is not the target)."""
    for match in _AIM.finditer(flat, start, number + 1):
        before = flat[start : match.start()].rstrip()
        if match["plan"] and len(before.split()) >= _MUCH:
            start = match.end("plan")
            continue
        if match["drop"]:
            start = match.end("drop")
        elif before.endswith((",", "để", "nhằm", "và", "...")) and len(before.split()) >= _MUCH:
            start = match.start("keep")
    return start


def _shortened(flat: str, start: int, cue: int) -> int:
    """Behind a comma, where what stands before the number is so long that it tells of other work first."""
    named = words().head.match(flat, skip_opening(flat, start, cue))
    if named or len(flat[start:cue].split()) <= _LONG_LEAD:
        return start
    for match in re.finditer(",", flat[start:cue]):
        at = start + match.end()
        if len(flat[at:cue].split()) <= _SHORT_LEAD:
            return at
    return start


def skip_opening(flat: str, start: int, end: int) -> int:
    """Behind bullets, labels and joining words at the start of a clause."""
    while start < end:
        match = _BULLET.match(flat, start, end) or _OPENING.match(flat, start, end)
        if match is None or match.end() == start:
            break
        start = match.end()
    return start


def clause_end(flat: str, number_end: int, ceiling: int) -> int:
    """Where the clause ends, without tails such as ", góp phần …" or "(theo …)"."""
    end = ceiling
    while True:
        shorter = min((match.start() for match in _TAIL.finditer(flat[:end], number_end)), default=end)
        shorter = max(shorter, number_end)
        if shorter >= end:
            break
        end = shorter
    if flat[number_end:end].count(")") > flat[number_end:end].count("("):
        end = number_end + flat[number_end:end].rindex(")") + (flat[:end].count("(") >= flat[:end].count(")"))
    return end


def separator(flat: str, floor: int, cue: int, *, attached: bool) -> int | None:
    """Where a clause begins that stands behind another target's number, or None where both share their words.

    *attached* is true where only a bound governs the number: it may belong to the words before ("100% báo cáo viên,
    tuyên truyền viên được tập huấn ít nhất 01 lần/năm").

    "100% các huyện có sóng 5G và 50% dân số được phủ sóng": behind "và";
    "100% xã có trạm, tỷ lệ sống đạt 85%": at "tỷ lệ".
    """
    gap = flat[floor:cue]
    joints = list(re.finditer(r",\s|\svà\s|;|:\s", gap))
    if not joints:
        return None
    if not gap[joints[-1].end() :].strip(' “"'):
        return floor + joints[-1].end()
    heads = [joint for joint in joints if words().head.match(gap, joint.end())]
    if heads:
        return floor + heads[-1].end()
    if attached:
        return None
    chosen = next((joint for joint in joints if joint.group().startswith((",", ";"))), joints[-1])
    return floor + chosen.end()


def indicator(text: str, clause: tuple[int, int], holes: list[tuple[int, int]]) -> str:
    """What is measured: the words of the clause without *holes* (number, comparator, days) and leading verbs."""
    kept: list[str] = []
    at = clause[0]
    for start, end in sorted(holes):
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    kept.append(text[at : clause[1]])
    joined = " ".join(part.strip() for part in kept if part.strip())
    joined = re.sub(r"\s+", " ", re.sub(r"\(\s*\)|\s+(?=[,;.)])", "", joined)).strip(_EDGES)
    lead = _LEADING_VERBS.match(joined.lower())
    bare = joined[lead.end() :].strip(_EDGES) if lead else joined
    return bare or joined
