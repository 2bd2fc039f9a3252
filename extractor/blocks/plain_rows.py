"""Tables pasted as text with a row a line: cells parted by tabs (from Word, Excel) or by bars.

In: lines. Out: the lines between tables, and tables as rows of cells: "TT⇥Nhiệm vụ⇥Chủ trì" / "1⇥Rà soát⇥Sở Y tế" is a
table of two rows. A cell of several lines goes on below; such lines stand in the row that still lacks cells.
"""

from __future__ import annotations

import re

from extractor.blocks.plain_tables import FlatCell, is_header_start, is_row_number

_BARRED = re.compile(r"\|.*\|")
_DRAWN = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*")  # "|---|---|" under a header
_LEAST_ROWS = 2
_MOST_BLANK = 3  # lines between two rows


def split_rows(lines: list[str]) -> list[list[str] | list[FlatCell]]:
    """The lines in order, with each table as its cells.

    Args:
        lines: tabs at their ends kept (they are empty cells), other white space stripped.
    """
    found: list[list[str] | list[FlatCell]] = []
    plain: list[str] = []
    at = 0
    while at < len(lines):
        rows, end = _table(lines, at)
        if len(rows) < _LEAST_ROWS:
            plain.append(lines[at].strip())
            at += 1
            continue
        found += [plain, _cells(rows)]
        plain = []
        at = end
    return [part for part in [*found, plain] if part]


def _table(lines: list[str], at: int) -> tuple[list[list[str]], int]:
    """The rows of the table that begins at line *at*, and the index after its last line."""
    first = _parts(lines[at])
    count = len(first)
    if count < 2 or (count == 2 and not is_header_start(first[0])):
        return [], at
    rows = [first]
    numbered = is_header_start(first[0])
    end = at + 1
    while end < len(lines) and (lines[end].strip() or (numbered and _goes_on(lines, end, count))):
        if _DRAWN.fullmatch(lines[end].strip()) or not lines[end].strip():
            end += 1
            continue
        parts = _without_spare(_parts(lines[end]), count)
        lacking = count - len(rows[-1])
        if lacking and len(parts) <= lacking + 1 and not (len(parts) > 1 and is_row_number(parts[0])):
            rows[-1] = [*rows[-1][:-1], f"{rows[-1][-1]}\n{parts[0]}", *parts[1:]]
        elif 1 < len(parts) <= count or (len(parts) > 1 and numbered and is_row_number(parts[0])):
            rows.append(parts)
        else:
            break
        end += 1
    return rows, end


def _goes_on(lines: list[str], at: int, count: int) -> bool:
    """Whether the table goes on below blank lines: some pages are copied with one after each row."""
    below = next((line for line in lines[at : at + _MOST_BLANK + 1] if line.strip()), "")
    parts = _without_spare(_parts(below), count)
    return len(parts) == count and is_row_number(parts[0])


def _without_spare(parts: list[str], count: int) -> list[str]:
    """The cells of a row without empty ones beyond the header's: a tab at the line's end."""
    while len(parts) > count and not parts[-1]:
        parts = parts[:-1]
    return parts


def _parts(line: str) -> list[str]:
    """The cells of a line; a single one where it holds no separator."""
    bare = line.strip()
    if _BARRED.fullmatch(bare) or bare.count("|") >= 2:
        return [part.strip() for part in bare.strip("|").split("|")]
    return [part.strip() for part in line.split("\t")]


def _cells(rows: list[list[str]]) -> list[FlatCell]:
    """The cells of a table; a row with fewer (a group's title) has a last cell that reaches the right side."""
    width = max(map(len, rows))
    found = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            span = width - column if column == len(row) - 1 else 1
            found.append(FlatCell(text, number, column, 1, span))
    return found
