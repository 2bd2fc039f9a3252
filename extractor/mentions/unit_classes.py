"""Classes of units, members of a class, and persons' offices: what may begin at a token.

In: a `Page` and a token. Out: the units that begin there, as `Found`: "các sở, ban, ngành, địa phương" is two, "các cơ quan,
đơn vị, địa phương liên quan" one, "các Sở: Tài chính, Y tế" two by their bare names, "Thủ trưởng các sở, ngành" one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.mentions.unit_lexicon import ClassNoun
from extractor.mentions.unit_names import (
    Page,
    begins_name,
    core,
    field_of,
    proper_name,
    province,
    tail,
    territory,
    territory_noun,
)
from extractor.mentions.unit_tokens import canonical

_LISTING = frozenset({",", "và", "/", "hoặc", "cùng"})
_SURNAMES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý mai cao đinh trương lương tô tạ thái chu hà tống "
    "đoàn lâm trịnh đào tăng kiều thạch sơn châu phùng quách nông vi triệu giàng lò ksor siu rơ".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """A unit at tokens `[first, last)`.

    Attributes:
        first, last: its tokens.
        group: it stands for many units.
        kind: "named", "class", "office", "member", "place" or "declared".
        prefix: what is written before the words to make the full name of a member ("Sở ").
        bare: a class without quantifier, in lower case: weak evidence by itself.
        attributed: the class noun has an attribute of its own, which may go on ("các cơ quan báo chí, …").
    """

    first: int
    last: int
    group: bool
    kind: str
    prefix: str = ""
    bare: bool = False
    attributed: bool = False


def units_at(page: Page, i: int) -> list[Found]:
    """The units that begin at token *i*, in order; empty if none does."""
    tokens, words = page.tokens, page.lexicon
    declared = page.declared.longest(tokens, i)
    named = _named(page, i)
    if declared and tokens.is_capital(i) and (not named or declared[0] >= named[-1].last):
        end, closing = tail(page, declared[0], False)
        return [Found(i, end, False, "declared")]
    office = _office(page, i)
    if office and (not named or office[-1].last > named[-1].last):
        return office
    classes = _classes(page, i)
    if classes and (not named or classes[-1].last > named[-1].last):
        return classes
    if named or words.never.longest(tokens, i):
        return named
    return classes


def _named(page: Page, i: int) -> list[Found]:
    """The body that begins at *i* with its territory: "UBND phường Hồng Hà"; its members: "UBND các xã: A, B"."""
    end = core(page, i)
    if end == i:
        return []
    members = _territory_members(page, i, end)
    if members:
        return members
    last, _ = tail(page, end, False)
    if page.tokens.at(i) in ("phó", "thủ"):  # "Phó Thủ tướng Chính phủ Trần Văn A"
        return [Found(i, _person(page, last), False, "named")]
    low = page.tokens.low
    many = any(low[k] in ("các", "63", "34") and territory_noun(page, k + 1) > k + 1 for k in range(i, last))
    many = many or _lists_territory(page, end)
    level = page.tokens.low[last - 2 : last]
    return [Found(i, last, many or (len(level) == 2 and level[0] == "cấp" and level[1] in ("huyện", "xã")), "named")]


def _lists_territory(page: Page, end: int) -> bool:
    """Whether "huyện, thị xã" or "xã/phường" follows: many bodies."""
    after = territory_noun(page, end)
    return after > end and page.tokens.at(after) in _LISTING and territory_noun(page, after + 1) > after + 1


def _territory_members(page: Page, i: int, end: int) -> list[Found]:
    """The members of "UBND các phường: Ba Đình, Hoàn Kiếm", by their bare names."""
    tokens = page.tokens
    if tokens.at(end) != "các":
        return []
    noun = territory_noun(page, end + 1)
    if noun == end + 1:
        return []
    single = noun
    while tokens.at(noun) in _LISTING and territory_noun(page, noun + 1) > noun + 1:
        noun = territory_noun(page, noun + 1)
    of = tokens.written(end + 1, single) + " " if noun == single else ""
    start = noun + 1 if tokens.at(noun) == ":" else noun
    found = _names_list(page, start)
    colon = start > noun
    if len(found) < (1 if colon else 2):
        return []
    prefix = f"{tokens.written(i, end)} {of}"
    return [Found(a, b, False, "member", prefix) for a, b in found]


def _names_list(page: Page, i: int) -> list[tuple[int, int]]:
    """Names of places in a row: tokens of each."""
    tokens = page.tokens
    found: list[tuple[int, int]] = []
    at = i
    while tokens.is_capital(at) and not begins_name(page, at):
        end = proper_name(page, at)
        if end == at:
            break
        found.append((at, end))
        at = end
        if tokens.at(at) not in (",", "và"):
            break
        at += 2 if tokens.at(at) == "," and tokens.at(at + 1) == "và" else 1
    return found


def _head_members(page: Page, i: int, start: int) -> list[Found]:
    """The members of "các Sở: Tài chính, Y tế" (*i* at "các", *start* at the head), by their bare names."""
    tokens = page.tokens
    head = next((w for n in (2, 1) if (w := " ".join(tokens.low[start : start + n])) in _MEMBER_HEADS), "")
    if not head:
        return []
    at = start + len(head.split())
    colon = tokens.at(at) == ":"
    at += 1 if colon else 0
    found: list[tuple[int, int]] = []
    while True:
        end = _member(page, at, head)
        if end == at:
            break
        found.append((at, end))
        if tokens.at(end) not in _LISTING:
            break
        at = end + (2 if tokens.at(end) == "," and tokens.at(end + 1) == "và" else 1)
    if len(found) < 2 and not colon:
        return []
    prefix = head[0].upper() + head[1:] + " "
    return [Found(a, b, False, "member", prefix) for a, b in found]


_MEMBER_HEADS = frozenset({"sở", "bộ", "phòng", "vụ", "cục", "chi cục", "ban", "hội"})


def _member(page: Page, at: int, head: str) -> int:
    """The token after a member's bare name: a field that makes a known body with the head."""
    tokens = page.tokens
    if not tokens.is_capital(at):
        return at
    found = field_of(page, at, head)
    if found:
        known = canonical(f"{head} {found[1].name}") in page.lexicon.keys
        if known or (head not in ("sở", "bộ") and not begins_name(page, at)):
            return found[0]
    for end in range(min(at + 4, len(tokens)), at + 1, -1):
        if head == "bộ" and canonical(f"{head} {tokens.written(at, end)}") in page.lexicon.keys:
            return end
    return at


def _classes(page: Page, i: int) -> list[Found]:
    """The classes that begin at *i*; bare nouns are split by kind unless something closes the list."""
    quantifier = page.lexicon.quantifiers.longest(page.tokens, i)
    start = quantifier[0] if quantifier else i
    if quantifier and (members := _head_members(page, i, start)):
        return members
    nouns = _nouns(page, start, bool(quantifier))
    if not nouns:
        return []
    end, closed = tail(page, nouns[-1][1], True)
    if nouns[-1][3]:  # the last noun's own attribute: "…, doanh nghiệp viễn thông liên quan"
        closed = closed and len(nouns) == 1
    single = nouns[0][2]
    bare = not quantifier and not page.tokens.is_capital(i) and not single.alone
    if not quantifier and not _stands_alone(page, nouns, end, closed):
        return []
    if closed or len(nouns) == 1:
        return [Found(i, end, True, "class", bare=bare, attributed=nouns[-1][3])]
    runs = _runs(nouns)
    found = [Found(run[0][0], run[-1][1], True, "class", bare=bare) for run in runs]
    found[0] = replace(found[0], first=i)
    found[-1] = replace(found[-1], last=end)
    return found


def _stands_alone(page: Page, nouns: list[tuple[int, int, ClassNoun, bool]], end: int, closed: bool) -> bool:
    """Whether nouns without "các" are units: "sở, ngành liên quan", "cơ quan thú y", but not "tổ chức", "địa phương"."""
    first = nouns[0][2]
    if first.alone:
        return True
    if len(nouns) == 1:
        telling = nouns[0][3] or end > nouns[0][1] or page.tokens.is_capital(nouns[0][0]) or len(first.text.split()) > 2
        return closed or (not first.quantified and telling)
    return closed or first.kind != "territory" or page.tokens.at(nouns[0][0] - 1) in ("", "\n", ";")


def _runs(nouns: list[tuple[int, int, ClassNoun, bool]]) -> list[list[tuple[int, int, ClassNoun, bool]]]:
    """Nouns of one kind that follow each other, each noun with an attribute of its own by itself."""
    runs = [[nouns[0]]]
    for noun in nouns[1:]:
        before = runs[-1][-1]
        same = noun[2].kind == before[2].kind and noun[2].kind != "place" and not noun[3] and not before[3]
        if same:
            runs[-1].append(noun)
        else:
            runs.append([noun])
    return runs


def _nouns(page: Page, start: int, quantified: bool) -> list[tuple[int, int, ClassNoun, bool]]:
    """Class nouns in a row: first token, token after, the noun, and whether it has an attribute of its own."""
    tokens = page.tokens
    nouns: list[tuple[int, int, ClassNoun, bool]] = []
    at = start
    while (found := page.lexicon.classes.longest(tokens, at)) and not _never(page, at, found, bool(nouns) or quantified):
        if (nouns or not quantified) and core(page, at) > found[0]:
            break
        end = _attribute(page, found[0], found[1])
        own = end > found[0] or (found[1].kind == "other" and found[0] - at > 2) or found[1].alone
        nouns.append((at, end, found[1], own))
        after = end
        if tokens.at(end) in _LISTING and tokens.at(end) != "cùng":
            after += 2 if tokens.at(end) == "," and tokens.at(end + 1) == "và" else 1
        elif not (found[1].kind == "body" and not tokens.is_capital(end)):  # "các cơ quan đơn vị", a comma forgotten
            break
        more = page.lexicon.classes.longest(tokens, after)
        verbs = ("tổ chức", "cấp", "ban", "hội", "thành viên")
        if more is None or (after == end and (more[1].kind != "body" or more[1].text in verbs)):
            break
        at = after
    return nouns


def _never(page: Page, at: int, found: tuple[int, ClassNoun], inside: bool) -> bool:
    """Whether the words at *at* are no class after all: "ban hành", "tổ chức thực hiện" (a verb)."""
    never = page.lexicon.never.longest(page.tokens, at)
    if never and never[0] > found[0] - 1 and never[0] >= found[0]:
        return True
    if found[1].text == "tổ chức":
        after = page.tokens.at(found[0])
        is_end = after in _LISTING or after in ("", ";", ".", ")", "\n", ":")
        return not (is_end or page.lexicon.modifiers.longest(page.tokens, found[0]) or (inside and after == "hội"))
    return not inside and found[1].text == "cấp"


def _attribute(page: Page, end: int, noun: ClassNoun) -> int:
    """The token after a field that belongs to a class noun: "doanh nghiệp viễn thông"."""
    if noun.kind in ("territory", "place") or noun.text in ("sở", "bộ", "ban", "ngành"):
        return end
    found = page.lexicon.fields.longest(page.tokens, end)
    if found is None or (all(f.verb for f in found[1]) and not page.tokens.is_capital(end)):
        return end
    return found[0]


def _office(page: Page, i: int) -> list[Found]:
    """A person's office with the body or the class it heads: "Giám đốc Sở Y tế", "Thủ trưởng các cơ quan, đơn vị"."""
    tokens, words = page.tokens, page.lexicon
    found = words.offices.longest(tokens, i)
    if found is None or words.never.longest(tokens, i):
        return []
    end = found[0]
    while tokens.at(end) in ("/", "hoặc", "và", ",") and (more := words.offices.longest(tokens, end + 1)):
        end = more[0]
    heads = _headed(page, end)
    if heads and heads[0].kind == "member":
        before = tokens.written(i, end) + " "
        return [replace(unit, prefix=before + unit.prefix) for unit in heads]
    if heads:
        last = _person(page, heads[-1].last)
        return [Found(i, last, any(unit.group for unit in heads), "office")]
    if found[1].alone and tokens.is_capital(i):
        return [Found(i, _person(page, end), False, "office")]
    return []


def _headed(page: Page, i: int) -> list[Found]:
    """What an office heads: the class, or the body, also with its head in lower case ("Trưởng phòng Nội vụ")."""
    classes = _classes(page, i)
    end = core(page, i, lower=page.tokens.at(i) in ("phòng", "ban", "trường", "trung tâm", "sở", "văn"))
    if end > i and (not classes or end >= classes[-1].last):
        return _named(page, i) or [Found(i, tail(page, end, False)[0], False, "named")]
    if classes:
        return classes
    place = max(territory(page, i), province(page, i))
    if place > i and page.tokens.at(i) in ("tỉnh", "huyện", "xã", "phường", "thành", "các"):
        return [Found(i, place, page.tokens.at(i) == "các", "named")]
    return _bare_list(page, i)


def _bare_list(page: Page, i: int) -> list[Found]:
    """Bare nouns after an office: "Người đứng đầu cơ quan, tổ chức, đơn vị", "Thủ trưởng đơn vị"."""
    nouns = _nouns(page, i, True)
    return [Found(i, tail(page, nouns[-1][1], True)[0], True, "class")] if nouns else []


def _person(page: Page, end: int) -> int:
    """The token after a person's name that follows an office: "Phó Thủ tướng Chính phủ Trần Văn A"."""
    tokens = page.tokens
    if tokens.at(end) not in _SURNAMES or not tokens.is_capital(end):
        return end
    at = end
    while tokens.is_capital(at) and at - end < 5:
        at += 1
    return at if at - end >= 2 else end
