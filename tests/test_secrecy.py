"""Stamps of secrecy are found, and words that only speak of secrets are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document.secrecy import check
from extractor.errors import SecretError
from extractor.model import Block, Cell, Place
from extractor.text import clean

TOP = "UBND TỈNH SƠN LA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/KH-UBND"
BODY = "KẾ HOẠCH\nDiễn tập phòng thủ\nCăn cứ Luật Quốc phòng;\nI. MỤC ĐÍCH\n1. Nâng cao năng lực."


def paragraphs(text: str, confidence: float = 1.0) -> list[Block]:
    """A block a line."""
    lines = [line for line in text.split("\n") if line]
    return [Block(at, clean(line).text, Place(1, at), raw=line, confidence=confidence) for at, line in enumerate(lines)]


def table(rows: list[list[str]], before: str = "") -> list[Block]:
    """Paragraphs, and under them one table."""
    blocks = paragraphs(before)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            place = Place(1, len(blocks), Cell(0, row, column))
            blocks.append(Block(len(blocks), text, place))
    return blocks


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (f"{TOP}\nMẬT\n{BODY}", "MẬT"),
        (f"MẬT\n{TOP}\n{BODY}", "MẬT"),
        (f"{TOP}\nTỐI MẬT\n{BODY}", "TỐI MẬT"),
        (f"{TOP}\nTUYỆT MẬT\n{BODY}", "TUYỆT MẬT"),
        (f"{TOP}\nMật\n{BODY}", "MẬT"),
        (f"{TOP}\nM Ậ T\n{BODY}", "MẬT"),
        (f"{TOP}\nT Ố I  M Ậ T\n{BODY}", "TỐI MẬT"),
        (f"{TOP}\n[ MẬT ]\n{BODY}", "MẬT"),
        (f"{TOP}\n-MẬT-\n{BODY}", "MẬT"),
        (f"{TOP}\nĐộ mật: Mật\n{BODY}", "MẬT"),
        (f"{TOP}\nĐỘ MẬT: TUYỆT MẬT\n{BODY}", "TUYỆT MẬT"),
        (f"{TOP}\nMức độ mật: Tối mật\n{BODY}", "TỐI MẬT"),
        (f"{TOP}\nTÀI LIỆU MẬT\n{BODY}", "MẬT"),
        (f"{TOP}\nMẬT - HỎA TỐC\n{BODY}", "MẬT"),
        (f"{TOP}\n{BODY}\nMẬT\n2. Tổ chức lực lượng.", "MẬT"),
        (f"{TOP}\n{BODY}\nTÀI LIỆU TUYỆT MẬT", "TUYỆT MẬT"),
        ("UBND TỈNH SƠN LA MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/BC-UBND", "MẬT"),
        ("UBND TỈNH SƠN LA TỐI MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/BC-UBND", "TỐI MẬT"),
        ("UBND TỈNH SƠN LA\nMẬT Độc lập - Tự do - Hạnh phúc\nSố: 3/BC-UBND", "MẬT"),
        (f"UBND TỈNH SƠN LA    MẬT\nSố: 3/KH-UBND\n{BODY}", "MẬT"),
        (f"UBND TỈNH SƠN LA\tTỐI MẬT\nSố: 3/KH-UBND\n{BODY}", "TỐI MẬT"),
        (f"Số: 3/KH-UBND\t\tMẬT\n{BODY}", "MẬT"),
        (f"UBND TỈNH SƠN LA MẬT\nSố: 3/KH-UBND\n{BODY}", "MẬT"),
        (f"CÔNG AN TỈNH SƠN LA TUYỆT MẬT\nSố: 3/KH-CAT\n{BODY}", "TUYỆT MẬT"),
        (f"{TOP}\n{BODY.replace('KẾ HOẠCH', 'KẾ HOẠCH (MẬT)')}", "MẬT"),
        (f"{TOP}\n{BODY.replace('KẾ HOẠCH', 'Kế hoạch (Mật)')}", "MẬT"),
        (f"{TOP}\n{BODY}\nPHỤ LỤC (MẬT)\n1. Danh sách", "MẬT"),
        (f"{TOP}\n{BODY}\nPhụ lục II (Tối mật)", "TỐI MẬT"),
        (f"{TOP}\n{BODY}\nPHƯƠNG ÁN BẢO VỆ (TUYỆT MẬT)", "TUYỆT MẬT"),
        (f"{TOP}\nBẢN SỐ 03 MẬT\n{BODY}", "MẬT"),
        (f"{TOP}\nBản số: 3 - TỐI MẬT\n{BODY}", "TỐI MẬT"),
        (f"{TOP}\nMẬT - Bản số 02\n{BODY}", "MẬT"),
        (f"{TOP}\n{BODY}\nMẬT - Trang 1", "MẬT"),
        (f"{TOP}\n{BODY}\nTrang 2/7 MẬT", "MẬT"),
        (f"{TOP}\n{BODY}\nTài liệu MẬT", "MẬT"),
        (f"{TOP}\nDấu: MẬT\n{BODY}", "MẬT"),
        (f"{TOP}\n{BODY}\nĐóng dấu: Tối mật", "TỐI MẬT"),
        (f"{TOP}\n{BODY}\nDấu chỉ độ mật: Mật", "MẬT"),
        (f"{TOP}\n{BODY}\nĐộ mật: Mật", "MẬT"),
        (f"Độ mật: Mật\tĐộ khẩn: Khẩn\n{TOP}\n{BODY}", "MẬT"),
        (f"{TOP}\n{BODY}\n(Mật)", "MẬT"),
        (f"{TOP}\n{BODY}\n( tuyệt mật ).", "TUYỆT MẬT"),
    ],
)
def test_stamped(text: str, level: str) -> None:
    with pytest.raises(SecretError) as caught:
        check(paragraphs(text))
    assert f"“{level}”" in caught.value.what


@pytest.mark.parametrize(
    "text",
    [
        f"{TOP}\n{BODY}",
        f"{TOP}\nKẾ HOẠCH\nTĂNG CƯỜNG CÔNG TÁC BẢO VỆ BÍ MẬT\nNHÀ NƯỚC\nCăn cứ Luật Bảo vệ bí mật nhà nước;",
        f"{TOP}\nKẾ HOẠCH\nBảo đảm an toàn, bảo mật\nhệ thống thông tin\nCăn cứ Luật An ninh mạng;",
        f"{TOP}\n{BODY}\nMật độ dân số của xã cao.",
        f"{TOP}\n{BODY}\nMẬT ĐỘ XÂY DỰNG",
        f"{TOP}\n{BODY}\nBẢO MẬT",
        f"{TOP}\n{BODY}\nBÍ MẬT NHÀ NƯỚC",
        f"{TOP}\n{BODY}\nCác mức độ mật gồm:\n- Tuyệt mật;\n- Tối mật;\n- Mật.",
        f"{TOP}\n{BODY}\nCác mức độ mật gồm:\na) Tuyệt mật\nb) Tối mật\nc) Mật",
        f"{TOP}\n{BODY}\nTài liệu mật, tối mật, tuyệt mật phải được lưu riêng.",
        f"{TOP}\n{BODY}\nĐộ mật:",
        f"{TOP}\n{BODY}\n5. MẬT",
        f"{TOP}\n{BODY}\nĐÃ GIẢI MẬT",
        "BAN CƠ YẾU CHÍNH PHỦ\nCỤC QUẢN LÝ MẬT MÃ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 7/MMDS-KT",
        "TRUNG TÂM BẢO MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 7/TTBM",
        f"{TOP}\n{BODY}\nMẶT TRẬN\nMẤT\nMẮT",
        f"{TOP}\n{BODY}\n2. Sở Y tế bảo đảm an toàn, bảo mật; đổi mật khẩu hằng quý.",
        f"{TOP}\n{BODY}\nTriển khai mô hình nuôi ong, lấy mật",
        f"{TOP}\nKẾ HOẠCH\nPhát triển nghề nuôi ong\nlấy mật\nCăn cứ Luật Chăn nuôi;",
        f"{TOP}\n{BODY}\nTổ chức hội nghị mật với các đơn vị",
        f"{TOP}\n{BODY}\nMật ong",
        f"{TOP}\n{BODY}\nMẬT KHẨU",
        f"{TOP}\n{BODY}\nTài liệu kèm theo (mật) giao tại hội nghị",
        f"{TOP}\n{BODY}\nCăn cứ Kế hoạch số 5/KH-CAT (Mật) của Công an tỉnh;",
        f"{TOP}\n{BODY}\nĐộ mật: mật, tối mật, tuyệt mật",
        f"{TOP}\n{BODY}\nDấu: ……",
        f"{TOP}\n{BODY}\nCẤP ĐỘ\tTUYỆT MẬT\tTỐI MẬT\tMẬT",
        f"{TOP}\n{BODY}\n1\t45/BC-CAT\tMẬT",
        "UBND TỈNH SƠN LA\nTRUNG TÂM NUÔI ONG MẬT\nSố: 7/TTOM",
        f"UBND TỈNH SƠN LA    BẢO MẬT\nSố: 3/KH-UBND\n{BODY}",
        "",
    ],
)
def test_not_stamped(text: str) -> None:
    assert check(paragraphs(text)) is None


def test_values_under_the_head_of_a_register_are_no_stamp() -> None:
    rows = [["TT", "Số, ký hiệu", "Độ mật"], ["1", "45/BC-CAT", "MẬT"], ["2", "46/BC-CAT", "Tối mật"]]
    assert check(table(rows, f"{TOP}\n{BODY}")) is None


def test_a_table_of_all_levels_is_no_stamp() -> None:
    rows = [["", "TUYỆT MẬT", "TỐI MẬT", "MẬT"], ["Số văn bản", "0", "2", "5"]]
    assert check(table(rows, f"{TOP}\n{BODY}")) is None


def test_the_line_of_a_form_about_its_own_document() -> None:
    with pytest.raises(SecretError, match="“TỐI MẬT”"):
        check(table([["Độ mật", "Tối mật"], ["Độ khẩn", "Khẩn"]], f"{TOP}\n{BODY}"))


@pytest.mark.parametrize(
    ("beside", "recognised", "level"),
    [
        (("Kế hoạch phòng thủ | Tối mật", "Trang 3"), False, "TỐI MẬT"),
        (("Tài liệu mật; không sao chụp",), False, "MẬT"),
        (("MÂT",), True, "MẬT"),
        (("MÂT", "Kế hoạch bảo mật", "Mật khẩu", "Tuyệt mật\nTối mật\nMật", "3. Mật"), False, None),
    ],
)
def test_beside_the_text(beside: tuple[str, ...], recognised: bool, level: str | None) -> None:
    if level is None:
        assert check(paragraphs(BODY), beside, recognised=recognised) is None
    else:
        with pytest.raises(SecretError, match=f"“{level}”"):
            check(paragraphs(BODY), beside, recognised=recognised)


def test_a_register_does_not_hide_the_stamp_of_its_own_document() -> None:
    rows = [["TT", "Số, ký hiệu", "Độ mật"], ["1", "45/BC-CAT", "MẬT"]]
    with pytest.raises(SecretError):
        check(table(rows, f"{TOP}\nTỐI MẬT\n{BODY}"))


def test_a_stamp_in_a_cell_of_the_letterhead() -> None:
    with pytest.raises(SecretError):
        check(table([["UBND TỈNH SƠN LA\nMẬT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 3/KH-UBND", "Sơn La"]]))


def test_a_list_that_word_numbered_is_no_stamp() -> None:
    blocks = [*paragraphs(f"{TOP}\n{BODY}"), Block(9, "MẬT", Place(1, 9), label="c)")]
    assert check(blocks) is None


@pytest.mark.parametrize(("confidence", "refused"), [(0.8, True), (1.0, False)])
def test_marks_lost_in_recognition(confidence: float, refused: bool) -> None:
    blocks = paragraphs(f"{TOP}\nMÂT\n{BODY}", confidence)
    if refused:
        with pytest.raises(SecretError):
            check(blocks)
    else:
        assert check(blocks) is None


def test_message_tells_what_to_do_and_nothing_of_the_text() -> None:
    with pytest.raises(SecretError) as caught:
        check(paragraphs(f"{TOP}\nMẬT\n{BODY}"))
    message = str(caught.value)
    assert "bí mật nhà nước" in message
    assert "Diễn tập" not in message
    assert caught.value.kind == "secret"


@given(st.lists(st.sampled_from(BODY.split("\n")), max_size=8), st.integers(0, 8))
def test_a_stamp_is_found_wherever_it_stands(lines: list[str], at: int) -> None:
    lines.insert(min(at, len(lines)), "TỐI MẬT")
    with pytest.raises(SecretError):
        check(paragraphs("\n".join(lines)))
