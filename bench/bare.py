"""The peer that bench/register.py measures beside us: Django itself, giving out one finished page of the same size.

No middleware, no database, no template: what is slower than this is the cost of our pages.
"""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ROOT_URLCONF=__name__, SECRET_KEY="a peer to measure against", ALLOWED_HOSTS=["*"], MIDDLEWARE=[], INSTALLED_APPS=[]
)
PAGE = b"<!doctype html><title>bare</title>" + b"<p>1234567</p>\n" * (int(os.environ.get("PAGE_BYTES", "60000")) // 15)


def page(request: HttpRequest) -> HttpResponse:
    """The finished page."""
    return HttpResponse(PAGE)


urlpatterns = [path("", page)]
application = get_wsgi_application()
