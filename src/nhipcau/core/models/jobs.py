"""Work that takes longer than a page: a row, a lease, a visible progress."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One piece of work. A worker holds it by a lease that it renews; when the worker dies the lease ends and another
    worker takes the job again, so every kind of job must be idempotent."""

    class State(models.TextChoices):
        QUEUED = "queued", _("đang chờ")
        RUNNING = "running", _("đang chạy")
        DONE = "done", _("đã xong")
        FAILED = "failed", _("không xong")
        CANCELLED = "cancelled", _("đã hủy")

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, default="", blank=True)
    problem = models.TextField(default="", blank=True)  # why it failed, for the person who waits for it
    attempts = models.PositiveSmallIntegerField(default=0)
    run_after = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    holder = models.CharField(max_length=32, default="", blank=True)  # the run that holds the lease
    cancel_asked = models.BooleanField(default=False)
    organisation_id = models.PositiveBigIntegerField(null=True)
    person_id = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("state", "run_after"), name="job_next"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Schedule(models.Model):
    """When a periodic job is due next. Whoever moves ``next_at`` on puts the job into the queue, so it is put there
    once."""

    kind = models.CharField(max_length=60, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind


class Worker(models.Model):
    """A process that takes jobs, and when it was last seen alive."""

    name = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
