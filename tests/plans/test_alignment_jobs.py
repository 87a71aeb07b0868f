"""Plans that name one another are compared by themselves, in every version; a plan without a number learns it from a
plan that cites it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource
from tests.factories import make_actor, make_organisation, make_plan, make_reading
from tests.plans.alignment_house import CITY, PROVINCE, UNNUMBERED, WITH_THE_TASK, make_both, make_confirmed, make_tree

from nhipcau.core.acts import SYSTEM
from nhipcau.core.jobs import enqueue
from nhipcau.core.models import Job
from nhipcau.core.worker import run_due_jobs
from nhipcau.plans.actions import confirm_reading, settle_stop, undo_decision
from nhipcau.plans.actions.aligning import compare_plans
from nhipcau.plans.actions.deciding import ACCEPT, Decision
from nhipcau.plans.models import Alignment, Doubt, Plan
from nhipcau.plans.queries.alignments import kinds_of
from nhipcau.plans.reviewing.decisions import EMPTY, TYPED

pytestmark = pytest.mark.django_db
CONTRACTS = Path(__file__).resolve().parents[2] / "docs" / "contracts"


@pytest.fixture
def tree():
    return make_tree()


def the_pairs() -> list[tuple[str, str, str]]:
    rows = Alignment.objects.order_by("pk").select_related("higher", "lower")
    return [(row.higher.symbol, row.lower.symbol, row.state) for row in rows]


@pytest.mark.parametrize("order", [("province", "city"), ("city", "province")])
def test_a_plan_and_the_plan_that_it_carries_out_are_compared_whichever_comes_first(tree, order):
    texts = {"province": (tree[0], PROVINCE), "city": (tree[1], CITY)}
    for name in order:
        owner, text = texts[name]
        make_confirmed(make_actor(owner), text)
    assert the_pairs() == [("15/KH-UBND", "40/KH-UBND", "ready")]
    made = Alignment.objects.get()
    assert (made.cites_higher, kinds_of(made)) == (True, {"weakened": 1, "kept": 2, "dropped": 1})


def test_the_result_is_the_contract_in_both_languages(tree):
    make_both(*tree)
    schema, findings = (
        json.loads((CONTRACTS / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("alignment", "findings")
    )
    registry = Registry().with_resource("findings.schema.json", Resource.from_contents(findings))
    result = Alignment.objects.get().result
    assert sorted(result) == ["en", "vi"]
    for said in result.values():
        jsonschema.Draft202012Validator(schema, registry=registry).validate(said)


def test_the_jobs_may_run_again_without_harm(tree):
    higher, lower = make_both(*tree)
    before = Alignment.objects.get()
    for plan in (higher, lower):
        enqueue("plans.pair_up", {"plan_id": plan.pk})
    enqueue("plans.align", {"alignment_id": before.pk})
    run_due_jobs()
    after = Alignment.objects.get()
    assert (after.result, after.counts) == (before.result, before.counts)
    assert not Job.objects.filter(state=Job.State.FAILED).exists()


def test_a_new_version_is_compared_anew_and_the_older_comparison_stays(tree):
    higher, lower = make_both(*tree)
    actor = make_actor(tree[1])
    make_confirmed(actor, WITH_THE_TASK, "ban-2.txt")
    lower.refresh_from_db()
    assert lower.version == 2
    rows = Alignment.objects.order_by("lower_version")
    assert [(row.lower_version, kinds_of(row).get("dropped", 0)) for row in rows] == [(1, 1), (2, 0)]


def test_plans_that_do_not_name_one_another_are_left_alone(tree):
    make_confirmed(make_actor(tree[0]), PROVINCE)
    make_confirmed(make_actor(tree[1]), "\n".join(line for line in CITY.splitlines() if not line.startswith("Căn cứ")))
    assert the_pairs() == []


def test_plans_of_trees_that_know_nothing_of_one_another_are_not_compared(tree):
    make_confirmed(make_actor(tree[0]), PROVINCE)
    stranger = make_organisation("Ủy ban nhân dân thành phố An Bình", kind="committee")
    make_confirmed(make_actor(stranger), CITY)
    assert the_pairs() == []


def test_a_number_that_another_province_uses_too_is_another_plan(tree):
    make_confirmed(make_actor(tree[0]), PROVINCE.replace("HÒA AN", "YÊN SƠN").replace("Hòa An", "Yên Sơn"))
    make_confirmed(make_actor(tree[1]), CITY)
    assert the_pairs() == []


def test_a_plan_without_what_was_read_says_so_and_the_worker_goes_on(tree):
    higher, lower = make_plan(tree[0]), make_plan(tree[1])
    made = compare_plans(SYSTEM, higher, lower)
    run_due_jobs()
    made.refresh_from_db()
    assert (made.state, made.job.state) == ("failed", "failed")
    assert made.job.problem == "Một trong hai kế hoạch không có nội dung đã đọc để so sánh."


# --- a plan without a number -----------------------------------------------------------------------------------------


def points(reading) -> list[tuple[str, str, str | None]]:
    rows = reading.doubts.filter(where__in=("/header/symbol", "/header/date")).order_by("position")
    return [(doubt.kind, doubt.where, doubt.proposed) for doubt in rows]


PROPOSED = [("header-cited", "/header/symbol", "15/KH-UBND"), ("header-cited", "/header/date", "2024-02-12")]
MISSING = [("header-missing", "/header/symbol", None), ("header-missing", "/header/date", None)]


def test_a_plan_that_is_confirmed_below_tells_the_number_of_one_under_review(tree):
    unnumbered = make_reading(make_actor(tree[0]), UNNUMBERED)
    assert points(unnumbered) == MISSING
    make_confirmed(make_actor(tree[1]), CITY)
    unnumbered.refresh_from_db()
    assert points(unnumbered) == PROPOSED
    assert unnumbered.found["header"]["symbol"] is None
    assert len({doubt.stop for doubt in unnumbered.doubts.filter(kind="header-cited")}) == 1


def test_a_plan_that_is_read_later_learns_its_number_at_once(tree):
    make_confirmed(make_actor(tree[1]), CITY)
    assert points(make_reading(make_actor(tree[0]), UNNUMBERED)) == PROPOSED


def test_what_lies_under_review_beside_it_tells_the_number_too(tree):
    actor = make_actor(tree[0])
    unnumbered = make_reading(actor, UNNUMBERED)
    make_reading(actor, CITY, "thanh-pho.txt")
    assert points(unnumbered) == PROPOSED


def test_what_others_review_tells_nothing(tree):
    make_reading(make_actor(tree[1]), CITY)
    assert points(make_reading(make_actor(tree[0]), UNNUMBERED)) == MISSING


def test_one_key_takes_number_and_date_and_the_plan_bears_them(tree):
    make_confirmed(make_actor(tree[1]), CITY)
    actor = make_actor(tree[0])
    unnumbered = make_reading(actor, UNNUMBERED)
    settle_stop(actor, unnumbered, unnumbered.doubts.get(where="/header/symbol").position, Decision(ACCEPT))
    plan = confirm_reading(actor, unnumbered)
    run_due_jobs()
    assert (plan.symbol, str(plan.date)) == ("15/KH-UBND", "2024-02-12")
    assert the_pairs() == [("15/KH-UBND", "40/KH-UBND", "ready")]


def test_the_reviewer_may_leave_it_empty_and_think_better_of_it(tree):
    make_confirmed(make_actor(tree[1]), CITY)
    actor = make_actor(tree[0])
    unnumbered = make_reading(actor, UNNUMBERED)
    settle_stop(actor, unnumbered, unnumbered.doubts.get(where="/header/symbol").position, Decision(EMPTY))
    unnumbered.refresh_from_db()
    header = unnumbered.current["header"]
    assert (header["symbol"], header["date"]) == (None, None)
    undo_decision(actor, unnumbered)
    unnumbered.refresh_from_db()
    header = unnumbered.current["header"]
    assert (header["symbol"], header["date"]) == ("15/KH-UBND", "2024-02-12")


def test_another_number_typed_by_hand_leaves_the_date_to_be_asked(tree):
    make_confirmed(make_actor(tree[1]), CITY)
    actor = make_actor(tree[0])
    unnumbered = make_reading(actor, UNNUMBERED)
    asked = unnumbered.doubts.get(where="/header/symbol")
    settle_stop(actor, unnumbered, asked.position, Decision(TYPED, typed="16/KH-UBND"))
    unnumbered.refresh_from_db()
    assert unnumbered.current["header"]["symbol"] == "16/KH-UBND"
    date = unnumbered.doubts.get(where="/header/date")
    assert (date.state, date.stop) == (Doubt.State.OPEN, date.position)


def test_a_plan_without_a_number_is_compared_by_issuer_and_title(tree):
    plan = make_confirmed(make_actor(tree[0]), UNNUMBERED)
    make_confirmed(make_actor(tree[1]), CITY)
    assert Plan.objects.get(pk=plan.pk).symbol == ""
    assert the_pairs() == [("", "40/KH-UBND", "ready")]
