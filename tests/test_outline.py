"""Lines, labels, and the tree of sections and items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document.lines import DASH, LETTER, NUMBER, ROMAN, UNLABELLED, label_of, lines, rank_of_label
from extractor.document.outline import Node, outline
from extractor.model import Block, Place


def block(index: int, text: str, **more: object) -> Block:
    return Block(index, text, Place(1, index), **more)  # type: ignore[arg-type]


def tree(*texts: str) -> list[Node]:
    return outline(lines([block(i, text) for i, text in enumerate(texts)]))


@pytest.mark.parametrize(
    ("text", "label", "rank"),
    [
        ("I. MỤC ĐÍCH", "I.", ROMAN),
        ("IV- TỔ CHỨC", "IV-", ROMAN),
        ("1. Sở Tài chính", "1.", NUMBER),
        ("1.2. Mục tiêu", "1.2.", NUMBER + 1),
        ("1.2.3 Chi tiết", "1.2.3", NUMBER + 1),
        ("2/ Công an xã", "2/", NUMBER),
        ("a) Rà soát", "a)", LETTER),
        ("đ) Báo cáo", "đ)", LETTER),
        ("(1) Kiểm tra", "(1)", LETTER + 1),
        ("- Chủ trì", "-", DASH),
        ("-Chủ trì", "-", DASH),
        ("– Chủ trì", "–", DASH),
        ("+ Phối hợp", "+", DASH + 1),
        ("* Ghi chú", "*", DASH + 2),
        ("Điều 1. Ban hành", "Điều 1.", ROMAN),
        ("Phần thứ hai NHIỆM VỤ", "Phần thứ hai", 0),
        ("Chương II QUY ĐỊNH", "Chương II", 1),
    ],
)
def test_label(text: str, label: str, rank: int) -> None:
    found, found_rank, skip = label_of(text)
    assert (found, found_rank) == (label, rank)
    assert text[skip:] == text[len(label) :].lstrip()


@pytest.mark.parametrize(
    "text",
    ["100% hộ dân", "30/10/2022 là hạn", "2.500 hồ sơ", "Sở Y tế", "In tờ rơi", "1 đơn vị", "có nơi", "Lập kế hoạch"],
)
def test_no_label(text: str) -> None:
    assert label_of(text) == ("", UNLABELLED, 0)


@pytest.mark.parametrize(
    ("label", "rank"),
    [
        ("1", NUMBER),
        ("1.1", NUMBER + 1),
        ("II", ROMAN),
        ("a", LETTER),
        ("a)", LETTER),
        ("-", DASH),
        ("abc", UNLABELLED),
    ],
)
def test_rank_of_label_alone(label: str, rank: int) -> None:
    assert rank_of_label(label) == rank


def test_word_label_is_not_in_the_text() -> None:
    (line,) = lines([block(0, "Rà soát quy hoạch", label="2.1.")])
    assert (line.label, line.rank, line.text) == ("2.1.", NUMBER + 1, "Rà soát quy hoạch")


def test_lines_of_one_block_are_lines() -> None:
    found = lines([block(0, "- Rà soát\n- Báo cáo")])
    assert [(line.label, line.text) for line in found] == [("-", "Rà soát"), ("-", "Báo cáo")]


def test_quoted_clause_keeps_its_labels() -> None:
    # A clause of a law quoted over several lines is no list of the plan.
    found = lines(
        [block(0, "a) Nhiệm vụ tại Điều 4"), block(1, "“4. Ủy ban có trách nhiệm:"), block(2, "b) Quy định ”")]
    )
    assert [line.label for line in found] == ["a)", "", ""]


@given(st.lists(st.text(alphabet="aAđIVX1.)-+• \n“”chủtrìSở:", max_size=40), max_size=8))
def test_lines_point_at_their_words(texts: list[str]) -> None:
    blocks = [block(i, text) for i, text in enumerate(texts)]
    for line in lines(blocks):
        assert blocks[line.span.block].text[line.span.start : line.span.end] == line.text
        assert line.text.strip()


def test_sections_hold_their_items() -> None:
    top = tree("I. NHIỆM VỤ", "1. Tuyên truyền", "- Viết bài", "- In tờ rơi", "2. Kiểm tra", "II. TỔ CHỨC")
    assert [node.line.label for node in top] == ["I.", "II."]
    assert [child.line.text for child in top[0].children] == ["Tuyên truyền", "Kiểm tra"]
    assert [leaf.line.text for leaf in top[0].children[0].children] == ["Viết bài", "In tờ rơi"]


def test_paragraph_after_bullets_belongs_to_the_section() -> None:
    (section,) = tree("1. Sở Y tế:", "- Kiểm tra cơ sở.", "Các đơn vị báo cáo trước ngày 05/12.")
    assert [child.line.text for child in section.children] == [
        "Kiểm tra cơ sở.",
        "Các đơn vị báo cáo trước ngày 05/12.",
    ]


def test_announcing_paragraph_holds_the_bullets_after_it() -> None:
    (section,) = tree("6. Đề nghị Hội Nông dân", "Chỉ đạo các cấp hội như sau:", "- Vận động hội viên.", "- Giám sát.")
    (announcing,) = section.children
    assert [child.line.text for child in announcing.children] == ["Vận động hội viên.", "Giám sát."]


def test_assignment_lines_hang_on_their_item() -> None:
    first, second = tree(
        "1. Rà soát quy hoạch", "- Đơn vị chủ trì: Sở Xây dựng", "- Thời gian: Quý I/2026",
        "2. Lập danh mục", "- Đơn vị chủ trì: Sở Y tế",
    )  # fmt: skip
    assert [a.line.text for a in first.assignments] == ["Đơn vị chủ trì: Sở Xây dựng", "Thời gian: Quý I/2026"]
    assert [a.line.text for a in second.assignments] == ["Đơn vị chủ trì: Sở Y tế"]


def test_assignment_lines_that_stand_once_belong_to_the_group() -> None:
    (group,) = tree("1. Truyền thông", "- Viết bài.", "- In tờ rơi.", "- Đơn vị chủ trì: Sở Y tế")
    assert [a.line.text for a in group.assignments] == ["Đơn vị chủ trì: Sở Y tế"]
    assert not group.children[-1].assignments


def test_list_under_an_empty_assignment_line_is_its_value() -> None:
    (item,) = tree("1. Lập quy hoạch", "Đơn vị thực hiện:", "- Sở Xây dựng", "- Sở Tài chính", "Thời gian: 2026")
    assert [child.line.text for child in item.assignments[0].children] == ["Sở Xây dựng", "Sở Tài chính"]
    assert item.assignments[1].line.text == "Thời gian: 2026"
