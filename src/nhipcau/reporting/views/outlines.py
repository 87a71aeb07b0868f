"""Outlines of reports: those that come with the software, and an organisation's own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation

from .. import rules
from ..actions import change_outline, copy_outline, drop_outline
from ..figures import known_figures
from ..forms import KINDS, OutlineForm, outline_of, part_forms, relaid
from ..models import Outline, Sentence
from ..outlines import SHIPPED, USUAL, Part, outline_from_dict, outline_to_dict
from ..outlines import Outline as OutlineValue
from ..printing import filled
from ..queries.preview import Live, live
from ..queries.regimes import outline_choices, outlines_for
from ..queries.showing import mark_of


@official
@require_safe
def outlines(request: HttpRequest) -> HttpResponse:
    """All that the actor's organisation may use."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "section": "reports",
        "shipped": outline_choices(None),
        "own": outlines_for(actor.organisation_id).order_by("name", "pk"),
        "may_keep": actor.has(*rules.OUTLINE_KEEPERS),
    }
    return render(request, "reporting/outlines.html", context)


@official
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One outline, as a report of it is laid out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    name, value, row = _found(actor, key)
    context = {
        "section": "reports",
        "key": key,
        "name": name,
        "row": row,
        "sample": sample(value),
        "may_copy": actor.has(*rules.OUTLINE_KEEPERS),
        "may_keep": row is not None and bool(rules.may_keep_outline(actor, row)),
    }
    return render(request, "reporting/outline.html", context)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: str = "") -> HttpResponse:
    """An outline is made (``?tu=``: from which) or changed; looked at before it is kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = Organisation.objects.filter(pk=actor.organisation_id or 0).first()
    if own is None or not rules.may_keep_outlines(actor, own):
        raise Refused(_("Chỉ quản trị, điều phối và lãnh đạo của cơ quan mới lập và sửa mẫu đề cương."))
    name, value, row = _found(actor, key or request.GET.get("tu", "usual"))
    if key and row is None:
        raise Refused(_("Mẫu đi kèm phần mềm không sửa được. Bạn hãy chép thành mẫu của cơ quan rồi sửa."))
    if key and row is not None and isinstance(answer := rules.may_keep_outline(actor, row), No):
        raise Refused(answer.reason)
    is_post = request.method == "POST"
    title = name if key else _("%(name)s (của cơ quan)") % {"name": name}
    initial = {name: getattr(value, name) for name in ("subject", "opening", "closing", "archive", "with_register")}
    initial |= {"name": title, "recipients": "\n".join(value.recipients)}
    do = request.POST.get("do", "look")
    data = relaid(request.POST, do) if is_post else None
    form = OutlineForm(data, initial=initial)
    parts = part_forms(data, value)
    made, problem = _made(form, parts) if do in ("look", "live", "keep") and is_post else (None, "")
    filled_from = live(own, made) if made is not None and do == "live" else None
    if made is not None and do == "live" and filled_from is None:
        problem = _("Cơ quan chưa có việc nào trong sổ nên chưa có số liệu thật để xem.")
    if made is not None and do == "keep":
        try:
            kept = _keep(actor, own, row if key else None, form, made, request.POST.get("version", ""))
        except Refused as refusal:
            problem = refusal.reason
        else:
            messages.success(request, _("Đã ghi mẫu đề cương."))
            return redirect("outline", kept.public_id)
    context = {
        "section": "reports",
        "key": key,
        "name": name,
        "version": row.version if row is not None and key else 0,
        "form": form,
        "parts": parts,
        "sample": sample(made, filled_from) if made is not None else None,
        "is_live": filled_from is not None,
        "problem": problem,
    }
    status = 409 if problem and made is not None and do == "keep" else 200
    if do in ("look", "live", "keep") and is_post and made is None:
        status = 400
    return render(request, "reporting/outline_write.html", context, status=status)


def _made(form: OutlineForm, parts: list[Any]) -> tuple[OutlineValue | None, str]:
    """The outline that was typed, or what is wrong with it."""
    checked = [form.is_valid(), *(part.is_valid() for part in parts)]
    if not all(checked):
        return None, "" if form.errors else _("Có phần chưa đúng. Bạn xem dòng chữ đỏ ở phần đó.")
    try:
        return outline_of(form, parts), ""
    except (ValidationError, forms.ValidationError) as problem:
        return None, " ".join(problem.messages)


def _keep(
    actor: Actor, own: Organisation, row: Outline | None, form: OutlineForm, made: OutlineValue, version: str
) -> Outline:
    content = outline_to_dict(made)
    if row is None:
        return copy_outline(actor, own, name=form.cleaned_data["name"], content=content)
    seen = int(version) if version.isdecimal() and len(version) < 9 else 0
    return change_outline(actor, row, name=form.cleaned_data["name"], content=content, version=seen)


@official
@require_POST
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """An outline is taken away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    _name, _value, row = _found(actor, key)
    if row is None:
        raise Refused(_("Mẫu đi kèm phần mềm không bỏ được."))
    drop_outline(actor, row)
    messages.success(request, _("Đã bỏ mẫu đề cương. Chế độ báo cáo dùng mẫu ấy trở về mẫu thường dùng."))
    return redirect("outlines")


def _found(actor: Actor, key: str) -> tuple[str, OutlineValue, Outline | None]:
    """An outline by its key; 404 for one that does not exist for the actor."""
    if key in SHIPPED:
        return dict(outline_choices(None))[key], SHIPPED[key], None
    row = outlines_for(actor.organisation_id).filter(public_id=key).first()
    if row is None:
        raise Http404
    try:
        return row.name, outline_from_dict(row.content), row
    except (KeyError, TypeError):
        return row.name, USUAL, row


# --- as it is laid out -------------------------------------------------------------------------------------------------------

_SAMPLE = {
    "plan": "Kế hoạch số 15/KH-UBND ngày 12/02/2026 của Ủy ban nhân dân tỉnh Hòa An",
    "period": "năm 2026",
    "year": "2026",
    "organisation": "Ủy ban nhân dân phường Bình An",
    "receiver": "Ủy ban nhân dân tỉnh Hòa An",
    "first": "01/11/2025",
    "last": "31/10/2026",
    "day": "31/10/2026",
}
_MOST_SAID = 8  # sentences of a part that a preview shows


@dataclasses.dataclass(frozen=True, slots=True)
class SamplePart:
    """A part as the preview shows it."""

    mark: str
    title: str
    depth: int
    kind: str
    words: str
    questions: tuple[str, ...]
    figures: list[str]
    charts: int
    said: list[Sentence]  # with live data: what the register says here
    more: int = 0  # sentences that the preview leaves out


def sample(value: OutlineValue, given: Live | None = None) -> dict[str, Any]:
    """An outline with its names filled from an agency that does not exist, or with what the register gives."""
    names = given.names if given is not None else _SAMPLE
    return {
        "subject": filled(value.subject, names),
        "opening": filled(value.opening, names),
        "closing": filled(value.closing, names),
        "recipients": [filled(one, names) for one in value.recipients],
        "archive": value.archive,
        "with_register": value.with_register,
        "parts": [part for at, one in enumerate(value.parts, start=1) for part in _laid(one, 0, at, names, given)],
    }


def _laid(part: Part, depth: int, place: int, names: Mapping[str, str], given: Live | None) -> Iterator[SamplePart]:
    said = [one for one in given.sentences[part.key] if one.key != "words"] if given is not None else []
    questions = part.questions if given is None else ()
    yield SamplePart(
        mark_of(place, depth),
        part.title,
        depth,
        str(dict(KINDS).get(part.kind, part.kind)),
        filled(part.words, names),
        questions,
        _figures(part, given),
        len(part.charts),
        said[:_MOST_SAID],
        max(0, len(said) - _MOST_SAID),
    )
    for at, below in enumerate(part.parts, start=1):
        yield from _laid(below, depth + 1, at, names, given)


def _figures(part: Part, given: Live | None) -> list[str]:
    if given is None:
        labels = known_figures()
        return [labels.get(key, key) for key in part.figures]
    found = (given.figures[key] for key in part.figures if key in given.figures)
    return [f"{one.label}: {one.shown}" for one in found]
