"""`extract` and `ingest` as a clerk calls them: good files, bad files, the same file again."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document as WordFile

from extractor.pipeline import extract

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PLAN = """ỦY BAN NHÂN DÂN
TỈNH ĐỒNG NAI
Số: 215/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đồng Nai, ngày 05 tháng 9 năm 2026

KẾ HOẠCH
Số hóa hồ sơ lưu trữ năm 2026

II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Lập danh mục hồ sơ cần số hóa, hoàn thành trước ngày 30/11/2026.
- Tổng hợp, báo cáo Ủy ban nhân dân tỉnh định kỳ trước ngày 20 hằng tháng.
2. Sở Tài chính
- Thẩm định dự toán kinh phí số hóa trước ngày 15/10/2026.
Nơi nhận:
- Như trên;
- Lưu: VT.
"""
LETTER = """SỞ Y TẾ TỈNH ĐỒNG NAI
Số: 88/SYT-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đồng Nai, ngày 10 tháng 9 năm 2026
V/v cảm ơn đoàn công tác

Kính gửi: Bệnh viện đa khoa Thống Nhất

Sở Y tế trân trọng cảm ơn quý bệnh viện đã đón tiếp đoàn công tác trong thời gian qua.
Nơi nhận:
- Như trên;
- Lưu: VT.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder "công văn đến" with a plan in .docx."""
    folder = tmp_path / "công văn đến"
    folder.mkdir()
    word = WordFile()
    for line in PLAN.splitlines():
        word.add_paragraph(line)
    word.save(str(folder / "kế hoạch 215.docx"))
    return folder


@pytest.fixture
def bad(tmp_path: Path) -> dict[str, Path]:
    """Files that cannot be read, by their name."""
    folder = tmp_path / "hỏng"
    folder.mkdir()
    secret = PLAN.replace("Số: 215/KH-UBND", "Số: 7/KH-UBND\nTỐI MẬT").replace(
        "Số hóa hồ sơ", "Di dời kho hồ sơ Lộc Ninh"
    )
    contents = {
        "rỗng.docx": b"",
        "rỗng.pdf": b"",
        "không phải zip.docx": "chỉ là chữ".encode(),
        "cụt.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
        "tối mật.txt": secret.encode(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}


def test_a_plan_is_taken_in_and_its_tasks_are_due(desk: Path, run: Callable[..., Any]) -> None:
    found = run("ingest", desk)
    assert (found.code, found.err) == (0, "")
    assert "215/KH-UBND" in found.out
    assert "Đã nạp 1 văn bản, 3 việc." in found.out
    assert "đã quá hạn khi nạp" in found.out
    assert "nhacviec review" in found.out
    shown = run("due", "--json").json
    assert [(row["lead"], row["current_due"]) for row in shown] == [
        ([{"name": "Sở Nội vụ"}], "2026-11-20"),
        ([{"name": "Sở Nội vụ"}], "2026-11-30"),
    ]
    assert run("overdue", "--json").json[0]["title"].startswith("Thẩm định dự toán")


def test_the_same_again_changes_nothing(desk: Path, run: Callable[..., Any]) -> None:
    first = run("ingest", desk, "--json").json
    before = run("tasks", "--json").out
    again = run("ingest", desk, "--json")
    assert (again.code, [row["outcome"] for row in again.json]) == (0, ["unchanged"])
    assert run("tasks", "--json").out == before
    assert [row["outcome"] for row in first] == ["stored"]
    assert "Không có gì mới: 1 văn bản đã có từ trước." in run("ingest", desk).out


def test_another_file_with_the_same_number_leaves_the_stored_one(desk: Path, run: Callable[..., Any]) -> None:
    run("ingest", desk)
    before = run("tasks", "--json").out
    other = PLAN.replace("ngày 05 tháng 9 năm 2026", "ngày 01 tháng 9 năm 2026").replace("30/11/2026", "05/12/2026")
    assert other.count("01 tháng 9") == 1
    (desk / "bản cũ.txt").write_text(other, encoding="utf-8")
    found = run("ingest", desk / "bản cũ.txt")
    assert found.code == 0
    assert "bản cũ.txt: đã có văn bản cùng số 215/KH-UBND (từ tệp" in found.out
    assert run("tasks", "--json").out == before


def test_a_letter_without_tasks_is_stored_and_said_so(desk: Path, run: Callable[..., Any]) -> None:
    (desk / "thư cảm ơn.txt").write_text(LETTER, encoding="utf-8")
    found = run("ingest", desk / "thư cảm ơn.txt")
    assert found.code == 0
    assert "thư cảm ơn.txt: không thấy nhiệm vụ nào" in found.out
    assert [row["number"] for row in run("docs", "--json").json] == ["88/SYT-VP"]


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_bad_files_are_named_each_with_the_way_out_and_the_others_are_done(
    command: str, desk: Path, bad: dict[str, Path], run: Callable[..., Any]
) -> None:
    found = run(command, bad["rỗng.docx"].parent, desk, "không có.docx", "--json")
    assert found.code == 1
    lines = found.err.splitlines()
    assert len(lines) == len(bad) + 1
    for path in (*bad.values(), Path("không có.docx")):
        line = next(line for line in lines if line.startswith(f"{path}: "))
        assert "; " in line
        assert not any(word in line for word in ("Traceback", "Error", "lỗi của chương trình"))
    assert len(found.json) == 1
    if command == "ingest":
        assert [row["number"] for row in run("docs", "--json").json] == ["215/KH-UBND"]


def test_nothing_of_a_secret_document_is_left(bad: dict[str, Path], book_path: Path, run: Callable[..., Any]) -> None:
    found = run("ingest", bad["tối mật.txt"])
    assert found.code == 1
    assert "mật" in found.err
    assert "Lộc Ninh" not in found.out + found.err
    for file in book_path.parent.iterdir():
        data = file.read_bytes()
        assert b"L\xe1\xbb\x99c Ninh" not in data
        assert "tối mật.txt".encode() not in data


def test_a_folder_with_a_mix(desk: Path, run: Callable[..., Any]) -> None:
    (desk / "con").mkdir()
    (desk / "con" / "thư.txt").write_text(LETTER, encoding="utf-8")
    for name in ("ảnh.heic", "~$kế hoạch 215.docx", ".ẩn.docx", "Thumbs.db"):
        (desk / name).write_bytes(b"x")
    (desk / ".git").mkdir()
    (desk / ".git" / "x.txt").write_text("x", encoding="utf-8")
    found = run("ingest", desk)
    assert found.code == 1
    assert found.err.splitlines() == [found.err.strip()]
    assert found.err.startswith(f"{desk / 'ảnh.heic'}: không hỗ trợ loại tệp “.heic”; ")
    assert len(run("docs", "--json").json) == 2


def test_an_empty_folder_says_what_can_be_read(tmp_path: Path, run: Callable[..., Any]) -> None:
    (tmp_path / "trống").mkdir()
    found = run("ingest", tmp_path / "trống")
    assert found.code == 1
    assert ".docx" in found.err


def test_patterns_are_expanded_where_the_shell_does_not(desk: Path, run: Callable[..., Any]) -> None:
    assert len(run("ingest", desk / "*.docx", "--json").json) == 1
    assert run("ingest", desk / "*.xyz").code == 1


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are not POSIX modes")
def test_a_file_without_the_right_to_read_it(open_folder: Path, run: Callable[..., Any]) -> None:
    closed, readable = open_folder / "riêng.txt", open_folder / "thư.txt"
    for file in (closed, readable):
        file.write_text(LETTER, encoding="utf-8")
    run("extract", readable)  # everything is loaded before the rights go
    extract(readable)  # here too: without rights no other process starts
    closed.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        found = run("extract", closed, readable)
    finally:
        if root:
            os.seteuid(0)
    assert found.code == 1
    assert found.err.startswith(f"{closed}: ")
    assert "quyền" in found.err
    assert len(found.json) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_file_name_that_is_no_text(tmp_path: Path, run: Callable[..., Any]) -> None:
    folder = tmp_path / "cũ"
    folder.mkdir()
    for name, content in ((b"k\xea hoach.txt", PLAN), (b"h\xe1ng\x1b[31m.txt", "")):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(content, encoding="utf-8")  # noqa: PTH118
    found = run("ingest", folder)
    assert found.code == 1
    assert found.err.count("\n") == 1
    assert "\x1b" not in found.err
    assert "Đã nạp 1 văn bản, 3 việc." in found.out
    assert run("extract", folder, "--json").json[0]["header"]["number"] == "215/KH-UBND"
    assert run("extract", folder, "--out", tmp_path / "ra").code == 1
    assert len(list((tmp_path / "ra").glob("*.json"))) == 1
    assert run("docs", "--json").json[0]["path"].endswith("k\\udcea hoach.txt")


def test_extract_prints_one_extraction_and_stores_nothing(desk: Path, run: Callable[..., Any]) -> None:
    found = run("extract", desk / "kế hoạch 215.docx")
    assert (found.code, found.err) == (0, "")
    assert (found.json["doc_id"], found.json["header"]["number"]) == ("kế hoạch 215", "215/KH-UBND")
    assert len(found.json["tasks"]) == 3
    assert run("docs", "--json").json == []
    assert isinstance(run("extract", desk).json, list)


def test_extract_writes_a_file_for_each(desk: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    (desk / "con").mkdir()
    (desk / "con" / "kế hoạch 215.txt").write_text(PLAN, encoding="utf-8")
    (desk / "con" / "thư.txt").write_text(LETTER, encoding="utf-8")
    out = tmp_path / "kết quả" / "json"
    found = run("extract", desk, "--out", out)
    assert (found.code, found.out) == (0, "")
    assert sorted(file.name for file in out.iterdir()) == ["kế hoạch 215-txt.json", "kế hoạch 215.json", "thư.json"]
    assert json.loads((out / "thư.json").read_text(encoding="utf-8"))["doc_id"] == "thư"


def test_extract_into_a_place_that_cannot_be_written(desk: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    (tmp_path / "tệp").write_text("x", encoding="utf-8")
    found = run("extract", desk, "--out", tmp_path / "tệp")
    assert found.code == 1
    assert "không ghi được" in found.err


def test_a_result_that_cannot_be_written_stops_no_other(desk: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    for name in ("a.txt", "thư.txt"):
        (desk / name).write_text(LETTER, encoding="utf-8")
    (tmp_path / "ra" / "a.json").mkdir(parents=True)  # a folder stands where the result belongs
    found = run("extract", desk, "--out", tmp_path / "ra")
    assert found.code == 1
    assert found.err.splitlines()[0].startswith(f"{desk / 'a.txt'}: ")
    assert "không ghi được" in found.err
    assert sorted(file.name for file in (tmp_path / "ra").iterdir()) == ["a.json", "kế hoạch 215.json", "thư.json"]


def test_a_document_that_the_database_does_not_take_stops_no_other(desk: Path, run: Callable[..., Any]) -> None:
    from sqlalchemy import create_engine

    run("docs")
    with create_engine(f"sqlite:///{os.environ['NHACVIEC_DB']}").begin() as book:
        refuse = "SELECT RAISE(ABORT, 'no such plan')"
        book.exec_driver_sql(
            f"CREATE TRIGGER refuse BEFORE INSERT ON document WHEN NEW.number = '215/KH-UBND' BEGIN {refuse}; END"
        )
    (desk / "thư.txt").write_text(LETTER, encoding="utf-8")
    found = run("ingest", desk, "--json")
    assert found.code == 1
    assert found.err.startswith(f"{desk / 'kế hoạch 215.docx'}: cơ sở dữ liệu không nhận văn bản này (no such plan); ")
    assert [row["number"] for row in found.json] == ["88/SYT-VP"]


def test_trouble_with_the_database_comes_before_the_reading(
    desk: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    (tmp_path / "hỏng.db").write_bytes(b"khong phai co so du lieu" * 50)
    found = run("ingest", desk, "--db", tmp_path / "hỏng.db")
    assert found.code == 3
    assert found.err.count("\n") == 1
    assert "hỏng hoặc không phải cơ sở dữ liệu" in found.err


def test_the_original_is_kept_and_opened(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "đến" / "kế hoạch.txt"
    file.parent.mkdir()
    file.write_text(PLAN, encoding="utf-8")
    assert run("ingest", file).code == 0
    file.unlink()
    (copy,) = (tmp_path / "sổ việc" / "bản gốc").glob("*/*.txt")
    assert copy.read_text(encoding="utf-8") == PLAN
    opened: list[str] = []
    monkeypatch.setattr("typer.launch", opened.append)
    assert run("show", "1", "--open").code == 0
    assert opened == [str(copy)]
    assert run("show", "1", "--json").json["original"] == str(copy)
    copy.unlink()
    assert "không còn bản gốc" in run("show", "1", "--open").err


def test_no_copy_where_none_is_wanted(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_INTAKE_ORIGINALS", "none")
    file = tmp_path / "kế hoạch.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert run("ingest", file).code == 0
    assert not (tmp_path / "sổ việc" / "bản gốc").exists()
    assert run("show", "1", "--json").json["original"] == str(file)
