"""The measures of the reader benchmark, and its short form run for real."""

import json
import os
import shutil
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.benchmarks import main
from corpus.benchmarks.readers_measures import cells_right, error_rate, text_of
from extractor.blocks import scan
from extractor.blocks.assembly import Builder
from extractor.model import Cell


@pytest.mark.parametrize(
    ("truth", "found", "wrong"),
    [
        ("Sở Y tế chủ trì", "Sở Y tế chủ trì", 0),
        ("Sở Y tế chủ trì", "Sở Y té chủ trì", 1),
        ("Sở Y tế chủ trì", "chủ trì Sở Y tế", 12),
        ("", "Sở", 2),
        ("Sở Y tế chủ trì", "Sở Y tế chủ", 4),
        ("Sở Y tế", "Sở Y tế xã", 3),
    ],
)
def test_error_rate(truth, found, wrong):
    assert error_rate(truth, found) == (wrong, len(truth))


@given(st.text("abc ", max_size=12), st.text("abc ", max_size=12))
def test_error_rate_is_levenshteins_distance(truth, found):
    row = list(range(len(found) + 1))
    for at, character in enumerate(truth, 1):
        before, row[0] = row[0], at
        for column, also in enumerate(found, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (character != also))
    assert error_rate(truth, found) == (row[-1], len(truth))


def test_a_letterhead_is_read_column_by_column():
    rows = (["SỞ Y TẾ", "CỘNG HÒA"], ["Số: 5", "Độc lập"])
    assert text_of(grid(*rows)) == "SỞ Y TẾ Số: 5 CỘNG HÒA Độc lập"
    assert text_of(grid(["TT", "Việc", "Đơn vị"], ["1", "Họp", "Sở"])) == "TT Việc Đơn vị 1 Họp Sở"


def grid(*rows):
    builder = Builder()
    table = builder.next_table()
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            builder.add_cell(text, Cell(table, at, column))
    return builder.blocks


def test_cells_count_in_their_row_and_column_only():
    truth = grid(["TT", "Việc", "Đơn vị"], ["1", "Rà soát", "Sở Y tế"])
    assert cells_right(truth, truth) == (6, 6)
    assert cells_right(truth, grid(["TT", "Việc", "Đơn vị"], ["1", "Sở Y tế", "Rà soát"])) == (4, 6)
    assert cells_right(truth, []) == (0, 6)


READY = shutil.which("soffice") is not None and scan.find_program() is not None
if not READY and os.environ.get("CI"):
    pytest.fail("CI phải có LibreOffice và Tesseract", pytrace=False)


@pytest.mark.skipif(not READY, reason="chưa cài libreoffice-writer hoặc tesseract-ocr-vie")
def test_short_form_measures_every_format(capsys):
    assert main(["--json", "readers", "--short", "--seconds", "400"]) == 0
    figures = {figure["name"]: figure["value"] for figure in json.loads(capsys.readouterr().out)}
    for kind in ("docx", "pdf", "doc"):
        assert figures[f"{kind}: characters wrong"] <= 0.1
        assert figures[f"{kind}: cells in place"] == 100
    for kind in ("pdf", "doc"):
        assert figures[f"{kind}: task F1"] >= 99
    assert figures["pdf: letters unlike pdfplumber's"] == 0
    assert figures["pdf: shapes as pdfplumber's"] == 100
    assert figures["scan, 200 dpi: characters wrong"] < 5
    assert figures["scan, 200 dpi: cells in place"] >= 90


@pytest.mark.skipif(not READY, reason="chưa cài libreoffice-writer hoặc tesseract-ocr-vie")
def test_the_cap_is_kept(capsys):
    began = time.monotonic()
    assert main(["readers", "--short", "--seconds", "1"]) == 1
    assert time.monotonic() - began < 30
    assert "not done in 1 s" in capsys.readouterr().out
