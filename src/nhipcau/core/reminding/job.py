"""The job that writes the letters of reminding.

One letter is one transaction: the person's ``next_at`` moves on (whoever moves it writes the letter), the outbox row,
the row that says so, and the marks on what was told. Killed at any moment, either all of it stands or nothing; what
stands in the outbox is sent by ``delivery``.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from .. import rooms
from ..actors import Actor
from ..clocks import WorkCalendar
from ..jobs import Run, periodic
from ..models import Notice, OutboxMessage, Reminded, Reminder, Rhythm
from ..rooms import Need
from ..timekeeping import read_calendar
from . import letters
from .rhythm import make_missing, without_rhythm
from .times import awake, is_quiet, next_letter

logger = logging.getLogger(__name__)

EVERY = dt.timedelta(seconds=30)
AT_ONCE = 100  # people whose roles are read together
AFTER_A_PROBLEM = dt.timedelta(minutes=15)
# A need is repeated after so many working days, until it is settled: the nearer its date, the sooner. A person's own
# rhythm may make it rarer, never more frequent.
REPEATED_AFTER = {"late": 1, "soon": 2, "calm": 5}


def due(now: dt.datetime) -> QuerySet[Rhythm]:
    """The people for whom it is time to look whether they must be written to."""
    found = Rhythm.objects.filter(next_at__lte=now, person__is_active=True)
    return found.exclude(kind=Rhythm.Kind.NEVER).order_by("next_at", "pk")


def _has_work() -> bool:
    return due(timezone.now()).exists() or without_rhythm().exists()


@periodic("core.remind", every=EVERY, when=_has_work, label=_("Nhắc việc"))
def remind(run: Run) -> None:
    """Write to everybody whose time has come and for whom something waits that was not said or must be said again."""
    calendar, now = read_calendar(), timezone.now()
    make_missing(calendar)
    total, done = due(now).count(), 0
    while batch := list(due(now).select_related("person")[:AT_ONCE]):
        actors = rooms.actors_of([rhythm.pk for rhythm in batch], timezone.localdate(now))
        for rhythm in batch:
            _look(rhythm, actors.get(rhythm.pk, []), now, calendar)
        done += len(batch)
        run.progress(done, max(total, done))


def _look(rhythm: Rhythm, actors: list[Actor], now: dt.datetime, calendar: WorkCalendar) -> None:
    """Write to one person; what goes wrong for one holds up nobody else, and is tried again in a quarter of an hour."""
    try:
        with translation.override(rhythm.person.language):
            write_to(rhythm, actors, now, calendar)
    except Exception as problem:
        logger.exception("the letter of reminding to person %s could not be made", rhythm.pk)
        said = f"{type(problem).__name__}: {problem}"[:300]
        mine = Rhythm.objects.filter(pk=rhythm.pk, next_at=rhythm.next_at)
        mine.update(next_at=now + AFTER_A_PROBLEM, problem=said)


def write_to(rhythm: Rhythm, actors: list[Actor], now: dt.datetime, calendar: WorkCalendar) -> Reminder | None:
    """Look what waits for one person and write the letter if one is due; None when there is nothing to say now."""
    if is_quiet(rhythm, now, calendar):  # the house was asleep when the hour struck
        later = awake(rhythm, now, calendar)
        Rhythm.objects.filter(pk=rhythm.pk, next_at=rhythm.next_at).update(next_at=later)
        return None
    needs = rooms.needs(rhythm.pk, actors, now)
    keys = {need.key for need in needs}
    told = [*Notice.objects.filter(person_id=rhythm.pk, to_mail=True, read_at=None).order_by("created_at", "pk")]
    fresh = [notice for notice in told if notice.about not in keys]  # what a need says the notice need not say too
    before = {row.key: row for row in Reminded.objects.filter(person_id=rhythm.pk)}
    is_due = bool(fresh) or any(_is_due(need, before.get(need.key), rhythm, now, calendar) for need in needs)
    letter = letters.write(rhythm.person, needs, fresh, before) if is_due else None
    with transaction.atomic():
        moved = Rhythm.objects.filter(pk=rhythm.pk, next_at=rhythm.next_at)
        if not moved.update(next_at=next_letter(rhythm, now, calendar), problem=""):
            return None  # another worker has written it, or something was told meanwhile: it is looked again
        gone = [row.pk for key, row in before.items() if key not in keys]
        if gone:
            Reminded.objects.filter(pk__in=gone).delete()
        if letter is None:
            return None
        reminder, is_new = Reminder.objects.get_or_create(
            person_id=rhythm.pk, period=_period(rhythm, now), defaults={"needs": len(needs), "notices": len(fresh)}
        )
        if not is_new:
            return None
        reminder.letter = OutboxMessage.objects.create(
            to=rhythm.person.email,
            language=rhythm.person.language,
            subject=letter.subject,
            body=letter.body,
            html=letter.html,
        )
        reminder.save(update_fields=["letter"])
        Notice.objects.filter(pk__in=[notice.pk for notice in told]).update(to_mail=False)
        _note(rhythm.pk, needs, before, now)
    return reminder


def _is_due(need: Need, said: Reminded | None, rhythm: Rhythm, now: dt.datetime, calendar: WorkCalendar) -> bool:
    if said is None or rhythm.kind == Rhythm.Kind.WEEKLY:
        return True
    last, today = timezone.localdate(said.last_at), timezone.localdate(now)
    worked = calendar.working_days_between(last + dt.timedelta(days=1), today)
    return worked >= REPEATED_AFTER.get(need.urgency, REPEATED_AFTER["calm"])


def _note(person_id: int, needs: list[Need], before: dict[str, Reminded], now: dt.datetime) -> None:
    again = [before[need.key].pk for need in needs if need.key in before]
    Reminded.objects.filter(pk__in=again).update(last_at=now, times=F("times") + 1)
    new = [need.key for need in needs if need.key not in before]
    Reminded.objects.bulk_create(
        [Reminded(person_id=person_id, key=key, first_at=now, last_at=now) for key in new], ignore_conflicts=True
    )


def _period(rhythm: Rhythm, now: dt.datetime) -> str:
    """What at most one letter is written for: a day, a week, or, for who wants to know at once, a minute."""
    local = timezone.localtime(now)
    if rhythm.kind == Rhythm.Kind.WEEKLY:
        year, week, _day = local.isocalendar()
        return f"{year}-W{week:02d}"
    return local.strftime("%Y-%m-%dT%H:%M" if rhythm.kind == Rhythm.Kind.AT_ONCE else "%Y-%m-%d")
