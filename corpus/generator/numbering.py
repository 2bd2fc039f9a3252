"""Labels of items and rows: the tree of a body with its labels and the headings above each node.

In: nodes and a form. Out: `Placed` nodes; gold takes `section` from `path`, layout prints `label`.

Example: the second "head" under the third "part" gets "2." and the path ("III. TỔ CHỨC THỰC HIỆN",).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.generator.forms import ARTICLE, PLAIN, SCHEMES, Form
from corpus.generator.spec import Group, Item, Node, Rank, Row, TaskTable

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of điểm a, b, c, d, đ, e in legal documents


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its label, its depth from 0, the headings above it, and what stands under it."""

    node: Node
    label: str
    path: tuple[str, ...]
    depth: int
    children: tuple[Placed, ...] = ()


def counted(script: str, n: int) -> str:
    """The *n*-th label (from 1) of a script: "roman", "arabic", "letter" or "upper"."""
    if script == "roman":
        return _ROMAN[n]
    if script == "arabic":
        return str(n)
    return _LETTERS[n - 1] if script == "letter" else chr(ord("A") + n - 1)


def label_of(rank: Rank, n: int, above: str, form: Form) -> str:
    """The label of the *n*-th item of *rank* among its siblings, under an item labelled *above*."""
    if rank in PLAIN:
        return ""
    if rank in ("dash", "plus"):
        return form.bullet if rank == "dash" else form.second
    if rank == "article":
        return ARTICLE.format(n=n)
    script, _, pattern = SCHEMES[form.scheme][rank].partition(" ")
    stem = above.rstrip(".-)/")
    if "{up}" in pattern and not stem.replace(".", "").isdigit():
        pattern = pattern.replace("{up}.", "")
    return pattern.format(n=counted(script, n), up=stem)


def place(
    nodes: Sequence[Node], form: Form, path: tuple[str, ...] = (), above: str = "", depth: int = 0
) -> tuple[Placed, ...]:
    """The tree of *nodes* with labels."""
    seen: Counter[Rank] = Counter()
    placed = []
    for node in nodes:
        if not isinstance(node, Item):
            placed.append(Placed(node, "", path, depth))
            continue
        seen[node.rank] += 1
        label = label_of(node.rank, seen[node.rank], above, form)
        below = (*path, heading_text(label, node.text)) if node.is_heading else path
        children = place(node.body, form, below, label, depth + 1)
        placed.append(Placed(node, label, path, depth, children))
    return tuple(placed)


def heading_text(label: str, text: str) -> str:
    """A heading as it stands in `section`: label and words, without the colon at its end."""
    words = text.rstrip().rstrip(":.").rstrip()
    return f"{label} {words}" if any(map(str.isalnum, label)) else words


def row_numbers(table: TaskTable) -> tuple[str, ...]:
    """What the number column of each row shows."""
    count = 0
    numbers = []
    for row in table.rows:
        if isinstance(row, Group):
            count = 0 if table.restart else count
            numbers.append(row.number)
            continue
        count += 1
        numbers.append(str(count) if row.number is None else row.number)
    return tuple(numbers)


def row_sections(table: TaskTable) -> tuple[tuple[str, ...], ...]:
    """The group rows above each row."""
    group: tuple[str, ...] = ()
    sections = []
    for row in table.rows:
        if isinstance(row, Group):
            group = (f"{row.number}. {row.text}".removeprefix(". "),)
        sections.append(group)
    return tuple(sections)


def resolved(table: TaskTable) -> tuple[Row | Group, ...]:
    """The rows with merged cells filled in from above."""
    rows: list[Row | Group] = []
    last: Row | None = None
    for row in table.rows:
        if isinstance(row, Row):
            row = _filled(row, last)
            last = row
        rows.append(row)
    return tuple(rows)


def _filled(row: Row, above: Row | None) -> Row:
    """*row* with each merged field taken from *above*."""
    if above is None:
        return row
    merged = {name: getattr(above, name) for name in ("lead", "support", "deadline") if getattr(row, name) == "="}
    return replace(row, **merged)
