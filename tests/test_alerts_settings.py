"""Settings of the alerts: rhythm, ladder, quiet days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.errors import SettingsError
from tracker.settings import Alerts
from tracker.settings_file import load

if TYPE_CHECKING:
    from pathlib import Path

ALL = """
[smtp]
per_minute = 30
[alerts]
chief = ["chutich@lamdong.example.vn"]
late_every = 3
max_per_week = 2
quiet_days = false
head_after = 4
chief_after = 0
escalate_every = 10
weekly = "fri"
attach = ["xlsx", "ics", "xlsx"]
"""


def test_everything_can_be_set(tmp_path: Path) -> None:
    file = tmp_path / "nhacviec.toml"
    file.write_text(ALL, encoding="utf-8")
    found = load(file, {})
    assert found.alerts == Alerts(
        chief=("chutich@lamdong.example.vn",), late_every=3, max_per_week=2, quiet_days=False, head_after=4,
        chief_after=0, escalate_every=10, weekly="fri", attach=("xlsx", "ics"),
    )  # fmt: skip
    assert found.smtp.per_minute == 30


@pytest.mark.parametrize(
    ("variable", "value", "name", "expected"),
    [
        ("NHACVIEC_CHIEF_EMAIL", "a@b.vn, c@d.vn", "chief", ("a@b.vn", "c@d.vn")),
        ("NHACVIEC_ALERTS_QUIET_DAYS", "0", "quiet_days", False),
        ("NHACVIEC_ALERTS_QUIET_DAYS", "có", "quiet_days", True),
        ("NHACVIEC_ALERTS_LATE_EVERY", "5", "late_every", 5),
        ("NHACVIEC_ALERTS_ATTACH", "ics", "attach", ("ics",)),
    ],
)
def test_variables_stand_over_the_file(tmp_path: Path, variable: str, value: str, name: str, expected: object) -> None:
    file = tmp_path / "nhacviec.toml"
    file.write_text(ALL, encoding="utf-8")
    assert getattr(load(file, {variable: value}).alerts, name) == expected


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("late_every = 0", "từ 1 đến 60"),
        ("max_per_week = 8", "từ 1 đến 7"),
        ("quiet_days = 'thỉnh thoảng'", "true hoặc false"),
        ("weekly = 'thứ hai'", "mon"),
        ("attach = ['pdf']", "ics"),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path: Path, entry: str, said: str) -> None:
    file = tmp_path / "nhacviec.toml"
    file.write_text(f"[alerts]\n{entry}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        load(file, {})
