"""Patterns that compile themselves late: they answer as compiled ones do, and all of them can be compiled."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import extractor
from extractor.mentions import target_words
from extractor.patterns import Late, late

BROKEN = "(quý"
ASKED = [
    ("match", "quý IV/2026"),
    ("search", "trong quý III"),
    ("fullmatch", "QUÝ III"),
    ("findall", "quý IV, quý III"),
]


@pytest.mark.parametrize(("method", "text"), ASKED)
def test_it_answers_as_a_compiled_one(method, text):
    pattern, flags = r"quý (III|IV)", re.IGNORECASE
    asked = late(pattern, flags)
    for _ in range(2):  # at first, and once it is compiled
        ours, theirs = getattr(asked, method)(text), getattr(re.compile(pattern, flags), method)(text)
        assert (ours if method == "findall" else ours[0]) == (theirs if method == "findall" else theirs[0])


def test_it_tells_what_a_compiled_one_tells():
    ours, theirs = late("(?P<quarter>[IV]+)", re.IGNORECASE), re.compile("(?P<quarter>[IV]+)", re.IGNORECASE)
    asked = (theirs.pattern, theirs.flags, theirs.groups, dict(theirs.groupindex))
    assert (ours.pattern, ours.flags, ours.groups, dict(ours.groupindex)) == asked


def test_a_mistake_is_told_at_the_first_question():
    broken = late(BROKEN)
    with pytest.raises(re.error):
        broken.search("quý IV")


def test_what_no_pattern_has_it_has_not_either():
    assert not hasattr(late("quý"), "groupdict")  # of a match


def test_every_late_pattern_of_the_program_can_be_compiled():
    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if module.name not in ("extractor.cluster", "extractor.cluster_worker"):  # Dask need not be installed
            importlib.import_module(module.name)
    target_words.words()
    waiting = [found for found in gc.get_objects() if isinstance(found, Late)]
    assert len(waiting) > 100
    for pattern in waiting:
        if pattern._wanted[0] != BROKEN:
            assert pattern.pattern == pattern._wanted[0]
