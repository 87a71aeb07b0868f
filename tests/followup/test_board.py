"""The board: every figure equals the rows behind it and the printed sheet; who may look; how many questions it asks."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import re
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_agency_group,
    make_alignment,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_task,
)

from nhipcau.core import recall
from nhipcau.core.acts import Actor
from nhipcau.core.models import User
from nhipcau.followup.actions import record_progress
from nhipcau.followup.models import Assignment, ClosedPeriod, Note, Obstacle, Progress
from nhipcau.followup.queries.board import (
    HELD,
    STATES,
    BoardFilter,
    agency_figures,
    board_rows,
    listed_rows,
    totals,
)
from nhipcau.followup.queries.seen import followed_assignments, held_assignments, visible_assignments
from nhipcau.plans.models import NO_DATE, Plan

pytestmark = pytest.mark.django_db
BOARD, ROWS, SHEET, CALENDAR = "/dieu-phoi/", "/dieu-phoi/viec/", "/dieu-phoi/in/", "/dieu-phoi/lich/"


@pytest.fixture(autouse=True)
def nothing_kept() -> Any:
    recall.forget()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def a_province(agencies: int = 3) -> tuple[Any, list[Any], Plan]:
    province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
    departments = [make_organisation(f"Sở {letter}", parent=province) for letter in "ABCDEFGHIJKLMNOP"[:agencies]]
    return province, departments, make_plan(province, "08/KH-UBND")


def random_assignments(seed: int) -> tuple[Any, Plan]:
    """Forty assignments in every state there is, of two plans and several agencies."""
    chance = random.Random(seed)
    province, departments, plan = a_province(4)
    today = timezone.localdate()
    other = make_plan(province, "09/KH-UBND")
    tasks = [make_task(chance.choice((plan, other)), f"Việc {n}") for n in range(10)]
    for task in tasks:
        for department in departments:
            due = chance.choice((NO_DATE, *(today + dt.timedelta(days=d) for d in (-40, -7, -6, -1, 0, 1, 14, 15, 60))))
            row = make_assignment(
                department,
                task,
                role=chance.choice(("lead", "coordinating")),
                due=due,
                word_due=chance.choice((NO_DATE, today - dt.timedelta(days=3), today, today + dt.timedelta(days=3))),
                open_obstacles=chance.choice((0, 0, 1)),
                year=chance.choice((today.year, today.year, today.year - 1)),
                ended=chance.choice(("", "", "", "withdrawn")),
            )
            if chance.random() < 0.5 and not row.ended:
                row.progress, at = (
                    chance.choice(Progress.values),
                    timezone.now() - dt.timedelta(days=chance.choice((0, 3, 20))),
                )
                note = Note.objects.create(
                    assignment=row, organisation_id=department.pk, progress=row.progress, key="k",
                    before={"progress": chance.choice(Progress.values)}, taken_back_at=chance.choice((None, None, at)),
                )  # fmt: skip
                Note.objects.filter(pk=note.pk).update(at=at)
                row.save()
            if chance.random() < 0.1:
                ClosedPeriod.objects.create(assignment=row, period="x", year=today.year, progress="done", done_on=today)
    return province, plan


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_is_the_number_of_its_rows_and_of_the_printed_sheet(seed: int) -> None:
    province, plan = random_assignments(seed)
    head = make_actor(province, "head")
    client = signed_in(User.objects.get(pk=head.person_id))
    for query in ({}, {"plan": plan.slug}, {"role": "lead", "due": "none"}, {"side": "held"}, {"q": "so a"}):
        figures_rows_and_sheet_agree(head, client, query)


def figures_rows_and_sheet_agree(head: Actor, client: Client, query: dict[str, str]) -> None:
    today, wanted = timezone.localdate(), BoardFilter.of(query)
    figures = agency_figures(head, wanted, today)
    sums = totals(figures)
    assert sums["total"] == board_rows(head, wanted, today).count()
    for state in STATES:
        of_state = BoardFilter.of({**query, "state": state})
        rows = list(listed_rows(head, of_state, today).values_list("organisation__public_id", flat=True))
        assert {row.public_id: row.counts[state] for row in figures if row.counts[state]} == {
            agency: rows.count(agency) for agency in set(rows)
        }, state
        assert sums[state] == len(rows)
    paper = client.get(SHEET, query).context
    assert (paper["totals"], paper["count"]) == (sums, len(figures))
    late = sum(agency.figures.counts["late"] for agency in paper["sheet"].agencies) + paper["sheet"].left_late
    assert late == sums["late"]
    shown = client.get(BOARD, query or {"tat-ca": ""})
    assert {row.public_id: row.counts for row in shown.context["agencies"]} == {
        row.public_id: row.counts for row in figures
    }
    listed = client.get(ROWS, {**query, "state": "late"})
    assert listed.context["count"] == sums["late"]


def test_the_worst_stand_first_and_each_number_is_a_door():
    province, (good, late, silent), plan = a_province()
    today = timezone.localdate()
    make_assignment(good, make_task(plan))
    make_assignment(late, make_task(plan), due=today - dt.timedelta(days=2))
    make_assignment(silent, make_task(plan), word_due=today - dt.timedelta(days=2))
    page = signed_in(make_member(province, "coordinator")).get(BOARD)
    assert [row.name for row in page.context["agencies"]] == ["Sở B", "Sở C", "Sở A"]
    said = page.content.decode()
    door = re.search(r'href="([^"]+)" class="latefig">1<', said)
    assert door
    rows = signed_in(make_member(province, "head")).get(door[1].replace("&amp;", "&"))
    assert [row.agency for row in rows.context["rows"]] == ["Sở B"]


def test_each_number_of_the_printed_sheet_is_a_door_to_its_rows_and_each_task_to_its_page():
    province, (good, late, silent), plan = a_province()
    today = timezone.localdate()
    of_late = [make_assignment(late, make_task(plan), due=today - dt.timedelta(days=2)) for _ in range(2)]
    make_assignment(silent, make_task(plan), word_due=today - dt.timedelta(days=2))
    head = signed_in(make_member(province, "head"))
    said = head.get(SHEET, {"plan": plan.slug}).content.decode()
    doors = {words: href.replace("&amp;", "&") for href, words in re.findall(r'<a href="([^"]+)">([^<]+)</a>', said)}
    assert head.get(doors["2 quá hạn"]).context["count"] == 2
    assert [row.agency for row in head.get(doors["1 im lặng"]).context["rows"]] == ["Sở C"]
    for assignment in of_late:
        assert f'href="{reverse("assignment", args=[assignment.public_id])}"' in said


def test_what_is_new_since_last_week_is_told():
    province, (first, second, _third), plan = a_province()
    today = timezone.localdate()
    task = make_task(plan)
    make_assignment(first, task, due=today - dt.timedelta(days=6))
    make_assignment(second, task, due=today - dt.timedelta(days=8))
    done = make_assignment(first, make_task(plan))
    record_progress(make_actor(first), done, version=1, progress="done", key="a")
    old = make_assignment(second, make_task(plan))
    record_progress(make_actor(second), old, version=1, progress="done", key="a")
    old.notes.update(at=timezone.now() - dt.timedelta(days=9))
    figures = {row.name: row.counts for row in agency_figures(make_actor(province, "head"), BoardFilter(), today)}
    news = ("new_late", "new_done", "new_word")
    assert [tuple(figures[name][state] for state in news) for name in ("Sở A", "Sở B")] == [(1, 1, 1), (0, 0, 0)]


def test_a_plan_of_ones_own_is_known_by_its_comparison_or_by_the_reported_duty():
    province, (compared, reported, neither), plan = a_province()
    duty = make_task(plan, kind="obligation", obligation_kind="own_plan")
    for agency in (compared, reported, neither):
        make_assignment(agency, duty, **({"progress": Progress.DONE} if agency == reported else {}))
    make_alignment(plan, make_plan(compared, "1/KH-SA"))
    rows = agency_figures(make_actor(province, "head"), BoardFilter(), timezone.localdate())
    assert {row.name: row.own_plan and row.own_plan.lower for row in rows} == {
        "Sở A": Plan.objects.get(symbol="1/KH-SA").slug, "Sở B": "", "Sở C": None,
    }  # fmt: skip


def test_filters_by_group_kind_of_body_and_name_without_marks():
    province, (department, _b, _c), plan = a_province()
    ward = make_organisation("Ủy ban nhân dân phường Một", parent=province, kind="committee", level="commune")
    for agency in (department, ward):
        make_assignment(agency, make_task(plan))
    head = make_actor(province, "head")
    group = make_agency_group(province)

    def found(**given: str) -> list[str]:
        return [row.name for row in agency_figures(head, BoardFilter.of(given), timezone.localdate())]

    assert found(agency=group.public_id) == found(body="department") == found(q="so a") == ["Sở A"]
    assert found(agency=ward.public_id) == found(q="phuong mot") == ["Ủy ban nhân dân phường Một"]
    assert found(plan="khong-co") == []


def test_the_other_side_of_the_board_is_what_ones_own_tree_has_to_do():
    province, (department, _b, _c), plan = a_province()
    unit = make_organisation("Trung tâm", parent=department)
    for agency in (department, unit):
        make_assignment(agency, make_task(plan))
    head = signed_in(make_member(department, "head"))
    page = head.get(BOARD)
    assert page.headers["Location"] == "/dieu-phoi/?side=held"
    page = head.get("/dieu-phoi/?side=held")
    assert [row.name for row in page.context["agencies"]] == ["Sở A", "Trung tâm"]
    assert page.context["may_chase"] is False
    assert head.get("/dieu-phoi/?tat-ca=").context["agencies"] == []


def test_both_sides_are_parts_of_what_may_be_read():
    province, plan = random_assignments(9)
    department = plan.assignments.first().organisation
    for actor in (make_actor(province, "coordinator"), make_actor(department, "head"), make_actor(make_organisation())):
        seen = set(visible_assignments(actor).values_list("pk", flat=True))
        for part in (followed_assignments(actor), held_assignments(actor)):
            assert set(part.values_list("pk", flat=True)) <= seen


@pytest.mark.parametrize("address", [BOARD, ROWS, SHEET, CALENDAR, "/dieu-phoi/viec/tai-ve.csv", "/don-doc/"])
def test_who_may_look(address: str) -> None:
    province, (department, _b, _c), plan = a_province()
    make_assignment(department, make_task(plan, "Việc kín"), due=timezone.localdate())
    assert Client().get(address).status_code == 302
    for role, status in (
        ("officer", 403),
        ("administrator", 403),
        ("head", 200),
        ("coordinator", 200),
        ("auditor", 200),
    ):
        assert signed_in(make_member(province, role)).get(address, {"state": "near"}).status_code == status, role
    stranger = signed_in(make_member(make_organisation(), "head")).get(address, {"side": "held", "tat-ca": ""})
    said = b"".join(stranger.streaming_content) if stranger.streaming else stranger.content
    assert "Việc kín" not in said.decode()


def test_the_board_asks_fifteen_questions_however_many_agencies(django_assert_max_num_queries: Any) -> None:
    province, departments, plan = a_province(12)
    for department in departments:
        for task in (make_task(plan), make_task(plan)):
            make_assignment(department, task, due=timezone.localdate())
    client = signed_in(make_member(province, "coordinator"))
    client.get(f"{BOARD}?tat-ca=")
    for address, most in ((BOARD, 15), (ROWS, 12), (CALENDAR, 12), (SHEET, 14)):
        recall.forget()
        with django_assert_max_num_queries(most):
            assert client.get(f"{address}?tat-ca=").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_board_is_recalled_until_somebody_acts_and_for_whoever_may_see_the_same(django_assert_max_num_queries):
    province, (first, _b, _c), plan = a_province()
    row = make_assignment(first, make_task(plan), due=timezone.localdate() + dt.timedelta(days=40))
    head, auditor = (signed_in(make_member(province, role)) for role in ("head", "auditor"))
    shown = head.get(f"{BOARD}?tat-ca=").content.decode()
    with django_assert_max_num_queries(6):
        assert head.get(f"{BOARD}?tat-ca=").content.decode().count(f'value="{first.public_id}"') == 2
    assert f'<input type="checkbox" name="to" value="{first.public_id}">' in shown
    assert 'name="to"' not in auditor.get(f"{BOARD}?tat-ca=").content.decode()
    other = signed_in(make_member(make_organisation("Ủy ban nhân dân tỉnh khác", kind="committee"), "head"))
    assert "Sở A" not in other.get(f"{BOARD}?tat-ca=").content.decode()
    done = f"{ROWS}?agency={first.public_id}&amp;state=done"
    assert done not in shown
    actor = Actor(make_member(first).pk, first.pk, frozenset({"officer"}))
    record_progress(actor, row, version=1, progress="done", text="Xong", key="khoa-cua-trang")
    assert done in head.get(f"{BOARD}?tat-ca=").content.decode()


def test_what_is_shown_is_what_is_exported():
    province, (first, second, _c), plan = a_province()
    today = timezone.localdate()
    late = make_assignment(
        first, make_task(plan, "=Việc", code="III.1"), due=today - dt.timedelta(days=1), last_word="Đang\x07 làm"
    )
    make_assignment(second, make_task(plan))
    client = signed_in(make_member(province, "head"))
    lines = b"".join(client.get("/dieu-phoi/viec/tai-ve.csv?state=late").streaming_content).decode("utf-8-sig")
    (row,) = list(csv.reader(io.StringIO(lines)))[1:]
    assert (row[0], row[3], row[4], row[8]) == ("Sở A", "III.1", "'=Việc", late.due.strftime("%d/%m/%Y"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/dieu-phoi/viec/tai-ve.xlsx").streaming_content)))
    assert (book.active.max_row, book.active["I2"].value.date()) == (3, late.due)
    assert client.get("/dieu-phoi/viec/tai-ve.pdf").status_code == 404


def test_the_calendar_shows_a_month_and_its_neighbours():
    province, (first, second, _c), plan = a_province()
    task = make_task(plan, "Họp báo", code="III.2")
    make_assignment(first, task, due=dt.date(2026, 2, 28), year=2026)
    make_assignment(second, task, due=dt.date(2026, 2, 28), year=2026, progress=Progress.DONE)
    page = signed_in(make_member(province, "head")).get(f"{CALENDAR}?month=2026-02")
    assert [(day.day, day.count, day.still, len(day.tasks)) for day, _name, _sign in page.context["days"]] == [
        (dt.date(2026, 2, 28), 2, 1, 1)
    ]
    assert (page.context["before"][-7:], page.context["after"][-7:]) == ("2026-01", "2026-03")
    assert "1/2 cơ quan chưa xong" in page.content.decode()
    for odd in ("2026-13", "x", "0000-01", "９９９９-01"):
        assert signed_in(make_member(province, "head")).get(CALENDAR, {"month": odd}).status_code == 200


def test_a_filter_is_remembered_and_followed_as_one_types():
    province, (first, _b, _c), plan = a_province()
    make_assignment(first, make_task(plan))
    client = signed_in(make_member(province, "coordinator"))
    part = client.get(f"{BOARD}?role=lead&q=so", headers={"HX-Request": "true"})
    assert "<h1>" not in part.content.decode()
    assert client.get(BOARD).headers["Location"] == "/dieu-phoi/?role=lead"


def test_words_stand_month_by_month():
    province, (first, second, _c), plan = a_province()
    rows = [make_assignment(agency, make_task(plan)) for agency in (first, second)]
    note = record_progress(make_actor(first), rows[0], version=1, progress="in_progress", key="a")
    today = timezone.localdate()
    page = signed_in(make_member(province, "head")).get(f"{BOARD}?tat-ca=")
    shown = [month.percent for month, _marks in page.context["months"]]
    assert shown[today.month - 1] == 50
    assert shown[today.month :] == [None] * (12 - today.month)
    assert note.assignment == rows[0]


def test_an_empty_board_says_how_it_fills():
    page = signed_in(make_member(make_organisation(), "head")).get(f"{BOARD}?tat-ca=").content.decode()
    assert "Chưa có việc nào để theo dõi" in page
    assert Assignment.objects.count() == Obstacle.objects.count() == 0
    assert reverse("import_plan") in page
    assert HELD in page


def test_several_are_extended_or_set_to_a_rhythm_at_once():
    province, (first, second, _c), plan = a_province()
    today = timezone.localdate()
    rows = [make_assignment(agency, make_task(plan), due=today - dt.timedelta(days=1)) for agency in (first, second)]
    undated = make_assignment(first, make_task(plan), due=NO_DATE)
    foreign = make_assignment(make_organisation(), due=today)
    client = signed_in(make_member(province, "coordinator"))
    form = {"assignment": [row.public_id for row in (*rows, undated, foreign)], "state": "late"}
    later = today + dt.timedelta(days=20)
    new_day = {"do": "extend", "new_due": later.isoformat(), "reason": "Mưa lũ"}
    page = client.post("/dieu-phoi/viec/doi/", form | new_day, follow=True)
    assert page.redirect_chain == [("/dieu-phoi/viec/?state=late", 302)]
    assert [str(one) for one in page.context["messages"]][0] == "Đã gia hạn 2 việc."
    dues = dict(Assignment.objects.values_list("pk", "due"))
    assert [dues[row.pk] for row in (*rows, undated, foreign)] == [later, later, NO_DATE, today]
    page = client.post("/dieu-phoi/viec/doi/", form | {"do": "rhythm", "rhythm": "weekly"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == ["Đã đặt nhịp báo cho 3 nhiệm vụ."]
    for wrong in ({"new_due": "mai"}, {"assignment": []}):
        said = client.post("/dieu-phoi/viec/doi/", form | new_day | wrong, follow=True).context["messages"]
        assert [one.level_tag for one in said] == ["warning"]
    for role in ("officer", "auditor", "administrator"):
        assert signed_in(make_member(province, role)).post("/dieu-phoi/viec/doi/", form).status_code == 403
