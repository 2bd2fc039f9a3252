"""Lines → a tree of sections and items, from labels, style and layout.

In: lines in body order. Out: `Node`s; each holds the lines under it. Assignment lines hang on the item they belong to,
or on the group of items where they stand once for all.

>>> texts = ["I. NHIỆM VỤ", "1. Rà soát …", "Đơn vị chủ trì: Sở Y tế"]
>>> tree = outline(lines([Block(i, text, Place(1, i)) for i, text in enumerate(texts)]))
>>> tree[0].children[0].line.text, len(tree[0].children[0].assignments)
('Rà soát …', 1)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.document.headings import section_kind
from extractor.document.lines import (
    CAPITAL,
    CHAPTER,
    DASH,
    LETTER,
    NUMBER,
    PLUS,
    ROMAN,
    STAR,
    STEP,
    UNLABELLED,
    Block,
    Line,
    Place,
    lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Block", "Node", "Place", "lines", "outline"]

# Ranks of lines without a label: a heading in bold or capitals, a paragraph that announces what follows, an assignment.
_CAPITALS, _RUN_IN, _ANNOUNCING, _ASSIGNMENT = CHAPTER, LETTER + 1, DASH - 1, 50
_LONGEST_HEADING = 220
_PARAGRAPH = 110


@dataclass(slots=True)
class Node:
    """A line with all that stands under it.

    Attributes:
        line: the heading, item or paragraph itself.
        rank: its rank in this document, see `extractor.document.lines`.
        children: the lines under it, in order, without the assignment lines.
        assignments: its assignment lines, each with the lines under it.
    """

    line: Line
    rank: int
    children: list[Node] = field(default_factory=list)
    assignments: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This node and all under it, in document order, without assignment lines."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(found: Sequence[Line]) -> list[Node]:
    """The outermost nodes of the tree that *found* make."""
    top: list[Node] = []
    open_nodes: list[Node] = []
    capital = None  # "A." stands above "I." in some offices and under it in others: the first one tells
    for number, line in enumerate(found):
        node = Node(line, _rank(line, found[number + 1] if number + 1 < len(found) else None))
        if node.rank == CAPITAL:
            if capital is None:
                capital = CAPITAL if any(other.rank == ROMAN for other in open_nodes) else CHAPTER
            node.rank = capital
        if node.rank == _ASSIGNMENT and open_nodes:
            _attach_assignment(node, open_nodes)
            continue
        if open_nodes and open_nodes[-1].rank == _ASSIGNMENT:
            if _inside_assignment(node, open_nodes[-1]):
                open_nodes[-1].children.append(node)
                continue
            open_nodes.pop()
        _close(open_nodes, node)
        (open_nodes[-1].children if open_nodes else top).append(node)
        open_nodes.append(node)
    for node in top:
        _lift_assignments(node)
    return top


def _close(open_nodes: list[Node], node: Node) -> None:
    """Takes from *open_nodes* those that end where *node* begins: of its rank or deeper.

    A plain paragraph ends bullets and items whose assignment lines have been given, but not the step of a procedure.
    """
    limit = node.rank
    if node.rank == UNLABELLED:
        limit = STEP + 1 if any(other.rank == STEP for other in open_nodes) else _ANNOUNCING
    elif node.rank == STEP and any(other.rank == _ANNOUNCING for other in open_nodes):
        limit = DASH
    while open_nodes and open_nodes[-1].rank >= limit:
        open_nodes.pop()
    while node.rank == UNLABELLED and open_nodes and open_nodes[-1].assignments:
        open_nodes.pop()


def _attach_assignment(node: Node, open_nodes: list[Node]) -> None:
    while len(open_nodes) > 1 and open_nodes[-1].rank == _ASSIGNMENT:
        open_nodes.pop()
    open_nodes[-1].assignments.append(node)
    if node.line.announces and not node.line.text.rstrip(" :.").endswith(";"):
        open_nodes.append(node)


def _inside_assignment(node: Node, holder: Node) -> bool:
    """Whether *node* is a line of the list that *holder* ("Cơ quan thực hiện:") announces."""
    if node.rank in (UNLABELLED, _ANNOUNCING):
        return not holder.children and node.rank == UNLABELLED
    return node.line.rank >= DASH and node.line.label != holder.line.label


def _rank(line: Line, following: Line | None) -> int:
    # "1. Thời gian thực hiện: …" is an item of its own section; assignment lines have a bullet, a letter or no label.
    if line.rank > NUMBER and assignment.whole_line(line.text):
        return _ASSIGNMENT
    if line.rank == STAR and following is not None and following.rank in (DASH, PLUS):
        # "* Đến năm 2027:" heads the bullets after it
        return line.rank if line.text.rstrip().endswith((".", ";", ",")) else DASH - 1
    if line.rank != UNLABELLED:
        return line.rank
    if line.level is not None and line.level <= 5:
        return min(ROMAN + 2 * line.level, LETTER)
    text = line.text.strip()
    short = len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ","))
    if short and _is_capitals(text):
        return _CAPITALS
    if line.announces:
        return _RUN_IN if line.bold and short else _ANNOUNCING
    if short and line.bold and following is not None and not following.bold:
        return _RUN_IN
    return _RUN_IN if short and following is not None and _heads(text, following) else UNLABELLED


def _heads(text: str, following: Line) -> bool:
    """Whether a line without label, bold letters or a mark at its end is a heading, as in text pasted from a page."""
    if section_kind(text) in ("purpose", "funding", "organisation") and len(text.split()) <= 8:
        return True
    longer = following.rank == UNLABELLED and len(following.text) > max(_PARAGRAPH, 1.3 * len(text))
    return len(text) <= _PARAGRAPH and longer and not text.endswith(("!", "?", "…", "”", ")"))


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _lift_assignments(node: Node) -> None:
    """Moves assignment lines that stand once under a group up to the group.

    "1. Truyền thông / - Viết bài … / - In tờ rơi … / Đơn vị chủ trì: …": only the last bullet seems to have them, so
    they are the group's. A heading whose one paragraph has them is one item with it.
    """
    for child in node.children:
        _lift_assignments(child)
    if not node.children or (node.rank < NUMBER and len(node.children) > 1):
        return
    *earlier, last = node.children
    if not last.assignments or any(_has_assignments(child) for child in earlier):
        return
    if (
        node.assignments
    ):  # "- Thời gian: … / - Thành phần: … / - Đơn vị thực hiện: …": one list of lines, all the item's
        if last.line.rank == DASH and {a.line.label for a in (*node.assignments, *last.assignments)} == {
            last.line.label
        }:
            node.assignments += last.assignments
            last.assignments = []
        return
    if node.rank <= ROMAN and last.rank != UNLABELLED:
        return
    same_depth = any(a.line.rank == last.line.rank and a.line.label != "" for a in last.assignments)
    if last.rank == UNLABELLED or (earlier and (same_depth or last.rank >= DASH)):
        node.assignments = last.assignments
        last.assignments = []


def _has_assignments(node: Node) -> bool:
    return bool(node.assignments) or any(_has_assignments(child) for child in node.children)
