"""Fifty clerks of one office take numbers of one sequence at the same moment, in processes and connections of their own;
one of the processes is killed while it does. How long a clerk waits, and whether any number is there twice or missing.

    python bench/document_numbers.py [--each 4]                                    # SQLite, in a directory that is thrown away
    PG_FSYNC=on sh scripts/with_postgres.sh python bench/document_numbers.py       # PostgreSQL
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROCESSES, THREADS = 5, 10
READY = 12.0  # seconds until every process stands at the line


def main() -> int:
    """Make the office, let the clerks loose, look at the register. 1 where a number is there twice or missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=4, help="documents of each clerk")
    parser.add_argument("--worker", nargs=2, type=int, metavar=("WHICH", "START"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        _set_up()
        _work(given.worker[0], given.worker[1] / 1000)
        return 0
    with tempfile.TemporaryDirectory() as place:
        os.environ["DATA_DIR"] = place
        _set_up()
        documents = _make(given.each)
        (Path(place) / "documents.json").write_text(json.dumps(documents))
        waits, taking = _let_loose(PROCESSES * THREADS * given.each // 5)
        return _judge(waits, taking, given.each)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    import django  # noqa: PLC0415 the place of the data must be known before

    django.setup()


def _make(each: int) -> list[dict[str, Any]]:
    """The office with its clerks, and for each of them so many documents that are signed."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415
    from tests.factories import make_actor, make_official, make_organisation  # noqa: PLC0415

    from nhipcau.documents.models import Outgoing  # noqa: PLC0415
    from vanban.official.stored import to_dict  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    office, content = make_organisation("Ủy ban nhân dân tỉnh Hòa An"), to_dict(make_official())
    documents = []
    for _clerk in range(PROCESSES * THREADS):
        clerk = make_actor(office)
        rows = [
            Outgoing.objects.create(
                organisation=office, doc_type="Báo cáo", subject=f"Báo cáo {n}", content=content,
                state=Outgoing.State.SIGNED, signed_by=clerk.person_id, signed_at=timezone.now(),
            )
            for n in range(each)
        ]  # fmt: skip
        documents.append({"person": clerk.person_id, "organisation": office.pk, "documents": [row.pk for row in rows]})
    return documents


def _let_loose(killed_at: int) -> tuple[list[float], float]:
    """How long each taking took, and all of them together. One process is killed when so many numbers are taken."""
    from nhipcau.documents.models import RegisterNumber  # noqa: PLC0415

    start = time.time() + READY
    command = [sys.executable, __file__, "--worker"]
    workers = [
        subprocess.Popen([*command, str(which), str(int(start * 1000))], stdout=subprocess.PIPE, text=True)
        for which in range(PROCESSES)
    ]
    while RegisterNumber.objects.count() < killed_at:
        time.sleep(0.05)
    workers[-1].send_signal(signal.SIGKILL)
    said = [worker.communicate(timeout=600)[0] for worker in workers]
    found = [json.loads(text) for text in said if text.strip()]
    assert len(found) == PROCESSES - 1, "a worker failed"
    return [wait for one in found for wait in one["waits"]], max(one["ended"] for one in found) - start


def _work(which: int, start: float) -> None:
    """One process: its clerks wait for the moment and take the numbers of their documents."""
    from django.db import connection  # noqa: PLC0415

    from nhipcau.core.actors import Actor  # noqa: PLC0415
    from nhipcau.documents.actions.outgoing import take_number  # noqa: PLC0415
    from nhipcau.documents.models import Outgoing  # noqa: PLC0415

    everyone = json.loads((Path(os.environ["DATA_DIR"]) / "documents.json").read_text())
    waits: list[float] = []

    def clerk(given: dict[str, Any]) -> None:
        actor = Actor(given["person"], given["organisation"], frozenset({"officer"}))
        rows = list(Outgoing.objects.filter(pk__in=given["documents"]))
        time.sleep(max(0.0, start - time.time()))
        for row in rows:
            began = time.monotonic()
            take_number(actor, row)
            waits.append(time.monotonic() - began)
        connection.close()

    mine = everyone[which * THREADS : (which + 1) * THREADS]
    threads = [threading.Thread(target=clerk, args=[given]) for given in mine]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"waits": waits, "ended": time.time()}))


def _judge(waits: list[float], taking: float, each: int) -> int:
    from nhipcau.documents.models import Numbering, Outgoing, RegisterNumber  # noqa: PLC0415

    numbers = list(RegisterNumber.objects.order_by("number").select_related("outgoing"))
    last = Numbering.objects.get().last
    held = [row.number for row in numbers]
    twice, missing = len(held) - len(set(held)), sorted(set(range(1, last + 1)) - set(held))
    apart = [row.symbol for row in numbers if row.outgoing is None or row.outgoing.symbol != row.symbol]
    numbered = Outgoing.objects.filter(state=Outgoing.State.NUMBERED).count()
    waits.sort()
    where = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    print(f"{where}, {PROCESSES * THREADS} clerks at once, {each} documents each, one of {PROCESSES} processes killed")
    print(f"numbers taken: {len(held)} (of {PROCESSES * THREADS * each}), documents with a number: {numbered}")
    print(f"twice: {twice}; missing: {len(missing)}; numbers without their document: {len(apart)}")
    print(f"all together: {taking:.2f} s, {len(waits) / taking:.0f} numbers a second")
    figures = {"median": statistics.median(waits), "p95": waits[int(len(waits) * 0.95)], "most": waits[-1]}
    print("a clerk waits: " + ", ".join(f"{name} {value * 1000:.0f} ms" for name, value in figures.items()))
    return int(bool(twice or missing or apart or numbered != len(held)))


if __name__ == "__main__":
    sys.exit(main())
