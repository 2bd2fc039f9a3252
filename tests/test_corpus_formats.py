"""The command that scores the same documents in other formats: its table, and what it never prints."""

from pathlib import Path

import pytest

from corpus.formats.__main__ import main
from corpus.formats.files import Sample, render
from corpus.score import RESERVED, SHARED

CORPUS = Path(__file__).parent.parent / "corpus"
TABLE, HIDDEN = "cdc-thainguyen-kh-quy-x", "cty-kh-bao-tri-xlsx"
needs_scorer = pytest.mark.skipif(
    not (SHARED / "gold" / "score.py").exists(), reason="the scorer of the shared folder is not here"
)


def rows(out):
    """The figures of each format, by its name."""
    lines = [line.split() for line in out.splitlines() if line[:1].strip() and not line.startswith("F1")]
    return {line[0]: line[-8:] for line in lines}


@needs_scorer
def test_a_document_is_scored_in_each_format(capsys, tmp_path):
    kinds = ["docx", "xlsx", "txt-tabs"]
    args = [arg for kind in kinds for arg in ("--format", kind)]
    assert main([*args, "--only", TABLE, "--keep", str(tmp_path)]) == 0
    found = rows(capsys.readouterr().out)
    assert list(found) == ["as", *kinds]
    assert found["docx"] == found["as"], "it was written as .docx"
    assert {path.name for path in tmp_path.glob("*/*")} == {f"{TABLE}.docx", f"{TABLE}.xlsx", f"{TABLE}.txt"}


@needs_scorer
def test_differences_of_a_reserved_document_are_not_printed(capsys):
    assert HIDDEN in RESERVED
    assert main(["--format", "txt-pipes", "--part", "reserved", "--only", HIDDEN, "--errors", "99"]) == 0
    assert HIDDEN not in capsys.readouterr().out


def test_what_is_there_is_not_written_again(tmp_path):
    sample = Sample(TABLE, CORPUS / "documents" / f"{TABLE}.docx", CORPUS / "gold" / f"{TABLE}.json")
    (kept,) = render([sample], "txt-lines", tmp_path)
    kept.write_text("mine", encoding="utf-8")
    assert render([sample], "txt-lines", tmp_path) == [kept]
    assert kept.read_text(encoding="utf-8") == "mine"


def test_a_document_without_specification_has_only_formats_of_its_own(tmp_path):
    sample = Sample("some-letter", tmp_path / "some-letter.pdf", tmp_path / "some-letter.json")
    assert render([sample], "xlsx", tmp_path / "out") == []
