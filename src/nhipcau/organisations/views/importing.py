"""Importing the directory: a template to fill, a preview with every row's verdict, then all or nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.core.actors import Refused
from nhipcau.core.views import official

from .. import actions, queries, sheets
from ..forms import SheetForm
from ..models import Organisation, Role
from ..packaged import packaged_tables
from ._common import SECTION, actor_of
from .directory import XLSX, _file

SHOWN = 300  # rows of a preview; wrong ones first, so that none of them is cut off


@official
@require_http_methods(["GET", "POST"])
def import_directory(request: HttpRequest) -> HttpResponse:
    """Upload (``sheet``) → preview; confirm (``packed``) → written."""
    if not actor_of(request).has(Role.ADMINISTRATOR):
        raise Refused(_("Chỉ người có vai trò quản trị mới nhập được danh bạ. Bạn hãy nhờ quản trị của cơ quan mình."))
    form = SheetForm()
    if request.method == "POST":
        try:
            if "packed" in request.POST:
                return _write(request, sheets.read_packed(request.POST["packed"]))
            form = SheetForm(request.POST, request.FILES)
            if form.is_valid():
                return _preview(request, sheets.read_sent(_content(form)), form.cleaned_data["sheet"].name)
        except sheets.SheetProblem as problem:
            form = form if form.is_bound else SheetForm({})
            form.is_valid()
            form.errors.clear()
            form.add_error("sheet", problem.message)
    context = {"section": SECTION, "form": form, "is_small": Organisation.objects.count() < 20}
    return render(request, "organisations/import.html", context, status=400 if form.errors else 200)


@official
@require_GET
def template(request: HttpRequest, form: str) -> HttpResponseBase:
    """The empty table with one example row."""
    example = {column.field: column.example for column in sheets.ORGANISATION_COLUMNS}
    if form == "csv":
        return _file(sheets.csv_bytes(sheets.ORGANISATION_COLUMNS, [example]), "text/csv", "mau-danh-ba.csv")
    if form == "xlsx":
        return _file(sheets.xlsx_bytes(sheets.ORGANISATION_COLUMNS, [example], "Danh bạ"), XLSX, "mau-danh-ba.xlsx")
    raise Http404


@official
@require_POST
def load_packaged(request: HttpRequest) -> HttpResponse:
    """Put the shipped directory in; what is there already stays."""
    actor = actor_of(request)
    try:
        counts = [actions.import_directory(actor, table) for table in _mine(actor, packaged_tables())]
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("import_organisations")
    messages.success(request, _counts(counts[0]))
    return redirect("organisations")


def _mine(actor: Any, tables: list[sheets.Table]) -> list[sheets.Table]:
    """The shipped tables as far as the actor keeps what they speak of: groups only of committees in their reach."""
    own = set(queries.reach(actor).values_list("name", flat=True))
    kept = []
    for table in tables:
        if table.kind == "groups":
            coming = {row["name"] for row in tables[0].rows if _below(row["name"], own, tables[0])}
            rows = tuple(row for row in table.rows if row["scope"] in own | coming)
            table = sheets.Table(table.kind, rows)
        if table.rows:
            kept.append(table)
    return kept


def _below(name: str, own: set[str], table: sheets.Table) -> bool:
    parents = {row["name"]: row["parent"] for row in table.rows}
    while name:
        if name in own:
            return True
        name = parents.get(name, "")
    return False


def _preview(request: HttpRequest, table: sheets.Table, name: str) -> HttpResponse:
    context: dict[str, Any] = {"section": SECTION, "file_name": name, "packed": sheets.pack(table), "kind": table.kind}
    if table.kind == "organisations":
        checked = queries.checked_organisations(actor_of(request), table)
        heads = {column.field: column.head for column in table.columns}
        wrong = [row for row in checked if row.problems]
        other = [row for row in checked if not row.problems]
        context |= {
            "rows": [_shown(row, heads) for row in [*wrong, *other][:SHOWN]],
            "hidden": max(0, len(checked) - SHOWN),
            "wrong": len(wrong),
            **{v: sum(row.verdict == v for row in checked) for v in ("new", "changed", "same")},
        }
    else:
        context |= {
            "rows": [{"checked": row, "problems": []} for row in table.rows[:SHOWN]],
            "new": len(table.rows),
            "wrong": 0,
        }
    return render(request, "organisations/preview.html", context)


def _shown(checked: queries.Checked, heads: dict[str, str]) -> dict[str, Any]:
    return {
        "number": checked.row.number,
        "name": checked.name,
        "of": checked.row["parent"],
        "verdict": checked.verdict,
        "problems": [(heads.get(field, field), text) for field, text in checked.problems],
    }


def _write(request: HttpRequest, table: sheets.Table) -> HttpResponse:
    try:
        counts = actions.import_directory(actor_of(request), table)
    except ValidationError as problem:
        # Something changed since the preview: look again, nothing was written.
        messages.error(request, _("Chưa ghi gì. %(problem)s") % {"problem": " ".join(problem.messages)})
        return _preview(request, table, _("tệp vừa xem"))
    messages.success(request, _counts(counts))
    return redirect("organisations")


def _counts(counts: Any) -> str:
    text = _("Đã nhập danh bạ: %(new)s mới, %(changed)s thay đổi, %(same)s như cũ.")
    return text % {"new": counts.new, "changed": counts.changed, "same": counts.same}


def _content(form: SheetForm) -> bytes:
    """The bytes of the upload; of one that is too large only so many that reading it says so."""
    content: bytes = form.cleaned_data["sheet"].read(sheets.MAX_BYTES + 1)
    return content
