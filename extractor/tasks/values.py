"""The value of an assignment line or of a cell → who leads and who supports.

In: a value of the role "lead", "support" or "mixed" (a column of both). Out: lead and support. A value may be:

    Chủ trì: Sở Xây dựng / Phối hợp: Công an tỉnh, UBND các xã       labels, on lines of their own or in one
    Sở Xây dựng (chủ trì), Công an tỉnh, UBND các xã                 notes in brackets
    Sở Xây dựng chủ trì, phối hợp với Công an tỉnh                   a sentence
    Sở Xây dựng / Công an tỉnh, UBND các xã                          under "Cơ quan chủ trì/phối hợp": the first leads
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.mentions import units
from extractor.mentions.frame import is_unit_heading, roles_of
from extractor.model import Span
from extractor.tasks.draft import moved, words
from extractor.tasks.timed import parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.model import Block, UnitMention
    from extractor.tasks.scope import Setting

Roles = tuple[tuple["UnitMention", ...], tuple["UnitMention", ...]]
"""Who leads, who supports."""

# A value that is a sentence about roles, not a list: "Công an tỉnh chủ trì, phối hợp với Sở Tư pháp".
_SENTENCE_OF_ROLES = re.compile(r"\b(?:chủ trì|phối hợp|đầu mối|tham mưu)\b", re.IGNORECASE)

_SENTENCE_WORDS = 6
_LIST_MARK = re.compile(r"(?:^|(?<=\n))[ \t]*[-+–•*][ \t]*")
_NOTE_OF_LEAD = re.compile(
    r"\((?:là )?(?:cơ quan |đơn vị )?(?:chủ trì|đầu mối|chịu trách nhiệm|chính|trưởng nhóm|thường trực)[^()]*\)",
    re.IGNORECASE,
)
_NOTE_OF_SUPPORT = re.compile(r"\((?:cơ quan |đơn vị )?(?:phối hợp|hỗ trợ|tham gia)[^()]*\)", re.IGNORECASE)
# "Trường A chủ trì, phối hợp với Cục B": also names that the lexicon does not know are whole on either side.
_SENTENCE = re.compile(
    r"(?P<lead>[^:;.]+?),?\s+(?:là (?:cơ quan|đơn vị) |làm )?(?:chủ trì|đầu mối|chịu trách nhiệm chính)"
    r"(?: (?:thực hiện|tham mưu|triển khai|xây dựng))*\s*(?:[,;.\n–-]|\bvà\b)[\s,;]*(?:và )?"
    r"phối hợp(?: (?:với|cùng|thực hiện|triển khai))*\s*:?\s*(?P<support>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OF_UNITS = frozenset({"lead", "mixed", "support"})
_FIRST_OF_MIXED = re.compile(r"\n|;|\s/\s|(?<=[^\W\d_]{2})/(?=[A-ZĐ])")


def pieces_of(role: str, block: Block) -> list[tuple[str, Span]]:
    """The values of a cell: its own role's, or those of the labels in it ("Chủ trì: Sở A / Phối hợp: Sở B").

    What stands before the first label has the column's own role; a day beside units is a deadline.
    """
    text = _LIST_MARK.sub(lambda found: " " * len(found.group()), block.text)
    labelled = assignment.labelled(text)
    before = text[: labelled[0].label].rstrip(" \n;,-–(") if labelled else text
    values = [(role, 0, len(before))] if before.strip() or not labelled else []
    values += [(piece.role, piece.start, piece.end) for piece in labelled if piece.end > piece.start]
    found: list[tuple[str, Span]] = []
    for held, start, end in values:
        day = parted(text[start:end]) if held in _OF_UNITS else None
        for name, span in zip((held, "deadline"), day or ((0, end - start),), strict=False):
            found.append((name, Span(block.index, start + span[0], start + span[1])))
    return found


def units_of_value(span: Span, setting: Setting, role: str) -> Roles:
    """Lead and support in the value at *span* of a line or column of *role*: "lead", "support" or "mixed".

    What the value itself says goes before its label; a plain list is all lead.
    """
    text = words(setting.blocks, span)
    if _NOTE_OF_LEAD.search(text) or _NOTE_OF_SUPPORT.search(text):
        return _noted(span, text, setting)
    told = _SENTENCE.fullmatch(text)
    if told:
        sides = (_listed(span, told.span(side), setting) for side in ("lead", "support"))
        lead, support = sides
        if lead and support:
            return without_repeats(lead), without_repeats(support)
    closed = _closed_by_roles(span, text, setting)
    if closed is not None:
        return closed
    lead, support = _by_lines(span, setting, role)
    if role == "mixed" and not support and len(lead) > 1:
        return _first_leads(text, span, lead)
    return lead, support


_PIECE = re.compile(r"[^\n;]+")
_CLOSED = re.compile(
    r"[-+–•*\s]*(?P<units>\S.*?),?\s+"
    r"(?:(?P<leads>(?:là )?(?:cơ quan |đơn vị )?(?:chủ trì|đầu mối|chịu trách nhiệm chính)"
    r"(?: (?:thực hiện|tham mưu|triển khai))?)|(?:tham gia )?phối hợp(?: thực hiện)?)[\s.,]*",
    re.IGNORECASE,
)


def _closed_by_roles(span: Span, text: str, setting: Setting) -> Roles | None:
    """Units whose role stands after them: "- Sở Xây dựng chủ trì; / - Các chủ đầu tư phối hợp"; None for others."""
    pieces = [(piece, _CLOSED.fullmatch(piece.group())) for piece in _PIECE.finditer(text) if piece.group().strip()]
    if len({bool(found["leads"]) for _, found in pieces if found}) < len(pieces[:2]) or not all(f for _, f in pieces):
        return None
    lead: list[UnitMention] = []
    support: list[UnitMention] = []
    for piece, found in pieces:
        if found is not None:
            part = (piece.start() + found.start("units"), piece.start() + found.end("units"))
            (lead if found["leads"] else support).extend(_listed(span, part, setting))
    return (without_repeats(lead), without_repeats(support)) if lead and support else None


def _by_lines(span: Span, setting: Setting, role: str) -> Roles:
    """As `units_of_value`, where sentences speak of roles ("Công an tỉnh chủ trì, phối hợp với Sở Tư pháp"), or lines
    say what each unit does ("UBND các xã trực tiếp triển khai / Sở Y tế hướng dẫn")."""
    lead: list[UnitMention] = []
    support: list[UnitMention] = []
    lines = _lines_of(span, setting)
    for line in lines:
        text = words(setting.blocks, line)
        roles = roles_of(text, setting.context.declared)
        listed = units.split_list(text, block=span.block, declared=setting.context.declared)
        cue = _SENTENCE_OF_ROLES.search(text)
        named = cue is not None and any(
            u.span and u.span.start < cue.start() and cue.end() < u.span.end for u in listed
        )
        about_roles = (
            cue is not None and not named and bool(roles.lead or (role == "support" and roles.support))
        )  # "Các ban tham mưu Đảng ủy" is a name
        acts = len(lines) > 1 and roles.lead_source == "subject" and _says_more(text, roles.lead)
        if about_roles or acts:
            lead += (moved(unit, span.block, line.start) for unit in roles.lead)
            support += (moved(unit, span.block, line.start) for unit in roles.support)
        else:
            lead += (moved(unit, span.block, line.start) for unit in listed)
    return without_repeats(lead), without_repeats(support)


def _says_more(text: str, named: Sequence[UnitMention]) -> bool:
    """Whether a sentence goes on after the units *named* in it, not only a word or two of their description."""
    end = max((unit.span.end for unit in named if unit.span), default=0)
    return len(text[end:].split()) >= _SENTENCE_WORDS


def _lines_of(span: Span, setting: Setting) -> list[Span]:
    """*span* line by line where its lines are sentences; whole where a list of units is wrapped over them."""
    text = words(setting.blocks, span)
    if "\n" not in text or all(is_unit_heading(line) or len(line.split()) < 4 for line in text.split("\n")):
        return [span]
    lines: list[Span] = []
    at = span.start
    for line in text.split("\n"):
        if line.strip():
            lines.append(Span(span.block, at, at + len(line)))
        at += len(line) + 1
    return lines


def _listed(span: Span, part: tuple[int, int], setting: Setting) -> tuple[UnitMention, ...]:
    text = words(setting.blocks, span)[part[0] : part[1]]
    at = span.start + part[0]
    return units.split_list(text, block=span.block, offset=at, declared=setting.context.declared)


def _noted(span: Span, text: str, setting: Setting) -> Roles:
    """Units by the note in brackets behind each: "(chủ trì)" leads; where one is so, all others support."""
    listed = _listed(span, (0, len(text)), setting)
    ends = [*[unit.span.start - span.start for unit in listed if unit.span][1:], len(text)]
    notes = [text[unit.span.end - span.start : end] for unit, end in zip(listed, ends, strict=True) if unit.span]
    leading = [bool(_NOTE_OF_LEAD.search(note)) for note in notes]
    if not any(leading):
        leading = [not _NOTE_OF_SUPPORT.search(note) for note in notes]
    lead = tuple(unit for unit, leads in zip(listed, leading, strict=True) if leads)
    support = tuple(unit for unit, leads in zip(listed, leading, strict=True) if not leads)
    return without_repeats(lead), without_repeats(support)


def _first_leads(text: str, span: Span, listed: tuple[UnitMention, ...]) -> Roles:
    """Under "Cơ quan chủ trì/phối hợp" the units before the first line's end or "/" lead, else the first unit."""
    cut = _FIRST_OF_MIXED.search(text)
    limit = span.start + cut.start() if cut else 0
    lead = tuple(unit for unit in listed if unit.span and unit.span.end <= limit)
    lead = lead if 0 < len(lead) < len(listed) else listed[:1]
    return lead, tuple(unit for unit in listed if unit not in lead)


def without_repeats(found: Sequence[UnitMention]) -> tuple[UnitMention, ...]:
    """*found* without units named twice."""
    return tuple({unit.name.lower(): unit for unit in reversed(found)}.values())[::-1]
