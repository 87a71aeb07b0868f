"""The rows of the board and of the lists behind it.

Made here and not by templates: two hundred rows of twelve cells took most of the page's time. Whatever is not markup passes
through ``escape``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.templatetags.ui import symbols

from ..queries.board import AgencyFigures, BoardFilter
from ..queries.listed import BoardRow
from ..views.board import state_words
from ..year import Mark, Year

register = template.Library()
_WIDE = 110


@register.simple_tag
def agency_rows(rows: Iterable[AgencyFigures], wanted: BoardFilter, may_chase: bool) -> SafeString:
    """The rows of the board's table; ``may_chase``: each can be ticked."""
    writer = _Writer(wanted, may_chase)
    return SafeString("".join(map(writer.row, rows)))


@register.simple_tag
def assignment_rows(rows: Iterable[BoardRow], may_tick: bool) -> SafeString:
    """The rows of the list behind a figure; ``may_tick``: each can be ticked."""
    pick = _("Chọn")
    return SafeString("".join(_assignment(row, may_tick, pick) for row in rows))


@register.simple_tag
def year_marks(strip: Year) -> SafeString:
    """The signs of the due days of a strip."""
    return SafeString("".join(map(_mark, strip.marks)))


@register.simple_tag
def due_words(marks: Iterable[Mark]) -> str:
    """The due days of a month in words, each with its numbers."""
    return "; ".join(map(_said, marks)) or "–"


@register.simple_tag
def bar(row: AgencyFigures) -> SafeString:
    """How far an agency is: done, late, near, the rest."""
    return SafeString(_bar(row))


@register.filter
def rows_of(wanted: BoardFilter, state: str) -> str:
    """The address of the list behind a figure of the whole board."""
    return reverse("board_rows") + (wanted.address(state=state, sort="") or "?tat-ca=")


@register.simple_tag
def agency_door(wanted: BoardFilter, agency: AgencyFigures, state: str) -> str:
    """The address of the list behind a figure of one agency."""
    return reverse("board_rows") + wanted.address(agency=agency.public_id, state=state, sort="")


class _Writer:
    """Writes agency rows of one page: words and addresses are looked up once."""

    def __init__(self, wanted: BoardFilter, may_chase: bool) -> None:
        self.may_chase = may_chase
        self.words = state_words()
        self.pick, self.total, self.none = _("Chọn"), _("việc"), _("chưa có")
        self.issued, self.last, self.same = _("đã ban hành"), _("lời cuối"), _("không đổi")
        self.never, self.new_late, self.new_done = _("chưa có lời nào"), _("quá hạn"), _("xong")
        query = wanted.address(agency="AGENCY", state="", sort="")
        self.query = f"{reverse('board_rows')}{query}"
        self.agency = f"{reverse('board')}{query}"

    def row(self, row: AgencyFigures) -> str:
        """One agency."""
        name = escape(row.name)
        tick = ""
        if self.may_chase:
            tick = (
                f'<td role="cell" class="code"><label class="pickcell"><input type="checkbox" name="to" '
                f'value="{row.public_id}"><span class="vh">{escape(self.pick)} {name}</span></label></td>'
            )
        return (
            f'<tr role="row">{tick}<th role="rowheader" scope="row" class="name">'
            f'<a href="{escape(self.query.replace("AGENCY", row.public_id))}">{name}</a></th>'
            f'<td role="cell" class="r all">{row.total}<span class="u">{escape(self.total)}</span></td>'
            f"{self.figure(row, 'done', 'fin wide')}{self.figure(row, 'late', 'late')}"
            f"{self.figure(row, 'silent', 'silent')}{self.figure(row, 'near', 'duein')}"
            f"{self.figure(row, 'blocked', 'stuck')}"
            f'<td role="cell" class="tinycell wide">{_bar(row)}</td><td role="cell" class="r wide news">{self.news(row)}</td>'
            f'<td role="cell" class="r last">{self.last_word(row)}</td>'
            f'<td role="cell" class="r wide own">{self.own_plan(row)}</td></tr>'
        )

    def figure(self, row: AgencyFigures, state: str, kind: str) -> str:
        """One number, which opens to its rows."""
        number, words = row.counts[state], escape(self.words[state])
        if not number:
            return f'<td role="cell" class="r {kind}"><span class="zero">0</span><span class="u">{words}</span></td>'
        look = ' class="latefig"' if state == "late" else ""
        link = f'<a href="{self.door(row, state)}"{look}>{number}</a>'
        return f'<td role="cell" class="r {kind}">{link}<span class="u">{words}</span></td>'

    def door(self, row: AgencyFigures, state: str) -> str:
        """The address of the rows behind one number."""
        return escape(f"{self.query.replace('AGENCY', row.public_id)}&state={state}")

    def news(self, row: AgencyFigures) -> str:
        """What changed since last week."""
        said = []
        if late := row.counts["new_late"]:
            said.append(f'<a href="{self.door(row, "new_late")}">+{late} {escape(self.new_late)}</a>')
        if done := row.counts["new_done"]:
            said.append(f'<a href="{self.door(row, "new_done")}">{done} {escape(self.new_done)}</a>')
        return ", ".join(said) or f'<span class="zero">{escape(self.same)}</span>'

    def last_word(self, row: AgencyFigures) -> str:
        """The day of its last word."""
        if row.last_word_at is None:
            return f'<span class="zero">{escape(self.never)}</span>'
        return f'<span class="u">{escape(self.last)}</span> {_day(timezone.localtime(row.last_word_at).date())}'

    def own_plan(self, row: AgencyFigures) -> str:
        """The day of its own plan, which opens to how that carries out the higher one."""
        own = row.own_plan
        if own is None:
            return f'<span class="state none">{escape(self.none)}</span>'
        if own.day is None:
            return escape(self.issued)
        return f'<a href="{reverse("alignment", args=[own.higher, own.lower])}">{_day(own.day)}</a>'


def _bar(row: AgencyFigures) -> str:
    """Done, late, near and the rest as shares of one bar; they exclude each other."""
    if not row.total:
        return ""
    made, at = [], 0.0
    for state, kind in (("done", "f"), ("late", "l"), ("near", "d")):
        wide = round(_WIDE * row.counts[state] / row.total, 1)
        if wide:
            made.append(f'<rect class="{kind}" x="{round(at, 1)}" y="2" width="{wide}" height="8"/>')
        at += wide
    return (
        f'<svg class="tiny" viewBox="0 0 {_WIDE} 12" aria-hidden="true"><rect class="s" x=".5" y="2.5" '
        f'width="{_WIDE - 1}" height="7"/>{"".join(made)}</svg>'
    )


_SIGNS = {
    "late": '<path class="late" d="M0 -6l6.5 12h-13z"/>',
    "gone": '<path class="gone" d="M0 -6l6.5 12h-13z"/>',
    "need": '<path class="need" d="M0 -7l7 7l-7 7l-7 -7z"/>',
    "hollow": '<path class="hollow" d="M0 -7l7 7l-7 7l-7 -7z"/>',
}


def _mark(mark: Mark) -> str:
    said = ""
    if mark.says:
        x = -9 if mark.side == "end" else 9
        said = f'<text class="strong" x="{x}" y="4" text-anchor="{mark.side}">{mark.says}</text>'
    return f'<g transform="translate({mark.x} 112)">{_SIGNS[mark.kind]}{said}</g>'


def _said(mark: Mark) -> str:
    said = f"{mark.day:%d/%m}: {mark.count}"
    if not mark.still:
        return said
    return f"{said}, {ngettext('%(n)s chưa xong', '%(n)s chưa xong', mark.still) % {'n': mark.still}}"


def _assignment(row: BoardRow, may_tick: bool, pick: str) -> str:
    tick = ""
    if may_tick:
        tick = (
            f'<td role="cell" class="tick"><label class="pickcell"><input type="checkbox" name="assignment" '
            f'value="{row.public_id}"><span class="vh">{escape(f"{pick} {row.code} {row.agency}")}</span></label></td>'
        )
    due = ""
    if row.due_day:
        due = f'<span class="nb">{escape(row.due_words)}</span> <small class="muted nb">{escape(row.distance)}</small>'
    percent = f' <small class="muted nb">{row.percent} %</small>' if row.percent is not None else ""
    said = f' <small class="muted nb">{_day(row.last_word_day)}</small>' if row.last_word_day else ""
    return (
        f'<tr role="row">{tick}<td role="cell" class="code">{escape(row.code)}</td>'
        f'<th role="rowheader" scope="row" class="name"><a href="{escape(row.url)}">{symbols(row.text)}</a>'
        f' <small class="of">{symbols(row.plan)}</small></th>'
        f'<td role="cell" class="lead">{escape(row.agency)} <small class="muted nb wide">{escape(row.role)}</small></td>'
        f'<td role="cell" class="due">{due or "<span>–</span>"}</td>'
        f'<td role="cell" class="st"><span class="state {row.state}">{escape(row.state_words)}</span>{percent}</td>'
        f'<td role="cell" class="wide said">{escape(row.last_word[:160])}{said}</td></tr>'
    )


def _day(day: dt.date) -> str:
    """dd/mm, with the year where it is another one."""
    short = f"{day.day:02}/{day.month:02}"
    return short if day.year == timezone.localdate().year else f"{short}/{day.year}"


@register.filter
def item(values: Mapping[str, Any], name: str) -> Any:
    """The value of a name."""
    return values.get(name)
