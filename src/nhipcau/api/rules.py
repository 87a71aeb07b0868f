"""Who may make and withdraw keys. Pure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.organisations.models import Organisation, Role

from .models import ApiToken


def may_make_token(actor: Actor, organisation: Organisation, *_more: Any, **_named: Any) -> Answer:
    """Administrators, for the organisation in whose name they act."""
    if actor.has(Role.ADMINISTRATOR) and actor.organisation_id == organisation.pk:
        return True
    return No(_("Chỉ người có vai trò quản trị mới cấp được khóa truy cập cho cơ quan mình."))


def may_withdraw_token(actor: Actor, token: ApiToken, *_more: Any, **_named: Any) -> Answer:
    """Administrators of the key's organisation, whoever made it."""
    return may_make_token(actor, token.organisation)
