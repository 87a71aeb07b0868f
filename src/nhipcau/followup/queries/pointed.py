"""Things of this room at which others point (``core.refs``): assignments, words on progress, evidence, for those who may
read the assignment."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding

from ..models import Evidence, Note
from .seen import visible_assignments


def found_assignments(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """Assignments by their task and agency."""
    rows = visible_assignments(actor).filter(public_id__in=list(public_ids)).select_related("organisation", "task")
    return {
        row.public_id: Finding(
            Truncator(" ".join(row.task.text.split())).chars(120),
            reverse("assignment", args=[row.public_id]),
            row.organisation.label,
        )
        for row in rows.defer("task__folded")
    }


def found_notes(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """Words on progress by what they say and when; they are read on the page of their assignment."""
    seen = visible_assignments(actor).order_by().values("pk")
    rows = Note.objects.filter(public_id__in=list(public_ids), assignment__in=seen)
    found = {}
    for row in rows.select_related("assignment__organisation"):
        said = " ".join(row.text.split()) or str(row.get_progress_display())
        when = _("ghi ngày %(day)s") % {"day": f"{timezone.localdate(row.at):%d/%m/%Y}"}
        found[row.public_id] = Finding(
            Truncator(said).chars(120),
            reverse("assignment", args=[row.assignment.public_id]),
            f"{row.assignment.organisation.label}, {when}",
        )
    return found


def found_evidence(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """Evidence by its name: a file opens itself, everything else on the page of its assignment."""
    seen = visible_assignments(actor).order_by().values("pk")
    rows = Evidence.objects.filter(public_id__in=list(public_ids), note__assignment__in=seen)
    return {
        row.public_id: Finding(
            row.name,
            reverse("evidence", args=[row.public_id])
            if row.file_id is not None
            else row.url or reverse("assignment", args=[row.note.assignment.public_id]),
            f"{row.note.assignment.organisation.label}, {timezone.localdate(row.note.at):%d/%m/%Y}",
        )
        for row in rows.select_related("note__assignment__organisation")
    }
