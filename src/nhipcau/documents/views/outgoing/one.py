"""One document: as it is printed, its next step, what stands in the way, its history and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.core import files
from nhipcau.core.actors import Actor
from nhipcau.core.models import User
from nhipcau.core.views import official
from vanban.official import Unprintable, symbol_of
from vanban.official.plaintext import body_text
from vanban.text import fold

from ...actions.outgoing import receive
from ...forms import NumberForm, SignForm
from ...models import Addressee, Outgoing
from ...queries import readable_once
from ...queries.arriving import arrival_of
from ...queries.files import FORMS
from ...queries.outgoing.past import places
from ...queries.outgoing.people import addressed_to_nobody, names_of, standing_in
from ...queries.outgoing.ready import said_obstacles, showable
from ...queries.outgoing.register import next_number
from ...queries.outgoing.seen import documents_about, is_of_the_house, steps_shown, visible_outgoings, written_by
from ...queries.outgoing.signers import signers, unsigned
from ...queries.papers import ABSENT
from ...replies import KIND
from ...rules import outgoing as rules
from .common import SECTION, about_of, actor_of, found_or_404

STATES = {
    "draft": "going", "submitted": "need", "returned": "late", "signed": "need", "numbered": "need", "sent": "done",
    "dropped": "none",
}  # fmt: skip


@official
@require_safe
def outgoing(request: HttpRequest, public_id: str) -> HttpResponse:
    """The document. Who opens it for an organisation to which it was sent has received it."""
    found = found_or_404(request, public_id)
    if request.method == "GET":
        _note_receipt(request, found)
    return page(request, found)


def page(
    request: HttpRequest, found: Outgoing, *, do: str = "", form: forms.Form | None = None, problem: str = ""
) -> HttpResponse:
    """The page, with the form ``form`` of the act ``do`` as it was filled in, and what was wrong."""
    actor = actor_of(request)
    held = found.official
    lines = body_text(held.body).splitlines()
    steps = steps_shown(actor, found)
    sent_to = list(found.sent_to.select_related("organisation").order_by("organisation__sort_key"))
    is_own, source = is_of_the_house(actor, found), written_by(found)
    context: dict[str, Any] = {
        "section": SECTION,
        "outgoing": found,
        "sign": STATES[found.state],
        "held": held,
        "steps": steps,
        "writings": places(steps, found) if is_own else {},
        "sent_to": sent_to,
        "arrival": arrival_of(actor, found.pk) if found.is_frozen else None,
        "may_enter": rules.keeps_numbers(actor, actor.organisation_id or 0)
        and any(row.organisation_id == actor.organisation_id for row in sent_to),
        "opened": sum(row.opened_at is not None for row in sent_to),
        "names": names_of({*(step.person_id for step in steps), *(row.opened_by for row in sent_to), found.signed_by}),
        "is_own": is_own,
        **_editions(actor, found),
        "in_library": found.document is not None and readable_once(actor).filter(document=found.document).exists(),
        "obstacles": [*said_obstacles(held), *unsigned(found, held)] if found.is_open else [],
        "shown": showable(held),
        "lines": lines,
        "unfilled": sum(ABSENT in line for line in lines),
        "about": about_of(request, found),
        "answers": documents_about(actor, KIND, [found.public_id]).get(found.public_id, []) if found.is_frozen else [],
        "source": source,
        "next": next_step(request, found, do, form),
        "may": _may(request, found),
        "do": do,
        "form": form,
        "problem": problem,
    }
    return render(request, "documents/outgoing/outgoing.html", context, status=422 if do or problem else 200)


def next_step(
    request: HttpRequest, found: Outgoing, do: str = "", form: forms.Form | None = None
) -> dict[str, Any] | None:
    """The one thing that the reader should do with the document now: its kind and form; None where it is not theirs."""
    actor = actor_of(request)
    if found.is_open and rules.may_submit(actor, found):
        return {"kind": "submit" if written_by(found) is None else "source"}
    if rules.may_sign(actor, found):
        lent = standing_in(actor.person_id, found.organisation_id, "head")
        name = User.objects.values_list("name", flat=True).get(pk=actor.person_id or 0)
        block = found.official.signature
        said = {"kind": "sign", "is_other": True, "block": block, "lent": lent, "name": name}
        if do == "sign" and form is not None:
            return {**said, "form": form}
        offered = signers(found.organisation)
        own = next((one.block for one in offered if one.person_id == actor.person_id), block)
        is_open = not block.name and len({one.person_id for one in offered}) > 1
        is_other = is_open or (bool(block.name) and fold(block.name) != fold(name))
        lines = own.lines if is_open or is_other else block.lines
        return {**said, "is_other": is_other, "form": SignForm(initial={"lines": lines, "name": name})}
    if found.state == Outgoing.State.SIGNED and rules.may_number(actor, found):
        return {"kind": "number", "form": form if do == "number" and form is not None else number_form(found)}
    if found.state == Outgoing.State.NUMBERED and rules.may_send(actor, found):
        return {"kind": "send", "to_nobody": addressed_to_nobody(found)}
    return None


def number_form(found: Outgoing, data: Any = None) -> NumberForm:
    """The form for its number, with the number that would be next."""
    number = next_number(found.organisation_id, found.doc_type, timezone.localdate().year)
    return NumberForm(data, outgoing=found, next_symbol=symbol_of(number, found.official.code))


def _may(request: HttpRequest, found: Outgoing) -> dict[str, bool]:
    actor = actor_of(request)
    has_new = getattr(found, "replaced_by", None) is not None
    return {
        "return": bool(rules.may_return(actor, found)),
        "drop": bool(rules.may_drop(actor, found)),
        "replace": bool(rules.may_replace(actor, found)) and not has_new and written_by(found) is None,
    }


def _editions(actor: Actor, found: Outgoing) -> dict[str, Outgoing | None]:
    """The edition before it and the one that was sent in its place, and of these the ones that the reader may open."""
    after = getattr(found, "replaced_by", None)
    after = after if after is not None and after.is_frozen else None
    known = [one.pk for one in (found.replaces, after) if one is not None]
    seen = set(visible_outgoings(actor).filter(pk__in=known).values_list("pk", flat=True)) if known else set()
    return {
        "after": after,
        "opens_after": after if after is not None and after.pk in seen else None,
        "opens_before": found.replaces if found.replaces_id in seen else None,
    }


def _note_receipt(request: HttpRequest, found: Outgoing) -> None:
    actor = actor_of(request)
    rows = Addressee.objects.filter(outgoing=found, organisation=actor.organisation_id or 0, opened_at=None)
    row = rows.exclude(sent_at=None).first() if found.is_frozen else None
    if row is not None and rules.may_receive(actor, row):
        receive(actor, row)


@official
@require_safe
def file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """The document as a file: what was sent, or a draft as it would be printed now, which only its name tells apart."""
    found = found_or_404(request, public_id)
    if form not in FORMS:
        raise Http404
    try:
        return served(found, form, inline=request.GET.get("xem") == "1")
    except Unprintable as stop:
        return page(request, found, problem=" ".join(one.vi for one in stop.problems[:3]))


def served(found: Outgoing, form: str, *, inline: bool = False) -> HttpResponseBase:
    """The file of a document in one of ``FORMS``: the one that was sent, else as it would be printed now. Raises
    ``Unprintable``."""
    stored = found.pdf if form == "pdf" else found.docx
    if stored is not None:
        return files.serve(stored, f"{file_name(found)}.{form}", inline=inline)
    media_type, write = FORMS[form]
    made = write(found.official)
    response = HttpResponse(made, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="du-thao-{file_name(found)}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(found: Outgoing) -> str:
    """What its files are called: "12-bc-ubnd-2026", or of a draft its public id."""
    if not found.symbol or found.date is None:
        return found.public_id
    symbol = "-".join(part for part in fold(found.symbol).replace("/", "-").split("-") if part)
    return f"{symbol}-{found.date.year}"
