"""From tokens to a `UnitMention`: the words as written, the name written out, the key.

In: a `Page` and a `Found`. Out: "Sở TT&TT" with the name "Sở Thông tin và Truyền thông" and its key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.mentions.unit_page import Page, field_of
from extractor.mentions.unit_territory import province
from extractor.mentions.unit_tokens import canonical, tokenize
from extractor.model import Span, UnitMention
from extractor.text import with_new_tones

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Found

_FIELD_HEADS = frozenset({"sở", "bộ"})
_LEVELS = (" tỉnh", " thành phố", " cấp tỉnh")


def mention(page: Page, found: Found, block: int, offset: int = 0, reasons: tuple[str, ...] = ()) -> UnitMention:
    """The unit at *found*, its span moved by *offset* characters in block number *block*."""
    tokens = page.tokens
    text = tokens.written(found.first, found.last)
    name = written_out(page, found)
    start = tokens.start[found.first] + offset
    return UnitMention(
        text=text,
        name=name,
        span=Span(block, start, start + len(text)),
        key=_key(page, found, name),
        group=found.group,
        reasons=(*reasons, "member_of_list") if found.kind == "member" else reasons,
    )


def written_out(page: Page, found: Found) -> str:
    """The name in full: short forms written out, tones in one place, a member's head before it."""
    if found.kind == "declared" and (spoken := page.spoken.longest(page.tokens, found.first)):
        return spoken[1]
    if found.office >= 0:  # "Nguyễn Văn An - Trưởng phòng": the office before the person, as elsewhere
        office = _written(page, found.office, found.last, "")
        return f"{office} {_written(page, found.first, found.office - 1, '')}"
    head = found.prefix.split()[-1].lower() if found.prefix.strip() else ""
    own = _written(page, found.first, found.last, head)
    if not found.prefix:
        return own
    before = Page(tokenize(found.prefix), page.lexicon, page.declared, page.spoken)
    return f"{_written(before, 0, len(before.tokens), '')} {own}"


def _written(page: Page, first: int, last: int, head: str) -> str:
    """The tokens `[first, last)` written out; *head* stands before them ("Sở" before the member "TT&TT")."""
    tokens = page.tokens
    pieces: list[str] = []
    at = first
    while at < last:
        end, words = _piece(page, at, last, head if at == first else tokens.at(at - 1))
        pieces.append(words)
        if end < last:
            pieces.append(tokens.text[tokens.end[end - 1] : tokens.start[end]])
        at = end
    return with_new_tones(" ".join("".join(pieces).split()))


def _piece(page: Page, at: int, last: int, head: str) -> tuple[int, str]:
    """The next piece of a name: the token after it, and its words written out."""
    tokens, words = page.tokens, page.lexicon
    declared = page.declared.longest(tokens, at)
    if declared and declared[0] <= last:
        return declared
    unit = next((way for way in reversed(words.named.every(tokens, at)) if way[0] <= last), None)
    if unit and all(_is_short(word) for word in tokens.written(at, unit[0]).split()):
        return unit[0], unit[1].name
    field = field_of(page, at, head) if head else None
    short = words.written_out.longest(tokens, at)
    if field and field[0] <= last and not (short and short[0] > field[0]):
        whole = tokens.written(at, field[0])
        of_body = head in _FIELD_HEADS and tokens.at(at - 2) != "cơ"  # "Sở …", not "cơ sở …"
        if (of_body or _is_short(whole)) and tokenize(whole).low != tokenize(field[1].name).low:
            return field[0], field[1].name
        if of_body:
            return field[0], whole
    if short and short[0] <= last:
        return short[0], short[1]
    return at + 1, tokens.written(at, at + 1)


def _is_short(written: str) -> bool:
    """Whether a word of *written* is an abbreviation: two capitals in it, and it is no heading in capitals."""
    if written.isupper() and len(written.split()) > 3:
        return False
    return any(sum(c.isupper() for c in word) > 1 for word in written.split())


def _key(page: Page, found: Found, name: str) -> str | None:
    """The lexicon's key; None where the name holds a place, which may be another office's namesake."""
    if found.kind in ("office", "class"):
        return None
    if any(province(page, i) > i for i in range(found.first + 1, found.last)):
        return None
    for level in ("", *_LEVELS):
        if name.lower().endswith(level):
            key = page.lexicon.keys.get(canonical(name[: len(name) - len(level)]))
            if key:
                return key
    return None
