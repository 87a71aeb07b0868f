"""Pages of this room that are open without signing in: the calendar behind a secret link."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from . import counting, feeds

WINDOW = 10 * 60  # seconds
WRONG, ASKED = 30, 60  # in one window: wrong links from one address, questions with one link


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar as a file. A wrong link does not exist; who tries many waits. No cookie is read or laid."""
    found = feeds.found(token)
    name, most = (f"feed:{found.pk}", ASKED) if found else (f"feed-wrong:{counting.address_of(request)}", WRONG)
    number, wait = counting.take(name, WINDOW)
    if number > most:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    if found is None:
        raise Http404
    content = feeds.written(found)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    is_known = "*" in known or etag in (each.removeprefix("W/") for each in known)
    response: HttpResponse = HttpResponseNotModified() if is_known else HttpResponse(content)
    if not is_known:
        response.headers["Content-Type"] = "text/calendar; charset=utf-8"
        response.headers["Content-Disposition"] = 'attachment; filename="nhip-cau.ics"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
