"""Units: the phrases of corpus/cases/units.yaml and offices.yaml, and what holds for any text."""

from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions.units import (
    declared_short_forms,
    find,
    find_roles,
    is_unit_heading,
    only_units,
    split_list,
    unit_heading,
)
from extractor.model import UnitMention

CASES = ("units.yaml", "offices.yaml")


def cases(section: str) -> list[Any]:
    held = [yaml.safe_load((files("corpus") / "cases" / name).read_text(encoding="utf-8")) for name in CASES]
    return [pytest.param(case, id=case["text"][:60] or "empty") for one in held for case in one.get(section, ())]


def texts(units: tuple[UnitMention, ...]) -> list[str]:
    return [unit.text for unit in units]


def assert_names(units: tuple[UnitMention, ...], names: dict[str, str]) -> None:
    for text, name in names.items():
        assert [unit.name for unit in units if unit.text == text] == [name]


@pytest.mark.parametrize("case", cases("find"))
def test_units_of_prose(case: dict[str, Any]) -> None:
    found = find(case["text"])
    assert texts(found) == case["units"]
    assert_names(found, case.get("names", {}))


@pytest.mark.parametrize("case", cases("lists"))
def test_units_of_a_list(case: dict[str, Any]) -> None:
    found = split_list(case["text"])
    assert texts(found) == case["units"]
    assert_names(found, case.get("names", {}))


@pytest.mark.parametrize("case", cases("roles"))
def test_roles(case: dict[str, Any]) -> None:
    reading = find_roles(case["text"], heading=case.get("heading", False))
    assert (texts(reading.lead), texts(reading.support)) == (case["lead"], case["support"])
    assert (reading.lead_source is None) == (not case["lead"])
    if "source" in case:
        assert reading.lead_source == case["source"]


@pytest.mark.parametrize("case", cases("headings"))
def test_unit_headings(case: dict[str, Any]) -> None:
    assert texts(unit_heading(case["text"])) == case["units"]
    assert is_unit_heading(case["text"]) == bool(case["units"])


@pytest.mark.parametrize("case", cases("declared"))
def test_declared_short_forms(case: dict[str, Any]) -> None:
    assert declared_short_forms(case["text"]) == case["forms"]


def test_enough_cases_of_both_signs() -> None:
    loaded = yaml.safe_load((files("corpus") / "cases" / "units.yaml").read_text(encoding="utf-8"))
    signs = [
        bool(case.get("units") or case.get("lead") or case.get("support") or case.get("forms"))
        for section in loaded.values()
        for case in section
    ]
    assert signs.count(True) >= 200
    assert signs.count(False) >= 90


def test_a_declared_form_is_written_out() -> None:
    (unit,) = find("Ban A theo dõi, đôn đốc.", declared={"Ban A": "Ban Chỉ đạo chuyển đổi số tỉnh"})
    assert (unit.text, unit.name) == ("Ban A", "Ban Chỉ đạo chuyển đổi số tỉnh")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sở TT&TT", "so-thong-tin-va-truyen-thong"),
        ("Công an tỉnh", "cong-an-tinh"),
        ("Trung tâm Phục vụ hành chính công tỉnh", "trung-tam-phuc-vu-hanh-chinh-cong"),
        ("UBND các xã, phường", "uy-ban-nhan-dan-cap-xa"),
        ("Sở Y tế tỉnh Đồng Nai", None),  # another province's namesake must not be taken for ours
        ("UBND phường Hồng Hà", None),
        ("các sở, ban, ngành", None),
        ("Giám đốc Sở Y tế", None),
    ],
)
def test_keys(text: str, key: str | None) -> None:
    (unit,) = find(text)
    assert unit.key == key


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("các sở, ban, ngành", True),
        ("UBND các huyện, thị xã", True),
        ("UBND xã/phường", True),
        ("Công an cấp xã", True),
        ("Thủ trưởng các đơn vị", True),
        ("UBND tỉnh", False),
        ("Sở Y tế", False),
        ("Ban Quản lý các khu công nghiệp", False),
        ("Chánh Văn phòng UBND tỉnh", False),
    ],
)
def test_groups(text: str, group: bool) -> None:
    (unit,) = find(text)
    assert unit.group is group


def test_unknown_names_are_kept_with_a_reason() -> None:
    known, unknown = split_list("Sở Nội vụ, Lê Thị Bảy")
    assert known.reasons == ()
    assert unknown.reasons == ("unknown_name",)


def test_only_units_says_nothing_of_a_sentence() -> None:
    assert texts(only_units("Sở Nội vụ, Công an tỉnh")) == ["Sở Nội vụ", "Công an tỉnh"]
    assert only_units("Sở Nội vụ tham mưu") == ()


WORDS = [
    *(
        "Sở Tài chính",
        "Sở",
        "TT&TT",
        "UBND",
        "tỉnh",
        "các",
        "sở, ban, ngành",
        ",",
        "và",
        ";",
        ":",
        "(",
        ")",
        "/",
        "-",
        "\n",
    ),
    *(
        ".",
        "chủ trì",
        "phối hợp với",
        "giao",
        "đề nghị",
        "Công an",
        "Phòng",
        "Văn hóa",
        "liên quan",
        "Giám đốc",
        "thuộc",
    ),
    *(
        "xã",
        "phường",
        "Hồng Hà",
        "Hà Nội",
        "huyện, thị xã",
        "đơn vị",
        "địa phương",
        "Ban Quản lý",
        "57",
        "số",
        "theo",
        "tại",
    ),
    *(
        "Cục",
        "Ủy ban nhân dân",
        "Uỷ ban",
        "Văn phòng",
        "thanh tra",
        "tổ chức",
        "Phụ lục",
        "Bộ:",
        "Trường",
        "THPT",
        "1.",
        "a)",
    ),
]
PROSE = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))


@given(PROSE)
def test_spans_of_prose_point_at_their_words_in_order(text: str) -> None:
    at = 0
    for unit in find(text, block=3):
        assert unit.span is not None
        assert unit.span.block == 3
        assert text[unit.span.start : unit.span.end] == unit.text
        assert unit.span.start >= at
        assert unit.name.strip()
        at = unit.span.end


@given(PROSE, st.integers(min_value=0, max_value=50))
def test_spans_of_lists_point_at_their_words_in_order(text: str, offset: int) -> None:
    at = 0
    for unit in split_list(text, offset=offset):
        assert unit.span is not None
        start, end = unit.span.start - offset, unit.span.end - offset
        assert text[start:end].replace("\n", " ") == unit.text  # a wrapped line reads as one
        assert start >= at
        at = end


@given(PROSE, st.booleans())
def test_roles_are_of_units_in_the_text(text: str, heading: bool) -> None:
    reading = find_roles(text, heading=heading)
    for unit in (*reading.lead, *reading.support, *reading.neither):
        assert unit.span is not None
        assert text[unit.span.start : unit.span.end].replace("\n", " ") == unit.text
    assert (reading.lead_source is None) == (not reading.lead)


@given(PROSE)
def test_headings_and_declarations_never_fail(text: str) -> None:
    assert is_unit_heading(text) == bool(unit_heading(text))
    assert all(short and name for short, name in declared_short_forms(text).items())


# None of these is a room of another: side by side each is an entry, though a page has lost the ends of their lines.
SIDE_BY_SIDE = (
    """
Sở Tài chính | Sở Văn hóa, Thể thao và Du lịch | Thanh tra tỉnh | Công an tỉnh | Thuế tỉnh | UBND các xã, phường
Các đơn vị liên quan | Tỉnh đoàn | Hội Nông dân tỉnh | Báo và phát thanh, truyền hình tỉnh | Bộ Chỉ huy Quân sự tỉnh
Kho bạc Nhà nước khu vực VI | Công an xã | Các doanh nghiệp
""".strip()
    .replace("\n", " | ")
    .split(" | ")
)


@pytest.mark.parametrize("first", SIDE_BY_SIDE)
@pytest.mark.parametrize("gap", [" ", "\n"], ids=["joined", "lines"])
def test_units_side_by_side_are_parted(first: str, gap: str) -> None:
    others = [unit for unit in SIDE_BY_SIDE if unit != first]
    assert [texts(split_list(f"{first}{gap}{other}")) for other in others] == [[first, other] for other in others]
