"""The header finder against invented letterheads (corpus/cases/headers.yaml), and what must hold for any text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor.document.header import HeaderReading, find
from extractor.document.header_issuer import Agency, Opening, Short, compose, spelled
from extractor.document.header_number import DocumentKind, kind_of_code, parse_number
from extractor.document.header_place import with_place
from extractor.document.header_subject import plan_year, subject_text
from extractor.lexicon.loader import Phrase, load
from extractor.model import Block, Cell, Place
from extractor.text import clean

CASES = yaml.safe_load((Path(__file__).parents[1] / "corpus/cases/headers.yaml").read_text(encoding="utf-8"))
FIELDS = ("number", "kind", "issuer", "date", "subject", "urgency")


def blocks_of(text: str) -> list[Block]:
    """Blocks of a case: a block a line; "||" separates the cells of a row, "⏎" the lines of a block."""
    found: list[Block] = []
    table, row, inside = -1, 0, False
    for paragraph, line in enumerate(text.split("\n")):
        cells = [cell.strip() for cell in f"{line} ".split("||")]
        table, row = (table, row + 1) if inside and len(cells) > 1 else (table + (len(cells) > 1), 0)
        inside = len(cells) > 1
        for column, cell in enumerate(cells):
            cleaned = clean(cell.strip('"').replace("⏎", "\n"))
            place = Place(1, paragraph, Cell(table, row, column) if inside else None)
            if cleaned.text:
                found.append(Block(len(found), cleaned.text, place, raw=cleaned.raw, origins=cleaned.origins))
    return found


def prove(reading: HeaderReading, blocks: list[Block]) -> None:
    """Every quote stands where its span says."""
    for item in reading.header.evidence:
        assert blocks[item.span.block].text[item.span.start : item.span.end] == item.quote
        assert item.quote


@pytest.mark.parametrize("case", CASES["positive"], ids=lambda case: case["name"])
def test_letterhead(case: dict) -> None:
    blocks = blocks_of(case["text"])
    reading = find(blocks)
    want = case["want"]
    got = {name: getattr(reading.header, name) for name in FIELDS}
    assert got == {name: want.get(name) for name in FIELDS}
    assert reading.plan_year == want.get("plan_year")
    assert [blocks[s.block].text[s.start : s.end] for s in reading.addressees] == want.get("addressees", [])
    assert set(want.get("reasons", [])) <= set(reading.header.reasons)
    prove(reading, blocks)
    proved = {item.field for item in reading.header.evidence}
    assert proved == {name for name in FIELDS if got[name] is not None}


@pytest.mark.parametrize("case", CASES["negative"], ids=lambda case: case["name"])
def test_no_letterhead(case: dict) -> None:
    reading = find(blocks_of(case["text"]))
    assert {name: getattr(reading.header, name) for name in FIELDS} == dict.fromkeys(FIELDS)
    assert reading.consumed == frozenset()
    assert set(reading.header.reasons) >= {"no_letterhead", "number_absent", "issuer_absent", "subject_absent"}


DECISION = """\
ỦY BAN NHÂN DÂN⏎TỈNH ĐỒNG THÁP || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM⏎Độc lập - Tự do - Hạnh phúc
Số: 900/QĐ-UBND || Đồng Tháp, ngày 04 tháng 5 năm 2026
QUYẾT ĐỊNH
Ban hành Kế hoạch nuôi cá tra sạch
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Thủy sản;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch nuôi cá tra sạch./.
Nơi nhận:⏎- Như Điều 3;⏎- Lưu: VT. || KT. CHỦ TỊCH⏎PHÓ CHỦ TỊCH
KẾ HOẠCH
NUÔI CÁ TRA SẠCH
(Kèm theo Quyết định số 900/QĐ-UBND ngày 04/5/2026 của Chủ tịch UBND tỉnh Đồng Tháp)
I. MỤC TIÊU
Phụ lục I
DANH MỤC NHIỆM VỤ
TT || Nhiệm vụ || Đơn vị
1 || Lập bản đồ vùng nuôi || Chi cục Thủy sản
2 || Cấp mã số ao || Chi cục Thủy sản"""


def at_line(blocks: list[Block], index: int) -> int:
    """The line of the case's text that block *index* comes from."""
    return blocks[index].place.paragraph


def test_letterhead_is_consumed_and_the_body_is_not() -> None:
    blocks = blocks_of(DECISION)
    reading = find(blocks)
    assert {at_line(blocks, i) for i in reading.consumed} == {0, 1, 2, 3, 4}


def test_closing_runs_to_the_issued_plan_and_appendices_begin_at_their_titles() -> None:
    blocks = blocks_of(DECISION)
    reading = find(blocks)
    assert reading.closing is not None
    assert at_line(blocks, reading.closing) == 8
    assert {at_line(blocks, i) for i in reading.closing_blocks} == {8}
    assert [at_line(blocks, i) for i in reading.annex_starts] == [9, 13]


@pytest.mark.parametrize(
    ("last", "closing", "annexes"),
    [
        ("Sở Y tế chịu trách nhiệm nhiệm vụ tại\nPhụ lục kèm theo Kế hoạch này.", None, []),
        ("Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nPHỤ LỤC II: LỘ TRÌNH\nQuý I làm thí điểm.", 4, [7]),
        ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nNơi nhận:\n- Như trên.", 4, []),
        ("Nơi nhận:\n- Lưu: VT.\nBẢNG PHÂN CÔNG NHIỆM VỤ\n1. Rà soát.", 4, [6]),
        ("Nơi nhận:\n- Lưu: VT.\nTT || Việc || Đơn vị\n1 || Đo đạc || Xã A\n2 || Cắm mốc || Xã B", 4, [6]),
        ("Đơn vị gửi báo cáo theo mẫu.\n(Kèm theo: đề cương báo cáo)\nNơi nhận:\n- Như trên.", 6, []),
        ("Xã thực hiện theo hướng dẫn\n(Kèm theo Công văn số 12/SXD-QH ngày 01/02/2026 của Sở Xây dựng)", None, []),
    ],
)
def test_ending(last: str, closing: int | None, annexes: list[int]) -> None:
    text = f"UBND TỈNH SƠN LA\nSố: 5/KH-UBND\nKẾ HOẠCH\nLàm đường xã\n{last}"
    blocks = blocks_of(text)
    reading = find(blocks)
    assert (None if reading.closing is None else at_line(blocks, reading.closing)) == closing
    assert [at_line(blocks, i) for i in reading.annex_starts] == annexes


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("Số: 258/KH-UBND", "258/KH-UBND", "KH-UBND"),
        ("Số:1 2 5 /KH - UBND", "125/KH-UBND", "KH-UBND"),
        ("Số 57-NQ/TW", "57-NQ/TW", "NQ/TW"),
        ("Số: 09/2009/CT-UBND", "09/2009/CT-UBND", "CT-UBND"),
        ("Số: 3260-KH/ĐĐQH15", "3260-KH/ĐĐQH15", "KH/ĐĐQH15"),
        ("Sô: O4/CT-UBND", "04/CT-UBND", "CT-UBND"),
        ("Số:       /KH-STTTT", None, "KH-STTTT"),
        ("Số: ÓŸ /CT-UBND", None, "CT-UBND"),
        ("Số: ……/BC-UBND", None, "BC-UBND"),
        ("4516/UBND-KSTTHC", "4516/UBND-KSTTHC", "UBND-KSTTHC"),
    ],
)
def test_parse_number(text: str, number: str | None, code: str) -> None:
    assert parse_number(text) == (number, code)


@pytest.mark.parametrize("text", ["Số: 0203 3834 567", "Số lượng: 12", "Số nhà 5, đường Lê Lợi", "Số hộ nghèo/năm"])
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("code", "kind", "issuer"),
    [
        ("KH-UBND", "Kế hoạch", "UBND"),
        ("UBND-KSTTHC", "Công văn", "UBND"),
        ("NQ/TW", "Nghị quyết", "TW"),
        ("TTr-SNV", "Tờ trình", "SNV"),
        ("CV/TU", "Công văn", "TU"),
        ("CĐ-TTg", "Công điện", "TTg"),
    ],
)
def test_kind_of_code(code: str, kind: str, issuer: str) -> None:
    assert kind_of_code(code) == (kind, issuer)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["UBND TỈNH SƠN LA", "SỞ VĂN HÓA, THỂ THAO", "VÀ DU LỊCH"], "Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn La"),
        (["UỶ BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"], "Ủy ban nhân dân tỉnh Đắk Lắk"),
        (["BỘ TÀI CHÍNH", "KHO BẠC NHÀ NƯỚC"], "Kho bạc Nhà nước"),
        (["BỘ XÂY DỰNG", "VĂN PHÒNG"], "Văn phòng Bộ Xây dựng"),
        (["SỞ Y TẾ LÀO CAI", "TRUNG TÂM KIỂM SOÁT BỆNH TẬT"], "Trung tâm Kiểm soát bệnh tật tỉnh Lào Cai"),
        (["UBND XÃ NẬM PUNG"], "Ủy ban nhân dân xã Nậm Pung"),
        (["BẢO HIỂM XÃ HỘI TỈNH HÀ NAM"], "Bảo hiểm xã hội tỉnh Hà Nam"),
        (
            ["UBND TỈNH SƠN LA", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ", "HỘI"],
            "Sở Lao động - Thương binh và Xã hội tỉnh Sơn La",
        ),
        (["Thứ Hai", "Ngày nghỉ"], None),
    ],
)
def test_compose(lines: list[str], name: str | None) -> None:
    assert compose(lines) == name


@pytest.mark.parametrize(
    ("subject", "year"),
    [
        ("Phòng, chống bão năm 2026", 2026),
        ("CẢI CÁCH HÀNH CHÍNH NĂM 2026", 2026),
        ("Năm An toàn đường thủy 2026", 2026),
        ("Công tác quý III/2026", 2026),
        ("Cao điểm tháng 9 năm 2026", 2026),
        ("Phát triển làng nghề giai đoạn 2026 - 2030", None),
        ("Phủ sóng di động đến năm 2030", None),
        ("Năm học 2026-2027", None),
        ("Thi hành Luật Đất đai năm 2024", None),
        ("Thi hành Luật Đất đai năm 2024 trong năm 2026", 2026),
        ("Tổng kết năm 2025, kế hoạch năm 2026", None),
        ("Sắp xếp thôn, bản", None),
        (None, None),
    ],
)
def test_plan_year(subject: str | None, year: int | None) -> None:
    assert plan_year(subject) == year


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        (["V/v báo cáo số liệu", "trường học./."], "báo cáo số liệu trường học"),
        (["(V/v thu gom rác)"], "thu gom rác"),
        (["Về việc: sửa cầu [1]"], "sửa cầu"),
        (["“Làng sạch, nhà đẹp”"], "Làng sạch, nhà đẹp"),
        (["Phong trào “Làng sạch”"], "Phong trào “Làng sạch”"),
        (["Xã hội hóa giáo dục (đợt 2)"], "Xã hội hóa giáo dục (đợt 2)"),
        (["HÀNH ĐỘNG", "vì trẻ em"], "vì trẻ em"),
        (["V/v"], "V/v"),
        ([], None),
    ],
)
def test_subject_text(words: list[str], subject: str | None) -> None:
    assert subject_text(words) == subject


@pytest.mark.parametrize(
    ("issuer", "place", "name"),
    [
        ("Ủy ban nhân dân tỉnh", "tỉnh Sơn La", "Ủy ban nhân dân tỉnh Sơn La"),
        ("Sở Y tế Hà Nội", None, "Sở Y tế thành phố Hà Nội"),
        ("Sở Y tế", "thành phố Huế", "Sở Y tế thành phố Huế"),
        ("Ủy ban nhân dân huyện Mộc Châu", "tỉnh Sơn La", "Ủy ban nhân dân huyện Mộc Châu"),
        ("Ủy ban nhân dân xã", "tỉnh Sơn La", "Ủy ban nhân dân xã"),
        ("Bộ Y tế", "thành phố Hà Nội", "Bộ Y tế"),
        ("Tỉnh ủy Sơn La", None, "Tỉnh ủy Sơn La"),
        ("Sở Nội vụ", None, "Sở Nội vụ"),
        ("Ủy ban nhân dân tính Sơn La", None, "Ủy ban nhân dân tỉnh Sơn La"),
    ],
)
def test_with_place(issuer: str, place: str | None, name: str) -> None:
    assert with_place(issuer, place) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UBND TP.ĐÀ NẴNG", "Ủy ban nhân dân thành phố Đà Nẵng"),
        ("UBND TP. HỒ CHÍ MINH", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
        ("SỞ TT&TT TP HẢI PHÒNG", "Sở Thông tin và Truyền thông thành phố Hải Phòng"),
        ("UBND TỈNH BÀ RỊA – VŨNG TÀU", "Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu"),
        ("ỦY BAN NHÂN DẦN TỈNH QUẢNG NGÃl", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
        ("SỜ GIÁO DỤC VA ĐÀO TẠO", "Sờ Giáo dục và Đào tạo"),
        ("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "Trung tâm Phục vụ hành chính công"),
    ],
)
def test_spelled(text: str, name: str) -> None:
    assert spelled(text) == name


def test_spelled_leaves_small_letters_alone() -> None:
    assert spelled("Ban Quản lý Khu du lịch hồ Ba Bể") == "Ban Quản lý Khu du lịch hồ Ba Bể"


def test_issue_year_is_known_where_the_day_is_blank() -> None:
    reading = find(blocks_of("UBND TỈNH SƠN LA\nSố: /KH-UBND\nSơn La, ngày   tháng 4 năm 2026\nKẾ HOẠCH\nLàm cầu"))
    assert (reading.header.date, reading.issue_year) == (None, 2026)


@pytest.mark.parametrize(
    ("section", "record"), [("kinds", DocumentKind), ("agencies", Agency), ("openings", Opening), ("shorts", Short)]
)
def test_lists_name_nothing_twice(section: str, record: type) -> None:
    entries = load("kinds", section, record)
    keys = [entry.code or entry.name if record in (DocumentKind, Agency) else vars_of(entry) for entry in entries]
    assert len(keys) == len(set(keys))


def vars_of(entry: object) -> str:
    """The words of an entry of a plain list."""
    return str(getattr(entry, "text", None) or getattr(entry, "short", None))


def test_names_are_named_once() -> None:
    names = [entry.text.lower() for entry in load("kinds", "names", Phrase)]
    assert len(names) == len(set(names))


PIECES = st.sampled_from(
    [
        "UBND TỈNH SƠN LA",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-UBND",
        "Số: /SYT-NV",
        "Sơn La, ngày 31 tháng 02 năm 2026",
        "ngày tháng năm",
        "KẾ HOẠCH",
        "V/v làm đường",
        "Kính gửi:",
        "- Sở Xây dựng;",
        "Nơi nhận:",
        "PHỤ LỤC",
        "(Kèm theo Kế hoạch số 12/KH-UBND)",
        "Căn cứ Luật Đường bộ;",
        "HỎA TỐC",
        "|",
        "-----",
        "UBND tỉnh vừa ban hành Kế hoạch về nước sạch",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25))
def test_any_blocks_give_a_header_with_true_quotes(pieces: list[str]) -> None:
    blocks = blocks_of("\n".join(piece.replace("\n", " ") for piece in pieces))
    reading = find(blocks)
    prove(reading, blocks)
    known = range(len(blocks))
    assert all(index in known for index in {*reading.consumed, *reading.closing_blocks, *reading.annex_starts})
    assert not reading.closing_blocks & set(reading.annex_starts)
    assert reading.header.date is None or isinstance(reading.header.date, date)
    for name in ("number", "kind", "issuer", "subject"):
        value = getattr(reading.header, name)
        assert value is None or (value == value.strip() and "\n" not in value and value)


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1, 9999), st.sampled_from(["KH", "QĐ", "CT", "TB", "TTr"]))
def test_letterhead_round_trip(day: int, month: int, number: int, code: str) -> None:
    text = (
        f"UBND TỈNH SƠN LA\nSố: {number:02d}/{code}-UBND\nSơn La, ngày {day:02d} tháng {month} năm 2026\n"
        f"{kind_of_code(code)[0].upper()}\nNâng cấp đường liên xã"
    )
    header = find(blocks_of(text)).header
    assert header.number == f"{number:02d}/{code}-UBND"
    assert header.kind == kind_of_code(code)[0]
    try:
        assert header.date == date(2026, month, day)
    except ValueError:
        assert header.date is None
        assert "date_unreadable" in header.reasons
