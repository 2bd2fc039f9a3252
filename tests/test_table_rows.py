"""The cells of a row: who leads and who supports, also where one cell holds both under labels."""

import docx
import pytest

from extractor.pipeline import extract


def tasks_of(cell, folder):
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "II. PHÂN CÔNG NHIỆM VỤ"):
        document.add_paragraph(line)
    table = document.add_table(2, 3)
    for column, (head, text) in enumerate(
        (("STT", "1"), ("Nhiệm vụ", "Cắt tỉa cây trước mùa mưa bão"), ("Phân công thực hiện", cell))
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
