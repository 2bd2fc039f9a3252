"""Any file → its true format, or one Vietnamese line that says what is wrong and what to do."""

import io
import os
import zipfile

import pytest

from extractor.blocks import SUFFIXES, Limits, read
from extractor.blocks.numbering import bullet, format_number
from extractor.errors import ExtractionError, ProtectedError, TooLargeError, UnreadableError, UnsupportedError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return data.getvalue()


REFUSED = {
    "empty": ("a.docx", b"", UnreadableError, "rỗng"),
    "not a PDF": ("a.pdf", b"Noi dung", UnreadableError, "không phải tệp PDF"),
    "not a Word file": ("a.doc", b"Noi dung", UnreadableError, "không phải tệp Word .doc"),
    "unknown suffix": ("a.odt", b"Noi dung", UnsupportedError, ".docx"),
    "no suffix": ("a", b"Noi dung", UnsupportedError, "không có đuôi"),
    "PowerPoint": ("a.pptx", zipped("ppt/presentation.xml"), UnsupportedError, "PowerPoint"),
    "not Excel": ("a.xlsx", b"Noi dung", UnreadableError, "Excel"),
    "archive": ("a.zip", zipped("thu muc/a.txt"), UnsupportedError, "giải nén"),
    "old Excel": ("a.xls", OLE, UnsupportedError, "không phải văn bản Word"),
    "password": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), ProtectedError, "mật khẩu"),
    "OpenDocument": (
        "a.odt",
        b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",
        UnsupportedError,
        "OpenDocument",
    ),
    "PDF under a Word name": ("a.docx", b"%PDF-1.7 cut", UnreadableError, "PDF"),
}


@pytest.mark.parametrize(("name", "data", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_refusals_are_one_line_with_advice(tmp_path, name, data, error, words):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read(path)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.todo


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(UnreadableError, match="không tìm thấy"):
        read(tmp_path / "không có.docx")
    with pytest.raises(UnreadableError, match="thư mục"):
        read(tmp_path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root và Windows đọc được mọi tệp, không thử được quyền đọc"
)
def test_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Nội dung", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableError, match="không có quyền"):
        read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="hệ điều hành này không có ống dẫn (FIFO)")
def test_pipes_and_devices_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "ống.txt")
    (tmp_path / "thiết bị.docx").symlink_to("/dev/zero")
    for name in ("ống.txt", "thiết bị.docx"):
        with pytest.raises(UnreadableError, match="không phải tệp thường"):
            read(tmp_path / name)


def test_file_over_the_limit_is_not_loaded(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 2_000_001)
    with pytest.raises(TooLargeError, match="2 MB, quá giới hạn 1 MB"):
        read(path, Limits(file_bytes=1_000_000))


def test_suffixes_are_lower_case_with_their_dot():
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)
    assert {".docx", ".pdf", ".txt"} <= SUFFIXES


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_rubbish_under_every_suffix_is_read_or_refused(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(ExtractionError):
        read(path)


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix"), (0, "upperRoman", "0"),
        (1, "lowerLetter", "a"), (26, "upperLetter", "Z"), (27, "lowerLetter", "aa"),
        (7, "decimal", "7"), (7, "decimalZero", "07"), (12, "decimalZero", "12"), (3, "none", ""),
        (5, "cardinalText", "5"), (32_000, "upperRoman", "32000"), (32_000, "lowerLetter", "32000"),
    ],
)  # fmt: skip
def test_numbers_as_word_shows_them(value, number_format, expected):
    assert format_number(value, number_format) == expected


@pytest.mark.parametrize(
    ("mark", "expected"), [("\uf0b7", "-"), ("•", "-"), ("–", "-"), ("o", "+"), ("+", "+"), ("*", "*"), ("", "")]
)
def test_bullets_become_typed_marks(mark, expected):
    assert bullet(mark) == expected
