"""Number and day of a scan → the same, or None where recognition was too unsure of their digits.

In: what the lines "Số: …" and "ngày … tháng … năm …" say, and the blocks with the confidence of their digits. Out: the
reading as it is; with a reason for doubt where a clerk should look; or without its value. In a signed scan both may be
written by hand: "Số: 124 /CĐ-TTg", of which recognition is 30 % sure where printed words have 90 %.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.document.header_number import DateReading, NumberReading, Piece
    from extractor.model import Block

_PRINTED = 0.6  # printed digits are read with more confidence than this


def sure_number(number: NumberReading | None, blocks: Sequence[Block], least: float) -> NumberReading | None:
    """*number*, without its digits ("number_unreadable") where recognition has less than *least* confidence in them."""
    if number is None or number.number is None:
        return number
    sureness = _sureness(number.pieces, blocks)
    if sureness < least:
        return replace(number, number=None, reason="number_unreadable")
    return replace(number, reason="number_doubtful") if sureness < _PRINTED else number


def sure_day(day: DateReading | None, blocks: Sequence[Block], least: float) -> DateReading | None:
    """*day*, without the day itself ("date_unreadable") where recognition has less than *least* confidence in it."""
    if day is None or day.day is None:
        return day
    sureness = _sureness(day.pieces, blocks)
    if sureness < least:
        return replace(day, day=None, reason="date_unreadable")
    return replace(day, reason="date_doubtful") if sureness < _PRINTED else day


def _sureness(pieces: Sequence[Piece], blocks: Sequence[Block]) -> float:
    """Confidence of the least sure digits in the blocks of *pieces*."""
    return min((blocks[piece.block].digits for piece in pieces), default=1.0)
