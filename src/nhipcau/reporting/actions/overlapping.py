"""A person decides whether two organisations tell of one event."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act

from .. import rules
from ..models import Report, ReportOverlap
from ..queries.conflicts import conflicts_of
from ..typed import clean
from .editing import edit_figure

LONGEST = 500


@act("reporting.settle_overlap", may=rules.may_write)
def settle_overlap(
    act: Act, report: Report, key: str, *, answer: str, text: str = "", figure: str = "", less: int = 0
) -> ReportOverlap:
    """Say of what may be told twice that it is one event, to be counted once, or that there are several. Of one event a
    ``figure`` of the report can be lowered by ``less``; the reason stands beside it. Decided anew, the newer word holds;
    what was taken from a figure before is given back first.

    Raises ``Refused`` where it is not there any longer, for no such answer, and for a figure that cannot be lowered so."""
    found = next((one for one in conflicts_of(report) if one.key == key), None)
    if found is None:
        raise Refused(_("Chỗ trùng này không còn: báo cáo bên dưới đã thay đổi. Bạn hãy tải lại trang."))
    if answer not in ReportOverlap.Answer.values:
        raise Refused(_("Bạn hãy chọn: cùng một sự kiện, hay các sự kiện khác nhau."))
    names = ", ".join(organisation.name for organisation in found.organisations)
    before = found.settled
    if before is not None and before.figure:
        _move(act, report, before.figure, before.less, "")
    is_same = answer == ReportOverlap.Answer.SAME
    words = clean(text)[:LONGEST]
    if is_same and figure:
        if less < 1:
            raise Refused(_("Bạn hãy ghi số cần trừ, từ 1 trở lên."))
        said = _("Trừ %(n)d do cùng một sự kiện được báo cáo nhiều lần (%(names)s).") % {"n": less, "names": names}
        _move(act, report, figure, -less, f"{said} {words}".strip())
    settled, _made = ReportOverlap.objects.update_or_create(
        report=report,
        key=key,
        defaults={
            "answer": answer,
            "told": sorted(one.id for one in found.overlap.told),
            "text": words,
            "figure": figure if is_same else "",
            "less": less if is_same and figure else 0,
            "person_id": act.actor.person_id,
            "at": timezone.now(),
        },
    )
    act.changed(overlap=key, answer=answer, figure=settled.figure, less=settled.less)
    return settled


def _move(act: Act, report: Report, key: str, by: int, why: str) -> None:
    figure = report.figures.filter(key=key).first()
    if figure is None:
        return
    value = figure.shown + by
    if value < 0:
        raise Refused(
            _("Chỉ tiêu “%(label)s” đang là %(value)d nên không trừ được nhiều hơn thế.")
            % {"label": figure.label, "value": figure.shown}
        )
    reason = why if not figure.reason else f"{figure.reason} {why}".strip()
    edit_figure(act.actor, report, key, value=value, reason=reason[:LONGEST], seen=figure.shown)
