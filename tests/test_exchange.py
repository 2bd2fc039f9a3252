"""Extraction → JSON → Extraction loses nothing but the blocks, and a wrong value is named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.exchange import from_json, to_json
from extractor.model import (
    Block,
    Comparator,
    Deadline,
    DeadlineKind,
    Evidence,
    Extraction,
    Header,
    Offset,
    OffsetUnit,
    Place,
    Problem,
    Qualifier,
    Severity,
    Source,
    Span,
    Target,
    TaskDraft,
    TaskStatus,
    UnitMention,
)

words = st.text(max_size=12)
maybe_words = st.none() | words
names = st.lists(words, max_size=2).map(tuple)
days = st.none() | st.dates()
numbers = st.floats(allow_nan=False, allow_infinity=False)
spans = st.builds(Span, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
maybe_spans = st.none() | spans
pages = st.none() | st.integers(1, 99)
proofs = st.lists(st.builds(Evidence, words, words, spans, pages), max_size=2).map(tuple)
units = st.lists(st.builds(UnitMention, words, words, maybe_spans, maybe_words, st.booleans(), names), max_size=2)
deadlines = st.builds(
    Deadline,
    text=words,
    kind=st.sampled_from(get_args(DeadlineKind)),
    start=days,
    due=days,
    rrule=maybe_words,
    qualifier=st.none() | st.sampled_from(get_args(Qualifier)),
    time=maybe_words,
    anchor=maybe_words,
    offset=st.none() | st.builds(Offset, st.integers(-99, 99), st.sampled_from(get_args(OffsetUnit))),
    span=maybe_spans,
    reasons=names,
)
tasks = st.builds(
    TaskDraft,
    id=words,
    text=words,
    title=words,
    section=names,
    lead=units.map(tuple),
    support=units.map(tuple),
    deadline=st.none() | deadlines,
    milestones=st.lists(deadlines, max_size=2).map(tuple),
    product=maybe_words,
    status=st.sampled_from(get_args(TaskStatus)),
    evidence=proofs,
    confidence=numbers,
    reasons=names,
)
targets = st.builds(
    Target,
    text=words,
    indicator=words,
    comparator=st.sampled_from(get_args(Comparator)),
    value=numbers,
    unit=maybe_words,
    baseline=st.none() | numbers,
    by=days,
    span=maybe_spans,
    reasons=names,
)
problems = st.builds(Problem, words, words, st.sampled_from(get_args(Severity)), words, pages, st.none() | pages)
headers = st.builds(
    Header, maybe_words, maybe_words, maybe_words, days, maybe_words, maybe_words, evidence=proofs, reasons=names
)
extractions = st.builds(
    Extraction,
    doc_id=words,
    source=st.builds(Source, words, words, words, pages, words, st.booleans()),
    header=headers,
    tasks=st.lists(tasks, max_size=2).map(tuple),
    targets=st.lists(targets, max_size=2).map(tuple),
    problems=st.lists(problems, max_size=2).map(tuple),
    declared=st.dictionaries(words, words, max_size=2),
)


@given(extractions)
def test_round_trip(extraction: Extraction) -> None:
    text = json.dumps(to_json(extraction), ensure_ascii=False, allow_nan=False)
    assert from_json(json.loads(text)) == extraction


def example() -> Extraction:
    """One small document."""
    unit = UnitMention("Sở TC", "Sở Tài chính", Span(4, 0, 5), "so-tai-chinh")
    deadline = Deadline(
        "trước ngày 20/5/2026", "date", due=date(2026, 5, 20), qualifier="before", offset=None, span=Span(4, 30, 50)
    )
    task = TaskDraft(
        "t1", "Rà soát định mức", "Rà soát định mức", ("II. NHIỆM VỤ",), (unit,), deadline=deadline, confidence=0.9,
        evidence=(Evidence("text", "Rà soát định mức", Span(4, 7, 23), 2),),
    )  # fmt: skip
    return Extraction(
        "kh-12",
        Source("kh-12.docx", "0" * 64, "application/msword", None, "docx"),
        Header("12/KH-UBND", "Kế hoạch", date=date(2026, 2, 3), reasons=("issuer_absent",)),
        (task,),
        (Target("90% hộ dân", "hộ dân", ">=", 90.0, "%", by=date(2026, 12, 31)),),
        (Problem("tasks", "number_gap", "low", "thiếu số thứ tự 3", 2),),
        (Block(0, "x", Place(1, 0)),),
        {"Sở TC": "Sở Tài chính"},
    )


def test_shape_is_that_of_the_contract() -> None:
    values = to_json(example())
    assert list(values) == ["doc_id", "header", "tasks", "targets", "source", "problems", "declared"]
    header = {"number": "12/KH-UBND", "kind": "Kế hoạch", "issuer": None, "date": "2026-02-03", "subject": None}
    assert {**header, "urgency": None, "evidence": [], "reasons": ["issuer_absent"]} == values["header"]
    (task,) = values["tasks"]
    lead = {"text": "Sở TC", "name": "Sở Tài chính", "unit_key": "so-tai-chinh"}
    assert lead.items() <= task["lead"][0].items()
    due = {"text": "trước ngày 20/5/2026", "kind": "date", "start": None, "due": "2026-05-20", "rrule": None}
    assert {**due, "qualifier": "before", "time": None, "anchor": None, "offset": None}.items() <= task[
        "deadline"
    ].items()
    proof = {"field": "text", "quote": "Rà soát định mức", "page": 2, "block": 4, "start": 7, "end": 23}
    assert task["evidence"] == [proof]
    assert (task["product"], task["milestones"], task["status"], task["confidence"]) == (None, [], "todo", 0.9)
    target = {"text": "90% hộ dân", "indicator": "hộ dân", "comparator": ">=", "value": 90, "unit": "%"}
    assert {**target, "baseline": None, "by": "2026-12-31"}.items() <= values["targets"][0].items()
    source = {"path": "kh-12.docx", "sha256": "0" * 64, "media_type": "application/msword", "pages": None}
    assert values["source"] == {**source, "reader": "docx", "ocr": False}
    problem = {"stage": "tasks", "kind": "number_gap", "severity": "low", "message": "thiếu số thứ tự 3"}
    assert values["problems"] == [{**problem, "page": 2, "block": None}]


def test_whole_numbers_are_written_whole() -> None:
    value = to_json(example())["targets"][0]["value"]
    assert (value, type(value)) == (90, int)


def test_blocks_stay_behind() -> None:
    assert from_json(to_json(example())) == replace(example(), blocks=())


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("doc_id",), None, "doc_id: cần giá trị"),
        (("doc_id",), 7, "doc_id: cần chuỗi"),
        (("header", "date"), "03/02/2026", "header.date: cần ngày dạng NNNN-TT-NN"),
        (("tasks",), {}, "tasks: cần danh sách"),
        (("tasks",), ["t1"], "tasks: cần danh sách đối tượng"),
        (("tasks", 0, "status"), "later", "tasks[0].status: cần một trong todo, doing, done, paused, cancelled"),
        (("tasks", 0, "section"), [1], "tasks[0].section: cần danh sách chuỗi"),
        (("tasks", 0, "confidence"), "0.9", "tasks[0].confidence: cần số"),
        (("tasks", 0, "confidence"), True, "tasks[0].confidence: cần số"),
        (("tasks", 0, "deadline", "kind"), "soon", "tasks[0].deadline.kind: cần một trong date"),
        (("tasks", 0, "evidence", 0, "start"), True, "tasks[0].evidence[0].start: cần số nguyên"),
        (("source", "ocr"), 1, "source.ocr: cần true hoặc false"),
        (("declared",), {"Sở TC": 1}, "declared: cần đối tượng gồm các chuỗi"),
    ],
)
def test_wrong_values_are_named(path: tuple[str | int, ...], value: object, message: str) -> None:
    values = to_json(example())
    holder = values
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (the message is compared below)
        from_json(values)
    assert str(caught.value).startswith(message)


def test_a_missing_key_is_named() -> None:
    values = to_json(example())
    del values["source"]["reader"]
    with pytest.raises(ValueError, match=r"source\.reader: cần có khóa này"):
        from_json(values)
