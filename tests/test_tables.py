"""Tables: roles of columns, header rows, merged cells, group rows."""

from importlib.resources import files

import pytest
import yaml

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


COLUMNS = yaml.safe_load((files("corpus") / "cases" / "columns.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("header", "role"), [(header, role) for role in COLUMNS["roles"] for header in COLUMNS["roles"][role]]
)
def test_column_role(header: str, role: str) -> None:
    assert column_role(header) == role


@pytest.mark.parametrize("header", ["", "(1)", *COLUMNS["none"]])
def test_column_without_role(header: str) -> None:
    assert column_role(header) is None


@pytest.mark.parametrize("mark", ["nt", "-nt-", "N/t", "Như trên", '"', "- ” -"])
def test_a_cell_that_says_as_above_holds_what_stands_above(mark: str) -> None:
    table = grid(
        ["TT", "Việc", "Đơn vị chủ trì", "Thời gian"],
        ["1", "Nạo vét kênh Rạch Gốc", "Phòng Kinh tế", "Quý I/2026"],
        ["2", "Trồng lại hàng dừa ven kênh", mark, "Quý II/2026"],
        ["3", "Dọn rác lòng kênh", mark, "Quý III/2026"],
    )
    assert [row.cells["lead"].text for row in table.rows] == ["Phòng Kinh tế"] * 3


def test_a_dash_is_an_empty_cell() -> None:
    table = grid(
        ["TT", "Việc", "Đơn vị chủ trì", "Đơn vị phối hợp"],
        ["1", "Nạo vét kênh Rạch Gốc", "Phòng Kinh tế", "Công an xã"],
        ["2", "Trồng lại hàng dừa ven kênh", "Phòng Kinh tế", "-"],
    )
    assert table.rows[1].cells["support"].text == "-"


def test_a_column_of_months_is_one_of_deadlines_where_no_other_is() -> None:
    rows = [["9/2026", "Khai giảng lớp xóa mù", "Tổ Phổ cập"], ["10/2026", "Thi giữa kỳ", "Tổ Khảo thí"]]
    assert grid(["Tháng", "Nội dung", "Phụ trách"], *rows).roles[0] == "deadline"
    dated = [[*row, "20/11/2026"] for row in rows]
    assert grid(["Tháng", "Nội dung", "Phụ trách", "Hạn"], *dated).roles[0] == "note"


def test_the_new_term_holds_wherever_the_old_one_stands() -> None:
    rows = [["1", "Cấp biển số nhà", "Phòng Kinh tế", "30/6/2026", "30/4/2026"]]
    rows += [["2", "Giải tỏa ki ốt chợ", "Công an phường", "15/7/2026", "31/5/2026"]]
    table = grid(["TT", "Việc còn tồn", "Đơn vị được giao", "Hạn mới", "Hạn cũ"], *rows)
    assert [row.cells["deadline"].text for row in table.rows] == ["30/6/2026", "15/7/2026"]


@pytest.mark.parametrize(
    "done", ["Ngày hoàn thành", "Ngày trả kết quả", "Hoàn thành ngày", "Ngày kết thúc", "Ngày xử lý"]
)
def test_the_day_when_it_was_done_is_no_term(done: str) -> None:
    table = grid(
        ["STT", "Nội dung giao", "Đơn vị xử lý", "Hạn xử lý", done, "Tình trạng"],
        ["1", "Trả lời kiến nghị về bến phà", "Sở Xây dựng", "20/6/2026", "02/7/2026", "Đã xong"],
        ["2", "Soạn quy chế chợ đầu mối", "Sở Công Thương", "30/6/2026", "", "Đang làm"],
    )
    assert [row.cells["deadline"].text for row in table.rows] == ["20/6/2026", "30/6/2026"]


def test_who_directs_under_a_heading_of_duties_does_not_lead() -> None:
    table = grid(
        ["TT", "Việc phải làm", ("Rõ trách nhiệm", 1, 3), "Thời hạn"],
        ["", "", "Người chỉ đạo", "Đơn vị đầu mối", "Đơn vị hỗ trợ", ""],
        ["1", "Cắm mốc lộ giới đường Ngô Quyền", "Ông Bình", "Phòng Hạ tầng", "Công an phường", "30/9/2026"],
        ["2", "Sơn lại vạch dừng ở ngã năm", "Ông Bình", "Đội Quản lý đô thị", "Tổ dân phố 2", "15/10/2026"],
    )
    assert [row.cells["lead"].text for row in table.rows] == ["Phòng Hạ tầng", "Đội Quản lý đô thị"]
    assert table.rows[0].cells["support"].text == "Công an phường"


def test_a_list_of_places_with_who_keeps_them_assigns_nothing() -> None:
    table = grid(
        ["TT", "Tên hồ", "Dung tích", "Đơn vị quản lý"],
        ["1", "Hồ Khe Chão", "1,2 triệu m3", "Công ty Thủy lợi Bắc Sông"],
        ["2", "Hồ Nà Cáy", "0,8 triệu m3", "Trạm Thủy nông số 3"],
    )
    assert not table.assigns


def test_a_list_of_sittings_assigns_nothing() -> None:
    table = grid(
        ["STT", "Phiên họp", "Thời gian dự kiến", "Địa điểm"],
        ["1", "Phiên thường kỳ tháng 4", "24/4/2026", "Phòng họp A"],
        ["2", "Phiên chuyên đề về đất đai", "15/5/2026", "Trực tuyến"],
    )
    assert not table.assigns


def test_a_column_of_units_of_measure_holds_no_bodies() -> None:
    table = grid(
        ["TT", "Chỉ tiêu", "Đơn vị", "Năm 2026", "Năm 2027"],
        ["1", "Hộ dùng nước sạch", "%", "82", "88"],
        ["2", "Tuyến ống thay mới", "km", "14", "20"],
    )
    assert (table.roles[2], table.assigns, table.sets_targets) == ("measure", False, True)


def test_a_second_table_without_a_header_has_the_columns_of_the_first() -> None:
    cells = [
        (0, 0, ["TT", "Nội dung", "Cơ quan phối hợp", "Cơ quan chủ trì", "Hoàn thành"]),
        (0, 1, ["1", "Thống kê hộ nuôi chim yến", "UBND các xã", "Chi cục Chăn nuôi", "Quý I/2026"]),
        (1, 0, ["2", "Đo tiếng ồn nhà yến", "Công an xã", "Chi cục Bảo vệ môi trường", "Quý II/2026"]),
        (1, 1, ["3", "Cấp mã số nhà yến", "UBND các xã", "Chi cục Chăn nuôi", "Quý III/2026"]),
    ]
    blocks = [
        Block(0, text, Place(1, 0, Cell(table, row, column)))
        for table, row, texts in cells
        for column, text in enumerate(texts)
    ]
    first, second = tables(blocks)
    assert second.roles == first.roles
    assert [row.cells["support"].text for row in second.rows] == ["Công an xã", "UBND các xã"]


def test_group_rows_over_all_columns_above_rows_without_numbers() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Thời gian"],
        ["1", ("Công tác kiểm tra", 1, 3)],
        ["", "- Kiểm tra quỹ thôn", "Thanh tra nhân dân", "Quý I/2026"],
        ["2", ("Công tác hội viên", 1, 3)],
        ["", "- Kết nạp hội viên mới", "Ban Chấp hành", "Quý II/2026"],
    )
    assert [row.group for row in table.rows] == [True, False, True, False]


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


def test_numbered_names_under_chi_tieu_are_names() -> None:
    table = grid(
        ["Chỉ tiêu", "Đơn vị", "2026", "2028"],
        ["1. Số sân chơi mới", "Sân", "12", "25"],
        ["2. Tỷ lệ trẻ biết bơi", "%", "60", "75"],
    )
    assert table.roles == {0: "task", 1: "measure", 2: "target", 3: "target"}


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
    assert table.roles == {0: "ordinal", 1: "task", 2: "lead", 3: "deadline", 4: "note"}


def test_a_cell_merged_down_from_the_first_body_row_makes_no_header_of_it() -> None:
    table = grid(
        ["Thời gian", "Nội dung công việc", "Phụ trách"],
        [("Tháng 9/2026", 2, 1), "Kiện toàn tổ tư vấn", "Hiệu trưởng"],
        ["Lập danh sách học sinh cần giúp đỡ", "Giáo viên chủ nhiệm"],
        ["Tháng 10/2026", "Tổ chức chuyên đề", "Tổng phụ trách Đội"],
    )
    assert len(table.rows) == 3
    assert [row.cells["deadline"].text for row in table.rows] == ["Tháng 9/2026", "Tháng 9/2026", "Tháng 10/2026"]


def test_numbers_as_recognition_reads_them() -> None:
    table = grid(
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"],
        ["II", ("TRỒNG CÂY", 1, 1), ("PHÂN TÁN", 1, 3)],
        ["4_", "Gieo ươm 2 vạn cây sao đen", "Hạt Kiểm lâm", "UBND xã", "Tháng 3"],
        ["II 1", ("CHĂM SÓC", 1, 4)],
        ["5,1", "Tưới cây mùa khô", "Đội Cây xanh", "Khu phố", "Tháng 4"],
    )
    assert [(row.label, row.group) for row in table.rows] == [
        ("II", False),
        ("4", False),
        ("III", True),
        ("5.1", False),
    ]


def test_a_column_of_units_with_a_strange_header_supports() -> None:
    table = grid(
        ["TT", "Việc", "Giao cho", "Giúp một tay", "Hạn"],
        ["1", "Đếm đàn bò từng hộ", "Trưởng thôn", "Chi hội Nông dân thôn", "15/6/2026"],
        ["2", "Nhận vắc xin", "Thú y xã", "Trạm Y tế xã", "18/6/2026"],
        ["3", "Giữ trật tự điểm tiêm", "Công an xã", "Dân quân thôn", "20/6/2026"],
    )
    assert table.roles[3] == "support"


def test_a_column_of_those_inspected_gives_nobody_work() -> None:
    table = grid(
        ["TT", "Nội dung", "Đoàn kiểm tra chủ trì", "Đơn vị được kiểm tra", "Hạn"],
        ["1", "Kiểm tra quỹ lương", "Thanh tra tỉnh", "Sở Y tế", "15/6/2026"],
        ["2", "Kiểm tra mua sắm", "Sở Tài chính", "Trường Chính trị", "18/6/2026"],
    )
    assert table.roles.get(3) is None


def test_a_title_over_all_columns_is_no_header() -> None:
    table = grid(
        [("BẢNG PHÂN CÔNG NHIỆM VỤ", 1, 4)],
        [("(Đơn vị tính: triệu đồng)", 1, 4)],
        ["TT", "Nội dung", "Đơn vị thực hiện", "Thời hạn"],
        ["1", "Nạo vét kênh nội đồng", "Các thôn", "Tháng 4"],
    )
    assert list(table.roles.values()) == ["ordinal", "task", "lead", "deadline"]
    assert [row.cells["task"].text for row in table.rows] == ["Nạo vét kênh nội đồng"]


def test_persons_with_their_office_lead_where_no_column_names_units() -> None:
    table = grid(
        ["STT", "Họ và tên, chức vụ", "Chức danh trong Ban Chỉ đạo", "Nhiệm vụ"],
        ["1", "Lê Văn Hùng, Phó Chủ tịch UBND xã", "Trưởng ban", "Chỉ đạo chung việc dồn điền đổi thửa"],
    )
    assert table.rows[0].cells["lead"].text == "Lê Văn Hùng, Phó Chủ tịch UBND xã"


def test_two_columns_under_one_cell_of_both_roles() -> None:
    table = grid(
        ["TT", "Nhiệm vụ", ("Phân công\nCơ quan chủ trì | Cơ quan phối hợp", 1, 2), "Thời hạn"],
        ["1", "Khơi thông dòng chảy", "Chi cục Thủy lợi", "UBND các xã", "30/6/2026"],
    )
    assert [table.roles[column] for column in (2, 3)] == ["lead", "support"]
