"""Entering, changing and ending organisations and their other names."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official

from .. import actions, queries, rules
from ..forms import AliasForm, EndForm, OrganisationForm, put_errors
from ..models import Organisation, OrganisationKind
from ._common import SECTION, actor_of, organisation_or_404


@official
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Enter an organisation; ``?duoi=`` says below which."""
    actor = actor_of(request)
    parent = queries.organisation_by_public_id(request.GET.get("duoi", ""))
    _refuse(rules.may_add(actor, parent, queries.keeping(actor, parent)))
    initial = {"parent": parent, "level": parent.level if parent else None, "kind": OrganisationKind.DEPARTMENT}
    form = OrganisationForm(request.POST or None, initial=initial, parents=_parents(actor, parent))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            made = actions.add_organisation(actor, values.pop("parent"), **values)
        except ValidationError as problem:
            put_errors(form, problem)
        else:
            messages.success(request, _("Đã thêm %(name)s vào danh bạ.") % {"name": made.name})
            return redirect("organisation", made.public_id)
    context = {"section": SECTION, "form": form, "parent": parent, "is_new": True}
    return render(request, "organisations/form.html", context, status=400 if form.errors else 200)


@official
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change the facts of an organisation or move it."""
    actor = actor_of(request)
    about = organisation_or_404(public_id)
    _refuse(rules.may_keep(actor, about, queries.keeping(actor, about)))
    initial = {field: getattr(about, field) for field in OrganisationForm.Meta.fields}
    form = OrganisationForm(request.POST or None, initial=initial, parents=_parents(actor, about.parent, about))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(actor, about, **form.values())
        except ValidationError as problem:
            put_errors(form, problem)
        else:
            messages.success(request, _("Đã lưu thay đổi."))
            return redirect("organisation", public_id)
    context = {"section": SECTION, "form": form, "organisation": about}
    return render(request, "organisations/form.html", context, status=400 if form.errors else 200)


@official
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say when and by which decision an organisation ended."""
    actor = actor_of(request)
    about = organisation_or_404(public_id)
    _refuse(rules.may_keep(actor, about, queries.keeping(actor, about)))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_organisation(actor, about, **form.cleaned_data)
        except ValidationError as problem:
            put_errors(form, problem)
        else:
            messages.success(request, _("Đã ghi ngày chấm dứt. Kế hoạch đã nêu tên cơ quan này vẫn giữ nguyên."))
            return redirect("organisation", public_id)
    context = {"section": SECTION, "form": form, "organisation": about}
    return render(request, "organisations/end.html", context, status=400 if form.errors else 200)


@official
@require_POST
def add_alias(request: HttpRequest, public_id: str) -> HttpResponse:
    """Remember another name."""
    actor = actor_of(request)
    about = organisation_or_404(public_id)
    form = AliasForm(request.POST, scopes=Organisation.objects.filter(kind=OrganisationKind.COMMITTEE))
    if form.is_valid():
        actions.add_alias(actor, about, form.cleaned_data["text"], form.cleaned_data["scope"])
        messages.success(request, _("Đã ghi nhớ tên gọi “%(name)s”.") % {"name": form.cleaned_data["text"]})
    else:
        messages.error(request, _("Chưa ghi được tên gọi. Bạn hãy điền tên, tối đa 250 ký tự."))
    return redirect("organisation", public_id)


@official
@require_POST
def remove_alias(request: HttpRequest, public_id: str, alias: int) -> HttpResponse:
    """Forget another name."""
    about = organisation_or_404(public_id)
    found = about.aliases.filter(pk=alias).first()
    if found is None:
        raise Http404
    actions.remove_alias(actor_of(request), found)
    messages.success(request, _("Đã bỏ tên gọi “%(name)s”.") % {"name": found.text})
    return redirect("organisation", public_id)


def _parents(actor: Actor, current: Organisation | None, but: Organisation | None = None) -> QuerySet[Organisation]:
    """Below which organisations the actor may put one: a new one in their reach and in trees that are nobody's, one that
    is there (``but``) in their reach only; and where it is now."""
    here = Organisation.objects.filter(pk=current.pk if current else 0)
    if but is None:
        allowed = queries.keepable(actor) | here
    elif but.pk != actor.organisation_id and rules.within(actor, but):
        allowed = (queries.reach(actor) | here).exclude(path__startswith=but.path)
    else:
        allowed = here
    return allowed.order_by("path")


def _refuse(answer: Any) -> None:
    if not answer:
        raise Refused(answer.reason if isinstance(answer, No) else _("Bạn không có quyền làm việc này."))
