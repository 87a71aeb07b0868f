"""Who may change what belongs to a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .actors import Actor, Answer, No
from .models import Feed, Hook, User

ADMINISTRATOR = "administrator"  # what ``organisations`` calls the roles
SHARERS = ("head", "coordinator", ADMINISTRATOR)


def may_change_own(actor: Actor, person: User, *_arguments: Any, **_named: Any) -> Answer:
    """Everybody changes their own account, nobody another's."""
    return actor.person_id == person.pk or No(_("Bạn chỉ thay đổi được tài khoản của chính mình."))


def may_watch(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Administrators of any organisation see whether the house works, and have letters tried again: neither shows
    whose letters they are."""
    return actor.has(ADMINISTRATOR) or No(_("Chỉ người có vai trò quản trị mới xem được hoạt động của hệ thống."))


def may_make_feed(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Heads, coordinators and administrators give out links to the calendar of their organisation."""
    if actor.organisation_id is not None and actor.has(*SHARERS):
        return True
    return No(_("Chỉ lãnh đạo, điều phối và quản trị mới tạo được đường dẫn lịch của cơ quan."))


def may_withdraw_feed(actor: Actor, feed: Feed, *_arguments: Any, **_named: Any) -> Answer:
    """One's own link; one of the organisation by whoever may make one."""
    if feed.person_id is not None:
        return actor.person_id == feed.person_id or No(_("Bạn chỉ rút được đường dẫn lịch của chính mình."))
    if feed.organisation_id != actor.organisation_id:
        return No(_("Đường dẫn này thuộc cơ quan khác."))
    return may_make_feed(actor)


def may_keep_hooks(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Administrators, for the organisation in whose name they act."""
    if actor.organisation_id is not None and actor.has(ADMINISTRATOR):
        return True
    return No(_("Chỉ người có vai trò quản trị mới nối được hệ thống ngoài cho cơ quan mình."))


def may_change_hook(actor: Actor, hook: Hook, *_arguments: Any, **_named: Any) -> Answer:
    """Administrators of the hook's organisation, whoever made it."""
    if hook.organisation_id != actor.organisation_id:
        return No(_("Nơi nhận tin này thuộc cơ quan khác."))
    return may_keep_hooks(actor)
