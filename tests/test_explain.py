"""`nhacviec extract --explain`: the picture holds all that was understood, word for word, and fits the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.explain import explain
from extractor.explain_marks import Mark, day_of, ids, marks_by_block
from extractor.explain_page import marked, wrapped
from extractor.model import Block, Deadline, Offset, Place, Reading, Source, TaskDraft
from extractor.pipeline import extract, understand
from tracker.cli.wording import REASONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Answer

    from extractor.model import Extraction

DOCUMENTS = Path(__file__).parent.parent / "corpus" / "documents"
PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH TÂY NINH",
    "Số: 61/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Tây Ninh, ngày 12 tháng 01 năm 2027",
    "KẾ HOẠCH",
    "Kiểm kê di tích năm 2027",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "- Bảo đảm việc kiểm kê chính xác, đúng tiến độ.",
    "II. MỤC TIÊU",
    "- Đến hết năm 2027 có 90% di tích được lập hồ sơ số.",
    "III. NHIỆM VỤ",
    "1. Lập danh mục di tích theo Quyết định số 45/QĐ-BVHTTDL ngày 06/01/2025.",
    "- Cơ quan chủ trì: Sở Văn hóa, Thể thao và Du lịch.",
    "- Cơ quan phối hợp: Sở Tài chính.",
    "- Thời gian hoàn thành: trước ngày 30/6/2027.",
    "IV. TỔ CHỨC THỰC HIỆN",
    "1. Sở Tài chính",
    "- Thẩm định dự toán, trình Ủy ban nhân dân tỉnh trong tháng 3 năm 2027.",
    "2. Giao Công an tỉnh hướng dẫn phòng cháy tại các di tích; định kỳ trước ngày 20 hằng tháng báo cáo kết quả.",
    "Việc kiểm kê những năm trước đã đạt kết quả tốt.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
)


def understood(texts: tuple[str, ...], path: str = "ke-hoach.txt") -> Extraction:
    blocks = tuple(Block(at, text, Place(1 + at // 12, at)) for at, text in enumerate(texts))
    return understand(Reading(Source(path, "0" * 64, "text/plain", 2, "plain"), blocks), "ke-hoach")


@pytest.fixture(scope="module")
def plan() -> Extraction:
    return understood(PLAN)


@pytest.fixture(scope="module")
def picture(plan: Extraction) -> str:
    return joined("\n".join(explain(plan, 80, colour=False, wording=REASONS)))


def joined(picture: str) -> str:
    """The picture without its wrapping."""
    return re.sub(r"\s+", " ", picture)


@pytest.mark.parametrize(
    "shown",
    [
        "số, ký hiệu: 61/KH-UBND: “Số: 61/KH-UBND” (đoạn 2)",
        "ngày ban hành: 12/01/2027",
        "độ khẩn: chưa rõ",
        "tìm thấy: 3 nhiệm vụ, 1 chỉ tiêu",
        "── trang 2 ──",
        "đề mục: mục đích, yêu cầu, không giao việc",
        "không thành nhiệm vụ: thuộc mục không giao việc: mục đích, yêu cầu",
        "▶t1 Lập danh mục di tích theo ⟦viện dẫn: Quyết định số 45/QĐ-BVHTTDL ngày 06/01/2025⟧.◀",
        "t1 tin cậy",
        "mở đầu bằng động từ chỉ đạo",
        "mục: III. NHIỆM VỤ",
        "⟦chủ trì t1: Sở Văn hóa, Thể thao và Du lịch⟧",
        "chủ trì: Sở Văn hóa, Thể thao và Du lịch [so-van-hoa-the-thao-va-du-lich]; nhãn “Cơ quan chủ trì”, đoạn 14",
        "⟦phối hợp t1: Sở Tài chính⟧",
        "⟦thời hạn t1 = 30/06/2027: trước ngày 30/6/2027⟧",
        "“trước ngày 30/6/2027” = 30/06/2027 (before); nhãn “Thời gian hoàn thành”, đoạn 16",
        "1. ⟦chủ trì t2: Sở Tài chính⟧ – đề mục nêu đơn vị",
        "chủ trì: Sở Tài chính [so-tai-chinh]; đề mục, đoạn 18",
        "trình ⟦đơn vị: Ủy ban nhân dân tỉnh⟧",
        "lưu ý: đơn vị chủ trì lấy từ đề mục (lead_inherited_from_heading)",
        "được giao, đề nghị hoặc yêu cầu",
        "= FREQ=MONTHLY;BYMONTHDAY=20",
        "kể việc đã làm, mô tả, hoặc kết thúc văn bản",
        "⟦chỉ tiêu = 90 %, đến 31/12/2027:",
    ],
)
def test_the_picture_says(picture: str, shown: str) -> None:
    assert shown in picture


def test_lines_fit_the_width(plan: Extraction) -> None:
    for width in (60, 80, 120):
        assert max(map(len, explain(plan, width, colour=False))) <= width


def test_words_stand_as_they_are(plan: Extraction) -> None:
    """Without marks, places and notes the picture is the document."""
    for block in plan.blocks:
        marks = marks_by_block(plan, frozenset())[block.index]
        drawn = "".join(text for text, _ in marked(block, marks, colour=True))
        assert re.sub(r"▶t\d+(?:[–,] ?t\d+)* |◀", "", drawn) == block.text


def test_marks_stand_inside_their_block(plan: Extraction) -> None:
    for block in plan.blocks:
        for mark in marks_by_block(plan, frozenset())[block.index]:
            assert 0 <= mark.start < mark.end <= len(block.text)


def test_colours_instead_of_brackets(plan: Extraction) -> None:
    coloured = "\n".join(explain(plan, 80, colour=True))
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert coloured != plain
    assert "⟦" not in plain
    assert "\x1b" not in plain
    for line in coloured.splitlines():  # a pager shows any line by itself
        assert line.count("\x1b[0m") * 2 == line.count("\x1b[")


def test_a_reason_without_words_is_named(plan: Extraction) -> None:
    picture = joined("\n".join(explain(plan, 80, colour=False)))
    assert "lưu ý: lead_inherited_from_heading" in picture


def test_a_files_name_commands_no_terminal() -> None:
    found = understood(("Kính gửi: Sở Y tế",), "a\x1b[2Jb.txt")
    assert "\x1b" not in "".join(explain(found, 80, colour=False))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("hue-kh-nhiem-vu-ton-dong.pdf", "bảng giao việc: cột 1 số thứ tự, cột 2 việc"),
        ("hue-kh-nhiem-vu-ton-dong.pdf", "của bảng 1"),
        ("daklak-cv-tra-loi-cu-tri.docx", "tìm thấy: 0 nhiệm vụ"),
        ("xa-nambang-kh-duoi-nuoc.pdf", "nhãn “hoàn thành”"),
        ("tuyenquang-cv-bao-cao-bien-che.docx", "nơi nhận văn bản, đoạn"),
    ],
)
def test_whole_files(name: str, shown: str) -> None:
    extraction = extract(DOCUMENTS / name)
    picture = joined("\n".join(explain(extraction, 80, colour=False)))
    assert shown in picture
    for task in extraction.tasks:
        assert f"▶{task.id} " in picture
        assert f"{task.id} tin cậy {task.confidence:.0%}" in picture
    for problem in extraction.problems:
        assert joined(problem.message) in picture


def test_the_command(run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    path = DOCUMENTS / "thanhhoa-cd-bao-so-11.docx"
    answer = run("extract", "--explain", path)
    assert answer.code == 0
    assert answer.out.splitlines() == list(explain(extract(path), 100, colour=False, wording=REASONS))


def test_the_command_writes_no_files(run: Callable[..., Answer], tmp_path: Path) -> None:
    answer = run("extract", "--explain", "--out", tmp_path / "ra", DOCUMENTS / "thanhhoa-cd-bao-so-11.docx")
    assert (answer.code, answer.out) == (2, "")
    assert "--out" in answer.err
    assert not (tmp_path / "ra").exists()


@pytest.mark.parametrize(
    ("numbers", "shown"), [([1], "t1"), ([1, 2, 3], "t1–t3"), ([2, 4, 5, 9], "t2, t4–t5, t9"), ([10, 9], "t9–t10")]
)
def test_tasks_that_share_words(numbers: list[int], shown: str) -> None:
    assert ids([TaskDraft(f"t{number}", "", "") for number in numbers]) == shown


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [
        (None, ""),
        (Deadline("thường xuyên", "ongoing"), "thường xuyên"),
        (Deadline("hằng quý", "recurring", rrule="FREQ=MONTHLY;INTERVAL=3"), "FREQ=MONTHLY;INTERVAL=3"),
        (Deadline("trước 14 giờ", "date", time="14:00"), "14:00"),
        (Deadline("ngày 31/02", "date"), "chưa rõ ngày"),
        (Deadline("sau 5 ngày", "relative", anchor="received", offset=Offset(5, "day")), "+5 day từ “received”"),
        (Deadline("sau khi có hướng dẫn", "relative"), "chờ sự kiện"),
    ],
)
def test_days(deadline: Deadline | None, shown: str) -> None:
    assert day_of(deadline) == shown


def test_marks_inside_one_another() -> None:
    block = Block(0, "Giao Sở Y tế rà soát trước ngày 05/12/2026.", Place(1, 0), label="1.")
    marks = [Mark("task", 0, 43, "t1"), Mark("target", 5, 20, ">= 1 việc"), Mark("lead", 5, 12, "t1")]
    drawn = "".join(text for text, _ in marked(block, marks, colour=False))
    assert drawn == "1. ▶t1 Giao ⟦chỉ tiêu >= 1 việc: ⟦chủ trì t1: Sở Y tế⟧ rà soát⟧ trước ngày 05/12/2026.◀"


@given(st.text(alphabet="ab ⟦\n", max_size=120), st.integers(8, 40))
def test_wrapping_keeps_every_word(text: str, width: int) -> None:
    lines = list(wrapped(text, width, "1 ", "  "))
    assert " ".join(line[2:] for line in lines).split() == text.split()
    assert all(len(line) <= width or " " not in line[2:] for line in lines)
