"""Sentences, by their marks; and whether an opening is a verb, by underthesea's tagger on its first words.

In: a paragraph or its opening. Out: ranges of sentences; whether the opening is a verb. underthesea is imported when
the tagger is first asked: what is decided by the word lists alone never pays for it.

>>> text = "Sở Y tế báo cáo kết quả. Hoàn thành trước ngày 05/12/2026."
>>> [text[start:end] for start, end in sentences(text)]
['Sở Y tế báo cáo kết quả.', 'Hoàn thành trước ngày 05/12/2026.']
"""

from __future__ import annotations

import re
from functools import lru_cache

# No sentence ends after "TP. Hồ Chí Minh", "đ/c. Nam", "Ths. Lan", "Nguyễn Văn A. Dũng", "…"; it does after "quý I.".
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|tp|TX|TT|đ/c|Đ/c|ông|bà|ThS|Ths|ths|TS|ts|PGS|GS|BS|bs|KS|St|Mr|v\.v|tr|[A-HJ-UW-Za-z])|\.\.)\.$"
)
_END = re.compile(r"(?P<mark>[.!?]+[”\")]*)\s+(?P<opening>[“\"'(]*)(?=\S)")
_OPENING_WORDS = 8


def sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of one line of *text*, without the spaces between them."""
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for end in _END.finditer(text):
        begun = text[start : end.end("mark")]
        goes_on = text[end.end()].islower() or not any(character.isalnum() for character in text[end.end() :])
        if not goes_on and not _ABBREVIATION.search(begun):  # "./." after the last mark closes the document
            found.append((start, end.end("mark")))
            start = end.start("opening")
    if start < len(text.rstrip()):
        found.append((start, len(text.rstrip())))
    return found


@lru_cache(maxsize=8192)
def opens_with_verb(text: str) -> bool:
    """Whether the first word of *text* is a verb, by underthesea's tagger on its opening."""
    opening = " ".join(text.split()[:_OPENING_WORDS])
    if not opening:
        return False
    from underthesea import pos_tag  # heavy, see above

    # Lower case: a capital at the start makes the tagger see a name.
    tagged = pos_tag(opening[0].lower() + opening[1:])
    return bool(tagged) and str(tagged[0][1]).startswith("V")
