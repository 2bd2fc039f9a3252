"""Numbers with what they count: "từ 70-80%", "4,2 triệu thửa đất", "01 (một) lớp tập huấn", "300 mẫu đo/xã/tháng".

In: a text in lower case with new tones, with all that is no quantity blanked (`hide`). Out: `Amount`s in order.

>>> [(amount.value, amount.unit) for amount in amounts("tối thiểu 1.500 hồ sơ và 70-80% số xã")]
[(1500.0, 'hồ sơ'), (70.0, '%')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.mentions.target_words import Sense, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Stands for a character of a date, a law's number and the like: neither letter, digit, space nor punctuation.
HIDDEN = "¤"

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+[.,]\d+|\d+)"
_PERCENT = r"(?: ?%| ?‰| +phần trăm)"
_AMOUNT = re.compile(  # no white space but spaces: a number does not go over the end of an item
    rf"(?<![^\W_])(?<![^\W_][-/.])(?P<low>{_NUMBER})(?P<low_mark>{_PERCENT})?"
    rf"(?:(?: ?[-–—÷] ?| +(?:đến|tới) +)(?P<high>{_NUMBER})| ?/ ?(?P<total>{_NUMBER}))?"
    rf"(?: +(?P<scale>nghìn|ngàn|vạn|triệu|tỷ|tỉ)(?![^\W_]))?(?P<mark>{_PERCENT})?"
)
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_SPELT = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_SPELT_AMOUNT = re.compile(
    rf"(?<![^\W_])(?:tối thiểu|ít nhất|không quá|tối đa)\s+(?:là\s+|có\s+|phải\s+|từ\s+)?"
    rf"(?P<spelt>{'|'.join(_SPELT)})\s+(?!trong\s|số\s|phần\s|cửa)"
)
# "01 (một) lớp", "100% (khoảng 2.729) thôn", "80% (tương đương 160 xã)": the same number told again.
_RETOLD = re.compile(
    r"\s*\((?:(?:(?:khoảng|tương đương|tương ứng|bằng chữ|gần|với|là|:)\s*)+[\d.,/]+\s?%?(?:\s+[^\W\d_]+){0,4}"
    r"|[\d.,]+\s?/\s?[\d.,]+(?:\s+[^\W\d_]+){0,4}|[\d.,]+\s?%?"
    r"|(?:(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|lăm|trăm|nghìn|linh|lẻ|phần)\s*)+)\s*\)"
)
_RANK = re.compile(
    r"(?<![^\W_])(?:(?P<group>top|tốp|nhóm)\s+(?P<place>\d{1,2})(?![\d.,%])"
    r"|(?:xếp|đứng|hạng|vị trí|thứ hạng|xếp hạng)(?:\s+(?:hạng|thứ|ở|vị trí|nhất|từ|trong|khoảng))*"
    r"\s+(?P<rank>\d{1,2})(?:/\d{1,2})?(?![\d.,%]))"
)
# "nhóm 10 tỉnh, thành phố dẫn đầu" is a rank, "nhóm 05 thủ tục" is none.
_LEADING = re.compile(r"[^.;]{0,60}?(?:dẫn đầu|đứng đầu|cao nhất|hàng đầu|tốt nhất|đầu cả nước|đầu toàn quốc)")
_OPEN_NOUN = re.compile(r" (?!trở )([^\W\d_]+(?:\s[^\W\d_]+)?)(?![^\W_])")
_ATTACHED = ("unit", "money", "time")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts.

    Attributes:
        start: where its first digit, or the word "top" or "xếp", stands.
        number_end: behind the number, its scale and its "%".
        end: behind the measure.
        value: the number; of a range the lower end.
        ranged: whether it is a range, or the first places of a ranking.
        unit_start: where the measure begins; it ends at `end`.
        sense: what kind of measure it is; None if unknown.
        unit: the measure in lower case, "%" for percentages; None for ranks and bare numbers.
        total: of how many, in "20/24 xã".
    """

    start: int
    number_end: int
    end: int
    value: float
    ranged: bool
    unit_start: int
    sense: Sense | None
    unit: str | None
    total: float | None = None


def hide(flat: str, ranges: Iterable[tuple[int, int]], filler: str = HIDDEN) -> str:
    """*flat* with the characters of *ranges* replaced by *filler*; the length stays."""
    characters = list(flat)
    for start, end in ranges:
        for at in range(max(0, start), min(end, len(characters))):
            characters[at] = filler
    return "".join(characters)


def number(written: str) -> float:
    """The value of a number as written: "1.500" is 1500, "11.39" is 11.39, "0,5" is 0.5, "1.234,5" is 1234.5.

    A point not followed by exactly three digits is a decimal point; so is one after a lone zero ("0.500").
    """
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", written):
        written = written.replace(",", "")
    return float(written.replace(",", "."))


def amounts(flat: str) -> list[Amount]:
    """All amounts of *flat*, in order, none overlapping."""
    ranks = {match.start("place" if match["place"] else "rank"): match for match in _ranks(flat)}
    found: list[Amount] = []
    at = 0
    while (match := _AMOUNT.search(flat, at)) is not None:
        if match.start() in ranks:
            found.append(_rank(ranks[match.start()]))
            at = ranks[match.start()].end()
            continue
        amount = _amount(flat, match)
        if amount is not None:
            found.append(amount)
        at = amount.end if amount is not None else match.end("low")
    found += [amount for match in _SPELT_AMOUNT.finditer(flat) if (amount := _spelt(flat, match)) is not None]
    return sorted(found, key=lambda amount: amount.start)


def _ranks(flat: str) -> Iterator[re.Match[str]]:
    for match in _RANK.finditer(flat):
        if match["group"] != "nhóm" or _LEADING.match(flat, match.end()):
            yield match


def _rank(match: re.Match[str]) -> Amount:
    """ "Top 10" and "xếp thứ 12/63": a place in a ranking."""
    place = match["place"] or match["rank"]
    return Amount(
        match.start(), match.end(), match.end(), float(place), bool(match["place"]), match.end(), "rank", None
    )


def _amount(flat: str, match: re.Match[str]) -> Amount | None:
    """The amount at *match*, or None where the digits belong to something else ("4G", "1080p", "12.5.3")."""
    low, high = match["low"], match["high"]
    end, mark, scale = match.end(), match["mark"], match["scale"]
    if high and (number(high) <= number(low) or (match["low_mark"] and not mark)):
        return _plain(flat, match)  # "100% - 15 xã" is no range
    if match["total"] and (mark or scale or number(match["total"]) < number(low)):
        return None
    value = number(low)
    if mark or (match["low_mark"] and not high):
        unit = "‰" if "‰" in (mark or match["low_mark"]) else "%"
        return Amount(match.start(), end, _retold(flat, _rated(flat, end)), value, bool(high), end, "percent", unit)
    amount = _counted(flat, match.start(), end, value, bool(high), scale)
    return replace(amount, total=number(match["total"])) if amount and match["total"] else amount


def _plain(flat: str, match: re.Match[str]) -> Amount | None:
    """The first number of what is no range after all."""
    value, end = number(match["low"]), match.end("low_mark") if match["low_mark"] else match.end("low")
    if match["low_mark"]:
        return Amount(match.start(), end, _retold(flat, _rated(flat, end)), value, False, end, "percent", "%")
    return _counted(flat, match.start(), end, value, False, None)


def _retold(flat: str, end: int) -> int:
    """Behind a bracket that tells the number again, if one follows."""
    match = _RETOLD.match(flat, end)
    return match.end() if match else end


def _rated(flat: str, end: int) -> int:
    """Behind the rates that follow a measure: "/năm", "/xã/tháng"."""
    while (match := words().rate.match(flat, end)) is not None:
        end = match.end()
    return end


def _counted(flat: str, start: int, end: int, value: float, ranged: bool, scale: str | None) -> Amount | None:
    """An amount of something that is no percentage."""
    if re.match(rf"[/.,-]?\d|[-/][^\W\d_]|{HIDDEN}", flat[end : end + 2]):
        return None
    at = _retold(flat, end)
    unit_start = at
    while flat[unit_start : unit_start + 1] == " ":
        unit_start += 1
    match = words().measure.match(flat, unit_start)
    sense = words().senses[" ".join(match[1].split())] if match else None
    if unit_start == end and end < len(flat) and flat[end].isalnum() and sense not in _ATTACHED:
        return None  # "4g", "1080p"
    if scale and sense == "money":
        unit_start = flat.rindex(scale, start, end)
        end = unit_start
    elif scale and (match or (scale != "tỷ" and _OPEN_NOUN.match(flat, at))):
        value *= _SCALES[scale]
    elif scale:  # "vốn 50.000 tỷ": money without its last word
        unit_start = flat.rindex(scale, start, end)
        return Amount(start, unit_start, _rated(flat, end), value, ranged, unit_start, "money", scale)
    if match is None:
        return _unknown(flat, start, end, at, value, ranged)
    stop = _rated(flat, _listed(flat, match.end(), sense))
    return Amount(start, end, stop, round(value, 6), ranged, unit_start, sense, flat[unit_start:stop])


def _unknown(flat: str, start: int, end: int, at: int, value: float, ranged: bool) -> Amount:
    """An amount whose measure is not in the lexicon: its unit is the word or two behind it, if there are any."""
    noun = _OPEN_NOUN.match(flat, at)
    if noun is None or words().is_cue(noun[1]):
        return Amount(start, end, end, round(value, 6), ranged, end, None, None)
    stop = _rated(flat, noun.end(1))
    return Amount(start, end, stop, round(value, 6), ranged, noun.start(1), None, flat[noun.start(1) : stop])


def _listed(flat: str, end: int, sense: Sense | None) -> int:
    """Behind a list of nouns under one number: "126 xã, phường", "10 hoạt động/điểm du lịch"."""
    while sense in ("person", "body", "product", "matter"):
        separator = re.match(r"\s?/\s?|,\s|\s(?:và|hoặc)\s", flat[end:])
        noun = words().noun.match(flat, end + separator.end()) if separator else None
        if noun is None:
            return end
        end = noun.end()
    return end


def _spelt(flat: str, match: re.Match[str]) -> Amount | None:
    """ "ít nhất một lớp": a number in words, taken only after a bound and before a known measure."""
    noun = words().measure.match(flat, match.end())
    if noun is None:
        return None
    sense = words().senses[" ".join(noun[1].split())]
    stop = _rated(flat, _listed(flat, noun.end(), sense))
    end = match.end("spelt")
    return Amount(
        match.start("spelt"),
        end,
        stop,
        float(_SPELT[match["spelt"]]),
        False,
        noun.start(),
        sense,
        flat[noun.start() : stop],
    )
