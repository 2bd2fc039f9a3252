"""The classifier that the ablation weighs, and what the ablation takes out of the product for one run."""

from __future__ import annotations

import pytest

from corpus import ablation, openings
from extractor.lexicon.loader import load
from extractor.model import Block, Place, Reading, Source
from extractor.tasks import directive

DUTIES = ("bình tuyển đàn giống", "lắp đặt hệ thống tưới", "chỉnh lý bản đồ", "thống kê tai nạn", "dẫn đạc ranh giới")
OTHERS = ("vai trò của người dân", "tình hình chăn nuôi", "kết quả bước đầu", "tồn tại hạn chế", "nguyên nhân chủ yếu")
LABELLED = [(text, True) for text in DUTIES] * 6 + [(text, False) for text in OTHERS] * 6


class Words:
    """What the scorer does that examples are made with."""

    @staticmethod
    def words(text: str) -> list[str]:
        return text.lower().strip(".").split()


def test_it_learns_and_judges_unseen_endings() -> None:
    judge = openings.trained(LABELLED)
    assert [judge(f"{text} tại xã") for text in DUTIES] == [True] * len(DUTIES)
    assert [judge(f"{text} tại xã") for text in OTHERS] == [False] * len(OTHERS)


def test_it_is_the_same_each_time() -> None:
    asked = [f"{text} và việc khác" for text in (*DUTIES, *OTHERS)]
    first, second = openings.trained(LABELLED), openings.trained(LABELLED)
    assert [first(text) for text in asked] == [second(text) for text in asked]


def test_examples_are_lines_with_whether_the_gold_has_them() -> None:
    texts = ("II. NHIỆM VỤ", "- Tiếp tục bình tuyển đàn đực giống.", "- Tình hình chung của đàn giống.")
    blocks = tuple(Block(i, text, Place(1, i)) for i, text in enumerate(texts))
    reading = Reading(Source("a.txt", "0" * 64, "text/plain", None, "plain"), blocks)
    gold = {"a": {"tasks": [{"text": "Tiếp tục bình tuyển đàn đực giống."}]}}
    found = openings.examples({"a": reading}, gold, Words)  # type: ignore[arg-type]
    assert found == [("bình tuyển đàn đực giống.", True), ("tình hình chung của đàn giống.", False)]


LISTED = [
    phrase
    for entry in load("directives", "openings", directive.Opening)
    if entry.kind == "verb"
    for phrase in entry.phrases
]
TAKEN_OUT = next(phrase for phrase in LISTED if not ablation._is_kept(phrase))


@pytest.mark.parametrize("variant", ablation.VARIANTS, ids=lambda variant: variant.name)
def test_a_variant_takes_out_what_it_names_and_puts_it_back(variant: ablation.Variant) -> None:
    with ablation.taken_out(variant, lambda text: text.startswith("nhảy")):
        assert directive.begins_with_verb("nhảy dây cùng các em") is (variant.classifier or variant.tags)
        if not variant.tags:
            assert directive.begins_with_verb(TAKEN_OUT) is variant.verbs
    assert directive.begins_with_verb(TAKEN_OUT)
