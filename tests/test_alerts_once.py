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

from tracker.alerts.run import Wishes, run
from tracker.alerts.turn import turn

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = dt.timedelta(days=1)
LATE = dt.date(2026, 11, 9)
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
import tracker.alerts.record, tracker.alerts.run, tracker.alerts.send, tracker.alerts.smtp, tracker.alerts.turn
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
tracker.alerts.run.run(desk.office, TODAY)
"""


def child(url: str, port: int, body: str) -> subprocess.Popen[bytes]:
    code = CHILD.format(tests=str(Path(__file__).parent), url=url, port=port, body=textwrap.dedent(body))
    root = Path(__file__).parents[1]
    return subprocess.Popen([sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONUTF8": "1"})


STEPS = [
    ("tracker.alerts.record", "write", "before", "sent"),
    ("tracker.alerts.record", "write", "after", "sent"),  # inside its transaction
    ("tracker.alerts.run", "deliver", "before", "sent"),  # the row is written
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
        assert child(book_url, post.port, f"dying({owner}, {name!r}, {when!r})").wait(60) == 9
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


@pytest.mark.both
@pytest.mark.parametrize("locked", [True, False], ids=["with the turn", "without the turn"])
def test_two_processes_at_once_send_each_mail_once(desk: Desk, book_url: str, tmp_path: Path, locked: bool) -> None:
    """Without the turn (a file system that keeps no locks) the claim of each row alone must be enough."""
    plan = desk.document("77/KH-UBND")
    for number in range(8):
        desk.unit(f"Chi cục {number}", f"cc{number}@lamdong.example.vn")
        desk.task(plan, LATE, f"Chi cục {number}")
    start = tmp_path / "start"
    body = f"""
    import time
    Path({str(tmp_path)!r}, "ready" + str(os.getpid())).touch()
    while not Path({str(start)!r}).exists():
        time.sleep(0.001)
    """
    if not locked:
        body += """
    @contextmanager
    def unlocked(engine):
        yield True
    tracker.alerts.run.turn = unlocked
    """
    with listening() as post:
        post.delay = 0.02
        children = [child(book_url, post.port, body) for _ in range(2)]
        while len(list(tmp_path.glob("ready*"))) < 2:
            assert all(process.poll() is None for process in children)
        start.touch()
        assert [process.wait(60) for process in children] == [0, 0]
    assert len(post.recipients) == 10
    assert set(Counter(post.recipients).values()) == {1}
    assert set(desk.states().values()) == {"sent"}


@pytest.mark.both
def test_the_turn_is_one_processes_and_comes_back_with_its_end(desk: Desk) -> None:
    with turn(desk.engine) as first, turn(desk.engine, patience=0.05) as second:
        assert (first, second) == (True, False)
    with turn(desk.engine, patience=0.05) as third:
        assert third


def test_moments_are_those_of_the_clock(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port)
        run(desk.office, TODAY)
    row = desk.outbox()[0]
    assert (row.created_at, row.sending_at, row.sent_at) == (NOW, NOW, NOW)
    assert post.mails[0]["Date"].datetime == NOW
    assert post.mails[0]["Date"].datetime.utcoffset() == dt.timedelta(hours=7)
