"""Loads the word lists (YAML beside this file) into frozen records; every entry has a source.

In: the name of a file and of one of its sections. Out: a tuple of frozen dataclass records. A mistake in a list is our
own defect: the error names file and line ("units.yaml dòng 12: thiếu nguồn (source)").

A section is a list of entries, or of groups that lend their fields to their entries:

    fields:
      - source: Nghị định 45/2025/NĐ-CP
        entries:
          - Tài chính                                        # a plain string fills the record's first field
          - {name: Y tế, short: [YT]}
"""

from __future__ import annotations

import types
import typing
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any, TypeVar

import yaml

from extractor.errors import DefectError

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # 4,000 units: 0.24 s against 1.57 s

# Scanned pages are read in threads, and a YAML loader that two of them ask at once takes its own nodes for recursive.
_ONE_AT_A_TIME = Lock()

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The simplest record: some words and where they come from."""

    text: str
    source: str


def load(name: str, section: str, record: type[R]) -> tuple[R, ...]:
    """Reads one section of a word list.

    Args:
        name: file name without the ending, such as "units".
        section: key at the top of the file.
        record: a frozen dataclass with a field `source: str`; its fields may be `str`, `bool`, `int`, `float`, `date`,
            `tuple[str, ...]`, each also with `| None`.

    Returns:
        One record an entry, in the order of the file.

    Raises:
        DefectError: the file or section is missing, or an entry has a wrong, unknown or missing field.
    """
    with _ONE_AT_A_TIME:
        return typing.cast("tuple[R, ...]", _load(name, section, typing.cast("Any", record)))


@lru_cache(maxsize=64)
def _load(name: str, section: str, record: type[Any]) -> tuple[Any, ...]:
    loader, root = _root(name)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == section:
            return tuple(_entries(loader, value, _Maker(name, record)))
    raise _defect(name, 1, f"không có mục {section}")


@lru_cache(maxsize=1)  # the nodes of all files are as many objects as spaCy has, and collecting garbage looks at each
def _root(name: str) -> tuple[Any, yaml.Node]:
    """The loader and the node tree of a file: nodes know their lines, plain values do not."""
    place = files("extractor.lexicon") / f"{name}.yaml"
    try:
        loader = _Loader(place.read_text(encoding="utf-8"))
        return loader, loader.get_single_node()
    except FileNotFoundError:
        raise _defect(name, 1, "không có tệp này") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _defect(name, mark.line + 1 if mark else 1, f"sai cú pháp YAML: {error.problem}") from error


def _defect(name: str, line: int, what: str) -> DefectError:
    return DefectError(f"{name}.yaml dòng {line}: {what}", "hãy sửa tệp từ điển rồi chạy lại")


def _entries(loader: Any, section: yaml.Node, make: _Maker) -> typing.Iterator[Any]:  # noqa: ANN401 (a yaml loader)
    """Yields the records of a section, the groups' fields lent to their entries."""
    if not isinstance(section, yaml.SequenceNode):
        raise make.defect(section, "mục phải là một danh sách")
    for node in section.value:
        value = loader.construct_object(node, deep=True)
        if not (isinstance(value, dict) and "entries" in value):
            yield make(node, value, {})
            continue
        lent = {key: item for key, item in value.items() if key != "entries"}
        child = next(held for key, held in node.value if key.value == "entries")
        if not isinstance(child, yaml.SequenceNode):
            raise make.defect(child, "entries phải là một danh sách")
        for entry, held in zip(child.value, value["entries"], strict=True):
            yield make(entry, held, lent)


class _Maker:
    """Makes records of one type, and complains with file and line."""

    def __init__(self, name: str, record: type[Any]) -> None:
        self.name = name
        self.record = record
        self.hints = typing.get_type_hints(record)
        self.first = fields(record)[0].name
        self.required = {f.name for f in fields(record) if f.default is MISSING and f.default_factory is MISSING}

    def defect(self, node: yaml.Node, what: str) -> DefectError:
        return _defect(self.name, node.start_mark.line + 1, what)

    def __call__(self, node: yaml.Node, value: object, lent: dict[str, object]) -> Any:  # noqa: ANN401 (the record)
        own = value if isinstance(value, dict) else {self.first: value}
        merged = {**lent, **own}
        for field, held in merged.items():
            if field not in self.hints:
                raise self.defect(node, f"không biết trường {field}")
            merged[field] = tuple(held) if isinstance(held, list) else held
            if not _fits(merged[field], self.hints[field]):
                raise self.defect(node, f"trường {field} sai kiểu: {held!r}")
        if not merged.get("source"):
            raise self.defect(node, "thiếu nguồn (source)")
        missing = self.required - merged.keys()
        if missing:
            raise self.defect(node, f"thiếu trường {', '.join(sorted(missing))}")
        return self.record(**merged)


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401 (a type hint)
    """Whether *value* is of the type that *hint* names."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, part) for part in typing.get_args(hint))
    if origin is typing.Literal:
        return value in typing.get_args(hint)
    if origin is tuple:
        part = typing.get_args(hint)[0]
        return isinstance(value, tuple) and all(_fits(item, part) for item in value)
    if hint is date:
        return type(value) is date
    if hint is float:
        return type(value) in (int, float)
    return type(value) is hint
