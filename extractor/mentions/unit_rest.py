"""The words after a unit's known name: part of the name, or a cue, a note, a deed.

In: a `Page`, a `Found`, the token where its entry ends at the latest. Out: whether the rest belongs to it: "Trung tâm
Giám định chất lượng | xây dựng" does, "UBND các xã | trực tiếp triển khai" does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.mentions.unit_page import opens_unit

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Found, Page

SEPARATORS = frozenset({",", "và", "&", "/", "cùng", "hoặc", "-", "+"})
HARD = frozenset({";", "\n", "|", "•"})
OWNED = frozenset({"phòng", "p", "p.", "khoa", "đội", "trường", "viện", "thư"})
_WHERE = frozenset({"phụ", "thuộc", "tại", "ở", "khu", "chi", "cơ", "khối", "các"})
# "Cục Xuất bản, In và Phát hành", "Phòng Thanh tra, Pháp chế và Khảo thí"
_NAMED_BY_THREE = frozenset({"cục", "vụ", "viện", "phòng", "ban", "khoa"})
_NAMED_BY_FIELDS = OWNED | _NAMED_BY_THREE | {"học", "trung", "chi"}
_LONGEST_REST = 10  # words of a name after what the lexicon knows of it


def third_of_name(page: Page, at: int, unit: Found) -> bool:
    """Whether the separator at *at* stands in a name of three fields: "Cục Xuất bản | , In và Phát hành"."""
    tokens = page.tokens
    if tokens.low[unit.first] not in _NAMED_BY_THREE or unit.kind == "class":
        return False
    end = at
    while end < len(tokens) and tokens.low[end] not in HARD and end - unit.last < _LONGEST_REST:
        end += 1
    inner = [word for word in tokens.low[unit.last : end] if word in SEPARATORS]
    again = tokens.low[unit.first]  # "Phòng Quản lý thể dục, thể thao | , Phòng Quản lý văn hóa và gia đình"
    begun = any(opens_unit(page, i) or tokens.low[i] == again for i in range(unit.last, end))
    return inner[:2] == [",", "và"] and len(inner) == 2 and not begun


def _goes_on_by_dash(page: Page, unit: Found, end: int) -> bool:
    """Whether a field follows after a dash, or more numbers: "Ban Tuyên giáo | - Nữ công", "Khu phố 1 | , 2"."""
    tokens = page.tokens
    rest = tokens.low[unit.last : end]
    if tokens.low[unit.last - 1].isdigit() and all(word.isdigit() or word in SEPARATORS for word in rest):
        return True
    spaced = rest[:1] == ("-",) and not tokens.glued(unit.last)
    named = unit.kind == "named" and tokens.low[unit.first] in page.lexicon.named_by_work | OWNED
    small = not any(tokens.is_capital(at) for at in range(unit.first + 1, unit.last))  # "Công chức tư pháp | - hộ tịch"
    return spaced and named and (small or tokens.is_capital(unit.last + 1)) and len(rest) <= _LONGEST_REST


def manages(page: Page, unit: Found, at: int) -> bool:
    """Whether the entry is a board that manages several things: "Ban Quản lý Khu công nghệ cao | và các khu"."""
    words = page.tokens.low[unit.first : at]
    return words[:1] == ("bql",) or words[:3] == ("ban", "quản", "lý")


def advises(page: Page, unit: Found) -> bool:
    """Whether a class of bodies is told by whom it advises: "Các ban | tham mưu Đảng ủy"."""
    tokens = page.tokens
    advises = (tokens.at(unit.last), tokens.at(unit.last + 1)) == ("tham", "mưu")
    return unit.group and advises and tokens.is_capital(unit.last + 2)


def _more_fields(page: Page, unit: Found, end: int) -> bool:
    """Whether fields in small letters go on with a name: "Phòng Vật tư | , thiết bị y tế", "Vụ Giáo dục | và đào tạo".

    Each begins with no note and no deed, but the deeds that stand in names ("Học viện Quản lý, | bồi dưỡng cán bộ").
    """
    tokens, words = page.tokens, page.lexicon
    small = all(word in (",", "và") or (word.isalpha() and not tokens.is_capital(at))
                for at, word in enumerate(tokens.low[unit.last : end], unit.last))  # fmt: skip
    if unit.kind == "class" or tokens.low[unit.first] not in _NAMED_BY_FIELDS or not small:
        return False
    starts = [at + 1 for at in range(unit.last, end) if tokens.low[at] in (",", "và")]
    if not starts or end - unit.last > _LONGEST_REST or tokens.at(end - 1) in (",", "và"):
        return False
    begun = (unit.last, *starts) if tokens.at(unit.last) not in (",", "và") else starts
    return not any(
        tokens.at(at) in words.notes
        or (words.ends.longest(tokens, at) is not None and not _named_work(page, at))
        or words.offices.longest(tokens, at) is not None
        for at in begun
    )


def takes_rest(page: Page, unit: Found, end: int) -> bool:
    """Whether the words between a known name and the next separator belong to the entry, not a cue or a note."""
    tokens = page.tokens
    word = tokens.at(unit.last)
    if end > unit.last and (manages(page, unit, end) or advises(page, unit) or _goes_on_by_dash(page, unit, end)):
        return True
    if end > unit.last and (third_of_name(page, unit.last, unit) or _more_fields(page, unit, end)):
        return True
    if end <= unit.last or word == ":" or (word in SEPARATORS and not unit.attributed):
        return False
    note = page.lexicon.notes.get(word)
    if unit.kind == "class":
        duty = word == "có" and tokens.at(unit.last + 1) == "trách"
        return not duty and (note is None or note)
    having = "có" in tokens.low[unit.first : unit.last] or (word == "có" and tokens.at(unit.last + 1) != "trách")
    if unit.group and having:  # "UBND các xã có diện tích trồng từ 30 ha"
        return True
    field = page.lexicon.fields.longest(tokens, unit.last)
    if field and field[0] == end and not tokens.is_capital(unit.last):  # "Trung tâm Giám định chất lượng | xây dựng"
        return True
    if _works_on(page, unit, end):
        return True
    if page.lexicon.ends.longest(tokens, unit.last):  # "UBND các xã trực tiếp triển khai": a sentence, not a name
        return False
    return note is None and (unit.group or tokens.is_capital(unit.last) or word.isdigit() or word in _WHERE)


def _works_on(page: Page, unit: Found, end: int) -> bool:
    """Whether small words up to *end* go on with a name made of work: "Ban chỉ huy | liên đội", no deed or note."""
    tokens = page.tokens
    first, word = tokens.low[unit.first], tokens.at(unit.last)
    words = page.lexicon
    if first not in words.named_by_work or f"{first} {tokens.at(unit.first + 1)}" in words.closed_names:
        return False
    if end - unit.last > _LONGEST_REST or not all(tokens.low[i].isalpha() for i in range(unit.last, end)):
        return any(tokens.low[i] in SEPARATORS for i in range(unit.last, end)) and _named_work(page, unit.last)
    if _named_work(page, unit.last):
        return True
    if unit.kind == "class" or word in words.notes or words.ends.longest(tokens, unit.last):
        return False
    return not tokens.is_capital(unit.last)


def _named_work(page: Page, at: int) -> bool:
    """Whether one of the verbs that stand in names begins at token *at*."""
    return f"{page.tokens.at(at)} {page.tokens.at(at + 1)}" in page.lexicon.work_in_names
