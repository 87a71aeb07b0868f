"""Things of this room as the audit trail shows them, for readers who may read everything of the organisation."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from nhipcau.core.rooms import Finding

from ..models import Alignment, Plan, Reading, Task


def readings_shown(keys: Iterable[int]) -> dict[int, Finding]:
    """Files on their way to becoming plans."""
    rows = Reading.objects.filter(pk__in=list(keys)).values_list("pk", "public_id", "name")
    return {pk: Finding(name, reverse("review", args=[public_id])) for pk, public_id, name in rows}


def plans_shown(keys: Iterable[int]) -> dict[int, Finding]:
    """Plans by what people call them."""
    rows = Plan.objects.filter(pk__in=list(keys)).values_list("pk", "slug", "symbol", "title")
    return {pk: Finding(symbol or title, reverse("plan", args=[slug])) for pk, slug, symbol, title in rows}


def tasks_shown(keys: Iterable[int]) -> dict[int, Finding]:
    """Tasks by code and text."""
    rows = Task.objects.filter(pk__in=list(keys)).values_list("pk", "public_id", "code", "text")
    return {
        pk: Finding(f"{code} {text}".strip(), reverse("task", args=[public_id])) for pk, public_id, code, text in rows
    }


def alignments_shown(keys: Iterable[int]) -> dict[int, Finding]:
    """Comparisons by their two plans."""
    rows = Alignment.objects.filter(pk__in=list(keys)).select_related("higher", "lower")
    return {
        row.pk: Finding(
            f"{row.higher.label} – {row.lower.label}", reverse("alignment", args=[row.higher.slug, row.lower.slug])
        )
        for row in rows.defer("result", "extra")
    }
