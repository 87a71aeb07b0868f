"""Who comes through which door. A view that stands behind none of these is public, and says so by standing in
``public.py``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> View[P]:
    """Only for people who have signed in, whatever their roles; others are sent to sign in and come back."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_login(request)
        return _private(view(request, *args, **kwargs))

    guarded.door = "signed_in"  # type: ignore[attr-defined]
    return guarded


def official(view: View[P]) -> View[P]:
    """Only for people who hold a role in an organisation today; a person without one reads whom to ask (403)."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_login(request)
        if not request.actor.roles:  # type: ignore[attr-defined]
            return _private(render(request, "core/no_role.html", status=403))
        return _private(view(request, *args, **kwargs))

    guarded.door = "official"  # type: ignore[attr-defined]
    return guarded


def same_site(view: View[P]) -> View[P]:
    """For forms on public pages that change nothing but the reader's own view: no CSRF cookie is laid before it is
    needed, so the browser's word for where the form came from must do. A form from another site is refused (403)."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        site = request.headers.get("Sec-Fetch-Site", "")
        origin = request.headers.get("Origin", "")
        is_foreign = site not in {"", "same-origin", "none"} or (
            origin not in {"", "null"} and _parts(origin).netloc != request.get_host()
        )
        if is_foreign:
            reason = _("Yêu cầu đến từ một trang khác nên không được thực hiện. Bạn hãy làm lại trên trang này.")
            return render(request, "403.html", {"reason": reason}, status=403)
        return view(request, *args, **kwargs)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return guarded


def _to_login(request: HttpRequest) -> HttpResponse:
    if not getattr(request, "htmx", False):
        # What was being sent is lost on the way, so a POST comes back to the page that it was sent from.
        here = request.get_full_path() if request.method in {"GET", "HEAD"} else _page_before(request)
        return redirect_to_login(here, resolve_url(settings.LOGIN_URL))
    # A fragment cannot show the sign-in page: the whole page goes there and comes back.
    current = _parts(request.headers.get("HX-Current-URL", ""))
    here = current.path + (f"?{current.query}" if current.query else "")
    login = redirect_to_login(here if _is_here(here) else "/", resolve_url(settings.LOGIN_URL), REDIRECT_FIELD_NAME)
    return HttpResponse(status=204, headers={"HX-Redirect": login["Location"]})


def _page_before(request: HttpRequest) -> str:
    before = _parts(request.headers.get("Referer", ""))
    here = before.path + (f"?{before.query}" if before.query else "")
    return here if before.netloc == request.get_host() and _is_here(here) else resolve_url("home")


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """No shared cache keeps a page for officials."""
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def next_page(request: HttpRequest, given: Any, otherwise: str) -> str:
    """Where to go on: the address that the form asked for if it is on this site, else the page it came from."""
    if _is_here(str(given or "")):
        return str(given)
    before = _parts(request.headers.get("Referer", ""))
    here = before.path + (f"?{before.query}" if before.query else "")
    return here if before.netloc == request.get_host() and _is_here(here) else otherwise


def _parts(address: str) -> SplitResult:
    """The parts of an address that a browser has sent; of one that is none ("http://[") all are empty."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _is_here(address: str) -> bool:
    """Whether an address is a path of this site. "//other.vn/" is none, also where it was cut out of an address of
    ours."""
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None) and address.startswith("/")
