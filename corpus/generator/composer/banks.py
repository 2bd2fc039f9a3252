"""The phrases that documents are composed of.

In: corpus/generator/banks/*.yaml. Out: `Matter`, `Office` and the phrases of every matter.

Example: `matters()["tiem-chung"].works[0]` is "Điều tra, lập danh sách trẻ chưa tiêm đủ mũi …".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent.parent / "banks"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a document is about; `counted` are a work with {n}, its unit, and what it measures."""

    subject: str
    field: str
    groups: tuple[str, ...]
    works: tuple[str, ...]
    counted: tuple[tuple[str, str, str], ...]
    shares: tuple[str, ...]
    reserved: bool


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues a document, and who works for it."""

    issuer: str
    heads: str
    code: str
    above: str
    places: tuple[str, ...]
    signed: str
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    short: dict[str, str]
    reserved: bool

    def shortened(self) -> Office:
        """The same office with its units as a hurried clerk writes them."""
        leads, supports = (tuple(self.short.get(unit, unit) for unit in units) for units in (self.leads, self.supports))
        return replace(self, leads=leads, supports=supports)


@cache
def matters() -> dict[str, Matter]:
    """All matters by name."""
    return {name: _matter(held) for name, held in _load("matters").items()}


@cache
def offices() -> dict[str, Office]:
    """All offices by name."""
    return {name: _office(held) for name, held in _load("offices").items()}


@cache
def phrases() -> dict[str, Any]:
    """Phrases of every matter, titles of columns and parts."""
    return _load("phrases")


def _load(name: str) -> dict[str, Any]:
    held: dict[str, Any] = yaml.load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return held


def _matter(held: dict[str, Any]) -> Matter:
    return Matter(
        subject=held["subject"],
        field=held["field"],
        groups=tuple(held["groups"].split(" / ")),
        works=tuple(held["works"]),
        counted=tuple(tuple(one) for one in held["counted"]),
        shares=tuple(held["shares"].split(" / ")),
        reserved=held.get("reserved", False),
    )


def _office(held: dict[str, Any]) -> Office:
    return Office(
        issuer=held["issuer"],
        heads=held["heads"],
        code=held["code"],
        above=held["above"],
        places=tuple(held["places"]),
        signed=held["signed"],
        leads=tuple(held["leads"]),
        supports=tuple(held["supports"]),
        short=held.get("short", {}),
        reserved=held.get("reserved", False),
    )
