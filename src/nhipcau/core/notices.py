"""Telling people: a notice in the page, and one e-mail through the outbox."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from .models import Notice, OutboxMessage, User


def tell(
    people: Iterable[int], kind: str, text: str, url: str = "", *, organisation_id: int | None = None
) -> list[Notice]:
    """Write a notice for each person (id) and an e-mail into the outbox. Call it inside the act's transaction."""
    users = list(User.objects.filter(pk__in=set(people), is_active=True))
    made = Notice.objects.bulk_create(
        Notice(person=user, organisation_id=organisation_id, kind=kind, text=text, url=url) for user in users
    )
    OutboxMessage.objects.bulk_create(_letter(user, text, url) for user in users)
    return made


def _letter(user: User, text: str, url: str) -> OutboxMessage:
    with translation.override(user.language):
        body = "\n\n".join(
            part
            for part in (
                _("Kính gửi %(name)s,") % {"name": user.name},
                text,
                f"{settings.SITE_URL}{url}" if url else "",
                _("Nhịp Cầu gửi thư này vì bạn có việc cần xem. Bạn không cần trả lời thư."),
            )
            if part
        )
    return OutboxMessage(to=user.email, language=user.language, subject=text[:200], body=body)
