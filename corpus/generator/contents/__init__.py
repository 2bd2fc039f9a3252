"""The invented documents: one module each, with the document, its truth and its form.

In: the modules of this package. Out: `CATALOGUE`, in the order of the documents' names.

Example: `CATALOGUE[0].document.name == "angiang-ct-chay-rung"`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from types import ModuleType

    from corpus.generator.forms import Form
    from corpus.generator.spec import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """A document and the form it is printed in."""

    document: Document
    form: Form


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

CATALOGUE = tuple(sorted(map(_entry, _MODULES), key=lambda entry: entry.document.name))
