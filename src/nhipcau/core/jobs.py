"""The queue, in the same database: enqueue, cancel, and the registry of what a worker can run.

A room's ``jobs.py`` declares functions with ``@job("plans.read")``; each takes a ``Run`` and plain ids, calls one
action, and may be killed at any moment: a second run must find what the first left and change nothing twice. How jobs
are taken and run stands in ``worker.py``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Job, Schedule, Worker

LEASE: dt.timedelta = settings.JOB_LEASE
MAX_ATTEMPTS = 3
TIME_LIMIT = dt.timedelta(minutes=15)
WORKER_IS_LATE = dt.timedelta(seconds=90)

JobFunction = Callable[..., None]


class Cancelled(Exception):
    """The person who asked for the job has called it off."""


class Stopping(Exception):
    """The worker is being shut down; the job goes back into the queue."""


class LeaseLost(Exception):
    """Another worker has taken the job over; this run must change nothing more."""


class Hopeless(Exception):
    """Trying again would not help. ``message`` is a sentence for the person who waits for the job."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """What the house knows about one kind of job."""

    name: str
    function: JobFunction
    on_failure: JobFunction | None
    time_limit: dt.timedelta


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """A kind of job that comes back; ``when`` says cheaply whether there is anything to do."""

    kind: str
    every: dt.timedelta
    when: Callable[[], bool] | None
    label: Any = ""


_kinds: dict[str, Kind] = {}
_periods: dict[str, Period] = {}


class Run:
    """A job that is running: tells its progress, and learns whether it was called off."""

    def __init__(self, job: Job, is_stopping: Callable[[], bool] = lambda: False) -> None:
        self.job = job
        self._is_stopping = is_stopping

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Show what is happening ("đang đọc trang 3/12") and renew the lease. Raises what ``check`` raises."""
        renewed = timezone.now() + LEASE
        if not self._mine().update(done=done, total=total, message=message[:300], leased_until=renewed):
            raise LeaseLost
        self.check()

    def check(self) -> None:
        """Ask whether the work is still wanted, without saying anything.

        Raises ``Cancelled`` when the job was called off, ``Stopping`` when the worker is being shut down and
        ``LeaseLost`` when another worker has the job; let them pass, the worker knows what to do.
        """
        is_called_off = self._mine().values_list("cancel_asked", flat=True).first()
        if is_called_off is None:
            raise LeaseLost
        if is_called_off:
            raise Cancelled
        if self._is_stopping():
            raise Stopping

    def _mine(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, holder=self.job.holder)


def job(
    kind: str, *, on_failure: JobFunction | None = None, time_limit: dt.timedelta = TIME_LIMIT
) -> Callable[[JobFunction], JobFunction]:
    """Register a function as the work of jobs of this kind ("room.verb"): ``f(run, **arguments)``.

    ``on_failure(job, **arguments)`` is called once when the job has failed for good; ``job.problem`` is then the
    sentence for people. A run that takes longer than ``time_limit`` is ended with its worker process.
    """

    def register(function: JobFunction) -> JobFunction:
        _kinds[kind] = Kind(kind, function, on_failure, time_limit)
        return function

    return register


def periodic(
    kind: str, *, every: dt.timedelta, when: Callable[[], bool] | None = None, label: Any = ""
) -> Callable[[JobFunction], JobFunction]:
    """Register a job without arguments that the workers put into the queue ``every`` so often, where ``when()`` agrees
    and none of this kind is waiting or running. ``label``: what administrators read."""

    def register(function: JobFunction) -> JobFunction:
        _periods[kind] = Period(kind, every, when, label)
        return job(kind)(function)

    return register


def kinds() -> list[str]:
    """The kinds of jobs that this process can run."""
    return list(_kinds)


def periods() -> list[Period]:
    """The periodic jobs of the house, in the order in which they were declared."""
    return list(_periods.values())


def kind_of(kind: str) -> Kind:
    """What is registered for jobs of this kind. Raises ``KeyError`` where no room offers it."""
    return _kinds[kind]


def enqueue(
    kind: str,
    arguments: dict[str, Any],
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
    run_after: dt.datetime | None = None,
) -> Job:
    """Put a job into the queue; inside a transaction it exists only when that commits."""
    return Job.objects.create(
        kind=kind,
        arguments=arguments,
        organisation_id=organisation_id,
        person_id=person_id,
        run_after=run_after or timezone.now(),
    )


def waits(kind: str, arguments: dict[str, Any]) -> bool:
    """Whether such a job is in the queue and not yet taken: one that runs may have read the state of before."""
    return Job.objects.filter(kind=kind, arguments=arguments, state=Job.State.QUEUED, cancel_asked=False).exists()


def cancel(job_id: int) -> bool:
    """Call a job off: one that waits is cancelled at once, one that runs when it next tells its progress.

    Returns False when it has already ended.
    """
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
    if waiting.update(state=Job.State.CANCELLED, cancel_asked=True, finished_at=now):
        return True
    return bool(Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(cancel_asked=True))


def enqueue_periodic(now: dt.datetime | None = None) -> Iterator[Job]:
    """Put the periodic jobs that are due into the queue, each by one worker only; yields them."""
    now = now or timezone.now()
    due = dict(Schedule.objects.filter(kind__in=_periods).values_list("kind", "next_at"))
    for period in _periods.values():
        at = due.get(period.kind)
        if at is None:
            Schedule.objects.get_or_create(kind=period.kind, defaults={"next_at": now})
            at = now
        if at > now or not Schedule.objects.filter(kind=period.kind, next_at=at).update(next_at=now + period.every):
            continue
        if period.when is not None and not period.when():
            continue
        waits = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING)
        if not Job.objects.filter(waits, kind=period.kind).exists():
            yield enqueue(period.kind, {})


def is_worker_alive() -> bool:
    """Whether any worker has been seen lately."""
    return Worker.objects.filter(seen_at__gte=timezone.now() - WORKER_IS_LATE).exists()
