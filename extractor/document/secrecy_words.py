"""One line → the level of secrecy that it is stamped with, by its form and place.

In: a line of the text, of the letterhead, or of a running head. Out: "MẬT", "TỐI MẬT", "TUYỆT MẬT" or None:
"BẢN SỐ 03 MẬT" → "MẬT", "Mật khẩu" → None.
"""

from __future__ import annotations

import re
import unicodedata

from extractor.document.header_lines import flat
from extractor.document.header_number import kinds
from extractor.text import clean

_LEVEL = r"(?:tuyệt|tối)?mật"
_URGENCY = r"(?:h(?:ỏa|oả)tốc|thượngkhẩn|khẩn)?"
_COPY = r"(?:(?:bản)?số\d+)?"
_PAGE = r"(?:trang)?(?:\d+(?:trên\d+)?)?"
# All of a line without spaces and marks: "BẢN SỐ 03 - MẬT", "[ TỐI MẬT ]", "Trang 2/7 MẬT".
_STAMP = re.compile(
    rf"(?:{_COPY}|trang\d+){_URGENCY}(?:(?:mức|cấp)?độ(?:bảo)?mật)?(?:tàiliệu|vănbản|hồsơ)?(?P<level>{_LEVEL})"
    rf"{_URGENCY}{_COPY}{_PAGE}"
)
_FIELD = re.compile(
    r"^\W*(?:(?:đóng )?dấu(?: chỉ)?(?: (?:mức )?độ mật)?|(?:mức |cấp )?độ (?:bảo )?mật|độ bảo mật)\s*:", re.IGNORECASE
)
_COLUMN_HEAD = re.compile(r"\b(?:do|muc do|cap do) (?:bao )?mat\b|\bphan loai\b|\bmuc do\b")
_LISTED = re.compile(r"[-–+•*]\s*\w(?!.*[-–*]$)|(?:\d{1,2}|[a-zđ])\s?[.)]\s|\(\d\)")
_ANY_LEVEL = re.compile(r"(?:tuyệt |tối )?mật\b", re.IGNORECASE)
_GAP = re.compile(r"\t+|[ \u00a0]{3,}|\|")
_DASH = re.compile(r"\s[-–—]\s|[|;,]|\t|[ \u00a0]{3,}")
_BRACKET = re.compile(r"(?P<before>[^()]*)\(\s*(?P<level>(?:tuyệt |tối )?mật)\s*\)[\s.]*", re.IGNORECASE)
_APPENDIX = re.compile(r"(?:phụ lục|biểu(?: mẫu)?|danh sách|phần)(?: số)?(?: [\dIVX]{1,4})?", re.IGNORECASE)
# What stands before "mật" in words that are no level: "BẢO VỆ BÍ MẬT", "CƠ MẬT", "ĐÃ GIẢI MẬT", "NUÔI ONG MẬT".
_IN_A_WORD = frozenset(
    {"bảo", "bí", "cơ", "giải", "thân", "ong", "túi", "gan", "sỏi", "ống", "đường", "lấy", "nuôi", "rỉ", "mía"}
)
_ISSUER = re.compile(
    r"(?:ubnd|uy ban|hdnd|hoi dong|so|bo|ban|cong an|quan khu|quan doan|tinh uy|thanh uy|huyen uy|dang uy|van phong|"
    r"tong cuc|cuc|chi cuc|thanh tra|truong|trung tam|don vi|phong)\b"
)
_LETTERS_APART = re.compile(r"(?<![^\W\d_])[^\W\d_](?: +[^\W\d_](?![^\W\d_])){2,}")
_LEVELS_FLAT = {"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT"}
_LONGEST_TITLE = 160  # characters


def in_line(line: str, *, early: bool) -> str | None:
    """The level that a line of the text is, if it is a stamp.

    Args:
        line: cleaned.
        early: whether it stands in the letterhead: there, and after "Độ mật:", small letters count too.
    """
    if _LISTED.match(line) or line.rstrip().endswith((";", ",")):
        return None
    field = _FIELD.match(line)
    if field is not None:
        return level_of(line[field.end() :])
    whole = _BRACKET.fullmatch(line)
    if whole is not None and not whole.group("before").strip():
        return _name(whole.group("level"))
    return level_of(line, capitals=not early)


def in_title(line: str) -> str | None:
    """The level in brackets at the end of a title: "KẾ HOẠCH (MẬT)", "Phụ lục II (Mật)"."""
    found = _BRACKET.fullmatch(line) if len(line) <= _LONGEST_TITLE and not _LISTED.match(line) else None
    if found is None:
        return None
    before = found.group("before").strip()
    named = _APPENDIX.fullmatch(before) is not None or flat(before) in {flat(kind.name) for kind in kinds()}
    return _name(found.group("level")) if named or line.isupper() else None


def in_pieces(line: str, early: bool) -> str | None:
    """The level that stands apart from the rest of its line: "UBND TỈNH X      MẬT", "Độ mật: Mật    Độ khẩn: Khẩn".

    Args:
        line: as the file held it, with its tabs and spaces.
        early: whether it stands in the letterhead; elsewhere a line of three pieces is the row of a table.
    """
    if "mật" not in unicodedata.normalize("NFC", line).lower():
        return None
    pieces = [clean(piece).text for piece in _GAP.split(line.strip())]
    if sum(len(_ANY_LEVEL.findall(_FIELD.sub("", piece, count=1))) for piece in pieces) != 1:
        return None
    pieces = [piece for piece in pieces if piece]
    if len(pieces) < 2 or _LISTED.match(line.strip()) or (not early and (len(pieces) > 2 or pieces[0][0].isdigit())):
        return None
    return next((level for piece in pieces if (level := in_line(piece, early=False)) is not None), None)


def in_margin(line: str) -> str | None:
    """The level in a running head or foot, a watermark: "Kế hoạch phòng thủ - Mật", "MẬT | Trang 3"."""
    pieces = [piece.strip() for piece in _DASH.split(line)]
    found = {level for piece in [line, *pieces] if (level := level_of(piece) or in_line(piece, early=True)) is not None}
    title = in_title(line)
    return title if title is not None else found.pop() if len(found) == 1 else None


def last_of_issuer(line: str, *, named: bool) -> str | None:
    """The level after an issuer's name in capitals: "UBND TỈNH SƠN LA MẬT".

    Args:
        line: in capitals.
        named: whether it must begin as issuers' names do.
    """
    if named and _ISSUER.match(flat(line)) is None:
        return None
    words = _LETTERS_APART.sub(lambda m: m.group().replace(" ", ""), line).lower().split()
    if len(words) < 2 or words[-1] != "mật" or words[-2] in _IN_A_WORD:
        return None
    return {"tối": "TỐI MẬT", "tuyệt": "TUYỆT MẬT"}.get(words[-2], "MẬT")


def unclear(line: str) -> str | None:
    """The level of a recognised line whose marks may be wrong: "MÂT", "TỎI MẬT"."""
    return _LEVELS_FLAT.get(re.sub(r"[\W\d_]+", "", flat(line))) if line.isupper() else None


def is_column_head(words: str) -> bool:
    """Whether a cell, in small letters without marks, heads levels of secrecy: "do mat"."""
    return _COLUMN_HEAD.search(words) is not None


def level_of(text: str, *, capitals: bool = False) -> str | None:
    """The level that *text* is, alone or with the number of its copy or page; in *capitals* only, or in any letters."""
    letters = re.sub(r"[\W_]+", "", text)
    found = _STAMP.fullmatch(letters.lower())
    if found is None or (capitals and not letters[slice(*found.span("level"))].isupper()):
        return None
    return _name(found.group("level"))


def _name(level: str) -> str:
    return re.sub(r"(TUYỆT|TỐI) ?", r"\1 ", level.upper())
