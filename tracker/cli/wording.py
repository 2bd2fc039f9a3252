"""Tasks and days in the words of an office.

In: rows of `tracker.queries`. Out: the cells and lines that commands print.

Example: a task due on 20/11/2026, seen on 21/11/2026: "20/11/2026", "trễ 1 ngày", "quá hạn".
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tracker import schedule
from tracker.cli.layout import Column, Line, table, terminal_width
from tracker.states import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.rows import TaskRow, UnitRef

REVIEW_NAMES = {"pending": "chưa duyệt", "accepted": "đã duyệt", "rejected": "đã loại"}
FIELDS = {
    "text": "việc",
    "title": "việc",
    "lead": "chủ trì",
    "support": "phối hợp",
    "deadline": "thời hạn",
    "product": "sản phẩm",
    "section": "mục",
    "status": "tình trạng",
    "review": "duyệt",
    "done_on": "ngày hoàn thành",
    "reply_number": "văn bản trả lời",
    "occurrence": "kỳ",
    "note": "ghi chú",
    "progress": "tiến độ (%)",
    "progress_note": "tiến độ",
    "reason": "lý do",
    "extension": "gia hạn",
    "deadline_due": "ngày hạn",
    "deadline_start": "ngày bắt đầu",
    "document_id": "văn bản số",
    "continues": "nối tiếp",
    "read text": "bản mới ghi việc",
    "read lead": "bản mới ghi chủ trì",
    "read support": "bản mới ghi phối hợp",
    "read deadline": "bản mới ghi thời hạn",
    "read product": "bản mới ghi sản phẩm",
    "split": "tách ra nhiệm vụ",
    "split_from": "tách từ nhiệm vụ",
    "merged": "gộp nhiệm vụ",
    "merged_into": "gộp vào nhiệm vụ",
    "unit": "đơn vị",
    "roll_call": "điểm danh",
}
REASONS = {
    "changed_in_version": "bản mới của văn bản ghi khác",
    "crossed_column": "hạn là cột được đánh dấu",
    "day_without_deadline": "trong câu có ngày nhưng chưa rõ có phải thời hạn",
    "deadline_anchor_assumed_issue_date": "văn bản không nói tính từ ngày nào, tạm tính từ ngày ban hành",
    "deadline_before_issue": "hạn trước ngày ban hành văn bản",
    "deadline_column_uncertain": "bảng có nhiều cột ghi ngày",
    "deadline_counted_from_issue": "hạn tính từ ngày ban hành",
    "deadline_differs_from_text": "hạn ở cột hoặc đề mục khác với ngày ghi trong nội dung",
    "deadline_distant": "hạn cách ngày ban hành hơn 10 năm",
    "deadline_from_event": "hạn tính theo ngày của sự kiện",
    "deadline_from_prose": "hạn lấy từ trong câu",
    "deadline_impossible_date": "ngày ghi trong văn bản không có thật",
    "deadline_inherited": "hạn lấy từ mục trên",
    "deadline_may_be_of_group": "dòng phân công có thể là của cả nhóm mục phía trên",
    "deadline_next_year_inferred": "năm của thời hạn được suy ra là năm sau",
    "deadline_not_understood": "chưa hiểu được thời hạn",
    "deadline_on_issue": "hạn là ngày ban hành văn bản",
    "deadline_partly_read": "chỉ hiểu một phần lời ghi thời hạn",
    "deadline_waits_for_event": "hạn chờ một sự kiện hoặc ngày nhận văn bản",
    "deadline_year_inferred": "năm của thời hạn được suy ra",
    "deadline_year_unknown": "thời hạn chưa rõ năm",
    "dropped_in_version": "bản mới của văn bản không còn việc này",
    "evidence_mismatch": "lời trích không khớp với văn bản",
    "group_of_items": "gộp từ nhiều gạch đầu dòng",
    "handed_over": "chuyển từ văn bản đã bị thay thế",
    "issue_date_unknown": "chưa rõ ngày ban hành",
    "later_step_binds_others": "ngày sau trong câu là hạn của việc khác",
    "latest_before": "có nhiều hạn, lấy hạn muộn nhất",
    "lead_from_farther_heading": "đề mục gần nhất có thể là một đơn vị chưa biết",
    "lead_from_prose": "đơn vị chủ trì lấy từ trong câu",
    "lead_inherited_from_addressees": "đơn vị chủ trì là nơi nhận văn bản",
    "lead_inherited_from_heading": "đơn vị chủ trì lấy từ đề mục",
    "lead_unknown": "chưa rõ đơn vị chủ trì",
    "like_its_siblings": "tính là việc vì các mục cùng cấp đều là việc",
    "long_text": "nội dung dài",
    "lunar_date_not_converted": "ngày âm lịch",
    "may_hold_several": "có thể gồm nhiều việc viết liền",
    "narrowed_by_the_bracket_after": "ngày trong ngoặc là hạn",
    "new_in_version": "việc mới ở bản mới của văn bản",
    "period_named_by_column": "tháng hoặc quý lấy từ tên cột",
    "recurrence_assumed": "coi là việc lặp lại",
    "recurrence_period_unknown": "ghi định kỳ nhưng không rõ bao lâu một lần",
    "recurrence_spread_evenly": "các kỳ được chia đều trong năm",
    "roles_by_content": "vai trò của các cột được đoán theo nội dung",
    "school_year_end_assumed": "ngày kết thúc năm học hoặc học kỳ được tạm tính",
    "several_deadlines": "có nhiều thời hạn",
    "split_from_item": "tách từ một mục",
    "support_from_prose": "đơn vị phối hợp lấy từ trong câu",
    "term_not_counted": "chưa tính được hạn",
    "text_begins_within_sentence": "lời văn bắt đầu giữa câu",
    "text_like_assignment": "nội dung giống một dòng phân công",
    "text_like_heading": "nội dung giống một tên gọi hơn là việc",
    "unit_ambiguous": "tên đơn vị có thể là nhiều đơn vị",
    "unit_left_out": "có thể còn tên đơn vị chưa nhận ra",
    "unit_partly_read": "chỉ hiểu một phần lời ghi đơn vị",
    "unit_unknown": "tên đơn vị chưa có trong từ điển",
}

_STATES: dict[str, str] = {
    str(key): name for names in (schedule.WORK_NAMES, REVIEW_NAMES) for key, name in names.items()
}

TASK_COLUMNS = (
    Column("ID", right=True),
    Column("Việc", weight=5, lines=4),
    Column("Chủ trì", weight=3),
    Column("Hạn"),
    Column("Còn lại", widest=8),
    Column("Tình trạng", lines=6, widest=11),
)


def day(value: date | None) -> str:
    """A day as offices write it; "—" for none."""
    return f"{value:%d/%m/%Y}" if value else "—"


def days_left(row: TaskRow, today: date) -> str:
    """ "hôm nay", "9 ngày", "trễ 3 ngày"; empty where there is nothing to count."""
    if row.standing.days_late:
        return f"trễ {row.standing.days_late} ngày"
    if row.current_due is None or row.status not in OPEN:
        return ""
    left = (row.current_due - today).days
    return "hôm nay" if left == 0 else f"{left} ngày"


def state(row: TaskRow) -> str:
    """The standing, and what else a reader of a list must know, a line each: unreviewed, missed occurrences."""
    words = [
        schedule.WORK_NAMES[row.status]
        if row.status in {"paused", "cancelled"}
        else schedule.SCHEDULE_NAMES[row.standing.schedule]
    ]
    if row.review != "accepted":
        words.append(REVIEW_NAMES[row.review])
    if row.standing.missed:
        words.append(f"lỡ {row.standing.missed} kỳ")
    return "\n".join(words)


def units(found: Sequence[UnitRef]) -> str:
    """The names of units as the document writes them, with those that follow units that are no more; "—" for none."""
    return ", ".join(followed(unit.text, unit) for unit in found) or "—"


def followed(name: str, unit: UnitRef) -> str:
    """ "Sở Giao thông vận tải (nay là Sở Xây dựng)"."""
    return f"{name} (nay là {unit.successor})" if unit.successor else name


def deadline(row: TaskRow) -> str:
    """The day that counts; where there is none, the words of the deadline."""
    return day(row.current_due) if row.current_due else "không hạn"


def task_lines(rows: Sequence[TaskRow], today: date) -> list[str]:
    """Tasks as a table that fits the terminal."""
    lines = [
        Line(
            (str(row.id), row.title, units(row.lead), deadline(row), days_left(row, today), state(row)),
            schedule.colour(row.status, row.standing.schedule),
        )
        for row in rows
    ]
    return table(TASK_COLUMNS, lines, terminal_width())


def reasons(named: Sequence[str], late_at_intake: bool) -> str:
    """Why a task waits or is in doubt, as the end of a line: ", đã quá hạn khi nạp, tách từ một mục"."""
    late = ["đã quá hạn khi nạp"] if late_at_intake else []
    return "".join(f", {words}" for words in (*late, *(REASONS.get(reason, reason) for reason in named)))


def change(field: str, before: str | None, after: str | None) -> str:
    """A recorded change: "tình trạng: chưa thực hiện → hoàn thành", "kỳ 20/11/2026: xong 18/11/2026"."""
    name, _, of_day = (field, "", "") if field in FIELDS else field.partition(" ")
    label = " ".join((FIELDS.get(name, name), *([_value(of_day)] if of_day else [])))
    if name == "occurrence" and after is not None:
        return f"{label}: xong ngày {_value(after)}"
    if before is None:
        return f"{label}: {_value(after)}"
    return f"{label}: {_value(before)} → {_value(after)}"


def _value(stored: str | None) -> str:
    """A stored value in office words: days as dd/mm/yyyy, states by their names."""
    if stored is None:
        return "(bỏ)"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", stored):
        return day(date.fromisoformat(stored))
    return _STATES.get(stored, stored)
