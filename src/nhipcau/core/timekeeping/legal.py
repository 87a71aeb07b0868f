"""The limits of law as the database has them: which version holds on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from nhipcau.core.models import LegalRule
from nhipcau.core.words import has_words
from vanban.text import search_patterns


def in_force(day: dt.date) -> Q:
    """The condition "holds for what begins on this day"."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def rule_on(code: str, day: dt.date) -> LegalRule | None:
    """The version of a rule that holds for a case that begins on that day; None where none does. One query."""
    return LegalRule.objects.filter(in_force(day), code=code).order_by("-valid_from").first()


def versions(code: str) -> list[LegalRule]:
    """Every version of a rule, the newest first. One query."""
    return list(LegalRule.objects.filter(code=code).order_by("-valid_from"))


def found_rules(q: str = "", day: dt.date | None = None) -> QuerySet[LegalRule]:
    """The rules that hold every word of ``q``, with or without marks; only those in force where a day is given."""
    rows = LegalRule.objects.order_by("code", "-valid_from")
    for pattern in search_patterns(q):
        rows = rows.filter(has_words("folded", pattern))
    return rows.filter(in_force(day)) if day is not None else rows
