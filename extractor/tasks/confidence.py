"""How sure we are of one draft, 0 to 1, from the named reasons that it carries.

In: a draft and the confidence of its text's recognition. Out: a number; each reason has its weight here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.model import TaskDraft

# Of the tasks without any reason about nine in ten need no edit; each reason lowers that (`corpus.calibration`).
_START = 0.93
_WEIGHTS = {
    "lead_unknown": 0.15,
    "lead_inherited_from_heading": 0.01,
    "lead_inherited_from_addressees": 0.10,
    "lead_from_prose": 0.10,
    "support_from_prose": 0.03,
    "unit_unknown": 0.60,
    "unit_partly_read": 0.50,
    "deadline_from_prose": 0.02,
    "deadline_inherited": 0.03,
    "deadline_year_inferred": 0.05,
    "deadline_partly_read": 0.30,
    "deadline_impossible_date": 0.60,
    "deadline_not_understood": 0.60,
    "day_without_deadline": 0.18,
    "issue_date_unknown": 0.15,
    "several_deadlines": 0.10,
    "recurrence_spread_evenly": 0.30,
    "deadline_from_event": 0.20,
    "school_year_end_assumed": 0.15,
    "split_from_item": 0.10,
    "roles_by_content": 0.20,
    "verb_by_tagger": 0.15,
    "group_of_items": 0.25,
    "like_its_siblings": 0.25,
    "text_begins_within_sentence": 0.60,
    "long_text": 0.08,
}
_LONG_TEXT = 900


def confidence(draft: TaskDraft, recognised: float = 1.0) -> float:
    """The confidence of *draft*, its text recognised with mean confidence *recognised*."""
    reasons = [*draft.reasons, *(["long_text"] if len(draft.text) > _LONG_TEXT else [])]
    value = _START
    for reason in reasons:
        value *= 1.0 - _WEIGHTS.get(reason, 0.0)
    return round(value * recognised, 3)
