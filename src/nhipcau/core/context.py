"""What every page knows: who acts, the menu, the theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import notices, rooms, rules, watching
from .acts import STRANGER


def house(request: HttpRequest) -> dict[str, Any]:
    """The actor, their menu and how many notices wait."""
    actor = getattr(request, "actor", STRANGER)
    user = getattr(request, "user", None)
    return {
        "actor": actor,
        "menu": rooms.menu(actor) if actor.person_id else [],
        "unread_notices": SimpleLazyObject(lambda: unread(request)),
        "clock_alarm": SimpleLazyObject(lambda: watching.alarm() if actor.has(rules.ADMINISTRATOR) else None),
        "theme": getattr(user, "theme", "") or request.COOKIES.get("theme", ""),
    }


def unread(request: HttpRequest) -> int:
    """How many notices wait for whoever is signed in; counted once a request, and only where a page shows it."""
    counted = request.__dict__.setdefault("_unread_notices", [])
    if not counted:
        user = getattr(request, "user", None)
        counted.append(notices.unread_count(user.pk) if user is not None and user.is_authenticated else 0)
    return int(counted[0])
