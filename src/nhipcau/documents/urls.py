"""Addresses of the library: documents, originals, their files."""

from django.urls import URLPattern, URLResolver, path

from . import facts, public, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("van-ban/", views.documents, name="documents"),
    path("hieu-luc-van-ban/", facts.validity, name="validity"),
    path("hieu-luc-van-ban/them/", facts.add_validity, name="add_validity"),
    path("hieu-luc-van-ban/<int:pk>/", facts.change_validity, name="change_validity"),
    path("van-ban/<slug:slug>/", public.document, name="document"),
    path("ban-goc/<slug:public_id>/", public.text, name="text"),
    path("ban-goc/<slug:public_id>/trang/<int:page>.webp", public.text_page, name="text_page"),
    path("ban-goc/<slug:public_id>/tep/", public.text_file, name="text_file"),
]
