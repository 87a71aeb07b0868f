"""What becomes public with a plan beside the plan itself."""

from __future__ import annotations

from nhipcau.core.actors import Actor
from nhipcau.documents import actions as documents
from nhipcau.documents.models import Text

from ..models import Plan


def open_text(actor: Actor, plan: Plan, former: Text | None = None) -> None:
    """What the plan's text tells of documents is for everyone as long as the plan is; that of the version before it,
    ``former``, no longer."""
    if former is not None and former != plan.text:
        documents.open_text(actor, former, is_public=False)
    documents.open_text(actor, plan.text, is_public=plan.is_public)
