"""Bodies with a name, and the members of a class that are named one by one.

In: a `Page` and a token. Out: `Found`s: "UBND phường Hồng Hà" is one; "UBND các xã: Ea Kar, Ea Knốp" and "các Sở: Tài
chính, Y tế" are two each, by their bare names, with what is missing kept as prefix.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.mentions.unit_names import core
from extractor.mentions.unit_page import Found, field_of, opens_unit
from extractor.mentions.unit_tails import plural_tail, tail
from extractor.mentions.unit_territory import COUNTED, LISTING, after_comma, names_in_a_row, territory_noun
from extractor.mentions.unit_tokens import canonical

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Page

_NAMED_HEADS = frozenset(
    {"bệnh viện", "công ty", "trung tâm", "trường", "trạm", "hạt", "đồn", "ban quản", "hợp tác", "nhà máy", "xí nghiệp"}
)
_BETWEEN_NAMES = frozenset({",", ";", ".", ":", "và", "\n"})
_LONGEST_NAME = 7  # tokens
_MEMBER_HEADS = frozenset({"sở", "bộ", "phòng", "vụ", "cục", "chi cục", "ban", "hội", "khoa"})


def named_units(page: Page, i: int, *, lower: bool = False) -> list[Found]:
    """The body that begins at *i* with its territory ("UBND phường Hồng Hà"), or its members ("UBND các xã: A, B")."""
    end = core(page, i, lower=lower)
    if end == i:
        return []
    members = _territory_members(page, i, end)
    if members:
        return members
    last, _ = tail(page, end, group=False, start=i)
    if _is_many(page, i, end, last):  # "UBND các xã có rừng"
        return [Found(i, plural_tail(page, last), True, "named")]
    if page.tokens.at(i) in ("phó", "thủ"):  # "Phó Thủ tướng Chính phủ Trần Văn A"
        return [Found(i, person(page, last), False, "named")]
    return [Found(i, last, False, "named")]


def _is_many(page: Page, i: int, end: int, last: int) -> bool:
    """Whether a name stands for many bodies: "UBND các huyện", "UBND xã/phường", "Công an cấp xã"."""
    low = page.tokens.low
    if any(low[k] in COUNTED and territory_noun(page, k + 1) > k + 1 for k in range(i, last)):
        return True
    after = territory_noun(page, end)
    if after > end and page.tokens.at(after) in LISTING and territory_noun(page, after + 1) > after + 1:
        return True
    return low[last - 2 : last] in (("cấp", "huyện"), ("cấp", "xã"), ("các", "cấp"))


def person(page: Page, end: int) -> int:
    """The token after a person's name that follows an office, or *end*."""
    tokens = page.tokens
    if tokens.at(end) not in page.lexicon.surnames or not tokens.is_capital(end):
        return end
    at = end
    while tokens.is_capital(at) and at - end < 5 and not page.lexicon.offices.longest(tokens, at):
        at += 1
    return at if at - end >= 2 else end


def _territory_members(page: Page, i: int, end: int) -> list[Found]:
    """The members of "UBND các phường: Ba Đình, Hoàn Kiếm", by their bare names."""
    tokens = page.tokens
    noun = territory_noun(page, end + 1) if tokens.at(end) == "các" else end
    if noun <= end + 1:
        return []
    single = noun
    while tokens.at(noun) in LISTING and territory_noun(page, noun + 1) > noun + 1:
        noun = territory_noun(page, noun + 1)
    of = tokens.written(end + 1, single) + " " if noun == single else ""
    colon = tokens.at(noun) == ":"
    names = names_in_a_row(page, noun + colon)
    if len(names) < (1 if colon else 2):
        return []
    found = [Found(a, b, False, "member", f"{tokens.written(i, end)} {of}") for a, b in names]
    return [replace(found[0], begin=i), *found[1:]]


def head_members(page: Page, start: int) -> list[Found]:
    """The members of "các Sở: Tài chính, Y tế" (*start* at the head, after "các"), by their bare names."""
    tokens = page.tokens
    head = next((w for n in (2, 1) if (w := " ".join(tokens.low[start : start + n])) in _MEMBER_HEADS), "")
    if not head:
        return []
    at = start + len(head.split())
    colon = tokens.at(at) == ":"
    at += colon
    found: list[Found] = []
    while (end := _member(page, at, head)) > at:
        found.append(Found(at, end, False, "member", f"{head.capitalize()} "))
        at = after_comma(page, end)
        if at == end:
            break
    ended = tokens.at(found[-1].last) in ("", ";", ".", ")", "\n") if found else False
    return found if len(found) > 1 or (colon and ended) else []  # "các Sở: Xây dựng kế hoạch" names nobody


def bare_members(page: Page, unit: Found) -> list[Found]:
    """The bodies of a class that are named after a colon to the end: "Các bệnh viện: Đa khoa tỉnh, Sản Nhi".

    Two at least; not "Các đơn vị: Rà soát hồ sơ, …", which orders.
    """
    tokens = page.tokens
    begin = unit.first + (tokens.low[unit.first] in COUNTED)
    if f"{tokens.at(begin)} {tokens.at(begin + 1)}" not in _NAMED_HEADS and tokens.at(begin) not in _NAMED_HEADS:
        return []
    prefix = tokens.written(begin, unit.last)
    found: list[Found] = []
    at = unit.last + 1
    while at < len(tokens) and tokens.is_capital(at) and not page.lexicon.ends.longest(tokens, at):
        end = next((k for k in range(at, len(tokens)) if tokens.low[k] in _BETWEEN_NAMES), len(tokens))
        if end - at > _LONGEST_NAME:
            return []
        found.append(Found(at, end, False, "member", f"{prefix[:1].upper()}{prefix[1:]} "))
        if tokens.at(end) not in (",", "và"):
            ended = tokens.at(end) in ("", ";", ".", "\n")
            return [replace(found[0], begin=unit.first), *found[1:]] if ended and len(found) > 1 else []
        at = end + 1
    return []


def _member(page: Page, at: int, head: str) -> int:
    """The token after a member's bare name: a field, or a word that makes a known body with the head; else *at*."""
    tokens = page.tokens
    if not tokens.is_capital(at):
        return at
    found = field_of(page, at, head)
    if found:
        known = canonical(f"{head} {found[1].name}") in page.lexicon.keys
        if known or (head not in ("sở", "bộ") and not opens_unit(page, at)):
            return found[0]
    for end in range(min(at + 4, len(tokens)), at + 1, -1):
        if (
            head == "bộ"
            and tokens.at(end - 1) != ","
            and canonical(f"bộ {tokens.written(at, end)}") in page.lexicon.keys
        ):
            return end
    return at
