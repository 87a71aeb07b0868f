"""Who may change what belongs to a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .actors import Actor, Answer, No
from .models import User

ADMINISTRATOR = "administrator"  # what ``organisations`` calls the role


def may_change_own(actor: Actor, person: User, *_arguments: Any, **_named: Any) -> Answer:
    """Everybody changes their own account, nobody another's."""
    return actor.person_id == person.pk or No(_("Bạn chỉ thay đổi được tài khoản của chính mình."))


def may_watch(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Administrators of any organisation see whether the house works, and have letters tried again: neither shows
    whose letters they are."""
    return actor.has(ADMINISTRATOR) or No(_("Chỉ người có vai trò quản trị mới xem được hoạt động của hệ thống."))
