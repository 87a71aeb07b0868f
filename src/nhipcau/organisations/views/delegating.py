"""Who stands in for whom while they are away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.core.views import official

from .. import actions, queries, rules
from ..forms import DelegationForm, put_errors
from ..models import Membership, Organisation
from ._common import actor_of


@official
@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """What the person has lent and was lent, in every organisation; the form lends roles of the current one."""
    actor = actor_of(request)
    here = Organisation.objects.get(pk=actor.organisation_id or 0)
    may = bool(rules.may_delegate(actor, here))
    form = DelegationForm(
        request.POST or None,
        colleagues=queries.colleagues(actor.person_id, here),
        roles=queries.own_roles(actor.person_id, here) if may else [],
        initial={"valid_from": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.delegate(actor, here, **form.cleaned_data)
        except ValidationError as problem:
            put_errors(form, problem)
        else:
            text = _("Đã ủy quyền cho %(name)s; người này được báo tin.")
            messages.success(request, text % {"name": form.cleaned_data["to"].name})
            return redirect("delegations")
    rows = queries.delegations_of(actor.person_id)
    context = {
        "form": form if may else None,
        "here": here,
        "lent": [row for row in rows if row.stands_in_for_id == actor.person_id],
        "got": [row for row in rows if row.person_id == actor.person_id],
        "today": timezone.localdate(),
    }
    return render(request, "organisations/delegations.html", context, status=400 if form.errors else 200)


@official
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation today."""
    found = Membership.objects.exclude(stands_in_for=None).select_related("organisation").filter(pk=pk).first()
    if found is None or not rules.may_end_delegation(actor_of(request), found):
        raise Http404
    actions.end_delegation(actor_of(request), found)
    messages.success(request, _("Việc ủy quyền đã kết thúc."))
    return redirect("delegations")
