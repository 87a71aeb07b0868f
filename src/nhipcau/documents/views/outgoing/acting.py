"""What people do with a document: each act is one form on its page; ``do`` says which."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nhipcau.core.actors import Refused
from nhipcau.core.views import official

from ...actions import outgoing as actions
from ...forms import SignForm
from ...models import Outgoing
from ...rules import outgoing as rules
from .common import actor_of, found_or_404, version_of
from .one import number_form, page


class WordsForm(forms.Form):
    """A comment or a reason; whether it is needed is said by the act."""

    text = forms.CharField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


@official
@require_POST
def act_on_outgoing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Submit, sign, return, number, send, replace or drop the document."""
    found = found_or_404(request, public_id)
    do = request.POST.get("do", "")
    if do not in _ACTS:
        raise Http404
    form = _form(do, found, request)
    if form is not None and not form.is_valid():
        return page(request, found, do=do, form=form)
    try:
        result = _ACTS[do](request, found, form)
    except actions.OtherName as other:
        form = SignForm(initial={"lines": found.official.signature.lines, "name": other.name})
        return page(request, found, do="sign", form=form, problem=other.reason)
    except Refused as refusal:
        if not rules.drafts_for(actor_of(request), found.organisation_id):
            raise
        fresh = found_or_404(request, public_id)
        return page(request, fresh, do=do, form=form, problem=refusal.reason)
    messages.success(request, str(_SAID[do]) % {"symbol": result.symbol or found.symbol})
    return redirect("outgoing", result.public_id)


def _form(do: str, found: Outgoing, request: HttpRequest) -> forms.Form | None:
    if do == "number":
        return number_form(found, request.POST)
    if do == "sign":
        return SignForm(request.POST) if "name" in request.POST else None
    return WordsForm(request.POST) if do in ("return", "replace", "drop") else None


def _submit(request: HttpRequest, found: Outgoing, _form: Any) -> Outgoing:
    return actions.submit_document(actor_of(request), found, version=version_of(request))


def _sign(request: HttpRequest, found: Outgoing, form: Any) -> Outgoing:
    block = form.signature() if form is not None else None
    return actions.sign_document(actor_of(request), found, version=version_of(request), signature=block)


def _return(request: HttpRequest, found: Outgoing, form: Any) -> Outgoing:
    return actions.return_document(actor_of(request), found, comment=form.cleaned_data["text"])


def _number(request: HttpRequest, found: Outgoing, form: Any) -> Outgoing:
    given = form.cleaned_data
    number = actions.take_number(
        actor_of(request), found, date=given["date"], reserved=form.chosen(), sure=given["sure"]
    )
    assert number.outgoing is not None
    return number.outgoing


def _send(request: HttpRequest, found: Outgoing, _form: Any) -> Outgoing:
    return actions.send_document(actor_of(request), found)


def _replace(request: HttpRequest, found: Outgoing, form: Any) -> Outgoing:
    return actions.replace_document(actor_of(request), found, what_changed=form.cleaned_data["text"])


def _drop(request: HttpRequest, found: Outgoing, form: Any) -> Outgoing:
    return actions.drop_document(actor_of(request), found, reason=form.cleaned_data["text"])


_ACTS: dict[str, Callable[[HttpRequest, Outgoing, Any], Outgoing]] = {
    "submit": _submit,
    "sign": _sign,
    "return": _return,
    "number": _number,
    "send": _send,
    "replace": _replace,
    "drop": _drop,
}
_SAID = {
    "submit": gettext_lazy("Đã trình ký. Lãnh đạo của cơ quan được báo."),
    "sign": gettext_lazy("Đã ký. Văn thư được báo để lấy số."),
    "return": gettext_lazy("Đã trả lại. Người soạn được báo."),
    "number": gettext_lazy("Văn bản mang số %(symbol)s. Còn một bước: gửi đi."),
    "send": gettext_lazy("Đã gửi văn bản %(symbol)s. Nơi nhận trong hệ thống được báo."),
    "replace": gettext_lazy("Đã mở bản mới. Bạn sửa rồi trình ký như mọi văn bản."),
    "drop": gettext_lazy("Đã bỏ văn bản. Nội dung vẫn được giữ để tra cứu."),
}
