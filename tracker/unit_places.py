"""The place that a unit's name ends with: "tỉnh Đồng Nai", "TP.HCM", "thành phố Biên Hòa".

In: a unit's plain name (`unit_names.plain`). Out: its words before the place, and the place: a province or city under
the centre under all its spellings, or a city below that. A place of 2025's mergers and its successor are two places:
which duties passed on is for a clerk to say, with a short name; only a province that was renamed whole stays the same.

Example: "so y te tp hcm" → "so y te", Thành phố Hồ Chí Minh.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_LEVEL = re.compile(r"^(.*?) ?\b(tinh|thanh pho|tp)$")
_CITY = re.compile(r"^(.+?) (?:thanh pho|tp) (.+)$")
_BELOW = re.compile(r"(?:^| )(?:huyen|quan|thi xa|thi tran|xa|phuong|dac khu|thon|khu pho|duong|cau|song)$")
"""What a province's name after these words is not: "UBND xã Hòa Bình" is no unit of the province of Hòa Bình."""
_RENAMED = {"thua-thien-hue": "hue"}
"""Nghị quyết 175/2024/QH15: the whole province became a city under the centre."""
_LONGEST = 5


class Named(NamedTuple):
    """A place: its name, and whether it is a province or city under the centre.

    Example: Named("dong-nai", True), Named("bien hoa", False).
    """

    key: str
    is_province: bool


class Ending(NamedTuple):
    """A plain name apart from its place; `level` is the word before a province ("tinh", "thanh pho") or ""."""

    before: str
    level: str
    place: Named


def ending(plain_name: str) -> Ending | None:
    """The place at the end of a plain name; None where none is known.

    >>> ending("cong an tinh dong nai")
    Ending(before='cong an', level='tinh', place=Named(key='dong-nai', is_province=True))
    >>> ending("phong y te tp bien hoa")
    Ending(before='phong y te', level='thanh pho', place=Named(key='bien hoa', is_province=False))
    """
    words = plain_name.split()
    for count in range(min(_LONGEST, len(words) - 1), 0, -1):
        known = _provinces().get(" ".join(words[-count:]))
        if known is None:
            continue
        key, kind = known
        rest = " ".join(words[:-count])
        if _BELOW.search(rest):
            return None
        level = _LEVEL.match(rest)
        if level is None:
            return Ending(rest, "", Named(key, True))
        written = "tinh" if level[2] == "tinh" else "thanh pho"
        if written == "tinh" or kind == "thanh pho":
            return Ending(level[1], written, Named(key, True))
        break  # "thành phố Bắc Ninh" is a city in the province of that name
    city = _CITY.match(plain_name)
    return Ending(city[1], "thanh pho", Named(city[2], False)) if city else None


@cache
def _provinces() -> dict[str, tuple[str, str]]:
    """Key and kind of each province, of today and of before, by its plain names."""
    from extractor.document.header_place import all_provinces  # YAML: only where a name is looked up
    from extractor.text import fold

    found = {}
    for province in all_provinces():
        known = (_RENAMED.get(province.key, province.key), fold(province.kind))
        for name in (province.name, *province.aliases):
            folded = fold(name)
            found[" ".join(re.findall(r"\w+", folded))] = known
            found[" ".join(re.findall(r"\w+", re.sub(r"\s*[-–]\s*", "", folded)))] = known
    return found
