"""Files for the timers of the system: systemd, cron, Windows Task Scheduler.

In: the command to call, the hour, the office's zone. Out: file names and their texts. Each calls
`alerts run --at HH:MM` at that hour and every half hour for some time after it: the command itself knows what is left
to do, so that a missed call is made up for and a mail that a server put off goes out the same morning.

Example: `OnCalendar=*-*-* 07:30:00 Asia/Ho_Chi_Minh` with `Persistent=true`: a machine that was off at 07:30 calls when
it starts.
"""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

Kind = Literal["systemd", "cron", "windows"]
NAME = "nhacviec-alerts"
_HOURS_AFTER = 9
_DESCRIPTION = "Nhắc Việc: gửi thư nhắc việc trong ngày"


@dataclass(frozen=True, slots=True)
class Timer:
    """What a timer is to call, and when.

    Attributes:
        command: the program and its arguments, without the hour.
        at: the office's hour.
        zone: the office's time zone, an IANA name.
        since: the first day.
    """

    command: tuple[str, ...]
    at: time
    zone: str
    since: date

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command."""
        return (*self.command, "--at", f"{self.at:%H:%M}")


def files(kind: Kind, timer: Timer) -> dict[str, str]:
    """The files of one kind: name → text."""
    if kind == "systemd":
        return {f"{NAME}.service": _service(timer), f"{NAME}.timer": _systemd_timer(timer)}
    if kind == "cron":
        return {f"{NAME}.cron": _crontab(timer)}
    return {f"{NAME}.xml": _task(timer)}


def encoding(name: str) -> str:
    """How a file is to be stored: Windows' own tools write and expect UTF-16."""
    return "utf-16" if name.endswith(".xml") else "utf-8"


def how_to_install(kind: Kind) -> str:
    """What is to be done with the files, in one line."""
    return {
        "systemd": (
            f"Chép hai tệp vào ~/.config/systemd/user rồi: systemctl --user daemon-reload; "
            f"systemctl --user enable --now {NAME}.timer; loginctl enable-linger"
        ),
        "cron": f"Thêm vào bảng cron: (crontab -l; cat {NAME}.cron) | crontab -",
        "windows": f'Nạp vào Task Scheduler: schtasks /Create /TN "Nhắc Việc" /XML {NAME}.xml',
    }[kind]


def _service(timer: Timer) -> str:
    program, *arguments = timer.words
    command = " ".join((_program(program), *(_quoted(word.replace("$", "$$")) for word in arguments)))
    return f"""[Unit]
Description={_DESCRIPTION}

[Service]
Type=oneshot
Environment=PYTHONUTF8=1
ExecStart={command}
"""


def _program(path: str) -> str:
    """The program of ExecStart=, in whose name systemd wants no quotes and reads no "$"; `env` may have such names."""
    if any(sign in path for sign in "\"'\\"):
        return f"/usr/bin/env {_quoted(path.replace('$', '$$'))}"
    return _quoted(path)


def _quoted(word: str) -> str:
    """A word of ExecStart= (man systemd.service, COMMAND LINES)."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%")):
        word = word.replace(sign, written)
    return f'"{word}"'


def _systemd_timer(timer: Timer) -> str:
    first, last = timer.at.hour + 1, min(timer.at.hour + _HOURS_AFTER, 23)
    halves = ",".join(f"{minute:02}" for minute in _halves(timer.at))
    later = f"OnCalendar=*-*-* {first:02}..{last:02}:{halves}:00 {timer.zone}\n" if first <= last else ""
    return f"""[Unit]
Description={_DESCRIPTION}

[Timer]
OnCalendar=*-*-* {timer.at:%H:%M}:00 {timer.zone}
{later}Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target
"""


def _halves(at: time) -> Sequence[int]:
    return sorted({at.minute, (at.minute + 30) % 60})


def _crontab(timer: Timer) -> str:
    """Every half hour of the day: cron goes by the machine's zone and makes up for nothing."""
    command = shlex.join(timer.words).replace("%", r"\%")
    minutes = ",".join(str(minute) for minute in _halves(timer.at))
    return f"# {_DESCRIPTION}, từ {timer.at:%H:%M} giờ {timer.zone}\n{minutes} * * * * {command}\n"


def _task(timer: Timer) -> str:
    """Windows Task Scheduler 1.3; the offset makes the hour the office's in whatever zone the machine is set to."""
    begins = datetime.combine(timer.since, timer.at, ZoneInfo(timer.zone)).isoformat()
    program, *arguments = timer.words
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.3" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{escape(_DESCRIPTION)}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>{begins}</StartBoundary>
      <Repetition>
        <Interval>PT30M</Interval>
        <Duration>PT{_HOURS_AFTER}H</Duration>
      </Repetition>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT6H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
