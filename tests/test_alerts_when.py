"""When mails leave by themselves: the hour's call, the files for timers, the process that keeps the time."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from alerts_office import HEALTH, Desk, open_desk
from lxml import etree
from mail_servers import free_port, listening

from tracker.alerts.daemon import Daemon
from tracker.alerts.daily import LATER, come_back, hour, local, scheduled
from tracker.alerts.timers import Timer, encoding, files
from tracker.cli import main
from tracker.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
YTE = "soyte@lamdong.example.vn"
MONDAY = dt.date(2026, 10, 12)
DAY, HALF_HOUR = dt.timedelta(days=1), dt.timedelta(minutes=30)
AT = dt.time(7, 30)
ZONES = ["UTC", "Pacific/Auckland", "America/New_York", "Europe/Berlin"]


def at(clock: str, day: dt.date = MONDAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), HANOI).astimezone(dt.UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with a late task of Sở Y tế, at 07:30 on a Monday."""
    made = open_desk(tmp_path)
    made.enable()
    made.unit(HEALTH, YTE)
    made.task(made.document(), dt.date(2026, 10, 5), HEALTH)
    made.now = at("07:30")
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(
    ("written", "expected"),
    [("07:30", dt.time(7, 30)), ("7:05", dt.time(7, 5)), ("7h30", dt.time(7, 30)), ("18", dt.time(18))],
)
def test_an_hour_as_people_write_it(written: str, expected: dt.time) -> None:
    assert hour(written) == expected


@pytest.mark.parametrize("written", ["", "24:00", "7:60", "sáng", "7:30:00", "-1:00"])
def test_what_is_no_hour_is_refused(written: str) -> None:
    with pytest.raises(WrongUsageError, match="không phải một giờ"):
        hour(written)


@pytest.fixture(params=ZONES)
def machines_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """This process in another time zone."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        if hasattr(time, "tzset"):
            time.tzset()
        yield request.param
    if hasattr(time, "tzset"):
        time.tzset()


def test_the_hour_is_the_offices_wherever_the_machine_stands(desk: Desk, machines_zone: str) -> None:
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        desk.now = at("07:29")
        assert scheduled(desk.office, AT) is None
        desk.now = at("07:30")
        report = scheduled(desk.office, AT)
    assert report is not None
    assert (report.sent, report.day) == (1, MONDAY)


def test_the_day_changes_with_the_offices_midnight(desk: Desk) -> None:
    desk.now = dt.datetime(2026, 10, 12, 17, 0, tzinfo=dt.UTC)
    assert local(desk.office) == (dt.date(2026, 10, 13), dt.time(0, 0))


def test_calls_after_the_first_do_nothing(desk: Desk) -> None:
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        sent = []
        for _ in range(20):
            report = scheduled(desk.office, AT)
            sent.append(report.sent if report else None)
            desk.now += HALF_HOUR
        desk.unit("Sở Xây dựng", "sxd@lamdong.example.vn")
        desk.task(desk.document("2/KH"), MONDAY, "Sở Xây dựng")
        assert scheduled(desk.office, AT) is None  # news of the day waits for tomorrow's call
    assert sent == [1] + [None] * 19


def test_a_missed_call_is_made_up_for_once(desk: Desk) -> None:
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        desk.now = at("15:12", MONDAY + 3 * DAY)
        found = [scheduled(desk.office, AT) for _ in range(3)]
    assert [report.sent if report else None for report in found] == [1, None, None]


def test_a_mail_that_was_put_off_is_tried_again_by_later_calls(desk: Desk) -> None:
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        post.says[YTE] = ["451 later", "451 later"]
        codes = []
        for _ in range(4):
            report = scheduled(desk.office, AT)
            codes.append(report.exit_code if report else None)
            again = come_back(desk.office, AT, report)
            desk.now = again or desk.now + HALF_HOUR
    assert codes == [4, 4, 0, None]
    assert post.recipients == [YTE]
    assert desk.now == at("07:30") + dt.timedelta(minutes=5) + 2 * HALF_HOUR


def test_a_server_out_of_reach_is_called_again_and_the_run_done_whole(desk: Desk) -> None:
    desk.task(desk.document("3/KH"), dt.date(2026, 10, 5), ())  # for the clerk
    desk.set(smtp=replace(desk.settings.smtp, port=free_port()))
    report = scheduled(desk.office, AT)
    assert report is not None
    assert report.stopped is not None
    assert come_back(desk.office, AT, report) == desk.now + LATER
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        desk.now += LATER
        again = scheduled(desk.office, AT)
        assert again is not None
        assert (again.sent, come_back(desk.office, AT, again)) == (2, None)
    assert post.recipients == [YTE, "vanthu@snv.example.vn"]


def test_before_enable_and_before_the_hour_there_is_nothing_to_do(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.now = at("09:00")
    assert scheduled(desk.office, AT) is None
    desk.now = at("05:00")
    assert come_back(desk.office, AT, None) is None
    desk.engine.dispose()


# -- the command


@pytest.fixture
def office(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The environment in which a timer calls `nhacviec`."""
    with listening() as post:
        for name, value in {
            "CONFIG": "", "DB": f"sqlite:///{tmp_path / 'việc.db'}", "SMTP_HOST": "127.0.0.1", "SMTP_TLS": "none",
            "SMTP_PORT": str(post.port), "SMTP_FROM": "nhacviec@snv.example.vn", "CLERK_EMAIL": "vanthu@snv.example.vn",
        }.items():  # fmt: skip
            monkeypatch.setenv(f"NHACVIEC_{name}", value)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        yield post


def test_a_timers_call_is_silent_where_there_is_nothing_to_do(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["-q", "--today", MONDAY.isoformat(), "alerts", "run", "--at"]
    assert main([*call, "00:00"]) == 0
    assert "Đã gửi 1 thư." in capsys.readouterr().out
    assert main([*call, "00:00"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main([*call, "quá sớm"]) == 2
    assert office.recipients == [YTE]


def test_a_dry_run_of_a_timers_call_sends_nothing(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--today", MONDAY.isoformat(), "alerts", "run", "--at", "00:00", "--dry-run"]) == 0
    assert YTE in capsys.readouterr().out
    assert office.mails == []


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("systemd", ["nhacviec-alerts.service", "nhacviec-alerts.timer"]),
        ("cron", ["nhacviec-alerts.cron"]),
        ("windows", ["nhacviec-alerts.xml"]),
    ],
)
def test_schedule_writes_or_prints_the_files(
    office: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, names: list[str]
) -> None:
    folder = tmp_path / "hẹn giờ"
    assert main(["alerts", "schedule", "--at", "6:45", "--kind", kind, "--out", str(folder)]) == 0
    said = capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == names
    assert "NHACVIEC_SMTP_HOST" in said
    assert "NHACVIEC_DB" not in said
    written = {path.name: path.read_text(encoding=encoding(path.name)) for path in folder.iterdir()}
    assert any("06:45" in text for text in written.values())
    assert any(str(tmp_path / "việc.db") in text for text in written.values())
    assert main(["alerts", "schedule", "--at", "6:45", "--kind", kind, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == written
    assert main(["alerts", "schedule", "--at", "6:45", "--kind", kind]) == 0
    printed = capsys.readouterr().out
    assert all(text.strip() in printed for text in written.values())


@pytest.mark.parametrize("wrong", [["--at", "25:00"], ["--kind", "at"], ["--at"]])
def test_schedule_refuses_what_is_none(office: Any, wrong: list[str]) -> None:
    assert main(["alerts", "schedule", *wrong]) == 2


def test_schedule_names_a_folder_that_cannot_be_written(
    office: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tệp").touch()
    assert main(["alerts", "schedule", "--kind", "cron", "--out", str(tmp_path / "tệp")]) == 1
    assert "không ghi được" in capsys.readouterr().err


# -- systemd, cron, Windows


def timer(program: str = "/usr/bin/true", clock: dt.time = AT) -> Timer:
    return Timer((program, "--db", '/dữ liệu/50% "việc" $HOME\\.db', "alerts", "run"), clock, HANOI.key, MONDAY)


def analyze(*arguments: str, **environment: str) -> str:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (Debian package systemd)")
    done = subprocess.run(
        ["systemd-analyze", *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, "SYSTEMD_COLORS": "0", **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", ["chạy", "chương trình 100% $x;", "của 'ai' \\ \"đó\""])
def test_systemd_takes_the_service_and_the_timer(tmp_path: Path, name: str) -> None:
    program = tmp_path / name
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    made = files("systemd", timer(str(program)))
    for unit, text in made.items():
        (tmp_path / unit).write_text(text, encoding="utf-8")
    units = [str(tmp_path / unit) for unit in made]
    # a program whose name is written wrongly is not there, which is an error
    assert "nhacviec" not in analyze("verify", "--user", "--man=no", *units, XDG_RUNTIME_DIR=str(tmp_path))


def test_systemd_would_say_so_if_the_program_were_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.service").write_text(
        files("systemd", timer("/không/có"))["nhacviec-alerts.service"], encoding="utf-8"
    )
    with pytest.raises(AssertionError, match="not executable"):
        analyze("verify", "--user", "--man=no", str(tmp_path / "a.service"), XDG_RUNTIME_DIR=str(tmp_path))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (AT, ["00:30", *(f"{hour:02}:{minute:02}" for hour in range(1, 10) for minute in (0, 30))]),
        (dt.time(23, 10), ["16:10"]),
        (dt.time(20, 45), ["13:45", "14:15", "14:45", "15:15", "15:45", "16:15", "16:45"]),
    ],
)
def test_systemd_calls_at_the_offices_hour_and_each_half_hour_after_it(
    zone: str, clock: dt.time, expected: list[str]
) -> None:
    text = files("systemd", timer(clock=clock))["nhacviec-alerts.timer"]
    called: set[str] = set()
    for spec in re.findall(r"OnCalendar=(.*)", text):
        said = analyze("calendar", "--iterations=20", "--base-time=2026-10-11 18:00:00 UTC", spec, TZ=zone)
        found = re.findall(r"(\d{4}-\d\d-\d\d \d\d:\d\d):00 UTC", said)
        if zone == "UTC" and not found:  # systemd shows UTC only once where it is the machine's zone too
            found = re.findall(r"(?:elapse|#\d+): \w{3} (\d{4}-\d\d-\d\d \d\d:\d\d):00 UTC", said)
        called |= {moment for moment in found if moment < "2026-10-12 17"}
    assert sorted(called) == [f"2026-10-12 {clock}" for clock in expected]
    assert "Persistent=true" in text


def test_crons_line_calls_the_command_as_it_is(tmp_path: Path) -> None:
    program = tmp_path / "ghi lại"
    program.write_text(f"#!{sys.executable}\nimport sys\nprint(sys.argv[1:])\n", encoding="utf-8")
    program.chmod(0o755)
    made = timer(str(program))
    comment, line = files("cron", made)["nhacviec-alerts.cron"].splitlines()
    assert comment.startswith("#")
    *when, command = line.split(" ", 5)
    assert when == ["0,30", "*", "*", "*", "*"]
    assert not re.search(r"(?<!\\)%", command)  # cron would make a line end of it
    said = subprocess.run(
        ["/bin/sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert said.stdout.strip() == str(list(made.words[1:]))
    assert shlex.split(command.replace(r"\%", "%")) == list(made.words)


# What Microsoft's "Task Scheduler Schema" (learn.microsoft.com, Win32, TaskSchd) says of the elements used here.
TASK_SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
  targetNamespace="http://schemas.microsoft.com/windows/2004/02/mit/task"
  xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
<xs:simpleType name="path"><xs:restriction base="xs:string">
  <xs:minLength value="1"/><xs:maxLength value="260"/></xs:restriction></xs:simpleType>
<xs:simpleType name="step"><xs:restriction base="xs:duration">
  <xs:minInclusive value="PT1M"/><xs:maxInclusive value="P31D"/></xs:restriction></xs:simpleType>
<xs:simpleType name="days"><xs:restriction base="xs:unsignedInt">
  <xs:minInclusive value="1"/><xs:maxInclusive value="365"/></xs:restriction></xs:simpleType>
<xs:simpleType name="policy"><xs:restriction base="xs:string"><xs:enumeration value="Parallel"/>
  <xs:enumeration value="Queue"/><xs:enumeration value="IgnoreNew"/><xs:enumeration value="StopExisting"/>
  </xs:restriction></xs:simpleType>
<xs:simpleType name="logon"><xs:restriction base="xs:string"><xs:enumeration value="S4U"/>
  <xs:enumeration value="Password"/><xs:enumeration value="InteractiveToken"/></xs:restriction></xs:simpleType>
<xs:simpleType name="level"><xs:restriction base="xs:string"><xs:enumeration value="LeastPrivilege"/>
  <xs:enumeration value="HighestAvailable"/></xs:restriction></xs:simpleType>
<xs:element name="Task"><xs:complexType><xs:all>
  <xs:element name="RegistrationInfo"><xs:complexType><xs:all>
    <xs:element name="Description" type="xs:string"/></xs:all></xs:complexType></xs:element>
  <xs:element name="Triggers"><xs:complexType><xs:sequence>
    <xs:element name="CalendarTrigger"><xs:complexType><xs:sequence>
      <xs:element name="Enabled" type="xs:boolean"/><xs:element name="StartBoundary" type="xs:dateTime"/>
      <xs:element name="Repetition"><xs:complexType><xs:all><xs:element name="Interval" type="step"/>
        <xs:element name="Duration" type="step"/></xs:all></xs:complexType></xs:element>
      <xs:element name="ScheduleByDay"><xs:complexType><xs:all><xs:element name="DaysInterval" type="days"/>
        </xs:all></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Principals"><xs:complexType><xs:sequence><xs:element name="Principal"><xs:complexType><xs:all>
      <xs:element name="LogonType" type="logon"/><xs:element name="RunLevel" type="level"/></xs:all>
      <xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Settings"><xs:complexType><xs:all>
    <xs:element name="MultipleInstancesPolicy" type="policy"/>
    <xs:element name="DisallowStartIfOnBatteries" type="xs:boolean"/>
    <xs:element name="StopIfGoingOnBatteries" type="xs:boolean"/>
    <xs:element name="StartWhenAvailable" type="xs:boolean"/>
    <xs:element name="ExecutionTimeLimit" type="xs:duration"/></xs:all></xs:complexType></xs:element>
  <xs:element name="Actions"><xs:complexType><xs:sequence><xs:element name="Exec"><xs:complexType><xs:all>
      <xs:element name="Command" type="path"/><xs:element name="Arguments" type="xs:string"/></xs:all></xs:complexType>
    </xs:element></xs:sequence><xs:attribute name="Context" type="xs:IDREF"/></xs:complexType></xs:element>
  </xs:all><xs:attribute name="version" type="xs:string" fixed="1.3"/></xs:complexType></xs:element>
</xs:schema>"""


def test_windows_takes_the_task(tmp_path: Path) -> None:
    made = timer(r"C:\Program Files\Nhắc & Việc\python.exe")
    (name, text), *_ = files("windows", made).items()
    (tmp_path / name).write_text(text, encoding=encoding(name))
    raw = (tmp_path / name).read_bytes()
    assert raw[:2] in {b"\xff\xfe", b"\xfe\xff"}
    task = etree.fromstring(raw)
    schema = etree.XMLSchema(etree.fromstring(TASK_SCHEMA))
    schema.assertValid(task)
    (space,) = set(task.nsmap.values())

    def value(name: str) -> str:
        return str(task.findtext(f".//{{{space}}}{name}"))

    assert value("Command") == made.words[0]
    assert value("Arguments") == subprocess.list2cmdline(made.words[1:])
    assert value("StartBoundary") == "2026-10-12T07:30:00+07:00"
    assert value("StartWhenAvailable") == "true"
    task.find(f".//{{{space}}}DaysInterval").text = "0"
    assert not schema.validate(task)


# -- the process


class FakeClock(dt.datetime):
    """What APScheduler takes for the clock."""

    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
        return cls.moment.astimezone(tz)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[FakeClock]:
    for name in ("apscheduler.schedulers.base", "apscheduler.triggers.date", "apscheduler.triggers.interval"):
        monkeypatch.setattr(importlib.import_module(name), "datetime", FakeClock)
    return FakeClock


def lived(daemon: Daemon, clock: type[FakeClock], until: dt.datetime, late: Callable[[], float]) -> None:
    """Lets the process live in simulated time: it sleeps as long as it wants to, and wakes *late* seconds later."""
    daemon.scheduler.start(paused=True)
    daemon.scheduler.resume()
    while clock.moment < until:
        wait = daemon.scheduler._process_jobs()
        clock.moment += dt.timedelta(seconds=max(wait, 0.001) + late())


class Still(Daemon):
    """Not blocking, so that a test can let its time pass."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.scheduler._main_loop = lambda: None


def test_a_year_passes_without_drift_whatever_the_machines_zone(clock: type[FakeClock], machines_zone: str) -> None:
    clock.moment = at("07:00", dt.date(2026, 1, 1))
    calls: list[dt.datetime] = []
    daemon = Still(AT, HANOI, lambda: calls.append(clock.moment.astimezone(HANOI)), beat=dt.timedelta(hours=1))
    wobble = iter(range(10**9))
    lived(daemon, clock, at("07:00", dt.date(2027, 1, 1)), lambda: (next(wobble) * 7919 % 1000) / 100)
    start, *daily = calls
    assert start == at("07:00", dt.date(2026, 1, 1))
    assert [call.date() for call in daily] == [dt.date(2026, 1, 1) + at * DAY for at in range(365)]
    late = [(call - at("07:30", call.date())).total_seconds() for call in daily]
    assert min(late) >= 0
    assert max(late) <= 10


def test_a_machine_that_slept_makes_up_for_it_once(clock: type[FakeClock]) -> None:
    clock.moment = at("07:00")
    calls: list[dt.datetime] = []
    daemon = Still(AT, HANOI, lambda: calls.append(clock.moment))
    sleeps = iter([0.0] * 10 + [5 * 86400.0 + 3 * 3600])
    lived(daemon, clock, at("12:00", MONDAY + 6 * DAY), lambda: next(sleeps, 0.0))
    days = [call.astimezone(HANOI).date() for call in calls[1:]]
    assert days == [MONDAY + 5 * DAY, MONDAY + 6 * DAY]


def test_a_clock_set_back_or_ahead_is_followed(clock: type[FakeClock]) -> None:
    clock.moment = at("07:00")
    calls: list[dt.datetime] = []
    daemon = Still(AT, HANOI, lambda: calls.append(clock.moment))
    jumps = iter([0.0] * 60 + [-2 * 3600.0] + [0.0] * 60 + [3600.0])
    lived(daemon, clock, at("12:00", MONDAY + DAY), lambda: next(jumps, 0.0))
    assert {call.astimezone(HANOI).date() for call in calls} == {MONDAY, MONDAY + DAY}
    assert calls[-1] >= at("07:30", MONDAY + DAY)


def test_the_process_comes_back_when_asked_to(clock: type[FakeClock]) -> None:
    clock.moment = at("07:29")
    calls: list[str] = []
    wanted = iter([None, dt.timedelta(minutes=5), dt.timedelta(minutes=15), None, None])

    def work() -> dt.datetime | None:
        calls.append(f"{clock.moment.astimezone(HANOI):%d %H:%M}")
        wait = next(wanted)
        return clock.moment + wait if wait else None

    lived(Still(AT, HANOI, work), clock, at("08:00", MONDAY + DAY), lambda: 0.0)
    assert calls == ["12 07:29", "12 07:30", "12 07:35", "12 07:50", "13 07:30"]


def test_days_of_mail_over_the_real_work(desk: Desk, clock: type[FakeClock]) -> None:
    with listening() as post:
        desk.set(smtp=replace(desk.settings.smtp, port=post.port))
        post.says[YTE] = ["", "451 later", "451 later"]
        clock.moment = at("06:00")

        def work() -> dt.datetime | None:
            desk.now = clock.moment
            report = scheduled(desk.office, AT)
            return come_back(desk.office, AT, report)

        lived(Still(AT, HANOI, work), clock, at("23:00", MONDAY + 3 * DAY), lambda: 0.5)
    days = [mail["Date"].datetime.astimezone(HANOI) for mail in post.mails]
    assert [f"{moment:%d %H:%M}" for moment in days] == ["12 07:30", "13 07:30", "14 07:30", "15 07:30"]
    assert [row.attempts for row in desk.outbox()] == [1, 3, 1, 1]


def test_a_dry_run_of_the_process_says_when_it_would_call(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["alerts", "daemon", "--at", "07:30", "--dry-run"]) == 0
    assert re.search(r"lần tới: \d\d/\d\d/\d{4} 07:30", capsys.readouterr().err)
    assert office.mails == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGTERM ends a process at once there")
def test_a_real_process_sends_at_its_start_and_stops_when_told(office: Any, desk: Desk) -> None:
    """Started after the hour on a working day or not: what is due is sent once; SIGTERM ends it with 0."""
    settings = {"NHACVIEC_ALERTS_QUIET_DAYS": "0", "TZ": "Pacific/Auckland", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker.cli", "alerts", "daemon", "--at", "00:00"],
        cwd=Path(__file__).parents[1], env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not office.mails and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.3)
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert (office.recipients, process.returncode) == ([YTE], 0), err.decode()
    assert "Đã gửi 1 thư." in out.decode()
    assert desk.states() == {"unit:1": "sent"}
