"""Settings from a file and the environment, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.errors import SettingsError
from tracker.settings import Settings
from tracker.settings_file import load

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str) -> Path:
    file = folder / "cài đặt.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_all_is_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert load(None, {}) == Settings()
    assert load(None, {}).office.timezone == "Asia/Ho_Chi_Minh"


def test_a_file_is_read_and_variables_stand_over_it(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        database = "sqlite:///việc.db"
        [office]
        unit = "Sở Nội vụ"
        role = "issuer"
        [intake]
        accept_at = 0.9
        [schedule]
        soon_days = 5
        [smtp]
        host = "thư.example.vn"
        tls = "ssl"
        from = "Văn thư <vt@example.vn>"
        [alerts]
        clerk = ["lan@example.vn"]
        days_before = [1, 3]
        """,
    )
    found = load(file, {"NHACVIEC_SMTP_HOST": "127.0.0.1", "NHACVIEC_DB": "khác.db", "NHACVIEC_USER": "lan"})
    assert (found.database, found.user, found.file) == ("khác.db", "lan", file)
    assert (found.office.unit, found.office.role) == ("Sở Nội vụ", "issuer")
    assert (found.accept_at, found.soon_days) == (0.9, 5)
    assert (found.smtp.host, found.smtp.tls, found.smtp.port) == ("127.0.0.1", "ssl", 465)
    assert found.smtp.sender == "Văn thư <vt@example.vn>"
    assert (found.alerts.clerk, found.alerts.days_before) == (("lan@example.vn",), (3, 1))


def test_the_file_may_be_named_by_a_variable(tmp_path: Path) -> None:
    file = written(tmp_path, "user = 'lan'")
    assert load(None, {"NHACVIEC_CONFIG": str(file)}).user == "lan"


def test_passwords_come_from_the_environment_or_a_file_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "mật khẩu.txt").write_text("bí mật quá\n", encoding="utf-8")
    file = written(tmp_path, "[smtp]\npassword_file = 'mật khẩu.txt'")
    assert load(file, {}).smtp.password == "bí mật quá"
    assert load(file, {"NHACVIEC_SMTP_PASSWORD": "khác"}).smtp.password == "khác"
    assert "bí mật" not in repr(load(file, {}))


@pytest.mark.parametrize(
    ("text", "named", "advice"),
    [
        ("[smtp]\npassword = 'x'", "[smtp] password", "NHACVIEC_SMTP_PASSWORD"),
        ("[smtp]\nhots = 'x'", "[smtp] hots", "[smtp] host"),
        ("datbase = 'x'", "datbase", "database"),
        ("[smtp]\nport = 'abc'", "[smtp] port", "số"),
        ("[smtp]\nport = 70000", "[smtp] port", "65535"),
        ("[smtp]\ntls = 'tls'", "[smtp] tls", "starttls"),
        ("[intake]\naccept_at = 80", "[intake] accept_at", "từ 0 đến 1"),
        ("[intake]\naccept_at = 'cao'", "[intake] accept_at", "số"),
        ("[office]\ntimezone = 'Hà Nội'", "[office] timezone", "Asia/Ho_Chi_Minh"),
        ("[office]\nunit = 5", "[office] unit", "chuỗi"),
        ("[alerts]\nclerk = 5", "[alerts] clerk", "danh sách"),
        ("[smtp]\npassword_file = 'không-có.txt'", "không-có.txt", "quyền đọc"),
        ("[smtp", "TOML", "dòng"),
    ],
)
def test_what_is_wrong_is_named_with_the_way_out(tmp_path: Path, text: str, named: str, advice: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load(file, {})
    assert named in caught.value.what
    assert advice in caught.value.todo
    assert caught.value.exit_code == 3


def test_a_variable_that_makes_no_sense_is_named() -> None:
    with pytest.raises(SettingsError, match="NHACVIEC_SMTP_PORT"):
        load(None, {"NHACVIEC_SMTP_PORT": "mười"})


def test_a_named_file_must_exist_and_be_utf8(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="không đọc được"):
        load(tmp_path / "không-có.toml", {})
    file = tmp_path / "cũ.toml"
    file.write_bytes("user = 'Lân'".encode("utf-16"))
    with pytest.raises(SettingsError, match="UTF-8"):
        load(file, {})
