"""The directory: the tree, search, one organisation; and the choice of the organisation in whose name one acts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.core import rooms
from nhipcau.core.views import official

from .. import queries, rules, sheets
from ..forms import AliasForm
from ..middleware import SESSION_KEY
from ..models import Level, Organisation, OrganisationKind
from ._common import SECTION, actor_of, organisation_or_404

PAGE_SIZE = 100


@official
@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """The tree of all organisations, or what a search found; with htmx only the list."""
    wanted = _wanted(request)
    today = timezone.localdate()
    page: Page[Any]
    if wanted:
        fitting = queries.found_organisations(actor_of(request), wanted, today)
        found = Paginator(fitting, PAGE_SIZE).get_page(request.GET.get("page"))
        page, listed = found, list(found)
    else:
        page = Paginator(queries.tree_ids(_own(request)), PAGE_SIZE).get_page(request.GET.get("page"))
        listed = queries.in_tree_order(list(page))
    may_add = rules.may_add(actor_of(request), None, queries.keeping(actor_of(request), None))
    context = {
        "section": SECTION,
        "wanted": wanted,
        "page": page,
        "rows": [_row(organisation, today, is_tree=not wanted) for organisation in listed],
        "groups": list(queries.found_groups(actor_of(request), wanted.q)[:50])
        if _shows_groups(wanted, page.number)
        else [],
        "levels": Level.choices,
        "kinds": OrganisationKind.choices,
        "may_add": bool(may_add),
        "may_import": actor_of(request).has("administrator"),
    }
    template = "organisations/list.html" if request.headers.get("HX-Request") else "organisations/directory.html"
    return render(request, template, context)


@official
@require_GET
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """One organisation: facts, names, what stands below it, groups, its people for those who may see them."""
    about = organisation_or_404(public_id)
    actor = actor_of(request)
    today = timezone.localdate()
    may_keep = bool(rules.may_keep(actor, about, queries.keeping(actor, about)))
    heirs, taken_over = queries.successions_about(about)
    context: dict[str, Any] = {
        "section": SECTION,
        "organisation": about,
        "above": list(reversed(queries.chain(about)[1:])),
        "is_living": about.existed(today),
        "is_coming": about.valid_from is not None and about.valid_from > today,
        "aliases": list(about.aliases.select_related("scope").order_by("folded")),
        "children": [_row(child, today, is_tree=False) for child in about.children.order_by("sort_key")],
        "own_groups": list(about.groups.order_by("sort_key")),
        "in_groups": list(queries.groups_of(about.pk, today).select_related("scope")),
        "people": _living(queries.people_of(about), today) if rules.may_see_people(actor, about) else None,
        "may_keep": may_keep,
        "may_administer": bool(rules.may_administer_people(actor, about)),
        "alias_form": AliasForm(scopes=queries.reach(actor).filter(kind="committee")) if may_keep else None,
        "heirs": heirs,
        "taken_over": taken_over,
        "panels": rooms.panels("organisations.organisation", actor, about),
    }
    return render(request, "organisations/organisation.html", context)


@official
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole directory as a table that can be imported again."""
    name = f"danh-ba-{timezone.localdate():%Y-%m-%d}"
    if form == "csv":
        return _file(sheets.csv_bytes(sheets.ORGANISATION_COLUMNS, queries.sent_rows()), "text/csv", f"{name}.csv")
    if form == "xlsx":
        content = sheets.xlsx_bytes(sheets.ORGANISATION_COLUMNS, queries.sent_rows(), "Danh bạ")
        return _file(content, XLSX, f"{name}.xlsx")
    raise Http404


@official
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """From now on act in the name of another of one's organisations; kept in the session."""
    wanted = request.POST.get("organisation", "")
    held = [m.organisation for m in request.memberships if m.organisation.public_id == wanted]  # type: ignore[attr-defined]
    if not held:
        raise Http404
    request.session[SESSION_KEY] = held[0].pk
    messages.success(request, _("Từ giờ bạn làm việc nhân danh %(name)s.") % {"name": held[0].name})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else reverse("home"))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _wanted(request: HttpRequest) -> queries.Wanted:
    given = request.GET
    level, kind = given.get("level", ""), given.get("kind", "")
    return queries.Wanted(
        q=given.get("q", "").strip()[:200],
        level=level if level in Level.values else "",
        kind=kind if kind in OrganisationKind.values else "",
        state=given.get("state", "") if given.get("state") in {"living", "ended"} else "",
    )


def _shows_groups(wanted: queries.Wanted, page: int) -> bool:
    return page == 1 and not (wanted.level or wanted.kind or wanted.state)


def _own(request: HttpRequest) -> Organisation | None:
    """The organisation in whose name the reader acts, from the memberships that were read already."""
    held = request.memberships  # type: ignore[attr-defined]
    return next((m.organisation for m in held if m.organisation_id == actor_of(request).organisation_id), None)


def _row(organisation: Organisation, today: dt.date, *, is_tree: bool) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "depth": min(organisation.path.count("/") - 1, 5) if is_tree else 0,
        "is_living": organisation.existed(today),
        "is_coming": organisation.valid_from is not None and organisation.valid_from > today,
    }


def _living(people: list[Any], today: dt.date) -> list[Any]:
    return [
        m for m in people if (not m.valid_from or m.valid_from <= today) and (not m.valid_to or today <= m.valid_to)
    ]
