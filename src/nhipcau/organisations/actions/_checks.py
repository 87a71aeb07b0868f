"""What every write of the directory asks first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor, Answer
from vanban.text import fold

from .. import queries, rules
from ..models import Organisation
from ..queries.keeping import keeping


def may_add(actor: Actor, parent: Organisation | None, *_more: Any, **_named: Any) -> Answer:
    return rules.may_add(actor, parent, keeping(actor, parent))


def may_keep(actor: Actor, organisation: Organisation, *_more: Any, **_named: Any) -> Answer:
    return rules.may_keep(actor, organisation, keeping(actor, organisation))


def clean_name(name: str, field: str = "name") -> str:
    """The name with single blanks. Raises ``ValidationError`` where it is empty or too long."""
    clean = " ".join(name.split())
    if not clean:
        raise ValidationError({field: _("Bạn hãy ghi tên.")})
    if len(clean) > 250:
        raise ValidationError({field: _("Tên dài quá 250 ký tự. Bạn hãy ghi ngắn hơn.")})
    return clean


def check_dates(valid_from: dt.date | None, valid_to: dt.date | None) -> None:
    """Raises ``ValidationError`` where something would end before it begins."""
    if valid_from and valid_to and valid_to < valid_from:
        raise ValidationError({"valid_to": _("Ngày cuối phải từ ngày bắt đầu trở đi.")})


def twins(
    name: str, parent_id: int | None, valid_from: dt.date | None, valid_to: dt.date | None, but: int | None = None
) -> list[Organisation]:
    """Organisations of the same name right below the same parent that exist at the same time."""
    same = Organisation.objects.filter(folded=fold(name), parent_id=parent_id).exclude(pk=but or 0)
    if valid_from:
        same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if valid_to:
        same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=valid_to))
    return [o for o in same if o.name.casefold() == name.casefold()]


def may_keep_successions(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Whether the actor keeps this table: see the rule."""
    return rules.may_keep_facts(actor, is_at_top=queries.stands_at_top(actor.organisation_id))
