"""Tables and rows that no task was drawn from though they look like work, each told as a `Problem`.

In: the tables, the blocks that tasks use, the document's setting. Out: `Problem`s of the stage "tasks".

Example: a table without known headers whose third column holds "Sở Y tế", "Công an xã": “Bảng có cột đơn vị hoặc thời
hạn nhưng không thành nhiệm vụ nào; xem lại bảng này.”
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.mentions.frame import is_unit_heading, mentions_in
from extractor.model import Problem
from extractor.text import title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from extractor.document.tables import Row, Table
    from extractor.tasks.scope import Setting

_ROWS = 2  # at least, of a table that is told of
_LOOKED_AT = 8  # rows of a table whose columns say nothing
_COLUMNS = 3  # at least, of a table whose columns say nothing: two columns are a letterhead, or names and numbers
_HALF = 0.5
_SHORTEST = 3  # syllables of a row's longest cell
_LONGEST_VALUE = 60  # characters of a cell that holds a unit or a day
_SHOWN = 60
_SUM = re.compile(r"(?:tổng )?cộng\b|tổng số\b", re.IGNORECASE)


def problems(tables: Sequence[Table], used: Collection[int], setting: Setting) -> Iterator[Problem]:
    """The doubts about the *tables*; *used* are blocks whose words are in a task."""
    for table in tables:
        if table.sets_targets or _is_of_hours(table):
            continue
        if table.blocks & set(used):
            if not table.headers:
                yield _problem(
                    "table_read_by_content", table.first_block, setting,
                    "Bảng không có tên cột quen thuộc: việc, đơn vị và thời hạn được nhận ra theo nội dung ô; xem lại.",
                )  # fmt: skip
            yield from _rows(table, used, setting)
        elif len(table.rows) >= _ROWS and (_named(table) or _looks_like_work(table, setting)):
            yield _problem(
                "table_without_tasks", table.first_block, setting,
                "Bảng có cột đơn vị hoặc thời hạn nhưng không thành nhiệm vụ nào; xem lại bảng này.",
            )  # fmt: skip


def _problem(kind: str, block: int, setting: Setting, message: str) -> Problem:
    return Problem("tasks", kind, "medium", message, page=setting.blocks[block].place.page, block=block)


def _is_of_hours(table: Table) -> bool:
    """The programme of a meeting: "7 giờ 30 – 8 giờ: đón đại biểu"."""
    return "clock" in table.roles.values()


def _named(table: Table) -> bool:
    return bool({"lead", "support", "deadline"} & set(table.roles.values()))


def _looks_like_work(table: Table, setting: Setting) -> bool:
    """Whether half of the first rows have a unit or a day in a cell of its own beside longer words."""
    rows = [row for row in table.rows[:_LOOKED_AT] if len(row.columns) >= _COLUMNS]
    return len(rows) >= _ROWS and sum(_has_value(row, setting) for row in rows) >= len(rows) * _HALF


def _has_value(row: Row, setting: Setting) -> bool:
    texts = {" ".join(block.text.split()) for block in row.columns.values()}
    return max(map(len, texts)) > _LONGEST_VALUE and any(_is_value(text, setting) for text in texts)


def _is_value(text: str, setting: Setting) -> bool:
    if not text or len(text) > _LONGEST_VALUE:
        return False
    return is_unit_heading(text) or bool(mentions_in(text, replace(setting.context, value=True), "deadlines"))


def _rows(table: Table, used: Collection[int], setting: Setting) -> Iterator[Problem]:
    """Rows of a table of tasks that gave none and head no group; rows that follow each other are told of once."""
    told = [row for row in table.rows if not row.group and _says_something(row) and not _is_used(row, used)]
    for first, more in _runs(told, table.rows):
        text = max((" ".join(block.text.split()) for block in first.columns.values()), key=len)
        block = min(block.index for block in first.columns.values())
        shown = f"“{title(text, _SHOWN)}”" + (f" và {more} dòng tiếp theo" if more else "")
        yield _problem("row_without_task", block, setting, f"Dòng {shown} của bảng không thành nhiệm vụ; xem lại.")


def _runs(told: Sequence[Row], rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """The first of rows that follow each other, and how many follow it."""
    numbers = {id(row): number for number, row in enumerate(rows)}
    run: list[Row] = []
    for row in told:
        if run and numbers[id(row)] != numbers[id(run[-1])] + 1:
            yield run[0], len(run) - 1
            run = []
        run.append(row)
    if run:
        yield run[0], len(run) - 1


def _is_used(row: Row, used: Collection[int]) -> bool:
    return any(block.index in used for block in row.columns.values())


def _says_something(row: Row) -> bool:
    texts: Iterable[str] = (block.text.strip() for block in row.columns.values())
    longest = max(texts, key=len, default="")
    return len(longest.split()) >= _SHORTEST and not _SUM.match(longest)
