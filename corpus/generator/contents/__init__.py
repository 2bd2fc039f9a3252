"""The invented documents: one module each, with the document, its truth and its form.

In: the modules of this package. Out: `CATALOGUE`, in the order of the documents' names.

Example: `CATALOGUE[0].document.name == "boyte-kh-y-te-truong-hoc"`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.generator.contents import (
    commune_drowning,
    daklak_reply,
    khanhhoa_flood,
    lamdong_waste,
    moh_school_health,
    ninhbinh_annex,
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
    commune_drowning,
    daklak_reply,
    khanhhoa_flood,
    lamdong_waste,
    moh_school_health,
    ninhbinh_annex,
)

CATALOGUE = tuple(sorted(map(_entry, _MODULES), key=lambda entry: entry.document.name))
