"""The table of documents in force as people keep it: acts, form, pages. Facts for everyone, so kept at the top of a tree
of organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.core.actors import Actor, Answer, No, Refused
from nhipcau.core.acts import Act, act
from nhipcau.core.forms import DayField
from nhipcau.core.views import official
from nhipcau.organisations import queries as organisations

from . import rules
from .models import Validity
from .packaged import FIELDS, validity_rows, values_of
from .queries.in_force import found_validity

PAGE = 50
_WRITTEN = (
    "symbol", "doc_type", "title", "issued", "valid_from", "valid_to", "ended_by", "replaced_by", "basis", "source",
)  # fmt: skip


def may_keep(actor: Actor, *_arguments: Any, **_named: Any) -> Answer:
    """Whether the actor keeps this table: see the rule."""
    return rules.may_keep_facts(actor, is_at_top=organisations.stands_at_top(actor.organisation_id))


@act("documents.keep_validity", may=may_keep)
def keep_validity(act: Act, row: Validity, values: dict[str, Any]) -> Validity:
    """Write what is known of the validity of a document: a new row, or a row as it is now known."""
    for name in _WRITTEN:
        setattr(row, name, values[name])
    row.person_id = act.actor.person_id
    row.save()
    act.about(row)
    act.changed(**{name: str(values[name]) for name in _WRITTEN})
    return row


@act("documents.load_validity", may=rules.may_load_facts)
def load_validity(act: Act) -> tuple[int, int]:
    """Take over what came with the software and is not in the table yet; rows that a person wrote stay as they are.
    Returns how many are new and how many were renewed."""
    held = {(row.key, row.issued): row for row in Validity.objects.all()}
    new, renewed = 0, 0
    for packaged in validity_rows():
        row = held.get((packaged.key, packaged.issued))
        if row is None:
            packaged.save()
            new += 1
        elif row.person_id is None and values_of(row) != values_of(packaged):
            for name in FIELDS:
                setattr(row, name, getattr(packaged, name))
            row.save()
            renewed += 1
    act.changed(new=new, renewed=renewed)
    return new, renewed


class Lines(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return [line.strip()[:250] for line in super().clean(value).splitlines() if line.strip()]


class ValidityForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known of the validity of one document."""

    replaced_by = Lines(
        label=gettext_lazy("Văn bản thay thế"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Mỗi dòng một văn bản, ví dụ: Nghị định 244/2026/NĐ-CP"),
    )

    class Meta:
        model = Validity
        fields = _WRITTEN
        field_classes = dict.fromkeys(("issued", "valid_from", "valid_to"), DayField)
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày hết hiệu lực phải sau ngày có hiệu lực."))
        if given.get("ended_by") and not last:
            self.add_error("valid_to", _("Hãy ghi ngày cuối cùng còn hiệu lực."))
        key, issued = rules.symbol_key(given.get("symbol", "")), given.get("issued")
        if Validity.objects.filter(key=key, issued=issued).exclude(pk=self.instance.pk).exists():
            self.add_error("symbol", _("Văn bản này đã có trong bảng. Hãy sửa dòng đã có."))
        return given


@official
@require_safe
def validity(request: HttpRequest) -> HttpResponse:
    """The whole table: what is in force, what replaced what, by which text."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    state = request.GET.get("state", "") if request.GET.get("state") in ("ended", "") else ""
    today = timezone.localdate()
    rows = found_validity(q, ended_by=today if state == "ended" else None)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "documents",
        "q": q,
        "state": state,
        "page_obj": page,
        "rows": [(row, row.valid_to is not None and row.valid_to < today) for row in page.object_list],
        "count": page.paginator.count,
        "may_keep": bool(may_keep(actor)),
    }
    return render(request, "documents/validity_list.html", context)


@official
@require_http_methods(["GET", "POST"])
def add_validity(request: HttpRequest) -> HttpResponse:
    """A document that the table does not have yet."""
    return _kept(request, Validity(), request.GET.get("symbol", "")[:80])


@official
@require_http_methods(["GET", "POST"])
def change_validity(request: HttpRequest, pk: int) -> HttpResponse:
    """A document of the table, as it is now known."""
    return _kept(request, get_object_or_404(Validity, pk=pk), "")


def _kept(request: HttpRequest, row: Validity, symbol: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(refusal := may_keep(actor), No):
        raise Refused(refusal.reason)
    form = ValidityForm(request.POST or None, instance=row, initial={"symbol": symbol} if symbol else None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        kept = keep_validity(actor, Validity.objects.get(pk=row.pk) if row.pk else Validity(), values)
        messages.success(request, _("Đã ghi hiệu lực của %(document)s.") % {"document": kept})
        return redirect(f"{reverse('validity')}?q={kept.symbol}")
    context = {"section": "documents", "form": form, "row": row}
    return render(request, "documents/validity_form.html", context, status=422 if form.errors else 200)
