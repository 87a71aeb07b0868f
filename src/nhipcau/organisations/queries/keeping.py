"""What of the directory an actor keeps, and the facts by which the rules decide it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhipcau.core.actors import Actor

from ..models import Group, Level, Membership, Organisation
from ..rules import Keeping, within
from .groups import takes
from .tree import reach


def keeping(actor: Actor, organisation: Organisation | None) -> Keeping:
    """The facts that ``rules.may_keep`` needs about one organisation (None: a new tree). Two small queries,
    none for what lies within the actor's own reach, where the facts do not matter."""
    if actor.is_system or (organisation is not None and within(actor, organisation)):
        return Keeping(actor_is_at_top=False, has_people=True)
    at_top = Organisation.objects.filter(pk=actor.organisation_id or 0, parent__isnull=True).exists()
    if organisation is None:
        return Keeping(at_top, has_people=False)
    root = f"{organisation.path.split('/')[0]}/"
    return Keeping(at_top, Membership.objects.filter(organisation__path__startswith=root).exists())


def keepable(actor: Actor) -> QuerySet[Organisation]:
    """The organisations below which the actor may enter others: their reach, and for those at the top of a tree also
    the trees in which nobody has ever held a role."""
    own = reach(actor)
    if not Organisation.objects.filter(pk=actor.organisation_id or 0, parent__isnull=True).exists():
        return own
    paths = Membership.objects.values_list("organisation__path", flat=True).order_by().distinct()
    others = Q()
    for root in {path.split("/")[0] for path in paths}:
        others |= Q(path__startswith=f"{root}/")
    free = Organisation.objects.exclude(others) if others else Organisation.objects.all()
    return Organisation.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=free.values("pk")))


def candidates(group: Group) -> QuerySet[Organisation]:
    """Who may be named as a member: the organisations beside and right below the group's committee, those at the top of
    other trees and right below them, ministries aside; and who is named already. What the rule takes is left out."""
    scope = group.scope
    near = Q(parent=scope) | Q(parent_id=scope.parent_id or 0) | Q(parent__isnull=True) | Q(parent__parent__isnull=True)
    found = Organisation.objects.filter((near & ~Q(level=Level.CENTRAL)) | Q(named_in_groups=group)).exclude(
        pk=scope.pk
    )
    by_rule = [o.pk for o in Organisation.objects.filter(parent=scope) if takes(group, o)]
    return found.exclude(pk__in=by_rule).distinct().order_by("sort_key")
