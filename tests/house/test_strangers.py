"""Every address, asked by someone who is not signed in: private unless it is on the list."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# What a citizen or a journalist may open without an account. Everything else sends a stranger to the door or is not found.
PUBLIC = {
    "front",
    "api_docs",
    "plans",
    "search",
    "set_language",
    "set_theme",
    "health",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
}
SAMPLE = {"slug": "khong-co-o-day", "str": "khong-co", "int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}


def addresses(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, str]]:
    """Every address of the site, with something put in for its parameters, and its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = str(pattern.pattern)
        if route.startswith("^"):
            route = re.sub(r"\(\?P<\w+>[^)]*\)", "khong-co", route).strip("^$").replace("\\", "")
        route = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLE.get(found.group(1) or "str", "x"), route)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, prefix + route)
        elif isinstance(pattern, URLPattern):
            yield prefix + route, pattern.name or ""


ADDRESSES = sorted(set(addresses()))


def test_there_is_something_to_ask():
    assert len(ADDRESSES) > 20


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "name"), ADDRESSES, ids=[address for address, _name in ADDRESSES])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_shown_nothing_private(client, address, name, method):
    answer = getattr(client, method)(address)
    if name in PUBLIC:
        assert answer.status_code in {200, 302, 400, 404, 405, 409}
    elif answer.status_code == 302:
        assert answer.headers["Location"].startswith("/tai-khoan/")
    elif address.startswith("/api/v1/"):
        assert answer.status_code in {200, 401, 403, 404, 405}
    else:
        assert answer.status_code in {401, 403, 404, 405}
