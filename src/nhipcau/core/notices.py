"""Telling people: a notice in the page, and a line in their next letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import models
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from .models import Notice, Rhythm, User
from .reminding.rhythm import wake_for_notices
from .written import Written

# What is said: a finished sentence, or a function that makes it, asked in the language of each person who is told.
Words = str | Callable[[], str]


def tell(
    people: Iterable[int],
    kind: str,
    text: Words,
    url: str = "",
    *,
    organisation_id: int | None = None,
    about: str = "",
) -> list[Notice]:
    """Write a notice for each person (id), which also stands in their next letter: at once, in the morning or at the end
    of the week, as each wants it (``reminding``). Call it inside the act's transaction.

    ``about`` is the key of what it is about ("followup.obstacle:4c2x"); ``settle`` takes all notices of that key away.
    Where it is the key of a need, the letter says the need alone.
    """
    users = list(User.objects.filter(pk__in=set(people), is_active=True).select_related("rhythm"))
    rhythms = {user.pk: rhythm for user in users if (rhythm := getattr(user, "rhythm", None)) is not None}
    no_letters = {pk for pk, rhythm in rhythms.items() if rhythm.kind == Rhythm.Kind.NEVER}
    made = Notice.objects.bulk_create(
        Notice(
            person=user,
            organisation_id=organisation_id,
            kind=kind,
            text=said(text, user)[:400],
            url=url,
            about=about,
            to_mail=user.pk not in no_letters,
        )
        for user in users
    )
    wake_for_notices(rhythms.values())
    return made


def note(
    people: Iterable[int], kind: str, text: Words, url: str = "", *, organisation_id: int | None = None
) -> list[Notice]:
    """Write a notice for each person (id) who is active, in that person's language, for the page alone."""
    users = User.objects.filter(pk__in=set(people), is_active=True)
    return Notice.objects.bulk_create(
        Notice(person=user, organisation_id=organisation_id, kind=kind, text=said(text, user)[:400], url=url)
        for user in users
    )


def said(text: Words, user: User) -> str:
    """The sentence in the person's language."""
    if isinstance(text, str):
        return text
    with translation.override(user.language):
        return text()


def settle(about: str) -> int:
    """What these notices were about is settled: they vanish from page and letters. Returns how many. Call it inside the
    act that settles it."""
    now = timezone.now()
    waiting = Notice.objects.filter(about=about, settled_at=None) if about else Notice.objects.none()
    return waiting.update(settled_at=now, read_at=Coalesce("read_at", now), to_mail=False)


def notices_of(person_id: int) -> models.QuerySet[Notice]:
    """What a person was told and is not settled, newest first."""
    return Notice.objects.filter(person_id=person_id, settled_at=None).order_by("-created_at", "-pk")


def unread_count(person_id: int) -> int:
    """How many notices the person has not read; answered from an index."""
    return sum(_UNREAD(person_id))


_UNREAD = Written(
    lambda person: (
        Notice.objects.filter(person_id=person, read_at=None)
        .order_by()
        .values("person_id")
        .annotate(n=Count("pk"))
        .values_list("n", flat=True)
    )
)


def mark_read(person_id: int, notices: Iterable[int] | None = None) -> int:
    """Mark the person's notices (all, or these ids) as read, so that no letter repeats them; returns how many were
    unread."""
    unread = Notice.objects.filter(person_id=person_id, read_at=None)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=timezone.now(), to_mail=False)
