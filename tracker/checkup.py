"""What is installed, what is missing and how to get it, and whether settings and database are sound.

In: the settings and the database's URL. Out: findings in the order in which a person would put them right.

Example: Finding(ok=False, optional=True, text="tesseract: chưa có (đọc bản quét). Debian: sudo apt install …").
"""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.blocks import office, scan
from tracker import database
from tracker.errors import DatabaseError
from tracker.places import network_drive

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.settings import Settings

_PACKAGES = ("spacy", "underthesea", "python-docx", "pdfplumber", "pypdfium2", "sqlmodel", "alembic", "typer")


class Program(NamedTuple):
    """A program outside Python: where readers find it, what it is for, and how Debian and Windows get it."""

    find: Callable[[], object]
    purpose: str
    debian: str
    windows: str


_PROGRAMS = (
    Program(
        office.find_program,
        "LibreOffice, để đọc tệp .doc đời cũ",
        "sudo apt install libreoffice-writer",
        "winget install TheDocumentFoundation.LibreOffice",
    ),
    Program(
        scan.find_program,
        "Tesseract với tiếng Việt, để đọc bản quét",
        "sudo apt install tesseract-ocr tesseract-ocr-vie",
        "winget install UB-Mannheim.TesseractOCR (chọn thêm tiếng Việt)",
    ),
)


class Finding(NamedTuple):
    """One thing looked at; what is `optional` may be missing."""

    ok: bool
    optional: bool
    text: str


class Report(NamedTuple):
    """All findings; `broken` if something that is needed is not in order."""

    findings: tuple[Finding, ...]
    broken: bool


def examine(settings: Settings, url: str) -> Report:
    """Looks at versions, settings, database and programs; changes nothing but may create a new database."""
    findings = [
        Finding(
            True,
            False,
            f"nhacviec {_version('nhacviec') or 'chưa cài như một gói'}, Python {platform.python_version()}",
        ),
        *(_package(name) for name in _PACKAGES),
        Finding(True, False, f"Cài đặt: {settings.file or 'mặc định, không có tệp nhacviec.toml'}"),
        _database(url),
        _mail(settings),
        *(_program(program) for program in _PROGRAMS),
    ]
    return Report(tuple(findings), any(not finding.ok and not finding.optional for finding in findings))


def to_json(report: Report) -> dict[str, Any]:
    """The report as JSON."""
    return {"broken": report.broken, "findings": [finding._asdict() for finding in report.findings]}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _package(name: str) -> Finding:
    found = _version(name)
    return Finding(
        found is not None, False, f"{name} {found}" if found else f"{name}: chưa có. Cài: pip install {name}"
    )


def _database(url: str) -> Finding:
    shown = database.shown(url)
    try:
        engine = database.connect(url)
        stands = database.revision(engine)
        if stands is None:
            database.upgrade(engine)
        broken = database.check(engine)
        engine.dispose()
    except DatabaseError as error:
        return Finding(False, False, f"Cơ sở dữ liệu {shown}: {error}")
    if broken:
        return Finding(False, False, f"Cơ sở dữ liệu {shown}: hỏng {len(broken)} chỗ, xem: nhacviec db check")
    file = engine.url.database
    is_file = engine.url.get_backend_name() == "sqlite" and file and file != ":memory:"
    drive = network_drive(Path(str(file))) if is_file else None
    if drive is not None:
        return Finding(
            False, True, f"Cơ sở dữ liệu {shown} nằm trên ổ mạng ({drive}): dễ hỏng khi nhiều máy cùng ghi; "
            "chuyển tệp về ổ đĩa của máy, hoặc dùng PostgreSQL",
        )  # fmt: skip
    later = f" (lệnh sau sẽ sao lưu rồi nâng lên {database.HEAD})" if stands not in {None, database.HEAD} else ""
    version = f"phiên bản {stands or database.HEAD}{later}"
    return Finding(True, False, f"Cơ sở dữ liệu {shown}, {version}, không thấy chỗ hỏng")


def _mail(settings: Settings) -> Finding:
    if settings.smtp.host is None:
        return Finding(
            False, True, "Máy chủ thư: chưa đặt (NHACVIEC_SMTP_HOST hoặc mục [smtp] host), chưa gửi được thư nhắc"
        )
    return Finding(True, True, f"Máy chủ thư: {settings.smtp.host}:{settings.smtp.port}, {settings.smtp.tls}")


def _program(program: Program) -> Finding:
    place = program.find()
    if place:
        return Finding(True, True, f"{program.purpose}: {place}")
    way = program.windows if sys.platform == "win32" else program.debian
    return Finding(False, True, f"{program.purpose}: chưa có. Cài: {way}")
