"""A mail server that takes all and keeps one line of each: the benchmark's other end, in a process of its own.

In: the file to write. Out: on stdout the port, once it listens on loopback; in the file a line for each mail that was
taken, written before the client hears of it: the moment in seconds and the Message-ID.

Example: "1763859600.125 <nhacviec.5f0c…@example.vn>".
"""

from __future__ import annotations

import socketserver
import sys
import time
from pathlib import Path
from typing import BinaryIO


class _Session(socketserver.StreamRequestHandler):
    """One connection: as much SMTP (RFC 5321) as a client needs."""

    taken: BinaryIO

    def handle(self) -> None:
        """Answers until the client leaves."""
        self._say("220 localhost")
        while line := self.rfile.readline():
            command = line[:4].upper()
            if command == b"DATA":
                self._say("354 go ahead")
                self._take()
            self._say("221 bye" if command == b"QUIT" else "250 ok")
            if command == b"QUIT":
                return

    def _take(self) -> None:
        """Reads a mail to its end mark; one that is cut off is none."""
        name = b""
        for line in iter(self.rfile.readline, b""):
            if line == b".\r\n":
                self.taken.write(f"{time.time():.6f} ".encode() + name + b"\n")
                self.taken.flush()
                return
            if not name and line.lower().startswith(b"message-id:"):
                name = line.partition(b":")[2].strip()
        raise ConnectionAbortedError

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that was killed is what the benchmark does."""


def main() -> None:
    """Serves until it is ended."""
    with Path(sys.argv[1]).open("ab") as _Session.taken, _Server(("127.0.0.1", 0), _Session) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
