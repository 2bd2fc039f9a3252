"""What `.ci/postfix` runs as root: Nhắc Việc's mails through a real Postfix, and what arrives in its mailboxes.

In: the port on which Postfix listens, and the folder with its mailboxes and configuration. Out: a line for each thing
that was shown to hold; an AssertionError where one does not.

Example: "450 4.7.1: waits, goes with the next run, once".
"""

from __future__ import annotations

import email
import email.policy
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from alerts_office import HEALTH, TODAY, Desk, open_desk

from tracker.alerts import record
from tracker.alerts.message import message, sender_of
from tracker.alerts.run import preview, run
from tracker.alerts.single import resend, trial
from tracker.database import writing

if TYPE_CHECKING:
    from email.message import EmailMessage

PORT, HOME = int(sys.argv[1]), Path(sys.argv[2])
LATE = TODAY.replace(day=9)
HEALTH_AT, UNKNOWN, LATER, CLERK = (f"{name}@donvi.test" for name in ("soyte", "khong-co-ai", "hen-lai", "vanthu"))


def office(folder: Path) -> Desk:
    """Units of all kinds: one with two addresses and a head, one unknown to the server, one that it puts off."""
    desk = open_desk(folder, PORT, host="localhost", tls="starttls", timeout=20.0)
    alerts = replace(desk.settings.alerts, clerk=(CLERK,), chief=("chutich@donvi.test",), attach=("ics", "xlsx"))
    desk.set(alerts=alerts)
    desk.enable()
    plan = desk.document()
    for name, *addresses in (
        (HEALTH, HEALTH_AT, "vp.soyte@donvi.test"), ("Sở Không còn", UNKNOWN), ("Sở Bận", LATER),
        *((f"Chi cục {at}", f"cc{at}@donvi.test") for at in range(20)),
    ):  # fmt: skip
        desk.unit(name, *addresses, head=f"gd.{addresses[0]}" if name == HEALTH else None)
        desk.task(plan, LATE, name)
        desk.task(plan, TODAY, name)
    return desk


def arrived(least: int) -> list[EmailMessage]:
    """The mails in the mailboxes, once there are so many and no more come."""
    until = time.monotonic() + 20
    folder = HOME / "mail" / "hop-thu" / "new"
    while time.monotonic() < until and len(list(folder.glob("*"))) < least:
        time.sleep(0.1)
    time.sleep(0.5)
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in folder.glob("*")]


def counted() -> Counter[str]:
    """How many mails each address has."""
    return Counter(mail["Delivered-To"] for mail in arrived(0))


def said(what: str) -> None:
    """Prints what was shown."""
    sys.stdout.write(f"postfix: {what}\n")
    sys.stdout.flush()


def show_extensions() -> None:
    """The server is one that an office may have."""
    with smtplib.SMTP("localhost", PORT, timeout=20) as server:
        server.ehlo()
        assert all(server.has_extn(name) for name in ("size", "8bitmime", "starttls")), server.esmtp_features
    said("announces SIZE, 8BITMIME, STARTTLS")


def show_certificate(desk: Desk) -> None:
    """Certificates are verified."""
    trusted = os.environ.pop("SSL_CERT_FILE")
    report = run(desk.office, TODAY)
    os.environ["SSL_CERT_FILE"] = trusted
    assert "chứng thư của máy chủ thư" in str(report.stopped), report
    assert report.exit_code == 4
    assert not counted()
    said("an unknown certificate stops the run, nothing leaves")


def show_delivery(desk: Desk) -> None:
    """Each address gets one mail; a refused one is told to the clerk in the same run."""
    report = run(desk.office, TODAY)
    assert report.stopped is None, report.stopped
    states = Counter(desk.states().values())
    assert states == {"sent": 24, "failed": 1, "queued": 1}, states  # 23 units, a head, the chief, the clerk
    mails = arrived(25)
    assert set(counted().values()) == {1}, counted()
    assert {HEALTH_AT, "vp.soyte@donvi.test", f"gd.{HEALTH_AT}", CLERK} <= counted().keys()
    assert not {UNKNOWN, LATER} & counted().keys()
    assert all("TLS" in str(mail["Received"]) and "ESMTPS" in str(mail["Received"]) for mail in mails)
    said(f"{len(mails)} mails by STARTTLS, each address one")
    failed = next(row for row in desk.outbox() if row.state == "failed")
    assert failed.reason.startswith(f"{UNKNOWN}: 550 5.1.1"), failed.reason
    clerk = next(mail for mail in mails if mail["Delivered-To"] == CLERK)
    assert "550 5.1.1" in clerk.get_body(("plain",)).get_content()
    said("550 for an unknown user: final, told to the clerk")


def show_bytes(desk: Desk) -> None:
    """What arrives is what was made: nothing was converted on the way."""
    row = next(row for row in desk.outbox() if row.recipient == "unit:1")
    mail = next(mail for mail in arrived(0) if mail["Delivered-To"] == HEALTH_AT)
    assert (mail["Message-ID"], str(mail["Subject"])) == (row.message_id, row.subject)
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == row.bodies["text"].rstrip("\n") + "\n"
    assert [part.get_filename() for part in mail.iter_attachments()] == [file["name"] for file in row.bodies["files"]]
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    assert {part["Content-Transfer-Encoding"] for part in leaves} == {"base64"}
    waiting = next(row for row in desk.outbox() if row.state == "queued")
    sender = sender_of(desk.settings)
    assert message(waiting, sender) == message(waiting, sender)
    said("words, subject and files arrive as they were made")


def show_greylisting(desk: Desk) -> None:
    """A 4xx is waited for; nobody gets a second mail by that."""
    waiting = next(row for row in desk.outbox() if row.state == "queued")
    assert str(waiting.server_answer).startswith("450 4.7.1"), waiting.server_answer
    before = counted()
    (HOME / "etc" / "policy").write_text("/^$/ OK\n", encoding="ascii")
    subprocess.run(["postfix", "-c", str(HOME / "etc"), "reload"], check=True, capture_output=True)
    time.sleep(1)
    desk.now += timedelta(minutes=1)
    again, third = run(desk.office, TODAY), run(desk.office, TODAY)
    assert (again.sent, third.sent) == (1, 0), (again, third)
    arrived(sum(before.values()) + 1)
    assert counted() == before + Counter([LATER])
    said("450 4.7.1: waits, goes with the next run, once; a third run sends nothing")


def show_size(desk: Desk) -> None:
    """A mail that the server finds too large is the failure of this mail alone."""
    mail = next(mail for mail in preview(desk.office, TODAY) if mail.recipient == "unit:2")
    number = desk.unit("Sở Rất dài", "dai@donvi.test")
    words = "dài " * 900_000
    long = replace(mail, recipient=f"unit:{number}", addresses=("dai@donvi.test",), unit_id=number, text=words)
    with writing(desk.engine) as session:
        record.write(session, [long], "snv.example.vn", desk.now)
    report = run(desk.office, TODAY)
    assert [delivery.state for delivery in report.deliveries] == ["failed"], report
    assert report.stopped is None
    assert report.deliveries[0].answer.startswith("552 5.3.4"), report.deliveries[0].answer
    assert trial(desk.office, "toi@donvi.test", TODAY).sent == 1
    said("SIZE: a mail that is too large is refused before it is sent, the next one goes")


def show_resend(desk: Desk) -> None:
    """A clerk puts an address right and sends the mail again."""
    row = next(row for row in desk.outbox() if row.recipient == "unit:2")
    desk.unit("Sở Không còn", "moi@donvi.test")
    assert resend(desk.office, row.id or 0, TODAY, "ci").sent == 1
    mail = next(mail for mail in arrived(28) if mail["Delivered-To"] == "moi@donvi.test")
    assert mail["Message-ID"] == row.message_id
    assert set(counted().values()) == {1}
    said("a mail sent again goes to the new address under the same Message-ID")


def main() -> None:
    """Shows it all on one database."""
    with tempfile.TemporaryDirectory() as folder:
        desk = office(Path(folder))
        show_extensions()
        show_certificate(desk)
        for show in (show_delivery, show_bytes, show_greylisting, show_size, show_resend):
            show(desk)
        desk.engine.dispose()


if __name__ == "__main__":
    main()
