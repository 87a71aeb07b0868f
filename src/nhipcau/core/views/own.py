"""A person's own things: notices, name, language, theme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import accounts, actions, rooms
from .. import notices as telling
from ..actors import Actor
from ..models import Notice, User
from .gate import next_page, same_site, signed_in

CHOOSE = gettext_lazy("Bạn hãy chọn một mục trong danh sách.")
YEAR = 365 * 24 * 60 * 60


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person decides for themselves. The address is the account: an administrator changes it."""

    language = forms.ChoiceField(
        label=gettext_lazy("Ngôn ngữ"), choices=settings.LANGUAGES, error_messages={"invalid_choice": CHOOSE}
    )

    class Meta:
        model = User
        fields = ("name", "language", "theme")
        labels = {"theme": gettext_lazy("Giao diện")}
        error_messages = {
            "name": {"required": gettext_lazy("Bạn hãy ghi họ và tên của mình.")},
            "theme": {"invalid_choice": CHOOSE},
        }


@same_site
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language: with the account of who is signed in, and in a cookie of this browser."""
    chosen = request.POST.get("language", "")
    response = redirect(next_page(request, request.POST.get("next"), resolve_url("front")))
    if chosen in dict(settings.LANGUAGES):
        _keep(request, response, settings.LANGUAGE_COOKIE_NAME, language=chosen)
    return response


@same_site
@require_POST
def set_theme(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen theme (light, dark, or as the machine has it) like the language."""
    chosen = request.POST.get("theme", "")
    response = redirect(next_page(request, request.POST.get("next"), resolve_url("front")))
    if chosen in User.Theme.values:
        _keep(request, response, "theme", theme=chosen)
    return response


def _keep(request: HttpRequest, response: HttpResponse, cookie: str, **choice: str) -> None:
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(**choice)
    (value,) = choice.values()
    if not value:
        response.delete_cookie(cookie, samesite="Lax")
        return
    response.set_cookie(
        cookie, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )


def _person_id(request: HttpRequest) -> int:
    """The id of who is signed in; every view here stands behind the gate."""
    assert request.user.pk is not None
    return int(request.user.pk)


@signed_in
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What waits for the person, then what they were told: day by day, newest first, unread ones marked."""
    person_id = _person_id(request)
    needs = rooms.needs(person_id, _actors(request), timezone.now())
    told = telling.notices_of(person_id)
    if keys := [need.key for need in needs]:
        told = told.exclude(about__in=keys)  # the need says it already
    page = Paginator(told, 50).get_page(request.GET.get("page"))
    context = {
        "needs": needs if page.number == 1 else [],
        "page": page,
        "waiting": telling.unread_count(person_id),
        "section": "notices",
    }
    return render(request, "core/notices.html", context)


def _actors(request: HttpRequest) -> list[Actor]:
    """In whose names the person may act, from the roles that the request knows already."""
    roles: dict[int, set[str]] = {}
    for held in request.memberships:  # type: ignore[attr-defined]
        roles.setdefault(held.organisation_id, set()).add(held.role)
    return [Actor(_person_id(request), pk, frozenset(held)) for pk, held in roles.items()]


@signed_in
@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one's own notice as read and go where it points; anybody else's does not exist."""
    notice = get_object_or_404(Notice, pk=pk, person_id=_person_id(request))
    telling.mark_read(_person_id(request), [notice.pk])
    return redirect(next_page(request, notice.url, resolve_url("notices")) if notice.url else "notices")


@signed_in
@require_POST
def read_all_notices(request: HttpRequest) -> HttpResponse:
    """Mark all of one's notices as read."""
    count = telling.mark_read(_person_id(request))
    if count:
        said = ngettext("Đã đánh dấu xem %(count)d thông báo.", "Đã đánh dấu xem %(count)d thông báo.", count)
        messages.success(request, said % {"count": count})
    return redirect("notices")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Name, language, theme; the ways to the password and the second factor."""
    person = User.objects.get(pk=_person_id(request))
    form = PreferencesForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        actions.change_preferences(request.actor, person, **form.cleaned_data)  # type: ignore[attr-defined]
        response = redirect("preferences")
        for cookie, choice in ((settings.LANGUAGE_COOKIE_NAME, "language"), ("theme", "theme")):
            _keep(request, response, cookie, **{choice: form.cleaned_data[choice]})
        messages.success(request, _("Đã lưu tùy chọn của bạn."))
        return response
    context: dict[str, Any] = {
        "form": form,
        "has_second_factor": accounts.has_second_factor(person),
        "section": "preferences",
    }
    return render(request, "core/preferences.html", context, status=422 if form.is_bound else 200)
