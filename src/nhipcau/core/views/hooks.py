"""Other systems that are told, kept by administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from .. import actions, fetching, rooms, rules, webhooks
from ..actors import Actor, No, Refused
from ..models import Hook
from .gate import official


class HookForm(forms.Form):
    """An address, and what it is told."""

    name = forms.CharField(
        label=gettext_lazy("Hệ thống nào"),
        max_length=120,
        help_text=gettext_lazy("Ví dụ: hệ thống quản lý văn bản của tỉnh."),
        error_messages={"required": gettext_lazy("Bạn hãy ghi hệ thống này dùng vào việc gì.")},
    )
    url = forms.CharField(
        label=gettext_lazy("Địa chỉ nhận"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Bạn hãy ghi địa chỉ nhận tin.")},
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Báo những gì"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Bạn hãy chọn ít nhất một loại tin.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, capfirst(str(label))) for kind, label in sorted(rooms.announcements().items())]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """Looked at while somebody is there to correct it; each delivery looks again."""
        url = str(self.cleaned_data["url"]).strip()
        try:
            fetching.check(url, seconds=3)
        except fetching.Unreachable as stop:
            raise ValidationError(stop.reason) from stop
        return url


@official
@require_http_methods(["GET", "HEAD", "POST"])
def hooks(request: HttpRequest) -> HttpResponse:
    """The systems with what they were told last, and the form for another. The secret of a new one stands on the page
    that answers the form, and never again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    answer = rules.may_keep_hooks(actor)
    if not answer:
        raise Refused(answer.reason if isinstance(answer, No) else "")
    form = HookForm(request.POST or None)
    made: tuple[Hook, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_hook(actor, **form.cleaned_data)
            form = HookForm()
        except ValidationError as problem:
            for field, said in problem.message_dict.items():
                form.add_error(field, said)
    labels = rooms.announcements()
    context: dict[str, Any] = {
        "form": form,
        "made": made,
        "hooks": [
            {
                "hook": hook,
                "kinds": ", ".join(str(labels.get(kind, kind)) for kind in hook.kinds),
                "deliveries": list(webhooks.last_deliveries(hook)) if hook.withdrawn_at is None else [],
            }
            for hook in _own(actor)
        ],
        "section": "organisations",
    }
    response = render(request, "core/hooks.html", context, status=422 if form.errors else 200)
    if made:
        response.headers["Cache-Control"] = "no-store"
    return response


@official
@require_POST
def test_hook(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a test; the page shows what came of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    hook = get_object_or_404(_own(actor), public_id=public_id, withdrawn_at=None)
    actions.test_hook(actor, hook)
    said = _("Đang gửi thử tới “%(name)s”. Bạn tải lại trang sau vài giây để xem kết quả.") % {"name": hook.name}
    messages.success(request, said)
    return redirect("hooks")


@official
@require_POST
def withdraw_hook(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell a system of one's organisation nothing any more; another's is not known here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    hook = get_object_or_404(_own(actor), public_id=public_id)
    actions.withdraw_hook(actor, hook)
    messages.success(request, _("Từ giờ không báo tin cho “%(name)s” nữa.") % {"name": hook.name})
    return redirect("hooks")


def _own(actor: Actor) -> QuerySet[Hook]:
    own = Hook.objects.filter(organisation_id=actor.organisation_id or 0)
    return own.order_by("withdrawn_at", "-created_at", "-pk")
