"""How jobs are taken and run.

A worker takes the next job under a lease: a row lock that others skip on PostgreSQL, a short immediate write on SQLite.
A second thread renews the lease while the job runs. A worker that dies renews nothing; when the lease is over, another
worker takes the job again, at most ``MAX_ATTEMPTS`` times.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection, models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from . import jobs, notices
from .files import FileProblem, NoRoom, disk_is_full
from .models import Job, User, Worker

logger = logging.getLogger(__name__)

IDLE = 0.5  # seconds between two looks at an empty queue
TICK = dt.timedelta(seconds=5)  # between two looks at the periodic jobs
BACK_OFF = dt.timedelta(seconds=10)  # before the second attempt; four times that before the third
OVER_TIME = 70  # exit status of a worker that ended itself because a job never ended


def _never() -> bool:
    return False


# --- taking ----------------------------------------------------------------------------------------------------------


def claim(now: dt.datetime | None = None) -> Job | None:
    """Take the next job that is due, or whose worker is dead; None when there is nothing to do."""
    now = now or timezone.now()
    while (job := _take(now)) is not None:
        if job.cancel_asked:
            _end(job, Job.State.CANCELLED)
        elif job.attempts > jobs.MAX_ATTEMPTS:
            logger.error("job %s: its worker died %s times", job, jobs.MAX_ATTEMPTS)
            with translation.override(_language(job)):
                fail(job, _died())
        else:
            return job
    return None


def _take(now: dt.datetime) -> Job | None:
    due = Job.objects.filter(
        models.Q(state=Job.State.QUEUED, run_after__lte=now) | models.Q(state=Job.State.RUNNING, leased_until__lt=now),
        kind__in=jobs.kinds(),  # while a new version is being installed, what is not known here is left to it
    ).order_by("run_after", "pk")
    if not due.exists():  # a look takes no lock; a transaction on SQLite takes the only one there is
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.attempts += 1
        job.holder = uuid.uuid4().hex
        job.leased_until = now + jobs.LEASE
        job.save(update_fields=("state", "attempts", "holder", "leased_until"))
    return job


class _Lease(threading.Thread):
    """Renews the lease of one job, and the sign of life of its worker, until it is told that the job has ended."""

    def __init__(self, job: Job, time_limit: dt.timedelta, worker: str) -> None:
        super().__init__(daemon=True, name=f"lease of job {job.pk}")
        self._job, self._worker = job, worker
        self._last = time.monotonic() + time_limit.total_seconds()
        self._ended = threading.Event()

    def run(self) -> None:
        beat = jobs.LEASE.total_seconds() / 4
        try:
            while not self._ended.wait(beat):
                if time.monotonic() > self._last:
                    logger.critical("job %s does not end; the worker ends in its place", self._job)
                    os._exit(OVER_TIME)  # a thread cannot be stopped; the process can, and the lease does the rest
                self._renew()
        finally:
            connection.close()

    def _renew(self) -> None:
        try:
            held = Job.objects.filter(pk=self._job.pk, state=Job.State.RUNNING, holder=self._job.holder)
            held.update(leased_until=timezone.now() + jobs.LEASE)
            _seen(self._worker)
        except DatabaseError as problem:
            logger.warning("job %s: the lease could not be renewed: %s", self._job, problem)
            connection.close()

    def end(self) -> None:
        self._ended.set()
        self.join()


# --- running ---------------------------------------------------------------------------------------------------------


def run(job: Job, is_stopping: Callable[[], bool] = _never, back_off: dt.timedelta = BACK_OFF) -> None:
    """Run a job that was taken, and write down how it ended. Raises nothing that the job raises."""
    kind = jobs.kind_of(job.kind)
    with translation.override(_language(job)):
        try:
            kind.function(jobs.Run(job, is_stopping), **job.arguments)
        except jobs.Cancelled:
            _end(job, Job.State.CANCELLED)
        except jobs.Stopping:
            _back_to_queue(job, timezone.now(), attempts=job.attempts - 1)
        except jobs.LeaseLost:
            logger.warning("job %s went on under another worker", job)
        except Exception as problem:
            _after(job, problem, back_off)
        else:
            _end(job, Job.State.DONE)


def _after(job: Job, problem: Exception, back_off: dt.timedelta) -> None:
    """Try again later, unless that is hopeless or was tried often enough."""
    if isinstance(problem, jobs.Hopeless | FileProblem) and not isinstance(problem, NoRoom):
        fail(job, problem.message)
        return
    logger.error("job %s: attempt %s failed", job, job.attempts, exc_info=problem)
    if job.attempts >= jobs.MAX_ATTEMPTS:
        fail(job, NoRoom().message if disk_is_full(problem) or isinstance(problem, NoRoom) else _gave_up())
    else:
        wait = back_off * 4 ** (job.attempts - 1)
        said = _("Chưa xong, đang chờ thử lại (lần %(attempt)d/%(attempts)d)")
        message = said % {"attempt": job.attempts + 1, "attempts": jobs.MAX_ATTEMPTS}
        _back_to_queue(job, timezone.now() + wait, message=message)


def fail(job: Job, problem: str) -> None:
    """Write down that the job has failed for good and why, and let its room, or its person, know."""
    job.problem = problem
    try:
        with transaction.atomic():
            if _end(job, Job.State.FAILED, problem=problem):
                _let_know(job)
    except Exception:
        logger.exception("job %s: nobody could be told that it failed", job)
        _end(job, Job.State.FAILED, problem=problem)


def _let_know(job: Job) -> None:
    on_failure = jobs.kind_of(job.kind).on_failure
    if on_failure is not None:
        on_failure(job, **job.arguments)
    elif job.person_id is not None:
        notices.tell([job.person_id], "job.failed", job.problem, organisation_id=job.organisation_id)


def _end(job: Job, state: Job.State, **values: str) -> bool:
    """End the run if it still holds the job."""
    held = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, holder=job.holder)
    job.state = state
    return bool(held.update(state=state, finished_at=timezone.now(), leased_until=None, **values))


def _back_to_queue(job: Job, run_after: dt.datetime, **values: str | int) -> None:
    held = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, holder=job.holder)
    held.update(state=Job.State.QUEUED, run_after=run_after, leased_until=None, holder="", **values)


def _language(job: Job) -> str:
    person = User.objects.filter(pk=job.person_id).only("language").first() if job.person_id else None
    return person.language if person else "vi"


def _gave_up() -> str:
    return _(
        "Hệ thống đã thử %(attempts)d lần mà việc bạn giao vẫn không xong. Bạn hãy thử lại sau; nếu vẫn không được, "
        "hãy báo người quản trị hệ thống."
    ) % {"attempts": jobs.MAX_ATTEMPTS}


def _died() -> str:
    return _(
        "Việc bạn giao làm máy chủ dừng giữa chừng %(attempts)d lần nên đã được dừng hẳn. "
        "Bạn hãy báo người quản trị hệ thống."
    ) % {"attempts": jobs.MAX_ATTEMPTS}


# --- the loop --------------------------------------------------------------------------------------------------------


def run_due_jobs(now: dt.datetime | None = None) -> list[Job]:
    """Run the queue in this process until nothing is due, failed jobs again without their back-off; for tests and for
    setting up a demonstration. Returns the jobs as they ended."""
    ran: dict[int, Job] = {}
    while (job := claim(now)) is not None:
        run(job, back_off=dt.timedelta(0))
        ran[job.pk] = job
    return list(Job.objects.filter(pk__in=ran).order_by("pk"))


def work(stopping: threading.Event, name: str | None = None) -> None:
    """Take and run jobs until ``stopping`` is set; a job that tells its progress then goes back into the queue, any
    other is brought to its end first."""
    name = name or f"{socket.gethostname()}:{os.getpid()}"
    next_tick = next_sign = timezone.now()
    while not stopping.is_set():
        close_old_connections()
        try:
            now = timezone.now()
            if now >= next_sign:
                _seen(name)
                next_sign = now + jobs.LEASE / 4
            if now >= next_tick:
                list(jobs.enqueue_periodic(now))
                next_tick = now + TICK
            job = claim()
            if job is None:
                stopping.wait(IDLE)
            else:
                _run_with_lease(job, stopping, name)
        except DatabaseError as problem:
            logger.warning("the database does not answer; trying again: %s", problem)
            connection.close()
            stopping.wait(2)
    Worker.objects.filter(name=name).delete()


def _run_with_lease(job: Job, stopping: threading.Event, name: str) -> None:
    lease = _Lease(job, jobs.kind_of(job.kind).time_limit, name)
    lease.start()
    try:
        run(job, stopping.is_set)
    finally:
        lease.end()


def _seen(name: str) -> None:
    Worker.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})
