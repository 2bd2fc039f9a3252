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
Cơ quan thực hiện | - Sở Xây dựng chủ trì;/- Các chủ đầu tư phối hợp | Sở Xây dựng | Các chủ đầu tư
Phân công | Đội Cây xanh đầu mối thực hiện; Đội Điện, Tổ dân phố 4 phối hợp | Đội Cây xanh | Đội Điện; Tổ dân phố 4
"""


@pytest.mark.parametrize("case", ROLES.strip().splitlines())
def test_who_leads_by_column_note_and_sentence(case, tmp_path):
    head, cell, lead, support = (part.strip() for part in case.split("|"))
    (task,) = tasks_of(cell.replace("/", "\n"), tmp_path, head)
    assert "; ".join(" ".join(unit.text.split()) for unit in task.lead) == lead
    assert "; ".join(" ".join(unit.text.split()) for unit in task.support) == support


TIMED = """
Đơn vị thực hiện, thời gian | Hạt Kiểm lâm số 2/Xong trước 30/4/2026 | Hạt Kiểm lâm số 2 | 2026-04-30
Chủ trì và thời hạn | Phòng Quản lý đô thị; tháng 5/2026 | Phòng Quản lý đô thị | 2026-05-31
Phân công/Hạn xong | Đội Cây xanh (trước ngày 20/6/2026) | Đội Cây xanh | 2026-06-20
Người làm - thời gian | Sở Xây dựng, Công an tỉnh - Quý III/2026 | Sở Xây dựng; Công an tỉnh | 2026-09-30
Đơn vị thực hiện, thời hạn hoàn thành | Các hạt quản lý đường bộ/Thường xuyên | Các hạt quản lý đường bộ |
Thời hạn, đơn vị thực hiện | Quý III/2026/Sở Xây dựng | Sở Xây dựng | 2026-09-30
Đơn vị thực hiện, thời hạn | Sở Xây dựng (phối hợp: Công an tỉnh)/Thứ 6 ngày 12/6/2026 | Sở Xây dựng | 2026-06-12
Phân công thực hiện | Sở Xây dựng/Hoàn thành: 15/8/2026 | Sở Xây dựng | 2026-08-15
Đơn vị thực hiện | Ban Quản lý dự án số 2 (giai đoạn chuẩn bị) | Ban Quản lý dự án số 2 |
"""


@pytest.mark.parametrize("case", TIMED.strip().splitlines())
def test_unit_and_day_in_one_cell(case, tmp_path):
    head, cell, lead, due = (part.strip() for part in case.split("|"))
    cell = cell.replace("/Sở", "\nSở").replace("/Xong", "\nXong").replace("/Th", "\nTh").replace("/Hoàn", "\nHoàn")
    (task,) = tasks_of(cell, tmp_path, head)
    assert "; ".join(unit.text for unit in task.lead) == lead
    assert str(task.deadline.due or "") == due


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


def rows_of(folder, *rows):
    """The tasks of a table: a row with fewer cells than the header has its last one over all the others."""
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "II. PHÂN CÔNG NHIỆM VỤ"):
        document.add_paragraph(line)
    cells = [row.split("|") for row in rows]
    table = document.add_table(len(cells), len(cells[0]))
    for number, row in enumerate(cells):
        if len(row) < len(cells[0]):
            table.cell(number, len(row) - 1).merge(table.cell(number, len(cells[0]) - 1))
        for column, text in enumerate(row):
            table.cell(number, column).text = text.strip()
    document.save(folder / "ke-hoach.docx")
    return [told(task) for task in extract(folder / "ke-hoach.docx").tasks]


def told(task):
    """A task's words, who leads, who supports, and its day or else the kind of its deadline."""
    due = task.deadline and (task.deadline.due.isoformat() if task.deadline.due else task.deadline.kind)
    return task.text, *("; ".join(unit.text for unit in side) for side in (task.lead, task.support)), due


def test_a_group_row_that_is_a_unit_leads_the_rows_under_it(tmp_path):
    assert rows_of(
        tmp_path,
        "STT | Nội dung nhiệm vụ | Thời gian hoàn thành",
        "I | SỞ XÂY DỰNG",
        "1 | Lập danh mục cây cổ thụ cần bảo vệ | Quý II/2026",
        "2 | Phối hợp với Công an thành phố cấm đường khi chặt hạ | Thường xuyên",
        "II | UBND CÁC PHƯỜNG",
        "1 | Rà soát cây nghiêng, cây sâu mục trên vỉa hè | 31/5/2026",
        "III | Công tác khác",
        "1 | Trồng dặm cây bóng mát | Tháng 8/2026",
    ) == [
        ("Lập danh mục cây cổ thụ cần bảo vệ", "SỞ XÂY DỰNG", "", "2026-06-30"),
        ("Phối hợp với Công an thành phố cấm đường khi chặt hạ", "SỞ XÂY DỰNG", "Công an thành phố", "ongoing"),
        ("Rà soát cây nghiêng, cây sâu mục trên vỉa hè", "UBND CÁC PHƯỜNG", "", "2026-05-31"),
        ("Trồng dặm cây bóng mát", "", "", "2026-08-31"),
    ]


def test_a_group_row_that_is_a_period_dates_the_rows_under_it(tmp_path):
    assert rows_of(
        tmp_path,
        "TT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp",
        "THÁNG 3/2026",
        "1 | Mở lớp kỹ thuật cắt tỉa | Đội Cây xanh | Phòng Kỹ thuật",
        "Nhiệm vụ quý II",
        "2 | Thay cọc chống cho cây mới trồng | Đội Cây xanh | Phòng Vật tư",
        "Các nhiệm vụ thường xuyên",
        "3 | Tưới cây, bón phân các dải phân cách | Đội Cây xanh | Phòng Vật tư",
        "Chuẩn bị cho mùa mưa năm 2026",
        "4 | Kiểm tra cây lớn ở cổng trường | Đội Cây xanh | Phòng Kỹ thuật",
    ) == [
        ("Mở lớp kỹ thuật cắt tỉa", "Đội Cây xanh", "Phòng Kỹ thuật", "2026-03-31"),
        ("Thay cọc chống cho cây mới trồng", "Đội Cây xanh", "Phòng Vật tư", "2026-06-30"),
        ("Tưới cây, bón phân các dải phân cách", "Đội Cây xanh", "Phòng Vật tư", None),
        ("Kiểm tra cây lớn ở cổng trường", "Đội Cây xanh", "Phòng Kỹ thuật", None),
    ]


def test_rows_under_a_numbered_row_take_its_units_and_its_day_where_they_have_none(tmp_path):
    assert rows_of(
        tmp_path,
        "TT | Nhiệm vụ | Chủ trì | Phối hợp | Hoàn thành",
        "1 | Số hóa hồ sơ cây xanh | Sở Xây dựng | Sở Tài chính | Quý IV/2026",
        "1.1 | Gắn mã số từng cây | | | Tháng 6/2026",
        "1.2 | Lập bản đồ cây | Trung tâm Công nghệ thông tin | |",
        "2 | Nâng cao tay nghề công nhân | Đội Cây xanh | |",
        "- | Biên soạn tài liệu kỹ thuật | | Phòng Kỹ thuật | Tháng 4/2026",
        "- | Mở lớp thực hành leo cây an toàn | | | Tháng 9/2026",
    ) == [
        ("Gắn mã số từng cây", "Sở Xây dựng", "Sở Tài chính", "2026-06-30"),
        ("Lập bản đồ cây", "Trung tâm Công nghệ thông tin", "", "2026-12-31"),
        ("Biên soạn tài liệu kỹ thuật", "Đội Cây xanh", "Phòng Kỹ thuật", "2026-04-30"),
        ("Mở lớp thực hành leo cây an toàn", "Đội Cây xanh", "", "2026-09-30"),
    ]


def test_a_heading_that_is_a_unit_leads_the_rows_of_the_table_under_it(tmp_path):
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "II. PHÂN CÔNG NHIỆM VỤ"):
        document.add_paragraph(line)
    for unit, work, day in (
        ("1. Sở Xây dựng", "Ban hành định mức chăm sóc cây", "Quý II/2026"),
        ("2. Công an thành phố", "Phân luồng khi cắt tỉa trên phố lớn", "Thường xuyên"),
    ):
        document.add_paragraph(unit)
        table = document.add_table(2, 3)
        for column, words in enumerate((("TT", "1"), ("Nhiệm vụ", work), ("Thời gian", day))):
            table.cell(0, column).text, table.cell(1, column).text = words
    document.save(tmp_path / "ke-hoach.docx")
    assert [told(task) for task in extract(tmp_path / "ke-hoach.docx").tasks] == [
        ("Ban hành định mức chăm sóc cây", "Sở Xây dựng", "", "2026-06-30"),
        ("Phân luồng khi cắt tỉa trên phố lớn", "Công an thành phố", "", "ongoing"),
    ]


def test_a_bare_share_in_a_row_is_what_its_work_is_to_reach(tmp_path):
    rows_of(
        tmp_path,
        "TT | Nhiệm vụ | Chỉ tiêu | Đơn vị thực hiện | Thời hạn",
        "1 | Nâng tỷ lệ cây được gắn mã số | ≥ 80% | Đội Cây xanh | 30/9/2026",
        "2 | Thu gom cành lá sau cắt tỉa | 100% | Đội Cây xanh | 31/12/2026",
        "3 | Tuyên truyền trong trường học | 12 buổi | Phòng Kỹ thuật | Quý III/2026",
    )
    found = extract(tmp_path / "ke-hoach.docx").targets
    assert [(t.comparator, t.value, t.unit, t.indicator, t.by.isoformat()) for t in found] == [
        (">=", 80, "%", "Nâng tỷ lệ cây được gắn mã số", "2026-09-30"),
        ("=", 100, "%", "Thu gom cành lá sau cắt tỉa", "2026-12-31"),
        ("=", 12, "buổi", "Tuyên truyền trong trường học", "2026-09-30"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Đội Cây xanh thông báo phân công công việc tháng 4 như sau:",
        "Lịch, lực lượng cắt tỉa như sau:",
        "2. Cắt tỉa\nThời gian, lực lượng thực hiện như sau:",
    ],
)
def test_a_line_that_announces_a_table_gives_nobody_work(line, tmp_path):
    document = docx.Document()
    for text in ("KẾ HOẠCH", "Chăm sóc cây xanh đô thị năm 2026", "I. NHIỆM VỤ, GIẢI PHÁP", *line.split("\n")):
        document.add_paragraph(text)
    table = document.add_table(2, 3)
    for column, words in enumerate((("TT", "1"), ("Việc", "Cắt tỉa cây cổ thụ"), ("Hạn", "30/4/2026"))):
        table.cell(0, column).text, table.cell(1, column).text = words
    document.add_paragraph("Báo cáo kết quả trước ngày 05/5/2026.")
    document.save(tmp_path / "ke-hoach.docx")
    assert [told(task)[:2] for task in extract(tmp_path / "ke-hoach.docx").tasks] == [
        ("Cắt tỉa cây cổ thụ", ""),
        ("Báo cáo kết quả trước ngày 05/5/2026.", ""),
    ]


def test_items_of_a_cell_that_name_their_own_units_are_tasks(tmp_path):
    assert rows_of(
        tmp_path,
        "TT | Nội dung thực hiện | Thời gian",
        "1 | Ra quân:\n- Đội Cây xanh tổ chức trồng 50 cây.\n- Phòng Kỹ thuật chuẩn bị cây giống. | 15/01/2026",
        "2 | Cắt tỉa:\n- Cây trước trường học.\n- Cây trên phố chính. | Tháng 3/2026",
    ) == [
        ("Đội Cây xanh tổ chức trồng 50 cây.", "Đội Cây xanh", "", "2026-01-15"),
        ("Phòng Kỹ thuật chuẩn bị cây giống.", "Phòng Kỹ thuật", "", "2026-01-15"),
        ("Cắt tỉa:\n- Cây trước trường học.\n- Cây trên phố chính.", "", "", "2026-03-31"),
    ]
