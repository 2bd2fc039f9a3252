"""The invented documents: modules of this package, scripts, and composed ones.

In: the modules, the files of `corpus/generator/scripts`, the composer's list. Out: `CATALOGUE`, in the order of names.

Example: `CATALOGUE[0].document.name == "angiang-ct-chay-rung"`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from corpus.generator.composer.recipes import composed
from corpus.generator.contents import (
    angiang_forest_fire,
    bacninh_power,
    cantho_hospital,
    commune_drowning,
    daklak_reply,
    dongnai_conclusion,
    haiphong_rabies,
    hue_status,
    hungyen_longan,
    khanhhoa_flood,
    lamdong_waste,
    langson_survey,
    moet_exam,
    moh_school_health,
    ninhbinh_annex,
    party_congress,
    thanhhoa_storm,
    vanho_cooperatives,
)
from corpus.generator.forms import Entry
from corpus.generator.script import entry

if TYPE_CHECKING:
    from types import ModuleType

_SCRIPTS = Path(__file__).parent.parent / "scripts"


def _entry(module: ModuleType) -> Entry:
    return Entry(module.DOCUMENT, module.FORM)


_MODULES = (
    angiang_forest_fire,
    bacninh_power,
    cantho_hospital,
    commune_drowning,
    daklak_reply,
    dongnai_conclusion,
    haiphong_rabies,
    hue_status,
    hungyen_longan,
    khanhhoa_flood,
    lamdong_waste,
    langson_survey,
    moet_exam,
    moh_school_health,
    ninhbinh_annex,
    party_congress,
    thanhhoa_storm,
    vanho_cooperatives,
)


def _written() -> list[Entry]:
    """The documents written down as scripts."""
    return [entry(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_SCRIPTS.glob("*.txt"))]


CATALOGUE = tuple(sorted((*map(_entry, _MODULES), *_written(), *composed()), key=lambda one: one.document.name))
