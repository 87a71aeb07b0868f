"""Findings: looked at and kept, or taken up again; the list as text and as a table; the rules, and which are off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.views import official
from nhipcau.organisations.models import Organisation
from vanban.check import RULES

from .. import actions, findings_files, rules
from ..forms import ReasonForm
from ..models import Reading, SwitchedOffRule
from ..queries import confirming, findings
from ..queries.plans import visible_plan
from .review.answers import actor_of, day_of, reading_of

FORMS = ("txt", "xlsx")


@official
@require_POST
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep what the plan says although a rule objects, with the reason."""
    reading = _checked_reading(request, public_id)
    if isinstance(refusal := rules.may_keep_finding(actor_of(request), reading), No):
        raise Refused(refusal.reason)
    mark = request.POST.get("mark", "")
    form = ReasonForm(request.POST)
    noted = findings.noted_in(reading, mark)
    if noted is None:
        messages.warning(request, _("Điều này không còn trong kế hoạch như đang có. Hãy xem lại danh sách."))
        return _back(request, reading, "")
    if not form.is_valid():
        messages.error(request, _("Hãy ghi lý do giữ nguyên, không quá 500 chữ cái."))
        return _back(request, reading, mark)
    actions.keep_finding(actor_of(request), reading, noted, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã ghi: xem rồi và giữ nguyên."))
    return _back(request, reading, mark)


@official
@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take up again what was kept."""
    reading = _checked_reading(request, public_id)
    mark = request.POST.get("mark", "")
    if actions.reopen_finding(actor_of(request), reading, mark):
        messages.success(request, _("Điều này lại nằm trong danh sách cần xem."))
    return _back(request, reading, mark)


@official
@require_safe
def file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The open findings of a reading, to be sent to whoever drafted the plan."""
    if form not in FORMS:
        raise Http404
    reading = _checked_reading(request, public_id)
    return findings_files.response(findings.findings_of(reading, day=day_of(request)), _name(reading), form)


@official
@require_safe
def plan_file(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same for a live plan, for every official who may see it."""
    plan = visible_plan(actor_of(request), slug)
    if form not in FORMS or plan is None:
        raise Http404
    reading = findings.reading_of(plan)
    return findings_files.response(findings.findings_of(reading, day=day_of(request)), plan.label, form)


@official
@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    """Every rule: its title, how grave, whether it is on."""
    off = findings.rules_off(actor_of(request).organisation_id or 0)
    context = {"rules": [_rule(rule, off) for rule in RULES], "section": "readings"}
    return render(request, "plans/findings/rules.html", context)


@official
@require_safe
def rule_page(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: what it looks for, why, by which source; on or off for the organisation."""
    return render(request, "plans/findings/rule.html", _rule_context(request, _known(rule)))


@official
@require_POST
def switch_rule(request: HttpRequest, rule: str) -> HttpResponse:
    """Switch a rule off or on for the organisation in whose name the person acts, with the reason."""
    _known(rule)
    organisation = _organisation(actor_of(request))
    refusal = rules.may_switch_rules(actor_of(request), organisation)
    if organisation is None or isinstance(refusal, No):
        raise Refused(refusal.reason if isinstance(refusal, No) else "")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "plans/findings/rule.html", _rule_context(request, rule, form), status=422)
    switch = actions.switch_rule_off if request.POST.get("do") == "off" else actions.switch_rule_on
    switch(actor_of(request), organisation, rule, reason=form.cleaned_data["reason"])
    said = _("Đã tắt quy tắc này.") if request.POST.get("do") == "off" else _("Đã bật lại quy tắc này.")
    messages.success(request, said)
    return redirect("rule", rule)


def _checked_reading(request: HttpRequest, public_id: str) -> Reading:
    """A reading that the actor may see and that has been read; otherwise 404."""
    reading = reading_of(request, public_id)
    if not reading.current:
        raise Http404
    return reading


def _back(request: HttpRequest, reading: Reading, mark: str) -> HttpResponse:
    """Back to the page from which it was said, at the finding."""
    at = f"#dieu-{mark[:12]}" if mark.isalnum() else "#can-xem-lai"
    if reading.state == Reading.State.CONFIRMED:
        return redirect(reverse("plan", args=[confirming.plan_of(reading).slug]) + at)
    return redirect(reverse("review", args=[reading.public_id]) + at)


def _name(reading: Reading) -> str:
    header = reading.current["header"]
    return str(header["symbol"] or header["title"] or reading.name)


def _known(rule: str) -> str:
    if rule not in RULES:
        raise Http404
    return rule


def _organisation(actor: Actor) -> Organisation | None:
    return Organisation.objects.filter(pk=actor.organisation_id or 0).first()


def _rule(name: str, off: set[str]) -> dict[str, Any]:
    rule, language = RULES[name], findings.language_now()
    return {
        "name": name,
        "severity": rule.severity,
        "title": rule.title[language],
        "reason": rule.reason[language],
        "source": rule.source[language],
        # Where the source is a table of ours, the page leads to the table as it stands here.
        "tables": [table for table in ("validity", "successors") if f"{table}.csv" in rule.source[language]],
        "is_off": name in off,
    }


def _rule_context(request: HttpRequest, rule: str, form: ReasonForm | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    off = SwitchedOffRule.objects.filter(organisation_id=actor.organisation_id or 0, rule=rule).first()
    return {
        "rule": _rule(rule, {off.rule} if off else set()),
        "off": off,
        "form": form or ReasonForm(),
        "organisation": _organisation(actor),
        "may_switch": bool(rules.may_switch_rules(actor, _organisation(actor))),
        "section": "readings",
    }
