"""Text → spaCy Doc with `doc.spans`: one component a kind of mention, in a blank pipeline with our own tokenizer.

In: the text of one line or cell, and its `Context`. Out: a Doc whose `doc.spans["units"]`, `["deadlines"]`,
`["targets"]` and `["references"]` hold the mentions; `mentions_of` gives their values. The stages after this one ask
about the same sentence many times: `mentions_in` and `roles_of` remember what they answered.

>>> doc = annotate("Sở Y tế báo cáo trước ngày 05/12/2026.", Context())
>>> [span.text for span in doc.spans["deadlines"]]
['trước ngày 05/12/2026']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.mentions import deadlines, references, targets, units
from extractor.mentions.unit_scan import NONE_DECLARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from extractor import model

# Numbers, dates, document numbers and short forms stay whole: "30/10/2022", "277/KH-UBND", "TT&TT", "12,5%".
_TOKEN = re.compile(r"[^\W_]+(?:[./,&-][^\W_]+)*%?|\s+|.", re.DOTALL)
_KINDS = ("references", "units", "deadlines", "targets")
# What must have run before a kind is found: dates and numbers of cited documents are masked.
_AFTER = {"deadlines": ("references",), "targets": ("references",)}
_REMEMBERED = 4096  # texts of a long plan, each asked about several times


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the document before its sentences are read.

    Attributes:
        issued: the day signed, from which counted terms run.
        plan_year: the year of the plan, for days without a year.
        events: events that the document itself dates.
        declared: short forms that the document declares.
        value: the text is the value of an assignment line or of a column, not prose.
        goals: the text stands under a heading of targets.
    """

    issued: date | None = None
    plan_year: int | None = None
    events: Mapping[str, date] = field(default_factory=dict, hash=False)
    declared: Mapping[str, str] = field(default_factory=dict, hash=False)
    value: bool = False
    goals: bool = False


class Mention(Protocol):
    """Anything found in a text that knows where it stands."""

    @property
    def span(self) -> model.Span | None:
        """Character range in the text."""
        ...


M = TypeVar("M", bound=Mention)


class Tokenizer:
    """Splits at spaces and punctuation; never changes the text."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of *text*."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKEN.findall(text):
            if piece == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@lru_cache(maxsize=1)
def _language() -> Language:
    for extension in ("context", "source", "mentions"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=None)
    # spacy.blank would compile the patterns of a tokenizer that we don't use: 0.06 s of every start.
    nlp = Language(Vocab(), create_tokenizer=lambda language: Tokenizer(language.vocab))
    for kind in _KINDS:
        nlp.add_pipe(f"nhacviec_{kind}")
    return nlp


@Language.component("nhacviec_references")
def _references(doc: Doc) -> Doc:
    return _write(doc, "references", _citations(doc._.source))


@Language.component("nhacviec_units")
def _units(doc: Doc) -> Doc:
    return _write(doc, "units", units.find(doc._.source, declared=doc._.context.declared))


@Language.component("nhacviec_deadlines")
def _deadlines(doc: Doc) -> Doc:
    context: Context = doc._.context
    known = deadlines.DeadlineContext(issued=context.issued, plan_year=context.plan_year, events=context.events)
    found = deadlines.find(doc._.source, known, strict=not context.value, masked=() if context.value else _masked(doc))
    return _write(doc, "deadlines", found)


@Language.component("nhacviec_targets")
def _targets(doc: Doc) -> Doc:
    context: Context = doc._.context
    year = deadlines.DeadlineContext(issued=context.issued, plan_year=context.plan_year).year
    found = targets.find(doc._.source, strict=not context.goals, masked=_masked(doc), year=year)
    return _write(doc, "targets", found)


def _masked(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Ranges of cited documents: their numbers and dates are neither deadlines nor targets."""
    return tuple((span.start_char, span.end_char) for span in doc.spans["references"])


def _write(doc: Doc, kind: str, found: Iterable[Mention]) -> Doc:
    """Spans and values apart: spaCy keys what hangs on a span by its place, and two targets may have the same words."""
    placed = [
        (mention, span)
        for mention in found
        if (place := mention.span)
        and (span := doc.char_span(place.start, place.end, label=kind, alignment_mode="expand")) is not None
    ]
    doc.spans[kind] = [span for _, span in placed]
    doc._.mentions[kind] = tuple(mention for mention, _ in placed)
    return doc


def annotate(text: str, context: Context, kinds: Iterable[str] = _KINDS) -> Doc:
    """The Doc of *text* with its mentions of *kinds*; their spans count from the start of *text*."""
    nlp = _language()
    doc = nlp.make_doc(text)
    doc._.context, doc._.source, doc._.mentions = context, text, {}
    wanted = {need for kind in kinds for need in (*_AFTER.get(kind, ()), kind)}
    return nlp(doc, disable=[f"nhacviec_{kind}" for kind in _KINDS if kind not in wanted])


def mentions_of(doc: Doc, kind: str) -> tuple[Any, ...]:
    """The values of the mentions of *kind* in *doc*, in order."""
    return tuple(doc._.mentions[kind])


@lru_cache(maxsize=_REMEMBERED)
def mentions_in(text: str, context: Context, kind: str) -> tuple[Any, ...]:
    """The values of the mentions of *kind* in *text*, in order; their spans count from the start of *text*."""
    return mentions_of(annotate(text, context, (kind,)), kind)


def roles_of(text: str, declared: Mapping[str, str] = NONE_DECLARED) -> units.RoleReading:
    """Who leads and who supports in *text*; spans count from the start of *text*."""
    return _roles_of(text, tuple(declared.items()))


@lru_cache(maxsize=_REMEMBERED)
def _roles_of(text: str, declared: tuple[tuple[str, str], ...]) -> units.RoleReading:
    return units.find_roles(text, declared=dict(declared))


_citations = lru_cache(maxsize=_REMEMBERED)(references.find)
unit_heading = lru_cache(maxsize=_REMEMBERED)(units.unit_heading)
is_unit_heading = lru_cache(maxsize=_REMEMBERED)(units.is_unit_heading)
