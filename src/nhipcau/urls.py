"""Every address. Each room brings its own; core's come last."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("nhipcau.home.urls")),
    path("", include("nhipcau.followup.urls")),
    path("", include("nhipcau.reporting.urls")),
    path("", include("nhipcau.plans.urls")),
    path("", include("nhipcau.documents.urls")),
    path("", include("nhipcau.organisations.urls")),
    path("", include("nhipcau.core.urls")),
    path("api/", include("nhipcau.api.urls")),
    path("tai-khoan/", include("nhipcau.core.account_urls")),
]

handler400 = "nhipcau.core.problems.bad_request"
handler403 = "nhipcau.core.problems.forbidden"
handler404 = "nhipcau.core.problems.not_found"
handler429 = "nhipcau.core.problems.too_many"  # allauth's
handler500 = "nhipcau.core.problems.failed"
