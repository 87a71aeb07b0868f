"""The first version of the REST interface: the routers that the rooms offer, under one roof."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from nhipcau.core import rooms
from nhipcau.core.api import ApiProblem, not_found, token_needed
from nhipcau.core.file_problems import FileProblem

from .tokens import CallerThrottle, authenticate


class ReadableJson(JSONRenderer):
    """Vietnamese as itself, not as escapes: readable in a terminal, and shorter."""

    json_dumps_params = {"ensure_ascii": False}


class ReadApi(NinjaAPI):
    """Answers carry an entity tag, so that a program that asks again for the same thing gets 304 and no body."""

    _schema: OpenAPISchema | None = None

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """What can be asked. It changes only with the code, and strangers may ask for it as often as they like."""
        if self._schema is None:
            self._schema = super().get_openapi_schema(**where)
        return self._schema

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization"])
        if response.status_code == 200 and request.method in {"GET", "HEAD"}:
            set_response_etag(response)
            found = get_conditional_response(request, etag=response.get("ETag"), response=response)
            response = found if isinstance(found, HttpResponse) else response
        return response


api = ReadApi(
    title="Nhịp Cầu",
    version="1",
    description=gettext_noop(
        "Đọc danh bạ cơ quan, kế hoạch truyền thông chính sách, nhiệm vụ, việc được giao; ghi tiến độ việc của mình."
    ),
    urls_namespace="api-1",
    docs_url=None,
    auth=authenticate,
    throttle=CallerThrottle(),
    renderer=ReadableJson(),
)
for _room in rooms.rooms():
    if _room.offers.api:
        api.add_router("", import_string(_room.offers.api))


_last = Router()


@_last.get("/{path:rest}", include_in_schema=False)
def unknown(request: HttpRequest, rest: str) -> None:
    """No such address: said as every other problem."""
    raise not_found()


api.add_router("", _last)


_NOT_JSON = gettext_noop("Nội dung gửi không phải JSON đọc được. Hãy gửi với Content-Type: application/json.")


def _answer(problem: ApiProblem, extra: dict[str, Any] | None = None) -> HttpResponse:
    body = {**problem.body(), **(extra or {})}
    return JsonResponse(
        body,
        status=problem.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
        headers={"Cache-Control": "no-store", **({"WWW-Authenticate": "Bearer"} if problem.status == 401 else {})},
    )


@api.exception_handler(ApiProblem)
def _on_problem(request: HttpRequest, problem: ApiProblem) -> HttpResponse:
    return _answer(problem)


@api.exception_handler(Http404)
def _on_not_found(request: HttpRequest, problem: Http404) -> HttpResponse:
    return _answer(not_found())


@api.exception_handler(AuthenticationError)
def _on_stranger(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    return _answer(token_needed())


@api.exception_handler(ValidationError)
def _on_wrong_question(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    said = ApiProblem(
        422, "wrong-parameter", gettext_noop("Có tham số chưa đúng. Xem “fields” và trang hướng dẫn API.")
    )
    fields = [{"name": str(error["loc"][-1]), "problem": error["msg"]} for error in problem.errors]
    return _answer(said, {"fields": fields})


@api.exception_handler(Throttled)
def _on_too_many(request: HttpRequest, problem: Throttled) -> HttpResponse:
    wait = max(1, int(problem.wait or 1))
    said = gettext_noop("Quá nhiều yêu cầu trong một phút. Hãy đợi %(seconds)s giây rồi gọi lại.")
    response = _answer(ApiProblem(429, "too-many", said, seconds=wait))
    response.headers["Retry-After"] = str(wait)
    return response


@api.exception_handler(RequestDataTooBig)
def _on_too_large(request: HttpRequest, problem: RequestDataTooBig) -> HttpResponse:
    said = gettext_noop("Nội dung gửi lớn quá. Hãy chia thành nhiều lần gửi.")
    return _answer(ApiProblem(413, "too-large", said))


@api.exception_handler(FileProblem)
def _on_file(request: HttpRequest, problem: FileProblem) -> HttpResponse:
    said = problem.in_each_language()
    return _answer(ApiProblem(problem.status, problem.code, said["vi"]), {"message": said})


@api.exception_handler(RawPostDataException)
def _on_form(request: HttpRequest, problem: RawPostDataException) -> HttpResponse:
    return _answer(ApiProblem(415, "not-json", _NOT_JSON))


@api.exception_handler(HttpError)
def _on_http_error(request: HttpRequest, problem: HttpError) -> HttpResponse:
    if problem.status_code == 400:  # what the library says of a body that it cannot parse
        return _answer(ApiProblem(400, "not-json", _NOT_JSON))
    return _answer(ApiProblem(problem.status_code, "refused", gettext_noop("Yêu cầu này không làm được.")))


@api.exception_handler(Exception)
def _on_failure(request: HttpRequest, problem: Exception) -> HttpResponse:
    raise problem  # to the log, and to the page for what goes wrong
