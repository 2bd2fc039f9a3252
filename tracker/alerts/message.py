"""A row of the outbox as the bytes of a mail, the same bytes whenever it is sent again.

In: an `Outbox` row, who sends it and where answers go. Out: a message with a text and an HTML part, CRLF lines, 7 bit.

Headers are encoded here and not by the `email` package: its folding loses spaces between Vietnamese words (the subject
"quá hạn, Ủy việc hạn" came back as "quá hạn, Ủy việchạn"), its older one leaves names without marks as they are, even
"Sở" <x@y.vn>. Here no name can add a header or a recipient, whatever a unit is called.

Example: `Subject: =?utf-8?b?W05o4bqvYyBWaeG7h2Nd…?=`, `Message-ID: <nhacviec.5f0c…@snv.gov.vn>`.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tracker.errors import RefusedError, SettingsError
from tracker.units import checked_email

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from tracker.model import Outbox
    from tracker.settings import Settings

_AS_ENCODED = policy.SMTP.clone(refold_source="none")
_WORD_BYTES = 39
"""With "Subject: " before it and 52 letters of base64, a line of at most 76."""
_TODO = "đặt NHACVIEC_SMTP_FROM, ví dụ: Nhắc Việc <nhacviec@snv.example.vn>"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the address for the server, the name that people see, where they answer, and the office's zone."""

    address: str
    name: str
    reply_to: tuple[str, ...]
    zone: tzinfo

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


def sender_of(settings: Settings) -> Sender:
    """The sender that the settings name, and the clerk's addresses as those where answers go.

    Raises:
        SettingsError: none is set, or one of the addresses is none.
    """
    written = settings.smtp.sender
    if not written:
        raise SettingsError("chưa đặt địa chỉ gửi thư", _TODO)
    name, address = parseaddr(written)
    _check(address if written.isprintable() else written, "gửi thư", _TODO)
    for clerk in settings.alerts.clerk:
        _check(clerk, "văn thư", "sửa NHACVIEC_CLERK_EMAIL, hoặc [alerts] clerk trong nhacviec.toml")
    zone = ZoneInfo(settings.office.timezone)
    return Sender(address, name or settings.office.unit or "Nhắc Việc", settings.alerts.clerk, zone)


def _check(address: str, what: str, todo: str) -> None:
    try:
        checked_email(address)
    except RefusedError:
        raise SettingsError(f"“{address}” không phải địa chỉ {what}", todo) from None


def message(row: Outbox, sender: Sender) -> bytes:
    """The mail of a row, ready for a server."""
    mail = EmailMessage(policy=_AS_ENCODED)
    mail.set_raw("From", _mailboxes([(sender.name, sender.address)]))
    mail.set_raw("To", _mailboxes([(row.bodies["name"], address) for address in row.addresses]))
    if sender.reply_to:
        mail.set_raw("Reply-To", _mailboxes([("", address) for address in sender.reply_to]))
    mail.set_raw("Subject", encoded(row.subject))
    mail["Date"] = format_datetime(row.created_at.astimezone(sender.zone))
    mail["Message-ID"] = row.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # Exchange heeds this one
    mail["Content-Language"] = "vi"
    mail.set_content(row.bodies["text"], cte="base64")
    mail.add_alternative(row.bodies["html"], subtype="html", cte="base64")
    mail.set_boundary(f"=_{hashlib.sha256(row.message_id.encode()).hexdigest()[:32]}")
    return mail.as_bytes()


def encoded(text: str) -> str:
    """A header's text as encoded words (RFC 2047), a line each: whatever it holds, none of it is syntax."""
    pieces = [b""]
    for letter in one_line(text):
        if len(pieces[-1]) + len(letter.encode()) > _WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += letter.encode()
    return "\n ".join(f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in pieces if piece)


def one_line(text: str) -> str:
    """The text without line breaks and other control characters."""
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(text.split())


def _mailboxes(people: Sequence[tuple[str, str]]) -> str:
    shown = [(encoded(name), address) for name, address in people]
    return ",\n ".join(f"{name}\n <{address}>" if name else address for name, address in shown)
