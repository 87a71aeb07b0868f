"""What the REST interface gives to whom: strangers what is public, keys what their organisation may read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from tests.factories import (
    make_actor,
    make_agency_group,
    make_document,
    make_member,
    make_organisation,
    make_plan,
    make_task,
)

from nhipcau.api.actions import make_token, withdraw_token
from nhipcau.api.models import ApiToken, Scope
from nhipcau.core.acts import STRANGER, Refused
from nhipcau.documents.models import Citation
from nhipcau.organisations.models import Group, Organisation, OrganisationKind, Role
from nhipcau.organisations.queries import Wanted, find_organisations, found_groups, found_organisations
from nhipcau.plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def province() -> Organisation:
    return make_organisation("Ủy ban nhân dân tỉnh Hà Trung", kind=OrganisationKind.COMMITTEE)


@pytest.fixture
def office(province: Organisation) -> Organisation:
    return make_organisation("Sở Tư pháp", province)


def key_for(organisation: Organisation, *scopes: str, **fields: Any) -> str:
    actor = make_actor(organisation, Role.ADMINISTRATOR)
    given = {"name": "cổng thông tin", "scopes": scopes or Scope.values, "expires_on": None, **fields}
    return make_token(actor, organisation, **given)[1]


def ask(address: str, key: str = "", **parameters: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return Client().get(f"/api/v1/{address}", parameters, headers=headers)


def slugs(response: Any) -> list[str]:
    return [plan["slug"] for plan in response.json()["items"]]


def test_strangers_read_public_plans_and_their_tasks_only(province: Organisation) -> None:
    public = make_plan(province, is_public=True)
    private = make_plan(province)
    make_task(public, "Việc công khai", doubtful=True)
    hidden = make_task(private, "Việc nội bộ")
    assert slugs(ask("plans")) == [public.slug]
    (task,) = ask("tasks").json()["items"]
    assert (task["text"], task["doubtful"]) == ("Việc công khai", None)
    assert [ask(f"plans/{private.slug}").status_code, ask(f"tasks/{hidden.public_id}").status_code] == [404, 404]


def test_a_key_reads_what_its_organisation_may_read(province: Organisation, office: Organisation) -> None:
    foreign = make_organisation("Ủy ban nhân dân tỉnh Khác", kind=OrganisationKind.COMMITTEE)
    own, above, other, naming = make_plan(office), make_plan(province), make_plan(foreign), make_plan(foreign)
    make_task(naming, lead=[office])
    seen = set(slugs(ask("plans", key_for(office))))
    assert seen == {own.slug, above.slug, naming.slug}
    assert ask(f"plans/{other.slug}", key_for(office)).status_code == 404


def test_a_task_tells_everything_that_the_plan_says_of_it(province: Organisation, office: Organisation) -> None:
    group = make_agency_group(province)
    plan = make_plan(province, "08/KH-UBND", is_public=True)
    make_task(
        plan,
        "Tổ chức hội nghị",
        lead=[office],
        coordinating=[group, "Sở Vũ trụ"],
        due=dt.date(2030, 11, 30),
        time_text="Trước tháng 12/2030",
        code="III.6.a",
        group="Bảo đảm nguồn lực",
        first_line=280,
        last_line=292,
    )
    (task,) = ask("tasks").json()["items"]
    assert task["lead"] == [
        {"name": "Sở Tư pháp", "organisation": {"id": office.public_id, "name": "Sở Tư pháp"}, "group": None}
    ]
    assert [(a["name"], bool(a["organisation"]), bool(a["group"])) for a in task["coordinating"]] == [
        ("Các sở, ban, ngành", False, True),
        ("Sở Vũ trụ", False, False),
    ]
    assert (task["code"], task["lines"], task["plan"]["symbol"]) == ("III.6.a", [280, 292], "08/KH-UBND")
    assert task["time"] == {
        "text": "Trước tháng 12/2030",
        "kind": "once",
        "start": None,
        "due": "2030-11-30",
        "month_day": "",
        "day": None,
        "next": "2030-11-30",
    }
    assert ask(f"tasks/{task['id']}").json() == task


def test_a_plan_tells_its_citations_recipients_and_signature(province: Organisation) -> None:
    plan = make_plan(
        province,
        is_public=True,
        recipients=["Sở Tư pháp", "Lưu: VT"],
        signature={"authority": "TM. ỦY BAN NHÂN DÂN", "capacity": "CHỦ TỊCH", "name": "Nguyễn Văn Hòa"},
    )
    make_task(plan)
    cited = make_document("407/QĐ-TTg", date=dt.date(2022, 3, 30))
    Citation.objects.create(text_of=plan.text, document=cited, position=1, is_basis=True, mentions=[[3, 4]])
    answer = ask(f"plans/{plan.slug}").json()
    assert (answer["tasks"], answer["recipients"], answer["signature"]["name"]) == (
        1,
        ["Sở Tư pháp", "Lưu: VT"],
        "Nguyễn Văn Hòa",
    )
    assert [(c["symbol"], c["date"], c["is_basis"], c["mentions"]) for c in answer["citations"]] == [
        ("407/QĐ-TTg", "2022-03-30", True, [[3, 4]])
    ]


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        ({}, ["Hội nghị", "Tập huấn"]),
        ({"q": "hoi nghi"}, ["Hội nghị"]),
        ({"agency": "office"}, ["Hội nghị"]),
        ({"agency": "office", "role": "coordinating"}, []),
        ({"agency": "office", "through": "1"}, ["Hội nghị", "Tập huấn"]),
        ({"agency": "group"}, ["Tập huấn"]),
        ({"agency": "mine"}, ["Hội nghị", "Tập huấn"]),
        ({"kind": "duty"}, ["Trách nhiệm"]),
        ({"kind": "all"}, ["Hội nghị", "Tập huấn", "Trách nhiệm"]),
        ({"state": "doubtful"}, ["Tập huấn"]),
        ({"time": "overdue"}, ["Hội nghị"]),
        ({"plan": "none"}, []),
    ],
)
def test_tasks_are_filtered_as_the_register_is(
    province: Organisation, office: Organisation, wanted: dict[str, str], texts: list[str]
) -> None:
    group = make_agency_group(province)
    plan = make_plan(province)
    make_task(plan, "Hội nghị", lead=[office], due=dt.date(2020, 1, 1))
    make_task(plan, "Tập huấn", lead=[group], doubtful=True)
    make_task(plan, "Trách nhiệm", kind="duty")
    ids = {"office": office.public_id, "group": group.public_id}
    asked = {name: ids.get(value, value) for name, value in wanted.items()}
    found = ask("tasks", key_for(office), sort="plan", **asked).json()
    assert [task["text"] for task in found["items"]] == texts
    assert found["total"] == len(texts)


def test_pages_follow_one_another_without_loss(province: Organisation) -> None:
    plan = make_plan(province, is_public=True)
    for number in range(7):
        make_task(plan, f"Việc {number}")
    address, seen = "tasks?limit=3&sort=plan", []
    while address:
        page = Client().get(address if address.startswith("/") else f"/api/v1/{address}").json()
        seen += [task["text"] for task in page["items"]]
        address = (page["next"] or "").removeprefix("http://localhost:8000")
    assert seen == [f"Việc {number}" for number in range(7)]
    assert (page["total"], page["offset"]) == (7, 6)


def test_the_number_of_queries_does_not_grow(province: Organisation, django_assert_max_num_queries: Any) -> None:
    plan = make_plan(province, is_public=True)
    offices = [make_organisation(f"Sở {n}", province) for n in range(5)]
    for number in range(30):
        make_task(plan, f"Việc {number}", lead=offices[:2], coordinating=offices[2:])
    with django_assert_max_num_queries(4):
        assert len(ask("tasks", limit=100).json()["items"]) == 30


def test_the_directory_holds_facts_groups_and_never_people(province: Organisation, office: Organisation) -> None:
    make_member(office, Role.HEAD)
    key = key_for(office)
    found = ask("organisations", key, q="tu phap").json()
    assert [o["name"] for o in found["items"]] == ["Sở Tư pháp"]
    assert found["items"][0]["parent"] == {"id": province.public_id, "name": province.name}
    assert "example.vn" not in ask(f"organisations/{office.public_id}", key).content.decode()
    group = make_agency_group(province)
    detail = ask(f"groups/{group.public_id}", key, on="2024-01-08").json()
    assert (detail["on"], [m["name"] for m in detail["members"]]) == ("2024-01-08", ["Sở Tư pháp"])
    assert [g["name"] for g in ask("groups", key).json()["items"]] == ["Các sở, ban, ngành"]


def test_the_directory_is_as_closed_as_its_pages(province: Organisation, office: Organisation) -> None:
    """Who reads none of it on the pages reads none of it here: not even whether something is there."""
    group = make_agency_group(province)
    addresses = ["organisations", f"organisations/{office.public_id}", "groups", f"groups/{group.public_id}"]
    for address in [*addresses, "organisations/khong-co", "groups/khong-co"]:
        answer = ask(address)
        assert (answer.status_code, answer.json()["code"]) == (401, "token-needed"), address
        assert "Tư pháp" not in answer.content.decode()
    assert [ask(address, key_for(office)).status_code for address in addresses] == [200] * 4
    assert list(found_organisations(STRANGER, Wanted(), dt.date.today())) == []
    assert list(found_groups(STRANGER, "")) == []
    assert find_organisations(STRANGER, "tu phap", 10) == []


# --- keys ------------------------------------------------------------------------------------------------------------


def test_only_the_digest_of_a_key_is_kept(office: Organisation) -> None:
    key = key_for(office)
    token = ApiToken.objects.get()
    kept = [str(getattr(token, field.attname)) for field in ApiToken._meta.concrete_fields]
    assert (key in " ".join(kept), key[3:9] == token.prefix, len(token.digest)) == (False, True, 64)


def test_a_key_opens_its_scopes_only(office: Organisation) -> None:
    key = key_for(office, Scope.PLANS)
    answers = {address: ask(address, key).status_code for address in ("plans", "tasks", "organisations", "groups")}
    assert answers == {"plans": 200, "tasks": 403, "organisations": 403, "groups": 403}
    assert ask("tasks", key).json()["code"] == "scope-missing"


def test_a_key_that_is_wrong_withdrawn_or_out_of_date_is_never_taken_for_none(office: Organisation) -> None:
    make_plan(office, is_public=True)
    withdrawn, over = key_for(office), key_for(office)
    token = ApiToken.objects.order_by("pk").first()
    withdraw_token(make_actor(office, Role.ADMINISTRATOR), token)
    ApiToken.objects.exclude(pk=token.pk).update(expires_on=dt.date(2020, 1, 1))
    for key in ("nc_khong-co", "x", withdrawn, over):
        answer = ask("plans", key)
        assert (answer.status_code, answer.json()["code"], answer["WWW-Authenticate"]) == (
            401,
            "token-refused",
            "Bearer",
        )
    assert Client().get("/api/v1/plans", headers={"Authorization": f"Basic {over}"}).status_code == 401


def test_the_last_day_of_use_is_kept(office: Organisation) -> None:
    key = key_for(office)
    assert ApiToken.objects.get().last_used_on is None
    ask("plans", key)
    assert ApiToken.objects.get().last_used_on is not None


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.AUDITOR])
def test_only_administrators_make_keys_and_only_for_their_own(office: Organisation, role: str) -> None:
    given: dict[str, Any] = {"name": "x", "scopes": [Scope.PLANS], "expires_on": None}
    with pytest.raises(Refused):
        make_token(make_actor(office, role), office, **given)
    with pytest.raises(Refused):
        make_token(make_actor(office, Role.ADMINISTRATOR), make_organisation("Sở Nội vụ"), **given)
    assert not ApiToken.objects.exists()


def test_a_key_is_shown_once_and_withdrawn_on_the_page(office: Organisation, client_of: Any) -> None:
    client = client_of(make_member(office, Role.ADMINISTRATOR))
    wrong = client.post("/api/khoa/", {"name": "cổng", "scopes": ["read:plans"], "expires_on": "01/01/2020"})
    assert (wrong.status_code, 'value="cổng"' in wrong.content.decode()) == (400, True)
    made = client.post("/api/khoa/", {"name": "cổng", "scopes": ["read:plans"]})
    key = made.context["made"][1]
    assert (key in made.content.decode(), made["Cache-Control"]) == (True, "no-store")
    assert key not in client.get("/api/khoa/").content.decode()
    assert ask("plans", key).status_code == 200
    client.post(f"/api/khoa/{ApiToken.objects.get().pk}/rut/")
    assert ask("plans", key).status_code == 401


def test_keys_of_another_organisation_are_not_known(office: Organisation, client_of: Any) -> None:
    key_for(office)
    beside = make_organisation("Sở Nội vụ", office.parent)
    client = client_of(make_member(beside, Role.ADMINISTRATOR))
    assert client.get("/api/khoa/").context["tokens"] == []
    assert client.post(f"/api/khoa/{ApiToken.objects.get().pk}/rut/").status_code == 404
    assert client_of(make_member(office, Role.HEAD)).get("/api/khoa/").status_code == 403
    assert Client().get("/api/khoa/").status_code == 302


# --- the interface itself --------------------------------------------------------------------------------------------


def test_too_many_requests_are_told_to_wait(settings: Any, office: Organisation) -> None:
    settings.API_RATES = {"token": 5, "stranger": 3}
    key = key_for(office)
    assert [ask("plans").status_code for _ in range(3)] == [200] * 3
    stopped = ask("plans")
    assert (stopped.status_code, stopped.json()["code"]) == (429, "too-many")
    assert 1 <= int(stopped["Retry-After"]) <= 60
    assert [ask("plans", key).status_code for _ in range(6)] == [200] * 5 + [429]


def test_guessing_keys_is_counted_too(settings: Any) -> None:
    settings.API_RATES = {"token": 5, "stranger": 3}
    assert [ask("plans", "nc_doan").status_code for _ in range(4)] == [401] * 3 + [429]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("tasks?limit=0", 422),
        ("tasks?limit=501", 422),
        ("tasks?offset=-1", 422),
        ("tasks?time=someday", 422),
        ("tasks?sort=color", 422),
        ("plans?year=abc", 422),
        ("groups/x?on=2024-13-01", 422),
        ("nothing/at/all", 404),
        ("plans/khong-co", 404),
        ("tasks/khong-co", 404),
        ("organisations", 401),
        ("organisations/khong-co", 401),
        ("groups", 401),
        ("groups/khong-co", 401),
        ("tasks?state=doubtful", 401),
        ("tasks?agency=mine", 401),
    ],
)
def test_what_cannot_be_answered_says_so_in_both_languages(address: str, status: int) -> None:
    answer = Client().get(f"/api/v1/{address}")
    body = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (body["status"], sorted(body["message"]), body["title"]) == (status, ["en", "vi"], body["message"]["vi"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_it(method: str) -> None:
    for address in ("plans", "tasks", "organisations"):
        assert getattr(Client(), method)(f"/api/v1/{address}").status_code == 405


def test_what_has_not_changed_is_not_sent_again(province: Organisation) -> None:
    plan = make_plan(province, is_public=True)
    first = ask("plans")
    again = Client().get("/api/v1/plans", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Plan.objects.filter(pk=plan.pk).update(version=2)
    assert Client().get("/api/v1/plans", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_description_is_a_page_without_scripts_from_elsewhere(province: Organisation) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    page = Client().get("/api/").content.decode()
    assert set(schema["paths"]) == {
        "/api/v1/organisations",
        "/api/v1/organisations/{id}",
        "/api/v1/groups",
        "/api/v1/groups/{id}",
        "/api/v1/outgoing-documents",
        "/api/v1/outgoing-documents/{id}",
        "/api/v1/outgoing-documents/{id}/file.{form}",
        "/api/v1/received-documents",
        "/api/v1/received-documents/{id}/arrival",
        "/api/v1/outgoing-documents/{id}/submit",
        "/api/v1/outgoing-documents/{id}/number",
        "/api/v1/outgoing-documents/{id}/send",
        "/api/v1/plans",
        "/api/v1/plans/{slug}",
        "/api/v1/plans/{slug}/findings",
        "/api/v1/tasks",
        "/api/v1/tasks/{id}",
        "/api/v1/assignments",
        "/api/v1/assignments/{id}",
        "/api/v1/assignments/{id}/notes",
        "/api/v1/notes",
        "/api/v1/chases",
        "/api/v1/chases/{id}",
        "/api/v1/obstacles",
        "/api/v1/obstacles/{id}",
        "/api/v1/assignments/{id}/obstacles",
        "/api/v1/obstacles/{id}/steps",
        "/api/v1/assignments/{id}/steps",
        "/api/v1/steps/{id}",
        "/api/v1/rounds",
        "/api/v1/reports",
        "/api/v1/reports/{id}",
        "/api/v1/rounds/{id}/report",
    }
    operations = [(method.upper(), path) for path, methods in schema["paths"].items() for method in methods]
    assert [one for one in operations if f"{one[0]} {one[1]}<" not in page] == []
    assert 'src="http' not in page


def test_the_shipped_directory_can_be_read(capsys: Any) -> None:
    call_command("load_agencies")
    key = key_for(make_organisation())
    found = ask("organisations", key, q="so thong tin", level="province").json()
    assert [(o["name"], o["valid_to"]) for o in found["items"]] == [("Sở Thông tin và Truyền thông", "2025-02-28")]
    assert Group.objects.count() == ask("groups", key).json()["total"]
