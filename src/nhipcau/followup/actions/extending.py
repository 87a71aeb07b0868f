"""The time of an assignment is moved by who gave it, with a reason that all can read."""

from __future__ import annotations

import datetime as dt
import functools

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.plans.models import NO_DATE

from .. import rules
from ..models import Assignment, Extension
from ..periods import last_day_of
from ..queries.people import doers_of

LONGEST = 500  # signs of a reason


@act("followup.extend", may=rules.may_extend)
def extend_assignment(
    act: Act, assignment: Assignment, *, new_due: dt.date, reason: str, seen: dt.date | None = None
) -> Extension:
    """Move the due day of the running period; the agency's people are told. ``seen``: the due day that the form showed.

    The same day again gives back what is there. Raises ``Refused`` without a reason, for an assignment without a due day,
    for a day that is over, not later, or in the next period, and where somebody moved it meanwhile.
    """
    words = " ".join(reason.split())[:LONGEST]
    last = assignment.extensions.filter(period=assignment.period).last()
    if last is not None and assignment.due == new_due == last.new_due:
        return last
    _check(assignment, new_due, words, seen)
    extension = Extension.objects.create(
        assignment=assignment,
        period=assignment.period,
        old_due=assignment.due,
        new_due=new_due,
        reason=words,
        person_id=act.actor.person_id,
    )
    assignment.due = new_due
    assignment.save(update_fields=("due", "next_day"))  # nobody's form is out of date because of it: the version stays
    act.changed(due=new_due, reason=words)
    people = doers_of(assignment.organisation_id) - {act.actor.person_id}
    url = reverse("assignment", args=[assignment.public_id])
    act.tell(people, "followup.extended", functools.partial(_said, extension), url)
    return extension


def _check(assignment: Assignment, new_due: dt.date, words: str, seen: dt.date | None) -> None:
    if not words:
        raise Refused(_("Bạn hãy ghi lý do gia hạn: mọi người xem việc này đều đọc được."))
    if assignment.due == NO_DATE:
        raise Refused(_("Việc này không có hạn nên không cần gia hạn."))
    if seen is not None and seen != assignment.due:
        raise Refused(_("Hạn vừa được đổi thành %(due)s. Bạn hãy xem lại.") % {"due": _day(assignment.due)})
    if new_due <= assignment.due or new_due < timezone.localdate():
        said = _("Hạn mới phải sau hạn hiện nay (%(due)s) và chưa qua.")
        raise Refused(said % {"due": _day(assignment.due)})
    end = last_day_of(assignment.period)
    if new_due > end:
        said = _("Kỳ này hết ngày %(end)s, rồi kỳ sau bắt đầu. Hạn mới phải trong kỳ này.")
        raise Refused(said % {"end": _day(end)})


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def _said(extension: Extension) -> str:
    return _("Hạn của việc “%(task)s” lùi từ %(old)s sang %(new)s. Lý do: %(reason)s") % {
        "task": extension.assignment.task.text[:100],
        "old": _day(extension.old_due),
        "new": _day(extension.new_due),
        "reason": extension.reason[:150],
    }
