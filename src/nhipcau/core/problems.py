"""The pages for what goes wrong: what happened, and what to do. Never a traceback, never a bare code."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from .files import FileProblem, NoRoom, disk_is_full


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, and 413 for a form whose text is larger than the house takes."""
    if isinstance(exception, RequestDataTooBig):
        reason = _("Nội dung dán vào quá dài nên chưa được gửi. Bạn hãy lưu thành tệp rồi tải tệp lên.")
        return render(request, "413.html", {"reason": reason}, status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", {"reason": _said(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the same page for what does not exist and for what this reader may not know of."""
    return render(request, "404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries of something that guessing could break."""
    said = _("Bạn đã gửi quá nhiều lần trong thời gian ngắn. Bạn hãy đợi vài phút rồi thử lại.")
    response = render(request, "403.html", {"reason": said}, status=429)
    response["Retry-After"] = "300"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """500, without any context: the database itself may be what has failed."""
    return HttpResponse(loader.get_template("500.html").template.source, status=500)  # type: ignore[attr-defined]


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that came from another site."""
    said = _(
        "Trang đã mở quá lâu hoặc trình duyệt chặn cookie nên máy chủ chưa nhận được nội dung bạn gửi. "
        "Bạn hãy quay lại, tải lại trang rồi gửi lần nữa."
    )
    return render(request, "403.html", {"reason": said}, status=403)


def file_page(request: HttpRequest, problem: FileProblem) -> HttpResponse:
    """A file problem that no form has shown."""
    template = "404.html" if problem.status == 404 else "413.html"
    return render(request, template, {"reason": problem.message}, status=problem.status)


def page_for(request: HttpRequest, problem: Exception) -> HttpResponse | None:
    """The page for a problem that a view let through, where it is one that people can understand; else None."""
    if isinstance(problem, FileProblem):
        return file_page(request, problem)
    if disk_is_full(problem):
        return file_page(request, NoRoom())
    if isinstance(problem, OperationalError) and _is_busy(problem):
        said = _("Máy chủ đang bận ghi việc khác nên việc vừa rồi chưa được làm. Bạn hãy gửi lại sau vài giây.")
        response = render(request, "403.html", {"reason": said}, status=503)
        response["Retry-After"] = "5"
        return response
    return None


def _is_busy(problem: OperationalError) -> bool:
    """Whether the database gave up waiting for a lock; nothing was changed then."""
    state = getattr(problem.__cause__, "sqlstate", None)
    return state in {"40001", "40P01", "55P03"} or "database is locked" in str(problem)


def _said(exception: Exception) -> str:
    text = str(exception)
    return text if text and " " in text else ""
