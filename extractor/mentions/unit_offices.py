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

_LOWER_HEADS = frozenset({"phòng", "ban", "trường", "trung tâm", "sở", "văn"})
_SEATS = frozenset({"tỉnh", "huyện", "xã", "phường", "thành", "các"})


def units_at(page: Page, i: int) -> list[Found]:
    """The units that begin at token *i*, in order; empty if none does."""
    named = named_units(page, i)
    reach = named[-1].last if named else i
    declared = page.declared.longest(page.tokens, i)
    if declared and page.tokens.is_capital(i) and declared[0] >= reach:
        return [Found(i, tail(page, declared[0], group=False)[0], False, "declared")]
    for others in (_office(page, i), class_units(page, i)):
        if others and others[-1].last > reach:
            return others
    return named


def _office(page: Page, i: int) -> list[Found]:
    """A person's office with the body or the class it heads: "Giám đốc Sở Y tế", "Thủ trưởng các cơ quan, đơn vị"."""
    tokens, words = page.tokens, page.lexicon
    found = words.offices.longest(tokens, i)
    if found is None or words.never.longest(tokens, i):
        return []
    end = found[0]
    while not found[1].alone:  # "Giám đốc/Thủ trưởng", "Chủ tịch, các Phó Chủ tịch", "Các đồng chí Ủy viên"
        more = words.offices.longest(tokens, end + 1 if tokens.at(end) in ("/", "hoặc", "và", ",") else end)
        if more is None:
            break
        end = more[0]
    heads = _headed(page, end)
    if heads and heads[0].kind == "member":
        whole = [replace(unit, prefix=f"{tokens.written(i, end)} {unit.prefix}") for unit in heads]
        return [replace(whole[0], begin=i), *whole[1:]]
    if heads:
        return [Found(i, person(page, heads[-1].last), any(unit.group for unit in heads), "office")]
    if found[1].alone and tokens.is_capital(i):
        return [Found(i, person(page, end), False, "office")]
    return []


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
