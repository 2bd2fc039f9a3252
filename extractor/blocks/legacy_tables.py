"""The letters of the fonts in use before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times).

In: text whose letters such a font draws: "QuyÕt ®Þnh" in .VnTime, "Quyeát ñònh" in VNI-Times. Out: "Quyết định".

TCVN 5712:1993 VN3 has a code a letter, lower case only for letters with a tone (capitals are drawn by a font of their
own, .VnTimeH). VNI writes a base letter and a mark: 67 letters in two cases, 134 entries.
"""

from __future__ import annotations

import re
from typing import Literal

from extractor.blocks.syllables import is_syllable

Legacy = Literal["tcvn3", "vni"]

_TCVN3_CODES = (
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
)  # fmt: skip
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = str.maketrans(dict(zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True)) | {"\u03bc": "à"})
_CAPITAL, _SMALL = re.compile("[A-Z]"), re.compile("[a-z]")
_LONGEST_WORD = 60  # characters, with what stands around it: "(n-íc)"; more is no word
_CODE = re.compile(r"[\d/]")  # "214/KH-BYT" says nothing about the words around it
_CAPITAL_LINE = 3  # plain capitals, and no plain small letter: its letters with a tone are capitals too
_SOFT_HYPHEN = "\u00ad"  # stands for "ư"
_LOST_HYPHEN = re.compile(r"(?<=[bcdghklmnprstvx®])[-\u2010\u2011]")

# base letter → its letter with the marks ù ø û õ ï (sắc, huyền, hỏi, ngã, nặng)
_VNI_TONES = {
    "a": "áàảãạ", "e": "éèẻẽẹ", "o": "óòỏõọ", "u": "úùủũụ", "ô": "ớờởỡợ", "ö": "ứừửữự",
}  # fmt: skip
# base letter → the letters with the marks â á à å ã ä (mũ, and mũ with a tone), and ê é è ú ü ë (trăng …)
_VNI_ROOFS = {"a": "âấầẩẫậ", "e": "êếềểễệ", "o": "ôốồổỗộ"}
_VNI_BREVES = {"a": "ăắằẳẵặ"}
_VNI_ALONE = {
    "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ",
    "yù": "ý", "yø": "ỳ", "yû": "ỷ", "yõ": "ỹ",
}  # fmt: skip


def _vni_table() -> dict[str, str]:
    """VNI letters → Unicode, both cases; the mark of a capital may be a small one ("Aù")."""
    small = dict(_VNI_ALONE)
    for marks, letters in (("ùøûõï", _VNI_TONES), ("âáàåãä", _VNI_ROOFS), ("êéèúüë", _VNI_BREVES)):
        small |= {base + mark: row[at] for base, row in letters.items() for at, mark in enumerate(marks)}
    capitals = {code.upper(): letter.upper() for code, letter in small.items()}
    mixed = {code.capitalize(): letter.upper() for code, letter in small.items()}
    return small | mixed | capitals


VNI = _vni_table()
_VNI_LETTERS = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


def to_unicode(text: str, encoding: Legacy) -> str:
    """*text* in Unicode letters; characters that the font has no letter for stay."""
    if encoding == "vni":
        return _VNI_LETTERS.sub(lambda match: VNI[match.group()], text)
    text = re.sub(r"\S+", _with_soft_hyphens, text)
    return "".join(map(_tcvn3_line, text.splitlines(keepends=True)))


def _tcvn3_line(line: str) -> str:
    """A line of TCVN3: letters with a tone are capitals where the plain ones around them are ("X· HéI" → "XÃ HỘI")."""
    words = " ".join(word for word in line.split() if _CODE.search(word) is None)
    if len(_CAPITAL.findall(words)) >= _CAPITAL_LINE and _SMALL.search(line) is None:
        return line.translate(_TCVN3).upper()
    return re.sub(r"\S+", _tcvn3_word, line)


def _tcvn3_word(match: re.Match[str]) -> str:
    """A word of TCVN3: "TØNH" → "TỈNH", "Sè" → "Số"."""
    word = match.group()
    found = word.translate(_TCVN3)
    return found.upper() if len(_CAPITAL.findall(word)) > 1 and _SMALL.search(word) is None else found


def _with_soft_hyphens(match: re.Match[str]) -> str:
    """A word of TCVN3 whose "ư" became a plain hyphen when it was copied ("n-íc", "ng-êi", "t-"), set right."""
    token = match.group()
    if len(token) > _LONGEST_WORD:
        return token
    for hyphen in _LOST_HYPHEN.finditer(token):
        at = hyphen.start()
        tried = f"{token[:at]}{_SOFT_HYPHEN}{token[at + 1 :]}".translate(_TCVN3)
        start = max((k + 1 for k in range(at) if not tried[k].isalpha()), default=0)
        end = next((k for k in range(at, len(tried)) if not tried[k].isalpha()), len(tried))
        if is_syllable(tried[start:end]):
            token = f"{token[:at]}{_SOFT_HYPHEN}{token[at + 1 :]}"
    return token
