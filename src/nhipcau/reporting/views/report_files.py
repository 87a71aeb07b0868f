"""The report as files: as an official document, and for machines."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.core import files
from nhipcau.core.views import official
from nhipcau.documents.queries.files import FORMS
from nhipcau.documents.queries.papers import with_attached
from vanban.official import Unprintable

from ..printing import official_of
from ..queries.as_data import report_as_data
from ..queries.reading import printable
from .report import report_page
from .report_common import found_or_404


@official
@require_safe
def report_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """The report as DOCX or PDF: what was sent, or a draft as it would be printed now."""
    if form not in FORMS:
        raise Http404
    report = found_or_404(request, public_id)
    outgoing = report.outgoing
    stored = (outgoing.pdf if form == "pdf" else outgoing.docx) if outgoing is not None and report.was_sent else None
    if stored is not None:
        return files.serve(stored, f"bao-cao-{report.public_id}.{form}")
    made = official_of(printable(report), on=timezone.localdate())
    media_type, write = FORMS[form]
    try:
        content = write(with_attached(made, report.organisation.name))
    except Unprintable as stop:
        return report_page(request, report, status=422, problem=" ".join(one.vi for one in stop.problems[:3]))
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="du-thao-bao-cao-{report.public_id}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


@official
@require_safe
def report_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """The report for machines (docs/contracts/report.schema.json)."""
    found = found_or_404(request, public_id)
    response = JsonResponse(report_as_data(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="bao-cao-{found.public_id}.json"'
    response["Cache-Control"] = "private, no-store"
    return response
