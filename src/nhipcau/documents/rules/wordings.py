"""Who writes documents from data, and who keeps the words that they are written in. Pure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer, No
from nhipcau.organisations.models import Role

WRITERS = (Role.OFFICER, Role.COORDINATOR, Role.HEAD)


def may_write_papers(actor: Actor) -> Answer:
    """Officers, coordinators and heads write in the name of their organisation."""
    if actor.organisation_id is None or not actor.has(*WRITERS):
        return No(_("Chỉ cán bộ, điều phối và lãnh đạo mới soạn văn bản của cơ quan."))
    return True


def may_keep_wording(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """The words of an organisation's documents are kept by its administrators."""
    if actor.organisation_id is None or not actor.has(Role.ADMINISTRATOR):
        return No(_("Chỉ quản trị của cơ quan mới sửa được mẫu văn bản. Bạn hãy nhờ quản trị của cơ quan mình."))
    return True
