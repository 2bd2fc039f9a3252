"""A database of many generated tasks, for measuring commands that read it.

In: a path and a number of tasks. Out: a SQLite file as intake would have made it from many plans. Deterministic.

Example: `fill(Path("bench.db"), 10_000)` stores 400 plans of 25 tasks: 55 % dated from 2025 to 2027, 20 % monthly, 15 %
without an end, 10 % without a deadline (shares as in the Hà Nội plan of DOMAIN.md, rounded).
"""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from extractor.model import Deadline, Extraction, Header, Source, TaskDraft, UnitMention
from tracker.database import open_database
from tracker.intake import Terms, take_in

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)
TASKS_A_PLAN = 25
_FIELDS = (
    "Nội vụ",
    "Tài chính",
    "Xây dựng",
    "Y tế",
    "Tư pháp",
    "Công Thương",
    "Giáo dục và Đào tạo",
    "Dân tộc và Tôn giáo",
)
_VERBS = ("Rà soát", "Tham mưu ban hành", "Tổ chức kiểm tra", "Xây dựng kế hoạch về", "Tổng hợp, báo cáo")
_MATTERS = (
    "quy trình nội bộ",
    "cơ sở dữ liệu chuyên ngành",
    "công tác lưu trữ",
    "hạ tầng cấp nước",
    "tiêu chuẩn dịch vụ",
)


def fill(path: Path, tasks: int) -> None:
    """Makes the database at *path* and stores *tasks* tasks in it, `TASKS_A_PLAN` a document."""
    engine = open_database(f"sqlite:///{path}")
    terms = Terms(today=date(2025, 1, 2), now=datetime(2025, 1, 2, 8, tzinfo=UTC), accept_at=0.8)
    dice = random.Random(tasks)
    for plan in range(-(-tasks // TASKS_A_PLAN)):
        count = min(TASKS_A_PLAN, tasks - plan * TASKS_A_PLAN)
        take_in(engine, _plan(plan, count, dice), terms)
    engine.dispose()


def _plan(number: int, tasks: int, dice: random.Random) -> Extraction:
    """A plan with its own number and bytes."""
    code = f"{number + 1:02d}/KH-UBND"
    source = Source(
        f"ke-hoach-{number}.docx", hashlib.sha256(code.encode()).hexdigest(), "application/msword", None, "docx"
    )
    header = Header(code, "Kế hoạch", "Ủy ban nhân dân tỉnh Lâm Đồng", date(2025, 1, 2), f"Kế hoạch thứ {number + 1}")
    drafts = tuple(_draft(n, dice) for n in range(1, tasks + 1))
    return Extraction(f"ke-hoach-{number}", source, header, drafts)


def _draft(number: int, dice: random.Random) -> TaskDraft:
    text = f"{dice.choice(_VERBS)} {dice.choice(_MATTERS)} trên địa bàn tỉnh, nội dung {number}"
    lead, support = (f"Sở {field}" for field in dice.sample(_FIELDS, 2))
    return TaskDraft(
        id=f"t{number}",
        text=text,
        title=text[:160],
        section=("III. NHIỆM VỤ",),
        lead=(UnitMention(lead, lead),),
        support=(UnitMention(support, support),),
        deadline=_deadline(dice),
        confidence=0.9,
    )


def _deadline(dice: random.Random) -> Deadline | None:
    kind = dice.random()
    if kind < 0.55:
        due = date(2025, 6, 1) + timedelta(days=dice.randrange(900))
        return Deadline(f"trước ngày {due:%d/%m/%Y}", "date", due=due, qualifier="before")
    if kind < 0.75:
        day = dice.randrange(1, 29)
        return Deadline(f"trước ngày {day:02d} hằng tháng", "recurring", rrule=f"FREQ=MONTHLY;BYMONTHDAY={day}")
    return Deadline("Thường xuyên", "ongoing") if kind < 0.9 else None
