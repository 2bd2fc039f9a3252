"""A real database with tasks in it, for the tests of alerts: documents, units and tasks written as a clerk would."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from tracker.alerts import switches
from tracker.alerts.run import Office
from tracker.database import open_database, reading, writing
from tracker.model import Document, Evidence, Extension, Occurrence, Outbox, OutboxTask, Task, TaskUnit
from tracker.settings import Alerts, Settings, Smtp
from tracker.settings import Office as OfficeSettings
from tracker.units import UnitRow, link, set_unit

if TYPE_CHECKING:
    from sqlalchemy import Engine

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 0, 30, tzinfo=dt.UTC)
HEALTH, FINANCE, INTERIOR = "Sở Y tế", "Sở Tài chính", "Sở Nội vụ"


@dataclass
class Desk:
    """An office at work: its database, its settings, its clock, which a test may turn."""

    engine: Engine
    settings: Settings
    now: dt.datetime = NOW
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def office(self) -> Office:
        return Office(self.engine, self.settings, lambda: self.now)

    def enable(self) -> None:
        with writing(self.engine) as session:
            switches.enable(session, True)

    def set(self, **changes: Any) -> None:
        self.settings = replace(self.settings, **changes)

    def unit(self, name: str, *emails: str, head: str | None = None) -> int:
        with writing(self.engine) as session:
            found = set_unit(session, UnitRow(name, emails, head=head), "test", NOW).unit_id
            link(session)
        return found

    def document(self, number: str | None = "215/KH-UBND", **values: Any) -> int:
        at = next(self.numbers)
        row = Document(
            **{
                "doc_id": f"doc-{at}",
                "number": number,
                "number_folded": number.lower() if number else None,
                "kind": "Kế hoạch",
                "issuer": "Ủy ban nhân dân tỉnh Lâm Đồng",
                "issuer_folded": f"ubnd {at}",
                "date": dt.date(2026, 9, 4),
                "year": 2026,
                "sha256": hashlib.sha256(str(at).encode()).hexdigest(),
                "path": f"doc-{at}.docx",
                "media_type": "text/plain",
                "taken_in": dt.date(2026, 9, 5),
                "ingested_at": NOW,
            }
            | values
        )
        with writing(self.engine) as session:
            session.add(row)
            session.flush()
            return row.id or 0

    def task(self, document: int, due: dt.date | None, lead: Any = (), support: Any = (), **values: Any) -> int:
        """A task; units are names, a group is a name in a tuple of its own."""
        at = next(self.numbers)
        text = values.pop("text", f"Báo cáo kết quả rà soát số {at}")
        row = Task(
            **{
                "document_id": document,
                "draft_id": f"t{at}",
                "position": at,
                "title": text[:160],
                "text": text,
                "deadline_kind": "date" if due else None,
                "deadline_text": f"trước ngày {due:%d/%m/%Y}" if due else None,
                "deadline_due": due,
                "review": "accepted",
            }
            | values
        )
        with writing(self.engine) as session:
            session.add(row)
            session.flush()
            number = row.id or 0
            for role, names in (("lead", lead), ("support", support)):
                for position, name in enumerate([names] if isinstance(names, str) else names):
                    group = isinstance(name, tuple)
                    shown = name[0] if group else name
                    session.add(
                        TaskUnit(
                            task_id=number, role=role, position=position, text=shown, name=shown,
                            is_group=group,
                        )
                    )  # fmt: skip
            session.add(
                Evidence(
                    document_id=document, task_id=number, field="text", quote=text, page=3, block=1, start=0, end=9
                )
            )
            session.flush()
            link(session)
        return number

    def extend(self, task: int, due: dt.date) -> None:
        with writing(self.engine) as session:
            session.add(Extension(task_id=task, due=due, reason="bão", who="test", at=NOW))

    def settle(self, task: int, day: dt.date, done_on: dt.date | None = None) -> None:
        with writing(self.engine) as session:
            session.add(Occurrence(task_id=task, day=day, done_on=done_on or day))

    def change(self, task: int, **values: Any) -> None:
        with writing(self.engine) as session:
            row = session.get_one(Task, task)
            for name, value in values.items():
                setattr(row, name, value)

    def outbox(self) -> list[Outbox]:
        with reading(self.engine) as session:
            rows = list(session.exec(select(Outbox).order_by(Outbox.id)))
            session.expunge_all()
        return rows

    def states(self) -> dict[str, str]:
        return {row.recipient: row.state for row in self.outbox()}

    def told(self, outbox_id: int) -> dict[int, str]:
        with reading(self.engine) as session:
            rows = session.exec(select(OutboxTask).where(OutboxTask.outbox_id == outbox_id))
            return {row.task_id: row.reason for row in rows}


@cache
def empty_database() -> bytes:
    """A migrated database without anything in it: copied, because migrating takes longer than many a test."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "trống.db"
        engine = open_database(str(place))
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        return place.read_bytes()


def open_desk(folder: Path | str, port: int = 0, **smtp: Any) -> Desk:
    """An office whose mail server listens on *port*; its database is made in *folder*, or is the one at that URL."""
    place = folder if isinstance(folder, str) else folder / "việc.db"
    if isinstance(place, Path) and not place.exists():
        place.write_bytes(empty_database())
    server = {
        "host": "127.0.0.1",
        "port": port or 1,
        "tls": "none",
        "sender": "nhacviec@snv.example.vn",
        "timeout": 5.0,
    }
    settings = Settings(
        office=OfficeSettings(unit="Văn phòng UBND tỉnh Lâm Đồng"),
        smtp=Smtp(**(server | smtp)),
        alerts=Alerts(clerk=("vanthu@snv.example.vn",), quiet_days=False),  # TODAY is a Saturday
    )
    return Desk(open_database(str(place)), settings)
