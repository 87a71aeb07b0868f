"""Addresses of the documents that are written from data, and of their words."""

from django.urls import URLPattern, URLResolver, path

from .views import papers, wordings

urlpatterns: list[URLPattern | URLResolver] = [
    path("van-ban-di/moi/<str:kind>/", papers.write_paper, name="write_paper"),
    path("mau-van-ban/", wordings.wordings, name="wordings"),
    path("mau-van-ban/<str:kind>/", wordings.wording, name="wording"),
    path("mau-van-ban/<str:kind>/xem-thu/", wordings.preview_wording, name="preview_wording"),
    path("mau-van-ban/<str:kind>/bo/", wordings.drop, name="drop_wording"),
    path("mau-van-ban/<str:kind>/mau.<slug:form>", wordings.sample_file, name="sample_file"),
]
