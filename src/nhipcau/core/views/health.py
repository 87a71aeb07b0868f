"""Whether the house stands: for a monitor or a load balancer, not for people."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import jobs, watching


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Three plain lines: ``database: ok``, ``worker: ok`` (``late`` when no worker has been seen for a while) and
    ``clock: ok`` (``late`` when people are not reminded any more).

    200, or 503 when the database does not answer. A missing worker alone stays 200: pages still work, and taking the
    web processes out of service would make one outage two.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_alive = jobs.is_worker_alive()
        clock = "ok" if watching.stopped(is_worker_alive=is_alive) is None else "late"
    except DatabaseError:
        return HttpResponse("database: down\nworker: unknown\nclock: unknown\n", content_type="text/plain", status=503)
    return HttpResponse(
        f"database: ok\nworker: {'ok' if is_alive else 'late'}\nclock: {clock}\n", content_type="text/plain"
    )
