"""Which plans belong together as higher and lower, and what stands in them: for the jobs that compare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from nhipcau.core.actors import Actor
from nhipcau.documents.models import Citation, Line
from nhipcau.organisations import queries as organisations
from nhipcau.plans.alignment.laying import Bare, plan_of
from nhipcau.plans.models import Alignment, Plan, Reading
from nhipcau.plans.queries.plans import visible_plans
from vanban import model
from vanban.align import identify, proposed_header
from vanban.knowledge import Knowledge
from vanban.text import fold

MOST = 200  # plans without a number, or that cite one, which are looked at for one plan


def read_plan(reading: Reading) -> model.Plan:
    """What a reading holds, as ``vanban`` compares it. Raises ``Bare`` where nothing was read."""
    rows = Line.objects.filter(text_of=reading.text_id).order_by("number").values_list("number", "text", "page")
    return plan_of(reading.current, reading.outline, list(rows), reading.behind)


def pairs_of(plan: Plan, knowledge: Knowledge) -> list[tuple[Plan, Plan]]:
    """The pairs (higher, lower) in which the plan stands with another one: the lower names the higher among its bases
    and is not of the same issuer, and one side may read the other's plan."""
    try:
        own = read_plan(plan.reading)
    except Bare:
        return []
    pairs = [(other, plan) for other, said in _read(_maybe_above(plan)) if _is_below(said, own, knowledge)]
    pairs += [(plan, other) for other, said in _read(_maybe_below(plan)) if _is_below(own, said, knowledge)]
    return [pair for pair in pairs if _knows(*pair) or _knows(*reversed(pair))]


def compared_with(plan: Plan) -> list[tuple[Plan, Plan]]:
    """The pairs that were compared in any version, the plan on either side."""
    made = Alignment.objects.filter(Q(higher=plan) | Q(lower=plan)).select_related("higher", "lower")
    found = made.defer("result", "extra")
    return list({(row.higher_id, row.lower_id): (row.higher, row.lower) for row in found}.values())


def proposals(reading: Reading) -> Iterator[tuple[str, model.Header]]:
    """What plans that cite this one call it: the citing plan's symbol or name, and the header filled by it. Asked are
    the plans that the organisation may read and the readings that it reviews."""
    try:
        own = read_plan(reading)
    except Bare:
        return
    owner = _owner(reading.organisation_id)
    plans = _citing(visible_plans(owner).exclude(reading=reading)).select_related("reading")
    beside = Reading.objects.filter(organisation_id=reading.organisation_id, state=Reading.State.REVIEW)
    others = [*(plan.reading for plan in plans), *beside.exclude(pk=reading.pk).order_by("-pk")[:MOST]]
    for other in others:
        try:
            said = read_plan(other)
        except Bare:
            continue
        if (filled := proposed_header(own, said)) is not None and _differ(own, said):
            yield said.header.symbol or other.name, filled


def unnumbered_above(plan: Plan) -> QuerySet[Reading]:
    """The readings without a number that are reviewed by the plan's organisation or by one above it: the plan may cite
    them."""
    near = (plan.organisation_id, *organisations.ancestors_ids(plan.organisation_id))
    waiting = Reading.objects.filter(organisation_id__in=near, state=Reading.State.REVIEW)
    return waiting.exclude(pk=plan.reading_id).order_by("-pk")[:MOST]


def unnumbered_beside(reading: Reading) -> QuerySet[Reading]:
    """The readings without a number that the same organisation reviews: this one may cite them."""
    beside = Reading.objects.filter(organisation_id=reading.organisation_id, state=Reading.State.REVIEW)
    return beside.exclude(pk=reading.pk).order_by("-pk")[:MOST]


def _is_below(higher: model.Plan, lower: model.Plan, knowledge: Knowledge) -> bool:
    cited = identify(higher, lower, knowledge)
    return cited is not None and cited.is_basis and _differ(higher, lower)


def _differ(higher: model.Plan, lower: model.Plan) -> bool:
    """Whether the two are of different issuers: a body's next plan stands below none of its own."""
    return fold(higher.header.issuer or "") != fold(lower.header.issuer or "")


def _read(plans: Iterable[Plan]) -> Iterator[tuple[Plan, model.Plan]]:
    for plan in plans:
        try:
            yield plan, read_plan(plan.reading)
        except Bare:
            continue


def _maybe_above(plan: Plan) -> QuerySet[Plan]:
    """Plans that this one may cite: by their document, by their symbol; by issuer and title where they bear none."""
    cited = Citation.objects.filter(text_of=plan.text_id)
    symbols = [symbol for symbol in cited.values_list("document__symbol", flat=True) if symbol]
    named = Q(document__in=cited.values("document")) | Q(symbol__in=symbols) | Q(symbol="")
    return (
        Plan.objects.filter(named).exclude(pk=plan.pk).select_related("reading", "organisation").order_by("-pk")[:MOST]
    )


def _maybe_below(plan: Plan) -> QuerySet[Plan]:
    """Plans that may cite this one."""
    plans = Plan.objects.exclude(pk=plan.pk)
    if not plan.symbol:
        return _citing(plans).select_related("reading", "organisation")
    named = Q(document=plan.document_id) | Q(document__symbol=plan.symbol)
    texts = Citation.objects.filter(named).values("text_of")
    return plans.filter(text__in=texts).select_related("reading", "organisation").order_by("-pk")[:MOST]


def _citing(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Those of the plans that name a plan among their bases."""
    texts = Citation.objects.filter(is_basis=True, document__doc_type="Kế hoạch").values("text_of")
    return plans.filter(text__in=texts).order_by("-pk")[:MOST]


def _owner(organisation_id: int) -> Actor:
    """The organisation itself as a reader."""
    return Actor(organisation_id=organisation_id, roles=frozenset({"officer"}))


def _knows(one: Plan, other: Plan) -> bool:
    """Whether the owner of the first plan may read the second."""
    return visible_plans(_owner(one.organisation_id)).filter(pk=other.pk).exists()
