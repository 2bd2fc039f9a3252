"""The words and cells that all files share.

In: a row of a list. Out: its texts in the office's words, safe in any spreadsheet.

Example: "=HYPERLINK(…)" in a document's text stays text: "'=HYPERLINK(…)" in CSV, a cell of type text in Excel.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker import schedule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.rows import TaskRow, UnitRef
    from tracker.settings import Office

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
REVIEWS = {"pending": "chưa duyệt", "accepted": "đã duyệt", "rejected": "đã loại"}


def plain(text: str | None) -> str:
    """*text* without the signs that neither XML nor a spreadsheet can hold."""
    return _UNPRINTABLE.sub("", text or "")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take *text* for a formula."""
    return text.startswith(_FORMULA)


def harmless(text: str) -> str:
    """*text* with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if is_formula(text) else text


def day(value: date | None) -> str:
    """A day as offices write it; empty for none."""
    return f"{value:%d/%m/%Y}" if value else ""


def names(units: Sequence[UnitRef]) -> str:
    """Units as the document names them in full, with those that follow units that are no more."""
    return "; ".join(unit.full_name for unit in units)


def document(row: TaskRow) -> str:
    """ "Kế hoạch số 215/KH-UBND ngày 05/09/2026 của Ủy ban nhân dân tỉnh Đồng Nai"."""
    paper = row.document
    return " ".join(filter(None, (
        paper.kind,
        f"số {paper.number}" if paper.number else f"(tệp {paper.doc_id})",
        f"ngày {day(paper.date)}" if paper.date else None,
        f"của {paper.issuer}" if paper.issuer else None,
    )))  # fmt: skip


def standing(row: TaskRow) -> str:
    """ "quá hạn 12 ngày", "đang thực hiện, trong hạn", "hoàn thành đúng hạn"."""
    work, found = schedule.WORK_NAMES[row.status], row.standing
    if row.status in {"paused", "cancelled"}:
        return work
    if row.status == "done":
        return schedule.SCHEDULE_NAMES[found.schedule] if found.day else work
    late = f" {found.days_late} ngày" if found.days_late else ""
    return f"{work}, {schedule.SCHEDULE_NAMES[found.schedule]}{late}"


def deadline(row: TaskRow) -> str:
    """The words of the deadline, where no day says it."""
    return row.deadline_text or "không có hạn"


def remarks(row: TaskRow) -> str:
    """What else a reader must know: unreviewed, missed occurrences."""
    missed = f"lỡ {row.standing.missed} kỳ" if row.standing.missed else ""
    review = REVIEWS[row.review] if row.review != "accepted" else ""
    return ", ".join(filter(None, (missed, review)))


def letterhead(office: Office) -> tuple[str, str]:
    """The office's name in capitals and its place, as a letterhead prints them; what is not set is left open."""
    return (office.unit or "TÊN CƠ QUAN BAN HÀNH").upper(), office.province or "…"


def day_parts(value: date) -> tuple[str, str, str]:
    """Day, month and year of a letterhead: Phụ lục I writes a nought before days below 10 and months 1 and 2."""
    return f"{value:%d}", f"{value.month:02d}" if value.month < 3 else str(value.month), str(value.year)
