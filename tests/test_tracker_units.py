"""Units: many spellings, one unit; the registry and spreadsheets of it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from drafting import NOW, draft, extraction, unit
from sqlmodel import select

from tracker import unit_sheets
from tracker.database import reading, writing
from tracker.errors import RefusedError
from tracker.model import History, TaskUnit, Unit
from tracker.unit_names import Registry, plain, spellings
from tracker.units import UnitRow, addresses, link, list_units, set_unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine


def register(book: Engine, *rows: UnitRow) -> dict[str, int]:
    with writing(book) as session:
        found = {row.name: set_unit(session, row, "lan", NOW).unit_id for row in rows}
        link(session)
    return found


@pytest.mark.parametrize(
    "names",
    [
        ("Ủy ban nhân dân tỉnh", "UBND tỉnh", "uỷ ban nhân dân tỉnh", "ubnd tinh"),
        ("Sở Khoa học và Công nghệ", "Sở Khoa học & Công nghệ", "Sở Khoa học - Công nghệ", "so khoa hoc va cong nghe"),
        ("Sở TT&TT", "Sở TTTT", "so tttt"),
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở Văn hoá Thể thao Du lịch"),
        ("Sở LĐ-TB&XH", "Sở LĐTBXH"),
    ],
)
def test_spellings_of_one_name_are_plain_alike(names: tuple[str, ...]) -> None:
    assert len({plain(name) for name in names}) == 1


def test_initials_and_names_without_their_place() -> None:
    assert "so tttt" in spellings("Sở Thông tin và Truyền thông")
    assert "so noi vu" in spellings("Sở Nội vụ tỉnh Đồng Nai")
    assert "ubnd tinh" in spellings("Ủy ban nhân dân tỉnh Đồng Nai")
    assert "ubnd" not in spellings("UBND thành phố Biên Hòa")
    assert "so tp" not in spellings("Văn phòng UBND tỉnh")


REGISTERED = (
    UnitRow("Sở Thông tin và Truyền thông", ("tttt@example.vn",)),
    UnitRow("Sở Y tế tỉnh Đồng Nai", ("yte@example.vn",)),
    UnitRow("Ủy ban nhân dân xã Tân An", ("tanan@example.vn",)),
    UnitRow("Văn phòng UBND tỉnh", ("vp@example.vn",), ("VPUB",)),
    UnitRow("Sở Tài chính", ("stc@example.vn",)),
    UnitRow("Sở Tư pháp", ("stp@example.vn",)),
    UnitRow("Sở Thương phẩm", ("thp@example.vn",)),
    UnitRow("Phòng Nội vụ huyện A", ()),
    UnitRow("Phòng Nội vụ huyện B", ()),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Sở Thông tin và Truyền thông", "Sở Thông tin và Truyền thông"),
        ("Sở TTTT", "Sở Thông tin và Truyền thông"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("Sở Y tế", "Sở Y tế tỉnh Đồng Nai"),
        ("VPUB", "Văn phòng UBND tỉnh"),
        ("Giám đốc Sở Y tế", "Sở Y tế tỉnh Đồng Nai"),
        ("Chủ tịch UBND xã Tân An", "Ủy ban nhân dân xã Tân An"),
        ("Chánh Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
        ("Sở TP", None),  # Tư pháp or Thương phẩm
        ("Phòng Nội vụ", None),
        ("Sở Công Thương", None),
        ("UBND xã", None),
        ("các sở, ban, ngành", None),
    ],
)
def test_a_mention_means_one_unit_or_none(book: Engine, written: str, meant: str | None) -> None:
    known = register(book, *REGISTERED)
    with reading(book) as session:
        found = Registry.read(session).resolve(written, written)
    assert found == (known[meant] if meant else None)


HANOI, DONG_NAI = "Ủy ban nhân dân thành phố Hà Nội", "Ủy ban nhân dân tỉnh Đồng Nai"


@pytest.mark.parametrize(
    ("registered", "written", "issuer", "home", "same"),
    [
        # two named places
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế thành phố Hà Nội", None, None, False),
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế Hà Nội", None, None, False),
        ("Sở Y tế tỉnh Đồng Nai", "Giám đốc Sở Y tế Hà Nội", None, None, False),
        ("Sở Y tế tỉnh Đồng Nai", "so y te ha noi", None, None, False),
        ("Sở Y tế tỉnh Đồng Nai", "Sở YT TP. HCM", None, None, False),
        ("Công an tỉnh Đồng Nai", "Công an tỉnh Lâm Đồng", None, None, False),
        ("Công an tỉnh Đồng Nai", "Giám đốc Công an tỉnh Lâm Đồng", DONG_NAI, None, False),
        ("UBND tỉnh Đồng Nai", "UBND thành phố Hà Nội", None, None, False),
        ("UBND tỉnh Đồng Nai", "Chủ tịch UBND tỉnh Lâm Đồng", None, None, False),
        ("UBND thành phố Bắc Ninh", "UBND tỉnh Bắc Ninh", None, None, False),
        ("Phòng Y tế thành phố Biên Hòa", "Phòng Y tế thành phố Long Khánh", None, None, False),
        ("Ban Chỉ huy PCTT tỉnh Đồng Nai", "Ban Chỉ huy PCTT thành phố Biên Hòa", None, None, False),
        ("Sở Y tế thành phố Hải Phòng", "Sở Y tế tỉnh Hải Dương", None, None, False),  # merged: a clerk's word
        # one place under two names
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế Đồng Nai", None, None, True),
        ("Sở Y tế Thành phố Hồ Chí Minh", "Sở Y tế TP.HCM", None, None, True),
        ("Sở Y tế TPHCM", "Sở Y tế TP Hồ Chí Minh", None, None, True),
        ("Sở Y tế tỉnh Bà Rịa - Vũng Tàu", "Sở Y tế tỉnh Bà Rịa-Vũng Tàu", None, None, True),
        ("Sở Y tế tỉnh Đắk Lắk", "Sở Y tế tỉnh Đắc Lắc", None, None, True),
        ("Sở Y tế thành phố Huế", "Sở Y tế tỉnh Thừa Thiên Huế", None, None, True),  # renamed whole
        ("Công an TP Hà Nội", "Công an thành phố Hà Nội", None, None, True),
        # the mention names no place: the document's
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế", None, None, True),
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế tỉnh", None, None, True),
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế", DONG_NAI, None, True),
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế", "Bộ Y tế", None, True),
        ("Sở Y tế tỉnh Đồng Nai", "Sở Y tế", HANOI, None, False),
        ("Công an tỉnh Đồng Nai", "Công an tỉnh", DONG_NAI, None, True),
        ("Công an thành phố Hà Nội", "Công an thành phố", HANOI, None, True),
        ("Công an thành phố Hà Nội", "Công an thành phố", DONG_NAI, None, False),
        ("UBND tỉnh Đồng Nai", "UBND tỉnh", DONG_NAI, None, True),
        ("UBND tỉnh Đồng Nai", "UBND tỉnh", HANOI, None, False),
        ("Cục Thuế tỉnh Đồng Nai", "Cục Thuế", "Bộ Tài chính", None, False),  # the country's
        ("Cục Thuế tỉnh Đồng Nai", "Cục Thuế", DONG_NAI, None, True),
        ("Phòng Y tế thành phố Biên Hòa", "Phòng Y tế", "UBND thành phố Biên Hòa", "Đồng Nai", True),
        ("Phòng Y tế thành phố Biên Hòa", "Phòng Y tế", "UBND thành phố Long Khánh", "Đồng Nai", False),
        # the registered unit names none: the office's, else the document's
        ("Sở Y tế", "Sở Y tế tỉnh Đồng Nai", None, None, True),
        ("Sở Y tế", "Sở Y tế tỉnh Đồng Nai", DONG_NAI, None, True),
        ("Sở Y tế", "Sở Y tế tỉnh Đồng Nai", "Bộ Y tế", "tỉnh Đồng Nai", True),
        ("Sở Y tế", "Sở Y tế tỉnh Đồng Nai", None, "Sở Nội vụ tỉnh Đồng Nai", True),
        ("Sở Y tế", "Sở Y tế thành phố Hà Nội", DONG_NAI, None, False),
        ("Sở Y tế", "Sở Y tế thành phố Hà Nội", "Bộ Y tế", "Đồng Nai", False),
        ("Sở Y tế", "Sở Y tế tỉnh Đồng Nai", "UBND thành phố Biên Hòa", None, True),
        ("Ban Chỉ huy PCTT", "Ban Chỉ huy PCTT thành phố Biên Hòa", None, "Đồng Nai", False),
        # neither does
        ("Sở Y tế", "Sở Y tế", DONG_NAI, "Đồng Nai", True),
        ("Sở Y tế", "Sở Y tế", "Bộ Y tế", "Đồng Nai", True),
        ("Sở Y tế", "Sở Y tế", HANOI, "Đồng Nai", False),
        ("UBND xã Bình Minh", "UBND xã Bình Minh", HANOI, "Đồng Nai", False),
        ("Bộ Y tế", "Bộ Y tế", HANOI, "Đồng Nai", True),
        ("Phòng Y tế", "Phòng Y tế", "UBND thành phố Biên Hòa", "Đồng Nai", True),
        # below the province nothing but the whole name counts
        ("UBND xã Bình Minh", "UBND phường Bình Minh", DONG_NAI, None, False),
        ("UBND xã Bình Minh", "Chủ tịch UBND xã Bình Minh", DONG_NAI, None, True),
        ("UBND xã Hòa Bình", "UBND tỉnh Hòa Bình", None, None, False),
        ("UBND xã Hòa Bình", "UBND xã Hòa Bình", DONG_NAI, "Đồng Nai", True),
        ("UBND huyện Bình Sơn", "UBND xã Bình Sơn", None, None, False),
        ("Phòng Nội vụ huyện Bình Sơn", "Phòng Nội vụ huyện Bắc Sơn", None, None, False),  # NVHBS both
        # initials meet only what was written with them
        ("Sở Thương phẩm", "Sở Tư pháp", None, None, False),
        ("Ban Dân tộc", "Ban Đô thị", None, None, False),
        ("Ban Dân tộc", "Ban DT", None, None, True),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo", None, None, True),
    ],
)
def test_units_of_two_places_are_two(
    book: Engine, registered: str, written: str, issuer: str | None, home: str | None, same: bool
) -> None:
    known = register(book, UnitRow(registered, ("a@example.vn",)))
    with reading(book) as session:
        found = Registry.read(session, home).within(issuer).resolve(written, written)
    assert found == (known[registered] if same else None)


@pytest.mark.parametrize(
    ("written", "issuer", "meant"),
    [
        ("Sở Y tế", DONG_NAI, "Sở Y tế tỉnh Đồng Nai"),
        ("Sở Y tế", HANOI, "Sở Y tế thành phố Hà Nội"),
        ("Sở Y tế", "Bộ Y tế", None),
        ("Sở Y tế Đồng Nai", HANOI, "Sở Y tế tỉnh Đồng Nai"),
        ("Sở Y tế tỉnh Bình Phước", DONG_NAI, "Sở Y tế tỉnh Đồng Nai"),  # by the short name that a clerk gave
    ],
)
def test_the_document_says_whose_unit_is_meant(book: Engine, written: str, issuer: str, meant: str | None) -> None:
    known = register(
        book,
        UnitRow("Sở Y tế tỉnh Đồng Nai", (), ("Sở Y tế tỉnh Bình Phước",)),
        UnitRow("Sở Y tế thành phố Hà Nội", ()),
    )
    with reading(book) as session:
        found = Registry.read(session).within(issuer).resolve(written, written)
    assert found == (known[meant] if meant else None)


def test_the_words_of_the_document_say_the_place_that_the_full_name_left_out(book: Engine) -> None:
    register(book, UnitRow("Sở Y tế tỉnh Đồng Nai", ()))
    with reading(book) as session:
        assert Registry.read(session).resolve("Sở Y tế", "Sở Y tế thành phố Hà Nội") is None


def test_intake_and_later_registration_go_by_the_document(book: Engine, store: Callable[[Any], Any]) -> None:
    header = {"issuer": HANOI}
    store(extraction(draft("Việc", lead=("Sở Y tế",)), **header))
    known = register(book, UnitRow("Sở Y tế tỉnh Đồng Nai", ("a@example.vn",)))
    store(extraction(draft("Việc nữa", lead=("Sở Y tế",)), number="216/KH-UBND", **header))
    store(extraction(draft("Việc nhà", lead=("Sở Y tế",)), number="217/KH-UBND", issuer=DONG_NAI))
    with reading(book) as session:
        parts = session.exec(select(TaskUnit).order_by("id")).all()
        assert [part.unit_id for part in parts] == [None, None, known["Sở Y tế tỉnh Đồng Nai"]]


def test_the_full_name_goes_before_the_words_of_the_document(book: Engine) -> None:
    known = register(book, *REGISTERED)
    with reading(book) as session:
        assert Registry.read(session).resolve("Sở Tư pháp", "Sở TP") == known["Sở Tư pháp"]


def test_a_key_of_the_lexicon_decides(book: Engine) -> None:
    with writing(book) as session:
        session.add(Unit(key="so_yte", name="Sở Y tế", name_folded="so y te"))
    with reading(book) as session:
        assert Registry.read(session).resolve("tên lạ", "tên lạ", "so_yte") == 1


def test_setting_a_unit_again_replaces_its_addresses_and_records_it(book: Engine) -> None:
    first = register(book, UnitRow("Sở Nội vụ", ("a@example.vn", "b@example.vn")))
    again = register(book, UnitRow("  SỞ  NỘI VỤ ", ("c@example.vn",), ("SNV",)))
    assert list(first.values()) == list(again.values())
    with reading(book) as session:
        assert addresses(session, list(first.values())) == {1: ("c@example.vn",)}
        assert session.exec(select(Unit)).one().short_names == ["SNV"]
        changes = [(one.before, one.after, one.who) for one in session.exec(select(History)).all()]
    assert changes == [
        (None, "a@example.vn, b@example.vn", "lan"),
        ("a@example.vn, b@example.vn", "c@example.vn", "lan"),
    ]


def test_one_mailbox_under_two_spellings_is_one(book: Engine) -> None:
    known = register(book, UnitRow("Sở Nội vụ", ("An@example.vn", "b@example.vn", "an@example.vn")))
    with reading(book) as session:
        assert addresses(session, list(known.values())) == {1: ("An@example.vn", "b@example.vn")}


@pytest.mark.parametrize(
    "email", ["", "a", "a@", "@b.vn", "a b@c.vn", "a@b", "a@b.vn\nBcc: x@y.vn", "<a@b.vn>", "ạ@b.vn"]
)
def test_what_is_no_address(book: Engine, email: str) -> None:
    with pytest.raises(RefusedError, match="không phải địa chỉ thư"):
        register(book, UnitRow("Sở Nội vụ", (email,)))
    with reading(book) as session:
        assert session.exec(select(Unit)).all() == []


def test_a_name_without_letters_is_refused(book: Engine) -> None:
    with pytest.raises(RefusedError, match="không có chữ nào"):
        register(book, UnitRow(" – ", ("a@example.vn",)))


def test_parts_stored_before_the_unit_are_joined_to_it(book: Engine, store: Callable[[Any], Any]) -> None:
    store(extraction(draft("Việc", lead=("Sở Nội vụ",), support=(unit("Sở Nội vụ và các sở", group=True),))))
    known = register(book, UnitRow("Sở Nội vụ", ("a@example.vn",)))
    store(extraction(draft("Việc nữa", lead=("Sở NV",)), number="216/KH-UBND"))
    with reading(book) as session:
        parts = session.exec(select(TaskUnit).order_by("id")).all()
        assert [part.unit_id for part in parts] == [known["Sở Nội vụ"], None, known["Sở Nội vụ"]]
        assert [(one.name, one.emails, one.tasks) for one in list_units(session)] == [
            ("Sở Nội vụ", ("a@example.vn",), 2)
        ]


def sheet(file: Path, lines: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(file)
    book.close()
    return file


LINES: list[list[Any]] = [
    ["DANH BẠ ĐƠN VỊ NĂM 2026", None, None],
    [None, None, None],
    ["TT", "Tên đơn vị", "Thư điện tử", "Viết tắt"],
    [1, "Sở Nội vụ", "a@example.vn; b@example.vn", "SNV"],
    [2, "Sở Y tế", None],
    [None, None, None],
    [3, "UBND xã Tân An", "tanan@example.vn"],
]
UNITS = [
    ("Sở Nội vụ", ("a@example.vn", "b@example.vn"), ("SNV",), 4),
    ("Sở Y tế", None, (), 5),
    ("UBND xã Tân An", ("tanan@example.vn",), (), 7),
]


def test_an_excel_sheet_with_a_title_above(tmp_path: Path) -> None:
    found = unit_sheets.read(sheet(tmp_path / "danh bạ.xlsx", LINES))
    assert [(row.name, row.emails, row.short_names, row.line) for row, _ in found] == UNITS


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_csv_as_excel_writes_it(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [["tên", "email"], ["Sở Nội vụ", "a@example.vn"], ["Sở Y tế", ""]]
    file = tmp_path / "danh bạ.csv"
    file.write_text("\r\n".join(delimiter.join(line) for line in lines), encoding=encoding)
    assert [(row.name, row.emails) for row, _ in unit_sheets.read(file)] == [
        ("Sở Nội vụ", ("a@example.vn",)),
        ("Sở Y tế", None),
    ]


def test_a_quoted_cell_may_hold_several_addresses(tmp_path: Path) -> None:
    file = tmp_path / "danh bạ.csv"
    file.write_text('tên,email\nSở Nội vụ,"a@example.vn, b@example.vn"\n', encoding="utf-8")
    assert unit_sheets.read(file)[0][0].emails == ("a@example.vn", "b@example.vn")


def test_sheets_that_cannot_be_used(tmp_path: Path) -> None:
    cases: dict[str, tuple[bytes | None, str]] = {
        "không có.xlsx": (None, "không đọc được"),
        "hỏng.xlsx": (b"PK\x03\x04 nua chung", "hỏng"),
        "chữ.xlsx": ("không phải Excel".encode(), "hỏng"),
        "rỗng.csv": (b"", "không thấy cột tên và cột email"),
        "thiếu cột.csv": ("tên,số điện thoại\nSở Nội vụ,1".encode(), "không thấy cột"),
        "chỉ tiêu đề.csv": ("tên,email\n".encode(), "không có đơn vị nào"),
        "cũ.csv": ("tên,email\nSở Nội vụ,a@example.vn".encode("cp1258", "replace") + b"\xd2\xff", "UTF-8"),
        "danh bạ.ods": (b"x", "không phải tệp .xlsx hay .csv"),
        "không tên.csv": ("tên,email\nSở Nội vụ,a@example.vn\n,b@example.vn".encode(), "dòng 3: không có tên đơn vị"),
        "sai ngày.csv": ("tên,đến ngày\nSở Nội vụ,31/02/2025".encode(), "dòng 2: “31/02/2025” không phải một ngày"),
        "nháy.csv": (b"ten,email\nSo\x00 Y te," + b"a" * 10_000_001, "hỏng"),
    }
    for name, (data, said) in cases.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
        with pytest.raises(RefusedError, match=said) as caught:
            unit_sheets.read(tmp_path / name)
        assert name in str(caught.value)
    broken = sheet(tmp_path / "bảng hỏng.xlsx", LINES)
    with zipfile.ZipFile(broken) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(broken, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data[: len(data) // 2] if name.endswith("sheet1.xml") else data)
    with pytest.raises(RefusedError, match=r"bảng hỏng.xlsx: tệp Excel hỏng"):
        unit_sheets.read(broken)
    long = tmp_path / "dài.csv"
    long.write_text(f"tên,email,ghi chú\nSở Nội vụ,a@example.vn,{'x' * 200_000}\n", encoding="utf-8")
    assert unit_sheets.read(long)[0][0].name == "Sở Nội vụ"
