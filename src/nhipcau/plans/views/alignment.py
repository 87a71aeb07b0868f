"""Comparisons of plans: the list, one comparison, its files, and what is asked about the duties that a plan leaves out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.core.actors import Actor, No, Refused
from nhipcau.core.jobs import is_worker_alive
from nhipcau.core.views import official
from nhipcau.documents.queries.papers import Unfilled, composed
from nhipcau.plans import papers, rules
from nhipcau.plans.actions import aligning
from nhipcau.plans.alignment import files
from nhipcau.plans.alignment.sheet import FINDING, KINDS, Sheet, Wanted, sheet_of, summary
from nhipcau.plans.alignment.words import kind as kind_words
from nhipcau.plans.forms import AnswerForm
from nhipcau.plans.models import Alignment, AlignmentQuestion, Plan, Task
from nhipcau.plans.queries import alignments as queries
from nhipcau.plans.queries.outline import NEWEST_FIRST
from nhipcau.plans.queries.plans import sight_of, visible_plan
from vanban.official import OfficialDocument
from vanban.write import to_docx, to_pdf

PAGE = 50
MOST_PLANS = 300
DOCUMENTS: dict[str, tuple[str, Callable[[OfficialDocument], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    "pdf": ("application/pdf", to_pdf),
}


@official
@require_http_methods(["GET", "HEAD", "POST"])
def alignments(request: HttpRequest) -> HttpResponse:
    """The pairs that were compared, in one line each, and a form to compare any two plans."""
    actor = _actor(request)
    if request.method == "POST":
        return _compare_chosen(request, actor)
    return _list(request, actor)


def _list(request: HttpRequest, actor: Actor, *, problem: str = "") -> HttpResponse:
    found = queries.visible_alignments(actor)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    given = request.POST if request.method == "POST" else request.GET
    plans = Plan.objects.filter(pk__in=sight_of(actor).keys).order_by(*NEWEST_FIRST)
    choices = list(plans.values_list("slug", "symbol", "title", "organisation__name")[:MOST_PLANS])
    context = {
        "section": "alignments",
        "page_obj": page,
        "rows": [_line(row) for row in page.object_list],
        "coming": list(queries.coming_alignments(actor)[:10]),
        "choices": [{"slug": slug, "label": symbol or title[:70], "who": who} for slug, symbol, title, who in choices],
        "higher": given.get("tren", ""),
        "lower": given.get("duoi", ""),
        "problem": problem,
    }
    return render(request, "plans/alignments.html", context, status=422 if problem else 200)


def _line(row: Alignment) -> dict[str, Any]:
    counts = queries.kinds_of(row)
    differing = sum(n for kind, n in counts.items() if kind not in ("kept", "dropped"))
    return {
        "row": row,
        "url": reverse("alignment", args=[row.higher.slug, row.lower.slug]),
        "dropped": counts.get("dropped", 0),
        "differing": differing,
        "kept": counts.get("kept", 0),
        "findings": row.counts.get("findings", {}).get("all", 0),
        "is_old": (row.higher_version, row.lower_version) != (row.higher.version, row.lower.version),
    }


def _compare_chosen(request: HttpRequest, actor: Actor) -> HttpResponse:
    higher, lower = (visible_plan(actor, request.POST.get(name, "")) for name in ("tren", "duoi"))
    if higher is None or lower is None:
        return _list(request, actor, problem=_("Bạn hãy chọn cả hai kế hoạch."))
    try:
        aligning.compare_plans(actor, higher, lower)
    except Refused as refusal:
        return _list(request, actor, problem=refusal.reason)
    return redirect("alignment", higher.slug, lower.slug)


@official
@require_safe
def alignment(request: HttpRequest, higher: str, lower: str) -> HttpResponse:
    """One comparison; while it is under way its progress, and where there is none the way to have it made."""
    actor = _actor(request)
    above, below = _plans(actor, higher, lower)
    standing = queries.standing(above, below)
    is_poll = bool(request.headers.get("HX-Request")) and "tien-do" in request.GET
    is_coming = standing.coming is not None and standing.coming.state == Alignment.State.WAITING
    if is_poll and not is_coming:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context: dict[str, Any] = {
        "section": "alignments",
        "above": above,
        "below": below,
        "standing": standing,
        "is_coming": is_coming,
        "is_asleep": is_coming and not is_worker_alive(),
        "poll": f"{reverse('alignment', args=[above.slug, below.slug])}?tien-do=1",
    }
    if is_poll:
        return render(request, "plans/alignment/progress.html", context)
    if standing.ready is None:
        return render(request, "plans/alignment/none.html", context)
    return render(request, "plans/alignment.html", {**context, **_page(request, actor, above, below, standing.ready)})


@official
@require_POST
def compare(request: HttpRequest, higher: str, lower: str) -> HttpResponse:
    """Have the two plans compared, or compared once more."""
    actor = _actor(request)
    above, below = _plans(actor, higher, lower)
    aligning.compare_plans(actor, above, below, once_more=bool(request.POST.get("lai")))
    return redirect("alignment", above.slug, below.slug)


@official
@require_safe
def export(request: HttpRequest, higher: str, lower: str, form: str) -> HttpResponseBase:
    """A comparison as a file: xlsx, csv, the object of the contract as json; as an official document docx or pdf."""
    above, below = _plans(_actor(request), higher, lower)
    made = queries.ready_alignment(above, below)
    if made is None or form not in (*files.FORMS, *DOCUMENTS):
        raise Http404
    if form in DOCUMENTS:
        media_type, body = DOCUMENTS[form][0], _document(request, above, below, form)
    else:
        media_type, write = files.FORMS[form]
        body = write(_result(made), _sheet(made), [_full_name(above), _full_name(below)])
    name = f"so-sanh-{above.slug}-{below.slug}"[:150]
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{form}")
    return HttpResponse(body, content_type=media_type, headers={"Content-Disposition": disposition or "attachment"})


@official
@require_POST
def ask(request: HttpRequest, higher: str, lower: str) -> HttpResponse:
    """Ask the organisation of the lower plan about a duty."""
    actor = _actor(request)
    above, below = _plans(actor, higher, lower)
    part, code = request.POST.get("part", ""), request.POST.get("code", "")
    known = queries.question_about(above, below, part, code)
    if known is not None and (known.asked_at or known.answer) and rules.may_ask_about(actor, above, below):
        messages.info(request, _("Mục %(code)s đã được hỏi hoặc đã có lý do.") % {"code": code})
    else:
        aligning.ask_about_duty(actor, above, below, part=part, code=code)
        said = _("Đã hỏi %(who)s về mục %(code)s. Cán bộ của cơ quan đó nhận được thông báo.")
        messages.success(request, said % {"who": below.organisation.label, "code": code})
    return _back(above, below, part, code)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, higher: str, lower: str) -> HttpResponse:
    """Answer what was asked about a duty, or record why it was left out."""
    actor = _actor(request)
    above, below = _plans(actor, higher, lower)
    given = request.POST if request.method == "POST" else request.GET
    part, code = given.get("part", ""), given.get("code", "")
    if isinstance(refusal := rules.may_answer(actor, above, below), No):
        raise Refused(refusal.reason)
    known = queries.question_about(above, below, part, code)
    text = known.text if known else queries.doubtful_duty(above, below, part, code)
    if text is None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"answer": known.answer, "words": known.words} if known else None)
    if request.method == "POST" and form.is_valid():
        aligning.answer_about_duty(actor, above, below, part=part, code=code, **form.cleaned_data)
        messages.success(request, _("Đã ghi lý do của mục %(code)s.") % {"code": code})
        return _back(above, below, part, code)
    context = {
        "section": "alignments",
        "above": above,
        "below": below,
        "question": known,
        "names": queries.names_of([known]) if known else {},
        "part": part,
        "code": code,
        "text": text,
        "form": form,
        "is_own": actor.organisation_id == below.organisation_id,
        "back": f"{reverse('alignment', args=[above.slug, below.slug])}#{queries.anchor_of(part, code)}",
    }
    return render(request, "plans/alignment/answer.html", context, status=422 if form.is_bound else 200)


def _document(request: HttpRequest, above: Plan, below: Plan, form: str) -> bytes:
    """The comparison as the report that the reader's organisation would write, with its table as an annex."""
    try:
        made = composed(_actor(request), "plans.alignment", papers.pair_id(above, below))
    except Unfilled as unfilled:
        raise Refused(str(unfilled)) from None
    if made is None:
        raise Http404
    return DOCUMENTS[form][1](made.official)


def _page(request: HttpRequest, actor: Actor, above: Plan, below: Plan, made: Alignment) -> dict[str, Any]:
    sheet = _sheet(made)
    wanted = Wanted(
        kind=_one_of(request.GET.get("loai", ""), (*KINDS, FINDING)),
        part=_one_of(request.GET.get("phan", ""), ("task", "duty")),
        agency=request.GET.get("co-quan", "")[:400],
    )
    follows = bool(rules.may_follow_questions(actor, above, below))
    asked, gone = queries.questions_on(made) if follows else ({}, [])
    links = _task_links(above, below)
    names = queries.names_of([*asked.values(), *gone])
    may_ask = follows and bool(rules.may_ask_about(actor, above, below))
    may_answer = follows and bool(rules.may_answer(actor, above, below))
    rows = [_shown(row, asked, links, names) for row in sheet.shown(wanted)]
    still = {id(entry["question"]) for entry in rows if entry["question"]}
    settled = [q for key, q in asked.items() if id(q) not in still and not _differs(sheet, key)]
    return {
        "made": made,
        "sheet": sheet,
        "summary": summary(sheet),
        "warning": next((row.sentences[0] for row in sheet.rows if row.kind == FINDING and row.state == "need"), ""),
        "tally": _tally(sheet),
        "table": _table(sheet, reverse("alignment", args=[above.slug, below.slug])),
        "rows": rows,
        "kept": [(entry, links.get(("higher", entry.part, entry.higher[0]))) for entry in sheet.kept],
        "wanted": wanted,
        "kinds": [(kind, kind_words(kind)) for kind in (*KINDS, FINDING) if _has(sheet, kind)],
        "agencies": sheet.agencies,
        "may_ask": may_ask,
        "may_answer": may_answer,
        "is_own": actor.organisation_id == below.organisation_id,
        "no_longer": [(q, names.get(q.answered_by or 0, "")) for q in (*settled, *gone)],
        "is_torn": any(made.extra["torn"]),
        "pair": papers.pair_id(above, below),
        "exports": [
            (label, reverse("alignment_export", args=[above.slug, below.slug, form]))
            for form, label in (
                ("xlsx", "XLSX"),
                ("docx", "DOCX"),
                ("pdf", "PDF"),
                ("csv", "CSV"),
                ("json", "JSON"),
            )
        ],
    }


def _has(sheet: Sheet, kind: str) -> bool:
    return any(row.kind == kind for row in sheet.rows)


def _differs(sheet: Sheet, key: tuple[str, str]) -> bool:
    return any(row.part == key[0] and key[1] in row.higher and row.kind in queries.ASKED_ABOUT for row in sheet.rows)


def _shown(row: Any, asked: Any, links: Any, names: dict[int, str]) -> dict[str, Any]:
    code = row.higher[0] if row.higher else ""
    question: AlignmentQuestion | None = asked.get((row.part, code)) if code else None
    is_doubtful = row.kind in queries.ASKED_ABOUT
    return {
        "row": row,
        "anchor": queries.anchor_of(row.part, code or "-".join(row.lower)) if row.part else "",
        "code": code,
        "codes": [
            [(one, links.get((side, row.part, one))) for one in codes]
            for side, codes in (("higher", row.higher), ("lower", row.lower))
        ],
        "question": question if question is not None and (is_doubtful or not question.answer) else None,
        "asker": names.get(question.asked_by or 0, "") if question else "",
        "answerer": names.get(question.answered_by or 0, "") if question else "",
        "is_doubtful": is_doubtful,
    }


_BARS = (
    ("late", "late", ("dropped",)),
    ("need", "need", ("weakened", "narrowed")),
    ("bar", "none", ("changed", "strengthened", "widened")),
    ("solid", "going", ("kept",)),
)


def _tally(sheet: Sheet) -> dict[str, Any]:
    """The strip over the page: how the higher plan's items fare, in four bars."""
    said = {"late": _("bỏ"), "need": _("nhẹ đi, thu hẹp"), "bar": _("đổi, mở rộng"), "solid": _("giữ nguyên")}
    bars, at = [], 0
    for fill, state, kinds in _BARS:
        count = sum(sheet.count(kind) for kind in kinds)
        if count:
            bars.append({"fill": fill, "state": state, "n": count, "label": said[fill], "x": at, "w": count * 10 - 1})
            at += count * 10
    return {"bars": bars, "width": max(at, 1), "says": ", ".join(f"{bar['n']} {bar['label']}" for bar in bars)}


def _table(sheet: Sheet, page: str) -> list[dict[str, Any]]:
    """The numbers behind the strip, each with the address of its rows."""
    return [
        {
            "label": kind_words(kind),
            "cells": [(sheet.count(kind, part), f"{page}?loai={kind}&phan={part}") for part in ("task", "duty")],
            "is_kept": kind == "kept",
        }
        for kind in (*KINDS, "kept")
        if sheet.count(kind)
    ]


def _task_links(above: Plan, below: Plan) -> dict[tuple[str, str, str], str]:
    """The pages of the tasks and duties of both plans, by side, part and code. One query."""
    live = Task.objects.filter(plan__in=(above, below), state=Task.State.LIVE, kind__in=("task", "duty"))
    links: dict[tuple[str, str, str], str] = {}
    for plan_id, kind, code, public_id in live.order_by("position").values_list("plan_id", "kind", "code", "public_id"):
        side = "higher" if plan_id == above.pk else "lower"
        links.setdefault((side, str(kind), code), reverse("task", args=[public_id]))
    return links


def _sheet(made: Alignment) -> Sheet:
    return sheet_of(_result(made), made.extra, made.counts)


def _result(made: Alignment) -> dict[str, Any]:
    """The object of the contract in the reader's language."""
    language = (get_language() or "vi")[:2]
    result: dict[str, Any] = made.result.get(language) or made.result["vi"]
    return result


def _full_name(plan: Plan) -> str:
    return f"{plan.label}, {plan.organisation.name}"


def _plans(actor: Actor, higher: str, lower: str) -> tuple[Plan, Plan]:
    """Both plans, if the actor may read both; otherwise 404."""
    above, below = visible_plan(actor, higher), visible_plan(actor, lower)
    if above is None or below is None or above.pk == below.pk:
        raise Http404
    return above, below


def _back(above: Plan, below: Plan, part: str, code: str) -> HttpResponse:
    page = reverse("alignment", args=[above.slug, below.slug])
    return redirect(f"{page}#{queries.anchor_of(part, code)}")


def _one_of(given: str, known: tuple[str, ...]) -> str:
    return given if given in known else ""


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
