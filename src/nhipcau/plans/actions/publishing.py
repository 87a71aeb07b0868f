"""A plan becomes public by an act, and private again by another."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from nhipcau.core.acts import Act, act
from nhipcau.plans import rules
from nhipcau.plans.models import Plan

from ._opening import open_text


@act("plans.publish", may=rules.may_publish)
def publish_plan(act: Act, plan: Plan) -> Plan:
    """Open the plan, its tasks and its original to everyone. A plan that is public already stays as it is."""
    if not plan.is_public:
        plan.is_public = True
        plan.published_at = timezone.now()
        plan.save(update_fields=("is_public", "published_at"))
        open_text(act.actor, plan)
        act.changed(is_public=True)
        act.announce("plans.published", plan, reverse("plan", args=[plan.slug]), organisations=[plan.organisation_id])
    return plan


@act("plans.withdraw", may=rules.may_withdraw)
def withdraw_plan(act: Act, plan: Plan) -> Plan:
    """Close the plan to strangers again; officials who could read it before still do."""
    if plan.is_public:
        plan.is_public = False
        plan.published_at = None
        plan.save(update_fields=("is_public", "published_at"))
        open_text(act.actor, plan)
        act.changed(is_public=False)
        act.announce("plans.withdrawn", plan, reverse("plan", args=[plan.slug]), organisations=[plan.organisation_id])
    return plan
