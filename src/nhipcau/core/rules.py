"""Who may change what belongs to a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .actors import Actor, Answer, No
from .models import User


def may_change_own(actor: Actor, person: User, *_arguments: Any, **_named: Any) -> Answer:
    """Everybody changes their own account, nobody another's."""
    return actor.person_id == person.pk or No(_("Bạn chỉ thay đổi được tài khoản của chính mình."))
