"""What a heading hands down to the items under it: units, support, deadlines.

In: a heading's node and the scope around it. Out: the scope under it. "2. Bảo vệ nguồn nước (Sở A chủ trì; Sở B phối
hợp)" gives its bullets Sở A as lead and Sở B as support.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.mentions.frame import roles_of, unit_heading
from extractor.mentions.vietnamese import sentences
from extractor.model import Span, UnitMention
from extractor.tasks.draft import Work, moved
from extractor.tasks.roles import assign, deadlines_of_prose, deadlines_of_value, given_by
from extractor.tasks.scope import Scope, Setting
from extractor.tasks.values import without_repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.document.outline import Node
    from extractor.mentions.units import RoleReading
    from extractor.model import Deadline

_LONG_HEADING = 120
_MOST_NAMES = 160

_STANDING = ["ban", "thường", "vụ"]
_ISSUERS = "Ủy ban nhân dân tỉnh"
"""Who announces work in a report that does not say whose document it tells of."""


def is_issuer(unit: UnitMention, setting: Setting) -> bool:
    """Whether *unit* is the body that signs, also without its place ("UBND tỉnh" for "Ủy ban nhân dân tỉnh Sơn La")."""
    issuer, named = (
        [w for w in name.lower().split() if w[0].isalnum()] for name in (setting.issuer or _ISSUERS, unit.name)
    )
    named = named[len(_STANDING) :] if named[: len(_STANDING)] == _STANDING else named  # "Ban Thường vụ Tỉnh ủy"
    return bool(named) and (
        issuer[: len(named)] == named or (setting.issuer is None and named[: len(issuer)] == issuer)
    )


def under_bare_unit(node: Node, following: Node | None, outer: Scope) -> Scope | None:
    """The scope after a line that is nothing but units, above lines of another label; None where *node* is none.

    "Sở Tài chính" without number, bold letters or colon heads the paragraphs after it, as in text copied from a page.
    """
    text = node.line.text.rstrip()
    bare = not node.children and not node.assignments and following is not None and len(text) <= _MOST_NAMES
    if not bare or text.endswith((".", ";", ",")) or not outer.sectioned:
        return None
    if node.line.label and following is not None and following.line.label == node.line.label:
        return None
    named = unit_heading(text)
    if not named or (following is not None and unit_heading(following.line.text) and not following.children):
        return None
    place = node.line.span
    lead = tuple(moved(unit, place.block, place.start) for unit in named)
    below = outer.under(node.line.heading, None).led_by(lead, (), "lead_inherited_from_heading")
    return replace(below, under_unit=True, deadlines=())


def down(node: Node, named: Sequence[UnitMention], setting: Setting, scope: Scope) -> Scope:
    """*scope* with the units and deadlines that the heading *node* hands to its items."""
    place = node.line.span
    if named:
        lead = tuple(moved(unit, place.block, place.start) for unit in named)
        return replace(scope.led_by(lead, (), "lead_inherited_from_heading"), under_unit=True, deadlines=())
    bracket = assignment.closing_bracket(node.line.text)
    if bracket:
        work = Work([], ())
        assign(work, given_by(node.line, bracket[0]), setting, Scope())
        if work.lead:
            scope = scope.led_by(work.lead, work.support, "lead_inherited_from_heading")
        return replace(scope, deadlines=work.deadlines or scope.deadlines)
    text = announcing = node.line.text
    if node.line.announces and len(found := sentences(announcing)) > 1:  # "… Riêng UBND phường A cử cán bộ tham dự và:"
        place = replace(place, start=place.start + found[-1][0])
        announcing = announcing[found[-1][0] :]
    roles = roles_of(announcing, setting.context.declared)
    bracketed = roles.lead_source in ("bracket", "label") and text.rstrip().endswith(")")
    announced = node.line.announces or bracketed or roles.lead_source == "giao" or len(text) > _LONG_HEADING
    if roles.lead and announced and not tells_only(announcing, roles):
        lead = tuple(moved(unit, place.block, place.start) for unit in roles.lead if not is_issuer(unit, setting))
        support = tuple(moved(unit, place.block, place.start) for unit in roles.support)
        if lead:
            scope = replace(scope.led_by(lead, support, "lead_inherited_from_heading"), under_unit=True)
    elif roles.support and scope.lead and node.line.announces:  # "1.2. Chủ trì, phối hợp với các sở, ngành:"
        support = tuple(moved(unit, place.block, place.start) for unit in roles.support)
        scope = replace(scope, support=without_repeats((*scope.support, *support)))
    dated = deadlines_of_prose(place, setting) or _stage(node, setting)
    return replace(scope, deadlines=dated) if dated else scope


_TELLS = re.compile(r"\b(?:thông báo|truyền đạt)\b[^.]*\b(?:như sau|sau đây|dưới đây)\s*:?\s*$", re.IGNORECASE)


def tells_only(text: str, roles: RoleReading) -> bool:
    """Whether the subject of *text* only tells of the work: "Văn phòng thông báo phân công nhiệm vụ như sau:"."""
    return roles.lead_source == "subject" and _TELLS.search(text) is not None


_STAGE = re.compile(
    r"(?:giai đoạn|đợt|bước|quý|tháng|tuần)\b[^()]{0,60}\((?P<when>[^()]{4,60})\)\s*:?$"
    r"|(?P<alone>(?:quý|tháng)\s[^.;]{1,20}):$",
    re.IGNORECASE,
)


def _stage(node: Node, setting: Setting) -> tuple[Deadline, ...]:
    """The time of a stage that a heading names: "Giai đoạn 1 (Quý II/2027):", "Tháng 3/2027:"."""
    found = _STAGE.search(node.line.text)
    if found is None:
        return ()
    group = "when" if found["when"] else "alone"
    start = node.line.span.start
    return deadlines_of_value(Span(node.line.span.block, start + found.start(group), start + found.end(group)), setting)
