"""Public pages travel light."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def light(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Compress the page for strangers. A page for someone who is signed in holds a token against forged requests, and
    what is compressed together with a secret can betray it (BREACH, CVE-2013-3587): it is sent as it is."""

    @functools.wraps(view)
    def lighter(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated:
            return response
        return GZipMiddleware(lambda _request: response).process_response(request, response)

    return lighter
