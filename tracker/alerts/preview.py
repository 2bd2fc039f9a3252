"""Today's mails as files that can be opened and looked at before anything leaves.

In: composed mails and a folder. Out: for each an .eml, as it would be sent, and an .html, as it would be seen.

Example: unit 12 "Sở Y tế" → `so-y-te-12.eml`, `so-y-te-12.html`; the clerk's → `van-thu.eml`, `van-thu.html`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.text import fold
from tracker.alerts import record
from tracker.alerts.message import message, sender_of
from tracker.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.alerts.digest import Mail
    from tracker.settings import Settings

_KINDS = {"chief_weekly": "tuan"}
"""The chief may have two mails on a day."""
_NO_ADDRESS = "nhacviec@chua-dat.invalid"


def write_files(mails: Sequence[Mail], folder: Path, settings: Settings, now: datetime) -> list[Path]:
    """Writes the files, over those of an earlier preview; returns the .html ones.

    Raises:
        RefusedError: the folder cannot be written.
        SettingsError: an address in the settings is none; a missing sender is shown as such.
    """
    shown = settings.smtp if settings.smtp.sender else replace(settings.smtp, sender=_NO_ADDRESS)
    sender = sender_of(replace(settings, smtp=shown))
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for mail in mails:
            stem = "-".join(
                re.findall(r"[a-z0-9]+", f"{fold(mail.name)} {mail.unit_id or ''} {_KINDS.get(mail.kind, '')}")
            )
            row = record.row_of(mail, "preview", sender.domain, now)
            (folder / f"{stem}.eml").write_bytes(message(row, sender))
            (folder / f"{stem}.html").write_text(mail.html, encoding="utf-8", newline="\n")
            written.append(folder / f"{stem}.html")
    except OSError as error:
        raise RefusedError(f"{folder}: không ghi được ({error.strerror})", "chọn thư mục khác bằng --out") from error
    return written
