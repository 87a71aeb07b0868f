"""Work of this room that takes longer than a page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core import files
from nhipcau.core.actors import SYSTEM, Actor
from nhipcau.core.jobs import Run, job, periodic
from nhipcau.core.models import Job
from vanban.errors import Unreadable

from . import aligning_jobs as aligning_jobs  # its jobs are registered with these
from . import reader
from .actions import fail_reading, keep_reading, start_reading
from .actions.dates import move_dates
from .checking import running
from .models import Reading
from .queries.register import gone_by
from .queries.review import lines_of

TIME_LIMIT = dt.timedelta(seconds=settings.READING_SECONDS + 60)  # the sandbox ends first; the rest is for the writing


def house_for(reading: Reading) -> Actor:
    """The house itself, acting in the name of the reading's organisation."""
    return Actor(organisation_id=reading.organisation_id, is_system=True)


def _told(job: Job, *, reading_id: int, **_arguments: Any) -> None:
    """The job failed for good: the reading says so, and can be read again."""
    reading = Reading.objects.filter(pk=reading_id).first()
    if reading is not None:
        words = {
            "vi": "Việc đọc bị dừng giữa chừng nhiều lần. Bản gốc vẫn còn; bạn hãy cho đọc lại, hoặc dán nội dung văn bản.",
            "en": "The reading broke off several times. The original is kept: have it read again, or paste the text.",
        }
        fail_reading(house_for(reading), reading, problem="broken-off", words=words, job_id=job.pk)


@job("plans.read", on_failure=_told, time_limit=TIME_LIMIT)
def read_plan(run: Run, *, reading_id: int) -> None:
    """Read the file of a reading. A second run after a killed one begins anew: nothing was written before the end."""
    reading = Reading.objects.select_related("organisation", "file").filter(pk=reading_id).first()
    if reading is None or reading.file is None or not start_reading(house_for(reading), reading, job_id=run.job.pk):
        return
    run.progress(0, 1, _("đang mở tệp"))

    def tell(page: int, pages: int) -> None:
        run.progress(page, pages, _("đang đọc trang %(page)s/%(pages)s") % {"page": page, "pages": pages})

    try:
        found = reader.read(
            files.path_of(reading.file),
            name=reading.name,
            organisation=reading.organisation,
            progress=tell,
            watch=run.check,
        )
    except Unreadable as problem:
        fail_reading(
            house_for(reading),
            reading,
            problem=problem.code,
            words={"vi": problem.vi, "en": problem.en},
            keep=problem.keep,
            needs_password=problem.code == "encrypted",
            job_id=run.job.pk,
        )
        return
    except files.FileProblem as problem:
        words = problem.in_each_language()
        fail_reading(house_for(reading), reading, problem=problem.code, words=words, job_id=run.job.pk)
        return
    lines = len(found.source.lines)
    run.progress(lines, lines, _("đang ghi sổ"))
    if keep_reading(house_for(reading), reading, found, job_id=run.job.pk):
        _check_at_once(reading)


def _check_at_once(reading: Reading) -> None:
    """Run the rules on what was read, so that its pages need not wait for them."""
    kept = Reading.objects.select_related("organisation", "text").get(pk=reading.pk)
    rows = lines_of(kept)
    for language in ("vi", "en"):
        running.run(kept, rows, day=timezone.localdate(), language=language)


@job("plans.check", time_limit=dt.timedelta(minutes=3))
def check_plan(run: Run, *, reading_id: int, day: str, language: str) -> None:
    """Run the rules on a plan that is too long for a page to wait for; what they find is kept for the pages."""
    reading = Reading.objects.select_related("organisation", "text").filter(pk=reading_id).first()
    if reading is not None and reading.current:
        running.run(reading, lines_of(reading), day=dt.date.fromisoformat(day), language=language)


def _days_have_gone_by() -> bool:
    return gone_by(timezone.localdate()).exists()


@periodic(
    "plans.move_dates",
    every=dt.timedelta(hours=1),
    when=_days_have_gone_by,
    label=gettext_lazy("Chuyển việc lặp lại sang ngày kế tiếp"),
)
def move_to_next_days(run: Run) -> None:
    """Soon after midnight what recurs moves to its next day; a run that was killed is simply done again."""
    move_dates(SYSTEM, timezone.localdate())
