"""From the body of a document to its tasks: granularity, roles, inheritance (gold/GUIDELINES.md, rules 2 to 8)."""

from datetime import date
from pathlib import Path

import pytest
from bodies import body, row

from extractor.pipeline import extract


def test_item_with_assignment_lines() -> None:
    (task,) = body(
        "II. NHIỆM VỤ",
        "1. Xây dựng bản đồ số các điểm thu gom rác thải",
        "- Cơ quan chủ trì: Sở Nông nghiệp và Môi trường.",
        "- Cơ quan phối hợp: Sở Khoa học và Công nghệ; UBND các xã, phường.",
        "- Thời gian hoàn thành: Quý III/2026.",
        "- Sản phẩm: Bản đồ số.",
    ).tasks
    assert row(task) == (
        "Xây dựng bản đồ số các điểm thu gom rác thải",
        ["Sở Nông nghiệp và Môi trường"],
        ["Sở Khoa học và Công nghệ", "UBND các xã, phường"],
        date(2026, 9, 30),
    )
    assert task.product == "Bản đồ số"
    assert task.section == ("II. NHIỆM VỤ",)


def test_lines_of_an_item_are_its_own_though_place_and_guests_stand_between_them() -> None:
    (first, _) = body(
        "II. NỘI DUNG",
        "1. Tổ chức tọa đàm về nghề muối",
        "- Thời gian: tháng 9/2026.",
        "- Địa điểm: Nhà văn hóa xã.",
        "- Thành phần: diêm dân, lãnh đạo xã.",
        "- Đơn vị thực hiện: Phòng Kinh tế chủ trì, phối hợp với Hội Nông dân xã.",
        "2. Biên soạn sổ tay",
        "- Đơn vị thực hiện: Phòng Kinh tế.",
    ).tasks
    assert row(first) == (
        "Tổ chức tọa đàm về nghề muối\nĐịa điểm: Nhà văn hóa xã.\nThành phần: diêm dân, lãnh đạo xã.",
        ["Phòng Kinh tế"],
        ["Hội Nông dân xã"],
        date(2026, 9, 30),
    )


def test_bracket_with_labels_is_cut_from_the_text() -> None:
    (task,) = body(
        "I. NHIỆM VỤ VÀ GIẢI PHÁP",
        "- Tổ chức ngày hội đọc sách tại các thư viện (Chủ trì: Sở Văn hóa, Thể thao và Du lịch; phối hợp: Sở Giáo dục "
        "và Đào tạo; hoàn thành: tháng 10/2026).",
    ).tasks
    assert row(task) == (
        "Tổ chức ngày hội đọc sách tại các thư viện",
        ["Sở Văn hóa, Thể thao và Du lịch"],
        ["Sở Giáo dục và Đào tạo"],
        date(2026, 10, 31),
    )


def test_heading_with_one_paragraph_is_one_task() -> None:
    (task,) = body(
        "II. NỘI DUNG",
        "1. Tổ chức tập huấn cho thủ thư",
        "Tổ chức ba lớp tập huấn về phân loại tài liệu cho thủ thư cấp xã.",
        "Đơn vị chủ trì: Thư viện tỉnh.",
    ).tasks
    assert task.text == (
        "Tổ chức tập huấn cho thủ thư\nTổ chức ba lớp tập huấn về phân loại tài liệu cho thủ thư cấp xã."
    )
    assert [unit.text for unit in task.lead] == ["Thư viện tỉnh"]


def test_group_with_assignment_lines_once_is_one_task() -> None:
    (task,) = body(
        "II. NHIỆM VỤ",
        "1. Truyền thông về an toàn hồ chứa",
        "- Phát tờ rơi tại các thôn ven hồ.",
        "- Lắp biển cảnh báo tại các cửa xả.",
        "Đơn vị thực hiện: Công ty Khai thác công trình thủy lợi.",
    ).tasks
    assert task.text.startswith("Truyền thông về an toàn hồ chứa")
    assert "Lắp biển cảnh báo" in task.text


def test_unit_by_unit() -> None:
    found = body(
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Sở Tài chính:",
        "- Cân đối kinh phí thực hiện.",
        "- Phối hợp với Sở Y tế thẩm định dự toán, báo cáo UBND tỉnh trước ngày 15/8/2026.",
        "2. Công an tỉnh",
        "Chỉ đạo lực lượng bảo đảm an ninh trật tự tại các điểm bắn pháo hoa.",
    ).tasks
    assert [row(task) for task in found] == [
        ("Cân đối kinh phí thực hiện.", ["Sở Tài chính"], [], None),
        (
            "Phối hợp với Sở Y tế thẩm định dự toán, báo cáo UBND tỉnh trước ngày 15/8/2026.",
            ["Sở Tài chính"],
            ["Sở Y tế"],
            date(2026, 8, 15),
        ),
        ("Chỉ đạo lực lượng bảo đảm an ninh trật tự tại các điểm bắn pháo hoa.", ["Công an tỉnh"], [], None),
    ]


def test_unit_before_a_colon_leads_what_follows() -> None:
    first, second = body(
        "1. Sở Xây dựng: Kiểm tra các công trình ven biển; Báo cáo kết quả trước ngày 20/8/2026.",
    ).tasks
    assert row(first) == ("Kiểm tra các công trình ven biển", ["Sở Xây dựng"], [], None)
    assert row(second) == ("Báo cáo kết quả trước ngày 20/8/2026.", ["Sở Xây dựng"], [], date(2026, 8, 20))


def test_directive_items_without_units() -> None:
    found = body(
        "II. NHIỆM VỤ, GIẢI PHÁP",
        "1. Công tác tuyên truyền",
        "- Đẩy mạnh tuyên truyền trên hệ thống truyền thanh cơ sở.",
        "- Xây dựng các phóng sự về gương người tốt.",
    ).tasks
    assert [(task.text, task.lead) for task in found] == [
        ("Đẩy mạnh tuyên truyền trên hệ thống truyền thanh cơ sở.", ()),
        ("Xây dựng các phóng sự về gương người tốt.", ()),
    ]


def test_clauses_with_lower_case_stay_together() -> None:
    (task,) = body("II. NHIỆM VỤ", "- Rà soát danh mục; cập nhật vào hệ thống; công khai trên cổng thông tin.").tasks
    assert task.text == "Rà soát danh mục; cập nhật vào hệ thống; công khai trên cổng thông tin."


def test_the_rest_with_a_day_of_its_own_is_a_task_of_its_own() -> None:
    text = "- Hoàn thành kiểm kê kho A trước ngày 15/8/2026; các kho còn lại hoàn thành trong quý IV/2026."
    assert [row(task)[3] for task in body("II. NHIỆM VỤ", text).tasks] == [date(2026, 8, 15), date(2026, 12, 31)]
    steps = "- Hoàn thành cấp thẻ đợt 1 trước ngày 15/8/2026; đợt 2 hoàn thành trong quý IV/2026."
    assert [row(task)[3] for task in body("II. NHIỆM VỤ", steps).tasks] == [date(2026, 12, 31)]


def test_what_was_agreed_stays_with_whom_it_is_given_to() -> None:
    text = (
        "- Thống nhất chủ trương lùi tiến độ dự án chợ nổi; giao Sở Công Thương trình UBND tỉnh trước ngày 10/8/2026."
    )
    (task,) = body("II. NHIỆM VỤ", text, "- Rà soát các chợ tạm.").tasks[:-1]
    assert row(task)[1:] == (["Sở Công Thương"], [], date(2026, 8, 10))
    assert task.text.startswith("Thống nhất")


def test_how_much_each_must_have_is_no_task_of_its_own() -> None:
    text = "- Phát động phong trào trồng cây; mỗi xã có ít nhất 01 tuyến đường hoa."
    assert len(body("II. NHIỆM VỤ", text).tasks) == 1


def test_who_sits_in_a_body_is_no_task_and_a_clause_may_begin_with_its_day() -> None:
    seats = (
        "- Thành lập Tổ công tác do Giám đốc Sở Y tế làm Tổ trưởng; Giám đốc Sở Nội vụ làm Tổ phó, xong trong quý IV."
    )
    assert len(body("II. NHIỆM VỤ", seats).tasks) == 1
    dated = "- Ban hành quy chế trước ngày 15/8/2026; trước ngày 20/12/2026 báo cáo kết quả về Sở Nội vụ."
    assert [row(task)[3] for task in body("II. NHIỆM VỤ", dated).tasks] == [date(2026, 8, 15), date(2026, 12, 20)]


def test_enumeration_under_one_verb_is_one_task() -> None:
    (task,) = body("II. NHIỆM VỤ", "- Triển khai các dự án: (1) Nâng cấp đê; (2) Xây kè; (3) Trồng rừng.").tasks
    assert task.text.endswith("(3) Trồng rừng.")


def test_heading_that_gives_work_hands_its_unit_down() -> None:
    found = body(
        "1. Giao Sở Nội vụ chịu trách nhiệm:",
        "a) Rà soát vị trí việc làm.",
        "b) Tổ chức thi nâng ngạch trong quý IV/2026.",
    ).tasks
    assert [row(task) for task in found] == [
        ("Rà soát vị trí việc làm.", ["Sở Nội vụ"], [], None),
        ("Tổ chức thi nâng ngạch trong quý IV/2026.", ["Sở Nội vụ"], [], date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "- Nâng cao nhận thức của người dân về phân loại rác."),
        ("I. QUAN ĐIỂM", "- Phát triển nông nghiệp gắn với xây dựng nông thôn mới."),
        ("II. MỤC TIÊU", "- Phấn đấu 90% hộ dân được dùng nước sạch."),
        ("I. ĐÁNH GIÁ TÌNH HÌNH", "- Triển khai còn chậm ở một số xã."),
        ("III. KINH PHÍ", "Kinh phí thực hiện từ nguồn ngân sách nhà nước theo phân cấp."),
        ("Căn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;",),
        (
            "IV. TỔ CHỨC",
            "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo về Sở Y tế để xem xét.",
        ),
        ("IV. TỔ CHỨC", "Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện Kế hoạch này./."),
        ("Quyết định này có hiệu lực kể từ ngày ký.",),
    ],
)
def test_no_task(texts: tuple[str, ...]) -> None:
    assert body(*texts).tasks == ()


def test_duty_in_a_paragraph_about_money() -> None:
    (task,) = body(
        "III. KINH PHÍ THỰC HIỆN",
        "Kinh phí bảo đảm từ ngân sách nhà nước. Các cơ quan, đơn vị chủ động bố trí kinh phí trong dự toán được giao.",
    ).tasks
    assert task.text == "Các cơ quan, đơn vị chủ động bố trí kinh phí trong dự toán được giao."
    assert [unit.text for unit in task.lead] == ["Các cơ quan, đơn vị"]


def test_each_span_points_at_its_words() -> None:
    texts = (
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Sở Tài chính, Sở Y tế",
        "- Chủ trì, phối hợp với Công an tỉnh kiểm tra 100% cơ sở, hoàn thành trước ngày 30/9/2026.",
    )
    found = body(*texts)
    for task in found.tasks:
        for proof in task.evidence:
            assert texts[proof.span.block][proof.span.start : proof.span.end] == proof.quote
        fields = {proof.field for proof in task.evidence}
        assert {"text", "lead", "support", "deadline"} <= fields
    (target,) = found.targets
    assert (target.value, target.unit, target.by) == (100, "%", date(2026, 9, 30))


def test_letter_without_duties() -> None:
    assert (
        body(
            "Kính gửi: Sở Y tế",
            "Rất mong nhận được sự phối hợp của quý cơ quan.",
            "Xin trân trọng cảm ơn./.",
            letter=True,
        ).tasks
        == ()
    )


def test_the_one_item_under_a_heading_keeps_its_assignment_lines() -> None:
    (task,) = body(
        "II. NỘI DUNG",
        "1. Đầu tư cơ sở vật chất",
        "1.1. Lập dự án cải tạo kho lưu trữ chuyên dụng.",
        "- Đơn vị chủ trì: Trung tâm Lưu trữ lịch sử tỉnh.",
        "- Thời gian: Quý II/2026.",
    ).tasks
    assert row(task) == (
        "Lập dự án cải tạo kho lưu trữ chuyên dụng.",
        ["Trung tâm Lưu trữ lịch sử tỉnh"],
        [],
        date(2026, 6, 30),
    )


def test_a_day_at_the_end_of_a_paragraph_is_an_assignment() -> None:
    (task,) = body("II. NHIỆM VỤ", "- Số hóa sổ mục kê theo mẫu của Sở. Thời hạn: 31/10/2026.").tasks
    assert row(task) == ("Số hóa sổ mục kê theo mẫu của Sở.", [], [], date(2026, 10, 31))


@pytest.mark.parametrize(
    "when",
    ["trước ngày 99/99/9999", "vào ngày 45 hằng tháng", "trong 100000 năm", "trước ngày 32/5", "trong tháng 13/2026"],
)
def test_a_day_that_cannot_be_is_told(when: str) -> None:
    found = body("II. NHIỆM VỤ", f"- Gửi báo cáo rà soát cầu yếu về Sở Xây dựng {when}.")
    (task,) = found.tasks
    assert task.deadline is None
    assert "deadline_not_understood" in task.reasons
    assert [problem.kind for problem in found.problems] == ["deadline_not_understood"]


def test_a_past_day_of_things_is_no_doubt() -> None:
    found = body("II. NHIỆM VỤ", "- Rà soát các giấy phép được cấp trước ngày 01/7/2019.")
    assert not found.problems


def test_those_addressed_lead_a_group_of_items_too(tmp_path: Path) -> None:
    letter = tmp_path / "cv.txt"
    letter.write_text(
        "BỘ NỘI VỤ\nSố: 412/BNV-TCBC\nV/v thống kê biên chế\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Hà Nội, ngày 02 tháng 3 năm 2026\nKính gửi:\n- Các bộ, cơ quan ngang bộ;\n"
        "- Ủy ban nhân dân các tỉnh, thành phố.\n"
        "1. Về công tác thống kê\n- Báo cáo số biên chế được giao phải do người đứng đầu ký, gồm các nội dung sau:\n"
        "+ Số biên chế đang dùng;\n+ Số hợp đồng lao động;\n+ Khó khăn, vướng mắc và kiến nghị (nếu có).\n",
        encoding="utf-8",
    )
    (task,) = extract(letter).tasks
    assert [unit.text for unit in task.lead] == ["Các bộ, cơ quan ngang bộ", "Ủy ban nhân dân các tỉnh, thành phố"]
    assert {"group_of_items", "lead_inherited_from_addressees"} <= set(task.reasons)


@pytest.mark.parametrize(
    ("texts", "lead", "support", "due"),
    [
        pytest.param(
            ["II. NHIỆM VỤ", "1. Sở Y tế", "1.1. Chủ trì, phối hợp với các sở, ngành:", "- Mở lớp.", "- In sổ."],
            ["Sở Y tế"], ["các sở, ngành"], None, id="support that an announcing item names",
        ),
        pytest.param(
            ["II. NHIỆM VỤ", "1. Bảo vệ nguồn nước (Sở Xây dựng chủ trì; Công an tỉnh phối hợp)", "- Lập danh mục hồ.",
             "- Quan trắc nước sông."],
            ["Sở Xây dựng"], ["Công an tỉnh"], None, id="roles in the bracket of a heading",
        ),
        pytest.param(
            ["II. NHIỆM VỤ", "1. Lắp đặt trạm đo mưa", "Lắp đặt 05 trạm tại các xã trong giai đoạn 2026-2027."],
            [], [], date(2027, 12, 31), id="the day stands in the paragraph under the heading",
        ),
        pytest.param(
            ["IV. TRÁCH NHIỆM THỰC HIỆN", "Sở Tài chính", "Tham mưu bố trí vốn.", "Sở Y tế", "Mua thuốc."],
            ["Sở Tài chính"], [], None, id="a unit alone on its line, without number, colon or bold letters",
        ),
        pytest.param(
            ["II. TỔ CHỨC THỰC HIỆN", "1. Đảng ủy UBND xã", "- Lãnh đạo UBND xã chi trả.", "- Kiểm tra chi bộ."],
            ["Đảng ủy UBND xã"], [], None, id="a party body leads by leading",
        ),
        pytest.param(
            ["II. NHIỆM VỤ", "- Cấp thùng rác cho các thôn (Phòng Kinh tế; hoàn thành trong tháng 9/2026)."],
            ["Phòng Kinh tế"], [], date(2026, 9, 30), id="unit and day in one bracket",
        ),
    ],
)  # fmt: skip
def test_what_places_hand_down(texts: list[str], lead: list[str], support: list[str], due: date | None) -> None:
    first = body(*texts).tasks[0]
    assert row(first)[1:] == (lead, support, due)


def test_agreements_among_orders_are_no_tasks() -> None:
    found = body(
        "II. KẾT LUẬN",
        "1. Thống nhất chủ trương xây dựng 05 bến thuyền trong giai đoạn 2026 - 2028 theo đề xuất của Sở Xây dựng.",
        "2. Giao Sở Xây dựng lập hồ sơ thiết kế.",
        "3. Sở Tài chính cân đối kinh phí.",
    ).tasks
    assert [task.lead[0].text for task in found] == ["Sở Xây dựng", "Sở Tài chính"]


def test_a_paragraph_that_turns_to_everybody_is_no_part_of_the_last_item() -> None:
    found = body(
        "III. TỔ CHỨC THỰC HIỆN",
        "1. UBND các xã, phường:",
        "1.1. Kiện toàn Ban Chỉ đạo.",
        "1.2. Bảo đảm kinh phí, nhân lực.",
        "Căn cứ Kế hoạch này, các đơn vị lập kế hoạch chi tiết, gửi Sở Y tế trước ngày 20/8/2026.",
    ).tasks
    assert [(task.text[:8], task.lead[0].text) for task in found] == [
        ("Kiện toà", "UBND các xã, phường"), ("Bảo đảm ", "UBND các xã, phường"), ("Căn cứ K", "các đơn vị"),
    ]  # fmt: skip


def test_phan_cong_under_a_unit_is_its_own_work() -> None:
    task = body(
        "II. THỰC HIỆN", "1. Tổ trưởng Tổ giám sát", "- Phân công nhiệm vụ cho các thành viên.", "- Họp."
    ).tasks[0]
    assert task.lead[0].text == "Tổ trưởng Tổ giám sát"


@pytest.mark.parametrize(
    "lines",
    [
        ("* Đến năm 2028:", "- 70% số chợ đạt chuẩn.", "* Đến năm 2030:", "- 95% số chợ đạt chuẩn."),
        ("1. Đến năm 2028", "- 70% số chợ đạt chuẩn.", "2. Đến năm 2030", "- 95% số chợ đạt chuẩn."),
        ("- Năm 2028:", "+ 70% số chợ đạt chuẩn.", "- Năm 2030:", "+ 95% số chợ đạt chuẩn."),
    ],
    ids=["stars over dashes", "numbers", "dashes over crosses"],
)
def test_a_year_above_bullets_is_that_of_their_targets(lines: tuple[str, ...]) -> None:
    found = body("I. MỤC TIÊU", *lines).targets
    assert [(t.value, t.by) for t in found] == [(70, date(2028, 12, 31)), (95, date(2030, 12, 31))]


def test_a_sentence_that_announces_numbered_targets_gives_them_its_year() -> None:
    lines = ("Đến năm 2030, phấn đấu đạt các chỉ tiêu sau:", "1. 80% số thôn có nhà văn hóa.", "2. Trồng 500 ha rừng.")
    assert [t.by for t in body("I. MỤC TIÊU", *lines).targets] == [date(2030, 12, 31)] * 2
