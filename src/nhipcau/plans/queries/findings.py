"""What the rules object to in a plan, for those who may see the reading or the plan."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from nhipcau.core.actors import Actor
from nhipcau.core.models import User
from nhipcau.core.written import Written
from nhipcau.documents.actions import Facts
from vanban.check import RULES

from ..checking import running
from ..checking.checkable import Rows
from ..checking.shown import Findings, Kept, Noted, Shown
from ..models import KeptAsIs, Plan, Reading, SwitchedOffRule, Task
from .readings import visible_readings
from .review import lines_of


def findings_of(
    reading: Reading,
    *,
    day: dt.date | None = None,
    language: str | None = None,
    rows: Rows | None = None,
    lately: bool = False,
) -> Findings:
    """What there is to object to in a reading as it stands, on ``day`` (today by default), without the rules that its
    organisation switched off. ``lately``: what was found before the last change will do."""
    language, day = language or language_now(), day or timezone.localdate()
    if not reading.current:
        return Findings(day, ())
    look = running.checked_lately if lately else running.checked
    found = look(reading, _lines(reading, rows), day=day, language=language)
    off = rules_off(reading.organisation_id)
    wanted = [noted for noted in found.findings if noted.rule not in off]
    shown = [Shown(noted, RULES[noted.rule].title[language]) for noted in wanted]
    kept = kept_of(reading)
    shown = [dataclasses.replace(one, kept=kept.get(one.noted.mark)) for one in shown]
    return Findings(
        day,
        tuple(one for one in shown if one.kept is None),
        tuple(one for one in shown if one.kept is not None),
        found.is_waiting,
        found.is_broken,
    )


def reading_of(plan: Plan) -> Reading:
    """The reading that the plan is live from, with what the rules need of it."""
    return _READING(plan.reading_id)[0]


_READING = Written(lambda pk: Reading.objects.filter(pk=pk).select_related("organisation", "text").defer("found"))


def findings_in(plan: Plan, reading: Reading, *, day: dt.date | None = None, language: str | None = None) -> Findings:
    """What there is to object to in a live plan, each with the task that it is about. ``reading``: as ``reading_of``
    gives it."""
    found = findings_of(reading, day=day, language=language)
    rows = Task.objects.filter(plan=plan, state=Task.State.LIVE).order_by("-position")
    tasks = {(first, last): key for first, last, key in rows.values_list("first_line", "last_line", "public_id")}
    with_tasks = [
        tuple(dataclasses.replace(one, task=tasks.get(one.noted.entry, "") if one.noted.entry else "") for one in shown)
        for shown in (found.open, found.kept)
    ]
    return dataclasses.replace(found, open=with_tasks[0], kept=with_tasks[1])


def for_reader(actor: Actor, reading: Reading, found: Findings) -> Findings:
    """The same without the reasons for what is kept where the actor sees the plan, but not the reading: they are the
    organisation's own."""
    if not found.kept or visible_readings(actor).filter(pk=reading.pk).exists():
        return found
    bare = (
        dataclasses.replace(one, kept=dataclasses.replace(one.kept, reason="", who=""))
        for one in found.kept
        if one.kept
    )
    return dataclasses.replace(found, kept=tuple(bare))


def findings_about(task: Task, *, day: dt.date | None = None) -> list[Shown]:
    """What is open about one task of a live plan."""
    found = findings_of(reading_of(task.plan), day=day)
    return [one for one in found.open if one.noted.entry == (task.first_line, task.last_line)]


def file_address(reading: Reading, day: dt.date | None) -> dict[str, str]:
    """Where the open findings are as files, by form."""
    query = f"?ngay={day.isoformat()}" if day else ""
    return {form: reverse("reading_findings", args=[reading.public_id, form]) + query for form in ("txt", "xlsx")}


def plan_file_address(plan: Plan, day: dt.date | None) -> dict[str, str]:
    """The same for a live plan, for all who may see the plan."""
    query = f"?ngay={day.isoformat()}" if day else ""
    return {form: reverse("plan_findings", args=[plan.slug, form]) + query for form in ("txt", "xlsx")}


def language_now() -> str:
    """The language of the page, of those that the rules speak."""
    return "en" if (get_language() or "").startswith("en") else "vi"


def rules_off(organisation_id: int) -> set[str]:
    """The rules that an organisation switched off for its plans."""
    return set(SwitchedOffRule.objects.filter(organisation_id=organisation_id).values_list("rule", flat=True))


def subject_of(reading: Reading) -> str:
    """What tells the document of a reading apart from the organisation's others; for one that says nothing of itself the
    reading alone."""
    header = reading.current["header"]
    facts = Facts(
        doc_type=Facts.type_name(header["doc_type"] or ""),
        symbol=header["symbol"] or "",
        issuer=header["issuer"] or "",
        date=dt.date.fromisoformat(header["date"]) if header["date"] else None,
        title=header["title"] or "",
    )
    return facts.key(reading.organisation_id) if facts.symbol or facts.title else f"?{reading.pk}"


def kept_rows(reading: Reading) -> Iterable[KeptAsIs]:
    """What was looked at and kept, in this reading or in another of the same document; the newest last."""
    said = Q(reading=reading) | Q(organisation_id=reading.organisation_id, subject=subject_of(reading))
    return KeptAsIs.objects.filter(said).order_by("pk")


def kept_of(reading: Reading) -> dict[str, Kept]:
    """The same by mark, with the names of the people."""
    rows = list(kept_rows(reading))
    names = dict(User.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name")) if rows else {}
    return {row.mark: Kept(row.reason, names.get(row.person_id, ""), row.created_at) for row in rows}


def noted_in(reading: Reading, mark: str) -> Noted | None:
    """The finding of that mark in the reading as it stands today; None where the rules no longer object."""
    found = running.checked(
        reading, _lines(reading, None), day=timezone.localdate(), language=language_now()
    )  # fmt: skip
    return next((noted for noted in found.findings if noted.mark == mark), None)


def _lines(reading: Reading, rows: Rows | None) -> Callable[[], Rows]:
    return lambda: lines_of(reading) if rows is None else rows
