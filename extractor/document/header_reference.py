"""A reference to a document, and who issued it: what reports and brackets name a document by.

In: words. Out: `Told`. The same grammar reads the bracket of an appendix and a reporter's sentence:

    "(Kèm theo Quyết định số 45/QĐ-UBND ngày 06/02/2026 của UBND tỉnh Sơn La)"
    → Quyết định, 45/QĐ-UBND, 2026-02-06, Ủy ban nhân dân tỉnh Sơn La
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.header_issuer import known_name_after, opens_agency, spelled
from extractor.document.header_number import NUMBER, kind_of_code, kinds, parse_number
from extractor.document.header_place import province_named
from extractor.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Block

_NUMBER = r"(?:(?:số|so)\s*:?\s*)?(?P<number>" + re.sub(r"\?P<\w+>", "?:", NUMBER.pattern) + r")?"
WRITTEN_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
_DAY = rf"(?:,?\s*(?:(?:đề|ký|ban hành)\s+)?ngày\s+(?P<day>{WRITTEN_DAY}|[\d\s.…]*/[\d\s.…]*/\s?\d{{4}}))?"
_PERSON = re.compile(
    r"(?:(?:đồng chí|ông|bà)\s+)?(?:phó\s+)?(?:chủ tịch|giám đốc|bộ trưởng|thứ trưởng|chánh văn phòng|bí thư|"
    r"trưởng ban|cục trưởng)\s+(?:thường trực\s+)?",
    re.IGNORECASE,
)
_PRIME_MINISTER = re.compile(r"(?:Phó )?Thủ tướng\b")
_AREA = re.compile(
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?!ủy\b|đoàn\b)(?=[A-ZĐÀ-Ỹ])",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"((?:UBND|[ỦU][yỷ] ban nhân dân|HĐND)\s+(?:tỉnh|thành phố|TP\.?))\s+(.+)", re.IGNORECASE)
_OF_A_FIELD = re.compile(r"(?:Bộ|Sở|Ban|Cục)\s+")
_FULL_NAME = re.compile(r"(?:\s+[A-ZĐÀ-Ỹ][a-zđà-ỹ]+){2,4}")
_LEAD_IN = re.compile(
    r"(?:mới đây|vừa qua|theo đó|mới nhất|hôm nay|sáng nay|chiều nay|nhân dịp này|"
    r"ngày\s+\d{1,2}/\d{1,2}(?:/\d{4})?),?\s+",
    re.IGNORECASE,
)
_ISSUED_WITH = re.compile(r"(?:^|\()\s*(?i:(?:ban hành\s+)?kèm theo)\s+")
_SIGNED = re.compile(r"^\W*T/?M\s?\.?\s*(?P<name>(?:ỦY|UỶ)\s+BAN\s+NHÂN\s+DÂN|UBND|HĐND|HỘI ĐỒNG NHÂN DÂN)\b", re.M)
_ABOUT = re.compile(r"\s(?:về việc|v/v|về)\s+(?P<subject>[^)]+[^)\s.;,])\s*[.;,]?\s*\)", re.IGNORECASE)
OF = re.compile(r"\s*,?\s*của\s+(?P<issuer>[^)\n;]{3,120})")


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
def reference() -> re.Pattern[str]:
    """ "Kế hoạch số 12/KH-UBND ngày 03/02/2026"."""
    words = "|".join(re.escape(name) for name in [*(k.name for k in kinds()), "Văn bản"])
    return re.compile(rf"(?P<kind>(?i:{words}))(?!\w)(?:\s+hành động)?\s*{_NUMBER}{_DAY}")


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
    if _PRIME_MINISTER.match(body):
        return "Thủ tướng Chính phủ", at, len(words)
    if province is not None:
        return f"Ủy ban nhân dân {province.titled}", at, len(words)
    if _AREA.match(body):
        name = spelled(body)
        return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}", at, len(words)
    if not opens_agency(body) or not body[:1].isupper() or len(body.split()) > 18:
        return None, 0, 0
    return spelled(_without_person(body)), at, len(words)


def _without_person(body: str) -> str:
    """*body* without a person's name after it: "UBND tỉnh Lê Văn An" → "UBND tỉnh", "Bộ Y tế Lê Văn An" → "Bộ Y tế"."""
    field = _OF_A_FIELD.match(body)
    end = known_name_after(body, field.end()) if field else None
    if end is not None and _FULL_NAME.fullmatch(body[end:]) and province_named(body[end:]) is None:
        return body[:end]
    found = _COMMITTEE.match(body)
    if not found:
        return body
    words = found[2].split()
    for count in range(len(words), 0, -1):
        if province_named(" ".join(words[:count])):
            return f"{found[1]} {' '.join(words[:count])}"
    return found[1]


def spans_of(block: Block, found: re.Match[str], start: int, end: int) -> dict[str, Span]:
    """The words of kind, number and day in *found*, and of the issuer at `[start, end)`."""
    named = {"kind": "kind", "number": "number", "date": "day"}
    spans = {field: Span(block.index, *found.span(group)) for field, group in named.items() if found[group]}
    return spans | ({"issuer": Span(block.index, start, end)} if start < end else {})


def number_of(found: re.Match[str]) -> tuple[str | None, str | None]:
    """Number and code of a reference."""
    return (parse_number(found["number"]) if found["number"] else None) or (None, None)


def day_in(text: str) -> tuple[date | None, int | None]:
    """The day and the year of "20/7/2021" or "20 tháng 7 năm 2021"; the day is None where blank ("  /  /2024")."""
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    year = numbers[-1] if numbers and numbers[-1] > 1900 else None
    try:
        return date(numbers[2], numbers[1], numbers[0]), year
    except (IndexError, ValueError):
        return None, year


def kind_named(words: str, code: str | None) -> str:
    """The type's full name; "văn bản số 12/UBND-KT" is what its code says."""
    name = next((k.name for k in kinds() if k.name.lower() == words.lower()), None)
    return name or (kind_of_code(code)[0] if code else None) or "Công văn"


def issued_with(blocks: Sequence[Block]) -> Told | None:
    """The document that the first bracket "(Kèm theo Kế hoạch số … ngày … của …)" in *blocks* belongs to."""
    for block in blocks:
        text = block.text.replace("\n", " ")
        lead = _ISSUED_WITH.search(text)
        found = reference().match(text, lead.end()) if lead and lead.start() < 200 else None
        if found is None:
            continue
        number, code = number_of(found)
        of = OF.match(text, found.end())
        about = _ABOUT.search(text, found.end())
        named = of["issuer"] if of else ""
        issuer, at, length = issuer_of(named[: about.start() - of.start("issuer")] if of and about else named)
        begin = of.start("issuer") + at if of else 0
        day, year = day_in(found["day"] or "")
        spans = spans_of(block, found, begin, begin + length)
        if number is None:
            spans.pop("number", None)
        if day is None:
            spans.pop("date", None)
        if about is not None:
            spans["subject"] = Span(block.index, *about.span("subject"))
        subject = about["subject"] if about else None
        return Told(kind_named(found["kind"], code), number, issuer, day, subject, year, spans)
    return None


def signed_by(blocks: Sequence[Block]) -> tuple[str, Span] | None:
    """The committee that the signature stands for: "TM. ỦY BAN NHÂN DÂN" → ("Ủy ban nhân dân", its words)."""
    for block in reversed(blocks):
        found = _SIGNED.search(block.text)
        if found:
            name = spelled(found["name"].replace("\n", " "))
            return name, Span(block.index, *found.span("name"))
    return None
