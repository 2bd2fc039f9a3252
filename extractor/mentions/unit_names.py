"""Where the name proper of one body ends: a named body, or a head with fields, words with capitals, a nested body.

In: a `Page` and a token. Out: the token after the name: at "Phòng" in "giao Phòng Kế hoạch - Tài chính rà soát" the one
after "Tài chính". A name that the lexicon does not know ends before a verb: "Cục Quản lý đấu thầu | chủ trì".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.mentions.unit_page import field_end, opens_unit, own_body
from extractor.mentions.unit_territory import NO_NAME, province, territory, territory_noun
from extractor.text import fold

if TYPE_CHECKING:
    from extractor.mentions.unit_lexicon import Head
    from extractor.mentions.unit_page import Page

_SYLLABLE = re.compile(r"(?:ngh|ng|nh|ph|th|tr|gh|gi|kh|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?")
_NATIONAL = frozenset({"hiệp hội", "hội", "liên đoàn", "tập đoàn", "tổng công ty", "công ty", "công ty cổ phần"})
_NESTING = frozenset({"văn phòng", "vp", "thanh tra", "đảng ủy", "ban chỉ đạo", "bcđ", "cơ quan thường trực"})
_SMALL_ROOMS = frozenset({"phòng", "ban", "chi cục", "trung tâm", "trạm", "hạt", "đội", "công chức", "khoa"})
_NESTING_TOO = frozenset({"văn phòng thường trực", "tổ giúp việc", "thường trực", "văn phòng ban chỉ đạo"})


def core(page: Page, i: int, *, lower: bool = False) -> int:
    """The token after the name proper that begins at *i*, without territory and modifiers; *i* if none begins there.

    Args:
        page: the text.
        i: token to begin at.
        lower: heads may be written in lower case ("Trưởng phòng Nội vụ").
    """
    tokens, words = page.tokens, page.lexicon
    capital = lower or tokens.is_capital(i)
    never = words.never.longest(tokens, i)
    named = max((end for end, unit in words.named.every(tokens, i) if capital or unit.lower), default=i)
    if named > i + 1 and _acts_within(page, i):  # "Các đơn vị thuộc Bộ | xây dựng kế hoạch"
        return i
    if never:
        return named if named > never[0] else i
    best = named
    office = words.offices.longest(tokens, i)  # "Vụ trưởng" is no "Vụ"
    for end, head in words.heads.every(tokens, i):
        if (capital or head.lower or _small_room(page, end, head)) and not (office and office[0] > end):
            best = max(best, end if head.complete else i, _body(page, end, head, known=named > i))
    return best if best > i else _inspectorate(page, i)


def _small_room(page: Page, end: int, head: Head) -> bool:
    """Whether *head*, in lower case, is a room all the same: "giao phòng | Kế hoạch - Tài chính lập danh sách"."""
    room = head.text.lower() in _SMALL_ROOMS and page.tokens.is_capital(end)
    return room and field_end(page, end, first=True) > end


def _acts_within(page: Page, i: int) -> bool:
    """Whether an action follows a body that speaks of itself, written as a body of that field would be."""
    tokens = page.tokens
    field = page.lexicon.fields.longest(tokens, i + 1)
    action = field is not None and all(held.verb for held in field[1]) and not tokens.is_capital(i + 1)
    return action and tokens.at(i - 1) in ("thuộc", "của") and tokens.is_capital(i) and not tokens.is_capital(i - 1)


def _inspectorate(page: Page, i: int) -> int:
    """The token after "Thanh tra" among other bodies ("với Thanh tra, Công an xã"); elsewhere it is an action."""
    tokens = page.tokens
    alone = tokens.is_capital(i) and tokens.at(i) == "thanh" and tokens.at(i + 1) == "tra"
    if alone and tokens.at(i - 1) in ("với", ",", "và") and tokens.at(i + 2) in (",", "và"):
        return i + 2 if opens_unit(page, i + 3) else i
    return i


def _body(page: Page, i: int, head: Head, *, known: bool) -> int:
    """The token after what *head* needs: a field, a proper name, a territory, another body; 0 if it is missing.

    Where the name is *known* to the lexicon, no words are guessed ("Văn phòng Chính phủ | trân trọng đề nghị").
    """
    tokens = page.tokens
    many = tokens.at(i) == "các"
    if head.body == "territory":
        region = page.lexicon.modifiers.longest(tokens, i) if tokens.at(i) in ("khu", "cơ") else None
        end = max(i if many else territory(page, i), province(page, i), region[0] if region else i)
        return end if end > i else 0  # "Thống kê các xã có dịch" is an action
    if head.text == "Thanh tra" and not tokens.is_capital(i):  # "Thanh tra xây dựng": an action
        return 0
    field = field_end(page, i + many, first=True)
    field = field if field > i + many else i
    if head.body == "fields":
        above = head.text == "Cơ quan" and tokens.is_capital(i)  # "Cơ quan Hội Nông dân tỉnh"
        return field if field > i else core(page, i) if above and core(page, i) > i else 0
    end = field if known else _of_vietnam(page, head, _pieces(page, i, field))
    if end == i and (head.text.lower() in _NESTING or head.text.lower() in _NESTING_TOO):
        end = max(i if many else territory(page, i), own_body(page, i))
        if tokens.is_capital(i):  # "Đảng ủy | Sở Xây dựng", not "Đảng ủy | Sở"
            end = max(end, core(page, i))
    return end if end > i else 0


def _of_vietnam(page: Page, head: Head, end: int) -> int:
    """The token after small words up to "Việt Nam": "Hiệp hội Doanh nghiệp | dịch vụ cảng biển Việt Nam", or *end*."""
    tokens = page.tokens
    if head.text.lower() not in _NATIONAL:
        return end
    at = end
    while tokens.at(at).isalpha() and not tokens.is_capital(at) and at - end <= 8:
        if page.lexicon.deeds.longest(tokens, at) or tokens.at(at) in ("của", "tại", "với"):
            return end
        at += 1
    return at + 2 if at > end and (tokens.at(at), tokens.at(at + 1)) == ("việt", "nam") else end


def _pieces(page: Page, i: int, field: int) -> int:
    """The token after fields and words with capitals: "Giáo dục Phổ thông", "Điện lực Đắk Nông", "57", or *i*."""
    end = field
    while end < len(page.tokens):
        more = field_end(page, end, first=end == i)
        if more == end:
            more = _capital(page, end, first=end == i)
        if more == end and end > i:
            more = _joined(page, end)
        if more == end:
            break
        end = more
    return end


def _joined(page: Page, end: int) -> int:
    """The token after "và …", "- …", "các …" that goes on with a name, or *end* ("Phòng Nội vụ và Công an xã": two)."""
    tokens = page.tokens
    if tokens.at(end) == "các":  # "… đầu tư xây dựng các công trình giao thông"
        more = field_end(page, end + 1, first=False)
        return more if more > end + 1 else end
    if tokens.at(end) not in ("-", "và", "&") or opens_unit(page, end + 1, lenient=True):
        return end
    if tokens.is_capital(end + 1) and page.lexicon.offices.longest(tokens, end + 1):
        return end
    more = field_end(page, end + 1, first=False)
    if more == end + 1 and end + 1 < len(tokens):
        more = _capital(page, end + 1, first=False)
    return more if more > end + 1 else end


def _capital(page: Page, i: int, *, first: bool) -> int:
    """The token after one word with a capital, or a number, inside a name, or *i*."""
    tokens = page.tokens
    word = tokens.low[i]
    if word.isdigit():
        return i + 1 if len(word) <= 3 and tokens.at(i + 1) not in ("%", "/", ".") else i
    if word == "số" and tokens.at(i + 1).isdigit():  # "Đội Cảnh sát giao thông số 2"
        return i + 2
    if not tokens.is_capital(i) or f"{word} {tokens.at(i + 1)}" in NO_NAME or territory_noun(page, i) > i:
        return i
    own = own_body(page, i)
    if own > i and not opens_unit(page, i):  # "Văn phòng Sở | theo dõi"
        return own
    if tokens.text.isupper():  # in a heading in capitals nothing stands out
        return i
    if not first and (opens_unit(page, i) or page.lexicon.offices.longest(tokens, i)):
        return i
    return _compound(page, i)


def _compound(page: Page, i: int) -> int:
    """The token after a word with a capital and the small words that go on with it: "Quản lý đấu thầu".

    A person's or place's name has a capital on each syllable ("Lê Lợi"), so a small letter after one capital means a
    common noun whose end the lexicon does not know: it ends before a verb, at most six words on.
    """
    tokens, end = page.tokens, i + 1
    syllable = tokens.written(i, end)
    if syllable.isupper() or not _SYLLABLE.fullmatch(fold(syllable)):
        return end
    if tokens.at(i - 1) not in ("và", "-", "&") and not _ends_known(
        page, i
    ):  # "Bắc sông Mã | tiêu nước": "Mã" goes on with a proper name
        return end
    while end < len(tokens) and end - i <= 6 and tokens.low[end].isalpha() and not tokens.is_capital(end):
        if (page.lexicon.ends if end > i + 1 else page.lexicon.deeds).longest(tokens, end):  # "Khoa Dược | bảo đảm"
            break
        if tokens.low[end] in ("và", "các") or territory_noun(page, end) > end:
            break
        if page.lexicon.modifiers.longest(tokens, end):
            break
        end = max(end + 1, field_end(page, end, first=False))  # "Tư vấn | việc làm"
    return end


def _ends_known(page: Page, i: int) -> bool:
    """Whether a head or a field ends before *i* ("Cục | Quản lý …"), not a syllable of a proper name ("Lê | Lợi …")."""
    words = page.lexicon
    for start in range(max(0, i - 6), i):
        if any(end == i for end, _ in words.heads.every(page.tokens, start)):
            return True
        if any(end == i for end, _ in words.fields.every(page.tokens, start)):
            return True
    return False
