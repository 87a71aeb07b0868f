"""What people and programs should not be able to do with documents and their numbers, and what happens when two do the same
thing at once or a form is sent twice."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import unicodedata

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_member, make_official, make_organisation, make_outgoing, make_user

from nhipcau.api.actions import make_token
from nhipcau.core.acts import Refused
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import Arrival, Outgoing, RegisterNumber
from nhipcau.organisations.models import Role
from vanban.official import Annex, Paragraph, plain
from vanban.official.stored import to_dict

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_organisation("Ủy ban nhân dân xã Tân An", kind="committee")


def signed_in(organisation, *roles, name="Trần Thị Bình") -> Client:
    client = Client()
    client.force_login(make_member(organisation, *roles, user=make_user(name)))
    return client


def said(response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def typed(client: Client, made: Outgoing, **changes: str) -> dict[str, str]:
    """The form of a document as a browser sends it, with these changes."""
    form = client.get(f"/van-ban-di/{made.public_id}/sua/").context["form"]
    found = {bound.html_name: bound.value() for bound in form} | {"annexes": str(form.shown_annexes)}
    for annex in form.annexes:
        found |= {bound.html_name: bound.value() for bound in annex if bound.name not in ("drop", "landscape")}
    shown = {name: "\n".join(value) if isinstance(value, list | tuple) else value for name, value in found.items()}
    return {name: value for name, value in shown.items() if value is not None} | changes


class TestSentTwice:
    def test_a_document_that_is_begun(self, commune):
        client = signed_in(commune)
        given = {"doc_type": "Báo cáo", "subject": "Kết quả", "unit": "VX"}
        first, second = (client.post("/van-ban-di/soan/", given).headers["Location"] for _n in range(2))
        assert (first, Outgoing.objects.count()) == (second, 1)
        made = Outgoing.objects.get()
        client.post(f"/van-ban-di/{made.public_id}/sua/", typed(client, made, body="Đã viết"))
        assert client.post("/van-ban-di/soan/", given).headers["Location"] != first

    def test_a_number_that_is_kept(self, commune):
        client = signed_in(commune)
        day = f"{timezone.localdate():%d/%m/%Y}"
        given = {"doc_type": "Báo cáo", "code": "BC-UBND", "subject": "Báo cáo quý", "date": day}
        assert client.post("/so-van-ban/giu-so/", given).status_code == 302
        answer = client.post("/so-van-ban/giu-so/", given)
        assert (answer.status_code, "Số 01/BC-UBND đang được giữ cho chính văn bản này" in said(answer)) == (422, True)
        assert client.post("/so-van-ban/giu-so/", given | {"sure": "on"}).status_code == 302
        assert RegisterNumber.objects.count() == 2

    def test_an_arrival_without_a_symbol(self, commune):
        client = signed_in(commune)
        given = {"date": f"{timezone.localdate():%d/%m/%Y}", "issuer": "Sở Nội vụ", "subject": "Đơn thư"}
        assert [client.post("/so-van-ban-den/", given).status_code for _n in range(2)] == [302, 422]
        assert Arrival.objects.count() == 1

    @pytest.mark.parametrize(
        ("state", "do", "data", "words"),
        [
            ("draft", "submit", {}, "đã được trình ký rồi"),
            ("submitted", "sign", {}, "không còn chờ ký"),
            ("submitted", "return", {"text": "Sửa"}, "Chỉ trả lại được văn bản đã trình mà chưa gửi"),
            ("draft", "drop", {"text": "Thôi"}, "Chỉ bỏ được văn bản của cơ quan mình khi chưa gửi đi"),
        ],
    )
    def test_an_act_says_that_it_was_done(self, commune, state, do, data, words):
        made = make_outgoing(commune, state)
        client = signed_in(commune, Role.OFFICER, Role.HEAD)
        given = {"do": do, "version": str(made.version), **data}
        address = f"/van-ban-di/{made.public_id}/lam/"
        assert client.post(address, given).status_code == 302
        version = Outgoing.objects.get().version
        answer = client.post(address, given)
        assert (answer.status_code, words in said(answer)) == (422, True)
        assert Outgoing.objects.get().version == version

    def test_a_new_edition(self, commune):
        sent, client = make_outgoing(commune, "sent"), signed_in(commune)
        given = {"do": "replace", "text": "Sửa số liệu"}
        places = {client.post(f"/van-ban-di/{sent.public_id}/lam/", given).headers["Location"] for _n in range(2)}
        assert (len(places), Outgoing.objects.count()) == (1, 2)


class TestOddWords:
    def test_composed_and_control_signs_and_marks_are_kept_as_they_are_read(self, commune):
        made, client = make_outgoing(commune), signed_in(commune)
        odd = "<script>alert(1)</script> {{ 7|add:7 }} Tiếng Việt"
        given = typed(client, made, subject=unicodedata.normalize("NFD", odd) + "\x00\u200b", body=f"{odd}\n=1+1")
        assert client.post(f"/van-ban-di/{made.public_id}/sua/", given).status_code == 302
        assert Outgoing.objects.get().subject == odd
        for page in (f"/van-ban-di/{made.public_id}/", "/van-ban-di/", f"/van-ban-di/{made.public_id}/ban/2/"):
            text = client.get(page).content.decode()
            assert "<script>alert" not in text and "&lt;script&gt;alert" in text

    @pytest.mark.parametrize(
        ("fields", "where"),
        [({"subject": "x" * 1001}, "subject"), ({"code": "X" * 61}, "code"), ({"body": "x" * 400_001}, "body")],
    )
    def test_enormous_words_are_told_and_kept(self, commune, fields, where):
        made, client = make_outgoing(commune), signed_in(commune)
        answer = client.post(f"/van-ban-di/{made.public_id}/sua/", typed(client, made, **fields))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [where])

    @pytest.mark.parametrize("fields", [{"code": "X" * 61}, {"subject": "x" * 2001}, {"issuer": "X" * 251}])
    def test_also_from_a_program(self, commune, fields):
        secret = make_token(
            make_actor(commune, Role.ADMINISTRATOR), commune, name="x", scopes=["write:documents"], expires_on=None
        )[1]
        given = {"key": "van-ban-01", "document": to_dict(make_official(**fields))}
        answer = Client().post(
            "/api/v1/outgoing-documents",
            json.dumps(given),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}"},
        )
        assert (answer.status_code, "dài quá" in answer.json()["title"]) == (422, True)

    def test_odd_questions_of_lists(self, commune):
        client = signed_in(commune)
        pages = ("/van-ban-di/tai-ve.csv", "/so-van-ban/tai-ve.csv", "/so-van-ban-den/tai-ve.csv")
        for year in ("0000", "9999", "-1", "2026.5", "٢٠٢٦", "1" * 400):
            assert [client.get(page, {"year": year}).status_code for page in pages] == [200, 200, 200]

    def test_more_annexes_than_a_form_adds_are_all_kept(self, commune):
        many = tuple(Annex(f"SỐ {n}", "", (Paragraph(plain("Chữ")),)) for n in range(60))
        made, client = make_outgoing(commune, annexes=many), signed_in(commune)
        assert client.post(f"/van-ban-di/{made.public_id}/sua/", typed(client, made, subject="Khác")).status_code == 302
        assert len(Outgoing.objects.get().official.annexes) == 60

    @pytest.mark.parametrize("annexes", ["0", "1", "999", "-1", "x", ""])
    def test_a_form_that_lies_about_its_annexes_takes_none_away_unseen(self, commune, annexes):
        made = make_outgoing(commune, annexes=(Annex("A", "", (Paragraph(plain("a")),)),) * 2)
        client = signed_in(commune)
        given = typed(client, made, annexes=annexes)
        client.post(f"/van-ban-di/{made.public_id}/sua/", given)
        assert len(Outgoing.objects.get().official.annexes) >= 2


class TestWrongPeople:
    def test_a_number_of_another_document_or_house_is_not_taken(self, commune):
        other = make_organisation("Ủy ban nhân dân xã Khác", kind="committee")
        theirs = acts.reserve_number(make_actor(other), "Báo cáo", organisation=other, code="BC", subject="Việc")
        made = make_outgoing(commune, "signed")
        client = signed_in(commune)
        given = {"do": "number", "date": f"{timezone.localdate():%d/%m/%Y}", "reserved": theirs.public_id}
        assert client.post(f"/van-ban-di/{made.public_id}/lam/", given).status_code == 422
        with pytest.raises(Refused):
            acts.take_number(make_actor(commune), made, reserved=theirs)
        assert RegisterNumber.objects.get().state == "reserved"

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
    def test_who_only_looks_does_nothing(self, commune, role):
        client = signed_in(commune, role)
        made = make_outgoing(commune, "signed")
        for do in ("submit", "sign", "return", "number", "send", "replace", "drop"):
            given = {"do": do, "text": "x", "version": str(made.version), "date": f"{timezone.localdate():%d/%m/%Y}"}
            assert client.post(f"/van-ban-di/{made.public_id}/lam/", given).status_code == 403
        assert client.get(f"/van-ban-di/{made.public_id}/sua/").status_code == 403
        assert client.post(f"/van-ban-di/{made.public_id}/sua/", {}).status_code == 403
        assert Outgoing.objects.get().version == made.version

    def test_an_officer_does_not_sign_and_a_head_does_not_number(self, commune):
        waiting, signed = make_outgoing(commune, "submitted"), make_outgoing(commune, "signed")
        answer = signed_in(commune).post(
            f"/van-ban-di/{waiting.public_id}/lam/", {"do": "sign", "version": str(waiting.version)}
        )
        assert (answer.status_code, Outgoing.objects.get(pk=waiting.pk).state) == (422, "submitted")
        answer = signed_in(commune, Role.HEAD).post(
            f"/van-ban-di/{signed.public_id}/lam/", {"do": "number", "date": f"{timezone.localdate():%d/%m/%Y}"}
        )
        assert (answer.status_code, RegisterNumber.objects.count()) == (422, 0)

    def test_nobody_signs_under_another_name(self, commune):
        made = make_outgoing(commune, "submitted")
        client = signed_in(commune, Role.HEAD, name="Lê Văn Cường")
        address = f"/van-ban-di/{made.public_id}/lam/"
        given = {"do": "sign", "version": str(made.version), "lines": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"}
        for name in ("Nguyễn Văn Khác", "Văn Cường", "Cường"):
            answer = client.post(address, given | {"name": name})
            assert (answer.status_code, Outgoing.objects.get().state) == (422, "submitted")
        assert client.post(address, given | {"name": "BS. Lê Văn Cường"}).status_code == 302
        assert Outgoing.objects.get().official.signature.name == "BS. Lê Văn Cường"

    def test_a_role_that_has_ended_writes_nothing(self, commune):
        person = make_member(commune, Role.HEAD)
        made = make_outgoing(commune, "submitted")
        client = Client()
        client.force_login(person)
        person.memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
        answer = client.post(f"/van-ban-di/{made.public_id}/lam/", {"do": "sign", "version": str(made.version)})
        assert (answer.status_code, Outgoing.objects.get().state) == (403, "submitted")
