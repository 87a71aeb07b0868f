"""A report as its page shows it: the parts as they are printed, each sentence with what people made of it and with its
evidence a door away, figures beside those of the round before, charts, what comes next, what has happened."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.utils.safestring import SafeString, mark_safe

from nhipcau.core.actors import Actor
from nhipcau.core.models import User
from vanban.official.numbers import letter, roman

from .. import rules
from ..charts import Chart, drawn
from ..contradictions import Contradiction, contradictions, numbers_moved
from ..models import Report, ReportFigure, ReportOverlap, ReportRow, ReportStep, Sentence
from ..outlines import Outline, Part, outline_from_dict
from ..printing import closing_of, filled, names_of, opening_of
from ..saying import number
from .reading import awaited_by, come_since, received_by, rows_behind
from .seen import visible_reports

_STATE = Report.State
_ASKED = ReportStep.Kind.ASKED
SHOWN = 12  # reports of lower organisations named on the page, of each kind
STATES = {
    _STATE.WAITING: "none", _STATE.DRAFT: "going", _STATE.SIGNING: "need", _STATE.SENT: "done", _STATE.ASKED: "late",
    _STATE.ACCEPTED: "done", _STATE.REPLACED: "none",
}  # fmt: skip


@dataclasses.dataclass(slots=True)
class Line:
    """One sentence on the page. ``number``: of a heading; ``doors``: how many things stand behind it; ``differs``: figures
    that the report states otherwise than the register, or that its edited words state no longer; ``moved``: numbers of the
    register in whose place its edited words say others."""

    sentence: Sentence
    number: str = ""
    who: str = ""
    doors: int = 0
    differs: list[ReportFigure] = dataclasses.field(default_factory=list)
    moved: str = ""


@dataclasses.dataclass(slots=True)
class FigureLine:
    """One figure in a table: the figure, and how far it moved against the round before (None: nothing to compare)."""

    figure: ReportFigure
    moved: int | None


@dataclasses.dataclass(slots=True)
class DrawnChart:
    """A chart on the page: its two drawings as markup made here, and the table behind it."""

    chart: Chart
    picture: SafeString


@dataclasses.dataclass(slots=True)
class Section:
    """One part of the report: its number and title as printed, how deep it stands, what it says."""

    part: Part
    number: str
    depth: int
    lines: list[Line]
    figures: list[FigureLine]
    has_before: bool
    charts: list[DrawnChart]

    @property
    def can_add(self) -> bool:
        """Whether words can be added here; a part that only holds other parts says nothing itself."""
        return not self.part.parts or bool(self.lines)


@dataclasses.dataclass(slots=True)
class Page:
    """All that the page of a report shows."""

    report: Report
    outline: Outline
    opening: str
    closing: str
    subject: str
    sections: list[Section]
    steps: list[ReportStep]
    names: Mapping[int | None, str]
    received: list[Report]
    awaited: list[Report]
    gaps: list[str]  # public ids of what nobody has said
    returned: ReportStep | None  # by the heads, and open since
    asked: ReportStep | None  # by the receiver, and not answered
    late: list[Report] = dataclasses.field(default_factory=list)  # of ``received``: sent after the last merging
    contradictions: list[Contradiction] = dataclasses.field(default_factory=list)  # of its figures

    @property
    def first_gap(self) -> str:
        return self.gaps[0] if self.gaps else ""

    @property
    def all_below(self) -> int:
        return len(self.received) + len(self.awaited)

    @property
    def hidden_below(self) -> int:
        return max(0, len(self.received) - SHOWN) + max(0, len(self.awaited) - SHOWN)

    @property
    def history(self) -> list[tuple[ReportStep, str]]:
        return [(step, self.names.get(step.person_id, "")) for step in reversed(self.steps)]


def visible_report(actor: Actor, public_id: str) -> Report | None:
    """One report with what its page needs, or None where it does not exist for this actor."""
    rows = visible_reports(actor).select_related(
        "round__plan__organisation", "round__plan__document", "round__regime", "round__organisation",
        "organisation__parent", "receiver", "outgoing", "replaces",
    )  # fmt: skip
    return rows.defer("outgoing__content", "round__plan__outline").filter(public_id=public_id).first()


def page_of(report: Report) -> Page:
    """The page of a report that was read by ``visible_report``. Ten queries and fewer."""
    outline = outline_from_dict(report.round.outline)
    sentences = list(report.sentences.select_related("organisation"))
    figures = list(report.figures.all())
    steps = list(report.steps.select_related("organisation"))
    people = {*(one.person_id for one in sentences), *(step.person_id for step in steps)}
    names = _names(people)
    received, awaited = received_by(report), awaited_by(report)
    has_charts = any(part.charts for part in outline.all_parts())
    rows = rows_behind(report) if has_charts and report.drafted_at is not None else []
    sections = sections_of(outline, sentences, figures, rows, names)
    words = names_of(report)
    last = next((step for step in reversed(steps) if step.kind != ReportStep.Kind.CHASED), None)
    return Page(
        report=report,
        outline=outline,
        opening=opening_of(outline, report),
        closing=closing_of(outline, report),
        subject=filled(outline.subject, words),
        sections=sections,
        steps=steps,
        names=names,
        received=received,
        awaited=awaited,
        gaps=[one.public_id for one in sentences if is_gap(one)],
        returned=last if last is not None and last.kind == ReportStep.Kind.RETURNED else None,
        asked=next((step for step in reversed(steps) if step.kind == _ASKED), None)
        if report.state == _STATE.ASKED
        else None,
        late=come_since(report) if received else [],
        contradictions=contradictions_of(report, figures, sentences, is_merged=bool(received or awaited)),
    )


def contradictions_of(
    report: Report, figures: Sequence[ReportFigure], sentences: Sequence[Sentence] = (), *, is_merged: bool
) -> list[Contradiction]:
    """What does not go together in the figures and sentences of a report. One query for a merged one."""
    less: dict[str, int] = defaultdict(int)
    if is_merged:
        for key, by in report.overlaps.filter(answer=ReportOverlap.Answer.SAME).values_list("figure", "less"):
            less[key] += by
    return contradictions(figures, sentences, is_merged=is_merged, less=less)


def is_gap(sentence: Sentence) -> bool:
    """Whether nobody has said yet what stands here, and it is to be printed so."""
    return sentence.kind == Sentence.Kind.GAP and not sentence.is_removed


# --- parts ---------------------------------------------------------------------------------------------------------------


def sections_of(
    outline: Outline,
    sentences: Iterable[Sentence],
    figures: Sequence[ReportFigure],
    rows: Sequence[ReportRow],
    names: Mapping[int | None, str],
) -> list[Section]:
    """The parts of the outline in the order of the paper, numbered as it is."""
    said: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        said.setdefault(sentence.part, []).append(sentence)
    found: list[Section] = []
    for place, part in enumerate(outline.parts, start=1):
        _add(found, part, 0, place, said, figures, rows, names)
    return found


def _add(
    found: list[Section],
    part: Part,
    depth: int,
    place: int,
    said: Mapping[str, list[Sentence]],
    figures: Sequence[ReportFigure],
    rows: Sequence[ReportRow],
    names: Mapping[int | None, str],
) -> None:
    lines: list[Line] = []
    headings = 0
    for sentence in said.get(part.key, ()):
        line = line_of(sentence, figures, names)
        if sentence.kind == Sentence.Kind.HEADING and not sentence.is_removed:
            headings += 1
            line.number = mark_of(headings, depth + 1)
        lines.append(line)
    shown = [one for one in figures if part.kind == "figures" and one.key in part.figures]
    made = [drawn(key, rows, figures) for key in part.charts] if rows else []
    found.append(
        Section(
            part=part,
            number=mark_of(place, depth),
            depth=depth,
            lines=lines,
            figures=[FigureLine(one, None if one.before is None else one.shown - one.before) for one in shown],
            has_before=any(one.before is not None for one in shown),
            charts=[DrawnChart(one, mark_safe(one.broad + one.narrow)) for one in made if one],  # noqa: S308 escaped where made
        )
    )
    for number_below, below in enumerate(part.parts, start=headings + 1):
        _add(found, below, depth + 1, number_below, said, figures, rows, names)


def mark_of(place: int, depth: int) -> str:
    """The number of a part or a heading at this depth, as it is printed."""
    return (f"{roman(place)}.", f"{place}.", f"{letter(place)})")[depth] if depth < 3 else "-"


def line_of(sentence: Sentence, figures: Iterable[ReportFigure], names: Mapping[int | None, str]) -> Line:
    """A sentence as the page shows it."""
    of_it = [one for one in figures if one.key in sentence.figures]
    touched = sentence.is_edited or not sentence.drafted
    differs = [one for one in of_it if one.edited is not None or _says_no_longer(sentence, one)]
    return Line(
        sentence=sentence,
        who=names.get(sentence.person_id, "") if touched or sentence.is_removed else "",
        doors=len(sentence.refs) + len(of_it),
        differs=differs,
        moved="" if differs else numbers_moved(sentence)[0],
    )


def lines_of(report: Report, sentences: Sequence[Sentence]) -> list[Line]:
    """Some sentences of a report as its page shows them. Two queries."""
    figures = list(report.figures.all())
    names = _names({one.person_id for one in sentences})
    return [line_of(one, figures, names) for one in sentences]


def _says_no_longer(sentence: Sentence, figure: ReportFigure) -> bool:
    """Whether the drafted words stated the figure and the words of a person do not."""
    if not sentence.is_edited or sentence.kind == Sentence.Kind.ANSWER:
        return False
    stated = re.compile(rf"(?<![\d.,]){re.escape(number(figure.shown))}(?![\d%]|[.,]\d)")
    return stated.search(sentence.drafted) is not None and stated.search(sentence.text) is None


# --- what comes next, until when -------------------------------------------------------------------------------------------


def next_step(actor: Actor, page: Page) -> str:
    """The one thing that the actor should do with the report now; "" where it is not theirs."""
    report = page.report
    if rules.writes(actor, report) and (report.was_sent or not rules.is_past(report)):
        if report.state == _STATE.WAITING:
            return "merge" if page.received else "wait" if page.all_below else "draft"
        if report.state == _STATE.DRAFT:
            return "merge" if page.late and report.drafted_at is not None else "submit"
        if report.state == _STATE.SIGNING:
            return "document"
        if report.state == _STATE.ASKED:
            return "correct" if not has_new_edition(report) else "new_edition"
    if rules.may_answer_for(actor, report) and report.state == _STATE.SENT:
        return "judge"
    return ""


def has_new_edition(report: Report) -> bool:
    """Whether a later edition of it is under way or was sent."""
    return getattr(report, "replaced_by", None) is not None


def _names(people: Iterable[int | None]) -> dict[int | None, str]:
    ids = {pk for pk in people if pk}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
