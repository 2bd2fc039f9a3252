"""Who leads and who supports in one task's words, by the rules of gold/GUIDELINES.md, "Lead and support".

In: a task sentence, a bullet, or an assignment value. Out: a `RoleReading`: in "Sở Nội vụ chủ trì, phối hợp với Sở Tài
chính trình UBND tỉnh phê duyệt" Sở Nội vụ leads, Sở Tài chính supports, UBND tỉnh is neither.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractor.mentions import unit_cues as cues
from extractor.mentions.unit_headings import only_units, unit_heading
from extractor.mentions.unit_runs import LeadSource, Role, Run, Text, runs_of, sentences_of
from extractor.mentions.unit_scan import NONE_DECLARED, read
from extractor.mentions.unit_writing import mention, written_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.model import UnitMention


@dataclass(frozen=True, slots=True)
class RoleReading:
    """Who does what in one task's words.

    Attributes:
        lead, support: in order of mention, each unit once.
        lead_source: "giao" ("giao X", "đề nghị X", "yêu cầu X"), "subject" (X does it), "bracket" (a closing bracket
            names only units), "label" ("Chủ trì: X"); None where nobody leads: the caller may let the task inherit.
        neither: units named without a role.
    """

    lead: tuple[UnitMention, ...] = ()
    support: tuple[UnitMention, ...] = ()
    lead_source: LeadSource | None = None
    neither: tuple[UnitMention, ...] = ()


def find_roles(
    text: str, *, block: int = 0, declared: Mapping[str, str] = NONE_DECLARED, heading: bool = False
) -> RoleReading:
    """Reads who leads and who supports.

    Args:
        text: one task's sentence or bullet, or an assignment value.
        block: number of the block.
        declared: short forms that the document declares, and what they stand for.
        heading: the text is a heading or an introduction ("Bộ Y tế chủ trì, phối hợp với các cơ quan liên quan:");
            one that is only units leads by them.
    """
    if heading and (units := unit_heading(text, block=block, declared=declared)):
        return RoleReading(lead=units, lead_source="subject")
    plain = cues.APPOSITION.sub(lambda found: " " * len(found.group()), text)
    of = Text(read(plain, declared), plain, sentences_of(plain))
    of.runs = runs_of(of)
    for run in of.runs:
        _judge(of, run)
    _subject(of)
    _bracket(of, declared)
    _helpers(of)
    return _in_full(of, _reading(of, block), block, declared)


def _judge(of: Text, run: Run) -> None:
    """Sets the role that the words just before or just after the run give it."""
    before = of.before(run)
    label = cues.NOTE_AFTER.match(of.text, run.end) or cues.LABEL_BEFORE.search(before)
    if label:
        run.role, run.source = ("lead", "label") if label["lead"] else ("support", None)
    elif _supports(before):
        run.role = "support"
    elif _assigned(of, run, before):
        run.role, run.source = "lead", "giao"


def _supports(before: str) -> bool:
    """Whether a unit after *before* supports: "phối hợp với …", but not "quy chế phối hợp với …"."""
    found = cues.SUPPORT_BEFORE.search(before)
    if found is None or " giữa " in found.group():  # "phối hợp giữa các sở với UBND cấp xã"
        return False
    return bool(found["noun"]) or not cues.SUPPORT_NOUN.search(before[: found.start("verb")])


def _assigned(of: Text, run: Run, before: str) -> bool:
    """Whether "giao", "đề nghị", "yêu cầu" gives the work to the run."""
    assign = cues.ASSIGN_BEFORE.search(before)
    if assign:
        return not cues.ASSIGN_NOT.search(before[: assign.start()]) and not _vague(run)
    asked = cues.REQUEST_BEFORE.search(before)
    if asked is None or run.sentence != of.sentences[0]:
        return False
    before = before[: asked.start()]
    if cues.REQUEST_OPENS.fullmatch(before) or cues.DECIDES.fullmatch(before):
        return True
    first = of.runs[0]  # "UBND tỉnh yêu cầu các sở …"
    if first is run or of.before(first).strip(" -–+*•") or before[first.end - first.sentence[0] :].strip():
        return False
    return not _asks_above(of, first, run)


def _vague(run: Run) -> bool:
    """Whether a run is only bare nouns ("giao cơ quan, đơn vị chủ trì"): it names nobody."""
    return all(unit.bare for unit in run.units)


def _subject(of: Text) -> None:
    """Finds the grammatical subject: first in the first sentence, else by "chủ trì", "là đầu mối" anywhere."""
    free = [run for run in of.runs if run.role == "neither"]
    for run in free:
        if run.sentence == of.sentences[0] and _is_subject(of, run):
            if not _orders(of, run):
                run.role, run.source = "lead", "subject"
            return
    if any(run.role == "lead" for run in of.runs):
        return
    for run in free:
        before = of.before(run)
        if cues.BY_BEFORE.search(before) and cues.BY_AFTER.match(of.text, run.end):  # "… do Sở Nội vụ chủ trì."
            run.role, run.source = "lead", "label"
            return
        clause = cues.SUBJECT_BEFORE.search(before) or cues.OPENING.match(before)
        if clause and cues.LEADS_AFTER.match(of.text, run.end) and not _vague(run):
            run.role, run.source = "lead", "subject"
            return


def _orders(of: Text, run: Run) -> bool:
    """Whether the subject gives the work to others, who lead: "Để …, UBND tỉnh yêu cầu lãnh đạo các sở …"."""
    order = cues.ORDERS_AFTER.match(of.text, run.end)
    if order is None:
        return False
    for other in of.runs:
        near = other.start >= order.end() and not of.text[order.end() : other.start].strip(" :")
        if near and not _asks_above(of, run, other):
            other.role, other.source = "lead", "giao"
    return any(other.source == "giao" for other in of.runs)


def _asks_above(of: Text, subject: Run, asked: Run) -> bool:
    """Whether a body asks one above it: in "Sở Y tế đề nghị UBND tỉnh bổ sung kinh phí" Sở Y tế acts."""
    above = [cues.ABOVE.match(written_out(of.page, run.units[0])) for run in (subject, asked)]
    return bool(above[1]) and not above[0]


def _is_subject(of: Text, run: Run) -> bool:
    """Whether the run is what its sentence is about: at its start, or after an opening ("Căn cứ …, các sở …")."""
    before, after = of.before(run), of.text[run.end : run.sentence[1]]
    verb = cues.VERB_AFTER.match(after)
    if not before.strip(" -–+*•\t") or cues.SUBJECT_BEFORE.fullmatch(before):
        return bool(verb or cues.COLON_AFTER.match(after)) or not after.strip(" .;:,…")
    if not verb or not cues.SUBJECT_BEFORE.search(before) or _vague(run):
        return False
    if cues.LABELLED_SUBJECT.search(before):
        named = any(other.sentence == run.sentence and other.start < run.start for other in of.runs)
        return len(before.split()) <= 20 and not named
    return bool(cues.OPENING.match(before)) and ";" not in before and not _supports(before)


def _bracket(of: Text, declared: Mapping[str, str]) -> None:
    """A closing bracket that names only units: they lead; else "(Sở Y tế chủ trì, Sở A phối hợp)" by its words."""
    found = cues.BRACKET_END.search(of.text)
    if not found or cues.EXPLAINS.match(found.group(1)):
        return
    inside = [run for run in of.runs if found.start() <= run.start < found.end()]
    if only_units(cues.WHEN_AFTER.sub("", found.group(1)), declared=declared) and not _repeats(
        of, found.start(), inside
    ):
        for run in inside:
            run.role, run.source = "lead", "bracket"
        return
    for run in inside:
        if run.role == "neither" and cues.LEADS_AFTER.match(of.text, run.end):
            run.role, run.source = "lead", "label"


def _repeats(of: Text, bracket: int, inside: list[Run]) -> bool:
    """Whether the bracket only repeats the unit before it in short: "Sở Thông tin và Truyền thông (Sở TTTT)"."""
    before = next((run for run in of.runs if run.end <= bracket and not of.text[run.end : bracket].strip()), None)
    names = {written_out(of.page, unit) for unit in before.units} if before else set()
    return any(written_out(of.page, unit) in names for run in inside for unit in run.units)


def _helpers(of: Text) -> None:
    """Units that only help: "Sở A chủ trì; Sở B phối hợp."."""
    if any(run.role == "lead" for run in of.runs):
        for run in of.runs:
            if run.role == "neither" and cues.HELPS_AFTER.match(of.text, run.end):
                run.role = "support"


def _in_full(of: Text, reading: RoleReading, block: int, declared: Mapping[str, str]) -> RoleReading:
    """Reads the leads again as a list where "theo chức năng, nhiệm vụ" shows its end: attributes that prose cuts off.

    "Yêu cầu các nhà thầu, các đơn vị chủ trì lập hồ sơ theo chức năng, nhiệm vụ …": the second unit goes on.
    """
    first = next((run for run in of.runs if run.role == "lead"), None)
    closing = cues.BY_FUNCTION.search(of.text, first.start, first.sentence[1]) if first else None
    if first is None or closing is None or reading.lead_source not in ("giao", "subject"):
        return reading
    listed = only_units(of.text[first.start : closing.start()], block=block, offset=first.start, declared=declared)
    others = [unit for unit in reading.lead if unit.span and unit.span.start >= closing.start()]
    return replace(reading, lead=(*listed, *others)) if len(listed) >= len(reading.lead) - len(others) else reading


def _reading(of: Text, block: int) -> RoleReading:
    """Collects the roles, each unit once in each."""
    held: dict[Role, dict[str, UnitMention]] = {"lead": {}, "support": {}, "neither": {}}
    for run in of.runs:
        for unit in run.units:
            named = mention(of.page, unit, block)
            held[run.role].setdefault(named.name.lower(), named)
    return RoleReading(
        lead=tuple(held["lead"].values()),
        support=tuple(held["support"].values()),
        lead_source=next((run.source for run in of.runs if run.source), None),
        neither=tuple(held["neither"].values()),
    )
