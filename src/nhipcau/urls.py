"""Every address. Each room brings its own; core's come last."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("nhipcau.home.urls")),
    path("", include("nhipcau.plans.urls")),
    path("", include("nhipcau.documents.urls")),
    path("", include("nhipcau.organisations.urls")),
    path("", include("nhipcau.core.urls")),
    path("api/", include("nhipcau.api.urls")),
    path("tai-khoan/", include("allauth.account.urls")),
    path("tai-khoan/", include("allauth.mfa.urls")),
]
