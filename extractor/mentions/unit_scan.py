"""Finds every unit in prose, in order.

In: a text and the short forms its document declares. Out: `Found`s over the text's `Page`: in "gửi Sở Y tế trước ngày
5/6 theo Kế hoạch số 12/KH-UBND" one, for the "UBND" of a document's code is none.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from extractor.mentions.unit_offices import addressed_person, units_at
from extractor.mentions.unit_page import Found, Page, page_of
from extractor.mentions.unit_tokens import Tokens, Trie, tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping

NONE_DECLARED: Mapping[str, str] = MappingProxyType({})
_COURTESIES = frozenset({"chí", "ông", "bà"})  # "đồng chí Lê Văn An"
_CODE = re.compile(r"\S*[\dA-ZĐ&][-/]")  # "131/KH-", "QĐ-": what stands before the issuer in a document's code
_UNIT_BEFORE = re.compile(r"(?:UBND|HĐND|xã|Giám đốc)[-/]", re.IGNORECASE)


def read(text: str, declared: Mapping[str, str] = NONE_DECLARED) -> Page:
    """The page of *text*."""
    names: Trie[str] = Trie()
    spoken: Trie[str] = Trie()
    for short, full in declared.items():
        (spoken if short.islower() else names).add(short, full)
    return page_of(tokenize(text), names, spoken)


def scan(page: Page) -> list[Found]:
    """All units of a page, in order, without overlaps, the longest at each place."""
    tokens = page.tokens
    first_words = page.lexicon.first_words | page.declared.first_words() | page.spoken.first_words()
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        if tokens.low[at] in _COURTESIES and (named := addressed_person(page, at + 1)):
            found += named
            at = named[-1].last
            continue
        if tokens.low[at] in first_words and not in_code(tokens, at):
            units = units_at(page, at)
            if units:
                found += units
                at = max(at + 1, units[-1].last)
                continue
            never = page.lexicon.never.longest(tokens, at)  # "xã hội" hides a "Hội"
            at = never[0] - 1 if never else at
        at += 1
    return found


def in_code(tokens: Tokens, at: int) -> bool:
    """Whether the token is part of a document's code: "UBND" in "131/KH-UBND"."""
    if not tokens.glued(at) or tokens.at(at - 1) not in ("-", "/"):
        return False
    begin = tokens.text.rfind(" ", 0, tokens.start[at]) + 1
    before = tokens.text[begin : tokens.start[at]]
    return bool(_CODE.fullmatch(before)) and not _UNIT_BEFORE.fullmatch(before)
