"""What a group row of a table hands down to the rows under it: units, a period.

In: a group row and the scope above it. Out: the scope under it.

    I  | SỞ XÂY DỰNG                                      leads the rows under it
       | Nhiệm vụ quý II/2026                             dates them
    1  | Số hóa hồ sơ cây xanh | Sở Xây dựng | Quý IV     both, where "1.1", "1.2" have none of their own

A cell of the row itself goes before what is handed down.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.document.lines import UNLABELLED
from extractor.mentions.frame import unit_heading
from extractor.model import Span
from extractor.tasks.draft import Work, moved
from extractor.tasks.roles import assign, deadlines_of_value
from extractor.tasks.scope import Scope
from extractor.tasks.values import pieces_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.document.tables import Row
    from extractor.model import Block, Deadline
    from extractor.tasks.scope import Setting

_GIVEN = ("lead", "mixed", "support", "deadline")
# Words beside a period that only say what is listed: "Các nhiệm vụ hoàn thành trong quý II/2026:"
_LISTED = re.compile(
    r"(?:[\s\d.,:;()–-]|\b(?:các|những|nhóm|nhiệm vụ|công việc|nội dung|hoạt động|đề án|văn bản|thời gian|thực hiện|"
    r"hoàn thành|triển khai|trình|ban hành|trọng tâm|chủ yếu|trong|vào|của|[IVXLC]+|[a-zđ](?=[.)]))\b)*",
    re.IGNORECASE,
)


def under(row: Row, setting: Setting, scope: Scope) -> Scope:
    """*scope* with what the group *row* hands to the rows under it."""
    block = heading_cell(row)
    if block is None:
        return scope
    given = [
        entry
        for role in _GIVEN
        if (cell := row.cells.get(role)) is not None and cell is not block
        for entry in pieces_of(role, cell)
    ]
    work = Work([], ())
    assign(work, given, setting, Scope())
    named = unit_heading(block.text)
    lead = work.lead or tuple(moved(unit, block.index, 0) for unit in named)
    if lead:
        scope = replace(scope.led_by(lead, work.support, "lead_inherited_from_heading"), under_unit=bool(named))
    deadlines = work.deadlines or _period(block, setting)
    return replace(scope, deadlines=deadlines) if deadlines else scope


def ended(groups: Sequence[Row], row: Row) -> int:
    """How many of the open *groups*, outermost first, go on with *row*: a number ends those of its rank and deeper.

    A group row without a number ("Tháng 3/2026") lasts to the next one of its kind, whatever numbers stand under it.
    """
    bare = row.depth == UNLABELLED
    if bare and not row.group:
        return len(groups)
    for at, group in enumerate(groups):
        if (group.depth == UNLABELLED) if bare else (group.depth != UNLABELLED and not row.depth > group.depth):
            return at
    return len(groups)


def heading_cell(row: Row) -> Block | None:
    """The cell with the words of a group row; None where there are none."""
    if "task" in row.cells:
        return row.cells["task"]
    return next((b for b in row.columns.values() if len(b.text) > len(row.label) and b.text.strip()), None)


def _period(block: Block, setting: Setting) -> tuple[Deadline, ...]:
    """The period that is all a group row says: "Tháng 3/2026", "II. Nhiệm vụ quý II"; a field of work is none."""
    found = deadlines_of_value(Span(block.index, 0, len(block.text)), setting)
    if len(found) != 1 or found[0].kind not in ("date", "recurring") or found[0].span is None:
        return ()
    rest = block.text[: found[0].span.start] + block.text[found[0].span.end :]
    return found if _LISTED.fullmatch(rest) else ()
