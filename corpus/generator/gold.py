"""The gold file of an invented document, from the same specification as the document itself.

In: a document and its form. Out: a dictionary in the shape of the gold files (doc_id, header, tasks, targets).

Example: the duty "- Tham mưu bố trí kinh phí." under "2. Sở Tài chính" becomes a task with the section
["III. TỔ CHỨC THỰC HIỆN", "2. Sở Tài chính"] and the lead {"text": "Sở Tài chính", "name": "Sở Tài chính"}.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from corpus.generator.names import written_out
from corpus.generator.numbering import Placed, place, resolved, row_sections
from corpus.generator.spec import SAME, Deadline, Document, Grid, Group, Item, Row, Target, TaskTable, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.generator.forms import Form


@dataclass(frozen=True, slots=True)
class _Found:
    """A task with its words and its headings."""

    text: str
    section: tuple[str, ...]
    work: Work


def gold_of(document: Document, form: Form) -> dict[str, Any]:
    """The gold of *document* printed in *form*."""
    placed = [*place(document.opening, form), *place(document.body, form)]
    for annex in document.annexes:
        placed += place(annex.body, form, path=annex.titles[:1])
    found = [task for node in placed for task in _tasks(node)]
    head = document.letterhead
    return {
        "doc_id": document.name,
        "header": {
            "number": None if form.blank_number else head.number,
            "kind": head.kind,
            "issuer": head.issuer,
            "date": head.day,
            "subject": head.subject,
        },
        "tasks": [_task(n, task) for n, task in enumerate(found, 1)],
        "targets": [asdict(target) for node in placed for target in _targets(node)],
    }


def as_json(gold: dict[str, Any]) -> str:
    """The text of the gold file."""
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def _task(n: int, found: _Found) -> dict[str, Any]:
    return {
        "id": f"t{n}",
        "text": found.text,
        "section": list(found.section),
        "lead": _units(found.work.lead),
        "support": _units(found.work.support),
        "deadline": asdict(found.work.deadline) if found.work.deadline else None,
    }


def _units(names: Sequence[str]) -> list[dict[str, str]]:
    """Units as text and name; "Lê Chân|UBND phường Lê Chân" is a named member of a class, bare in the text."""
    pairs = (name.partition("|") for name in names)
    return [{"text": text, "name": written_out(full or text)} for text, _, full in pairs]


def _tasks(placed: Placed) -> Iterator[_Found]:
    """The tasks of a node and of what stands under it, in document order."""
    node = placed.node
    if isinstance(node, TaskTable):
        yield from _rows(node, placed.path)
        return
    if isinstance(node, Grid):
        yield from _grid_rows(node, placed.path)
        return
    works = node.works
    if node.assigned is not None:
        works = (Work(node.assigned.lead, node.assigned.support, node.assigned.deadline), *works)
    for work in works:
        yield _Found(_words(node) if work.text is None else work.text, placed.path, work)
    for child in placed.children:
        yield from _tasks(child)


def _words(item: Item) -> str:
    """The words of an item, with those of the items under it where they belong to its task."""
    parts = [item.text]
    if item.whole:
        parts += [_words(child) for child in item.body if isinstance(child, Item) and not child.aside]
    return "\n".join(parts)


def _rows(table: TaskTable, path: tuple[str, ...]) -> Iterator[_Found]:
    for row, section in zip(resolved(table), row_sections(table), strict=True):
        if isinstance(row, Group):
            continue
        for work in row.works if row.works is not None else (_row_work(row),):
            yield _Found(row.work if work.text is None else work.text, (*path, *section), work)


def _grid_rows(grid: Grid, path: tuple[str, ...]) -> Iterator[_Found]:
    """The tasks of a raw table; group rows above a row stand in its section, outermost first."""
    levels = dict(grid.groups)
    works: dict[int, list[Work]] = {}
    for row, work in grid.works:
        works.setdefault(row, []).append(work)
    above: list[tuple[int, str]] = []
    for n, cells in enumerate(grid.rows):
        if n in levels:
            words = ". ".join(cell for cell in cells if cell not in ("", "<", "^"))
            above = [*((level, text) for level, text in above if level < levels[n]), (levels[n], words)]
        for work in works.get(n, ()):
            yield _Found(work.text or "", (*path, *(text for _, text in above)), work)


def _row_work(row: Row) -> Work:
    """The truth of a row whose merged cells are filled in."""
    if row.lead == SAME or row.support == SAME or row.deadline == SAME:
        raise ValueError(f"nothing above to merge with: {row.work[:60]}")
    deadline = row.deadline if isinstance(row.deadline, Deadline) else None
    return Work(tuple(row.lead), tuple(row.support), deadline)


def _targets(placed: Placed) -> Iterator[Target]:
    node = placed.node
    if isinstance(node, TaskTable):
        for row in node.rows:
            if isinstance(row, Row):
                yield from row.targets
        return
    yield from node.targets
    for child in placed.children:
        yield from _targets(child)
