"""The ways to write a point of the calendar: "ngày 15/4/2026", "Quý III/2021", "tuần 2 tháng 3", "cuối năm".

In: folded text and a position. Out: the longest `Point` that starts there, and its end.

>>> point("quý iii/2021", 0)[0].period(None).end.isoformat()
'2021-09-30'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.mentions.deadline_points import Point
from extractor.mentions.deadline_words import NUMBER_WORDS, QUARTER, WEEKDAY, compiled, count, roman

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

_YEAR = r"(?P<y>(?:19|20)\d\d)(?![\d/])"
# also "/26", of this century
_ANY_YEAR = r"(?P<y>(?:19|20)\d\d|(?<=/)2\d)(?![\d/])"
_OF_YEAR = rf"(?:(?:\s*(?:[/.\-]|,?\s*(?:của )?năm(?: (?=\d))?)\s*| (?=20\d\d)){_ANY_YEAR})?"
_D = r"(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
_M = r"(?P<m>0?[1-9]|1[0-2])(?!\d)"
_Q = r"(?P<q>[il|]|[il|1]{2,3}|[il|1]v|0?[1-4])(?!\w)"
# "tháng Năm năm 2026", "tháng Chạp": a month in words needs its year, or "tháng, năm" would be a month
_M_WORDS = r"(?P<mw>giêng|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười(?: một| hai)?|chạp)"
_OF = r"\s*[,/]?\s*(?:của )?"
_PART = r"(?P<part>thượng tuần|trung tuần|hạ tuần|nửa đầu|nửa cuối|đầu|giữa|cuối)"
_ORDINAL = rf"(?:thứ )?(?P<n>0?[1-5]|i{{1,3}}|iv|v|{NUMBER_WORDS}|nhất|nhì|đầu tiên|đầu|cuối cùng|cuối)(?!\w)"


def _year(value: str | None) -> int | None:
    """Two digits are of this century: "30/8/26"."""
    return None if not value else int(value) + (2000 if len(value) == 2 else 0)


def _month_word(word: str) -> int:
    if word == "chạp":
        return 12
    return (
        1
        if word == "giêng"
        else {"mười": 10, "mười một": 11, "mười hai": 12}.get(" ".join(word.split())) or count(word)
    )


def _ordinal(word: str) -> int:
    """Week 1 to 5 of "thứ 2", "II", "hai", "đầu tiên"; 6 is the last."""
    if word.startswith(("đầu", "nhất")):
        return 1
    if word.startswith("cuối"):
        return 6
    return {"nhì": 2, "iv": 4, "v": 5}.get(word) or (roman(word) if word[0] == "i" else count(word))


def _day(m: re.Match[str]) -> Point:
    keyed = m[0].startswith(("ngày", "m", "hôm")) or "tháng" in m[0]
    return Point("day", _year(m["y"]), int(m["m"]), int(m["d"]), keyed=keyed)


def _week_of_month(m: re.Match[str]) -> Point:
    return Point("week", _year(m["y"]), int(m["m"]), number=_ordinal(m["n"]))


def _months_of_year(m: re.Match[str]) -> Point | None:
    """As in "6 tháng đầu năm 2024", "3 tháng cuối năm", "những tháng cuối năm"."""
    number = 6 if m["n"] in ("những", "các") else count(m["n"])
    if not 1 <= number <= 11 or (m["n"] in ("những", "các") and m["side"] == "đầu"):
        return None
    first, last = (1, number) if m["side"] == "đầu" else (13 - number, 12)
    return Point("months", _year(m["y"]), number=last, first=first)


def _school_year(m: re.Match[str]) -> Point | None:
    first = int(m["y"])
    term = roman(m["term"]) if m["term"] else 2
    return Point("school_year", first, number=term, part=m["part"]) if int(m["z"]) == first + 1 else None


@dataclass(frozen=True, slots=True)
class PointRule:
    """A way to write a point: its pattern, and what a match means."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Point | None]


_DAY_WORD = r"(?:(?:ngày|hôm)\s*)?(?:(?:mồng|mùng)\s*)?"
_NOT_MORE = r"(?!\d|[/.,]\d|-(?:19|20)\d\d|\s*%|\s*/\s*\d)"
POINT_RULES: tuple[PointRule, ...] = (
    # "ngày 15/4/2026", "30.8.2026", "05-12-2026", "ngày 5/ 12/ 2026", "30/8/26"
    PointRule(
        "day_month_year",
        compiled(rf"{_DAY_WORD}(?<![\d/.,]){_D}\s*(?P<s>[/.\-])\s*{_M}\s*(?P=s)\s*(?P<y>(?:19|20)\d\d|\d\d)(?![\d/])"),
        _day,
    ),
    # "2026-08-30", as sheets and programs write it
    PointRule("iso_day", compiled(r"(?<![\d/.,\-])(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)(?![\d\-])"), _day),
    # "ngày 05 tháng 12 năm 2026", "ngày 15 tháng 6"
    PointRule(
        "day_in_words",
        compiled(rf"(?:ngày|mồng|mùng)\s*(?:mồng|mùng)?\s*{_D}\s*,?\s*tháng\s*{_M}{_OF_YEAR}"),
        _day,
    ),
    # "chậm nhất đến 30 tháng 6", "trước 15 tháng 9 năm 2026"
    PointRule(
        "day_without_its_word",
        compiled(rf"(?:(?<=đến\s)|(?<=trước\s)|(?<=nhất\s)){_D} tháng {_M}{_OF_YEAR}"),
        _day,
    ),
    # "ngày 10 tháng Mười năm 2026"
    PointRule(
        "day_of_named_month",
        compiled(rf"(?:ngày|mồng|mùng)\s*(?:mồng|mùng)?\s*{_D} tháng {_M_WORDS} năm {_YEAR}"),
        lambda m: Point("day", int(m["y"]), _month_word(m["mw"]), int(m["d"])),
    ),
    # "từ 05 tháng 12 năm 2026": without "ngày" only where the year stands with it
    PointRule("day_without_key", compiled(rf"(?<![\d/.,]){_D} tháng\s*{_M}(?: năm |\s*/\s*){_YEAR}"), _day),
    # "ngày 15/6", "05/12", "ngày 15/6 năm 2026"; "24/7" is round the clock
    PointRule(
        "day_month",
        compiled(rf"{_DAY_WORD}(?<![\d/.,]){_D}\s*/\s*{_M}{_NOT_MORE}(?:\s*,?\s*năm\s*(?P<y>20\d\d)(?!\d))?"),
        lambda m: None if m[0] == "24/7" else _day(m),
    ),
    # "ngày 15.6", "ngày 15-6": another separator only after "ngày"
    PointRule("day_dot_month", compiled(rf"ngày\s*{_D}[.\-]{_M}(?P<y>)(?![/.,\-]?\d|\s*/)"), _day),
    # "tháng 7/2021", "tháng 07 năm 2021", "T7/2021", "cuối tháng 5", "trung tuần tháng 10"
    PointRule(
        "month",
        compiled(
            rf"(?:{_PART}{_OF})?(?:tháng|(?P<short>t)\.?(?=\d{{1,2}}(?:\s*-\s*t?\d{{1,2}})?\s*[/.\-]\s*20))\s*{_M}"
            rf"(?!\s*/\s*\d{{1,2}}(?!\d)){_OF_YEAR}"
        ),
        lambda m: Point("month", _year(m["y"]), int(m["m"]), part=m["part"], keyed=not m["short"]),
    ),
    PointRule(
        "month_in_words",
        compiled(rf"(?:{_PART}{_OF})?tháng {_M_WORDS}(?: năm |\s*/\s*){_YEAR}"),
        lambda m: Point("month", int(m["y"]), _month_word(m["mw"]), part=m["part"]),
    ),
    # "12/2026" in a cell
    PointRule(
        "month_year",
        compiled(rf"(?<![\d/.,]){_M}\s*[/.\-]\s*{_YEAR}"),
        lambda m: Point("month", int(m["y"]), int(m["m"]), keyed=False),
    ),
    # "tuần 2 tháng 3/2024", "tuần thứ tư của tháng 9", "tuần cuối tháng 12"
    PointRule("week", compiled(rf"tuần\s*{_ORDINAL}{_OF}(?:trong )?tháng\s*{_M}{_OF_YEAR}"), _week_of_month),
    # "tuần 1/5/2026": the first week of May
    PointRule("week_in_figures", compiled(rf"tuần\s*(?P<n>[1-5])\s*/\s*{_M}\s*/\s*{_YEAR}"), _week_of_month),
    # "tháng cuối năm 2024", "tháng cuối cùng của năm 2024"
    PointRule(
        "last_month_of_year",
        compiled(rf"tháng (?P<side>đầu|cuối)(?: tiên| cùng)?(?: của)? năm(?: {_YEAR})?"),
        lambda m: Point("month", _year(m["y"]), 1 if m["side"] == "đầu" else 12),
    ),
    # "6 tháng đầu năm 2024", "sáu tháng cuối năm", "những tháng cuối năm"
    PointRule(
        "months_of_year",
        compiled(
            rf"(?P<n>\d{{1,2}}|{NUMBER_WORDS}|những|các) tháng (?P<side>đầu|cuối)(?: của)? năm(?!\s*học)(?: {_YEAR})?"
        ),
        _months_of_year,
    ),
    # "tháng đầu quý III", "tháng cuối của quý IV/2026"
    PointRule(
        "month_of_quarter",
        compiled(rf"tháng (?P<side>đầu|cuối)(?: tiên| cùng)?(?: của)? {QUARTER}\s*{_Q}{_OF_YEAR}"),
        lambda m: Point("month", _year(m["y"]), 3 * roman(m["q"]) - (2 if m["side"] == "đầu" else 0)),
    ),
    # "Quý III/2021", "quí 3 năm 2021", "Q.IV/2023", "đầu quý II"
    PointRule(
        "quarter",
        compiled(rf"(?:{_PART}{_OF})?{QUARTER}\s*{_Q}{_OF_YEAR}"),
        lambda m: Point("quarter", _year(m["y"]), number=roman(m["q"]), part=m["part"]),
    ),
    # "II/2026" in a column of quarters
    PointRule(
        "roman_quarter",
        compiled(rf"(?<!\w)(?P<q>i{{1,3}}|iv)\s*/\s*{_YEAR}"),
        lambda m: Point("quarter", int(m["y"]), number=roman(m["q"]), keyed=False),
    ),
    # "năm học 2025-2026", "học kỳ I năm học 2026-2027"
    PointRule(
        "school_year",
        compiled(
            r"(?:(?:học kỳ|hk)\s*(?P<term>ii?|1|2),? )?(?:(?P<part>đầu|giữa|cuối) )?"
            r"năm học\s*(?P<y>20\d\d)\s*-\s*(?P<z>20\d\d)(?!\d)"
        ),
        _school_year,
    ),
    # "năm 2022", "cuối năm 2024", "nửa đầu năm 2025"
    PointRule(
        "year",
        compiled(rf"(?:{_PART}{_OF})?năm\s*{_YEAR}"),
        lambda m: Point("year", int(m["y"]), part=m["part"]),
    ),
    # "cuối năm", "giữa năm nay": the year is the document's
    PointRule(
        "part_of_year",
        compiled(rf"{_PART} năm(?: nay)?(?!\s*(?:học|\d))(?!\w)"),
        lambda m: Point("year", part=m["part"]),
    ),
    PointRule(
        "bare_year",
        compiled(rf"(?<![\d/.,]){_YEAR}(?![.,]?\d|%)"),
        lambda m: Point("year", int(m["y"]), keyed=False),
    ),
)

# What may follow a connector and take its kind from the point before it: "Quý I - II/2023", "tháng 7, 8/2026";
# "trong tháng 7, 8 đơn vị" counts units, not months.
_CLOSED = r"(?=\s*(?:[,;.)(\-/:]|và |năm|h[ằà]ng|mỗi|đến|tới|$))"
_CONTINUATIONS: dict[str, PointRule] = {
    "quarter": PointRule(
        "next_quarter",
        compiled(rf"{_Q}{_OF_YEAR}"),
        lambda m: Point("quarter", _year(m["y"]), number=roman(m["q"])),
    ),
    "month": PointRule(
        "next_month",
        compiled(rf"{_M}(?!\s*/\s*\d{{1,2}}(?!\d)){_OF_YEAR}{_CLOSED}"),
        lambda m: Point("month", _year(m["y"]), int(m["m"])),
    ),
    "week": PointRule(
        "next_week",
        compiled(rf"(?:tuần\s*)?{_ORDINAL}{_OF}tháng\s*{_M}{_OF_YEAR}"),
        _week_of_month,
    ),
}
# A first point that borrows its month: "từ ngày 15 đến ngày 20/7/2026", "15-20/7/2026", "tuần 1 - 2 tháng 3"
_OPEN_DAY = compiled(rf"{_DAY_WORD}(?<![\d/.,]){_D}(?!\s*[/.\d%]|\s*(?:tháng|ngày|tuần|giờ))")
_OPEN_WEEK = compiled(rf"tuần\s*{_ORDINAL}")
# "6-12/2026"
_OPEN_MONTH = compiled(rf"(?<![\d/.,]){_M}(?=\s*-\s*(?:0?[1-9]|1[0-2])\s*/\s*(?:19|20)\d\d)")
_WEEKDAY_BEFORE = compiled(rf"(?:(?:sáng|chiều|tối) )?(?:ngày )?{WEEKDAY}\s*(?:,|\()?\s*")


def point(words: str, at: int) -> tuple[Point, int] | None:
    """The longest point that starts at *at*, and its end; earlier rules win ties."""
    if named := _WEEKDAY_BEFORE.match(words, at):  # "thứ Sáu, ngày 14/8/2026", "thứ Sáu (ngày 14/8/2026)"
        inner = _plain_point(words, named.end())
        if inner and inner[0].grain == "day":
            closed = named[0].rstrip().endswith("(") and words.startswith(")", inner[1])
            return inner[0], inner[1] + closed
    return _plain_point(words, at)


def _plain_point(words: str, at: int) -> tuple[Point, int] | None:
    best: tuple[Point, int] | None = None
    for rule in POINT_RULES:
        match = rule.pattern.match(words, at)
        if match and (best is None or match.end() > best[1]) and (built := rule.build(match)):
            best = built, match.end()
    return best


def continuation(words: str, at: int, before: Point) -> tuple[Point, int] | None:
    """The point after a connector, which may leave out its key word; longest wins."""
    full = point(words, at)
    rule = _CONTINUATIONS.get(before.grain)
    match = rule.pattern.match(words, at) if rule else None
    built = rule.build(match) if rule and match else None
    if match is None or built is None:
        return full
    # "tuần 1 - 2 tháng 9/2023": a second week, though "2 tháng 9/2023" alone is a day
    weaker = full is None or (match.end() >= full[1] and (not full[0].keyed or before.grain == "week"))
    return (built, match.end()) if weaker else full


def open_point(words: str, at: int) -> tuple[Point, int] | None:
    """A day, a week or a month that is completed by the point after it."""
    if match := _OPEN_MONTH.match(words, at):
        return Point("month", month=int(match["m"]), keyed=False), match.end()
    if match := _OPEN_WEEK.match(words, at):
        return Point("week", number=_ordinal(match["n"])), match.end()
    if match := _OPEN_DAY.match(words, at):
        return Point("day", day=int(match["d"]), keyed=match[0].startswith("ngày")), match.end()
    return None
