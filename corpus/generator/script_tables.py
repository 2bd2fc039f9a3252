"""A table of a script → a grid with its tasks.

In: "[table roles=n,w,l,s,d heads=1 widths=5,40,15,15,12 sep=;]" and the rows below it, cells parted by " | ". Out: a
`Grid` with its tasks and targets.

    TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian
    = I | Truyền thông | < | < | <                                         "=", "==": a row that heads others
    * 1 | Soạn tài liệu | Sở A | Sở B +; UBND các xã | Xong {trong Quý I/2026} = 2026-03-31      "*": a task
    > N: …                                                                 truth of the row above

Roles: n number, w the task's words, l lead, s support, d deadline, x anything else. Units are parted by " + " (printed
as `sep`), or by " +; ", " +, ", " +và ", " +/ " (a new line), " +- " (a new line with a dash). "^" in a cell is merged
with the one above and means the same; a cell that begins with "\\" names no unit. L, S and D of a row's truth go before
what its cells say. "\\n" is a new line; a day after an apostrophe is text in a workbook; for
"looks=plain+filter" see `spec.Grid`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.generator.script_truth import Truth, deadline, said, units
from corpus.generator.spec import Deadline, Grid, Target, Work

_SEPARATORS = {";": "; ", ",": ", ", "và": " và ", "/": "\n", "-": "\n- "}
_JOIN = re.compile(r" \+(;|,|và|/|-)? ")

_EMPTY = re.compile(r"\| ?(?=\|)")
_INNER = re.compile(r"(.*)\{(.+)\}(.*)", re.DOTALL)


@dataclass(slots=True)
class _Above:
    """What a cell "^" means."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None


def table(opening: str, lines: list[str]) -> Grid:
    """The grid that *lines* write down.

    Raises:
        ValueError: a row with too few or too many cells.
    """
    options = dict(pair.split("=", 1) for pair in opening.strip("[]").split()[1:])
    heads = int(options.get("heads", "1"))
    roles = options["roles"].split(",") if "roles" in options else []
    between = _SEPARATORS.get(options.get("sep", ""), options.get("sep", ", ").replace("_", " "))
    rows: list[tuple[str, ...]] = []
    works: list[tuple[int, Work]] = []
    groups: list[tuple[int, int]] = []
    targets: list[Target] = []
    above = _Above()
    for mark, cells, truth in _marked(lines, heads):
        targets += truth.targets
        if mark.startswith("="):
            groups.append((len(rows), len(mark) - 1))
        if mark == "*":
            works += [(len(rows), work) for work in _works(cells, roles, truth, above)]
        rows.append(tuple(_shown(cell, role, between) for cell, role in _by_role(cells, roles)))
    if odd := [row for row in rows if len(row) != len(rows[0])]:
        raise ValueError(f"rows of unequal length under {opening}: {odd}")
    widths = tuple(float(width) for width in options.get("widths", "").split(",") if width)
    looks = frozenset(filter(None, options.get("looks", "").split("+")))
    return Grid(tuple(rows), heads, widths, tuple(targets), tuple(works), tuple(groups), looks)


def _marked(lines: list[str], heads: int) -> list[tuple[str, list[str], Truth]]:
    """Each row: its mark, its cells, its truth."""
    rows: list[tuple[str, list[str], Truth]] = []
    for line in lines:
        if line.startswith(">"):
            said(line[1:].strip(), rows[-1][2])
            continue
        mark, _, rest = line.partition(" ")
        if len(rows) < heads or mark.strip("=*"):
            mark, rest = "", line
        cells = [cell.strip().replace("\\n", "\n") for cell in f" {_EMPTY.sub('|  ', rest)} ".split(" | ")]
        rows.append((mark, cells, Truth()))
    return rows


def _by_role(cells: list[str], roles: list[str]) -> list[tuple[str, str]]:
    return [(cell, roles[n] if n < len(roles) else "x") for n, cell in enumerate(cells)]


def _shown(cell: str, role: str, between: str) -> str:
    """What is printed of a cell."""
    if role in ("l", "s"):
        cell = cell.removeprefix("\\")
        return _JOIN.sub(lambda found: _SEPARATORS.get(found[1] or "", between), cell)
    if role == "d":
        shown = cell.rpartition(" = ")[0] or cell
        return _INNER.sub(r"\1\2\3", shown)
    return cell


def _works(cells: list[str], roles: list[str], truth: Truth, above: _Above) -> list[Work]:
    """The tasks of a row; what its truth says goes before what its cells say."""
    held = {role: cell for cell, role in _by_role(cells, roles)}
    above.lead = truth.lead or _units(held.get("l", ""), above.lead)
    above.support = truth.support or _units(held.get("s", ""), above.support)
    above.deadline = truth.deadline or _deadline(held.get("d", ""), above.deadline)
    if not truth.found:
        return [Work(above.lead, above.support, above.deadline, held["w"])]
    return [
        replace(
            work,
            lead=work.lead or above.lead,
            support=work.support or above.support,
            deadline=work.deadline or above.deadline,
        )
        for work in truth.found
    ]


def _units(cell: str, above: tuple[str, ...]) -> tuple[str, ...]:
    if cell == "^":
        return above
    return () if cell.startswith("\\") else units(cell)


def _deadline(cell: str, above: Deadline | None) -> Deadline | None:
    """The deadline of a cell: "Xong {trong Quý I/2026} = 2026-03-31" has the words in the braces."""
    if cell == "^":
        return above
    if " = " not in cell:
        return None
    found = deadline(cell)
    inner = _INNER.fullmatch(found.text)
    return replace(found, text=inner[2]) if inner else found
