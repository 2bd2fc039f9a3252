"""Who leads and who supports in one task's words, by the rules of gold/GUIDELINES.md, "Lead and support".

In: a task sentence, a bullet, or an assignment value. Out: a `RoleReading`: in "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính
trình UBND tỉnh phê duyệt" Sở Nội vụ leads, Sở Tài chính supports, UBND tỉnh is neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


from extractor.mentions.unit_headings import only_units, unit_heading
from extractor.mentions.unit_page import Found, Page
from extractor.mentions.unit_territory import province
from extractor.mentions.unit_scan import NONE_DECLARED, read, scan
from extractor.mentions.unit_writing import mention
from extractor.model import UnitMention

Role = Literal["lead", "support", "neither"]
LeadSource = Literal["giao", "subject", "bracket", "label"]

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZĐÀ-Ỹ\-–+])|\n+")
_NO_SENTENCE = re.compile(r"(?:\b(?:TP|TX|TT|ThS|TS|GS|PGS|Q|P|H)|\.\.)\.$")
_JOIN = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:[,/&]|,?\s*và|,?\s*cùng|hoặc|-)\s*(?:với\s+|cùng\s+|cả\s+)?(?:\([^()]*\)\s*)?", re.IGNORECASE)
_SUPPORT_LEFT = re.compile(
    r"(?P<before>\S+\s+)?(?:phối|phối kết)\s+hợp(?:,?\s+(?!với\b)[^\s,;.:()]+){0,5}?(?:,\s+[^\s,;.:()]+(?:\s+[^\s,;.:()]+)?)?\s+"
    r"(?:cùng\s+với|với|cùng)\s*:?\s*$|(?P<noun>\S+\s+)?(?:phối|phối kết)\s+hợp(?:\s+(?:chặt chẽ|đồng bộ|tốt))?\s*$"
    r"|sự phối hợp(?:\s+chặt chẽ)?\s+(?:của|từ)\s*$",
    re.IGNORECASE,
)
_PHOI_HOP_NOUN = re.compile(
    r"\b(?:quy chế|cơ chế|công tác|nhiệm vụ|nội dung|hoạt động|kế hoạch|chương trình|văn bản|quan hệ|tình hình|hiệu quả|việc|kết quả)\s*$",
    re.IGNORECASE,
)
_GIAO_LEFT = re.compile(
    r"\b(?:giao|phân công|ủy quyền)(?:\s+(?:nhiệm vụ|trách nhiệm))?(?:\s+cho)?(?:\s+thêm)?\s*:?\s*$", re.IGNORECASE
)
_GIAO_NOT = re.compile(r"\b(?:được|bàn|chuyển|đã|khi|nếu|việc|chưa|không)\s+$", re.IGNORECASE)
_REQUEST_LEFT = re.compile(r"\b(?:đề nghị|yêu cầu)\s*:?\s*$", re.IGNORECASE)
_REQUEST_START = re.compile(r"[\s\-–+*•]*(?:\S{1,4}[.)]\s+)?(?:(?:kính|trân trọng|đồng thời,?|ngoài ra,?|riêng)\s+)*$", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?P<role>chủ trì|phối hợp|đầu mối|thực hiện|chịu trách nhiệm|phân công|giao|tham mưu)(?:\s+(?:thực hiện|chính|tham mưu))*\s*:\s*$",
    re.IGNORECASE,
)
_NOTE_AFTER = re.compile(r"\s*\((?:là\s+)?(?:cơ quan |đơn vị )?(?P<role>chủ trì|phối hợp|đầu mối|thực hiện)[^()]*\)", re.IGNORECASE)
_LEADS_AFTER = re.compile(
    r"\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:tiếp tục|trực tiếp|chủ động|là)\s+)*(?:chủ trì|chịu trách nhiệm|có trách nhiệm|(?:là|làm)\s+(?:cơ quan|đơn vị"
    r"|đầu mối|chủ thể|chủ đầu tư|thường trực)|đầu mối\b)",
    re.IGNORECASE,
)
_HELPS_AFTER = re.compile(r"\s*(?:có trách nhiệm\s+|cùng\s+)?phối hợp(?:\s+(?:thực hiện|triển khai|tham gia))*\s*(?:[).;,]|$)", re.IGNORECASE)
_VERB_AFTER = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:[:,.…]|\.\.\.)*\s*(?!(?:của|thuộc|tại|trên|về|đến|với|và|hoặc|do|để|đã|này|đó|nêu)\b)[a-zà-ỹđ]"
)
_COLON_AFTER = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:(?:tại|thuộc|trên|trong|ở|có)\s[^,;:.]{1,60})?:")
_ORDERS = re.compile(r"\s*(?:thống nhất\s+|chỉ đạo\s+)?(?:giao|yêu cầu|đề nghị|phân công)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"[\s\-–+*•]*(?:căn cứ|trên cơ sở|đối với|trong|định kỳ|hằng|hàng|hết|sau|trước|khi|từ|theo|nhằm|để|bên cạnh|ngoài|ngay|đồng thời|cùng"
    r"|kể từ|chậm nhất|đến|riêng|trường hợp|qua|năm|quý|tháng|tuần|dựa|cuối|đầu|thời hạn)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(
    r"(?:^|[,;:]\s*)[\s\-–+*•]*(?:(?:riêng|từng|mỗi|đồng thời|thời hạn|đối với|trong quá trình(?: triển khai)?(?: thực hiện)?)\s*)?$", re.IGNORECASE
)
_BRACKET_END = re.compile(r"\(([^()]+)\)[\s.;,/]*$")


@dataclass(frozen=True, slots=True)
class RoleReading:
    """Who does what in one task's words.

    Attributes:
        lead, support: in order of mention, each unit once.
        lead_source: "giao" ("giao X", "đề nghị X", "yêu cầu X"), "subject" (X does it), "bracket" (a closing bracket names
            only units), "label" ("Chủ trì: X"); None where nobody leads: the caller may let the task inherit.
        neither: units named without a role.
    """

    lead: tuple[UnitMention, ...] = ()
    support: tuple[UnitMention, ...] = ()
    lead_source: LeadSource | None = None
    neither: tuple[UnitMention, ...] = ()


@dataclass(slots=True)
class _Run:
    """Units that follow each other in a list, and the sentence they stand in."""

    units: list[Found]
    start: int
    end: int
    sentence: tuple[int, int]
    role: Role = "neither"
    source: LeadSource | None = None


@dataclass(slots=True)
class _Text:
    """The text under reading."""

    page: Page
    text: str
    heading: bool
    runs: list[_Run] = field(default_factory=list)


def find_roles(
    text: str, *, block: int = 0, declared: Mapping[str, str] = NONE_DECLARED, heading: bool = False
) -> RoleReading:
    """Reads who leads and who supports.

    Args:
        text: one task's sentence or bullet, or an assignment value.
        block: number of the block.
        declared: short forms that the document declares, and what they stand for.
        heading: the text is a heading or an introduction ("Bộ Y tế chủ trì, phối hợp với các cơ quan liên quan:"); one that
            is only units leads by them.
    """
    if heading and (units := unit_heading(text, block=block, declared=declared)):
        return RoleReading(lead=units, lead_source="subject")
    read_text = _Text(read(text, declared), text, heading)
    read_text.runs = _runs(read_text)
    for run in read_text.runs:
        _judge(read_text, run)
    _subject(read_text)
    _bracket(read_text, declared)
    return _reading(read_text, block)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences; lines are sentences too."""
    ranges: list[tuple[int, int]] = []
    begin = 0
    for gap in _SENTENCE.finditer(text):
        if _NO_SENTENCE.search(text, max(0, gap.start() - 6), gap.start()):
            continue
        ranges.append((begin, gap.start()))
        begin = gap.end()
    ranges.append((begin, len(text)))
    return [r for r in ranges if text[r[0] : r[1]].strip()]


def _runs(of: _Text) -> list[_Run]:
    """The units in runs: lists joined by commas and "và" inside one sentence."""
    tokens = of.page.tokens
    sentences = _sentences(of.text)
    runs: list[_Run] = []
    for unit in [*_places(of.page), *scan(of.page)]:
        start, end = tokens.start[unit.first], tokens.end[unit.last - 1]
        held = next((s for s in sentences if s[0] <= start < s[1]), (0, len(of.text)))
        joined = runs and runs[-1].sentence == held and (unit.kind == "member" or _JOIN.fullmatch(of.text[runs[-1].end : start]))
        if joined and not _breaks(of, runs[-1]):
            runs[-1].units.append(unit)
            runs[-1].end = end
        else:
            runs.append(_Run([unit], start, end, held))
    return runs


def _places(page: Page) -> list[Found]:
    """Places that open the text and stand for their authorities: "Hải Phòng, Huế, Cần Thơ rà soát …" (two at least)."""
    found: list[Found] = []
    at = 0
    while at < len(page.tokens):
        start = at + 2 if page.tokens.at(at) == "thành" else at + 1 if page.tokens.at(at) == "tỉnh" else at
        end = province(page, start)
        if end == start:
            break
        found.append(Found(at, end, False, "place"))
        if page.tokens.at(end) not in (",", "và"):
            break
        at = end + 1
    return found if len(found) > 1 else []


def _breaks(of: _Text, run: _Run) -> bool:
    """Whether the list ends here although a comma follows: "căn cứ hướng dẫn của Bộ Y tế, Sở Y tế …"; "Sở A (chủ trì), Sở B"."""
    if _NOTE_AFTER.match(of.text, run.end):
        return True
    before = of.text[run.sentence[0] : run.start]
    return bool(_OPENING.match(before)) and re.search(r"\b(?:của|theo)\s*$", before) is not None


def _judge(of: _Text, run: _Run) -> None:
    """Sets the role that the words before or just after the run give it."""
    before = of.text[run.sentence[0] : run.start]
    label = _LABELLED.search(before)
    note = _NOTE_AFTER.match(of.text, run.end)
    if label or note:
        word = (note or label)["role"].lower()  # type: ignore[index]
        run.role, run.source = ("support", None) if word == "phối hợp" else ("lead", "label")
        return
    if _supports(before):
        run.role = "support"
    elif (giao := _GIAO_LEFT.search(before)) and not _GIAO_NOT.search(before[: giao.start()]) and not _vague(run):
        run.role, run.source = "lead", "giao"
    elif (asked := _REQUEST_LEFT.search(before)) and _asks(of, run, before[: asked.start()]):
        run.role, run.source = "lead", "giao"


def _supports(before: str) -> bool:
    found = _SUPPORT_LEFT.search(before)
    if not found:
        return False
    if "sự phối hợp" in found.group().lower():
        return True
    word = re.search(r"(?:phối|phối kết)\s+hợp", found.group(), re.IGNORECASE)
    at = found.start() + (word.start() if word else 0)
    return not _PHOI_HOP_NOUN.search(before[:at])


def _vague(run: _Run) -> bool:
    """Whether a run is only a bare noun ("giao cơ quan, đơn vị chủ trì"): it names nobody."""
    return all(unit.bare for unit in run.units)


def _asks(of: _Text, run: _Run, before: str) -> bool:
    """Whether "đề nghị", "yêu cầu" opens the first sentence, or follows who asks ("UBND tỉnh yêu cầu các sở …")."""
    if run.sentence != _first_sentence(of):
        return False
    if _REQUEST_START.fullmatch(before):
        return True
    first = of.runs[0]
    begins = not of.text[first.sentence[0] : first.start].strip(" -–+*•")
    return first is not run and begins and not before[first.end - first.sentence[0] :].strip()


def _first_sentence(of: _Text) -> tuple[int, int]:
    return _sentences(of.text)[0] if of.text.strip() else (0, 0)


def _subject(of: _Text) -> None:
    """Finds the grammatical subject: first in the first sentence, else by "chủ trì", "là đầu mối" anywhere."""
    free = [run for run in of.runs if run.role == "neither"]
    first = _first_sentence(of)
    for run in free:
        if run.sentence == first and _is_subject(of, run):
            if not (_ORDERS.match(of.text, run.end) and any(r.source == "giao" for r in of.runs)):
                run.role, run.source = "lead", "subject"
            return
    if any(run.role == "lead" for run in of.runs):
        return
    for run in free:
        before = of.text[run.sentence[0] : run.start]
        if _LEADS_AFTER.match(of.text, run.end) and (_OPEN_END.search(before) or _OPENING.match(before)) and not _vague(run):
            run.role, run.source = "lead", "subject"
            return


def _is_subject(of: _Text, run: _Run) -> bool:
    """Whether the run is what its sentence is about: at its start, or after an opening ("Căn cứ …, các sở …")."""
    before = of.text[run.sentence[0] : run.start]
    after = of.text[run.end : run.sentence[1]]
    if not before.strip(" -–+*•\t") or _OPEN_END.fullmatch(before):
        return bool(_VERB_AFTER.match(after) or _COLON_AFTER.match(after)) or not after.strip(" .;:,…")
    if not _OPEN_END.search(before) or not _VERB_AFTER.match(after):
        return False
    if re.search(r":\s*(?:thời hạn\s*)?$", before, re.IGNORECASE):
        named = any(other.sentence == run.sentence and other.start < run.start for other in of.runs)
        return len(before.split()) <= 20 and not named
    return bool(_OPENING.match(before)) and ";" not in before and not _supports(before)


def _bracket(of: _Text, declared: Mapping[str, str]) -> None:
    """A closing bracket that only names units leads, if nothing else does; "(Sở Y tế chủ trì, Sở A phối hợp)" by its words."""
    found = _BRACKET_END.search(of.text)
    if not found:
        return
    inside = [run for run in of.runs if found.start() <= run.start < found.end()]
    if only_units(found.group(1), declared=declared):
        for run in inside:
            run.role, run.source = "lead", "bracket"
        return
    if re.match(r"\s*(?:của|do|theo|gồm|kể cả|như)\b", found.group(1), re.IGNORECASE):
        return
    for run in inside:
        if run.role != "neither":
            continue
        if _HELPS_AFTER.match(of.text, run.end):
            run.role = "support"
        elif _LEADS_AFTER.match(of.text, run.end):
            run.role, run.source = "lead", "label"


def _reading(of: _Text, block: int) -> RoleReading:
    """Collects the roles; a unit that leads does not also count as told."""
    held: dict[Role, list[UnitMention]] = {"lead": [], "support": [], "neither": []}
    seen: dict[Role, set[str]] = {"lead": set(), "support": set(), "neither": set()}
    sources = [run.source for run in of.runs if run.source]
    for run in of.runs:
        for unit in run.units:
            named = mention(of.page, unit, block)
            if named.name.lower() not in seen[run.role]:
                seen[run.role].add(named.name.lower())
                held[run.role].append(named)
    return RoleReading(
        lead=tuple(held["lead"]),
        support=tuple(held["support"]),
        lead_source=sources[0] if sources else None,
        neither=tuple(held["neither"]),
    )
