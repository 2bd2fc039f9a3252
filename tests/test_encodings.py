"""Letters of old fonts, old code pages and damaged bytes → Unicode, and nothing else touched."""

import io
import unicodedata
from pathlib import Path

import docx
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractor.blocks import read
from extractor.blocks.legacy_encodings import Decoded, decode, in_font, repaired
from extractor.blocks.legacy_tables import VNI, to_unicode
from extractor.blocks.syllables import is_syllable, vietnamese_share
from extractor.errors import UnreadableError

# The same words as the fonts' own keyboards write them.
OLD = {
    "TCVN3": ("tcvn3", "Céng hßa x· héi chñ nghÜa ViÖt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    "TCVN3, second line of a letterhead": ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    "TCVN3, soft hyphen is ư": ("tcvn3", "Nhµ n\u00ad\u00edc, ng\u00ad\u00eai, t\u00ad vÊn", "Nhà nước, người, tư vấn"),
    "TCVN3, its soft hyphen lost": ("tcvn3", "Nhµ n-\u00edc, ng-êi, ch-a, t- vÊn", "Nhà nước, người, chưa, tư vấn"),
    "TCVN3, a hyphen that is one": ("tcvn3", "sè 12/KH-UBND, n¨m 2005-2010", "số 12/KH-UBND, năm 2005-2010"),
    "TCVN3, capitals": ("tcvn3", "UBND TØNH S¥N LA\nSè: 5/KH-SYT", "UBND TỈNH SƠN LA\nSố: 5/KH-SYT"),
    "VNI": ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    "VNI, second line": ("vni", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    "VNI, capitals": ("vni", "UÛY BAN NHAÂN DAÂN TÆNH; Aùp duïng", "ỦY BAN NHÂN DÂN TỈNH; Áp dụng"),
    "VNI, letters of one sign": ("vni", "quyeát ñònh, kyõ, kyø hoïp, huûy, mî", "quyết định, kỹ, kỳ họp, hủy, mỵ"),
}  # fmt: skip


@pytest.mark.parametrize(("encoding", "old", "expected"), OLD.values(), ids=OLD)
def test_old_letters(encoding, old, expected):
    assert to_unicode(old, encoding) == expected


def test_vni_knows_each_letter_in_both_cases():
    letters = {VNI[code] for code in VNI}
    plain = set("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    expected = {
        toned
        for letter in "aăâeêioôơuưy"
        for tone in ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
        if len(toned := unicodedata.normalize("NFC", letter + tone)) == 1
    } | {"đ"}
    assert {letter for letter in letters if letter.islower()} == expected - plain | set("ăâđêôơư")
    assert {letter.lower() for letter in letters if letter.isupper()} == {x for x in letters if x.islower()}


TCVN3_CODES = "¨©®ª«¬\u00adµ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
TCVN3_LETTERS = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
VNI_CODES = {letter: code for code, letter in VNI.items() if code.islower() or code.isupper()}


@given(st.text("abcdeghiklmnopqrstuvxy" + TCVN3_LETTERS + " .,;:0123456789"))
def test_tcvn3_comes_back(text):
    old = text.translate(str.maketrans(TCVN3_LETTERS, TCVN3_CODES))
    assert to_unicode(old, "tcvn3") == text


@given(st.text("abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXY" + "".join(VNI_CODES) + " .,;:-0123456789"))
def test_vni_comes_back(text):
    assert to_unicode("".join(VNI_CODES.get(letter, letter) for letter in text), "vni") == text


# --- which texts are touched -----------------------------------------------------------------------------------------


def test_a_document_of_two_encodings_is_set_right_word_by_word():
    texts = ["Kính gửi: Các phòng chuyên môn", "§Ò nghÞ b¸o c¸o tr\u00adíc ngµy 15/11", "Thanh Hóa, Kí túc xá"]
    found, encoding = repaired([*texts, "Hộp thư: vanthu@së.vn tØnh"])
    assert encoding == "tcvn3"
    assert found == [texts[0], "Đề nghị báo cáo trước ngày 15/11", texts[2], "Hộp thư: vanthu@sở.vn tỉnh"]


UNICODE = [
    "Không có gì", "Hà Nội, Thanh Hóa", "50 m² đất, §5, 10 µg, ±2 °C, «trích»", "Bản quyền © 2026 Café Müller, Citroën",
    "phát tri\u00adển", "Ea H'leo, Krông Pắc, Bù Gia Mập", "", "1.000 ®",
]  # fmt: skip


@pytest.mark.parametrize("text", UNICODE)
def test_unicode_is_left_alone(text):
    assert repaired([text]) == ([text], None)


def test_the_corpus_is_left_alone():
    for path in sorted(Path("corpus/documents").glob("*.docx")):
        texts = [unicodedata.normalize("NFC", block.text) for block in read(path).blocks]
        assert repaired(texts) == (texts, None), path.name
        marked = " ".join(texts)
        assert vietnamese_share(marked) > 0.9, path.name


SYLLABLES = ["quốc", "Nguyễn", "nghiêng", "gì", "giếng", "QUYẾT", "ỷ", "khuỷu", "ngoằn", "ương", "yếu", "quýnh", "thuở"]
NONE = ["NghÞ", "quyeát", "zürich", "tiếếng", "bcd", "KẾhoạch", "ộ́", "eoa", "ngh", "ưươ", "c\u0301"]


@pytest.mark.parametrize("word", SYLLABLES)
def test_syllable(word):
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", NONE)
def test_no_syllable(word):
    assert not is_syllable(word)


FONTS = [
    (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
    (".VnArialH", "uû ban", "UỶ BAN"),
    ("ABCDEF+.VnTimeH,Bold", "sè", "SỐ"),
    (".VnTimeH", "CÔNG TÁC", "CÔNG TÁC"),
    (".VnTimeH", "Kế hoạch", "KẾ HOẠCH"),
    (".VnTimeH", "abc 12", "ABC 12"),
    (".VnTime", "kÕ ho¹ch", "kÕ ho¹ch"),
    ("VNI-Times", "keá hoaïch", "keá hoaïch"),
    ("Times New Roman", "Kế hoạch", "Kế hoạch"),
    ("", "sè", "sè"),
]


@pytest.mark.parametrize(("font", "text", "expected"), FONTS)
def test_capitals_by_font(font, text, expected):
    assert in_font(text, font) == expected


# --- bytes -----------------------------------------------------------------------------------------------------------

SENTENCE = "Giao Sở Y tế chủ trì, phối hợp các đơn vị báo cáo trước ngày 15/11/2026."
BYTES = {
    "UTF-8": (SENTENCE.encode(), SENTENCE, None),
    "UTF-8 with its mark": (SENTENCE.encode("utf-8-sig"), SENTENCE, None),
    "UTF-16 with its mark": (SENTENCE.encode("utf-16"), SENTENCE, None),
    "UTF-16 without": (SENTENCE.encode("utf-16-le"), SENTENCE, None),
    "UTF-16, other order": (SENTENCE.encode("utf-16-be"), SENTENCE, None),
    "Windows-1258": ("So\u031b\u0309 Y tê\u0301 ba\u0301o ca\u0301o".replace("o\u031b", "ơ").encode("cp1258"),
                     "Sở Y tế báo cáo", "encoding_guessed"),
    "TCVN3": ("Së Y tÕ b¸o c¸o tr\u00adíc ngµy".encode("latin-1"), "Sở Y tế báo cáo trước ngày", "encoding_guessed"),
    "VNI": ("Sôû Y teá baùo caùo tröôùc ngaøy".encode("latin-1"), "Sở Y tế báo cáo trước ngày", "encoding_guessed"),
    "VNI typed into a UTF-8 file": ("Sôû Y teá baùo caùo".encode(), "Sở Y tế báo cáo", "legacy_encoding"),
    "UTF-8 cut in a letter": (SENTENCE.encode() + "ế".encode()[:2], f"{SENTENCE}\ufffd", "characters_lost"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "text", "kind"), BYTES.values(), ids=BYTES)
def test_bytes(data, text, kind):
    decoded = decode(data)
    assert decoded.text == text
    assert [problem.kind for problem in decoded.problems] == ([] if kind is None else [kind])
    if kind in {"encoding_guessed", "legacy_encoding"}:
        assert decoded.problems[0].severity == "low"


def test_zero_bytes_are_no_text():
    with pytest.raises(UnreadableError, match="không phải văn bản"):
        decode(b"\x00\x01\x02\x03" * 20)


def test_a_run_of_letters_without_end_takes_no_time():
    assert len(decode(b"\xfe" + b"a" * 400_000 + b"-b" * 20_000).text) == 440_001


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_a_named_error(data):
    try:
        decoded = decode(data)
    except UnreadableError:
        assert b"\x00" in data
    else:
        assert isinstance(decoded.text, str)


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_utf8_is_read_as_it_is(text):
    assume("\x00" not in text and not text.startswith("\ufeff") and repaired(text.splitlines())[1] is None)
    assert decode(text.encode()) == decode(text.encode("utf-8-sig")) == Decoded(text)


# --- whole documents -------------------------------------------------------------------------------------------------


def test_word_file_in_old_fonts(tmp_path):
    written = docx.Document()
    for text, font in [
        ("kÕ ho¹ch", ".VnTimeH"),
        ("Phßng chèng lôt b·o n¨m 2008", ".VnTime"),
        ("1. Së N«ng nghiÖp chñ tr× tr\u00adíc ngµy 30/9/2008.", ".VnTime"),
    ]:
        written.add_paragraph().add_run(text).font.name = font
    table = written.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run("C«ng an tØnh").font.name = ".VnTime"
    path = tmp_path / "kế hoạch.docx"
    data = io.BytesIO()
    written.save(data)
    path.write_bytes(data.getvalue())
    reading = read(path)
    assert [block.text for block in reading.blocks] == [
        "KẾ HOẠCH",
        "Phòng chống lụt bão năm 2008",
        "1. Sở Nông nghiệp chủ trì trước ngày 30/9/2008.",
        "Công an tỉnh",
        "",
    ]
    assert [(problem.kind, problem.severity) for problem in reading.problems] == [("legacy_encoding", "low")]
    assert all(block.raw[block.origins[0]] == block.text[0] for block in reading.blocks if block.text)
