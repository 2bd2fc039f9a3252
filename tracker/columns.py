"""The columns that lists ask for, by name: `tracker.model` without what it costs to load.

In: nothing. Out: SQLAlchemy table clauses that name columns of the tables in `tracker.model`, which stays the only
place where tables are defined (`tests/test_tracker_queries.py` holds the two against each other). Loading the model
with SQLModel, pydantic and the ORM takes 0.19 s, nearly half of what `nhacviec due` may take in all; these names take
1 ms.

Example: `select(task.c.id).where(task.c.deadline_due < today)`.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Date, Float, Integer, String, TableClause, column, table


def _table(name: str, **kinds: str) -> TableClause:
    types = {"integers": Integer, "texts": String, "days": Date, "flags": Boolean, "numbers": Float, "lists": JSON}
    return table(name, *(column(found, types[kind]()) for kind, names in kinds.items() for found in names.split()))


task = _table(
    "task",
    integers="id document_id",
    texts=(
        "title text deadline_text deadline_kind deadline_rrule deadline_qualifier deadline_time product status review "
        "reply_number search"
    ),
    days="deadline_start deadline_due done_on",
    flags="late_at_intake",
    numbers="confidence",
    lists="section",
)
document = _table(
    "document",
    integers="id",
    texts="doc_id number number_folded issuer issuer_folded kind subject state path so_den",
    days="date taken_in received",
)
problem = _table("problem", integers="document_id")
task_unit = _table("task_unit", integers="task_id unit_id position name_id", texts="role text name", flags="is_group")
unit_name = _table("unit_name", integers="id", texts="spellings")
extension = _table("extension", integers="id task_id", days="due")
occurrence = _table("occurrence", integers="task_id", days="day done_on")
unit = _table(
    "unit", integers="id successor_id", texts="key name succession_note", lists="short_names", flags="is_group",
    days="valid_to",
)  # fmt: skip
unit_choice = _table("unit_choice", integers="unit_id", texts="written issuer_folded")

ALL = (task, document, problem, task_unit, unit_name, extension, occurrence, unit, unit_choice)

SEARCH_WORDS = "to_tsvector('simple', regexp_replace(task.search, '[^[:alnum:]]+', ' ', 'g'))"
"""What PostgreSQL's index of words is over: letters and digits alone, so that its words are those of SQLite."""
