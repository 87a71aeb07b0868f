"""What stands in a report is put there: rows, figures, sentences. Every function is called inside an act."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import F
from django.utils import timezone

from ..models import Report, ReportFigure, ReportRow, Sentence
from ..outlines import Outline, Part, outline_from_dict
from ..queries.reading import collects
from ..writing import sentences_of

_BATCH = 500
NOTHING = ":none"  # how the key of a drafted sentence ends that says that there is nothing to say in its part


def write_draft(report: Report, rows: Sequence[ReportRow], figures: Sequence[ReportFigure]) -> None:
    """Put these rows and figures, and the sentences that they give, in the place of what the software had written
    before."""
    keep_rows(report, rows)
    known = keep_figures(report, figures)
    outline = outline_from_dict(report.round.outline)
    as_of = min(report.round.last, timezone.localdate())
    written = [sentence for part in outline.all_parts() for sentence in sentences_of(part, rows, known, as_of=as_of)]
    lay_sentences(report, written)
    stand_as_draft(report)


def keep_rows(report: Report, rows: Sequence[ReportRow]) -> None:
    """Put these rows in the place of those taken before."""
    report.rows.all().delete()
    for row in rows:
        row.report = report
    ReportRow.objects.bulk_create(rows, batch_size=_BATCH)


def keep_figures(report: Report, figures: Sequence[ReportFigure]) -> dict[str, ReportFigure]:
    """The new figures by key, with what a person put in their place, and last time's values beside them."""
    edited = {one.key: one for one in report.figures.exclude(edited=None)}
    before = _before(report)
    for figure in figures:
        figure.report = report
        figure.before = before.get(figure.key)
        if (old := edited.get(figure.key)) is not None and old.edited != figure.value:
            figure.edited, figure.reason, figure.person_id = old.edited, old.reason, old.person_id
    report.figures.all().delete()
    ReportFigure.objects.bulk_create(figures)
    return {figure.key: figure for figure in figures}


def stand_as_draft(report: Report, merged: Sequence[Report] = ()) -> None:
    """The report has been drafted just now, of these reports where it is merged."""
    if report.state == Report.State.WAITING:
        report.state = Report.State.DRAFT
    report.drafted_at = timezone.now()
    report.merged = [one.pk for one in merged]
    report.version += 1
    report.save(update_fields=["state", "drafted_at", "merged", "version"])


def _before(report: Report) -> Mapping[str, int]:
    """What the same organisation stated in the round before."""
    if report.round.before_id is None:
        return {}
    figures = ReportFigure.objects.filter(
        report__round=report.round.before_id,
        report__organisation=report.organisation_id,
        report__state__in=(Report.State.SENT, Report.State.ACCEPTED),
    )
    return {one.key: one.shown for one in figures}


def lay_sentences(report: Report, written: Sequence[Sentence]) -> None:
    """Put these sentences in the place of those drafted before. A person's sentences stay behind the one that they
    followed; changed and left-out ones keep their words, and those that are no longer drafted stay as that person's own.
    """
    for one in written:
        if one.key == "words":  # what the outline says in every report leads to the round that asked for it
            one.refs = [["reporting.round", report.round.public_id]]
    old = list(report.sentences.all())
    _keep_changed(old, {(one.part, one.key) for one in written})
    by_key = {(one.part, one.key): one for one in old if one.key}
    own = _followers(old)
    laid: list[Sentence] = []
    for part in dict.fromkeys([*(one.part for one in written), *(one.part for one in old)]):
        laid.extend(own.pop((part, ""), []))
        for new in (one for one in written if one.part == part):
            laid.append(_with_what_stood(new, by_key.get((part, new.key))))
            laid.extend(own.pop((part, new.key), []))
        for key in [key for key in own if key[0] == part]:
            laid.extend(own.pop(key))  # what they followed is no longer said
    said = {one.part for one in laid if not one.key and not one.is_removed}
    for one in laid:
        if one.key.endswith(NOTHING) and one.part in said and (one.part, one.key) not in by_key and not one.is_edited:
            one.is_removed = True
    report.sentences.all().delete()
    for position, sentence in enumerate(laid, start=1):
        sentence.pk = None
        sentence._state.adding = True
        sentence.report = report
        sentence.position = position * 10
    Sentence.objects.bulk_create(laid, batch_size=_BATCH)


def say_no_nothing(report: Report, parts: Collection[str]) -> None:
    """Somebody says something in these parts: what was drafted there, that there is nothing, is left out."""
    drafted = report.sentences.filter(part__in=parts, key__endswith=NOTHING, text=F("drafted"))
    drafted.update(is_removed=True)


def _with_what_stood(new: Sentence, old: Sentence | None) -> Sentence:
    """A new sentence with what a person made of the one that said the same."""
    if old is None:
        return new
    new.public_id = old.public_id
    new.is_removed, new.person_id = old.is_removed, old.person_id
    if old.is_edited:
        new.text = old.text
        new.kind = Sentence.Kind.ANSWER if new.kind == Sentence.Kind.GAP else new.kind
    return new


def _keep_changed(old: Collection[Sentence], written: Collection[tuple[str, str]]) -> None:
    for sentence in old:
        if sentence.is_edited and not sentence.is_removed and (sentence.part, sentence.key) not in written:
            sentence.key, sentence.drafted = "", ""
            if sentence.kind == Sentence.Kind.ANSWER:
                sentence.kind = Sentence.Kind.SENTENCE


def _followers(old: Collection[Sentence]) -> dict[tuple[str, str], list[Sentence]]:
    """The sentences that people added, by the part and the key of the drafted one that they follow ("": none)."""
    found: dict[tuple[str, str], list[Sentence]] = {}
    last: dict[str, str] = {}
    for sentence in old:
        if sentence.key:
            last[sentence.part] = sentence.key
        else:
            sentence.row = None  # rows are made anew
            found.setdefault((sentence.part, last.get(sentence.part, "")), []).append(sentence)
    return found


def follow_figures(report: Report) -> None:
    """Every sentence that states figures, and that nobody changed, states them as they are now."""
    known = {one.key: one for one in report.figures.all()}
    for part in outline_of(report).all_parts():
        if part.figures:
            follow_part(report, part, known)


def follow_part(report: Report, part: Part, figures: dict[str, ReportFigure]) -> None:
    """The sentences of a part that say its figures say them as they are now; what a person wrote stays."""
    as_of = min(report.round.last, timezone.localdate())
    said = sentences_of(part, (), figures, as_of=as_of, is_merged=collects(report))
    new = {one.key: one for one in said if one.key.startswith("figures:")}
    standing = list(report.sentences.filter(part=part.key))
    last = None
    for old in standing:
        if not old.key.startswith("figures:"):
            continue
        last = old
        made = new.pop(old.key, None)
        was_edited = old.is_edited
        if made is None:
            if not was_edited:
                old.delete()
            continue
        old.drafted, old.figures = made.text, made.figures
        old.text = old.text if was_edited else made.text
        old.save(update_fields=["drafted", "figures", "text"])
    for made in new.values():  # what was not to be said before
        place = last.position if last is not None else end_of_part_before(report, part.key)
        report.sentences.filter(position__gt=place).update(position=F("position") + 1)
        made.report, made.position = report, place + 1
        made.save()


def end_of_part_before(report: Report, part: str) -> int:
    """The position of the last sentence that stands before a part that has none."""
    keys = [one.key for one in outline_of(report).all_parts()]
    earlier = report.sentences.filter(part__in=keys[: keys.index(part)])
    last = earlier.order_by("-position").first()
    return last.position if last is not None else 0


def outline_of(report: Report) -> Outline:
    """The outline of the round, as it was when the round was opened."""
    return outline_from_dict(report.round.outline)
