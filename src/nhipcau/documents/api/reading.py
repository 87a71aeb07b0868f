"""Documents read over REST: the organisation's own with their content and files, and what was sent to it."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_noop
from ninja import Query

from nhipcau.core.api import Paging, not_found, page_of
from vanban.official import Unprintable

from ..queries.files import FORMS
from ..queries.outgoing.listed import OutgoingFilter, filtered, own_outgoings, received
from ..queries.outgoing.ready import said_obstacles
from ..queries.outgoing.seen import is_of_the_house
from ..views.outgoing.one import served
from .answers import READ, TAGS, arrived, named, one, reader, router, shown, wrong
from .shapes import DocumentDetail, DocumentPage, DocumentQuery, ReceivedPage


@router.get(
    "/outgoing-documents",
    response=DocumentPage,
    summary=gettext_noop("Văn bản đi"),
    description=gettext_noop("Văn bản của cơ quan và cấp dưới, vừa đổi đứng trước. Cần khóa truy cập."),
    tags=TAGS,
)
def outgoing_documents(request: HttpRequest, query: Query[DocumentQuery]) -> dict[str, Any]:
    """The documents that the caller reads from inside."""
    wanted = OutgoingFilter(query.q.replace("\x00", ""), query.type.replace("\x00", ""), query.year, query.state)
    rows = filtered(own_outgoings(reader(request, READ).actor), wanted).select_related("organisation", "replaces")
    return page_of(request, rows, query, lambda found: [shown(row) for row in found])


@router.get(
    "/outgoing-documents/{id}",
    response=DocumentDetail,
    summary=gettext_noop("Một văn bản"),
    description=gettext_noop("Cả văn bản theo docs/contracts/official.schema.json. Cần khóa truy cập."),
    tags=TAGS,
)
def outgoing_document(request: HttpRequest, id: str) -> dict[str, Any]:
    """One document: the organisation's own, or one that was sent to it. 404 where there is none for this caller. To whom it
    was sent, only its own opening is told."""
    actor = reader(request, READ).actor
    found = one(actor, id)
    is_own = is_of_the_house(actor, found)
    to = found.sent_to.select_related("organisation").order_by("organisation__sort_key", "pk")
    to = to if is_own else to.filter(organisation=actor.organisation_id)
    return {
        **shown(found, is_own=is_own),
        "document": found.content,
        "addressees": [{"organisation": named(row.organisation), "opened_at": row.opened_at} for row in to],
        "obstacles": [dataclasses.asdict(gap) for gap in said_obstacles(found.official)] if found.is_open else [],
    }


@router.get(
    "/outgoing-documents/{id}/file.{form}",
    summary=gettext_noop("Tệp DOCX, PDF của văn bản"),
    description=gettext_noop("form: docx hoặc pdf. Bản đã gửi, hoặc bản như sẽ in lúc này. Cần khóa truy cập."),
    tags=TAGS,
)
def outgoing_document_file(request: HttpRequest, id: str, form: str) -> HttpResponseBase:
    """Its file: what was sent, or as it would be printed now. 422 where it cannot be printed."""
    found = one(reader(request, READ).actor, id)
    if form not in FORMS:
        raise not_found()
    try:
        return served(found, form)
    except Unprintable as stop:
        raise wrong(stop.problems) from stop


@router.get(
    "/received-documents",
    response=ReceivedPage,
    summary=gettext_noop("Văn bản đến"),
    description=gettext_noop("Văn bản gửi tới cơ quan cấp khóa, chưa mở đứng trước. Cần khóa truy cập."),
    tags=TAGS,
)
def received_documents(request: HttpRequest, query: Query[Paging]) -> dict[str, Any]:
    """What was sent to the caller's organisation within this house."""
    rows = received(reader(request, READ).actor).select_related("outgoing__organisation", "arrival")
    return page_of(request, rows, query, lambda found: [arrived(row) for row in found])
