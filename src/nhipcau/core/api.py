"""What every room's REST router stands on: who calls, what a token may read, pages of a list, problems said in two
languages.

A room's ``api.py`` declares a django-ninja ``Router`` and names it in its manifest (``Offers.api``); the room ``api``
mounts them, checks tokens and limits the rate. Strangers only read; a key writes what its scopes name, by acts of the
room.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from ninja import Field, Schema

from .actors import STRANGER, Actor

MAX_LIMIT = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Caller:
    """Who calls the API: the actor whose reading rights count, the scopes of the token (None: no token was shown, so
    only what is public is read), and the name under which requests are counted."""

    actor: Actor = STRANGER
    scopes: frozenset[str] | None = None
    counted_as: str = ""


class ApiProblem(Exception):
    """A request that cannot be answered. ``said`` is a gettext msgid; the answer bears it in Vietnamese and in
    English."""

    def __init__(self, status: int, code: str, said: str, **values: Any) -> None:
        super().__init__(said)
        self.status, self.code, self.said, self.values = status, code, said, values

    def body(self) -> dict[str, Any]:
        """The JSON of the problem (RFC 9457, with the message in both languages)."""
        words = {}
        for language, _label in settings.LANGUAGES:
            with translation.override(language):
                words[language] = gettext(self.said) % self.values if self.values else gettext(self.said)
        return {
            "type": "about:blank",
            "status": self.status,
            "code": self.code,
            "title": words["vi"],
            "message": words,
        }


def caller_of(request: HttpRequest, scope: str) -> Caller:
    """Who calls. Raises ``ApiProblem`` (403) where a token was shown that lacks the scope."""
    caller = cast(Caller, request.auth)  # type: ignore[attr-defined]
    if caller.scopes is not None and scope not in caller.scopes:
        said = gettext_noop("Khóa này không có quyền %(scope)s. Quản trị của cơ quan cấp được khóa có quyền ấy.")
        raise ApiProblem(403, "scope-missing", said, scope=scope)
    return caller


def not_found() -> ApiProblem:
    """404: for what does not exist and for what this caller may not know of, alike."""
    return ApiProblem(404, "not-found", gettext_noop("Không có mục này, hoặc bạn không được xem."))


def token_needed() -> ApiProblem:
    """401: for what only the keys of organisations open."""
    return ApiProblem(401, "token-needed", gettext_noop("Cần khóa truy cập của cơ quan."))


class Paging(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=MAX_LIMIT, description=gettext_noop("Số mục mỗi trang, tối đa 500"))
    offset: int = Field(0, ge=0, le=10_000_000, description=gettext_noop("Bỏ qua bao nhiêu mục đầu"))


def page_of(
    request: HttpRequest, found: QuerySet[Any], paging: Paging, shown: Callable[[list[Any]], list[Any]]
) -> dict[str, Any]:
    """One page of an ordered query: its items, how many there are in all, the address of the next page or None.

    ``shown`` turns the rows of the page into items, so that what belongs to them is fetched once for all.
    """
    total = found.order_by().count()
    end = paging.offset + paging.limit
    return {
        "items": shown(list(found[paging.offset : end])) if paging.offset < total else [],
        "total": total,
        "limit": paging.limit,
        "offset": paging.offset,
        "next": _address(request, end, paging.limit) if end < total else None,
    }


def absolute(path: str) -> str:
    """The address of a page of this site, for readers outside it."""
    return f"{settings.SITE_URL}{path}"


def _address(request: HttpRequest, offset: int, limit: int) -> str:
    query: QueryDict = request.GET.copy()
    query["offset"], query["limit"] = str(offset), str(limit)
    return f"{absolute(request.path)}?{query.urlencode()}"
