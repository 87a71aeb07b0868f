"""What stands around every page of somebody who is signed in: the masthead above it, the foot below it.

Both are the same from page to page but for few words, and drawing them anew took a quarter of a page's processor time.
So what they look like is a function of the facts named here and of the language, remembered in this process with marks
where the words of one request belong.
"""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import get_template
from django.utils.crypto import get_random_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..context import unread
from .ui import own_organisations

register = template.Library()
_KEPT = 1000
# Of one request. Nothing that anybody wrote can be taken for them.
_TOKEN, _PATH, _ADDRESS = (f"{name}-{get_random_string(20)}" for name in ("token", "path", "address"))
_REQUEST = SimpleNamespace(path=_PATH, get_full_path=_ADDRESS)


@dataclasses.dataclass(frozen=True, slots=True)
class _Facts:
    """All that the two depend on: their templates get these, the marks and nothing else."""

    roles: frozenset[str]
    name: str
    email: str
    menu: tuple[tuple[str, str], ...]  # name of the address, words
    section: str
    organisations: tuple[tuple[tuple[str, Any], ...], ...]
    unread_notices: int
    clock_alarm: Any
    theme: str
    body_class: str


@register.simple_tag(takes_context=True)
def masthead(context: Context) -> SafeString:
    """The head of the page: the menu, the search, who is signed in."""
    return _around(context, "core/ui/masthead.html")


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    """The foot of the page: colours, language, calendar."""
    return _around(context, "core/ui/footer.html")


def _around(context: Context, name: str) -> SafeString:
    actor, request = context.get("actor"), context.get("request")
    if request is None or actor is None or not actor.person_id:
        return SafeString(get_template(name).render(cast(dict[str, Any], context.flatten())))  # a stranger's is short
    html = _drawn(name, get_language(), _facts(context, request)).replace(_TOKEN, str(context["csrf_token"]))
    return SafeString(html.replace(_PATH, escape(request.path)).replace(_ADDRESS, escape(request.get_full_path())))


def _facts(context: Context, request: HttpRequest) -> _Facts:
    user = context["user"]
    return _Facts(
        roles=context["actor"].roles,
        name=user.name,
        email=user.email,
        menu=tuple((entry.url_name, str(entry.label)) for entry in context["menu"]),
        section=context.get("section") or "",
        organisations=tuple(tuple(one.items()) for one in own_organisations(context)),
        unread_notices=unread(request),
        clock_alarm=context["clock_alarm"] or None,
        theme=context["theme"],
        body_class=context.get("body_class") or "",
    )


@lru_cache(maxsize=_KEPT)
def _drawn(name: str, _language: str | None, facts: _Facts) -> str:
    shown = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    shown |= {
        "actor": SimpleNamespace(person_id=True, roles=facts.roles),
        "user": SimpleNamespace(name=facts.name, email=facts.email),
        "menu": [SimpleNamespace(url_name=url_name, label=label) for url_name, label in facts.menu],
        "mine": [dict(one) for one in facts.organisations],
        "request": _REQUEST,
        "csrf_token": _TOKEN,
    }
    return str(get_template(name).render(shown))
