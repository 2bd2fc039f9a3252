"""What a heading says about the section under it: duties, targets, purpose, funding …

In: a heading's words without its label. Out: a section kind of lexicon/headings.yaml, or None where they say nothing.

>>> section_kind("MỤC ĐÍCH, YÊU CẦU"), section_kind("Tổ chức thực hiện"), section_kind("Sở Tài chính")
('purpose', 'organisation', None)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractor.lexicon.loader import load
from extractor.text import with_new_tones

WITHOUT_TASKS: Final = frozenset({"purpose", "basis", "review", "scope", "targets", "closing"})


@dataclass(frozen=True, slots=True)
class SectionWords:
    """An entry of lexicon/headings.yaml."""

    kind: str
    pattern: str
    source: str


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry.kind, re.compile(entry.pattern)) for entry in load("headings", "sections", SectionWords))


@lru_cache(maxsize=4096)
def section_kind(heading: str) -> str | None:
    """The kind of section that *heading* opens, None if it does not say."""
    words = " ".join(with_new_tones(heading).lower().split()).rstrip(" :.")
    for kind, pattern in _patterns():
        if pattern.match(words):
            return kind
    return None
