"""The invented documents: gold as committed, words where the gold says they are, days that fit."""

import json
import os
import re
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
import yaml
from dateutil.rrule import rrulestr
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from corpus.benchmarks.database import fill
from corpus.benchmarks.figures import Figure
from corpus.generator import docx_writer, txt_writer, xlsx_writer
from corpus.generator.__main__ import main
from corpus.generator.composer.banks import matters, offices
from corpus.generator.composer.draft import Recipe
from corpus.generator.composer.recipes import RECIPES, script
from corpus.generator.composer.tables import TABLES
from corpus.generator.composer.texts import TEXTS
from corpus.generator.contents import CATALOGUE
from corpus.generator.forms import SCHEMES, Form
from corpus.generator.gold import as_json, gold_of
from corpus.generator.layout import Line, Sheet, elements, vietnamese_day
from corpus.generator.names import written_out
from corpus.generator.numbering import counted, heading_text, label_of
from corpus.generator.script import entry as entry_of
from corpus.generator.spec import Letterhead

CORPUS = Path(__file__).parent.parent / "corpus"
SHARED_GOLD = CORPUS.parent.parent / "shared" / "gold" / "dev"
BLIND = ("gialai-kh115", "tvpl-331", "seed-2-brvt", "tvpl-2514")
# The one switch that lets a test run rewrite documents and gold; a change of the truth is then seen in the diff.
REGENERATE = bool(os.environ.get("NHACVIEC_REGENERATE"))
NAMES = [entry.document.name for entry in CATALOGUE]
BY_NAME = {entry.document.name: entry for entry in CATALOGUE}
DOCX = [name for name in NAMES if BY_NAME[name].form.file == "docx"]
PDF = [name for name in NAMES if BY_NAME[name].form.file == "pdf"]
TXT = [name for name in NAMES if BY_NAME[name].form.file == "txt"]
XLSX = [name for name in NAMES if BY_NAME[name].form.file == "xlsx"]
RESERVED = [name for name in NAMES if BY_NAME[name].reserved]


@pytest.fixture(scope="module", autouse=True)
def _regenerated():
    if REGENERATE:
        main(["--out", str(CORPUS)])


def gold(name):
    return json.loads((CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8"))


def printed(name):
    """All words of a document of the catalogue."""
    return words_of(BY_NAME[name])


def words_of(entry):
    """All words of a document in order, as the writers get them."""
    parts = []
    for element in elements(entry.document, entry.form):
        if isinstance(element, Line):
            parts.append(element.text)
        elif isinstance(element, Sheet):
            parts += [cell for row in element.rows for cell in row]
        elif isinstance(element, Letterhead):
            parts += [*element.lines, element.subject or ""]
    return squeezed(" ".join(parts))


def squeezed(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def bare(text):
    """The words of *text* without punctuation around them."""
    return {word.strip(".,;:()/“”") for word in squeezed(text).split()}


def test_regeneration_is_off():
    assert not REGENERATE, "unset NHACVIEC_REGENERATE: a run that writes its own gold proves nothing"


@pytest.mark.parametrize("name", NAMES)
def test_gold_is_what_the_specification_says(name):
    entry = BY_NAME[name]
    committed = (CORPUS / "gold" / f"{name}.json").read_text(encoding="utf-8")
    assert as_json(gold_of(entry.document, entry.form)) == committed


def test_every_document_has_gold_and_every_gold_a_document():
    documents = sorted(path.name for path in (CORPUS / "documents").iterdir())
    assert documents == sorted(f"{name}.{BY_NAME[name].form.file}" for name in NAMES)
    assert sorted(path.stem for path in (CORPUS / "gold").iterdir()) == sorted(NAMES)


def docx_content(path):
    """Paragraph by paragraph the text and the automatic numbering, and the shape of each table."""
    body = docx.Document(str(path)).element.body
    paragraphs = []
    for paragraph in body.iter(qn("w:p")):
        numbered = [node.get(qn("w:val")) for node in paragraph.iter(qn("w:ilvl"))]
        paragraphs.append((numbered, "".join(node.text or "" for node in paragraph.iter(qn("w:t")))))
    merged = [
        (node.tag, node.get(qn("w:val"))) for node in body.iter(qn("w:gridSpan"), qn("w:vMerge"), qn("w:tblHeader"))
    ]
    return paragraphs, merged


@pytest.mark.parametrize("name", DOCX)
def test_docx_is_what_the_specification_says(name, tmp_path):
    entry = BY_NAME[name]
    docx_writer.write(elements(entry.document, entry.form), entry.form, tmp_path / "again.docx")
    assert docx_content(tmp_path / "again.docx") == docx_content(CORPUS / "documents" / f"{name}.docx")


@pytest.mark.parametrize("name", TXT)
def test_txt_is_what_the_specification_says(name, tmp_path):
    entry = BY_NAME[name]
    txt_writer.write(elements(entry.document, entry.form), entry.form, tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == (CORPUS / "documents" / f"{name}.txt").read_bytes()


def sheet_content(path):
    """Every cell of every sheet, and what is merged."""
    book = openpyxl.load_workbook(path)
    return [(sheet.title, list(sheet.values), sorted(map(str, sheet.merged_cells.ranges))) for sheet in book]


@pytest.mark.parametrize("name", XLSX)
def test_xlsx_is_what_the_specification_says(name, tmp_path):
    entry = BY_NAME[name]
    xlsx_writer.write(elements(entry.document, entry.form), entry.form, tmp_path / "again.xlsx")
    assert sheet_content(tmp_path / "again.xlsx") == sheet_content(CORPUS / "documents" / f"{name}.xlsx")


def test_days_and_numbers_of_a_workbook_are_typed():
    cells = [
        cell
        for name in XLSX
        for _, rows, _ in sheet_content(CORPUS / "documents" / f"{name}.xlsx")
        for row in rows
        for cell in row
    ]
    assert {int, str, datetime} <= set(map(type, cells))


@pytest.mark.parametrize("name", PDF)
def test_pdf_holds_the_words_of_its_tasks(name):
    pdf = pypdfium2.PdfDocument(CORPUS / "documents" / f"{name}.pdf")
    words = bare(" ".join(page.get_textpage().get_text_range() for page in pdf))
    # A date at the edge of a narrow cell may be cut in two; Vietnamese syllables are not.
    assert not [word for task in gold(name)["tasks"] for word in bare(task["text"]) - words if word.isalpha()]


@pytest.mark.parametrize("name", NAMES)
def test_gold_quotes_the_document(name):
    words, truth = printed(name), gold(name)
    for task in truth["tasks"]:
        assert all(squeezed(line).rstrip(".") in words for line in task["text"].split("\n")), task["text"]
        assert task["deadline"] is None or task["deadline"]["text"] in words, task["deadline"]
        for unit in (*task["lead"], *task["support"]):
            assert unit["text"] in words, unit
            assert unit["name"] == written_out(unit["name"])
    for target in truth["targets"]:
        assert squeezed(target["text"]) in words, target["text"]
    for heading in {title for task in truth["tasks"] for title in task["section"]}:
        assert re.sub(r"^(Điều \d+\.|\S+) ", "", heading) in words, heading


@pytest.mark.parametrize("name", NAMES)
def test_days_of_the_gold_fit(name):
    truth = gold(name)
    issued = date.fromisoformat(truth["header"]["date"] or "2025-01-01")
    for task in truth["tasks"]:
        deadline = task["deadline"]
        if deadline is None:
            continue
        start, due = (date.fromisoformat(deadline[key]) if deadline[key] else None for key in ("start", "due"))
        assert (deadline["kind"] == "recurring") == (deadline["rrule"] is not None)
        assert deadline["kind"] != "date" or due is not None
        assert start is None or due is None or start < due
        assert due is None or issued <= due, f"late before it was signed: {task['text']}"
        if deadline["rrule"]:
            assert rrulestr(deadline["rrule"]) is not None
    for target in truth["targets"]:
        assert target["by"] is None or issued <= date.fromisoformat(target["by"])
        assert target["comparator"] in ("=", ">=", ">", "<=", "<", "+", "-")


def test_the_documents_are_varied():
    kinds = {gold(name)["header"]["kind"] for name in NAMES}
    assert kinds - {None} == {
        "Kế hoạch", "Công văn", "Quyết định", "Chỉ thị", "Thông báo", "Công điện", "Chương trình", "Nghị quyết",
        "Hướng dẫn", "Báo cáo",
    }  # fmt: skip
    deadlines = [task["deadline"] for name in NAMES for task in gold(name)["tasks"] if task["deadline"]]
    assert {deadline["kind"] for deadline in deadlines} == {"date", "recurring", "ongoing", "relative"}
    assert any(not gold(name)["tasks"] for name in NAMES), "one letter has no task"
    assert all((DOCX, PDF, TXT, XLSX))
    dues = sorted(deadline["due"] for deadline in deadlines if deadline["due"])
    assert dues[0] < "2026-01-01"
    assert any("2026-11-01" <= due <= "2026-12-31" for due in dues)
    assert dues[-1] > "2027-01-01"


def test_a_third_is_kept_for_checking_and_is_as_varied():
    assert len(NAMES) >= 66
    assert len(NAMES) / 3 - 2 <= len(RESERVED)
    assert len(RESERVED) >= 22
    parts = ([name for name in NAMES if name not in RESERVED], RESERVED)
    for of_what in (
        lambda name: BY_NAME[name].form.file,
        lambda name: gold(name)["header"]["kind"] in ("Kế hoạch", "Thông báo", "Chỉ thị"),
    ):
        assert len({frozenset(map(of_what, part)) for part in parts}) == 1
    shares = [len([task for name in part for task in gold(name)["tasks"]]) for part in parts]
    assert 0.3 <= shares[1] / sum(shares) <= 0.45


def test_reserved_matters_and_offices_are_in_reserved_documents_only():
    for recipe in RECIPES:
        assert matters()[recipe.matter].reserved == offices()[recipe.office].reserved == recipe.reserved
        assert BY_NAME[recipe.name].reserved == recipe.reserved


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_same_recipe_makes_the_same_document(recipe):
    assert script(recipe) == script(recipe)
    assert script(recipe) != script(replace(recipe, seed=recipe.seed + 1000))


@given(
    seed=st.integers(0, 100_000),
    shape=st.sampled_from(sorted(TABLES | TEXTS)),
    matter=st.sampled_from(sorted(matters())),
)
def test_any_seed_composes_a_document_whose_gold_it_quotes(seed, shape, matter):
    recipe = Recipe(matter, "tinh", shape, seed, size=6)
    made = entry_of(recipe.name, script(recipe))
    words = words_of(made)
    for task in gold_of(made.document, made.form)["tasks"]:
        assert all(squeezed(line).rstrip(".") in words for line in task["text"].split("\n"))
        assert task["deadline"] is None or task["deadline"]["text"] in words
        assert all(unit["text"] in words for unit in (*task["lead"], *task["support"]))


@pytest.mark.skipif(not SHARED_GOLD.exists(), reason="the folder shared with the real documents is not here")
def test_no_sentence_comes_from_the_real_documents():
    def runs(text):
        words = squeezed(text).lower().split()
        return {tuple(words[n : n + 14]) for n in range(len(words) - 13)}

    real = [path for path in SHARED_GOLD.glob("*.json") if not path.stem.startswith(BLIND)]
    texts = [task["text"] for path in real for task in json.loads(path.read_text(encoding="utf-8"))["tasks"]]
    borrowed = set.union(*map(runs, texts))
    for name in NAMES:
        assert sorted(" ".join(run) for run in runs(printed(name)) & borrowed) == []
    for path in (CORPUS / "cases").glob("*.yaml"):
        for phrase in phrases(yaml.safe_load(path.read_text(encoding="utf-8"))):
            assert sorted(" ".join(run) for run in runs(phrase) & borrowed) == [], path.name


def phrases(node):
    """Every string of a file of cases."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from phrases(child)


def test_the_benchmark_database_holds_what_was_asked(tmp_path):
    fill(tmp_path / "bench.db", 60)
    with closing(sqlite3.connect(tmp_path / "bench.db")) as database:
        rows = database.execute("select count(*), count(distinct document_id) from task").fetchone()
    assert rows == (60, 3)


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("due", 0.25, "s"), "due       0.250 s"),
        (Figure("read", 71234.5, "characters/s", "peer"), "read     71,234 characters/s   peer"),
        (Figure("peak", None, "MB", "this system does not tell"), "peak          - MB   this system does not tell"),
    ],
)
def test_figures_are_printed_in_columns(figure, line):
    assert " ".join(figure.line(4).split()) == " ".join(line.split())


@given(seed=st.integers(0, 10_000), name=st.sampled_from(NAMES))
def test_the_form_changes_looks_not_tasks(seed, name):
    document = BY_NAME[name].document
    form = Form.from_seed(seed)
    assert form == Form.from_seed(seed)
    found, committed = gold_of(document, form)["tasks"], gold(name)["tasks"]
    keys = ("text", "lead", "support", "deadline")
    assert [[task[key] for key in keys] for task in found] == [[task[key] for key in keys] for task in committed]
    assert all(isinstance(element.text, str) for element in elements(document, form) if isinstance(element, Line))


@pytest.mark.parametrize(
    ("rank", "n", "above", "scheme", "label"),
    [
        ("part", 4, "", "classic", "IV."),
        ("part", 2, "", "letters", "B."),
        ("head", 3, "II.", "classic", "3."),
        ("sub", 2, "3.", "classic", "3.2."),
        ("sub", 2, "3.", "brackets", "(2)"),
        ("sub", 1, "II.", "classic", "1."),
        ("head", 2, "I-", "party", "2-"),
        ("point", 5, "1.", "classic", "đ)"),
        ("dash", 7, "1.", "classic", "-"),
        ("article", 2, "", "classic", "Điều 2."),
        ("plain", 1, "1.", "letters", ""),
        ("sub", 3, "2.1.", "decimal", "2.1.3."),
        ("head", 2, "IV/", "slashes", "2/"),
        ("point", 1, "1.", "open", "(a)"),
        ("head", 1, "", "bare", ""),
    ],
)
def test_labels(rank, n, above, scheme, label):
    assert label_of(rank, n, above, Form(scheme=scheme)) == label


def test_counted_scripts():
    assert [counted("letter", n) for n in (1, 4, 5, 6)] == ["a", "d", "đ", "e"]
    assert set(SCHEMES) == {"classic", "letters", "brackets", "party", "slashes", "decimal", "open", "bare"}
    assert heading_text("1.", "Sở Y tế:") == "1. Sở Y tế"


@pytest.mark.parametrize(
    ("iso", "written"),
    [
        ("2026-03-05", "ngày 05 tháng 3 năm 2026"),
        ("2026-02-28", "ngày 28 tháng 02 năm 2026"),
        ("2026-11-12", "ngày 12 tháng 11 năm 2026"),
    ],
)
def test_the_date_line(iso, written):
    assert vietnamese_day(iso) == written


def test_unknown_name_is_wrong_usage(tmp_path, capsys):
    assert main(["--out", str(tmp_path), "--only", "khong-co"]) == 2
    assert "khong-co" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_one_document_is_written_alone(tmp_path):
    assert main(["--out", str(tmp_path), "--only", DOCX[0]]) == 0
    assert [path.name for path in (tmp_path / "documents").iterdir()] == [f"{DOCX[0]}.docx"]
    assert (tmp_path / "gold" / f"{DOCX[0]}.json").read_bytes() == (CORPUS / "gold" / f"{DOCX[0]}.json").read_bytes()


def test_gold_only_leaves_the_documents_alone(tmp_path):
    assert main(["--out", str(tmp_path), "--only", PDF[0], "--gold-only"]) == 0
    assert list((tmp_path / "documents").iterdir()) == []
    assert [path.stem for path in (tmp_path / "gold").iterdir()] == [PDF[0]]
