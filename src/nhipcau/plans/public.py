"""Pages that are the same for everyone where the plan is public: the plans, one plan, one task, their files. Elsewhere
404."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.light import light
from nhipcau.documents.queries import pictures
from nhipcau.plans import exports, rules, strip
from nhipcau.plans.models import NO_DATE, Plan, Task, TaskAgency
from nhipcau.plans.queries import alignments, findings, outline
from nhipcau.plans.queries import tasks as task_queries
from nhipcau.plans.queries.plans import sight_of, visible_plan
from nhipcau.plans.queries.rows import states
from nhipcau.plans.views.register import export_response
from nhipcau.plans.views.review.answers import day_of
from vanban.text import fold

PAGE = 50
LONG_TITLE, SHORT_TITLE = 320, 160
BROAD, NARROW = 1184.0, 358.0


@require_safe
@light
def task(request: HttpRequest, public_id: str) -> HttpResponse:
    """One task: what the plan says, who does it, until when."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = task_queries.visible_task(actor, public_id)
    if found is None:
        raise Http404
    context = {**_task_context(found, bool(actor.roles)), "panels": rooms.panels("plans.task", actor, found)}
    return render(request, "plans/task.html", context)


@require_safe
@light
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that the reader may see, the newest first; a stranger sees the public ones."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    q = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = Plan.objects.filter(pk__in=sight_of(actor).keys)
    total = found.order_by().count()
    for word in fold(q).split():
        found = found.filter(folded__contains=word)
    page = Paginator(found.order_by(*outline.NEWEST_FIRST).only("pk"), PAGE).get_page(request.GET.get("page"))
    shown = Plan.objects.filter(pk__in=[plan.pk for plan in page.object_list])
    rows = outline.with_counts(shown).select_related("organisation").order_by(*outline.NEWEST_FIRST)
    context = {
        "section": "plans",
        "q": q,
        "total": total,
        "page_obj": page,
        "plans": rows.defer("outline", "recipients", "signature"),
        "is_official": bool(actor.roles),
        "may_import": bool(rules.may_upload(actor)),
    }
    return render(request, "plans/plans.html", context)


@require_safe
@light
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan: its tasks by section, agencies, citations, recipients."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = visible_plan(actor, slug)
    if found is None:
        raise Http404
    context = {**_plan_context(found, actor), **_findings(request, found, actor)}
    return render(request, "plans/plan.html", {**context, "panels": rooms.panels("plans.plan", actor, found)})


@require_safe
def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """All that a plan orders, as a file: csv, xlsx, json or ics."""
    found = visible_plan(request.actor, slug)  # type: ignore[attr-defined]
    if form not in exports.FORMS or found is None:
        raise Http404
    return export_response(outline.live_tasks(found), form, found.slug, {"plan": found.slug})


def _task_context(task: Task, is_official: bool) -> dict[str, Any]:
    """What the page of a task shows; doubts and gaps only to officials."""
    today = timezone.localdate()
    on = task_queries.day_of(task.plan)
    named = task_queries.named_agencies(task, on)
    leads = named.get(TaskAgency.Role.LEAD, [])
    everyone = [who for whos in named.values() for who in whos]
    lines = task_queries.source_lines(task, [who.name for who in everyone])
    before, after = task_queries.neighbours(task)
    title = task.text if len(task.text) <= LONG_TITLE else Truncator(task.text).chars(SHORT_TITLE)
    return {
        "section": "register",
        "task": task,
        "plan": task.plan,
        "title": title,
        "is_long": title != task.text,
        "on": on,
        "states": states(task, today, with_doubts=is_official),
        "lines": lines,
        "pictures": pictures.of_scan(task.plan.text, lines),
        "last_shown": lines[-1].number if lines else task.last_line,
        "time": task_queries.time_facts(task, lines, today),
        "leads": leads,
        "lead_names": "; ".join(who.name for who in leads),
        "coordinating": named.get(TaskAgency.Role.COORDINATING, []),
        "open_groups": [who for who in everyone if who.is_open] if is_official else [],
        "unmatched": [who for who in everyone if who.is_unmatched] if is_official else [],
        "sharing": task_queries.siblings_of_block(task),
        "flaws": findings.findings_about(task) if is_official else [],
        "doubts": list(task_queries.doubts_left(task)) if is_official and task.doubtful else [],
        "before": before,
        "after": after,
        "is_official": is_official,
    }


def _plan_context(plan: Plan, actor: Actor) -> dict[str, Any]:
    """What the page of a plan shows to this actor."""
    today = timezone.localdate()
    is_official = bool(actor.roles)
    parts = outline.parts(outline.live_tasks(plan), today, with_doubts=is_official)
    agencies = task_queries.agencies_involved(plan)
    context = {
        "section": "plans",
        "plan": plan,
        "is_official": is_official,
        "sections": parts[Task.Kind.TASK],
        "duties": parts[Task.Kind.DUTY],
        "reports": parts[Task.Kind.REPORTING],
        "obligations": parts[Task.Kind.OBLIGATION],
        "task_count": sum(len(section.rows) for section in parts[Task.Kind.TASK]),
        "duty_count": sum(len(section.rows) for section in parts[Task.Kind.DUTY]),
        "agencies": agencies,
        "lead_count": len([agency for agency in agencies if agency["lead"]]),
        "citations": outline.citations(plan),
        "versions": list(outline.versions(plan)) if is_official else [],
        "signature": outline.signature_lines(plan.signature),
        "doubt_count": plan.tasks.filter(state=Task.State.LIVE, doubtful=True).count() if is_official else 0,
        "may_publish": bool(rules.may_publish(actor, plan)),
        "aligned": alignments.plan_panel(actor, plan),
        "register_url": f"{reverse('register')}?plan={plan.slug}",
        "exports": [
            (label, reverse("plan_export", args=[plan.slug, form]))
            for form, label in (("xlsx", "XLSX"), ("csv", "CSV"), ("json", "JSON"), ("ics", _("Lịch")))
        ],
    }
    return {**context, **_year(plan, today)}


def _findings(request: HttpRequest, plan: Plan, actor: Actor) -> dict[str, Any]:
    """What the rules object to in the plan: for officials. What a programme thinks of a plan is not published."""
    if not actor.roles:
        return {}
    reading, day = findings.reading_of(plan), day_of(request)
    return {
        "findings": findings.for_reader(actor, reading, findings.findings_in(plan, reading, day=day)),
        "findings_file": findings.plan_file_address(plan, day),
        "reading": reading,
        "may_keep": bool(rules.may_keep_finding(actor, reading)),
    }


def _year(plan: Plan, today: dt.date) -> dict[str, Any]:
    """The strip of the year and the table behind it."""
    dated = outline.live_tasks(plan).exclude(next_due=NO_DATE).exclude(kind=Task.Kind.DUTY)
    rows = list(dated.order_by("next_due", "position").values_list("next_due", "public_id", "code", "text"))
    days = [day for day, *_rest in rows]
    year = strip.year_to_show(days, today)
    if year is None:
        return {"strips": []}
    by_day: dict[dt.date, list[dict[str, str]]] = {}
    for day, public_id, code, text in rows:
        by_day.setdefault(day, []).append({"public_id": public_id, "code": code, "text": text})
    widths = (("broad", BROAD), ("narrow", NARROW))
    return {
        "strips": [(size, strip.year_strip(days, year, today, width)) for size, width in widths],
        "year": year,
        "due_days": list(by_day.items()),
        "elsewhere": len([day for day in days if day.year != year]),
        "today": today,
    }
