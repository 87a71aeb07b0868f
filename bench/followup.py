"""Times the follow-up of a province on the real server, with many people at once.

    python bench/followup.py                                      # on SQLite, five people, in a directory of its own
    sh scripts/with_postgres.sh python bench/followup.py          # on a PostgreSQL that is thrown away, sixteen people
    python bench/followup.py --tasks                              # the register of 22,000 tasks instead, eight people
    python bench/followup.py --far                                # every second an act that makes everything forgotten
    python bench/followup.py --scale 0.25 --json out.json         # a smaller province, for bench/growth.py

Makes the data (bench/make_followup.py; with --tasks bench/make_tasks.py, whose plans are then assigned), starts granian
as ``manage.py serve`` does (two processes), asks each page from connections that are kept open, and prints a Markdown
table as bench/register.py does. Different people ask: officers of sixteen agencies their own pages, the province's three
people the board.

Meanwhile an agency writes a word on progress every second, one agency after the other, which is what nearly all acts are:
the server forgets what it recalls of that agency and of those who follow it up. With --far the act of every second is
one that may change something for anybody, and the server forgets all that it recalls. Words on progress are
posted as the page's script posts its form, with its token, and answered with the new state of the job; then sent by two
programs with the keys of two agencies, a few hundred at once (POST /api/v1/notes); then written as acts by two processes,
without a server.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import serving
from register import WORDS
from serving import Timing, Visitor

TARGET = 0.3  # seconds, 95th percentile
MOST_QUERIES = 15
NOTES_A_SECOND = 100  # accepted over HTTP
BATCH = 300  # words that a program sends at once; the interface takes up to 500
Asked = list[tuple[str, str]]


def main() -> int:
    """Measure, print, and say by the exit code whether the targets are met."""
    options = _options()
    load, is_postgres = os.getloadavg()[0], bool(os.environ.get("DATABASE_URL"))
    people = options.people or (8 if options.tasks else 16 if is_postgres else 5)
    with contextlib.ExitStack() as stack:
        data = Path(options.keep or stack.enter_context(tempfile.TemporaryDirectory(prefix="nhipcau-bench-")))
        data.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "DATA_DIR": str(data), "ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "ERROR"}
        maker = ["bench/make_followup.py", *(["--tasks"] if options.tasks else ["--scale", str(options.scale)])]
        made = serving.prepared(data, environment, *maker)
        pages = pages_of(made, environment)
        queries = serving.queries(environment, {name: asked[0] for name, asked in pages.items()})
        timings, sent = _timings(environment, pages, people, options.asks, options.far)
        acts = _acts(environment)
    for timing in timings:
        timing.queries = queries.get(timing.name)
    *ours, peer = timings
    print(_table(ours, peer, people, made["counts"], is_postgres, load))
    print(f"Sent by two programs with keys, up to {BATCH} at once: {sent:.0f} a second")
    print(f"As acts of two processes, without a server: {acts:.0f} a second")
    if options.json:
        facts = {timing.name: {"p95": timing.p95, "cpu": timing.cpu + timing.database} for timing in ours}
        Path(options.json).write_text(json.dumps({"counts": made["counts"], "pages": facts, "size": made["size"]}))
    return 0 if _met(ours, sent) else 1


def _met(timings: list[Timing], sent: float) -> bool:
    posted = next(timing.a_second for timing in timings if timing.name == "a word, posted")
    board = next(timing.queries for timing in timings if timing.name == "board") or 0
    slow = [timing for timing in timings if timing.p95 >= TARGET]
    return not slow and board <= MOST_QUERIES and max(posted, sent) >= NOTES_A_SECOND


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1, help="provinces; below 1: a smaller one")
    parser.add_argument("--tasks", action="store_true", help="the register of 22,000 tasks, assigned")
    parser.add_argument("--people", type=int, help="at once: 16 on PostgreSQL, 5 on SQLite, 8 with --tasks")
    parser.add_argument("--asks", type=int, default=30, help="how often each of them asks each page")
    parser.add_argument("--keep", help="a directory for the data; used again when it is there")
    parser.add_argument("--far", action="store_true", help="the act of every second makes everything forgotten")
    parser.add_argument("--json", help="a file for the figures")
    return parser.parse_args()


def pages_of(made: dict, environment: dict[str, str]) -> dict[str, Asked]:
    """What is asked, and in whose session."""
    officers, heads = made["officers"], made["top"][1:] or made["top"]  # of three the first is an officer
    own = json.loads(serving.python("-c", _OWN, json.dumps(officers), "is_open", environment=environment))
    tasks = serving.python("-c", _TASKS, environment=environment).split()
    return {
        "my work": [(key, "/viec-cua-toi/") for key in officers],
        "one assignment": [(key, f"/viec/{row[0]}/") for key, rows in own.items() for row in rows[:8]],
        "board": [(key, "/dieu-phoi/?tat-ca=") for key in heads],
        "board, rows behind a figure": [
            (heads[n % len(heads)], f"/dieu-phoi/viec/?state={state}")
            for n, state in enumerate(("late", "silent", "near"))
        ],
        "task register": [(key, "/so-nhiem-vu/?tat-ca=") for key in (*officers, *heads)],
        "one task": [(officers[n % len(officers)], f"/nhiem-vu/{task}/") for n, task in enumerate(tasks)],
        "search everything": [
            (officers[n % len(officers)], f"/tim/?q={quote(words)}") for n, words in enumerate(WORDS)
        ],
    }


_SETUP = """
import json, os, sys, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()
from django.contrib.sessions.models import Session
from nhipcau.followup.models import Assignment
from nhipcau.organisations.models import Membership
from nhipcau.plans.models import Task
"""

_OWN = (
    _SETUP
    + """
own = {}
for key in json.loads(sys.argv[1]):
    person = int(Session.objects.get(session_key=key).get_decoded()["_auth_user_id"])
    organisation = Membership.objects.filter(person=person).order_by("pk")[0].organisation_id
    rows = Assignment.objects.filter(organisation=organisation, ended="", is_open=True).order_by("next_day", "pk")
    own[key] = list(rows.values_list("public_id", "version")[:300])
print(json.dumps(own))
"""
)

_KEYS = (
    _SETUP
    + f"""
from nhipcau.api.actions import make_token
from nhipcau.core.actors import Actor
keys = {{}}
for session in json.loads(sys.argv[1])[:2]:
    person = int(Session.objects.get(session_key=session).get_decoded()["_auth_user_id"])
    organisation = Membership.objects.filter(person=person).order_by("pk")[0].organisation
    administrator = Actor(person, organisation.pk, frozenset({{"administrator"}}))
    rows = Assignment.objects.filter(organisation=organisation, ended="", is_open=True).order_by("-next_day", "-pk")
    words = [
        dict(assignment=row, version=version, progress="in_progress", text="Đã họp, đang tổng hợp ý kiến.")
        for row, version in rows.values_list("public_id", "version")[:{BATCH}]
    ]
    keys[make_token(administrator, organisation, name="bench", scopes=["write:progress"], expires_on=None)[1]] = words
print(json.dumps(keys))
"""
)

_TASKS = (
    _SETUP
    + """
tasks = Task.objects.filter(plan__is_public=True, kind="task").order_by("pk")
print(*tasks.values_list("public_id", flat=True)[:: max(1, tasks.count() // 40)])
"""
)

_RECORD = (
    _SETUP
    + """
import secrets, time
from nhipcau.core.actors import Actor
from nhipcau.followup.actions import record_progress
part, seconds = int(sys.argv[1]), float(sys.argv[2])
roles = frozenset({"officer"})
people = dict(Membership.objects.filter(role="officer").values_list("organisation_id", "person_id"))
rows = Assignment.objects.filter(ended="", is_open=True, organisation__in=people).order_by("pk")
rows = list(rows[part : 20_000 : 2])
done, end = 0, time.monotonic() + seconds
for row in rows * 50:
    actor = Actor(people[row.organisation_id], row.organisation_id, roles)
    version = Assignment.objects.values_list("version", flat=True).get(pk=row.pk)
    record_progress(actor, row, version=version, progress="in_progress", text="Đã làm xong một phần", key=secrets.token_hex(8))
    done += 1
    if time.monotonic() > end:
        break
print(done)
"""
)


def _timings(
    environment: dict[str, str], pages: dict[str, Asked], people: int, asks: int, far: bool
) -> tuple[list[Timing], float]:
    """Every page, a word on progress, and last the peer; and how many words a second programs send."""
    database = serving.postgres(environment)
    with serving.running("nhipcau.wsgi:application", environment) as server:
        with serving.acts(environment, far):
            timings = [serving.page(name, server, database, people, asks, asked) for name, asked in pages.items()]
        officers = sorted({key for key, _address in pages["my work"]})
        timings.append(_words(environment, server, database, people, asks, officers))
        sent = _sent(environment, server[0], officers)
    with serving.running("plain_list:application", environment, cwd=serving.ROOT / "bench") as server:
        timings.append(serving.page("peer: plain ListView, 50 rows", server, database, people, asks, [("", "/")]))
    return timings, sent


def _words(
    environment: dict[str, str], server: tuple[int, int], database: int, people: int, asks: int, officers: list[str]
) -> Timing:
    """A word on progress, posted as the form of the page posts it: each person's on the next assignment of theirs."""
    own = json.loads(serving.python("-c", _OWN, json.dumps(officers), environment=environment))
    sharing = -(-people // len(officers))  # of one officer's rows, each a part of its own
    visitors = [Visitor(server[0]) for _person in range(people)]
    tokens = [_token(visitors[person], officers[person % len(officers)], own) for person in range(people)]

    def post(person: int, number: int) -> int:
        key = officers[person % len(officers)]
        rows = own[key]
        public_id, version = rows[(number + len(rows) // sharing * (person // len(officers))) % len(rows)]
        cookie, token = tokens[person]
        said = {"csrfmiddlewaretoken": token, "version": version, "key": f"bench{os.getpid()}-{person}-{number}",
                "progress": "in_progress", "text": "Đã họp, đang tổng hợp ý kiến.", "as": "job"}  # fmt: skip
        return len(visitors[person].ask(f"/viec/{public_id}/ghi/", cookie, urlencode(said)))

    return serving.timed("a word, posted", server, database, people, asks, post)


def _token(visitor: Visitor, key: str, own: dict[str, list]) -> tuple[str, str]:
    """The cookies and the form's token, from the page of an assignment."""
    page = visitor.ask(f"/viec/{own[key][0][0]}/", f"sessionid={key}").decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if found is None:
        raise SystemExit("The page of an assignment has no form.")
    return f"sessionid={key}; csrftoken={found[1]}", found[1]


def _sent(environment: dict[str, str], port: int, officers: list[str], seconds: float = 10) -> float:
    """Words a second that two programs send with the keys of two agencies, each batch after the other."""
    keys = json.loads(serving.python("-c", _KEYS, json.dumps(officers), environment=environment))

    def send(key: str, words: list[dict]) -> int:
        program, done, end = Visitor(port), 0, time.monotonic() + seconds
        while time.monotonic() < end:
            for number, word in enumerate(words):
                word["key"] = f"bench{os.getpid()}-{done + number}"
            results = program.send("/api/v1/notes", key, {"notes": words})["results"]
            if any(result["status"] != "written" for result in results):
                raise SystemExit(f"Words were not written: {results[:3]}")
            for word, result in zip(words, results, strict=True):
                word["version"] = result["version"]
            done += len(results)
        return done

    begin = time.perf_counter()
    with ThreadPoolExecutor(2) as both:
        count = sum(both.map(send, keys, keys.values()))
    return count / (time.perf_counter() - begin)


def _acts(environment: dict[str, str], seconds: float = 10) -> float:
    """Words a second that two processes write as acts."""
    with ThreadPoolExecutor(2) as both:
        parts = [
            both.submit(serving.python, "-c", _RECORD, str(part), str(seconds), environment=environment)
            for part in (0, 1)
        ]
    return sum(int(part.result()) for part in parts) / seconds


def _table(
    timings: list[Timing], peer: Timing, people: int, counts: dict[str, int], is_postgres: bool, load: float
) -> str:
    where = "PostgreSQL" if is_postgres else "SQLite"
    words = next(timing for timing in timings if timing.name == "a word, posted")
    lines = [
        f"{counts['Assignment']:,} assignments, {counts.get('Note', 0):,} words on progress, "
        f"{counts['AuditEvent']:,} audited acts; {people} people at once, two processes, {os.cpu_count()} cores, {where}",
        f"({dt.datetime.now():%d/%m/%Y %H:%M}, load of the machine before the run: {load:.1f})",
        "",
        *serving.HEAD,
        *(serving.line(timing, peer) for timing in (*timings, peer)),
        "",
        f"Words on progress, posted one by one: {words.a_second:.0f} a second",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
