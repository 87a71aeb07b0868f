"""Clocks of the rooms: started, extended, closed inside the room's own act, and unfolded on its pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core import clocks
from nhipcau.core.acts import Act
from nhipcau.core.clocks import Computed, LimitError, Options, WorkCalendar
from nhipcau.core.models import Clock, LegalRule

from .calendars import read_calendar, work_calendar


def made_clock(
    kind: str,
    subject_id: str,
    organisation_id: int | None,
    from_at: dt.datetime,
    *,
    rule: LegalRule | None = None,
    limit: str = "",
    roll: str = "",
    receipt: str = "",
    extends_from: str = "nominal",
    calendar: WorkCalendar | None = None,
) -> Clock:
    """A clock that is not saved yet, for ``bulk_create``: by a rule of law, or by a limit as written ("working_days 5").

    What is said here goes before what the rule says. Raises ``ValidationError`` where neither is given or it cannot be
    computed.
    """
    made = Clock(
        subject_kind=kind,
        subject_id=subject_id,
        organisation_id=organisation_id,
        rule=rule,
        limit=limit or (rule.limit if rule else ""),
        roll=roll or (rule.roll if rule else ""),
        receipt=receipt or (rule.receipt if rule else "as_is"),
        extends_from=extends_from,
        from_at=from_at,
        extensions=[],
    )
    _set(made, calendar or read_calendar())
    made.limit = str(clocks.parse_limit(made.limit))
    return made


def start_clock(kind: str, subject_id: str, organisation_id: int | None, from_at: dt.datetime, **more: Any) -> Clock:
    """Start a clock for a thing of a room (``kind`` as in ``Offers.subjects``, public id), inside the room's act. Takes
    what ``made_clock`` takes."""
    made = made_clock(kind, subject_id, organisation_id, from_at, **more)
    made.save()
    return made


def extend_clock(act: Act, clock: Clock, limit: str, reason: str, calendar: WorkCalendar | None = None) -> Clock:
    """Extend a running clock by a limit ("calendar_days 12", "until 2026-12-31"), inside the room's act, which the audit
    names. Who, when and why stay with the clock.

    Raises ``ValidationError`` where the reason is missing, the clock is closed, or the limit cannot extend.
    """
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    if held.closed_at is not None:
        raise ValidationError({"limit": _("Việc này đã kết thúc nên không gia hạn nữa.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Bạn hãy ghi lý do gia hạn.")})
    try:
        written = str(clocks.parse_extension(limit))
    except LimitError as problem:
        raise ValidationError({"limit": str(problem)}) from problem
    old = held.due_at
    held.extensions = [
        *held.extensions,
        {
            "limit": written,
            "reason": " ".join(reason.split())[:400],
            "by": act.actor.person_id,
            "at": timezone.now().isoformat(),
        },
    ]
    _set(held, calendar or read_calendar())
    if held.due_at <= old:
        raise ValidationError({"limit": _("Hạn mới phải sau hạn cũ.")})
    held.save()
    act.changed(extended_by=written, extension_reason=reason.strip(), due_at=held.due_at.isoformat())
    return held


def close_clock(clock: Clock, at: dt.datetime | None = None) -> None:
    """Stop a clock, inside the room's act: its due moment stays as it is whatever becomes of the calendar."""
    closed = at or timezone.now()
    Clock.objects.filter(pk=clock.pk, closed_at=None).update(closed_at=closed)
    clock.closed_at = clock.closed_at or closed


def running_clock(kind: str, subject_id: str) -> Clock | None:
    """The clock that runs for a thing, the one due first where there are several. One query."""
    found = Clock.objects.filter(subject_kind=kind, subject_id=subject_id, closed_at=None)
    return found.select_related("rule").order_by("due_at", "pk").first()


def computed(clock: Clock, calendar: WorkCalendar | None = None) -> Computed:
    """The computation of a clock, by the calendar as it is now. Raises ``ValidationError`` where it cannot be made."""
    try:
        return clocks.compute(
            clocks.parse_limit(clock.limit),
            clock.from_at,
            calendar or work_calendar(),
            Options(clock.roll or None, clock.receipt, clock.extends_from),
            [clocks.parse_extension(each["limit"]) for each in clock.extensions],
        )
    except LimitError as problem:
        raise ValidationError({"limit": str(problem)}) from problem


def unfold(clock: Clock, calendar: WorkCalendar | None = None) -> list[str]:
    """How the due moment of a clock came about, one sentence a step, in the reader's language. No query where the calendar
    is recalled and ``rule`` was read with the clock."""
    done = computed(clock, calendar)
    said = clocks.steps(done)
    if clock.rule is not None:
        said.insert(0, _("Quy định: %(name)s (%(basis)s).") % {"name": clock.rule.name, "basis": clock.rule.basis})
    said += [
        _("Gia hạn %(limit)s: %(reason)s.")
        % {
            "limit": clocks.limit_words(clocks.parse_extension(each["limit"])),
            "reason": str(each["reason"]).rstrip("."),
        }
        for each in clock.extensions
    ]
    if clock.due_at != done.due:
        said.append(
            _("Lịch đã đổi từ khi việc này kết thúc; hạn đã tính khi ấy là %(moment)s.")
            % {"moment": clocks.due_words(clocks.moment(clock.due_at))}
        )
    return said


def _set(clock: Clock, calendar: WorkCalendar) -> None:
    """Fill what is computed."""
    if not clock.limit:
        raise ValidationError({"limit": _("Chưa có thời hạn: bạn hãy nêu một quy định hoặc một thời hạn.")})
    done = computed(clock, calendar)
    clock.due_at = done.due
    clock.nominal_on = done.nominal_on
    clock.first_on, clock.last_on = done.span
