"""Slowing down who guesses passwords, without letting a stranger shut anybody out.

After OWASP, "Slow Down Online Guessing Attacks with Device Cookies": a browser in which a person has signed in is known
for that account by a signed cookie, and its wrong passwords are counted by themselves. All others are counted by account
and address, by address, and by account: there each further try must wait longer than the one before, up to
``LONGEST_WAIT``. So a stranger who tries a person's account over and over slows other strangers, and that person on a new
machine (a letter with a link helps there), but not the machines that the person uses.
"""

from __future__ import annotations

import dataclasses
import secrets
import unicodedata

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from . import counting

COOKIE = "may-quen"
KEPT = 180 * 24 * 60 * 60  # how long a browser stays known, from its last sign-in
MOST_PEOPLE = 5  # that one browser is known for: machines are shared in small offices
WINDOW = 15 * 60
BY_DEVICE, BY_PAIR, BY_ADDRESS = 10, 5, 30  # wrong passwords in a window
DAY = 24 * 60 * 60
UNHINDERED = 10  # wrong passwords a day, from all unknown places together, before the account's brake takes hold
LONGEST_WAIT = 15 * 60
_SALT = "nhipcau.core.guessing"


class TooMany(Exception):
    """No password is looked at now. ``wait``: seconds until one is; ``is_account``: it is the account that is being
    tried from many places, not this place that tried too often."""

    def __init__(self, wait: int, *, is_account: bool = False) -> None:
        super().__init__(wait)
        self.wait, self.is_account = wait, is_account


@dataclasses.dataclass(frozen=True, slots=True)
class Attempt:
    """A try that was let through. It was counted as wrong beforehand, so that many at once do not slip through."""

    counted: tuple[str, ...]

    def was_right(self) -> None:
        """The password was right: it counts for nothing."""
        for name in self.counted:
            counting.give_back(name)


def attempt(request: HttpRequest, login: str, *, is_signed_in: bool = False) -> Attempt:
    """Let a password for this account be looked at. ``is_signed_in``: the account is the one signed in here, which gives
    its password once more. Raises ``TooMany``."""
    account = _account(login)
    device = "session" if is_signed_in else known_device(request, account)
    if device:
        name = f"device:{account}:{device}"
        if counting.take(name, WINDOW)[0] <= BY_DEVICE:
            return Attempt((name,))
        # A machine that errs so often is no better known than any other.
    address = counting.address_of(request)
    pair, place, whole = f"pair:{account}:{address}", f"address:{address}", f"account:{account}"
    _count(pair, BY_PAIR, ())
    _count(place, BY_ADDRESS, (pair,))
    number, _left = counting.take(whole, DAY)
    if number > UNHINDERED:
        wait = min(2 ** min(number - UNHINDERED, 20), LONGEST_WAIT)
        turn, left = counting.take(f"turn:{account}", wait)  # one try a turn, whoever comes
        if turn > 1:
            _back(whole, place, pair)
            raise TooMany(left, is_account=True)
    return Attempt((pair, place, whole))


def known_device(request: HttpRequest, account: str) -> str:
    """The name of this browser where this account has signed in in it, else "". A cookie that was tampered with or is
    too old says nothing."""
    return _devices(request).get(_digest(account), "")


def remember_device(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """This account has signed in, with all that it takes: its browser is known from now on."""
    mine = _digest(account)
    others = {who: device for who, device in _devices(request).items() if who != mine}
    kept = dict(list(others.items())[-(MOST_PEOPLE - 1) :])
    kept[mine] = secrets.token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=KEPT,
        path="/tai-khoan/",  # asked for where people sign in, and nowhere else
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _devices(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=KEPT)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _account(login: str) -> str:
    """An account under its one name: "ſ" counts as "s", or each way to write an address would have tries of its own."""
    return unicodedata.normalize("NFKC", login).casefold().strip()


def _digest(account: str) -> str:
    """An account as the cookie names it: on a shared machine nobody reads there who else signs in."""
    return salted_hmac(_SALT, _account(account), algorithm="sha256").hexdigest()[:24]


def _count(name: str, most: int, before: tuple[str, ...]) -> None:
    number, left = counting.take(name, WINDOW)
    if number > most:
        _back(name, *before)
        raise TooMany(left)


def _back(*names: str) -> None:
    """A try that was not let through counts for nothing, or who waits would wait for ever."""
    for name in names:
        counting.give_back(name)
