"""A unit's report from its own software: read with a key, received once, checked, never over what people wrote."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_round,
    make_task,
    say,
)

from nhipcau.api.actions import make_token
from nhipcau.followup.models import Progress
from nhipcau.reporting.actions import add_sentence, correct_report, draft_report, edit_figure
from nhipcau.reporting.models import Report, ReportStep, Round

pytestmark = pytest.mark.django_db
BOTH = ("read:reports", "write:reports")


class House:
    """A province and a department with two assignments of which one is done, in a round; the department's key."""

    def __init__(self) -> None:
        self.province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
        self.office = make_organisation("Sở Y tế", parent=self.province)
        self.plan = make_plan(self.province)
        self.officer = make_actor(self.office, "officer")
        done, _open = (
            make_assignment(self.office, make_task(self.plan, text, lead=[self.office])) for text in ("Một", "Hai")
        )
        say(self.officer, done, Progress.DONE, "Xong")
        self.round = make_round(self.province, self.office, plan=self.plan)
        self.report = self.round.reports.get(organisation=self.office)
        self.key = key_of(self.office, *BOTH)
        self.address = f"rounds/{self.round.public_id}/report"

    def texts(self, part: str) -> list[str]:
        return list(self.report.sentences.filter(part=part).values_list("text", flat=True))


def key_of(organisation, *scopes: str) -> str:
    actor = make_actor(organisation, "administrator")
    return make_token(actor, organisation, name="Phần mềm", scopes=list(scopes), expires_on=None)[1]


def ask(address: str, key: str = "") -> Any:
    return Client().get(f"/api/v1/{address}", headers={"Authorization": f"Bearer {key}"} if key else {})


def send(address: str, key: str, given: Any) -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return Client().post(f"/api/v1/{address}", json.dumps(given), content_type="application/json", headers=headers)


def content(key: str = "lan-gui-01", *texts: str, **more: Any) -> dict[str, Any]:
    sentences = [{"text": text} for text in texts or ("Đề nghị cấp thêm kinh phí.",)]
    return {"schema": "report/1", "key": key, "parts": [{"key": "proposals", "sentences": sentences}], **more}


def test_figures_and_sentences_land_in_the_draft_and_nothing_is_sent():
    house = House()
    figures = [
        {"key": "tasks.done", "value": 2, "reason": "Việc hai xong ngày hôm qua"},
        {"key": "tasks.total", "value": 2},
    ]
    answer = send(house.address, house.key, content(figures=figures))
    assert (answer.status_code, answer.json()["status"], answer.json()["state"]) == (201, "written", "draft")
    house.report.refresh_from_db()
    assert "Đề nghị cấp thêm kinh phí." in house.texts("proposals")
    done = house.report.figures.get(key="tasks.done")
    assert (done.value, done.shown, done.reason) == (1, 2, "Việc hai xong ngày hôm qua")
    assert house.report.figures.get(key="tasks.total").edited is None
    assert "đã hoàn thành 02 nhiệm vụ" in house.texts("figures")[0]
    assert house.report.steps.last().kind == ReportStep.Kind.RECEIVED
    assert house.report.sent_at is None


def test_the_same_key_changes_nothing_a_new_one_replaces_what_the_system_sent():
    house = House()
    assert send(house.address, house.key, content("lan-gui-01")).status_code == 201
    version = Report.objects.get(pk=house.report.pk).version
    again = send(house.address, house.key, content("lan-gui-01"))
    assert (again.status_code, again.json()["status"], again.json()["version"]) == (200, "there", version)
    other = send(house.address, house.key, content("lan-gui-01", "Câu khác."))
    assert (other.status_code, other.json()["code"]) == (409, "key-used")
    house.report.refresh_from_db()
    add_sentence(house.officer, house.report, part="proposals", text="Câu của cán bộ.")
    assert send(house.address, house.key, content("lan-gui-02", "Câu thay.")).status_code == 201
    assert house.texts("proposals")[-2:] == ["Câu của cán bộ.", "Câu thay."]
    assert "Đề nghị cấp thêm kinh phí." not in house.texts("proposals")
    late = send(house.address, house.key, content("lan-gui-01"))  # the older one comes once more over a bad line
    assert (late.status_code, house.texts("proposals")[-1]) == (200, "Câu thay.")


def test_drafted_anew_what_was_received_stays():
    house = House()
    send(house.address, house.key, content(figures=[{"key": "tasks.done", "value": 2}]))
    house.report.refresh_from_db()
    draft_report(house.officer, house.report)
    assert "Đề nghị cấp thêm kinh phí." in house.texts("proposals")
    assert house.report.figures.get(key="tasks.done").shown == 2


def test_a_figure_that_a_person_changed_stays():
    house = House()
    draft_report(house.officer, house.report)
    house.report.refresh_from_db()
    edit_figure(house.officer, house.report, "tasks.done", value=0, reason="Chưa nghiệm thu", seen=1)
    send(house.address, house.key, content(figures=[{"key": "tasks.done", "value": 2}]))
    assert house.report.figures.get(key="tasks.done").shown == 0


def test_what_a_system_reads_it_may_send_back():
    house = House()
    draft_report(house.officer, house.report)
    read = ask(f"reports/{house.report.public_id}", house.key).json()
    before = [one.text for one in house.report.sentences.all()]
    assert send(house.address, house.key, read | {"key": "gui-lai-y-nguyen"}).status_code == 201
    assert [one.text for one in house.report.sentences.all()] == before
    assert not house.report.figures.exclude(edited=None).exists()


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"parts": [{"key": "khong-co", "sentences": [{"text": "Câu."}]}]}, 422, "wrong-content"),
        ({"figures": [{"key": "khong.co", "value": 1}]}, 422, "wrong-content"),
        ({"figures": [{"key": "tasks.done", "value": -1}]}, 422, "wrong-content"),
        ({"figures": [{"key": "tasks.done", "value": "nhiều"}]}, 422, ""),
        ({"figures": [{"key": "tasks.done", "value": True}]}, 422, ""),
        ({"figures": [{"key": "tasks.done", "value": 1}, {"key": "tasks.done", "value": 2}]}, 422, "wrong-content"),
        ({"key": "x"}, 422, ""),
        ({"schema": "report/9"}, 422, ""),
        ({"parts": "không phải danh sách"}, 422, ""),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(wrong, status, code):
    house = House()
    answer = send(house.address, house.key, content() | wrong)
    assert answer.status_code == status
    assert answer.json()["message"]["vi"]
    if code:
        assert answer.json()["code"] == code
    house.report.refresh_from_db()
    assert (house.report.deliveries.count(), house.report.sentences.count()) == (0, 0)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("\x00", "application/json", 400),
        ('{"key": "lan-gui-01"}', "multipart/form-data; boundary=x", 415),
        ('{"key": "' + "x" * 20_000_000 + '"}', "application/json", 413),
    ],
    ids=["cut", "no text", "a form", "20 MB"],
)
def test_what_cannot_be_read_is_told_as_every_other_problem(body, kind, status):
    house = House()
    headers = {"Authorization": f"Bearer {house.key}"}
    answer = Client().post(f"/api/v1/{house.address}", body, content_type=kind, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["message"]["vi"].endswith(".")
    assert house.report.sentences.count() == 0


def test_one_under_way_takes_nothing_more():
    house = House()
    for fields in ({"state": Report.State.SIGNING}, {"state": Report.State.SENT, "sent_at": timezone.now()}):
        Report.objects.filter(pk=house.report.pk).update(**fields)
        assert send(house.address, house.key, content()).status_code == 409


def test_a_key_of_the_edition_that_was_sent_does_not_write_into_the_new_one():
    house = House()
    send(house.address, house.key, content("lan-gui-01"))
    Report.objects.filter(pk=house.report.pk).update(state=Report.State.SENT, sent_at=timezone.now())
    edition = correct_report(house.officer, Report.objects.get(pk=house.report.pk))
    answer = send(house.address, house.key, content("lan-gui-01"))
    assert (answer.status_code, answer.json()["report"]) == (200, edition.public_id)
    assert edition.deliveries.count() == 0


def test_a_figure_that_the_round_does_not_take_is_told():
    house = House()
    Round.objects.update(figures=["tasks.done"])
    wrong = send(house.address, house.key, content(figures=[{"key": "evidence.total", "value": 2}]))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong-content")
    assert send(house.address, house.key, content(figures=[{"key": "tasks.done", "value": 2}])).status_code == 201


def test_who_collects_gets_what_its_system_sends_into_a_merged_draft():
    house = House()
    report = house.report.round.reports.get(organisation=house.province)
    assert send(house.address, key_of(house.province, *BOTH), content()).status_code == 201
    assert report.sentences.filter(key="received:count").count() == 1


def test_rights():
    house = House()
    reader = key_of(house.office, "read:reports")
    other = key_of(make_organisation("Sở Khác", parent=house.province), *BOTH)
    assert [
        send(house.address, "", content()).status_code,
        send(house.address, reader, content()).status_code,
        send(house.address, other, content()).status_code,
        ask("rounds").status_code,
        ask(f"reports/{house.report.public_id}", other).status_code,
        ask(f"reports/{house.report.public_id}", key_of(house.province, *BOTH)).status_code,  # a draft is its writer's
    ] == [401, 403, 404, 401, 404, 404]
    assert ask("rounds", other).json()["items"] == []
    assert [one["report"] for one in ask("rounds", house.key).json()["items"]] == [house.report.public_id]
    assert [one["id"] for one in ask("reports?organisation=mine", house.key).json()["items"]] == [
        house.report.public_id
    ]


def test_lists_ask_the_same_however_long(django_assert_max_num_queries):
    house = House()
    for number in range(9):
        make_round(house.province, house.office, name=f"Kỳ {number}")
    for address in ("rounds", "reports"):
        with django_assert_max_num_queries(9):
            assert ask(address, house.key).json()["total"] == 10


def test_people_see_that_it_came_from_another_system():
    house = House()
    send(house.address, house.key, content())
    client = Client()
    client.force_login(make_member(house.office, "officer"))
    assert "Đề nghị cấp thêm kinh phí." in client.get(f"/bao-cao/{house.report.public_id}/").content.decode()
