"""Intake: checked, idempotent, whole or not at all; what is late or doubtful waits for a clerk."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from drafting import ISSUED, NOW, TODAY, draft, every, extraction, on, unit
from sqlmodel import Session, select

from extractor.model import Deadline, Evidence, Offset, Problem, Span, Target
from tracker import drafts
from tracker.database import reading, writing
from tracker.drafts import IncoherentError
from tracker.intake import Taken, Terms, store_each, take_in, take_in_each
from tracker.model import Document, Table, Task, TaskUnit, UnitName
from tracker.model import Evidence as StoredEvidence
from tracker.model import Problem as StoredProblem
from tracker.model import Target as StoredTarget

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from extractor.model import Extraction

    Store = Callable[[Extraction], Taken]

pytestmark = pytest.mark.both


def everything(session: Session) -> dict[str, list[Any]]:
    return {name: session.execute(table.select()).all() for name, table in Table.metadata.tables.items()}  # type: ignore[misc]


def test_a_document_is_stored_with_all_that_was_found(book: Engine, store: Store) -> None:
    deadline = on("2026-12-15", qualifier="before", time="14:00")
    task = draft(
        "Rà soát danh mục dữ liệu trước ngày 15/12/2026",
        deadline,
        lead=(unit("Sở KH&CN", "Sở Khoa học và Công nghệ", key="so_khcn"),),
        support=(unit("các sở, ban, ngành", group=True),),
        section=("III. TỔ CHỨC THỰC HIỆN", "2. Các sở"),
        product="Danh mục dữ liệu dùng chung",
        milestones=(on("2026-11-30"), deadline),
        reasons=("lead_inherited_from_heading",),
    )
    target = Target("90% hồ sơ số hóa", "hồ sơ số hóa", "=", 90.0, "%", by=dt.date(2026, 12, 31))
    problem = Problem("tasks", "number_gap", "medium", "Thiếu số thứ tự 3 trong bảng", page=2)
    taken = store(extraction(task, targets=(target,), problems=(problem,)))
    assert (taken.outcome, taken.tasks, taken.to_review, taken.late, taken.problems) == ("stored", 1, 0, 0, 1)
    with reading(book) as session:
        document = session.get(Document, taken.document_id)
        assert document is not None
        assert (document.number, document.year, document.taken_in) == ("215/KH-UBND", 2026, TODAY)
        assert document.ingested_at == NOW
        stored = session.exec(select(Task)).one()
        assert (stored.deadline_due, stored.deadline_qualifier, stored.deadline_time) == (
            dt.date(2026, 12, 15),
            "before",
            "14:00",
        )
        assert stored.section == ["III. TỔ CHỨC THỰC HIỆN", "2. Các sở"]
        assert [one["due"] for one in stored.milestones] == ["2026-11-30", "2026-12-15"]
        assert (stored.review, stored.late_at_intake) == ("accepted", False)
        assert "ra soat danh muc" in stored.search
        assert "so khoa hoc va cong nghe" in stored.search
        lead, support = session.exec(select(TaskUnit).order_by("role")).all()
        assert (lead.name, lead.text, lead.role) == ("Sở Khoa học và Công nghệ", "Sở KH&CN", "lead")
        assert "|so khcn|" in session.get_one(UnitName, lead.name_id).spellings
        assert (support.is_group, support.unit_id) == (True, None)
        assert session.exec(select(StoredEvidence)).one().quote == task.text
        assert session.exec(select(StoredTarget)).one().value == 90
        assert session.exec(select(StoredProblem)).one().kind == "number_gap"


def test_relative_terms_keep_what_they_count_from(book: Engine, store: Store) -> None:
    term = Deadline("trong 10 ngày kể từ ngày nhận", "relative", anchor="received", offset=Offset(10, "working_day"))
    store(extraction(draft("Có ý kiến bằng văn bản", term)))
    with reading(book) as session:
        stored = session.exec(select(Task)).one()
    assert (stored.deadline_anchor, stored.deadline_offset_count, stored.deadline_offset_unit) == (
        "received",
        10,
        "working_day",
    )


def test_the_same_bytes_change_nothing(book: Engine, store: Store) -> None:
    document = extraction(draft("Báo cáo kết quả", on("2026-11-30")))
    first = store(document)
    with reading(book) as session:
        before = everything(session)
    again = store(replace(document, source=replace(document.source, path="nơi khác/bản sao.docx")))
    assert (again.outcome, again.document_id, again.tasks) == ("unchanged", first.document_id, 1)
    with reading(book) as session:
        assert everything(session) == before


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "clash"),
        ({"number": "215/kh-ubnd"}, "clash"),
        ({"issuer": "UỶ BAN NHÂN DÂN TỈNH ĐỒNG NAI"}, "clash"),
        ({"date": dt.date(2026, 9, 6)}, "clash"),
        ({"date": dt.date(2025, 9, 5)}, "stored"),
        ({"number": "216/KH-UBND"}, "stored"),
        ({"issuer": "Ủy ban nhân dân tỉnh Lâm Đồng"}, "stored"),
        ({"number": None}, "stored"),
        ({"date": None}, "stored"),
    ],
)
def test_a_document_is_its_issuer_number_and_year(
    book: Engine, store: Store, changes: dict[str, Any], outcome: str
) -> None:
    first = store(extraction(draft("Báo cáo kết quả", on("2026-11-30"))))
    with reading(book) as session:
        before = everything(session)
    second = store(extraction(draft("Báo cáo khác hẳn"), **{"content": "bản khác", "path": "khác.pdf", **changes}))
    assert second.outcome == outcome
    if outcome == "clash":
        assert (second.document_id, second.path) == (first.document_id, "đến/215-KH-UBND.docx")
        with reading(book) as session:
            assert everything(session) == before


def test_two_documents_without_a_number_are_two(store: Store) -> None:
    one = store(extraction(draft("Việc một"), number=None, content="1"))
    two = store(extraction(draft("Việc hai"), number=None, content="2"))
    assert (one.outcome, two.outcome) == ("stored", "stored")


@pytest.mark.parametrize(
    ("task", "review", "late"),
    [
        (draft("Việc", on("2026-11-30")), "accepted", False),
        (draft("Việc", on("2026-11-21")), "accepted", False),
        (draft("Việc", on("2026-11-20")), "pending", True),
        (draft("Việc", on("2026-11-20"), status="done"), "accepted", False),
        (draft("Việc", on("2026-11-30"), confidence=0.8), "accepted", False),
        (draft("Việc", on("2026-11-30"), confidence=0.79), "pending", False),
        (draft("Việc"), "accepted", False),
        (draft("Việc", Deadline("thường xuyên", "ongoing")), "accepted", False),
        (draft("Việc", every("FREQ=MONTHLY;BYMONTHDAY=20")), "pending", True),  # 20/9, 20/10, 20/11 have passed
        (draft("Việc", every("FREQ=YEARLY")), "accepted", False),
        (draft("Việc", every("FREQ=YEARLY", start=dt.date(2021, 1, 1), due=dt.date(2025, 12, 31))), "accepted", False),
    ],
)
def test_who_needs_a_clerk(book: Engine, store: Store, task: Any, review: str, late: bool) -> None:
    taken = store(extraction(task))
    assert (taken.to_review, taken.late) == (int(review == "pending"), int(late))
    with reading(book) as session:
        stored = session.exec(select(Task)).one()
    assert (stored.review, stored.late_at_intake) == (review, late)


def test_the_threshold_is_a_setting(book: Engine) -> None:
    taken = take_in(book, extraction(draft("Việc", confidence=0.85)), Terms(TODAY, NOW, 0.9))
    assert taken.to_review == 1


def test_a_letter_without_tasks_is_stored(store: Store) -> None:
    taken = store(extraction(number="12/UBND-NC", kind="Công văn"))
    assert (taken.outcome, taken.tasks) == ("stored", 0)


def test_a_quote_that_stands_elsewhere_is_left_out_and_said(book: Engine, store: Store) -> None:
    wrong = Evidence("deadline", "trước ngày 30/11", Span(0, 0, 16))
    beyond = Evidence("lead", "Sở Nội vụ", Span(7, 0, 9))
    task = draft("Báo cáo kết quả trước ngày 30/11", on("2026-11-30"), evidence=(wrong, beyond))
    taken = store(extraction(task))
    assert (taken.to_review, taken.problems) == (1, 2)
    with reading(book) as session:
        assert session.exec(select(StoredEvidence)).all() == []
        assert session.exec(select(Task)).one().reasons == ["evidence_mismatch"]
        assert "không khớp" in session.exec(select(StoredProblem)).all()[0].message


BAD_DAY = dt.date(219, 10, 30)


@pytest.mark.parametrize(
    "bad",
    [
        extraction(draft("Việc", confidence=1.5)),
        extraction(draft("Việc", status="xong")),
        extraction(draft("Việc", id="t1"), draft("Việc nữa", id="t1")),
        extraction(draft("   ", title="x")),
        extraction(draft("Việc", title="dài " * 50)),
        extraction(draft("Việc", Deadline("x", "someday"))),  # type: ignore[arg-type]
        extraction(draft("Việc", Deadline("x", "date", due=BAD_DAY))),
        extraction(draft("Việc", Deadline("x", "date", due=TODAY, time="25:00"))),
        extraction(draft("Việc", Deadline("x", "date", due=TODAY, qualifier="sau"))),  # type: ignore[arg-type]
        extraction(draft("Việc", every("FREQ=MONTHLY;BYMONTHDAY=40"))),
        extraction(draft("Việc", Deadline("x", "ongoing", rrule="FREQ=MONTHLY"))),
        extraction(draft("Việc", milestones=(Deadline("x", "date", due=BAD_DAY),))),
        extraction(draft("Việc", lead=(unit("  "),))),
        extraction(draft("Việc"), date=BAD_DAY),
        extraction(draft("Việc"), targets=(Target("x", "x", "~", 1.0, "%"),)),  # type: ignore[arg-type]
        extraction(draft("Việc"), targets=(Target("x", "x", "=", float("nan"), "%"),)),
        extraction(draft("Việc"), problems=(Problem("tasks", "x", "grave", "x"),)),  # type: ignore[arg-type]
        replace(extraction(draft("Việc")), source=replace(extraction().source, sha256="abc")),
    ],
)
def test_what_contradicts_itself_is_not_stored(book: Engine, store: Store, bad: Extraction) -> None:
    with pytest.raises(IncoherentError, match="lỗi của phần mềm"):
        store(bad)
    with reading(book) as session:
        assert everything(session)["document"] == []


def test_a_failure_in_the_middle_leaves_nothing(book: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = extraction(draft("Việc một"), draft("Việc hai", status="xong"))  # not checked: the database refuses it

    def store_unchecked() -> None:
        with writing(book) as session:
            store_each(session, [broken], Terms(TODAY, NOW, 0.8))

    monkeypatch.setattr(drafts, "check", lambda _: None)
    with pytest.raises(Exception, match="status_known"):
        store_unchecked()
    with reading(book) as session:
        assert {name: rows for name, rows in everything(session).items() if rows} == {}


def test_many_documents_share_a_transaction(book: Engine) -> None:
    """With one of them twice, one in a newer version, one that was there, and one that cannot be stored."""
    terms = Terms(TODAY, NOW, 0.8)

    def plan(number: int, *more: Any, **values: Any) -> Extraction:
        tasks = (draft(f"Việc {at} của {number}", on("2026-12-01"), support=("Sở Y tế",)) for at in range(10))
        return extraction(*tasks, *more, number=f"{number}/KH-UBND", **values)

    take_in(book, plan(3), terms)
    newer = plan(2, draft("Việc thêm"), content="bản khác")
    batch = [plan(1), plan(2), plan(1), plan(3), newer, plan(4)]
    taken = take_in_each(book, batch, terms)
    outcomes = [one.outcome for one in taken if isinstance(one, Taken)]
    assert outcomes == ["stored", "stored", "unchanged", "unchanged", "renewed", "stored"]
    with reading(book) as session:
        stored = everything(session)
    assert [len(stored[table]) for table in ("document", "task", "task_unit")] == [4, 41, 81]
    again = take_in_each(book, [plan(5), extraction(draft("Việc", status="xong"), number="6/KH-UBND"), plan(7)], terms)
    assert [type(one) for one in again] == [Taken, IncoherentError, Taken]
    with reading(book) as session:
        assert len(everything(session)["document"]) == 6


def test_the_issue_day_decides_where_recurrence_begins(book: Engine, store: Store) -> None:
    store(extraction(draft("Báo cáo", every("FREQ=MONTHLY")), date=dt.date(2026, 11, 10)))
    with reading(book) as session:
        assert session.exec(select(Task)).one().late_at_intake is False
    assert dt.date(2026, 11, 10) > ISSUED
