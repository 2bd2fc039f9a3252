"""Ends of lines that a page has lost between the units of a cell.

In: the page of a cell whose lines were joined by spaces. Out: the same, as long, a newline where a unit ends and the
next begins: "Sở Y tế | Các bệnh viện", "UBND các xã, phường | Sở Tài chính".

A room and the body it is in stay one ("Phòng Kỹ thuật hình sự Công an tỉnh"), and so do names that the lexicon knows
whole ("Bộ Chỉ huy Bộ đội Biên phòng").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.mentions.unit_entries import entries_of
from extractor.mentions.unit_offices import units_at
from extractor.mentions.unit_scan import NONE_DECLARED, read
from extractor.mentions.unit_territory import territory_noun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.mentions.unit_page import Found, Page

_ENDED = re.compile(r"[;\n|•]")
_ALIKE = frozenset(
    {"khoa", "phòng", "vụ", "cục", "sở", "trạm", "đội"}
)  # "Khoa Dược | Khoa Vi sinh": none is in another
_GOES_ON = frozenset(
    {"các", "từng", "mỗi", "của", "thuộc", "tại", "và", "với", "cùng", "cho", "do", "hiệp", "trưởng", "phó", "giao"}
)
# Which bodies may stand within which, by their first word.
_ROOMS = frozenset({"phòng", "p", "khoa", "đội", "tổ", "văn", "vp", "thanh", "thư", "trạm", "hạt", "bộ"})
_HOUSES = frozenset({"sở", "bộ", "công", "ubnd", "bệnh", "trường", "đại", "học", "cục", "chi", "ban", "văn", "tổng"})
_BUREAUS = frozenset({"vụ", "cục", "viện", "học", "ban", "trung", "chi"})
_HIGH_HOUSES = frozenset({"bộ", "ngân", "văn", "tổng", "ủy", "thanh", "tỉnh", "thành", "đảng"})
_NO_PLACE = frozenset(
    {"ubnd", "hđnd", "ủy", "sở", "bộ", "phòng", "khoa", "vụ", "cục", "văn", "trung", "trạm", "giám", "chủ"}
)
_COMMITTEES = frozenset({"tỉnh", "thành", "đảng", "hđnd", "quân"})
_SERVED = frozenset({"ban", "ủy", "tổ", "các", "văn", "thường"})  # "Ban Pháp chế HĐND tỉnh", "Các ban đảng Thành ủy"
_SHORTEST = 3  # tokens of a name that ends by itself: "Đảng ủy | Sở Y tế" is one
_UNFINISHED = re.compile(
    r"(?:.* )?(?:bộ (?:tư lệnh|chỉ huy)|ban (?:chỉ huy|chỉ đạo|cán sự đảng|quản lý|tổ chức|thường vụ|chấp hành)"
    r"|tổ (?:giúp việc|đại biểu|công tác)|ủy ban (?:kiểm tra|trung ương)|thành viên|ủy viên)"
)


def parted(page: Page, declared: Mapping[str, str] = NONE_DECLARED) -> Page:
    """*page* read again with a newline for each space that parts two units; itself where there is none.

    Args:
        page: a list of units.
        declared: short forms that the document declares.
    """
    tokens, text = page.tokens, page.tokens.text
    letters = list(text)
    for at in range(1, len(tokens)):
        gap = tokens.end[at - 1]
        if not tokens.is_capital(at) or text[gap : tokens.start[at]] != " " or not _may_begin(page, at):
            continue
        begin = max((found.end() for found in _ENDED.finditer("".join(letters[:gap]))), default=0)
        if _begins(page, at, text[begin:gap], declared):
            letters[gap] = "\n"
    lines = "".join(letters)
    return page if lines == text or text.isupper() else read(lines, declared)


def _may_begin(page: Page, at: int) -> bool:
    """Whether a unit could begin with the capital at token *at*, by the words right around it."""
    tokens = page.tokens
    word, before = tokens.low[at], tokens.at(at - 1)
    opens = word == "các" or word in _ALIKE or word in page.lexicon.first_words
    return opens and before[-1:].isalnum() and before not in _GOES_ON


def _begins(page: Page, at: int, left: str, declared: Mapping[str, str]) -> bool:
    """Whether a unit begins at token *at* after the entry *left*, which is whole without it."""
    tokens, words = page.tokens, page.lexicon
    if tokens.at(at) == "các":
        return True
    if tokens.at(at) in _ALIKE and left.lstrip().lower().startswith(f"{tokens.at(at)} ") and tokens.is_capital(at + 1):
        return True
    named = words.named.longest(tokens, at)
    after_noun = max(territory_noun(page, at - 1), territory_noun(page, at - 2)) == at  # "xã | Hội Phú" is a place
    place = after_noun and tokens.at(at) not in _NO_PLACE
    if not (named and named[0] > at + 1) and (place or not units_at(page, at)):
        return False
    if any((known := words.named.longest(tokens, i)) and known[0] > at for i in range(max(0, at - 8), at)):
        return False
    whole = read(left, declared)
    entries = entries_of(whole)
    return bool(entries) and _ends(whole, entries[-1][0], tokens.at(at))


def _ends(page: Page, last: Found, following: str) -> bool:
    """Whether *last*, the end of its entry, is whole: no office that lacks its body, no room of the *following*."""
    tokens = page.tokens
    if last.last < len(tokens) or last.kind in ("unknown", "place", "member"):
        return False
    offices = (page.lexicon.offices.longest(tokens, i) for i in range(max(last.first, last.last - 6), last.last))
    if any(office and office[0] >= last.last for office in offices):  # "Lê Văn An - Phó Chủ tịch | UBND xã"
        return False
    if last.last - last.first < _SHORTEST:
        return tokens.at(last.first) in ("tỉnh", "thành")  # "Tỉnh đoàn"
    if _UNFINISHED.fullmatch(" ".join(tokens.low[last.first : last.last])):
        return False
    told = max(territory_noun(page, last.last - 1), territory_noun(page, last.last - 2)) == last.last
    if told or tokens.at(last.last - 1) == "ủy":
        return True
    first = tokens.low[last.first]
    if first in _SERVED and following in _COMMITTEES:
        return False
    return not (first in _ROOMS and following in _HOUSES) and not (first in _BUREAUS and following in _HIGH_HOUSES)
