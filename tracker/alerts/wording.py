"""The words of a task in a mail, as offices write them.

In: `Item`s. Out: `Told`, and `Part`s: sections with those told in full, those only named, and how many more there are.
What comes out of a document stays data: templates escape it.

Example: overdue item, hạn 09/11/2026, seen on 23 November: "quá hạn 14 ngày", "Hạn 09/11/2026 (văn bản ghi “trong tuần
đầu tháng 11”)", "Đã đôn đốc 3 lần".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tracker.alerts.digest import URGENCIES, URGENCY_NAMES, Digest, Item, shares
from tracker.alerts.message import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.alerts.digest import Urgency

IN_FULL = 30
"""Tasks of a mail that are told with quote and product; Gmail cuts mails off at 102 kB."""
LEAST_IN_FULL = 4
_QUOTE_LENGTH = 420
_HEADLINE_LENGTH = 200
_NAMES = 3
HEAD = "Lãnh đạo "
TINTS: dict[Urgency, tuple[str, str]] = {
    "overdue": ("#b3261e", "#fdecea"),
    "due_today": ("#b45309", "#fff4e5"),
    "due_soon": ("#8a6100", "#fff9e3"),
    "periodic": ("#1d4ed8", "#eef4fb"),
    "waiting": ("#4b5563", "#f3f4f6"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An item in words.

    Attributes:
        urgency: "quá hạn 12 ngày".
        margin: the same in three lines ("Quá hạn", "12", "ngày"), or one ("Hôm nay").
        headline: the task; in quotation marks where it is the document's own sentence.
        units: the recipient's part, and who works with it; for the clerk and the chief, all who take part.
        source: the document, with the page.
        quote: the document's words where they are longer than the headline.
        urged: "Đã đôn đốc 3 lần", or "".
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
    urged: str
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


class _Section(NamedTuple):
    """A heading, the items under it that are named, and how many there are in all."""

    title: str
    urgency: Urgency
    items: tuple[Item, ...]
    total: int


def parts(digest: Digest) -> list[Part]:
    """The sections that have something in them."""
    sections = [
        _Section(capitalised(URGENCY_NAMES[urgency]), urgency, digest.by_urgency(urgency), digest.count(urgency))
        for urgency in URGENCIES
    ]
    rooms = shares([len(section.items) for section in sections], IN_FULL, LEAST_IN_FULL)
    own = digest.name.removeprefix(HEAD)
    return [_part(section, room, own) for section, room in zip(sections, rooms, strict=True) if section.items]


def unreviewed(digest: Digest) -> Part:
    """The clerk's section of late tasks that wait for review."""
    items = digest.unreviewed_late
    total = max(digest.unreviewed_late_total, len(items))
    return _part(_Section("Quá hạn, chưa duyệt", "overdue", items, total), IN_FULL, digest.name)


def _part(section: _Section, room: int, own: str) -> Part:
    colour, tint = TINTS[section.urgency]
    told = tuple(_told(item, own) for item in section.items)
    title = f"{section.title} ({number(section.total)})"
    return Part(title, colour, tint, told[:room], told[room:], section.total - len(told))


def _told(item: Item, own: str) -> Told:
    margin = _margin(item)
    quote = one_line(item.quote)
    whole = 0 < len(quote) <= _HEADLINE_LENGTH
    return Told(
        number=item.task_id,
        urgency=" ".join(margin).lower(),
        margin=margin,
        headline=f"“{quote}”" if whole else _headline(one_line(item.title), quote),
        due=_due(item),
        source=_source(item),
        units=_units(item, own),
        product=one_line(item.product or ""),
        quote="" if whole or not quote else f"“{_cut(quote, _QUOTE_LENGTH)}”",
        urged=f"Đã đôn đốc {item.urged} lần" if item.urged else "",
        note=item.note,
    )


def _headline(title: str, quote: str) -> str:
    """The task's title, with a sign where it is only the beginning of the words that follow."""
    return f"{title} …" if quote.startswith(title) else title


def _margin(item: Item) -> tuple[str, ...]:
    if item.day is None:
        return ("Chờ", "sự kiện")
    if item.urgency == "due_today":
        return ("Hôm nay",)
    return ("Quá hạn" if item.urgency == "overdue" else "Còn", str(item.days), "ngày")


def _due(item: Item) -> str:
    words = one_line(item.deadline_text or "")
    if item.day is None:
        return f"chưa có ngày, văn bản ghi “{words}”"
    shown = vietnamese(item.day)
    said = re.sub(r"\b0(?=\d/)", "", words)
    extras = [f"văn bản ghi “{words}”"] if words and re.sub(r"\b0(?=\d/)", "", shown) not in said else []
    extras += ["đã gia hạn"] if item.first_day else []
    extras += [f"còn {item.missed} kỳ trước chưa xong"] if item.missed else []
    return f"{shown} ({'; '.join(extras)})" if extras else shown


def _source(item: Item) -> str:
    kind = item.kind or "Văn bản"
    code = f" {item.number}" if item.number else " không rõ số"
    issued = f" ngày {vietnamese(item.issued)}" if item.issued else ""
    issuer = f" của {one_line(item.issuer)}" if item.issuer else ""
    page = f", trang {item.page}" if item.page else ""
    return f"{kind}{code}{issued}{issuer}{page}"


def _units(item: Item, own: str) -> str:
    if item.role == "support":
        return "; ".join(["Đơn vị phối hợp", *_named(("chủ trì", item.lead))])
    if item.role is None:
        return ". ".join(_named(("Chủ trì", item.lead), ("Phối hợp", item.support)))
    inherited = f" (nay là {own})"
    former = [lead.removesuffix(inherited) for lead in item.lead if lead.endswith(inherited)]
    others = [lead for lead in item.lead if lead != own and not lead.endswith(inherited)]
    roles = ("thay cho", former), ("cùng chủ trì", others), ("phối hợp", item.support)
    return "; ".join(["Đơn vị chủ trì", *_named(*roles)])


def _named(*roles: tuple[str, Sequence[str]]) -> list[str]:
    return [f"{role}: {_several(names)}" for role, names in roles if names]


def _several(names: Sequence[str]) -> str:
    more = f" và {len(names) - _NAMES} đơn vị khác" if len(names) > _NAMES else ""
    return ", ".join(one_line(name) for name in names[:_NAMES]) + more


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return text[:length].rpartition(" ")[0] + " …"


def capitalised(words: str) -> str:
    """The words with a capital at their beginning, the others as they are."""
    return words[:1].upper() + words[1:]


def vietnamese(day: date) -> str:
    """21/11/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def number(count: int) -> str:
    """12.345."""
    return f"{count:,}".replace(",", ".")
