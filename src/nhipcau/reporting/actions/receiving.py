"""A unit's report comes from its own software: its figures and sentences land in the draft, once for each key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from nhipcau.core.acts import Act, Refused, act

from .. import rules
from ..figures import known_figures, wanted_of
from ..models import Report, ReportDelivery, ReportFigure, ReportStep, Sentence
from ..outlines import outline_from_dict
from ..queries.reading import collects
from ..typed import clean, sentence
from ._laying import follow_figures, say_no_nothing
from ._received import Content, was_received
from .drafting import draft_report
from .editing import LONGEST, MOST
from .merging import merge_reports

MOST_SENTENCES = 2000
_KEPT = ("sentence", "answer")  # headings and gaps are the draft's own


class WrongContent(Refused):
    """What was sent does not fit the round; ``where`` names the place in it."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where


@act("reporting.receive", may=rules.may_write)
def receive_report(act: Act, report: Report, *, key: str, content: Content) -> bool:
    """Put what another system sent into the draft of its organisation's report.

    The draft is made from the register first, where nobody made it yet. A figure that differs from the register's is kept
    beside it, as one changed by hand is; sentences stand at the end of their parts. What the same system sent before is
    replaced, what people wrote or changed stays. Returns False where this was received before under this key: nothing
    changes then. Raises ``WrongContent``, and ``KeyUsed`` for a key that came with other content.
    """
    if was_received(report, key, content):
        return False
    _check(report, content)
    if report.drafted_at is None:
        (merge_reports if collects(report) else draft_report)(act.actor, report)
        report.refresh_from_db()
    figures = _put_figures(report, content.figures)
    sentences = _put_sentences(report, content.sentences)
    follow_figures(report)
    ReportDelivery.objects.create(report=report, key=key, digest=content.digest)
    report.version += 1
    report.save(update_fields=["version"])
    ReportStep.objects.create(
        report=report,
        kind=ReportStep.Kind.RECEIVED,
        organisation_id=act.actor.organisation_id,
        person_id=act.actor.person_id,
    )
    act.changed(key=key, figures=figures, sentences=sentences, version=report.version)
    return True


def _check(report: Report, content: Content) -> None:
    parts = {part.key for part in outline_from_dict(report.round.outline).all_parts()}
    known = wanted_of(report.round) or set(known_figures())
    known |= set(report.figures.values_list("key", flat=True))
    for key, (value, _reason) in content.figures.items():
        if key not in known:
            raise WrongContent(
                f"figures.{key[:60]}", _("kỳ này không lấy số liệu này; xem các khóa ở bản thảo của báo cáo")
            )
        if not 0 <= value <= MOST:
            raise WrongContent(f"figures.{key}", _("số liệu phải từ 0 trở lên và không quá lớn"))
    if len(content.sentences) > MOST_SENTENCES:
        raise WrongContent("parts", _("nhiều nhất %(n)s câu") % {"n": MOST_SENTENCES})
    for part, _kind, text in content.sentences:
        if part not in parts:
            said = _("đề cương không có phần này; có: %(parts)s") % {"parts": ", ".join(sorted(parts))}
            raise WrongContent(f"parts.{part[:40]}", said)
        if len(text) > LONGEST:
            raise WrongContent(f"parts.{part}", _("một câu dài nhất %(n)s ký tự") % {"n": LONGEST})


def _put_figures(report: Report, given: Mapping[str, tuple[int, str]]) -> int:
    """State these values; one that a person changed stays. Returns how many differ from the register."""
    standing = {one.key: one for one in report.figures.all()}
    labels, changed = known_figures(), 0
    for key, (value, reason) in given.items():
        figure = standing.get(key)
        if figure is None:
            figure = ReportFigure(
                report=report, key=key, label=labels.get(key, key)[:250], value=0, position=len(standing) + 1
            )
            standing[key] = figure
        if figure.person_id is not None:
            continue
        differs = value != figure.value
        figure.edited = value if differs else None
        figure.reason = (clean(reason)[:500] or "Số liệu từ phần mềm của đơn vị") if differs else ""
        figure.save()
        changed += differs
    return changed


def _put_sentences(report: Report, given: Sequence[tuple[str, str, str]]) -> int:
    """Put these sentences at the end of their parts, in the place of those that were received before. What stands there
    already is not said twice. Returns how many were put."""
    report.sentences.filter(key="", person_id=None).delete()
    standing = list(report.sentences.all())
    said = {(one.part, one.text) for one in standing}
    by_part: dict[str, list[Sentence]] = {}
    for part, kind, text in given:
        words = sentence(text)
        if words and kind in _KEPT and (part, words) not in said:
            said.add((part, words))
            by_part.setdefault(part, []).append(Sentence(report=report, part=part, text=words))
    laid: list[Sentence] = []
    for key in [part.key for part in outline_from_dict(report.round.outline).all_parts()]:
        own = [one for one in standing if one.part == key]
        mark = own[-1].mark if own else ""
        for one in by_part.get(key, []):
            one.mark = "-" if mark in ("-", "+") else ""
        laid += [*own, *by_part.get(key, [])]
    laid += [one for one in standing if one not in laid]
    for position, one in enumerate(laid, start=1):
        one.position = position * 10
    Sentence.objects.bulk_update([one for one in laid if one.pk is not None], ("position",), batch_size=500)
    made = [one for one in laid if one.pk is None]
    Sentence.objects.bulk_create(made, batch_size=500)
    say_no_nothing(report, list(by_part))
    return len(made)
