"""One word on an assignment and all that follows from it: part of the acts that write one."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from nhipcau.core.acts import Act
from nhipcau.core.models import StoredFile

from ..keys import about_round
from ..models import Assignment, ChaseLine, Evidence, Note, Progress
from ..periods import word_due
from ..queries.wanted import asked_of
from ._raising import raise_up

LONGEST = 4000  # signs of one note


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """A piece of evidence as it was given: a stored file, a link, or a thing in another room."""

    name: str
    file: StoredFile | None = None
    url: str = ""
    ref_kind: str = ""
    ref_id: str = ""


def write_word(
    act: Act,
    assignment: Assignment,
    *,
    progress: str,
    key: str,
    text: str,
    percent: int | None = None,
    evidence: Sequence[Given] = (),
    corrects: Note | None = None,
) -> Note:
    """A word on an assignment and all that follows from it. Called inside an act that has asked its rule."""
    now = timezone.now()
    note = Note.objects.create(
        assignment=assignment,
        period=assignment.period,
        person_id=act.actor.person_id,
        organisation_id=assignment.organisation_id,
        progress=progress,
        percent=_percent(progress, percent),
        text=text.strip()[:LONGEST],
        before={"progress": assignment.progress, "percent": assignment.percent, "from_below": assignment.from_below},
        key=key,
        corrects=corrects,
    )
    if evidence:
        Evidence.objects.bulk_create(
            Evidence(note=note, file=e.file, url=e.url, ref_kind=e.ref_kind, ref_id=e.ref_id, name=e.name[:250])
            for e in evidence
        )
    asked = asked_of(assignment.task_id)
    _move(assignment, note, now, asked.rhythm)
    if assignment.last_asked_at is not None:
        _answer(act, assignment, now)
    if asked.is_taken:
        raise_up(assignment)
        act.reaches_far()
    told = {assignment.organisation_id, assignment.owner_id}
    act.announce("followup.progress", assignment, f"/viec/{assignment.public_id}/", organisations=told)
    act.changed(progress=progress, percent=note.percent, text=note.text, evidence=len(evidence))
    return note


def _answer(act: Act, assignment: Assignment, now: dt.datetime) -> None:
    """A word answers what was asked about the assignment; where it was the agency's last open line of a round, the notice
    of that round is settled."""
    lines = ChaseLine.objects.filter(assignment=assignment, answered_at=None)
    asked = list(lines.values_list("chase_id", "chase__public_id", "asked_id"))
    if asked:
        lines.update(answered_at=now)
    for chase_id, public_id, agency_id in asked:
        if not ChaseLine.objects.filter(chase=chase_id, asked=agency_id, answered_at=None).exists():
            act.settle(about_round(public_id, agency_id))


def _percent(progress: str, percent: int | None) -> int | None:
    if progress == Progress.DONE:
        return 100
    return max(0, min(99, percent)) if percent is not None else None


def _move(assignment: Assignment, note: Note, now: dt.datetime, rhythm: str) -> None:
    assignment.progress, assignment.percent, assignment.from_below = note.progress, note.percent, False
    assignment.last_word, assignment.last_word_at = note.text, now
    assignment.word_due = next_word(assignment, now, rhythm)
    assignment.version += 1
    assignment.save(
        update_fields=(
            "progress", "percent", "from_below", "last_word", "last_word_at", "word_due", "next_day", "is_open", "version",
        )
    )  # fmt: skip


def next_word(assignment: Assignment, last: dt.datetime | None, rhythm: str) -> dt.date:
    """Until when the next word is expected after the last one."""
    began = timezone.localtime(assignment.created_at).date()
    return word_due(rhythm, began, timezone.localtime(last).date() if last else None)
