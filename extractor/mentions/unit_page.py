"""A text ready to be read for units: its tokens with the lexicon, and the smallest questions about a token.

In: tokens. Out: a `Page`, and answers such as "which field stands here?" ("Tài chính" in "Phòng Tài chính tổng hợp")
and "does a body's name begin here?" (at "Sở" in "Thanh tra Sở Y tế").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.unit_lexicon import Field, Lexicon, lexicon

if TYPE_CHECKING:
    from extractor.mentions.unit_tokens import Tokens, Trie

_OWN = frozenset(
    {"sở", "bộ", "cục", "chi cục", "viện", "trường", "trung tâm", "ban", "tổng cục"}
    | {"công ty", "tổng công ty", "tập đoàn", "bệnh viện"}
)


@dataclass(frozen=True, slots=True)
class Page:
    """A text's tokens, the lexicon, and the short forms that the document declares.

    Attributes:
        tokens: the words.
        lexicon: the words of names.
        declared: short forms with a capital ("Ban A"), which may stand inside a longer name.
        spoken: short forms in lower case ("địa phương", "bộ"), which stand only by themselves.
    """

    tokens: Tokens
    lexicon: Lexicon
    declared: Trie[str]
    spoken: Trie[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A unit at tokens `[first, last)`.

    Attributes:
        first, last: its tokens.
        group: it stands for many units.
        kind: "named", "class", "office", "member", "place", "declared" or "unknown".
        prefix: what is written before the words to make the full name of a member ("Sở ").
        bare: a class without quantifier, in lower case: weak evidence by itself.
        attributed: the class noun has an attribute of its own, which may go on ("các cơ quan báo chí, …").
        office: the token where the office after a person's name begins ("Lê Văn An - Trưởng phòng"); -1: none.
        begin: the token of the words before the first member of a class ("các" in "các Sở: Y tế, …"); -1: none.
    """

    first: int
    last: int
    group: bool
    kind: str
    prefix: str = ""
    bare: bool = False
    attributed: bool = False
    office: int = -1
    begin: int = -1

    @property
    def opens(self) -> int:
        """The token where the words about this unit begin, those before the members of a class included."""
        return self.begin if self.begin >= 0 else self.first


def page_of(tokens: Tokens, declared: Trie[str], spoken: Trie[str]) -> Page:
    """A page over *tokens* with the project's lexicon."""
    return Page(tokens, lexicon(), declared, spoken)


def field_end(page: Page, i: int, *, first: bool) -> int:
    """The token after a field, or *i*.

    Args:
        page: the text.
        i: token to begin at.
        first: the field stands directly after a head; there an action in lower case is a field too ("Phòng thanh tra").
    """
    capital = page.tokens.is_capital(i) or (first and page.tokens.is_capital(i - 1))
    for end, held in reversed(page.lexicon.fields.every(page.tokens, i)):
        if capital or not all(field.verb for field in held):
            return end
    return i


def field_of(page: Page, i: int, head: str) -> tuple[int, Field] | None:
    """The field at token *i* and the token after it; *head* chooses among fields with one short form ("VHTT")."""
    found = page.lexicon.fields.longest(page.tokens, i)
    if found is None:
        return None
    end, held = found
    fits = [f for f in held if f.after.lower() == head.lower()] or [f for f in held if not f.after] or list(held)
    return end, fits[0]


def opens_unit(page: Page, i: int, *, lenient: bool = False) -> bool:
    """Whether a body's name begins at token *i*: a named body, or a head with a field after it.

    Args:
        page: the text.
        i: token to begin at.
        lenient: a head with any word with a capital after it will do ("và Trường Hoa Mai").
    """
    tokens, words = page.tokens, page.lexicon
    named = words.named.longest(tokens, i) if tokens.is_capital(i) else None
    never = words.never.longest(tokens, i)
    if named and not (never and never[0] >= named[0]):
        return True
    if never or not tokens.is_capital(i):
        return False
    for end, head in words.heads.every(tokens, i):
        if head.complete or field_end(page, end, first=True) > end or words.places.longest(tokens, end):
            return True
        if lenient and tokens.is_capital(end):
            return True
    return False


def own_body(page: Page, i: int) -> int:
    """The token after "Sở" in "Văn phòng Sở", where an office speaks of itself, or *i*."""
    for length in (3, 2, 1):
        words = page.tokens.low[i : i + length]
        if " ".join(words) in _OWN and page.tokens.is_capital(i):
            return i + len(words)
    return i
