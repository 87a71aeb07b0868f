"""Telling people: a notice in the page, and one e-mail through the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .models import Notice, OutboxMessage, User

# What is said: a finished sentence, or a function that makes it, asked in the language of each person who is told.
Words = str | Callable[[], str]


def tell(
    people: Iterable[int], kind: str, text: Words, url: str = "", *, organisation_id: int | None = None
) -> list[Notice]:
    """Write a notice for each person (id) and an e-mail into the outbox. Call it inside the act's transaction."""
    made = note(people, kind, text, url, organisation_id=organisation_id)
    OutboxMessage.objects.bulk_create(_letter(notice.person, notice.text, url) for notice in made)
    return made


def note(
    people: Iterable[int], kind: str, text: Words, url: str = "", *, organisation_id: int | None = None
) -> list[Notice]:
    """Write a notice for each person (id) who is active, in that person's language, without an e-mail."""
    users = User.objects.filter(pk__in=set(people), is_active=True)
    return Notice.objects.bulk_create(
        Notice(person=user, organisation_id=organisation_id, kind=kind, text=_said(text, user)[:400], url=url)
        for user in users
    )


def _said(text: Words, user: User) -> str:
    if isinstance(text, str):
        return text
    with translation.override(user.language):
        return text()


def notices_of(person_id: int) -> models.QuerySet[Notice]:
    """What a person was told, newest first."""
    return Notice.objects.filter(person_id=person_id).order_by("-created_at", "-pk")


def unread_count(person_id: int) -> int:
    """How many notices the person has not read; answered from an index."""
    return Notice.objects.filter(person_id=person_id, read_at=None).count()


def mark_read(person_id: int, notices: Iterable[int] | None = None) -> int:
    """Mark the person's notices (all, or these ids) as read; returns how many were unread."""
    unread = Notice.objects.filter(person_id=person_id, read_at=None)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=timezone.now())


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
