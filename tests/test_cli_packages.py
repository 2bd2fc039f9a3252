"""Zip files and mails given to `extract` and `ingest`: each document in them has a result or refusal of its own."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document as WordFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN = """ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI
Số: {number}/KH-UBND
Đồng Nai, ngày 05 tháng 9 năm 2026
KẾ HOẠCH
Số hóa hồ sơ lưu trữ năm 2026
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Lập danh mục hồ sơ cần số hóa, hoàn thành trước ngày 30/11/2026.
"""


def plan(number: int) -> bytes:
    return PLAN.format(number=number).encode()


def word(number: int) -> bytes:
    document, data = WordFile(), io.BytesIO()
    for line in PLAN.format(number=number).splitlines():
        document.add_paragraph(line)
    document.save(data)
    return data.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A zip with two plans, one of them in a folder."""
    path = tmp_path / "đợt 1" / "gói.zip"
    path.parent.mkdir()
    path.write_bytes(zipped({"kế hoạch.docx": word(11), "phụ lục/kế hoạch.txt": plan(12)}))
    return path


def test_each_document_of_a_zip_is_taken_in_once(package: Path, run: Callable[..., Any]) -> None:
    first = run("ingest", package, "--json")
    assert (first.code, first.err) == (0, "")
    assert [(row["path"], row["number"], row["outcome"]) for row in first.json] == [
        (str(package / "kế hoạch.docx"), "11/KH-UBND", "stored"),
        (str(package / "phụ lục" / "kế hoạch.txt"), "12/KH-UBND", "stored"),
    ]
    again = run("ingest", package.parent, "--json")
    assert [row["outcome"] for row in again.json] == ["unchanged", "unchanged"]
    (package.parent / "rời.docx").write_bytes(zipfile.ZipFile(package).read("kế hoạch.docx"))
    assert run("ingest", package.parent / "rời.docx", "--json").json[0]["outcome"] == "unchanged"
    assert len(run("docs", "--json").json) == 2


def test_extract_gives_a_list_and_a_file_for_each(package: Path, tmp_path: Path, run: Callable[..., Any]) -> None:
    found = run("extract", package).json
    assert [one["doc_id"] for one in found] == ["kế hoạch", "kế hoạch"]
    assert [one["source"]["path"] for one in found] == [
        str(package / "kế hoạch.docx"),
        str(package / "phụ lục" / "kế hoạch.txt"),
    ]
    assert run("extract", package, "--out", tmp_path / "ra").code == 0
    assert sorted(file.name for file in (tmp_path / "ra").iterdir()) == ["kế hoạch-txt.json", "kế hoạch.json"]


def test_a_mail_with_its_attachments(tmp_path: Path, run: Callable[..., Any]) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vanthu@so.vn", "phong@so.vn", "Gửi kế hoạch"
    message.set_content("Kính gửi các phòng,\nVăn phòng gửi kèm Kế hoạch để biết.")
    message.add_attachment(word(21), maintype="application", subtype="octet-stream", filename="Kế hoạch 21.docx")
    message.add_attachment(
        zipped({"Kế hoạch 22.txt": plan(22)}), maintype="application", subtype="zip", filename="hồ sơ.zip"
    )
    (tmp_path / "thư.eml").write_bytes(message.as_bytes())
    found = run("ingest", tmp_path / "thư.eml")
    assert (found.code, found.err) == (0, "")
    assert "thư.eml/nội dung thư.txt: không thấy nhiệm vụ nào" in found.out
    assert {row["number"] for row in run("docs", "--json").json} == {None, "21/KH-UBND", "22/KH-UBND"}


def test_what_fails_inside_is_named_and_the_others_are_done(tmp_path: Path, run: Callable[..., Any]) -> None:
    files = {
        "1 rỗng.docx": b"",
        "2 mật.txt": plan(31).replace("KẾ HOẠCH\n".encode(), "TUYỆT MẬT\nKẾ HOẠCH\n".encode()),
        "3 hỏng.pdf": b"%PDF-1.7 cut",
        "4 bom.txt": b"0" * 30_000_000,
        "5 trong/lồng.zip": zipped({"kế hoạch.txt": plan(32)}),
        "6 ảnh.heic": b"x",
        "7 kế hoạch.txt": plan(33),
    }
    package = tmp_path / "gói.zip"
    package.write_bytes(zipped(files))
    found = run("ingest", package, "--json")
    assert found.code == 1
    assert [row["number"] for row in found.json] == ["32/KH-UBND", "33/KH-UBND"]
    lines = found.err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        str(package / name) for name in ("1 rỗng.docx", "2 mật.txt", "3 hỏng.pdf", "4 bom.txt", "6 ảnh.heic")
    ]
    assert "“TUYỆT MẬT”" in lines[1]
    assert "bom nén" in lines[3]
    assert all("; " in line for line in lines)


def test_a_document_that_takes_too_long_costs_its_own_time_only(
    tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "".join(f"{n}. Sở Công Thương chủ trì rà soát chợ số {n} trước ngày 15/9/2027.\n" for n in range(1, 30_000))
    package = tmp_path / "gói.zip"
    package.write_bytes(zipped({"1.txt": plan(41), "2 lớn.txt": slow.encode(), "3.txt": plan(43)}))
    monkeypatch.setenv("NHACVIEC_READING_SECONDS", "5")
    monkeypatch.setenv("NHACVIEC_READING_RATIO", "1000")
    found = run("ingest", package, "--json")
    assert found.code == 1
    assert [row["number"] for row in found.json] == ["41/KH-UBND", "43/KH-UBND"]
    assert found.err.startswith(f"{package / '2 lớn.txt'}: đọc quá 5 giây; ")


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("MEMBERS", "1", "tệp nén có 2 tệp, quá giới hạn 1"),
        ("UNPACKED_SIZE", "1", "tệp nén giải nén ra 4 MB, quá giới hạn 1 MB"),
    ],
)
def test_limits_of_a_package_are_settings(
    setting: str, value: str, words: str, tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "gói.zip"
    package.write_bytes(zipped({"a.txt": b"a" * 2_000_000, "b.txt": b"b" * 2_000_000}))
    monkeypatch.setenv(f"NHACVIEC_READING_{setting}", value)
    found = run("extract", package)
    assert found.code == 1
    assert words in found.err
    assert found.err.count("\n") == 1


def test_a_package_has_no_single_number_of_arrival(package: Path, run: Callable[..., Any]) -> None:
    assert run("ingest", package, "--so-den", "15").code == 2
