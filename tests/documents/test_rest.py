"""Documents over REST: read, begun once, written where nobody wrote meanwhile; people sign; numbers and sending need a right
of their own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_official, make_organisation, make_outgoing

from nhipcau.api.actions import make_token
from nhipcau.core import audit, files
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import Arrival, Outgoing, RegisterNumber
from nhipcau.organisations.models import Role
from vanban.official.stored import to_dict
from vanban.parse import parse

pytestmark = pytest.mark.django_db
READ, WRITE, ISSUE = "read:documents", "write:documents", "issue:documents"


class House:
    """A province, a commune below it with a key of these scopes, and a neighbour."""

    def __init__(self, *scopes: str) -> None:
        self.province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
        self.commune = make_organisation("Ủy ban nhân dân xã Tân An", parent=self.province, kind="committee")
        self.neighbour = make_organisation("Ủy ban nhân dân xã Bên", parent=self.province, kind="committee")
        self.key = self.key_of(self.commune, *(scopes or (READ, WRITE)))

    @staticmethod
    def key_of(organisation, *scopes: str) -> str:
        administrator = make_actor(organisation, Role.ADMINISTRATOR)
        return make_token(administrator, organisation, name="Phần mềm", scopes=list(scopes), expires_on=None)[1]

    def ask(self, address: str, key: str | None = None) -> Any:
        return Client().get(f"/api/v1/{address}", headers={"Authorization": f"Bearer {key or self.key}"})

    def send(self, address: str, given: Any, *, key: str | None = None, method: str = "post") -> Any:
        headers = {"Authorization": f"Bearer {key or self.key}"}
        asked = getattr(Client(), method)
        return asked(f"/api/v1/{address}", json.dumps(given), content_type="application/json", headers=headers)

    def begin(self, key: str = "van-ban-01", **fields: Any) -> Any:
        document = to_dict(make_official()) | fields
        return self.send(
            "outgoing-documents", {"key": key, "document": document, "addressees": [self.province.public_id]}
        )


def test_a_program_begins_a_document_once_and_reads_it():
    house = House()
    answer = house.begin()
    assert (answer.status_code, answer.json()["status"], answer.json()["state"]) == (201, "written", "draft")
    again = house.begin()
    assert (again.status_code, again.json()["id"], again.json()["status"]) == (200, answer.json()["id"], "there")
    assert Outgoing.objects.count() == 1
    other = house.begin(subject="Việc khác")
    assert (other.status_code, other.json()["code"]) == (409, "key-used")
    assert house.begin("van-ban-02", subject="Việc khác").status_code == 201
    found = house.ask(f"outgoing-documents/{answer.json()['id']}").json()
    assert found["document"] == Outgoing.objects.get(public_id=found["id"]).content
    assert [one["organisation"]["name"] for one in found["addressees"]] == ["Ủy ban nhân dân tỉnh Hòa An"]
    assert found["obstacles"] == []
    made = house.ask(f"outgoing-documents/{found['id']}/file.docx")
    assert parse(made.content).subject == "Kết quả truyền thông năm 2026"
    assert house.ask("outgoing-documents?q=khac").json()["total"] == 1
    assert audit.verify(house.commune.pk) is not None and not list(audit.verify(house.commune.pk))


def test_begun_once_also_after_people_wrote_on_it():
    house = House()
    made = Outgoing.objects.get(public_id=house.begin().json()["id"])
    acts.edit_document(make_actor(house.commune), made, make_official(subject="Người sửa"), version=made.version)
    assert (house.begin().status_code, Outgoing.objects.get().subject) == (200, "Người sửa")


def test_a_change_goes_over_no_newer_words():
    house = House()
    made = house.begin().json()
    address = f"outgoing-documents/{made['id']}"
    given = {"version": made["version"], "document": to_dict(make_official(subject="Máy sửa"))}
    answer = house.send(address, given, method="put")
    assert (answer.status_code, answer.json()["status"], answer.json()["version"]) == (200, "written", 2)
    answer = house.send(address, given, method="put")
    assert (answer.status_code, answer.json()["code"]) == (409, "outdated")
    assert house.send(address, {**given, "version": 2}, method="put").json()["status"] == "there"
    assert [row.organisation for row in Outgoing.objects.get().sent_to.all()] == [house.province]
    assert house.send(address, {**given, "version": 2, "addressees": []}, method="put").status_code == 200
    assert Outgoing.objects.get().sent_to.count() == 0


def test_a_person_signs_and_a_key_with_the_right_numbers_and_sends():
    house = House(READ, WRITE, ISSUE)
    made = house.begin().json()
    address = f"outgoing-documents/{made['id']}"
    answer = house.send(f"{address}/submit", {"version": 1})
    assert (answer.json()["state"], answer.json()["status"]) == ("submitted", "written")
    assert house.send(f"{address}/submit", {"version": 1}).json()["status"] == "there"
    assert house.send(f"{address}/sign", {"version": 2}).status_code in (404, 405)
    assert house.send(f"{address}/number", {"version": 2}).status_code == 409
    outgoing = Outgoing.objects.get()
    acts.sign_document(make_actor(house.commune, Role.HEAD), outgoing, version=outgoing.version)
    assert house.send(f"{address}/number", {"version": 1}).json()["code"] == "outdated"
    numbered = house.send(f"{address}/number", {"version": 3}).json()
    assert (numbered["symbol"], numbered["status"]) == ("01/BC-UBND", "written")
    assert house.send(f"{address}/number", {"version": 3}).json()["status"] == "there"
    assert RegisterNumber.objects.count() == 1
    assert house.send(f"{address}/send", {"version": 4}).json()["state"] == "sent"
    assert house.send(f"{address}/send", {"version": 4}).json()["status"] == "there"
    above = house.key_of(house.province, READ)
    [arrived] = house.ask("received-documents", above).json()["items"]
    assert (arrived["symbol"], arrived["opened_at"], arrived["arrival_number"]) == ("01/BC-UBND", None, None)
    file = house.ask(f"{address}/file.pdf", above)
    assert b"".join(file.streaming_content)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("scopes", "address", "given"),
    [
        ((READ,), "outgoing-documents", {"key": "van-ban-01", "document": {}}),
        ((READ, WRITE), "outgoing-documents/{id}/number", {"version": 1}),
        ((READ, WRITE), "outgoing-documents/{id}/send", {"version": 1}),
        ((WRITE,), "outgoing-documents/{id}", None),
        ((WRITE,), "received-documents", None),
    ],
)
def test_each_thing_needs_its_right(scopes, address, given):
    house = House(*scopes)
    path = address.format(id=make_outgoing(house.commune).public_id)
    answer = house.ask(path) if given is None else house.send(path, given)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_a_key_reads_below_itself_and_writes_only_its_own():
    house = House(READ, WRITE, ISSUE)
    theirs = make_outgoing(house.neighbour, "signed")
    address = f"outgoing-documents/{theirs.public_id}"
    assert house.ask(address).status_code == 404
    above = house.key_of(house.province, READ, WRITE, ISSUE)
    assert house.ask(address, above).status_code == 200
    for step in ("submit", "number", "send"):
        for key in (house.key, above):
            assert house.send(f"{address}/{step}", {"version": theirs.version}, key=key).status_code == 404
    given = {"version": theirs.version, "document": to_dict(make_official())}
    assert house.send(address, given, key=above, method="put").status_code == 404
    assert Outgoing.objects.get(pk=theirs.pk).version == theirs.version


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "Có\x00 ký tự lạ"}, "subject"),
        ({"subject": "Lẻ \ud800"}, "subject"),
        ({"subject": "Tie\u0302\u0301ng"}, "subject"),
        ({"type": "Sớ"}, "type"),
        ({"la": 1}, "la"),
        ({"body": [{"block": "table", "rows": [], "widths": []}]}, "body[0]"),
        ({"body": [{"block": "table", "rows": [[{"lines": []}]], "widths": [float("nan")]}]}, "body[0]"),
        ({"body": [{"block": "picture", "alt": "Hình", "svg": "<svg/>", "height": 0}]}, "body[0]"),
        ({"code": "BC-UBND' --"}, "code"),
    ],
)
def test_a_document_that_does_not_fit_is_said_with_its_place(fields, where):
    answer = House().begin(**fields)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-document")
    assert f"{where}" in answer.json()["title"]
    assert Outgoing.objects.count() == 0


@pytest.mark.parametrize("place", ["body", "annexes"])
def test_a_drawing_that_cannot_be_read_is_told_before_anybody_signs_it(place):
    body = [{"block": "picture", "alt": "Hình", "svg": "không phải hình"}]
    annex = {"title": "BẢNG", "attached": "", "body": body}
    answer = House().begin(**({"body": body} if place == "body" else {"annexes": [annex]}))
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-document")
    assert Outgoing.objects.count() == 0


def test_who_receives_it_learns_nothing_of_the_others():
    house = House()
    sent = make_outgoing(house.province, "sent", to=[house.commune, house.neighbour])
    Outgoing.objects.update(about_kind="followup.assignment", about_id="abc")
    own = house.ask(f"outgoing-documents/{sent.public_id}", house.key_of(house.province, READ)).json()
    assert (len(own["addressees"]), own["about"]) == (2, "followup.assignment:abc")
    theirs = house.ask(f"outgoing-documents/{sent.public_id}").json()
    assert ([one["organisation"]["name"] for one in theirs["addressees"]], theirs["about"]) == (
        ["Ủy ban nhân dân xã Tân An"], "",
    )  # fmt: skip


def test_number_and_date_of_a_program_are_not_taken_over():
    house = House()
    assert house.begin(number=7, date="2026-01-05").status_code == 201
    assert (Outgoing.objects.get().official.number, Outgoing.objects.get().date) == (None, None)


@pytest.mark.parametrize(
    "address", ["outgoing-documents/%00", "outgoing-documents/khongco", "outgoing-documents/x/file.exe"]
)
def test_what_is_not_there_is_said_so(address):
    assert House().ask(address).status_code == 404


def test_unknown_addressees_are_named():
    house = House()
    answer = house.send(
        "outgoing-documents", {"key": "van-ban-01", "document": to_dict(make_official()), "addressees": ["abc"]}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "no-such-organisation")


def test_the_description_names_every_address():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    own = sorted(path.removeprefix("/api/v1/") for path in paths if "documents" in path)
    assert own == [
        "outgoing-documents",
        "outgoing-documents/{id}",
        "outgoing-documents/{id}/file.{form}",
        "outgoing-documents/{id}/number",
        "outgoing-documents/{id}/send",
        "outgoing-documents/{id}/submit",
        "received-documents",
        "received-documents/{id}/arrival",
    ]


def test_what_was_received_is_entered_once():
    house = House(READ, WRITE)
    sent = make_outgoing(house.province, "sent", to=[house.commune])
    address = f"received-documents/{sent.public_id}/arrival"
    day = f"{timezone.localdate():%Y-%m-%d}"
    entered = house.send(address, {"handler": "Phòng Kinh tế", "due_on": day}).json()
    assert (entered["id"], entered["arrival_number"], entered["arrived_on"]) == (sent.public_id, 1, day)
    assert house.send(address, {}).json()["arrival_number"] == 1
    assert list(Arrival.objects.values_list("handler", flat=True)) == ["Phòng Kinh tế"]
    assert house.ask("received-documents").json()["items"][0]["opened_at"] is not None
    refused = house.send(f"received-documents/{sent.public_id}/arrival", {}, key=house.key_of(house.commune, READ))
    assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing")
    for key, where in ((house.key_of(house.neighbour, WRITE), address), (house.key, "received-documents/%00/arrival")):
        assert house.send(where, {}, key=key).status_code == 404
    other = make_outgoing(house.province, "sent", to=[house.commune])
    early = house.send(f"received-documents/{other.public_id}/arrival", {"due_on": "2020-01-01"})
    assert (early.status_code, early.json()["code"]) == (409, "refused")
    assert house.send(f"received-documents/{other.public_id}/arrival", {"handler": "Có\x00"}).status_code == 200


def test_a_file_that_the_disk_has_lost_is_said_as_a_problem():
    house = House()
    sent = make_outgoing(house.commune, "sent")
    files.path_of(sent.pdf).unlink()
    answer = house.ask(f"outgoing-documents/{sent.public_id}/file.pdf")
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()["code"]) == (
        404, "application/problem+json", "gone",
    )  # fmt: skip
    assert answer.json()["title"].startswith("Không tìm thấy tệp gốc trên máy chủ.")
