"""Rows of tables of targets: "Tỷ lệ hộ dùng nước sạch | % | 88,2 | ≥ 95".

In: the cells of one row. Out: one `Target`, or None where the target column holds no number.

>>> row = find_in_row("1.3. Tỷ lệ hộ dùng nước sạch", "≥ 95", baseline="88,2", unit="%")
>>> (row.comparator, row.value, row.unit, row.baseline, row.indicator) if row else None
('>=', 95.0, '%', 88.2, 'Tỷ lệ hộ dùng nước sạch')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.mentions import target_clauses as clauses
from extractor.mentions.target_cues import govern
from extractor.mentions.target_days import day_phrases
from extractor.mentions.target_numbers import Amount, amounts
from extractor.mentions.target_text import prepare, unit_of
from extractor.mentions.target_words import quantity_text
from extractor.model import Span, Target

if TYPE_CHECKING:
    from extractor.model import Comparator

_WHOLE = 100  # a "tỷ lệ" without a unit is a percentage, unless it is over this


def find_in_row(
    name: str, value: str, *, baseline: str | None = None, unit: str | None = None, block: int | None = None
) -> Target | None:
    """The target of one row of a table of targets.

    Args:
        name: the cell that names what is measured, without or with its number.
        value: the cell of the target column: "≥ 90%", "11.39", "25 xã", "Top 10".
        baseline: the cell of the column of present results, if there is one.
        unit: the cell of the column "Đơn vị tính", or the measure that the table's header names.
        block: index of the block of *name*, for the span.

    Returns:
        The target, `by` only from its own words; None where the cell holds no number ("Đạt", "-", "31/12/2026").
    """
    prepared = prepare(value, labelled=False)
    amount = next(iter(amounts(prepared.shown)), None)
    start = clauses.skip_opening(quantity_text(name), 0, len(name))
    text = name[start:].rstrip(" \n:;,.")
    if amount is None or not text:
        return None
    own, inferred = _row_unit(name, value, amount, unit)
    days = [*prepared.days, *day_phrases(name, quantity_text(name))]
    return Target(
        text=text,
        indicator=text,
        comparator=_row_comparator(prepared.shown, amount),
        value=amount.value,
        unit=own,
        baseline=_first_number(baseline),
        by=next((day.day for day in days if day.day is not None and day.tie == "said"), None),
        span=None if block is None else Span(block, start, start + len(text)),
        reasons=("unit_inferred",) if inferred else (),
    )


def _row_comparator(shown: str, amount: Amount) -> Comparator:
    """The comparator of a target column's cell; a sign written on the number is a change ("-5%")."""
    if shown[: amount.start].strip() in ("-", "–", "+") and shown[amount.start - 1 : amount.start] != " ":
        return "+" if shown.strip().startswith("+") else "-"
    return govern(shown, 0, amount).comparator


def _row_unit(name: str, value: str, amount: Amount, unit: str | None) -> tuple[str | None, bool]:
    """The unit of a row, from its value, its unit column or its name, and whether it is only inferred."""
    own = unit_of(value, amount)
    if own is not None and (amount.sense is not None or unit is None):
        return own, False
    named = re.search(r"\((?:đvt:?\s*|đơn vị:?\s*)?([^()\d]{1,20})\)\s*\Z", name, re.IGNORECASE)
    given = unit if unit and unit.strip(" -–") else named[1] if named else None
    if given is not None:
        return ("%" if "%" in given else given.strip()), False
    if re.match(r"(?:\W|\d)*tỷ lệ|(?:\W|\d)*tỉ lệ", quantity_text(name)) and amount.value <= _WHOLE:
        return "%", True
    return None, False


def _first_number(cell: str | None) -> float | None:
    """The first number of a cell, or None."""
    found = amounts(prepare(cell, labelled=False).shown) if cell else []
    return found[0].value if found else None
