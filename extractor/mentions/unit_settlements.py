"""Bodies of several kinds of settlements: "Ban hòa giải thôn, buôn" is one body a village of either kind.

In: a `Page` and the entries of a list. Out: the entries, a bare noun of a settlement joined with the one before it that
ends in such a noun: "Trưởng thôn" / "bản" → "Trưởng thôn, bản".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.mentions.unit_page import Found, Page

_NOUNS = frozenset(
    {"thôn", "buôn", "bản", "làng", "ấp", "xóm", "sóc", "tổ dân phố", "khu phố", "khối phố", "khu dân cư"}
)
_LISTED = frozenset({",", "và", "/", "-"})
_LONGEST = 3  # words of a noun


def joined(page: Page, entries: Iterable[tuple[Found, tuple[str, ...]]]) -> list[tuple[Found, tuple[str, ...]]]:
    """*entries* with kinds of settlements that share a body in one."""
    low = page.tokens.low
    found: list[tuple[Found, tuple[str, ...]]] = []
    for entry, reasons in entries:
        before = found[-1][0] if found else None
        if (
            before is not None
            and " ".join(low[entry.first : entry.last]) in _NOUNS
            and not page.tokens.is_capital(entry.first)
            and any(" ".join(low[before.last - n : before.last]) in _NOUNS for n in range(1, _LONGEST + 1))
            and set(low[before.last : entry.first]) <= _LISTED
        ):
            found[-1] = (replace(before, last=entry.last), found[-1][1])
        else:
            found.append((entry, reasons))
    return found
