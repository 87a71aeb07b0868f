"""The form for a word on progress beside each job of a list.

Thirty of them stand on a page and differ in a few words. Rendering each took two thirds of the page's time, so the
template is rendered once a request for each sort of form, with marks where a job's own words belong.
"""

from __future__ import annotations

import re
from types import SimpleNamespace

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString

from nhipcau.core.once import once

from ..queries.mine import Job

register = template.Library()
_TEMPLATE = "followup/mine/record.html"
_ID, _VERSION, _KEY, _TASK, _PERCENT = "zz-id-zz", "zz-version-zz", "zz-key-zz", "zz-task-zz", "zz-percent-zz"
_MARK = re.compile(f"{_ID}|{_VERSION}|{_KEY}|{_TASK}|{_PERCENT}")
_LONGEST = 80  # as the template cuts a task's words


@register.filter
def cut(text: str, longest: int) -> str:
    """At most so many signs, the last an ellipsis. Django's ``truncatechars`` looks at every sign of the text for marks that
    stand apart; ours are stored composed."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


@register.simple_tag(takes_context=True)
def record_form(context: Context, job: Job) -> SafeString:
    """The empty form of one job in a list, as ``followup/mine/record.html`` shows it."""
    sort = tuple(is_on for _value, _label, is_on in job.progresses), job.takes_percent, job.row.percent is None
    form = once(("record form", sort, context.get("next")), lambda: _rendered(context, job))
    own = {
        _ID: job.row.public_id,
        _VERSION: str(job.row.version),
        _KEY: job.key,
        _TASK: str(escape(cut(job.row.task.text, _LONGEST))),
        _PERCENT: str(job.row.percent),
    }
    return SafeString(_MARK.sub(lambda mark: own[mark[0]], form))


def _rendered(context: Context, job: Job) -> str:
    task = SimpleNamespace(text=_TASK)
    row = SimpleNamespace(
        public_id=_ID, version=_VERSION, task=task, percent=None if job.row.percent is None else _PERCENT
    )
    like = SimpleNamespace(row=row, key=_KEY, progresses=job.progresses, takes_percent=job.takes_percent, told=job.told)
    values = {"job": like, "as": "job", "next": context.get("next", "")}
    return str(get_template(_TEMPLATE).render(values, context.get("request")))
