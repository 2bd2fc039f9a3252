"""Cleaning of text with a map back to the source: NFC, spaces, tone placement, Ð/Đ.

In: a raw string as a file holds it. Out: `CleanText`, whose every character knows the raw offset it came from.

>>> clean("Uy\u0309 ban\u00a0 nha\u0302n da\u0302n").text
'Uỷ ban nhân dân'
>>> fold("Uỷ ban Đồng Nai")
'uy ban dong nai'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Characters that look like Đ/đ, and spaces, dashes and quotes of word processors. (U+00D0 Ð is the Icelandic eth that
# old Vietnamese fonts show as Đ; U+2044 and U+2215 are what recognition and formulas have for the slash of a day.)
_REPLACED = {
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u2044": "/",
    "\u2215": "/",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\r": "\n",
    "\t": " ",
}
_TITLE_LENGTH = 160
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_TONES: dict[str, str] = dict(
    re.findall(
        r"(\w+) (\w+)", "oà òa oá óa oả ỏa oã õa oạ ọa oè òe oé óe oẻ ỏe oẽ õe oẹ ọe uỳ ùy uý úy uỷ ủy uỹ ũy uỵ ụy"
    )
)
_TONE = re.compile(rf"(?<!q)({'|'.join(_TONES)})(?!\w)", re.IGNORECASE)


# Letters, digits and marks that cleaning leaves as they are, with single spaces between them: nearly all text.
_KEPT = "".join(
    letter
    for letter in map(chr, [*range(0x21, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2027)])
    if letter.isprintable() and letter not in _REPLACED and unicodedata.normalize("NFC", letter) == letter
)
_CLEAN = re.compile(f"[{re.escape(_KEPT)}]+(?:[ \n][{re.escape(_KEPT)}]+)*+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Cleaned text and where each of its characters came from.

    Attributes:
        text: the cleaned text.
        raw: the text before cleaning.
        origins: `len(text)` offsets into `raw`, never falling.
    """

    text: str
    raw: str
    origins: tuple[int, ...]

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """The range of `raw` that the range `[start, end)` of `text` came from."""
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else len(self.raw)
            return at, at
        stop = self.origins[end] if end < len(self.origins) else len(self.raw)
        return self.origins[start], max(stop, self.origins[end - 1] + 1)


def clean(raw: str) -> CleanText:
    """Cleans *raw*: NFC, one kind of space, no soft hyphens, no trailing or doubled spaces, lines kept as newlines.

    Newlines in *raw* stay; runs of blank lines become one newline; leading and trailing white space goes.
    """
    if _CLEAN.fullmatch(raw):
        return CleanText(raw, raw, tuple(range(len(raw))))
    characters: list[str] = []
    origins: list[int] = []
    for start, cluster in _clusters(raw):
        for composed in unicodedata.normalize("NFC", cluster):
            character = _REPLACED.get(composed, composed)
            if character != "\n" and character.isspace():
                character = " "
            characters.append(character)
            origins.append(start)
    return _fold_spaces(characters, origins, raw)


def _clusters(raw: str) -> list[tuple[int, str]]:
    """Offset and letters of each base character with the combining marks after it, dropped characters left out.

    A soft hyphen between a letter and its mark must not part them ("o" + U+00AD + U+0309 is "ỏ").
    """
    found: list[tuple[int, str]] = []
    for at, character in enumerate(raw):
        category = unicodedata.category(character)
        if category == "Cs":  # half a character, which no file and no database takes
            continue
        if character in _DROPPED or (category == "Cc" and character not in "\n\t\r\x0b\x0c"):
            continue
        if found and unicodedata.combining(character):
            found[-1] = (found[-1][0], found[-1][1] + character)
        else:
            found.append((at, character))
    return found


def _fold_spaces(characters: list[str], origins: list[int], raw: str) -> CleanText:
    """Folds runs of white space to one newline (where the run holds one) or one space, none at either end."""
    text: list[str] = []
    kept: list[int] = []
    pending: tuple[str, int] | None = None
    for character, origin in zip(characters, origins, strict=True):
        if character in " \n":
            if pending is None:
                pending = (character, origin)
            elif character == "\n":
                pending = ("\n", pending[1])
            continue
        if pending is not None and text:
            text.append(pending[0])
            kept.append(pending[1])
        pending = None
        text.append(character)
        kept.append(origin)
    return CleanText("".join(text), raw, tuple(kept))


def with_new_tones(text: str) -> str:
    """*text* with the tone on one vowel everywhere ("hoà" → "hòa", "uỷ" → "ủy"); the length never changes."""

    def place(match: re.Match[str]) -> str:
        found = match.group(1)
        placed = _TONES[found.lower()]
        return "".join(n.upper() if o.isupper() else n for o, n in zip(found, placed, strict=True))

    return _TONE.sub(place, text)


class _Bare(dict[int, str]):
    """For `str.translate`: each letter without its diacritics, found when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).replace("đ", "d"))
        bare = self[code] = "".join(c for c in decomposed if not unicodedata.combining(c))
        return bare


_BARE = _Bare()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without diacritics (đ → d): for searching what people type without marks."""
    return text.lower().translate(_BARE)


def title(text: str, length: int = _TITLE_LENGTH) -> str:
    """*text* on one line, at most *length* characters, cut at a word.

    >>> title("Rà soát\\ndanh mục")
    'Rà soát danh mục'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return cut[: cut.rfind(" ")].rstrip(" ,;:") + "…"
