"""The only file that speaks SMTP: one connection, many mails, and each moment in which a mail can be lost kept apart.

In: `settings.Smtp` and finished messages as bytes. Out: the server's answers. A mail goes in three steps, because only
the last one can deliver it: `offer` (MAIL, RCPT), `hand_over` (DATA and the content, without its end mark), `finish`
(the end mark, after which the server may have taken the mail even if its answer is lost).

Example: "451 4.7.1 Xin gửi lại sau" to RCPT is an `Answer` with `temporary`; "535" to a login is a `MailServerError`.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from tracker.errors import MailServerError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.settings import Smtp

_ANSWER_LENGTH = 300
_CLOSING = 421
_TOO_LARGE = 552


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said: a reply code and one line of text."""

    code: int
    text: str

    @property
    def accepted(self) -> bool:
        """The server agrees (2xx)."""
        return 200 <= self.code < 300

    @property
    def temporary(self) -> bool:
        """The server says no for now (4xx): greylisting, a full disk."""
        return 400 <= self.code < 500

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class BrokenConnectionError(Exception):
    """The connection ended or stayed silent too long; the server has not got the end of the mail in hand."""


class LostAnswerError(Exception):
    """The connection ended or stayed silent after the end of the mail: the server may have taken it, or not."""


class RefusedMailError(Exception):
    """The server does not want the content of this mail: it is too large, or DATA was not answered by 354."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer))
        self.answer = answer


class MailServer:
    """A connection to the mail server, opened at the first mail and again after it broke.

    Args:
        smtp: where the server is and how to log in.

    Raises:
        SettingsError: no server is set.
    """

    def __init__(self, smtp: Smtp) -> None:
        if not smtp.host:
            raise SettingsError("chưa đặt máy chủ thư", "đặt NHACVIEC_SMTP_HOST, hoặc [smtp] host trong nhacviec.toml")
        self._smtp = smtp
        self._host = smtp.host
        self._open: smtplib.SMTP | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._open is not None:
            try:
                self._open.quit()
            except (smtplib.SMTPException, OSError):
                self._drop()
        self._open = None

    def offer(self, sender: str, addresses: Iterable[str], size: int = 0) -> dict[str, Answer]:
        """Names the sender and the addresses of the next mail, and its size where the server wants to know (RFC 1870).

        Args:
            size: of the content, in bytes; 0: not known.

        Returns:
            the server's answer for each address.

        Raises:
            MailServerError: the server cannot be reached, or takes no mail from this sender or login.
            RefusedMailError: this mail is too large for it.
            BrokenConnectionError: the connection ended; nothing was delivered.
        """
        used = self._carried > 0
        try:
            return self._offer(sender, addresses, size)
        except BrokenConnectionError:
            if not used:
                raise
        # Many servers close a connection that has carried some dozens of mails: that is no failure of the next one.
        return self._offer(sender, addresses, size)

    def _offer(self, sender: str, addresses: Iterable[str], size: int) -> dict[str, Answer]:
        connection = self._connection()
        try:
            options = [f"SIZE={size}"] if size and connection.has_extn("size") else []
            said = self._heard(connection.mail(sender, options))
            if said.code == _TOO_LARGE:
                raise RefusedMailError(said)
            if said.code >= 500:
                raise MailServerError(
                    f"máy chủ thư {self._host} không nhận thư từ {sender} ({said})",
                    "kiểm tra NHACVIEC_SMTP_FROM, _USER và _PASSWORD",
                )
            if not said.accepted:
                return dict.fromkeys(addresses, said)
            return {address: self._heard(connection.rcpt(address)) for address in addresses}
        except (smtplib.SMTPException, OSError) as error:
            raise self._broken(error) from error

    def withdraw(self) -> None:
        """Takes back an offer that the server has answered, so that the next mail can be offered."""
        if self._open is None:
            return
        try:
            self._open.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def hand_over(self, content: bytes) -> None:
        """Sends the content of the offered mail, but not the mark of its end: until that, nothing is delivered.

        Args:
            content: the message, lines ended by CRLF.

        Raises:
            RefusedMailError: the server does not want it.
            BrokenConnectionError: the connection ended; nothing was delivered.
        """
        connection = self._connection()
        try:
            said = self._heard(connection.docmd("DATA"))
            if said.code == 354:
                connection.send(re.sub(rb"(?m)^\.", b"..", content))
                return
        except (smtplib.SMTPException, OSError) as error:
            raise self._broken(error) from error
        raise RefusedMailError(said)

    def finish(self) -> Answer:
        """Sends the end mark and waits for the answer.

        Raises:
            LostAnswerError: none came.
        """
        connection = self._connection()
        try:
            connection.send(b".\r\n")
            said = _answer(connection.getreply())
        except (smtplib.SMTPException, OSError) as error:
            raise LostAnswerError(str(self._broken(error))) from error
        self._carried += 1
        if said.code == _CLOSING:
            self._drop()
        return said

    def abandon(self) -> None:
        """Closes the connection in the middle of a mail, which therefore is not delivered."""
        self._drop()

    def _heard(self, reply: tuple[int, bytes]) -> Answer:
        """The answer, unless the server says with it that it hangs up (421)."""
        said = _answer(reply)
        if said.code == _CLOSING:
            self._drop()
            raise BrokenConnectionError(str(said))
        return said

    def _broken(self, error: Exception) -> BrokenConnectionError:
        self._drop()
        silent = isinstance(error, TimeoutError) or "timed out" in str(error)
        reason = f"máy chủ không trả lời trong {self._smtp.timeout:g} giây" if silent else "kết nối bị ngắt"
        return BrokenConnectionError(reason)

    def _drop(self) -> None:
        if self._open is not None:
            self._open.close()
        self._open = None
        self._carried = 0

    def _connection(self) -> smtplib.SMTP:
        if self._open is None:
            self._open = self._connected()
        return self._open

    def _connected(self) -> smtplib.SMTP:
        """A connection that is ready for MAIL; each way in which it can fail is one clear line."""
        connection: smtplib.SMTP | None = None
        try:
            connection = self._greeted()
            if connection.sock is not None:
                # A mail's content and its end mark are sent apart: without this the mark waits 40 ms for an ACK.
                connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._smtp.tls == "starttls":
                connection.starttls(context=ssl.create_default_context())
            connection.ehlo_or_helo_if_needed()
            if self._smtp.user:
                connection.login(self._smtp.user, self._smtp.password or "")
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            if connection is not None:
                connection.close()
            raise self._explained(error) from error
        return connection

    def _greeted(self) -> smtplib.SMTP:
        where = (self._host, self._smtp.port, _own_name(), self._smtp.timeout)
        if self._smtp.tls == "ssl":
            host, port, name, timeout = where
            return smtplib.SMTP_SSL(host, port, name, timeout=timeout, context=ssl.create_default_context())
        return smtplib.SMTP(*where)

    def _explained(self, error: Exception) -> MailServerError:
        place = f"{self._host}:{self._smtp.port}"
        for kinds, what, todo in _EXPLANATIONS:
            if isinstance(error, kinds):
                return MailServerError(what.format(place=place, reason=_reason(error)), todo)
        return MailServerError(
            f"không nối được tới máy chủ thư {place} ({_reason(error)})", "kiểm tra mạng, NHACVIEC_SMTP_HOST và _PORT"
        )


_EXPLANATIONS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...] = (
    (
        smtplib.SMTPAuthenticationError,
        "máy chủ thư {place} không nhận tên đăng nhập hoặc mật khẩu ({reason})",
        "kiểm tra NHACVIEC_SMTP_USER và NHACVIEC_SMTP_PASSWORD",
    ),
    (
        smtplib.SMTPNotSupportedError,
        "máy chủ thư {place} không có cách bảo mật hoặc đăng nhập đã đặt ({reason})",
        "kiểm tra NHACVIEC_SMTP_TLS (none, starttls, ssl) và NHACVIEC_SMTP_USER",
    ),
    (
        ssl.SSLCertVerificationError,
        "chứng thư của máy chủ thư {place} không tin được ({reason})",
        "kiểm tra tên máy chủ, hoặc nhờ quản trị cài chứng thư gốc của cơ quan vào máy này",
    ),
    (
        ssl.SSLError,
        "không lập được kết nối bảo mật tới máy chủ thư {place} ({reason})",
        "kiểm tra NHACVIEC_SMTP_TLS (none, starttls, ssl) và NHACVIEC_SMTP_PORT",
    ),
    (
        socket.gaierror,
        "không tìm thấy máy chủ thư {place} ({reason})",
        "kiểm tra NHACVIEC_SMTP_HOST và kết nối mạng",
    ),
    (
        UnicodeError,
        "máy chủ thư {place} không dùng được tên đăng nhập hoặc mật khẩu có dấu ({reason})",
        "đổi sang mật khẩu chỉ gồm chữ không dấu, số và ký hiệu",
    ),
)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return str(_answer((error.smtp_code, error.smtp_error)))
    if isinstance(error, TimeoutError):
        return "quá thời gian chờ"
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return _one_line(error.strerror or str(error) if isinstance(error, OSError) else str(error))


def _answer(reply: tuple[int, bytes | str]) -> Answer:
    code, text = reply
    return Answer(code, _one_line(text.decode("utf-8", "replace") if isinstance(text, bytes) else text))


def _one_line(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:_ANSWER_LENGTH]


def _own_name() -> str:
    """How this machine calls itself: a clerk's PC may have a name with marks, which a command cannot carry."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", name) else "[127.0.0.1]"
