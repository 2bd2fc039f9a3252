"""Shapes of documents whose tasks stand in a table.

In: a draft. Out: lines of a script.

Example: a row of `assignments` is "* 3 | Kiểm kê cây xanh | Sở Xây dựng | Sở Y tế + Công an tỉnh | Quý I = 2026-03-31".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from corpus.generator.composer.banks import phrases
from corpus.generator.composer.draft import named, upper

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.generator.composer.days import Due
    from corpus.generator.composer.draft import Draft

_ORDERS = (
    "nwlsd",
    "nwlsdx",
    "nwxlsd",
    "nwdls",
    "nwxdls",
    "wlsd",
    "nwldg",
    "nwdxlsg",
    "nwlsdxg",
    "dwls",
    "nwsld",
    "nwld",
)
_WIDTHS = {"n": 5, "w": 36, "l": 16, "s": 18, "d": 12, "x": 12, "g": 9}
_OVER = ("Phân công", "Trách nhiệm thực hiện", "Cơ quan, đơn vị", "Đơn vị thực hiện")
_IN_ONE_CELL = (
    ("Chủ trì: {u}", "\\nPhối hợp: {u}"),
    ("Đơn vị chủ trì: {u}", "\\nĐơn vị phối hợp: {u}"),
    ("{u} chủ trì", ", phối hợp với {u}"),
    ("- Chủ trì: {u};", "\\n- Phối hợp: {u}."),
)
_ROMAN = ("I", "II", "III", "IV")


@dataclass(slots=True)
class _Row:
    """A row: its work, units and deadline, and the truth of its number."""

    work: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    due: Due | None
    target: str = ""


def _rows(draft: Draft) -> list[_Row]:
    """The rows of a table; two of them have a number to reach."""
    rows = []
    size = draft.recipe.size
    numbered = set(draft.dice.sample(range(size), 2))
    for n in range(size):
        lead = draft.leads()
        due = draft.cell() if draft.dice.random() > 0.04 else None
        work, target = _words(draft), ""
        if n in numbered and due:
            work, target = draft.counted(due)
        rows.append(_Row(work, lead, draft.supports(lead), due, target))
    return rows


def _words(draft: Draft) -> str:
    """The work of a row; now and then with its parts below it, or with a manner or a reference behind it."""
    work = draft.work()
    die = draft.dice.random()
    if die < 0.08:
        parts = (draft.work() for _ in range(draft.dice.choice((2, 3))))
        return f"{work}:" + "".join(f"\\n- {part};" for part in parts)
    return draft.trailed(work) if die < 0.25 else work


def assignments(draft: Draft) -> list[str]:
    """A table of assignments: columns in any order, group rows, merged cells, one or two header rows."""
    dice = draft.dice
    order = dice.choice(_ORDERS)
    titles = draft.titles()
    grouped = dice.choice(("none", "column", "across", "numbered")) if order[0] == "n" else "none"
    numbers = dice.choice(("{n}", "{n}", "{n}.", "{g}.{k}" if grouped != "none" else "{n}"))
    numbers = "{g}.{k}" if grouped == "numbered" else numbers
    rows = _rows(draft)
    lines = []
    per_group = -(-len(rows) // len(draft.matter.groups))
    above: _Row | None = None
    for n, row in enumerate(rows):
        g, k = divmod(n, per_group)
        if k == 0 and grouped != "none":
            lines.append(_group(draft.matter.groups[g], g, len(order), grouped))
            above = None
        number = numbers.format(n=n + 1, g=g + 1, k=k + 1)
        cells = [_cell(draft, row, role, number, above) for role in order]
        lines.append("* " + " | ".join(cells))
        lines += [row.target] if row.target else []
        above = row
    heads = _heads(draft, order, titles)
    widths = ",".join(str(_WIDTHS[role]) for role in order)
    roles = ",".join("x" if role == "g" else role for role in order)
    sep = dice.choice((",", ";", "/"))
    return [f"[table roles={roles} heads={len(heads)} widths={widths} sep={sep}]", *heads, *lines, "[end]"]


def _group(title: str, n: int, width: int, kind: str) -> str:
    """A row that heads others: its words over all columns, beside its number, or in an unmerged row "1", "1.1" …"""
    if kind == "numbered":
        return f"= {n + 1} | {title}" + " | " * (width - 2)
    if kind == "across":
        return f"= {_ROMAN[n]}. {title} | " + " | ".join("<" for _ in range(width - 1))
    return f"= {_ROMAN[n]} | {title} | " + " | ".join("<" for _ in range(width - 2))


def _heads(draft: Draft, order: str, titles: dict[str, str]) -> list[str]:
    """One header row, or two where lead and support stand beside each other under one title."""
    row = [titles[role] for role in order]
    if "ls" not in order or draft.dice.random() > 0.3:
        return [" | ".join(row)]
    at = order.index("ls")
    over = draft.dice.choice(_OVER)
    first = [*row[:at], over, "<", *row[at + 2 :]]
    second = ["^" if n not in (at, at + 1) else ("Chủ trì", "Phối hợp")[n - at] for n in range(len(row))]
    return [" | ".join(first), " | ".join(second)]


def _cell(draft: Draft, row: _Row, role: str, number: str, above: _Row | None) -> str:
    """A cell as a script writes it; sometimes merged with the same one above."""
    merged = above is not None and draft.dice.random() < 0.5
    if role == "n":
        return number
    if role == "w":
        return row.work
    if role == "l":
        return "^" if merged and above and above.lead == row.lead else upper(named(row.lead))
    if role == "s":
        return upper(named(row.support))
    if role == "d":
        return row.due.truth if row.due else ""
    held = phrases()["products" if role == "x" else "notes"]
    return str(draft.dice.choice(held)) if draft.dice.random() < (0.8 if role == "x" else 0.3) else ""


def begin_and_end(draft: Draft) -> list[str]:
    """A table with a column for the begin and one for the end of each work."""
    lines = []
    for n, row in enumerate(_rows(draft), 1):
        start = draft.issued + timedelta(days=draft.dice.randint(5, 60))
        end = min(start + timedelta(days=draft.dice.randint(30, 200)), date(draft.year, 12, 31))
        cells = (str(n), row.work, upper(named(row.lead)), _day(start), f"{_day(end)} = {start}..{end}", "")
        lines.append("* " + " | ".join(cells))
    two = draft.dice.random() < 0.5
    heads = ["TT | Công việc | Bộ phận thực hiện | Ngày bắt đầu | Ngày kết thúc | Ghi chú"]
    if two:
        heads = [
            "TT | Công việc | Đơn vị thực hiện | Thời gian | < | Ghi chú",
            "^ | ^ | ^ | Bắt đầu | Kết thúc | ^",
        ]
    return [f"[table roles=n,w,l,x,d,x heads={len(heads)} widths=5,45,20,11,11,10]", *heads, *lines, "[end]"]


def _day(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def quarter_marks(draft: Draft) -> list[str]:
    """A table with a column for each quarter, marked where the work is to be done."""
    lines = []
    ends = ("03-31", "06-30", "09-30", "12-31")
    for n, row in enumerate(_rows(draft), 1):
        q = draft.dice.randint(1 if draft.issued.month < 3 else 2, 4)
        marks = ["x" if k == q else "" for k in range(1, 5)]
        lines.append("* " + " | ".join((str(n), row.work, upper(named(row.lead)), *marks)))
        lines.append(f"> D: {_ROMAN[q - 1]} = {draft.year}-{ends[q - 1]}")
    heads = [
        f"TT | Nội dung | Đơn vị thực hiện | Thời gian thực hiện năm {draft.year} (quý) | < | < | <",
        "^ | ^ | ^ | I | II | III | IV",
    ]
    return ["[table roles=n,w,l,x,x,x,x heads=2 widths=5,48,23,6,6,6,6]", *heads, *lines, "[end]"]


def roles_in_one_cell(draft: Draft) -> list[str]:
    """A table whose units stand in one column, each behind its role."""
    lines = []
    lead_shape, support_shape = draft.dice.choice(_IN_ONE_CELL)
    for n, row in enumerate(_rows(draft), 1):
        cell = lead_shape.format(u=", ".join(row.lead))
        if row.support:
            cell += support_shape.format(u=", ".join(row.support))
        due = row.due.truth if row.due else ""
        lines.append(f"* {n} | {row.work} | {due} | {cell}")
        told = [f"L: {named(row.lead)}", *([f"S: {named(row.support)}"] if row.support else [])]
        lines.append(f"> {' | '.join(told)}")
        lines += [row.target] if row.target else []
    head = draft.dice.choice(("Phân công thực hiện", "Đơn vị thực hiện", "Trách nhiệm"))
    return [f"[table roles=n,w,d,x widths=5,45,15,35]\nSTT | Nhiệm vụ | Thời gian | {head}", *lines, "[end]"]


TABLES: dict[str, Callable[[Draft], list[str]]] = {
    "table": assignments,
    "annex": assignments,
    "sheet": assignments,
    "days": begin_and_end,
    "marks": quarter_marks,
    "onecell": roles_in_one_cell,
}
