"""What every page knows: who acts, the menu, the theme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from . import rooms
from .acts import STRANGER


def house(request: HttpRequest) -> dict[str, Any]:
    """The actor, their menu and how many notices wait."""
    actor = getattr(request, "actor", STRANGER)
    user = getattr(request, "user", None)
    return {
        "actor": actor,
        "menu": rooms.menu(actor) if actor.person_id else [],
        "theme": getattr(user, "theme", "") or request.COOKIES.get("theme", ""),
    }
