"""Documents as other rooms point at them: by public id, for evidence and the like."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import resolve, reverse

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding

from ..models import Document
from . import find_documents, readable_once, told, visible_documents


def documents_shown(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """What these documents are called and where they are, as far as the actor may see them and what names them."""
    readable = readable_once(actor)
    rows = told(readable, visible_documents(readable).filter(public_id__in=public_ids))
    return {
        row.public_id: Finding(
            str(row) or row.title[:120],
            reverse("document", args=[row.slug]),
            row.title[:160] if row.symbol else row.issuer,
        )
        for row in rows
    }


def documents_to_choose(actor: Actor, folded: str, limit: int) -> list[tuple[str, Finding]]:
    """What the search finds, with the public id of each."""
    hits = {str(resolve(hit.url).kwargs["slug"]): hit for hit in find_documents(actor, folded, limit)}
    keys = dict(Document.objects.filter(slug__in=hits).values_list("slug", "public_id"))
    return [(keys[slug], hit) for slug, hit in hits.items() if slug in keys]
