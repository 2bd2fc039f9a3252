"""Cells → tables with roles of columns, group rows and body rows.

In: cell blocks. Out: `Table`s: each column has a role by its header's words, or by what it holds where there is no
header; each body row has its cells by role, a cell merged down over several rows standing in each of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from extractor.document.columns import ORDINAL, column_role, fits, roles_of
from extractor.document.lines import UNLABELLED, rank_of_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractor.model import Block


@dataclass(frozen=True, slots=True)
class Row:
    """One body row.

    Attributes:
        label: the words of the ordinal columns joined, "" if none.
        cells: role → block of the cell, one entry a role (the first column of that role); "task" may be missing.
        columns: column number → block, every column.
        group: the row only heads the rows under it.
        depth: rank of its label among labels, lower is further out.
    """

    label: str
    cells: Mapping[str, Block]
    columns: Mapping[int, Block]
    group: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as understood.

    Attributes:
        first_block: index of its first cell, which places it in the body.
        roles: column number → role; columns that say nothing are missing.
        headers: column number → the header's words.
        rows: body rows in order.
        years: column number → year, for target columns headed by a year.
        blocks: indices of all its cells.
    """

    first_block: int
    roles: Mapping[int, str]
    headers: Mapping[int, str]
    rows: tuple[Row, ...]
    years: Mapping[int, int]
    blocks: frozenset[int]

    @property
    def assigns(self) -> bool:
        """It hands out work: a column of work beside a column of lead units or of deadlines."""
        roles = set(self.roles.values())
        lists_places = "object" in roles and "task" not in {column_role(text) for text in self.headers.values()}
        return (
            "task" in roles
            and bool(roles & {"lead", "mixed", "deadline", "cross"})
            and "clock" not in roles
            and not lists_places
        )

    @property
    def sets_targets(self) -> bool:
        """It sets targets: names of indicators beside a column of numbers to reach, with no column of deadlines."""
        roles = set(self.roles.values())
        return "task" in roles and "target" in roles and "deadline" not in roles


def tables(blocks: Iterable[Block]) -> list[Table]:
    """The tables among *blocks*, in body order; blocks outside tables are passed over."""
    cells = sorted(
        (b for b in blocks if b.place.cell is not None), key=lambda b: b.place.cell.table if b.place.cell else 0
    )
    found: list[Table] = []
    for _, members in groupby(cells, key=lambda b: b.place.cell.table if b.place.cell else 0):
        found.append(_table(list(members), next((table for table in reversed(found) if table.headers), None)))
    return found


def _grid(cells: list[Block]) -> list[dict[int, Block]]:
    """Row by row, column number → the block that covers it; a merged cell covers several rows and columns."""
    grid: dict[int, dict[int, Block]] = {}
    for block in cells:
        cell = block.place.cell
        assert cell is not None
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid.setdefault(row, {})[column] = block
    return [grid[row] for row in sorted(grid)]


def _table(cells: list[Block], before: Table | None) -> Table:
    """The table of *cells*; without a header of its own it has the columns of the one *before*, if they fit."""
    grid = _grid(cells)
    count, headers, roles, years = roles_of(grid)
    if before is not None and not headers and fits(grid, before.headers, before.roles):
        headers, roles, years = dict(before.headers), dict(before.roles), dict(before.years)
    body = [line for line in grid[count:] if not _repeats_header(line, headers)]
    _say_again(body, roles)
    rows = tuple(_row(line, roles) for line in body)
    rows = tuple(_with_groups(rows, roles))
    return Table(min(b.index for b in cells), roles, headers, rows, years, frozenset(b.index for b in cells))


# "nt", "-nt-", "n/t", "như trên", and the signs set for it; a lone dash is an empty cell.
_DITTO = re.compile(
    r"[\s\-–.(]*(?:n\.?\s?/?\s?t|như (?:trên|dòng trên|hàng trên))[\s\-–.)]*|[-–]?\s*[\"”“〃″]+\s*[-–]?|//",
    re.IGNORECASE,
)
_SAID_AGAIN = frozenset({"lead", "mixed", "support", "deadline", "product", "inner"})


def _say_again(body: list[dict[int, Block]], roles: Mapping[int, str]) -> None:
    """Puts the cell above in place of one that says "nt", "như trên": its words are the ones meant."""
    above: dict[int, Block] = {}
    for line in body:
        for column, block in line.items():
            if roles.get(column) not in _SAID_AGAIN:
                continue
            if column in above and _DITTO.fullmatch(block.text):
                line[column] = above[column]
            elif block.text.strip() and len({id(other) for other in line.values()}) > 1:
                above[column] = block


def _repeats_header(line: dict[int, Block], headers: Mapping[int, str]) -> bool:
    """A header row printed again on the next page, or the row of column numbers "(1) (2) (3)"."""
    texts = [line[column].text.replace("\n", " ").strip() for column in sorted(line)]
    if texts and all(re.fullmatch(r"\(?\d{1,2}\)?|", text) for text in texts) and len(set(texts)) >= 3:
        numbers = [int(text.strip("()")) for text in texts if text]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    same = [
        text == headers.get(column, "").replace("\n", " ") for column, text in zip(sorted(line), texts, strict=True)
    ]
    return bool(headers) and all(same)


def _row(line: dict[int, Block], roles: Mapping[int, str]) -> Row:
    cells: dict[str, Block] = {}
    labels: list[str] = []
    for column in sorted(line):
        block, role = line[column], roles.get(column)
        if role == "ordinal":
            text = _as_label(block.text.strip() or block.label)
            if text and text not in labels and len(text) <= 12:
                labels.append(text)
        elif role is not None and block.text.strip() and (role not in cells or role == "deadline"):
            cells[role] = block  # of two days, such as the first and a later one, the last column holds
    label = " ".join(labels)
    return Row(label, cells, dict(line), group=False, depth=rank_of_label(labels[-1]) if labels else UNLABELLED)


def _as_label(text: str) -> str:
    """A row's number as printed: recognition reads "III" as "II 1", "2.1" as "2,1", and adds a line below ("2_")."""
    bare = re.sub(r"[\s_|]", "", text).replace(",", ".")
    return bare.replace("1", "I").replace("l", "I") if re.fullmatch(r"(?=.*I)[IVX1l]{2,5}[.)]?", bare) else bare or text


def _with_groups(rows: tuple[Row, ...], roles: Mapping[int, str]) -> Iterable[Row]:
    """*rows* with those marked that only head a group: one cell over all columns, or a numbered row without units
    and dates of its own before rows of a deeper number that have them."""
    for number, row in enumerate(rows):
        texts = {block.index: block.text for block in row.columns.values() if block.text.strip()}
        numbers = {block.index for column, block in row.columns.items() if roles.get(column) == "ordinal"}
        words = [
            i for i, text in texts.items() if not ORDINAL.fullmatch(text.strip()) and not (i in numbers and row.label)
        ]
        following = rows[number + 1] if number + 1 < len(rows) else None
        alone = len(words) == 1 and len(row.columns) >= 3
        work = row.cells.get("task")
        assigned = any(
            block is not work for role, block in row.cells.items() if role in ("lead", "mixed", "deadline", "support")
        )
        heads = following is not None and _is_deeper(following, row)
        group = (
            alone and (following is not None) and (heads or not assigned)
            if alone
            else heads and _is_sub(following, row)
        )
        if (
            alone
            and following is not None
            and not heads
            and following.label
            and row.label
            and following.depth == row.depth
        ):
            group = _spans_all(row, roles)
        group = group or (following is not None and _spans_work(row, roles))
        yield Row(row.label, row.cells, row.columns, group, row.depth)


def _spans_all(row: Row, roles: Mapping[int, str]) -> bool:
    """One cell covers the work column and a column of units or dates."""
    wide = [
        block
        for block in row.columns.values()
        if block.text.strip() and block.place.cell and block.place.cell.column_span > 1
    ]
    for block in wide:
        covered = {roles.get(column) for column, other in row.columns.items() if other is block}
        if len(covered & {"task", "lead", "mixed", "support", "deadline", "product"}) >= 2:
            return True
    return False


def _spans_work(row: Row, roles: Mapping[int, str]) -> bool:
    """The cell in the column of work goes over those of units and days: a group row, whatever else is printed in it."""
    work = row.cells.get("task")
    covered = {roles.get(column) for column, block in row.columns.items() if block is work}
    return work is not None and len(covered & {"lead", "mixed", "support", "deadline"}) >= 2


def _is_deeper(row: Row, above: Row) -> bool:
    return bool(row.label) and bool(above.label) and row.depth > above.depth


_DASHES = frozenset("-–+*•")


def _is_sub(row: Row | None, above: Row) -> bool:
    """*row* is numbered under *above* ("1.1" under "1", "a)" under "2"), not merely in another style."""
    if row is None:
        return False
    if row.label in _DASHES:  # "- Biên soạn tài liệu | … | Tháng 4": a row with a unit or a day of its own
        own = (row.cells.get(role) for role in ("lead", "mixed", "support", "deadline"))
        held = tuple(above.columns.values())
        return any(block is not None and not any(block is other for other in held) for block in own)
    outer, inner = above.label.rstrip(".)").split(" ")[-1], row.label.rstrip(".)")
    return inner.startswith(f"{outer}.") or inner.split(" ")[-1] in ("a", "a)", "1", "i") or inner.endswith(" a")
