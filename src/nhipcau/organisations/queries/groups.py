"""Groups of agencies as they are on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet, Value

from nhipcau.core.once import once

from ..models import Group, Organisation
from .tree import valid_on


def members(group: Group, on: dt.date) -> QuerySet[Organisation]:
    """Who belongs to the group on the day: those below its committee that its rule takes, and those named by hand.
    An open group has only the named ones."""
    named = Q(pk__in=group.members.values("pk"))
    return Organisation.objects.filter(valid_on(on), named if group.is_open else named | _rule(group))


def groups_of(organisation_id: int, on: dt.date) -> QuerySet[Group]:
    """The groups that include the organisation on the day, by rule or by name. None before it existed.

    One that has ended keeps the groups of its last day: what plans laid on them is read there for good (the body that
    took over answers for its predecessor, Luật Tiếp cận thông tin 2026 Đ31).
    """
    by_rule = once(("groups by rule", organisation_id, on), lambda: _by_rule(organisation_id, on))
    named = Group.members.through.objects.filter(organisation_id=organisation_id)
    by_name = named.exclude(organisation__valid_from__gt=on).values("group_id")
    return Group.objects.filter(Q(pk__in=by_rule) | Q(pk__in=by_name))


def group_ids_of(organisation_id: int, on: dt.date) -> list[int]:
    """The ids of ``groups_of``. One query."""
    by_rule = _beside(organisation_id).annotate(is_named=Value(False)).values_list("is_named", *_RULE_AND_FACTS)
    named = Group.objects.filter(members=organisation_id).order_by().annotate(is_named=Value(True))
    facts = [path.replace("scope__children__", "members__") for path in _RULE_AND_FACTS]
    found: set[int] = set()
    for is_named, pk, *rule, valid_from in by_rule.union(named.values_list("is_named", *facts), all=True):
        if (not valid_from or valid_from <= on) and (is_named or _takes(*rule)):
            found.add(pk)
    return sorted(found)


def _beside(organisation_id: int) -> QuerySet[Group]:
    """The groups by rule of the committee that stands above the organisation."""
    return Group.objects.filter(scope__children=organisation_id, is_open=False).order_by()


_RULE_AND_FACTS = ("pk", "kinds", "levels", *(f"scope__children__{fact}" for fact in ("kind", "level", "valid_from")))


def _takes(kinds: list[str], levels: list[str], kind: str, level: str) -> bool:
    return (not kinds or kind in kinds) and (not levels or level in levels)


def _by_rule(organisation_id: int, on: dt.date) -> list[int]:
    rows = _beside(organisation_id).values_list(*_RULE_AND_FACTS)
    return [pk for pk, *rule, valid_from in rows if (not valid_from or valid_from <= on) and _takes(*rule)]


def takes(group: Group, organisation: Organisation) -> bool:
    """Whether the rule of the group takes this organisation of its committee (dates aside)."""
    return (
        not group.is_open
        and organisation.parent_id == group.scope_id
        and (not group.kinds or organisation.kind in group.kinds)
        and (not group.levels or organisation.level in group.levels)
    )


def group_by_public_id(public_id: str) -> Group | None:
    """One group with its committee."""
    return Group.objects.select_related("scope").filter(public_id=public_id).first()


def _rule(group: Group) -> Q:
    rule = Q(parent_id=group.scope_id)
    if group.kinds:
        rule &= Q(kind__in=group.kinds)
    if group.levels:
        rule &= Q(level__in=group.levels)
    return rule
