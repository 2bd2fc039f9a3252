"""Days off and worked Saturdays that a year's announcement adds to the calendar.

In: the settings' `[schedule] days_off`, a text file with a day and a word on each line. Out: each day → True where
offices are closed; `extractor.periods` counts working days with it over what the package `holidays` knows.

    # Thông báo hoán đổi ngày làm việc năm 2026
    31/08/2026 nghỉ
    22/08/2026 làm
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.text import fold
from tracker.errors import SettingsError, WrongUsageError
from tracker.period_words import parse_day

if TYPE_CHECKING:
    from datetime import date

    from tracker.settings import Settings

_WORDS = {"nghi": True, "off": True, "lam": False, "lam bu": False, "lam viec": False, "work": False}


def read(settings: Settings) -> dict[date, bool]:
    """The days of the file that the settings name (beside them, if its path is relative); {} where they name none.

    Raises:
        SettingsError: the file cannot be read, or a line is no day and word.
    """
    if settings.days_off is None:
        return {}
    place = Path(settings.days_off).expanduser()
    if settings.file is not None and not place.is_absolute():
        place = settings.file.parent / place
    try:
        lines = place.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: không đọc được tệp ngày nghỉ", "kiểm tra đường dẫn, lưu với mã UTF-8") from error
    found: dict[date, bool] = {}
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].replace(",", " ").replace(";", " ").split()
        if words:
            day, off = _line(words, f"{place}, dòng {number}")
            found[day] = off
    return found


def _line(words: list[str], where: str) -> tuple[date, bool]:
    try:
        return parse_day(words[0]), _WORDS[fold(" ".join(words[1:]))]
    except (WrongUsageError, KeyError):
        raise SettingsError(f"{where}: “{' '.join(words)}” không hiểu được", "viết như: 31/08/2026 nghỉ") from None
