"""Territories after the name of a body: levels, places, lists of them.

In: a `Page` and a token. Out: the token after "tỉnh", "các huyện, thị xã, thành phố", "phường Hồng Hà", "TP. Vinh".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.mentions.unit_page import opens_unit

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Page

_NOUNS = frozenset({"tỉnh", "huyện", "quận", "xã", "phường", "thôn", "ấp", "buôn"})
_PAIRS = frozenset({"thành phố", "thị xã", "thị trấn", "đặc khu", "khu phố", "khối phố"})
_BODIES = frozenset({"ủy", "đoàn", "đội"})  # "Tỉnh ủy", "Huyện đoàn" are bodies, not places
COUNTED = frozenset({"các", "từng", "mỗi", "63", "34"})
_REGIONS = frozenset({"địa phương", "khu vực"})
LISTING = frozenset({",", "và", "/", "hoặc", "cùng"})
_COUNTED_NOUNS = frozenset({"tháng", "ngày", "năm", "lần", "tuần", "giờ", "quý", "triệu", "tỷ", "%", "/", ".", "-"})
NO_NAME = frozenset(
    {"kế hoạch", "quyết định", "nghị quyết", "nghị định", "công văn", "công điện", "chỉ thị", "thông báo", "căn cứ"}
    | {"đề nghị", "yêu cầu", "báo cáo", "chủ trì", "phối hợp", "giao cho", "chủ động", "tiếp tục", "chương trình"}
)


def territory_noun(page: Page, i: int) -> int:
    """The token after a noun of territory ("thị xã", "xã" but not "xã hội"), or *i*."""
    tokens = page.tokens
    word, after = tokens.at(i), tokens.at(i + 1)
    if f"{word} {after}" in _PAIRS:
        return i + 2
    if after in _BODIES:
        return i
    if word in _NOUNS and not page.lexicon.never.longest(tokens, i):
        return i + 1
    if word in ("tp", "tx") and tokens.is_capital(i):  # "UBND TP. Vinh"
        return i + 2 if after == "." and tokens.is_capital(i + 2) else i + 1
    short = (word == "thành" and after == ",") or (word == "thị" and tokens.at(i - 1) == ",")  # "huyện, thành, thị"
    return i + 1 if short else i


def province(page: Page, i: int) -> int:
    """The token after the name of a province, written with a capital, or *i*."""
    found = page.lexicon.places.longest(page.tokens, i) if page.tokens.is_capital(i) else None
    return found[0] if found else i


def proper_name(page: Page, i: int, most: int = 4) -> int:
    """The token after up to *most* words with capitals (a place's or a person's name), or *i*."""
    tokens = page.tokens
    end = province(page, i)
    if end > i:
        return end
    if tokens.at(i).isdigit():
        return i + 1 if len(tokens.at(i)) <= 2 else i
    at = i
    while at - i <= most:
        dash = tokens.at(at) == "-" and at > i and tokens.is_capital(at + 1) and not opens_unit(page, at + 1)
        if not dash and not _is_name_word(page, at, first=at == i):
            break
        at += 1
    counted = tokens.at(at).isdigit() and len(tokens.at(at)) <= 2 and tokens.at(at + 1) not in _COUNTED_NOUNS
    return at + 1 if counted and at > i else at  # "xã A Lưới 3"


def _is_name_word(page: Page, at: int, *, first: bool) -> bool:
    """Whether the word at *at* has a capital and is neither a document's type nor the beginning of another unit."""
    tokens = page.tokens
    if not tokens.is_capital(at) or f"{tokens.low[at]} {tokens.at(at + 1)}" in NO_NAME:
        return False
    return first or not opens_unit(page, at)


def names_in_a_row(page: Page, i: int) -> list[tuple[int, int]]:
    """Names of places in a row: the tokens of each, with a noun of its own ("Hưng Yên, thành phố Huế")."""
    names: list[tuple[int, int]] = []
    at = i
    while True:
        noun = territory_noun(page, at) if names else at
        end = proper_name(page, noun) if page.tokens.is_capital(noun) and not _opens_other(page, noun) else noun
        if end == noun:
            return names
        names.append((at, end))
        at = after_comma(page, end)
        if at == end:
            return names


def _opens_other(page: Page, i: int) -> bool:
    """Whether a body, an office or a class begins at *i* ("thành phố Kon Tum, | Bí thư Tỉnh đoàn"), no place."""
    words = page.lexicon
    noun = words.classes.longest(page.tokens, i)
    own = noun is not None and not (noun[0] == i + 1 and page.tokens.is_capital(i + 1))  # "phường | Hội Phú": a name
    return own or opens_unit(page, i) or words.offices.longest(page.tokens, i) is not None


def territory(page: Page, i: int) -> int:
    """The token after "tỉnh", "các huyện, thị xã, thành phố", "phường Hồng Hà", "63 tỉnh, thành phố", or *i*."""
    tokens = page.tokens
    at = i + 1 if tokens.at(i) in COUNTED else i + 2 if (tokens.at(i), tokens.at(i + 1)) == ("một", "số") else i
    end = territory_noun(page, at)
    if end == at:  # "UBND các địa phương"
        return at + 2 if at > i and f"{tokens.at(at)} {tokens.at(at + 1)}" in _REGIONS else i
    while True:
        end = _place_of(page, end)
        after = after_comma(page, end)
        more = territory_noun(page, after) if after > end else after
        if more == after:
            return end
        end = more


def after_comma(page: Page, i: int) -> int:
    """The token after what joins the parts of a list at *i* (",", "và", ", và", "/", "-"), or *i*."""
    tokens = page.tokens
    if tokens.at(i) == "," and tokens.at(i + 1) == "và":
        return i + 2
    return i + 1 if tokens.at(i) in (",", "/", "và", "-", "hoặc") else i


def _place_of(page: Page, end: int) -> int:
    """The token after the place's name that follows a noun of territory, if any. Only a province follows "tỉnh"."""
    noun = page.tokens.at(end - 1)
    city = noun in ("phố", "tp", ".")
    if noun == "tỉnh" or (noun == "phố" and page.tokens.is_capital(end - 2)):  # "UBND Thành phố | Căn cứ …"
        return province(page, end)
    if any(after - end > 1 for after, _ in page.lexicon.heads.every(page.tokens, end)):  # "thành phố | Hiệp hội …"
        return end
    if page.tokens.is_capital(end) or (noun in ("phường", "quận") and page.tokens.at(end).isdigit()):
        after = proper_name(page, end, 3 if city else 4)
        return end if city and after - end > 2 and province(page, end) == end else after  # a person: "UBND TP Lê Văn A"
    return end
