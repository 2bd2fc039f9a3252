"""Old Word files → blocks through LibreOffice, run for real."""

import os
import sys
import time

import docx
import pytest

from extractor.blocks import Limits, office, read
from extractor.blocks.source import Limits as SourceLimits
from extractor.errors import ProtectedError, TooLargeError, UnreadableError, UnsupportedError

PROGRAM = office.find_program()
if PROGRAM is None and os.environ.get("CI"):
    pytest.fail("CI phải có LibreOffice (gói libreoffice-writer)", pytrace=False)
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="chưa cài LibreOffice (gói libreoffice-writer)")


@pytest.fixture(scope="module")
def old_word_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Sở Công Thương rà soát chợ cóc.", style="List Number")
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text = "Thời hạn", "Quý II/2027"
    document.add_paragraph("Hết.")
    document.save(folder / "nguồn.docx")
    data = (folder / "nguồn.docx").read_bytes()
    target = folder / "công văn cũ.doc"
    target.write_bytes(as_doc(data))
    return target


def as_doc(data):
    """LibreOffice's own old Word file of a .docx."""
    import subprocess
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.docx").write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'p').as_uri()}"
        command = [str(PROGRAM), profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder]
        subprocess.run([*command, str(Path(folder) / "a.docx")], capture_output=True, check=True, timeout=180)
        return (Path(folder) / "a.doc").read_bytes()


@needs_libreoffice
def test_old_word_file_under_a_password_is_refused_as_such(old_word_file, tmp_path):
    data = bytearray(old_word_file.read_bytes())
    opening = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    data[opening + 11] |= 1  # fEncrypted
    (tmp_path / "a.doc").write_bytes(data)
    with pytest.raises(ProtectedError, match="mật khẩu"):
        read(tmp_path / "a.doc")


@needs_libreoffice
def test_old_word_file_reads_like_a_new_one(old_word_file):
    reading = read(old_word_file)
    assert [(b.label, b.text) for b in reading.blocks] == [
        ("", "KẾ HOẠCH"), ("1.", "Sở Công Thương rà soát chợ cóc."), ("", "Thời hạn"), ("", "Quý II/2027"),
        ("", "Hết."),
    ]  # fmt: skip
    assert (reading.source.reader, reading.source.media_type) == ("office", "application/msword")


@needs_libreoffice
def test_conversion_over_its_time_is_ended(old_word_file):
    started = time.monotonic()
    with pytest.raises(TooLargeError, match="quá"):
        read(old_word_file, Limits(convert_seconds=0.05))
    assert time.monotonic() - started < 20


@pytest.mark.skipif(sys.platform == "win32", reason="dùng chương trình vỏ sh")
def test_program_that_gives_nothing_is_a_damaged_file(tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(UnreadableError, match="không mở được"):
        office.convert(b"...", program, 10)


@pytest.mark.skipif(sys.platform == "win32", reason="dùng chương trình vỏ sh")
def test_children_of_a_hanging_program_are_ended_too(tmp_path):
    program, mark = tmp_path / "soffice", tmp_path / "dấu"
    program.write_text(f'#!/bin/sh\n(sleep 2; touch "{mark}") &\nwait\n', encoding="utf-8")
    program.chmod(0o755)
    with pytest.raises(TooLargeError):
        office.convert(b"...", program, 0.3)
    time.sleep(2.5)
    assert not mark.exists()


def test_missing_libreoffice_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setenv("PATH", "")
    if office.find_program() is not None:
        pytest.skip("LibreOffice nằm ngoài PATH")
    with pytest.raises(UnsupportedError, match="libreoffice-writer"):
        office.read(b"...", SourceLimits())
