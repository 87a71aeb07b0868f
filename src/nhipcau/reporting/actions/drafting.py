"""A report is drafted from the register, and drafted anew without losing what people wrote."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act

from .. import rules
from ..figures import figures_of
from ..models import Report, ReportStep
from ..queries.reading import collects
from ..queries.register import rows_of
from ._laying import write_draft


@act("reporting.draft", may=rules.may_write)
def draft_report(act: Act, report: Report) -> Report:
    """Take rows and figures from the register and write the sentences that they give.

    Drafted anew: what the register says now replaces what the software had written; what a person wrote, changed, left
    out or corrected stays as it is. Returns the report, now a draft. Raises ``Refused`` where others report to the
    organisation: its report is merged, so that none of their figures is left out.
    """
    if collects(report):
        raise Refused(
            _("Báo cáo này tổng hợp từ báo cáo của các đơn vị. Bạn hãy bấm Tổng hợp, kể cả khi chưa đơn vị nào gửi.")
        )
    with translation.override("vi"):
        rows = rows_of(report.round, [report.organisation_id])
        figures = figures_of(report.round, rows)
    write_draft(report, rows[report.organisation_id], figures[report.organisation_id])
    ReportStep.objects.create(
        report=report,
        kind=ReportStep.Kind.DRAFTED,
        organisation_id=report.organisation_id,
        person_id=act.actor.person_id,
    )
    act.changed(rows=len(rows[report.organisation_id]), version=report.version)
    return report
