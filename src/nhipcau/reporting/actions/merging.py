"""The reports that an organisation received become a draft of its own."""

from __future__ import annotations

from collections import defaultdict

from django.utils import timezone, translation

from nhipcau.core.acts import Act, act

from .. import rules
from ..figures import figures_of
from ..merging import Received, merged_figures, merged_sentences_of
from ..models import Report, ReportFigure, ReportStep
from ..outlines import outline_from_dict
from ..queries.merging import answers_to, own_words, reasons_of, told_of
from ..queries.reading import awaited_by, came_late, received_by, rows_received
from ..queries.register import rows_of
from ..quoting import said_in
from ._laying import keep_figures, keep_rows, lay_sentences, stand_as_draft

_SAID = ("words", "obstacles", "proposals", "next")  # kinds of parts whose sentences of lower reports are quoted


@act("reporting.merge", may=rules.may_write)
def merge_reports(act: Act, report: Report) -> Report:
    """Draft a report from the register and from the reports that were sent to its organisation.

    A figure is what the organisation's own rows give plus what those reports state. Merged again (a report came later, or
    was corrected), what people wrote in this one stays. Returns the report, now a draft.
    """
    with translation.override("vi"):
        own = rows_of(report.round, [report.organisation_id])[report.organisation_id]
        own_figures = figures_of(report.round, {report.organisation_id: own})[report.organisation_id]
    for row in own:
        row.organisation = report.organisation
    keep_rows(report, own)
    reports = received_by(report)
    figures = keep_figures(report, merged_figures(own_figures, _figures_of(reports)))
    outline = outline_from_dict(report.round.outline)
    rows = rows_received(reports)
    received = Received(
        reports=reports,
        rows=rows,
        said=said_in(*own_words(reports, {part.key for part in outline.all_parts() if part.kind in _SAID})),
        awaited=awaited_by(report),
        late=came_late(report),
        reasons=reasons_of(below := {row.report_id for row in rows}),
        told=told_of(below),
        answers=answers_to(report.round.plan_id, {row.task_id for row in [*own, *rows]}),
        plan_id=report.round.plan_id,
        standing=frozenset(report.sentences.values_list("key", flat=True)),
    )
    as_of = min(report.round.last, timezone.localdate())
    written = [
        sentence
        for part in outline.all_parts()
        for sentence in merged_sentences_of(part, received, own, figures, as_of=as_of)
    ]
    lay_sentences(report, written)
    stand_as_draft(report, merged=reports)
    ReportStep.objects.create(
        report=report,
        kind=ReportStep.Kind.MERGED,
        text=f"{len(reports)}/{len(reports) + len(received.awaited)}",
        organisation_id=report.organisation_id,
        person_id=act.actor.person_id,
    )
    act.changed(merged=[one.public_id for one in reports], version=report.version)
    return report


def _figures_of(reports: list[Report]) -> list[list[ReportFigure]]:
    of_each: dict[int, list[ReportFigure]] = defaultdict(list)
    for figure in ReportFigure.objects.filter(report__in=reports).order_by("report_id", "position"):
        of_each[figure.report_id].append(figure)
    return list(of_each.values())
