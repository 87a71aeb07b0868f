"""How far an agency is: written in a sentence, proved, taken back, corrected."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.models import StoredFile
from nhipcau.core.written import Written

from .. import rules
from ..keys import about_round
from ..models import Assignment, ChaseLine, Evidence, Note, Progress
from ..periods import word_due
from ..queries.wanted import asked_of
from ._raising import raise_up

LONGEST = 4000  # signs of one note


class Outdated(Exception):
    """Somebody wrote on this assignment after the page was opened; ``note`` is what they wrote, if anything."""

    def __init__(self, assignment: Assignment, note: Note | None) -> None:
        super().__init__()
        self.assignment, self.note = assignment, note


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """A piece of evidence as it was given: a stored file, a link, or a thing in another room."""

    name: str
    file: StoredFile | None = None
    url: str = ""
    ref_kind: str = ""
    ref_id: str = ""


@act("followup.record_progress", may=rules.may_record)
def record_progress(
    act: Act,
    assignment: Assignment,
    *,
    version: int,
    progress: str,
    key: str,
    text: str = "",
    percent: int | None = None,
    evidence: Sequence[Given] = (),
    corrects: Note | None = None,
) -> Note:
    """Write how far the agency is. ``key`` is made by the form: the same key again gives back the note that is there.

    Raises ``Outdated`` where somebody wrote after ``version`` was shown: nothing is written, the form keeps all.
    """
    if there := _THERE(assignment.pk, key):
        return there[0]
    if assignment.version != version:
        raise Outdated(assignment, Note.objects.filter(assignment=assignment).order_by("-pk").first())
    if progress not in Progress.values:
        raise Refused(_("Bạn hãy chọn một tình trạng: chưa làm, đang làm, đã xong hoặc vướng."))
    act.stays_near()  # who writes has the work
    return write_word(
        act, assignment, progress=progress, key=key, text=text, percent=percent, evidence=evidence, corrects=corrects
    )


_THERE = Written(lambda assignment, key: Note.objects.filter(assignment=assignment, key=key))


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
    assignment.word_due = _next_word(assignment, now, rhythm)
    assignment.version += 1
    assignment.save(
        update_fields=(
            "progress", "percent", "from_below", "last_word", "last_word_at", "word_due", "next_day", "is_open", "version",
        )
    )  # fmt: skip


def _next_word(assignment: Assignment, last: dt.datetime | None, rhythm: str) -> dt.date:
    began = timezone.localtime(assignment.created_at).date()
    return word_due(rhythm, began, timezone.localtime(last).date() if last else None)


def _may_take_back(actor: Actor, note: Note, *_arguments: Any, **_named: Any) -> Answer:
    return rules.may_take_back(actor, note, timezone.now())


@act("followup.take_back_note", may=_may_take_back)
def take_back_note(act: Act, note: Note) -> Assignment:
    """Undo the last word on an assignment: it stands again as before, the note stays in the history as taken back.
    Raises ``Refused`` where somebody has written since."""
    act.stays_near()
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=note.assignment_id)
    others = Note.objects.filter(assignment=assignment, taken_back_at=None)
    if others.filter(pk__gt=note.pk).exists() or note.period != assignment.period:
        raise Refused(_("Sau lần ghi này đã có lần ghi khác nên không hoàn tác được. Bạn hãy ghi lại cho đúng."))
    note.taken_back_at = timezone.now()
    note.save(update_fields=("taken_back_at",))
    former = others.filter(pk__lt=note.pk).order_by("-pk").first()
    assignment.progress, assignment.percent = note.before["progress"], note.before["percent"]
    assignment.from_below = note.before.get("from_below", False)
    assignment.last_word, assignment.last_word_at = (former.text, former.at) if former else ("", None)
    asked = asked_of(assignment.task_id)
    assignment.word_due = _next_word(assignment, assignment.last_word_at, asked.rhythm)
    assignment.version += 1
    assignment.save()
    ChaseLine.objects.filter(assignment=assignment, answered_at__gte=note.at).update(answered_at=None)
    if asked.is_taken:
        raise_up(assignment)
        act.reaches_far()
    act.changed(progress=assignment.progress)
    return assignment
