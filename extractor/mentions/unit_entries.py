"""The entries of a list of units: where each begins, how far it goes, and what is only a note.

In: a `Page` over a value that holds nothing but units. Out: `Found`s with reasons: "Sở Tài chính, các cơ quan chủ trì
Đề án, Đề án nhánh" is two, for the second's attribute is a list of its own; "theo thẩm quyền" is a note.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.mentions.unit_members import bare_members, person
from extractor.mentions.unit_offices import units_at
from extractor.mentions.unit_page import Found, field_of, opens_unit
from extractor.mentions.unit_places import place_at
from extractor.mentions.unit_rest import HARD, OWNED, SEPARATORS, advises, manages, takes_rest, third_of_name
from extractor.mentions.unit_scan import in_code
from extractor.mentions.unit_territory import NO_NAME, after_comma, proper_name
from extractor.mentions.unit_tokens import canonical

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Page

Entry = tuple[Found, tuple[str, ...]]
"""A unit and its reasons."""

_RANKS = frozenset({"huyện", "xã", "phường", "thôn", "trấn"})
_OF = frozenset(
    {"của", "thuộc", "tại", "về", "trực", "các", "và", ",", "/", "-", "ở", "trên", "cho", "với", "đến", "từ", "do"}
)
_CLASSES = frozenset({"sở", "cơ", "đơn", "doanh"})  # "Sở Công Thương | các sở, ban, ngành"
_ROOMS = frozenset({"phòng", "khoa", "trung", "ban", "vụ", "cục", "viện", "chi", "p"})
_OWNERS = frozenset({"công", "sở", "ubnd", "bệnh", "đại", "học", "ban", "ủy", "văn", "bộ", "cục", "trường"})
_HOSTS_BELOW = frozenset({"đoàn", "hội", "đảng"})  # "Đoàn Thanh niên | các cơ quan Đảng tỉnh"
_COMMITTEES = frozenset({"tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy"})  # "Các ban đảng | Tỉnh ủy"
_GIVES = frozenset({"với", "gửi", "giao"})


def entries_of(page: Page) -> list[Entry]:
    """The units of the value, each with its reasons."""
    tokens = page.tokens
    entries: list[Entry] = []
    at = 0
    while at < len(tokens):
        if tokens.low[at] in SEPARATORS or tokens.low[at] in HARD or not tokens.low[at][0].isalnum():
            at += 1
            continue
        units = person_with_office(page, at) or listed_at(page, at)
        if units and tokens.at(units[-1].last) == ":" and (members := members_after(page, units[-1])):
            entries += [(unit, ()) for unit in members]
            at = members[-1].last
        elif units:
            at = _extended(page, units[-1])
            units[-1] = replace(units[-1], last=at) if takes_rest(page, units[-1], at) else units[-1]
            entries += [(unit, ()) for unit in units]
        elif entries and (longer := _goes_on(page, entries[-1][0], at)):
            entries[-1] = (longer, entries[-1][1])
            at = longer.last
        elif entries and (member := _same_kind(page, entries[-1][0], at)):
            entries.append((member, ()))
            at = member.last
        else:
            at, more = _unknown(page, at, after_others=bool(entries))
            entries += more
    return entries


def members_after(page: Page, unit: Found) -> list[Found]:
    """The units that a class names after a colon: "Các sở, ngành: Tư pháp, Nội vụ, Công an tỉnh"; two at least."""
    tokens = page.tokens
    if unit.kind != "class" and tokens.low[unit.last - 1] != "sở":
        return []
    found: list[Found] = []
    at = unit.last + 1
    while at < len(tokens):
        department = field_of(page, at, "sở") if tokens.is_capital(at) else None
        if department and canonical(f"sở {department[1].name}") in page.lexicon.keys and _ends(page, department[0]):
            found.append(Found(at, department[0], False, "member", "Sở "))
        else:
            found += listed_at(page, at)
        after = after_comma(page, found[-1].last) if found and found[-1].last > at else at
        if after <= at or after == found[-1].last:
            break
        at = after
    return found if len(found) > 1 else bare_members(page, unit)


def _goes_on(page: Page, before: Found, at: int) -> Found | None:
    """The name before token *at* with a field in lower case after a comma: "Phòng Quản lý thể dục, | thể thao"."""
    tokens = page.tokens
    room = tokens.low[before.first] in _ROOMS and tokens.is_capital(before.first)
    if not room or before.kind not in ("named", "unknown") or tokens.is_capital(at) or _staff_at(page, at):
        return None
    if at != before.last + 1 or tokens.at(before.last) != "," or f"{tokens.at(at)} {tokens.at(at + 1)}" in NO_NAME:
        return None
    words = page.lexicon
    if tokens.at(at) in words.notes or words.ends.longest(tokens, at) or words.never.longest(tokens, at):
        return None
    end = at
    while end < len(tokens) and end - at < 6 and tokens.low[end].isalpha() and not tokens.is_capital(end):
        if tokens.low[end] in SEPARATORS:
            break
        end += 1
    return replace(before, last=end) if _ends(page, end) and end - at >= 2 else None


def _same_kind(page: Page, before: Found, at: int) -> Found | None:
    """A place named after another of its kind: "Đắk Mil" in "UBND huyện Krông Nô, Đắk Mil"."""
    tokens = page.tokens
    if before.kind not in ("named", "member") or tokens.at(at - 1) not in (",", "và") or at - before.last > 2:
        return None
    end = proper_name(page, at)
    if end == at or not _ends(page, end):
        return None
    if before.prefix:
        return Found(at, end, False, "member", before.prefix)
    nouns = [i for i in range(before.first + 1, before.last) if tokens.low[i] in _RANKS]
    named = (
        nouns and all(tokens.is_capital(i) for i in range(nouns[-1] + 1, before.last)) and nouns[-1] + 1 < before.last
    )
    if not named or "các" in tokens.low[before.first : before.last]:
        return None
    return Found(at, end, False, "member", f"{tokens.written(before.first, nouns[-1] + 1)} ")


def person_with_office(page: Page, i: int) -> list[Found]:
    """A person and the office after a dash or comma: "Nguyễn Văn An - Phó Chủ tịch UBND xã"; one entry, or none.

    Not where the office goes on with a person of its own ("Cao Tiến, Phó Chánh Văn phòng Lê Văn Ba").
    """
    tokens = page.tokens
    end = person(page, i)
    office = end + 1
    if end == i or tokens.at(end) not in ("-", ",") or not page.lexicon.offices.longest(tokens, office):
        return []
    units = units_at(page, office)
    last = units[-1].last if units else page.lexicon.offices.every(tokens, office)[-1][0]
    while not units and last < len(tokens) and not _ends(page, last):  # "Phó Trưởng phòng phụ trách"
        last += 1
    if not units and last - office > 6:
        return []
    if any(person(page, at) > at for at in range(office + 1, last)):
        return []
    return [Found(i, last, False, "office", office=office)]


def listed_at(page: Page, i: int) -> list[Found]:
    """The units that begin at token *i* of a list, where also a place ("Hải Phòng"), "Văn phòng", "địa phương" are."""
    tokens, words = page.tokens, page.lexicon
    units = [] if in_code(tokens, i) else units_at(page, i)
    if units:
        return units
    place = place_at(page, i)
    if place and _ends(page, place.last):
        return [place]
    short = words.written_out.longest(tokens, i)
    if short and _ends(page, short[0]):
        return [Found(i, short[0], False, "named")]
    if tokens.is_capital(i) and any(_ends(page, end) for end, _ in words.heads.every(tokens, i)):
        return [Found(i, max(end for end, _ in words.heads.every(tokens, i) if _ends(page, end)), False, "named")]
    noun = words.classes.longest(tokens, i)
    if noun and not words.never.longest(tokens, i) and noun[1].text != "cấp":
        return [Found(i, noun[0], True, "class")]
    return []


def _ends(page: Page, end: int) -> bool:
    """Whether an entry may end before token *end*."""
    word = page.tokens.at(end)
    return word in ("", ".", ":", "…") or word in SEPARATORS or word in HARD


def _extended(page: Page, unit: Found) -> int:
    """The token where the entry that begins with *unit* ends: before a separator and a unit, or a full stop."""
    tokens = page.tokens
    at = unit.last
    while at < len(tokens):
        word = tokens.low[at]
        if word in HARD or (word == "." and not tokens.glued(at + 1)):
            break
        if word in SEPARATORS and _begins_after(page, at, unit):
            break
        if word in _GIVES and units_at(page, at + 1):
            break
        if _begins_bare(page, at, unit):
            break
        at += 1
    return at


def _begins_bare(page: Page, at: int, unit: Found) -> bool:
    """Whether a body or an office begins at token *at* though no separator stands before it (a lost line's end)."""
    tokens = page.tokens
    if tokens.at(at) == "các" and tokens.at(at + 1) in _CLASSES and tokens.at(at - 1) not in _OF:
        return bool(units_at(page, at)) and tokens.low[unit.first] not in _HOSTS_BELOW
    if not tokens.is_capital(at) or tokens.at(at - 1) in _OF or tokens.low[at] == "tổ":
        return False
    if advises(page, unit) and at == unit.last + 2:
        return False
    if unit.kind == "class" and at == unit.last and f"{tokens.at(at)} {tokens.at(at + 1)}" in _COMMITTEES:
        return False
    if tokens.low[unit.first] in OWNED and tokens.low[at] in _OWNERS:  # "Phòng Kỹ thuật hình sự | Công an tỉnh"
        return False
    return bool(page.lexicon.offices.longest(tokens, at) or opens_unit(page, at)) and bool(units_at(page, at))


def _begins_after(page: Page, at: int, unit: Found) -> bool:
    """Whether a new entry begins after the separator at token *at*."""
    tokens = page.tokens
    after = at + 1
    while tokens.at(after) in SEPARATORS or tokens.at(after) == "với":
        after += 1
    if tokens.at(after) == "các" and tokens.at(after + 1) in ("khu", "dự") and manages(page, unit, at):
        return False
    if tokens.at(at) == "-" and tokens.low[unit.first] in OWNED and tokens.at(after) in ("đại", "học", "bệnh"):
        return False
    if third_of_name(page, at, unit):
        return False
    if after >= len(tokens) or listed_at(page, after) or _staff_at(page, after):
        return True
    if unit.kind == "class" and (at > unit.last or unit.attributed):  # "các cơ quan chủ trì Đề án, Đề án nhánh"
        return False
    return tokens.low[at] in (",", "và", "/") and tokens.is_capital(after)


def _unknown(page: Page, at: int, *, after_others: bool) -> tuple[int, list[Entry]]:
    """An entry that the lexicon does not know: kept if it has a capital or is the first, else left out as a note."""
    tokens = page.tokens
    found = Found(at, at + 1, False, "unknown")
    end = max(_extended(page, found), at + 1)
    people = _people(page, at, end)
    if people:
        return end, [(replace(found, first=a, last=b), ("unknown_name",)) for a, b in people]
    capital = tokens.is_capital(at) or _stands_alone(page, at, end) or _staff_at(page, at)
    cue = tokens.at(at) in page.lexicon.notes and (not capital or tokens.at(at + 1) in ("trì", "hợp", "cho", "các"))
    cue = cue or f"{tokens.at(at)} {tokens.at(at + 1)}" in NO_NAME
    if cue or (after_others and not capital):
        return _next_unit(page, at, end), []
    return end, [(replace(found, last=end), ("unknown_name",))]


def _staff_at(page: Page, at: int) -> bool:
    """Whether persons of one kind begin at token *at*: "giáo viên bộ môn", "các phó hiệu trưởng".

    "cán bộ, công chức, viên chức" are one kind.
    """
    tokens = page.tokens
    at += tokens.at(at) == "các"
    before = " ".join(tokens.low[max(0, at - 3) : max(0, at - 1)])
    if tokens.at(at + 1) == "chức" and before in ("cán bộ", "công chức"):
        return False
    return f"{tokens.at(at)} {tokens.at(at + 1)}" in page.lexicon.staff


def _stands_alone(page: Page, at: int, end: int) -> bool:
    """Whether a few small words make an entry of their own between semicolons or lines: "…; bộ phận kế toán"."""
    tokens = page.tokens
    if tokens.at(at - 1) not in (";", "\n", "") or end - at > 5 or (end < len(tokens) and tokens.at(end) not in HARD):
        return False
    small = all(tokens.low[i].isalpha() for i in range(at, end)) and end - at >= 2
    words = page.lexicon
    return small and tokens.at(at) not in words.notes and not words.ends.longest(tokens, at)


def _people(page: Page, at: int, end: int) -> list[tuple[int, int]]:
    """The persons of "Lê Văn An Trần Thị Bé Phạm Hùng", names in a row without a comma: each begins with a surname."""
    tokens, surnames = page.tokens, page.lexicon.surnames
    if end - at < 5 or not all(tokens.is_capital(i) for i in range(at, end)):
        return []
    starts = [at]
    for i in range(at + 1, end):
        if tokens.low[i] in surnames and i - starts[-1] >= 3 and end - i >= 2:
            starts.append(i)
    return list(pairwise([*starts, end])) if len(starts) > 1 else []


def _next_unit(page: Page, at: int, end: int) -> int:
    """The token of the first unit inside a note ("phối hợp với Sở B"), else the note's end."""
    for i in range(at + 1, end):
        if page.tokens.low[i] in page.lexicon.first_words and units_at(page, i):
            return i
    return end
