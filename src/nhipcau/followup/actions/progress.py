"""How far an agency is: written in a sentence, proved, taken back, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.written import Written

from .. import rules
from ..models import Assignment, ChaseLine, Note, Progress
from ..queries.wanted import asked_of
from ._raising import raise_up
from ._writing import LONGEST, Given, next_word, write_word

__all__ = ["LONGEST", "Given", "Outdated", "record_progress", "take_back_note"]


class Outdated(Exception):
    """Somebody wrote on this assignment after the page was opened; ``note`` is what they wrote, if anything."""

    def __init__(self, assignment: Assignment, note: Note | None) -> None:
        super().__init__()
        self.assignment, self.note = assignment, note


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
    assignment.word_due = next_word(assignment, assignment.last_word_at, asked.rhythm)
    assignment.version += 1
    assignment.save()
    ChaseLine.objects.filter(assignment=assignment, answered_at__gte=note.at).update(answered_at=None)
    if asked.is_taken:
        raise_up(assignment)
        act.reaches_far()
    act.changed(progress=assignment.progress)
    return assignment
