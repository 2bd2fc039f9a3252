"""Sentences that tell of a document → its header: news reports, plans without a letterhead, "(Kèm theo Quyết định số …)".

In: blocks of prose. Out: `Told`, what the sentence says of the document, each value with its words.

    "UBND tỉnh Sơn La vừa ban hành Kế hoạch số 12/KH-UBND ngày 03/02/2026 về phòng, chống rét cho vật nuôi."
    → kind Kế hoạch, number 12/KH-UBND, issuer Ủy ban nhân dân tỉnh Sơn La, day 2026-02-03, subject "phòng, chống rét cho vật nuôi"
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.header_issuer import opens_agency, place_in, provinces, spelled
from extractor.document.header_lines import flat
from extractor.document.header_number import NUMBER, kind_of_code, kinds, parse_number
from extractor.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Block

NEWS_BLOCKS, NEWS_CHARACTERS = 25, 6000  # a report names its document near its top

_NUMBER = r"(?:(?:số|so)\s*:?\s*)?(?P<number>" + re.sub(r"\?P<\w+>", "?:", NUMBER.pattern) + r")?"
_DAY = r"(?:,?\s*(?:(?:đề|ký|ban hành)\s+)?ngày\s+(?P<day>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|[\d\s.…]*/[\d\s.…]*/\s?\d{4}))?"
_ISSUED = r"(?P<when>vừa mới|vừa|mới|đã|cũng đã|vừa qua đã)?\s*(?:(?:ký|thống nhất|chính thức|tiếp tục)\s+)*(?P<verb>ban hành|có|ký|phát hành|gửi|xây dựng|phê duyệt)\s+"
_UNTIL = re.compile(
    r"[.\n]|;|,?\s+(?:như sau|cụ thể như sau|với (?:những|các|một số) (?:nội dung|mục tiêu|nhiệm vụ)|gồm (?:các|những)|nhằm\b|với mục (?:tiêu|đích)|"
    r"cụ thể\b|trong đó\b|theo đó\b|để triển khai)|:\s*$"
)
_SUBJECT_LEAD = re.compile(r"[\s,:]*(?:(?:về việc|v/v|về)\s+|(?:chỉ đạo|yêu cầu|đề nghị|gửi|giao)\s+(?:(?:tới|đến)\s+)?)?", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"(?:các|Các)\s+(?:(?:cơ quan|đơn vị|địa phương|sở|ban|ngành|đoàn thể|huyện|thị xã|thành phố|xã|phường|tổ chức|UBND|cấp|trực thuộc|"
    r"liên quan|tỉnh|đặc khu|thuộc|và|Sở|các|trên địa bàn|có)\s*,?\s*)+"
)
_PERSON = re.compile(
    r"(?:(?:đồng chí|ông|bà)\s+)?(?:phó\s+)?(?:chủ tịch|giám đốc|bộ trưởng|thứ trưởng|chánh văn phòng|bí thư|trưởng ban|cục trưởng)\s+(?:thường trực\s+)?",
    re.IGNORECASE,
)
_AREA = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?!ủy\b|đoàn\b)(?=[A-ZĐÀ-Ỹ])", re.IGNORECASE)
_LEAD_IN = re.compile(r"(?:mới đây|vừa qua|theo đó|mới nhất|hôm nay|sáng nay|chiều nay|nhân dịp này)\s+", re.IGNORECASE)
_ISSUED_WITH = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo\s+", re.IGNORECASE)
_OF = re.compile(r"\s*,?\s*của\s+(?P<issuer>[^)\n;]{3,120})")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says of a document; spans point into the block it stands in.

    Attributes:
        kind: type of the document.
        spans: field → its words.
        strength: how plainly the sentence announces the document, for choosing among several.
    """

    kind: str
    number: str | None
    issuer: str | None
    day: date | None
    subject: str | None
    spans: dict[str, Span]
    strength: int = 0
    year: int | None = None
    code: str | None = None


@lru_cache(maxsize=1)
def _kind_words() -> str:
    names = [k.name for k in kinds()] + ["Văn bản"]
    return "|".join(re.escape(n) for n in names)


@lru_cache(maxsize=1)
def _announcement() -> re.Pattern[str]:
    return re.compile(rf"{_ISSUED}(?P<kind>(?i:{_kind_words()}))(?:\s+hành động)?(?!\w)\s*{_NUMBER}{_DAY}")


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    return re.compile(rf"(?P<kind>(?i:{_kind_words()}))(?!\w)\s*{_NUMBER}{_DAY}")


def told_of(blocks: Sequence[Block]) -> Told | None:
    """The document that the top of *blocks* announces, if any; table cells never do."""
    found: list[Told] = []
    seen = 0
    prose = [b for b in blocks if b.place.cell is None]
    for block in prose[:NEWS_BLOCKS]:
        found.extend(_announced(block))
        seen += len(block.text)
        if seen > NEWS_CHARACTERS:
            break
    return max(found, key=lambda t: t.strength, default=None)


def _announced(block: Block) -> Iterator[Told]:
    """The documents that one paragraph announces."""
    text = block.text.replace("\n", " ")
    for found in _announcement().finditer(text):
        begin = _clause_start(text, found.start())
        issuer, at, length = issuer_of(text[begin : found.start()])
        if issuer is None:
            continue
        begin += at
        number, code = parse_number(found["number"]) or (None, None) if found["number"] else (None, None)
        subject, start, end = _subject(text, found.end())
        day, year = _day(found["day"]) if found["day"] else _day_before(text, begin)
        ending = bool(re.match(r",?\s*(?:như sau|cụ thể|với (?:những|các|một số) (?:nội dung|nhiệm vụ)|gồm)", text[end:])) or text[end:].startswith(":")
        strength = _strength(found, number, ending, begin < 60 and place_in(issuer) is not None)
        if not strength or (subject is None and number is None):
            continue
        spans = {
            "kind": Span(block.index, *found.span("kind")),
            "issuer": Span(block.index, begin, begin + length),
        }
        if number:
            spans["number"] = Span(block.index, *found.span("number"))
        if subject:
            spans["subject"] = Span(block.index, start, end)
        if day:
            spans["date"] = Span(block.index, *(found.span("day") if found["day"] else (max(0, begin - 40), begin)))
        yield Told(_kind(found["kind"], code), number, issuer, day, subject, spans, strength, year, code)


def _strength(found: re.Match[str], number: str | None, ending: bool, opening: bool) -> int:
    """How plainly a sentence announces a document: "vừa ban hành" more than "đã ban hành", a number more than none.

    Without "vừa" or "như sau" it must open the paragraph with a body and its place ("Sơn La ban hành kế hoạch …").
    """
    new = found["when"] is not None and ("vừa" in found["when"] or "mới" in found["when"])
    if found["verb"] in ("có", "gửi", "phê duyệt") and not (new or number):
        return 0
    if not (new or ending or opening):
        return 0
    return 4 * new + 2 * (number is not None) + 3 * ending + opening


def _clause_start(text: str, end: int) -> int:
    """Where the clause before *end* begins: after a full stop, comma, semicolon or colon."""
    return max((found.end() for found in re.finditer(r"[.,;:–]\s+", text[:end])), default=0)


def issuer_of(phrase: str) -> tuple[str | None, int, int]:
    """The agency that *phrase* names as the one who issues: (name, where its words begin, their length)."""
    words = phrase.strip()
    at = phrase.find(words)
    lead = _LEAD_IN.match(words)
    if lead:
        words, at = words[lead.end() :], at + lead.end()
    length = len(words)
    person = _PERSON.match(words)
    body = words[person.end() :] if person else words
    if person and not opens_agency(body):
        return None, 0, 0
    if flat(body) in provinces():
        return f"Ủy ban nhân dân {provinces()[flat(body)].titled}", at, length
    area = _AREA.match(body)
    if area:
        name = spelled(body)
        return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}", at, length
    if not opens_agency(body) or not body[:1].isupper() or len(body.split()) > 18:
        return None, 0, 0
    return spelled(_without_person(body)), at, length


def _without_person(body: str) -> str:
    """*body* without the name of a person after it: "UBND tỉnh Nguyễn Văn An" → "UBND tỉnh"."""
    found = re.match(r"((?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)\s+(?:tỉnh|thành phố|huyện|TP\.?))\s+(.+)", body)
    if not found:
        return body
    words = found[2].split()
    for count in range(len(words), 0, -1):
        if flat(" ".join(words[:count])) in provinces():
            return f"{found[1]} {' '.join(words[:count])}"
    return body if len(words) < 3 and "huyện" in found[1] else found[1]


def _subject(text: str, start: int) -> tuple[str | None, int, int]:
    """The subject that follows kind, number and day: (words, start, end)."""
    lead = _SUBJECT_LEAD.match(text, start)
    start = lead.end() if lead else start
    addressed = _ADDRESSED.match(text, start)
    start = addressed.end() if addressed else start
    until = _UNTIL.search(text, start)
    end = until.start() if until else len(text)
    words = text[start:end].rstrip(" ,:(“\"'-–")
    end = start + len(words)
    if words.startswith(("của ", "do ")) or len(words.split()) < 3:
        return None, start, end
    return words.lstrip("“\"'"), start, end


def _day(text: str) -> tuple[date | None, int | None]:
    """The day and the year of "20/7/2021" or "20 tháng 7 năm 2021"; the day is None where blank ("  /  /2024")."""
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    year = numbers[-1] if numbers and numbers[-1] > 1900 else None
    try:
        return date(numbers[2], numbers[1], numbers[0]), year
    except (IndexError, ValueError):
        return None, year


def _day_before(text: str, begin: int) -> tuple[date | None, int | None]:
    """The day of "Ngày 20/7/2021, UBND tỉnh ban hành …"."""
    found = re.search(r"Ngày\s+(\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}),?\s*$", text[:begin])
    return _day(found[1]) if found else (None, None)


def _kind(words: str, code: str | None) -> str:
    """The type's full name; "văn bản số 12/UBND-KT" is what its code says."""
    name = next((k.name for k in kinds() if k.name.lower() == words.lower()), None)
    return name or (kind_of_code(code)[0] if code else None) or "Công văn"


def issued_with(blocks: Sequence[Block], first: int, last: int) -> Told | None:
    """The document that a bracket "(Kèm theo Kế hoạch số … ngày … của …)" in blocks *first* to *last* belongs to."""
    for block in blocks[first:last]:
        text = block.text.replace("\n", " ")
        lead = re.search(r"(?:^|\()\s*(?i:(?:ban hành\s+)?kèm theo)\s+", text)
        found = _reference().match(text, lead.end()) if lead and lead.start() < 200 else None
        if found is None:
            continue
        number, code = parse_number(found["number"]) or (None, None) if found["number"] else (None, None)
        spans = {"kind": Span(block.index, *found.span("kind"))}
        if number:
            spans["number"] = Span(block.index, *found.span("number"))
        of = _OF.match(text, found.end())
        issuer, at, length = issuer_of(of["issuer"]) if of else (None, 0, 0)
        if of and issuer:
            spans["issuer"] = Span(block.index, of.start("issuer") + at, of.start("issuer") + at + length)
        day, year = _day(found["day"]) if found["day"] else (None, None)
        if day:
            spans["date"] = Span(block.index, *found.span("day"))
        return Told(_kind(found["kind"], code), number, issuer, day, None, spans, 0, year, code)
    return None


def place_told(blocks: Sequence[Block]) -> str | None:
    """The province that a document speaks of most: "tỉnh Sơn La"; its committee's name counts most."""
    names = "|".join(re.escape(p.name) for p in sorted(provinces().values(), key=lambda p: -len(p.name)))
    pattern = re.compile(rf"(?P<body>(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)\s+)?(?:tỉnh|thành phố|TP\.?)\s+(?P<name>{names})(?!\w)", re.IGNORECASE)
    votes: Counter[str] = Counter()
    for block in blocks:
        for found in pattern.finditer(block.text):
            votes[flat(re.sub(r"\s+", " ", found["name"]))] += 3 if found["body"] else 1
    best = votes.most_common(1)
    return provinces()[best[0][0]].titled if best else None


def with_place(issuer: str, place: str | None) -> str:
    """*issuer* with *place*, where it is a local body named without one: "Ủy ban nhân dân tỉnh" + "tỉnh Sơn La"."""
    if place is None or place_in(issuer):
        return issuer
    bare = re.sub(r"\s+(?:tỉnh|thành phố|Tỉnh|Thành phố)$", "", issuer)
    if bare == issuer and not re.match(r"(?:Sở|Ủy ban nhân dân|Hội đồng nhân dân|Công an|Thanh tra|Ban Dân tộc|Văn phòng Ủy ban)\b", issuer):
        return issuer
    if re.search(r"\b(?:huyện|quận|thị xã|xã|phường|đặc khu)$", bare):
        return issuer
    return f"{bare} {place}"
