"""Headings that are nothing but units, and the short forms that a document declares.

In: a heading line: "2. Giao Chi cục Thủy lợi, Chi cục Kiểm lâm:". Out: its units; none for "Công tác tuyên truyền" or
for "Sở Tài chính chủ trì, phối hợp với Sở Y tế", which says more than who.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.mentions import unit_cues as cues
from extractor.mentions.unit_entries import listed_at
from extractor.mentions.unit_lists import split_list
from extractor.mentions.unit_page import Found, field_end
from extractor.mentions.unit_places import place_at
from extractor.mentions.unit_scan import NONE_DECLARED, read, scan
from extractor.mentions.unit_territory import territory_noun
from extractor.mentions.unit_writing import mention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.model import UnitMention

_CONNECTING = re.compile(r"[\s,;:.\-–/&+]+|\b(?:và|cùng|với|các)\b", re.IGNORECASE)
_TRANSITIVE = ("chủ trì", "đầu mối", "quản lý", "phụ trách")  # "các đơn vị chủ trì | lập hồ sơ quy hoạch"
_MEMBERS_HEAD = re.compile(
    r"(?:sở|bộ|phòng|ủyban|nhândân|ubnd|xã|phường|huyện|quận|thị|đặckhu|ban|chi|cục|vụ|hội|tỉnh"
    r"|thànhphố|địaphương|giámđốc|chủtịch)*",
    re.IGNORECASE,
)
# "Các công ty TNHH MTV Thủy nông: Sông Cầu, Núi Cốc"
_NAMED_HEAD = re.compile(
    r"\s*các (?:bệnh viện|công ty|trung tâm|trường|trạm|hạt|đồn|ban quản lý|hợp tác xã|nhà máy|xí nghiệp)\b"
    r"[^:;.]{0,80}:",
    re.IGNORECASE,
)
# "Phòng Kinh tế (đối với xã)", "Sở Nông nghiệp và Môi trường (cơ quan thường trực)": a note, no unit more.
_SAYS_WHICH = re.compile(r"\s*(?:đối với|áp dụng|trừ|nơi|kể cả|(?:là )?(?:cơ quan|đơn vị) \w+ \w+)\b", re.IGNORECASE)
# "Đối với các doanh nghiệp kinh doanh xăng dầu", "… đảng ủy các phường": bodies that act, told apart by any words;
# not "các đơn vị chậm tiến độ", which are spoken of.
_ADDRESSED = re.compile(
    r"(?!.*\b(?:chưa|chậm|trễ|vi phạm|không|bị|được)\b)(?!.*\bcơ sở (?:dữ liệu|vật chất|hạ tầng|pháp lý))"
    r"(?:các (?:doanh nghiệp|đơn vị|cơ quan|cơ sở|tổ chức|hợp tác xã|công ty|trường|ngân hàng|hiệp hội|nhà thầu"
    r"|bệnh viện|hộ (?:kinh doanh|sản xuất|chăn nuôi|nuôi)|chủ|đồng chí)"
    r"|(?:đảng ủy|chi ủy|chi bộ|công đoàn|ban quản lý|chủ) các)"
    r"(?:,? [^\W\d]+){1,10}",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(r"[^A-Za-zĐđ]*(?:Đối với|Trách nhiệm của)\b")  # "2. Đối với | giáo viên chủ nhiệm"


def is_unit_heading(text: str) -> bool:
    """Whether a heading line is (almost) only units."""
    return bool(unit_heading(text))


def unit_heading(text: str, *, block: int = 0, declared: Mapping[str, str] = NONE_DECLARED) -> tuple[UnitMention, ...]:
    """The units of a heading that is (almost) only units, else nothing.

    A label ("1."), an opening ("Đề nghị", "Đối với", "Trách nhiệm của") and a closing ("có trách nhiệm:") are allowed;
    units in a bracket count ("Sở Y tế (Giao Phòng Nghiệp vụ Y)").
    """
    begin = _opening(text)
    closing = cues.HEADING_CLOSER.search(text, begin)
    end = closing.start() if closing else len(text)
    units = only_units(text[begin:end], block=block, offset=begin, declared=declared)
    spoken_to = _FOR_WHOM.match(text[:begin]) is not None
    known = len(units) > 1 or (
        units and (spoken_to or scan(read(units[0].text, declared)) or _is_place(text, units[0].text))
    )
    if not known and spoken_to and _ADDRESSED.fullmatch(text[begin:end].rstrip(" :.;")):
        whole = text[begin:end].rstrip(" :.;")
        page = read(whole, declared)
        return (mention(page, Found(0, len(page.tokens), True, "class"), block, begin),)
    if not known:
        return _one_room(text[begin:end], block, begin)
    inside = list(units)
    for bracket in cues.BRACKET.finditer(text, begin):
        if _SAYS_WHICH.match(bracket.group(1)):
            continue
        at = bracket.start(1) + _opening(bracket.group(1))
        inside += only_units(text[at : bracket.end(1)], block=block, offset=at, declared=declared)
    return tuple(inside)


def _one_room(text: str, block: int, offset: int) -> tuple[UnitMention, ...]:
    """A room of two fields, which alone heads a part: "Phòng Tổ chức, Pháp chế"; else nothing."""
    page = read(text.rstrip(" .:;"))
    tokens = page.tokens
    comma = tokens.low.index(",") if "," in tokens.low else 0
    if not comma or tokens.low[0] not in ("phòng", "khoa", "ban", "tổ", "vụ") or not tokens.is_capital(0):
        return ()
    fields = field_end(page, 1, first=True) == comma and field_end(page, comma + 1, first=False) == len(tokens)
    if not fields or not tokens.is_capital(comma + 1):
        return ()
    return (mention(page, Found(0, len(tokens), False, "named"), block, offset),)


def _is_place(text: str, unit: str) -> bool:
    """Whether a place alone heads a part: "2. Tỉnh Đồng Nai", "Hải Phòng:"; without label or colon it is a dateline."""
    page = read(unit)
    place = place_at(page, 0)
    if place is None or place.last < len(page.tokens):
        return False
    with_noun = territory_noun(page, 0) > 0
    return text.rstrip().endswith(":") or (with_noun and cues.HEADING_LABEL.match(text) is not None)


def _opening(text: str) -> int:
    """Where the units of a heading begin, after its label and opener."""
    label = cues.HEADING_LABEL.match(text)
    at = label.end() if label else 0
    opener = cues.HEADING_OPENER.match(text, at)
    return opener.end() if opener else at


def only_units(
    text: str, *, block: int = 0, offset: int = 0, declared: Mapping[str, str] = NONE_DECLARED
) -> tuple[UnitMention, ...]:
    """The units of *text* if it holds nothing else (brackets aside), else nothing."""
    units = split_list(text, block=block, offset=offset, declared=declared)
    if not units or any("unknown_name" in unit.reasons for unit in units):
        return ()
    rest = list(cues.BRACKET.sub(lambda found: " " * len(found.group()), text))
    for unit in units:
        if unit.span is None or not _plausible(unit, declared):
            return ()
        rest[unit.span.start - offset : unit.span.end - offset] = " " * len(unit.text)
    members = any("member_of_list" in unit.reasons for unit in units)
    named = _NAMED_HEAD.match("".join(rest)) if members else None
    left = "".join(_CONNECTING.sub("", "".join(rest)[named.end() if named else 0 :]).split())
    return units if not left or (members and _MEMBERS_HEAD.fullmatch(left)) else ()


def _plausible(unit: UnitMention, declared: Mapping[str, str]) -> bool:
    """Whether words after the known part of a name read like an attribute, not like an order."""
    if "member_of_list" in unit.reasons:
        return True
    page = read(unit.text, declared)
    known = scan(page)
    if not known or known[0].first != 0:
        listed = listed_at(page, 0)
        return bool(listed) and listed[-1].last == len(page.tokens)
    acts = page.lexicon.deeds.longest(page.tokens, known[0].last)
    if len(known) > 1 and acts and not cues.ATTRIBUTE.match(unit.text, page.tokens.start[known[0].last]):
        return False  # "Các cấp ủy tổ chức học tập Nghị quyết đến từng chi bộ"
    told, rest = unit.text[: (end := page.tokens.end[known[-1].last - 1])], unit.text[end:].strip(" ,")
    if not rest or len(rest.split()) > 10:
        return not rest
    return rest[0].isupper() or cues.ATTRIBUTE.match(rest) is not None or told.endswith(_TRANSITIVE)


def declared_short_forms(text: str) -> dict[str, str]:
    """Short forms that *text* declares for units: "(sau đây gọi tắt là Sở TTTT)", "Trung tâm … (TTPVHCC)".

    Returns:
        Each short form and the name it stands for, written out.
    """
    page = read(text)
    units = [mention(page, found, 0) for found in scan(page)]
    ends = {unit.span.end: unit for unit in units if unit.span}
    forms: dict[str, str] = {}
    for pattern in (cues.DECLARED, cues.BRACKETED_SHORT):
        for match in pattern.finditer(text):
            short = match["short"].strip()
            before = ends.get(len(text[: match.start()].rstrip(" ,")))
            if before and short.lower() != before.text.lower():
                together = cues.TOGETHER.search(match.group()) is not None
                forms.setdefault(short, _together(text, units, before) if together else before.name)
    return forms


def _together(text: str, units: list[UnitMention], last: UnitMention) -> str:
    """The names of the list that ends with *last*: "gọi chung là" stands for all of them."""
    names = [last.name]
    at = units.index(last)
    while at and (one := units[at - 1].span) and (next_one := units[at].span):
        if not cues.JOIN.fullmatch(text[one.end : next_one.start]):
            break
        at -= 1
        names.insert(0, units[at].name)
    return ", ".join(names)
