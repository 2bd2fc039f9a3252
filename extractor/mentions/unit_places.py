"""Places that stand for their authorities, alone or as the named members of a class.

In: a `Page` and a token. Out: `Found`s: "Tỉnh Đồng Nai" and "Hà Nội" are one each; "các tỉnh Cao Bằng, Lạng Sơn" and
"các địa phương: Huế, Gia Lai" two each, by their bare names (gold/GUIDELINES.md, "Named members of a class").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.mentions.unit_page import Found
from extractor.mentions.unit_territory import LISTING, names_in_a_row, proper_name, province, territory_noun

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Page


def place_at(page: Page, i: int) -> Found | None:
    """The place named at token *i*, with its noun: "Thành phố Cần Thơ", "xã Ia Dom"; not "Thành phố" alone."""
    tokens = page.tokens
    end = province(page, i)
    noun = territory_noun(page, i)
    if end == i and noun > i:
        end = max(province(page, noun), i if tokens.at(noun - 1) == "tỉnh" else _own_name(page, noun))
    # "Bắc Ninh Plaza", "Cao Bằng - Lạng Sơn" (a road), "Hà Nội 2"
    if end <= noun or tokens.is_capital(end) or tokens.at(end) == "-" or tokens.at(end).isdigit():
        return None
    return Found(i, end, False, "place")


def _own_name(page: Page, noun: int) -> int:
    """The token after the name of a district or a commune that follows its noun."""
    return proper_name(page, noun) if page.tokens.is_capital(noun) or page.tokens.at(noun).isdigit() else noun


def place_members(page: Page, i: int, start: int) -> list[Found]:
    """The places of "các tỉnh: Cà Mau, Huế" (*i* at "các", *start* after it); two at least without a colon."""
    tokens = page.tokens
    local = (tokens.at(start), tokens.at(start + 1)) == ("địa", "phương")
    noun = start + 2 if local else territory_noun(page, start)
    if noun == start:
        return []
    single = noun
    while tokens.at(noun) in LISTING and (after := territory_noun(page, noun + 1)) > noun + 1:
        noun = after
    colon = tokens.at(noun) == ":"
    names = names_in_a_row(page, noun + colon)
    provinces = bool(names) and all(province(page, territory_noun(page, a)) == b for a, b in names)
    if len(names) < (1 if colon and provinces else 2):
        return []
    prefix = "" if provinces or local or noun > single else f"{tokens.written(start, single).lower()} "
    found = [Found(a, b, False, "member", prefix) for a, b in names]
    return [Found(names[0][0], names[0][1], False, "member", prefix, begin=i), *found[1:]]
