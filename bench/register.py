"""Times the register of 22,000 tasks on the real server, with eight people at once.

    python bench/register.py                                      # on SQLite, in a directory of its own
    sh scripts/with_postgres.sh python bench/register.py          # on a PostgreSQL that is thrown away
    python bench/register.py --keep /tmp/bench                    # keep the data for the next run

Makes the data (bench/make_tasks.py), starts granian as ``manage.py serve`` does (two processes), asks each page in
turn from eight connections that are kept open, and prints a Markdown table: median and 95th percentile, processor time
and queries a page, bytes, and the ratio of the 95th percentile to a named peer: Django's own ListView of fifty rows of
the same table, on the same server and database (bench/plain_list.py).

The server recalls answers until somebody does something (core/recall.py). So that this does not flatter the figures,
searches look for other words each time, and somebody does an act every second all along, which makes everything
forgotten: far more often than eight people do.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime as dt
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
WEB = "--interface wsgi --no-ws --workers 2 --blocking-threads 4 --log-level error"  # as manage.py serve
PEOPLE = 8
TARGET = 0.2  # seconds, 95th percentile
MOST_QUERIES = 20
ROLES = ("lead", "coordinating")
TIMES = ("soon", "overdue", "month", "year", "continuous", "recurring")
LETTERS = ("đ", "c", "t", "n", "b", "k")
WORDS = (
    "ngan sach",
    "truyền thông",
    "báo chí",
    "tin giả",
    "cải cách hành chính",
    "chuyen doi so",
    "quy che phat ngon",
    "cán bộ",
    "kinh phí nhà nước",
    "mang xa hoi",
    "xã phường thị trấn",
    "407/QĐ-TTg",
    "lập dự toán",
    "sở tư pháp",
    "nang cap duy tri",
    "khu dan cu",
    "côn đảo",
    '"phổ biến, quán triệt"',
    "dai truyen thanh",
    "rà soát kinh phí báo",
    "tac dong lon giai doan moi",
    "khong co chu nay",
    "mạng xã hội trang thông tin",
)


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
    queries: int | None = None


def main() -> int:
    """Measure, print, and say by the exit code whether the targets are met."""
    options = _options()
    load = os.getloadavg()[0]
    with contextlib.ExitStack() as stack:
        data = Path(options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="nhipcau-bench-")))
        data.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "DATA_DIR": str(data), "ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "ERROR"}
        sessions = _data(data, environment, options.tasks)
        pages = _pages(environment)
        queries = _queries(environment, sessions["department"], pages)
        with _server("nhipcau.wsgi:application", environment) as server:
            with _acts(environment):
                timings = [
                    _timing(name, server, addresses, sessions["department"], options.asks)
                    for name, addresses in pages.items()
                ]
            csv_seconds, csv_bytes = _whole(
                server[0], "/so-nhiem-vu/tai-ve.csv?state=all&kind=all", sessions["province"]
            )
        with _server("plain_list:application", environment, cwd=ROOT / "bench") as server:
            peer = _timing("peer: plain ListView, 50 rows", server, ["/"], "", options.asks)
    for timing in timings:
        timing.queries = queries[timing.name]
    print(_table(timings, peer, csv_seconds, csv_bytes, bool(os.environ.get("DATABASE_URL")), load))
    met = all(t.p95 < TARGET and (t.queries or 0) <= MOST_QUERIES for t in timings) and csv_seconds < 1
    return 0 if met else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", type=int, default=22_000)
    parser.add_argument("--asks", type=int, default=30, help="how often each of the eight asks each page")
    parser.add_argument("--keep", help="a directory for the data; used again when it is there")
    return parser.parse_args()


def _data(data: Path, environment: dict[str, str], count: int) -> dict[str, str]:
    kept = data / "sessions.json"
    if kept.exists():
        return json.loads(kept.read_text())
    _python("manage.py", "migrate", "--verbosity", "0", environment=environment)
    _python("manage.py", "collectstatic", "--noinput", "--verbosity", "0", environment=environment)
    kept.write_text(_python("bench/make_tasks.py", str(count), environment=environment))
    return json.loads(kept.read_text())


def _pages(environment: dict[str, str]) -> dict[str, list[str]]:
    """What is asked: the addresses of the target, tasks and plans of the data among them. Each ask takes the next."""
    tasks, plans = (line.split() for line in _python("-c", _FIND, environment=environment).splitlines())
    return {
        "list": ["/so-nhiem-vu/?tat-ca="],
        "filter": [f"/so-nhiem-vu/?agency=mine&role={role}&time={time}" for role in ROLES for time in TIMES],
        "search, words": [f"/so-nhiem-vu/?q={quote(words)}" for words in WORDS],
        "search, one letter": [f"/so-nhiem-vu/?q={quote(letter)}" for letter in LETTERS],
        "by name, page 100": ["/so-nhiem-vu/?sort=name&page=100"],
        "my page": ["/ban-lam-viec/"],
        "one task": [f"/nhiem-vu/{task}/" for task in tasks],
        "one plan": [f"/ke-hoach/{plan}/" for plan in plans],
        "library": ["/van-ban/"],
        "search everything": [f"/tim/?q={quote(words)}" for words in WORDS],
    }


_FIND = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()
from nhipcau.plans.models import Task
tasks = Task.objects.filter(plan__is_public=True, kind="task").select_related("plan").order_by("pk")[::97][:40]
print(*(task.public_id for task in tasks))
print(*dict.fromkeys(task.plan.slug for task in tasks))
"""

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
key, pages = sys.argv[1], json.loads(sys.argv[2])
client, made = Client(), {}
client.cookies["sessionid"] = key
for name, addresses in pages.items():
    recall.forget()  # as after an act: the most that a page asks
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(addresses[0])
    assert answer.status_code == 200, (addresses[0], answer.status_code)
    made[name] = len(queries)
print(json.dumps(made))
"""


_ACT = """
import os, sys, time, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()
from nhipcau.core.actions import change_preferences
from nhipcau.core.actors import Actor
from nhipcau.core.models import User
person = User.objects.order_by("-pk")[0]
while True:
    change_preferences(Actor(person.pk), person, name=person.name, language=person.language, theme=person.theme)
    time.sleep(1)
"""


@contextlib.contextmanager
def _acts(environment: dict[str, str]) -> Iterator[None]:
    """Meanwhile somebody does an act every second."""
    process = subprocess.Popen([sys.executable, "-c", _ACT], cwd=ROOT, env=environment)
    try:
        time.sleep(2)  # it starts
        yield
        if process.poll() is not None:
            raise SystemExit("No acts were done meanwhile.")
    finally:
        process.kill()
        process.wait()


def _queries(environment: dict[str, str], session: str, pages: dict[str, list[str]]) -> dict[str, int]:
    return json.loads(_python("-c", _COUNT, session, json.dumps(pages), environment=environment))


def _python(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


@contextlib.contextmanager
def _server(application: str, environment: dict[str, str], cwd: Path = ROOT) -> Iterator[tuple[int, int]]:
    """A running server: its port and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--host", "127.0.0.1", "--port", str(port), *WEB.split(), application]
    process = subprocess.Popen(command, cwd=cwd, env={**environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'bench'}"})
    try:
        _wait(port)
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


def _spent(process: int, name: str = "") -> float:
    """Seconds of processor time so far (Linux) of a process and its children, or of every process called ``name``."""
    tick, spent = os.sysconf("SC_CLK_TCK"), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            head, _bracket, rest = stat.read_text().rpartition(")")
            fields = rest.split()
            if head.endswith(f"({name}") if name else process in (int(stat.parent.name), int(fields[1])):
                spent += int(fields[11]) + int(fields[12])
    return spent / tick


def _timing(name: str, server: tuple[int, int], addresses: list[str], session: str, asks: int) -> Timing:
    """Eight people ask one kind of page, each over a connection of their own, one answer after the other."""
    port, process = server
    seconds: list[float] = []
    sizes: list[int] = []
    problems: list[str] = []

    def ask(person: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": f"sessionid={session}"} if session else {}
        for number in range(asks + 2):
            address = addresses[(number * PEOPLE + person) % len(addresses)]
            begin = time.perf_counter()
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != 200:
                problems.append(f"{address}: {answer.status}")
                return
            if number >= 2:  # the first two warm the process up
                seconds.append(time.perf_counter() - begin)
                sizes.append(len(body))

    before = _spent(process), _spent(0, "postgres"), time.process_time()
    people = [threading.Thread(target=ask, args=[person]) for person in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    if problems:
        raise SystemExit(problems[0])
    after = _spent(process), _spent(0, "postgres"), time.process_time()
    cpu = [(now - then) / (PEOPLE * (asks + 2)) for now, then in zip(after, before, strict=True)]
    return Timing(name, statistics.median(seconds), statistics.quantiles(seconds, n=100)[94], max(sizes), *cpu)


def _whole(port: int, address: str, session: str) -> tuple[float, int]:
    """The best of three downloads of everything."""
    best, size = 60.0, 0
    for _ in range(3):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        begin = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        size = len(connection.getresponse().read())
        best = min(best, time.perf_counter() - begin)
    return best, size


def _table(
    timings: list[Timing], peer: Timing, csv_seconds: float, csv_bytes: int, is_postgres: bool, load: float
) -> str:
    where = "PostgreSQL" if is_postgres else "SQLite"
    lines = [
        f"Register of 22,000 tasks, {PEOPLE} people at once, two processes, {os.cpu_count()} cores, {where}",
        f"({dt.datetime.now():%d/%m/%Y %H:%M}, load of the machine before the run: {load:.1f})",
        "",
        "| page | median | p95 | × peer (p95) | CPU: server | PostgreSQL | asking | queries | kB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for timing in (*timings, peer):
        queries = "" if timing.queries is None else str(timing.queries)
        ratio = timing.p95 / peer.p95
        lines.append(
            f"| {timing.name} | {timing.median * 1000:.0f} ms | {timing.p95 * 1000:.0f} ms | {ratio:.1f} "
            f"| {timing.cpu * 1000:.0f} ms | {timing.database * 1000:.0f} ms | {timing.asking * 1000:.0f} ms "
            f"| {queries} | {timing.size / 1000:.0f} |"
        )
    lines.append(f"| CSV of all rows, alone | {csv_seconds * 1000:.0f} ms | | | | | | | {csv_bytes / 1000:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
