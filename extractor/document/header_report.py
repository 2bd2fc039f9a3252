"""Sentences that announce a document → its header: reports, and plans without a letterhead.

In: blocks of prose. Out: `Told`, what the sentence says of the document, each value with its words.

    "UBND tỉnh Sơn La vừa ban hành Kế hoạch số 12/KH-UBND ngày 03/02/2026 về phòng, chống rét cho vật nuôi."
    → Kế hoạch, 12/KH-UBND, Ủy ban nhân dân tỉnh Sơn La, 2026-02-03, "phòng, chống rét cho vật nuôi"
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.document.header_place import place_in, with_hyphens
from extractor.document.header_reference import (
    OF,
    WRITTEN_DAY,
    Told,
    day_in,
    issuer_of,
    kind_named,
    number_of,
    reference,
    spans_of,
)
from extractor.model import Span
from extractor.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.model import Block

NEWS_BLOCKS, NEWS_CHARACTERS = 25, 6000  # a report names its document near its top
_EARLY_BLOCKS = 5  # its headline, its day, its first sentences
_OPENING = 60  # an announcement that opens its paragraph has at most a day before it

_SHORT_FORM = late(r"\s*\([A-ZĐÀ-Ỹ.\- ]{2,12}\)\s*$")
_JUST = late(r"(?:[Mm]ới đây|[Vv]ừa qua|[Nn]gày \d{1,2}[/-]\d{1,2}),?\s")
_DAY_BEFORE = late(rf"[Nn]gày\s+({WRITTEN_DAY}),?\s*$")
_ISSUED = (
    r"(?P<when>vừa mới|vừa|mới|đã|cũng đã|vừa qua đã)?\s*(?:(?:ký|thống nhất|chính thức|tiếp tục)\s+)*"
    r"(?P<verb>ban hành|có|ký|phát hành|gửi|xây dựng|phê duyệt)\s+"
)
_ENDING = late(r",?\s*(?:như sau|cụ thể|với (?:những|các|một số) (?:nội dung|nhiệm vụ)|gồm (?:các|những)|bao gồm)|\s*:")
_UNTIL = late(
    r"[.;\n]|,?\s+(?:như sau|cụ thể|với (?:những|các|một số) (?:nội dung|mục tiêu|nhiệm vụ)|(?:bao )?gồm (?:các|những)|"
    r"nhằm|gửi (?:các|UBND|Ủy ban)|với mục (?:tiêu|đích)|trong đó|theo đó|để triển khai)\b|:\s*$"
)
_ACCORDING = late(r"(?:Theo|Tại)\s+")
_WAS_ISSUED = late(
    r",?\s*\(?(?:(?:vừa|mới|đã|vừa mới|cũng)\s+)*(?:được|do)\s+(?P<issuer>[^,.;()\n]{3,90}?)\s+(?:\(.{2,20}\)\s+)?"
    r"(?:vừa |mới |đã )?(?:ký )?(?:ban hành|phê duyệt|thông qua|triển khai|xây dựng)\b"
)
_DAY_AFTER = late(rf"\s*(?:vào )?ngày\s+({WRITTEN_DAY})")
_COMMITTEE_OF = late(r"(?:UBND|Ủy ban nhân dân)\s+(?:tỉnh|thành phố|TP\.?)\s*(?:[A-ZĐÀ-Ỹ][\w-]*\s*-?\s*){1,5}")
_NO_SUBJECT = late(r"(?:là|đã|sẽ|được|bị|không|chưa|nào|này|có)\b")
_HEADLINES = 2
_LONGEST_HEADLINE = 40  # words
_LONGEST_TITLE = 320
_ABOUT = late(r"\s(?:về|V/v)\s")
_SUBJECT_LEAD = late(
    r"[\s,:]*(?:(?:về việc|v/v|về)\s+|(?:chỉ đạo|yêu cầu|đề nghị|gửi|giao)\s+(?:(?:tới|đến)\s+)?)?", re.IGNORECASE
)
_ADDRESSED = late(
    r"[Cc]ác\s+(?:(?:bộ|cơ quan|đơn vị|địa phương|sở|ban|ngành|đoàn thể|huyện|thị xã|thành phố|xã|phường|tổ chức|UBND|"
    r"cấp|trực thuộc|liên quan|tỉnh|đặc khu|thuộc|và|Sở|các|trên địa bàn|có)\s*,?\s*)+"
)


@lru_cache(maxsize=1)
def _announcement() -> re.Pattern[str]:
    """ "vừa ban hành Kế hoạch số 12/KH-UBND ngày 03/02/2026"."""
    return re.compile(_ISSUED + reference().pattern)


def told_of(blocks: Sequence[Block]) -> Told | None:
    """The document that the top of *blocks* announces, if any; a table's cells announce none."""
    found: list[Told] = []
    seen = 0
    prose = [b for b in blocks if b.place.cell is None]
    for at, read in enumerate(prose[:NEWS_BLOCKS]):
        block = replace(read, text=with_hyphens(read.text))
        found.extend(_announced(block, early=at < _EARLY_BLOCKS))
        found.extend((*_cited(block), *_passive(block)) if at < _EARLY_BLOCKS else ())
        seen += len(block.text)
        if seen > NEWS_CHARACTERS:
            break
    return max(found, key=lambda told: told.strength, default=None) or _headline(prose[:_EARLY_BLOCKS])


def _headline(blocks: Sequence[Block]) -> Told | None:
    """A plan that is pasted with its name alone over it: "Kế hoạch phát triển chính quyền số năm 2023"."""
    for block in blocks[:_HEADLINES]:
        text = block.text.replace("\n", " ").strip()
        found = reference().match(text)
        if found is None or found["number"] or text.endswith((".", ";", ":")) or len(text.split()) > _LONGEST_HEADLINE:
            continue
        subject, start, end = _subject(text, found.end())
        if subject is None or _NO_SUBJECT.match(subject):
            continue
        issuer, place = next((who for other in blocks if (who := _who_orders(other))), (None, None))
        spans = {"kind": Span(block.index, *found.span("kind")), "subject": Span(block.index, start, end)}
        spans |= {"issuer": place} if place else {}
        return Told(kind_named(found["kind"], None), None, issuer, None, subject, None, spans)
    return None


def _who_orders(block: Block) -> tuple[str, Span] | None:
    """The committee with its place that a text speaks of first: "UBND tỉnh Lào Cai yêu cầu …"."""
    found = _COMMITTEE_OF.search(block.text)
    issuer, at, length = issuer_of(found.group()) if found else (None, 0, 0)
    if found is None or issuer is None:
        return None
    return issuer, Span(block.index, found.start() + at, found.start() + at + length)


def _passive(block: Block) -> Iterator[Told]:
    """A document named before who issued it: "Kế hoạch chống hạn vừa được UBND tỉnh Sơn La ban hành"."""
    text = block.text.replace("\n", " ")
    for found in reference().finditer(text):
        by = _WAS_ISSUED.search(text, found.end(), found.end() + _LONGEST_TITLE)
        if by is None or re.search(r"[.;]\s", text[found.end() : by.start()]):
            continue
        issuer, at, length = issuer_of(by["issuer"])
        if issuer is None:
            continue
        number, code = number_of(found)
        title = text[found.end() : by.start()]
        lead = _SUBJECT_LEAD.match(title)
        start = found.end() + (lead.end() if lead else 0)
        subject = text[start : by.start()].strip(" ,:(“”\"'-–") or None
        if subject is not None and len(subject.split()) < 3:
            subject = None
        if subject is None and number is None:
            continue
        after = _DAY_AFTER.match(text, by.end())
        day, year = day_in(found["day"] or (after[1] if after else ""))
        begin = by.start("issuer") + at
        spans = spans_of(block, found, begin, begin + length)
        if day is not None and after and not found["day"]:
            spans["date"] = Span(block.index, *after.span(1))
        if subject:
            at_words = text.index(subject, start)
            spans["subject"] = Span(block.index, at_words, at_words + len(subject))
        yield Told(kind_named(found["kind"], code), number, issuer, day, subject, year, spans, 2)


def _cited(block: Block) -> Iterator[Told]:
    """The document that a report goes by: "Theo Kế hoạch số 12/KH-UBND ngày … của UBND tỉnh Sơn La về …"."""
    text = block.text.replace("\n", " ")
    lead = _ACCORDING.match(text)
    found = reference().match(text, lead.end() if lead else 0)
    of = OF.match(text, found.end()) if found else None
    number, code = number_of(found) if found else (None, None)
    if found is None or of is None or number is None:
        return
    about = _ABOUT.search(of["issuer"])
    issuer, at, length = issuer_of(of["issuer"][: about.start()] if about else of["issuer"])
    if issuer is None or about is None:
        return
    begin = of.start("issuer") + at
    # "Theo Kế hoạch … về trữ nước, mỗi xã có …": the main clause follows the comma ("phòng, chống" has its own).
    begin_about = of.start("issuer") + about.start()
    comma = re.compile(r"(?<!phòng),\s").search(text, begin_about)
    subject, start, end = _subject(text[: comma.start() if comma else None], begin_about)
    day, year = day_in(found["day"] or "")
    spans = spans_of(block, found, begin, begin + length)
    if subject:
        spans["subject"] = Span(block.index, start, end)
    yield Told(kind_named(found["kind"], code), number, issuer, day, subject, year, spans, 1)


def _announced(block: Block, early: bool) -> Iterator[Told]:
    """The documents that one paragraph announces; *early*: one of the first, where a number is announcement enough."""
    text = block.text.replace("\n", " ")
    for found in _announcement().finditer(text):
        clause = max((stop.end() for stop in re.finditer(r"[.,;:–]\s+|\)\s*[-–]\s+", text[: found.start()])), default=0)
        issuer, at, length = issuer_of(_SHORT_FORM.sub("", text[clause : found.start()]))
        if issuer is None:
            continue
        begin = clause + at
        subject, start, end = _subject(text, found.end())
        number, code = number_of(found)
        opening = (begin < _OPENING and place_in(issuer) is not None) or (
            early and _tells(found, number, issuer, subject)
        )
        new = bool(_JUST.search(text, max(0, begin - _OPENING), begin)) or _is_new(found)
        strength = _strength(found, number, bool(_ENDING.match(text, end)), opening, new)
        if not strength or (subject is None and number is None):
            continue
        day, year = day_in(found["day"] or "")
        spans = spans_of(block, found, begin, begin + length)
        before = _DAY_BEFORE.search(text, 0, begin)
        if day is None and year is None and before:
            day, year = day_in(before[1])
            spans["date"] = Span(block.index, *before.span(1))
        if subject:
            spans["subject"] = Span(block.index, start, end)
        yield Told(kind_named(found["kind"], code), number, issuer, day, subject, year, spans, strength)


def _tells(found: re.Match[str], number: str | None, issuer: str, subject: str | None) -> bool:
    """Among the first lines: a number, or "đã ban hành" with a place ("Nhằm …, UBND tỉnh Sơn La đã ban hành …")."""
    placed = place_in(issuer) is not None or place_in(subject or "") is not None
    return number is not None or (found["when"] is not None and placed)


def _is_new(found: re.Match[str]) -> bool:
    return found["when"] is not None and ("vừa" in found["when"] or "mới" in found["when"])


def _strength(found: re.Match[str], number: str | None, ending: bool, opening: bool, new: bool) -> int:
    """How plainly a sentence announces a document: "vừa ban hành" more than "đã ban hành", a number more than none.

    Without "vừa" or "như sau" it must open the paragraph with a body and its place ("Sơn La ban hành kế hoạch …"), or
    stand in the first lines with a number.
    """
    if found["verb"] in ("có", "gửi", "phê duyệt") and not (new or number):
        return 0
    if not (new or ending or opening):
        return 0
    return 4 * new + 2 * (number is not None) + 3 * ending + opening


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
