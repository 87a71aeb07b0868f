"""Things of this room as the audit trail shows them, for readers who may read everything of the organisation."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from nhipcau.core.rooms import Finding

from ..models import Assignment, Note, Obstacle


def assignments_shown(keys: Iterable[int]) -> dict[int, Finding]:
    """Assignments by the agency and the task."""
    rows = Assignment.objects.filter(pk__in=list(keys)).select_related("organisation", "task")
    return {row.pk: _of(row) for row in rows}


def notes_shown(keys: Iterable[int]) -> dict[int, Finding]:
    """Notes by what they were written on."""
    rows = Note.objects.filter(pk__in=list(keys)).select_related("assignment__organisation", "assignment__task")
    return {row.pk: _of(row.assignment) for row in rows}


def obstacles_shown(keys: Iterable[int]) -> dict[int, Finding]:
    """Obstacles by what they stand in the way of."""
    rows = Obstacle.objects.filter(pk__in=list(keys)).select_related("assignment__organisation", "assignment__task")
    return {row.pk: _of(row.assignment) for row in rows}


def _of(row: Assignment) -> Finding:
    title = f"{row.organisation.label}: {row.task.code} {row.task.text}"[:200]
    return Finding(title, reverse("task", args=[row.task.public_id]))
