"""Tables and rows that look like work and gave no task are told of; programmes and letterheads are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from extractor.pipeline import extract

if TYPE_CHECKING:
    from pathlib import Path

LONG = "Cắt tỉa cành khô của toàn bộ hàng cây dọc đường Lê Lợi và đường Hùng Vương trước mùa mưa bão"
ROWS = [("1", LONG, "Sở Xây dựng"), ("2", f"{LONG} năm sau", "Công an tỉnh")]


def problems_of(rows: list[tuple[str, ...]], folder: Path) -> list[tuple[str, str]]:
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "II. PHÂN CÔNG NHIỆM VỤ"):
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    document.save(folder / "ke-hoach.docx")
    found = extract(folder / "ke-hoach.docx").problems
    return [(problem.kind, problem.message) for problem in found if problem.kind.startswith(("table_", "row_"))]


def test_a_table_without_known_columns_is_told_where_it_names_units(tmp_path: Path) -> None:
    ((kind, message),) = problems_of(
        [("Ô", "Số liệu", "Kết quả", "Địa điểm"), *((*row, "đường Lê Lợi") for row in ROWS)], tmp_path
    )
    assert (kind, message.partition(";")[0]) == (
        "table_without_tasks",
        "Bảng có cột đơn vị hoặc thời hạn nhưng không thành nhiệm vụ nào",
    )


@pytest.mark.parametrize(
    "rows",
    [
        [("TT", "Nhiệm vụ", "Đơn vị thực hiện"), *ROWS],
        [("Ô", "Diễn giải", "Bên kia"), ("1", "Cây xà cừ", "12"), ("2", "Cây bằng lăng", "40")],
    ],
)
def test_a_table_that_is_understood_or_holds_no_work_is_not_told(rows: list[tuple[str, ...]], tmp_path: Path) -> None:
    assert problems_of(rows, tmp_path) == []


def test_rows_without_a_task_are_told_once_for_all_that_follow_each_other(tmp_path: Path) -> None:
    empty = [("", "", "hàng cây bằng lăng đường Mới"), ("", "", "hàng cây sao đen đường Cũ")]
    ((kind, message),) = problems_of([("TT", "Nhiệm vụ", "Đơn vị thực hiện"), ROWS[0], *empty, ROWS[1]], tmp_path)
    assert kind == "row_without_task"
    assert message == "Dòng “hàng cây bằng lăng đường Mới” và 1 dòng tiếp theo của bảng không thành nhiệm vụ; xem lại."


def test_a_table_whose_columns_are_told_by_what_they_hold_is_in_doubt(tmp_path: Path) -> None:
    ((kind, _),) = problems_of([("Ô", "Số liệu", "Bên kia"), *ROWS], tmp_path)
    assert kind == "table_read_by_content"


def test_days_in_two_columns_and_in_merged_cells_have_their_reasons(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "II. PHÂN CÔNG NHIỆM VỤ"):
        document.add_paragraph(line)
    rows = [
        ("TT", "Nhiệm vụ", "Thời hạn", "Cập nhật"),
        *((str(n), f"Cắt tỉa cây khu {n}", "", "10/6/2026") for n in (1, 2)),
    ]
    table = document.add_table(3, 4)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(1, 2).merge(table.cell(2, 2)).text = "30/9/2026"
    document.save(tmp_path / "ke-hoach.docx")
    tasks = extract(tmp_path / "ke-hoach.docx").tasks
    assert [task.deadline and task.deadline.text for task in tasks] == ["30/9/2026"] * 2
    assert all({"deadline_inherited", "deadline_column_uncertain"} <= set(task.reasons) for task in tasks)
