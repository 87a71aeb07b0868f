"""A report as an official document: its sentences under the headings of the outline, figures as a table, charts, the
register as an annex. What stands in a report is what is printed, gaps included.

Reports are Vietnamese documents: nothing here is translated.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from nhipcau.documents.queries.letterhead import letterhead
from nhipcau.organisations.models import Organisation
from nhipcau.plans.models import NO_DATE, TaskAgency, TimeKind
from nhipcau.plans.queries.citing import full_name, short_name
from vanban.official import (
    Annex,
    Block,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    TableCell,
    plain,
)
from vanban.official.outline import Section, numbered

from .charts import drawn
from .models import Report, ReportFigure, ReportRow, Round, Sentence
from .outlines import Outline, Part, outline_from_dict
from .saying import day, ended, number
from .writing import status

GAP = "Chưa có thông tin"
_TIMES = {
    TimeKind.CONTINUOUS: "Thường xuyên", TimeKind.DAILY: "Hằng ngày", TimeKind.WEEKLY: "Hằng tuần",
    TimeKind.MONTHLY: "Hằng tháng", TimeKind.QUARTERLY: "Hằng quý", TimeKind.YEARLY: "Hằng năm",
}  # fmt: skip
_ROLES = {TaskAgency.Role.LEAD: "Chủ trì", TaskAgency.Role.COORDINATING: "Phối hợp"}


@dataclasses.dataclass(frozen=True, slots=True)
class Printable:
    """What is printed of a report, read once: its sentences (left-out ones not among them), figures, and the rows of its
    annex (those of the reports merged into it too), each with its organisation and its task."""

    report: Report
    sentences: Sequence[Sentence]
    figures: Sequence[ReportFigure]
    rows: Sequence[ReportRow]


def official_of(given: Printable, *, on: dt.date) -> OfficialDocument:
    """The report as an official document of its organisation, dated by the register of numbers later."""
    report = given.report
    outline = outline_from_dict(report.round.outline)
    names = names_of(report)
    head = letterhead(report.organisation, on)
    receiver = names["receiver"]
    annexes: tuple[Annex, ...] = ()
    if outline.with_register and given.rows:
        annexes = (register_annex(given, as_of=min(report.round.last, on)),)
    return OfficialDocument(
        type="Báo cáo",
        issuer=head.issuer,
        parent=head.parent,
        subject=filled(outline.subject, names),
        code=head.code("Báo cáo"),
        place=head.place,
        addressees=(receiver,) if receiver else (),
        body=_body(outline, given),
        recipients=tuple(filled(one, names) for one in outline.recipients),
        archive=", ".join(part for part in (outline.archive, head.unit) if part),
        signature=Signature(((head.authority,) if head.authority else ()) + head.post, head.signer),
        annexes=annexes,
    )


# --- words ------------------------------------------------------------------------------------------------------------


def names_of(report: Report) -> dict[str, str]:
    """What the {names} of an outline stand for in this report."""
    round_ = report.round
    return {
        "plan": _plan(round_),
        "period": period_words(round_),
        "year": str(round_.last.year),
        "organisation": report.organisation.name,
        "receiver": report.receiver.name if report.receiver is not None else _above(report.organisation),
        "first": day(round_.first),
        "last": day(round_.last),
        "day": day(round_.last),
    }


def opening_of(outline: Outline, report: Report) -> str:
    """The sentence before the parts. The plan is cited in full where it is named first, afterwards by type and number
    (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II, khoản 6.b)."""
    plan = report.round.plan
    names = names_of(report)
    return filled(outline.opening, names | {"plan": full_name(plan)} if plan is not None and plan.symbol else names)


def closing_of(outline: Outline, report: Report) -> str:
    """The sentence behind the parts; "" where the outline has none."""
    plan = report.round.plan
    names = names_of(report)
    return filled(outline.closing, names | {"plan": short_name(plan)} if plan is not None and plan.symbol else names)


def filled(text: str, names: Mapping[str, str]) -> str:
    """The text with its {names} filled; what is no name stays as it is. What stands in the values is never filled."""
    pieces = text.split("{")
    made = pieces[0]
    for piece in pieces[1:]:
        name, bracket, rest = piece.partition("}")
        made += names[name] + rest if bracket and name in names else "{" + piece
    return " ".join(made.split())


def period_words(round_: Round) -> str:
    """The days of a round as people say them: "năm 2026", "quý IV năm 2026", "tháng 11 năm 2026"; else from … to …"""
    year, _dash, rest = round_.period.partition("-")
    if not rest:
        return f"năm {year}"
    if rest.startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(rest[1:]) - 1]} năm {year}"
    if rest.startswith("H"):
        return f"{'sáu tháng đầu' if rest == 'H1' else 'sáu tháng cuối'} năm {year}"
    if len(rest) == 2:
        return f"tháng {int(rest)} năm {year}"
    return f"từ ngày {day(round_.first)} đến ngày {day(round_.last)}"


def _plan(round_: Round) -> str:
    plan = round_.plan
    if plan is None:
        return "các kế hoạch truyền thông chính sách"
    if not plan.symbol:
        return f"Kế hoạch {plan.title[:1].lower()}{plan.title[1:]}"
    dated = f" ngày {day(plan.date)}" if plan.date else ""
    return f"Kế hoạch số {plan.symbol}{dated} của {plan.organisation.name}"


def _above(organisation: Organisation) -> str:
    return organisation.parent.name if organisation.parent is not None else ""


# --- body -------------------------------------------------------------------------------------------------------------


def _body(outline: Outline, given: Printable) -> tuple[Block, ...]:
    said: dict[str, list[Sentence]] = {}
    for sentence in given.sentences:
        said.setdefault(sentence.part, []).append(sentence)
    parts: list[Section | Block | str] = [opening_of(outline, given.report)]
    parts.extend(_section(part, said, given) for part in outline.parts)
    if outline.closing:
        parts.append(closing_of(outline, given.report))
    return numbered(*parts)


def _section(part: Part, said: Mapping[str, list[Sentence]], given: Printable) -> Section:
    inside: list[Section | Block | str] = []
    under: list[Section | Block | str] = inside
    for sentence in said.get(part.key, []):
        if sentence.kind == Sentence.Kind.HEADING:
            under = []
            inside.append(Section(sentence.text, under))
        else:
            under.append(_paragraph(sentence))
    if part.kind == "figures":
        inside.extend(_figure_table(given.figures, part))
    inside.extend(_charts(part, given))
    inside.extend(_section(below, said, given) for below in part.parts)
    if not inside:
        inside.append(Paragraph((Run(f"({GAP}.)", italic=True),)))
    return Section(part.title, inside)


def _paragraph(sentence: Sentence) -> Paragraph:
    if sentence.kind == Sentence.Kind.GAP:
        said = ended(sentence.text, "")
        asked = sentence.key.startswith("question:")  # every other gap says itself that nobody has told
        return Paragraph((Run(f"({GAP}: {said})" if asked else f"({said}.)", italic=True),), mark=sentence.mark)
    return Paragraph(plain(" ".join(sentence.text.split())), mark=sentence.mark)


def _figure_table(figures: Iterable[ReportFigure], part: Part) -> list[Block]:
    """The figures of a part beside those of the round before, where there was one."""
    shown = [one for one in figures if one.key in part.figures]
    if not shown:
        return []
    has_before = any(one.before is not None for one in shown)
    heads = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này"] + (["Kỳ trước", "Tăng, giảm"] if has_before else [])
    rows = [tuple(_cell(text, "center") for text in heads)]
    for position, one in enumerate(shown, start=1):
        cells = [_cell(str(position), "center"), _cell(one.label), _cell(one.unit, "center"), _number(one.shown)]
        if has_before:
            moved = None if one.before is None else one.shown - one.before
            cells += [_number(one.before), _number(moved, signed=True)]
        rows.append(tuple(cells))
    widths = (0.07, 0.42, 0.15, 0.12, 0.12, 0.12) if has_before else (0.08, 0.56, 0.18, 0.18)
    return [Table(tuple(rows), widths)]


def _charts(part: Part, given: Printable) -> list[Block]:
    found: list[Block] = []
    for key in part.charts:
        chart = drawn(key, given.rows, given.figures)
        if chart is not None:
            found.append(Picture(alt=chart.words, svg=chart.svg, height=chart.height))
            found.append(Paragraph((Run(chart.title, italic=True),), align="center"))
    return found


# --- annex ------------------------------------------------------------------------------------------------------------


def register_annex(given: Printable, *, as_of: dt.date) -> Annex:
    """The tasks one by one, by organisation where there are several."""
    several = len({row.organisation_id for row in given.rows}) > 1
    heads = ("TT", "Nhiệm vụ", "Vai trò", "Thời hạn", "Tình hình thực hiện", "Minh chứng")
    rows = [tuple(_cell(text, "center") for text in heads)]
    last: int | None = None
    count = 0
    for row in given.rows:
        if several and row.organisation_id != last:
            last, count = row.organisation_id, 0
            name = (Run(row.organisation.name, bold=True),)
            rows.append((TableCell((name,), columns=len(heads)),))
        count += 1
        rows.append(_register_row(count, row, as_of))
    return Annex(
        title="TÌNH HÌNH THỰC HIỆN TỪNG NHIỆM VỤ",
        attached="",
        body=(Table(tuple(rows), (0.05, 0.36, 0.09, 0.11, 0.28, 0.11)),),
        landscape=True,
    )


def _register_row(count: int, row: ReportRow, as_of: dt.date) -> tuple[TableCell, ...]:
    told = "Chưa có thông tin trong kỳ." if row.is_silent else f"{_capital(status(row, as_of))}."
    if row.word and not row.is_silent:
        told += f" {_capital(ended(row.word))}"
    proofs = f"{number(len(row.evidence))} minh chứng" if row.evidence else "Chưa có"
    return (
        _cell(str(count), "center"),
        _cell(ended(row.task.text, "")),
        _cell(_ROLES.get(TaskAgency.Role(row.role), ""), "center"),
        _cell(
            day(row.due) if row.due != NO_DATE else _TIMES.get(TimeKind(row.task.time_kind), "Không quy định"), "center"
        ),
        _cell(told),
        _cell(proofs, "center"),
    )


def _cell(text: str, align: str = "left") -> TableCell:
    words = " ".join(text.split())
    return TableCell((plain(words),) if words else (), align="center" if align == "center" else "left")


def _number(value: int | None, *, signed: bool = False) -> TableCell:
    if value is None:
        return TableCell(align="right")
    text = f"{abs(value):,}".replace(",", ".")
    sign = ("+" if value > 0 else "-" if value < 0 else "") if signed else ("-" if value < 0 else "")
    return TableCell((plain(f"{sign}{text}"),), align="right")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
