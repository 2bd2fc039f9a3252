"""CSV and JSON: a line a task, for other programs.

In: a `Selection`. Out: CSV in UTF-8 with its mark, so that Excel reads Vietnamese; JSON as `tasks --json` prints it.

Example: "TT,ID,Nhiệm vụ,Văn bản giao,Chủ trì,…" and below "1,7,Rà soát danh mục,…".
"""

from __future__ import annotations

import csv
import json
from textwrap import indent
from typing import TYPE_CHECKING

from tracker import rows
from tracker.exports import wording

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.exports.selection import Selection

HEADS = (
    "TT", "ID", "Nhiệm vụ", "Văn bản giao", "Chủ trì", "Phối hợp", "Thời hạn ghi trong văn bản", "Hạn đầu",
    "Hạn hiện nay", "Số ngày trễ", "Tình trạng", "Ngày hoàn thành", "Văn bản trả lời", "Sản phẩm", "Ghi chú",
)  # fmt: skip


def write_csv(selection: Selection, file: Path) -> None:
    """Writes the tasks as CSV; days as dd/mm/yyyy."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(HEADS)
        for at, row in enumerate(selection.rows, 1):
            texts = (
                row.text, wording.document(row), wording.names(row.lead), wording.names(row.support),
                row.deadline_text, wording.day(row.due), wording.day(row.current_due),
                str(row.standing.days_late or ""), wording.standing(row), wording.day(row.done_on), row.reply_number,
                row.product, wording.remarks(row),
            )  # fmt: skip
            lines.writerow([at, row.id, *(wording.harmless(wording.plain(text)) for text in texts)])


def write_json(selection: Selection, file: Path) -> None:
    """Writes the tasks in the contract's shape."""
    with file.open("w", encoding="utf-8", newline="\n") as out:
        before = "[\n"
        for row in selection.rows:
            out.write(before + indent(json.dumps(rows.to_json(row), ensure_ascii=False, indent=1), " "))
            before = ",\n"
        out.write("\n]\n" if len(selection.rows) else "[]\n")
