"""How the pages of the follow-up and the database grow, from an eighth of a province to several, as fitted curves.

    python bench/growth.py                                         # on SQLite
    sh scripts/with_postgres.sh python bench/growth.py             # on a PostgreSQL that is thrown away
    python bench/growth.py --scales 0.125 0.25 0.5 1 2             # 2: two provinces below one root

For each scale the data of bench/make_followup.py are made anew and each page is asked alone, in one process, when nothing
is recalled from earlier (the most that a page costs): the best of several asks, with the database's share. The person who
asks for the board stands at the top and follows everything; the officer's agency has as many assignments at every scale.
The database at $DATABASE_URL is EMPTIED between scales; it must hold nothing when this begins.

Fits time = a + b × n by the least squares and n**k through the largest two thirds (by logarithms), n being the number of
assignments, and says what both give for the nation: 3,321 communes, 34 provinces with 20 departments each.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import math
import os
import sys
import tempfile
from pathlib import Path

import serving
from followup import pages_of

NATION = (3_321 + 34 * 20) * 600  # organisations below the provinces' committees, each named by 600 tasks of five years

_ASK = """
import json, os, sys, time, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()
from django.conf import settings
from django.test import Client
from nhipcau.core import recall
settings.ALLOWED_HOSTS = ["*"]
took = {}
for name, (key, address) in json.loads(sys.argv[1]).items():
    client, best = Client(), 1e9
    client.cookies["sessionid"] = key
    for number in range(9):
        recall.forget()
        begin = time.perf_counter()
        answer = client.get(address)
        if number > 1:
            best = min(best, time.perf_counter() - begin)
        assert answer.status_code == 200, (address, answer.status_code)
    took[name] = best
print(json.dumps(took))
"""

_EMPTY = """
import os, django
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP SCHEMA public CASCADE")
    cursor.execute("CREATE SCHEMA public")
"""


def main() -> int:
    """Measure each scale, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scales", type=float, nargs="+", default=[0.125, 0.25, 0.5, 1])
    parser.add_argument("--json", help="a file for the figures: kept, and read again with what it has")
    options = parser.parse_args()
    measured = [_measured(scale) for scale in sorted(options.scales)]
    if options.json:
        Path(options.json).write_text(json.dumps(measured))
    print(_table(measured))
    return 0


def _measured(scale: float) -> dict:
    """Make one scale's data and ask each page."""
    with contextlib.ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhipcau-bench-")))
        environment = {**os.environ, "DATA_DIR": str(data), "LOG_LEVEL": "ERROR"}
        made = serving.prepared(data, environment, "bench/make_followup.py", "--scale", str(scale))
        pages = {name: asked[0] for name, asked in pages_of(made, environment).items()}
        took = json.loads(serving.python("-c", _ASK, json.dumps(pages), environment=environment))
        if environment.get("DATABASE_URL"):
            serving.python("-c", _EMPTY, environment=environment)
    print(f"scale {scale}: {made['counts']['Assignment']:,} assignments", file=sys.stderr)
    return {"scale": scale, "n": made["counts"]["Assignment"], "notes": made["counts"]["Note"],
            "events": made["counts"]["AuditEvent"], "size": made["size"], "pages": took}  # fmt: skip


def _table(measured: list[dict]) -> str:
    where = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    counts = [each["n"] for each in measured]
    lines = [
        f"Each page alone with nothing recalled, {where} ({dt.datetime.now():%d/%m/%Y %H:%M}, load now "
        f"{os.getloadavg()[0]:.1f})",
        "",
        f"| assignments | {' | '.join(f'{n:,}' for n in counts)} | a + b·n | grows as | {NATION:,}: line, power |",
        f"|---|{'---:|' * (len(counts) + 3)}",
        _row("database, MB", counts, [each["size"] / 1e6 for each in measured], ""),
    ]
    for name in measured[0]["pages"]:
        lines.append(_row(name, counts, [each["pages"][name] * 1000 for each in measured], " ms"))
    return "\n".join(lines)


def _row(name: str, counts: list[int], values: list[float], unit: str) -> str:
    base, slope = _line(counts, values)
    power, factor = _power(counts[len(counts) // 3 :], values[len(counts) // 3 :])
    shown = " | ".join(f"{value:,.0f}{unit}" for value in values)
    nation = f"{base + slope * NATION:,.0f}{unit}, {factor * NATION**power:,.0f}{unit}"
    return f"| {name} | {shown} | {base:,.1f} + {slope * 1000:,.3f}·n/1000 | n^{power:.2f} | {nation} |"


def _line(x: list[int], y: list[float]) -> tuple[float, float]:
    """Least squares: y = a + b × x."""
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    spread = sum((each - middle_x) ** 2 for each in x) or 1
    slope = sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / spread
    return middle_y - slope * middle_x, slope


def _power(x: list[int], y: list[float]) -> tuple[float, float]:
    """Least squares of the logarithms: y = factor × x**power."""
    base, power = _line([math.log(each) for each in x], [math.log(each) for each in y])  # type: ignore[arg-type]
    return power, math.exp(base)


if __name__ == "__main__":
    sys.exit(main())
