"""Real mail servers on this machine's loopback: one that behaves, and says what a test wants; one that does not."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


class Post:
    """Takes mails and keeps them; `says` gives its answer to a command, by address or for "MAIL" and "DATA"."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.says: dict[str, str | list[str]] = {}
        self.sessions: set[Any] = set()
        self.delay = 0.0
        self.port = 0

    def _said(self, key: str) -> str | None:
        """A fixed answer, or the next one of a list; "" and the list's end mean that all is well."""
        known = self.says.get(key)
        if isinstance(known, list):
            return known.pop(0) if known else None
        return known

    async def handle_MAIL(self, server, session, envelope, address, mail_options):  # noqa: N802
        self.sessions.add(session.peer)
        said = self._said("MAIL")
        if said:
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        said = self._said(address)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        time.sleep(self.delay)
        said = self._said("DATA")
        if said:
            return said
        self.raw.append(envelope.content)
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 2.0.0 đã nhận"


@contextmanager
def listening(**options: Any) -> Iterator[Post]:
    """A well-behaved server; `login` (user, password) makes it ask for one; other options are aiosmtpd's."""
    login = options.pop("login", None)
    if login:
        options |= {
            "auth_required": True,
            "auth_require_tls": False,
            "authenticator": lambda server, session, envelope, mechanism, data: AuthResult(
                success=(data.login.decode(), data.password.decode()) == login,
                handled=False,
            ),
        }
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Rude:
    """Speaks just enough SMTP to break it off: at the command `at` it hangs up ("drop") or falls silent ("stall").

    Or it says 451 to it ("refuse"), and 503 to a MAIL that comes while another one still stands, as Postfix does.

    "END" is the end mark of a mail: what came before it counts as delivered, whatever the answer would have been.
    `times`: how many connections are treated so; later ones are served well.
    """

    def __init__(self, at: str, how: str, times: int = 99) -> None:
        self.at, self.how, self.times = at, how, times
        self.delivered: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def close(self) -> None:
        self._over.set()
        with closing(socket.create_connection(("127.0.0.1", self.port))):
            pass
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            connection, _ = self._listener.accept()
            rude, self.times = self.times > 0, self.times - 1
            guest = threading.Thread(target=self._receive, args=(connection, rude))
            self._threads.append(guest)
            guest.start()

    def _receive(self, connection: socket.socket, rude: bool) -> None:
        with connection, connection.makefile("rb") as lines:
            if not self._over.is_set():
                self._talk(connection, lines, rude)

    def _talk(self, connection: socket.socket, lines: Any, rude: bool) -> None:
        connection.sendall(b"220 tram thu\r\n")
        stands = False
        while line := lines.readline():
            command = line[:4].strip().upper().decode("ascii")
            if stands and command == "MAIL":
                connection.sendall(b"503 5.5.1 nested MAIL\r\n")
                continue
            stands = (stands and command not in {"RSET", "EHLO"}) or command == "MAIL"
            if rude and command == self.at and self.how == "refuse":
                connection.sendall(b"451 4.3.0 lat nua\r\n")
                continue
            if rude and command == self.at:
                return self._misbehave()
            if command == "DATA":
                connection.sendall(b"354 gui di\r\n")
                body = b""
                while not body.endswith(b"\r\n.\r\n"):
                    piece = lines.readline()
                    if not piece:
                        return None
                    body += piece
                self.delivered.append(body)
                stands = False
                if rude and self.at == "END":
                    return self._misbehave()
            connection.sendall(b"250 OK\r\n")
            if command == "QUIT":
                return None
        return None

    def _misbehave(self) -> None:
        if self.how == "stall":
            self._over.wait(10)


@contextmanager
def rude(at: str, how: str, times: int = 99) -> Iterator[Rude]:
    server = Rude(at, how, times)
    try:
        yield server
    finally:
        server.close()
