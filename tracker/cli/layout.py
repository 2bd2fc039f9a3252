"""Tables for the terminal that fit its width: cells wrap, columns give way by weight, colours by standing.

In: columns and rows of text. Out: lines. A character's width is counted as the terminal draws it, so that Vietnamese
marks, composed or not, never shift a column.

Example: at 80 columns "Tổng hợp, báo cáo kết quả rà soát thủ tục hành chính" wraps in its own column.
"""

from __future__ import annotations

import os
import re
import sys
import textwrap
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GAP = "  "
_LABEL = 12
_ONE_CELL_EACH = re.compile(r"[ -~\u00a0-\u02ff\u1e00-\u1eff\u2010-\u2027]*")  # Vietnamese in NFC, quotes, dashes
_COLOURS: dict[str, int | str] = {
    "orange": 208,
    "red": "red",
    "blue": "blue",
    "green": "green",
    "grey": "bright_black",
}


class Column(NamedTuple):
    """A column of a table.

    `weight`: its share of the spare width; 0: as wide as its content, but not over `widest`. `lines`: how many a cell
    may have. `right`: aligned so.
    """

    heading: str
    weight: int = 0
    lines: int = 3
    right: bool = False
    widest: int = 1000


class Line(NamedTuple):
    """A row of cells, drawn in the colour that offices give its standing ("black": as the terminal writes)."""

    cells: tuple[str, ...]
    colour: str = "black"


def width_of(text: str) -> int:
    """How many terminal cells *text* takes."""
    return len(text) if _ONE_CELL_EACH.fullmatch(text) else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(columns: Sequence[Column], rows: Sequence[Line], width: int) -> list[str]:
    """The lines of a table with a heading and a rule under it, at most *width* wide where words allow."""
    measure = _measure("".join(cell for row in rows for cell in row.cells))
    widths = _widths(columns, rows, width, measure)
    headings = [_wrapped(column.heading, size, 3, len) for column, size in zip(columns, widths, strict=True)]
    lines = _drawn(headings, columns, widths, len)
    lines.append(GAP.join("─" * size for size in widths))
    paints = {colour: coloured("\n", colour).split("\n") for colour in {row.colour for row in rows}}
    for row in rows:
        before, after = paints[row.colour]
        cells = [
            _wrapped(cell, size, column.lines, measure)
            for cell, size, column in zip(row.cells, widths, columns, strict=True)
        ]
        lines += [f"{before}{line}{after}" for line in _drawn(cells, columns, widths, measure)]
    return lines


def _measure(text: str) -> Callable[[str], int]:
    """How the parts of *text* are measured: nearly always a character is a cell, and thousands of rows are quick."""
    return len if _ONE_CELL_EACH.fullmatch(text.replace("\n", "")) else width_of


def labelled(label: str, text: str, width: int) -> list[str]:
    """A label and its text beside it, wrapped under itself."""
    size = max(_LABEL, width_of(label))
    lines = _wrapped(text, max(width - size - len(GAP), 20), sys.maxsize, width_of)
    return [f"{_padded(label if at == 0 else '', size, False, width_of)}{GAP}{line}" for at, line in enumerate(lines)]


def folded(text: str, width: int, indent: int) -> list[str]:
    """A sentence in lines of at most *width* where words allow, all but the first indented."""
    lines = textwrap.wrap(
        text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False,
        replace_whitespace=False,
    )  # fmt: skip
    return lines or [""]


def coloured(text: str, colour: str) -> str:
    """*text* in one of the offices' colours; typer leaves the codes out where the output is no terminal.

    NO_COLOR in the environment turns them off (no-color.org).
    """
    if colour not in _COLOURS or os.environ.get("NO_COLOR"):
        return text
    return typer.style(text, fg=_COLOURS[colour])


def printable(text: str) -> str:
    """*text* on one line without signs that would command the terminal: a file's name may hold anything."""
    line = " ".join(text.split())
    return "".join(sign if sign.isprintable() or sign > "\ud7ff" else "�" for sign in line)


def terminal_width() -> int:
    """Columns of the terminal; 80 where there is none (COLUMNS tells otherwise)."""
    return max(40, typer.get_terminal_size((80, 24)).columns)


def is_terminal() -> bool:
    """Whether answers are read by a person on a terminal."""
    return sys.stdout.isatty()


def _widths(columns: Sequence[Column], rows: Sequence[Line], width: int, measure: Callable[[str], int]) -> list[int]:
    """Rigid columns take what they need; the others share the rest by weight, none wider than its content."""
    least = [max(width_of(word) for word in column.heading.split()) for column in columns]
    needed = [
        max([least[at], *(measure(part) for row in rows for part in row.cells[at].split("\n"))])
        for at in range(len(columns))
    ]
    sizes = [0 if column.weight else min(need, column.widest) for column, need in zip(columns, needed, strict=True)]
    spare = width - len(GAP) * (len(columns) - 1) - sum(sizes)
    elastic = [at for at, column in enumerate(columns) if column.weight]
    while elastic:
        share = max(spare, 0) / sum(columns[at].weight for at in elastic)
        content = [at for at in elastic if needed[at] <= share * columns[at].weight]
        if not content:
            for at in elastic:
                sizes[at] = max(least[at], 8, int(share * columns[at].weight))
            break
        for at in content:
            sizes[at] = needed[at]
            spare -= needed[at]
            elastic.remove(at)
    return sizes


def _wrapped(text: str, width: int, most: int, measure: Callable[[str], int]) -> list[str]:
    """*text* in lines of at most *width*; what is over *most* lines is cut with "…"."""
    if len(text) <= width and "\n" not in text and measure(text) <= width:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rest = " ".join(paragraph.split())
        while len(lines) <= most:
            fits = _fitting(rest, width, measure)
            if fits == len(rest):
                lines.append(rest)
                break
            space = rest.rfind(" ", 0, fits + 1)
            cut = space if space > 0 else fits
            lines.append(rest[:cut])
            rest = rest[cut:].lstrip()
    if len(lines) > most:
        last = lines[most - 1]
        lines = [*lines[: most - 1], f"{last[: _fitting(last, width - 1, measure)].rstrip(' ,;')}…"]
    return lines


def _fitting(text: str, width: int, measure: Callable[[str], int]) -> int:
    """How many characters of *text* are sure to fit into *width*, at least one where there are any."""
    if measure(text) <= width:
        return len(text)
    fits = max(width, 1)
    while fits > 1 and measure(text[:fits]) > width:
        fits -= 1
    return fits


def _drawn(
    cells: Sequence[Sequence[str]], columns: Sequence[Column], widths: Sequence[int], measure: Callable[[str], int]
) -> list[str]:
    drawn: list[str] = []
    for at in range(max(len(cell) for cell in cells)):
        parts = [
            _padded(cell[at] if at < len(cell) else "", size, column.right, measure)
            for cell, column, size in zip(cells, columns, widths, strict=True)
        ]
        drawn.append(GAP.join(parts).rstrip())
    return drawn


def _padded(text: str, width: int, right: bool, measure: Callable[[str], int]) -> str:
    padding = " " * (width - measure(text))
    return padding + text if right else text + padding
