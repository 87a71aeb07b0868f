"""What proves a note, for those who may see its assignment."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from nhipcau.core import files
from nhipcau.core.actors import Actor
from nhipcau.core.views import official

from .. import gathering
from ..queries.one import evidence_of


@official
@require_safe
def evidence(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A file as a download; a photograph, which was drawn here, in the browser: small with ``?nho=1``."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = evidence_of(actor, public_id)
    if found is None or found.file is None:
        raise Http404
    if not gathering.is_picture(found):
        return files.serve(found.file, found.name, inline=True)
    if request.GET.get("nho"):
        response = FileResponse(gathering.small(found.file).open("rb"), content_type="image/webp")
    else:
        response = FileResponse(files.open_file(found.file), content_type="image/jpeg", filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=600"
    return response
