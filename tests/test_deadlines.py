"""The deadline grammar against corpus/cases/deadlines.yaml and deadline_ways.yaml, and what must hold for any text."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions.deadlines import DeadlineContext, binding, find
from extractor.model import Deadline, Offset, Span

GROUPS = [
    group
    for name in ("deadlines.yaml", "deadline_ways.yaml")
    for group in yaml.safe_load((files("corpus") / "cases" / name).read_text(encoding="utf-8"))["groups"]
]
FIELDS = ("text", "kind", "start", "due", "rrule", "qualifier", "time", "anchor", "offset")


def context_of(group):
    return DeadlineContext(group.get("issued"), group.get("plan_year"), group.get("events", {}))


POSITIVES = [
    pytest.param(group, case, id=f"{group['rule']}: {case['in']}") for group in GROUPS for case in group["cases"]
]
NEGATIVES = [
    pytest.param(group, phrase, id=f"{group['rule']}: {phrase}") for group in GROUPS for phrase in group.get("none", ())
]


def expected(case):
    for wanted in case.get("all", [case]):
        offset = wanted.get("offset")
        count, unit = offset.split() if offset else (None, None)
        values = {field: wanted.get(field) for field in FIELDS}
        yield (
            values | {"kind": wanted.get("kind", "date"), "offset": offset and Offset(int(count), unit)},
            wanted.get("reasons"),
        )


@pytest.mark.parametrize(("group", "case"), POSITIVES)
def test_the_phrase_gives_exactly_its_deadlines(group, case):
    found = find(case["in"], context_of(group), block=7, strict=group["mode"] == "prose")
    wanted = list(expected(case))
    assert [{field: getattr(deadline, field) for field in FIELDS} for deadline in found] == [
        values for values, _ in wanted
    ]
    for deadline, (_, reasons) in zip(found, wanted, strict=True):
        assert case["in"][deadline.span.start : deadline.span.end] == deadline.text
        assert deadline.span.block == 7
        assert reasons is None or list(deadline.reasons) == reasons
    if "binding" in case:
        assert binding(found).text == case["binding"]


@pytest.mark.parametrize(("group", "phrase"), NEGATIVES)
def test_the_phrase_holds_no_deadline(group, phrase):
    assert find(phrase, context_of(group), strict=group["mode"] == "prose") == ()


PIECES = [
    "trước ngày ", "ngày ", "tháng ", "quý ", "năm ", "tuần ", "hằng ", "định kỳ ", "từ ", "đến ", "trong ", "cuối ",
    "I", "IV", "15", "31/11", "30/02/2026", "2026", "12/2026", "6 tháng", "100 ngày",
    " kể từ ngày ban hành Kế hoạch", "(", ")", ", ", "; ", "và ", "-", ".", "\n", " ", "hoàn thành ", "Thời gian: ",
    "thường xuyên", "999 năm", "mười lăm ", "thứ Sáu ", "16 giờ ", "lần/", "trước mùa mưa", "sau khi ", "Hội nghị",
    "0", "99", "İ", "một trăm ", "chậm nhất ", "giai đoạn ", " trở đi",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
CONTEXTS = st.builds(
    DeadlineContext,
    st.none() | st.dates(date(1946, 1, 1), date(2099, 12, 31)),
    st.none() | st.integers(1950, 2090),
    st.just({}) | st.just({"Hội nghị": date(2026, 6, 25)}),
)


@given(TEXTS, CONTEXTS, st.booleans())
def test_any_text_gives_deadlines_that_point_at_their_words(text, context, strict):
    found = find(text, context, strict=strict)
    for deadline in found:
        assert text[deadline.span.start : deadline.span.end] == deadline.text != ""
        assert (deadline.rrule is not None) <= (deadline.kind == "recurring")
        assert deadline.due is None or deadline.kind in ("date", "recurring")
        assert deadline.due is not None or deadline.kind != "date" or deadline.reasons
        assert deadline.start is None or deadline.due is None or deadline.start <= deadline.due
        assert (deadline.anchor is not None) == (deadline.kind == "relative")
    assert list(found) == sorted(found, key=lambda deadline: deadline.span.start)
    free = [deadline for deadline in found if "binds_others" not in deadline.reasons]
    for one, other in pairwise(free):
        assert one.span.end <= other.span.start or one.span == other.span
    assert (binding(found) is None) == (not free)


FORMATS = (
    "{d}/{m}/{y}",
    "ngày {d:02d}/{m:02d}/{y}",
    "{d:02d}.{m:02d}.{y}",
    "{d:02d}-{m:02d}-{y}",
    "ngày {d:02d} tháng {m:02d} năm {y}",
)


@pytest.mark.parametrize("written", FORMATS)
@given(on=st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_written_day_is_read_back(written, on):
    text = "Hoàn thành trước " + written.format(d=on.day, m=on.month, y=on.year)
    for strict in (True, False):
        (deadline,) = find(text, DeadlineContext(None), strict=strict)
        assert (deadline.due, deadline.qualifier) == (on, "before")


def test_masked_ranges_hold_no_deadline():
    text = "Thực hiện Kế hoạch số 5/KH-UBND, hoàn thành trước ngày 01/02/2026; hoàn thành trước ngày 03/04/2026"
    masked = [(0, text.index(";"))]
    assert [d.text for d in find(text, DeadlineContext(None), strict=True, masked=masked)] == ["trước ngày 03/04/2026"]


def test_announced_days_off_move_a_counted_term():
    context = DeadlineContext(date(2026, 7, 1), days_off={date(2026, 7, 13): True})
    (deadline,) = find("10 ngày kể từ ngày ban hành Kế hoạch", context, strict=False)
    assert deadline.due == date(2026, 7, 14)


@pytest.mark.parametrize("piece", ["thứ hai, ", "ngày 1/2, ", "hằng tháng, ", "(", "quý I, ", "hoàn thành: "])
@pytest.mark.parametrize("strict", [True, False])
def test_a_long_list_neither_overflows_nor_hangs(piece, strict):
    text = piece * 2000
    found = find(text, DeadlineContext(date(2026, 1, 5)), strict=strict)
    assert all(text[deadline.span.start : deadline.span.end] == deadline.text for deadline in found)


def milestone(kind, due=None, reasons=()):
    return Deadline(text="…", kind=kind, due=due, span=Span(0, 0, 1), reasons=reasons)


@pytest.mark.parametrize(
    ("deadlines", "index"),
    [
        ([milestone("date", date(2026, 6, 30)), milestone("date", date(2026, 3, 31))], 0),
        ([milestone("ongoing"), milestone("recurring")], 1),
        ([milestone("relative"), milestone("date", date(2026, 1, 1))], 1),
        ([milestone("ongoing"), milestone("date", None, ("deadline_impossible_date",))], 1),
        ([milestone("date", date(2026, 7, 23)), milestone("date", date(2026, 7, 30), ("binds_others",))], 0),
    ],
)
def test_the_binding_deadline(deadlines, index):
    assert binding(deadlines) is deadlines[index]


def test_nothing_binds_where_nothing_is_named():
    assert binding(()) is None
