"""What the pages of one report share."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest
from django.urls import reverse

from nhipcau.core.actors import Actor

from ..models import Report, Sentence
from ..queries.showing import visible_report

SECTION = "reports"


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, in whose name."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def found_or_404(request: HttpRequest, public_id: str) -> Report:
    """The report, as far as it exists for the reader."""
    found = visible_report(actor_of(request), public_id)
    if found is None:
        raise Http404
    return found


def sentence_or_404(report: Report, public_id: str) -> Sentence:
    """One sentence of a report that the reader may see."""
    found = report.sentences.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def is_part(request: HttpRequest) -> bool:
    """Whether a piece of the page is asked for, not the page."""
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]


def place_of(report: Report, sentence: str = "", **asked: str) -> str:
    """The address of the report's page, at a sentence."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('report', args=[report.public_id])}{f'?{query}' if query else ''}{f'#c-{sentence}' if sentence else ''}"


def number_from(text: str) -> int | None:
    """A whole number that a person typed ("1.234" too); None where it is none."""
    digits = "".join(text.split()).replace(".", "")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 13 else None
