"""Who is away lets a colleague act in their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from nhipcau.core.acts import Act, act
from nhipcau.core.models import User

from .. import rules
from ..models import Membership, Organisation, Role
from ..queries.tree import valid_on
from ._checks import check_dates

LONGEST = dt.timedelta(days=184)  # half a year: who is away longer gives the role up, and it is given to another


def _may_delegate(actor: Actor, organisation: Organisation, *_more: object, **_named: object) -> Answer:
    return rules.may_delegate(actor, organisation)


@act("organisations.delegate", may=_may_delegate)
def delegate(
    running: Act,
    organisation: Organisation,
    *,
    to: User,
    roles: Iterable[str],
    valid_from: dt.date,
    valid_to: dt.date,
) -> list[Membership]:
    """Let a colleague hold these roles of the actor's own from the first to the last day; both keep them meanwhile, and
    the colleague is told.

    Raises ``ValidationError`` by field: no role of one's own, a colleague who holds no role in the organisation, days that
    contradict each other, have passed, or span more than ``LONGEST``.
    """
    chosen = _own(running.actor, organisation, roles)
    _check_days(valid_from, valid_to)
    today = timezone.localdate()
    theirs = Membership.objects.filter(valid_on(today), person=to, organisation=organisation, stands_in_for=None)
    if to.pk == running.actor.person_id or not theirs.exists():
        raise ValidationError({"to": _("Bạn hãy chọn một đồng nghiệp đang có vai trò trong cơ quan.")})
    made = [
        Membership.objects.get_or_create(
            person=to,
            organisation=organisation,
            role=role,
            valid_from=valid_from,
            valid_to=valid_to,
            stands_in_for_id=running.actor.person_id,
        )
        for role in chosen
    ]
    lent = [membership for membership, _is_new in made]
    if not any(is_new for _membership, is_new in made):
        return lent  # the form was sent twice
    running.changed(to=to.pk, roles=chosen, valid_from=valid_from, valid_to=valid_to)
    name = User.objects.only("name").get(pk=running.actor.person_id or 0).name

    def words() -> str:
        return _("%(name)s ủy quyền cho bạn làm thay tại %(organisation)s từ %(first)s đến hết %(last)s.") % {
            "name": name,
            "organisation": organisation.name,
            "first": valid_from.strftime("%d/%m/%Y"),
            "last": valid_to.strftime("%d/%m/%Y"),
        }

    running.tell([to.pk], "organisations.delegation", words)
    return lent


def _may_end(actor: Actor, membership: Membership) -> Answer:
    return rules.may_end_delegation(actor, membership)


@act("organisations.end_delegation", may=_may_end)
def end_delegation(running: Act, membership: Membership) -> Membership:
    """End a delegation today: from now on it no longer holds. The row stays. Raises ``ValidationError`` for a role that
    was not lent."""
    if membership.stands_in_for_id is None:
        raise ValidationError(_("Vai trò này không phải là vai trò được ủy quyền."))
    last = timezone.localdate() - dt.timedelta(days=1)
    if membership.valid_from and membership.valid_from > last:
        membership.valid_from = last
    membership.valid_to = min(membership.valid_to or last, last)
    membership.save(update_fields=["valid_from", "valid_to"])
    running.changed(valid_to=membership.valid_to)
    others = {membership.person_id, membership.stands_in_for_id} - {running.actor.person_id}
    running.tell(others, "organisations.delegation", lambda: _("Việc ủy quyền làm thay đã kết thúc."))
    return membership


def _own(actor: Actor, organisation: Organisation, roles: Iterable[str]) -> list[str]:
    today = timezone.localdate()
    held = Membership.objects.filter(
        valid_on(today), person_id=actor.person_id, organisation=organisation, stands_in_for=None
    )
    own = set(held.filter(role__in=rules.DELEGABLE).values_list("role", flat=True))
    chosen = [role for role in Role.values if role in set(roles)]
    if not chosen or not set(chosen) <= own:
        raise ValidationError({"roles": _("Bạn hãy chọn trong những vai trò của chính mình.")})
    return chosen


def _check_days(valid_from: dt.date, valid_to: dt.date) -> None:
    check_dates(valid_from, valid_to)
    if valid_to < timezone.localdate():
        raise ValidationError({"valid_to": _("Ngày cuối đã qua. Bạn hãy chọn từ hôm nay trở đi.")})
    if valid_to - valid_from > LONGEST:
        raise ValidationError({"valid_to": _("Ủy quyền dài nhất là nửa năm. Bạn hãy chọn ngày cuối sớm hơn.")})
