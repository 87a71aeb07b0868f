"""Rounds and reports, starting from those that the actor may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhipcau.core.actors import Actor
from nhipcau.organisations import queries as organisations

from ..models import Report, Round


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds that the actor's organisation, or one below it, collects or reports in."""
    if actor.is_system:
        return Round.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Round.objects.none()
    below = organisations.reach(actor).order_by().values("pk")
    reports = Report.objects.filter(organisation__in=below).values("round_id")
    return Round.objects.filter(Q(organisation__in=below) | Q(pk__in=reports))


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The reports that ``actor`` may read; the only place that says so for them and all that hangs on them.

    An organisation reads its own at any time; those of organisations below it, and those that report to it or to one
    below it, from the moment they were sent: a draft is its writer's.
    """
    if actor.is_system:
        return Report.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Report.objects.none()
    below = organisations.reach(actor).order_by().values("pk")
    own = Q(organisation=actor.organisation_id)
    sent = Q(sent_at__isnull=False) & (Q(receiver__in=below) | Q(organisation__in=below))
    return Report.objects.filter(own | sent)


def listed_reports(actor: Actor, round_: Round) -> QuerySet[Report]:
    """The reports of a round by organisation and state, for lists: those that the actor reads, and, of those that report
    to the actor's organisation or below it, that they are due (never a word of what stands in them)."""
    if actor.is_system:
        return round_.reports.all()
    below = organisations.reach(actor).order_by().values("pk")
    return round_.reports.filter(Q(organisation__in=below) | Q(receiver__in=below))
