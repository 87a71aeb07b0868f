"""For how long the link of a letter opens an account, and that it opens it once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int
from django.utils.translation import ngettext


def lifetime(user: Any) -> int:
    """Seconds for which a link to choose a password is good. Who has a password asked for the link and waits for it:
    hours. Who was invited opens the letter when they are back at their desk, and there is nothing in the account yet:
    days."""
    return int(settings.PASSWORD_RESET_TIMEOUT if user.has_usable_password() else settings.INVITATION_TIMEOUT)


def lifetime_in_words(user: Any) -> str:
    """The same as a letter says it: "2 giờ", "7 ngày"."""
    hours = max(1, lifetime(user) // 3600)
    if hours % 24:
        return ngettext("%(count)d giờ", "%(count)d giờ", hours) % {"count": hours}
    return ngettext("%(count)d ngày", "%(count)d ngày", hours // 24) % {"count": hours // 24}


class LinkTokens(PasswordResetTokenGenerator):
    """Django's tokens, which the next password or sign-in makes void, with two spans of life instead of one."""

    key_salt = "nhipcau.core.links.LinkTokens"

    def check_token(self, user: Any, token: str | None) -> bool:
        """Whether the token is this person's, unused and not too old."""
        if not (user and token):
            return False
        made, _dash, _rest = token.partition("-")
        try:
            seconds = base36_to_int(made)
        except ValueError:
            return False
        secrets = [self.secret, *self.secret_fallbacks]
        if not any(
            constant_time_compare(self._make_token_with_timestamp(user, seconds, secret), token) for secret in secrets
        ):
            return False
        return bool(self._num_seconds(self._now()) - seconds <= lifetime(user))
