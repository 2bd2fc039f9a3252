"""Splits a value that holds nothing but units: an assignment line, a cell of a unit column, a unit heading.

In: "Sở Tài chính; các sở, ban, ngành, UBND cấp huyện và các đơn vị có liên quan (theo lĩnh vực)." Out: four mentions.
Names that hold commas or "và" stay whole, classes stay one entry, brackets and notes are left out, names that the
lexicon does not know are kept with the reason "unknown_name".
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.mentions.unit_offices import units_at
from extractor.mentions.unit_page import Found, opens_unit
from extractor.mentions.unit_scan import NONE_DECLARED, in_code, read
from extractor.mentions.unit_territory import proper_name, province
from extractor.mentions.unit_writing import mention
from extractor.model import Span, UnitMention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.mentions.unit_page import Page

_Entry = tuple[Found, tuple[str, ...]]

_NOTHING = re.compile(r"[\s\-–—.…/\\*+•:;,]*|như trên|nt|n/t|không|.{0,3}như (?:mục|trên).*", re.IGNORECASE)
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BULLET = re.compile(r"(?:^|(?<=\n))[ \t]*(?:[-–+•*●▪]|\(?\d{1,2}[.)]|\(?[a-zđ]\))[ \t]*")
_LABEL = re.compile(
    r"(?:^|(?<=\n))\s*(?:(?:cơ quan|đơn vị|cấp)(?: được)? )?"
    r"(?:chủ trì|phối hợp|thực hiện|đầu mối|phân công|trách nhiệm)(?: (?:thực hiện|chính|tham mưu))?\s*:\s*",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"(?:,|\bvà|\bcác|-|&)\s*$")
_WHERE = frozenset({"phụ", "thuộc", "tại", "ở", "khu"})
_SEPARATORS = frozenset({",", "và", "&", "/", "cùng", "hoặc", "-", "+"})
_HARD = frozenset({";", "\n", "|", "•"})
_OF = frozenset({"của", "thuộc", "tại", "về", "trực", "các", "và", ",", "/", "-", "ở", "trên", "cho", "với", "đến", "từ", "do"})
_GIVES = frozenset({"với", "gửi", "giao"})


def split_list(
    text: str, *, block: int = 0, offset: int = 0, declared: Mapping[str, str] = NONE_DECLARED
) -> tuple[UnitMention, ...]:
    """Splits the value of an assignment line into its units.

    Args:
        text: the value without its label.
        block: number of the block that it stands in.
        offset: where *text* begins in the block's text.
        declared: short forms that the document declares, and what they stand for.
    """
    if _NOTHING.fullmatch(text.strip()):
        return ()
    page = read(_joined(_blanked(text)), declared)
    units = [mention(page, _trimmed(page, found), block, offset, reasons) for found, reasons in _entries(page)]
    return tuple(_as_written(unit, text, offset) for unit in units)


def _blanked(text: str) -> str:
    """*text* with brackets turned into spaces, bullets and role labels into a semicolon: every offset stays."""
    text = _BRACKET.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    for pattern in (_LABEL, _BULLET):
        text = pattern.sub(_separator, text)
    return text


def _separator(match: re.Match[str]) -> str:
    """As many blanks as were matched, the last a semicolon: what follows is an entry of its own."""
    blank = re.sub(r"[^\n]", " ", match.group())
    return blank[:-1] + ";" if blank and not blank.endswith("\n") else blank


def _joined(text: str) -> str:
    """*text* with a space for each newline that only wraps a name ("Sở Nông nghiệp và ⏎ Môi trường")."""
    lines = text.split("\n")
    pieces = lines[:1]
    pieces += [("\n" if _line_begins(before, line) else " ") + line for before, line in pairwise(lines)]
    return "".join(pieces)


def _line_begins(before: str, line: str) -> bool:
    """Whether *line* begins an entry of its own after the line *before*."""
    page = read(line)
    if not before.strip() or not page.tokens.low or line.lstrip().startswith(";"):
        return True
    open_end = _OPEN_END.search(before) is not None
    if not page.tokens.is_capital(0):
        return not open_end and bool(units_at(page, 0))
    return bool(listed_at(page, 0)) or (not open_end and proper_name(page, 0, 5) >= 2)


def _trimmed(page: Page, found: Found) -> Found:
    """Without punctuation at the end."""
    last = found.last
    while last > found.first + 1 and not page.tokens.at(last - 1)[-1].isalnum():
        last -= 1
    return replace(found, last=last)


def _as_written(unit: UnitMention, text: str, offset: int) -> UnitMention:
    """Ends a unit before a bracket that stands inside it, so that its span holds its words and no others."""
    if unit.span is None:
        return unit
    start, end = unit.span.start - offset, unit.span.end - offset
    if text[start:end].replace("\n", " ") == unit.text:  # a wrapped line reads as one
        return unit
    cut = next((i for i in range(start, end) if text[i] in "(["), end)
    words = text[start:cut].rstrip()
    return replace(unit, text=words, span=Span(unit.span.block, unit.span.start, unit.span.start + len(words)))


def _entries(page: Page) -> list[_Entry]:
    """The units of the value, each with its reasons."""
    tokens = page.tokens
    entries: list[_Entry] = []
    at = 0
    while at < len(tokens):
        if tokens.low[at] in _SEPARATORS or tokens.low[at] in _HARD or not tokens.low[at][0].isalnum():
            at += 1
            continue
        units = listed_at(page, at)
        if units:
            at = _extended(page, units[-1])
            units[-1] = replace(units[-1], last=at) if _takes_rest(page, units[-1], at) else units[-1]
            entries += [(unit, ()) for unit in units]
        else:
            at, more = _unknown(page, at, after_others=bool(entries))
            entries += more
    return entries


def listed_at(page: Page, i: int) -> list[Found]:
    """The units that begin at token *i* of a list, where also a place ("Hải Phòng"), "Văn phòng", "địa phương" are."""
    tokens, words = page.tokens, page.lexicon
    units = [] if in_code(tokens, i) else units_at(page, i)
    if units:
        return units
    place = province(page, i)
    if place > i and _ends(page, place):
        return [Found(i, place, False, "place")]
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
    return word in ("", ".", ":", "…") or word in _SEPARATORS or word in _HARD


def _extended(page: Page, unit: Found) -> int:
    """The token where the entry that begins with *unit* ends: before a separator and a unit, or a full stop."""
    tokens = page.tokens
    at = unit.last
    while at < len(tokens):
        word = tokens.low[at]
        if word in _HARD or (word == "." and not tokens.glued(at + 1)):
            break
        if word in _SEPARATORS and _begins_after(page, at, unit):
            break
        if word in _GIVES and units_at(page, at + 1):
            break
        if _begins_bare(page, at):
            break
        at += 1
    return at


def _begins_bare(page: Page, at: int) -> bool:
    """Whether a body or an office begins at token *at* though no separator stands before it (lines that lost their end)."""
    tokens = page.tokens
    if not tokens.is_capital(at) or tokens.at(at - 1) in _OF or tokens.low[at] == "tổ":
        return False
    return bool(page.lexicon.offices.longest(tokens, at) or opens_unit(page, at)) and bool(units_at(page, at))


def _begins_after(page: Page, at: int, unit: Found) -> bool:
    """Whether a new entry begins after the separator at token *at*."""
    tokens = page.tokens
    after = at + 1
    while tokens.at(after) in _SEPARATORS or tokens.at(after) == "với":
        after += 1
    if after >= len(tokens) or listed_at(page, after):
        return True
    if unit.kind == "class" and (at > unit.last or unit.attributed):  # "các cơ quan chủ trì Dự án, Tiểu dự án"
        return False
    return tokens.low[at] in (",", "và", "/") and tokens.is_capital(after)


def _takes_rest(page: Page, unit: Found, end: int) -> bool:
    """Whether the words between a known name and the next separator belong to the entry, not a cue or a note."""
    tokens = page.tokens
    word = tokens.at(unit.last)
    if end <= unit.last or word == ":" or (word in _SEPARATORS and not unit.attributed):
        return False
    note = page.lexicon.notes.get(word)
    if unit.kind == "class":
        duty = word == "có" and tokens.at(unit.last + 1) == "trách"
        return not duty and (note is None or note)
    if page.lexicon.ends.longest(tokens, unit.last):  # "UBND các xã trực tiếp triển khai": a sentence, not a name
        return False
    return note is None and (unit.group or tokens.is_capital(unit.last) or word.isdigit() or word in _WHERE)


def _unknown(page: Page, at: int, *, after_others: bool) -> tuple[int, list[_Entry]]:
    """An entry that the lexicon does not know: kept if it has a capital or is the first, else left out as a note."""
    tokens = page.tokens
    found = Found(at, at + 1, False, "unknown")
    end = max(_extended(page, found), at + 1)
    people = _people(page, at, end)
    if people:
        return end, [(replace(found, first=a, last=b), ("unknown_name",)) for a, b in people]
    capital = tokens.is_capital(at)
    cue = tokens.at(at) in page.lexicon.notes and (not capital or tokens.at(at + 1) in ("trì", "hợp", "cho", "các"))
    if cue or (after_others and not capital):
        return _next_unit(page, at, end), []
    return end, [(replace(found, last=end), ("unknown_name",))]


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
