"""Taskwarrior with the tasks of one of our books, to ask it the same.

In: a folder for its files, and a book. Out: its files, and the command that lists what is due this month.

Example: 10,000 tasks of which 1,900 are open are 1,900 lines of pending.data and 8,100 of completed.data.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from tracker.database import open_database
from tracker.states import OPEN

if TYPE_CHECKING:
    from pathlib import Path

_TASKS = (
    "SELECT task.id, task.title, task.deadline_due, task.status, task_unit.name FROM task"
    " LEFT JOIN task_unit ON task_unit.task_id = task.id AND task_unit.role = 'lead' ORDER BY task.id"
)


class Taskwarrior:
    """Its files in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        """Makes the settings; *folder* is there."""
        self.folder = folder
        (folder / "taskrc").write_text(f"data.location={folder}\nconfirmation=off\nhooks=off\n", encoding="utf-8")
        self.environment = {**os.environ, "TASKRC": str(folder / "taskrc"), "TASKDATA": str(folder)}

    def take(self, url: str) -> None:
        """Writes the tasks of the book at *url*, one a line, as Taskwarrior 2.6 keeps them."""
        engine = open_database(url)
        with (
            engine.connect() as connection,
            (self.folder / "pending.data").open("w", encoding="utf-8") as pending,
            (self.folder / "completed.data").open("w", encoding="utf-8") as completed,
        ):
            for number, title, due, status, unit in connection.execute(text(_TASKS)):
                is_open = status in OPEN
                fields = {
                    "description": title,
                    "entry": "1760000000",
                    "project": unit or "",
                    "status": "pending" if is_open else "completed",
                    "uuid": str(uuid.UUID(int=number)),
                }
                if due is not None:
                    fields["due"] = str(_seconds(date.fromisoformat(str(due))))
                if not is_open:
                    fields["end"] = "1760000001"
                line = " ".join(f'{name}:"{value}"' for name, value in sorted(fields.items()))
                (pending if is_open else completed).write(f"[{line}]\n")
        engine.dispose()

    def due_command(self, today: date) -> list[str]:
        """Lists the open tasks due in the month of *today*."""
        first = today.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1)
        span = [f"due.after:{first - timedelta(days=1)}", f"due.before:{last}", "status:pending", "limit:50"]
        return ["task", "rc.verbose=nothing", "rc.gc=off", *span, "list"]


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
