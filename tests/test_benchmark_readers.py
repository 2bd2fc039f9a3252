"""The measures of the reader benchmark, and its short form run for real."""

import os
import shutil

import pytest

from corpus.benchmarks.readers import measure
from corpus.benchmarks.readers_measures import cells_right, error_rate
from extractor.blocks import scan
from extractor.blocks.assembly import Builder
from extractor.model import Cell


@pytest.mark.parametrize(
    ("truth", "found", "wrong"),
    [
        ("Sở Y tế chủ trì", "Sở Y tế chủ trì", 0),
        ("Sở Y tế chủ trì", "Sở Y té chủ trì", 1),
        ("Sở Y tế chủ trì", "chủ trì Sở Y tế", 0),
        ("Sở Y tế chủ trì", "Sở Y tế chủ", 3),
        ("Sở Y tế", "Sở Y tế xã", 2),
    ],
)
def test_error_rate(truth, found, wrong):
    assert error_rate(truth, found) == (wrong, len(truth))


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
def test_short_form_measures_every_format():
    figures = {figure.name: figure for figure in measure(short=True)}
    assert not [figure for figure in figures.values() if figure.failed]
    assert figures["docx: characters wrong"].value <= 0.1
    assert figures["pdf: characters wrong"].value <= 1
    assert figures["doc: characters wrong"].value <= 0.1
    assert figures["pdf: task F1"].value >= 99
    assert figures["doc: task F1"].value >= 99
    assert figures["scan, 200 dpi: characters wrong"].value < 5
