"""Who may do what with the calendar and the limits of law. The facts come from the room that knows organisations."""

from __future__ import annotations

from typing import Any

from nhipcau.core import rooms
from nhipcau.core.actors import Actor, Answer


def may_keep(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """The calendar and the limits hold for every organisation here: whoever keeps the facts about the country keeps
    them (administrators of an organisation at the top of its tree)."""
    return True if actor.is_system else rooms.may_keep_facts(actor)


def may_load(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """What comes with the software is taken over by whoever runs it, from the command line."""
    return actor.is_system
