"""The keys of an organisation: made, shown once, withdrawn."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation

from . import actions, queries, rules
from .forms import TokenForm
from .models import ApiToken, Scope

USUAL = [
    scope for scope in Scope.values if scope != Scope.ISSUE
]  # a program that numbers and sends is chosen on purpose


@official
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The list of keys with the form for another. A new key stands on the page that answers the form, and never
    again."""
    actor = _actor(request)
    own = Organisation.objects.get(pk=actor.organisation_id or 0)
    answer = rules.may_make_token(actor, own)
    if not answer:
        raise Refused(answer.reason if isinstance(answer, No) else "")
    form = TokenForm(request.POST or None, initial={"scopes": USUAL})
    made: tuple[ApiToken, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_token(actor, own, **form.cleaned_data)
            form = TokenForm(initial={"scopes": USUAL})
        except ValidationError as problem:
            for field, said in problem.message_dict.items():
                form.add_error(field, said)
    context = {
        "section": "organisations",
        "organisation": own,
        "form": form,
        "made": made,
        "tokens": [_row(token) for token in queries.own_tokens(actor)],
    }
    response = render(request, "api/tokens.html", context, status=400 if form.errors else 200)
    if made:
        response.headers["Cache-Control"] = "no-store"
    return response


@official
@require_POST
def withdraw(request: HttpRequest, token: int) -> HttpResponse:
    """Withdraw a key of one's organisation; another's is not known here."""
    actor = _actor(request)
    found = queries.own_tokens(actor).filter(pk=token).first()
    if found is None:
        raise Http404
    actions.withdraw_token(actor, found)
    messages.success(request, _("Đã rút khóa “%(name)s”; từ giờ nó không mở được gì.") % {"name": found.name})
    return redirect("api_tokens")


def _row(token: ApiToken) -> dict[str, object]:
    is_over = token.expires_on is not None and token.expires_on < timezone.localdate()
    return {
        "token": token,
        "scopes": ", ".join(str(Scope(s).label) for s in token.scopes if s in Scope.values),
        "is_over": is_over,
        "is_open": not is_over and token.withdrawn_at is None,
    }


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
