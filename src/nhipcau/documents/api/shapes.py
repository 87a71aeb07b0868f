"""What is asked and answered about documents over REST. The words of a document itself have the shape of
docs/contracts/official.schema.json."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from nhipcau.core.api import Paging


class Named(Schema):
    """An organisation by its id and name."""

    id: str
    name: str


class DocumentOut(Schema):
    """A document of an organisation's own in a list. ``version`` goes back with a change."""

    id: str
    type: str
    subject: str
    symbol: str
    date: dt.date | None
    state: str
    organisation: Named
    about: str
    edition: int
    replaces: str | None
    version: int
    changed_at: dt.datetime
    signed_at: dt.datetime | None
    sent_at: dt.datetime | None
    url: str


class Obstacle(Schema):
    """What has to be mended before it goes to the signature, with the article of Nghị định 30/2020/NĐ-CP."""

    where: str
    said: str
    article: str


class SentTo(Schema):
    """An organisation of this house to which it goes, and when it was opened there."""

    organisation: Named
    opened_at: dt.datetime | None


class DocumentDetail(DocumentOut):
    """A document with its content (docs/contracts/official.schema.json)."""

    document: dict[str, Any]
    addressees: list[SentTo]
    obstacles: list[Obstacle]


class DocumentPage(Schema):
    """A page of documents."""

    items: list[DocumentOut]
    total: int
    limit: int
    offset: int
    next: str | None


class DocumentQuery(Paging):
    """Which documents are asked for."""

    q: str = Field(
        "", max_length=200, description=gettext_noop("Chữ trong số, ký hiệu, trích yếu; không dấu cũng được")
    )
    type: str = Field("", max_length=60, description=gettext_noop("Loại văn bản, như “Báo cáo”"))
    year: int | None = Field(None, ge=1900, le=2100, description=gettext_noop("Năm của văn bản"))
    state: Literal["", "under_way", "signed", "sent", "dropped"] = Field(
        "", description=gettext_noop("Để trống: mọi văn bản chưa bỏ")
    )


class ReceivedOut(Schema):
    """A document that was sent to the key's organisation, with its place in the book of arrivals."""

    id: str
    type: str
    subject: str
    symbol: str
    date: dt.date | None
    organisation: Named
    sent_at: dt.datetime
    opened_at: dt.datetime | None
    arrival_number: int | None
    arrived_on: dt.date | None
    url: str


class ReceivedPage(Schema):
    """A page of documents that were received."""

    items: list[ReceivedOut]
    total: int
    limit: int
    offset: int
    next: str | None


Ids = list[Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,10}$")]]


class DraftIn(Schema):
    """A document to begin. ``key`` is the program's own: sent again, the document is made once; number and date of
    ``document`` are not read, the register gives them."""

    key: str = Field(pattern=r"^[A-Za-z0-9_-]{8,80}$", description=gettext_noop("Khóa riêng của lần gửi này"))
    document: dict[str, Any]
    addressees: Ids = Field(default_factory=list, max_length=2000, description=gettext_noop("Mã cơ quan nhận"))


class ChangeIn(Schema):
    """A document written anew. ``version``: the one that the program read; without ``addressees`` they stay."""

    version: int = Field(ge=1, description=gettext_noop("Phiên bản của văn bản lúc đọc"))
    document: dict[str, Any]
    addressees: Ids | None = Field(None, max_length=2000)


class StepIn(Schema):
    """A step of a document that the program read in this version."""

    version: int = Field(ge=1, description=gettext_noop("Phiên bản của văn bản lúc đọc"))


class NumberIn(StepIn):
    """Its number, the next one; ``sure``: although the date does not fit the numbers beside it."""

    date: dt.date | None = None
    sure: bool = False


class ArrivalIn(Schema):
    """What the book says of a document that arrived: whom it was handed to, until when it is to be answered."""

    handler: str = Field("", max_length=250, description=gettext_noop("Đơn vị hoặc người nhận"))
    due_on: dt.date | None = Field(None, description=gettext_noop("Hạn giải quyết"))


class Made(Schema):
    """What became of it: written, or there (this key was received before, or nothing differs)."""

    id: str
    status: Literal["written", "there"]
    state: str
    symbol: str
    version: int
    url: str
