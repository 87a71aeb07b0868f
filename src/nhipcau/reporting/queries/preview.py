"""An outline filled from the register, before it is kept: as a report of the reader's own organisation would be drafted."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.utils import timezone, translation

from nhipcau.followup.models import Assignment
from nhipcau.organisations.models import Organisation

from ..figures import figures_of
from ..models import Report, ReportFigure, Round, Sentence
from ..outlines import Outline, outline_to_dict
from ..printing import names_of
from ..writing import sentences_of
from .register import rows_of


@dataclasses.dataclass(frozen=True, slots=True)
class Live:
    """What a report of today would say: the values of the outline's {names}, the sentences of each part, its figures."""

    names: dict[str, str]
    sentences: dict[str, list[Sentence]]
    figures: dict[str, ReportFigure]


def live(organisation: Organisation, outline: Outline) -> Live | None:
    """The outline as a report of this organisation on the plan that it was given work by last, from the first of January to
    today; None where it was never given any. Nothing is kept. Fourteen queries and fewer."""
    last = Assignment.objects.filter(organisation=organisation, ended="").order_by("-year", "-pk")
    held = last.select_related("plan__organisation").first()
    if held is None:
        return None
    today = timezone.localdate()
    round_ = Round(
        organisation=held.plan.organisation,
        plan=held.plan,
        period=str(today.year),
        first=dt.date(today.year, 1, 1),
        last=today,
        outline=outline_to_dict(outline),
    )
    report = Report(round=round_, organisation=organisation)
    with translation.override("vi"):
        rows = rows_of(round_, [organisation.pk])
        figures = {one.key: one for one in figures_of(round_, rows)[organisation.pk]}
        said = {
            part.key: sentences_of(part, rows[organisation.pk], figures, as_of=today) for part in outline.all_parts()
        }
    return Live(names_of(report), said, figures)
