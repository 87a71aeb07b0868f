"""Who takes part in a round: more units, units that have ended, the tree as it is today."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation

from .. import rules
from ..actions import add_units, hand_over_report, release_unit
from ..models import Report, Round
from ..queries import regimes as queried
from ..queries.rounds import misplaced
from .opening import ticks
from .rounds import round_or_404


@official
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page, and what is done there: ``do`` is add (ticked units), refit, hand_over or release."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = round_or_404(request, public_id)
    if isinstance(answer := rules.may_run(actor, found), No):
        raise Refused(answer.reason)
    candidates = queried.candidates(found.organisation, found.plan)
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, _done(request, actor, found, candidates))
            return redirect("round", found.public_id)
        except Refused as refusal:
            problem = refusal.reason
    there = set(found.reports.values_list("organisation_id", flat=True))
    under_way = found.reports.filter(
        state__in=(Report.State.WAITING, Report.State.DRAFT), edition=1, receiver__isnull=False
    )
    context: dict[str, Any] = {
        "section": "reports",
        "round": found,
        "tree": ticks([one for one in candidates if one.pk not in there], set()),
        "under_way": under_way.select_related("organisation").order_by("organisation__sort_key", "pk"),
        "today": timezone.localdate(),
        "successors": sorted(candidates, key=lambda one: one.sort_key),
        "misplaced": misplaced(found),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "reporting/round_units.html", context, status=400 if problem else 200)


def _done(request: HttpRequest, actor: Actor, found: Round, candidates: list[Organisation]) -> str:
    """Do what was asked; what is said of it. Raises ``Refused``."""
    given, do = request.POST, request.POST.get("do", "add")
    if do == "refit":
        add_units(actor, found, ())
        return _("Đã sắp lại các đơn vị theo cây cơ quan hôm nay.")
    if do in ("hand_over", "release"):
        report = found.reports.filter(public_id=given.get("report", "")).select_related("organisation").first()
        if report is None:
            raise Refused(_("Bạn hãy chọn đơn vị."))
        if do == "release":
            release_unit(actor, found, report, reason=given.get("reason", ""))
            return _("Đã bỏ đơn vị khỏi kỳ báo cáo.")
        successor = next((one for one in candidates if one.public_id == given.get("successor", "")), None)
        if successor is None or successor.pk == report.organisation_id:
            raise Refused(_("Bạn hãy chọn một cơ quan kế thừa khác."))
        hand_over_report(actor, found, report, successor, reason=given.get("reason", ""))
        return _("Đã chuyển báo cáo cho cơ quan kế thừa; cơ quan đó được báo.")
    wanted = set(given.getlist("units"))
    there = set(found.reports.values_list("organisation_id", flat=True))
    chosen = [one.pk for one in candidates if one.public_id in wanted and one.pk not in there]
    if not chosen:
        raise Refused(_("Bạn chưa chọn đơn vị nào để thêm."))
    count = add_units(actor, found, chosen)
    said = ngettext("Đã thêm %(n)s đơn vị vào kỳ báo cáo.", "Đã thêm %(n)s đơn vị vào kỳ báo cáo.", count)
    return said % {"n": count}
