"""Secrets that must be read again stand encrypted in the database, under the installation's own key."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def vault(purpose: str) -> MultiFernet:
    """Encrypts under SECRET_KEY, for each purpose under a key of its own; what was encrypted under a fallback key is
    still read."""
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    digests = (hashlib.sha256(f"nhipcau.{purpose}:{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
