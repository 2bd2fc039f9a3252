"""Tables of assignments → tasks: one a body row (gold/GUIDELINES.md, rule 1).

In: tables with roles of columns, and the scope at their place. Out: `Work`s in row order, and what was not understood.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.document import assignment
from extractor.mentions.deadlines import DeadlineContext, find
from extractor.mentions.frame import is_unit_heading, roles_of
from extractor.model import Problem, Span
from extractor.tasks import row_groups
from extractor.tasks.draft import Work, words
from extractor.tasks.roles import assign, from_prose
from extractor.tasks.scope import Scope
from extractor.tasks.values import pieces_of, without_repeats
from extractor.text import with_new_tones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.document.tables import Row, Table
    from extractor.model import Block, Deadline, TaskStatus
    from extractor.tasks.scope import Setting

_DEADLINE_BELOW = re.compile(r"dưới đây|sau đây|từng mốc")
# Order matters: "chưa hoàn thành" and "không hoàn thành" hold "hoàn thành".
_STATUSES: tuple[tuple[str, TaskStatus], ...] = (
    (r"hủy|không (?:còn )?thực hiện", "cancelled"),
    (r"tạm dừng|tạm hoãn", "paused"),
    (r"chưa (?:thực hiện|triển khai|bắt đầu)", "todo"),
    (r"đang|chưa hoàn thành|chưa xong|một phần", "doing"),
    (r"hoàn thành|đã xong|đã thực hiện", "done"),
)
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?: \d{1,2}:\d\d(?::\d\d)?)?")


def works(table: Table, setting: Setting, scope: Scope) -> Iterator[Work]:
    """The tasks of the body rows of *table*."""
    groups: list[tuple[Row, Scope]] = []
    for row in table.rows:
        del groups[row_groups.ended([group for group, _ in groups], row) :]
        above = groups[-1][1] if groups else scope
        if row.group:
            groups.append((row, row_groups.under(row, setting, above)))
            continue
        cell = row.cells.get("task")
        if cell is None or not _names_work(cell.text):
            continue
        path = (*scope.path, *(_heading(group) for group, _ in groups))
        work = _row(table, row, cell, replace(above, path=path), setting)
        if not work.deadlines:
            work.deadlines = _crossed(table, row, setting)
        work.reasons += ["roles_by_content"] * (not table.headers)
        yield from _by_items(work, cell, setting) if not {"lead", "mixed"} & set(row.cells) else (work,)


_ITEM = re.compile(r"^[ \t]*[-+–•*][ \t]*(?P<words>\S.*?)[ \t]*$", re.MULTILINE)


def _by_items(work: Work, cell: Block, setting: Setting) -> Iterator[Work]:
    """*work* item by item where each item of its cell names its own unit and what it does (GUIDELINES, rule 2)."""
    found = list(_ITEM.finditer(cell.text))
    items = [Span(cell.index, *item.span("words")) for item in found]
    led = [roles_of(words(setting.blocks, span)).lead_source in ("subject", "giao") for span in items]
    if len(items) < 2 or not all(led):
        yield work
        return
    above = cell.text[: found[0].start()].strip(" \n:")
    for span in items:
        item = Work([span], (*work.section, *filter(None, [above])), status=work.status, product=work.product)
        from_prose(item, span, setting, Scope())
        item.deadlines = item.deadlines or work.deadlines
        item.support = without_repeats((*item.support, *work.support))
        yield item


_SUM = re.compile(r"(?:tổng )?cộng\b|tổng số\b", re.IGNORECASE)


def _names_work(text: str) -> bool:
    """A cell with words of work: not a sum, a day, or only a unit's name."""
    letters = [word for word in text.split() if any(character.isalpha() for character in word)]
    return len(letters) >= 2 and not _SUM.match(text.strip()) and not is_unit_heading(" ".join(text.split()))


def _crossed(table: Table, row: Row, setting: Setting) -> tuple[Deadline, ...]:
    """The last quarter or month that a row is crossed for; its words are the column's header."""
    known = DeadlineContext(setting.context.issued, setting.context.plan_year)
    lowest = [header.split("\n")[-1].strip() for header in table.headers.values()]
    beyond = any(re.fullmatch(r"0?[5-9]|1[0-2]", level) for level in lowest)
    found: tuple[Deadline, ...] = ()
    for column, role in table.roles.items():
        block = row.columns.get(column)
        if role != "cross" or block is None or not block.text.strip():
            continue
        header = table.headers[column].split("\n")
        days = find(_crossed_period(header, beyond), known, strict=False)
        if days:
            place = Span(block.index, 0, len(block.text))
            found = (
                *found,
                replace(days[0], text=header[-1], span=place, reasons=(*days[0].reasons, "crossed_column")),
            )
    return found


_NUMBER = re.compile(r"(?:[tq]\.? ?)?((?:0?[1-9]|1[0-2]|I{1,3}|IV)(?:\s*/\s*20\d\d)?)", re.IGNORECASE)


def _crossed_period(levels: list[str], beyond: bool = False) -> str:
    """The period that a crossed column stands for: "Tháng / 3" → "tháng 3", "Q2" → "quý 2", "2027" → "năm 2027".

    Args:
        levels: of the column's header, from above.
        beyond: columns beside it have numbers that no quarter has: where nothing says what they count, it is months.
    """
    number = _NUMBER.fullmatch(levels[-1].strip())
    if number is None:
        return f"năm {levels[-1]}" if re.fullmatch(r"20\d\d", levels[-1].strip()) else levels[-1]
    above = " ".join(levels).lower()
    monthly = "tháng" in above or levels[-1].lower().startswith("t") or (beyond and "q" not in above)
    year = re.search(r"20\d\d", " ".join(levels[:-1]))
    told = f"/{year[0]}" if year and "/" not in number[1] else ""
    return f"{'tháng' if monthly else 'quý'} {number[1]}{told}"


_SOME_NUMBERS = re.compile(rf"{_NUMBER.pattern}(?:\s*(?:[,;–-]|và)\s*{_NUMBER.pattern})*|20\d\d", re.IGNORECASE)


def _numbered_period(table: Table, row: Row, setting: Setting) -> tuple[Deadline, ...]:
    """The month or quarter of which a cell gives only the number: "6" under "Tháng trình", "3-5", "T6", "Q2"."""
    block = row.cells["deadline"]
    text = block.text.strip()
    header = next((table.headers.get(c, "") for c, other in row.columns.items() if other is block), "").lower()
    named = re.search(r"\b(tháng|quý|năm)\b", header)
    short = {"t": "tháng", "q": "quý"}.get(text[:1].lower())
    period = short or (named[1] if named else "quý" if text[:1] in ("I", "V") else None)
    if period is None or not _SOME_NUMBERS.fullmatch(text):
        return ()
    known = DeadlineContext(setting.context.issued, setting.context.plan_year)
    days = find(f"{period} {re.sub(r'[TtQq][.] ?|[TtQq] ?', '', text)}", known, strict=False)
    place = Span(block.index, 0, len(block.text))
    return tuple(
        replace(day, text=block.text, span=place, reasons=(*day.reasons, "period_named_by_column")) for day in days
    )


def _heading(row: Row) -> str:
    cell = row_groups.heading_cell(row)
    return f"{row.label} {' '.join(cell.text.split()) if cell else ''}".strip()


def _row(table: Table, row: Row, cell: Block, scope: Scope, setting: Setting) -> Work:
    span = Span(cell.index, 0, len(cell.text))
    given = [entry for role, b in row.cells.items() if role in _GIVEN for entry in pieces_of(role, b)]
    dated = row.cells.get("deadline")
    if dated is not None:  # a day among the units then only says more of them
        given = [(role, at) for role, at in given if role != "deadline" or at.block == dated.index]
    text = cell.text
    ending = assignment.closing_bracket(text)
    if ending is not None:
        span = Span(cell.index, 0, len(text[: ending[1]].rstrip(" ;,-–")))
        known = {role for role, _ in given}
        given += [(p.role, Span(cell.index, p.start, p.end)) for p in ending[0] if p.role not in known]
    work = Work([span], scope.path, status=_status(table, row))
    assign(work, [entry for entry in given if not _points_below(entry, setting)], setting, Scope())
    if not work.deadlines and "deadline" in row.cells:
        work.deadlines = _numbered_period(table, row, setting)
        if work.deadlines:
            work.reasons.remove("deadline_not_understood")
    if not work.lead and (scope.lead or not work.support):
        prose = Work([span], scope.path)
        from_prose(prose, span, setting, scope)
        work.lead, work.support = prose.lead, without_repeats((*work.support, *prose.support))
        work.reasons += [r for r in prose.reasons if r.startswith("lead_") or r == "support_from_prose"]
    if "deadline" not in row.cells and not work.deadlines:
        prose = Work([span], scope.path)
        from_prose(prose, span, setting, scope)
        work.deadlines = prose.deadlines
        work.reasons += [r for r in prose.reasons if r in ("deadline_inherited", "deadline_from_prose")]
    if not work.lead and "lead_unknown" not in work.reasons:
        work.reasons.append("lead_unknown")
    return work


_GIVEN = ("lead", "mixed", "support", "deadline", "product")


def _points_below(entry: tuple[str, Span], setting: Setting) -> bool:
    """A deadline cell that only points at the rows under it ("Theo từng mốc thời hạn dưới đây")."""
    return entry[0] == "deadline" and bool(_DEADLINE_BELOW.search(words(setting.blocks, entry[1]).lower()))


def _status(table: Table, row: Row) -> TaskStatus:
    """What the columns of status say of a row; a day alone is the day when it was done."""
    cells = [
        row.columns[column].text for column, role in table.roles.items() if role == "status" and column in row.columns
    ]
    text = with_new_tones("\n".join(cells)).lower()
    named = next((status for pattern, status in _STATUSES if re.search(pattern, text)), None)
    return named or ("done" if any(_DAY.fullmatch(cell.strip()) for cell in cells) else "todo")


def problems(table: Table) -> Iterator[Problem]:
    """What may have been missed in *table*: columns not understood, gaps in its numbers."""
    for column, header in table.headers.items():
        if column not in table.roles and header.strip():
            yield Problem(
                "document", "column_not_understood", "low",
                f"Không hiểu cột “{header[:60]}” của bảng; nội dung cột này chưa được dùng.", block=table.first_block,
            )  # fmt: skip
    numbered = [row for row in table.rows if row.label.rstrip(".)").isdigit()]
    for row, following in itertools.pairwise(numbered):
        before, after = int(row.label.rstrip(".)")), int(following.label.rstrip(".)"))
        if after > before + 1:
            yield Problem(
                "document", "number_gap", "medium",
                f"Số thứ tự trong bảng nhảy từ {before} sang {after}; có thể sót dòng.",
                block=min(block.index for block in row.columns.values()),
            )  # fmt: skip
