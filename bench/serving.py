"""A real server under people who ask at once, and what that costs: shared by bench/register.py and bench/followup.py."""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
WEB = "--interface wsgi --no-ws --workers 2 --blocking-threads 4 --log-level error"  # as manage.py serve
PLACE = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'bench'}"}


@dataclasses.dataclass
class Timing:
    """How one page did."""

    name: str
    median: float
    p95: float
    size: int
    cpu: float  # seconds of processor time that the server spends on one page
    database: float  # … and PostgreSQL
    asking: float  # … and this program, on the same cores
    a_second: float  # answers a second, all people together
    queries: int | None = None


class Visitor:
    """One person's browser: a connection that is kept open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, address: str, cookie: str = "", body: str | None = None) -> bytes:
        """The answer's body; with a body to send, sent by POST as the page's script does. Raises where the status is not
        200."""
        headers = {"Cookie": cookie} if cookie else {}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        return self._asked(address, body, headers)

    def send(self, address: str, key: str, given: object) -> Any:
        """What the REST interface answers to what a program sends with its key. Raises where the status is not 200."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        return json.loads(self._asked(address, json.dumps(given), headers))

    def _asked(self, address: str, body: str | None, headers: dict[str, str]) -> bytes:
        self.connection.request("GET" if body is None else "POST", address, body=body, headers=headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status} {content[:200]!r}")
        return content


def python(*arguments: str, environment: dict[str, str]) -> str:
    """What a program of this directory prints; ends the bench where it fails."""
    environment = {**environment, **PLACE}
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def prepared(data: Path, environment: dict[str, str], *maker: str) -> dict:
    """What the maker of the data printed, now or when the directory was first used."""
    kept = data / "sessions.json"
    python("manage.py", "migrate", "--verbosity", "0", environment=environment)
    python("manage.py", "collectstatic", "--noinput", "--verbosity", "0", environment=environment)
    if kept.exists():
        return json.loads(kept.read_text())
    kept.write_text(python(*maker, environment=environment))
    return json.loads(kept.read_text())


_COUNT = """
import json, os, sys, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from nhipcau.core import recall
settings.ALLOWED_HOSTS = ["*"]
made = {}
for name, (key, address) in json.loads(sys.argv[1]).items():
    client = Client()
    client.cookies["sessionid"] = key
    client.get(address)
    recall.forget()  # as after an act: the most that a page asks
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    made[name] = len(queries)
print(json.dumps(made))
"""


def queries(environment: dict[str, str], pages: dict[str, tuple[str, str]]) -> dict[str, int]:
    """How many queries each page makes when nothing is recalled: by name, from session key and address."""
    return json.loads(python("-c", _COUNT, json.dumps(pages), environment=environment))


_SETUP = """
import os, sys, time, itertools, secrets, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()
from nhipcau.core.actors import Actor
"""

_FAR_ACT = (
    _SETUP
    + """
from nhipcau.core.actions import change_rhythm
from nhipcau.core.models import User
person = User.objects.order_by("-pk")[0]
for kind in itertools.cycle(("daily", "weekly")):
    change_rhythm(Actor(person.pk), person, kind=kind)
    time.sleep(1)
"""
)

_WORD = (
    _SETUP
    + """
from nhipcau.followup.actions import record_progress
from nhipcau.followup.models import Assignment
from nhipcau.organisations.models import Membership
people = dict(Membership.objects.filter(role="officer").order_by("pk").values_list("organisation_id", "person_id"))
for organisation, person in itertools.cycle(sorted(people.items())):
    rows = Assignment.objects.filter(organisation=organisation, ended="", is_open=True).order_by("last_word_at", "pk")
    for row in rows[:1]:
        actor = Actor(person, organisation, frozenset({"officer"}))
        said = dict(version=row.version, progress="in_progress", text="Đã làm xong một phần")
        record_progress(actor, row, key=secrets.token_hex(8), **said)
    time.sleep(1)
"""
)


@contextlib.contextmanager
def acts(environment: dict[str, str], far: bool = True) -> Iterator[None]:
    """Meanwhile somebody does an act every second: one that changes something for all (``far``), or a word on progress of
    one agency after the other."""
    process = subprocess.Popen(
        [sys.executable, "-c", _FAR_ACT if far else _WORD], cwd=ROOT, env={**environment, **PLACE}
    )
    try:
        time.sleep(2)  # it starts
        yield
        if process.poll() is not None:
            raise SystemExit("No acts were done meanwhile.")
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def running(application: str, environment: dict[str, str], cwd: Path = ROOT) -> Iterator[tuple[int, int]]:
    """A running server: its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port), *WEB.split(), application]
    process = subprocess.Popen(command, cwd=cwd, env={**environment, **PLACE})
    try:
        _wait(port)
        _settle(process.pid)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise SystemExit("The server did not start.")


def _settle(process: int) -> None:
    """One process of the server answers before the other has started: all connections would stay with the first."""
    for _ in range(60):
        before = spent(process)
        time.sleep(0.5)
        if spent(process) - before < 0.05:
            return
    raise SystemExit("The server does not come to rest.")


def spent(*processes: int) -> float:
    """Seconds of processor time so far (Linux) of these processes and their children."""
    tick, seconds = os.sysconf("SC_CLK_TCK"), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(stat.parent.name) in processes:
                seconds += sum(map(int, fields[11:15]))  # its own, and of its children that ended
            elif int(fields[1]) in processes:
                seconds += int(fields[11]) + int(fields[12])
    return seconds / tick


def postgres(environment: dict[str, str]) -> int:
    """The first process of the PostgreSQL that $DATABASE_URL names, where it runs on this machine; else 0."""
    port = str(urlsplit(environment.get("DATABASE_URL", "")).port or "")
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = line.read_text().split("\0")
            if port and words[0].endswith("/postgres") and "-p" in words and words[words.index("-p") + 1] == port:
                return int(line.parent.name)
    return 0


def timed(
    name: str, server: tuple[int, int], database: int, people: int, asks: int, ask: Callable[[int, int], int]
) -> Timing:
    """``people`` at once, each one answer after the other: ``ask(person, number)`` gives the bytes of an answer. The first
    two of each warm the processes up and are not counted."""
    seconds: list[float] = []
    sizes: list[int] = []
    problems: list[Exception] = []

    def visit(person: int) -> None:
        try:
            for number in range(asks + 2):
                begin = time.perf_counter()
                size = ask(person, number)
                if number >= 2:
                    seconds.append(time.perf_counter() - begin)
                    sizes.append(size)
        except Exception as problem:
            problems.append(problem)

    before, begin = (spent(server[1]), spent(database) if database else 0, time.process_time()), time.perf_counter()
    threads = [threading.Thread(target=visit, args=[person]) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise SystemExit(f"{name}: {problems[0]}")
    took = time.perf_counter() - begin
    after = spent(server[1]), spent(database) if database else 0, time.process_time()
    count = people * (asks + 2)
    cpu = [(now - then) / count for now, then in zip(after, before, strict=True)]
    p95 = statistics.quantiles(seconds, n=100)[94]
    return Timing(name, statistics.median(seconds), p95, max(sizes), *cpu, count / took)


def page(
    name: str, server: tuple[int, int], database: int, people: int, asks: int, asked: Sequence[tuple[str, str]]
) -> Timing:
    """As ``timed``: everybody asks for these addresses, each in its session, in turn."""
    visitors = [Visitor(server[0]) for _person in range(people)]

    def ask(person: int, number: int) -> int:
        session, address = asked[(number * people + person) % len(asked)]
        return len(visitors[person].ask(address, cookie=f"sessionid={session}" if session else ""))

    return timed(name, server, database, people, asks, ask)


HEAD = (
    "| page | median | p95 | × peer (p95) | CPU: server | PostgreSQL | asking | queries | kB |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
)


def line(timing: Timing, peer: Timing) -> str:
    """One line of the table."""
    asked = "" if timing.queries is None else str(timing.queries)
    return (
        f"| {timing.name} | {timing.median * 1000:.0f} ms | {timing.p95 * 1000:.0f} ms | {timing.p95 / peer.p95:.1f} "
        f"| {timing.cpu * 1000:.0f} ms | {timing.database * 1000:.0f} ms | {timing.asking * 1000:.0f} ms "
        f"| {asked} | {timing.size / 1000:.0f} |"
    )
