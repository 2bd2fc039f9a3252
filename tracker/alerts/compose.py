"""A digest in words: Vietnamese subject, plain text and HTML.

In: a `Digest`. Out: a `Mail`, or none where there is nothing to tell. The templates escape whatever comes out of a
document; they hold no logic but loops and presence.

Example: two overdue items and one due soon of Sở Y tế → subject
"[Nhắc Việc] Sở Y tế: 2 việc quá hạn, 1 việc sắp đến hạn (23/11/2026)".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tracker.alerts.digest import URGENCIES, Digest, Mail
from tracker.alerts.files import files_of
from tracker.alerts.message import one_line
from tracker.alerts.wording import HEAD, number, parts, unreviewed, vietnamese

if TYPE_CHECKING:
    from datetime import date, datetime

    from jinja2 import Environment, Template

    from tracker.alerts.digest import Doubt, Urgency
    from tracker.settings import Settings

_DOUBT_NAMES = {"failed": "không gửi được", "unknown": "không rõ đã tới chưa", "sent": "có địa chỉ không nhận"}
_COUNTED: dict[Urgency, str] = {
    "overdue": "việc quá hạn",
    "due_today": "việc đến hạn hôm nay",
    "due_soon": "việc sắp đến hạn",
    "periodic": "báo cáo định kỳ kỳ này",
    "waiting": "việc chờ sự kiện",
}


@dataclass(frozen=True, slots=True)
class ToldDoubt:
    """A mail in doubt, in words."""

    number: int
    name: str
    addresses: str
    what: str
    day: str
    reason: str
    again: bool


def compose(digest: Digest, settings: Settings, origin: str = "nhacviec") -> Mail | None:
    """The mail that tells *digest*; None where there is nothing to tell.

    Args:
        origin: the name of the database, for what a calendar is to know again.
    """
    if digest.empty:
        return None
    summary = _summary(digest)
    values = {
        "name": digest.name,
        "unit": digest.name.removeprefix(HEAD),
        "kind": digest.kind,
        "day": vietnamese(digest.day),
        "office": settings.office.unit or "",
        "reply_to": ", ".join(settings.alerts.clerk),
        "summary": summary,
        "since_days": digest.since_days,
        "example": digest.items[0].task_id if digest.items else "",
        "parts": parts(digest),
        "late": unreviewed(digest),
        "waiting": digest.waiting,
        "waiting_shown": number(digest.waiting),
        "doubts": [_doubt(doubt) for doubt in digest.doubts],
        "doubts_total": max(digest.doubts_total, len(digest.doubts)),
    }
    return Mail(
        recipient=digest.recipient,
        name=digest.name,
        kind=digest.kind,
        day=digest.day,
        addresses=digest.addresses,
        unit_id=digest.unit_id,
        subject=one_line(f"[Nhắc Việc] {digest.name}: {summary} ({vietnamese(digest.day)})"),
        text=template("digest.txt").render(values),
        html=template("digest.html").render(values),
        tasks=_tasks(digest),
        files=files_of(digest, settings, origin) if digest.kind == "unit_digest" else (),
    )


def trial_mail(address: str, day: date, now: datetime, settings: Settings) -> Mail:
    """A mail that says only that mails arrive, a new one each *now*; *address* has been checked."""
    values = {"day": vietnamese(day), "office": settings.office.unit or "", "address": address}
    return Mail(
        recipient=f"trial:{address}:{now.isoformat()}",
        name="",
        kind="trial",
        day=day,
        addresses=(address,),
        unit_id=None,
        subject=f"[Nhắc Việc] Thư thử ({vietnamese(day)})",
        text=template("trial.txt").render(values),
        html=template("trial.html").render(values),
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("tracker.alerts", "templates"),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def template(name: str) -> Template:
    """A template of this folder, compiled; .html ones escape what they are given."""
    return _environment().get_template(name)


def _summary(digest: Digest) -> str:
    """What the subject and the first line say."""
    counts = [(digest.count(urgency), _COUNTED[urgency]) for urgency in URGENCIES]
    if digest.since_days:
        counts = [(digest.count("overdue"), f"việc quá hạn từ {digest.since_days} ngày trở lên")]
    if digest.kind == "clerk_digest":
        total, overdue = sum(digest.count(urgency) for urgency in URGENCIES), digest.count("overdue")
        late = max(digest.unreviewed_late_total, len(digest.unreviewed_late))
        counts = [
            (max(digest.doubts_total, len(digest.doubts)), "thư chưa chắc đã tới"),
            (total, "việc chưa báo được cho đơn vị" + (f" ({number(overdue)} việc quá hạn)" if overdue else "")),
            (digest.waiting, "việc chờ duyệt" + (f" ({number(late)} việc đã quá hạn)" if late else "")),
        ]
    return ", ".join(f"{number(count)} {words}" for count, words in counts if count)


def _tasks(digest: Digest) -> tuple[tuple[int, str, date | None], ...]:
    """The tasks that the mail names, each once."""
    found = {item.task_id: (item.urgency, item) for item in reversed(digest.items)}
    late = {item.task_id: ("unreviewed_late", item) for item in digest.unreviewed_late}
    return tuple(
        (task_id, why, item.day if item.recurring else None)
        for task_id, (why, item) in sorted({**late, **found}.items())
    )


def _doubt(doubt: Doubt) -> ToldDoubt:
    return ToldDoubt(
        number=doubt.outbox_id,
        name=doubt.name,
        addresses=", ".join(doubt.addresses),
        what=_DOUBT_NAMES[doubt.state],
        day=vietnamese(doubt.day),
        reason=doubt.reason,
        again=doubt.state in {"failed", "unknown"},
    )
