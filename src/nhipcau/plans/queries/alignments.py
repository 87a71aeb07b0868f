"""Comparisons of plans, starting from the plans that the actor may see, and what was asked about the duties in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.models import User
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.rooms import Finding
from nhipcau.organisations.models import Membership
from nhipcau.organisations.queries import valid_on
from nhipcau.plans import rules
from nhipcau.plans.alignment.following import followed
from nhipcau.plans.models import Alignment, AlignmentQuestion, Plan
from nhipcau.plans.queries.plans import Viewer, sight_of

ASKED_ABOUT = ("dropped", "weakened")  # the kinds of difference about which the lower organisation is asked
FEW, MOST = 4, 50


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """How far the comparison of two plans is: the newest result there is, whether it is of older versions, and the
    comparison of the present versions while it is under way or has failed."""

    ready: Alignment | None
    is_old: bool
    coming: Alignment | None


def standing(higher: Plan, lower: Plan) -> Standing:
    """The comparison of two plans. One query, two where the result is of older versions."""
    made = Alignment.objects.filter(higher=higher, lower=lower).select_related("job")
    present = made.filter(higher_version=higher.version, lower_version=lower.version).first()
    if present is not None and present.state == Alignment.State.READY:
        return Standing(present, is_old=False, coming=None)
    ready = made.filter(state=Alignment.State.READY).order_by("-higher_version", "-lower_version").first()
    return Standing(ready, is_old=ready is not None, coming=present)


def ready_alignment(higher: Plan, lower: Plan) -> Alignment | None:
    """The newest result of comparing two plans."""
    return standing(higher, lower).ready


def visible_alignments(viewer: Viewer) -> QuerySet[Alignment]:
    """The results of comparing plans of which the viewer may see both, of their newest versions that were compared;
    without the results themselves."""
    keys = sight_of(viewer).keys
    made = Alignment.objects.filter(state=Alignment.State.READY, higher__in=keys, lower__in=keys)
    newest = Alignment.objects.filter(
        state=Alignment.State.READY, higher=OuterRef("higher"), lower=OuterRef("lower")
    ).order_by("-higher_version", "-lower_version")
    shown = made.filter(pk=Subquery(newest.values("pk")[:1])).defer("result", "extra")
    return shown.select_related("higher__organisation", "lower__organisation").order_by(
        F("lower__date").desc(nulls_last=True), "-pk"
    )


def coming_alignments(viewer: Viewer) -> QuerySet[Alignment]:
    """The comparisons that are under way, or have failed, for plans that the viewer may see."""
    keys = sight_of(viewer).keys
    coming = Alignment.objects.filter(higher__in=keys, lower__in=keys).exclude(state=Alignment.State.READY)
    here = Q(higher_version=F("higher__version"), lower_version=F("lower__version"))
    return coming.filter(here).defer("result", "extra").select_related("higher", "lower", "job").order_by("-pk")


def kinds_of(alignment: Alignment) -> dict[str, int]:
    """How many tasks and duties of each kind of difference."""
    counts: dict[str, int] = {}
    for part in ("task", "duty"):
        for kind, count in alignment.counts.get(part, {}).items():
            counts[kind] = counts.get(kind, 0) + count
    return counts


def alignments_shown(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """Comparisons, named by the public ids of their two plans ("a-b"), for those who may read both."""
    pairs = {one: tuple(one.split("-", 1)) for one in public_ids if one.count("-") == 1}
    wanted = {key for pair in pairs.values() for key in pair}
    plans = {plan.public_id: plan for plan in _named(actor, wanted)} if wanted else {}
    return {
        one: Finding(
            _("So sánh %(lower)s với %(higher)s") % {"lower": plans[lower].label, "higher": plans[higher].label},
            reverse("alignment", args=[plans[higher].slug, plans[lower].slug]),
        )
        for one, (higher, lower) in pairs.items()
        if higher in plans and lower in plans
    }


def _named(actor: Actor, public_ids: Collection[str]) -> QuerySet[Plan]:
    seen = Plan.objects.filter(pk__in=sight_of(actor).keys, public_id__in=list(public_ids))
    return seen.only("public_id", "slug", "symbol", "title")


# --- questions -------------------------------------------------------------------------------------------------------


def anchor_of(part: str, code: str) -> str:
    """Where the page of a comparison shows a task or a duty of the higher plan."""
    return f"{'nv' if part == 'task' else 'tn'}-{'-'.join(code.split())}"


def higher_texts(alignment: Alignment) -> dict[tuple[str, str], str]:
    """The wording of each task and duty of the higher plan, by part and code."""
    items = alignment.extra.get("items", {}).get("higher", {})
    return {(part, code): item["text"] for part, by_code in items.items() for code, item in by_code.items()}


def questions_on(
    alignment: Alignment,
) -> tuple[dict[tuple[str, str], AlignmentQuestion], list[AlignmentQuestion]]:
    """What was asked or recorded about the duties of a comparison, by part and code as they stand in it, and what was
    asked about duties that are no longer in the higher plan."""
    asked = AlignmentQuestion.objects.filter(higher=alignment.higher_id, lower=alignment.lower_id).order_by("pk")
    return followed(asked.select_related("asked_for", "answered_for"), higher_texts(alignment))


def changed_questions(alignment: Alignment) -> list[AlignmentQuestion]:
    """The questions whose duty is left out or weakened no longer, or again, by this comparison, set to say so. None
    where a newer version was compared already."""
    newest = Alignment.objects.filter(
        higher=alignment.higher_id, lower=alignment.lower_id, state=Alignment.State.READY
    ).order_by("-higher_version", "-lower_version")
    if newest.values_list("pk", flat=True).first() != alignment.pk:
        return []
    at, gone = questions_on(alignment)
    doubtful = {
        (pair["part"], code)
        for pair in alignment.result["vi"]["pairs"]
        if pair["kind"] in ASKED_ABOUT
        for code in pair["higher"]
    }
    now = [*((question, key in doubtful) for key, question in at.items()), *((question, False) for question in gone)]
    changed = [(question, applies) for question, applies in now if question.applies != applies]
    for question, applies in changed:
        question.applies = applies
    return [question for question, _applies in changed]


def question_about(higher: Plan, lower: Plan, part: str, code: str) -> AlignmentQuestion | None:
    """What was asked or recorded about one duty."""
    alignment = ready_alignment(higher, lower)
    if alignment is None:
        return AlignmentQuestion.objects.filter(higher=higher, lower=lower, part=part, code=code).first()
    found = questions_on(alignment)[0].get((part, code))
    if found is not None:
        found.higher, found.lower = higher, lower
    return found


def doubtful_duty(higher: Plan, lower: Plan, part: str, code: str) -> str | None:
    """The wording of a duty that the lower plan leaves out or weakens; None where it does not."""
    alignment = ready_alignment(higher, lower)
    if alignment is None:
        return None
    for pair in alignment.result["vi"]["pairs"]:
        if pair["part"] == part and code in pair["higher"] and pair["kind"] in ASKED_ABOUT:
            return higher_texts(alignment).get((part, code))
    return None


def names_of(questions: Iterable[AlignmentQuestion]) -> dict[int, str]:
    """The names of the people who asked and answered."""
    ids = {pk for question in questions for pk in (question.asked_by, question.answered_by) if pk}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def reviewers_of(organisation_id: int) -> set[int]:
    """The ids of the people who may answer for an organisation today."""
    held = Membership.objects.filter(
        valid_on(timezone.localdate()), organisation_id=organisation_id, role__in=rules.REVIEWERS
    )
    return set(held.values_list("person_id", flat=True))


# --- parts of other pages --------------------------------------------------------------------------------------------


def plan_panel(actor: Actor, plan: Plan) -> dict[str, Any] | None:
    """The comparisons in which a plan stands, for its page: with plans above it, and with plans below it."""
    if not actor.roles:
        return None
    both = visible_alignments(actor).filter(Q(higher=plan) | Q(lower=plan))
    found = list(both[:50])
    if not found:
        return None
    return {
        "above": [(row.higher, row, kinds_of(row)) for row in found if row.lower_id == plan.pk],
        "below": [(row.lower, row, kinds_of(row)) for row in found if row.higher_id == plan.pk],
    }


def card(actor: Actor) -> dict[str, Any] | None:
    """What waits for the actor's organisation: questions that it has not answered, and plans below its own that leave
    out duties about which nobody has asked yet."""
    if actor.organisation_id is None or not actor.has(*rules.REVIEWERS):
        return None
    return recalled(("alignments card", sight_of(actor).place), lambda: _waiting(actor), near=NOBODY)


def _waiting(actor: Actor) -> dict[str, Any] | None:
    open_ones = AlignmentQuestion.objects.filter(lower__organisation=actor.organisation_id, answer="", applies=True)
    asked = list(open_ones.select_related("higher", "lower", "asked_for").order_by("asked_at", "pk")[: FEW + 1])
    left = _left_out(actor)
    if not asked and not left:
        return None
    return {"asked": asked[:FEW], "has_more": len(asked) > FEW, "left": left}


def _left_out(actor: Actor) -> list[tuple[Alignment, int]]:
    """The comparisons with plans of other organisations below the actor's own plans that leave out duties, with how
    many of these nobody has asked about or given a reason for."""
    own = visible_alignments(actor).filter(higher__organisation=actor.organisation_id, cites_higher=True)
    rows = list(own.exclude(lower__organisation=actor.organisation_id)[:MOST])
    asked = AlignmentQuestion.objects.filter(lower__in=[row.lower_id for row in rows]) if rows else ()
    known = {(question.higher_id, question.lower_id, question.part, question.code) for question in asked}
    found = []
    for row in rows:
        left = [duty for duty in row.counts.get("left_out", ()) if (row.higher_id, row.lower_id, *duty) not in known]
        if left:
            found.append((row, len(left)))
    return found[:FEW]
