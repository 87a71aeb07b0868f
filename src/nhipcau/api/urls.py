"""Addresses of this room: the interface itself, its description, the keys."""

from django.urls import URLPattern, URLResolver, path

from . import public, views
from .v1 import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.docs, name="api_docs"),
    path("khoa/", views.tokens, name="api_tokens"),
    path("khoa/<int:token>/rut/", views.withdraw, name="withdraw_api_token"),
    path("v1/", api.urls),
]
