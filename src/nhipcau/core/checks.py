"""What ``manage.py check --deploy`` says of our own settings, beside what Django says of its own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register()
def programs(app_configs: Any, **_more: Any) -> Sequence[CheckMessage]:
    """What is not installed here although some files can only be read with it."""
    found: list[CheckMessage] = []
    # Loaded when asked: the web server never reads a picture itself.
    if not import_module("vanban.source.scan").is_installed():
        found.append(
            Warning(
                "Tesseract with its Vietnamese data is not installed: scans and photographs cannot be read.",
                hint="sudo apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd",
                id="nhipcau.W010",
            )
        )
    if not import_module("vanban.source.office").is_installed():
        found.append(
            Warning(
                "LibreOffice is not installed: old Word files (.doc) and OpenDocument (.odt) cannot be read.",
                hint="sudo apt-get install libreoffice-writer-nogui",
                id="nhipcau.W011",
            )
        )
    return found


@register(Tags.security, deploy=True)
def deployment(app_configs: Any, **_more: Any) -> Sequence[CheckMessage]:
    """Settings with which a site would start and yet not work, or would open more than its operator means."""
    site = urlsplit(settings.SITE_URL)
    found: list[CheckMessage] = []
    if site.scheme == "https" and settings.SECURE_PROXY_SSL_HEADER is None:
        found.append(
            Warning(
                "SITE_URL is https, but BEHIND_PROXY is not set: the server itself speaks no TLS, so every page would "
                "send its reader to itself.",
                hint="Set BEHIND_PROXY=1 and let the proxy set X-Forwarded-Proto and X-Forwarded-For itself.",
                id="nhipcau.W001",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Warning(
                "ALLOWED_HOSTS has *: the site answers under every name.",
                hint="Name the hosts; the one of SITE_URL is allowed in any case.",
                id="nhipcau.W002",
            )
        )
    if not settings.EMAIL_HOST:
        found.append(
            Warning(
                "EMAIL_HOST is not set: invitations and links to new passwords stay in files under DATA_DIR.",
                hint="Set EMAIL_HOST, EMAIL_USER, EMAIL_PASSWORD_FILE and DEFAULT_FROM_EMAIL.",
                id="nhipcau.W003",
            )
        )
    if settings.PASSWORD_RESET_TIMEOUT > 24 * 60 * 60:
        found.append(
            Warning(
                "RESET_LINK_HOURS is more than a day: whoever reads an old letter gets into the account.",
                id="nhipcau.W004",
            )
        )
    return found
