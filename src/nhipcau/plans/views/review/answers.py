"""What the review screen sends back: the whole page, or only the pairs that changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from nhipcau.core.actors import Actor
from nhipcau.core.forms import typed_day

from ... import rules
from ...forms import EntryForm
from ...models import Doubt, Reading
from ...queries import findings, readings
from ...queries.review import Review, Rows, lines_of, review_of
from ...reviewing import contents, values
from ...reviewing.edition import Pair, shown_at


@dataclasses.dataclass(slots=True)
class Editing:
    """A value that is being edited: its place, what its field holds, and what was wrong with it."""

    pointer: str
    at: str
    label: str
    sort: str
    typed: str
    seen: str
    dates: dict[str, str]
    error: str = ""

    @property
    def rhythms(self) -> dict[str, Any]:
        """The choices of how often."""
        return values.RHYTHMS


class Before:
    """The edition as it stood before an act, so that only what changed is sent back."""

    def __init__(self, request: HttpRequest, reading: Reading) -> None:
        self.is_partial = bool(request.headers.get("HX-Request"))
        self.rows: Rows | None = None
        self.pairs: dict[str, Pair] = {}
        if self.is_partial and reading.state == Reading.State.REVIEW:
            self.rows = lines_of(reading)
            self.pairs = _pairs(review_of(actor_of(request), reading, self.rows, ask=False))


def _pairs(shown: Review) -> dict[str, Pair]:
    return {block.id: block for block in shown.edition.blocks if isinstance(block, Pair)}


def answer(
    request: HttpRequest, reading: Reading, before: Before, said: str, *, position: int | None = None
) -> HttpResponse:
    """After an act: the whole page at the next doubt, or the pieces of it that changed."""
    if not before.is_partial:
        if said:
            messages.warning(request, said)
        return redirect(_next_address(request, reading, position))
    fresh = reading_of(request, reading.public_id)
    if fresh.state != Reading.State.REVIEW:
        return HttpResponse(headers={"HX-Redirect": reverse("reading_progress", args=[reading.public_id])})
    shown = review_of(actor_of(request), fresh, before.rows, position=position)
    pairs = _pairs(shown)
    if pairs.keys() != before.pairs.keys():
        return HttpResponse(headers={"HX-Redirect": _next_address(request, fresh, position)})
    changed = [pair for key, pair in pairs.items() if pair != before.pairs[key]]
    return pieces(request, shown, changed, None, said)


def asked_again(request: HttpRequest, reading: Reading, position: int, error: str, before: Before) -> HttpResponse:
    """The question again, with what was wrong and what was typed."""
    alone = bool(request.POST.get("rieng"))
    fresh = reading_of(request, reading.public_id)
    shown = review_of(actor_of(request), fresh, before.rows, position=position, alone=alone)
    context: dict[str, Any] = {"error": error, "typed": request.POST.get("value", "")}
    if before.is_partial:
        return pieces(request, shown, [shown.current_pair], None, "", **context)
    return page(request, shown, None, None, status=422, **context)


def edit_again(
    request: HttpRequest, reading: Reading, where: str, typed: str, error: str, before: Before
) -> HttpResponse:
    """The field again, with what was wrong and what was typed."""
    fresh = reading_of(request, reading.public_id)
    editing = editing_of(fresh, where)
    if editing is not None:
        editing.typed, editing.error = typed, error
        editing.dates = {name: request.POST.get(name, "") for name in ("kind", "start", "due")}
    shown = review_of(actor_of(request), fresh, before.rows, ask=False)
    if before.is_partial:
        return pieces(request, shown, [pair_of(shown, editing)], editing)
    return page(request, shown, editing, None, status=422)


def page(
    request: HttpRequest,
    shown: Review,
    editing: Editing | None,
    adding_wanted: str | None,
    *,
    adding: EntryForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The whole page, with the value that is edited or the entry that is added."""
    context = {
        **_context(request, shown, editing),
        "adding": adding or (EntryForm() if adding_wanted else None),
        **more,
    }
    if adding is not None and adding.errors:
        status = 422
    return render(request, "plans/review.html", context, status=status)


def pieces(
    request: HttpRequest,
    shown: Review,
    pairs: Sequence[Pair | None],
    editing: Editing | None,
    said: str = "",
    **more: Any,
) -> HttpResponse:
    """Only these pairs, and what counts what is left: htmx puts each in its place."""
    sent = (*pairs, *open_pairs(request, shown), shown.current_pair)
    wanted = {pair.id: pair for pair in sent if pair is not None}
    own = {"pairs": list(wanted.values()), "said": said, "is_partial": True}
    context = {**_context(request, shown, editing, lately=True), **own, **more}
    return render(request, "plans/review/pieces.html", context)


def _context(request: HttpRequest, shown: Review, editing: Editing | None, *, lately: bool = False) -> dict[str, Any]:
    reading = shown.reading
    found = findings.findings_of(reading, day=day_of(request), lately=lately)
    header = reading.current["header"]
    return {
        "review": shown,
        "reading": reading,
        "header": header,
        "quality": reading.current["source"]["text_quality"],
        "editing": editing,
        "at_pair": shown.edition.pair_for(editing.pointer) if editing else shown.current_pair,
        "findings": found.beside(shown.edition),
        "findings_file": findings.file_address(reading, day_of(request)),
        "may_keep": bool(rules.may_keep_finding(actor_of(request), reading)),
        "section": "readings",
        "body_class": "desk",
    }


def editing_of(reading: Reading, pointer: str) -> Editing | None:
    """The field for a place; None where the place is no value that a person may write."""
    if not _leads_to_value(reading, pointer):
        return None
    stands = contents.get(reading.current, pointer)
    sort, typed = values.sort_of(pointer), values.shown(pointer, stands)
    dates = values.dates_by_hand(reading.current, pointer, stands) if sort == "when" and stands else {}
    return Editing(pointer, shown_at(pointer), values.label_of(pointer), sort, typed, typed, dates)


def _leads_to_value(reading: Reading, pointer: str) -> bool:
    try:
        return values.is_editable(pointer) and contents.has(reading.current, pointer)
    except contents.BadPointer:
        return False


def pair_of(shown: Review, editing: Editing | None) -> Pair | None:
    """The pair in which the edited value stands."""
    return shown.edition.pair_for(editing.pointer) if editing else None


def open_pairs(request: HttpRequest, shown: Review) -> list[Pair]:
    """The pairs that stand open in the reader's page, as its script says: they are sent again, closed."""
    ids = set(request.headers.get("X-Open", "").split(",")[:5])
    return [pair for key, pair in _pairs(shown).items() if key in ids]


def address_of(reading: Reading, doubt: Doubt | None) -> str:
    """The address of the review at a doubt."""
    base = reverse("review", args=[reading.public_id])
    return f"{base}?cho={doubt.position}#cho-{doubt.position}" if doubt else base


def _next_address(request: HttpRequest, reading: Reading, position: int | None) -> str:
    fresh = reading_of(request, reading.public_id)
    if fresh.state != Reading.State.REVIEW:
        return reverse("reading_progress", args=[reading.public_id])
    shown = review_of(actor_of(request), fresh, [], position=position)
    return address_of(reading, shown.current)


def reading_of(request: HttpRequest, public_id: str) -> Reading:
    """A reading that the actor may see and that was not put aside; otherwise 404."""
    seen = readings.visible_readings(actor_of(request)).exclude(state=Reading.State.DISCARDED)
    return get_object_or_404(seen.select_related("organisation", "file", "text"), public_id=public_id)


def day_of(request: HttpRequest) -> dt.date | None:
    """The day that the address asks about (``ngay``); None for today or what is no day."""
    return typed_day(request.GET.get("ngay", ""))


def number_of(text: str | None) -> int | None:
    """A number that stands in a form or an address; None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else None


def actor_of(request: HttpRequest) -> Actor:
    """The actor of the request, put there by the middleware of the organisations."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
