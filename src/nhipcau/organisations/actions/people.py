"""Who holds which role where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core import accounts
from nhipcau.core.actors import Actor, Answer, No
from nhipcau.core.acts import Act, act
from nhipcau.core.models import User

from .. import rules
from ..models import Membership, Organisation, Role
from ._checks import check_dates
from ._loans import end_loans


def _may_administer(actor: Actor, organisation: Organisation, *_more: object, **_named: object) -> Answer:
    return rules.may_administer_people(actor, organisation)


@act("organisations.invite_person", may=_may_administer)
def invite_person(
    running: Act, organisation: Organisation, *, email: str, name: str, roles: Iterable[str]
) -> tuple[User, bool]:
    """Give a person roles in the organisation, with an account made for a new address, and say whether it was made.

    A new person gets a letter with a link by which they choose a password; a known one a notice. Raises
    ``ValidationError`` by field where the address is none, the name is missing for a new person or no role is chosen.
    """
    chosen = _roles(roles)
    if not name.strip() and not User.objects.filter(email=email.strip().lower()).exists():
        raise ValidationError({"name": _("Bạn hãy ghi họ và tên của người được mời.")})
    try:
        user, is_new = accounts.invite(email, name, organisation_name=organisation.name)
    except ValidationError as problem:
        raise ValidationError({"email": problem.messages}) from problem
    for role in chosen:
        _give(user, organisation, role, None, None)
    running.changed(person=user.pk, roles=chosen)
    if not is_new:
        _say(running, user, organisation, chosen)
    return user, is_new


@act("organisations.set_membership", may=_may_administer)
def set_membership(
    running: Act,
    organisation: Organisation,
    *,
    person: User,
    role: str,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> Membership:
    """Give a person a role in the organisation, or change the days for which they hold it; the person is told. Raises
    ``ValidationError`` for an unknown role or contradicting days, and where administrators would shut themselves
    out."""
    check_dates(valid_from, valid_to)
    (chosen,) = _roles([role])
    today = timezone.localdate()
    now_held = (valid_from is None or valid_from <= today) and (valid_to is None or today <= valid_to)
    if person.pk == running.actor.person_id and chosen == Role.ADMINISTRATOR and not now_held:
        raise ValidationError(_("Bạn không thể tự thôi vai trò quản trị của mình. Hãy nhờ một người quản trị khác."))
    membership = _give(person, organisation, chosen, valid_from, valid_to)
    if valid_to is not None:
        end_loans(running, membership, valid_to)
    running.changed(person=person.pk, role=chosen, valid_from=valid_from, valid_to=valid_to)
    if person.pk != running.actor.person_id:
        _say(running, person, organisation, [chosen])
    return membership


def _may_end(actor: Actor, membership: Membership, *_more: object, **_named: object) -> Answer:
    return rules.may_end_membership(actor, membership)


@act("organisations.end_membership", may=_may_end)
def end_membership(running: Act, membership: Membership, on: dt.date | None = None) -> Membership:
    """End a person's role; ``on`` is its last day, yesterday unless said, so that it no longer holds today. The row
    stays: who held what remains known. Raises ``ValidationError`` for a day before the role began."""
    last = on or timezone.localdate() - dt.timedelta(days=1)
    if membership.valid_from and membership.valid_from > last and on is None:
        membership.valid_from = last
    check_dates(membership.valid_from, last)
    membership.valid_to = last
    membership.save(update_fields=["valid_from", "valid_to"])
    end_loans(running, membership, last)
    running.changed(valid_to=last)

    def words() -> str:
        return _("Bạn thôi vai trò %(role)s tại %(organisation)s từ sau ngày %(day)s.") % {
            "role": str(Role(membership.role).label).lower(),
            "organisation": membership.organisation.name,
            "day": last.strftime("%d/%m/%Y"),
        }

    running.tell([membership.person_id], "organisations.role", words)
    return membership


def _may_start(actor: Actor, *_more: object, **_named: object) -> Answer:
    return True if actor.is_system else No(_("Chỉ lệnh cài đặt trên máy chủ mới lập được cơ quan đầu tiên."))


@act("organisations.start", may=_may_start)
def start_site(running: Act, organisation: Organisation, *, email: str, name: str) -> User:
    """Make the first administrator and coordinator of an empty site. Raises ``ValidationError`` for a wrong address."""
    user, _new = accounts.invite(email, name, organisation_name=organisation.name)
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        _give(user, organisation, role, None, None)
    running.changed(person=user.pk)
    return user


def _roles(roles: Iterable[str]) -> list[str]:
    chosen = list(dict.fromkeys(roles))
    if not chosen:
        raise ValidationError({"roles": _("Bạn hãy chọn ít nhất một vai trò.")})
    if unknown := [role for role in chosen if role not in Role.values]:
        raise ValidationError({"roles": _("Không có vai trò “%(role)s”.") % {"role": unknown[0]}})
    return chosen


def _give(
    user: User, organisation: Organisation, role: str, valid_from: dt.date | None, valid_to: dt.date | None
) -> Membership:
    membership, _made = Membership.objects.update_or_create(
        person=user,
        organisation=organisation,
        role=role,
        stands_in_for=None,
        defaults={"valid_from": valid_from, "valid_to": valid_to},
    )
    return membership


def _say(running: Act, user: User, organisation: Organisation, roles: list[str]) -> None:
    def words() -> str:
        named = ", ".join(str(Role(role).label).lower() for role in roles)
        return _("Bạn được giao vai trò %(roles)s tại %(organisation)s.") % {
            "roles": named,
            "organisation": organisation.name,
        }

    running.tell([user.pk], "organisations.role", words, reverse("home"))
