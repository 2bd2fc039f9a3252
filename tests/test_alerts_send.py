"""Sending: what becomes of a mail with servers that take it, refuse it, delay it, hang up, or want a login."""

from __future__ import annotations

import datetime as dt
import ssl
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from alerts_office import FINANCE, HEALTH, NOW, TODAY, Desk, open_desk
from mail_servers import free_port, listening, rude

from tracker.alerts.run import run
from tracker.alerts.send import Pace
from tracker.alerts.single import resend, trial
from tracker.alerts.smtp import MailServer
from tracker.errors import NotFoundError, RefusedError, SettingsError
from tracker.settings import Smtp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

LATE = dt.date(2026, 11, 9)
YTE, STC = "soyte@lamdong.example.vn", "stc@lamdong.example.vn"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = late_desk(tmp_path)
    yield made
    made.engine.dispose()


def late_desk(folder: Path) -> Desk:
    """Two units with an address, each with a late task; nothing for the clerk."""
    made = open_desk(folder)
    made.enable()
    made.unit(HEALTH, YTE)
    made.unit(FINANCE, STC)
    plan = made.document()
    made.task(plan, LATE, HEALTH)
    made.task(plan, LATE, FINANCE)
    return made


def at(desk: Desk, port: int, **smtp: object) -> None:
    desk.set(smtp=replace(desk.settings.smtp, port=port, **smtp))


def test_each_unit_gets_its_mail_over_one_connection(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port)
        report = run(desk.office, TODAY)
    assert (report.sent, report.exit_code) == (2, 0)
    assert post.recipients == [YTE, STC]
    assert len(post.sessions) == 1
    rows = desk.outbox()
    assert [row.state for row in rows] == ["sent", "sent"]
    assert rows[0].server_answer == "250 2.0.0 đã nhận"
    assert rows[0].sent_at == NOW
    assert desk.told(rows[0].id) == {1: "overdue"}
    assert [mail["Message-ID"] for mail in post.mails] == [row.message_id for row in rows]


def test_a_unit_with_two_addresses_gets_one_mail_to_both(desk: Desk) -> None:
    desk.unit(HEALTH, YTE, "vp@lamdong.example.vn")
    with listening() as post:
        at(desk, post.port)
        run(desk.office, TODAY)
    assert post.recipients == [YTE, "vp@lamdong.example.vn", STC]
    assert len(post.mails) == 2


def test_a_refused_address_fails_and_the_clerk_hears_of_it_at_once(desk: Desk) -> None:
    with listening() as post:
        post.says[YTE] = "550 5.1.1 no such user"
        at(desk, post.port)
        report = run(desk.office, TODAY)
        again = run(desk.office, TODAY)
    assert report.exit_code == 1
    assert desk.states() == {"unit:1": "failed", "unit:2": "sent", "clerk": "sent"}
    assert "550 5.1.1 no such user" in desk.outbox()[0].reason
    clerk = post.mails[-1].get_body(("plain",)).get_content()
    assert "Sở Y tế <soyte@lamdong.example.vn>" in clerk
    assert "550 5.1.1 no such user" in clerk
    assert "nhacviec alerts resend 1" in clerk
    assert again.deliveries == []


def test_one_refused_address_of_two_does_not_hold_back_the_other(desk: Desk) -> None:
    desk.unit(HEALTH, YTE, "cu@lamdong.example.vn")
    with listening() as post:
        post.says["cu@lamdong.example.vn"] = "550 gone"
        at(desk, post.port)
        report = run(desk.office, TODAY)
    assert YTE in post.recipients
    assert report.deliveries[0].refused == {"cu@lamdong.example.vn": "550 gone"}
    assert (desk.states()["unit:1"], report.exit_code) == ("sent", 1)
    assert "có địa chỉ không nhận" in post.mails[-1].get_body(("plain",)).get_content()


def test_a_refused_content_fails(desk: Desk) -> None:
    with listening() as post:
        post.says["DATA"] = ["554 5.6.0 spam"]
        at(desk, post.port)
        run(desk.office, TODAY)
    assert desk.states() == {"unit:1": "failed", "unit:2": "sent", "clerk": "sent"}


@pytest.mark.parametrize("where", [YTE, "DATA"])
def test_a_greylisted_mail_waits_for_the_next_run_and_goes_once(desk: Desk, where: str) -> None:
    with listening() as post:
        post.says[where] = ["451 4.7.1 greylisted"]
        at(desk, post.port)
        first = run(desk.office, TODAY)
        row = desk.outbox()[0]
        assert (row.state, row.attempts, row.server_answer) == ("queued", 1, "451 4.7.1 greylisted")
        assert row.next_try_at == NOW
        desk.now = NOW + dt.timedelta(minutes=1)
        second = run(desk.office, TODAY)
        third = run(desk.office, TODAY)
    assert (first.exit_code, second.sent, third.sent) == (1, 1, 0)
    assert sorted(set(post.recipients)) == sorted(post.recipients)
    assert set(desk.states().values()) == {"sent"}


def test_the_waits_between_tries_grow_and_are_kept(desk: Desk) -> None:
    waits = []
    with listening() as post:
        post.says[YTE] = "451 later"
        at(desk, post.port)
        for _ in range(6):
            run(desk.office, TODAY)
            row = desk.outbox()[0]
            waits.append((row.next_try_at - desk.now).total_seconds())
            early = row.attempts
            desk.now = row.next_try_at - dt.timedelta(seconds=1)
            if waits[-1]:
                report = run(desk.office, TODAY)
                assert (report.resting, desk.outbox()[0].attempts) == (1, early)
            desk.now = row.next_try_at
    assert waits == [0, 300, 900, 3600, 14400, 14400]


def test_a_clock_set_back_does_not_lengthen_the_wait(desk: Desk) -> None:
    with listening() as post:
        post.says[YTE] = ["451 later", "451 later"]
        at(desk, post.port)
        run(desk.office, TODAY)
        run(desk.office, TODAY)
        desk.now -= dt.timedelta(days=300)
        assert run(desk.office, TODAY).sent == 1


def test_a_mail_that_waits_is_not_sent_under_an_earlier_day(desk: Desk) -> None:
    with listening() as post:
        post.says[YTE] = ["451 later"]
        at(desk, post.port)
        run(desk.office, TODAY)
        assert run(desk.office, TODAY - dt.timedelta(days=1)).deliveries == []
        assert run(desk.office, TODAY).sent == 1


def test_an_address_that_says_later_is_waited_for_once_when_another_accepts(desk: Desk) -> None:
    desk.unit(HEALTH, YTE, "day@lamdong.example.vn")
    with listening() as post:
        post.says["day@lamdong.example.vn"] = "452 mailbox full"
        at(desk, post.port)
        run(desk.office, TODAY)
        assert (desk.states()["unit:1"], post.recipients.count(YTE)) == ("queued", 0)
        run(desk.office, TODAY)
    assert (desk.states()["unit:1"], post.recipients.count(YTE)) == ("sent", 1)


def test_an_unsent_mail_of_yesterday_gives_way_to_todays(desk: Desk) -> None:
    with listening() as post:
        post.says[YTE] = ["451 later"]
        at(desk, post.port)
        run(desk.office, TODAY)
        report = run(desk.office, TODAY + dt.timedelta(days=1))
    assert report.given_up == 1
    old, new = [row for row in desk.outbox() if row.recipient == "unit:1"]
    assert (old.state, new.state) == ("failed", "sent")
    assert old.reason == "hết ngày chưa gửi được. 451 later"
    assert post.recipients.count(YTE) == 1
    assert not any("451" in mail.get_body(("plain",)).get_content() for mail in post.mails[-1:])


@pytest.mark.parametrize("at_command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", ["drop", "stall"])
def test_a_connection_lost_before_the_end_of_a_mail_leaves_it_queued(desk: Desk, at_command: str, how: str) -> None:
    with rude(at_command, how, times=1) as server:
        at(desk, server.port, timeout=0.3)
        first = run(desk.office, TODAY)
        assert [(row.recipient, row.state) for row in desk.outbox()] == [("unit:1", "queued"), ("unit:2", "sent")]
        assert first.exit_code == 1
        second = run(desk.office, TODAY)
    assert second.sent == 1
    assert set(desk.states().values()) == {"sent"}
    assert len(server.delivered) == 2


@pytest.mark.parametrize("how", ["drop", "stall"])
def test_a_connection_lost_after_the_end_of_a_mail_leaves_it_in_doubt_and_never_sends_it_again(
    desk: Desk, how: str
) -> None:
    with rude("END", how, times=1) as server:
        at(desk, server.port, timeout=0.3)
        report = run(desk.office, TODAY)
        again = run(desk.office, TODAY)
    assert desk.states() == {"unit:1": "unknown", "unit:2": "sent", "clerk": "sent"}
    assert (report.exit_code, again.deliveries) == (1, [])
    assert sum(b"To: " in mail and YTE.encode() in mail for mail in server.delivered) == 1


def test_a_server_that_always_hangs_up_stops_the_run_after_three_mails(desk: Desk) -> None:
    plan = desk.document("216/KH-UBND")
    for number in range(4):
        desk.unit(f"Chi cục {number}", f"cc{number}@lamdong.example.vn")
        desk.task(plan, LATE, f"Chi cục {number}")
    with rude("RCPT", "drop") as server:
        at(desk, server.port)
        report = run(desk.office, TODAY)
    assert len(report.deliveries) == 3
    assert report.stopped is not None
    assert report.exit_code == 4
    assert set(desk.states().values()) == {"queued"}


def test_broken_connections_stop_the_run_only_in_a_row(desk: Desk) -> None:
    plan = desk.document("216/KH-UBND")
    for number in range(4):
        desk.unit(f"Chi cục {number}", f"cc{number}@lamdong.example.vn")
        desk.task(plan, LATE, f"Chi cục {number}")
    busy = "421 too busy"
    with listening() as post:
        # on a connection that has carried a mail, one 421 means a new connection; there a second one is a failure
        post.says["MAIL"] = [busy, "", busy, busy, "", busy, busy, ""]
        at(desk, post.port)
        report = run(desk.office, TODAY)
    assert report.stopped is None
    assert [delivery.state for delivery in report.deliveries] == ["queued", "sent"] * 3


def test_a_connection_closed_between_mails_is_opened_again(desk: Desk) -> None:
    with listening() as post:
        post.says["MAIL"] = ["", "421 enough for one connection"]
        at(desk, post.port)
        report = run(desk.office, TODAY)
    # aiosmtpd stays open after a 421 of a handler: the second connection is ours
    assert (report.sent, report.exit_code, len(post.sessions)) == (2, 0, 2)


def test_a_login_that_is_right_sends(desk: Desk) -> None:
    with listening(login=("nv", "bi mat")) as post:
        at(desk, post.port, user="nv", password="bi mat")
        assert run(desk.office, TODAY).sent == 2


@pytest.mark.parametrize(
    ("smtp", "said"),
    [
        ({"user": "nv", "password": "sai"}, "không nhận tên đăng nhập hoặc mật khẩu"),
        ({"user": "nv", "password": "mật khẩu"}, "có dấu"),
        ({}, "không nhận thư từ nhacviec@snv.example.vn"),
        ({"user": "nv", "password": "x", "tls": "starttls"}, "không có cách bảo mật"),
        ({"tls": "ssl"}, "không lập được kết nối bảo mật"),
        ({"host": "khong-co.invalid"}, "không tìm thấy máy chủ thư"),
    ],
)
def test_a_server_that_cannot_be_used_stops_the_run_and_nothing_counts_as_sent(
    desk: Desk, smtp: dict[str, object], said: str
) -> None:
    with listening(login=("nv", "bi mat")) as post:
        at(desk, post.port, **smtp)
        report = run(desk.office, TODAY)
    assert said in str(report.stopped)
    assert "\n" not in str(report.stopped)
    assert (report.exit_code, report.sent, post.mails) == (4, 0, [])
    assert [(row.state, row.attempts) for row in desk.outbox()] == [("queued", 0), ("queued", 0)]


def test_nobody_listening_stops_the_run(desk: Desk) -> None:
    at(desk, free_port())
    report = run(desk.office, TODAY)
    assert "không nối được tới máy chủ thư" in str(report.stopped)
    assert report.exit_code == 4


@pytest.mark.parametrize("tls", ["starttls", "ssl"])
def test_an_unknown_certificate_is_refused_and_a_known_one_accepted(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tls: str
) -> None:
    certificate, key = _self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = {"ssl_context": context} if tls == "ssl" else {"tls_context": context, "require_starttls": True}
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(**server) as post:
        monkeypatch.delenv("SSL_CERT_FILE")
        at(desk, post.port, host="localhost", tls=tls)
        refused = run(desk.office, TODAY)
        assert "chứng thư của máy chủ thư" in str(refused.stopped)
        assert (refused.exit_code, post.mails) == (4, [])
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert run(desk.office, TODAY).sent == 2


def test_the_certificate_is_of_the_server_that_was_named(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = _self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(tls_context=context, require_starttls=True) as post:
        at(desk, post.port, host="127.0.0.1", tls="starttls")
        assert "chứng thư của máy chủ thư" in str(run(desk.office, TODAY).stopped)
        assert post.mails == []


@pytest.mark.parametrize(
    ("per_minute", "took", "rests"),
    [
        (0, [0.0, 0.0, 0.0], []),
        (30, [0.0, 0.0, 0.0], [2.0, 2.0]),
        (30, [1.5, 0.5, 0.0], [0.5, 1.5]),  # the time that a mail itself takes counts
        (60, [5.0, 0.0, 0.0], [1.0]),  # a slow mail is not made up for by a burst
    ],
)
def test_no_more_mails_a_minute_than_the_server_wants(per_minute: int, took: list[float], rests: list[float]) -> None:
    now, rested = [0.0], []

    def rest(seconds: float) -> None:
        rested.append(round(seconds, 6))
        now[0] += seconds

    pace = Pace(per_minute, lambda: now[0], rest)
    for seconds in took:
        pace.wait()
        now[0] += seconds
    assert rested == rests


def test_a_run_keeps_the_pace(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port, per_minute=120)
        begun = time.monotonic()
        assert run(desk.office, TODAY).sent == 2
    assert time.monotonic() - begun >= 0.5


def _self_signed(folder: Path) -> tuple[Path, Path]:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


@pytest.mark.parametrize(
    ("missing", "said"), [("host", "chưa đặt máy chủ thư"), ("sender", "chưa đặt địa chỉ gửi thư")]
)
def test_missing_settings_are_named_before_anything_is_written(desk: Desk, missing: str, said: str) -> None:
    at(desk, 1, **{missing: None})
    with pytest.raises(SettingsError, match=said):
        run(desk.office, TODAY)
    assert desk.outbox() == []


def test_a_line_that_is_a_dot_does_not_end_a_mail() -> None:
    with listening() as post, MailServer(Smtp(host="127.0.0.1", port=post.port, tls="none", timeout=5)) as server:
        server.offer("a@b.vn", ["c@d.vn"])
        server.hand_over(b"Subject: x\r\n\r\n.\r\n..a\r\nb\r\n")
        assert server.finish().accepted
    assert post.raw == [b"Subject: x\r\n\r\n.\r\n..a\r\nb\r\n"]


def test_a_mail_in_doubt_is_sent_again_on_command_with_the_same_message_id(desk: Desk) -> None:
    with rude("END", "drop", times=1) as server:
        at(desk, server.port, timeout=1)
        run(desk.office, TODAY)
    before = desk.outbox()[0]
    desk.unit(HEALTH, "moi@lamdong.example.vn")
    with listening() as post:
        at(desk, post.port)
        report = resend(desk.office, before.id, TODAY, "hoa")
        assert (report.exit_code, post.recipients) == (0, ["moi@lamdong.example.vn"])
        assert post.mails[0]["Message-ID"] == before.message_id
        assert desk.states()["unit:1"] == "sent"
        with pytest.raises(RefusedError, match="đã gửi xong"):
            resend(desk.office, before.id, TODAY, "hoa")
        with pytest.raises(NotFoundError):
            resend(desk.office, 99, TODAY, "hoa")
    assert len(post.mails) == 1


def test_a_mail_is_not_sent_again_to_an_address_that_was_taken_away(desk: Desk) -> None:
    with listening() as post:
        at(desk, post.port)
        post.says[YTE] = "550 khong co"
        run(desk.office, TODAY)
        desk.unit(HEALTH)
        with pytest.raises(RefusedError, match="nay không có địa chỉ"):
            resend(desk.office, desk.outbox()[0].id, TODAY, "hoa")
    assert YTE not in post.recipients


@pytest.mark.parametrize("emails", [("moi@lamdong.example.vn",), ()])
def test_a_mail_that_waits_goes_to_the_address_of_now_or_nowhere(desk: Desk, emails: tuple[str, ...]) -> None:
    with listening() as post:
        at(desk, post.port)
        post.says[YTE] = ["450 lat nua"]
        run(desk.office, TODAY)
        desk.unit(HEALTH, *emails)
        desk.now += dt.timedelta(hours=1)
        run(desk.office, TODAY)
    assert YTE not in post.recipients
    assert post.recipients.count("moi@lamdong.example.vn") == len(emails)
    assert desk.states()["unit:1"] == ("sent" if emails else "failed")


def test_a_data_that_is_refused_ends_its_transaction(desk: Desk) -> None:
    with rude("DATA", "refuse", times=1) as server:
        at(desk, server.port, timeout=2)
        report = run(desk.office, TODAY)
    assert [delivery.state for delivery in report.deliveries][:2] == ["queued", "queued"]
    assert report.stopped is None  # no "503 nested MAIL"


def test_a_trial_goes_to_one_address_even_before_alerts_are_enabled(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    with listening() as post:
        at(desk, post.port)
        assert trial(desk.office, "toi@snv.example.vn", TODAY).exit_code == 0
        desk.now += dt.timedelta(seconds=1)
        assert trial(desk.office, "toi@snv.example.vn", TODAY).exit_code == 0
        desk.now += dt.timedelta(seconds=1)
        post.says["toi@snv.example.vn"] = "451 later"
        assert trial(desk.office, "toi@snv.example.vn", TODAY).exit_code == 4
        with pytest.raises(RefusedError):
            trial(desk.office, "toi@snv\r\nRCPT TO:<b@c.vn>", TODAY)
    assert post.recipients == ["toi@snv.example.vn"] * 2
    assert post.mails[0]["Subject"] == "[Nhắc Việc] Thư thử (21/11/2026)"
    assert [row.state for row in desk.outbox()] == ["sent", "sent", "failed"]
    desk.engine.dispose()
