"""The jobs of clocks: computing them again after a change of the calendar, and once a day to be sure."""

from __future__ import annotations

import datetime as dt
import functools

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhipcau.core import notices, recall, rooms
from nhipcau.core.jobs import Run, job, periodic
from nhipcau.core.models import CalendarChange, Clock

from . import moving


@job("core.recompute_clocks")
def recompute_clocks(run: Run, change_id: int) -> None:
    """After a change of the calendar: which running clocks moved, and a word to the coordinators of whose they are."""
    change = CalendarChange.objects.filter(pk=change_id).first()
    if change is None or change.made_at is not None:
        return
    moved = moving.recompute(
        change, lambda done, total: run.progress(done, total, _("đang tính lại các hạn đang chạy"))
    )
    finish(change, moved)


def finish(change: CalendarChange, moved: int) -> None:
    """Note that a change has been followed, and tell the coordinators: once, in one transaction."""
    with transaction.atomic():
        mine = CalendarChange.objects.filter(pk=change.pk, made_at=None)
        if not mine.update(moved=moved, made_at=timezone.now()) or not moved:
            return
        counts = {pk: count for pk, count in moving.moves_by_organisation(change).items() if pk is not None}
        url = reverse("calendar_change", args=[change.pk])
        for organisation_id, people in rooms.coordinators_of(counts).items():
            words = functools.partial(_moved_words, counts[organisation_id])
            notices.tell(people, "core.clocks_moved", words, url, organisation_id=organisation_id)
    recall.count_again()


def _moved_words(count: int) -> str:
    return ngettext(
        "Lịch làm việc vừa đổi: %(n)s hạn của cơ quan bạn chuyển sang ngày khác.",
        "Lịch làm việc vừa đổi: %(n)s hạn của cơ quan bạn chuyển sang ngày khác.",
        count,
    ) % {"n": count}


def _any_open() -> bool:
    return Clock.objects.filter(closed_at=None).exists()


@periodic(
    "core.check_clocks",
    every=dt.timedelta(days=1),
    when=_any_open,
    label=gettext_lazy("Xem lại các thời hạn đang chạy"),
)
def check_clocks(run: Run) -> None:
    """Every running clock once a day: one may have begun in the very moment in which the calendar changed."""
    moving.check_all(lambda done, total: run.progress(done, total))
