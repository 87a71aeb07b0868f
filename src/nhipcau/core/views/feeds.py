"""Links to calendars: one's own, and the organisation's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, rules
from .. import feeds as calendars
from ..actors import Actor
from ..models import Feed, User
from .gate import signed_in


class FeedForm(forms.Form):
    """What a link is for, so that the right one is withdrawn later."""

    name = forms.CharField(
        label=gettext_lazy("Dùng ở đâu"),
        max_length=120,
        help_text=gettext_lazy("Ví dụ: điện thoại của tôi, lịch treo phòng họp."),
        error_messages={"required": gettext_lazy("Bạn hãy ghi đường dẫn này dùng ở đâu.")},
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The links, with a form for another. A new link stands on the page that answers the form, and never again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_shared = request.POST.get("whose") == "organisation"
    form = FeedForm(request.POST or None)
    made: tuple[Feed, str] | None = None
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        person = User.objects.get(pk=request.user.pk or 0)
        made = actions.make_feed(actor, name=name) if is_shared else actions.make_own_feed(actor, person, name=name)
        form = FeedForm()
    may_share = bool(rules.may_make_feed(actor))
    context: dict[str, Any] = {
        "form": form,
        "made": made,
        "address": calendars.address(made[1]) if made else "",
        "own": list(calendars.feeds_of(int(request.user.pk or 0))),
        "may_share": may_share,
        "shared": list(calendars.feeds_of_organisation(actor.organisation_id)) if may_share else [],
        "section": "preferences",
    }
    response = render(request, "core/feeds.html", context, status=422 if form.errors else 200)
    if made:
        response.headers["Cache-Control"] = "no-store"
    return response


@signed_in
@require_POST
def withdraw_feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a link of one's own or of one's organisation; any other does not exist here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = calendars.feeds_of(int(request.user.pk or 0))
    known = own | calendars.feeds_of_organisation(actor.organisation_id) if rules.may_make_feed(actor) else own
    feed = get_object_or_404(known, pk=pk)
    actions.withdraw_feed(actor, feed)
    messages.success(request, _("Đã rút đường dẫn “%(name)s”; từ giờ nó không mở được gì.") % {"name": feed.name})
    return redirect("feeds")
