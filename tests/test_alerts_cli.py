"""`nhacviec alerts …` as a clerk or a script calls it: words, JSON, files and exit codes."""

from __future__ import annotations

import email
import email.policy
import json
from typing import TYPE_CHECKING, Any

import pytest
from alerts_office import FINANCE, HEALTH, INTERIOR, TODAY, Desk, open_desk
from mail_servers import listening

from tracker.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YTE = "soyte@lamdong.example.vn"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Sở Y tế has an address and a late task; a late one of Sở Nội vụ and two that wait are for the clerk."""
    made = open_desk(tmp_path)
    made.unit(HEALTH, YTE)
    made.unit(INTERIOR)
    plan = made.document()
    made.task(plan, TODAY.replace(day=9), HEALTH, text="Báo cáo kết quả tiêm chủng")
    made.task(plan, TODAY.replace(day=10), INTERIOR)
    made.task(plan, TODAY.replace(month=10), HEALTH, review="pending", late_at_intake=True)
    made.task(plan, TODAY.replace(day=30), FINANCE, review="pending")
    for name, value in {
        "CONFIG": str(tmp_path / "nhacviec.toml"),
        "DB": f"sqlite:///{tmp_path / 'việc.db'}",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_TLS": "none",
        "SMTP_FROM": "Nhắc Việc <nhacviec@snv.example.vn>",
        "SMTP_TIMEOUT": "5",
        "CLERK_EMAIL": "vanthu@snv.example.vn",
        "ALERTS_QUIET_DAYS": "0",  # TODAY is a Saturday
    }.items():
        monkeypatch.setenv(f"NHACVIEC_{name}", value)
    (tmp_path / "nhacviec.toml").write_text('[office]\nunit = "Văn phòng UBND tỉnh Lâm Đồng"\n', encoding="utf-8")
    yield made
    made.engine.dispose()


def alerts(*arguments: str) -> int:
    return main(["--today", TODAY.isoformat(), "alerts", *arguments])


def spoken(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    captured = capsys.readouterr()
    return captured.out, captured.err


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_before_enable_a_run_says_what_would_go_and_sends_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("run") == 0
    out, _ = spoken(capsys)
    assert "Sở Y tế" in out
    assert YTE in out
    assert "Chạy thử, chưa gửi gì. Bật gửi thư: nhacviec alerts enable" in out
    assert (post.mails, desk.outbox()) == ([], [])


def test_enable_run_run_log(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("enable") == 0
        assert alerts("run") == 0
        assert "Đã gửi 2 thư." in spoken(capsys)[0]
        assert alerts("run") == 0
        assert "Không có thư nào phải gửi (2 nơi đã có thư hôm nay)." in spoken(capsys)[0]
        assert alerts("enable", "--off") == 0
        assert alerts("run") == 0
        assert "chưa gửi gì" in spoken(capsys)[0]
    assert post.recipients == [YTE, "vanthu@snv.example.vn"]
    unit, clerk = post.mails
    assert unit["Subject"] == "[Nhắc Việc] Sở Y tế: 1 việc quá hạn (21/11/2026)"
    assert unit["From"].addresses[0].display_name == "Nhắc Việc"
    assert "Văn phòng UBND tỉnh Lâm Đồng" in unit.get_body(("html",)).get_content()
    assert clerk["Subject"] == (
        "[Nhắc Việc] Văn thư: 1 việc chưa báo được cho đơn vị (1 việc quá hạn), "
        "2 việc chờ duyệt (1 việc đã quá hạn) (21/11/2026)"
    )
    assert alerts("log") == 0
    out, _ = spoken(capsys)
    assert "đã gửi" in out
    assert "#1" in out
    assert alerts("log", "--json") == 0
    rows = answer(capsys)
    assert [(row["recipient"], row["state"], row["server_answer"]) for row in rows] == [
        ("clerk", "sent", "250 2.0.0 đã nhận"),
        ("unit:1", "sent", "250 2.0.0 đã nhận"),
    ]
    assert rows[1]["tasks"] == [{"id": 1, "reason": "overdue", "occurrence": None}]
    assert rows[1]["message_id"] == unit["Message-ID"]
    assert alerts("log", "--limit", "1", "--json") == 0
    assert len(answer(capsys)) == 1
    assert alerts("log", "--task", "2", "--json") == 0
    assert [row["recipient"] for row in answer(capsys)] == ["clerk"]
    assert main(["show", "1"]) == 0
    assert "Đã đôn đốc 1 lần bằng thư, lần gần nhất ngày 21/11/2026" in spoken(capsys)[0]
    assert main(["show", "1", "--json"]) == 0
    assert answer(capsys)["urged"] == {"times": 1, "last": "2026-11-21"}
    assert main(["show", "2", "--json"]) == 0
    assert answer(capsys)["urged"] is None  # only the clerk was told


def test_a_run_as_json(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert alerts("run", "--json") == 0
    dry = answer(capsys)
    assert (dry["enabled"], dry["sent"], [mail["name"] for mail in dry["planned"]]) == (False, 0, [HEALTH, "Văn thư"])
    alerts("enable", "--json")
    assert answer(capsys) == {"enabled": True}
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        post.says[YTE] = "550 no such user"
        assert alerts("run", "--json") == 1
    out, err = spoken(capsys)
    report = json.loads(out)
    assert (report["sent"], [delivery["state"] for delivery in report["deliveries"]]) == (1, ["failed", "sent"])
    assert f"Sở Y tế <{YTE}>: không gửi được ({YTE}: 550 no such user)" in err


@pytest.mark.parametrize(
    ("name", "value", "code", "said"),
    [
        ("SMTP_HOST", "", 3, "chưa đặt máy chủ thư"),
        ("SMTP_FROM", "", 3, "chưa đặt địa chỉ gửi thư"),
        ("SMTP_TLS", "starttls", 4, "không có cách bảo mật"),
        ("SMTP_USER", "ai", 4, "máy chủ thư"),
    ],
)
def test_trouble_with_the_server_is_one_line_and_an_exit_code(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    code: int,
    said: str,
) -> None:
    desk.enable()
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        monkeypatch.setenv(f"NHACVIEC_{name}", value)
        assert alerts("run") == code
        err = spoken(capsys)[1]
        assert said in err
        assert len(err.strip().splitlines()) == 1
        assert post.mails == []


def test_resend_takes_a_number_and_says_why_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.enable()
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        post.says[YTE] = ["550 no such user"]
        assert alerts("run") == 1
        assert alerts("resend", "1") == 0
        assert alerts("resend", "1") == 1
        assert "đã gửi xong" in spoken(capsys)[1]
        assert alerts("resend", "99") == 1
        assert alerts("resend", "một") == 2
    assert post.recipients.count(YTE) == 1


def test_a_trial(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("test", "--to", "toi@snv.example.vn") == 0
        assert alerts("test", "--to", "toi") == 1
        assert alerts("test") == 2
        post.says["toi@snv.example.vn"] = "550 no"
        assert alerts("test", "--to", "toi@snv.example.vn") == 4
    assert post.recipients == ["toi@snv.example.vn"]


def test_a_preview_writes_what_would_be_sent_and_sends_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NHACVIEC_SMTP_FROM")
    folder = tmp_path / "xem trước"
    assert alerts("preview", "--out", str(folder)) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "so-y-te-1.eml", "so-y-te-1.html", "van-thu.eml", "van-thu.html",
    ]  # fmt: skip
    mail = email.message_from_bytes((folder / "so-y-te-1.eml").read_bytes(), policy=email.policy.default)
    assert mail["To"].addresses[0].addr_spec == YTE
    assert "Báo cáo kết quả tiêm chủng" in mail.get_body(("plain",)).get_content()
    assert "Báo cáo kết quả tiêm chủng" in (folder / "so-y-te-1.html").read_text(encoding="utf-8")
    assert desk.outbox() == []
    spoken(capsys)
    assert alerts("preview") == 0
    assert "Tiêu đề: [Nhắc Việc] Sở Y tế: 1 việc quá hạn (21/11/2026)" in spoken(capsys)[0]
    assert alerts("preview", "--json") == 0
    assert [mail["recipient"] for mail in answer(capsys)] == ["unit:1", "clerk"]


@pytest.mark.parametrize("options", [(), ("-q",), ("--json",)])
def test_without_a_clerks_address_the_run_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    desk.enable()
    monkeypatch.delenv("NHACVIEC_CLERK_EMAIL")
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("run", "--dry-run", *options) == 0
        spoken(capsys)
        assert alerts("run", "--at", "00:00", *options) == 1  # the unit's mail went, the clerk's did not
        assert "chưa đặt địa chỉ văn thư" in spoken(capsys)[1]
        assert alerts("run", *options) == 4  # there is a mail for the clerk, and none went
        assert "chưa đặt địa chỉ văn thư" in spoken(capsys)[1]
    assert post.recipients == [YTE]
    monkeypatch.setenv("NHACVIEC_CLERK_EMAIL", "vanthu@snv.example.vn")
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("run") == 0
    assert post.recipients == ["vanthu@snv.example.vn"]


def test_a_clock_set_back_is_named_with_the_way_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.enable()
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("run") == 0
        spoken(capsys)
        assert main(["--today", "20/11/2026", "alerts", "run"]) == 0
        assert "--clock-is-right" in spoken(capsys)[1]
        assert main(["--today", "20/11/2026", "alerts", "run", "--clock-is-right"]) == 0
    assert post.recipients.count(YTE) == 2


def test_on_a_quiet_day_nothing_leaves_but_what_a_clerk_insists_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NHACVIEC_ALERTS_QUIET_DAYS")
    said = "Hôm nay (21/11/2026) là ngày nghỉ, không gửi thư; ngày gửi tới: 23/11/2026"
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("run") == 0
        out, err = spoken(capsys)
        assert YTE in out
        assert said in err
        assert alerts("preview") == 0
        assert said in spoken(capsys)[1]
        desk.enable()
        assert alerts("run") == 0
        assert f"{said}. Gửi ngay: nhacviec alerts run --any-day" in spoken(capsys)[0]
        assert alerts("run", "--json") == 0
        assert answer(capsys)["quiet_until"] == "2026-11-23"
        assert post.mails == []
        assert alerts("run", "--any-day") == 0
    assert post.recipients == [YTE, "vanthu@snv.example.vn"]


def test_dry_runs_change_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.enable()
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("run", "--dry-run") == 0
        assert "Chạy thử, chưa gửi gì.\n" in spoken(capsys)[0]
        assert alerts("test", "--to", "toi@snv.example.vn", "--dry-run") == 0
        assert "Thư thử (21/11/2026)" in spoken(capsys)[0]
        assert desk.outbox() == []
        post.says[YTE] = ["550 no such user"]
        assert alerts("run") == 1
        before = desk.outbox()
        assert alerts("resend", "1", "--dry-run") == 0
        assert f"Sẽ gửi lại cho: Sở Y tế <{YTE}>" in spoken(capsys)[0]
        assert desk.outbox() == before
    assert post.recipients == ["vanthu@snv.example.vn"]


def test_after_a_restoration_the_day_is_not_sent_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.enable()
    today = ["--today", TODAY.isoformat()]
    assert main([*today, "db", "backup", str(tmp_path / "sáng.db")]) == 0
    with listening() as post:
        monkeypatch.setenv("NHACVIEC_SMTP_PORT", str(post.port))
        assert alerts("run") == 0
        assert main([*today, "db", "backup", str(tmp_path / "chiều.db")]) == 0
        desk.engine.dispose()
        assert main([*today, "db", "restore", str(tmp_path / "sáng.db")]) == 0
        spoken(capsys)
        assert alerts("run") == 0
        assert "không rõ thư hôm nay đã gửi chưa" in spoken(capsys)[0]
        assert alerts("run", "--at", "00:00") == 0
        assert post.recipients.count(YTE) == 1
        assert main(["--today", "22/11/2026", "alerts", "run"]) == 0
        assert post.recipients.count(YTE) == 2
        assert main([*today, "db", "restore", str(tmp_path / "chiều.db")]) == 0
        spoken(capsys)
        assert alerts("run") == 0  # this copy knows of the day's run
        assert "đã có thư hôm nay" in spoken(capsys)[0]
        assert main([*today, "db", "restore", str(tmp_path / "sáng.db")]) == 0
        assert alerts("run", "--any-day") == 0
        assert post.recipients.count(YTE) == 3


def test_nothing_to_say_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = ["--db", str(tmp_path / "mới.db"), "--today", "23/11/2026", "alerts"]
    assert main([*new, "log"]) == 0
    assert main([*new, "preview"]) == 0
    assert main([*new, "run"]) == 0
    assert main([*new, "enable"]) == 0
    assert main([*new, "run"]) == 0
    out, _ = spoken(capsys)
    assert "Chưa có thư nào." in out
    assert out.count("Hôm nay không có gì để nhắc.") == 2
    assert out.rstrip().endswith("Không có thư nào phải gửi.")
