"""Times 100,000 running clocks that are computed again after a new holiday.

    python bench/clocks.py                                        # on SQLite, in a directory of its own
    sh scripts/with_postgres.sh python bench/clocks.py            # on a PostgreSQL that is thrown away
    python bench/clocks.py --number 10000

The clocks begin over a year, half of them by limits of law as they ship, half by working days; every one spans the day
that becomes a holiday, so each is read and computed, and most move. Timed is the job itself: reading, computing, writing
due moments and the list of what moved. The named peer computes and saves one clock after another with the same functions,
as a first version would; it is timed on a sample. Beside it: starting clocks in bulk, and one page's unfolding.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
TARGET = 5.0  # seconds
SAMPLE = 500
DAY = dt.date(2026, 11, 18)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def server_seconds(connection: Any) -> float:
    """Processor time that PostgreSQL has spent for this connection so far; 0 on SQLite, which runs in this process."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    ticks = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def limits(dice: random.Random) -> str:
    """Those of law, and the house's own."""
    return dice.choice(
        ("working_days 5", "working_days 10", "working_days 15", "working_days 30", "calendar_days 12", "calendar_days 30",
         "months 1", "working_days_before 7", "hours 72")
    )  # fmt: skip


def make(number: int) -> list[Any]:
    """Clocks that all look at the day, most of which it moves."""
    from nhipcau.core.clocks import ZONE, packaged_calendar  # noqa: PLC0415  Django is set up first
    from nhipcau.core.timekeeping import made_clock  # noqa: PLC0415

    dice, calendar, made = random.Random(7), packaged_calendar(), []
    while len(made) < number:
        limit = limits(dice)
        at = dt.datetime.combine(DAY, dt.time(8), ZONE) - dt.timedelta(minutes=dice.randrange(40 * 1440))
        if limit == "working_days_before 7":
            at += dt.timedelta(days=45)
        clock = made_clock("bench", str(len(made)), len(made) % 120 + 1, at, limit=limit, calendar=calendar)
        if clock.first_on <= DAY <= clock.last_on:
            made.append(clock)
    return made


def one_by_one(change: Any) -> int:
    """The peer: each clock read, computed and saved by itself."""
    from nhipcau.core.models import Clock, ClockMove  # noqa: PLC0415
    from nhipcau.core.timekeeping import computed, read_calendar  # noqa: PLC0415

    calendar = read_calendar()
    for clock in Clock.objects.filter(closed_at=None).order_by("pk")[:SAMPLE]:
        done = computed(clock, calendar)
        old, clock.due_at, clock.nominal_on = clock.due_at, done.due, done.nominal_on
        clock.first_on, clock.last_on = done.span
        clock.save()
        if old != done.due:
            ClockMove.objects.create(change=change, clock=clock, old_due_at=old, new_due_at=done.due)
    return SAMPLE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=100_000)
    number = parser.parse_args().number
    with tempfile.TemporaryDirectory() as place:
        os.environ |= {"DATA_DIR": place, "DJANGO_SETTINGS_MODULE": "nhipcau.settings"}
        import django  # noqa: PLC0415  after the environment is set

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415
        from django.db import connection, transaction  # noqa: PLC0415

        from nhipcau.core.acts import SYSTEM  # noqa: PLC0415
        from nhipcau.core.models import CalendarDay, Clock  # noqa: PLC0415
        from nhipcau.core.timekeeping import actions, computed, moving, read_calendar  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        computing, clocks = timed(lambda: make(number))
        with transaction.atomic():
            writing, _all = timed(lambda: Clock.objects.bulk_create(clocks, batch_size=2000))
        holiday = {"date": DAY, "kind": "holiday", "name": "Ngày thử", "basis": "-", "confirmed": True, "applies": True}
        change = actions.keep_day(SYSTEM, CalendarDay(), holiday)
        marks: list[float] = []
        before, server = time.process_time(), server_seconds(connection)
        seconds, moved = timed(
            lambda: moving.recompute(change, lambda _done, _total: marks.append(time.perf_counter()))
        )
        processor, server = time.process_time() - before, server_seconds(connection) - server
        again, _none = timed(lambda: moving.recompute(change))
        calendar = read_calendar()
        sample = list(Clock.objects.order_by("?")[:SAMPLE])
        right = sum(clock.due_at == computed(clock, calendar).due for clock in sample)
        with transaction.atomic():
            Clock.objects.filter(pk__in=[clock.pk for clock in sample]).update(nominal_on=DAY)
            peer, count = timed(lambda: one_by_one(change))
        print(f"{connection.vendor}, {number:,} clocks running over {DAY:%d/%m/%Y}\n")
        print("| what | time |\n|---|---:|")
        print(
            f"| **computed again after a new holiday**: {moved:,} moved, listed with old and new day | **{seconds:.2f} s** |"
        )
        print(f"| the same again: nothing to move | {again:.2f} s |")
        print(f"| peer: one clock after another ({count} timed, all by proportion) | {peer / count * number:.1f} s |")
        print(f"| computing them for the first time, one by one | {computing:.1f} s |")
        print(f"| writing them, in bulk | {writing:.1f} s |")
        print(f"\nProcessor: {processor:.2f} s here, {server:.2f} s in the database's process.")
        print(f"Load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
        print(f"Right in a sample of {SAMPLE}: {right}. Target: {TARGET:.0f} s.")
        connection.close()
    return 0 if seconds < TARGET and right == SAMPLE else 1


if __name__ == "__main__":
    sys.exit(main())
