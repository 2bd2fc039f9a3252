"""What became no task and may be one is told; what is in doubt in a task has its reason and lowers its confidence."""

from __future__ import annotations

import pytest
from bodies import body

from extractor.tasks.confidence import confidence
from tracker.cli.wording import REASONS

DUTIES = (
    "II. NHIỆM VỤ",
    "1. Công tác chăn nuôi",
    "- Tiêm phòng dại cho đàn chó, mèo.",
    "- Kiểm tra các cơ sở giết mổ.",
)


def told(*texts: str) -> list[str]:
    found = body(*texts)
    return [problem.message for problem in found.problems if problem.kind == "task_may_be_missed"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("- Bò lai ba máu, bê giống cao sản chất lượng tốt.", "các mục cùng cấp là nhiệm vụ"),
        ("- Vai trò chủ trì của Trạm Thú y trong công tác này là chính.", "có “chủ trì”"),
    ],
)
def test_an_item_that_became_no_task_is_told(line: str, reason: str) -> None:
    (message,) = told(*DUTIES[:3], line)
    assert message == f"Có thể sót nhiệm vụ: “{line[2:]}”: {reason}."


@pytest.mark.parametrize(
    "lines",
    [
        DUTIES,
        ("I. MỤC ĐÍCH, YÊU CẦU", "- Nâng cao nhận thức của người chăn nuôi.", "- Bảo đảm thiết thực, tiết kiệm."),
        (*DUTIES, "- Trong quá trình thực hiện nếu có khó khăn, vướng mắc, phản ánh về Trạm Thú y."),
        (*DUTIES, "- Năm 2025 toàn xã đã tiêm 4.210 liều, đạt 83% kế hoạch."),
        (*DUTIES, "III. NƠI NHẬN", "- Chủ tịch Ủy ban nhân dân các xã, phường;"),
    ],
)
def test_what_is_no_task_is_not_told(lines: tuple[str, ...]) -> None:
    assert told(*lines) == []


def test_a_long_line_is_cut_at_a_word() -> None:
    (message,) = told(*DUTIES[:3], "- Vai trò chủ trì của Trạm Thú y " + "trong công tác này " * 20)
    assert message.startswith("Có thể sót nhiệm vụ: “Vai trò chủ trì")
    assert message.endswith("công tác này trong…”: có “chủ trì”.")


def test_an_item_among_tasks_is_a_task_in_doubt() -> None:
    task = body(*DUTIES, "- Bình tuyển đàn đực giống, thay thế giống thoái hóa.").tasks[-1]
    assert task.text.startswith("Bình tuyển")
    assert "like_its_siblings" in task.reasons
    assert task.confidence < 0.8


@pytest.mark.parametrize(
    "lines",
    [
        ("II. NHIỆM VỤ", "- Tiêm phòng dại cho đàn chó, mèo.", "- Đàn đực giống của hợp tác xã."),
        (*DUTIES, "- Năm 2025 toàn xã đã tiêm 4.210 liều, đạt 83% kế hoạch."),
        (*DUTIES, "- Trong quá trình thực hiện nếu có khó khăn, vướng mắc, phản ánh về Trạm Thú y."),
    ],
)
def test_one_sibling_is_no_rule_and_the_past_is_no_task(lines: tuple[str, ...]) -> None:
    assert all("like_its_siblings" not in task.reasons for task in body(*lines).tasks)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("1. Kiểm tra lò mổ.", "Đơn vị chủ trì: Trạm Thú y xã và anh Bảy lò mổ"), "unit_partly_read"),
        (
            ("1. Kiểm tra lò mổ.", "Đơn vị chủ trì: Sở Y tế; thời hạn: 30/9/2026 hoặc khi hết dịch"),
            "deadline_partly_read",
        ),
        (("1. Kiểm tra lò mổ nhân dịp khai giảng 05/9/2026.",), "day_without_deadline"),
    ],
)
def test_a_doubt_is_a_reason_with_words_and_weight(lines: tuple[str, ...], reason: str) -> None:
    (task,) = body("II. NHIỆM VỤ", *lines).tasks
    assert reason in task.reasons
    assert reason in REASONS
    assert confidence(task) == task.confidence < 0.9


@pytest.mark.parametrize(
    "lines",
    [
        ("1. Kiểm tra lò mổ.", "Đơn vị chủ trì: Sở Y tế và các đơn vị liên quan"),
        ("1. Kiểm tra lò mổ.", "Đơn vị chủ trì: Sở Y tế", "Thời gian hoàn thành: trước ngày 30/9/2026"),
        ("1. Thực hiện Nghị quyết số 12/NQ-HĐND ngày 05/9/2025.", "Đơn vị chủ trì: Sở Y tế"),
    ],
)
def test_what_is_plain_carries_no_doubt(lines: tuple[str, ...]) -> None:
    (task,) = body("II. NHIỆM VỤ", *lines).tasks
    assert not {"unit_partly_read", "deadline_partly_read", "day_without_deadline"} & set(task.reasons)


def problems_of(*texts: str, kind: str) -> list[str]:
    return [problem.message for problem in body(*texts).problems if problem.kind == kind]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("III. TỔ CHỨC THỰC HIỆN", "Người dân thôn Đồi cùng giữ gìn hàng rào mới."), "nằm trong phần giao việc"),
        (("IV. ĐÀN GIỐNG", "1. Bò đực giống lai ba máu, xong trước ngày 30/9/2026."), "có thời hạn"),
        (
            (
                *DUTIES[:3],
                "- Kiểm tra lò mổ trước ngày 30/9/2026; nếu có khó khăn thì báo cáo Trạm Thú y xã để xem xét.",
            ),
            None,
        ),
    ],
)
def test_a_line_in_the_part_of_duties_is_told(lines: tuple[str, ...], reason: str | None) -> None:
    messages = told(*lines)
    assert [message.rsplit(": ", 1)[1] for message in messages] == ([f"{reason}."] if reason else [])


def test_lines_that_follow_each_other_are_told_once() -> None:
    lines = ("III. TỔ CHỨC THỰC HIỆN", *(f"Người dân thôn {name} cùng giữ hàng rào." for name in ("Đồi", "Bãi", "Núi")))
    (message,) = told(*lines)
    assert (
        message
        == "Có thể sót nhiệm vụ: “Người dân thôn Đồi cùng giữ hàng rào.” và 2 dòng tiếp theo: nằm trong phần giao việc."
    )


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("- Tiêm phòng dại cho đàn chó. - Nhập số liệu lên phần mềm.", True),
        ("- Tiêm phòng dại cho đàn chó. Nhập số liệu lên phần mềm.", True),
        ("- Tiêm phòng dại cho đàn chó; 2. Người nuôi chó khai báo với thôn.", True),
        ("- Tiêm phòng dại cho đàn chó; nhập số liệu lên phần mềm.", False),
        ("- Tiêm phòng dại cho đàn chó. Số liệu của năm trước còn thiếu.", False),
    ],
)
def test_a_task_that_may_hold_several_is_told(line: str, is_told: bool) -> None:
    found = body(*DUTIES[:2], line, DUTIES[3])
    assert len(problems_of(*DUTIES[:2], line, DUTIES[3], kind="task_may_hold_several")) == is_told
    assert ("may_hold_several" in found.tasks[0].reasons) is is_told


ASSIGNED = ("II. NHIỆM VỤ", "1. Kiểm tra lò mổ.", "Đơn vị chủ trì: Trạm Thú y xã")


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("trước ngày 30/6/2026", "deadline_before_issue"),
        ("trước ngày 30/9/2026, trước ngày 30/11/2026", "several_deadlines"),
        ("năm 2045", "deadline_distant"),
        ("sau khi Trạm Thú y có quyết định", "deadline_waits_for_event"),
        ("trước ngày 30/92026", "deadline_not_understood"),
        ("trước ngày 30/9/2026", None),
    ],
)
def test_a_doubtful_day_has_its_reason(when: str, reason: str | None) -> None:
    (task,) = body(*ASSIGNED, f"Thời gian hoàn thành: {when}").tasks
    doubts = {one for one in task.reasons if one in REASONS and "deadline" in one}
    assert doubts == ({reason} if reason else set())


def test_a_day_in_the_words_that_is_not_the_line_s_is_told() -> None:
    lines = ("II. NHIỆM VỤ", "1. Kiểm tra lò mổ, hoàn thành trước ngày 15/8/2026.", ASSIGNED[2])
    (task,) = body(*lines, "Thời gian hoàn thành: trước ngày 30/9/2026").tasks
    assert task.deadline is not None
    assert task.deadline.text == "trước ngày 30/9/2026"
    assert "deadline_differs_from_text" in task.reasons


def test_a_task_that_looks_like_an_assignment_line_says_so() -> None:
    tasks = body("II. NHIỆM VỤ", "1. Kiểm tra lò mổ.", "Thới gian xong: do Trạm Thú y xã định.").tasks
    assert any("text_like_assignment" in task.reasons for task in tasks)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (
            ("1. Sửa chuồng trại của xã", "- Thới hạn làm xong: Trạm Thú y xã định sau", "- Kiểm tra lò mổ."),
            "dưới mục này có dòng giống dòng phân công",
        ),
        (
            ("- Sửa chuồng trại.", "- Mua máng ăn.", "- Rào bãi chăn.", "Đơn vị chủ trì: Trạm Thú y xã"),
            "dòng phân công dưới mục cuối có thể là của cả nhóm",
        ),
    ],
)
def test_a_heading_or_a_group_that_may_be_one_task_is_told(lines: tuple[str, ...], reason: str) -> None:
    messages = told("II. NHIỆM VỤ", *lines)
    assert [message for message in messages if message.endswith(f"{reason}.")]


def test_a_name_with_assignments_is_no_plain_task() -> None:
    lines = ("II. NHIỆM VỤ", "1. Xã Quảng Hà", "Đơn vị chủ trì: Trạm Thú y xã", "Thời gian: Quý III/2026")
    (task,) = body(*lines).tasks
    assert "text_like_heading" in task.reasons


def test_an_order_without_its_works_is_told() -> None:
    (message,) = told("II. NHIỆM VỤ", "1. Giao Trạm Thú y xã thực hiện các việc sau đây:")
    assert message.endswith("sau dấu hai chấm không có việc nào.")
    assert told("II. NHIỆM VỤ", "1. Giao Trạm Thú y xã thực hiện các việc sau đây:", "- Kiểm tra lò mổ.") == []


def test_a_document_without_a_task_says_so() -> None:
    assert problems_of("Xã Quảng Hà có ba thôn.", kind="no_task_found")
    assert not problems_of(*DUTIES, kind="no_task_found")


def test_a_heading_that_may_be_a_unit_puts_the_lead_in_doubt() -> None:
    lines = ("III. TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ", "1. Gian Thú y Quảng Hà", "- Kiểm tra các lò mổ.", "- Ghi sổ.")
    assert all("lead_from_farther_heading" in task.reasons for task in body(*lines).tasks if task.lead)
    known = body(lines[0], "1. Sở Y tế", *lines[2:]).tasks
    assert known
    assert all("lead_from_farther_heading" not in task.reasons for task in known)


@pytest.mark.parametrize(
    ("line", "is_in_doubt"),
    [
        ("- Phối hợp với Gian Xây Cất kiểm tra các lò mổ trong xã.", True),
        ("- Phối hợp với Sở Y tế kiểm tra các lò mổ trong xã.", False),
        ("- Phối hợp với các thôn kiểm tra lò mổ Bãi Sậy.", False),
    ],
)
def test_a_name_that_was_not_read_as_a_unit_is_a_reason(line: str, is_in_doubt: bool) -> None:
    (task,) = body("II. NHIỆM VỤ", "1. Sở Nội vụ", line).tasks
    assert ("unit_left_out" in task.reasons) is is_in_doubt
