"""A book of a million tasks: eight years of a large office, on SQLite or PostgreSQL.

In: the URL of an empty database, and how many tasks. Out: the book, filled; and what intake took for a part of it.

A hundredth of the documents is taken in as `nhacviec ingest` does, all issued within one month; the rest are their
copies, each a month older than the one before, made by the database itself. Of what is older than a year nearly all is
done. One in ten tasks comes again, most to the end of their plan's year. Deterministic.

Example: `fill("sqlite:///book.db", 1_000_000)` has 100,000 documents of 10 tasks, from 2018 to November 2026.
"""

from __future__ import annotations

import hashlib
import random
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from extractor.model import Block, Deadline, Evidence, Extraction, Header, Place, Source, Span, TaskDraft, UnitMention
from tracker.database import open_database
from tracker.intake import AT_ONCE, Terms, take_in_each

if TYPE_CHECKING:
    from sqlalchemy import Connection

TODAY = date(2026, 11, 21)
UNIT, WORDS = "so tai chinh", "ho chua nam son"
TASKS_A_PLAN = 10
_MONTHS = 100
_FIELDS = (
    "Nội vụ", "Tài chính", "Xây dựng", "Y tế", "Tư pháp", "Công Thương", "Giáo dục và Đào tạo", "Dân tộc và Tôn giáo",
    "Khoa học và Công nghệ", "Nông nghiệp và Môi trường", "Văn hóa, Thể thao và Du lịch", "Ngoại vụ",
)  # fmt: skip
_PLACES = tuple(
    f"{first} {second}"
    for first in (
        "Nam", "Bắc", "Đông", "Tây", "Tân", "Phú", "An", "Long", "Bình", "Hòa", "Vĩnh", "Thanh", "Mỹ", "Ngọc", "Kim",
        "Đại", "Tiên", "Thượng", "Hạ", "Trung", "Cẩm", "Quỳnh", "Diễn", "Yên", "Hưng", "Gia", "Minh", "Liên", "Xuân",
        "Thạch",
    )
    for second in (
        "Sơn", "Hà", "Lộc", "Thịnh", "Khê", "Phong", "Giang", "Lâm", "Trạch", "Hải", "Lĩnh", "Thủy", "Châu", "Quang",
        "Đồng", "Lập", "Cường", "Tiến", "Thắng", "Hiệp", "Nghĩa", "Lợi", "Phúc", "Trị", "Ninh", "Khánh", "Xá", "Đình",
        "Vân", "Hội",
    )
)  # fmt: skip
_VERBS = ("Rà soát", "Tham mưu ban hành", "Tổ chức kiểm tra", "Xây dựng kế hoạch về", "Tổng hợp, báo cáo", "Công khai")
_MATTERS = (
    "quy trình nội bộ", "cơ sở dữ liệu chuyên ngành", "công tác lưu trữ", "hạ tầng cấp nước", "tiêu chuẩn dịch vụ",
    "hồ chứa", "đất công ích", "cải cách thủ tục", "phòng cháy, chữa cháy", "bồi dưỡng cán bộ", "tuyến đê bao",
    "trường mầm non", "bệnh truyền nhiễm", "chợ đầu mối", "rừng phòng hộ", "khai thác khoáng sản", "người có công",
    "trẻ em mồ côi", "làng nghề", "vốn vay ưu đãi", "cấp phép lái xe", "thuế hộ kinh doanh", "tượng đài", "mạng cáp",
    "giải phóng mặt bằng", "thi tuyển viên chức", "tiếp xúc cử tri", "tàu cá", "giống lúa", "xăng dầu",
)  # fmt: skip
_RULES = (
    "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=20", "FREQ=MONTHLY;BYMONTHDAY=25", "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY", "FREQ=WEEKLY",
)  # fmt: skip


def fill(url: str, tasks: int) -> float:
    """Fills the empty database at *url* with *tasks* tasks; tasks that intake takes in a second."""
    engine = open_database(url)
    terms = Terms(today=date(2026, 11, 2), now=datetime(2026, 11, 2, 8, tzinfo=UTC), accept_at=0.8)
    made = plans(1, max(1, tasks // TASKS_A_PLAN // _MONTHS))
    began = time.perf_counter()
    for at in range(0, len(made), AT_ONCE):
        take_in_each(engine, made[at : at + AT_ONCE], terms)
    rate = len(made) * TASKS_A_PLAN / (time.perf_counter() - began)
    with engine.begin() as connection:
        _copy(connection, len(made), postgresql=engine.dialect.name == "postgresql")
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE")
    engine.dispose()
    return rate


def plans(first: int, count: int) -> list[Extraction]:
    """Plans of ten tasks, numbered from *first* on; the same for the same numbers."""
    dice = random.Random(first * 7919 + count)
    return [_plan(number, dice) for number in range(first, first + count)]


def _plan(number: int, dice: random.Random) -> Extraction:
    code = f"{number:02d}/KH-UBND"
    source = Source(f"{number}.docx", hashlib.sha256(code.encode()).hexdigest(), "application/msword", None, "docx")
    issued = date(2026, 10, 25) + timedelta(days=dice.randrange(28))
    header = Header(code, "Kế hoạch", "Ủy ban nhân dân tỉnh Lâm Đồng", issued, f"Kế hoạch thứ {number}")
    drafts = tuple(_draft(at, issued, dice) for at in range(1, TASKS_A_PLAN + 1))
    blocks = tuple(Block(at, draft.text, Place(None, at)) for at, draft in enumerate(drafts, 1))
    return Extraction(f"ke-hoach-{number}", source, header, drafts, blocks=(Block(0, code, Place(None, 0)), *blocks))


def _draft(number: int, issued: date, dice: random.Random) -> TaskDraft:
    matter, place = dice.choice(_MATTERS), dice.choice(_PLACES)
    words = f"{dice.choice(_VERBS)} {matter} {place} trên địa bàn tỉnh, nội dung {number}"
    lead, support = dice.sample(_FIELDS, 2)
    commune = f"UBND xã {dice.choice(_PLACES)}"
    units = [UnitMention(name, name) for name in (f"Sở {lead}", f"Sở {support}", commune)]
    proof = tuple(Evidence(field, words, Span(number, 0, len(words))) for field in ("text", "lead", "deadline"))
    return TaskDraft(
        id=f"t{number}", text=words, title=words[:160], section=("III. NHIỆM VỤ",), lead=(units[0],),
        support=tuple(units[1:]), deadline=_deadline(issued, dice), confidence=0.9, evidence=proof,
    )  # fmt: skip


def _deadline(issued: date, dice: random.Random) -> Deadline | None:
    kind = dice.random()
    if kind < 0.6:
        due = issued + timedelta(days=dice.randrange(10, 400))
        return Deadline(f"trước ngày {due:%d/%m/%Y}", "date", due=due, qualifier="before")
    if kind < 0.7:
        end = date(issued.year, 12, 31) if dice.random() < 0.8 else None
        return Deadline("định kỳ", "recurring", due=end, rrule=dice.choice(_RULES))
    return Deadline("Thường xuyên", "ongoing") if kind < 0.85 else None


def _copy(connection: Connection, plans: int, postgresql: bool) -> None:
    """The same documents, 99 times, each time a month older and further done."""
    numbers = {"plans": plans, "tasks": plans * TASKS_A_PLAN, "last": _MONTHS - 1}
    months = (
        "generate_series(1, :last) AS m(n)" if postgresql else
        "(WITH RECURSIVE m(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m WHERE n < :last) SELECT n FROM m) AS m"
    )  # fmt: skip
    connection.execute(text(
        "INSERT INTO document (id, doc_id, number, number_folded, kind, issuer, issuer_folded, date, year, subject,"
        " sha256, path, media_type, reader, ocr, state, taken_in, ingested_at) SELECT d.id + m.n * :plans,"
        " d.doc_id || '-' || m.n, d.number, d.number_folded || '-' || m.n, d.kind, d.issuer, d.issuer_folded,"
        f" {_earlier('d.date', postgresql)}, d.year, d.subject, m.n || substr(d.sha256, 4), d.path, d.media_type,"
        f" d.reader, d.ocr, d.state, {_earlier('d.taken_in', postgresql)}, d.ingested_at FROM document AS d, {months}"
    ), numbers)  # fmt: skip
    # of the newest month a fifth is done, of that before half, of what is older than a year and a half nearly all
    done = "((t.id * 7919 + m.n * 104729) % 1000) < CASE WHEN m.n > 18 THEN 997 WHEN m.n > 6 THEN 960 ELSE 500 END"
    connection.execute(text(
        "INSERT INTO task (id, document_id, draft_id, position, title, text, section, deadline_text, deadline_kind,"
        " deadline_start, deadline_due, deadline_rrule, deadline_qualifier, milestones, status, review, confidence,"
        " reasons, late_at_intake, done_on, search) SELECT t.id + m.n * :tasks, t.document_id + m.n * :plans,"
        " t.draft_id, t.position, t.title, t.text, t.section, t.deadline_text, t.deadline_kind, t.deadline_start,"
        f" {_earlier('t.deadline_due', postgresql)}, t.deadline_rrule, t.deadline_qualifier, t.milestones,"
        f" CASE WHEN {done} THEN 'done' ELSE 'todo' END, t.review, t.confidence, t.reasons, t.late_at_intake,"
        f" CASE WHEN {done} THEN {_earlier('t.deadline_due', postgresql)} END, t.search FROM task AS t, {months}"
    ), numbers)  # fmt: skip
    connection.execute(text(
        "INSERT INTO task_unit (task_id, role, position, text, name, name_id, is_group) SELECT u.task_id + m.n *"
        f" :tasks, u.role, u.position, u.text, u.name, u.name_id, u.is_group FROM task_unit AS u, {months}"
    ), numbers)  # fmt: skip
    if postgresql:
        for table in ("document", "task", "task_unit"):
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )


def _earlier(day: str, postgresql: bool) -> str:
    return (
        f"CAST({day} - make_interval(months => m.n) AS date)" if postgresql else f"date({day}, '-' || m.n || ' months')"
    )
