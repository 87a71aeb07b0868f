"""What people do with their own accounts, as acts: it stands in the audit trail of the installation."""

from __future__ import annotations

from . import rules
from .acts import Act, act
from .models import User


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
