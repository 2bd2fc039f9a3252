"""The benchmark of an archive in its short form: every way takes all of it in, and every figure is there."""

from __future__ import annotations

from corpus.benchmarks import archive


def test_the_short_form_measures_everything() -> None:
    figures = {figure.name: figure for figure in archive.measure(4, 1_100)}
    for way in ("1 process", "2 processes", "2 Dask workers"):
        assert figures[f"{way}: tasks"].value
    for peer in ("pdfplumber, text only", "pypdfium2, text only", "pdfplumber, 2 processes beside 1"):
        assert figures[peer].value
    for size in ("1,000", "1,100"):
        assert figures[f"SQLite: storing a document, beside {size} tasks"].value
        assert figures[f"SQLite: reading and storing one, beside {size} tasks"].value
    assert not any(figure.failed for figure in figures.values())
