"""Times the roll-up: a province merges the reports of 100 communes with 4,000 assignments into one draft, as DOCX and PDF.

    python bench/reporting.py                                     # on SQLite, in a directory of its own
    sh scripts/with_postgres.sh python bench/reporting.py         # on a PostgreSQL that is thrown away
    python bench/reporting.py --communes 20 --keep DIR            # keep the two files

Each commune has 40 tasks of one plan; most have a word or several, some evidence and obstacles. Every commune's report is
drafted by the act itself and marked as sent; timed are drafting one of them, merging all, making the official document, the
DOCX and the PDF. Memory is what this process and the one that Typst prints in hold together, looked at every 20 ms from
the merge on (Linux). The peer is the plainest merge: one query of all rows in their
order and a python-docx table of the same cells.

The figures of the merged report are compared with SQL over the tables of the follow-up that shares no code with them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import io
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
TARGET_SECONDS, TARGET_MIB = 10.0, 500
TODAY = dt.date.today()
_WORDS = ("Đã phát 12 bản tin, dán tại 8 nhà văn hóa", "Đang chờ kinh phí bổ sung", "Đã tập huấn 35 người", "")

# Counted by the database alone, over assignments, words and obstacles of the days of the round.
COUNTS = {
    "tasks.total": "SELECT count(*) FROM followup_assignment WHERE ended = ''",
    "tasks.done": "SELECT count(*) FROM followup_assignment WHERE ended = '' AND progress = 'done'",
    "tasks.done_late": ("SELECT count(*) FROM followup_assignment WHERE ended = '' AND progress = 'done' AND due < %s"),
    "tasks.lead": "SELECT count(*) FROM followup_assignment WHERE ended = '' AND role = 'lead'",
    "tasks.waiting": "SELECT count(*) FROM followup_assignment WHERE ended = '' AND progress = 'not_started'",
    "tasks.cannot": "SELECT count(*) FROM followup_assignment WHERE ended = '' AND progress = 'cannot'",
    "tasks.running": "SELECT count(*) FROM followup_assignment WHERE ended = '' AND progress = 'in_progress'",
    "tasks.overdue": "SELECT count(*) FROM followup_assignment WHERE ended = '' AND progress <> 'done' AND due < %s",
    "tasks.silent": (
        "SELECT count(*) FROM followup_assignment a WHERE ended = '' AND progress <> 'done' AND NOT EXISTS "
        "(SELECT 1 FROM followup_note n WHERE n.assignment_id = a.id AND n.taken_back_at IS NULL)"
    ),
    "evidence.total": (
        "SELECT count(*) FROM followup_evidence e JOIN followup_note n ON n.id = e.note_id WHERE n.taken_back_at IS NULL"
    ),
    "obstacles.settled": "SELECT count(*) FROM followup_obstacle WHERE state = 'settled'",
    "obstacles.raised": "SELECT count(*) FROM followup_obstacle WHERE state <> 'withdrawn'",
}


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    made = work()
    return time.perf_counter() - begin, made


class Held(threading.Thread):
    """Looks at what this process and its children hold, until it is stopped."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._most, self._over = 0, threading.Event()
        gc.collect()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.02):
            self._most = max(self._most, sum(map(_held, [os.getpid(), *_children()])))

    def stop(self) -> float:
        """The most that was held at once, in MiB."""
        self._over.set()
        self.join()
        return self._most / 1024


def _held(pid: int) -> int:
    """kB that a process holds; what two share counts half for each."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    except OSError:
        return 0  # it has ended


def _children() -> list[int]:
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def make(communes: int, tasks: int) -> Any:
    """The province with its communes, their assignments and words; the round, and its report at the top."""
    from tests.factories import make_organisation, make_plan, make_round, make_task  # noqa: PLC0415

    from nhipcau.followup.models import Assignment, Evidence, Note, Obstacle  # noqa: PLC0415  Django is set up first
    from nhipcau.plans.models import NO_DATE, Task  # noqa: PLC0415

    dice = random.Random(2026)
    province = make_organisation("Ủy ban nhân dân tỉnh Bình Minh", kind="committee")
    names = [f"Ủy ban nhân dân xã Tân An {number:03d}" for number in range(1, communes + 1)]
    units = [make_organisation(name, parent=province, kind="committee", level="commune") for name in names]
    plan = make_plan(province, date=dt.date(TODAY.year, 1, 1))
    made = [
        make_task(
            plan,
            text=f"Truyền thông chính sách về lĩnh vực số {number}, bảo đảm người dân hiểu và tham gia ý kiến.",
            group=f"Nhóm nhiệm vụ {number // 8 + 1}",
            time_kind="once",
            due=TODAY + dt.timedelta(days=dice.randrange(-90, 60)),
        )
        for number in range(1, tasks + 1)
    ]
    rows = []
    for unit in units:
        for task in made:
            rows.append(
                Assignment(
                    task=task, plan=plan, owner=province, organisation=unit, role="lead", year=TODAY.year,
                    due=task.due or NO_DATE, stated_due=task.due or NO_DATE, word_due=NO_DATE,
                    progress=dice.choice(("done", "done", "in_progress", "not_started", "cannot")),
                )
            )  # fmt: skip
    for row in rows:
        row.prepare()
    Assignment.objects.bulk_create(rows, batch_size=500)
    notes = [
        Note(
            assignment=row,
            organisation_id=row.organisation_id,
            progress=row.progress,
            text=dice.choice(_WORDS),
            key=f"k{turn}",
        )
        for row in rows
        for turn in range(dice.randrange(0, 4) if row.progress != "done" else 2)
    ]
    Note.objects.bulk_create(notes, batch_size=500)
    proofs = [
        Evidence(note=note, url="https://xa.example.vn/tin", name="Tin trên cổng")
        for note in notes
        if dice.random() < 0.3
    ]
    Evidence.objects.bulk_create(proofs, batch_size=500)
    Obstacle.objects.bulk_create(
        Obstacle(assignment=row, text=f"Thiếu kinh phí cho việc {number % 7}", proposal="Cấp bổ sung", asked=province)
        for number, row in enumerate(rows)
        if row.progress == "cannot" and dice.random() < 0.4
    )
    Task.objects.filter(pk__in=[task.pk for task in made]).update(start=None)
    return make_round(province, *units, plan=plan)


def draft_all(round_: Any) -> float:
    """Every commune's report, drafted by the act and marked as sent; the mean seconds of one."""
    from django.utils import timezone  # noqa: PLC0415  Django is set up first

    from nhipcau.core.acts import Actor  # noqa: PLC0415
    from nhipcau.reporting.actions import draft_report  # noqa: PLC0415

    reports = list(round_.reports.exclude(receiver=None))
    begin = time.perf_counter()
    for report in reports:
        draft_report(
            Actor(person_id=None, organisation_id=report.organisation_id, roles=frozenset({"officer"})), report
        )
    each = (time.perf_counter() - begin) / len(reports)
    round_.reports.exclude(receiver=None).update(state="sent", sent_at=timezone.now())
    return each


def compare(report: Any) -> list[tuple[str, int, int]]:
    """Each figure of the merged report beside what SQL counts."""
    from django.db import connection  # noqa: PLC0415  Django is set up first

    stated = {one.key: one.shown for one in report.figures.all()}
    found = []
    for key, sql in COUNTS.items():
        with connection.cursor() as cursor:
            cursor.execute(sql, [TODAY] if "%s" in sql else None)
            found.append((key, stated[key], cursor.fetchone()[0]))
    return found


def plain_docx(rows: Any) -> bytes:
    """The peer: all rows as they come, in a table of python-docx."""
    import docx  # noqa: PLC0415  only for the peer

    document = docx.Document()
    some = list(rows.values_list("organisation__name", "task__text", "role", "due", "progress", "word"))[:400]
    table = document.add_table(rows=0, cols=6)
    for row in some:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--communes", type=int, default=100)
    parser.add_argument("--tasks", type=int, default=40)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATA_DIR", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.settings")
        sys.path.insert(0, str(ROOT))
        import django  # noqa: PLC0415  after the environment

        django.setup()
        run(options)


def run(options: argparse.Namespace) -> None:
    from django.db import connection  # noqa: PLC0415  Django is set up first

    from nhipcau.core.acts import Actor  # noqa: PLC0415
    from nhipcau.reporting.actions import merge_reports  # noqa: PLC0415
    from nhipcau.reporting.models import ReportRow  # noqa: PLC0415
    from nhipcau.reporting.printing import official_of  # noqa: PLC0415
    from nhipcau.reporting.queries.conflicts import conflicts_of  # noqa: PLC0415
    from nhipcau.reporting.queries.reading import printable  # noqa: PLC0415
    from vanban.write import to_docx, to_pdf  # noqa: PLC0415

    # Elsewhere, since no process that serves migrates: the models of every past state would count as its memory.
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"], check=True)
    round_ = make(options.communes, options.tasks)
    each = draft_all(round_)
    top = round_.reports.get(receiver=None)
    head = Actor(person_id=None, organisation_id=top.organisation_id, roles=frozenset({"coordinator"}))
    held = Held()
    merging, top = timed(lambda: merge_reports(head, top))
    laying, official = timed(lambda: official_of(printable(top), on=TODAY))
    drawing, pdf = timed(lambda: to_pdf(official))  # in the order in which a document is sent
    writing, docx = timed(lambda: to_docx(official))
    memory = held.stop()
    looking, found = timed(lambda: conflicts_of(top))
    total = merging + laying + writing + drawing
    rows = ReportRow.objects.filter(report__round=round_)
    peer, _made = timed(lambda: plain_docx(rows))
    print(f"{connection.vendor}: {options.communes} communes, {rows.count()} assignments; {TODAY:%d/%m/%Y}")
    print(f"one commune's draft {each * 1000:.0f} ms")
    print(f"merge {merging:.2f} s + document {laying:.2f} s + DOCX {writing:.2f} s ({len(docx) // 1024} kB)")
    print(f"+ PDF {drawing:.2f} s ({len(pdf) // 1024} kB) = {total:.2f} s (target {TARGET_SECONDS:.0f} s)")
    print(f"highest memory, both processes together {memory:.0f} MiB (target {TARGET_MIB} MiB)")
    print(f"looking for events told twice {looking:.2f} s: {len(found)} found")
    print(f"peer, a python-docx table of 400 of these rows: {peer:.2f} s")
    for key, stated, counted in compare(top):
        print(f"{key}: stated {stated}, counted by SQL {counted}, {'equal' if stated == counted else 'DIFFERENT'}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        (options.keep / "tong-hop.docx").write_bytes(docx)
        (options.keep / "tong-hop.pdf").write_bytes(pdf)


if __name__ == "__main__":
    main()
