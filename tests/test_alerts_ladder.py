"""The ladder from a unit to its head to the chief, and the chief's summary in the official report's numbers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from alerts_office import FINANCE, HEALTH, INTERIOR, Desk, open_desk
from mail_servers import listening

from tracker.alerts.compose_weekly import COLOURS, compose_weekly, shown
from tracker.alerts.run import preview, run
from tracker.alerts.select import scene_of
from tracker.alerts.single import resend
from tracker.alerts.weekly import UNITS_SHOWN, Numbers, Summary, summary
from tracker.database import reading
from tracker.settings import Alerts, Settings
from tracker.settings import Office as OfficeSettings
from tracker.unit_sheets import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mail_servers import Post

YTE, HEAD, CHIEF = "soyte@lamdong.example.vn", "giamdoc@lamdong.example.vn", "chutich@lamdong.example.vn"
MONDAY = dt.date(2026, 10, 12)
DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(book_url: str) -> Iterator[Desk]:
    """Sở Y tế has a head with an address; the chief has one too, and wants no summary."""
    made = open_desk(book_url)
    made.enable()
    made.unit(HEALTH, YTE, head=HEAD)
    made.set(alerts=Alerts(clerk=("vanthu@snv.example.vn",), chief=(CHIEF,), weekly="none"))
    yield made
    made.engine.dispose()


@pytest.fixture
def post(desk: Desk) -> Iterator[Post]:
    with listening() as made:
        desk.set(smtp=replace(desk.settings.smtp, port=made.port))
        yield made


def wishes(desk: Desk, **values: Any) -> None:
    desk.set(alerts=replace(desk.settings.alerts, **values))


def days(desk: Desk, recipient: str, first: dt.date, count: int) -> list[int]:
    """Runs once a day; the days of the month on which *recipient* had a mail."""
    for at in range(count):
        desk.now = dt.datetime.combine(first + at * DAY, dt.time(0, 30), dt.UTC)
        run(desk.office, first + at * DAY)
    return [row.day.day for row in desk.outbox() if row.recipient == recipient and row.state == "sent"]


def words(post: Post, address: str) -> str:
    found = [mail for mail in post.mails if address in str(mail["To"])]
    return str(found[-1].get_body(("plain",)).get_content())


@pytest.mark.both
def test_the_unit_hears_first_then_its_head_then_the_chief(desk: Desk, post: Post) -> None:
    desk.task(desk.document(), dt.date(2026, 10, 2), HEALTH)
    assert days(desk, "unit:1", dt.date(2026, 10, 1), 20)[:4] == [1, 2, 5, 6]
    heads = [row.day.day for row in desk.outbox() if row.recipient == "head:1"]
    chiefs = [row.day.day for row in desk.outbox() if row.recipient == "chief"]
    assert (heads, chiefs) == ([7, 14], [19])  # 5 days late, again after a week; 15 days late on Saturday 17


def test_the_head_is_told_what_the_unit_leads_and_how_often_it_was_urged(desk: Desk, post: Post) -> None:
    plan = desk.document()
    old = desk.task(plan, dt.date(2026, 9, 30), HEALTH, text="Rà soát kho vắc xin")
    desk.task(plan, dt.date(2026, 9, 30), FINANCE, HEALTH, text="Rà soát kinh phí")
    desk.task(plan, dt.date(2026, 10, 8), HEALTH, text="Báo cáo nhanh")
    run(desk.office, dt.date(2026, 10, 2))
    run(desk.office, dt.date(2026, 10, 9))
    row = next(row for row in desk.outbox() if row.recipient == "head:1")
    assert desk.told(row.id) == {old: "overdue"}
    assert row.addresses == [HEAD]
    assert row.subject == "[Nhắc Việc] Lãnh đạo Sở Y tế: 1 việc quá hạn từ 5 ngày trở lên (09/10/2026)"
    text = words(post, HEAD)
    assert "Kính gửi: Lãnh đạo Sở Y tế" in text
    assert "do Sở Y tế chủ trì, đã quá hạn từ 5 ngày trở lên" in text
    assert "Đã đôn đốc 1 lần" in text
    assert "kinh phí" not in text


@pytest.mark.parametrize(
    ("after", "every", "expected"), [(5, 7, [7, 14]), (3, 7, [5, 12]), (5, 2, [7, 9, 12, 14, 16]), (0, 7, [])]
)
def test_when_the_head_hears_is_a_setting(desk: Desk, post: Post, after: int, every: int, expected: list[int]) -> None:
    wishes(desk, head_after=after, escalate_every=every, chief_after=0)
    desk.task(desk.document(), dt.date(2026, 10, 2), HEALTH)
    assert days(desk, "head:1", dt.date(2026, 10, 1), 17) == expected


def test_a_head_hears_though_the_unit_has_no_address(desk: Desk, post: Post) -> None:
    desk.unit(FINANCE, head="gd@lamdong.example.vn")
    desk.task(desk.document(), dt.date(2026, 9, 1), FINANCE)
    run(desk.office, MONDAY)
    assert {row.recipient for row in desk.outbox()} == {"head:2", "chief", "clerk"}


@pytest.mark.both
def test_the_chief_is_told_once_of_each_task(desk: Desk, post: Post) -> None:
    wishes(desk, chief_after=10)
    plan = desk.document()
    desk.task(plan, dt.date(2026, 9, 1), HEALTH, text="Việc cũ")
    newer = desk.task(plan, dt.date(2026, 10, 5), INTERIOR, text="Việc mới")
    assert days(desk, "chief", MONDAY, 12) == [12, 15]
    rows = [row for row in desk.outbox() if row.recipient == "chief"]
    assert list(desk.told(rows[1].id)) == [newer]
    text = words(post, CHIEF)
    assert "Kính gửi: Lãnh đạo Văn phòng UBND tỉnh Lâm Đồng" in text
    assert "Chủ trì: Sở Nội vụ" in text


def test_a_new_late_day_of_the_same_task_is_new_to_the_chief(desk: Desk, post: Post) -> None:
    wishes(desk, chief_after=2)
    task = desk.task(desk.document(), dt.date(2026, 10, 1), HEALTH)
    assert days(desk, "chief", dt.date(2026, 10, 5), 5) == [5]
    desk.extend(task, dt.date(2026, 10, 13))
    assert days(desk, "chief", dt.date(2026, 10, 12), 5) == [5, 15]


@pytest.mark.parametrize("values", [{"chief": ()}, {"chief_after": 0}])
def test_without_a_chief_nobody_is_troubled(desk: Desk, post: Post, values: dict[str, Any]) -> None:
    wishes(desk, **values)
    desk.task(desk.document(), dt.date(2026, 9, 1), HEALTH)
    run(desk.office, MONDAY)
    assert "chief" not in desk.states()


def test_a_heads_mail_that_failed_goes_to_the_address_of_now(desk: Desk, post: Post) -> None:
    desk.task(desk.document(), dt.date(2026, 9, 1), HEALTH)
    post.says[HEAD] = ["550 gone"]
    post.says[CHIEF] = ["550 gone"]
    run(desk.office, MONDAY)
    assert words(post, "vanthu").count("550 gone") == 2
    desk.unit(HEALTH, YTE, head="moi@lamdong.example.vn")
    wishes(desk, chief=("moi-chu-tich@lamdong.example.vn",))
    numbers = {row.recipient: row.id or 0 for row in desk.outbox()}
    for recipient in ("head:1", "chief"):
        assert resend(desk.office, numbers[recipient], MONDAY, "lan").sent == 1
    assert post.recipients[-2:] == ["moi@lamdong.example.vn", "moi-chu-tich@lamdong.example.vn"]


def test_a_head_stays_when_only_the_address_of_the_unit_changes(desk: Desk) -> None:
    desk.unit(HEALTH, "moi@lamdong.example.vn")
    desk.task(desk.document(), dt.date(2026, 9, 1), HEALTH)
    assert [mail.addresses for mail in preview(desk.office, MONDAY)][:2] == [("moi@lamdong.example.vn",), (HEAD,)]


def test_a_spreadsheet_may_name_heads(tmp_path: Path) -> None:
    file = tmp_path / "đơn vị.csv"
    file.write_text("Tên đơn vị,Email,Thư lãnh đạo\nSở Y tế,a@b.vn,gd@b.vn\nSở Xây dựng,c@b.vn,\n", encoding="utf-8")
    assert [(row.name, row.emails, row.head) for row, _ in read(file)] == [
        ("Sở Y tế", ("a@b.vn",), "gd@b.vn"), ("Sở Xây dựng", ("c@b.vn",), None),
    ]  # fmt: skip


def counted(desk: Desk, today: dt.date = MONDAY) -> Summary:
    with reading(desk.engine) as session:
        return summary(session, scene_of(desk.settings, today))


LATE, SOON = dt.date(2026, 10, 5), dt.date(2026, 10, 30)
DONE = {"status": "done"}


@pytest.mark.parametrize(
    ("due", "values", "expected"),
    [
        (SOON, {}, (1, 1, 0, 0, 0, 0)),
        (MONDAY, {}, (1, 1, 0, 0, 0, 0)),
        (LATE, {}, (1, 0, 1, 0, 0, 0)),
        (LATE, {"status": "doing"}, (1, 0, 1, 0, 0, 0)),
        (None, {}, (1, 1, 0, 0, 0, 0)),
        (LATE, {"status": "paused"}, (1, 1, 0, 0, 0, 0)),
        (LATE, DONE | {"done_on": LATE}, (1, 0, 0, 1, 0, 0)),
        (LATE, DONE | {"done_on": LATE + DAY}, (1, 0, 0, 0, 1, 0)),
        (None, DONE | {"done_on": LATE}, (1, 0, 0, 1, 0, 0)),
        (LATE, {"status": "cancelled"}, (1, 0, 0, 0, 0, 1)),
        (LATE, {"review": "pending"}, (0, 0, 0, 0, 0, 0)),
        (LATE, {"review": "rejected"}, (0, 0, 0, 0, 0, 0)),
        (MONDAY, {"deadline_qualifier": "before"}, (1, 1, 0, 0, 0, 0)),
    ],
)
def test_each_task_stands_in_one_column(
    desk: Desk, due: dt.date | None, values: dict[str, Any], expected: tuple[int, ...]
) -> None:
    desk.task(desk.document(), due, HEALTH, **values)
    found = counted(desk)
    assert found.office[1:] == expected
    assert [row[:] for row in found.units] == ([(HEALTH, *expected)] if expected[0] else [])


@pytest.mark.parametrize(("done_on", "late"), [(LATE - DAY, False), (LATE, True)])
def test_before_a_day_counts_as_the_office_counts_it(desk: Desk, done_on: dt.date, late: bool) -> None:
    desk.set(before="day_before")
    desk.task(desk.document(), LATE, HEALTH, deadline_qualifier="before", status="done", done_on=done_on)
    desk.task(desk.document("2/KH"), MONDAY, HEALTH, deadline_qualifier="before")
    assert counted(desk).office[1:] == (2, 0, 1, int(not late), int(late), 0)


def test_an_extension_and_an_open_occurrence_count(desk: Desk) -> None:
    plan = desk.document()
    desk.extend(desk.task(plan, LATE, HEALTH), SOON)
    rule = {"deadline_kind": "recurring", "deadline_rrule": "FREQ=MONTHLY;BYMONTHDAY=28"}
    late = desk.task(plan, None, [HEALTH, FINANCE], **rule)
    desk.settle(desk.task(plan, None, HEALTH, **rule), dt.date(2026, 9, 28))
    found = counted(desk)
    assert found.office[1:] == (3, 2, 1, 0, 0, 0)
    assert found.units == (Numbers(HEALTH, 3, 2, 1, 0, 0, 0), Numbers(FINANCE, 1, 0, 1, 0, 0, 0))
    desk.settle(late, dt.date(2026, 9, 28), MONDAY - DAY)
    assert counted(desk).office[1:] == (3, 3, 0, 0, 0, 0)
    assert counted(desk).done == 1


@pytest.mark.both
def test_a_task_of_two_leads_counts_for_both_and_once_in_all(desk: Desk) -> None:
    plan = desk.document()
    desk.task(plan, LATE, [HEALTH, "Giám đốc Sở Y tế", FINANCE])
    desk.task(plan, SOON, (), [FINANCE])
    found = counted(desk)
    assert (found.office.total, found.office.late) == (2, 1)
    assert {row.name: (row.total, row.late) for row in found.units} == {
        HEALTH: (1, 1), FINANCE: (1, 1), "Chưa rõ đơn vị chủ trì": (1, 0),
    }  # fmt: skip


def test_the_last_seven_days_are_counted(desk: Desk) -> None:
    plan = desk.document()
    for ago, done in ((0, True), (1, True), (7, True), (8, True), (1, False), (7, False), (8, False)):
        day = MONDAY - ago * DAY
        values = DONE | {"done_on": day} if done else {}
        desk.task(plan, SOON if done else day, HEALTH, **values)
    assert (counted(desk).done, counted(desk).became_late) == (2, 2)


def test_before_a_day_became_late_as_the_office_counts_it(desk: Desk) -> None:
    """Where "trước ngày D" ends on D-1, today's is late since today and that of a week ago for longer than a week."""
    plan = desk.document()
    for ago in (0, 1, 6, 7, 8):
        desk.task(plan, MONDAY - ago * DAY, HEALTH, deadline_qualifier="before")
    desk.task(plan, MONDAY - DAY, HEALTH)
    assert counted(desk).became_late == 4
    desk.set(before="day_before")
    assert counted(desk).became_late == 4  # 0, 1, 6 days ago, and the one without "trước"


def test_units_beyond_the_first_are_a_number(desk: Desk) -> None:
    plan = desk.document()
    for at in range(UNITS_SHOWN + 3):
        for _ in range(1 + (at == 20)):
            desk.task(plan, LATE, f"Chi cục {at}")
    found = counted(desk)
    assert (len(found.units), found.others, found.units[0].name) == (UNITS_SHOWN, 3, "Chi cục 20")


def weekly_days(desk: Desk, first: dt.date, count: int) -> list[int]:
    days(desk, "chief", first, count)
    return [row.day.day for row in desk.outbox() if row.kind == "chief_weekly"]


@pytest.mark.parametrize(
    ("weekly", "first", "count", "expected"),
    [
        ("mon", 5, 15, [5, 12, 19]),
        ("wed", 5, 15, [7, 14]),
        ("mon", 8, 6, [8, 12]),  # the machine was off from Monday to Wednesday
        ("sat", 5, 15, [9, 16]),  # quiet, and the week ends with it: on Friday
        ("none", 5, 15, []),
    ],
)
def test_the_summary_comes_once_a_week(
    desk: Desk, post: Post, weekly: str, first: int, count: int, expected: list[int]
) -> None:
    wishes(desk, weekly=weekly, chief_after=0)
    desk.task(desk.document(), SOON, HEALTH)
    assert weekly_days(desk, dt.date(2026, 10, first), count) == expected


def test_after_a_quiet_monday_the_summary_comes_on_tuesday(desk: Desk, post: Post, tmp_path: Path) -> None:
    (tmp_path / "nghỉ.txt").write_text("12/10/2026 nghỉ", encoding="utf-8")
    desk.set(days_off=str(tmp_path / "nghỉ.txt"))
    wishes(desk, weekly="mon")
    desk.task(desk.document(), SOON, HEALTH)
    assert weekly_days(desk, MONDAY, 5) == [13]


@pytest.mark.parametrize(("tries", "days"), [(1, [6]), (4, [9]), (5, [])])
def test_a_summary_that_a_server_put_off_is_tried_until_the_week_ends(
    desk: Desk, post: Post, tries: int, days: list[int]
) -> None:
    wishes(desk, weekly="mon", chief_after=0)
    desk.task(desk.document(), SOON, HEALTH)
    post.says[CHIEF] = ["450 mai gửi lại"] * tries
    found = []
    for day in range(5, 17):
        today = dt.date(2026, 10, day)
        desk.now = dt.datetime.combine(today, dt.time(1), dt.UTC)
        run(desk.office, today)
        found += [day for _ in range(post.recipients.count(CHIEF) - len(found))]
    assert [day for day in found if day < 12] == days
    assert len([day for day in found if day >= 12]) == 1


def test_a_head_who_reads_the_units_mail_gets_no_second_one(desk: Desk, post: Post) -> None:
    desk.unit(HEALTH, "VanThu.YTE@lamdong.example.vn", head="vanthu.yte@lamdong.example.vn")
    desk.task(desk.document(), LATE - 30 * DAY, HEALTH)
    run(desk.office, MONDAY)
    assert post.recipients.count("vanthu.yte@lamdong.example.vn") == 0
    assert post.recipients.count("VanThu.YTE@lamdong.example.vn") == 1


def test_an_office_without_tasks_gets_no_summary(desk: Desk, post: Post) -> None:
    wishes(desk, weekly="mon")
    run(desk.office, MONDAY)
    assert desk.outbox() == []


def test_the_summary_in_words_and_colours(desk: Desk, post: Post) -> None:
    wishes(desk, weekly="mon", chief_after=0)
    plan = desk.document()
    for due, values in ((LATE, {}), (SOON, {}), (SOON, DONE | {"done_on": LATE}), (LATE, {"status": "cancelled"})):
        desk.task(plan, due, HEALTH, **values)
    run(desk.office, MONDAY)
    mail = next(mail for mail in post.mails if CHIEF in str(mail["To"]))
    assert mail["Subject"] == "[Nhắc Việc] Tổng hợp tuần: 4 việc, 1 việc quá hạn (12/10/2026)"
    text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "Chưa hoàn thành: 2 (trong hạn 1, quá hạn 1)" in text
    assert "Đã hoàn thành: 1 (đúng hạn 1, quá hạn 0)" in text
    assert "1. Sở Y tế: 4 việc" in text
    widths = [int(width) for width in re.findall(r'<td width="(\d+)%" height="12"', html)]
    assert widths == [25, 25, 25, 25] * 2
    for _, _, colour in (COLOURS[0], COLOURS[1], COLOURS[2], COLOURS[4]):
        assert f'bgcolor="{colour}"' in html


@pytest.mark.parametrize(
    "row",
    [
        Numbers("a", 3, 1, 1, 1, 0, 0),
        Numbers("a", 1000, 1, 997, 1, 1, 0),
        Numbers("a", 7, 0, 0, 0, 0, 7),
        Numbers("a", 6, 1, 1, 1, 1, 2),
    ],
)
def test_the_pieces_of_a_bar_make_a_whole(row: Numbers) -> None:
    bars = shown(row).bars
    assert sum(bar.percent for bar in bars) == 100
    assert all(bar.percent > 0 for bar in bars)
    assert len(bars) == sum(count > 0 for count in row[2:])


def test_names_of_units_are_no_markup() -> None:
    found = Summary(
        MONDAY,
        MONDAY - 7 * DAY,
        Numbers("", 12345, 12345, 0, 0, 0, 0),
        (Numbers("<b>\r\n", 1, 1, 0, 0, 0, 0),),
        0,
        0,
        0,
    )
    mail = compose_weekly(found, "Lãnh đạo", MONDAY, Settings(office=OfficeSettings(unit="Sở <A>")))
    assert mail is not None
    assert "&lt;b&gt;" in mail.html
    assert "<A>" not in mail.html
    assert "12.345 việc" in mail.subject
