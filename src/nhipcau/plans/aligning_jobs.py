"""The jobs that find which plans belong together and compare them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.jobs import Hopeless, Run, job
from nhipcau.core.models import Job

from .actions.aligning import compare_plans, fail_alignment, keep_alignment
from .actions.proposing import propose_header
from .alignment.laying import Bare, laid
from .checking.facts import knowledge_for
from .models import Alignment, Plan, Reading
from .queries import aligning

TIME_LIMIT = dt.timedelta(minutes=5)


def _house_of(plan: Plan) -> Actor:
    """The house itself, acting in the name of the plan's organisation."""
    return Actor(organisation_id=plan.organisation_id, is_system=True)


@job("plans.pair_up", time_limit=TIME_LIMIT)
def pair_up(run: Run, *, plan_id: int) -> None:
    """After a plan was confirmed: have it compared with the plans above and below it, and anew with those that it was
    compared with before."""
    plan = Plan.objects.select_related("organisation", "reading").filter(pk=plan_id).first()
    if plan is None:
        return
    pairs = [*aligning.pairs_of(plan, knowledge_for(plan.organisation)), *aligning.compared_with(plan)]
    for higher, lower in {(one.pk, other.pk): (one, other) for one, other in pairs}.values():
        run.check()
        compare_plans(_house_of(higher), higher, lower)
    _propose(run, aligning.unnumbered_above(plan))


def _failed(job: Job, *, alignment_id: int, **_arguments: Any) -> None:
    alignment = Alignment.objects.select_related("higher").filter(pk=alignment_id).first()
    if alignment is not None:
        fail_alignment(_house_of(alignment.higher), alignment)


@job("plans.align", on_failure=_failed, time_limit=TIME_LIMIT)
def align(run: Run, *, alignment_id: int) -> None:
    """Compare two plans as they stand now. Where one has a newer version meanwhile, the job of that version does it."""
    found = Alignment.objects.select_related("higher__reading", "higher__organisation", "lower__reading")
    alignment = found.filter(pk=alignment_id).first()
    if alignment is None:
        return
    higher, lower = alignment.higher, alignment.lower
    if (alignment.higher_version, alignment.lower_version) != (higher.version, lower.version):
        return
    run.progress(0, 1, _("đang so sánh từng mục"))
    try:
        plans = aligning.read_plan(higher.reading), aligning.read_plan(lower.reading)
    except Bare as problem:
        raise Hopeless(_("Một trong hai kế hoạch không có nội dung đã đọc để so sánh.")) from problem
    keep_alignment(_house_of(higher), alignment, laid(*plans, knowledge_for(higher.organisation)))


@job("plans.propose_header", time_limit=TIME_LIMIT)
def propose(run: Run, *, reading_id: int) -> None:
    """After a file was read: what plans that cite it call it; and what it calls plans without a number that are reviewed
    beside it."""
    reading = Reading.objects.select_related("organisation").filter(pk=reading_id).first()
    if reading is None:
        return
    _propose(run, [reading, *aligning.unnumbered_beside(reading)])


def _propose(run: Run, unnumbered: Iterable[Reading]) -> None:
    for reading in unnumbered:
        run.check()
        header = reading.current.get("header", {})
        if reading.state != Reading.State.REVIEW or (header.get("symbol") and header.get("date")):
            continue
        said = next(aligning.proposals(reading), None)
        if said is not None:
            house = Actor(organisation_id=reading.organisation_id, is_system=True)
            propose_header(house, reading, by=said[0], header=said[1])
