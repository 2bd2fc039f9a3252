"""Cleaning of text, and its map back to the source."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.text import clean, fold, with_new_tones

RAW = st.text(
    alphabet=st.one_of(
        st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyÐĐ \t\n\r\u00a0\u00ad\u200b\u2028\x0b\x0c\ufeff\u3000"),
        st.sampled_from("\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"),
        st.characters(max_codepoint=0x24F),
    ),
    max_size=60,
)


@given(RAW)
def test_origins_never_fall_and_lie_in_the_source(raw):
    cleaned = clean(raw)
    assert cleaned.raw == raw
    assert len(cleaned.origins) == len(cleaned.text)
    assert list(cleaned.origins) == sorted(cleaned.origins)
    assert all(0 <= origin < len(raw) for origin in cleaned.origins)


@given(RAW)
def test_text_is_composed_and_holds_no_doubled_space(raw):
    text = clean(raw).text
    assert unicodedata.normalize("NFC", text) == text
    assert text == text.strip(" \n")
    assert not any(pair in text for pair in ("  ", " \n", "\n ", "\n\n", "\t", "\r"))


@given(RAW)
def test_cleaning_twice_changes_nothing(raw):
    once = clean(raw).text
    assert clean(once).text == once


@given(RAW, st.integers(0, 60), st.integers(0, 60))
def test_raw_range_covers_the_characters_it_came_from(raw, start, end):
    cleaned = clean(raw)
    start, end = sorted((min(start, len(cleaned.text)), min(end, len(cleaned.text))))
    low, high = cleaned.raw_range(start, end)
    assert 0 <= low <= high <= len(raw)
    assert all(low <= origin < high for origin in cleaned.origins[start:end])


def test_raw_range_of_a_composed_letter_takes_its_marks():
    cleaned = clean("Uy\u0309 ban")
    assert cleaned.raw[slice(*cleaned.raw_range(1, 2))] == "y\u0309"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Ðồng Nai", "Đồng Nai"),
        ("trước 15\u20445\u22152026", "trước 15/5/2026"),
        ("Kế\u00ad hoạch\u200b", "Kế hoạch"),
        ("ho\u00ad\u0309i", "hỏi"),
        ("a\r\nb", "a\nb"),
        ("dòng 1\x0bdòng 2", "dòng 1\ndòng 2"),
        ("  nhiều \t khoảng  trắng \n\n dòng ", "nhiều khoảng trắng\ndòng"),
    ],
)
def test_clean(raw, text):
    assert clean(raw).text == text


@given(RAW)
def test_new_tones_keep_the_length(raw):
    text = clean(raw).text
    assert len(with_new_tones(text)) == len(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("QUÝ", "QUÝ"),
        ("quý", "quý"),
        ("HOÀ", "HÒA"),
        ("toàn", "toàn"),
        ("thuỷ", "thủy"),
    ],
)
def test_with_new_tones(old, new):
    assert with_new_tones(old) == new


def test_fold():
    assert fold("Sở NÔNG NGHIỆP Đắk Lắk") == "so nong nghiep dak lak"
