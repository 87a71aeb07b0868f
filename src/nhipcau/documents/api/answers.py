"""What the addresses of documents share: who calls, which document is meant, how answers and refusals are said."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import Router

from nhipcau.core.actors import Actor, Refused
from nhipcau.core.api import ApiProblem, Caller, absolute, caller_of, not_found, token_needed
from nhipcau.organisations.models import Organisation, Role
from vanban.official import OfficialDocument, Picture, Problem, Unprintable, problems
from vanban.write import to_pdf
from vanban.write.given import Misfit, document_from

from ..actions import outgoing as actions
from ..models import Addressee, Outgoing
from ..queries.outgoing.register import doc_types
from ..queries.outgoing.seen import visible_outgoing

router = Router()  # one for both: addresses that are read and written stand in one place
READ, WRITE, ISSUE = "read:documents", "write:documents", "issue:documents"
TAGS = ["Văn bản đi, đến"]
_MOST_SAID = 50  # problems told at once


def reader(request: HttpRequest, scope: str) -> Caller:
    """The caller with a key of this scope. Raises ``ApiProblem`` (401, 403)."""
    caller = caller_of(request, scope)
    if caller.scopes is None:
        raise token_needed()
    return caller


def writer(request: HttpRequest, scope: str) -> Actor:
    """The organisation of a key that may write, as one of its officers."""
    return dataclasses.replace(reader(request, scope).actor, roles=frozenset({str(Role.OFFICER)}))


def one(actor: Actor, id: str) -> Outgoing:
    """A document that the key's organisation may read. 404 where there is none."""
    found = visible_outgoing(actor, id) if id.isalnum() else None
    if found is None:
        raise not_found()
    return found


def own(actor: Actor, id: str) -> Outgoing:
    """A document of the key's own organisation."""
    found = one(actor, id)
    if found.organisation_id != actor.organisation_id:
        raise not_found()
    return found


def official_of(given: dict[str, Any]) -> OfficialDocument:
    """The document that was sent. Raises ``ApiProblem`` (422) with every place that does not fit, or cannot be printed."""
    try:
        official = dataclasses.replace(document_from(given), number=None, date=None)
    except Misfit as misfit:
        raise wrong(misfit.problems) from misfit
    if official.type not in doc_types():
        raise wrong((Problem("type", "không có loại văn bản này.", "there is no such type of document."),))
    if found := problems(official):
        raise wrong(found)
    bodies = (official.body, *(annex.body for annex in official.annexes))
    if any(isinstance(block, Picture) for body in bodies for block in body):
        try:  # whether a drawing can be read is known once it is drawn: better now than when it has its number
            to_pdf(official)
        except Unprintable as stop:
            raise wrong(stop.problems) from stop
    return official


def organisations_of(ids: list[str]) -> list[Organisation]:
    """The organisations of these ids. 422 where there is none of one of them."""
    found = {one.public_id: one for one in Organisation.objects.filter(public_id__in=set(ids))}
    if lost := [one for one in ids if one not in found]:
        said = gettext_noop("Không có cơ quan mang mã %(ids)s.")
        raise ApiProblem(422, "no-such-organisation", said, ids=", ".join(lost[:10]))
    return [found[one] for one in dict.fromkeys(ids)]


def done(act: Callable[[], Any]) -> Any:
    """Run an act; what stands in its way is said as 409 (somebody else was faster, its state, its gaps)."""
    try:
        return act()
    except actions.Outdated as outdated:
        said = gettext_noop("Có người sửa văn bản sau phiên bản đã đọc. Hãy đọc lại (phiên bản %(version)d) rồi gửi.")
        raise ApiProblem(409, "outdated", said, version=outdated.outgoing.version) from outdated
    except actions.Unready as unready:
        raise wrong(unready.problems, status=409, code="unready") from unready
    except Refused as refusal:
        raise ApiProblem(409, "refused", gettext_noop("Không làm được: %(why)s"), why=refusal.reason) from refusal


def refuse_older(found: Outgoing, version: int, state: str) -> None:
    """409 where a document that waits for this step is no longer the one that the program read."""
    if found.state == state and found.version != version:
        said = gettext_noop("Có người sửa văn bản sau phiên bản đã đọc. Hãy đọc lại (phiên bản %(version)d) rồi gửi.")
        raise ApiProblem(409, "outdated", said, version=found.version)


def wrong(found: Iterable[Problem], *, status: int = 422, code: str = "wrong-document") -> ApiProblem:
    """What has to be mended in a document, each with its place."""
    told = list(found)
    said = gettext_noop("Văn bản còn %(count)d chỗ chưa đúng mẫu: %(where)s")
    where = "; ".join(f"{one.where}: {one.vi} / {one.en}" for one in told[:_MOST_SAID])
    return ApiProblem(status, code, said, count=len(told), where=where)


def named(organisation: Organisation) -> dict[str, str]:
    """An organisation by its id and name."""
    return {"id": organisation.public_id, "name": organisation.name}


def shown(row: Outgoing, *, is_own: bool = True) -> dict[str, Any]:
    """A document as a list shows it. To whom it was sent is not told from what it was made."""
    return {
        "id": row.public_id,
        "type": row.doc_type,
        "subject": row.subject,
        "symbol": row.symbol,
        "date": row.date,
        "state": row.state,
        "organisation": named(row.organisation),
        "about": f"{row.about_kind}:{row.about_id}" if row.about_kind and is_own else "",
        "edition": row.edition,
        "replaces": row.replaces.public_id if row.replaces is not None else None,
        "version": row.version,
        "changed_at": row.changed_at,
        "signed_at": row.signed_at,
        "sent_at": row.sent_at,
        "url": absolute(reverse("outgoing", args=[row.public_id])),
    }


def arrived(row: Addressee) -> dict[str, Any]:
    """A document that was received, as a list shows it."""
    document, arrival = row.outgoing, getattr(row, "arrival", None)
    return {
        "id": document.public_id,
        "type": document.doc_type,
        "subject": document.subject,
        "symbol": document.symbol,
        "date": document.date,
        "organisation": named(document.organisation),
        "sent_at": row.sent_at,
        "opened_at": row.opened_at,
        "arrival_number": arrival.number if arrival is not None else None,
        "arrived_on": arrival.date if arrival is not None else None,
        "url": absolute(reverse("outgoing", args=[document.public_id])),
    }


def made(row: Outgoing, status: str) -> dict[str, Any]:
    """What became of a document."""
    return {
        "id": row.public_id,
        "status": status,
        "state": row.state,
        "symbol": row.symbol,
        "version": row.version,
        "url": absolute(reverse("outgoing", args=[row.public_id])),
    }
