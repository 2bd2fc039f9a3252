"""Settings are read: `nhacviec.toml`, the NHACVIEC_* variables over it, and what the command line says over both.

In: the path of a file (or None for the one in the user's configuration folder) and the environment. Out: one frozen
`Settings`. Whatever cannot be read or makes no sense is one Vietnamese line that names the file and the entry.

    [office]
    unit = "Sở Nội vụ"          # who we are
    role = "receiver"           # receiver: others give us tasks; issuer: we give them
    [smtp]
    host = "mail.example.vn"
    password_file = "mật-khẩu.txt"

Passwords are never taken from the settings file or the command line: only from NHACVIEC_SMTP_PASSWORD, or from a file
that `password_file` or NHACVIEC_SMTP_PASSWORD_FILE names.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tracker.errors import SettingsError
from tracker.settings import PORTS, TIMEOUT, WEEKDAYS, Alerts, Office, Reading, Settings, Smtp, default_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.settings import Tls


def load(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """Reads the settings.

    Args:
        file: named by `--config`; None stands for NHACVIEC_CONFIG, else the file in the user's configuration folder,
            which need not exist.
        environment: the process's environment.

    Raises:
        SettingsError: the file is missing, no TOML, or an entry is unknown or makes no sense.
    """
    named = file or (Path(environment["NHACVIEC_CONFIG"]) if environment.get("NHACVIEC_CONFIG") else None)
    found = named or default_file()
    if named is None and not _is_there(found):
        return _built({}, environment, None)
    return _built(_parsed(found), environment, found)


def _is_there(file: Path) -> bool:
    """Whether there is such a file that we may know of: another user's folder may be closed to us."""
    try:
        return file.is_file()
    except PermissionError:
        return False


def _parsed(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(
            f"{file}: không đọc được tệp cài đặt ({error.strerror})", "kiểm tra đường dẫn và quyền đọc"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: tệp cài đặt không phải UTF-8", "lưu lại tệp với mã UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file}: sai cú pháp TOML ({error})", "sửa dòng đó; chuỗi phải nằm trong dấu nháy"
        ) from error


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("phải là một chuỗi không rỗng")
    return value.strip()


def _fraction(value: object) -> float:
    number = float(cast(Any, value))
    if not 0 <= number <= 1:
        raise ValueError("phải là một số từ 0 đến 1")
    return number


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, str)) or not low <= int(value) <= high:
            raise ValueError(f"phải là một số nguyên từ {low} đến {high}")
        return int(value)

    return read


def _seconds(value: object) -> float:
    number = float(cast(Any, value))
    if not 0 < number <= 3600:
        raise ValueError("phải là một số giây từ trên 0 đến 3600")
    return number


def _choice(*known: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in known:
            raise ValueError(f"phải là một trong: {', '.join(known)}")
        return str(value)

    return read


def _flag(value: object) -> bool:
    """true in the file; "1", "true", "có" in a variable."""
    if isinstance(value, bool):
        return value
    known = {"1": True, "true": True, "có": True, "0": False, "false": False, "không": False}
    if not isinstance(value, str) or value.strip().lower() not in known:
        raise ValueError("phải là true hoặc false")
    return known[value.strip().lower()]


def _zone(value: object) -> str:
    from zoneinfo import ZoneInfo

    try:
        return str(ZoneInfo(_text(value)))
    except (KeyError, OSError, ValueError):
        raise ValueError("không có múi giờ này; ví dụ đúng: Asia/Ho_Chi_Minh") from None


def _several(value: object) -> tuple[str, ...]:
    """["a@x.vn", "b@x.vn"] in the file, "a@x.vn, b@x.vn" in a variable."""
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list):
        raise ValueError("phải là một danh sách chuỗi")
    return tuple(_text(item) for item in items)


def _choices(*known: str) -> Callable[[object], tuple[str, ...]]:
    one = _choice(*known)
    return lambda value: tuple(dict.fromkeys(one(item) for item in _several(value)))


def _days(value: object) -> tuple[int, ...]:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list):
        raise ValueError("phải là một danh sách số ngày, ví dụ [7, 3, 1]")
    return tuple(sorted({_whole(0, 366)(item) for item in items}, reverse=True))


# Entry in the file → how it is read. The variable over it is NHACVIEC_ and both names; those of the contract that
# are named otherwise stand in _VARIABLES.
_ENTRIES: dict[tuple[str, str], Callable[[object], Any]] = {
    ("", "database"): _text,
    ("", "user"): _text,
    ("office", "unit"): _text,
    ("office", "province"): _text,
    ("office", "role"): _choice("receiver", "issuer"),
    ("office", "timezone"): _zone,
    ("office", "letter"): _text,
    ("intake", "accept_at"): _fraction,
    ("intake", "originals"): _text,
    ("schedule", "soon_days"): _whole(0, 366),
    ("schedule", "before"): _choice("named_day", "day_before"),
    ("schedule", "max_extensions"): _whole(0, 100),
    ("schedule", "days_off"): _text,
    ("reading", "seconds"): _seconds,
    ("reading", "memory"): _whole(0, 1_000_000),
    ("reading", "file_size"): _whole(1, 2_000),
    ("reading", "unpacked_size"): _whole(1, 20_000),
    ("reading", "pages"): _whole(1, 100_000),
    ("reading", "cells"): _whole(1, 10_000_000),
    ("reading", "members"): _whole(1, 100_000),
    ("reading", "depth"): _whole(1, 20),
    ("reading", "ratio"): _whole(1, 100_000),
    ("reading", "convert_seconds"): _seconds,
    ("reading", "ocr_pages"): _whole(0, 100_000),
    ("reading", "ocr_seconds"): _seconds,
    ("reading", "ocr_dpi"): _whole(100, 600),
    ("reading", "number_confidence"): _fraction,
    ("reading", "jobs"): _whole(0, 512),
    ("smtp", "host"): _text,
    ("smtp", "port"): _whole(1, 65535),
    ("smtp", "user"): _text,
    ("smtp", "password_file"): _text,
    ("smtp", "tls"): _choice("none", "starttls", "ssl"),
    ("smtp", "from"): _text,
    ("smtp", "timeout"): _seconds,
    ("smtp", "per_minute"): _whole(0, 100_000),
    ("alerts", "clerk"): _several,
    ("alerts", "chief"): _several,
    ("alerts", "days_before"): _days,
    ("alerts", "late_every"): _whole(1, 60),
    ("alerts", "max_per_week"): _whole(1, 7),
    ("alerts", "quiet_days"): _flag,
    ("alerts", "head_after"): _whole(0, 3660),
    ("alerts", "chief_after"): _whole(0, 3660),
    ("alerts", "escalate_every"): _whole(1, 366),
    ("alerts", "weekly"): _choice(*WEEKDAYS, "none"),
    ("alerts", "attach"): _choices("ics", "xlsx"),
}
_VARIABLES = {
    ("", "database"): "NHACVIEC_DB",
    ("alerts", "clerk"): "NHACVIEC_CLERK_EMAIL",
    ("alerts", "chief"): "NHACVIEC_CHIEF_EMAIL",
}


def _built(raw: dict[str, Any], environment: Mapping[str, str], file: Path | None) -> Settings:
    values = _from_file(raw, file)
    for entry, read in _ENTRIES.items():
        variable = _VARIABLES.get(entry, "_".join(part.upper() for part in ("nhacviec", *entry) if part))
        if environment.get(variable):
            values[entry] = _checked(read, environment[variable], f"biến {variable}")
    tls: Tls = values.get(("smtp", "tls"), "starttls")
    smtp = Smtp(
        host=values.get(("smtp", "host")),
        port=values.get(("smtp", "port"), PORTS[tls]),
        user=values.get(("smtp", "user")),
        password=_password(values.get(("smtp", "password_file")), environment, file),
        tls=tls,
        sender=values.get(("smtp", "from")),
        timeout=values.get(("smtp", "timeout"), TIMEOUT),
        per_minute=values.get(("smtp", "per_minute"), 0),
    )
    return Settings(
        database=values.get(("", "database")),
        office=Office(**_section(values, "office")),
        smtp=smtp,
        alerts=Alerts(**_section(values, "alerts")),
        reading=Reading(**_section(values, "reading")),
        user=values.get(("", "user")),
        file=file,
        **_section(values, "intake"),
        **_section(values, "schedule"),
    )


def _section(values: dict[tuple[str, str], Any], name: str) -> dict[str, Any]:
    return {key: value for (section, key), value in values.items() if section == name}


def _from_file(raw: dict[str, Any], file: Path | None) -> dict[tuple[str, str], Any]:
    values: dict[tuple[str, str], Any] = {}
    for name, content in raw.items():
        entries = (
            {(name, key): value for key, value in content.items()}
            if isinstance(content, dict)
            else {("", name): content}
        )
        for entry, value in entries.items():
            shown = f"{file}: mục “{_shown(entry)}”"
            if entry == ("smtp", "password"):
                raise SettingsError(
                    f"{shown}: mật khẩu không để trong tệp cài đặt",
                    "đặt biến NHACVIEC_SMTP_PASSWORD hoặc dùng password_file",
                )
            if entry not in _ENTRIES:
                raise SettingsError(f"{shown} không có trong các mục cài đặt", _suggestion(entry))
            values[entry] = _checked(_ENTRIES[entry], value, shown)
    return values


def _shown(entry: tuple[str, str]) -> str:
    return f"[{entry[0]}] {entry[1]}" if entry[0] else entry[1]


def _suggestion(entry: tuple[str, str]) -> str:
    import difflib

    known = [_shown(known) for known in _ENTRIES]
    near = difflib.get_close_matches(_shown(entry), known, n=1)
    return f"có phải là “{near[0]}”?" if near else f"các mục dùng được: {', '.join(known)}"


def _checked(read: Callable[[object], Any], value: object, shown: str) -> Any:  # noqa: ANN401
    try:
        return read(value)
    except (ValueError, TypeError) as error:
        reason = str(error) if str(error).startswith(("phải", "không")) else "phải là một số"
        raise SettingsError(f"{shown}: “{value}” không dùng được", reason) from error


def _password(named: str | None, environment: Mapping[str, str], file: Path | None) -> str | None:
    """The password itself from the environment, else the first line of the file that is named (beside the settings)."""
    if environment.get("NHACVIEC_SMTP_PASSWORD"):
        return environment["NHACVIEC_SMTP_PASSWORD"]
    if named is None:
        return None
    place = Path(named).expanduser()
    if file is not None and not place.is_absolute():
        place = file.parent / place
    try:
        return place.read_text(encoding="utf-8-sig").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{place}: không đọc được tệp mật khẩu", "kiểm tra đường dẫn và quyền đọc") from error
