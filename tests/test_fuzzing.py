"""The fuzzing itself: damage that can be made again, and a watch that misses neither crash nor hang."""

import os
import time

import pytest

from corpus.fuzzing import reader, watch
from corpus.fuzzing.mutations import mutated
from corpus.fuzzing.reader import Outcome, check, read_all
from corpus.fuzzing.report import lines
from corpus.fuzzing.samples import samples
from corpus.fuzzing.watch import Run, run
from extractor.blocks import read_bytes

IN_PROCESS = ["docx", "pdf", "txt", "xlsx", "html", "eml", "zip", "edxml"]


@pytest.mark.parametrize("kind", IN_PROCESS)
def test_samples_are_read_and_damage_is_the_same_for_the_same_number(tmp_path, kind):
    files = samples(kind)
    read_all(kind, files[min(files)], tmp_path)
    assert [mutated(files, number) for number in range(20)] == [mutated(files, number) for number in range(20)]
    assert len({mutated(files, number)[1] for number in range(20)}) > 10


@pytest.mark.parametrize("kind", IN_PROCESS)
def test_a_few_damaged_files_give_named_errors_only(tmp_path, kind):
    files = samples(kind)
    outcomes = [reader._outcome(number, kind, mutated(files, number)[1], tmp_path) for number in range(8)]
    assert [outcome.message for outcome in outcomes if outcome.kind == "finding"] == []


def fine(pipe, kind, files, numbers):
    for number in numbers:
        pipe.send(None)
        pipe.send(Outcome(number, "unreadable" if number % 2 else "read", resident=1000))


def dying(pipe, kind, files, numbers):
    for number in numbers:
        pipe.send(None)
        if number == 2:
            os._exit(7)
        pipe.send(Outcome(number, "read"))


def hanging(pipe, kind, files, numbers):
    for number in numbers:
        pipe.send(None)
        if number == 1:
            time.sleep(60)
        pipe.send(Outcome(number, "read"))


def growing(pipe, kind, files, numbers):
    for number in numbers:
        pipe.send(None)
        pipe.send(Outcome(number, "read", resident=1_000_000_000 if number < 150 else 2_000_000_000))


WATCHED = {
    "nothing": (fine, 6, {"read": 3, "unreadable": 3}, {}),
    "a process that dies": (dying, 5, {"read": 4, "finding": 1}, {"the process died (exit code 7)": [2]}),
    "a file that hangs": (hanging, 4, {"read": 3, "finding": 1}, {"hang: more than 2 s": [1]}),
    "memory": (growing, 160, {"read": 160, "finding": 1}, {"the process grew by more than 150 MB": [150]}),
}


@pytest.mark.parametrize(("target", "count", "outcomes", "findings"), WATCHED.values(), ids=WATCHED)
def test_watch(monkeypatch, target, count, outcomes, findings):
    if target is hanging:
        monkeypatch.setattr(watch, "_SECONDS", 2.0)
    result = run("txt", 0, count, target=target)
    assert (dict(result.outcomes), result.findings) == (outcomes, findings)


def test_watch_keeps_to_its_time():
    result = run("txt", 0, 10_000, most_seconds=0.0)
    assert result.files == 0


def test_a_finding_names_its_place(tmp_path, monkeypatch):
    def broken(*_):
        return {}["w:p"]

    monkeypatch.setattr("extractor.blocks.plain.decode", broken)
    outcome = reader._outcome(5, "txt", b"Ke hoach", tmp_path)
    assert outcome.kind == "finding"
    assert outcome.message.startswith("KeyError: 'w:p' at extractor/blocks/plain.py:")


def test_check_sees_a_block_out_of_order():
    reading = read_bytes("Một\nHai".encode(), "a.txt")
    check(reading)
    turned = type(reading)(reading.source, reading.blocks[::-1])
    with pytest.raises(AssertionError, match="numbered 1"):
        check(turned)


def test_report():
    result = Run("pdf", seconds=2.0)
    result.outcomes.update({"read": 3, "unreadable": 1})
    result.find("KeyError: 'w'", 7)
    first, second = lines(result)
    assert first.split()[:7] == ["pdf", "5", "files", "2", "s", "2.5", "a"]
    assert first.endswith("read 3  unreadable 1  findings 1")
    assert second.strip() == "1 × KeyError: 'w': file 7"
    assert "left out" in next(lines(Run("scan")))
