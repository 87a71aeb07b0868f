"""Addresses of this room: the public front page, the officer's first page, the search over everything."""

from django.urls import URLPattern, URLResolver, path

from . import public, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.front, name="front"),
    path("tim/", public.search, name="search"),
    path("ban-lam-viec/", views.home, name="home"),
]
