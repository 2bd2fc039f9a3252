"""Marks, figures and signs that recognition mistakes: what is set right, and what is left as it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.blocks.scan_days import with_days
from extractor.blocks.scan_marks import Syllables, mended, respelt
from extractor.blocks.scan_words import Word, glyphs_of, one_paragraph
from extractor.lexicon.loader import load


def pairs(section):
    return [(entry.first, then) for entry in load("syllables", section, Syllables) for then in entry.then]


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("việc vượt thâm quyền thì báo cáo", "việc vượt thẩm quyền thì báo cáo"),
        ("Đây mạnh tuyên truyên, tống hợp ý kiến", "Đẩy mạnh tuyên truyền, tổng hợp ý kiến"),
        ("Sở Văn hóa và Thế thao, Sở Tải chính", "Sở Văn hóa và Thể thao, Sở Tài chính"),
        ("KÊ HOẠCH", "KẾ HOẠCH"),
        ("thòi hạn hoản thành", "thời hạn hoàn thành"),
        ("phổ biến, hướng, dẫn các hộ", "phổ biến, hướng dẫn các hộ"),
        ("việc quan. trọng nhất", "việc quan trọng nhất"),
        ("(tố chức lễ)", "(tổ chức lễ)"),
        ("Sở Y tếkhu vực", "Sở Y tế khu vực"),
        ("Chỉ cục Thuế", "Chi cục Thuế"),
        ("Internet, Đắk Lắk", "Internet, Đắk Lắk"),
        ("Gia cố bờ kè kênh tiêu", "Gia cố bờ kè kênh tiêu"),
        ("hoà giải, thuỷ lợi", "hoà giải, thuỷ lợi"),  # tones in the old places are no mistake
        ("cộng tác viên chưa thành niên", "cộng tác viên chưa thành niên"),  # words of the same letters
        ("công tác phòng, chống lụt", "công tác phòng, chống lụt"),  # one word with its comma
        ("dự án đầu tư công, trình phê duyệt", "dự án đầu tư công, trình phê duyệt"),
        ("miền Đông Bộ", "miền Đông Bộ"),  # a name
        ("về việc thâm. Quyền", "về việc thâm. Quyền"),
        ("bản đồ (tống) hợp", "bản đồ (tống) hợp"),
    ],
)
def test_marks_of_known_words(read_as, meant):
    assert " ".join(mended(read_as.split())) == meant


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("ngày 05 tháng II năm 2026", "ngày 05 tháng 11 năm 2026"),
        ("ngày l5 tháng 3", "ngày 15 tháng 3"),
        ("tháng I1/2026; 30/l1/2026.", "tháng 11/2026; 30/11/2026."),
        ("3112/2026; 01/7 2026 gửi", "31/12/2026; 01/7/2026  gửi"),
        ("Quý I-IH/2026, quý II - II1/2026", "Quý I-III/2026, quý II - III/2026"),
        ("số 3112/2026, Số: 1512/2026 và 4512/2026", "số 3112/2026, Số: 1512/2026 và 4512/2026"),
        ("Quý lV/2026, quý IH", "Quý IV/2026, quý III"),
        ("Quỷ II năm 2026", "Quý II năm 2026"),
        ("trước ngay 15/7/2026", "trước ngày 15/7/2026"),
        ("ngày30 tháng 4", "ngày 30 tháng 4"),
        ("trong thảng 8 nam 2026", "trong tháng 8 năm 2026"),
        ("Việt Nam 2026, ngay 3 xã", "Việt Nam 2026, ngày 3 xã"),
        ("quý 1, Quý II, kỳ I/2026", "quý 1, Quý II, kỳ I/2026"),
        ("Điều II năm 2026, bậc lI", "Điều II năm 2026, bậc lI"),
        ("tháng II", "tháng 11"),
    ],
)
def test_days_months_and_quarters(read_as, meant):
    assert " ".join(with_days(read_as.split())) == meant


def line(*texts, par=1, number=1):
    """Words of one recognised line."""
    return [
        Word((1, par, number), text, 40.0 * at, 20.0 * number, 40.0 * at + 30, 20.0 * number + 10, 0.95)
        for at, text in enumerate(texts)
    ]


def test_lines_of_one_paragraph_are_read_on_and_others_are_not():
    words = [*line("vượt", "thâm"), *line("quyền", "giao", number=2), *line("thâm", par=2), *line("quyền", par=3)]
    assert [word.text for word in respelt(words)] == ["vượt", "thẩm", "quyền", "giao", "thâm", "quyền"]


@pytest.mark.parametrize(
    ("read_as", "meant"),
    [
        ("« Rà soát hồ sơ", "• Rà soát hồ sơ"),
        ("7, Các Bộ liên quan", "7. Các Bộ liên quan"),
        ("7, trong đó", "7, trong đó"),
        ("rà + soát hồ sơ", "rà soát hồ sơ"),
        ("Sở A + Sở B", "Sở A + Sở B"),
        ("5 + 3", "5 + 3"),
    ],
)
def test_signs_of_a_line(read_as, meant):
    assert " ".join(glyph.text for glyph in glyphs_of(line(*read_as.split()))) == meant


def test_lines_of_two_paragraphs_in_a_cell_stay_apart():
    words = [*line("Chủ", "trì"), *line("Phối", "hợp", par=2)]
    assert [word.line for word in one_paragraph(words)] == [(0, 0, 0), (0, 0, 0), (0, 0, 1), (0, 0, 1)]


def test_no_word_is_another_by_the_lists():
    known, alike = set(pairs("known")), set(pairs("alike"))
    assert len(known) > 1500
    assert not known & alike
    assert set(pairs("parted")) <= known
    assert all(part == part.lower() for pair in known | alike for part in pair)


@given(st.lists(st.sampled_from(sorted({*pairs("known"), *pairs("alike")})), max_size=4))
def test_what_is_known_stays(words):
    text = [part for pair in words for part in (*pair, "–")]
    assert mended(text) == text
    assert mended(mended(text)) == mended(text)
