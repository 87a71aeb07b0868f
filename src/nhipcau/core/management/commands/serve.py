"""``manage.py serve``: the web server and a worker together, as one thing to start and to stop."""

from __future__ import annotations

import ctypes
import dataclasses
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

# Four threads a process: they wait for slow clients and the database; Python runs one of them at a time, and handing the
# turn among sixteen took a fifth more processor time a page.
WEB = "--interface wsgi --no-ws --blocking-threads 4 --respawn-failed-workers --log-level error"
GRACE = 25.0  # seconds that a child has for what it is doing when the house is closed
LONGEST_WAIT = 30.0  # seconds before a child that keeps dying is started again
STEADY = 60.0  # a child that lived so long has recovered
_PR_SET_PDEATHSIG = 1


@dataclasses.dataclass
class Child:
    """One process that must be running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 0.5

    def start(self) -> None:
        # A session of its own: Ctrl-C in the terminal reaches the parent only, which ends its children in order.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603
        self.started = time.monotonic()

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def end(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _end_with_parent() -> None:
    """On Linux a child is told to end when its parent is killed without a chance to say so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Command(BaseCommand):
    help = "Starts the web server and one worker, starts again what dies, and ends both on SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--web-workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _check_free(host, port)
        self._is_stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        web = f"--host {host} --port {port} --workers {options['web_workers']} {WEB}".split()
        children = [
            Child("web", [sys.executable, "-m", "granian", *web, "nhipcau.wsgi:application"]),
            Child("worker", [sys.executable, sys.argv[0], "work"]),
        ]
        for child in children:
            child.start()
        try:
            while not self._is_stopping:
                time.sleep(0.2)
                for child in children:
                    self._revive(child)
        finally:
            self._end(children)

    def _stop(self, *_: Any) -> None:
        self._is_stopping = True

    def _revive(self, child: Child) -> None:
        if not child.is_dead():
            return
        lived = time.monotonic() - child.started
        if lived < child.wait:
            return  # it died young: wait a little longer each time
        child.wait = 0.5 if lived > STEADY else min(LONGEST_WAIT, child.wait * 2)
        assert child.process is not None
        self.stderr.write(f"{child.name} ended with status {child.process.returncode}; starting it again")
        child.start()

    def _end(self, children: list[Child]) -> None:
        for child in children:
            if child.process is not None and not child.is_dead():
                child.process.terminate()
        until = time.monotonic() + GRACE
        for child in children:
            child.end(until)


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as problem:
            said = f"Port {port} on {host} cannot be used ({problem.strerror}). Choose another one with --port."
            raise CommandError(said) from problem
