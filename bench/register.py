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
import datetime as dt
import os
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import serving
from serving import Timing, Visitor

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


def main() -> int:
    """Measure, print, and say by the exit code whether the targets are met."""
    options = _options()
    load = os.getloadavg()[0]
    with contextlib.ExitStack() as stack:
        data = Path(options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="nhipcau-bench-")))
        data.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "DATA_DIR": str(data), "ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "ERROR"}
        sessions = serving.prepared(data, environment, "bench/make_tasks.py", str(options.tasks))
        pages = _pages(environment)
        mine, database = sessions["department"], serving.postgres(environment)
        queries = serving.queries(environment, {name: (mine, asked[0]) for name, asked in pages.items()})
        with serving.running("nhipcau.wsgi:application", environment) as server:
            with serving.acts(environment):
                timings = [
                    serving.page(name, server, database, PEOPLE, options.asks, [(mine, a) for a in addresses])
                    for name, addresses in pages.items()
                ]
            csv_seconds, csv_bytes = _whole(
                server[0], "/so-nhiem-vu/tai-ve.csv?state=all&kind=all", sessions["province"]
            )
        with serving.running("plain_list:application", environment, cwd=serving.ROOT / "bench") as server:
            peer = serving.page("peer: plain ListView, 50 rows", server, database, PEOPLE, options.asks, [("", "/")])
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


def _pages(environment: dict[str, str]) -> dict[str, list[str]]:
    """What is asked: the addresses of the target, tasks and plans of the data among them. Each ask takes the next."""
    tasks, plans = (line.split() for line in serving.python("-c", _FIND, environment=environment).splitlines())
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


def _whole(port: int, address: str, session: str) -> tuple[float, int]:
    """The best of three downloads of everything."""
    best, size = 60.0, 0
    for _ in range(3):
        begin = time.perf_counter()
        size = len(Visitor(port).ask(address, f"sessionid={session}"))
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
        *serving.HEAD,
        *(serving.line(timing, peer) for timing in (*timings, peer)),
        f"| CSV of all rows, alone | {csv_seconds * 1000:.0f} ms | | | | | | | {csv_bytes / 1000:.0f} |",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
