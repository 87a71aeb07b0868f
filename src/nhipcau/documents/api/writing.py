"""Documents written over REST. A person signs; numbers and sending are for keys that were given that right."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja.responses import Status

from nhipcau.core.actors import Refused
from nhipcau.core.api import ApiProblem, not_found
from nhipcau.organisations.models import Organisation

from ..actions import outgoing as actions
from ..actions.arriving import enter_received
from ..models import Outgoing
from ..queries.outgoing.listed import received
from ..queries.outgoing.past import was_first
from .answers import (
    ISSUE,
    TAGS,
    WRITE,
    arrived,
    done,
    made,
    official_of,
    organisations_of,
    own,
    refuse_older,
    router,
    writer,
)
from .shapes import ArrivalIn, ChangeIn, DraftIn, Made, NumberIn, ReceivedOut, StepIn


@router.post(
    "/outgoing-documents",
    response={200: Made, 201: Made},
    summary=gettext_noop("Soạn văn bản"),
    description=gettext_noop(
        "Một bản thảo của chính cơ quan cấp khóa. Gửi lại cùng `key` và cùng nội dung thì không tạo thêm (200); cùng `key` "
        "mà khác nội dung: 409. 422: `document` không đúng mẫu, thông báo nói chỗ nào."
    ),
    tags=TAGS,
)
def begin_document(request: HttpRequest, given: DraftIn) -> Status[dict[str, Any]]:
    """Begin a document of the key's organisation, once for each key."""
    actor = writer(request, WRITE)
    official, to = official_of(given.document), organisations_of(given.addressees)
    organisation = Organisation.objects.select_related("parent").get(pk=actor.organisation_id or 0)
    there = Outgoing.objects.filter(organisation=organisation, given_key=given.key).first()
    if there is None:
        try:
            begun = actions.draft_document(
                actor, official, organisation=organisation, addressees=to, given_key=given.key
            )
            return Status(201, made(begun, "written"))
        except actions.KeyUsed as used:  # by the other of two that came at once
            there = used.outgoing
        except Refused as refusal:
            raise ApiProblem(422, "refused", gettext_noop("Không làm được: %(why)s"), why=refusal.reason) from refusal
    if not was_first(there, official):
        said = gettext_noop("Khóa này đã dùng cho một văn bản khác. Hãy gửi với khóa mới.")
        raise ApiProblem(409, "key-used", said)
    return Status(200, made(there, "there"))


@router.put(
    "/outgoing-documents/{id}",
    response={200: Made},
    summary=gettext_noop("Sửa văn bản"),
    description=gettext_noop(
        "Viết lại một bản thảo của chính cơ quan. 409: có người viết sau `version` đã đọc, văn bản đã trình ký, hoặc nội dung "
        "đến từ nơi khác (báo cáo); 422: `document` không đúng mẫu."
    ),
    tags=TAGS,
)
def change_document(request: HttpRequest, id: str, given: ChangeIn) -> dict[str, Any]:
    """Write a draft anew, where nobody has since ``version``."""
    actor = writer(request, WRITE)
    found, official = own(actor, id), official_of(given.document)
    to = organisations_of(given.addressees) if given.addressees is not None else None
    written = done(lambda: actions.edit_document(actor, found, official, version=given.version, addressees=to))
    return made(written, "there" if written.version == given.version else "written")


@router.post(
    "/outgoing-documents/{id}/submit",
    response={200: Made},
    summary=gettext_noop("Trình ký"),
    description=gettext_noop(
        "Trình lãnh đạo ký; người ký luôn là một người. 409: còn chỗ phải sửa, hoặc có người sửa."
    ),
    tags=TAGS,
)
def submit_document(request: HttpRequest, id: str, given: StepIn) -> dict[str, Any]:
    """Put it before the heads; where it waits for them already nothing happens."""
    actor = writer(request, WRITE)
    found = own(actor, id)
    if found.state == Outgoing.State.SUBMITTED:
        return made(found, "there")
    return made(done(lambda: actions.submit_document(actor, found, version=given.version)), "written")


@router.post(
    "/outgoing-documents/{id}/number",
    response={200: Made},
    summary=gettext_noop("Lấy số"),
    description=gettext_noop(
        "Số tiếp theo cho văn bản đã ký; văn bản đã có số thì giữ số ấy. Cần quyền issue:documents."
    ),
    tags=TAGS,
)
def number_document(request: HttpRequest, id: str, given: NumberIn) -> dict[str, Any]:
    """The next number for what is signed; what has one keeps it."""
    actor = writer(request, ISSUE)
    found = own(actor, id)
    refuse_older(found, given.version, Outgoing.State.SIGNED)
    taken = done(lambda: actions.take_number(actor, found, date=given.date, sure=given.sure))
    was_there = found.state == Outgoing.State.NUMBERED
    return made(own(actor, id), "there" if was_there and taken else "written")


@router.post(
    "/outgoing-documents/{id}/send",
    response={200: Made},
    summary=gettext_noop("Gửi"),
    description=gettext_noop("Gửi văn bản đã có số; gửi lại không đổi gì. Cần quyền issue:documents."),
    tags=TAGS,
)
def send_document(request: HttpRequest, id: str, given: StepIn) -> dict[str, Any]:
    """Send what has its number; what was sent stays as it is."""
    actor = writer(request, ISSUE)
    found = own(actor, id)
    refuse_older(found, given.version, Outgoing.State.NUMBERED)
    was_sent = found.is_frozen
    return made(done(lambda: actions.send_document(actor, found)), "there" if was_sent else "written")


@router.post(
    "/received-documents/{id}/arrival",
    response={200: ReceivedOut},
    summary=gettext_noop("Vào sổ văn bản đến"),
    description=gettext_noop("Lấy số đến cho văn bản gửi tới cơ quan cấp khóa; văn bản đã vào sổ thì giữ số ấy."),
    tags=TAGS,
)
def enter_document(request: HttpRequest, id: str, given: ArrivalIn) -> dict[str, Any]:
    """Give a document that was received its arrival number; what has one keeps it."""
    actor = writer(request, WRITE)
    row = received(actor).filter(outgoing__public_id=id).first() if id.isalnum() else None
    if row is None:
        raise not_found()
    done(lambda: enter_received(actor, row, handler=given.handler, due_on=given.due_on))
    return arrived(received(actor).select_related("arrival").get(pk=row.pk))
