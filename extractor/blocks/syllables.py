"""The shape of Vietnamese syllables: is this text Vietnamese, or letters of a font read with the wrong map?

In: a word. Out: yes or no by its spelling alone: an initial, a rime that Vietnamese has, at most one tone. "Nghị" and
"QUYẾT" are syllables, "NghÞ" and "quyeát" (the same words in the letters of old fonts) are none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INITIALS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx]"
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây"
    "|e|ec|em|en|eng|eo|ep|et|ê|êch|ên|ênh|êm|êng|êp|êt|êu|i|ia|ich|im|in|inh|ip|it|iu|iêc|iêm|iên|iêng|iêp|iêt|iêu"
    "|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oăc|oăm|oăn|oăng|oăt|oc|oe|oem|oen|oeo|oet|oi|om|on|ong|ooc"
    "|oong|op|ot|ô|ôc|ôi|ôm|ôn|ông|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ua|uc|ui|um|un|ung|up|ut|uân|uâng|uât|uây|uê|uêch|uên|uênh"
    "|uêt|uơ|uy|uya|uych|uyên|uyêt|uyn|uynh|uyp|uyt|uyu|uôc|uôi|uôm|uôn|uông|uôt|ư|ưa|ưc|ưi|ưm|ưn|ưng|ưt|ưu|ươc|ươi|ươm"
    "|ươn|ương|ươp|ươt|ươu|y|yêm|yên|yêng|yêt|yêu|yt"
)
_SYLLABLE = re.compile(rf"(?:{_INITIALS})?(?:{_RIMES})|g[iì]n?h?|qu[ôo]c")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_PIECES = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether *word* is spelt as one Vietnamese syllable, its capitals where a writer puts them."""
    word = unicodedata.normalize("NFC", word)
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    letters: list[str] = []
    tones = 0
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            tones += 1
        else:
            letters.append(letter)
    shape = unicodedata.normalize("NFC", "".join(letters))
    return tones <= 1 and _SYLLABLE.fullmatch(shape) is not None


def is_spelt(token: str) -> bool:
    """Whether each word with a mark in *token* ("KH-UBND", "(Nghị", "và/hoặc") is a syllable; plain words pass."""
    return all(piece.isascii() or is_syllable(piece) for piece in _PIECES.findall(token))


def vietnamese_share(text: str) -> float:
    """The share of the words with marks in *text* that are Vietnamese syllables; 0.0 where no word has a mark."""
    marked = [piece for piece in _PIECES.findall(text) if not piece.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0
