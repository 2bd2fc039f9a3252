"""What a spreadsheet shows for the value of a cell, written the Vietnamese way.

In: a value and its number format. Out: the text on the screen: 0.125 with "0.0%" is "12,5%", 1500000 with "#,##0" is
"1.500.000", the day 2026-09-30 is "30/09/2026" and with "mm/yyyy" it is "09/2026".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

# Colours, conditions and locales: "[Red]", "[>=100]", "[$-42A]"; a currency "[$₫-42A]" keeps its sign.
_BRACKET = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_DIGITS = re.compile(r"[#0?]*[#0][#0?,]*(?:\.[#0?]*)?")
_CONTROL = re.compile(r"_x(00[01][0-9A-Fa-f])_")  # "_x000D_": a control character as the file escapes it
_MOST_DIGITS = 10  # that a cell of format General shows
_WIDEST = 15  # digits before the comma, written out also where a narrow cell shows an exponent
_MOST_DECIMALS = 15


def shown(value: object, number_format: str = "General") -> str:
    """The text that a cell shows.

    Args:
        value: as openpyxl reads it; None for an empty cell.
        number_format: such as "General", "#,##0", "dd/mm/yyyy".
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _CONTROL.sub("\n", value).replace("\n\n", "\n").replace("\r\n", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _day(value, number_format)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _day(value: datetime | date, number_format: str) -> str:
    """A day, or the month or year where the format shows no more; the hour if it shows one."""
    tokens = _BRACKET.sub("", _LITERAL.sub("", number_format.split(";")[0])).lower()
    hour = (
        isinstance(value, datetime) and "h" in tokens and (value.hour or value.minute or tokens.strip("hms:0 ") == "")
    )
    clock = f"{value:%H:%M}" if hour else ""
    if hour and not set("dy") & set(tokens):
        return clock
    if "d" in tokens or "y" not in tokens:
        day = f"{value:%d/%m/}{value.year:04}"
    else:
        day = f"{value:%m/}{value.year:04}" if "m" in tokens else f"{value.year:04}"
    return f"{day} {clock}".strip()


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a number format: what stands before and after the digits, and how they are written."""

    before: str
    after: str
    least: int
    decimals: int
    kept_decimals: int
    grouped: bool
    scale: int


def _number(value: float, number_format: str) -> str:
    """A number in its format."""
    number = Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
    if number is None:
        return ""
    sections = _sections(number_format)
    chosen = sections[0]
    if number < 0 and len(sections) > 1:
        chosen, number = sections[1], -number
    elif number == 0 and len(sections) > 2:
        chosen = sections[2]
    section = _parse(chosen)
    odd = "General" in chosen or re.search(r"[eE][+-]|[#0?]/[#0?]|@", _LITERAL.sub("", chosen))
    if odd or number.adjusted() + (abs(section.scale) if section else 0) >= _WIDEST:
        return _general(number)
    if section is None:
        return _LITERAL.sub(lambda m: m.group(1) or m.group(2) or "", chosen).replace("?", " ").strip()
    return f"{section.before}{_digits(number, section)}{section.after}".strip()


def _sections(number_format: str) -> list[str]:
    """The sections for positive numbers, negative numbers and zero."""
    parts = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', _BRACKET.sub(lambda m: f'"{m.group(1) or ""}"', number_format))
    return parts[:3]


def _parse(section: str) -> _Section | None:
    """The parts of a section; None if it shows no digits of the number."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        held.append(match.group(1) or match.group(2) or "")
        return f"\x00{len(held) - 1}\x00" if held[-1] else ""

    bare = _LITERAL.sub(keep, section)
    found = _DIGITS.search(re.sub(r"\x00\d+\x00", lambda m: "\x00" * len(m.group()), bare))
    if found is None:
        return None
    before, after = bare[: found.start()], bare[found.end() :]
    whole, _, fraction = found.group().partition(".")

    def text(part: str) -> str:
        return re.sub(r"\x00(\d+)\x00", lambda m: held[int(m.group(1))], part)

    return _Section(
        before=text(before),
        after=text(after),
        least=whole.count("0"),
        decimals=min(len(fraction), _MOST_DECIMALS),
        kept_decimals=min(fraction.count("0"), _MOST_DECIMALS),
        grouped="," in whole.rstrip(","),
        scale=2 * bare.count("%") - 3 * (len(whole) - len(whole.rstrip(","))),
    )


def _digits(number: Decimal, section: _Section) -> str:
    """The digits: a dot between thousands, a comma before the decimals."""
    scaled = number.scaleb(section.scale).quantize(Decimal(1).scaleb(-section.decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(scaled):f}".partition(".")
    while len(fraction) > section.kept_decimals and fraction.endswith("0"):
        fraction = fraction[:-1]
    whole = whole.lstrip("0").rjust(section.least, "0") if whole.strip("0") or section.least else ""
    if section.grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def _general(number: Decimal) -> str:
    """A number in no format: as many digits as a cell shows."""
    if number.is_zero():
        return "0"
    if not -_MOST_DIGITS < number.adjusted() < _WIDEST:
        return f"{number:.5E}".replace(".", ",")
    places = max(_MOST_DIGITS - max(number.adjusted() + 1, 1), 0)
    text = f"{round(number, places):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
