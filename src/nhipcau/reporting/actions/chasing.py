"""Those who have not sent their report are reminded."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.followup.queries.chasing import people_told
from nhipcau.organisations.models import Organisation

from .. import rules
from ..models import Report, ReportStep, Round
from ..words import moment_words

LONGEST = 2000
SENT_TWICE = dt.timedelta(minutes=2)  # the same words again so soon are the same question


@act("reporting.chase", may=rules.may_chase)
def chase_reports(act: Act, round_: Round, *, words: str, reports: Collection[int] | None = None) -> int:
    """Remind the organisations that have not sent (or not answered what was asked): each of its people gets one notice with
    these words. ``reports``: primary keys; None: all that wait. Who collects reminds everyone, others those who report to
    them. Returns how many were reminded. Raises ``Refused`` without words, or where nobody waits."""
    text = words.strip()[:LONGEST]
    if not text:
        raise Refused(_("Bạn hãy viết lời nhắc trước khi gửi."))
    waiting = round_.reports.filter(receiver__isnull=False)
    waiting = waiting.filter(Q(sent_at=None, edition=1) | Q(state=Report.State.ASKED)).select_related("organisation")
    if round_.organisation_id != act.actor.organisation_id:
        waiting = waiting.filter(receiver=act.actor.organisation_id or 0)
    if reports is not None:
        waiting = waiting.filter(pk__in=list(reports))
    found = list(waiting.order_by("pk"))
    just_now = ReportStep.objects.filter(
        report__in=found, kind=ReportStep.Kind.CHASED, text=text, organisation=act.actor.organisation_id,
        at__gte=timezone.now() - SENT_TWICE,
    ).values_list("report_id", flat=True)  # fmt: skip
    if told_already := set(just_now):
        found = [report for report in found if report.pk not in told_already]
        if not found:
            return len(told_already)
    if not found:
        raise Refused(_("Các đơn vị này đã gửi báo cáo nên không còn ai để nhắc."))
    asker = Organisation.objects.values_list("name", flat=True).get(pk=act.actor.organisation_id or 0)
    told = people_told([report.organisation_id for report in found], timezone.localdate())
    ReportStep.objects.bulk_create(
        ReportStep(
            report=report,
            kind=ReportStep.Kind.CHASED,
            text=text,
            organisation_id=act.actor.organisation_id,
            person_id=act.actor.person_id,
        )
        for report in found
    )
    for report in found:
        said = functools.partial(_said, asker, round_.name, moment_words(report.due_at), text)
        key = f"reporting.report:{report.public_id}"
        act.tell(
            told.get(report.organisation_id, ()), "reporting.chased", said, f"/bao-cao/{report.public_id}/", about=key
        )
    act.changed(reports=[report.public_id for report in found], words=text)
    return len(found)


def _said(asker: str, name: str, due: str, text: str) -> str:
    said = _("%(asker)s nhắc gửi báo cáo: %(name)s (hạn %(due)s).") % {"asker": asker, "name": name, "due": due}
    return f"{said} {text}"
