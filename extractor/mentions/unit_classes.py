"""Classes of units: nouns in a row under one quantifier.

In: a `Page` and a token. Out: the classes that begin there, as `Found`: "các sở, ban, ngành, địa phương" is two, "các
cơ quan, đơn vị, địa phương liên quan" one, for what follows closes the list; "tổ chức thực hiện" is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.mentions.unit_members import head_members
from extractor.mentions.unit_names import core
from extractor.mentions.unit_page import Found, field_end
from extractor.mentions.unit_places import place_members
from extractor.mentions.unit_tails import tail
from extractor.mentions.unit_territory import LISTING, after_comma

if TYPE_CHECKING:
    from extractor.mentions.unit_lexicon import ClassNoun
    from extractor.mentions.unit_page import Page

_NO_ATTRIBUTE = frozenset({"sở", "bộ", "ban", "ngành"})
_PREPOSITIONS = frozenset(
    (
        "với",
        "của",
        "cho",
        "và",
        "cùng",
        "tại",
        "từ",
        "do",
        "gửi",
        "là",
        "đến",
        "giữa",
        "trong",
        "giao",
        "theo",
        "hoặc",
        "trưởng",
    )
)
_FORGETFUL = frozenset({"bộ", "cơ quan", "đơn vị", "sở", "ban", "ngành", "đoàn thể", "ban ngành", "sở ngành"})
_BREAK = frozenset({"", ";", ".", ")", "\n", ":"})


@dataclass(frozen=True, slots=True)
class _Noun:
    """A class noun at tokens `[first, last)`; `own`: with an attribute of its own ("doanh nghiệp viễn thông")."""

    first: int
    last: int
    entry: ClassNoun
    own: bool


def class_units(page: Page, i: int) -> list[Found]:
    """The classes that begin at *i*; bare nouns are split by kind unless something closes the list."""
    quantifier = page.lexicon.quantifiers.longest(page.tokens, i)
    start = quantifier[0] if quantifier else i
    i = start - 1 if quantifier and page.tokens.at(i) == page.tokens.at(i + 1) else i  # "Các các sở": one "các"
    if quantifier and (members := head_members(page, start)):
        return [replace(members[0], begin=i), *members[1:]]
    if quantifier and (members := place_members(page, i, start)):
        return members
    nouns = _nouns(page, start, quantified=bool(quantifier))
    many = _many_bodies(page, start) if quantifier else start
    if many > (nouns[-1].last if nouns else start):  # "các Hạt Kiểm lâm", "các Vườn quốc gia"
        return [Found(i, tail(page, many, group=True)[0], True, "class", attributed=True)]
    if not nouns:
        return []
    end, closed = tail(page, nouns[-1].last, group=True)
    if nouns[-1].own and end == nouns[-1].last:
        end = _second_attribute(page, end)
    if any(noun.own for noun in nouns):  # "…, doanh nghiệp viễn thông liên quan": the last noun's own
        closed = closed and len(nouns) == 1
    if not quantifier and not _stands_alone(page, nouns, end, closed):
        return []
    bare = not quantifier and not page.tokens.is_capital(i) and not nouns[0].entry.alone
    if closed or len(nouns) == 1:
        return [Found(i, end, True, "class", bare=bare, attributed=nouns[-1].own)]
    found = [Found(run[0].first, run[-1].last, True, "class", bare=bare) for run in _runs(nouns)]
    found[0] = replace(found[0], first=i)
    found[-1] = replace(found[-1], last=end, attributed=nouns[-1].own)
    return found


def _many_bodies(page: Page, start: int) -> int:
    """The token after a body's name in the plural, or after a head of two words alone; *start* if none stands there."""
    if page.lexicon.never.longest(page.tokens, start):
        return start
    end = core(page, start, lower=True)
    heads = [after for after, head in page.lexicon.heads.every(page.tokens, start) if len(head.text.split()) > 1]
    return max(end, heads[-1] if heads else start)


def _second_attribute(page: Page, end: int) -> int:
    """The token after the second attribute of "các cơ quan báo chí, phát thanh truyền hình khác", or *end*."""
    comma = after_comma(page, end)
    field = field_end(page, comma, first=False) if comma > end else comma
    after, closed = tail(page, field, group=True) if field > comma else (end, False)
    return after if closed else end


def bare_units(page: Page, i: int) -> list[Found]:
    """Bare nouns after an office: "Người đứng đầu cơ quan, tổ chức, đơn vị", "Thủ trưởng đơn vị"."""
    nouns = _nouns(page, i, quantified=True)
    return [Found(i, tail(page, nouns[-1].last, group=True)[0], True, "class")] if nouns else []


def _stands_alone(page: Page, nouns: list[_Noun], end: int, closed: bool) -> bool:
    """Whether nouns without "các" are units: "sở, ngành liên quan", "cơ quan thú y"; not "tổ chức", "địa phương"."""
    first = nouns[0]
    if first.entry.alone:
        return True
    if first.entry.quantified and not _after_preposition(page, first.first):
        return False
    if closed and (len(nouns) > 1 or not first.entry.quantified or first.entry.kind == "place"):
        return True
    if len(nouns) == 1:
        telling = first.own or end > first.last or len(first.entry.text.split()) > 2
        return telling and not first.entry.quantified
    return first.entry.kind != "territory" or page.tokens.at(first.first - 1) in ("", "\n", ";")


def _after_preposition(page: Page, at: int) -> bool:
    """Whether a short noun is a word of its own ("với sở, ngành"), not the end of another ("cán bộ, ngành")."""
    before = page.tokens.at(at - 1)
    return page.tokens.is_capital(at) or not before[:1].isalpha() or before in _PREPOSITIONS


def _runs(nouns: list[_Noun]) -> list[list[_Noun]]:
    """Nouns of one kind that follow each other, each noun with an attribute of its own by itself."""
    runs = [[nouns[0]]]
    for noun in nouns[1:]:
        before = runs[-1][-1]
        alike = noun.entry.kind == before.entry.kind and noun.entry.kind != "place"
        if alike and not noun.own and not before.own:
            runs[-1].append(noun)
        else:
            runs.append([noun])
    return runs


def _nouns(page: Page, start: int, *, quantified: bool) -> list[_Noun]:
    """Class nouns in a row."""
    nouns: list[_Noun] = []
    at = start
    while found := page.lexicon.classes.longest(page.tokens, at):
        inside = quantified or bool(nouns)
        if _never(page, at, found, inside) or ((nouns or not quantified) and core(page, at) > found[0]):
            break
        office = page.lexicon.offices.longest(page.tokens, at)
        if office and office[0] > found[0]:  # "Trưởng thôn, Tổ trưởng tổ dân phố"
            break
        last = _attribute(page, found[0], found[1])
        own = last > found[0] or (found[1].kind == "other" and found[0] - at > 3) or found[1].alone
        nouns.append(_Noun(at, last, found[1], own))
        at = _next(page, nouns[-1])
        if at < 0:
            break
    return nouns


def _next(page: Page, noun: _Noun) -> int:
    """The token of the next noun of the list, or -1. A comma may be forgotten: "các cơ quan đơn vị liên quan"."""
    after = after_comma(page, noun.last) if page.tokens.at(noun.last) != "-" else noun.last
    more = page.lexicon.classes.longest(page.tokens, after)
    if more is None:
        return -1
    if after > noun.last:
        return after
    forgotten = noun.entry.text in _FORGETFUL and more[1].text in _FORGETFUL - {"ban"}
    return after if forgotten and not page.tokens.is_capital(after) else -1


def _never(page: Page, at: int, found: tuple[int, ClassNoun], inside: bool) -> bool:
    """Whether the words at *at* are no class after all: "ban hành", "tổ chức thực hiện" (a verb)."""
    end, noun = found
    never = page.lexicon.never.longest(page.tokens, at)
    if never and (never[0] > end or (never[0] == end and end - at == 1)):  # "các khoa, bộ môn" names them whole
        return True
    if noun.text.startswith("tổ chức ") and page.lexicon.never.longest(page.tokens, at + 2):  # "Tổ chức hội chợ"
        return True
    if noun.text == "tổ chức":
        after = page.tokens.at(end)
        stops = after in LISTING or after in _BREAK or (inside and after == "hội")
        return not (stops or page.lexicon.modifiers.longest(page.tokens, end))
    return noun.text == "cấp" and page.tokens.at(at - 1) not in ("các", "mọi")  # "cấp kinh phí", "lãnh đạo cấp sở"


def _attribute(page: Page, end: int, noun: ClassNoun) -> int:
    """The token after a field that belongs to a class noun: "doanh nghiệp viễn thông"."""
    if noun.kind in ("territory", "place") or noun.text in _NO_ATTRIBUTE:
        return end
    while (found := page.lexicon.fields.longest(page.tokens, end)) and (
        page.tokens.is_capital(end) or not all(field.verb for field in found[1])
    ):
        end = found[0]
    return end
