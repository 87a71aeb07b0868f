"""What people do with their own accounts, as acts: it stands in the audit trail of the installation."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from . import rules
from .acts import Act, act
from .models import Notice, OutboxMessage, Rhythm, User
from .reminding import next_letter


@act("account.change_preferences", may=rules.may_change_own)
def change_preferences(act: Act, person: User, *, name: str, language: str, theme: str) -> User:
    """Keep a person's name, language and theme."""
    given = {"name": name, "language": language, "theme": theme}
    changed = {field: value for field, value in given.items() if getattr(person, field) != value}
    for field, value in changed.items():
        setattr(person, field, value)
    person.save()
    act.changed(**changed)
    return person


@act("account.set_password", may=rules.may_change_own)
def set_password(act: Act, person: User, password: str) -> User:
    """Give a person a new password; every other session of theirs ends. The audit keeps no trace of the password
    itself."""
    person.set_password(password)
    person.save(update_fields=["password"])
    return person


@act("account.turn_second_factor_on", may=rules.may_change_own)
def turn_second_factor_on(act: Act, person: User) -> None:
    """Note that signing in asks for a code from now on; allauth has kept the secret."""
    act.changed(second_factor=True)


@act("account.turn_second_factor_off", may=rules.may_change_own)
def turn_second_factor_off(act: Act, person: User) -> None:
    """Note that signing in asks for the password only from now on."""
    act.changed(second_factor=False)


@act("account.change_rhythm", may=rules.may_change_own)
def change_rhythm(act: Act, person: User, **chosen: Any) -> Rhythm:
    """Keep when a person wants to be written to. From now on it holds, also for what was told before; whoever wants no
    letters gets none of what still waits."""
    rhythm = Rhythm.objects.select_for_update().filter(pk=person.pk).first() or Rhythm(person=person)
    changed = {field: value for field, value in chosen.items() if getattr(rhythm, field) != value}
    for field, value in changed.items():
        setattr(rhythm, field, value)
    rhythm.next_at = next_letter(rhythm, timezone.now())
    rhythm.save()
    if rhythm.kind == Rhythm.Kind.NEVER:
        Notice.objects.filter(person=person, to_mail=True).update(to_mail=False)
    act.changed(**changed)
    return rhythm


@act("system.retry_letters", may=rules.may_watch)
def retry_letters(act: Act) -> int:
    """Try again, from the first attempt, every letter that had a problem; returns how many."""
    troubled = OutboxMessage.objects.filter(sent_at=None).exclude(problem="")
    number = troubled.update(attempts=0, try_after=timezone.now())
    act.changed(letters=number)
    return number
