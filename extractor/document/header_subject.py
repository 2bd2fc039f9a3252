"""Letterhead lines → type name and subject (trích yếu), and whom the letter is addressed to.

In: `HeadLine`s. Out: ranges of lines. A plan carries its subject under the type name, a letter beside "V/v":

    "KẾ HOẠCH" / "Phòng, chống bệnh dại năm 2026" / "Căn cứ …"  →  title 0, subject 1
    "V/v báo cáo số liệu" / "trẻ em bỏ học" / "Kính gửi: …"      →  subject 0-1, addressee 2
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.document.header_lines import flat
from extractor.document.header_number import Piece, kinds
from extractor.text import with_new_tones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.document.header_lines import HeadLine

SUBJECT_LINES = 12

# How the first sentence after a subject begins; a subject itself goes on in small letters, or with a name.
_OPENER = re.compile(
    r"(?:căn cứ|thực hiện|để|nhằm|ngày \d+|theo|trên cơ sở|tiếp theo|tiếp tục|"
    r"trong (?:thời gian|những|các|quá|bối cảnh|năm)|hiện nay|hiện tại|thời gian|sau khi|qua (?:theo|kiểm|công|rà)|"
    r"triển khai (?:thực hiện )?(?:quyết định|nghị quyết|kế hoạch|công văn|chỉ thị) số|vừa qua|xét|phúc đáp|trả lời|"
    r"năm 20\d\d,|thi hành|tại|kính gửi|kính gởi|được sự|"
    r"(?:ủy ban nhân dân|ubnd|sở|bộ|ban) .{3,90}(?:ban hành|xây dựng|nhận được|đề nghị|báo cáo))\b"
)
_HEADING = re.compile(r"(?:[ivx]{1,4}|[a-h]|\d{1,2})\s?[./)-]\s*\S|(?:dieu|chuong|phan|muc)\s+(?:[ivx\d]+|thu)\b")
_AUTHORITY = re.compile(
    r"(?:chu tich|bo truong|giam doc|thu truong|tong giam doc|uy ban|hoi dong|thu tuong|chinh phu|truong ban|"
    r"cuc truong|ban(?! hanh)|hieu truong|chanh|tong cuc truong|quoc hoi|bo|vien truong|tong thanh tra|thong doc|"
    r"tong kiem toan)\b"
)
_SPAN_OF_YEARS = re.compile(
    r"(?:giai doan|cac nam|nhung nam|nam hoc|tu nam|den nam|den het nam|nam)\s*(?:19|20)\d\d\s*[-–]\s*(?:20)?\d\d"
)
_PLAN_YEAR = re.compile(
    r"(?<!den )(?<!het )(?<!tu )(?<!doan )(?:\b(?:quy [ivx\d]+|thang \d+)\s*/\s*|\bnam\s+(?:[a-z ]{3,30} )?)"
    r"(20\d\d)(?!\s*[-–]\s*\d|\d)"
)
_LAW_YEAR = re.compile(r"\b(?:luat|phap lenh|hien phap)\b[^,;]{0,60}?nam 20\d\d")
_MONTH_AND_YEAR = re.compile(r"\bthang (\d+) nam (20\d\d)")
_ABOUT = re.compile(r"\W*(?:v\s*/\s*v|ve viec)\b\s*:?\s*")
_PLAN_NAME = re.compile(r"hanh dong\b\s*")  # "KẾ HOẠCH HÀNH ĐỘNG" is a Kế hoạch
_CLOSING = re.compile(r"\W*(?:noi nhan\b|phu luc\b|(?:tm|kt|tl|tuq)\s?\.)")
_TAIL = re.compile(r"(?:\s*\[\d\])?[\s./:;,\-–_*]*$")
_SENDS = re.compile(r"\b(?:dien|gui)\s*:?\s*$")


@dataclass(frozen=True, slots=True)
class Title:
    """The type name: its line, its full name, and how many characters of the line it takes."""

    line: int
    name: str
    length: int


def find_title(lines: Sequence[HeadLine]) -> Title | None:
    """The first line that is, or begins with, a type name in capitals, before the body and before "Kính gửi".

    It is looked for under the number first: a web page's menu ("THÔNG BÁO", "KẾ HOẠCH") stands above the letterhead.
    """
    numbered = next((at for at, line in enumerate(lines) if line.form == "number"), None)
    starts = [0] if numbered is None else [numbered, 0]
    return next((title for start in starts if (title := _title_from(lines, start))), None)


def _title_from(lines: Sequence[HeadLine], start: int) -> Title | None:
    """The first title on line *start* or after it."""
    letterhead = next((at for at, line in enumerate(lines) if line.form in ("number", "nation")), 0)
    for at, line in enumerate(lines[start:], start):
        if line.form == "addressee" or (at > letterhead and body_begins(line)):
            return None
        title = _title(line)
        if title and line.form == "other" and line.columns < 4:
            return Title(at, *title)
    return None


def _title(line: HeadLine) -> tuple[str, int] | None:
    """The type name with which *line* begins, and its length."""
    for kind in kinds():
        name = flat(kind.name)
        if line.flat.startswith(name) and not line.flat[len(name) : len(name) + 1].isalnum():
            rest = line.text[len(name) :].strip(" :.*")
            if line.text[: len(name)].isupper() or not rest:
                return kind.name, len(name)
        if line.capitals and line.flat.replace(" ", "") == name.replace(" ", ""):
            return kind.name, len(line.text)
    return None


def body_begins(line: HeadLine) -> bool:
    """Whether the text of the document begins here: "Căn cứ …", "Thực hiện …", "I. …", or a long paragraph."""
    if line.form != "other":
        return False
    return bool(_starts_text(line) or _HEADING.match(line.flat)) or (len(line.text) > 220 and not line.capitals)


def _starts_text(line: HeadLine) -> bool:
    return line.text[:1].isupper() and not line.capitals and bool(_OPENER.match(with_new_tones(line.text).lower()))


def subject_after(lines: Sequence[HeadLine], title: Title) -> list[Piece]:
    """The words of the subject that stand after the type name."""
    head = lines[title.line]
    rest = head.text[title.length :]
    pieces: list[Piece] = []
    if _PLAN_NAME.sub("", flat(rest).strip(" :.*")):
        pieces.append(_trimmed(head, title.length))
    for at in range(title.line + 1, min(len(lines), title.line + SUBJECT_LINES + 4)):
        line = lines[at]
        if line.form in ("nation", "motto", "date", "number", "stamp", "urgency", "copy"):
            continue
        if line.form == "rule" and not pieces:
            continue
        if len(pieces) >= SUBJECT_LINES or _ends_subject(lines, at, pieces, title):
            break
        pieces.append(_trimmed(line, 0))
    return pieces


def _ends_subject(lines: Sequence[HeadLine], at: int, pieces: list[Piece], title: Title) -> bool:
    """Whether the subject is over before line *at*."""
    line = lines[at]
    if line.form in ("rule", "addressee", "issued_with") or is_authority(lines, at, title.name):
        return True
    if line.columns != lines[title.line].columns or _CLOSING.match(line.flat):
        return True
    if _HEADING.match(line.flat) and (line.text[:1] in "IVX1A" or line.flat.startswith("dieu ")):
        return True
    if not pieces:
        # "KẾ HOẠCH" / "Thực hiện Nghị quyết …": the first line is the subject, unless it is a whole paragraph.
        return line.flat.startswith("can cu") or _is_paragraph(line, 300)
    first = next(x for x in lines[title.line :] if x.block == pieces[0].block and x.start <= pieces[0].start < x.end)
    changed = (
        (first.capitals and not line.capitals)
        or (first.bold and not line.bold)
        or (first.centered and not line.centered)
    )
    if first.block == line.block and not first.capitals:
        changed = False
    return changed or _starts_text(line) or lines[at].text.startswith("(")


def _is_paragraph(line: HeadLine, longer: int) -> bool:
    """Whether *line* is a whole paragraph of more than *longer* characters, closed by a mark."""
    return len(line.text) > longer and not line.capitals and line.text.endswith((".", ";", ":", ","))


def is_authority(lines: Sequence[HeadLine], at: int, kind: str) -> bool:
    """Whether line *at* names who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" before "Căn cứ"; "BỘ Y TẾ điện:"."""
    line = lines[at]
    if not _AUTHORITY.match(line.flat):
        return False
    if _SENDS.search(line.flat):
        return True
    if not line.capitals or kind not in ("Quyết định", "Nghị quyết", "Chỉ thị", "Nghị định", "Thông tư"):
        return False
    following = [x for x in lines[at + 1 : at + 5] if x.form != "rule"]
    return any(x.flat.startswith(("can cu", "khoa", "ky hop", "de ")) for x in following[:2])


def subject_about(lines: Sequence[HeadLine], at: int) -> list[Piece]:
    """The words of a letter's subject from its "V/v" on line *at*, over the lines that go on with it."""
    first = lines[at]
    pieces = [_trimmed(first, 0)]
    for line in lines[at + 1 : at + SUBJECT_LINES + 4]:
        if line.form in ("date", "nation", "motto", "stamp", "urgency", "number"):
            continue
        if line.form != "other" or body_begins(line) or len(line.text) > 150:
            break
        if (line.columns, line.column) != (first.columns, first.column):
            break
        pieces.append(_trimmed(line, 0))
    return pieces


def subject_text(words: Sequence[str]) -> str | None:
    """The subject on one line, without "V/v", "Về việc", the "hành động" of a type name, and marks at its end."""
    text = re.sub(r"\s+", " ", " ".join(words)).strip()
    text = re.sub(r"(?<=\w)- (?=[a-zà-ỹ])", "-", text)
    for pattern in (_PLAN_NAME, _ABOUT):
        found = pattern.match(flat(text))
        if found and text[found.end() :].strip():
            text = text[found.end() :]
    text = _TAIL.sub("", text)
    for opening, closing in (("“", "”"), ('"', '"'), ("(", ")")):
        if text.endswith(closing) and opening not in text[:-1]:
            text = text[:-1]  # "(V/v báo cáo số liệu)" has lost its opening mark with "V/v"
        elif text.startswith(opening) and text.endswith(closing) and closing not in text[1:-1]:
            text = text[1:-1]
    return text.strip() or None


def addressee_pieces(lines: Sequence[HeadLine], at: int) -> tuple[list[Piece], int]:
    """Whom the letter is addressed to, from "Kính gửi:" (or "… điện:") on line *at*; and the first line after them."""
    line = lines[at]
    label = re.match(r"\W*kinh g.i\s*:?\s*", line.flat)
    pieces: list[Piece] = []
    open_end = label is None or label.end() == len(line.text)
    if not open_end and label is not None:
        pieces.append(_trimmed(line, label.end()))
    next_at = at + 1
    while next_at < len(lines):
        line, before = lines[next_at], lines[next_at - 1].text
        bullet = re.match(r"\W+", line.text)
        if line.form not in ("other", "stamp") or not (bullet or _goes_on(before, line, open_end and not pieces)):
            break
        pieces.append(_trimmed(line, bullet.end() if bullet else 0))
        next_at += 1
        if bullet and line.text.endswith("."):
            break
    return [p for p in pieces if p.start < p.end], next_at


def _goes_on(before: str, line: HeadLine, first: bool) -> bool:
    """Whether *line* goes on with the addressees that *before* has begun."""
    if line.text[:1].islower() or before.rstrip().endswith((",", "-", "–", " và")):
        return True
    return first or (before.rstrip().endswith(";") and not body_begins(line))


def _trimmed(line: HeadLine, skip: int) -> Piece:
    """The words of *line* after its first *skip* characters, without spaces and colons around them."""
    text = line.text[skip:]
    start = line.start + skip + len(text) - len(text.lstrip(" :"))
    return Piece(line.block, start, max(start, line.start + len(line.text.rstrip())))


def plan_year(subject: str | None) -> int | None:
    """The year that a plan is for: "phòng, chống bão năm 2026" → 2026; a span of years or a law's year is none."""
    if subject is None:
        return None
    words = _MONTH_AND_YEAR.sub(r"thang \1/\2", flat(subject))
    words = _LAW_YEAR.sub(" ", _SPAN_OF_YEARS.sub(" ", words))
    years = {int(found[1]) for found in _PLAN_YEAR.finditer(words)}
    return years.pop() if len(years) == 1 else None
