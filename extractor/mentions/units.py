"""Units (cơ quan, đơn vị): names, classes, lists, and who leads or supports. The public face of the `unit_*` modules.

In: a text. Out: `UnitMention`s with their spans. "Sở TTTT phối hợp với UBND các huyện, thị xã" holds two: "Sở TTTT"
with the name "Sở Thông tin và Truyền thông", and the group "UBND các huyện, thị xã".

    unit_tokens (words, tries) → unit_lexicon → unit_page → unit_territory → unit_names → unit_tails
    → unit_members → unit_places → unit_classes → unit_offices (what begins here) → unit_scan, unit_writing
    → unit_entries → unit_lists → unit_headings → unit_runs → unit_roles, with the patterns of unit_cues
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.mentions.unit_headings import declared_short_forms, is_unit_heading, only_units, unit_heading
from extractor.mentions.unit_lists import split_list
from extractor.mentions.unit_roles import RoleReading, find_roles
from extractor.mentions.unit_runs import LeadSource, Role
from extractor.mentions.unit_scan import NONE_DECLARED, read, scan
from extractor.mentions.unit_writing import mention

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.model import UnitMention

__all__ = [
    "LeadSource",
    "Role",
    "RoleReading",
    "declared_short_forms",
    "find",
    "find_roles",
    "is_unit_heading",
    "only_units",
    "split_list",
    "unit_heading",
]


def find(text: str, *, block: int = 0, declared: Mapping[str, str] = NONE_DECLARED) -> tuple[UnitMention, ...]:
    """Finds the units that prose names, in order and without overlaps.

    Args:
        text: a block's text.
        block: the block's number, for the spans.
        declared: short forms that the document declares, and what they stand for.
    """
    page = read(text, declared)
    return tuple(mention(page, found, block) for found in scan(page))
