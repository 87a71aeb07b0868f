"""What took over from agencies that ended: the table, and its form."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.core.actors import No, Refused
from nhipcau.core.views import official

from .. import actions, queries
from ..forms import SuccessionForm
from ..models import Succession
from ._common import SECTION, actor_of

PAGE = 50


@official
@require_safe
def successions(request: HttpRequest) -> HttpResponse:
    """The whole table: which agency ended when, who took over which part, by which text."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    page = Paginator(queries.found_successions(q), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": SECTION,
        "q": q,
        "page_obj": page,
        "count": page.paginator.count,
        "may_keep": bool(actions.may_keep_successions(actor_of(request))),
    }
    return render(request, "organisations/successions.html", context)


@official
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A succession that the table does not have yet."""
    return _kept(request, Succession(), request.GET.get("of", "")[:250])


@official
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A row of the table, as it is now known."""
    return _kept(request, get_object_or_404(Succession, pk=pk), "")


def _kept(request: HttpRequest, row: Succession, of: str) -> HttpResponse:
    actor = actor_of(request)
    if isinstance(refusal := actions.may_keep_successions(actor), No):
        raise Refused(refusal.reason)
    form = SuccessionForm(request.POST or None, instance=row, initial={"of": of} if of else None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        held = Succession.objects.get(pk=row.pk) if row.pk else Succession()
        kept = actions.keep_succession(actor, held, values)
        messages.success(request, _("Đã ghi cơ quan tiếp nhận việc của %(name)s.") % {"name": kept.of})
        return redirect(f"{reverse('successions')}?{urlencode({'q': kept.of})}")
    context = {"section": SECTION, "form": form, "row": row}
    return render(request, "organisations/succession_form.html", context, status=422 if form.errors else 200)
