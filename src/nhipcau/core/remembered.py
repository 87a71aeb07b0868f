"""What the house remembers of how a person last looked at a list: its filter, from one day to the next.

A list's plain address, as the menu has it, leads on to the filter that its reader used last; every other address shows
exactly what it says, so that links can be sent around. A view asks first of all::

    if filtered := remembered.address(request, "plans.register", wanted.address(q="")):
        return redirect(filtered)

It stands with the account and is a convenience of the person's own, like the theme: no act, no trace in the audit trail,
and nobody else reads it.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from django.http import HttpRequest

from .models import User

EVERYTHING = "?tat-ca="  # the address of a list without any filter where a link means just that: not the plain one
LONGEST = 500  # signs of an address that are remembered; no filter is longer but one that somebody made up
MOST = 30  # lists


def address(request: HttpRequest, name: str, chosen: str) -> str:
    """Where to go on: the address with the filter of last time where the plain one was asked for, else "".

    ``name`` is the list's own ("plans.register"), ``chosen`` the filter of this address as a query string ("?plan=x" or
    ""), without what is not to come back another day (the page, the search). It is remembered where the address had a
    query or the page asks as its reader types (htmx), also when it chooses nothing.
    """
    user = request.user
    if not isinstance(user, User) or request.method != "GET":
        return ""
    htmx = getattr(request, "htmx", None)
    if request.GET or htmx:
        if not getattr(htmx, "history_restore_request", False):  # that is going back, not choosing
            _keep(user, name, chosen)
        return ""
    kept = user.remembered.get(name, "")
    return f"{request.path}{kept}" if _is_query(kept) else ""


def _keep(user: User, name: str, chosen: str) -> None:
    chosen = chosen if _is_query(chosen) else ""
    if user.remembered.get(name, "") == chosen:
        return  # most requests: nothing is written
    others = {known: query for known, query in user.remembered.items() if known != name}
    kept = dict(list(others.items())[-(MOST - 1) :])
    if chosen:
        kept[name] = chosen
    user.remembered = kept
    User.objects.filter(pk=user.pk).update(remembered=kept)


def _is_query(query: object) -> bool:
    """Whether it is a query string that chooses something, and nothing but that: it goes into an address."""
    return isinstance(query, str) and query.startswith("?") and len(query) <= LONGEST and bool(parse_qs(query[1:]))
