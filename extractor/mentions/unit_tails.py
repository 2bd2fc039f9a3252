"""What follows the name of a body or a class and belongs to it.

In: a `Page` and the token after a name. Out: the token after territory, place, modifiers, owner: "Sở Y tế | tỉnh Đồng
Nai", "các cơ quan, đơn vị | có liên quan", "Phòng Quản lý đô thị | thuộc UBND thành phố Kon Tum".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.mentions.unit_names import core
from extractor.mentions.unit_page import own_body
from extractor.mentions.unit_territory import proper_name, province, territory, territory_noun

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Page

_HIGHEST = frozenset({"sở", "bộ", "ubmttq", "hội", "liên", "hiệp", "báo", "đài", "bảo", "kho", "tòa", "tỉnh"})
# Which bodies stand within which: a room within a centre within a sở, never the other way round.
_RANKS = (
    dict.fromkeys(("phòng", "khoa", "tổ", "đội", "trạm"), 1)
    | dict.fromkeys(("trung", "chi", "trường", "hạt", "đồn", "nhà"), 2)
    | dict.fromkeys(("ubnd", "sở"), 3)
)
_GUESTS = frozenset({"công", "đoàn", "chi", "hội", "đảng", "ban"})
_HOSTS = frozenset(
    {"bệnh viện", "nhà trường", "trường", "công ty", "cơ quan", "xí nghiệp", "trung tâm", "doanh nghiệp"}
)
_NAMED_REGIONS = frozenset({"khu vực", "liên xã", "liên huyện", "liên phường", "cơ sở"})
_HELD = frozenset({"viên", "lượng", "việc"})
_WORKS = frozenset({"dự án", "công trình", "đề án", "tuyến đường"})  # "dự", "trình" alone are verbs
_BELONGS = frozenset({"thuộc", "của", "tại"})


def tail(page: Page, end: int, *, group: bool, start: int = -1) -> tuple[int, bool]:
    """Follows territory, places and modifiers after a name.

    Args:
        page: the text.
        start: the name's first token; -1: not known.
        end: the token after the name or class noun.
        group: the name is a class, which takes more modifiers ("liên quan", "của Sở Y tế").

    Returns:
        The token after all of them, and whether one of them closes a list ("các cơ quan, đơn vị … liên quan").
    """
    closed = False
    for _ in range(6):
        after, closing = _one_more(page, start, end, group)
        if after == end:
            break
        end, closed = after, closed or closing
    return end, closed


def plural_tail(page: Page, end: int) -> int:
    """Follows what tells apart some of many bodies: "UBND các xã, phường | có rừng", "| ven biển", "| liên quan"."""
    for _ in range(3):
        after, closing = _modifier(page, end, group=True)
        if not closing:
            after = _having(page, end)
        if after == end:
            break
        end = after
    return end


def _having(page: Page, end: int) -> int:
    """The token after "có rừng", "nơi có dự án đi qua"; *end* for "có trách nhiệm", "có kế hoạch" (duties)."""
    tokens = page.tokens
    if tokens.at(end) == "nơi":
        after = _having(page, end + 1)
        return after if after > end + 1 else end
    if tokens.at(end) != "có" or page.lexicon.notes.get(f"có {tokens.at(end + 1)} {tokens.at(end + 2)}") is not None:
        return end
    at = end + 1
    while at < len(tokens) and at - end <= 5 and tokens.low[at].isalpha():
        if f"{tokens.at(at)} {tokens.at(at + 1)}" in _WORKS:
            at += 2
            continue
        if tokens.low[at] in ("và", "các") or page.lexicon.acts.longest(tokens, at):
            break
        at += 1
    return at if at > end + 1 else end


def _one_more(page: Page, start: int, end: int, group: bool) -> tuple[int, bool]:
    """One step of `tail`: the token after one modifier, and whether it closes a list."""
    if _numbered_region(page, end):  # "Ngân hàng Nhà nước Chi nhánh Khu vực | 14"
        return end + 1, False
    if not group and (region := _named_region(page, end)):
        return region, False
    if host := _host(page, start, end):  # "Công đoàn | bệnh viện"
        return host, False
    if not group and (branch := _branch(page, end)):
        return branch, False
    again = max(territory(page, end - 1), territory(page, end - 2))  # "UBND tỉnh" is a name, "UBND tỉnh, thành phố" too
    place = max(territory(page, end), province(page, end), again)
    if place > end:
        return place, False
    owner = _owner(page, end, group)
    if owner > end:
        return owner, True
    modified = _modifier(page, end, group)
    if modified[0] > end:
        return modified
    if group and page.tokens.at(end) == "nơi" and (here := _having(page, end)) > end:  # "các địa phương nơi có dự án"
        return here, False
    if group:
        return _members_body(page, end), False
    return _nested(page, start, end), False


def _host(page: Page, start: int, end: int) -> int:
    """The token after the house that a union or a youth union is of, in lower case: "Đoàn Thanh niên | nhà trường"."""
    tokens = page.tokens
    if start < 0 or tokens.at(start) not in _GUESTS or tokens.is_capital(end):
        return 0
    for length in (2, 1):
        if " ".join(tokens.low[end : end + length]) in _HOSTS:
            after = end + length
            return 0 if tokens.is_capital(after) else after
    return 0


def _named_region(page: Page, end: int) -> int:
    """The token after a region with a name: "Hạt Kiểm lâm | khu vực Bắc Mê", "| liên xã Mường La"; 0 if none stands."""
    tokens = page.tokens
    if f"{tokens.at(end)} {tokens.at(end + 1)}" not in _NAMED_REGIONS or not tokens.is_capital(end + 2):
        return 0
    after = proper_name(page, end + 2)
    return after if after > end + 2 else 0


def _branch(page: Page, end: int) -> int:
    """The token after the branch of a bank, an association: "Ngân hàng Nhà nước | - Chi nhánh Khu vực 4"; 0 if none."""
    tokens = page.tokens
    at = end + 1 if tokens.at(end) == "-" and not tokens.glued(end) else end
    if (tokens.at(at), tokens.at(at + 1)) != ("chi", "nhánh"):
        return 0
    at += 2
    if (tokens.at(at), tokens.at(at + 1)) == ("khu", "vực"):
        return at + 3 if _numbered_region(page, at + 2) else _named_region(page, at)
    where = max(territory(page, at), province(page, at))
    return where if where > at else proper_name(page, at) if tokens.is_capital(at) else 0


def _numbered_region(page: Page, end: int) -> bool:
    """Whether the number of a region stands at *end*, after a name that ends in "Khu vực"."""
    tokens = page.tokens
    roman = set(tokens.at(end)) <= set("ivxlc") and tokens.is_capital(end)
    return tokens.at(end - 1) == "vực" and (roman or tokens.at(end).isdigit())


def _modifier(page: Page, end: int, group: bool) -> tuple[int, bool]:
    """The token after a modifier ("có liên quan", "cấp tỉnh", "khu vực III"), and whether it closes a list."""
    tokens = page.tokens
    comma = (
        group
        and tokens.at(end) == ","
        and tokens.at(end + 1) in ("liên", "có")
        and tokens.at(end + 2) in ("quan", "liên")
    )
    found = page.lexicon.modifiers.longest(tokens, end + comma)  # "các sở, ngành, liên quan"
    if found is None or not (group or found[1].named):
        return end, False
    after = found[0]
    numbered = found[1].text == "khu vực" and (tokens.is_capital(after) or tokens.at(after).isdigit())
    return (after + 1 if numbered else after), found[1].closing


def _owner(page: Page, end: int, group: bool) -> int:
    """The token after "thuộc UBND tỉnh", "của Sở Y tế", "tại các huyện", "tại Phụ lục II", or *end*."""
    tokens = page.tokens
    word, after = tokens.at(end), tokens.at(end + 1)
    if group and word in ("tại", "theo") and (after, tokens.at(end + 2)) == ("phụ", "lục"):
        numbered = tokens.is_capital(end + 3) or tokens.at(end + 3).isdigit()
        return end + 4 if numbered else end + 3
    if not group and word == "tại":
        near = after == "các" or tokens.at(end - 1) in ("diện", "cqđd")  # "Cơ quan đại diện tại TP.HCM"
        place = max(territory(page, end + 1), province(page, end + 1)) if near else end
        return place if place > end + 1 else end
    if word == "trực" and after == "thuộc":
        start = end + 2
    elif word == "thuộc" or (group and word in _BELONGS):
        start = end + 1
    else:
        return end
    owner = max(territory(page, start), core(page, start), own_body(page, start))
    return tail(page, owner, group=False)[0] if owner > start else end


def _members_body(page: Page, end: int) -> int:
    """The token after the body in "các thành viên Ban Chỉ đạo", "lực lượng Công an", or *end*."""
    tokens = page.tokens
    return core(page, end) if tokens.at(end - 1) in _HELD and tokens.is_capital(end) else end


def _nested(page: Page, start: int, end: int) -> int:
    """The token after a room's greater body: "Phòng Nghiệp vụ Y Sở Y tế", "Cục X - Văn phòng Chính phủ", or *end*."""
    tokens = page.tokens
    if tokens.is_capital(end):
        return end if _stands_beside(page, start, end) else max(core(page, end), own_body(page, end))
    if tokens.at(end) != "-" or tokens.glued(end):
        return end
    room = any(word in ("cục", "vụ", "phòng", "tâm") for word in tokens.low[max(0, end - 12) : end])
    above = tokens.at(end + 1) in ("văn", "bộ", "ubnd", "sở", "tổng") and tokens.at(end - 1) != ","
    after = core(page, end + 1)
    return after if room and above and after > end + 1 else end


def _stands_beside(page: Page, start: int, end: int) -> bool:
    """Whether the body at *end* is another one, a comma is missing: "Sở Nội vụ | Hội Nông dân tỉnh".

    A body that has no other above it, or whose territory is told already, is no room of the next.
    """
    tokens = page.tokens
    if tokens.at(end) == "sở" and _is_department(page, end):
        return True
    told = end in (territory_noun(page, end - 1), territory_noun(page, end - 2))
    if told and core(page, end) > end:  # "BQL các khu công nghiệp tỉnh | Sở Xây dựng"
        return True
    if tokens.at(start) in _HIGHEST and core(page, end) > end:
        return True
    own, other = _RANKS.get(tokens.at(start), 0), _RANKS.get(tokens.at(end), 0)
    return start >= 0 and 0 < other <= own and core(page, end) > end  # "UBND xã Quảng Điền | Trung tâm Văn hóa"


def _is_department(page: Page, end: int) -> bool:
    """Whether the name before token *end* is itself a Sở: two Sở side by side are two, a comma is missing."""
    return "sở" in page.tokens.low[max(0, end - 8) : end] and "phòng" not in page.tokens.low[max(0, end - 8) : end]
