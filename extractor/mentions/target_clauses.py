"""Where a target's words begin and end, and what of them names the thing measured.

In: a text and the place of a number in it. Out: the range of the clause that carries the number, and the indicator: the
clause without number, comparator and leading verbs.

>>> text = "Rà soát hồ sơ; phấn đấu 90% hồ sơ nộp trực tuyến, góp phần cải cách hành chính."
>>> [text[start:end] for start, end in segments(text)]
['Rà soát hồ sơ', ' phấn đấu 90% hồ sơ nộp trực tuyến, góp phần cải cách hành chính', '']
"""

from __future__ import annotations

import re

from extractor.mentions.target_words import pattern, quantity_text, words

_ABBREVIATION = re.compile(r"(?:^|[^\w])(?:[A-ZĐ]|TP|Tp|tp|TT|Tx|TX|PGS|TS|ThS|BS|tr|St|No|v\.v)\Z")
_ITEM = re.compile(r"\s*(?:[-–+•*▪►✓]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[ivxIVX]{1,4})[.)]\s)")
_BULLET = re.compile(
    r"\s*(?:[-–+•*▪►✓]\s*|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+|\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*)+"
)
_OPENING = r"(?:[\s,:;“\"–-]|«joins»)+"
# Where a clause of its own begins in running text, and what of it stays out of the target's words.
_DROPPED_AIM = r"(?:(?:để|nhằm|và)\s+)?(?:(?:giao )?(?:chỉ tiêu|mục tiêu)|bảo đảm|đảm bảo)"
_AIM = re.compile(
    rf"(?<![^\W_])(?P<drop>{_DROPPED_AIM})(?=\s+(?:[\d¤]|mỗi |tỷ lệ|tỉ lệ|số |trên \d))"
    r"|(?<![^\W_])(?P<plan>hoàn thành (?:các )?(?:kế hoạch|mục tiêu|chỉ tiêu))(?=\s+[^\W\d_])"
    r"|(?<![^\W_])(?P<keep>phấn đấu|quyết tâm|bảo đảm|đảm bảo|duy trì)(?![^\W_])"
)
# What is cut off a clause's end: what the target is good for, a bracket that explains, its grounds, loose ends.
_TAIL = (
    r"\s*(?<=,)\s*«ends».*|\s*,\s*«ends».*|\s*\(\s*«aside»[^()]*\)\s*\Z|,?\s+theo «ground».*\Z"
    r"|(?:\s*(?:\.{2,}|…|\./\.)|[\s.,;:…–-]|«joins»)*\Z"
)
_LONG_LEAD, _SHORT_LEAD, _MUCH, _NEAR_HEAD = 18, 15, 6, 4  # words
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


def innermost(pieces: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The smallest of *pieces* that holds the range; (0, 0) where none does."""
    holding = (piece for piece in pieces if piece[0] <= start and end <= piece[1])
    return min(holding, key=lambda piece: piece[1] - piece[0], default=(0, 0))


def _ends_piece(text: str, at: int, character: str) -> bool:
    """Whether the piece ends at this character."""
    if character in ";…":
        return True
    if character == "\n":
        closed = text[max(0, at - 3) : at].rstrip()[-1:] in ("", ".", ";", ":")
        return closed or _ITEM.match(text, at + 1) is not None or text[at + 1 : at + 2].isupper()
    if character != ".":
        return False
    rest = text[at + 1 : at + 4].lstrip(" ")
    ends = not text[at + 1 : at + 2].strip() and (
        not rest or rest[0].isupper() or rest[0] in '-–+“"(\n' or rest[0].isdigit()
    )
    return ends and _ABBREVIATION.search(text[max(0, at - 5) : at]) is None


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of *text*, to a full stop or a line that begins an item."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in re.finditer(r"[.\n]", text):
        if _ends_piece(text, match.start(), match.group()):
            found.append((start, match.start()))
            start = match.end()
    return [*found, (start, len(text))]


def joined(text: str, flat: str) -> str:
    """*flat* with the line ends of *text* that break no item replaced by spaces."""
    lines = [match.start() for match in re.finditer(r"\n", text) if not _ends_piece(text, match.start(), "\n")]
    characters = list(flat)
    for at in lines:
        characters[at] = " "
    return "".join(characters)


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
    if not _is_named(flat, start, cue):
        start = _at_head(flat, start, cue)
    return skip_opening(flat, start, number)


def _after_colon(flat: str, floor: int, number: int) -> int:
    """Behind the last colon that announces a list ("các mục tiêu như: …")."""
    start = floor
    for match in re.finditer(":", flat[floor:number]):
        at = floor + match.start()
        if pattern(r"«announces»\s*\Z").search(flat[start:at]):
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
        elif before.endswith(" là") or (
            before.endswith((",", "để", "nhằm", "và", "...")) and len(before.split()) >= _MUCH
        ):
            start = match.start("keep")
    return start


def _is_named(flat: str, start: int, cue: int) -> bool:
    """Whether the clause opens with the name of an indicator: "Hằng năm, tỷ lệ …"."""
    head = words().head.search(flat, start, cue)
    return head is not None and len(flat[start : head.start()].split()) <= _NEAR_HEAD


def _at_head(flat: str, start: int, cue: int) -> int:
    """At the indicator's name behind other work ("…, tỷ lệ hồ sơ"), else behind a comma if the work is long."""
    for match in words().head.finditer(flat, start, cue):
        if re.search(r"[,:]\s*\Z|\s{3}\Z", flat[start : match.start()]):  # a day blanked out is as good as a comma
            start = match.start()
    if len(flat[start:cue].split()) <= _LONG_LEAD or _is_named(flat, start, cue):
        return start
    for match in re.finditer(",", flat[start:cue]):
        at = start + match.end()
        if len(flat[at:cue].split()) <= _SHORT_LEAD:
            return at
    return start


def skip_opening(flat: str, start: int, end: int) -> int:
    """Behind bullets, labels and joining words at the start of a clause."""
    while start < end:
        match = _BULLET.match(flat, start, end) or pattern(_OPENING).match(flat, start, end)
        if match is None or match.end() == start:
            break
        start = match.end()
    return start


def clause_end(flat: str, number_end: int, ceiling: int) -> int:
    """Where the clause ends, without tails such as ", góp phần …" or "(theo …)"."""
    end = ceiling
    while True:
        shorter = min((match.start() for match in pattern(_TAIL).finditer(flat, number_end, end)), default=end)
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
    orders = [joint for joint in joints if joint.group().startswith(",") and _orders(gap, joint.end())]
    if orders:  # "Thành lập 02 đoàn, kiểm tra đột xuất tối thiểu 50% bếp ăn"
        return floor + orders[-1].end()
    if attached:
        return None
    chosen = next((joint for joint in joints if joint.group().startswith((",", ";"))), joints[-1])
    return floor + chosen.end()


def _orders(gap: str, at: int) -> bool:
    """Whether an order begins at *at*: "kiểm tra đột xuất", not "tuyên truyền viên"."""
    order = words().order.match(gap, at)
    return order is not None and not gap.startswith(" viên", order.end())


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
    lead = pattern(r"(?:«leads»|[\s,;:.–-]+)+").match(quantity_text(joined))
    bare = joined[lead.end() :].strip(_EDGES) if lead else joined
    return bare or joined
