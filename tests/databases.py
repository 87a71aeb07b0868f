"""Databases beside the tests' own, on the PostgreSQL that they run on."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def server_place() -> dict[str, Any]:
    """Where the server is and who asks, for ``psycopg.connect``."""
    given = settings.DATABASES["default"]
    return {
        "host": given["HOST"],
        "port": given["PORT"] or None,
        "user": given["USER"],
        "password": given["PASSWORD"],
    }


def address_of(name: str) -> str:
    """The ``DATABASE_URL`` of a database on that server."""
    given = settings.DATABASES["default"]
    return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}/{name}"
