"""Mails with attachments (.eml), web archives (.mht) → the letter's text and its attachments.

In: the bytes of a mail. Out: "nội dung thư.txt" (or .html where the letter has tables), then an item an attachment.
Pictures of the letter's own text, such as a logo in the signature, and detached signatures are passed over.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import mimetypes
import re
from typing import TYPE_CHECKING

from extractor.blocks.legacy_encodings import decode
from extractor.blocks.package_items import Item, is_document, shown_name
from extractor.errors import ExtractionError, ProtectedError, UnreadableError, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from extractor.blocks.package_items import Budget

_SUFFIXES = frozenset({".eml", ".mht", ".mhtml"})
_OPENING = 20_000  # bytes in which a mail shows that it is one
_FIRST = re.compile(
    rb"\s*(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|X-[\w-]+|From|Date|Subject):", re.IGNORECASE
)
_VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_BODY = "nội dung thư"
_TODO = "hãy mở thư, lưu riêng từng tệp đính kèm rồi nạp lại"


def is_package(data: bytes, suffix: str) -> bool:
    """Whether the bytes are a mail."""
    if suffix in _SUFFIXES:
        return True
    opening = data[:_OPENING]
    return _FIRST.match(opening) is not None and _VERSION.search(opening) is not None


def items(data: bytes, budget: Budget) -> Iterator[Item]:
    """The letter's text and its attachments.

    Raises:
        UnreadableError: the mail cannot be taken apart.
        TooLargeError: too many attachments, or too large together.
    """
    try:
        parts = list(_leaves(email.message_from_bytes(data, policy=email.policy.compat32)))
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError):
        raise UnreadableError("thư bị hỏng", _TODO) from None
    bodies = [part for part in parts if _is_body(part)]
    chosen = _body(bodies)
    if chosen is not None:
        yield budget.checked(*chosen)
    shown = "".join(_text(part) for part in bodies if part.get_content_type() == "text/html")
    for number, part in enumerate(parts, start=1):
        if part in bodies or _is_picture_of(part, shown):
            continue
        name = _name(part, number)
        if is_document(name):
            yield _attachment(part, name, budget)


def _leaves(part: Message) -> Iterator[Message]:
    """The parts that are no containers; a mail attached to the mail stays whole."""
    if part.is_multipart() and part.get_content_maintype() != "message":
        for inner in part.get_payload():
            if not isinstance(inner, str):
                yield from _leaves(inner)
    else:
        yield part


def _is_body(part: Message) -> bool:
    """Whether a part is the letter's own text."""
    named = _filename(part) or _header(part, "Content-Disposition").lower().startswith("attachment")
    return not named and part.get_content_type() in {"text/plain", "text/html"}


def _body(parts: list[Message]) -> tuple[str, bytes] | None:
    """Name and bytes of the letter's text: the plain one, or the page where that has tables or stands alone."""
    texts = {"text/plain": "", "text/html": ""}
    for part in parts:
        texts[part.get_content_type()] += f"{_text(part)}\n"
    plain, page = texts["text/plain"], texts["text/html"]
    if page.strip() and (not plain.strip() or "<table" in page.lower()):
        return f"{_BODY}.html", b"\xef\xbb\xbf" + page.encode()
    return (f"{_BODY}.txt", b"\xef\xbb\xbf" + plain.encode()) if plain.strip() else None


def _text(part: Message) -> str:
    """The text of a part in the encoding that it names, else in the one that fits."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = str(part.get_param("charset", "") or "").strip("\"' ").lower()
    try:
        return data.decode(charset if charset not in {"", "us-ascii"} else "utf-8").replace("\x00", "")
    except (LookupError, UnicodeError, ValueError):
        pass
    try:
        return decode(data).text
    except ExtractionError:
        return ""


def _is_picture_of(part: Message, page: str) -> bool:
    """Whether a part is a picture or style that the letter's page shows, not an attachment."""
    name, place = _header(part, "Content-ID").strip("<> "), _header(part, "Content-Location")
    if part.get_content_maintype() == "image":
        return bool((name and name in page) or (place and page))
    return bool(place and page and not _filename(part))


def _name(part: Message, number: int) -> str:
    """The attachment's name: its own, else the subject of an attached mail, else one by its type and number."""
    name = _filename(part)
    if not name.strip():
        kind = part.get_content_type()
        inner = _inner(part)
        subject = "" if inner is None else _header(inner, "Subject")
        ending = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ""
        name = f"{subject.strip().replace('/', '-') or f'đính kèm {number}'}{ending}"
    return shown_name(name)


def _filename(part: Message) -> str:
    """The file name that a part gives itself; "" where it gives none, or a damaged one."""
    try:
        return _decoded(part.get_filename())
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""


def _header(part: Message, name: str) -> str:
    """The text of a header, "" where there is none."""
    return _decoded(part.get(name))


def _decoded(value: object) -> str:
    """A header's text, words such as "=?UTF-8?B?…?=" in letters. Raw letters beyond ASCII come as a Header object."""
    try:
        return "" if value is None else str(email.header.make_header(email.header.decode_header(str(value))))
    except (ValueError, LookupError, TypeError, AttributeError):
        return str(value)


def _attachment(part: Message, name: str, budget: Budget) -> Item:
    """One attachment."""
    kind = part.get_content_type()
    if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        return Item(name, b"", ProtectedError("thư được mã hóa hoặc ký số (S/MIME)", _TODO))
    if kind == "application/ms-tnef" or name.lower() == "winmail.dat":
        return Item(name, b"", UnsupportedError("chưa đọc được tệp đính kèm kiểu Outlook (winmail.dat)", _TODO))
    try:
        data = _inner_mail(part) if part.get_content_maintype() == "message" else part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        data = None
    if not isinstance(data, bytes) or not data.strip():
        return Item(name, b"", UnreadableError("tệp đính kèm rỗng hoặc bị hỏng", _TODO))
    return budget.checked(name, data)


def _inner(part: Message) -> Message | None:
    """The mail attached as *part*; None where the part is something else."""
    inner = part.get_payload() if part.get_content_maintype() == "message" else None
    return inner[0] if isinstance(inner, list) and inner and not isinstance(inner[0], str) else None


def _inner_mail(part: Message) -> bytes | None:
    """The bytes of the mail attached as *part*."""
    inner = _inner(part)
    return None if inner is None else bytes(inner.as_bytes())
