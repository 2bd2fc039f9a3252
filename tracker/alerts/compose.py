"""A digest in words: Vietnamese subject, plain text and HTML.

In: a `Digest`. Out: a `Mail`, or none where there is nothing to tell. The templates escape whatever comes out of a
document; they hold no logic but loops and presence.

Example: two overdue items and one due soon of Sở Y tế → subject
"[Nhắc Việc] Sở Y tế: 2 việc quá hạn, 1 việc sắp đến hạn (21/11/2026)".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tracker.alerts.digest import URGENCIES, URGENCY_NAMES, Digest, Item, Mail
from tracker.alerts.message import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from jinja2 import Environment, Template

    from tracker.alerts.digest import Doubt, MailKind, Urgency
    from tracker.settings import Settings

IN_FULL = 25
"""Tasks of a section that are told with quote and product; Gmail cuts mails off at 102 kB."""
AT_ALL = 100
"""Tasks of a section that are named at all; the rest is a number."""
_QUOTE_LENGTH = 420
_HEADLINE_LENGTH = 200
_NAMES = 3
_TINTS: dict[Urgency, tuple[str, str]] = {
    "overdue": ("#b3261e", "#fdecea"),
    "due_today": ("#b45309", "#fff4e5"),
    "due_soon": ("#8a6100", "#fff9e3"),
}
_DOUBT_NAMES = {"failed": "không gửi được", "unknown": "không rõ đã tới chưa", "sent": "có địa chỉ không nhận"}


@dataclass(frozen=True, slots=True)
class Told:
    """An item in words.

    Attributes:
        urgency: "quá hạn 12 ngày".
        margin: the same in three lines ("Quá hạn", "12", "ngày"), or one ("Hôm nay").
        headline: the task; in quotation marks where it is the document's own sentence.
        units: who works with the recipient; for the clerk, all who take part.
        source: the document, with the page.
        quote: the document's words where they are longer than the headline.
    """

    number: int
    urgency: str
    margin: tuple[str, ...]
    headline: str
    due: str
    source: str
    units: str
    product: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a mail: its heading, colours, the tasks told in full, those only named, and how many more."""

    title: str
    colour: str
    tint: str
    full: tuple[Told, ...]
    brief: tuple[Told, ...]
    more: int


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


def compose(digest: Digest, settings: Settings) -> Mail | None:
    """The mail that tells *digest*; None where there is nothing to tell."""
    if digest.empty:
        return None
    values = {
        "name": digest.name,
        "clerk": digest.for_clerk,
        "day": vietnamese(digest.day),
        "office": settings.office.unit or "",
        "reply_to": ", ".join(settings.alerts.clerk),
        "summary": _summary(digest),
        "example": digest.items[0].task_id if digest.items else "",
        "parts": [_part(digest, urgency) for urgency in URGENCIES if digest.by_urgency(urgency)],
        "late": _section("Quá hạn, chưa duyệt", "overdue", digest.unreviewed_late, digest.name),
        "late_count": len(digest.unreviewed_late),
        "waiting": digest.waiting,
        "doubts": [_doubt(doubt) for doubt in digest.doubts],
    }
    kind: MailKind = "clerk_digest" if digest.for_clerk else "unit_digest"
    return Mail(
        recipient=digest.recipient,
        name=digest.name,
        kind=kind,
        day=digest.day,
        addresses=digest.addresses,
        unit_id=digest.unit_id,
        subject=one_line(f"[Nhắc Việc] {digest.name}: {_summary(digest)} ({vietnamese(digest.day)})"),
        text=_template("digest.txt").render(values),
        html=_template("digest.html").render(values),
        tasks=_tasks(digest),
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
        text=_template("trial.txt").render(values),
        html=_template("trial.html").render(values),
    )


def vietnamese(day: date) -> str:
    """21/11/2026."""
    return day.strftime("%d/%m/%Y")


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


def _template(name: str) -> Template:
    return _environment().get_template(name)


def _summary(digest: Digest) -> str:
    """What the subject and the first line say."""
    counts = [(len(digest.by_urgency(urgency)), f"việc {URGENCY_NAMES[urgency]}") for urgency in URGENCIES]
    if digest.for_clerk:
        overdue, late = len(digest.by_urgency("overdue")), len(digest.unreviewed_late)
        counts = [
            (len(digest.doubts), "thư chưa chắc đã tới"),
            (len(digest.items), "việc chưa báo được cho đơn vị" + (f" ({overdue} việc quá hạn)" if overdue else "")),
            (digest.waiting, "việc chờ duyệt" + (f" ({late} việc đã quá hạn)" if late else "")),
        ]
    return ", ".join(f"{count} {words}" for count, words in counts if count)


def _tasks(digest: Digest) -> tuple[tuple[int, str, date | None], ...]:
    """The tasks that the mail names, each once."""
    shown = [item for urgency in URGENCIES for item in digest.by_urgency(urgency)[:AT_ALL]]
    found = {item.task_id: (item.urgency, item) for item in reversed(shown)}
    late = {item.task_id: ("unreviewed_late", item) for item in digest.unreviewed_late[:AT_ALL]}
    return tuple(
        (number, why, item.day if item.recurring else None) for number, (why, item) in sorted({**late, **found}.items())
    )


def _part(digest: Digest, urgency: Urgency) -> Part:
    return _section(URGENCY_NAMES[urgency].capitalize(), urgency, digest.by_urgency(urgency), digest.name)


def _section(title: str, urgency: Urgency, items: Sequence[Item], name: str) -> Part:
    colour, tint = _TINTS[urgency]
    full = tuple(_told(item, name) for item in items[:IN_FULL])
    brief = tuple(_told(item, name) for item in items[IN_FULL:AT_ALL])
    return Part(f"{title} ({len(items)})", colour, tint, full, brief, max(0, len(items) - AT_ALL))


def _told(item: Item, name: str) -> Told:
    margin = _margin(item)
    quote = one_line(item.quote)
    whole = 0 < len(quote) <= _HEADLINE_LENGTH
    return Told(
        number=item.task_id,
        urgency=" ".join(margin).lower() if item.days else URGENCY_NAMES[item.urgency],
        margin=margin,
        headline=f"“{quote}”" if whole else one_line(item.title),
        due=_due(item),
        source=_source(item),
        units=_units(item, name),
        product=one_line(item.product or ""),
        quote="" if whole or not quote else f"“{_cut(quote, _QUOTE_LENGTH)}”",
        note=item.note,
    )


def _margin(item: Item) -> tuple[str, ...]:
    if item.urgency == "due_today":
        return ("Hôm nay",)
    return ("Quá hạn" if item.urgency == "overdue" else "Còn", str(item.days), "ngày")


def _due(item: Item) -> str:
    words = one_line(item.deadline_text or "")
    extras = [f"văn bản ghi “{words}”"] if words and vietnamese(item.day) not in words else []
    extras += ["đã gia hạn"] if item.first_day else []
    extras += [f"còn {item.missed} kỳ trước chưa xong"] if item.missed else []
    return f"{vietnamese(item.day)} ({'; '.join(extras)})" if extras else vietnamese(item.day)


def _source(item: Item) -> str:
    kind = item.kind or "Văn bản"
    number = f" {item.number}" if item.number else " không rõ số"
    issued = f" ngày {vietnamese(item.issued)}" if item.issued else ""
    issuer = f" của {one_line(item.issuer)}" if item.issuer else ""
    page = f", trang {item.page}" if item.page else ""
    return f"{kind}{number}{issued}{issuer}{page}"


def _units(item: Item, name: str) -> str:
    if item.role == "support":
        return f"Phối hợp với {_several(item.lead)}" if item.lead else "Đơn vị phối hợp"
    leads = item.lead if item.role is None else [lead for lead in item.lead if lead != name]
    parts = [("Cùng chủ trì" if item.role else "Chủ trì", leads), ("Phối hợp", item.support)]
    return ". ".join(f"{role}: {_several(names)}" for role, names in parts if names)


def _several(names: Sequence[str]) -> str:
    more = f" và {len(names) - _NAMES} đơn vị khác" if len(names) > _NAMES else ""
    return ", ".join(one_line(name) for name in names[:_NAMES]) + more


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0] + " …"


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
