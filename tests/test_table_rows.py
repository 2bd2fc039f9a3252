"""The cells of a row: who leads and who supports, also where one cell holds both under labels."""

import docx
import pytest

from extractor.pipeline import extract


def tasks_of(cell, folder, column_head="Phân công thực hiện"):
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "II. PHÂN CÔNG NHIỆM VỤ"):
        document.add_paragraph(line)
    table = document.add_table(2, 3)
    for column, (head, text) in enumerate(
        (("STT", "1"), ("Nhiệm vụ", "Cắt tỉa cây trước mùa mưa bão"), (column_head, cell))
    ):
        table.cell(0, column).text = head
        table.cell(1, column).text = text
    document.save(folder / "ke-hoach.docx")
    return extract(folder / "ke-hoach.docx").tasks


@pytest.mark.parametrize("mark", ["", "- ", "+ ", "• "])
def test_labels_in_one_cell(mark, tmp_path):
    (task,) = tasks_of(f"{mark}Chủ trì: Sở Xây dựng;\n{mark}Phối hợp: Sở Tài chính, Công an tỉnh.", tmp_path)
    assert [unit.text for unit in task.lead] == ["Sở Xây dựng"]
    assert [unit.text for unit in task.support] == ["Sở Tài chính", "Công an tỉnh"]


ROLES = """
Phân công thực hiện | Đội Cây xanh (chủ trì), Đội Điện, Tổ dân phố 4 | Đội Cây xanh | Đội Điện; Tổ dân phố 4
Đơn vị thực hiện | - Sở Xây dựng (đầu mối)/- Sở Tài chính/- Công an tỉnh | Sở Xây dựng | Sở Tài chính; Công an tỉnh
Đơn vị thực hiện | Sở Xây dựng, Sở Tài chính (phối hợp) | Sở Xây dựng | Sở Tài chính
Chủ trì, phối hợp | Sở Xây dựng/Sở Tài chính, Công an tỉnh | Sở Xây dựng | Sở Tài chính; Công an tỉnh
Đơn vị chủ trì - phối hợp | Sở Xây dựng | Sở Xây dựng |
Đơn vị chủ trì và phối hợp | Sở Xây dựng, Sở Tài chính | Sở Xây dựng | Sở Tài chính
Cơ quan chủ trì, phối hợp | Sở Xây dựng/Phối hợp: Công an tỉnh | Sở Xây dựng | Công an tỉnh
Phân công | Chủ trì: Sở Xây dựng, Sở/Tài chính/Phối hợp: Công an tỉnh | Sở Xây dựng; Sở Tài chính | Công an tỉnh
Phân công | Chủ trì: Sở Xây dựng; phối hợp: Công an tỉnh | Sở Xây dựng | Công an tỉnh
Phân công | Trường nghề Tân Hiệp chủ trì, phối hợp với Trạm khuyến nông | Trường nghề Tân Hiệp | Trạm khuyến nông
Người thực hiện | Tổ trưởng tổ bảo vệ | Tổ trưởng tổ bảo vệ |
"""


@pytest.mark.parametrize("case", ROLES.strip().splitlines())
def test_who_leads_by_column_note_and_sentence(case, tmp_path):
    head, cell, lead, support = (part.strip() for part in case.split("|"))
    (task,) = tasks_of(cell.replace("/", "\n"), tmp_path, head)
    assert "; ".join(" ".join(unit.text.split()) for unit in task.lead) == lead
    assert "; ".join(" ".join(unit.text.split()) for unit in task.support) == support


@pytest.mark.parametrize("title", ["1. Phân công nhiệm vụ", "Rà soát, hoàn thành các việc theo biểu dưới đây."])
def test_what_stands_over_a_table_is_no_task(title, tmp_path):
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "I. NHIỆM VỤ, GIẢI PHÁP", title):
        document.add_paragraph(line)
    table = document.add_table(2, 3)
    for column, words in enumerate((("TT", "1"), ("Việc", "Cắt tỉa cây cổ thụ"), ("Đơn vị", "Đội Cây xanh"))):
        table.cell(0, column).text, table.cell(1, column).text = words
    document.save(tmp_path / "ke-hoach.docx")
    assert [task.text for task in extract(tmp_path / "ke-hoach.docx").tasks] == ["Cắt tỉa cây cổ thụ"]


@pytest.mark.parametrize(
    ("title", "numbers", "due"),
    [
        ("Tháng", 12, "2026-03-31"),
        ("Th:", 12, "2026-03-31"),  # as recognition reads it; no quarter is the twelfth
        ("", 6, "2026-03-31"),
        ("Quý", 4, "2026-09-30"),
        ("", 4, "2026-09-30"),
    ],
)
def test_crosses_under_numbers(title, numbers, due, tmp_path):
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Xây dựng cầu dân sinh năm 2026", "II. TIẾN ĐỘ"):
        document.add_paragraph(line)
    table = document.add_table(3, 3 + numbers)
    for column, head in enumerate(("STT", "Nội dung công việc", "Đơn vị thực hiện")):
        table.cell(0, column).merge(table.cell(1, column)).text = head
    table.cell(0, 3).merge(table.cell(0, 2 + numbers)).text = title
    for number in range(1, numbers + 1):
        table.cell(1, 2 + number).text = str(number)
    for column, text in enumerate(("1", "Khảo sát địa chất, lập thiết kế cầu", "Phòng Kỹ thuật", "", "x", "x")):
        table.cell(2, column).text = text
    document.save(tmp_path / "ke-hoach.docx")
    (task,) = extract(tmp_path / "ke-hoach.docx").tasks
    assert task.deadline.due.isoformat() == due
