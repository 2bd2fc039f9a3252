"""The word lists: every entry has a source, units and provinces agree, mistakes are named with file and line."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.blocks.scan_marks import Syllables
from extractor.errors import DefectError
from extractor.lexicon import loader
from extractor.mentions.unit_lexicon import Field, Province, Unit, fields, lexicon, provinces, units
from extractor.mentions.unit_tokens import canonical, tokenize

LEXICON = files("extractor.lexicon")
NAMES = sorted(path.name for path in LEXICON.iterdir() if path.name.endswith(".yaml"))


def groups(name: str) -> list[tuple[str, Any]]:
    loaded = yaml.safe_load((LEXICON / name).read_text(encoding="utf-8"))
    return [(section, group) for section, held in loaded.items() for group in held]


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_has_a_source(name: str) -> None:
    held = groups(name)
    assert held
    for section, group in held:
        entries = [group] if group.get("source") else group["entries"]
        for entry in entries:
            assert entry["source"].strip(), (section, entry)


def in_force_together(one: Unit | Province, other: Unit | Province) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    ends = min(one.valid_to or date.max, other.valid_to or date.max)
    return starts <= ends


@pytest.mark.parametrize("records", [units(), provinces()], ids=["units", "provinces"])
def test_keys_are_well_formed_and_unique(records: tuple[Unit | Province, ...]) -> None:
    keys = [record.key for record in records]
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert key.replace("-", "").isalnum()
        assert key.isascii()
        assert key == key.lower().strip("-")


@pytest.mark.parametrize("records", [units(), provinces()], ids=["units", "provinces"])
def test_times_are_in_order_and_successors_exist(records: tuple[Unit | Province, ...]) -> None:
    by_key = {record.key: record for record in records}
    for record in records:
        assert (record.valid_from or date.min) <= (record.valid_to or date.max), record.key
        for successor in record.succeeded_by:
            assert successor in by_key, record.key
            assert record.valid_to, f"{record.key} has a successor but no last day"
            assert (by_key[successor].valid_to or date.max) > record.valid_to, record.key


@pytest.mark.parametrize("records", [units(), provinces()], ids=["units", "provinces"])
def test_no_form_means_two_at_one_time(records: tuple[Unit | Province, ...]) -> None:
    forms: dict[str, list[Unit | Province]] = {}
    for record in records:
        for form in {canonical(form) for form in (record.name, *record.aliases)}:
            forms.setdefault(form, []).append(record)
    for form, held in forms.items():
        for one, other in combinations(held, 2):
            assert not in_force_together(one, other), (form, one.key, other.key)


def test_no_field_is_listed_twice() -> None:
    seen: set[tuple[str, str]] = set()
    for field in fields():
        key = (" ".join(tokenize(field.name).low), field.after)
        assert key not in seen, field.name
        seen.add(key)


def test_a_short_form_has_one_meaning_after_one_head() -> None:
    by_form: dict[str, list[Field]] = {}
    for field in fields():
        for form in field.short:
            by_form.setdefault(form, []).append(field)
    for form, held in by_form.items():
        heads = [field.after for field in held]
        assert len(set(heads)) == len(heads), (form, [field.name for field in held])


def test_provinces_are_those_of_the_address_data() -> None:
    spec = find_spec("underthesea")
    assert spec is not None
    assert spec.origin is not None
    bundled = Path(spec.origin).parent / "address" / "data" / "mapping.json"
    mapping = json.loads(bundled.read_text(encoding="utf-8"))
    old = {canonical(held["short"]) for held in mapping["old_province_names"].values()}
    new = {canonical(held["short"]) for held in mapping["province_names"].values()}
    merger = date(2025, 7, 1)
    in_force = {canonical(p.name) for p in provinces() if (p.valid_to or date.max) >= merger}
    before = {canonical(p.name) for p in provinces() if (p.valid_to or date.max) >= date(2025, 1, 1)}
    assert (len(before), len(in_force)) == (63, 34)
    assert (before, in_force) == (old, new)


def test_every_named_body_is_found_by_each_of_its_forms() -> None:
    for unit in units():
        for form in (unit.name, *unit.aliases):
            found = lexicon().named.longest(tokenize(form), 0)
            assert found is not None, form
            assert found[0] == len(tokenize(form)), form


@dataclass(frozen=True, slots=True)
class Record:
    name: str
    source: str
    number: int = 0
    since: date | None = None
    forms: tuple[str, ...] = ()


@pytest.fixture
def lexicon_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes a word list into a folder of its own and reads it from there."""

    def write(text: str) -> None:
        (tmp_path / "trial.yaml").write_text(text, encoding="utf-8")
        loader._root.cache_clear()
        loader._load.cache_clear()

    monkeypatch.setattr(loader, "files", lambda _: tmp_path)
    yield write
    loader._root.cache_clear()
    loader._load.cache_clear()


def test_groups_lend_their_fields(lexicon_file: Any) -> None:
    lexicon_file(
        "a:\n  - source: s\n    number: 3\n    entries:\n      - x\n      - {name: y, forms: [z], source: t}\n"
    )
    assert loader.load("trial", "a", Record) == (
        Record("x", "s", number=3),
        Record("y", "t", number=3, forms=("z",)),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a:\n  - {name: x}\n", "dòng 2: thiếu nguồn"),
        ("a:\n  - source: s\n    entries:\n      - x\n      - {name: 5}\n", "dòng 5: trường name sai kiểu"),
        ("a:\n  - {name: x, source: s, since: hôm qua}\n", "dòng 2: trường since sai kiểu"),
        ("a:\n  - {name: x, source: s, colour: red}\n", "dòng 2: không biết trường colour"),
        ("a:\n  - {number: 1, source: s}\n", "dòng 2: thiếu trường name"),
        ("a: x\n", "dòng 1: mục phải là một danh sách"),
        ("a:\n  - {source: s, entries: x}\n", "entries phải là một danh sách"),
        ("b: []\n", "không có mục a"),
        ("a: [\n", "sai cú pháp YAML"),
        ("", "không có mục a"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(lexicon_file: Any, text: str, words: str) -> None:
    lexicon_file(text)
    with pytest.raises(DefectError, match=words) as caught:
        loader.load("trial", "a", Record)
    assert "trial.yaml" in str(caught.value)


def test_a_missing_file_is_named(lexicon_file: Any) -> None:
    lexicon_file("a: []\n")
    with pytest.raises(DefectError, match=r"absent\.yaml"):
        loader.load("absent", "a", Record)


def test_one_thread_at_a_time_reads_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    entries, inside, most = loader._entries, [0], [0]

    def watched(*args: Any) -> Any:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.05)  # the other thread would come in here
        yield from entries(*args)
        inside[0] -= 1

    loader._load.cache_clear()
    monkeypatch.setattr(loader, "_entries", watched)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: loader.load("syllables", "parted", Syllables), range(2))
    assert one == other
    assert most == [1]
