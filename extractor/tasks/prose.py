"""The outline → tasks: what of it is work, how fine it is cut, and who has it (gold/GUIDELINES.md, rules 2 to 7).

In: nodes of the outline and their scope. Out: `Work`s in document order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.document.headings import WITHOUT_TASKS, section_kind
from extractor.document.lines import CHAPTER, NUMBER, ROMAN, STEP, UNLABELLED
from extractor.mentions.frame import is_unit_heading, roles_of, unit_heading
from extractor.mentions.vietnamese import sentences
from extractor.model import Span
from extractor.tasks import directive, handed, items
from extractor.tasks.draft import Work, moved, words
from extractor.tasks.roles import assign, from_parts, from_prose, given_by
from extractor.tasks.scope import Scope, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.document.outline import Node
_LONGEST_TITLE = 60
_ALIKE = 2  # siblings that are tasks at least, and half of all, before one that does not look like it counts as well
# Under "Thời gian, địa điểm, thành phần" a unit may still be given a duty; under these never.
_SILENT = WITHOUT_TASKS - {"scope"}


def works(nodes: Sequence[Node], setting: Setting, scope: Scope) -> Iterator[Work]:
    """The tasks of *nodes*, siblings under *scope*."""
    found: list[tuple[Node, Scope, list[Work]]] = []
    outer = scope
    for number, node in enumerate(nodes):
        found.append((node, scope, list(_of_one(node, node is nodes[-1], setting, scope))))
        following = nodes[number + 1] if number + 1 < len(nodes) else None
        scope = handed.under_bare_unit(node, following, outer) or _announced(node, setting, scope)
    listed = [bool(drawn) for node, _, drawn in found if _is_listed(node)]
    alike = sum(listed) >= max(_ALIKE, len(listed) / 2)
    for node, above, drawn in found:
        if alike and not drawn and _is_listed(node):
            yield from items.leaf(node, setting, replace(above, among_tasks=True))
        yield from drawn


def _of_one(node: Node, last: bool, setting: Setting, scope: Scope) -> Iterator[Work]:
    """The tasks of *node* and what stands under it; *last* among its siblings or not."""
    if node.assignments:
        yield from _assigned(node, setting, scope)
    elif _is_sentence_before_paragraphs(node, last, setting):
        yield from items.leaf(node, setting, scope)
        yield from works(node.children, setting, scope)
    elif node.children:
        yield from _section(node, setting, scope)
    else:
        yield from items.leaf(node, setting, scope)


def _is_listed(node: Node) -> bool:
    """A labelled item with nothing under it, so that what holds for its siblings should hold for it."""
    return node.line.rank != UNLABELLED and not node.children and not node.assignments


def _is_sentence_before_paragraphs(node: Node, last: bool, setting: Setting) -> bool:
    """A numbered sentence with plain paragraphs after it: an item, and what the document goes on to say.

    One paragraph under a sentence that names an action is one task with it (GUIDELINES, rule 4); after the last item a
    paragraph closes the document.
    """
    text = node.line.text.rstrip()
    if not text.endswith((".", ";")) or node.line.rank < NUMBER or not node.children:
        return False
    if len(node.children) == 1 and directive.closes_document(node.children[0].line.text):
        return node.children[0].rank == UNLABELLED
    if len(text) <= _LONGEST_TITLE:
        return False
    if any(child.rank != UNLABELLED or child.children for child in node.children):
        return False
    return last or len(node.children) > 1 or items.names_unit(text, setting)


def _announced(node: Node, setting: Setting, scope: Scope) -> Scope:
    """The scope after *node*: "Sở Y tế đề nghị UBND các xã thực hiện nội dung sau:" addresses all that follows."""
    text = node.line.text
    if node.children or not node.line.announces or node.line.rank != UNLABELLED:
        return scope
    roles = roles_of(text, setting.context.declared)
    place = node.line.span
    told = () if handed.tells_only(text, roles) else roles.lead
    lead = tuple(moved(unit, place.block, place.start) for unit in told if not handed.is_issuer(unit, setting))
    scope = replace(scope, sectioned=True)
    return scope.led_by(lead, (), "lead_inherited_from_heading") if lead else scope


# --- items with assignment lines -------------------------------------------------------------------------------------


def _assigned(node: Node, setting: Setting, scope: Scope) -> Iterator[Work]:
    given = [entry for line in node.assignments for entry in _given(line)]
    if section_kind(node.line.text) in WITHOUT_TASKS and not any(role == "lead" for role, _ in given):
        return
    inner = [child for child in node.children if any(n.assignments for n in child.walk())]
    if inner:
        work = Work([], scope.path)
        assign(work, given, setting, scope)
        below = scope.under(node.line.heading, section_kind(node.line.text))
        below = replace(below.led_by(work.lead, work.support, "lead_inherited_from_heading"), deadlines=work.deadlines)
        yield from works(node.children, setting, below)
        return
    if node.line.rank <= ROMAN and not node.children and {role for role, _ in given} <= {"deadline"}:
        return  # "III. TỔ CHỨC CUỘC THI" / "Thời gian: …": when an event is, not who does what
    duties = list(_duties(node, setting, scope)) or list(_ordered_below(node, given, setting, scope))
    if duties:
        yield from duties
        return
    work = Work(_parts(node), scope.path)
    assign(work, given, setting, scope)
    if not any(role == "lead" for role, _ in given):
        from_prose(work, node.line.span, setting, scope)
    yield work


def _given(node: Node) -> list[tuple[str, Span]]:
    """Roles and values of an assignment line and of the list under it."""
    pieces = assignment.whole_line(node.line.text)
    found = given_by(node.line, pieces)
    if pieces and node.children:
        found += [(pieces[-1].role, child.line.span) for child in node.children]
    return found


def _duties(node: Node, setting: Setting, scope: Scope) -> Iterator[Work]:
    """Tasks of the lines under "Cơ quan thực hiện:" where each names its own unit and its own action."""
    listed = [child for line in node.assignments for child in line.children]
    if len(listed) < 2 or not all(_names_work(child, setting) for child in listed):
        return
    given = [entry for line in node.assignments if not line.children for entry in _given(line)]
    below = scope.under(node.line.heading, None)
    for child in listed:
        work = Work([child.line.span], below.path)
        assign(work, given, setting, below)
        from_prose(work, child.line.span, setting, below)
        colon = items.unit_before_colon(child, setting)
        if colon:
            work.parts, work.lead = [colon[1]], colon[0]
        yield work


def _ordered_below(node: Node, given: list[tuple[str, Span]], setting: Setting, scope: Scope) -> Iterator[Work]:
    """Tasks of units under an event that only says when and where it is: "Thời gian: …" / "Giao Sở A xây dựng …"."""
    led = any(role in ("lead", "support") for role, _ in given) or directive.is_directive(node.line.text)
    ordered = [child for child in node.children if items.names_unit(child.line.text, setting)]
    if led or not ordered:
        return
    when = Work([], ())
    assign(when, given, setting, Scope())
    below = replace(scope.under(node.line.heading, None), deadlines=when.deadlines or scope.deadlines)
    yield from works(ordered, setting, below)


def _names_work(node: Node, setting: Setting) -> bool:
    """A line with a unit and what it does, not a unit alone."""
    text = node.line.text
    return not is_unit_heading(text) and (
        items.names_unit(text, setting) or bool(items.unit_before_colon(node, setting))
    )


def _parts(node: Node) -> list[Span]:
    """The words of an item and of all under it, labels and assignment lines left out."""
    return [below.line.span for below in node.walk()]


# --- headings and items with items under them -------------------------------------------------------------------------


def _section(node: Node, setting: Setting, scope: Scope) -> Iterator[Work]:
    text = node.line.text
    kind = section_kind(text) if len(text) < items.LONGEST_UNIT_HEADING and not _assigns(node) else None
    named = unit_heading(text) if len(text) < items.LONGEST_UNIT_HEADING else ()
    if (kind in _SILENT and not named) or directive.is_formula(text) or directive.is_background(text):
        return
    below = scope.under(node.line.heading, kind)
    below = handed.down(node, named, setting, replace(below, sectioned=below.sectioned or _is_section(node)))
    if scope.kind in _SILENT and not (kind or named):
        return
    yield from _before_announcing(node, setting, scope)
    if not named and _is_one_task(node, below, setting):
        work = Work(_parts(node), scope.path)
        bracket = assignment.closing_bracket(text)
        if bracket:
            assign(work, given_by(node.line, bracket[0]), setting, scope)
        work.reasons.append("group_of_items")
        from_parts(work, setting, scope if scope.lead else items.addressed(scope, setting))
        yield work
        return
    colon = items.unit_before_colon(node, setting)
    if colon and not named:
        yield from items.with_unit(colon, node, setting, scope)
        below = replace(below.led_by(colon[0], (), "lead_inherited_from_heading"), under_unit=True)
    yield from works(node.children, setting, below)


def _is_section(node: Node) -> bool:
    """A heading of the document itself; capitals without a label or a style may be a title or a stamp."""
    return node.rank != CHAPTER or node.line.rank != UNLABELLED or node.line.level is not None


def _assigns(node: Node) -> bool:
    """Whether assignment lines stand under *node*: then its heading names work, whatever its first words are."""
    return any(below.assignments for below in node.walk())


def _before_announcing(node: Node, setting: Setting, scope: Scope) -> Iterator[Work]:
    """Tasks of the sentences before the one that announces the list under *node*."""
    text = node.line.text
    found = sentences(text)
    if len(found) < 2 or not node.line.announces:
        return
    first = Span(node.line.span.block, node.line.span.start, node.line.span.start + found[-2][1])
    if directive.is_directive(words(setting.blocks, first)) or items.names_unit(words(setting.blocks, first), setting):
        yield from items.item(first, node, setting, scope)


def _is_one_task(node: Node, below: Scope, setting: Setting) -> bool:
    """Whether *node* and all under it are one task: an action with one paragraph, or a list that directs nothing."""
    if (
        node.rank < NUMBER
        or items.is_title(node)
        or any(child.assignments or directive.is_formula(child.line.text) for child in node.children)
    ):
        return False
    acts = directive.is_directive(node.line.text) or bool(roles_of(node.line.text).lead)
    if not acts or below.kind in WITHOUT_TASKS:
        return False
    if any(child.rank == STEP for child in node.children):
        return True
    if len(node.children) == 1 and not node.children[0].children:
        only = node.children[0].line
        return (
            not directive.is_conditional(only.text)
            and (node.line.text.rstrip().endswith(".") or not roles_of(only.text).lead)
            and node.line.text[:1].isupper()
        )
    directing = [child for child in node.children if _directs(child, setting)]
    return len(directing) < 0.5 * len(node.children)


def _directs(node: Node, setting: Setting) -> bool:
    text = node.line.text
    if node.assignments or any(_directs(child, setting) for child in node.children):
        return True
    return directive.is_directive(text) or bool(roles_of(text, setting.context.declared).lead)
