"""The README says what the program does: its commands are run, its scores are those recorded.

`NHACVIEC_REGENERATE=1 python -m pytest tests/test_readme.py` writes the outputs and scores into the README again.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from bodies import body, row

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
REGENERATE = os.environ.get("NHACVIEC_REGENERATE") == "1"
CONSOLE = re.compile(r"(?<=<!-- console -->\n```console\n).*?(?=```\n)", re.DOTALL)
MAIL = re.compile(r"(?<=<!-- mail -->\n```console\n).*?(?=```\n)", re.DOTALL)
SCORES = re.compile(r"(?<=<!-- scores -->\n).*?(?=\n`nhacviec-bench)", re.DOTALL)
FIGURES = ("task", "lead", "support", "deadline", "target", "target_by", "header", "clean")


def rewrite(pattern: re.Pattern[str], text: str) -> None:
    README.write_text(pattern.sub(lambda _: text, README.read_text(encoding="utf-8")), encoding="utf-8")


def found(pattern: re.Pattern[str]) -> str:
    match = pattern.search(README.read_text(encoding="utf-8"))
    assert match is not None
    return match.group()


def transcript(commands: list[str], folder: Path) -> str:
    """The commands and what they print, run one after another on one database."""
    environment = os.environ | {
        "NHACVIEC_DB": f"sqlite:///{folder / 'demo.db'}",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
    }
    lines: list[str] = []
    for command in commands:
        arguments = [sys.executable, "-m", "tracker.cli", "--today", "2026-11-21", *shlex.split(command)[1:]]
        done = subprocess.run(
            arguments, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=True
        )
        lines += [f"$ {command}", *(line.rstrip() for line in done.stdout.splitlines()), ""]
    return "\n".join(lines[:-1]) + "\n"


def test_console_block_is_true(tmp_path: Path) -> None:
    block = found(CONSOLE)
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    assert len(commands) == 4
    shutil.copy(ROOT / "corpus" / "documents" / "hue-kh-nhiem-vu-ton-dong.pdf", tmp_path)
    printed = transcript(commands, tmp_path)
    if REGENERATE:
        rewrite(CONSOLE, printed)
    assert found(CONSOLE) == printed


def test_the_mail_is_true(tmp_path: Path) -> None:
    commands = [line[2:] for line in found(MAIL).splitlines() if line.startswith("$ ")]
    assert len(commands) == 3
    shutil.copy(ROOT / "corpus" / "documents" / "hue-kh-nhiem-vu-ton-dong.pdf", tmp_path)
    transcript(["nhacviec ingest hue-kh-nhiem-vu-ton-dong.pdf"], tmp_path)
    printed = transcript(commands, tmp_path)
    if REGENERATE:
        rewrite(MAIL, printed)
    assert found(MAIL) == printed


def test_scores_are_those_recorded() -> None:
    recorded = json.loads((ROOT / "corpus" / "baseline.json").read_text(encoding="utf-8"))
    rows = ["| documents | " + " | ".join(FIGURES) + " |", "| --- |" + " --- |" * len(FIGURES)]
    for name, label in (
        ("shared", "26 real documents (`../shared/gold/dev`)"),
        ("tuning", "invented documents, seen while building (`corpus/gold`)"),
        ("reserved", "invented documents, set apart (`corpus/gold`)"),
    ):
        figures = recorded[name]
        rows.append(f"| {label} | " + " | ".join(f"{figures[figure]:.3f}" for figure in FIGURES) + " |")
    table = "\n".join(rows) + "\n"
    if REGENERATE:
        rewrite(SCORES, table)
    assert found(SCORES) == table


def test_regeneration_is_off() -> None:
    """A run that wrote its own truth fails here at last, so that it never passes for a check."""
    assert not REGENERATE, "regenerated: look at the difference, then run the tests without NHACVIEC_REGENERATE"


def test_example_in_the_readme_is_drawn() -> None:
    (task,) = body(
        "2. Giao Chi cục Thủy lợi chủ trì, phối hợp với UBND các xã, phường kiểm tra 100% hồ chứa, báo cáo kết quả "
        "trước ngày 30/11/2026.",
        letter=True,
    ).tasks
    assert row(task)[1:] == (["Chi cục Thủy lợi"], ["UBND các xã, phường"], date(2026, 11, 30))
