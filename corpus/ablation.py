"""`python -m corpus.ablation`: what each part of the extraction earns, told by taking it out for one run.

In: the documents of ../shared with a gold file (the blind ones left out), and those of corpus/ in their two parts.
Out: a table in Markdown, a row a set and variant, with F1 of each figure.

Example: "| dev, 22 | rules alone | 0.958 | …" beside "| dev, 22 | + parts of speech (underthesea): … | 0.961 | …".

The product has no switch for any of this: the run puts other functions in the place of underthesea's. Each document is
read once, so that all variants see the same blocks. The lists of verbs were written with dev at hand; how the program
does where a document has verbs that the lists don't know is told by taking every third verb out of them.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from zlib import crc32

import underthesea

from corpus import openings
from corpus.score import BLIND, CORPUS, RESERVED, SHARED, Outcome, f1_of, load_scorer, score_all, total
from extractor.blocks import SUFFIXES, read
from extractor.errors import ExtractionError
from extractor.exchange import to_json
from extractor.lexicon.loader import load
from extractor.mentions.vietnamese import opens_with_verb
from extractor.pipeline import understand
from extractor.tasks import directive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from extractor.model import Reading

TEXTS = 1000
TRAINED_ON = "invented"
_KEPT = 3  # of three first words of verbs, one is taken out


@dataclass(frozen=True, slots=True)
class Variant:
    """What is left in for one run: underthesea's parts of speech, all verbs of the lists.

    `classifier`: the trained classifier of `corpus.openings` in the place of the parts of speech.
    """

    name: str
    tags: bool
    verbs: bool = True
    classifier: bool = False


VARIANTS = (
    Variant("rules alone", tags=False),
    Variant("+ parts of speech (underthesea): the product", tags=True),
    Variant("+ classifier for parts of speech", tags=False, classifier=True),
    Variant("a third of the verbs unknown: rules alone", tags=False, verbs=False),
    Variant("a third of the verbs unknown: + parts of speech", tags=True, verbs=False),
    Variant("a third of the verbs unknown: + classifier", tags=False, verbs=False, classifier=True),
)


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents that have been read, with their gold files."""

    name: str
    readings: Mapping[str, Reading]
    gold_files: tuple[Path, ...]


def main() -> int:
    """Prints the table; exit code 2 where the scorer or all documents are missing."""
    try:
        scorer = load_scorer(SHARED / "gold")
    except FileNotFoundError as error:
        print(f"corpus.ablation: {error} is missing: put the folder shared beside the repository", file=sys.stderr)
        return 2
    figures = scorer.FIGURES
    everything = list(found())
    judge = _classifier(everything, scorer)
    print("| documents | variant | " + " | ".join(figures) + " |")
    print("| --- | --- |" + " ---: |" * len(figures))
    for documents in everything:
        for variant in VARIANTS:
            if variant.classifier and documents.name == TRAINED_ON:
                continue  # it would be asked about what it has learned
            f1 = measured(scorer, documents, variant, judge)
            shown = " | ".join(f"{f1[name]:.3f}" for name in figures)
            print(f"| {documents.name}, {len(documents.gold_files)} | {variant.name} | {shown} |", flush=True)
    return 0


def found() -> Iterator[Documents]:
    """dev without the blind documents, then the invented documents: those to work with, those for checking only."""
    dev = [path for path in _gold(SHARED / "gold" / "dev") if path.stem not in BLIND]
    invented = _gold(CORPUS / "gold")
    parts = (
        ("dev", SHARED / "documents", dev),
        (TRAINED_ON, CORPUS / "documents", [path for path in invented if path.stem not in RESERVED]),
        ("invented, reserved", CORPUS / "documents", [path for path in invented if path.stem in RESERVED]),
    )
    for name, folder, gold in parts:
        if gold:
            yield Documents(name, _readings(folder, {path.stem for path in gold}), tuple(gold))


def _classifier(everything: Sequence[Documents], scorer: ModuleType) -> Callable[[str], bool]:
    """The classifier, trained on the invented documents that are there to work with."""
    documents = next(documents for documents in everything if documents.name == TRAINED_ON)
    gold = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in documents.gold_files}
    return openings.trained(openings.examples(documents.readings, gold, scorer))


def _gold(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _readings(folder: Path, wanted: set[str]) -> dict[str, Reading]:
    """The documents of *folder* that are *wanted* and can be read."""
    readings = {}
    for path in sorted(folder.iterdir()):
        if path.stem in wanted and path.suffix in SUFFIXES:
            try:
                readings[path.stem] = read(path)
            except ExtractionError as error:
                print(f"corpus.ablation: not read: {path.stem}: {error}", file=sys.stderr)
    return readings


def measured(
    scorer: ModuleType, documents: Documents, variant: Variant, judge: Callable[[str], bool]
) -> dict[str, float]:
    """F1 of each figure over all *documents*; *judge* is the trained classifier."""
    with taken_out(variant, judge):
        outcomes = {name: _outcome(name, reading) for name, reading in documents.readings.items()}
    return f1_of(total(scorer, score_all(scorer, documents.gold_files, outcomes)))


def _outcome(name: str, reading: Reading) -> Outcome:
    try:
        return Outcome(name, to_json(understand(reading, name)))
    except ExtractionError as error:
        print(f"corpus.ablation: not understood: {name}: {error}", file=sys.stderr)
        return Outcome(name, None, str(error))


@contextmanager
def taken_out(variant: Variant, judge: Callable[[str], bool]) -> Iterator[None]:
    """Puts simple rules in the place of what *variant* leaves out; what was remembered before is forgotten."""
    forget()
    tags = underthesea.pos_tag if variant.tags else no_verb
    lists = load if variant.verbs else fewer_verbs
    verb = judge if variant.classifier else opens_with_verb
    with (
        patch.object(underthesea, "pos_tag", tags),
        patch.object(directive, "load", lists),
        patch.object(directive, "opens_with_verb", verb),
    ):
        yield
    forget()


def forget(least: int = 0) -> None:
    """Empties the caches of the extractor, but for the word lists as they stand in their files.

    Args:
        least: only those that have room for so many entries. From `TEXTS` on they hold what was asked about texts;
            smaller ones hold what is made of the word lists.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("extractor.") and not name.startswith("extractor.lexicon"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and (value.cache_info().maxsize or TEXTS) >= least:
                    value.cache_clear()


def no_verb(text: str) -> Sequence[tuple[str, Any]]:
    """Parts of speech without a tagger: what the lists do not know is no verb."""
    return [(word, "N") for word in text.split()]


def fewer_verbs(name: str, section: str, record: type[directive.Opening]) -> tuple[directive.Opening, ...]:
    """The openings of directives without the verbs of every third first word, always the same ones."""
    return tuple(
        replace(entry, phrases=tuple(phrase for phrase in entry.phrases if entry.kind != "verb" or _is_kept(phrase)))
        for entry in load(name, section, record)
    )


def _is_kept(phrase: str) -> bool:
    return crc32(phrase.split()[0].encode()) % _KEPT != 0


if __name__ == "__main__":
    sys.exit(main())
