"""Old Word files (.doc, and .rtf under that name) → blocks, by way of LibreOffice.

In: the bytes of a .doc. Out: the blocks of the same document as .docx: "Kế hoạch.doc" of 2009 reads like a file of
today. LibreOffice runs headless with a profile of its own for each file, without macros and without links to other
places, and is ended when it takes too long.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.blocks import docx
from extractor.errors import TooLargeError, UnreadableError, UnsupportedError

if TYPE_CHECKING:
    from extractor.blocks.assembly import Content
    from extractor.blocks.source import Limits

_NAMES = ("soffice", "libreoffice")
_WINDOWS = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.exe"),
)
_INSTALL = (
    "hãy cài LibreOffice (Debian, Ubuntu: apt install libreoffice-writer; Windows: tải ở libreoffice.org), "
    "hoặc mở tệp bằng Word rồi lưu thành .docx"
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read(data: bytes, limits: Limits) -> Content:
    """Reads an old Word file.

    Raises:
        UnsupportedError: LibreOffice is not installed.
        TooLargeError: it took longer than `limits.convert_seconds`, or the document is over another limit.
        UnreadableError: LibreOffice cannot open it.
    """
    program = find_program()
    if program is None:
        raise UnsupportedError("chưa có LibreOffice để đọc tệp Word kiểu cũ (.doc)", _INSTALL)
    return docx.read(convert(data, program, limits.convert_seconds), limits)


def find_program() -> Path | None:
    """LibreOffice's program; None if it is not installed."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is not None:
        return Path(found)
    return next((path for path in _WINDOWS if path.exists()), None)


def convert(data: bytes, program: Path, seconds: float) -> bytes:
    """The bytes of a .doc as .docx.

    Args:
        data: the .doc.
        program: LibreOffice's program.
        seconds: after this time it is ended.
    """
    with tempfile.TemporaryDirectory(prefix="nhacviec-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        profile, source, target = home / "profile", home / "a.doc", home / "a.docx"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source.write_bytes(data)
        command = [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(home),
            str(source),
        ]
        _run(command, seconds)
        if not target.exists():
            raise UnreadableError("LibreOffice không mở được tệp Word này", "hãy mở bằng Word rồi lưu thành .docx")
        return target.read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Runs a command to its end, or ends it and all that it started."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a group of its own; Windows takes no notice
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise TooLargeError(
            f"LibreOffice chạy quá {seconds:.0f} giây với tệp này", "hãy mở bằng Word rồi lưu thành .docx"
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and its children, if they still run."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
