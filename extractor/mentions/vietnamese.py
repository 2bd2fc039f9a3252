"""Vietnamese segmentation and parts of speech by underthesea, on short openings and single paragraphs only.

In: a paragraph or its opening. Out: ranges of sentences; whether the opening is a verb. underthesea is imported at the
first call: commands that don't extract never pay for it.

>>> text = "Sở Y tế báo cáo kết quả. Hoàn thành trước ngày 05/12/2026."
>>> [text[start:end] for start, end in sentences(text)]
['Sở Y tế báo cáo kết quả.', 'Hoàn thành trước ngày 05/12/2026.']
"""

from __future__ import annotations

import re
from functools import lru_cache

# underthesea ends a sentence after these too: "TP. Hồ Chí Minh", "đ/c. Nam", "Ths. Lan".
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|TX|TT|đ/c|Đ/c|ông|bà|ThS|Ths|TS|PGS|GS|BS|KS|St|Mr|v\.v|tr|T|Q|P|H|X)|\.\.)\.$"
)
_OPENING_WORDS = 8
# Where a sentence can end at all: no need to wake underthesea for the rest (and it must not see line breaks).
_CAN_END = re.compile(r"[.!?…][”\")]*\s+[^\W\d_a-zà-ỹ]")


def sentences(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences of one line of *text*, without the spaces between them."""
    if not _CAN_END.search(text):
        return [(0, len(text))] if text.strip() else []
    from underthesea import sent_tokenize  # heavy: 1 s at the first call of a process

    found: list[tuple[int, int]] = []
    at = 0
    for sentence in sent_tokenize(text):
        start = text.find(sentence, at)
        if start < 0:  # underthesea rewrote the words: what is left is one sentence
            found.append((at, len(text)))
            return _joined(text, found)
        found.append((start, start + len(sentence)))
        at = start + len(sentence)
    return _joined(text, found)


def _joined(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joins what an abbreviation or a following small letter shows to be one sentence."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if not text[start:end].strip():
            continue
        previous = text[joined[-1][0] : joined[-1][1]].rstrip() if joined else ""
        first = text[start:end].lstrip('“"( ')[:1]
        wordless = not any(character.isalnum() for character in text[start:end])  # "./." closes the document
        if joined and (
            wordless
            or _ABBREVIATION.search(previous)
            or first.islower()
            or not previous.endswith((".", "!", "?", "…", "”", ")"))
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


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
