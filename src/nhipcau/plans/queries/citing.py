"""How documents that are written here name a plan, and on what a plan rests."""

from __future__ import annotations

from collections.abc import Iterable

from nhipcau.documents.models import Citation, Document
from nhipcau.documents.queries.saying import about, day, neat, shortened
from nhipcau.plans.models import Plan

LONGEST_TITLE = 200


def short_name(plan: Plan) -> str:
    """ "Kế hoạch số 08/KH-UBND"; where it bears no number its type and title."""
    kind = plan.document.doc_type or "Kế hoạch"
    if plan.symbol:
        return f"{kind} số {neat(plan.symbol)}"
    title = shortened(plan.title, LONGEST_TITLE)
    return title if title.lower().startswith(kind.lower()) else f"{kind}{about(title)}"


def full_name(plan: Plan) -> str:
    """ "Kế hoạch số 08/KH-UBND ngày 08 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh … về …" (Nghị định 30/2020/NĐ-CP, Phụ
    lục I, phần I, mục II, khoản 6.c)."""
    said = short_name(plan)
    if plan.date is not None:
        said += f" {day(plan.date)}"
    if (issuer := neat(plan.document.issuer or plan.organisation.name)) and issuer not in said:
        said += f" của {issuer}"
    title = shortened(plan.title, LONGEST_TITLE)
    return f"{said}{about(title)}" if plan.symbol else said


def names_of(plans: Iterable[Plan]) -> str:
    """Several plans, by their short names, in one phrase."""
    found = [short_name(plan) for plan in plans]
    return f"{', '.join(found[:-1])} và {found[-1]}" if len(found) > 1 else "".join(found)


def bases_of(plan: Plan) -> list[str]:
    """The documents that the plan names as its legal bases, each as another document cites it; who proposed it ("theo đề
    nghị … tại Tờ trình số …") is none."""
    cited = Citation.objects.filter(text_of=plan.text_id, is_basis=True).select_related("document").order_by("position")
    documents = [one.document for one in cited if one.document.doc_type != "Tờ trình"]
    return list(dict.fromkeys(said for document in documents if (said := _cited(document))))


def _cited(document: Document) -> str:
    kind = neat(document.doc_type)
    if not document.symbol:
        return neat(f"{kind} {document.title}") if kind and document.title else ""
    said = f"{kind} số {neat(document.symbol)}" if kind else f"Văn bản số {neat(document.symbol)}"
    if document.date is not None:
        said += f" {day(document.date)}"
    if document.issuer:
        said += f" của {neat(document.issuer)}"
    return said + about(shortened(document.title, LONGEST_TITLE))
