"""Where the name of one body begins and ends: head, field, proper name, territory, and what belongs to it.

In: a `Page` (a text's tokens with the lexicon) and a token. Out: the token after the name: in "giao Phòng Kế hoạch - Tài
chính Sở Y tế tỉnh Đồng Nai rà soát" the name that begins at "Phòng" ends before "rà soát".
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.mentions.unit_lexicon import Field, Head, Lexicon, lexicon
from extractor.mentions.unit_tokens import Tokens, Trie

TERRITORY = frozenset({"tỉnh", "huyện", "quận", "xã", "phường", "thôn"})
_TERRITORY_PAIRS = frozenset({"thành phố", "thị xã", "thị trấn", "đặc khu"})
_OWN = frozenset({"sở", "bộ", "cục", "chi cục", "viện", "trường", "trung tâm", "ban", "tổng cục"})
_BELONGS = frozenset({"thuộc", "của", "tại"})
_NO_PLACE = frozenset({"kế", "quyết", "nghị", "công", "chỉ", "thông", "căn", "đề", "chủ", "phối", "giao", "yêu", "báo", "ủy"})


@dataclass(frozen=True, slots=True)
class Page:
    """A text's tokens, the lexicon, and the short forms that the document declares."""

    tokens: Tokens
    lexicon: Lexicon
    declared: Trie[str]


def page_of(tokens: Tokens, declared: Trie[str]) -> Page:
    """A page over *tokens* with the project's lexicon."""
    return Page(tokens, lexicon(), declared)


def territory_noun(page: Page, i: int) -> int:
    """The token after a noun of territory ("thị xã", "xã" but not "xã hội"), or *i*."""
    word, after = page.tokens.at(i), page.tokens.at(i + 1)
    if f"{word} {after}" in _TERRITORY_PAIRS:
        return i + 2
    if after in ("ủy", "đoàn", "đội"):  # "Tỉnh ủy", "Huyện đoàn" are bodies
        return i
    if word in TERRITORY and not page.lexicon.never.longest(page.tokens, i):
        return i + 1
    if word in ("tp", "tx") and page.tokens.is_capital(i):  # "UBND TP. Vinh"
        return i + 2 if after == "." and page.tokens.is_capital(i + 2) else i + 1
    if word == "thành" and after == ",":  # "các huyện, thành, thị"
        return i + 1
    return i + 1 if word == "thị" and page.tokens.at(i - 1) == "," else i


def province(page: Page, i: int) -> int:
    """The token after the name of a province, written with a capital, or *i*."""
    found = page.lexicon.places.longest(page.tokens, i) if page.tokens.is_capital(i) else None
    return found[0] if found else i


def proper_name(page: Page, i: int, most: int = 4) -> int:
    """The token after up to *most* words with capitals (a place's or a school's name), or *i*."""
    tokens = page.tokens
    end = province(page, i)
    if end > i:
        return end
    at = i
    while at < len(tokens) and at - i < most + 1:
        if tokens.low[at] == "-" and at > i and tokens.is_capital(at + 1) and not begins_name(page, at + 1):
            at += 1
            continue
        named = tokens.is_capital(at) and tokens.low[at] not in _NO_PLACE
        number = tokens.low[at].isdigit() and len(tokens.low[at]) <= 2
        if not (named or (number and at == i)) or (at > i and begins_name(page, at)):
            break
        at += 1
        if number:
            break
    return at


def territory(page: Page, i: int) -> int:
    """The token after "tỉnh", "các huyện, thị xã, thành phố", "phường Hồng Hà", "63 tỉnh, thành phố", or *i*."""
    tokens = page.tokens
    at = i
    if tokens.at(at) in ("các", "từng", "mỗi") or tokens.at(at) in ("63", "34"):
        at += 1
    end = territory_noun(page, at)
    if end == at:  # "UBND các địa phương"
        return at + 2 if at > i and (tokens.at(at), tokens.at(at + 1)) == ("địa", "phương") else i
    while True:
        end = _place_of(page, end)
        after = end + 1 if tokens.at(end) in (",", "/", "và", "-", "hoặc") else end
        after += 1 if tokens.at(end) == "," and tokens.at(after) == "và" else 0
        more = territory_noun(page, after) if after > end else end
        if more == after or more == end:
            return end
        end = more


def _place_of(page: Page, end: int) -> int:
    """The token after the place's name that follows a noun of territory, if any. Only a province follows "tỉnh"."""
    noun = page.tokens.at(end - 1) if page.tokens.at(end - 1) != "." else "phố"
    if noun == "tỉnh":
        return province(page, end)
    if page.tokens.is_capital(end) or (noun in ("phường", "quận") and page.tokens.at(end).isdigit()):
        return proper_name(page, end, 3 if noun == "phố" else 4)
    return end


def begins_name(page: Page, i: int) -> bool:
    """Whether a body's name can begin at token *i*: a named body, or a head with what it needs."""
    return page.tokens.is_capital(i) and core(page, i, in_name=True) > i


def core(page: Page, i: int, lower: bool = False, in_name: bool = False) -> int:
    """The token after the name proper that begins at *i*, without territory and modifiers; *i* if none begins there.

    Args:
        page: the text.
        i: token to begin at.
        lower: heads may be written in lower case ("Trưởng phòng Nội vụ").
        in_name: asked from inside another name: proper names are not followed (they would ask back).
    """
    tokens, words = page.tokens, page.lexicon
    if words.never.longest(tokens, i):
        return i
    capital = lower or tokens.is_capital(i)
    best = i
    for end, unit in words.named.every(tokens, i):
        if (capital or unit.lower) and not (unit.name == "Bưu điện" and words.fields.longest(tokens, end)):
            best = end
    for end, head in words.heads.every(tokens, i):
        if capital or head.lower:
            best = max(best, end if head.complete else _body(page, end, head, in_name, i))
    return best if best > i else _inspectorate(page, i)


def _inspectorate(page: Page, i: int) -> int:
    """The token after "Thanh tra" among other bodies ("với Thanh tra, Công an xã"); elsewhere it is an action."""
    tokens = page.tokens
    alone = tokens.is_capital(i) and tokens.at(i) == "thanh" and tokens.at(i + 1) == "tra"
    if alone and tokens.at(i - 1) in ("với", ",", "và") and tokens.at(i + 2) in (",", "và"):
        return i + 2 if begins_name(page, i + 3) else i
    return i


def _body(page: Page, i: int, head: Head, in_name: bool, none: int) -> int:
    """The token after what a head needs: a field, a proper name, a territory, another body; *none* if it is missing."""
    if head.body == "territory":
        end = max(territory(page, i) if page.tokens.at(i) != "các" else i, province(page, i))  # "Thống kê các xã": a verb
        region = page.lexicon.modifiers.longest(page.tokens, i) if page.tokens.at(i) in ("khu", "cơ") else None
        end = max(end, region[0] if region else i)
        return end if end > i else none
    field = _field(page, i + 1, first=True) if page.tokens.at(i) == "các" else _field(page, i, first=True)
    field = i if field == i + 1 and page.tokens.at(i) == "các" else field
    if head.text == "Thanh tra" and not page.tokens.is_capital(i):  # "Thanh tra xây dựng": an action
        return none
    if head.body == "fields":
        return field if field > i else none
    end = _pieces(page, i, field, in_name)
    if end > i:
        return end
    if head.text in ("Văn phòng", "VP", "Thanh tra", "Đảng ủy", "Ban Chỉ đạo", "BCĐ"):
        end = max(territory(page, i) if page.tokens.at(i) != "các" else i, _own(page, i))
        if end == i and not in_name and page.tokens.is_capital(i):
            end = core(page, i)
    return end if end > i else none


def _own(page: Page, i: int) -> int:
    """The token after "Sở" in "Văn phòng Sở", where the office speaks of itself."""
    for length in (2, 1):
        words = page.tokens.low[i : i + length]
        if " ".join(words) in _OWN and page.tokens.is_capital(i):
            return i + len(words)
    return i


def _pieces(page: Page, i: int, field: int, in_name: bool) -> int:
    """The token after fields and words with capitals: "Giáo dục Phổ thông", "Điện lực Đắk Nông", "57"."""
    tokens = page.tokens
    end = field
    while end < len(tokens):
        more = _field(page, end, first=end == i)
        if more == end and not in_name:
            more = _capital(page, end, first=end == i)
        if more == end and end > i and tokens.low[end] in ("-", "và", "&"):
            more = _field(page, end + 1, first=False)
            joins = more > end + 1 and not _is_unit(page, end + 1)
            more = more if joins else end
        if more == end:
            return end
        end = more
        if in_name:
            return end
    return end


def _capital(page: Page, i: int, first: bool) -> int:
    """The token after one word with a capital, a number or quotes inside a name, or *i*."""
    tokens = page.tokens
    if tokens.low[i].isdigit():
        return i + 1 if len(tokens.low[i]) <= 3 and tokens.at(i + 1) not in ("%", "/", ".") else i
    if not tokens.is_capital(i) or tokens.low[i] in _NO_PLACE or territory_noun(page, i) > i:
        return i
    if tokens.text.isupper() or (not first and _is_unit(page, i)):  # in a heading in capitals nothing stands out
        return i
    return i + 1


def _is_unit(page: Page, i: int) -> bool:
    """Whether a body of its own begins at *i* ("Phòng Nội vụ và Công an xã": two)."""
    tokens = page.tokens
    if page.lexicon.offices.longest(tokens, i) and tokens.is_capital(i):
        return True
    return begins_name(page, i)


def _field(page: Page, i: int, first: bool) -> int:
    """The token after a field, or *i*. An action in lower case is a field only directly after the head."""
    for end, held in reversed(page.lexicon.fields.every(page.tokens, i)):
        if page.tokens.is_capital(i) or not all(f.verb for f in held) or (first and _verb_may_follow(page, i)):
            return end
    return i


def _verb_may_follow(page: Page, i: int) -> bool:
    return i > 0 and page.tokens.is_capital(i - 1)


def field_of(page: Page, i: int, head: str) -> tuple[int, Field] | None:
    """The field at token *i* and the token after it; the head chooses among fields with one short form."""
    found = page.lexicon.fields.longest(page.tokens, i)
    if found is None:
        return None
    end, held = found
    fits = [f for f in held if f.after.lower() == head.lower()] or [f for f in held if not f.after] or list(held)
    return end, fits[0]


def tail(page: Page, end: int, group: bool) -> tuple[int, bool]:
    """Follows territory, places and modifiers after a name.

    Args:
        page: the text.
        end: the token after the name or class noun.
        group: the name is a class, which takes more modifiers ("liên quan", "của Sở Y tế").

    Returns:
        The token after all of them, and whether one of them closes a list ("các cơ quan, đơn vị … liên quan").
    """
    closed = False
    for _ in range(6):
        after, closing = _one_more(page, end, group)
        if after == end:
            break
        end, closed = after, closed or closing
    return end, closed


def _one_more(page: Page, end: int, group: bool) -> tuple[int, bool]:
    """One step of `tail`: the token after one modifier, and whether it closes a list."""
    tokens = page.tokens
    again = max(territory(page, end - 1), territory(page, end - 2))  # "UBND tỉnh" is a name, "UBND tỉnh, thành phố" too
    steps = max(territory(page, end), province(page, end), again)
    if steps > end:
        return steps, False
    owned = _owner(page, end, group)
    if owned > end:
        return owned, True
    comma = group and tokens.at(end) == "," and tokens.at(end + 1) in ("liên", "có") and tokens.at(end + 2) in ("quan", "liên")
    found = page.lexicon.modifiers.longest(tokens, end + comma)  # "các sở, ngành, liên quan"
    if found and (group or found[1].named):
        after = found[0]
        numbered = found[1].text == "khu vực" and (tokens.is_capital(after) or tokens.at(after).isdigit())
        return (after + 1 if numbered else after), found[1].closing
    if tokens.at(end) == "-" and not group and not tokens.glued(end):
        after = core(page, end + 1)
        above = tokens.at(end + 1) in ("văn", "bộ", "ubnd", "sở", "tổng") and tokens.at(end - 1) != ","
        return (after, False) if above and after > end + 1 and _is_room(page, end) else (end, False)
    if not group and tokens.is_capital(end):
        after = max(core(page, end), _own(page, end))
        return after, False
    return end, False


def _owner(page: Page, end: int, group: bool) -> int:
    """The token after "thuộc UBND tỉnh", "của Sở Y tế", "tại các huyện", or *end*."""
    tokens = page.tokens
    word = tokens.at(end)
    if group and word in ("tại", "theo") and tokens.at(end + 1) == "phụ" and tokens.at(end + 2) == "lục":
        return min(end + 4, len(tokens)) if tokens.is_capital(end + 3) or tokens.at(end + 3).isdigit() else end + 3
    if word == "trực" and tokens.at(end + 1) == "thuộc":
        start = end + 2
    elif word == "thuộc" or (group and word in _BELONGS):
        start = end + 1
    elif word == "tại" and (tokens.at(end + 1) == "các" or tokens.at(end - 1) in ("diện", "cqđd")):
        after = max(territory(page, end + 1), province(page, end + 1))
        return after if after > end + 1 else end
    else:
        return end
    after = max(territory(page, start), core(page, start), _own(page, start))
    return tail(page, after, False)[0] if after > start else end


def _is_room(page: Page, end: int) -> bool:
    """Whether the name before token *end* is a room of a greater body ("Cục Kiểm soát TTHC - Văn phòng Chính phủ")."""
    before = page.tokens.low[max(0, end - 12) : end]
    return any(word in ("cục", "vụ", "phòng") for word in before)
