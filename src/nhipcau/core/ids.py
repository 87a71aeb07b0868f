"""Public ids: short, unguessable, safe to read aloud (no 0/o, 1/l)."""

from __future__ import annotations

import secrets

_ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz"


def public_id() -> str:
    """A new id of ten signs (50 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))
