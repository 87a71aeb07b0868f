"""Who may do what with the directory and with roles. Pure: facts come in, True or No("…") comes out."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No

from .models import Group, Membership, Organisation, Role

REVIEWERS = (Role.OFFICER, Role.HEAD, Role.COORDINATOR)


@dataclasses.dataclass(frozen=True, slots=True)
class Keeping:
    """What the directory says about a tree: whether the actor's organisation stands at the top of its own tree, and
    whether anybody holds or ever held a role in the tree in question."""

    actor_is_at_top: bool
    has_people: bool


def may_read_directory(actor: Actor) -> bool:
    """The directory is read by officials: whoever holds a role somewhere, and the keys of organisations. Strangers learn
    of an organisation what a public plan says of it."""
    return actor.is_system or bool(actor.roles)


def within(actor: Actor, organisation: Organisation) -> bool:
    """Whether the organisation is the actor's own or stands below it."""
    return organisation.is_within(actor.organisation_id)


def may_keep(actor: Actor, organisation: Organisation | None, keeping: Keeping) -> Answer:
    """The directory is kept by the administrators of each organisation, for it and those below it. The names and dates
    of trees in which nobody has ever held a role (ministries, Party bodies; None: a new tree) are kept by administrators
    of any organisation at the top; that gives nobody a right in these trees (see ``may_move``)."""
    if actor.is_system:
        return True
    if not actor.has(Role.ADMINISTRATOR):
        return No(
            _("Chỉ người có vai trò quản trị mới sửa được danh bạ cơ quan. Bạn hãy nhờ quản trị của cơ quan mình.")
        )
    if organisation is not None and within(actor, organisation):
        return True
    if keeping.actor_is_at_top and not keeping.has_people:
        return True
    return No(_("Cơ quan này nằm ngoài phạm vi quản trị của bạn. Quản trị của cơ quan đó hoặc cấp trên mới sửa được."))


def may_move(actor: Actor, organisation: Organisation, parent: Organisation | None) -> Answer:
    """What stands below an administrator's organisation moves within that reach; administrators at the top of a tree may
    also make it a tree of its own.

    Nothing is brought in from outside and nobody moves their own organisation: whoever stands above an organisation
    administers its people and reads what it may read, and whoever stands below one reads its plans. A whole tree gets
    its first administrator by ``manage.py start``, and others by their invitation.
    """
    if actor.is_system:
        return True
    if not actor.has(Role.ADMINISTRATOR) or organisation.pk == actor.organisation_id or not within(actor, organisation):
        return No(
            _("Bạn chỉ chuyển được những cơ quan trực thuộc cơ quan của mình. Bạn hãy giữ nguyên cơ quan cấp trên.")
        )
    if parent is not None and not within(actor, parent):
        return No(_("Nơi chuyển tới nằm ngoài phạm vi quản trị của bạn. Bạn hãy chọn cơ quan của mình hoặc cấp dưới."))
    if parent is None and not organisation.path.startswith(f"{actor.organisation_id}/"):
        return No(
            _("Chỉ quản trị của cơ quan đứng đầu mới tách được một cơ quan khỏi hệ thống. Bạn hãy chọn cấp trên.")
        )
    return True


def may_add(actor: Actor, parent: Organisation | None, keeping: Keeping) -> Answer:
    """Administrators as for keeping. Those who review plans may also add what a plan names, below their own
    organisation or as a new tree, since an unknown agency must be entered while the plan is read."""
    if actor.has(*REVIEWERS) and (parent is None or within(actor, parent)):
        return True
    return may_keep(actor, parent, keeping)


def may_name(actor: Actor, scope: Organisation | None, keeping: Keeping) -> Answer:
    """Another name that holds only in the reviewer's own tree may be added by reviewers; one that holds everywhere,
    by those who keep the organisation."""
    if scope is not None and within(actor, scope) and actor.has(*REVIEWERS, Role.ADMINISTRATOR):
        return True
    return may_keep(actor, scope, keeping)


def may_name_members(actor: Actor, group: Group) -> Answer:
    """Who belongs to a group is said by the reviewers and administrators of its committee."""
    if actor.is_system or (within(actor, group.scope) and actor.has(*REVIEWERS, Role.ADMINISTRATOR)):
        return True
    return No(_("Chỉ cán bộ, điều phối, lãnh đạo và quản trị của cơ quan lập nhóm mới nêu được thành viên của nhóm."))


def may_administer_people(actor: Actor, organisation: Organisation) -> Answer:
    """Roles are given and ended by administrators of the organisation or of one above it."""
    if actor.is_system or (actor.has(Role.ADMINISTRATOR) and within(actor, organisation)):
        return True
    return No(_("Chỉ người có vai trò quản trị của cơ quan này hoặc cấp trên mới giao được vai trò."))


def may_end_membership(actor: Actor, membership: Membership) -> Answer:
    """As for giving. Nobody ends their own role of administrator: there must remain somebody who can give it back."""
    if membership.person_id == actor.person_id and membership.role == Role.ADMINISTRATOR:
        return No(_("Bạn không thể tự thôi vai trò quản trị của mình. Hãy nhờ một người quản trị khác."))
    return may_administer_people(actor, membership.organisation)


DELEGABLE = REVIEWERS  # a place in the office can be filled for a while; who administers or audits is chosen


def may_delegate(actor: Actor, organisation: Organisation) -> Answer:
    """Who is away lets a colleague act in their place, in the roles that they hold themselves: no role is passed on that
    was itself lent (see the act)."""
    if actor.person_id is None or actor.organisation_id != organisation.pk or not actor.has(*DELEGABLE):
        return No(_("Bạn chỉ ủy quyền được vai trò của chính mình trong cơ quan mà bạn đang làm việc."))
    return True


def may_end_delegation(actor: Actor, membership: Membership) -> Answer:
    """Who lent it takes it back, who got it lays it down, administrators of the organisation end it."""
    if actor.person_id is not None and actor.person_id in {membership.stands_in_for_id, membership.person_id}:
        return True
    return may_administer_people(actor, membership.organisation)


def may_read_trail(actor: Actor, organisation: Organisation) -> Answer:
    """The audit trail is read by auditors, of their own organisation and of those below it."""
    if actor.has(Role.AUDITOR) and within(actor, organisation):
        return True
    return No(_("Nhật ký dành cho người có vai trò kiểm tra của cơ quan này hoặc cấp trên."))


def may_see_people(actor: Actor, organisation: Organisation) -> bool:
    """Names of the people of an organisation: its own people, and administrators and auditors above it."""
    if actor.is_system or actor.organisation_id == organisation.pk:
        return bool(actor.roles) or actor.is_system
    return actor.has(Role.ADMINISTRATOR, Role.AUDITOR) and within(actor, organisation)


def can_stand_below(organisation: Organisation, parent: Organisation) -> Answer:
    """Whether the tree stays a tree when ``organisation`` is moved below ``parent``."""
    if parent.pk == organisation.pk or parent.path.startswith(organisation.path):
        return No(_("Một cơ quan không thể trực thuộc chính nó hoặc cơ quan cấp dưới của nó."))
    return True


def may_keep_facts(actor: Actor, *, is_at_top: bool) -> Answer:
    """Facts about the country hold for every organisation here: they are kept by administrators of an organisation that
    stands at the top of its tree."""
    if actor.has(Role.ADMINISTRATOR) and is_at_top:
        return True
    return No(_("Bảng này dùng chung cho mọi cơ quan nên chỉ quản trị của cơ quan đứng đầu mới sửa được."))


def may_load_facts(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """What comes with the software is taken over by whoever runs it, from the command line."""
    return actor.is_system
