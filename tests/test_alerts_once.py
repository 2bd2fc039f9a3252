"""Nobody gets a mail twice: second runs, clocks set back, processes killed at every step, two processes at once."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import textwrap
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alerts_office import FINANCE, HEALTH, NOW, TODAY, Desk, open_desk
from mail_servers import listening

from tracker.alerts import record
from tracker.alerts.run import Report, Wishes, run, take_up
from tracker.alerts.turn import turn

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = dt.timedelta(days=1)
LATE = dt.date(2026, 11, 9)
on_server = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
YTE, STC = "soyte@lamdong.example.vn", "stc@lamdong.example.vn"


@pytest.fixture
def desk(book_url: str) -> Iterator[Desk]:
    made = open_desk(book_url)
    made.enable()
    plan = made.document()
    for name, email in ((HEALTH, YTE), (FINANCE, STC)):
        made.unit(name, email)
        made.task(plan, LATE, name)
    yield made
    made.engine.dispose()


def at(desk: Desk, port: int) -> None:
    desk.set(smtp=replace(desk.settings.smtp, port=port))


@pytest.mark.both
def test_a_second_run_of_the_day_sends_nothing_even_when_there_is_more_to_say(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port)
        first = run(desk.office, TODAY)
        desk.task(desk.document("9/KH-SYT"), TODAY, HEALTH)
        second = run(desk.office, TODAY)
    assert (first.sent, second.sent, second.known, second.exit_code) == (2, 0, 2, 0)
    assert len(post.mails) == 2


def test_the_next_day_is_another_mail(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port)
        run(desk.office, TODAY)
        run(desk.office, TODAY + DAY)
    assert Counter(post.recipients) == {YTE: 2, STC: 2}
    assert len({mail["Message-ID"] for mail in post.mails}) == 4


@pytest.mark.both
@pytest.mark.parametrize("back", [1, 30, 400])
def test_a_clock_set_back_sends_nothing_twice(desk: Desk, back: int) -> None:
    desk.task(desk.document("1/KH-SYT"), dt.date(2025, 1, 2), HEALTH)
    with listening() as post:
        at(desk, post.port)
        run(desk.office, TODAY)
        desk.now -= back * DAY
        report = run(desk.office, TODAY - back * DAY)
        assert report.sent == 0
        assert ("Sở Y tế", TODAY) in report.ahead
        assert Counter(post.recipients) == {YTE: 1, STC: 1}
        assert run(desk.office, TODAY + DAY).sent == 2


def test_a_run_under_a_clock_far_ahead_does_not_silence_the_office_for_ever(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port)
        run(desk.office, dt.date(2031, 1, 1))
        assert run(desk.office, TODAY).sent == 0
        assert run(desk.office, TODAY, Wishes(trust_clock=True)).sent == 2
        assert run(desk.office, TODAY).sent == 0
        assert run(desk.office, TODAY + DAY).sent == 2


def test_a_dry_run_writes_nothing_and_says_what_would_go(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.unit(HEALTH, YTE)
    desk.task(desk.document(), LATE, HEALTH)
    with listening() as post:
        at(desk, post.port)
        report = run(desk.office, TODAY)
    assert (report.enabled, report.exit_code, [mail.name for mail in report.planned]) == (False, 0, [HEALTH])
    assert (post.mails, desk.outbox()) == ([], [])
    desk.engine.dispose()


CHILD = """
import datetime as dt, os, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from alerts_office import TODAY, open_desk
import tracker.alerts.outgoing, tracker.alerts.record
import tracker.alerts.run, tracker.alerts.send, tracker.alerts.smtp, tracker.alerts.turn
from contextlib import contextmanager

desk = open_desk({url!r}, port={port})

def dying(owner, name, when):
    inner = getattr(owner, name)
    def killed(*args, **kwargs):
        if when == "before":
            os._exit(9)
        inner(*args, **kwargs)
        os._exit(9)
    setattr(owner, name, killed)

{body}
report = tracker.alerts.run.run(desk.office, TODAY)
print(report.sent, report.interrupted)
"""


def child(url: str, port: int, body: str) -> subprocess.Popen[bytes]:
    code = CHILD.format(tests=str(Path(__file__).parent), url=url, port=port, body=textwrap.dedent(body))
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.Popen([sys.executable, "-c", code], cwd=root, env=environment, stdout=subprocess.PIPE)


STEPS = [
    ("tracker.alerts.record", "write", "before", "sent"),
    ("tracker.alerts.record", "write", "after", "sent"),  # inside its transaction
    ("tracker.alerts.outgoing", "deliver", "before", "sent"),  # the row is written
    ("tracker.alerts.smtp.MailServer", "offer", "after", "sent"),
    ("tracker.alerts.smtp.MailServer", "hand_over", "before", "sent"),
    ("tracker.alerts.smtp.MailServer", "hand_over", "after", "sent"),  # all but the end mark is with the server
    ("tracker.alerts.record", "claim", "after", "unknown"),
    ("tracker.alerts.smtp.MailServer", "finish", "before", "unknown"),
    ("tracker.alerts.smtp.MailServer", "finish", "after", "unknown"),  # the server has it, nobody wrote it down
    ("tracker.alerts.record", "sent", "after", "sent"),
]


@pytest.mark.both
@pytest.mark.parametrize(("owner", "name", "when", "state"), STEPS, ids=[f"{step[2]} {step[1]}" for step in STEPS])
def test_killed_at_any_step_nobody_gets_two_and_who_may_have_one_is_named(
    desk: Desk, book_url: str, owner: str, name: str, when: str, state: str
) -> None:
    with listening() as post:
        at(desk, post.port)
        with child(book_url, post.port, f"dying({owner}, {name!r}, {when!r})") as process:
            assert process.wait(60) == 9
        report = run(desk.office, TODAY)
        assert desk.states()["unit:1"] == state
        assert desk.states()["unit:2"] == "sent"
        counted = Counter(post.recipients)
        assert counted[YTE] == 1 or (state == "unknown" and counted[YTE] == 0)
        assert counted[STC] == 1
        assert report.interrupted == (state == "unknown")
        if state == "unknown":
            clerk = post.mails[-1]
            assert clerk["To"].addresses[0].addr_spec == "vanthu@snv.example.vn"
            assert "không rõ đã tới chưa" in clerk.get_body(("plain",)).get_content()
        assert run(desk.office, TODAY).sent == 0
    assert Counter(post.recipients)[YTE] <= 1


def more_units(desk: Desk, count: int) -> None:
    plan = desk.document("77/KH-UBND")
    for number in range(count):
        desk.unit(f"Chi cục {number}", f"cc{number}@lamdong.example.vn")
        desk.task(plan, LATE, f"Chi cục {number}")


def waiting_for(folder: Path) -> str:
    """What a child does before it runs, so that two begin together."""
    return f"""
    import time
    Path({str(folder)!r}, "ready" + str(os.getpid())).touch()
    while not Path({str(folder / "start")!r}).exists():
        time.sleep(0.001)
    """


def together(children: list[subprocess.Popen[bytes]], folder: Path, ends: tuple[int, ...] = (0, 0)) -> list[list[int]]:
    """Lets children that wait begin; what each printed."""
    while len(list(folder.glob("ready*"))) < len(children):
        assert all(process.poll() is None for process in children)
    (folder / "start").touch()
    said = [process.communicate(timeout=60)[0] for process in children]
    assert tuple(process.returncode for process in children) == ends
    return [[int(word) for word in words.split()] for words in said]


@pytest.mark.both
@pytest.mark.parametrize("locked", [True, False], ids=["with the turn", "without the turn"])
def test_two_processes_at_once_send_each_mail_once(desk: Desk, book_url: str, tmp_path: Path, locked: bool) -> None:
    """Without the turn (a file system that keeps no locks) the claim of each row alone must be enough."""
    more_units(desk, 8)
    body = waiting_for(tmp_path)
    if not locked:
        body += """
    @contextmanager
    def unlocked(engine, beside):
        yield tracker.alerts.turn.Turn()
    tracker.alerts.run.turn = unlocked
    """
    with listening() as post:
        post.delay = 0.02
        together([child(book_url, post.port, body) for _ in range(2)], tmp_path)
    assert len(post.recipients) == 10
    assert set(Counter(post.recipients).values()) == {1}
    assert set(desk.states().values()) == {"sent"}


@on_server
def test_two_schedulers_of_one_server_send_side_by_side(desk: Desk, book_url: str, tmp_path: Path) -> None:
    more_units(desk, 30)
    with listening() as post:
        post.delay = 0.03
        body = waiting_for(tmp_path)
        said = together([child(book_url, post.port, body) for _ in range(2)], tmp_path)
    assert sum(sent for sent, _ in said) == 32
    assert min(sent for sent, _ in said) >= 8  # half of them if both had one pace
    assert set(Counter(post.recipients).values()) == {1}


@on_server
def test_a_mail_in_doubt_of_a_run_that_died_beside_another_is_told_by_the_one_that_lives(
    desk: Desk, book_url: str, tmp_path: Path
) -> None:
    more_units(desk, 30)
    with listening() as post:
        post.delay = 0.03
        body = waiting_for(tmp_path)
        dying = body + 'dying(tracker.alerts.smtp.MailServer, "finish", "after")\n'
        children = [child(book_url, post.port, body), child(book_url, post.port, dying)]
        (sent, interrupted), nothing = together(children, tmp_path, (0, 9))
    assert (sent, interrupted, nothing) == (32, 1, [])  # 31 units and the clerk
    clerk = post.mails[-1]
    assert clerk["To"].addresses[0].addr_spec == "vanthu@snv.example.vn"
    assert "không rõ đã tới chưa" in clerk.get_body(("plain",)).get_content()
    assert set(Counter(post.recipients).values()) == {1}


@on_server
def test_a_pace_is_one_runs(desk: Desk) -> None:
    """So many mails a minute for the server, not for each run."""
    desk.set(smtp=replace(desk.settings.smtp, per_minute=600))
    with turn(desk.engine, beside=True) as first:
        assert first is not None
        take_up(desk.office, first, Report(TODAY))
        with turn(desk.engine, patience=0.05, beside=True) as second:
            assert second is None


@pytest.mark.both
def test_the_turn_is_one_processes_and_comes_back_with_its_end(desk: Desk) -> None:
    with turn(desk.engine) as first, turn(desk.engine, patience=0.05) as second:
        assert first is not None
        assert second is None
    with turn(desk.engine, patience=0.05) as third:
        assert third is not None


@on_server
def test_a_turn_that_is_shared_ends_with_the_last_one(desk: Desk) -> None:
    engine = desk.engine
    with turn(engine, beside=True) as first, turn(engine, patience=0.05, beside=True) as early:
        assert first is not None
        assert (first.alone, early) == (True, None)
        first.share()
        with turn(engine, beside=True) as second, turn(engine, patience=0.05) as alone:
            assert second is not None
            assert (second.alone, alone) == (False, None)
            assert [first.last(), second.last()] == [False, True]


@on_server
def test_a_row_that_another_run_holds_is_passed_over(desk: Desk) -> None:
    desk.set(smtp=replace(desk.settings.smtp, port=1))
    assert run(desk.office, TODAY).stopped is not None
    engine, number = desk.engine, desk.outbox()[0].id or 0
    with record.held(engine, number, NOW) as ours:
        assert ours is not None
        with record.held(engine, number, NOW) as theirs:
            assert theirs is None
        assert record.claim(ours, NOW)
    with record.held(engine, number, NOW) as claimed:
        assert claimed is None


def test_moments_are_those_of_the_clock(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port)
        run(desk.office, TODAY)
    row = desk.outbox()[0]
    assert (row.created_at, row.sending_at, row.sent_at) == (NOW, NOW, NOW)
    assert post.mails[0]["Date"].datetime == NOW
    assert post.mails[0]["Date"].datetime.utcoffset() == dt.timedelta(hours=7)
