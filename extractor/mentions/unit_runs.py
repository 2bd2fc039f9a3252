"""The units of one task's words, in runs: lists joined by commas and "và" inside one sentence.

In: a text. Out: its `Run`s in order: "Yêu cầu các sở; UBND cấp xã phối hợp với Sở Y tế" has two, for the first list
goes on after the semicolon. What role a run has is told in `unit_roles`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from extractor.mentions import unit_cues as cues
from extractor.mentions.unit_entries import listed_at, members_after
from extractor.mentions.unit_places import place_at
from extractor.mentions.unit_scan import scan
from extractor.mentions.unit_territory import after_comma

if TYPE_CHECKING:
    from extractor.mentions.unit_page import Found, Page

Role = Literal["lead", "support", "neither"]
LeadSource = Literal["giao", "subject", "bracket", "label"]


@dataclass(slots=True)
class Run:
    """Units that follow each other in a list, and the sentence they stand in."""

    units: list[Found]
    start: int
    end: int
    sentence: tuple[int, int]
    role: Role = "neither"
    source: LeadSource | None = None


@dataclass(slots=True)
class Text:
    """The text under reading: its sentences, and its units in runs."""

    page: Page
    text: str
    sentences: list[tuple[int, int]]
    runs: list[Run] = field(default_factory=list)

    def before(self, run: Run) -> str:
        """What stands before the run in its sentence."""
        return self.text[run.sentence[0] : run.start]


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Ranges of the sentences; lines are sentences too. At least one."""
    ranges: list[tuple[int, int]] = []
    begin = 0
    for gap in cues.SENTENCE_GAP.finditer(text):
        if not cues.NO_SENTENCE_END.search(text, max(0, gap.start() - 6), gap.start()):
            ranges.append((begin, gap.start()))
            begin = gap.end()
    ranges.append((begin, len(text)))
    return [r for r in ranges if text[r[0] : r[1]].strip()] or [(0, len(text))]


def runs_of(of: Text) -> list[Run]:
    """The units in runs: lists joined by commas and "và" inside one sentence."""
    tokens = of.page.tokens
    runs: list[Run] = []
    for unit in _units(of):
        start, end = tokens.start[unit.opens], tokens.end[unit.last - 1]
        held = next((s for s in of.sentences if s[0] <= start < s[1]), of.sentences[0])
        if runs and runs[-1].sentence == held and _continues(of, runs[-1], unit, start):
            runs[-1].units.append(unit)
            runs[-1].end = end
        else:
            runs.append(Run([unit], start, end, held))
    return runs


def _units(of: Text) -> list[Found]:
    """All units of the text, with places that act, and bare nouns after "phối hợp với" ("với nhà trường")."""
    found = _in_place_of_class(of.page, scan(of.page))
    taken = _tokens_of(found)
    starts = {start: at for at, start in enumerate(of.page.tokens.start)}
    for cue in cues.SUPPORT_CUE.finditer(of.text):
        at = starts.get(cue.end())
        if at is not None and at not in taken and place_at(of.page, at) is None:
            found += [u for u in listed_at(of.page, at)[:1] if not taken & set(range(u.first, u.last))]
    return sorted([*found, *_places(of, found)], key=lambda unit: unit.first)


def _tokens_of(found: list[Found]) -> set[int]:
    """The tokens of all units, with the words before the members of a class."""
    return {at for unit in found for at in range(unit.opens, unit.last)}


def _in_place_of_class(page: Page, found: list[Found]) -> list[Found]:
    """With the members that a class names after a colon, instead of it: "Các sở, ngành: Nội vụ, Công an tỉnh"."""
    units: list[Found] = []
    end = 0
    for unit in found:
        if unit.first < end:
            continue
        members = members_after(page, unit) if page.tokens.at(unit.last) == ":" else []
        units += [replace(members[0], begin=unit.first), *members[1:]] if members else [unit]
        end = units[-1].last
    return units


def _places(of: Text, found: list[Found]) -> list[Found]:
    """Places that act ("Tỉnh Đồng Nai khẩn trương …"), or with whom, to whom one acts ("phối hợp với tỉnh Lào Cai").

    None where the place only tells where: "trên địa bàn tỉnh Đồng Nai", "Hà Nội, ngày …".
    """
    page = of.page
    places: list[Found] = []
    taken = _tokens_of(found)
    opens = {unit.opens for unit in found}
    ends = {after_comma(page, unit.last) for unit in found if page.tokens.at(unit.last) != "-"}
    for at in range(len(page.tokens)):
        place = None if at in taken else place_at(page, at)
        if place is None:
            continue
        goes_on = at in ends and page.tokens.at(at - 1) != ":"
        following = after_comma(page, place.last)
        goes_on = goes_on or (following > place.last and following in opens)
        if goes_on or _place_stands(of, place):
            places.append(place)
            ends.add(after_comma(page, place.last))
            taken |= set(range(place.first, place.last))
    return places


def _place_stands(of: Text, place: Found) -> bool:
    """Whether the words around a place make it an authority: a verb after a subject, or a cue before it."""
    start, tokens = of.page.tokens.start[place.first], of.page.tokens
    held = next((s for s in of.sentences if s[0] <= start < s[1]), of.sentences[0])
    before = of.text[held[0] : start]
    if any(cue.search(before) for cue in (cues.SUPPORT_BEFORE, cues.ASSIGN_BEFORE, cues.REQUEST_BEFORE)):
        return True
    if not cues.SUBJECT_BEFORE.search(before):
        return False
    following = after_comma(of.page, place.last)
    if following > place.last and place_at(of.page, following):  # "Hải Phòng, Huế rà soát"
        return True
    return of.page.lexicon.deeds.longest(tokens, following) is not None


def _continues(of: Text, run: Run, unit: Found, start: int) -> bool:
    """Whether the unit that begins at offset *start* goes on with the list of *run*."""
    if unit.kind == "member" and unit.begin < 0 and run.units[-1].kind == "member":
        return True
    joint = cues.JOIN.fullmatch(of.text[run.end : start])
    if joint is None or cues.NOTE_AFTER.match(of.text, run.end):  # "Sở A (chủ trì), Sở B (phối hợp)"
        return False
    before = of.before(run)
    if joint["mark"] == ";":  # "Yêu cầu các sở; UBND cấp xã …" is one list, "gửi Sở A; Sở B tổng hợp" is not
        end = of.page.tokens.end[unit.last - 1]
        opens = not before.strip(" -–+*•") and not cues.HELPS_AFTER.match(of.text, end)
        # "Chủ trì, phối hợp với các sở; UBND các xã rà soát": what is to be done has not been said yet
        helpers = cues.WITH_WHOM_FIRST.fullmatch(before) and not cues.LEADS_AFTER.match(of.text, end)
        return bool(opens or helpers or cues.ASSIGN_BEFORE.search(before) or cues.REQUEST_BEFORE.search(before))
    if unit.bare or not (cues.OPENING.match(before) and cues.GUIDED_BY.search(before)):
        return True
    # "Theo hướng dẫn của Bộ A, Sở B …" against "Trên cơ sở đề xuất của các sở, UBND các xã, tổng hợp …"
    return unit.group and of.text.startswith(",", of.page.tokens.end[unit.last - 1])
