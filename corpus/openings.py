"""A small text classifier of items: does this opening direct somebody? Trained here, weighed by `corpus.ablation`.

In: documents that were read, with their gold. Out: a function from an opening's words to yes or no, to stand in the
place of underthesea's tagger where the lists of verbs do not decide.

Example: after training "bình tuyển đàn đực giống" is judged by the words it shares with tasks, "vai trò của …" by those
of lines that are none.

It is spaCy's bag of words (single words and pairs), the same for the same documents (seeded), some 100 kB, trained in
seconds. The product does not use it: the table in corpus/README.md says what it earns.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import spacy
from spacy.training import Example
from thinc.api import fix_random_seed

from extractor.document.lines import lines
from extractor.document.outline import outline
from extractor.tasks import directive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import ModuleType

    from extractor.model import Reading

_WORDS = 10  # of an opening: what comes later says what the work is done to
_ROUNDS = 12
_BATCH = 32
_ALIKE = 0.6  # share of a task's words that a line holds, so that the line is that task's
_SEED = 20261121
_MODEL = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "ngram_size": 2,
    "no_output_layer": False,
    "length": 4096,
}


def opening(text: str) -> str:
    """What is judged of *text*: its first words in lower case, adverbs before the verb passed over."""
    return " ".join(directive.opening_words(text).split()[:_WORDS])


def examples(
    readings: Mapping[str, Reading], gold: Mapping[str, Mapping[str, Any]], scorer: ModuleType
) -> list[tuple[str, bool]]:
    """Openings of all lines with nothing under them, each with whether the gold has a task there."""
    found = []
    for name, reading in sorted(readings.items()):
        tasks = [set(scorer.words(task["text"])) for task in gold[name]["tasks"]]
        for top in outline(lines(reading.blocks)):
            for node in top.walk():
                if not node.children and not node.assignments and len(node.line.text.split()) > 2:
                    held = set(scorer.words(node.line.text))
                    is_task = any(len(words & held) >= _ALIKE * max(len(words), len(held)) for words in tasks)
                    found.append((opening(node.line.text), is_task))
    return found


def trained(labelled: Sequence[tuple[str, bool]]) -> Callable[[str], bool]:
    """A classifier that learned from *labelled* openings."""
    fix_random_seed(_SEED)
    pipeline = spacy.blank("xx")
    pipe: Any = pipeline.add_pipe("textcat", config={"model": _MODEL})
    pipe.add_label("task")
    pipe.add_label("other")
    data = [
        Example.from_dict(pipeline.make_doc(text), {"cats": {"task": float(yes), "other": float(not yes)}})
        for text, yes in labelled
    ]
    optimizer = pipeline.initialize(lambda: data)
    order = random.Random(_SEED)  # noqa: S311 - an order of examples, no secret
    for _ in range(_ROUNDS):
        order.shuffle(data)
        for batch in _batches(data):
            pipeline.update(batch, sgd=optimizer, drop=0.2)

    def judge(text: str) -> bool:
        return bool(pipeline(opening(text)).cats["task"] > 0.5)

    return judge


def _batches(data: Sequence[Example]) -> Iterable[Sequence[Example]]:
    return (data[at : at + _BATCH] for at in range(0, len(data), _BATCH))
