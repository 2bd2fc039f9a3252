"""Text that is not Unicode, found by its letters and set right: TCVN3 (.VnTime), VNI, Windows-1258, UTF-16.

In: the bytes of a text, or texts whose letters are those of an old font. Out: Unicode, and a problem of low severity
that names what was assumed: "Uû ban nh©n d©n tØnh" → "Uỷ ban nhân dân tỉnh", "encoding_guessed".

A font's name decides only where letters cannot: .VnTimeH draws small letters as capitals. For the rest the letters
decide, because offices also type Unicode into paragraphs whose style still says .VnTime.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.blocks.legacy_tables import Legacy, to_unicode
from extractor.blocks.syllables import is_spelt, vietnamese_share
from extractor.errors import UnreadableError
from extractor.model import Problem
from extractor.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.blocks.assembly import Content

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS: tuple[Legacy, ...] = ("tcvn3", "vni")
_NAMES = {"tcvn3": "TCVN3 (phông .VnTime)", "vni": "VNI (phông VNI-Times)", "cp1258": "Windows-1258"}
_CHECK = "hãy kiểm tra lại dấu tiếng Việt"

# Letters of Unicode Vietnamese that no old font's text holds: ă đ ĩ ũ ơ ư, those with two marks, tones set apart.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9\u0300-\u0323]")
_OLD = re.compile("[\u00a1-\u00ff\u03bc]")  # what an old font's text holds beyond ASCII
_SYMBOL_IN_WORD = re.compile(r"[¡-©«¬\u00ad®¶-¹»-¾×÷](?=[^\W\d_])|(?<=[^\W\d_])[¡-©«¬\u00ad®¶-¹»-¾×÷]")
_LEAST_GAIN = 2  # different words that only the old font's reading explains
_LOST_SHARE = 0.02  # of the characters beyond ASCII: a UTF-8 text with a few damaged bytes
_ZERO_SHARE = 0.3  # of every second byte: UTF-16 without its mark
_PRINTABLE_SHARE = 0.95  # of the characters of a text
_CAPITALS_FONT = re.compile(r"(?:[A-Z]{6}\+)?\.?Vn[A-Z][A-Za-z ]*H(?:[,-].*)?")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes and what was assumed to read it."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of *data*.

    Args:
        data: of a text file or a web page.
        declared: the encoding that the text itself names; believed only where nothing reads better.

    Raises:
        UnreadableError: zero bytes that are not those of UTF-16.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in_unicode(data.decode(encoding, errors="replace"))
    if b"\x00" in data:
        return _in_unicode(_without_mark(data))
    try:
        return _in_unicode(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", errors="replace")
    lost, kept = text.count("\ufffd"), sum(not c.isascii() for c in text)
    if lost <= _LOST_SHARE * kept or (lost == 1 and kept > 1):
        message = f"Tệp có {lost} ký tự hỏng, đã thay bằng dấu “\ufffd”; hãy đối chiếu với bản gốc."
        return Decoded(text, (Problem("blocks", "characters_lost", "medium", message),))
    return _best_guess(data, declared)


def _without_mark(data: bytes) -> str:
    """UTF-16 without its mark: every second byte of its plain letters is zero."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = data[first::2]
        if half.count(0) >= _ZERO_SHARE * len(half) and data[1 - first :: 2].count(0) < 0.05 * len(half):
            text = data.decode(encoding, errors="replace")
            if sum(c.isprintable() or c.isspace() for c in text) >= _PRINTABLE_SHARE * len(text):
                return text
    raise UnreadableError("tệp không phải văn bản (có byte 0)", "hãy lưu lại thành UTF-8")


def _best_guess(data: bytes, declared: str | None) -> Decoded:
    """The reading with most Vietnamese words among the encodings in use before Unicode."""
    western = _decoded(data, "cp1252")
    readings = [("cp1258", unicodedata.normalize("NFC", _decoded(data, "cp1258")))]
    readings += [(encoding, to_unicode(western, encoding)) for encoding in _ENCODINGS]
    if declared is not None:
        readings.insert(0, (declared, _decoded(data, declared)))
    encoding, text = max(readings, key=lambda reading: round(vietnamese_share(reading[1]), 2))
    name = _NAMES.get(encoding, encoding)
    message = f"Tệp không phải UTF-8, đã đọc theo bảng mã {name}; {_CHECK}."
    return Decoded(text, (Problem("blocks", "encoding_guessed", "low", message),))


def _decoded(data: bytes, encoding: str) -> str:
    """*data* in a named encoding; in Latin-1, which reads everything, where there is no such codec."""
    try:
        return data.decode(encoding, errors="replace")
    except (LookupError, UnicodeError):
        return data.decode("latin-1")


def _in_unicode(text: str) -> Decoded:
    """*text* with lines in an old font's letters set right."""
    lines, encoding = repaired(text.splitlines())
    return Decoded(text) if encoding is None else Decoded("\n".join(lines), (converted_from(encoding),))


def converted_from(encoding: Legacy) -> Problem:
    """The problem that tells of a conversion."""
    message = f"Văn bản gõ bằng bảng mã cũ {_NAMES[encoding]}, đã chuyển sang Unicode; {_CHECK}."
    return Problem("blocks", "legacy_encoding", "low", message)


def in_unicode(content: Content) -> Content:
    """*content* with the blocks in an old font's letters set right, and a problem that says so."""
    count = len(content.blocks)
    texts, encoding = repaired([*(block.raw for block in content.blocks), *content.beside])
    if encoding is None:
        return content
    blocks = []
    for block, text in zip(content.blocks, texts[:count], strict=True):
        if text != block.raw:
            cleaned = clean(text)
            block = replace(block, text=cleaned.text, raw=cleaned.raw, origins=cleaned.origins)
        blocks.append(block)
    problems = (*content.problems, converted_from(encoding))
    return replace(content, blocks=tuple(blocks), problems=problems, beside=tuple(texts[count:]))


def in_font(text: str, font: str) -> str:
    """*text* as the font named *font* draws it: .VnTimeH and its like draw small letters as capitals."""
    if _CAPITALS_FONT.fullmatch(font) is None:
        return text
    words = [word for word in text.split() if _OLD.search(word)]
    # Unicode typed where the style still names such a font: "CÔNG TÁC" is spelt right, with capitals of its own.
    typed = all(_is_vietnamese(word) and (word.isupper() or not _reads_as(word, "tcvn3")) for word in words)
    return (text if typed or _UNICODE.search(text) else to_unicode(text, "tcvn3")).upper()


def repaired(texts: Sequence[str]) -> tuple[list[str], Legacy | None]:
    """*texts* with those in an old font's letters set right, and which font that was; None if there are none.

    Args:
        texts: the paragraphs of one document; one old encoding is assumed in all of them.
    """
    encoding = detect(texts)
    if encoding is None:
        return list(texts), None
    found = [_repaired(text, encoding) for text in texts]
    return found, encoding


def detect(texts: Iterable[str]) -> Legacy | None:
    """The old encoding that explains the words of *texts* better than Unicode does; None if none does."""
    words = {word for text in texts if _OLD.search(text) for word in text.split() if _is_old(word)}
    odd = {word for word in words if not _is_vietnamese(word)}
    if not odd:
        return None
    gains = {encoding: sum(_reads_as(word, encoding) for word in odd) for encoding in _ENCODINGS}
    best = max(_ENCODINGS, key=lambda encoding: gains[encoding])
    losses = sum(not _reads_as(word, best) for word in words - odd)
    enough = gains[best] >= max(_LEAST_GAIN, 0.5 * len(odd))
    # Unicode words without ă đ ơ ư … ("và", "không") are spelt as words in either reading, or in Unicode only.
    return best if enough and gains[best] > losses else None


def _is_old(word: str) -> bool:
    return _OLD.search(word) is not None and _UNICODE.search(word) is None


def _is_vietnamese(word: str) -> bool:
    """Whether a word is spelt right as it stands."""
    return is_spelt(unicodedata.normalize("NFC", word)) and _SYMBOL_IN_WORD.search(word) is None


def _reads_as(word: str, encoding: Legacy) -> bool:
    """Whether a word is spelt right in an old font's letters."""
    text = to_unicode(word, encoding)
    return is_spelt(text) and _SYMBOL_IN_WORD.search(text) is None


def _repaired(text: str, encoding: Legacy) -> str:
    """One paragraph: all of it where nothing in it is Unicode, else the words that are wrong as they stand."""
    words = [word for word in text.split() if _is_old(word)]
    if not words:
        return text
    if _UNICODE.search(text):
        wrong = {word for word in words if not _is_vietnamese(word) and _reads_as(word, encoding)}
        return re.sub(r"\S+", lambda m: to_unicode(m.group(), encoding) if m.group() in wrong else m.group(), text)
    found = to_unicode(text, encoding)
    right = sum(is_spelt(word) and _SYMBOL_IN_WORD.search(word) is None for word in found.split())
    return found if right >= sum(map(_is_vietnamese, text.split())) else text
