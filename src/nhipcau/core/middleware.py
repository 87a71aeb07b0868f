"""The language of the page, the headers of every answer, and the pages that explain a refusal or a problem with a
file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from .acts import Refused
from .files import CHUNK
from .problems import page_for

Next = Callable[[HttpRequest], HttpResponse]


class ReadToTheEndMiddleware:
    """Reads and drops what nobody has read of a request before the answer goes out.

    A form may be answered early (no token, signed out meanwhile). The server then cuts the connection while the browser
    is still sending, and the person sees the browser's own error page in place of our sentence.
    """

    FARTHEST = 1_000_000_000  # who sends more is cut off

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        stream = getattr(request, "_stream", None)
        if request.method not in {"GET", "HEAD"} and stream is not None and self._length(request) <= self.FARTHEST:
            with contextlib.suppress(OSError):  # the browser went away: nobody waits for the answer
                while stream.read(CHUNK):
                    pass
        return response

    @staticmethod
    def _length(request: HttpRequest) -> int:
        given = request.META.get("CONTENT_LENGTH") or "0"
        return int(given) if given.isdigit() else 0


class NothingElseMiddleware:
    """Says with every answer what no page of this house needs of a browser, so that nothing that gets into one has it;
    and that no other site may put our pages, pictures and files into its own."""

    HEADERS = (
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.HEADERS:
            response.headers.setdefault(name, value)
        return response


class PlainSignsMiddleware:
    """Takes NUL out of what an address or a form says. No text needs it, and PostgreSQL fails on it wherever it is
    looked for or kept (SQLite does not), so it is dropped at the door and not in each view."""

    NUL = "\x00"

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or self.NUL in query:
            request.META["QUERY_STRING"] = query.replace("%00", "").replace(self.NUL, "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Here and not earlier: what may not be sent at all is refused before its form is read."""
        if request.method == "POST" and any(
            self.NUL in text for _name, texts in request.POST.lists() for text in texts
        ):
            plain = request.POST.copy()
            for name, texts in request.POST.lists():
                plain.setlist(name, [text.replace(self.NUL, "") for text in texts])
            request.POST = plain  # type: ignore[assignment]  # what a copy gives may be changed; nobody does


class LanguageMiddleware:
    """Vietnamese unless the person, or this browser, chose English. The browser's own header is not asked: most office
    machines are set to English by the factory, not by the officer."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = request.user.language if request.user.is_authenticated else ""
        chosen = own or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


class RefusalMiddleware:
    """A refused act, or a file that could not be kept, becomes a page that says why, in place of an error."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, Refused):
            return render(request, "403.html", {"reason": problem.reason}, status=403)
        return page_for(request, problem)
