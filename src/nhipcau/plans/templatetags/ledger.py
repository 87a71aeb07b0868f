"""Long lists: the rows of the register, the members of a group."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from nhipcau.core.templatetags.ui import symbols
from nhipcau.plans.queries.rows import TaskRow
from nhipcau.plans.queries.tasks import Member

register = template.Library()


@register.simple_tag
def ledger_rows(rows: Iterable[TaskRow], with_plan: bool) -> SafeString:
    """The rows of the table ``ledger tasks``; ``with_plan``: each names its plan.

    Made here and not by a template: fifty rows of it took half the time of the page. Whatever is not markup passes
    through ``escape``.
    """
    return SafeString("".join(_row(row, with_plan) for row in rows))


def _row(row: TaskRow, with_plan: bool) -> str:
    of = row.of if with_plan else row.kind_words
    note = f' <small class="of">{escape(of)}</small>' if of else ""
    helpers = row.coordinating or '<span class="zero">–</span>'
    if row.day:
        due = f'<span class="nb">{escape(row.day)}</span> <small class="muted nb">{escape(row.distance)}</small>'
    else:
        due = f"<span>{escape(row.time)}</span>"
    states = "".join(f'<span class="state {kind}">{escape(text)}</span>' for kind, text in row.states)
    return (
        f'<tr role="row"><td role="cell" class="code">{escape(row.code)}</td>'
        f'<th role="rowheader" scope="row" class="name"><a href="{escape(row.url)}">{symbols(row.text)}</a>{note}</th>'
        f'<td role="cell" class="lead">{escape(row.lead)}</td><td role="cell" class="r wide">{helpers}</td>'
        f'<td role="cell" class="due">{due}</td><td role="cell" class="st">{states}</td>'
        f'<td role="cell" class="r wide muted">{escape(row.lines)}</td></tr>'
    )


@register.simple_tag
def members_listed(members: Iterable[Member], linked: bool) -> SafeString:
    """The entries of a list of the agencies that a group takes in: there may be hundreds. ``linked``: each leads to its
    page."""
    names = ((escape(member.name), escape(member.url)) for member in members)
    return SafeString(
        "".join(f'<li><a href="{url}">{name}</a></li>' if linked else f"<li>{name}</li>" for name, url in names)
    )
