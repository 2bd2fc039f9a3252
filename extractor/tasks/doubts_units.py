"""Units that may not have been read, or not the right ones, each a named reason in the task.

In: the works that were found, and the document's setting. Out: reasons in the works.

Example: under "III. Trách nhiệm của các cơ quan" / "2. Nha Y tế" no list knows "Nha": its bullets are led by "các cơ
quan" of the heading above, with the reason "lead_from_farther_heading".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.document.lines import label_of
from extractor.tasks.draft import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.model import UnitMention
    from extractor.tasks.draft import Work
    from extractor.tasks.scope import Setting

_LONGEST_NAME = 10  # words
# "phối hợp với Nha Xây dựng", "Giao Nha Nội vụ": after these a capital begins a unit
_BEFORE_UNIT = re.compile(r"\b(?:phối hợp (?:chặt chẽ )?(?:với )?|giao |chủ trì,? cùng )(?:các )?(?=\w)", re.IGNORECASE)
_AND_NAME = re.compile(r" và (?=\w)")


def mark(found: Iterable[Work], setting: Setting) -> None:
    """Gives works the reasons for which their units are in doubt."""
    for work in found:
        if "lead_inherited_from_heading" in work.reasons and _is_from_farther(work):
            work.reasons.append("lead_from_farther_heading")
        units = (*work.lead, *work.support)
        if _is_left_out(work, setting) or any(map(_is_two, units)):
            work.reasons.append("unit_left_out")


def _is_from_farther(work: Work) -> bool:
    """Whether the nearest heading looks like a name and is not the one that the lead was taken from."""
    if not work.section:
        return False
    heading = work.section[-1]
    label = label_of(heading)
    name = heading[label[2] :] if label else heading
    parts = name.split()
    named = len(parts) <= _LONGEST_NAME and any(part[:1].isupper() for part in parts[1:]) and not name.isupper()
    return named and not any(unit.text.lower() in name.lower() for unit in work.lead)


def _is_left_out(work: Work, setting: Setting) -> bool:
    """Whether a name stands where units are named and none was read there."""
    spans = [unit.span for unit in (*work.lead, *work.support) if unit.span is not None]
    for part in work.parts:
        text = words(setting.blocks, part)
        read = [(span.start - part.start, span.end - part.start) for span in spans if span.block == part.block]
        begins = [found.end() for found in _BEFORE_UNIT.finditer(text)]
        if any(text[at].isupper() and not any(start <= at < end for start, end in read) for at in begins):
            return True
    return False


def _is_two(unit: UnitMention) -> bool:
    """Whether an unknown name may be two: "Văn phòng Sở và Gian Kế hoạch"."""
    joined = _AND_NAME.search(unit.text) if unit.key is None and not unit.group else None
    return joined is not None and unit.text[joined.end()].isupper()
