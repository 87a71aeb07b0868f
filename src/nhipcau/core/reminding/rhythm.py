"""The rhythm of a person, kept or as it is until they choose one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from ..clocks import WorkCalendar
from ..models import Rhythm, User
from .times import next_letter


def rhythm_of(person_id: int) -> Rhythm:
    """The person's rhythm; an unsaved one with the house's defaults where they have chosen none."""
    return Rhythm.objects.filter(pk=person_id).first() or Rhythm(person_id=person_id)


def make_missing(calendar: WorkCalendar) -> int:
    """Give each active person without a rhythm the house's own; returns how many."""
    now = timezone.now()
    missing = list(without_rhythm().values_list("pk", flat=True)[:5000])
    at = next_letter(Rhythm(), now, calendar)
    Rhythm.objects.bulk_create([Rhythm(person_id=pk, next_at=at) for pk in missing], ignore_conflicts=True)
    return len(missing)


def without_rhythm() -> QuerySet[User]:
    """Active people who have no rhythm yet."""
    return User.objects.filter(is_active=True, rhythm=None)


def wake_for_notices(rhythms: Iterable[Rhythm]) -> None:
    """Something was just told to these people: those who want to know at once get their letter as soon as their quiet
    hours allow (the job looks whether they do)."""
    now = timezone.now()
    people = [rhythm.pk for rhythm in rhythms if rhythm.kind == Rhythm.Kind.AT_ONCE]
    if people:
        Rhythm.objects.filter(pk__in=people, next_at__gt=now).update(next_at=now)
