"""Who hears of what: units of their accepted open work, the clerk of all that can go to no unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from alerts_office import FINANCE, HEALTH, INTERIOR, NOW, TODAY, Desk, open_desk

from tracker.alerts.office import clerk_digest, doubts
from tracker.alerts.run import preview
from tracker.alerts.select import batch, reachable, scene_of
from tracker.database import reading, writing
from tracker.model import Document, Evidence, Outbox, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.alerts.digest import Digest

LATE, SOON = dt.date(2026, 11, 9), dt.date(2026, 11, 24)
GROUP = ("các sở, ban, ngành",)


@pytest.fixture
def desk(book_url: str) -> Iterator[Desk]:
    made = open_desk(book_url)
    made.unit(HEALTH, "soyte@lamdong.example.vn")
    made.unit(FINANCE, "stc@lamdong.example.vn")
    made.unit(INTERIOR)
    yield made
    made.engine.dispose()


def units(desk: Desk) -> dict[str, Digest]:
    scene = scene_of(desk.settings, TODAY)
    with reading(desk.engine) as session:
        return {digest.name: digest for digest in batch(session, reachable(session), scene).digests}


def clerk(desk: Desk) -> Digest:
    with reading(desk.engine) as session:
        in_doubt = doubts(session, TODAY)
        found = clerk_digest(session, scene_of(desk.settings, TODAY))
    assert len(in_doubt.named) == in_doubt.total
    return replace(found, doubts=in_doubt.named)


def tasks(digest: Digest | None) -> list[int]:
    return [item.task_id for item in digest.items] if digest else []


@pytest.mark.parametrize(
    ("due", "urgency", "days"),
    [
        (dt.date(2026, 11, 9), "overdue", 12),
        (dt.date(2026, 11, 20), "overdue", 1),
        (dt.date(2026, 11, 21), "due_today", 0),
        (dt.date(2026, 11, 22), "due_soon", 1),
        (dt.date(2026, 11, 28), "due_soon", 7),
        (dt.date(2026, 11, 29), None, None),
        (None, None, None),
    ],
)
def test_the_day_decides_the_section(desk: Desk, due: dt.date | None, urgency: str | None, days: int | None) -> None:
    desk.task(desk.document(), due, HEALTH)
    found = [(item.urgency, item.days) for digest in units(desk).values() for item in digest.items]
    assert found == ([(urgency, days)] if urgency else [])


@pytest.mark.parametrize(("days_before", "heard"), [((), False), ((1,), False), ((3,), True), ((7, 1), True)])
def test_how_soon_is_soon_is_a_setting(desk: Desk, days_before: tuple[int, ...], heard: bool) -> None:
    desk.task(desk.document(), SOON, HEALTH)
    desk.set(alerts=replace(desk.settings.alerts, days_before=days_before))
    assert bool(units(desk)) == heard


@pytest.mark.parametrize(
    "change",
    [
        {"status": "done", "done_on": TODAY},
        {"status": "cancelled"},
        {"status": "paused"},
        {"review": "pending"},
        {"review": "rejected"},
    ],
)
def test_settled_and_unaccepted_work_goes_to_no_unit(desk: Desk, change: dict[str, Any]) -> None:
    task = desk.task(desk.document(), LATE, HEALTH)
    assert tasks(units(desk)[HEALTH]) == [task]
    desk.change(task, **change)
    assert units(desk) == {}
    assert clerk(desk).items == ()


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_a_document_that_counts_no_more_reminds_nobody(desk: Desk, state: str) -> None:
    document = desk.document()
    desk.task(document, LATE, HEALTH)
    desk.task(document, LATE, HEALTH, review="pending", late_at_intake=True)
    with writing(desk.engine) as session:
        session.get_one(Document, document).state = state
    assert units(desk) == {}
    assert clerk(desk).empty


@pytest.mark.both
def test_what_a_unit_leads_comes_before_what_it_supports_and_the_latest_first(desk: Desk) -> None:
    plan = desk.document()
    supports = desk.task(plan, dt.date(2026, 11, 1), FINANCE, HEALTH)
    leads_late = desk.task(plan, dt.date(2026, 11, 18), HEALTH, FINANCE)
    leads_later = desk.task(plan, dt.date(2026, 11, 10), HEALTH)
    today = desk.task(plan, TODAY, HEALTH)
    soon = desk.task(plan, SOON, HEALTH)
    sooner = desk.task(plan, dt.date(2026, 11, 22), HEALTH)
    found = units(desk)
    assert tasks(found[HEALTH]) == [leads_later, leads_late, supports, today, sooner, soon]
    assert [item.role for item in found[HEALTH].items[:3]] == ["lead", "lead", "support"]
    assert tasks(found[FINANCE]) == [supports, leads_late]


def test_a_unit_named_twice_hears_once_and_leads(desk: Desk) -> None:
    task = desk.task(desk.document(), LATE, [HEALTH, "Giám đốc Sở Y tế"], [HEALTH])
    assert [(item.task_id, item.role) for item in units(desk)[HEALTH].items] == [(task, "lead")]


def test_an_extension_moves_the_day(desk: Desk) -> None:
    task = desk.task(desk.document(), LATE, HEALTH)
    desk.extend(task, SOON)
    item = units(desk)[HEALTH].items[0]
    assert (item.urgency, item.day, item.first_day) == ("due_soon", SOON, LATE)


@pytest.mark.both
def test_a_recurring_task_is_one_late_day_with_a_count_and_one_coming_day(desk: Desk) -> None:
    weekly = desk.task(
        desk.document(date=dt.date(2026, 11, 1)), None, HEALTH, deadline_kind="recurring", deadline_rrule="FREQ=WEEKLY"
    )
    found = [(item.task_id, item.urgency, item.day.day, item.missed) for item in units(desk)[HEALTH].items]
    assert found == [(weekly, "overdue", 20, 2), (weekly, "due_soon", 27, 0)]
    desk.settle(weekly, dt.date(2026, 11, 20))
    assert [item.day.day for item in units(desk)[HEALTH].items] == [27]


def test_of_a_daily_task_only_the_nearest_day_is_announced(desk: Desk) -> None:
    desk.task(desk.document(date=TODAY), None, HEALTH, deadline_kind="recurring", deadline_rrule="FREQ=DAILY")
    assert [item.day for item in units(desk)[HEALTH].items] == [TODAY]


@pytest.mark.parametrize(
    ("lead", "note"),
    [
        ((), "chưa rõ đơn vị chủ trì"),
        ((GROUP,), "giao chung cho các sở, ban, ngành"),
        (INTERIOR, "chưa có địa chỉ thư của Sở Nội vụ"),
        ("Hội Nông dân tỉnh", "chưa có địa chỉ thư của Hội Nông dân tỉnh"),
        ((HEALTH, GROUP, INTERIOR), "giao chung cho các sở, ban, ngành; chưa có địa chỉ thư của Sở Nội vụ"),
        (HEALTH, ""),
    ],
)
def test_what_cannot_reach_all_its_leads_goes_to_the_clerk(desk: Desk, lead: Any, note: str) -> None:
    task = desk.task(desk.document(), LATE, lead, [FINANCE, GROUP])
    assert [(item.task_id, item.note) for item in clerk(desk).items] == ([(task, note)] if note else [])
    assert tasks(units(desk).get(FINANCE)) == [task]
    assert (HEALTH in units(desk)) == (HEALTH in lead)


def test_a_task_late_at_intake_goes_to_the_clerk_alone_until_it_is_accepted(desk: Desk) -> None:
    task = desk.task(desk.document(), LATE, HEALTH, review="pending", late_at_intake=True)
    waiting = desk.task(desk.document("2/KH"), SOON, HEALTH, review="pending")
    found = clerk(desk)
    assert ([item.task_id for item in found.unreviewed_late], found.waiting, found.items) == ([task], 2, ())
    assert units(desk) == {}
    desk.change(task, review="accepted")
    assert tasks(units(desk)[HEALTH]) == [task]
    assert (clerk(desk).unreviewed_late, clerk(desk).waiting) == ((), 1)
    assert waiting not in tasks(units(desk)[HEALTH])


def test_work_that_became_late_while_it_waited_for_review_is_the_clerks_too(desk: Desk) -> None:
    ignored = desk.task(desk.document(), LATE, HEALTH, review="pending")
    old = desk.task(desk.document("2/KH"), LATE, HEALTH, review="pending", late_at_intake=True)
    found = {item.task_id: item.note for item in clerk(desk).unreviewed_late}
    assert found == {ignored: "", old: "đã quá hạn khi nhập văn bản"}


def test_the_quote_is_the_documents_and_names_its_page(desk: Desk) -> None:
    desk.task(desk.document(), LATE, HEALTH, [FINANCE], text="Rà soát bếp ăn bán trú", product="Báo cáo")
    item = units(desk)[HEALTH].items[0]
    assert (item.quote, item.page, item.product) == ("Rà soát bếp ăn bán trú", 3, "Báo cáo")
    assert (item.number, item.issuer) == ("215/KH-UBND", "Ủy ban nhân dân tỉnh Lâm Đồng")


def test_a_quote_in_two_places_is_told_whole(desk: Desk) -> None:
    document = desk.document()
    task = desk.task(document, LATE, HEALTH, text="Triển khai bệnh án điện tử:")
    with writing(desk.engine) as session:
        session.add(
            Evidence(
                document_id=document, task_id=task, field="text", quote="kết nối liên thông.", page=4, block=2, start=0,
                end=9,
            )
        )  # fmt: skip
    item = units(desk)[HEALTH].items[0]
    assert (item.quote, item.page) == ("Triển khai bệnh án điện tử: kết nối liên thông.", 3)


def mail(desk: Desk, state: str, days_ago: int, recipient: str = "unit:1", **bodies: Any) -> None:
    day = TODAY - dt.timedelta(days=days_ago)
    row = Outbox(
        recipient=recipient,
        addresses=["a@b.vn"],
        kind="unit_digest",
        day=day,
        key=f"{recipient}/{day}/{state}",
        state=state,
        reason="" if state == "sent" and not bodies else "lý do",
        message_id="<x@y>",
        subject="s",
        bodies={"name": "Sở Y tế", **bodies},
        created_at=NOW,
        attempts=1,
    )
    with writing(desk.engine) as session:
        session.add(row)


@pytest.mark.parametrize(
    ("history", "shown"),
    [
        ([("unknown", 1)], ["unknown"]),
        ([("failed", 1)], ["failed"]),
        ([("failed", 6)], ["failed"]),
        ([("failed", 7)], []),
        ([("unknown", 2), ("sent", 1)], []),
        ([("sent", 2), ("unknown", 1)], ["unknown"]),
        ([("failed", 2), ("unknown", 1)], ["unknown"]),
        ([("queued", 0)], []),
        ([("unknown", 1), ("queued", 0)], ["unknown"]),
        ([("sent", 1)], []),
    ],
)
def test_a_mail_in_doubt_is_shown_until_a_later_one_arrives(
    desk: Desk, history: list[tuple[str, int]], shown: list[str]
) -> None:
    for state, days_ago in history:
        mail(desk, state, days_ago)
    mail(desk, "sent", 1, "unit:2")
    assert [doubt.state for doubt in clerk(desk).doubts] == shown


def test_a_mail_that_one_address_refused_is_shown(desk: Desk) -> None:
    mail(desk, "sent", 0, refused={"a@b.vn": "550 gone"})
    assert [doubt.state for doubt in clerk(desk).doubts] == ["sent"]


def test_nothing_to_say_is_no_mail(desk: Desk) -> None:
    desk.task(desk.document(), dt.date(2027, 3, 1), HEALTH)
    assert clerk(desk).empty
    assert list(preview(desk.office, TODAY)) == []


def test_without_a_clerk_the_others_still_get_theirs(desk: Desk) -> None:
    desk.task(desk.document(), LATE, HEALTH)
    desk.task(desk.document("3/KH"), LATE, [])
    desk.set(alerts=replace(desk.settings.alerts, clerk=()))
    assert [(mail.name, mail.addresses) for mail in preview(desk.office, TODAY)] == [
        (HEALTH, ("soyte@lamdong.example.vn",)),
        ("Văn thư", ()),
    ]


@pytest.mark.both
def test_the_work_of_a_unit_that_is_no_more_is_told_to_its_successor(desk: Desk) -> None:
    former, later = "Sở Giao thông vận tải", "Sở Xây dựng"
    old, new = desk.unit(former, "sgtvt@lamdong.example.vn"), desk.unit(later)
    plan = desk.document()
    task = desk.task(plan, LATE, former)
    both = desk.task(plan, LATE, later, former)

    def end(day: dt.date) -> None:
        with writing(desk.engine) as session:
            unit = session.get_one(Unit, old)
            unit.valid_to, unit.successor_id = day, new

    end(dt.date(2025, 2, 28))
    assert tasks(units(desk)[former]) == [task, both]  # nobody reads a mailbox that is not known
    desk.unit(later, "sxd@lamdong.example.vn", head="giamdoc@lamdong.example.vn")
    found = units(desk)
    assert (former in found, tasks(found[later])) == (False, [task, both])
    assert [item.role for item in found[later].items] == ["lead", "lead"]
    assert tasks(found[f"Lãnh đạo {later}"]) == [task, both]
    assert found[later].items[0].lead == ("Sở Giao thông vận tải (nay là Sở Xây dựng)",)
    assert clerk(desk).items == ()
    desk.unit(former)  # its address is taken away
    assert (tasks(units(desk)[later]), clerk(desk).items) == ([task, both], ())
    end(SOON)
    assert tasks(clerk(desk)) == [task]  # until that day it stands, and nobody hears
    soon, after = desk.task(plan, SOON, former), desk.task(plan, SOON + dt.timedelta(days=1), former)
    assert tasks(units(desk)[later]) == [both, after]
    assert soon not in tasks(units(desk)[later])
