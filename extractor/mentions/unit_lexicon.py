"""The words of unit names, loaded once from the lexicon into tries.

In: units.yaml, unit_fields.yaml, unit_grammar.yaml, provinces.yaml, and the verbs of directives.yaml. Out: `lexicon()`,
whose tries find at a token what may begin or continue a name: the body "Bộ Công an", the head "Phòng", the field "Tài
chính", the office "Giám đốc".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 (the loader resolves the fields' types)
from functools import lru_cache
from typing import Literal

from extractor.lexicon.loader import Phrase, load
from extractor.mentions.unit_tokens import Trie, canonical

Level = Literal["central", "province", "district", "commune", "any"]
Body = Literal["any", "fields", "territory"]
ClassKind = Literal["body", "territory", "place", "other"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A body with a name of its own; the days are the first and the last on which the name was in force."""

    key: str
    name: str
    source: str
    level: Level = "any"
    aliases: tuple[str, ...] = ()
    lower: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    succeeded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city under the centre."""

    key: str
    name: str
    kind: Literal["tỉnh", "thành phố"]
    source: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    succeeded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work that stands after a head. `after`: only after this head; `verb`: also an action."""

    name: str
    source: str
    short: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    verb: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A word that opens a name. `complete`: needs nothing after it; `lower`: also in lower case."""

    text: str
    source: str
    body: Body = "any"
    complete: bool = False
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A person's office. `alone`: stands for itself without a unit after it."""

    text: str
    source: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class ClassNoun:
    """A noun of a class. `alone`: a unit without quantifier or attribute; `quantified`: never a unit without "các"."""

    text: str
    source: str
    kind: ClassKind
    alone: bool = False
    quantified: bool = False


@dataclass(frozen=True, slots=True)
class Modifier:
    """What may follow. `closing`: joins the bare nouns before it; `named`: also follows a body's name."""

    text: str
    source: str
    closing: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form, and how it is written out inside a name."""

    short: str
    full: str
    source: str


@dataclass(frozen=True, slots=True)
class Note:
    """A word that begins a note after a name. `soft`: not after a class."""

    text: str
    source: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """Words of one kind at the start of an item (directives.yaml)."""

    kind: str
    phrases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tries; `keys` maps canonical names to the keys of units."""

    named: Trie[Unit]
    fields: Trie[tuple[Field, ...]]
    heads: Trie[Head]
    offices: Trie[Office]
    classes: Trie[ClassNoun]
    modifiers: Trie[Modifier]
    quantifiers: Trie[Phrase]
    places: Trie[Province]
    never: Trie[Phrase]
    ends: Trie[Phrase]
    acts: Trie[Phrase]
    deeds: Trie[Phrase]
    notes: dict[str, bool]
    surnames: frozenset[str]
    named_by_work: frozenset[str]
    closed_names: frozenset[str]
    work_in_names: frozenset[str]
    staff: frozenset[str]
    written_out: Trie[str]
    keys: dict[str, str]
    first_words: frozenset[str]


def _set(section: str) -> frozenset[str]:
    """The phrases of one section of unit_grammar.yaml."""
    return frozenset(word.text for word in load("unit_grammar", section, Phrase))


def units() -> tuple[Unit, ...]:
    """All named bodies of the lexicon, in force or not."""
    return load("units", "units", Unit)


def provinces() -> tuple[Province, ...]:
    """All provinces, before and after 1/7/2025."""
    return load("provinces", "provinces", Province)


def fields() -> tuple[Field, ...]:
    """All fields of work."""
    return load("unit_fields", "fields", Field)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The tries, built once in the life of the process."""
    named: Trie[Unit] = Trie()
    keys: dict[str, str] = {}
    for unit in units():
        for form in (unit.name, *unit.aliases):
            named.add(form, unit)
            keys.setdefault(canonical(form), unit.key)
    places: Trie[Province] = Trie()
    for province in provinces():
        for form in (province.name, *province.aliases):
            places.add(form, province)
    heads, offices, classes, modifiers = _grammar()
    quantifiers = _words("quantifiers")
    first = named.first_words() | heads.first_words() | offices.first_words() | classes.first_words()
    return Lexicon(
        named=named,
        fields=_fields(),
        heads=heads,
        offices=offices,
        classes=classes,
        modifiers=modifiers,
        quantifiers=quantifiers,
        places=places,
        never=_words("never"),
        ends=_words("ends"),
        acts=_opening_words(_words("ends"), "verb", "prefix"),
        deeds=_opening_words(Trie(), "verb", "prefix", "modal"),
        notes={note.text: note.soft for note in load("unit_grammar", "notes", Note)},
        surnames=_set("surnames"),
        named_by_work=_set("named_by_work"),
        closed_names=_set("closed_names"),
        work_in_names=_set("work_in_names"),
        staff=_set("staff"),
        written_out=_written_out(),
        keys=keys,
        first_words=frozenset(first | quantifiers.first_words()),
    )


def _words(section: str) -> Trie[Phrase]:
    """A plain list of unit_grammar.yaml."""
    trie: Trie[Phrase] = Trie()
    for word in load("unit_grammar", section, Phrase):
        trie.add(word.text, word)
    return trie


def _opening_words(trie: Trie[Phrase], *kinds: str) -> Trie[Phrase]:
    """Adds the openings of directives of two words or more: they follow a name ("UBND các xã có cầu | kiểm định")."""
    for opening in load("directives", "openings", Opening):
        if opening.kind in kinds:
            for phrase in opening.phrases:
                if " " in phrase:
                    trie.add(phrase, Phrase(phrase, opening.source))
    return trie


def _grammar() -> tuple[Trie[Head], Trie[Office], Trie[ClassNoun], Trie[Modifier]]:
    heads: Trie[Head] = Trie()
    for head in load("unit_grammar", "heads", Head):
        heads.add(head.text, head)
    offices: Trie[Office] = Trie()
    for office in load("unit_grammar", "offices", Office):
        offices.add(office.text, office)
    classes: Trie[ClassNoun] = Trie()
    for noun in load("unit_grammar", "classes", ClassNoun):
        classes.add(noun.text, noun)
    modifiers: Trie[Modifier] = Trie()
    for modifier in load("unit_grammar", "modifiers", Modifier):
        modifiers.add(modifier.text, modifier)
    return heads, offices, classes, modifiers


def _fields() -> Trie[tuple[Field, ...]]:
    """One short form may stand for several fields ("VHTT"): the head before it decides."""
    forms: dict[str, list[Field]] = {}
    for field in fields():
        for form in (field.name, *field.short, *field.written):
            forms.setdefault(form, []).append(field)
    trie: Trie[tuple[Field, ...]] = Trie()
    for form, held in forms.items():
        trie.add(form, tuple(held))
    return trie


def _written_out() -> Trie[str]:
    """Short forms of bodies and words, and what they stand for."""
    trie: Trie[str] = Trie()
    for short in load("unit_grammar", "abbreviations", Abbreviation):
        trie.add(short.short, short.full)
    return trie
