"""Counts that hold over all processes: how often something was tried since its first time.

Each is taken by one statement of the database, the same on SQLite and PostgreSQL, so no two callers get the same number.
The cache is no place for them: it may drop an entry whenever it likes, and adds in two steps.
"""

from __future__ import annotations

import ipaddress
from time import time

from allauth.account.adapter import get_adapter
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .models import Tally

_TAKE = """
INSERT INTO core_tally (name, number, ends_at) VALUES (%s, %s, %s)
ON CONFLICT (name) DO UPDATE SET
    number = CASE WHEN core_tally.ends_at <= %s THEN excluded.number ELSE core_tally.number + excluded.number END,
    ends_at = CASE WHEN core_tally.ends_at <= %s THEN excluded.ends_at ELSE core_tally.ends_at END
RETURNING number, ends_at
"""


def take(name: str, seconds: int, amount: int = 1) -> tuple[int, int]:
    """Count ``amount`` more of ``name``; which number this makes, and in how many seconds the count begins anew:
    ``seconds`` after its first."""
    now = int(time())
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [_kept_as(name), amount, now + seconds, now, now])
        number, ends_at = cursor.fetchone()
    return int(number), max(1, int(ends_at) - now)


def give_back(name: str, amount: int = 1) -> None:
    """Take ``amount`` off a count: what was counted did not happen."""
    Tally.objects.filter(name=_kept_as(name), number__gte=amount).update(number=F("number") - amount)


def tidy() -> None:
    """Delete the counts that are over."""
    Tally.objects.filter(ends_at__lt=int(time())).delete()


def address_of(request: HttpRequest) -> str:
    """The address under which a caller is counted: behind our own proxy the one that the proxy reports; of IPv6 the
    network (/64), since each household has that many addresses of its own."""
    said = str(get_adapter().get_client_ip(request))
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False).network_address)
    return said


def _kept_as(name: str) -> str:
    return salted_hmac("nhipcau.core.counting", name, algorithm="sha256").hexdigest()
