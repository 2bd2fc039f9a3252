"""Shapes of documents whose tasks stand in text.

In: a draft. Out: lines of a script.

Example: `bracket` writes "*- Rà soát bến khách ngang sông (Chủ trì: Sở Xây dựng; thời gian: Quý II/2026)."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.generator.composer.banks import phrases
from corpus.generator.composer.draft import lower, truth, upper

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.generator.composer.days import Due
    from corpus.generator.composer.draft import Draft

# Lines under an item: label of lead, support and deadline, what stands before each, what closes each.
_TYPED = (
    ("Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", ("- ", "- ", "- "), "."),
    ("Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành", ("a) ", "b) ", "c) "), ";"),
    ("Chủ trì", "Phối hợp", "Thời gian", ("+ ", "+ ", "+ "), ""),
    ("Đơn vị thực hiện", "Phối hợp", "Tiến độ", ("", "", ""), "."),
)
_TYPED_RESERVED = (
    ("Đơn vị chịu trách nhiệm", "Đơn vị tham gia", "Hạn hoàn thành", ("* ", "* ", "* "), "."),
    ("Cơ quan thực hiện", "Cơ quan phối hợp thực hiện", "Thời hạn thực hiện", ("- ", "- ", "- "), ";"),
    ("Cơ quan, đơn vị chủ trì", "Cơ quan, đơn vị phối hợp", "Thời gian dự kiến", ("+ ", "+ ", "+ "), "."),
)
_BRACKETS = (
    ("Chủ trì", "phối hợp", "thời gian"),
    ("Đơn vị chủ trì", "đơn vị phối hợp", "hoàn thành"),
    ("Đơn vị thực hiện", "phối hợp", "tiến độ"),
)
_BRACKETS_RESERVED = (
    ("Cơ quan chủ trì", "cơ quan phối hợp", "thời hạn"),
    ("Phân công", "phối hợp", "thời gian hoàn thành"),
)
_CALLS = ("{u}", "{u}", "{u}", "{u} có trách nhiệm", "Giao {u}", "Trách nhiệm của {u}")
_CALLS_RESERVED = ("{u}", "{u}", "Yêu cầu {u}", "Đề nghị {u}", "{u} chịu trách nhiệm", "Đối với {u}")


def _grouped(draft: Draft, make: Callable[[Draft], list[str]]) -> list[str]:
    """Works under the headings of the matter's groups."""
    lines = []
    each = -(-draft.recipe.size // len(draft.matter.groups))
    for title in draft.matter.groups:
        lines.append(f"#2 {title}")
        for _ in range(each):
            lines += make(draft)
    return lines


def _bullets(draft: Draft) -> list[str]:
    """Now and then an item has two or three bullets, which belong to its task."""
    if draft.dice.random() > 0.2:
        return []
    works = (draft.work() for _ in range(draft.dice.choice((2, 3))))
    return [f"- {work};" for work in works]


def lines_of_the_form(draft: Draft) -> list[str]:
    """Items with assignment lines that the form of the document spells."""

    def item(draft: Draft) -> list[str]:
        lead = draft.leads()
        support = draft.supports(lead)
        due = draft.cell()
        told = truth(lead, support, due).removeprefix("> ")
        return [f"*#3 {draft.work()}", f"@ {told} | lines", *_bullets(draft)]

    return _grouped(draft, item)


def typed_lines(draft: Draft) -> list[str]:
    """Items with assignment lines typed by hand, in one manner throughout."""
    manner = draft.dice.choice(_TYPED_RESERVED if draft.recipe.reserved else _TYPED)

    def item(draft: Draft) -> list[str]:
        lead = draft.leads()
        support = draft.supports(lead)
        due = draft.cell()
        bullets = _bullets(draft)
        *labels, marks, end = manner
        values = (", ".join(lead), ", ".join(support), due.words)
        shown = zip(labels, values, marks, strict=True)
        below = [f"% {mark}{label}: {upper(value)}{end}" for label, value, mark in shown if value]
        # What begins a line is printed, and told, with a capital letter.
        told = truth(_capital(lead), _capital(support), _with(due, upper(due.words)))
        return [f"*#3 {draft.work()}", f"{told}{' | G' if bullets else ''} | H", *bullets, *below]

    return _grouped(draft, item)


def bracket(draft: Draft) -> list[str]:
    """Bullets that close with a bracket of units and time."""
    labels = draft.dice.choice(_BRACKETS_RESERVED if draft.recipe.reserved else _BRACKETS)

    def item(draft: Draft) -> list[str]:
        lead = draft.leads()
        support = draft.supports(lead, most=3)
        due = draft.cell()
        words = lower(due.words) if due.words[0] in "TQHCGNĐS" and not due.words.startswith("Định") else due.words
        values = (", ".join(lead), ", ".join(support), words)
        parts = [f"{label}: {value}" for label, value in zip(labels, values, strict=True) if value]
        work = draft.work()
        told = truth(lead, support).removeprefix("> ")
        return [f"*- {work} ({'; '.join(parts)}).", f"> T: {work} | {told} | D: {words} = {due.value}"]

    return _grouped(draft, item)


def by_unit(draft: Draft) -> list[str]:
    """A heading for each unit, two to four duties under it."""
    calls = _CALLS_RESERVED if draft.recipe.reserved else _CALLS
    call = draft.dice.choice(calls)
    lines = []
    units = draft.dice.sample(draft.office.leads, min(len(draft.office.leads), max(3, draft.recipe.size // 3)))
    for unit in units:
        lines += [f"#2 {upper(call.format(u=unit))}", f"> L: {unit}"]
        lines += _report(draft, unit) if draft.dice.random() < 0.3 else []
        for _ in range(draft.dice.choice((2, 3, 4))):
            lines += _duty(draft, unit)
    return lines


def _duty(draft: Draft, unit: str, mark: str = "*-") -> list[str]:
    """A duty of *unit* in one of the manners in which offices write them."""
    due, rhythm = draft.clause(), draft.rhythm()
    support = draft.supports((unit,), most=2)
    manner = draft.dice.randrange(8)
    # What begins with a time or with whom one works together has no room for words before the verb.
    work = draft.work() if manner in (2, 3, 4) else draft.dressed()
    if manner in (3, 4) and not support:
        manner = 0
    help_words = _and(support)
    above = draft.office.above
    text, told, helped = (
        (f"{work}.", None, ()),
        (f"{work}, hoàn thành {due.words}.", due, ()),
        (f"{upper(due.words)}, {lower(work)}.", _with(due, upper(due.words)), ()),
        (f"Chủ trì, phối hợp với {help_words} {lower(work)}.", None, support),
        (f"Phối hợp với {help_words} {lower(work)}; hoàn thành {due.words}.", due, support),
        (f"{work}; {rhythm.words} báo cáo {above}.", rhythm, ()),
        (f"{work}, xong {due.words}.", due, ()),
        (f"{work}.", None, ()),
    )[manner]
    line = truth((), helped, told)
    return [f"{mark} {text}", *([line] if line else [])]


def _with(due: Due, words: str) -> Due:
    """*due* in other words."""
    return type(due)(words, due.value, due.day)


def _capital(units: tuple[str, ...]) -> tuple[str, ...]:
    """*units* with a capital letter at the beginning of the list."""
    return tuple(upper(unit) if n == 0 else unit for n, unit in enumerate(units))


def _and(units: tuple[str, ...]) -> str:
    return ", ".join(units[:-1]) + f" và {units[-1]}" if len(units) > 1 else "".join(units)


def _report(draft: Draft, unit: str) -> list[str]:
    """A reporting duty."""
    due = draft.rhythm() if draft.dice.random() < 0.5 else draft.clause()
    to = draft.dice.choice([other for other in draft.office.leads if other != unit])
    pattern = draft.dice.choice(phrases()["reports"])
    text = draft.said(pattern, unit=to, due=due.words, Due=upper(due.words))
    words = upper(due.words) if "{Due}" in pattern else due.words
    return [f"*- {text}", f"> D: {words} = {due.value}"]


def conclusions(draft: Draft) -> list[str]:
    """Numbered paragraphs whose subject is a unit, some with two units."""
    lines = []
    for _ in range(draft.recipe.size):
        unit, other = draft.dice.sample(draft.office.leads, 2)
        work, due = draft.work(), draft.clause()
        if draft.dice.random() < 0.25:
            second, later = draft.work(), draft.clause()
            one = f"{unit} {lower(work)}, hoàn thành {due.words}"
            two = f"{other} {lower(second)} {later.words}"
            lines += [
                f"#2 {one}; {two}.",
                f"> T: {one} | L: {unit} | D: {due.truth}",
                f"> T: {two} | L: {other} | D: {later.truth}",
            ]
            continue
        call = draft.dice.choice(
            ("{u} {w}", "Giao {u} {w}", "Yêu cầu {u} {w}", "Giao {u} chủ trì, phối hợp với {o} {w}")
        )
        text = call.format(u=unit, o=other, w=lower(work))
        support = (other,) if "{o}" in call else ()
        timed = draft.dice.random() < 0.7
        end = draft.dice.choice((", hoàn thành {d}.", " {d}.", "; báo cáo {a} {d}.")) if timed else "."
        lines.append(f"*#2 {text}{end.format(d=due.words, a=draft.office.above)}")
        lines.append(truth((unit,), support, due if timed else None))
    return lines


def stages(draft: Draft) -> list[str]:
    """Stages whose time stands in the heading and holds for what is below."""
    lines = []
    quarter_ends = ("06-30", "09-30", "12-31")
    for n, end in enumerate(quarter_ends, 1):
        words = f"Quý {('II', 'III', 'IV')[n - 1]}/{draft.year}"
        lines += [f"#2 Giai đoạn {n} ({words})", f"> D: {words} = {draft.year}-{end}"]
        for _ in range(-(-draft.recipe.size // 3)):
            unit = draft.dice.choice(draft.office.leads)
            work = draft.work()
            if draft.dice.random() < 0.5:
                lines += [f"*- {unit} {lower(work)}.", f"> L: {unit}"]
            else:
                lines.append(f"*- {work}.")
    return lines


def directives(draft: Draft) -> list[str]:
    """Works without units or times, under headings."""
    return _grouped(draft, lambda one: [f"*- {one.dressed()}."])


TEXTS: dict[str, Callable[[Draft], list[str]]] = {
    "lines": lines_of_the_form,
    "typed": typed_lines,
    "bracket": bracket,
    "units": by_unit,
    "conclusion": conclusions,
    "stages": stages,
    "directives": directives,
}
