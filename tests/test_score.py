"""The score command: what it prints, what it hides, and when it fails."""

import json
import shutil
from pathlib import Path

import pytest

from corpus import baselines, score

CORPUS = Path(__file__).parent.parent / "corpus"
SHARED = CORPUS.parent.parent / "shared"
OPEN, BLIND, RESERVED = "bacninh-sct-kh-tiet-kiem-dien", "seed-2-brvt", "bao-hatinh-kh-buoi"
needs_scorer = pytest.mark.skipif(
    not (SHARED / "gold" / "score.py").exists(), reason="the scorer of the shared folder is not here"
)


@pytest.fixture
def shared(tmp_path):
    """A shared folder with the real scorer and two invented documents; one bears the name of a blind document."""
    folder = tmp_path / "shared"
    for part in ("documents", "gold/dev"):
        (folder / part).mkdir(parents=True)
    shutil.copy(SHARED / "gold" / "score.py", folder / "gold" / "score.py")
    gold = json.loads((CORPUS / "gold" / f"{OPEN}.json").read_text(encoding="utf-8"))
    for name in (OPEN, BLIND):
        shutil.copy(CORPUS / "documents" / f"{OPEN}.txt", folder / "documents" / f"{name}.txt")
        wrong = [{**task, "text": f"Không có trong văn bản {n}"} for n, task in enumerate(gold["tasks"])]
        truth = {**gold, "doc_id": name, "tasks": wrong}
        (folder / "gold" / "dev" / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def run(folder, *arguments):
    return score.main(["--shared", str(folder), "--baseline", str(folder / "baseline.json"), *arguments])


@needs_scorer
def test_differences_are_printed_but_never_those_of_a_blind_document(shared, capsys):
    assert run(shared, "--errors", "50", "--blind") == 0
    out = capsys.readouterr().out
    assert f"{OPEN} task missed: 'Không có trong văn bản 0'" in out
    assert [line for line in out.splitlines() if line.startswith(BLIND)], "its row of figures is shown on request"
    assert not [line for line in out.splitlines() if line.startswith("    ") and BLIND in line]


@needs_scorer
def test_a_blind_document_alone_shows_no_difference(shared, capsys):
    assert run(shared, "--only", BLIND, "--errors", "50") == 0
    assert "missed" not in capsys.readouterr().out


@needs_scorer
def test_blind_documents_are_one_row_unless_asked(shared, capsys):
    run(shared)
    rows = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line[:1].strip()]
    assert rows == ["F1", OPEN, "BLIND", "SEEN", "MEAN", "ALL"]


@needs_scorer
def test_predictions_of_blind_documents_are_not_written(shared, tmp_path, capsys):
    run(shared, "--out", str(tmp_path / "predictions"))
    assert [path.name for path in (tmp_path / "predictions").iterdir()] == [f"{OPEN}.json"]
    assert json.loads((tmp_path / "predictions" / f"{OPEN}.json").read_text(encoding="utf-8"))["doc_id"] == OPEN
    capsys.readouterr()


@needs_scorer
def test_json_holds_the_figures_of_the_table(shared, capsys):
    run(shared, "--json")
    report = json.loads(capsys.readouterr().out)
    assert set(report["documents"]) == {OPEN}
    assert report["total"]["task"]["gold"] == 2 * report["documents"][OPEN]["task"]["gold"]
    assert report["blind"]["header"]["f1"] == report["documents"][OPEN]["header"]["f1"]


@needs_scorer
def test_the_figures_are_those_of_the_scorer(shared, capsys):
    run(shared, "--only", OPEN, "--json")
    figures = json.loads(capsys.readouterr().out)["documents"][OPEN]
    scorer = score.load_scorer(shared / "gold")
    gold = json.loads((shared / "gold" / "dev" / f"{OPEN}.json").read_text(encoding="utf-8"))
    prediction = score.predict(shared / "documents" / f"{OPEN}.txt").prediction
    expected = scorer.score_document(gold, prediction, [])
    assert figures == {name: tally.figures() for name, tally in expected.items()}


@needs_scorer
def test_a_document_that_cannot_be_read_is_named_and_all_missed(shared, capsys):
    (shared / "documents" / f"{OPEN}.txt").write_bytes(b"")
    assert run(shared) == 0
    captured = capsys.readouterr()
    assert f"not read: {OPEN}: unreadable:" in captured.err
    assert captured.out.splitlines()[1].split()[1:5] == ["0.000"] * 4


@needs_scorer
def test_check_fails_below_the_baseline_and_names_each_figure(shared, capsys):
    assert run(shared, "--check") == 1, "without a baseline nothing is checked, and that is said"
    assert run(shared, "--raise-baseline") == 0
    assert run(shared, "--check") == 0
    capsys.readouterr()
    recorded = json.loads((shared / "baseline.json").read_text(encoding="utf-8"))
    header = recorded["shared"]["header"]
    recorded["shared"] |= {"task": 0.9, "header": header - 0.2}
    (shared / "baseline.json").write_text(json.dumps(recorded), encoding="utf-8")
    assert run(shared, "--check", "--raise-baseline") == 1
    assert capsys.readouterr().err.splitlines() == ["nhacviec-score: shared task: 0.0000 is below the baseline 0.9000"]
    after = json.loads((shared / "baseline.json").read_text(encoding="utf-8"))["shared"]
    assert (after["task"], after["header"]) == (0.9, header), "the good figure rises, the bad one does not fall"


def test_without_the_shared_folder_one_line_says_so(tmp_path, capsys):
    assert score.main(["--shared", str(tmp_path / "khong-co")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert "score.py is missing" in captured.err


@needs_scorer
def test_an_unknown_document_is_wrong_usage(shared, capsys):
    assert run(shared, "--only", "khong-co") == 2
    assert "khong-co" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("figure", "least", "fails"),
    [(0.9, 0.9, False), (0.8996, 0.9, False), (0.8994, 0.9, True), (0.95, 0.9, False), (0.0, 0.01, True)],
)
def test_slack_of_the_baseline(figure, least, fails):
    assert bool(baselines.below({"task": figure}, {"task": least})) is fails


def test_a_figure_that_vanished_is_below_its_baseline():
    assert baselines.below({}, {"clean": 0.5}) == ["clean: 0.0000 is below the baseline 0.5000"]


def test_the_baseline_only_rises():
    assert baselines.raised({"task": 0.7, "lead": 0.9}, {"task": 0.8, "lead": 0.6}) == {"task": 0.8, "lead": 0.9}
    assert baselines.raised({"clean": 0.4}, {}) == {"clean": 0.4}


def test_the_baseline_of_one_set_leaves_the_other(tmp_path):
    path = tmp_path / "baseline.json"
    baselines.write_baseline(path, "shared", {"task": 0.5})
    baselines.write_baseline(path, "tuning", {"task": 0.8})
    assert baselines.read_baseline(path, "shared") == {"task": 0.5}
    assert baselines.read_baseline(path, "tuning") == {"task": 0.8}
    assert baselines.read_baseline(tmp_path / "none.json", "tuning") == {}


def test_a_set_that_is_none_any_more_leaves_the_file(tmp_path):
    (tmp_path / "baseline.json").write_text('{"corpus": {"task": 0.9}, "shared": {"task": 0.5}}', encoding="utf-8")
    baselines.write_baseline(tmp_path / "baseline.json", "reserved", {"task": 0.7})
    recorded = json.loads((tmp_path / "baseline.json").read_text(encoding="utf-8"))
    assert recorded == {"reserved": {"task": 0.7}, "shared": {"task": 0.5}}


@pytest.fixture
def invented(shared, monkeypatch):
    """A folder corpus with one document of each part, both with wrong gold; their words are the same."""
    folder = shared.parent / "corpus"
    for part in ("documents", "gold"):
        (folder / part).mkdir(parents=True)
    gold = json.loads((shared / "gold" / "dev" / f"{OPEN}.json").read_text(encoding="utf-8"))
    for name, kept in ((OPEN, 1), (RESERVED, 0)):
        shutil.copy(CORPUS / "documents" / f"{OPEN}.txt", folder / "documents" / f"{name}.txt")
        right = json.loads((CORPUS / "gold" / f"{OPEN}.json").read_text(encoding="utf-8"))["tasks"][:kept]
        truth = {**gold, "doc_id": name, "tasks": [*right, *gold["tasks"][kept:]]}
        (folder / "gold" / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")
    monkeypatch.setattr(score, "CORPUS", folder)
    return shared


@needs_scorer
def test_both_parts_and_their_gap_are_printed_but_only_one_parts_differences(invented, capsys):
    assert run(invented, "--corpus", "--errors", "50") == 0
    captured = capsys.readouterr()
    rows = {line.split()[0]: line.split()[1:] for line in captured.out.splitlines() if line[:1].strip()}
    assert float(rows["GAP"][0]) == pytest.approx(float(rows["TUNING"][0]) - float(rows["RESERVED"][0]), abs=0.0011)
    assert float(rows["GAP"][0]) > 0
    differences = [line for line in captured.out.splitlines() if line.startswith("    ")]
    assert [line for line in differences if OPEN in line]
    assert not [line for line in differences if RESERVED in line]
    assert captured.err == ""


@needs_scorer
def test_reserved_differences_are_shown_on_request_which_says_so(invented, capsys):
    assert run(invented, "--corpus", "--only", RESERVED, "--errors", "50", "--reserved-errors") == 0
    captured = capsys.readouterr()
    assert f"{RESERVED} task missed" in captured.out
    assert "for checking, not for tuning" in captured.err
    assert run(invented, "--corpus", "--only", RESERVED, "--errors", "50") == 0
    assert "missed" not in capsys.readouterr().out


@needs_scorer
@pytest.mark.parametrize(("part", "other"), [("tuning", RESERVED), ("reserved", OPEN)])
def test_one_part_alone(invented, capsys, part, other):
    assert run(invented, "--corpus", "--part", part) == 0
    out = capsys.readouterr().out
    assert other not in out
    assert "GAP" not in out


@needs_scorer
def test_predictions_of_reserved_documents_are_not_written(invented, tmp_path, capsys):
    run(invented, "--corpus", "--out", str(tmp_path / "predictions"))
    assert [path.name for path in (tmp_path / "predictions").iterdir()] == [f"{OPEN}.json"]
    capsys.readouterr()


@needs_scorer
def test_each_part_has_its_own_baseline(invented, capsys):
    assert run(invented, "--corpus", "--raise-baseline") == 0
    recorded = json.loads((invented / "baseline.json").read_text(encoding="utf-8"))
    assert set(recorded) == {"tuning", "reserved"}
    recorded["reserved"]["header"] += 0.5
    (invented / "baseline.json").write_text(json.dumps(recorded), encoding="utf-8")
    capsys.readouterr()
    assert run(invented, "--corpus", "--check") == 1
    assert capsys.readouterr().err.startswith("nhacviec-score: reserved header: ")
    assert run(invented, "--corpus", "--check", "--part", "tuning") == 0
    capsys.readouterr()


@needs_scorer
def test_json_has_the_parts(invented, capsys):
    run(invented, "--corpus", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["parts"]["tuning"]["task"]["gold"] == report["parts"]["reserved"]["task"]["gold"] > 0


@needs_scorer
def test_reserved_documents_written_by_hand_have_a_row_beside_composed_ones(invented, monkeypatch, capsys):
    run(invented, "--corpus")
    assert "WRITTEN" not in capsys.readouterr().out
    monkeypatch.setattr(score, "RESERVED", frozenset({OPEN, RESERVED}))
    monkeypatch.setattr(score, "COMPOSED", frozenset({OPEN}))
    for folder, suffix in (("documents", "txt"), ("gold", "json")):
        at = score.CORPUS / folder
        shutil.copy(at / f"{OPEN}.{suffix}", at / f"khac.{suffix}")
    gold = json.loads((score.CORPUS / "gold" / "khac.json").read_text(encoding="utf-8"))
    (score.CORPUS / "gold" / "khac.json").write_text(json.dumps({**gold, "doc_id": "khac"}), encoding="utf-8")
    run(invented, "--corpus")
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line[:1].strip()}
    assert rows["WRITTEN"][:8] == rows[RESERVED][:8]
    assert rows["WRITTEN"][:8] != rows["RESERVED"][:8]
