"""Marks that recognition has lost or mistaken over the letters of known words, set right.

In: the words of a scanned page in reading order. Out: the words, "vượt thâm quyền" made "vượt thẩm quyền", "đây mạnh"
"đẩy mạnh", "hướng, dẫn" "hướng dẫn". Tesseract is as sure of "tống hợp" (0.95) as of any word.

A syllable is changed only where with its neighbour it makes no pair of syllables that is known, while exactly one pair
of the same bare letters is; a name in capitals on both syllables ("Đông Bộ") is left as it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from extractor.blocks.scan_days import with_days
from extractor.blocks.syllables import is_syllable
from extractor.lexicon.loader import load
from extractor.text import fold, with_new_tones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.blocks.scan_words import Word

_Pair = tuple[str, str]
_TOKEN = re.compile(r"([(“\"'‘]*)([^\W\d_]+)([^\w]*)")
_STRAY = frozenset({",", "."})  # what dirt beside a word is read as


@dataclass(frozen=True, slots=True)
class Syllables:
    """A syllable, and those that known words have after it."""

    first: str
    then: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Pairs that are words; those of them by their bare letters, where these have but one; those that a comma parts."""

    pairs: frozenset[_Pair]
    only: dict[_Pair, _Pair]
    parted: frozenset[_Pair]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the page: what stands before and after its letters, and these in small ones."""

    before: str
    letters: str
    after: str

    @property
    def small(self) -> str:
        return with_new_tones(self.letters.lower())


@lru_cache(maxsize=1)
def _known() -> _Known:
    words, alike, parted = (_pairs(section) for section in ("known", "alike", "parted"))
    bare: dict[_Pair, list[_Pair]] = {}
    for pair in words:
        bare.setdefault(_bare(pair), []).append(pair)
    only = {key: pairs[0] for key, pairs in bare.items() if len(pairs) == 1}
    return _Known(frozenset(words + alike), only, frozenset(parted))


def _pairs(section: str) -> list[_Pair]:
    """The pairs of a section of the list."""
    return [(entry.first, then) for entry in load("syllables", section, Syllables) for then in entry.then]


def _bare(pair: _Pair) -> _Pair:
    return fold(pair[0]), fold(pair[1])


def respelt(words: list[Word]) -> list[Word]:
    """*words* with the marks of known words and the figures of days set right; lines of one paragraph are read on."""
    found: list[Word] = []
    for _, alike in groupby(words, key=lambda word: word.line[:2]):
        paragraph = list(alike)
        texts = with_days(mended([word.text for word in paragraph]))
        found += [replace(word, text=text) for word, text in zip(paragraph, texts, strict=True)]
    return found


def mended(texts: Sequence[str]) -> list[str]:
    """The words of a paragraph with the marks of known words set right."""
    tokens = [_token(text) for text in texts]
    known = _known()
    held = _held(tokens, known)
    changes: dict[int, set[str]] = {}
    stray: set[int] = set()
    for at, (one, other) in enumerate(pairwise(tokens)):
        found = _meant(one, other, known) if one and other else None
        if one is None or other is None or found is None:
            continue
        new = [(at + n, now) for n, (now, was) in enumerate(zip(found, (one, other), strict=True)) if now != was.small]
        if any(place in held for place, _ in new) or (one.after and at in held):
            continue
        stray |= {at} if one.after else set()
        for place, syllable in new:
            changes.setdefault(place, set()).add(syllable)
    return [
        texts[at] if token is None else _written(token, changes.get(at, set()), at in stray)
        for at, token in enumerate(tokens)
    ]


def _token(text: str) -> _Token | None:
    """A word apart from the marks around it; None where it is no plain word."""
    found = _TOKEN.fullmatch(unicodedata.normalize("NFC", text))
    return _Token(*found.groups()) if found else None


def _held(tokens: Sequence[_Token | None], known: _Known) -> set[int]:
    """Which words make a known pair with a neighbour as they stand."""
    held: set[int] = set()
    for at, (one, other) in enumerate(pairwise(tokens)):
        if one and other and not one.after and not other.before and (one.small, other.small) in known.pairs:
            held |= {at, at + 1}
    return held


def _meant(one: _Token, other: _Token, known: _Known) -> _Pair | None:
    """The known pair that two words are with other marks, or without the mark between them; None if there is none."""
    pair = (one.small, other.small)
    if other.before or one.after not in {"", *_STRAY} or (one.letters.istitle() and other.letters.istitle()):
        return None
    if (one.after and not other.letters.islower()) or (not one.after and pair in known.pairs):
        return None
    found = known.only.get(_bare(pair))
    return None if one.after and found in known.parted else found


def _written(token: _Token, syllables: set[str], stray: bool) -> str:
    """A word with its one change, in its own capitals; two that were read as one apart."""
    letters = token.letters
    if len(syllables) == 1:
        (new,) = syllables
        capitals = letters.isupper() and len(letters) > 1
        letters = new.upper() if capitals else new.capitalize() if letters.istitle() else new
    return token.before + _apart(letters) + ("" if stray else token.after)


def _apart(letters: str) -> str:
    """Two syllables that were read as one word ("tếkhu") with a space between, where they can be parted in one way."""
    if letters.isascii() or is_syllable(letters) or not letters[1:].islower():
        return letters
    parts = [(letters[:at], letters[at:]) for at in range(2, len(letters) - 1)]
    found = [f"{one} {other}" for one, other in parts if is_syllable(one) and is_syllable(other)]
    return found[0] if len(found) == 1 else letters
