"""A portal's record of a document → its header.

In: the first lines of a page that describes a document by labelled fields, not by a letterhead. Out: `Record`.

    "Số ký hiệu: 12/KH-UBND" / "Ngày ban hành: 03/02/2026" / "Cơ quan ban hành: UBND tỉnh Sơn La" / "Trích yếu: V/v …"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from extractor.document.header_issuer import spelled
from extractor.document.header_number import Piece, kind_of_code, kinds, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.document.header_lines import HeadLine

_LABELS = {
    "number": re.compile(r"so\s*(?:/|,|va)?\s*(?:ky\s*)?hieu(?: van ban)?\s*[:|]?\s*"),
    "date": re.compile(r"ngay (?:ban hanh|ky|van ban)\s*[:|]?\s*"),
    "issuer": re.compile(r"(?:co quan|don vi|noi)(?:/don vi)? ban hanh\s*[:|]?\s*"),
    "subject": re.compile(r"trich yeu(?: noi dung| van ban)?\s*[:|]?\s*"),
    "kind": re.compile(r"(?:loai|hinh thuc|the loai)(?: van ban)?\s*[:|]\s*"),
}
_OTHER_LABEL = re.compile(
    r"(?:nguoi ky|chuc vu|linh vuc|ngay (?:hieu luc|co hieu luc|dang)|tinh trang|tep|file|do khan)\b"
)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_TWO_COLUMNS = 2


@dataclass(slots=True)
class Record:
    """The labelled fields of a page, as written, and their words."""

    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    day: date | None = None
    subject: str | None = None
    pieces: dict[str, Piece] = field(default_factory=dict)


def read_record(lines: Sequence[HeadLine]) -> Record | None:
    """The record that *lines* hold; None unless at least a number or a subject and one more field are labelled."""
    record = Record()
    for name, line, skip in _values(lines):
        if name not in record.pieces and _take(record, name, line.text[skip:].strip(" :|")):
            text = line.text[skip:]
            start = line.start + skip + len(text) - len(text.lstrip(" :|"))
            record.pieces[name] = Piece(line.block, start, line.end)
    if len(record.pieces) < _TWO_COLUMNS or not (record.number or record.subject):
        return None
    return record


def _values(lines: Sequence[HeadLine]) -> Iterator[tuple[str, HeadLine, int]]:
    """Label, line of its value, and where the value begins on it: on the label's line, or the line or cell after it."""
    for at, line in enumerate(lines):
        label = _label(line)
        if label is None or line.columns > _TWO_COLUMNS:
            continue
        name, end = label
        if line.text[end:].strip():
            yield name, line, end
        elif at + 1 < len(lines) and _label(lines[at + 1]) is None and not _OTHER_LABEL.match(lines[at + 1].flat):
            yield name, lines[at + 1], 0


def _label(line: HeadLine) -> tuple[str, int] | None:
    """The field that *line* begins with the label of, and where the label ends."""
    for name, pattern in _LABELS.items():
        found = pattern.match(line.flat)
        # "Ngày ký kết hợp đồng …" is prose: a label is followed by its mark, or stands alone.
        if found and (found.group().rstrip()[-1] in ":|" or found.end() == len(line.flat)):
            return name, found.end()
    return None


def _take(record: Record, name: str, text: str) -> bool:
    """Puts the value *text* of field *name* into *record*; False where it is none."""
    if name == "number":
        number, code = parse_number(text) or (None, None)
        record.number = number
        record.kind = record.kind or (kind_of_code(code)[0] if code else None)
        return number is not None
    if name == "date":
        found = _DAY.search(text)
        try:
            record.day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
        except ValueError:
            record.day = None
        return record.day is not None
    if name == "kind":
        known = next((kind.name for kind in kinds() if kind.name.lower() == text.lower()), None)
        record.kind = known or record.kind
        return known is not None
    if name == "issuer":
        record.issuer = spelled(text) or None
    else:
        record.subject = text or None
    return bool(text)
