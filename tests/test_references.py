"""Cited documents against corpus/cases/references.yaml, and what must hold for any text."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions.references import RULES, find

GROUPS = yaml.safe_load((files("corpus") / "cases" / "references.yaml").read_text(encoding="utf-8"))["groups"]
POSITIVES = [pytest.param(case["in"], case["all"], id=case["in"]) for group in GROUPS for case in group["cases"]]
NEGATIVES = [phrase for group in GROUPS for phrase in group.get("none", ())]


@pytest.mark.parametrize(("phrase", "wanted"), POSITIVES)
def test_the_phrase_gives_exactly_its_references(phrase, wanted):
    found = find(phrase, block=3)
    assert [[reference.text, reference.number] for reference in found] == wanted
    for reference in found:
        assert phrase[reference.span.start : reference.span.end] == reference.text
        assert reference.span.block == 3


@pytest.mark.parametrize("phrase", NEGATIVES)
def test_the_phrase_cites_nothing(phrase):
    assert find(phrase) == ()


def test_every_rule_has_its_cases():
    assert {rule.name for rule in RULES} <= {group["rule"] for group in GROUPS}


PIECES = st.sampled_from(
    ["Quyết định ", "số ", "12", "/", "QĐ", "-", "UBND", " ngày ", "1/2/2026", ", ", " và ", "Luật ", "năm 2024", "\n"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join)))
def test_references_point_at_their_words_and_do_not_overlap(text):
    found = find(text)
    for reference in found:
        assert text[reference.span.start : reference.span.end] == reference.text != ""
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
