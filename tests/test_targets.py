"""Targets: every invented phrase of corpus/cases/targets.yaml, rows of tables, and what holds for any text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions.frame import Context, mentions_in
from extractor.mentions.target_numbers import amounts, number
from extractor.mentions.targets import find, find_in_row, told_once

CASES = yaml.safe_load((Path(__file__).parents[1] / "corpus" / "cases" / "targets.yaml").read_text(encoding="utf-8"))
DETAILS = {"sign", "value", "unit", "text", "indicator", "baseline", "by"}


@dataclass(frozen=True)
class Want:
    """What a phrase must give, exactly once and in this order."""

    sign: str
    value: float
    unit: str | None
    text: str
    baseline: float | None
    by: date | None


def wanted(case):
    for target in case["targets"]:
        assert target.keys() <= DETAILS, f"misspelt key in the case {case['phrase']!r}"
    return [
        Want(t["sign"], t["value"], t["unit"], t.get("text", whole(case["phrase"])), t.get("baseline"), t.get("by"))
        for t in case["targets"]
    ]


def whole(phrase):
    return phrase.removeprefix("- ").rstrip(".")


def told(targets):
    return [Want(t.comparator, t.value, t.unit, t.text, t.baseline, t.by) for t in targets]


def assert_points_at_words(phrase, targets, block):
    for target in targets:
        assert target.span is not None
        assert target.span.block == block
        assert phrase[target.span.start : target.span.end] == target.text


@pytest.mark.parametrize("strict", [True, False], ids=["prose", "heading"])
@pytest.mark.parametrize("case", CASES["goals"], ids=lambda case: case["phrase"][:60])
def test_goal_is_found_in_prose_and_under_a_heading(case, strict):
    targets = find(case["phrase"], block=7, strict=strict)
    assert told(targets) == wanted(case)
    assert_points_at_words(case["phrase"], targets, 7)


@pytest.mark.parametrize("case", CASES["listed"], ids=lambda case: case["phrase"][:60])
def test_number_counts_under_a_heading_of_targets(case):
    targets = find(case["phrase"], strict=False)
    assert told(targets) == wanted(case)
    assert_points_at_words(case["phrase"], targets, 0)


@pytest.mark.parametrize(
    ("phrase", "strict", "indicators"),
    [
        pytest.param(
            case["phrase"], group == "goals", [t.get("indicator") for t in case["targets"]], id=case["phrase"][:60]
        )
        for group in ("goals", "listed")
        for case in CASES[group]
        if any("indicator" in target for target in case["targets"])
    ],
)
def test_indicator_leaves_out_number_and_comparator(phrase, strict, indicators):
    found = [target.indicator for target in find(phrase, strict=strict)]
    assert [have for have, want in zip(found, indicators, strict=True) if want] == [want for want in indicators if want]


@pytest.mark.parametrize("phrase", CASES["prose"])
def test_number_in_prose_is_no_target(phrase):
    assert find(phrase, strict=True) == ()


@pytest.mark.parametrize("phrase", CASES["plain"])
def test_number_is_no_target_even_under_a_heading(phrase):
    assert find(phrase, strict=False) == ()


def test_there_are_enough_cases():
    positive = len(CASES["goals"]) + len(CASES["listed"])
    negative = len(CASES["prose"]) + len(CASES["plain"])
    assert (positive >= 90, negative >= 60) == (True, True)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1.3. Tỷ lệ hộ dùng nước sạch", "≥ 95%", "88,2%", None), (">=", 95, "%", 88.2, "Tỷ lệ hộ dùng nước sạch")),
        (("Hạ tầng số", "11.39", "8.79", "điểm"), ("=", 11.39, "điểm", 8.79, "Hạ tầng số")),
        (("Trường đạt chuẩn quốc gia", "25", None, "Trường"), ("=", 25, "Trường", None, "Trường đạt chuẩn quốc gia")),
        (("Chỉ số PCI", "Top 10", "18", None), ("<=", 10, "hạng", 18, "Chỉ số PCI")),
        (("- Tỷ lệ văn bản ký số", "80", "", None), ("=", 80, "%", None, "Tỷ lệ văn bản ký số")),
        (("Diện tích rau an toàn (ha)", "1.500", None, None), ("=", 1500, "ha", None, "Diện tích rau an toàn (ha)")),
        (("Hồ sơ trễ hạn", "-5%", None, None), ("-", 5, "%", None, "Hồ sơ trễ hạn")),
        (("Lao động qua đào tạo", "70-75", None, "%"), (">=", 70, "%", None, "Lao động qua đào tạo")),
        (("Hộ có địa chỉ số", "> 80", None, "Tỷ lệ %"), (">", 80, "%", None, "Hộ có địa chỉ số")),
        (("Thư viện số", "0,75 (tạm tính theo cách cũ)", "0", "điểm"), ("=", 0.75, "điểm", 0, "Thư viện số")),
        (("Xã đạt chuẩn", "15/15 xã", "không", None), ("=", 15, "xã", None, "Xã đạt chuẩn")),
    ],
)
def test_row_of_a_table_of_targets(cells, expected):
    name, value, baseline, unit = cells
    target = find_in_row(name, value, baseline=baseline, unit=unit, block=3)
    assert target is not None
    assert (target.comparator, target.value, target.unit, target.baseline, target.text) == expected
    assert (target.span.block, name[target.span.start : target.span.end]) == (3, target.text)


@pytest.mark.parametrize("value", ["", "-", "Đạt", "31/12/2026", "Quý IV/2026", "theo Quyết định số 12/QĐ-UBND", "…"])
def test_row_without_a_number_is_no_target(value):
    assert find_in_row("Tỷ lệ số hóa", value) is None


def test_row_says_when_its_unit_is_only_inferred():
    assert find_in_row("Tỷ lệ số hóa", "80").reasons == ("unit_inferred",)
    assert find_in_row("Tỷ lệ số hóa", "80", unit="%").reasons == ()


def test_row_takes_the_day_that_its_own_words_name():
    assert find_in_row("Số sáng kiến đến năm 2027", "12", unit="sáng kiến").by == date(2027, 12, 31)


def test_masked_number_is_no_target():
    text = "Bảo đảm 90% hồ sơ; bảo đảm 80% văn bản."
    assert [t.value for t in find(text, masked=[(0, 18)])] == [80]


NUMBERS = st.sampled_from(
    ["90%", "70-80%", "05 ", "1.500 ", "3 ngày ", "một ", "08/08 ", "Top 10", "100% (khoảng 30) "]
)
WORDS = st.sampled_from(
    [
        *(
            "Phấn đấu ",
            "đạt ",
            "tối thiểu ",
            "ít nhất ",
            "không quá ",
            "giảm ",
            "từ ",
            "lên ",
            " trở lên",
            "và ",
            "mỗi xã ",
        ),
        *(" hồ sơ", "lớp ", "tỷ đồng", "huyện, thành phố", "Tỷ lệ ", "đến năm 2027", "năm 2026"),
        *(", ", "; ", ". ", "(", ")", ": ", "\n- ", "İ", "¤", "…", "”"),
    ]
)


@given(st.lists(WORDS | NUMBERS, max_size=14).map("".join) | st.text(max_size=120), st.booleans())
def test_every_target_points_at_its_words(text, strict):
    targets = find(text, block=2, strict=strict)
    assert_points_at_words(text, targets, 2)
    for target in targets:
        assert target.text.strip()
        assert target.value >= 0


@given(st.lists(WORDS, max_size=6).map("".join), NUMBERS, st.lists(WORDS, max_size=6).map("".join))
def test_goal_in_prose_is_one_under_a_heading(lead, amount, tail):
    loose = {(t.value, t.unit, t.comparator) for t in find(lead + amount + tail, strict=False)}
    assert {(t.value, t.unit, t.comparator) for t in find(lead + amount + tail, strict=True)} <= loose


@given(st.integers(0, 999_999_999))
def test_whole_number_round_trips_with_points(value):
    assert number(f"{value:,}".replace(",", ".")) == value


@given(st.integers(0, 99_999), st.integers(0, 99))
def test_decimal_comma_and_two_digit_point_are_decimals(whole_part, cents):
    assert number(f"{whole_part},{cents:02}") == pytest.approx(whole_part + cents / 100)
    assert number(f"{whole_part}.{cents:02}") == pytest.approx(whole_part + cents / 100)


@given(st.integers(1, 9_999_999))
def test_amount_gives_back_the_number_and_its_measure(value):
    written = f"{value:,}".replace(",", ".")
    assert [(a.value, a.unit) for a in amounts(f"phấn đấu {written} hộ nghèo thoát nghèo")] == [(value, "hộ nghèo")]


def test_target_told_twice_is_one_that_takes_the_day():
    first = find("Giao chỉ tiêu 100% đoàn viên cài ứng dụng sổ tay số.")
    again = find("Đến hết quý I/2027, 100% đoàn viên cài ứng dụng sổ tay số;", block=4)
    assert [(t.span.block, t.by) for t in told_once((*first, *again))] == [(0, date(2027, 3, 31))]


def test_quarters_and_whole_years_are_those_of_the_document():
    text = "Quý I đạt 15%, 6 tháng đầu năm đạt 45% và cả năm đạt 100% kế hoạch, so với quý I tăng 85%."
    found = find(text, strict=False, year=2026)
    assert [(t.value, t.by) for t in found][:3] == [
        (15, date(2026, 3, 31)),
        (45, date(2026, 6, 30)),
        (100, date(2026, 12, 31)),
    ]
    assert [t.by for t in find(text, strict=False)] == [None] * len(found)


@pytest.mark.parametrize(
    "second",
    [
        "Phấn đấu 90% cơ sở giết mổ tập trung có hệ thống xử lý nước thải.",
        "Phấn đấu 95% hợp tác xã có trang thông tin điện tử.",
        "Phấn đấu tối thiểu 90% hợp tác xã có trang thông tin điện tử.",
    ],
    ids=["other thing", "other value", "other comparator"],
)
def test_targets_that_differ_are_two(second):
    first = find("Phấn đấu 90% hợp tác xã có trang thông tin điện tử.")
    assert len(told_once((*first, *find(second)))) == 2


def test_two_numbers_of_the_same_words_stay_two():
    found = mentions_in("Mở 03 lớp bồi dưỡng cho 90 cán bộ", Context(), "targets")
    assert [(target.value, target.unit) for target in found] == [(3, "lớp"), (90, "cán bộ")]
