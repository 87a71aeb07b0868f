"""Who takes part in a round changes while it runs: units are added, end and are followed by others, move in the tree."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.timekeeping import work_calendar
from nhipcau.organisations.models import Organisation

from .. import rules
from ..models import Report, ReportStep, Round
from ..queries.rounds import handed_to
from ..tree import dues
from ._asking import places_of, tell_writers

_STATE = Report.State
_UNDER_WAY = (_STATE.WAITING, _STATE.DRAFT)


@act("reporting.add_units", may=rules.may_run)
def add_units(act: Act, round_: Round, unit_ids: Collection[int]) -> int:
    """Ask more organisations; who already reports keeps its report and gets its place by the tree of today while it has not
    gone to the signature. Returns how many were added."""
    old = _running(round_)
    new = [Report(round=round_, organisation_id=pk) for pk in dict.fromkeys(unit_ids) if pk not in old]
    _place(round_, [*old.values(), *new])
    Report.objects.bulk_create(new)
    act.changed(added=len(new))
    tell_writers(act, round_, new)
    return len(new)


@act("reporting.hand_over", may=rules.may_run)
def hand_over_report(act: Act, round_: Round, report: Report, successor: Organisation, *, reason: str) -> Report:
    """An organisation has ended: its successor writes its report, with what stands in it already, and is reported to in its
    place. Where the successor has a report of its own in the round, that one is for both. Raises ``Refused`` without a
    reason, for a report that has gone to the signature, and for one with words of people that nobody would take over."""
    words = reason.strip()[:500]
    if not words:
        raise Refused(_("Bạn hãy ghi lý do, ví dụ số nghị quyết sắp xếp."))
    _refuse_sent(report)
    before = report.organisation
    there = _running(round_).get(successor.pk)
    if there is None:
        report.organisation = successor
        report.version += 1
        report.save(update_fields=["organisation", "version"])
        there = report
    else:
        _take_away(act, report)
    for below in round_.reports.filter(receiver=before):  # also what was sent: it is merged by the successor
        below.receiver_id = successor.pk
        below.save(update_fields=["receiver"])
    _step(act, there, f"{before.name}: {words}")
    _place(round_, list(_running(round_).values()))
    there.refresh_from_db()
    act.changed(report=there.public_id, before=before.public_id, successor=successor.public_id, reason=words)
    act.settle(f"reporting.report:{report.public_id}")
    tell_writers(act, round_, [there])
    return there


@act("reporting.release_unit", may=rules.may_run)
def release_unit(act: Act, round_: Round, report: Report, *, reason: str) -> None:
    """A unit that nobody has written for needs not report in this round. Raises ``Refused`` as ``hand_over_report`` does, and
    where others report to it."""
    words = reason.strip()[:500]
    if not words:
        raise Refused(_("Bạn hãy ghi lý do, ví dụ số nghị quyết sắp xếp."))
    _refuse_sent(report)
    if report.receiver_id is None:
        raise Refused(_("Cơ quan tổng hợp luôn có báo cáo trong kỳ."))
    if round_.reports.filter(receiver=report.organisation_id, sent_at__isnull=False).exists():
        raise Refused(_("Đã có đơn vị gửi báo cáo về cơ quan này. Bạn hãy chuyển cho cơ quan kế thừa."))
    act.changed(unit=report.organisation.public_id, reason=words)
    act.settle(f"reporting.report:{report.public_id}")
    _take_away(act, report)
    _place(round_, list(_running(round_).values()))


def _running(round_: Round) -> dict[int, Report]:
    """The reports of a round by organisation, each in its newest edition."""
    rows = round_.reports.exclude(state=_STATE.REPLACED).select_related("organisation").order_by("edition", "pk")
    return {report.organisation_id: report for report in rows}


def _place(round_: Round, reports: Collection[Report]) -> None:
    """Those that have not gone to the signature report to whom the tree of today says, and have the time of that level; who
    was given to a successor stays with it."""
    by_unit = {report.organisation_id: report for report in reports}
    laid = places_of(round_.organisation, list(by_unit))
    levels = dues(round_.due_at, [place.depth for place in laid], round_.days_between, work_calendar())
    kept = handed_to(round_)
    for place in laid:
        report = by_unit.get(place.organisation_id)
        if report is None or report.receiver_id in kept:
            continue
        if report.state in _UNDER_WAY and report.replaces_id is None:
            report.receiver_id, report.depth, report.due_at = place.receiver_id, place.depth, levels[place.depth]
    Report.objects.bulk_update([one for one in reports if one.pk is not None], ("receiver", "depth", "due_at"))


def _refuse_sent(report: Report) -> None:
    if report.state not in _UNDER_WAY or report.edition > 1:
        raise Refused(_("Báo cáo này đang trình ký hoặc đã gửi nên không chuyển được."))


def _take_away(act: Act, report: Report) -> None:
    if any(one.is_edited or not one.drafted for one in report.sentences.all()):
        said = _(
            "Báo cáo của %(name)s đã có lời do người viết, mà không ai viết tiếp. Bạn hãy để đơn vị gửi, hoặc đóng kỳ."
        )
        raise Refused(said % {"name": report.organisation.name})
    act.changed(removed=report.public_id)
    report.delete()


def _step(act: Act, report: Report, text: str) -> None:
    ReportStep.objects.create(
        report=report,
        kind=ReportStep.Kind.HANDED,
        text=text,
        organisation_id=act.actor.organisation_id,
        person_id=act.actor.person_id,
    )
