"""A plan becomes public by an act, and private again by another."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.acts import Act, act
from nhipcau.documents import actions as documents
from nhipcau.documents.models import Text
from nhipcau.plans import rules
from nhipcau.plans.models import Plan


@act("plans.publish", may=rules.may_publish)
def publish_plan(act: Act, plan: Plan) -> Plan:
    """Open the plan, its tasks and its original to everyone. A plan that is public already stays as it is."""
    if not plan.is_public:
        plan.is_public = True
        plan.published_at = timezone.now()
        plan.save(update_fields=("is_public", "published_at"))
        open_text(act.actor, plan)
        act.changed(is_public=True)
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
    return plan


def open_text(actor: Actor, plan: Plan, former: Text | None = None) -> None:
    """What the plan's text tells of documents is for everyone as long as the plan is; that of the version before it,
    ``former``, no longer."""
    if former is not None and former != plan.text:
        documents.open_text(actor, former, is_public=False)
    documents.open_text(actor, plan.text, is_public=plan.is_public)
