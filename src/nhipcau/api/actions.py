"""Making and withdrawing keys of the REST interface."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, act
from nhipcau.organisations.models import Organisation

from . import rules
from .models import ApiToken, Scope
from .tokens import PREFIX_LENGTH, START, digest_of


@act("api.make_token", may=rules.may_make_token)
def make_token(
    running: Act, organisation: Organisation, *, name: str, scopes: Iterable[str], expires_on: dt.date | None
) -> tuple[ApiToken, str]:
    """Make a key for the organisation; returns its row and the key, which is kept nowhere. Raises ``ValidationError``
    by field: no name, no or unknown scopes, a day that has passed."""
    chosen = sorted(set(scopes))
    if not name.strip():
        raise ValidationError({"name": _("Bạn hãy ghi khóa này dùng cho việc gì.")})
    if not chosen or not set(chosen) <= set(Scope.values):
        raise ValidationError({"scopes": _("Bạn hãy chọn ít nhất một quyền.")})
    if expires_on is not None and expires_on < timezone.localdate():
        raise ValidationError({"expires_on": _("Ngày hết hạn đã qua. Bạn hãy chọn một ngày từ hôm nay trở đi.")})
    secret = START + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        organisation=organisation,
        name=name.strip(),
        prefix=secret[len(START) : len(START) + PREFIX_LENGTH],
        digest=digest_of(secret),
        scopes=chosen,
        made_by_id=running.actor.person_id,
        expires_on=expires_on,
    )
    running.about(token)
    running.changed(name=token.name, scopes=chosen, expires_on=expires_on)
    return token, secret


@act("api.withdraw_token", may=rules.may_withdraw_token)
def withdraw_token(running: Act, token: ApiToken) -> ApiToken:
    """From now on the key opens nothing. Withdrawing twice changes nothing."""
    if token.withdrawn_at is None:
        token.withdrawn_at = timezone.now()
        token.save(update_fields=["withdrawn_at"])
        running.changed(withdrawn_at=token.withdrawn_at)
    return token
