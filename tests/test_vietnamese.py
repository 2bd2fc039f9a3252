"""Sentences by their marks, and the tagger that is asked only where the word lists do not decide."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.mentions.vietnamese import opens_with_verb, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Sở A báo cáo. Hoàn thành trước 05/12.", ["Sở A báo cáo.", "Hoàn thành trước 05/12."]),
        ("Xã A đã làm. Đơn vị B báo cáo.", ["Xã A đã làm.", "Đơn vị B báo cáo."]),
        ("Giao TP. Hà Tiên và đ/c. Nam làm. Ủy ban xã giúp.", ["Giao TP. Hà Tiên và đ/c. Nam làm.", "Ủy ban xã giúp."]),
        ("Xong trong quý I. Sở B nghiệm thu./.", ["Xong trong quý I.", "Sở B nghiệm thu./."]),
        ("Ông Nguyễn Văn A. Dũng trực.", ["Ông Nguyễn Văn A. Dũng trực."]),
        ("Chi 1.500.000 đồng. phần còn lại để sau", ["Chi 1.500.000 đồng. phần còn lại để sau"]),
        ("Rà soát… Sở A làm... Sở B giúp.", ["Rà soát… Sở A làm... Sở B giúp."]),
        ("Có “điểm mới.” Sở A làm rõ! Ai trực?", ["Có “điểm mới.”", "Sở A làm rõ!", "Ai trực?"]),
        ("Báo cáo Sở A. ./.", ["Báo cáo Sở A. ./."]),
        ("  ", []),
    ],
)
def test_sentences_end_at_a_mark_before_a_capital(text, parts):
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet='aĐ.!?…”“"() \n1', max_size=40))
def test_sentences_hold_all_words_once_and_in_order(text):
    found = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in found)


def test_the_tagger_tells_verbs():
    assert opens_with_verb("nạo vét kênh mương trước mùa lũ")
    assert not opens_with_verb("kênh mương bị bồi lấp")


def test_a_letter_of_known_words_never_loads_the_tagger():
    code = (
        "import sys; from extractor.tasks.directive import is_directive as asked;"
        "found = [asked('Rà soát cầu treo'), asked('UBND các xã cắm biển'), asked('Chủ tịch UBND xã trực')];"
        "print(found, 'underthesea' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[True, False, False] False"
