"""A report goes to the signature as an official document, comes back with comments, or leaves and is frozen; afterwards it
is asked about, accepted, or corrected by a new edition."""

from __future__ import annotations

import copy
import functools
from typing import Any, TypeVar

from django.db.models.base import ModelState
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nhipcau.core.acts import Act, Refused, act
from nhipcau.core.ids import public_id
from nhipcau.documents.actions.outgoing import draft_document, edit_document, receive, submit_document
from nhipcau.documents.actions.outgoing.sending import arrival_key
from nhipcau.documents.models import Outgoing
from nhipcau.documents.queries.papers import with_attached
from nhipcau.followup.queries.chasing import people_told

from .. import rules
from ..models import Report, ReportFigure, ReportOverlap, ReportRow, ReportStep, Sentence
from ..printing import official_of
from ..queries.changes import drafted_change
from ..queries.reading import printable
from ..typed import clean
from ._duties import reopen_duties, settle_duties

ABOUT = "reporting.report"  # the kind under which a report's document knows it
LONGEST = 4000
_STATE = Report.State
_KIND = ReportStep.Kind


class Outdated(Refused):
    """Somebody has written on the report since: nothing was changed. ``report``: as it is now."""

    def __init__(self, report: Report) -> None:
        super().__init__(_("Trong lúc bạn mở trang này, báo cáo vừa được người khác sửa. Bạn xem lại rồi làm tiếp."))
        self.report = report


@act("reporting.submit", may=rules.may_write)
def submit_report(act: Act, report: Report, *, version: int, what_changed: str = "") -> Outgoing:
    """Make the report's official document and put it before the heads. Until it comes back its words are closed.
    ``what_changed``: of a new edition, read by everyone who gets it; "" keeps what was said of it, or, where nothing was,
    says what its words and figures show.

    Raises ``Outdated`` where somebody wrote after ``version`` was shown, ``Refused`` where nothing was drafted yet, and
    what ``documents.submit`` raises."""
    if report.version != version:
        raise Outdated(report)
    if report.drafted_at is None and not report.sentences.exists():
        raise Refused(_("Báo cáo chưa có nội dung. Bạn hãy lập bản thảo từ sổ trước khi trình ký."))
    if report.replaces is not None:
        report.what_changed = _what_changed(report, what_changed)
    official = with_attached(official_of(printable(report), on=timezone.localdate()), report.organisation.name)
    addressees = [report.receiver] if report.receiver is not None else []
    outgoing, source = report.outgoing, (ABOUT, report.public_id)
    if outgoing is None or outgoing.state == Outgoing.State.DROPPED:
        outgoing = draft_document(
            act.actor, official, organisation=report.organisation, about=source, addressees=addressees
        )
    else:
        outgoing = edit_document(
            act.actor, outgoing, official, version=outgoing.version, addressees=addressees, source=source
        )
    _continue_edition(report, outgoing)
    outgoing = submit_document(act.actor, outgoing, source=source)
    _move(act, report, _KIND.SUBMITTED, state=_STATE.SIGNING, outgoing=outgoing)
    return outgoing


@act("reporting.take_back", may=rules.may_follow_document)
def document_came_back(act: Act, report: Report, *, comment: str = "") -> Report:
    """The document was returned or given up: the report is open again, its writers see why."""
    if report.state == _STATE.SIGNING:
        _move(act, report, _KIND.RETURNED, comment, state=_STATE.DRAFT)
    return report


@act("reporting.send", may=rules.may_follow_document)
def document_was_sent(act: Act, report: Report) -> Report:
    """The document has left: the report is frozen with it, and who receives it is told. A new edition takes the place of
    the one before it."""
    if report.was_sent or report.outgoing is None or report.outgoing.sent_at is None:
        return report
    _move(act, report, _KIND.SENT, report.outgoing.symbol, state=_STATE.SENT, sent_at=report.outgoing.sent_at)
    act.settle(_key_of(report))
    settle_duties(report)
    if report.replaces is not None:
        _move(act, report.replaces, _KIND.REPLACED, report.what_changed, state=_STATE.REPLACED)
    if report.receiver_id is not None:
        for row in report.outgoing.sent_to.filter(organisation=report.receiver_id):
            act.settle(arrival_key(row))  # the notice of the report says more than that of its document
        said = gettext_noop("%(who)s đã gửi báo cáo: %(name)s.")
        _tell(act, report, [report.receiver_id], "reporting.report_received", said)
    parties = [pk for pk in (report.organisation_id, report.receiver_id) if pk is not None]
    act.announce("reporting.report_sent", report, _address(report), organisations=parties)
    return report


@act("reporting.accept", may=rules.may_answer_for)
def accept_report(act: Act, report: Report) -> Report:
    """Who received the report takes it as it is."""
    _refuse_unsent(report)
    if report.state == _STATE.ACCEPTED:
        return report
    _receive_document(act, report)
    if report.state == _STATE.ASKED:
        settle_duties(report, again=str(report.version))
    _move(act, report, _KIND.ACCEPTED, state=_STATE.ACCEPTED, accepted_at=timezone.now())
    act.settle(f"{_key_of(report)}:asked")
    return report


@act("reporting.ask_changes", may=rules.may_answer_for)
def ask_for_changes(act: Act, report: Report, *, text: str) -> Report:
    """Ask for what is missing or wrong; its writers are told and answer by a new edition. Raises ``Refused`` without
    words."""
    _refuse_unsent(report)
    words = text.strip()[:LONGEST]
    if not words:
        raise Refused(_("Bạn hãy ghi cần bổ sung hoặc sửa điều gì."))
    if (
        report.state == _STATE.ASKED
        and report.steps.filter(kind=_KIND.ASKED).values_list("text", flat=True).last() == words
    ):
        return report
    _receive_document(act, report)
    _move(act, report, _KIND.ASKED, words, state=_STATE.ASKED, accepted_at=None)
    reopen_duties(report, words)
    said = gettext_noop("Báo cáo %(name)s được yêu cầu bổ sung: %(why)s")
    key = f"{_key_of(report)}:asked"
    _tell(act, report, [report.organisation_id], "reporting.changes_asked", said, about=key, why=words[:200])
    return report


@act("reporting.correct", may=rules.may_correct)
def correct_report(act: Act, report: Report, *, what_changed: str = "") -> Report:
    """Begin a new edition of a report that was sent: the same words, open again; ``what_changed`` is read by everyone who
    gets it, and can be said when it goes to the signature. A second call while that edition is under way gives it back."""
    words = clean(what_changed)[:LONGEST]
    there = Report.objects.filter(replaces=report).first()
    if there is not None:
        return there
    made = Report.objects.create(
        round=report.round,
        organisation=report.organisation,
        receiver=report.receiver,
        depth=report.depth,
        due_at=report.due_at,
        state=_STATE.DRAFT,
        edition=report.edition + 1,
        replaces=report,
        what_changed=words,
        drafted_at=report.drafted_at,
        merged=report.merged,
    )
    _copy(report, made)
    act.settle(f"{_key_of(report)}:asked")
    act.changed(edition=made.public_id, what_changed=words)
    return made


def _what_changed(report: Report, said: str) -> str:
    words = clean(said)[:LONGEST] or report.what_changed or drafted_change(report)
    if not words:
        raise Refused(_("Bản mới chưa khác bản đã gửi. Bạn sửa nội dung, hoặc ghi rõ bản mới thay đổi điều gì."))
    return words


def _key_of(report: Report) -> str:
    """The key of notices and needs about what waits on a report."""
    return f"reporting.report:{report.public_id}"


def _receive_document(act: Act, report: Report) -> None:
    """Who judges the report has opened its document."""
    if report.outgoing is not None:
        for row in report.outgoing.sent_to.filter(organisation=act.actor.organisation_id, opened_at=None):
            receive(act.actor, row)


def _continue_edition(report: Report, outgoing: Outgoing) -> None:
    """The document of a new edition replaces the document of the one before it."""
    before = report.replaces.outgoing if report.replaces is not None else None
    if before is not None and before.is_frozen and not Outgoing.objects.filter(replaces=before).exclude(pk=outgoing.pk):
        outgoing.replaces, outgoing.edition, outgoing.what_changed = before, before.edition + 1, report.what_changed
        outgoing.save(update_fields=["replaces", "edition", "what_changed"])


def _copy(old: Report, new: Report) -> None:
    """The rows, figures and sentences of a report, for its new edition."""
    rows = {row.pk: _again(row, new) for row in old.rows.all()}
    ReportRow.objects.bulk_create(rows.values())
    ReportFigure.objects.bulk_create(_again(figure, new) for figure in old.figures.all())
    sentences = []
    for sentence in old.sentences.all():
        copied = _again(sentence, new)
        copied.public_id = public_id()
        copied.row = rows.get(sentence.row_id or 0)
        sentences.append(copied)
    Sentence.objects.bulk_create(sentences)
    ReportOverlap.objects.bulk_create(_again(overlap, new) for overlap in old.overlaps.all())


Copied = TypeVar("Copied", ReportRow, ReportFigure, ReportOverlap, Sentence)


def _again(old: Copied, report: Report) -> Copied:
    made = copy.copy(old)
    made._state = ModelState()
    made.pk = None
    made.report = report
    return made


def _refuse_unsent(report: Report) -> None:
    if not report.was_sent or report.state == _STATE.REPLACED:
        raise Refused(_("Báo cáo này chưa gửi hoặc đã có bản mới. Bạn hãy tải lại trang."))


def _move(act: Act, report: Report, kind: ReportStep.Kind, text: str = "", **fields: Any) -> None:
    """Change the report, one version on, and add the step to its history."""
    for name, value in fields.items():
        setattr(report, name, value)
    report.version += 1
    report.save()
    ReportStep.objects.create(
        report=report,
        kind=kind,
        text=text,
        organisation_id=act.actor.organisation_id,
        person_id=act.actor.person_id,
    )
    act.changed(state=report.state, **({"text": text} if text else {}))


def _tell(
    act: Act, report: Report, organisation_ids: list[int], kind: str, said: str, *, about: str = "", **facts: str
) -> None:
    told = people_told(organisation_ids, timezone.localdate())
    people = {pk for some in told.values() for pk in some} - {act.actor.person_id or 0}
    given = {"who": report.organisation.name, "name": report.round.name} | facts
    act.tell(people, kind, functools.partial(_said, said, given), _address(report), about=about)


def _said(text: str, facts: dict[str, str]) -> str:
    return _(text) % facts


def _address(report: Report) -> str:
    return reverse("report", args=[report.public_id])
