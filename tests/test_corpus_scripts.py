"""Scripts: annotated text → a document and its truth."""

import unicodedata
from dataclasses import replace

import pytest

from corpus.generator.forms import SPELLINGS
from corpus.generator.gold import gold_of
from corpus.generator.layout import Line, Sheet, elements
from corpus.generator.letters import in_letters
from corpus.generator.script import entry as entry_of
from corpus.generator.script import form_of
from corpus.generator.script_truth import deadline, target, units
from corpus.generator.spec import Deadline, Target

SCRIPT = """issuer: Sở Y tế tỉnh Phú Thọ
lines: UBND TỈNH PHÚ THỌ / SỞ Y TẾ
number: 12/KH-SYT
kind: Kế hoạch
place: Phú Thọ
day: 2026-02-03
subject: Thử
signed: GIÁM ĐỐC / Nguyễn Văn A
form: scheme=decimal colon=1 number_line=Số_:_{}
---
Mở đầu.
#1 NHIỆM VỤ
#2 Phòng Nghiệp vụ Y
> L | S: Văn phòng Sở
*- Lập danh sách trước ngày 15/4.
> D: trước ngày 15/4 = 2026-04-15
*- Sở A làm việc này; Sở B làm việc kia.
> T: Sở A làm việc này | L: Sở A
> T: Sở B làm việc kia. | L: Sở B | S: Sở C + Lê Chân~UBND phường Lê Chân
- Câu này không giao việc.
#2 Mua 03 tủ
> N: Mua 03 tủ :: tủ :: >= 3 tủ by 2026-12-31 base 1
*#3 Việc có dòng phân công
@ L: Sở D | D: Quý I/2026 = 2026-03-31 | X: Kinh phí=tự chủ | lines
- gạch đầu dòng thuộc việc;
*#3 Việc gõ tay
> G | L: Sở E
- chi tiết;
% - Chủ trì: Sở E.
[table roles=n,w,l,s,d heads=1 sep=;]
TT | Việc | Chủ trì | Phối hợp | Hạn
= I | Nhóm một | < | < | <
* 1 | Việc bảng | Sở G + Sở H | \\Như trên | Xong {trong tháng 5} = 2026-05-31
* 2 | Việc hai | ^ |  | ^
> N: Việc hai :: việc :: = 2 việc
3 | Không phải việc | | |
[end]
~ Câu cuối.
[annex landscape] PHỤ LỤC / (Kèm theo)
* Việc ở phụ lục
"""


def test_a_script_becomes_a_document_with_its_truth():
    made = entry_of("thu", SCRIPT)
    truth = gold_of(made.document, made.form)
    found = [
        (
            task["text"],
            [u["text"] for u in task["lead"]],
            [u["name"] for u in task["support"]],
            (task["deadline"] or {}).get("due"),
        )
        for task in truth["tasks"]
    ]
    assert found == [
        ("Lập danh sách trước ngày 15/4.", ["Phòng Nghiệp vụ Y"], ["Văn phòng Sở"], "2026-04-15"),
        ("Sở A làm việc này", ["Sở A"], [], None),
        ("Sở B làm việc kia.", ["Sở B"], ["Sở C", "Ủy ban nhân dân phường Lê Chân"], None),
        ("Việc có dòng phân công\ngạch đầu dòng thuộc việc;", ["Sở D"], [], "2026-03-31"),
        ("Việc gõ tay\nchi tiết;", ["Sở E"], [], None),
        ("Việc bảng", ["Sở G", "Sở H"], [], "2026-05-31"),
        ("Việc hai", ["Sở G", "Sở H"], [], "2026-05-31"),
        ("Việc ở phụ lục", [], [], None),
    ]
    assert [(one["value"], one["comparator"], one["by"], one["baseline"]) for one in truth["targets"]] == [
        (3, ">=", "2026-12-31", 1.0),
        (2, "=", None, None),
    ]
    assert truth["tasks"][5]["section"] == ["1. NHIỆM VỤ", "1.2. Mua 03 tủ", "I. Nhóm một"]
    assert not made.reserved
    lines = [element.text for element in elements(made.document, made.form) if isinstance(element, Line)]
    assert {"Phòng Nghiệp vụ Y:", "- Chủ trì: Sở E.", "Kinh phí: tự chủ."} <= set(lines)
    assert lines[-2:] == ["(Kèm theo)", "Việc ở phụ lục"]
    cells = [
        row for element in elements(made.document, made.form) if isinstance(element, Sheet) for row in element.rows
    ]
    assert cells[2] == ("1", "Việc bảng", "Sở G; Sở H", "Như trên", "Xong trong tháng 5")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quý I = 2026-03-31", Deadline("Quý I", "date", due="2026-03-31")),
        ("2026 - 2028 = 2026-01-01..2028-12-31", Deadline("2026 - 2028", "date", "2026-01-01", "2028-12-31")),
        ("hằng tháng = FREQ=MONTHLY", Deadline("hằng tháng", "recurring", rrule="FREQ=MONTHLY")),
        (
            "Hằng năm đến 2028 = FREQ=YEARLY 2028-12-31",
            Deadline("Hằng năm đến 2028", "recurring", due="2028-12-31", rrule="FREQ=YEARLY"),
        ),
        ("Từ quý II = ongoing 2026-04-01", Deadline("Từ quý II", "ongoing", start="2026-04-01")),
        ("khi có lệnh = relative", Deadline("khi có lệnh", "relative")),
    ],
)
def test_deadlines_of_a_script(text, found):
    assert deadline(text) == found


def test_targets_and_units_of_a_script():
    assert target("90% hộ :: hộ :: > 90 % by 2026-12-31") == Target("90% hộ", "hộ", 90, "%", ">", None, "2026-12-31")
    assert units("Sở A + Sở B +; Sở C, D +và Huế~UBND thành phố Huế") == (
        "Sở A",
        "Sở B",
        "Sở C, D",
        "Huế|UBND thành phố Huế",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("> L | S: Văn phòng Sở", "> Q: gì"),
        ("> D: trước ngày 15/4 = 2026-04-15", "> D: trước ngày 15/4"),
        ("* 2 | Việc hai | ^ |  | ^", "* 2 | Việc hai"),
        (":: >= 3 tủ by", ":: khoảng ba"),
        ("[end]\n", ""),
        ("number: 12/KH-SYT", "number 12/KH-SYT"),
    ],
)
def test_a_line_that_is_not_understood_is_an_error(before, after):
    assert before in SCRIPT
    with pytest.raises(ValueError, match=r"no |unequal"):
        entry_of("thu", SCRIPT.replace(before, after))


def test_the_form_of_a_script():
    form = form_of("seed=4 file=txt scheme=party colon=1 wrap=70 spelling=2")
    assert (form.file, form.scheme, form.colon, form.wrap, form.spelling) == ("txt", "party", True, 70, SPELLINGS[2])
    assert replace(form, scheme="bare") == form_of("seed=4 file=txt scheme=bare colon=1 wrap=70 spelling=2")


@pytest.mark.parametrize(
    ("letters", "text", "written"),
    [
        ("old", "Ủy ban phường Hòa An khỏe, quý III, HỦY", "Uỷ ban phường Hoà An khoẻ, quý III, HUỶ"),
        ("eth", "Đảng ủy đã", "Ðảng ủy đã"),
        ("nfc", "Hòa", "Hòa"),
    ],
)
def test_other_letters(letters, text, written):
    assert in_letters(text, letters) == written
    assert unicodedata.normalize("NFC", in_letters(text, "nfd")) == text
