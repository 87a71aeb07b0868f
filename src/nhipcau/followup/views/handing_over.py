"""Work of agencies that have ended: moved to who took over, all at once or task by task, and back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation
from nhipcau.organisations.queries import organisation_by_public_id, reach

from .. import actions, rules
from ..acting_forms import BackForm, MoveForm
from ..queries import handing_over as queried

MOST = 500  # tasks on one page


@official
@require_safe
def handing_over(request: HttpRequest) -> HttpResponse:
    """The agencies in my reach that have ended and still have work, each with who took over; and what was moved."""
    actor = _keeper(request)
    ended = queried.ended_agencies(actor)
    context = {
        "section": "board",
        "rows": [(one, _ready(one)) for one in ended],
        "moved": queried.moved_work(actor),
        "today": timezone.localdate(),
    }
    return render(request, "followup/handing_over.html", context)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move the work of one agency: all to one successor, or to whom each task's line names."""
    actor = _keeper(request)
    agency = _agency(actor, public_id)
    heirs = queried.heirs_of([agency])[agency.pk]
    choices = list(queried.possible_heirs(actor, agency)[:MOST])
    form = MoveForm(request.POST or None, choices=choices, initial=_initial(agency, heirs))
    by_task = _chosen(request.POST, choices)
    if by_task:
        form.fields["successor"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            count = _move(actor, agency, form.cleaned_data, by_task)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            said = ngettext("Đã chuyển %(n)s việc của %(who)s.", "Đã chuyển %(n)s việc của %(who)s.", count)
            messages.success(request, said % {"n": count, "who": agency.name})
            return redirect("handing_over")
    rows = list(queried.assignments_to_move(agency)[:MOST])
    context = {
        "section": "board",
        "agency": agency,
        "heirs": heirs,
        "form": form,
        "rows": [(row, by_task.get(row.task_id)) for row in rows],
        "choices": _nearest_first(choices, heirs),
        "has_ended": agency.valid_to is not None and agency.valid_to < timezone.localdate(),
    }
    return render(request, "followup/move.html", context, status=422 if form.errors else 200)


@official
@require_POST
def move_back(request: HttpRequest, public_id: str, successor: str) -> HttpResponse:
    """Take work back to whom it came from."""
    actor = _keeper(request)
    former, heir = _agency(actor, public_id), _agency(actor, successor)
    form = BackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Bạn hãy ghi căn cứ hoặc lý do chuyển lại."))
        return redirect("handing_over")
    count = actions.hand_back(actor, former, heir, **form.cleaned_data)
    said = ngettext("Đã chuyển lại %(n)s việc cho %(who)s.", "Đã chuyển lại %(n)s việc cho %(who)s.", count)
    messages.success(request, said % {"n": count, "who": former.name})
    return redirect("handing_over")


def _move(actor: Actor, agency: Organisation, given: dict[str, Any], by_task: dict[int, Organisation]) -> int:
    """One act for each successor, all or none."""
    day, basis, rest = given["day"], given["basis"], given["successor"]
    groups: dict[Organisation, list[int]] = defaultdict(list)
    for task_id, heir in by_task.items():
        groups[heir].append(task_id)
    with transaction.atomic():
        count = sum(
            actions.hand_over(actor, agency, heir, day=day, basis=basis, tasks=tasks) for heir, tasks in groups.items()
        )
        if rest is not None:
            count += actions.hand_over(actor, agency, rest, day=day, basis=basis)
    return count


def _chosen(data: QueryDict, choices: list[Organisation]) -> dict[int, Organisation]:
    """The successors that were chosen for single tasks ("viec-17")."""
    known = {one.public_id: one for one in choices}
    return {
        int(name.removeprefix("viec-")): known[value]
        for name, value in data.items()
        if name.startswith("viec-") and name.removeprefix("viec-").isdecimal() and len(name) < 20 and value in known
    }


def _ready(one: queried.Ended) -> dict[str, str] | None:
    """What one click sends, where it is clear who takes over all."""
    heir = one.only_heir
    if heir is None:
        return None
    initial = _initial(one.organisation, one.heirs)
    return {
        "successor": heir.public_id,
        "name": heir.name,
        "day": f"{initial['day']:%d/%m/%Y}",
        "basis": initial["basis"],
    }


def _initial(agency: Organisation, heirs: list[queried.Heir]) -> dict[str, Any]:
    known = [heir for heir in heirs if heir.organisation is not None]
    day = agency.valid_to + dt.timedelta(days=1) if agency.valid_to else timezone.localdate()
    only = known[0].organisation if len({heir.organisation.pk for heir in known if heir.organisation}) == 1 else None
    return {
        "successor": only.public_id if only is not None and len(heirs) == len(known) else "",
        "day": min(day, timezone.localdate()),
        "basis": next((heir.basis for heir in heirs if heir.basis), agency.legal_basis)[:300],
    }


def _nearest_first(choices: list[Organisation], heirs: list[queried.Heir]) -> list[Organisation]:
    """The successors that the table names before all others."""
    first = [heir.organisation for heir in heirs if heir.organisation in choices]
    named = {one.pk for one in first if one is not None}
    return [*dict.fromkeys(one for one in first if one is not None), *(one for one in choices if one.pk not in named)]


def _agency(actor: Actor, public_id: str) -> Organisation:
    found = organisation_by_public_id(public_id)
    if found is None or not reach(actor).filter(pk=found.pk).exists():
        raise Http404
    return found


def _keeper(request: HttpRequest) -> Actor:
    """Who may move work at all; between whom, the act asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if isinstance(refusal := rules.may_move_work(actor), No):
        raise Refused(refusal.reason)
    return actor
