"""A mail server in a thread: takes every letter, remembers it, and lets a test act at the moment between the letter and
its yes."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage


class SmallSmtp:
    """``received``: the letters in order. ``before_yes`` and ``after_yes`` are called with the number of the letter."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.before_yes: Callable[[int], None] = lambda _number: None
        self.after_yes: Callable[[int], None] = lambda _number: None
        outer = self

        class Talk(socketserver.StreamRequestHandler):
            def say(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

            def handle(self) -> None:
                with contextlib.suppress(ConnectionError, BrokenPipeError):  # the worker was killed
                    self.talk()

            def talk(self) -> None:
                self.say("220 small")
                while line := self.rfile.readline():
                    word = line.split(b" ")[0].strip().upper()
                    if word == b"DATA":
                        self.say("354 go on")
                        outer.take(self.read_letter(), self)
                    elif word == b"QUIT":
                        self.say("221 bye")
                        return
                    else:
                        self.say("250 ok")

            def read_letter(self) -> bytes:
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line[1:] if line.startswith(b".") else line)
                return b"".join(lines)

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def take(self, letter: bytes, talk: socketserver.StreamRequestHandler) -> None:
        self.received.append(message_from_bytes(letter, policy=policy.default))  # type: ignore[arg-type]
        number = len(self.received)
        self.before_yes(number)
        talk.say("250 taken")  # type: ignore[attr-defined]
        self.after_yes(number)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
