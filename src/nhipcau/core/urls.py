"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from . import public, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("suc-khoe/", views.health, name="health"),
    path("ngon-ngu/", views.set_language, name="set_language"),
    path("giao-dien/", views.set_theme, name="set_theme"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/<int:pk>/", views.open_notice, name="open_notice"),
    path("thong-bao/da-xem/", views.read_all_notices, name="read_all_notices"),
    path("he-thong/", views.system, name="system"),
    path("he-thong/gui-lai/", views.retry_letters, name="retry_letters"),
    path("tuy-chon/", views.preferences, name="preferences"),
    path("goi-ra/", views.hooks, name="hooks"),
    path("goi-ra/<str:public_id>/thu/", views.test_hook, name="test_hook"),
    path("goi-ra/<str:public_id>/rut/", views.withdraw_hook, name="withdraw_hook"),
    path("lich-dang-ky/<str:token>.ics", public.feed, name="feed"),
    path("tuy-chon/lich/", views.feeds, name="feeds"),
    path("tuy-chon/lich/<int:pk>/rut/", views.withdraw_feed, name="withdraw_feed"),
    path("tuy-chon/nhac-viec/", views.rhythm, name="rhythm"),
    path("", include("nhipcau.core.calendar_urls")),
]
