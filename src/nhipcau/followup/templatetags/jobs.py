"""Jobs of a list, each with its form for a word on progress.

Some twenty of them stand on a page, and rendering them took two thirds of its time, while hardly any has changed since
the page was last asked for. So what a job looks like is a function of what it says and of the language, remembered in
this process with marks where the words of one request belong; and the form, which differs in few words from job to
job, is rendered once for each sort of form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape as quoted
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.crypto import get_random_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ..queries.jobs import Job
from ..queries.one import Other

register = template.Library()
_JOB, _FORM = "followup/mine/job.html", "followup/mine/record.html"
_KEPT = 2000  # jobs that a process remembers, of some three thousand signs each
_LONGEST = 80  # as the form cuts a task's words
_OF_ROW = ("public_id", "version", "percent", "last_word", "last_word_at", "open_obstacles", "below", "below_done")
_OF_JOB = ("url", "sign", "state", "due", "who", "takes_percent", "may_record", "undo")
_row_says, _job_says = attrgetter(*_OF_ROW), attrgetter(*_OF_JOB)


def _mark(name: str) -> str:
    return f"{name}-{get_random_string(20)}"  # nothing that anybody wrote can be taken for it


_TOKEN, _NEXT, _KEY = _mark("token"), _mark("next"), _mark("key")  # of one request
_OF_ONE = {name: _mark(name) for name in ("id", "version", "task", "percent", "url")}  # of one job
_OF_ONE_JOB = re.compile("|".join(_OF_ONE.values()))


@register.filter
def cut(text: str, longest: int) -> str:
    """At most so many signs, the last an ellipsis. Django's ``truncatechars`` looks at every sign of the text for marks that
    stand apart; ours are stored composed."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


@register.simple_tag(takes_context=True)
def job_rows(context: Context, jobs: Iterable[Job]) -> SafeString:
    """The entries of a list of jobs, as ``followup/mine/job.html`` shows each."""
    language = get_language()
    drawn = (
        _drawn(language, _row_says(job.row), job.row.task.code, job.row.task.text, _job_says(job), _said(job),
               job.progresses).replace(_KEY, job.key)
        for job in jobs
    )  # fmt: skip
    return _of_request(context, "".join(drawn))


@register.simple_tag(takes_context=True)
def record_form(context: Context, job: Job) -> SafeString:
    """The empty form of one job in a list, as ``followup/mine/record.html`` shows it."""
    form = _form(get_language(), job.progresses, job.takes_percent, job.row.percent is not None)
    own = {
        _OF_ONE["id"]: job.row.public_id,
        _OF_ONE["version"]: str(job.row.version),
        _OF_ONE["task"]: str(escape(cut(job.row.task.text, _LONGEST))),
        _OF_ONE["percent"]: str(job.row.percent),
        _OF_ONE["url"]: str(escape(job.url)),
    }
    return _of_request(context, _OF_ONE_JOB.sub(lambda mark: own[mark[0]], form).replace(_KEY, job.key))


@register.simple_tag
def others_listed(others: Iterable[Other]) -> SafeString:
    """The entries of a list of agencies with the same task: there may be sixty of them. How far each is, where one may
    know it."""
    return SafeString("".join(_other(other) for other in others))


def _other(other: Other) -> str:
    name, role = quoted(other.row.organisation.name), quoted(other.role)
    if not other.url:
        return f'<li>{name} <span class="muted">{role}</span></li>'
    state = f'<span class="state {other.sign}">{quoted(other.state)}</span>'
    return f'<li><a href="{quoted(other.url)}">{name}</a> <span class="muted">{role}</span> {state}</li>'


@register.simple_tag
def plan_options(plans: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a filter by plan; the chosen one even where it is none of these. There may be hundreds."""
    offered = list(plans) or [(chosen, chosen)]
    return SafeString(
        "".join(
            f'<option value="{quoted(slug)}"{" selected" if slug == chosen else ""}>{quoted(cut(label, 48))}</option>'
            for slug, label in offered
        )
    )


def _of_request(context: Context, html: str) -> SafeString:
    """With the words of this request in place of their marks."""
    token, address = str(context.get("csrf_token", "")), str(escape(context.get("next", "")))
    return SafeString(html.replace(_TOKEN, token).replace(_NEXT, address))


def _said(job: Job) -> str:
    return job.told if job.undo else ""


@lru_cache(maxsize=_KEPT)
def _drawn(
    _language: str | None, row: tuple[Any, ...], code: str, text: str, job: tuple[Any, ...], told: str, progresses: Any
) -> str:
    """One entry. The template gets what stands in the key and nothing else."""
    task = SimpleNamespace(code=code, text=text)
    shown = SimpleNamespace(task=task, **dict(zip(_OF_ROW, row, strict=True)))
    like = SimpleNamespace(
        row=shown, key=_KEY, told=told, progresses=progresses, **dict(zip(_OF_JOB, job, strict=True))
    )
    return str(get_template(_JOB).render({"job": like, "next": _NEXT, "csrf_token": _TOKEN}))


@lru_cache(maxsize=100)
def _form(_language: str | None, progresses: Any, takes_percent: bool, has_percent: bool) -> str:
    """One sort of form, with marks for what differs from job to job."""
    row = SimpleNamespace(
        public_id=_OF_ONE["id"],
        version=_OF_ONE["version"],
        task=SimpleNamespace(text=_OF_ONE["task"]),
        percent=_OF_ONE["percent"] if has_percent else None,
    )
    like = SimpleNamespace(row=row, url=_OF_ONE["url"], key=_KEY, progresses=progresses, takes_percent=takes_percent)
    return str(get_template(_FORM).render({"job": like, "as": "job", "next": _NEXT, "csrf_token": _TOKEN}))
