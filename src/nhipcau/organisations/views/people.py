"""The people of an organisation and their roles."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.core.actors import No, Refused
from nhipcau.core.models import User
from nhipcau.core.views import official

from .. import actions, queries, rules
from ..forms import InviteForm, put_errors
from ..models import Membership, Organisation, Role
from ._common import SECTION, actor_of, organisation_or_404

# One line for each role, so that who invites chooses rightly.
_MEANINGS = {
    Role.OFFICER: gettext_lazy("nhập và đối chiếu kế hoạch, theo dõi nhiệm vụ"),
    Role.HEAD: gettext_lazy("như cán bộ; công bố và rút kế hoạch"),
    Role.COORDINATOR: gettext_lazy("như cán bộ; công bố và rút kế hoạch"),
    Role.AUDITOR: gettext_lazy("đọc mọi thứ của cơ quan và cấp dưới, đọc nhật ký"),
    Role.ADMINISTRATOR: gettext_lazy("giữ danh bạ, mời người, giao vai trò"),
}


@official
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who holds which role; the form invites another person or gives a known one more roles."""
    actor = actor_of(request)
    about = _administered(request, public_id)
    form = InviteForm(request.POST or None, initial={"roles": [Role.OFFICER]})
    if request.method == "POST" and form.is_valid():
        try:
            user, is_new = actions.invite_person(actor, about, **form.cleaned_data)
        except ValidationError as problem:
            put_errors(form, problem)
        else:
            _say(request, user, is_new)
            return redirect("people", public_id)
    context = {
        "section": SECTION,
        "organisation": about,
        "form": form,
        "people": _by_person(about),
        "meanings": [(role.label, _MEANINGS[role]) for role in Role],
        "me": actor.person_id,
    }
    return render(request, "organisations/people.html", context, status=400 if form.errors else 200)


@official
@require_POST
def end(request: HttpRequest, public_id: str, membership: int) -> HttpResponse:
    """End one role of one person."""
    about = _administered(request, public_id)
    found = about.memberships.select_related("person", "organisation").filter(pk=membership).first()
    if found is None:
        raise Http404
    actions.end_membership(actor_of(request), found)
    text = _("%(name)s thôi vai trò %(role)s từ hôm nay.")
    messages.success(request, text % {"name": found.person.name, "role": found.get_role_display().lower()})
    return redirect("people", public_id)


@official
@require_POST
def give_again(request: HttpRequest, public_id: str, membership: int) -> HttpResponse:
    """Undo the end of a role: it holds again from today."""
    about = _administered(request, public_id)
    found = about.memberships.select_related("person").filter(pk=membership).first()
    if found is None:
        raise Http404
    actions.set_membership(actor_of(request), about, person=found.person, role=found.role)
    text = _("%(name)s lại có vai trò %(role)s.")
    messages.success(request, text % {"name": found.person.name, "role": found.get_role_display().lower()})
    return redirect("people", public_id)


def _administered(request: HttpRequest, public_id: str) -> Organisation:
    """The organisation, for who gives roles in it; others are refused before they learn which roles there are."""
    about = organisation_or_404(public_id)
    answer = rules.may_administer_people(actor_of(request), about)
    if not answer:
        raise Refused(answer.reason if isinstance(answer, No) else "")
    return about


def _by_person(about: Organisation) -> list[dict[str, Any]]:
    today = timezone.localdate()
    rows = []
    for person, memberships in groupby(queries.people_of(about), key=lambda m: m.person):
        held = list(memberships)
        rows.append(
            {
                "person": person,
                "roles": [m for m in held if _holds(m, today)],
                "ended": [m for m in held if not _holds(m, today)],
            }
        )
    return rows


def _holds(membership: Membership, today: dt.date) -> bool:
    begun = membership.valid_from is None or membership.valid_from <= today
    return begun and (membership.valid_to is None or today <= membership.valid_to)


def _say(request: HttpRequest, user: User, is_new: bool) -> None:
    if is_new:
        text = _("Đã mời %(name)s. Thư có địa chỉ đặt mật khẩu được gửi tới %(email)s.")
    else:
        text = _("Đã giao vai trò cho %(name)s; người này đã có tài khoản và được báo tin.")
    messages.success(request, text % {"name": user.name, "email": user.email})
