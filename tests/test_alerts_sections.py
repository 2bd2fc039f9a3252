"""What a digest says besides what is late: periodic reports, events, how often it was said; threads and files."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from alerts_office import FINANCE, HEALTH, Desk, open_desk
from hypothesis import given
from hypothesis import strategies as st
from mail_servers import listening

from tracker.alerts.candidates import Candidate, Sections
from tracker.alerts.digest import AT_ALL, LEAST_NAMED, URGENCIES, Digest, Item, shares
from tracker.alerts.files import calendar, sheet
from tracker.alerts.run import run
from tracker.alerts.select import batch, reachable, scene_of
from tracker.database import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

YTE, STC = "soyte@lamdong.example.vn", "stc@lamdong.example.vn"
TODAY = dt.date(2026, 10, 12)
LATE = dt.date(2026, 10, 5)
DAY = dt.timedelta(days=1)
PORTAL = "https://evil.example"


@pytest.fixture
def desk(book_url: str) -> Iterator[Desk]:
    made = open_desk(book_url)
    made.enable()
    made.unit(HEALTH, YTE)
    made.unit(FINANCE, STC)
    yield made
    made.engine.dispose()


def told(desk: Desk, today: dt.date = TODAY, unit: str = HEALTH) -> list[tuple[int, str, int | None, int]]:
    with reading(desk.engine) as session:
        found = batch(session, reachable(session), scene_of(desk.settings, today)).digests
    return [
        (item.task_id, item.urgency, item.day.day if item.day else None, item.missed)
        for digest in found
        if digest.name == unit
        for item in digest.items
    ]


def monthly(desk: Desk, day: int, **values: Any) -> int:
    rule = {"deadline_kind": "recurring", "deadline_rrule": f"FREQ=MONTHLY;BYMONTHDAY={day}"}
    return desk.task(desk.document(), None, HEALTH, **(rule | values))


@pytest.mark.parametrize(
    ("rule", "settled", "expected"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=28", [(9, 28)], [("periodic", 28, 0)]),
        ("FREQ=MONTHLY;BYMONTHDAY=28", [], [("overdue", 28, 0), ("periodic", 28, 0)]),
        ("FREQ=MONTHLY;BYMONTHDAY=15", [(9, 15)], [("due_soon", 15, 0)]),
        ("FREQ=MONTHLY;BYMONTHDAY=28", [(9, 28), (10, 28)], []),
        ("FREQ=MONTHLY;BYMONTHDAY=5", [(9, 5), (10, 5)], []),  # November's is another period
        ("FREQ=WEEKLY;BYDAY=MO", [(9, 7), (9, 14), (9, 21), (9, 28), (10, 5)], [("due_today", 12, 0)]),
        ("FREQ=YEARLY", [], []),
        ("FREQ=MONTHLY;INTERVAL=3", [(9, 30)], []),
    ],
)
def test_a_periodic_report_is_told_in_its_month(
    desk: Desk, rule: str, settled: list[tuple[int, int]], expected: list[tuple[str, int, int]]
) -> None:
    desk.task(desk.document(), LATE, HEALTH)
    report = monthly(desk, 1, deadline_rrule=rule)
    for month, day in settled:
        desk.settle(report, dt.date(2026, month, day))
    assert [one[1:] for one in told(desk) if one[0] == report] == expected


@pytest.mark.parametrize(
    ("values", "waits"),
    [
        ({}, True),
        ({"deadline_due": dt.date(2026, 12, 1)}, False),
        ({"deadline_start": dt.date(2026, 10, 1)}, False),
        ({"status": "done"}, False),
        ({"review": "pending"}, False),
        ({"deadline_kind": "ongoing"}, False),
    ],
)
def test_what_waits_for_an_event_is_told_as_such(desk: Desk, values: dict[str, Any], waits: bool) -> None:
    words = {
        "deadline_kind": "relative",
        "deadline_text": "sau khi đề án được duyệt",
        "deadline_anchor": "đề án được duyệt",
    }
    task = desk.task(desk.document(), None, HEALTH, **(words | values))
    assert told(desk) == ([(task, "waiting", None, 0)] if waits else [])


def test_an_extension_ends_the_wait(desk: Desk) -> None:
    task = desk.task(desk.document(), None, HEALTH, deadline_kind="relative", deadline_text="sau khi có kinh phí")
    desk.extend(task, dt.date(2026, 10, 16))
    assert told(desk) == [(task, "due_soon", 16, 0)]


def test_a_named_day_before_which_work_must_end_counts_as_the_office_counts_it(desk: Desk) -> None:
    task = desk.task(desk.document(), TODAY, HEALTH, deadline_qualifier="before")
    assert told(desk) == [(task, "due_today", 12, 0)]
    desk.set(before="day_before")
    assert told(desk) == [(task, "overdue", 11, 0)]
    desk.extend(task, dt.date(2026, 10, 14))
    assert told(desk) == [(task, "due_soon", 14, 0)]


@pytest.mark.both
def test_each_task_says_how_often_its_unit_was_urged(desk: Desk) -> None:
    desk.task(desk.document(), LATE, HEALTH, FINANCE, text="Báo cáo tiêm chủng")
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        for ahead in range(3):
            run(desk.office, TODAY + ahead * DAY)
        desk.task(desk.document("9/KH"), TODAY, HEALTH)
        run(desk.office, TODAY + 3 * DAY)
    texts = [mail.get_body(("plain",)).get_content() for mail in post.mails if YTE in str(mail["To"])]
    assert [re.findall(r"Đã đôn đốc \d+ lần", text) for text in texts] == [
        [], ["Đã đôn đốc 1 lần"], ["Đã đôn đốc 2 lần"], ["Đã đôn đốc 3 lần"],
    ]  # fmt: skip
    assert "Đã đôn đốc 3 lần" in post.mails[-2].get_body(("html",)).get_content()


def test_the_clerk_sees_on_how_many_days_a_task_was_urged(desk: Desk) -> None:
    desk.task(desk.document(), LATE, [HEALTH, "Hội Nông dân tỉnh"], [FINANCE])
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        for ahead in range(3):
            run(desk.office, TODAY + ahead * DAY)
    assert "Đã đôn đốc 3 lần" in post.mails[-1].get_body(("plain",)).get_content()


@pytest.mark.both
def test_mails_to_a_unit_answer_the_first_one(desk: Desk) -> None:
    desk.task(desk.document(), LATE, HEALTH)
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        for ahead in range(3):
            run(desk.office, TODAY + ahead * DAY)
    first, *later = [mail for mail in post.mails if YTE in str(mail["To"])]
    assert first["In-Reply-To"] is None
    assert [mail["In-Reply-To"] for mail in later] == [first["Message-ID"]] * 2
    assert [mail["References"] for mail in later] == [first["Message-ID"]] * 2


def test_a_mail_that_was_refused_begins_no_thread(desk: Desk) -> None:
    desk.task(desk.document(), LATE, HEALTH)
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        post.says[YTE] = ["550 no such user"]
        for ahead in range(3):
            run(desk.office, TODAY + ahead * DAY)
    first, second = [mail for mail in post.mails if YTE in str(mail["To"])]
    assert (first["In-Reply-To"], second["In-Reply-To"]) == (None, first["Message-ID"])


def test_files_go_with_a_digest_when_asked(desk: Desk) -> None:
    plan = desk.document()
    desk.task(plan, LATE, HEALTH, text="- Rà soát kho vắc xin")
    desk.task(plan, TODAY + 3 * DAY, HEALTH, text="=1+1")
    desk.task(plan, LATE, FINANCE)
    desk.set(alerts=replace(desk.settings.alerts, attach=("ics", "xlsx")))
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        run(desk.office, TODAY)
    health, finance = post.mails
    assert health.get_content_type() == "multipart/mixed"
    assert [part.get_filename() for part in health.iter_attachments()] == [
        "viec-2026-10-12.ics",
        "viec-2026-10-12.xlsx",
    ]
    assert next(part.get_content_type() for part in health.iter_attachments()) == "text/calendar"
    # nothing is to come for Sở Tài chính: no empty calendar
    assert [part.get_filename() for part in finance.iter_attachments()] == ["viec-2026-10-12.xlsx"]
    assert health.get_body(("html",)) is not None
    kept = desk.outbox()[0].bodies
    assert [sorted(file) for file in kept["files"]] == [["name", "type"]] * 2
    assert "html" not in kept


def test_a_mail_with_files_is_sent_again_with_them(desk: Desk) -> None:
    desk.task(desk.document(), TODAY, HEALTH)
    desk.set(alerts=replace(desk.settings.alerts, attach=("ics",)))
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        post.says[YTE] = ["451 later"]
        run(desk.office, TODAY)
        run(desk.office, TODAY)
    assert [part.get_filename() for part in post.mails[0].iter_attachments()] == ["viec-2026-10-12.ics"]


def item(**values: Any) -> Item:
    given = {"task_id": 7, "title": "Báo cáo", "urgency": "due_soon", "day": dt.date(2026, 10, 15), "days": 3}
    return Item(**(given | values))


def digest(*items: Item) -> Digest:
    return Digest("unit:1", HEALTH, TODAY, ("a@b.vn",), 1, items)


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_the_calendar_has_an_event_for_each_day_to_come() -> None:
    found = calendar(
        digest(
            item(
                title="Rà soát; báo cáo, đề xuất",
                quote="Rà soát\\ kho",
                number="9/KH-UBND",
                kind="Kế hoạch",
                product="Tờ trình",
            ),
            item(task_id=8, urgency="overdue", day=LATE, days=7),
            item(task_id=9, urgency="periodic", recurring=True, day=dt.date(2026, 10, 30)),
            item(task_id=10, urgency="waiting", day=None),
        ),
        "abc.snv.example.vn",
    )
    assert all(len(line) <= 75 for line in found.split(b"\r\n"))
    lines = unfolded(found)
    assert (lines[0], lines[-1], lines.count("BEGIN:VEVENT"), lines.count("BEGIN:VALARM")) == (
        "BEGIN:VCALENDAR", "END:VCALENDAR", 2, 2,
    )  # fmt: skip
    assert "UID:viec-7@abc.snv.example.vn" in lines
    assert "UID:viec-9-20261030@abc.snv.example.vn" in lines
    assert "DTSTART;VALUE=DATE:20261015" in lines
    assert "DTEND;VALUE=DATE:20261016" in lines
    assert "SUMMARY:Hạn: Rà soát\\; báo cáo\\, đề xuất" in lines
    assert "DESCRIPTION:Rà soát\\\\ kho\\nKế hoạch 9/KH-UBND\\nSản phẩm: Tờ trình\\nMã việc: #7" in lines


def test_a_day_that_moves_moves_the_event() -> None:
    before = unfolded(calendar(digest(item()), "x"))
    after = unfolded(calendar(replace(digest(item(day=dt.date(2026, 10, 20))), day=TODAY + DAY), "x"))
    uid, sequence = (next(line for line in before if line.startswith(name)) for name in ("UID", "SEQUENCE"))
    assert uid in after
    assert int(next(line for line in after if line.startswith("SEQUENCE"))[9:]) > int(sequence[9:])


@given(st.text(max_size=200))
def test_no_title_breaks_the_calendar(title: str) -> None:
    lines = unfolded(calendar(digest(item(title=title, quote=title)), "x"))
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == [
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["=1+1", "+84 912", "- Rà soát", "@SUM(A1)", f'=HYPERLINK("{PORTAL}")', "\x00\x1bxin"]
)
def test_no_cell_of_the_sheet_is_a_formula(words: str) -> None:
    made = sheet(
        digest(item(title=words, product=words, number=words, issuer=words, lead=(words,), deadline_text=words))
    )
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    cell = page["B2"]
    assert cell.value.strip() == "".join(sign for sign in words if sign.isprintable()).strip()
    assert cell.quotePrefix == words.startswith(("=", "+", "-", "@"))


def test_the_sheet_has_real_days_filters_and_a_heading_that_stays() -> None:
    page = openpyxl.load_workbook(
        io.BytesIO(sheet(digest(item(urged=2, role="lead"), item(task_id=8, day=None))))
    ).active
    assert [cell.value for cell in page[1]][:4] == ["Mã việc", "Nội dung", "Vai trò", "Thời hạn"]
    assert page["D2"].value == dt.datetime(2026, 10, 15)  # noqa: DTZ001 - a cell has no zone
    assert (page["D2"].number_format, page["D3"].value, page["C2"].value) == ("dd/mm/yyyy", None, "Chủ trì")
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:N3")


@given(st.lists(st.integers(0, 300), min_size=5, max_size=5))
def test_every_section_finds_room_and_no_more_is_named_than_a_mail_holds(counts: list[int]) -> None:
    rooms = shares(counts, AT_ALL, LEAST_NAMED)
    assert sum(rooms) == min(AT_ALL, sum(counts))
    assert all(min(count, LEAST_NAMED) <= room <= count for count, room in zip(counts, rooms, strict=True))


def test_of_a_flood_the_first_are_kept_and_all_are_counted() -> None:
    sections = Sections()
    for task_id in range(5000):
        day = LATE - (task_id * 37 % 1000) * DAY
        sections.add(Candidate(1, "lead" if task_id % 2 else "support", task_id, "overdue", day))
    sections.add(Candidate(1, "lead", 9999, "waiting", None))
    named = sections.named()
    assert (len(named), sections.totals) == (AT_ALL, {"overdue": 5000, "waiting": 1})
    days = [one.day for one in named[:-1]]
    assert days == sorted(days)
    assert days[-1] < LATE - 950 * DAY
    assert {one.role for one in named} == {"lead"}
    assert named[-1].urgency == "waiting"
    assert [one.urgency for one in named] == sorted((one.urgency for one in named), key=URGENCIES.index)


def test_what_is_only_counted_is_not_on_record_as_told(desk: Desk) -> None:
    plan = desk.document()
    for _ in range(AT_ALL + 5):
        desk.task(plan, LATE, HEALTH)
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        run(desk.office, TODAY)
    assert len(desk.told(1)) == AT_ALL
    assert "và 5 việc nữa" in post.mails[0].get_body(("plain",)).get_content()
    assert "105 việc quá hạn" in post.mails[0]["Subject"]


def test_a_mail_is_whole_whatever_parser_reads_it(desk: Desk) -> None:
    desk.task(desk.document(), TODAY, HEALTH)
    desk.set(alerts=replace(desk.settings.alerts, attach=("ics", "xlsx")))
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        run(desk.office, TODAY)
    for policy in (email.policy.compat32, email.policy.default, email.policy.strict):
        parsed = email.message_from_bytes(post.raw[0], policy=policy)
        assert [part.get_content_type() for part in parsed.walk()] == [
            "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ]  # fmt: skip
        assert not parsed.defects
