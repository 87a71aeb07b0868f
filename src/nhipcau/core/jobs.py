"""The queue, in the same database: enqueue, and the registry of what a worker can run.

A room's ``jobs.py`` declares functions with ``@job("plans.read")``; each takes a ``Run`` and plain ids, calls one action, and may
be killed at any moment: a second run must find what the first left and change nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from .models import Job

LEASE = dt.timedelta(seconds=60)
MAX_ATTEMPTS = 3

JobFunction = Callable[..., None]
_registry: dict[str, JobFunction] = {}


class Cancelled(Exception):
    """The person who asked for the job has called it off."""


class Run:
    """A job that is running: tells its progress, and learns whether it was called off."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Show what is happening ("đang đọc trang 3/12") and renew the lease. Raises ``Cancelled`` when called off."""
        now = timezone.now()
        Job.objects.filter(pk=self.job.pk).update(
            done=done, total=total, message=message[:300], leased_until=now + LEASE
        )
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise Cancelled


def job(kind: str) -> Callable[[JobFunction], JobFunction]:
    """Register a function as the work of jobs of this kind ("room.verb")."""

    def register(function: JobFunction) -> JobFunction:
        _registry[kind] = function
        return function

    return register


def function_of(kind: str) -> JobFunction:
    """The function that runs jobs of this kind. Raises ``KeyError`` where no room offers it."""
    return _registry[kind]


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
