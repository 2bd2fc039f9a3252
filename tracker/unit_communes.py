"""The communes of a province since 1/7/2025: xã, phường, đặc khu, as underthesea's address data lists them.

In: a province of today. Out: the people's committees of its communes, for the registry. Source: vietnamadminunits 1.0
(MIT), which underthesea carries: 3,312 of the 3,321 communes of Nghị quyết 202/2025/QH15 and its fellows, so that an
office looks through its own and adds what is missing by `units set`.

Example: "Ủy ban nhân dân xã Tân Phú tỉnh Đồng Nai", called "Ủy ban nhân dân xã Tân Phú" in the province's own papers.
"""

from __future__ import annotations

import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.text import fold
from tracker.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.mentions.unit_lexicon import Province


class Commune(NamedTuple):
    """A commune: what tells it within its province, and its name with its kind ("xã Tân Phú")."""

    key: str
    name: str


def communes(province: Province) -> list[Commune]:
    """The communes of *province* by name.

    Raises:
        RefusedError: the list is not installed, or knows no such province.
    """
    found = _by_province().get(fold(f"{province.kind} {province.name}"), frozenset())
    if not found:
        raise RefusedError(
            f"không có danh mục xã, phường của {province.kind} {province.name}",
            "nạp từ bảng tính: nhacviec units import TỆP",
        )
    return [Commune(re.sub(r"[^a-z0-9]+", "-", fold(name)), name) for name in sorted(found, key=fold)]


@cache
def _by_province() -> Mapping[str, frozenset[str]]:
    """Names of communes by the folded name of their province; empty where the data are not installed."""
    package = importlib.util.find_spec("underthesea")  # its data alone: importing the package takes a second
    folders = package.submodule_search_locations if package else None
    file = Path(next(iter(folders or ()), "")) / "address" / "data" / "mapping.json"
    if not folders or not file.is_file():
        return {}
    found: dict[str, set[str]] = {}
    for row in json.loads(file.read_text(encoding="utf-8"))["ward_mapping"]:
        kind, _, name = row["new_ward"].partition(" ")
        if name and kind != "Đặc":
            found.setdefault(fold(row["new_province"]), set()).add(f"{kind.lower()} {name}")
        elif name:
            found.setdefault(fold(row["new_province"]), set()).add(f"đặc khu {name.removeprefix('khu ')}")
    return {province: frozenset(names) for province, names in found.items()}
