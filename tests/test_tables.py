"""Tables: roles of columns, header rows, merged cells, group rows."""

import pytest

from extractor.document.columns import column_role
from extractor.document.tables import Table, tables
from extractor.model import Block, Cell, Place


def grid(*rows: list[str | tuple[str, int, int]]) -> Table:
    """A table of *rows*; a tuple is (text, row span, column span), and what it covers is left out."""
    blocks: list[Block] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        column = 0
        for entry in row:
            while (r, column) in taken:
                column += 1
            text, down, across = entry if isinstance(entry, tuple) else (entry, 1, 1)
            blocks.append(Block(len(blocks), text, Place(1, len(blocks), Cell(0, r, column, down, across))))
            taken |= {(r + i, column + j) for i in range(down) for j in range(across)}
            column += across
    (table,) = tables(blocks)
    return table


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("STT", "ordinal"),
        ("Số TT", "ordinal"),
        ("Nội dung công việc", "task"),
        ("Nhiệm vụ, giải pháp", "task"),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Phân công thực hiện", "lead"),
        ("Cơ quan, đơn vị\nphối hợp", "support"),
        ("Đơn vị tham gia", "support"),
        ("Thời hạn hoàn thành", "deadline"),
        ("Tiến độ", "deadline"),
        ("Lộ trình thực hiện", "deadline"),
        ("Sản phẩm dự kiến", "product"),
        ("Kết quả", "product"),
        ("Kinh phí (triệu đồng)", "funding"),
        ("Ghi chú", "note"),
        ("Trạng thái", "status"),
        ("Lãnh đạo phụ trách", "inner"),
        ("Cán bộ theo dõi", "inner"),
        ("Cơ quan trình", "approver"),
        ("Cấp phê duyệt", "approver"),
        ("Đơn vị tính", "measure"),
        ("Chỉ tiêu năm 2026", "target"),
        ("Hiện trạng năm 2025", "baseline"),
        ("Hỗ trợ", "support"),
        ("Khi nào xong", "deadline"),
        ("Tháng trình", "deadline"),
    ],
)
def test_column_role(header: str, role: str) -> None:
    assert column_role(header) == role


@pytest.mark.parametrize("header", ["", "(1)", "Điểm tối đa", "Mã"])
def test_column_without_role(header: str) -> None:
    assert column_role(header) in (None, "ordinal")


def test_assignment_table() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["1", "Xây dựng kế hoạch truyền thông", "Sở Y tế", "Quý I/2026"],
        ["2", "Tổ chức hội nghị", "Sở Nội vụ", "Quý II/2026"],
    )
    assert table.assigns
    assert [row.cells["lead"].text for row in table.rows] == ["Sở Y tế", "Sở Nội vụ"]


def test_header_of_two_rows() -> None:
    table = grid(
        [("TT", 2, 1), ("Nhiệm vụ", 2, 1), ("Phân công", 1, 2), ("Thời hạn", 2, 1)],
        ["Chủ trì", "Phối hợp"],
        ["1", "Lập danh mục công trình", "Sở Xây dựng", "Sở Tài chính", "30/11/2026"],
    )
    assert {table.roles[c] for c in table.roles} == {"ordinal", "task", "lead", "support", "deadline"}
    (row,) = table.rows
    assert (row.cells["lead"].text, row.cells["support"].text) == ("Sở Xây dựng", "Sở Tài chính")


def test_merged_cell_stands_in_each_row() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["1", "Số hóa hồ sơ đất đai", "Sở Nông nghiệp và Môi trường", ("30/8/2026", 2, 1)],
        ["2", "Số hóa hồ sơ xây dựng", "Sở Xây dựng"],
    )
    assert [row.cells["deadline"].text for row in table.rows] == ["30/8/2026", "30/8/2026"]


def test_group_rows() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["I", ("Công tác tuyên truyền", 1, 3)],
        ["1", "Viết bài trên báo", "Báo Cần Thơ", "Hằng tháng"],
        ["II", "Công tác kiểm tra", "", ""],
        ["2", "Kiểm tra liên ngành", "Sở Y tế", "Quý III/2026"],
    )
    assert [row.group for row in table.rows] == [True, False, True, False]


def test_numbered_group_with_subrows() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["1", "Hoàn thiện cơ sở dữ liệu", "Sở Tư pháp", "Theo từng mốc dưới đây"],
        ["1.1", "Dữ liệu hộ tịch", "Sở Tư pháp", "30/6/2026"],
        ["1.2", "Dữ liệu công chứng", "Sở Tư pháp", "30/9/2026"],
        ["2", "Tập huấn", "Sở Nội vụ", "Quý IV/2026"],
    )
    assert [row.group for row in table.rows] == [True, False, False, False]


def test_repeated_header_and_column_numbers_are_no_rows() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Kiểm tra an toàn", "Công an tỉnh", "Quý I/2026"],
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["2", "Tập huấn", "Sở Nội vụ", "Quý II/2026"],
    )
    assert [row.label for row in table.rows] == ["1", "2"]


def test_roles_by_content_without_a_header() -> None:
    table = grid(
        ["1", "Rà soát, lập danh mục các công trình xuống cấp", "Sở Xây dựng", "Sở Tài chính", "30/11/2026"],
        ["2", "Kiểm tra việc chấp hành quy định phòng cháy", "Công an tỉnh", "UBND các xã", "Quý IV/2026"],
    )
    assert table.roles == {0: "ordinal", 1: "task", 2: "lead", 3: "support", 4: "deadline"}
    assert len(table.rows) == 2


def test_table_of_targets() -> None:
    table = grid(
        ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2025", "Kế hoạch năm 2026"],
        ["1", "Tỷ lệ hộ sử dụng nước sạch", "%", "81", "86"],
    )
    assert table.sets_targets
    assert not table.assigns


def test_words_in_a_target_column_are_a_product() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Mục tiêu"],
        ["1", "Xây dựng bản đồ số", "Sở Xây dựng", "Bản đồ số hoàn chỉnh của tỉnh"],
    )
    assert table.assigns
    assert table.rows[0].cells["product"].text == "Bản đồ số hoàn chỉnh của tỉnh"


def test_a_column_a_year_is_a_column_of_targets() -> None:
    table = grid(
        ["TT", "Chỉ tiêu", "ĐVT", "Hiện trạng 2025", "Năm 2026", "Năm 2028"],
        ["1", "Diện tích trồng theo quy trình an toàn", "ha", "1.350", "1.600", "2.200"],
    )
    assert table.sets_targets
    assert [column for column, role in table.roles.items() if role == "target"] == [4, 5]
    assert table.years == {3: 2025, 4: 2026, 5: 2028}


def test_crosses_under_quarters() -> None:
    table = grid(
        [("TT", 2, 1), ("Hoạt động", 2, 1), ("Đơn vị thực hiện", 2, 1), ("Thời gian thực hiện (quý)", 1, 4)],
        ["I", "II", "III", "IV"],
        ["1", "Tập huấn cho cộng tác viên thư viện", "Thư viện tỉnh", "", "x", "", ""],
    )
    assert list(table.roles.values()) == [
        "ordinal",
        "task",
        "lead",
        "deadline",
        "cross",
        "deadline",
        "deadline",
    ]
    assert table.headers[4].split("\n")[-1] == "II"


def test_agenda_by_the_hour_hands_out_no_work() -> None:
    table = grid(
        ["Thời gian", "Nội dung", "Thực hiện"],
        ["7h30 - 8h00", "Đón tiếp đại biểu", "Văn phòng"],
        ["8h00", "Khai mạc", "Văn phòng"],
    )
    assert not table.assigns


def test_of_two_days_the_last_column_holds() -> None:
    table = grid(
        ["TT", "Hạng mục công việc", "Đơn vị thực hiện", "Bắt đầu", "Kết thúc"],
        ["1", "Thay thế đường ống cũ", "Xí nghiệp Xây lắp", "01/3/2026", "30/9/2026"],
    )
    assert table.rows[0].cells["deadline"].text == "30/9/2026"
    assert table.rows[0].cells["start"].text == "01/3/2026"


def test_list_of_places_hands_out_no_work() -> None:
    table = grid(
        ["TT", "Tên cơ sở", "Thời gian"],
        ["1", "Phòng khám Hoa Mai", "05/11/2026"],
        ["2", "Phòng khám An Bình", "06/11/2026"],
    )
    assert not table.assigns


def test_columns_with_strange_headers_are_told_by_what_they_hold() -> None:
    table = grid(
        ["STT", "Việc cần làm", "Ai làm", "Đến bao giờ", "Địa điểm"],
        ["1", "Sơn lại biển báo", "Phòng Kinh tế", "30/4/2026", "UBND xã"],
        ["2", "Thay bóng đèn đường", "Công an xã", "Quý III/2026", "UBND xã"],
    )
    assert table.roles == {0: "ordinal", 1: "task", 2: "lead", 3: "deadline"}


def test_a_cell_merged_down_from_the_first_body_row_makes_no_header_of_it() -> None:
    table = grid(
        ["Thời gian", "Nội dung công việc", "Phụ trách"],
        [("Tháng 9/2026", 2, 1), "Kiện toàn tổ tư vấn", "Hiệu trưởng"],
        ["Lập danh sách học sinh cần giúp đỡ", "Giáo viên chủ nhiệm"],
        ["Tháng 10/2026", "Tổ chức chuyên đề", "Tổng phụ trách Đội"],
    )
    assert len(table.rows) == 3
    assert [row.cells["deadline"].text for row in table.rows] == ["Tháng 9/2026", "Tháng 9/2026", "Tháng 10/2026"]
