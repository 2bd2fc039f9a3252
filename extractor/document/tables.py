"""Cells → tables with roles of columns, group rows and body rows.

In: cell blocks. Out: `Table`s: each column has a role by its header's words, or by what it holds where there is no
header; each body row has its cells by role, a cell merged down over several rows standing in each of them.

>>> column_role("Cơ quan chủ trì"), column_role("Thời hạn hoàn thành"), column_role("Nội dung nhiệm vụ")
('lead', 'deadline', 'task')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from extractor.document.assignment import Label
from extractor.document.lines import UNLABELLED, rank_of_label
from extractor.lexicon.loader import load
from extractor.text import with_new_tones

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractor.model import Block

_ORDINAL = re.compile(r"\(?(?:[IVXL]+|\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[A-HĐ])\)?[.)]?")
_MOST_HEADER_ROWS = 3
_YEAR = re.compile(r"\b(20\d\d)\b")


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
        return "task" in roles and bool(roles & {"lead", "deadline"}) and "clock" not in roles

    @property
    def sets_targets(self) -> bool:
        """It sets targets: names of indicators beside a column of numbers to reach, with no column of deadlines."""
        roles = set(self.roles.values())
        return "task" in roles and "target" in roles and "deadline" not in roles


@lru_cache(maxsize=1)
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry.role, re.compile(entry.column)) for entry in load("assignment", "labels", Label) if entry.column
    )


@lru_cache(maxsize=4096)
def column_role(header: str) -> str | None:
    """The role of a column by its header's words; None if they say nothing."""
    words = " ".join(with_new_tones(header).lower().split()).strip(" .:")
    words = re.sub(r"\s*\([^()]*\)$", "", words)
    return next((role for role, pattern in _columns() if words and pattern.fullmatch(words)), None)


def tables(blocks: Iterable[Block]) -> list[Table]:
    """The tables among *blocks*, in body order; blocks outside tables are passed over."""
    cells = sorted(
        (b for b in blocks if b.place.cell is not None), key=lambda b: b.place.cell.table if b.place.cell else 0
    )
    return [
        _table(list(members)) for _, members in groupby(cells, key=lambda b: b.place.cell.table if b.place.cell else 0)
    ]


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


def _table(cells: list[Block]) -> Table:
    grid = _grid(cells)
    count, headers = _headers(grid)
    roles = {column: role for column, text in headers.items() if (role := _header_role(text)) is not None}
    years = {c: int(found.group(1)) for c, text in headers.items() if (found := _YEAR.search(text))}
    for column, text in headers.items():
        if column not in roles and column in years and re.fullmatch(r"(?:năm\s+)?20\d\d", text.strip().lower()):
            roles[column] = "target"
    _keep_numeric_targets(roles, grid[count:])
    _mark_clocks(roles, grid[count:])
    if not _complete(roles):
        roles = _roles_by_content(grid[count:], roles)
    _keep_first_task(roles, grid[count:])
    rows = tuple(_row(line, roles) for line in grid[count:] if not _repeats_header(line, headers))
    rows = tuple(_with_groups(rows, roles))
    return Table(min(b.index for b in cells), roles, headers, rows, years, frozenset(b.index for b in cells))


def _complete(roles: Mapping[int, str]) -> bool:
    found = set(roles.values())
    return "task" in found and bool(found & {"lead", "deadline", "target", "support", "product"})


def _headers(grid: list[dict[int, Block]]) -> tuple[int, dict[int, str]]:
    """Number of header rows and the words above each column, a two-level header's joined ("Phân công Chủ trì")."""
    best: tuple[int, int, dict[int, str]] = (0, 0, {})
    for count in range(1, min(_MOST_HEADER_ROWS, len(grid) - 1) + 1):
        level = grid[count - 1]
        if count > 1 and _looks_like_body(level):
            break
        texts = {column: _above(grid[:count], column) for column in grid[0]}
        known = sum(_header_role(text) is not None and len(text) < 90 for text in texts.values())
        # A further row must teach something, or share a cell with the header above it.
        if known > best[0] or (count > 1 and known >= 2 and _shares_cells(grid[count - 2], level)):
            best = (known, count, texts)
    return (best[1], best[2]) if best[0] >= 2 else (0, {})


def _above(levels: list[dict[int, Block]], column: int) -> str:
    """The words of the header cells above *column*, each level on its own line."""
    parts: list[str] = []
    for level in levels:
        text = " ".join(level[column].text.split()) if column in level else ""
        if text and text not in parts:
            parts.append(text)
    return "\n".join(parts)


def _header_role(header: str) -> str | None:
    """The role of a column by its header's words: all of them, else those nearest to the body, else those on top."""
    levels = header.split("\n")
    return next((role for words in (header, levels[-1], levels[0]) if (role := column_role(words)) is not None), None)


def _shares_cells(above: dict[int, Block], below: dict[int, Block]) -> bool:
    return any(above[column] is below.get(column) for column in above)


def _looks_like_body(line: dict[int, Block]) -> bool:
    first = line[min(line)].text.strip() if line else ""
    return bool(_ORDINAL.fullmatch(first)) or any(len(block.text) > 120 for block in line.values())


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


def _roles_by_content(body: list[dict[int, Block]], known: dict[int, str]) -> dict[int, str]:
    """Roles of columns by what they hold, where the header is missing: numbers, long words of work, units, dates."""
    roles = dict(known)
    columns = sorted({column for line in body for column in line})
    filled = {c: [line[c].text.strip() for line in body if c in line and line[c].text.strip()] for c in columns}
    free = [c for c in columns if c not in roles and filled[c]]
    for column in free[:2]:
        if sum(bool(_ORDINAL.fullmatch(text)) for text in filled[column]) >= 0.6 * len(filled[column]):
            roles[column] = "ordinal"
    free = [c for c in free if c not in roles]
    if "task" not in roles.values() and free:
        longest = max(free, key=lambda c: sum(map(len, filled[c])) / len(filled[c]))
        roles[longest] = "task"
        free.remove(longest)
    for column in free:
        texts = [with_new_tones(text).lower() for text in filled[column]]
        if "deadline" not in roles.values() and _share(texts, _DATES) >= 0.6:
            roles[column] = "deadline"
        elif _share(texts, _UNITS) >= 0.6:
            roles[column] = "support" if "lead" in roles.values() else "lead"
    return roles


_DATES = re.compile(r".*(?:\d{1,2}/\d{1,2}|\bquý\b|\btháng\b|\bnăm\b|thường xuyên|20\d\d).*", re.DOTALL)
_UNITS = re.compile(
    r"(?:các )?(?:sở|ban|bộ|cục|vụ|phòng|ubnd|ủy ban|văn phòng|công an|trung tâm|hội|đoàn|chi cục|báo|đài|bch"
    r"|thanh tra|trường)\b.*",
    re.DOTALL,
)


def _share(texts: list[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(text)) and len(text) < 250 for text in texts) / len(texts) if texts else 0.0


def _keep_first_task(roles: dict[int, str], body: list[dict[int, Block]]) -> None:
    """Leaves one column of work where several headers say so ("Lĩnh vực | Nội dung"): the one with most words."""
    candidates = [column for column, role in roles.items() if role == "task"]
    if len(candidates) < 2:
        return

    def words(column: int) -> int:
        return sum(
            len(block.text) for block in {id(line[column]): line[column] for line in body if column in line}.values()
        )

    best = max(candidates, key=words)
    for column in candidates:
        if column != best:
            roles[column] = "heading"


def _keep_numeric_targets(roles: dict[int, str], body: list[dict[int, Block]]) -> None:
    """A column "Mục tiêu" or "Chỉ tiêu" that holds words names the rows, or says what comes out of them."""
    for column, role in roles.items():
        if role != "target":
            continue
        texts = [line[column].text for line in body if column in line and line[column].text.strip()]
        if texts and sum(any(c.isdigit() for c in text) and len(text) < 40 for text in texts) < 0.5 * len(texts):
            roles[column] = "product" if "task" in roles.values() else "task"


_CLOCK = re.compile(r".*\b\d{1,2}\s*(?:h|g|giờ|:)\s*\d{0,2}.*", re.DOTALL | re.IGNORECASE)


def _mark_clocks(roles: dict[int, str], body: list[dict[int, Block]]) -> None:
    """A column of times of day makes the table the agenda of a meeting."""
    for column, role in roles.items():
        texts = [line[column].text for line in body if column in line and line[column].text.strip()]
        if role == "deadline" and texts and sum(bool(_CLOCK.fullmatch(text)) for text in texts) > 0.5 * len(texts):
            roles[column] = "clock"


def _row(line: dict[int, Block], roles: Mapping[int, str]) -> Row:
    cells: dict[str, Block] = {}
    labels: list[str] = []
    for column in sorted(line):
        block, role = line[column], roles.get(column)
        if role == "ordinal":
            text = block.text.strip() or block.label
            if text and text not in labels and len(text) <= 12:
                labels.append(text)
        elif role is not None and block.text.strip() and role not in cells:
            cells[role] = block
    label = " ".join(labels)
    return Row(label, cells, dict(line), group=False, depth=rank_of_label(labels[-1]) if labels else UNLABELLED)


def _with_groups(rows: tuple[Row, ...], roles: Mapping[int, str]) -> Iterable[Row]:
    """*rows* with those marked that only head a group: one cell over all columns, or a numbered row without units
    and dates of its own before rows of a deeper number that have them."""
    for number, row in enumerate(rows):
        texts = {block.index: block.text for block in row.columns.values() if block.text.strip()}
        words = [i for i, text in texts.items() if not _ORDINAL.fullmatch(text.strip())]
        following = rows[number + 1] if number + 1 < len(rows) else None
        alone = len(words) == 1 and len(row.columns) >= 3
        assigned = bool({"lead", "deadline", "support"} & set(row.cells))
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
        if len(covered & {"task", "lead", "support", "deadline", "product"}) >= 2:
            return True
    return False


def _is_deeper(row: Row, above: Row) -> bool:
    return bool(row.label) and bool(above.label) and row.depth > above.depth


def _is_sub(row: Row | None, above: Row) -> bool:
    """*row* is numbered under *above* ("1.1" under "1", "a)" under "2"), not merely in another style."""
    if row is None:
        return False
    outer, inner = above.label.rstrip(".)").split(" ")[-1], row.label.rstrip(".)")
    return inner.startswith(f"{outer}.") or inner.split(" ")[-1] in ("a", "a)", "1", "i") or inner.endswith(" a")
