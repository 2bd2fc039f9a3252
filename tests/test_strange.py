"""Strange ways of writing: decided by the seed alone, their truth changed with them, nothing reserved among them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from corpus.judging import Judged, Verdict
from corpus.score import BLIND, CORPUS, RESERVED, SHARED
from corpus.strange.evidence import documents
from corpus.strange.table import table
from corpus.strange.ways import WAYS, strange
from extractor.blocks import read

NAME = "danguy-vinhhung-ctr-chuyen-doi-so"


@pytest.fixture(scope="module")
def plan():
    gold = json.loads((CORPUS / "gold" / f"{NAME}.json").read_text(encoding="utf-8"))
    return read(CORPUS / "documents" / f"{NAME}.docx"), gold


@pytest.mark.parametrize("way", WAYS)
def test_a_way_is_the_same_for_the_same_seed_and_keeps_the_given_gold(plan, way):
    reading, gold = plan
    before = json.dumps(gold)
    first, second = strange(way, reading, gold, 3), strange(way, reading, gold, 3)
    assert first == second
    assert json.dumps(gold) == before
    assert [block.index for block in first[0].blocks] == list(range(len(first[0].blocks)))
    assert len(first[1]["tasks"]) == len(gold["tasks"])


@pytest.mark.parametrize("way", [way for way in WAYS if way not in ("as written", "columns unknown", "units unknown")])
def test_a_way_changes_the_document(plan, way):
    reading, gold = plan
    assert any(
        [block.text for block in strange(way, reading, gold, seed)[0].blocks]
        != [block.text for block in reading.blocks]
        for seed in range(4)
    )


def test_units_of_an_unknown_kind_are_so_in_the_gold_too(plan):
    reading, gold = plan
    led = {**gold["tasks"][0], "lead": [{"text": "Đảng ủy", "name": "Đảng ủy xã Vĩnh Hưng"}], "support": []}
    _, told = strange("units unknown", reading, {**gold, "tasks": [led]}, 1)
    assert told["tasks"][0]["lead"][0]["name"].split()[0] in ("Đảng", "Nha", "Ty", "Gian", "Thự")


@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the shared documents are not here")
def test_neither_reserved_nor_blind_documents_are_evidence():
    names = {path.stem for path, _ in documents()}
    assert len(names) > 50
    assert not names & (RESERVED | BLIND)


def test_entries_of_the_lists_are_forgotten_by_the_share():
    code = (
        "from corpus.strange.lists import forget; from extractor.lexicon.loader import load, Phrase;"
        "whole = len(load('unit_grammar', 'surnames', Phrase)); forget(1, 0.3);"
        "print(whole, len(load('unit_grammar', 'surnames', Phrase)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert 0.4 < int(said[1]) / int(said[0]) < 0.95


def test_the_table_counts():
    right = Judged(0.9, frozenset(), right=True, warned=True, wrong_date=False, date_reasons=False)
    wrong = Judged(0.5, frozenset({"r"}), right=False, warned=False, wrong_date=True, date_reasons=False)
    rows = table({"one": [Verdict("d", (right, wrong), (True, False, False))]})
    assert rows[-1].split() == ["all", "2", "0.500", "0.500", "3", "0.333", "1.000", "1", "1"]
