"""What units begin at a token: bodies, classes, and persons' offices with the body or the class they head.

In: a `Page` and a token. Out: `Found`s, the longest: "Giám đốc Sở Y tế" is one unit (the office), "Thủ trưởng các sở,
ban, ngành, Chủ tịch UBND cấp xã" two, "Giám đốc các Sở: Y tế, Xây dựng" two by their bare names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.mentions.unit_classes import bare_units, class_units
from extractor.mentions.unit_members import named_units, person
from extractor.mentions.unit_page import Found
from extractor.mentions.unit_tails import tail
from extractor.mentions.unit_territory import province, territory

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Page

_LOWER_HEADS = frozenset({"phòng", "khoa", "ban", "trường", "trung tâm", "sở", "văn"})
_ASKED = frozenset({"với", "giao", "nghị", "cầu", "cùng"})  # "phối hợp với", "đề nghị", "yêu cầu"
_GIVEN = frozenset({"giao", "công", "cho"})  # "Phân công Phó Chủ tịch UBND xã phụ trách …": the work, not the office
_LISTED = frozenset({",", "và", "với", ";"})
_PERSONS = frozenset({"trưởng", "tổ", "giáo", "nhân", "phó", "điều", "văn", "kế", "thủ"})
_SEATS = frozenset({"tỉnh", "huyện", "xã", "phường", "thành", "các"})


def units_at(page: Page, i: int) -> list[Found]:
    """The units that begin at token *i*, in order; empty if none does."""
    named = named_units(page, i)
    reach = named[-1].last if named else i
    declared = page.declared.longest(page.tokens, i)
    if declared and page.tokens.is_capital(i) and declared[0] >= reach:
        return [Found(i, tail(page, declared[0], group=False)[0], False, "declared")]
    if not named and (spoken := _spoken(page, i)):
        return [Found(i, spoken[0], "," in spoken[1] or "các " in spoken[1].lower(), "declared")]
    for others in (_office(page, i), _offices(page, i), class_units(page, i)):
        if others and others[-1].last > reach:
            return others
    return named


def _spoken(page: Page, i: int) -> tuple[int, str] | None:
    """A short form declared in lower case ("gọi tắt là bộ") that stands by itself: the token after it, its full name.

    Not in "bộ chỉ số", "Bộ trưởng", "các địa phương liên quan", "cán bộ".
    """
    tokens, words = page.tokens, page.lexicon
    found = page.spoken.longest(tokens, i)
    if found is None or words.never.longest(tokens, i) or tokens.is_capital(found[0]):
        return None
    longer = [trie.longest(tokens, i) for trie in (words.offices, words.classes, words.heads)]
    if any(way is not None and way[0] > found[0] for way in longer):
        return None
    if not tokens.is_capital(i) and tokens.at(i - 1) not in _ASKED:
        return None
    return None if tail(page, found[0], group=True)[0] > found[0] else found


def _office(page: Page, i: int) -> list[Found]:
    """A person's office with the body or the class it heads: "Giám đốc Sở Y tế", "Thủ trưởng các cơ quan, đơn vị"."""
    tokens, words = page.tokens, page.lexicon
    found = words.offices.longest(tokens, i)
    if found is None or words.never.longest(tokens, i):
        return []
    end, last = found
    while not last.alone:  # "Giám đốc/Thủ trưởng", "Chủ tịch, các Phó Chủ tịch", "Các đồng chí Ủy viên"
        more = words.offices.longest(tokens, end + 1 if tokens.at(end) in ("/", "hoặc", "và", ",") else end)
        if more is None:
            break
        end, last = more
    heads = _headed(page, end)
    if heads and heads[0].kind == "member":
        whole = [replace(unit, prefix=f"{tokens.written(i, end)} {unit.prefix}") for unit in heads]
        return [replace(whole[0], begin=i), *whole[1:]]
    if heads:
        reach = person(page, heads[-1].last)
        if reach == heads[-1].last and tokens.at(i - 1) not in _GIVEN:
            reach = _in_charge(page, reach)
        return [Found(i, reach, any(unit.group for unit in heads), "office")]
    listed = tokens.at(i - 1) in _LISTED and tokens.at(i) in _PERSONS
    if last.alone and (tokens.is_capital(i) or listed or i == 0):  # "Bí thư chi bộ, trưởng thôn"
        last_word = person(page, end)
        return [Found(i, _in_charge(page, end) if last_word == end else last_word, False, "office")]
    return []


def _in_charge(page: Page, end: int) -> int:
    """The token after what an office is in charge of: "Phó Chủ tịch UBND xã | phụ trách văn hóa - xã hội", or *end*."""
    tokens, words = page.tokens, page.lexicon
    if (tokens.at(end), tokens.at(end + 1)) != ("phụ", "trách") or tokens.is_capital(end):
        return end
    at = end + 2
    while at - end <= 8 and (tokens.at(at).isalpha() or tokens.at(at) == "-"):
        if tokens.at(at) != "-" and (words.acts.longest(tokens, at) or words.ends.longest(tokens, at)):
            break
        at += 1
    told = at > end + 2 and tokens.at(at - 1) not in ("-", "và", "các")
    return at if told and at - end <= 8 else end


def _offices(page: Page, i: int) -> list[Found]:
    """Offices in the plural: "các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ"."""
    held = _office(page, i + 1) if page.tokens.at(i) == "các" and page.tokens.is_capital(i + 1) else []
    return [replace(held[0], first=i, group=True), *held[1:]] if held and held[0].kind == "office" else []


def _headed(page: Page, i: int) -> list[Found]:
    """What an office heads: the class, or the body, also with its head in lower case ("Trưởng phòng Nội vụ")."""
    classes = class_units(page, i)
    named = named_units(page, i, lower=page.tokens.at(i) in _LOWER_HEADS)
    if named and (not classes or named[-1].last >= classes[-1].last):
        return named
    if classes:
        return classes
    place = max(territory(page, i), province(page, i))
    if place > i and page.tokens.at(i) in _SEATS:
        return [Found(i, place, page.tokens.at(i) == "các", "named")]
    return bare_units(page, i)


def addressed_person(page: Page, i: int) -> list[Found]:
    """The person named at *i*, after "đồng chí" or "ông", with the office told after a comma; empty if none is.

    "giao đồng chí | Lê Thị Hoa, Phó Chủ tịch UBND tỉnh | trực tiếp chỉ đạo": one entry.
    """
    tokens = page.tokens
    end = person(page, i)
    if end == i:
        return []
    held = _office(page, end + 1) if tokens.at(end) in (",", "-", "–") else []
    last = held[0].last if len(held) == 1 and person(page, held[0].last) == held[0].last else end
    return [Found(i, last, False, "office", office=end + 1 if last > end else -1)]
