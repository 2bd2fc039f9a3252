"""A database as a large province has it after years: a million tasks of five thousand units, each with an address.

In: a path, numbers of units and tasks. Out: a SQLite file that the alerts can work on, deterministic, written by SQL
(intake would take hours). Of the tasks 90 % are settled; of the others 55 % have a day from 2025 to 2027, 20 % recur
every month, 15 % have no end, 10 % wait for an event (shares as in `corpus.benchmarks.database`).

Example: `fill(Path("bench.db"), units=5000, tasks=1_000_000)`: unit 1 is "Cơ quan số 1", `don-vi-1@example.vn`; it
leads tasks 1, 5001 …
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.alerts import switches
from tracker.database import open_database, writing

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
"""A Monday: the chief's summary is made too."""
TASKS_A_PLAN = 25
_MOMENT = "2026-01-05T01:00:00.000000+00:00"
_COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
_UNITS = (
    f"INSERT INTO unit (id, name, name_folded, short_names, head_email) {_COUNT}"
    " SELECT i, 'Cơ quan số ' || i, 'co quan so ' || i, '[]', 'lanh-dao-' || i || '@example.vn' FROM n",
    f"INSERT INTO unit_address (unit_id, email) {_COUNT} SELECT i, 'don-vi-' || i || '@example.vn' FROM n",
)
_PLANS = f"""
    INSERT INTO document (id, doc_id, number, number_folded, kind, issuer, issuer_folded, date, year, sha256, path,
        media_type, reader, ocr, state, taken_in, ingested_at) {_COUNT}
    SELECT i, 'ke-hoach-' || i, i || '/KH-UBND', i || '/kh-ubnd', 'Kế hoạch', 'Ủy ban nhân dân tỉnh',
        'uy ban nhan dan tinh', '2026-01-05', 2026, printf('%064d', i), 'ke-hoach-' || i || '.docx', 'docx', 'docx', 0,
        'active', '2026-01-05', '{_MOMENT}' FROM n
"""
# A multiplicative hash of the number, so that every unit has tasks of all kinds.
_TASKS = f"""
    INSERT INTO task (id, document_id, draft_id, position, title, text, section, deadline_text, deadline_kind,
        deadline_due, deadline_rrule, deadline_anchor, milestones, product, status, review, confidence, reasons,
        late_at_intake, done_on, search) {_COUNT},
    kinds(i, share, day) AS (
        SELECT i, i * 2654435761 / 65536 % 100, date('2025-06-01', (i * 40503 / 64 % 900) || ' days') FROM n
    )
    SELECT i, (i - 1) / {TASKS_A_PLAN} + 1, 't' || i, i % {TASKS_A_PLAN}, words, words, '["III. NHIỆM VỤ"]',
        CASE WHEN share < 55 THEN 'hoàn thành trước ngày ' || strftime('%d/%m/%Y', day) WHEN share < 75
            THEN 'hằng tháng' WHEN share < 90 THEN 'Thường xuyên' ELSE 'sau khi Nghị quyết được ban hành' END,
        CASE WHEN share < 55 THEN 'date' WHEN share < 75 THEN 'recurring' WHEN share < 90 THEN 'ongoing'
            ELSE 'relative' END,
        CASE WHEN share < 55 THEN day END,
        CASE WHEN share BETWEEN 55 AND 74 THEN 'FREQ=MONTHLY;BYMONTHDAY=' || (i % 28 + 1) END,
        CASE WHEN share >= 90 THEN 'Nghị quyết được ban hành' END,
        '[]', 'Báo cáo', CASE WHEN settled THEN 'done' ELSE 'todo' END, 'accepted', 0.95, '[]', 0,
        CASE WHEN settled THEN '2026-10-01' END, ''
    FROM (SELECT *, i * 2246822519 / 65536 % 100 < 90 AS settled, 'Rà soát, báo cáo kết quả thực hiện nội dung số ' || i
        || ' của kế hoạch theo dõi tiến độ cải cách thủ tục hành chính trên địa bàn tỉnh' AS words FROM kinds)
"""
_PARTS = f"""
    INSERT INTO task_unit (task_id, role, position, text, name, unit_id, is_group) {_COUNT},
    parts(i, role, unit) AS (SELECT i, 'lead', (i - 1) % :units + 1 FROM n
        UNION ALL SELECT i, 'support', i * 13 % :units + 1 FROM n)
    SELECT i, role, 0, 'Cơ quan số ' || unit, 'Cơ quan số ' || unit, unit, 0 FROM parts
"""
_QUOTES = f"""
    INSERT INTO evidence (document_id, task_id, field, quote, page, block, start, "end") {_COUNT}
    SELECT (i - 1) / {TASKS_A_PLAN} + 1, i, 'text', 'Rà soát, báo cáo kết quả thực hiện nội dung số ' || i, 3, 1, 0, 9
    FROM n
"""
# October's report was sent: a recurring task is late by months for every third one, else in time.
_SETTLED = f"""
    INSERT INTO occurrence (task_id, day, done_on) {_COUNT}
    SELECT i, date('2026-10-01', (i % 28) || ' days'), '2026-10-30' FROM n
    WHERE i * 2654435761 / 65536 % 100 BETWEEN 55 AND 74 AND i % 3
"""


def fill(path: Path, units: int, tasks: int) -> None:
    """Makes the database at *path*, with alerts enabled."""
    engine = open_database(f"sqlite:///{path}")
    plans = -(-tasks // TASKS_A_PLAN)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA synchronous = OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        for statement, count in [
            *((statement, units) for statement in _UNITS), (_PLANS, plans), (_TASKS, tasks), (_PARTS, tasks),
            (_QUOTES, tasks), (_SETTLED, tasks),
        ]:  # fmt: skip
            connection.exec_driver_sql(statement, {"count": count, "units": units})
        connection.commit()
    with writing(engine) as session:
        switches.enable(session, True)
    engine.dispose()
