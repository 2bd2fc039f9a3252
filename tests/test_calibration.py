"""Judging tasks, fitting weights, and the tables of the calibration."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.calibration import aims, left_out, reliability, suggestions
from corpus.fitting import Weights, fitted
from corpus.judging import Judged, Verdict, least_sure, verdict
from corpus.score import load_scorer
from extractor.exchange import to_json
from extractor.model import Problem
from extractor.pipeline import extract

CORPUS = Path(__file__).parent.parent / "corpus"
SHARED_GOLD = CORPUS.parent.parent / "shared" / "gold"
TABLE, TEXT = "haiphong-qd-phong-chong-dai", "bacninh-sct-kh-tiet-kiem-dien"
needs_scorer = pytest.mark.skipif(not (SHARED_GOLD / "score.py").exists(), reason="the scorer is not here")


def task(right, confidence=0.9, reasons=(), **more):
    fields = {"warned": False, "wrong_date": False, "date_reasons": False} | more
    return Judged(confidence, frozenset(reasons), right, **fields)


def test_a_weight_is_the_share_that_its_reason_takes():
    plain = [task(n % 10 != 0) for n in range(400)]
    doubtful = [task(n % 2 == 0, reasons=["unit_unknown"]) for n in range(400)]
    weights = fitted([*plain, *doubtful])
    assert weights.start == pytest.approx(0.9, abs=0.02)
    assert weights.weights == {"unit_unknown": pytest.approx(1 - 0.5 / 0.9, abs=0.03)}
    assert weights.confidence(doubtful[0]) == pytest.approx(0.5, abs=0.03)
    assert weights.confidence(plain[0]) == weights.start


def test_a_seldom_reason_has_no_weight_and_a_harmless_one_none_to_speak_of():
    tasks = [task(n % 20 != 0, reasons=["harmless"] if n % 2 else []) for n in range(200)]
    weights = fitted([*tasks, *[task(False, reasons=["seldom"]) for _ in range(3)]])
    assert set(weights.weights) == {"harmless"}
    assert weights.weights["harmless"] < 0.12


@settings(max_examples=20)
@given(st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from("abc"))), max_size=60))
def test_confidence_stays_between_0_and_1_and_no_reason_raises_it(drawn):
    tasks = [task(right, reasons=reasons) for right, reasons in drawn]
    weights = fitted(tasks)
    for one in tasks:
        more = replace(one, reasons=one.reasons | {"a"})
        assert 0.0 <= weights.confidence(more) <= weights.confidence(one) <= 1.0


@pytest.mark.parametrize(
    ("tasks", "share"),
    [
        ([task(n > 1, confidence=n / 10) for n in range(8)], 1.0),
        ([task(n < 6, confidence=n / 10) for n in range(8)], 0.0),
        ([task(n % 2 == 0, confidence=0.5) for n in range(8)], 0.25),
        ([task(True) for _ in range(8)], 1.0),
    ],
)
def test_the_share_of_wrong_tasks_among_the_least_sure(tasks, share):
    assert least_sure(tasks) == pytest.approx(share)


def test_the_reliability_table_says_and_counts():
    lines = reliability("thử", [(0.95, True), (0.91, True), (0.93, False), (0.4, False)])
    assert lines[0] == "thử"
    assert [line.split() for line in lines[2:5]] == [
        ["0.00-0.50", "1", "0.400", "0.000"],
        ["0.90-1.00", "3", "0.930", "0.667"],
        ["all", "4", "0.797", "0.500"],
    ]
    assert lines[-1].endswith(f"{(0.4 + 3 * (0.93 - 2 / 3)) / 4:.3f}")


def test_a_document_is_judged_by_weights_that_have_not_seen_it():
    good = Verdict("good", tuple(task(True, reasons=["r"]) for _ in range(20)), ())
    bad = Verdict("bad", tuple(task(False, reasons=["r"]) for _ in range(20)), ())
    pairs = left_out([good, bad], [good, bad])
    assert max(p for p, right in pairs if right) < 0.1, "the good one is judged by the bad one"
    assert min(p for p, right in pairs if not right) > 0.8


def test_the_aims_count_what_they_say():
    tasks = (
        task(True, 0.9, warned=True),
        task(True, 0.7),
        task(False, 0.5, wrong_date=True, date_reasons=True),
        task(False, 0.95, wrong_date=True),
    )
    lines = aims({"một": [Verdict("d", tasks, (True, False))]})
    values = {line[:66].strip(): line.split()[-1] for line in lines[1:]}
    assert values["tasks found"] == "4"
    assert values["of these need no edit"] == "0.500"
    assert values["need no edit, of those at 0.8 or more"] == "0.500"
    assert values["need an edit: share in the 25 % least sure"] == "0.500"
    assert values["missed: share under a warning"] == "0.500"
    assert values["right: share under a warning"] == "0.500"
    assert values["right: share below 0.8"] == "0.500"
    assert (values["wrong dates"], values["wrong dates without a reason"]) == ("2", "1")


def test_suggestions_stand_beside_the_weights_in_use():
    tasks = [task(n % 4 != 0, reasons=["unit_unknown"]) for n in range(40)]
    row = next(line.split() for line in suggestions(tasks) if line.startswith("unit_unknown"))
    assert row[1:3] == ["40", "0.75"]
    assert all(0.0 <= float(value) <= 1.0 for value in row[3:])


@pytest.fixture(scope="module")
def read():
    """Extraction and scorer of two invented documents; gold is what was found, so that nothing is wrong by itself."""
    scorer = load_scorer(SHARED_GOLD)
    found = {}
    for path in (CORPUS / "documents").iterdir():
        if path.stem in (TABLE, TEXT):
            extraction = extract(path)
            found[path.stem] = (extraction, {"tasks": to_json(extraction)["tasks"]}, scorer)
    return found


@needs_scorer
@pytest.mark.parametrize("name", [TABLE, TEXT])
def test_right_tasks_are_right_and_a_changed_gold_makes_one_wrong(read, name):
    extraction, gold, scorer = read[name]
    whole = verdict(extraction, gold, scorer)
    assert (len(whole.tasks), whole.missed) == (len(gold["tasks"]), ())
    assert all(one.right and not one.wrong_date for one in whole.tasks)
    dated = next(n for n, one in enumerate(gold["tasks"]) if (one["deadline"] or {}).get("due"))
    other = {**gold["tasks"][dated], "deadline": {"kind": "date", "due": "2031-01-01"}}
    changed = {**gold, "tasks": [other if n == dated else one for n, one in enumerate(gold["tasks"])]}
    judged = verdict(extraction, changed, scorer).tasks
    assert [n for n, one in enumerate(judged) if not one.right] == [dated]
    assert judged[dated].wrong_date


@needs_scorer
def test_invented_and_missed_tasks(read):
    extraction, gold, scorer = read[TEXT]
    fewer = replace(extraction, tasks=extraction.tasks[1:])
    assert verdict(fewer, gold, scorer).missed == (False,)
    invented = verdict(extraction, {**gold, "tasks": gold["tasks"][1:]}, scorer).tasks[0]
    assert (invented.right, invented.wrong_date) == (False, True)


@needs_scorer
@pytest.mark.parametrize("kind", ["its block", "its table", "another table", "no block"])
def test_what_lies_under_a_warning(read, kind):
    extraction, gold, scorer = read[TABLE]
    row = next(n for n, one in enumerate(extraction.tasks) if extraction.blocks[block_of(one)].place.cell)
    block = block_of(extraction.tasks[row])
    table = extraction.blocks[block].place.cell.table
    cells = {b.index: b.place.cell.table for b in extraction.blocks if b.place.cell}
    where = {
        "its block": block,
        "its table": next(index for index, other in cells.items() if other == table and index != block),
        "another table": next(index for index, other in cells.items() if other != table),
        "no block": None,
    }[kind]
    problem = Problem("document", "column_not_understood", "medium", "Không hiểu cột.", block=where)
    warned = replace(extraction, problems=(problem,))
    under = kind in ("its block", "its table")
    assert verdict(warned, gold, scorer).tasks[row].warned is under
    without = replace(warned, tasks=tuple(one for n, one in enumerate(extraction.tasks) if n != row))
    assert verdict(without, gold, scorer).missed == (under,)


def block_of(draft):
    return next(proof.span.block for proof in draft.evidence if proof.field == "text")


def test_weights_of_no_reason_change_nothing():
    assert Weights(0.9, {"khác": 0.5}).confidence(task(True, reasons=["này"])) == 0.9
