"""Checking a key that a program shows, and counting what it asks."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle

from nhipcau.core import counting
from nhipcau.core.actors import Actor
from nhipcau.core.api import ApiProblem, Caller, token_needed
from nhipcau.organisations.models import Role

from .models import ApiToken

START = "nc_"
PREFIX_LENGTH = 6
WINDOW = 60  # seconds
# Requests a minute: with a key, and from one address without. Settings may say otherwise (API_RATES).
RATES = {"token": 600, "stranger": 60}


def digest_of(secret: str) -> str:
    """What is kept of a key. It has 256 bits of chance, so a plain digest is enough: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def authenticate(request: HttpRequest) -> Caller:
    """Who calls: the organisation of the key in ``Authorization: Bearer``, or a stranger where none is shown.

    Raises ``ApiProblem`` (401) for a key that is unknown, withdrawn or out of date, so that a mistake is never
    answered as if no key had been shown.
    """
    header = request.headers.get("Authorization", "")
    address = f"ip:{counting.address_of(request)}"
    if not header:
        if request.method not in {"GET", "HEAD"}:
            raise token_needed()  # strangers only read
        return Caller(counted_as=address)
    kind, _blank, secret = header.partition(" ")
    token = _token(secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        if (wait := count(address, rate_of("stranger"))) is not None:
            raise Throttled(wait=wait)
        said = gettext_noop("Khóa truy cập không đúng, đã rút hoặc đã hết hạn. Hãy gửi “Authorization: Bearer <khóa>”.")
        raise ApiProblem(401, "token-refused", said)
    # A program reads what an auditor reads: everything of the organisation and those below it.
    actor = Actor(organisation_id=token.organisation_id, roles=frozenset({Role.AUDITOR}))
    return Caller(actor=actor, scopes=frozenset(token.scopes), counted_as=f"token:{token.pk}")


def _token(secret: str) -> ApiToken | None:
    if not secret.startswith(START):
        return None
    today = timezone.localdate()
    token = ApiToken.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today), digest=digest_of(secret), withdrawn_at__isnull=True
    ).first()
    if token is not None and token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)  # once a day, not once a request
    return token


def rate_of(kind: str) -> int:
    """Requests a minute for callers of this kind."""
    return int(getattr(settings, "API_RATES", RATES)[kind])


def count(name: str, rate: int) -> int | None:
    """Count one request of this caller; the seconds to wait where there were too many in this minute, else None. A
    minute begins with the first request in it."""
    number, left = counting.take(f"api:{name}", WINDOW)
    return left if number > rate else None


class CallerThrottle(BaseThrottle):
    """So many requests a minute for each key, and for each address without one."""

    def __init__(self) -> None:
        self._wait: int | None = None

    def allow_request(self, request: HttpRequest) -> bool:
        caller: Caller = request.auth  # type: ignore[attr-defined]
        self._wait = count(caller.counted_as, rate_of("stranger" if caller.scopes is None else "token"))
        return self._wait is None

    def wait(self) -> float | None:
        return self._wait
