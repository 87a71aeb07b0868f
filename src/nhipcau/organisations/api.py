"""The directory over REST: official facts of organisations and groups; never the people in them. With a key only, as
its pages are for officials only."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from nhipcau.core.actors import Actor
from nhipcau.core.api import Paging, absolute, caller_of, not_found, page_of, token_needed

from .models import Group, Organisation
from .queries import Wanted, found_groups, found_organisations, group_by_public_id, members, organisation_by_public_id
from .rules import may_read_directory

router = Router(tags=["Cơ quan"])
SCOPE = "read:organisations"


class Named(Schema):
    """An organisation or group by its id and name."""

    id: str
    name: str


class OrganisationOut(Schema):
    """An organisation."""

    id: str
    name: str
    short_name: str
    kind: str
    level: str
    parent: Named | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    legal_basis: str
    source: str
    url: str


class OrganisationPage(Schema):
    """A page of organisations."""

    items: list[OrganisationOut]
    total: int
    limit: int
    offset: int
    next: str | None


class GroupOut(Schema):
    """A group of organisations. ``is_open``: it has no rule, only the members that were named."""

    id: str
    name: str
    organisation: Named
    is_open: bool
    url: str


class GroupDetail(GroupOut):
    """A group with its members on a day."""

    on: dt.date
    members: list[Named]


class GroupPage(Schema):
    """A page of groups."""

    items: list[GroupOut]
    total: int
    limit: int
    offset: int
    next: str | None


class OrganisationQuery(Paging):
    """Which organisations are asked for."""

    q: str = Field("", max_length=200, description=gettext_noop("Chữ trong tên, không dấu cũng được"))
    level: Literal["", "central", "province", "district", "commune"] = Field("", description=gettext_noop("Cấp"))
    kind: str = Field("", max_length=12, description=gettext_noop("Loại"))
    state: Literal["", "living", "ended"] = Field("", description=gettext_noop("Còn hiệu lực hay đã chấm dứt"))


class GroupQuery(Paging):
    """Which groups are asked for."""

    q: str = Field("", max_length=200, description=gettext_noop("Chữ trong tên, không dấu cũng được"))


@router.get(
    "/organisations",
    response=OrganisationPage,
    summary=gettext_noop("Danh bạ cơ quan"),
    description=gettext_noop("Các cơ quan, theo thứ tự tên. Cần khóa."),
)
def organisations(request: HttpRequest, query: Query[OrganisationQuery]) -> dict[str, Any]:
    """Organisations in Vietnamese order."""
    reader = _reader(request)
    wanted = Wanted(q=query.q, level=query.level, kind=query.kind, state=query.state)
    found = found_organisations(reader, wanted, timezone.localdate())
    return page_of(request, found, query, lambda rows: [_organisation(o) for o in rows])


@router.get(
    "/organisations/{id}",
    response=OrganisationOut,
    summary=gettext_noop("Một cơ quan"),
    description=gettext_noop("Một cơ quan theo mã. Cần khóa."),
)
def organisation(request: HttpRequest, id: str) -> dict[str, Any]:
    """One organisation. 404 where there is none."""
    _reader(request)
    found = organisation_by_public_id(id)
    if found is None:
        raise not_found()
    return _organisation(found)


@router.get(
    "/groups",
    response=GroupPage,
    summary=gettext_noop("Các nhóm cơ quan"),
    description=gettext_noop("Các nhóm như “các sở, ban, ngành”, theo thứ tự tên. Cần khóa."),
)
def groups(request: HttpRequest, query: Query[GroupQuery]) -> dict[str, Any]:
    """Groups in Vietnamese order."""
    return page_of(request, found_groups(_reader(request), query.q), query, lambda rows: [_group(g) for g in rows])


@router.get(
    "/groups/{id}",
    response=GroupDetail,
    summary=gettext_noop("Một nhóm và thành viên vào một ngày"),
    description=gettext_noop("Một nhóm, với thành viên vào ngày `on` (hôm nay nếu không ghi). Cần khóa."),
)
def group(request: HttpRequest, id: str, on: dt.date | None = None) -> dict[str, Any]:
    """One group with its members on a day, today unless said."""
    _reader(request)
    found = group_by_public_id(id)
    if found is None:
        raise not_found()
    day = on or timezone.localdate()
    listed = [{"id": o.public_id, "name": o.name} for o in members(found, day)]
    return {**_group(found), "on": day, "members": listed}


def _reader(request: HttpRequest) -> Actor:
    """Who reads the directory: the same as on its pages. Raises ``ApiProblem`` (401) for strangers."""
    actor = caller_of(request, SCOPE).actor
    if not may_read_directory(actor):
        raise token_needed()
    return actor


def _organisation(organisation: Organisation) -> dict[str, Any]:
    parent = organisation.parent
    facts = ("name", "short_name", "kind", "level", "valid_from", "valid_to", "legal_basis", "source")
    return {
        "id": organisation.public_id,
        **{fact: getattr(organisation, fact) for fact in facts},
        "parent": {"id": parent.public_id, "name": parent.name} if parent else None,
        "url": absolute(reverse("organisation", args=[organisation.public_id])),
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.public_id,
        "name": group.name,
        "organisation": {"id": group.scope.public_id, "name": group.scope.name},
        "is_open": group.is_open,
        "url": absolute(reverse("group", args=[group.public_id])),
    }
