"""Headings that are nothing but units, and the short forms that a document declares.

In: a heading line: "2. Giao Chi cục Thủy lợi, Chi cục Kiểm lâm:". Out: its units; none for "Công tác tuyên truyền" or for "Sở Tài
chính chủ trì, phối hợp với Sở Y tế", which says more than who.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.mentions.unit_lists import split_list
from extractor.mentions.unit_scan import NONE_DECLARED, read, scan
from extractor.mentions.unit_writing import mention
from extractor.model import UnitMention

_LABEL = re.compile(
    r"\s*(?:(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})*|[A-Za-zđĐ]|\(?\d{1,2}\)|\(?[a-zđ]\))\s*[.)/:]?(?:[.)]|(?<=[.)/:])|(?<=\d)(?=\s))\s*"
    r"|[-–+*•●▪]\s*)"
)
_OPENER = re.compile(
    r"\s*(?:(?:kính|trân trọng|đồng thời|ngoài ra|riêng)\s+)*"
    r"(?:(?:UBND|Ủy ban nhân dân|Chủ tịch UBND|Thủ tướng|Chủ tịch Ủy ban nhân dân)(?:\s+(?:tỉnh|thành phố|Chính phủ))?\s+(?=giao|đề nghị|yêu cầu))?"
    r"(?:giao(?:\s+(?:nhiệm vụ\s+)?cho|\s+trách nhiệm cho)?|đề nghị|yêu cầu|đối với|về phía|phân công|riêng|"
    r"(?:trách nhiệm|nhiệm vụ)\s+(?:thực hiện\s+)?của|tại)\s*:?\s+",
    re.IGNORECASE,
)
_CLOSER = re.compile(
    r"[\s,;]*(?:(?:căn cứ|theo)\s+(?:các\s+)?(?:chức năng|nhiệm vụ|thẩm quyền|lĩnh vực|phạm vi|trách nhiệm)[^:;.]{0,80}?)?"
    r"[\s,]*(?:(?:chịu|có)\s+trách nhiệm|có\s+nhiệm vụ|tập trung|chủ động|khẩn trương|tiếp tục)?[\s,]*"
    r"(?:(?:triển khai|tổ chức|thực hiện)(?:\s+(?:triển khai|thực hiện))*)?"
    r"(?:\s*(?:các|một số|những)?\s*(?:nhiệm vụ|nội dung|công việc|giải pháp)(?:\s+(?:sau|cụ thể|chủ yếu|trọng tâm|như|đây))*)?"
    r"(?:\s*(?:cụ thể|như sau|sau đây|sau))?[\s,]*[:.;…]*\s*$",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_CONNECTING = re.compile(r"[\s,;:.\-–/&+]+|\b(?:và|cùng|với|các)\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?:quản lý|chủ trì|đầu mối|phụ trách|thuộc|trực thuộc|được|có|giải quyết|cung cấp|hoạt động|tại|ở|trên|trong|sử dụng|là|của|tham gia|"
    r"giao|nằm|đóng)\b|[A-ZĐÀ-Ỹ\d]"
)
_DECLARED = re.compile(
    r"(?:\(|,\s*|;\s*)\s*(?:sau đây|dưới đây)?\s*(?:được\s+)?(?:gọi|viết)\s+(?:chung\s+)?(?:tắt\s+)?(?:là|chung là)?\s*:?\s*[\"“']?"
    r"(?P<short>[^\"”'().;,]{2,60}?)[\"”']?\s*\)"
)
_BRACKETED_SHORT = re.compile(r"\(\s*(?P<short>[A-ZĐ][\wĐ&.\-]{1,14})\s*\)")


def is_unit_heading(text: str) -> bool:
    """Whether a heading line is (almost) only units."""
    return bool(unit_heading(text))


def unit_heading(
    text: str, *, block: int = 0, declared: Mapping[str, str] = NONE_DECLARED
) -> tuple[UnitMention, ...]:
    """The units of a heading that is (almost) only units, else nothing.

    A label ("1."), an opening ("Đề nghị", "Đối với", "Trách nhiệm của") and a closing ("có trách nhiệm:") are allowed; units
    in a bracket count ("Sở Y tế (Giao Phòng Nghiệp vụ Y)").
    """
    begin = _opening(text)
    stripped = _CLOSER.search(text, begin)
    end = stripped.start() if stripped else len(text)
    units = only_units(text[begin:end], block=block, offset=begin, declared=declared)
    if not units:
        return ()
    inside: list[UnitMention] = list(units)
    for bracket in _BRACKET.finditer(text, begin):
        at = bracket.start(1) + _opening(bracket.group(1))
        inside += only_units(text[at : bracket.end(1)], block=block, offset=at, declared=declared)
    return tuple(inside)


def _opening(text: str) -> int:
    """Where the units of a heading begin, after its label and opener."""
    label = _LABEL.match(text)
    at = label.end() if label else 0
    opener = _OPENER.match(text, at)
    return opener.end() if opener else at


def only_units(
    text: str, *, block: int = 0, offset: int = 0, declared: Mapping[str, str] = NONE_DECLARED
) -> tuple[UnitMention, ...]:
    """The units of *text* if it holds nothing else (brackets aside), else nothing."""
    units = split_list(text, block=block, offset=offset, declared=declared)
    if not units or any("unknown_name" in unit.reasons for unit in units):
        return ()
    rest = list(_BRACKET.sub(lambda m: " " * len(m.group()), text))
    for unit in units:
        if unit.span is None or not _plausible(unit, declared):
            return ()
        rest[unit.span.start - offset : unit.span.end - offset] = " " * len(unit.text)
    left = _CONNECTING.sub("", "".join(rest))
    members = any("member_of_list" in unit.reasons for unit in units)
    heads = re.sub(r"sở|bộ|phòng|ủy ban nhân dân|ubnd|xã|phường|huyện|ban|chi|cục|vụ|tỉnh|giám đốc|chủ tịch", "", left, flags=re.I)
    return units if not left or (members and not heads) else ()


def _plausible(unit: UnitMention, declared: Mapping[str, str]) -> bool:
    """Whether words after the known part of a name read like an attribute, not like an order."""
    page = read(unit.text, declared)
    known = scan(page)
    if not known or known[0].first != 0:
        return bool(re.fullmatch(r"[A-ZĐÀ-Ỹ].*", unit.text)) and len(unit.text.split()) <= 5
    rest = unit.text[page.tokens.end[known[-1].last - 1] :].strip(" ,")
    return not rest or (len(rest.split()) <= 10 and _ATTRIBUTE.match(rest) is not None)


def declared_short_forms(text: str) -> dict[str, str]:
    """Short forms that *text* declares for units: "(sau đây gọi tắt là Sở TTTT)", "Trung tâm … (TTPVHCC)".

    Returns:
        Each short form and the name it stands for, written out.
    """
    page = read(text)
    units = [mention(page, found, 0) for found in scan(page)]
    forms: dict[str, str] = {}
    for pattern in (_DECLARED, _BRACKETED_SHORT):
        for match in pattern.finditer(text):
            short = match["short"].strip()
            before = [u for u in units if u.span and u.span.end <= match.start() and not text[u.span.end : match.start()].strip(" ,")]
            if before and short.lower() != before[-1].text.lower() and short[:1].isupper():
                forms.setdefault(short, before[-1].name)
    return forms
