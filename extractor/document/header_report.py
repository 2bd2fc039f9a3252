"""Sentences that tell of a document → its header: reports, plans without a letterhead, "(Kèm theo Quyết định số …)".

In: blocks of prose. Out: `Told`, what the sentence says of the document, each value with its words.

    "UBND tỉnh Sơn La vừa ban hành Kế hoạch số 12/KH-UBND ngày 03/02/2026 về phòng, chống rét cho vật nuôi."
    → Kế hoạch, 12/KH-UBND, Ủy ban nhân dân tỉnh Sơn La, 2026-02-03, "phòng, chống rét cho vật nuôi"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.header_issuer import opens_agency, spelled
from extractor.document.header_number import NUMBER, kind_of_code, kinds, parse_number
from extractor.document.header_place import place_in, province_named
from extractor.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Block

NEWS_BLOCKS, NEWS_CHARACTERS = 25, 6000  # a report names its document near its top
_EARLY_BLOCKS = 5  # its headline, its day, its first sentences
_OPENING = 60  # an announcement that opens its paragraph has at most a day before it

_NUMBER = r"(?:(?:số|so)\s*:?\s*)?(?P<number>" + re.sub(r"\?P<\w+>", "?:", NUMBER.pattern) + r")?"
_WRITTEN_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
_DAY = rf"(?:,?\s*(?:(?:đề|ký|ban hành)\s+)?ngày\s+(?P<day>{_WRITTEN_DAY}|[\d\s.…]*/[\d\s.…]*/\s?\d{{4}}))?"
_DAY_BEFORE = re.compile(rf"Ngày\s+({_WRITTEN_DAY}),?\s*$")
_ISSUED = (
    r"(?P<when>vừa mới|vừa|mới|đã|cũng đã|vừa qua đã)?\s*(?:(?:ký|thống nhất|chính thức|tiếp tục)\s+)*"
    r"(?P<verb>ban hành|có|ký|phát hành|gửi|xây dựng|phê duyệt)\s+"
)
_ENDING = re.compile(
    r",?\s*(?:như sau|cụ thể|với (?:những|các|một số) (?:nội dung|nhiệm vụ)|gồm (?:các|những)|bao gồm)|\s*:"
)
_UNTIL = re.compile(
    r"[.;\n]|,?\s+(?:như sau|cụ thể|với (?:những|các|một số) (?:nội dung|mục tiêu|nhiệm vụ)|(?:bao )?gồm (?:các|những)|"
    r"nhằm|với mục (?:tiêu|đích)|trong đó|theo đó|để triển khai)\b|:\s*$"
)
_SUBJECT_LEAD = re.compile(
    r"[\s,:]*(?:(?:về việc|v/v|về)\s+|(?:chỉ đạo|yêu cầu|đề nghị|gửi|giao)\s+(?:(?:tới|đến)\s+)?)?", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"[Cc]ác\s+(?:(?:cơ quan|đơn vị|địa phương|sở|ban|ngành|đoàn thể|huyện|thị xã|thành phố|xã|phường|tổ chức|UBND|cấp|"
    r"trực thuộc|liên quan|tỉnh|đặc khu|thuộc|và|Sở|các|trên địa bàn|có)\s*,?\s*)+"
)
_PERSON = re.compile(
    r"(?:(?:đồng chí|ông|bà)\s+)?(?:phó\s+)?(?:chủ tịch|giám đốc|bộ trưởng|thứ trưởng|chánh văn phòng|bí thư|"
    r"trưởng ban|cục trưởng)\s+(?:thường trực\s+)?",
    re.IGNORECASE,
)
_AREA = re.compile(
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?!ủy\b|đoàn\b)(?=[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"((?:UBND|[ỦU][yỷ] ban nhân dân|HĐND)\s+(?:tỉnh|thành phố|TP\.?))\s+(.+)")
_LEAD_IN = re.compile(r"(?:mới đây|vừa qua|theo đó|mới nhất|hôm nay|sáng nay|chiều nay|nhân dịp này)\s+", re.IGNORECASE)
_ISSUED_WITH = re.compile(r"(?:^|\()\s*(?i:(?:ban hành\s+)?kèm theo)\s+")
_SIGNED = re.compile(r"^\W*T/?M\s?\.?\s*(?P<name>(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN|UBND|HĐND|HỘI ĐỒNG NHÂN DÂN)\b", re.M)
_OF = re.compile(r"\s*,?\s*của\s+(?P<issuer>[^)\n;]{3,120})")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says of a document.

    Attributes:
        kind: type of the document.
        number, issuer, day, subject: None where it does not say.
        year: of signing, known also where the day is blank ("ngày   /   /2026").
        spans: field → its words.
        strength: how plainly the sentence announces the document, for choosing among several.
    """

    kind: str
    number: str | None
    issuer: str | None
    day: date | None
    subject: str | None
    year: int | None
    spans: dict[str, Span]
    strength: int = 0


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    """ "Kế hoạch số 12/KH-UBND ngày 03/02/2026"."""
    words = "|".join(re.escape(name) for name in [*(k.name for k in kinds()), "Văn bản"])
    return re.compile(rf"(?P<kind>(?i:{words}))(?!\w)(?:\s+hành động)?\s*{_NUMBER}{_DAY}")


@lru_cache(maxsize=1)
def _announcement() -> re.Pattern[str]:
    """ "vừa ban hành Kế hoạch số 12/KH-UBND ngày 03/02/2026"."""
    return re.compile(_ISSUED + _reference().pattern)


def told_of(blocks: Sequence[Block]) -> Told | None:
    """The document that the top of *blocks* announces, if any; a table's cells announce none."""
    found: list[Told] = []
    seen = 0
    prose = [b for b in blocks if b.place.cell is None]
    for at, block in enumerate(prose[:NEWS_BLOCKS]):
        found.extend(_announced(block, early=at < _EARLY_BLOCKS))
        seen += len(block.text)
        if seen > NEWS_CHARACTERS:
            break
    return max(found, key=lambda told: told.strength, default=None)


def _announced(block: Block, early: bool) -> Iterator[Told]:
    """The documents that one paragraph announces; *early*: one of the first, where a number is announcement enough."""
    text = block.text.replace("\n", " ")
    for found in _announcement().finditer(text):
        clause = max((stop.end() for stop in re.finditer(r"[.,;:–]\s+", text[: found.start()])), default=0)
        issuer, at, length = issuer_of(text[clause : found.start()])
        if issuer is None:
            continue
        begin = clause + at
        subject, start, end = _subject(text, found.end())
        number, code = _number(found)
        opening = (begin < _OPENING and place_in(issuer) is not None) or (early and number is not None)
        strength = _strength(found, number, bool(_ENDING.match(text, end)), opening)
        if not strength or (subject is None and number is None):
            continue
        day, year = _day(found["day"] or "")
        spans = _spans(block, found, begin, begin + length)
        before = _DAY_BEFORE.search(text, 0, begin)
        if day is None and year is None and before:
            day, year = _day(before[1])
            spans["date"] = Span(block.index, *before.span(1))
        if subject:
            spans["subject"] = Span(block.index, start, end)
        yield Told(_kind(found["kind"], code), number, issuer, day, subject, year, spans, strength)


def _spans(block: Block, found: re.Match[str], start: int, end: int) -> dict[str, Span]:
    """The words of kind, number and day in *found*, and of the issuer at `[start, end)`."""
    named = {"kind": "kind", "number": "number", "date": "day"}
    spans = {field: Span(block.index, *found.span(group)) for field, group in named.items() if found[group]}
    return spans | ({"issuer": Span(block.index, start, end)} if start < end else {})


def _strength(found: re.Match[str], number: str | None, ending: bool, opening: bool) -> int:
    """How plainly a sentence announces a document: "vừa ban hành" more than "đã ban hành", a number more than none.

    Without "vừa" or "như sau" it must open the paragraph with a body and its place ("Sơn La ban hành kế hoạch …"), or
    stand in the first lines with a number.
    """
    new = found["when"] is not None and ("vừa" in found["when"] or "mới" in found["when"])
    if found["verb"] in ("có", "gửi", "phê duyệt") and not (new or number):
        return 0
    if not (new or ending or opening):
        return 0
    return 4 * new + 2 * (number is not None) + 3 * ending + opening


def issuer_of(phrase: str) -> tuple[str | None, int, int]:
    """The agency that *phrase* names as the one who issues: (name, where its words begin, their length)."""
    lead = _LEAD_IN.match(phrase.lstrip())
    words = phrase.lstrip()[lead.end() if lead else 0 :].rstrip()
    at = phrase.rindex(words) if words else 0
    person = _PERSON.match(words)
    body = words[person.end() :] if person else words
    province = province_named(body)
    if person and not opens_agency(body):
        return None, 0, 0
    if province is not None:
        return f"Ủy ban nhân dân {province.titled}", at, len(words)
    if _AREA.match(body):
        name = spelled(body)
        return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}", at, len(words)
    if not opens_agency(body) or not body[:1].isupper() or len(body.split()) > 18:
        return None, 0, 0
    return spelled(_without_person(body)), at, len(words)


def _without_person(body: str) -> str:
    """*body* without the name of a person after it: "UBND tỉnh Nguyễn Văn An" → "UBND tỉnh"."""
    found = _COMMITTEE.match(body)
    if not found:
        return body
    words = found[2].split()
    for count in range(len(words), 0, -1):
        if province_named(" ".join(words[:count])):
            return f"{found[1]} {' '.join(words[:count])}"
    return found[1]


def _subject(text: str, start: int) -> tuple[str | None, int, int]:
    """The subject that follows kind, number and day: (words, start, end)."""
    for lead in (_SUBJECT_LEAD, _ADDRESSED):
        found = lead.match(text, start)
        start = found.end() if found else start
    until = _UNTIL.search(text, start)
    words = text[start : until.start() if until else len(text)].rstrip(" ,:(“\"'-–")
    end = start + len(words)
    if words.startswith(("của ", "do ")) or len(words.split()) < 3:
        return None, start, end
    return words.lstrip("“\"'"), start, end


def _number(found: re.Match[str]) -> tuple[str | None, str | None]:
    """Number and code of a reference."""
    return (parse_number(found["number"]) if found["number"] else None) or (None, None)


def _day(text: str) -> tuple[date | None, int | None]:
    """The day and the year of "20/7/2021" or "20 tháng 7 năm 2021"; the day is None where blank ("  /  /2024")."""
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    year = numbers[-1] if numbers and numbers[-1] > 1900 else None
    try:
        return date(numbers[2], numbers[1], numbers[0]), year
    except (IndexError, ValueError):
        return None, year


def _kind(words: str, code: str | None) -> str:
    """The type's full name; "văn bản số 12/UBND-KT" is what its code says."""
    name = next((k.name for k in kinds() if k.name.lower() == words.lower()), None)
    return name or (kind_of_code(code)[0] if code else None) or "Công văn"


def issued_with(blocks: Sequence[Block]) -> Told | None:
    """The document that the first bracket "(Kèm theo Kế hoạch số … ngày … của …)" in *blocks* belongs to."""
    for block in blocks:
        text = block.text.replace("\n", " ")
        lead = _ISSUED_WITH.search(text)
        found = _reference().match(text, lead.end()) if lead and lead.start() < 200 else None
        if found is None:
            continue
        number, code = _number(found)
        of = _OF.match(text, found.end())
        issuer, at, length = issuer_of(of["issuer"]) if of else (None, 0, 0)
        begin = of.start("issuer") + at if of else 0
        day, year = _day(found["day"] or "")
        spans = _spans(block, found, begin, begin + length)
        if number is None:
            spans.pop("number", None)
        if day is None:
            spans.pop("date", None)
        return Told(_kind(found["kind"], code), number, issuer, day, None, year, spans)
    return None


def signed_by(blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """The committee that the signature stands for: "TM. ỦY BAN NHÂN DÂN" → ("Ủy ban nhân dân", its words)."""
    for block in reversed(blocks):
        found = _SIGNED.search(block.text)
        if found:
            name = spelled(found["name"].replace("\n", " "))
            return name, Span(block.index, *found.span("name"))
    return None
