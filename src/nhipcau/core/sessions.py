"""Sessions in the database, as Django keeps them: only that they are read by a query whose SQL is written once, since every
page reads one."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from .written import Written

_SESSION = Written(lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    """See above."""

    def _get_session_from_db(self) -> Any:
        found = _SESSION(self.session_key) if self.session_key else []
        if found and found[0].expire_date > timezone.now():
            return found[0]
        self._session_key = None
        return None
