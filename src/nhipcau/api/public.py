"""The page that explains the REST interface, open to everyone; made by us from the OpenAPI object, so it needs no
script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from nhipcau.core.api import absolute

from . import queries
from .v1 import api


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters and the fields of its answer."""
    schema = api.get_openapi_schema(path_prefix=reverse("api-1:api-root"))
    context = {
        "operations": queries.described(schema),
        "site": absolute(""),
        "openapi": reverse("api-1:openapi-json"),
        "may_make": request.actor.has("administrator"),  # type: ignore[attr-defined]
    }
    return render(request, "api/docs.html", context)
