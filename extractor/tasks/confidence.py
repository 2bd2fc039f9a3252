"""How sure we are of one draft, 0 to 1, from the named reasons that it carries.

In: a draft and the confidence of its text's recognition. Out: a number; each reason has its weight here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.model import TaskDraft

# As fitted on documents in strange ways of writing (`corpus.calibration`), the start a little lower: of unknown
# documents more is wrong without any sign. Reasons that are not here have done no harm, or are too seldom to tell.
_START = 0.95
_WEIGHTS = {
    "lead_unknown": 0.22,
    "lead_inherited_from_addressees": 0.27,
    "lead_from_farther_heading": 0.70,
    "lead_from_prose": 0.06,
    "support_from_prose": 0.01,
    "unit_left_out": 0.08,
    "unit_unknown": 0.35,
    "unit_partly_read": 0.24,
    "deadline_partly_read": 0.11,
    "deadline_impossible_date": 0.60,
    "deadline_not_understood": 0.26,
    "deadline_differs_from_text": 0.11,
    "deadline_may_be_of_group": 0.76,
    "deadline_from_event": 0.03,
    "deadline_next_year_inferred": 0.10,
    "day_without_deadline": 0.39,
    "issue_date_unknown": 0.15,
    "several_deadlines": 0.10,
    "recurrence_assumed": 0.50,
    "recurrence_spread_evenly": 0.30,
    "split_from_item": 0.02,
    "roles_by_content": 0.48,
    "group_of_items": 0.27,
    "like_its_siblings": 0.51,
    "may_hold_several": 0.06,
    "text_begins_within_sentence": 0.47,
    "text_like_assignment": 0.95,
    "text_like_heading": 0.33,
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
