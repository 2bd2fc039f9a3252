"""Selections as files: opened again by the programs that offices use, with real dates and harmless cells."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest
from dateutil.rrule import rrulestr
from drafting import NOW, TODAY, draft, every, extraction, on

from extractor.model import Deadline
from tracker.intake import Terms, take_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

EVIL = '=HYPERLINK("http://x.example") Thẩm định'


@pytest.fixture(autouse=True)
def _office(book: Engine, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_OFFICE_UNIT", "Văn phòng UBND tỉnh Đồng Nai")
    monkeypatch.setenv("NHACVIEC_OFFICE_PROVINCE", "Đồng Nai")
    plan = extraction(
        draft("Rà soát danh mục", on("2026-11-30", time="14:00"), product="Quyết định"),  # 1
        draft("Báo cáo tiến độ", every("FREQ=MONTHLY;BYMONTHDAY=31", "cuối tháng")),  # 2
        draft(EVIL, on("2026-10-15"), lead=("Sở Tài chính",), support=("-Sở Nội vụ",)),  # 3
        draft("Báo cáo hai tuần", every("FREQ=WEEKLY;INTERVAL=2")),  # 4
        draft("Duy trì\x07 trang tin", Deadline("thường xuyên", "ongoing")),  # 5
        draft("Tập huấn", on("2026-12-24"), status="done"),  # 6
    )
    take_in(book, plan, Terms(TODAY, NOW, 0.8, received=dt.date(2026, 9, 10), so_den="145"))
    run("review", "--accept-all")
    run("done", "2", "--occurrence", "30/9/2026", "--on", "30/9/2026")


def opened(file: Path, kind: str) -> Path:
    """The file as LibreOffice understands it, converted to *kind*."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    profile = (file.parent / "profile").as_uri()
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir"]
    target = file.parent / "opened"
    said = subprocess.run([*command, str(target), str(file)], capture_output=True, text=True, check=False, timeout=120)
    made = target / f"{file.stem}.{kind}"
    if not made.exists() and file.suffix in {".xlsx", ".csv"} and "could not be loaded" in said.stderr:
        pytest.skip("LibreOffice has no Calc here")
    assert made.exists(), said.stderr
    return made


def test_a_workbook_with_dates_filters_and_colours(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "quý 4.xlsx"
    assert run("export", file).out == f"Đã ghi {file}: 6 việc\n"
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Nhiệm vụ", "Báo cáo", "Sổ theo dõi"]
    tasks = book["Nhiệm vụ"]
    assert (tasks.freeze_panes, tasks.auto_filter.ref) == ("A3", "A2:O8")
    rows = {row[1].value: row for row in tasks.iter_rows(min_row=3)}
    assert rows[1][8].value == dt.datetime(2026, 11, 30)  # noqa: DTZ001 - Excel knows no zones
    assert rows[1][8].number_format == "dd/mm/yyyy"
    assert (rows[3][2].value, rows[3][2].data_type) == (EVIL, "s")
    assert (rows[3][9].value, rows[3][10].value) == (37, "chưa thực hiện, quá hạn 37 ngày")
    assert [rows[one][2].font.color.rgb[2:] for one in (1, 3, 6)] == ["000000", "C00000", "1F4E9E"]
    assert rows[5][2].value == "Duy trì trang tin"
    assert tasks.row_dimensions[3].height > 20  # its document's name needs two lines


def test_the_official_report_and_the_register(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "báo cáo.xlsx"
    run("export", file)
    book = openpyxl.load_workbook(file)
    report = [[cell.value for cell in row] for row in book["Báo cáo"].iter_rows(min_row=3)]
    assert report[0][:8] == ["TT", "Đơn vị", "Tổng số", "Chưa hoàn thành", None, "Đã hoàn thành", None, "Bị hủy"]
    assert report[-1][1:8] == ["Tổng cộng", 6, 2, 3, 1, 0, 0]
    assert {str(one) for one in book["Báo cáo"].merged_cells.ranges} >= {"D3:E3", "F3:G3", "A3:A4"}
    register = [[cell.value for cell in row] for row in book["Sổ theo dõi"].iter_rows(min_row=3)]
    assert register[0][:2] == [145, dt.datetime(2026, 9, 10)]  # noqa: DTZ001
    assert register[0][2] == "Kế hoạch số 215/KH-UBND ngày 05/09/2026 của Ủy ban nhân dân tỉnh Đồng Nai"
    with zipfile.ZipFile(opened(file, "ods")) as shown:
        content = shown.read("content.xml").decode("utf-8")
    assert "Tổng cộng" in content
    assert 'office:date-value="2026-09-10"' in content


def test_csv_for_excel_and_json(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "việc.csv"
    run("export", file, "--sort", "id")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[3][2] == f"'{EVIL}"
    assert rows[3][5] == "'-Sở Nội vụ"
    assert rows[1][8] == "30/11/2026"
    assert opened(file, "pdf").stat().st_size > 1000
    run("export", tmp_path / "việc.json", "--sort", "id")
    told = json.loads((tmp_path / "việc.json").read_text(encoding="utf-8"))
    assert told == run("tasks", "--json", "--sort", "id").json


def events(file: Path) -> dict[str, dict[str, str]]:
    raw = file.read_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert b"\n" not in raw.replace(b"\r\n", b"")
    text = raw.decode("utf-8").replace("\r\n ", "")
    found = {}
    for event in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.S):
        outer = re.sub(r"BEGIN:VALARM.*?END:VALARM\r\n", "", event, flags=re.S)
        fields = dict(line.split(":", 1) for line in outer.strip().split("\r\n"))
        fields["ALARMS"] = " ".join(re.findall(r"TRIGGER:(\S+)", event))
        found[fields["UID"]] = fields
    return found


def test_a_calendar_of_what_waits(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "lịch.ics"
    run("export", file)
    found = events(file)
    assert set(found) == {f"task-{one}-215-kh-ubnd@nhacviec" for one in (1, 2, 3, 4)}
    first = found["task-1-215-kh-ubnd@nhacviec"]
    assert (first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("20261130", "20261201")
    assert first["SUMMARY"] == "Hạn: 14:00 Rà soát danh mục"
    assert first["ALARMS"] == "-P6DT16H -P2DT16H -P0DT16H"
    before = file.read_bytes()
    run("export", file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("task_id", "days"),
    [(2, ["2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31"]), (4, ["2026-09-11", "2026-09-25", "2026-10-09"])],
)
def test_rules_of_the_calendar_are_the_days_of_the_book(
    run: Callable[..., Any], tmp_path: Path, task_id: int, days: list[str]
) -> None:
    run("export", tmp_path / "lịch.ics")
    event = events(tmp_path / "lịch.ics")[f"task-{task_id}-215-kh-ubnd@nhacviec"]
    start = dt.datetime.strptime(event["DTSTART;VALUE=DATE"], "%Y%m%d")  # noqa: DTZ007 - all-day
    rule = rrulestr(event["RRULE"], dtstart=start)
    assert [f"{day:%Y-%m-%d}" for day, _ in zip(rule, days, strict=False)] == days
    assert event.get("EXDATE;VALUE=DATE") == ("20260930" if task_id == 2 else None)


def words(file: Path) -> str:
    paper = docx.Document(str(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_the_report_in_word(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "báo cáo.docx"
    run("export", file)
    found = words(file)
    for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "VĂN PHÒNG UBND TỈNH ĐỒNG NAI", "Đồng Nai, ngày 21 tháng 11 năm 2026",
        "Tổng số nhiệm vụ được giao là 6; đã hoàn thành 1, đạt 16,7%", "Tổng cộng", "37 ngày",
    ):  # fmt: skip
        assert text in found
    assert opened(file, "pdf").stat().st_size > 5000


def test_a_letter_to_each_late_unit(run: Callable[..., Any], tmp_path: Path) -> None:
    found = run("export", tmp_path / "đôn đốc.docx", "--letters")
    assert found.code == 0
    names = sorted(one.name for one in tmp_path.glob("đôn đốc*.docx"))
    assert names == ["đôn đốc - Sở Nội vụ.docx", "đôn đốc - Sở Tài chính.docx"]
    letter = words(tmp_path / "đôn đốc - Sở Tài chính.docx")
    for text in (
        "V/v đôn đốc thực hiện nhiệm vụ quá hạn", "Kính gửi: Sở Tài chính.", "còn 01 nhiệm vụ quá hạn", "15/10/2026",
        "Nơi nhận:",
    ):  # fmt: skip
        assert text in letter
    assert "Báo cáo tiến độ" not in letter
    assert run("export", tmp_path / "một.docx", "--letters", "--unit", "noi vu").code == 0  # it supports Sở Tài chính
    assert [one.name for one in tmp_path.glob("một*")] == ["một - Sở Nội vụ.docx"]
    assert opened(tmp_path / "đôn đốc - Sở Tài chính.docx", "pdf").exists()


def test_a_letter_from_the_offices_own_template(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = docx.Document()
    own.add_paragraph("{{ co_quan }} nhắc {{ don_vi }} về {{ so_viec }} việc <gấp> & trễ")
    own.add_paragraph("{% for viec in viec_qua_han %}{{ viec.noi_dung }} ({{ viec.qua_han }}){% endfor %}")
    own.save(str(tmp_path / "mẫu.docx"))
    monkeypatch.setenv("NHACVIEC_OFFICE_LETTER", str(tmp_path / "mẫu.docx"))
    assert run("export", tmp_path / "thư.docx", "--letters", "--unit", "tai chinh").code == 0
    letter = words(tmp_path / "thư - Sở Tài chính.docx")
    assert "nhắc Sở Tài chính về 01 việc <gấp> & trễ" in letter
    assert "(37 ngày)" in letter
    own.add_paragraph("{{ khong_co }}")
    own.save(str(tmp_path / "mẫu.docx"))
    for trouble in ("không dùng được ('khong_co' is undefined)", "không có tệp mẫu công văn"):
        found = run("export", tmp_path / "khác.docx", "--letters")
        assert found.code == 3
        assert trouble in found.err
        (tmp_path / "mẫu.docx").unlink(missing_ok=True)
    assert not list(tmp_path.glob("khác*"))


@pytest.mark.parametrize(
    ("name", "options", "code", "said"),
    [
        ("việc.pdf", [], 2, "không xuất được loại tệp “.pdf”"),
        ("việc", [], 2, "không xuất được loại tệp"),
        ("không có/việc.csv", [], 1, "không ghi được"),
        ("việc.csv", ["--letters"], 2, "chỉ xuất được ra .docx"),
        ("việc.docx", ["--letters", "--unit", "y tế"], 1, "không có đơn vị nào có việc quá hạn"),
    ],
)
def test_files_that_cannot_be(
    run: Callable[..., Any], tmp_path: Path, name: str, options: list[str], code: int, said: str
) -> None:
    found = run("export", tmp_path / name, *options)
    assert (found.code, found.out) == (code, "")
    assert said in found.err
    assert list(tmp_path.glob("việc*")) == []


def test_filters_and_an_empty_selection(run: Callable[..., Any], tmp_path: Path) -> None:
    assert "1 việc" in run("export", tmp_path / "a.json", "--unit", "tài chính", "--overdue").out
    for suffix in ("xlsx", "csv", "ics", "docx", "json"):
        assert run("export", tmp_path / f"b.{suffix}", "--unit", "y tế").code == 0
    assert run("export", tmp_path / "a.json", "--json").json == {"files": [str(tmp_path / "a.json")], "tasks": 6}


def test_files_are_written_in_portions(run: Callable[..., Any], book: Engine, tmp_path: Path) -> None:
    """More tasks than are loaded at a time: none is missing, none comes twice."""
    many = extraction(*(draft(f"Việc {at}", on("2026-12-01")) for at in range(620)), number="8/KH-UBND")
    take_in(book, many, Terms(TODAY, NOW, 0.8))
    listed = run("tasks", "--json").json
    for name in ("a.json", "a.csv", "a.ics", "a.xlsx"):
        assert run("export", tmp_path / name).code == 0
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == listed
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [int(line["ID"]) for line in csv.DictReader(file)] == [row["id"] for row in listed]
    assert (tmp_path / "a.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 624
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)["Sổ theo dõi"]
    assert sum(1 for _ in sheet.iter_rows(min_row=3)) == 626
