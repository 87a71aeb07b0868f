"""A file comes in, is read again, called off or put aside."""

from __future__ import annotations

import dataclasses

from django.utils.translation import gettext as _

from nhipcau.core import jobs
from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.models import Job, StoredFile
from nhipcau.documents import actions as documents

from .. import rules
from ..models import Reading

JOB = "plans.read"


@dataclasses.dataclass(frozen=True, slots=True)
class Arrival:
    """What came of an upload: the reading of it, and whether it is new; the same file is not read twice."""

    reading: Reading
    is_new: bool


@act("plans.upload", may=rules.may_upload)
def upload_plan(act: Act, file: StoredFile, *, name: str, once_more: bool = False) -> Arrival:
    """Put a stored file into the queue of what is read.

    The row of the file is locked, so that two uploads of the same bytes at once give one reading. A file that the
    organisation already has, on its way or confirmed, is not read again unless ``once_more`` says so, and beside a
    reading that is still on its way never.
    """
    owner, person = act.actor.organisation_id, act.actor.person_id
    if owner is None or person is None:
        raise Refused(_("Bạn cần đăng nhập và đại diện cho một cơ quan để nhập kế hoạch."))
    earlier = (
        Reading.objects.filter(organisation_id=owner, file=file).exclude(state=Reading.State.DISCARDED).order_by("-id")
    )
    known = next((r for r in earlier if r.state in rules.ON_THE_WAY), None)
    if known is None and not once_more:
        known = earlier.first()
    if known is not None:
        act.about(known)
        return Arrival(known, is_new=False)
    reading = Reading.objects.create(organisation_id=owner, person_id=person, file=file, name=name[:250])
    _queue(act, reading)
    act.about(reading)
    act.changed(name=reading.name, file=file.sha256)
    return Arrival(reading, is_new=True)


@act("plans.read_again", may=rules.may_read_again)
def read_again(act: Act, reading: Reading) -> Reading:
    """Read the kept original once more; what a review had settled of the former reading is dropped."""
    if reading.state in rules.WAITING and reading.job is not None and reading.job.state in _UNDER_WAY:
        return reading
    former = reading.text
    reading.doubts.all().delete()
    reading.found, reading.current, reading.outline, reading.text = {}, {}, [], None
    reading.place_in_review = ""
    reading.state, reading.problem, reading.problem_text = Reading.State.QUEUED, "", {}
    reading.save()
    if former is not None:
        documents.drop_text(act.actor, former)
    _queue(act, reading)
    act.changed(state=reading.state)
    return reading


@act("plans.cancel_reading", may=rules.may_cancel)
def cancel_reading(act: Act, reading: Reading) -> Reading:
    """Call off the job that reads the file; the original stays and can be read again."""
    if reading.job_id:
        jobs.cancel(reading.job_id)
    reading.state, reading.problem = Reading.State.FAILED, "cancelled"
    reading.problem_text = {
        "vi": "Việc đọc đã được dừng theo yêu cầu. Bản gốc vẫn còn; bạn có thể đọc lại khi cần.",
        "en": "The reading was called off. The original is kept; you can have it read again.",
    }
    reading.save()
    act.changed(state=reading.state)
    return reading


@act("plans.discard", may=rules.may_discard)
def discard_reading(act: Act, reading: Reading) -> Reading:
    """Put a reading aside: it leaves the list, nothing of it goes live. The same file may then be uploaded anew."""
    if reading.job_id:
        jobs.cancel(reading.job_id)
    reading.state = Reading.State.DISCARDED
    reading.save(update_fields=("state", "changed_at"))
    act.changed(state=reading.state)
    return reading


_UNDER_WAY = (Job.State.QUEUED, Job.State.RUNNING)


def _queue(act: Act, reading: Reading) -> None:
    reading.job = act.enqueue(JOB, reading_id=reading.pk)
    Job.objects.filter(pk=reading.job.pk).update(message=_("đang chờ đến lượt"))
    reading.save(update_fields=("job", "changed_at"))
