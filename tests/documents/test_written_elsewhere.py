"""A document whose words come from a thing of another room (``core.rooms.Source``): here people set its head and foot; its
words are changed, put forward and replaced where they come from."""

from __future__ import annotations

import dataclasses

import pytest
from django.apps import apps
from tests.factories import make_actor, make_official, make_organisation

from nhipcau.core.rooms import Source
from nhipcau.documents.actions import outgoing as acts
from nhipcau.documents.models import Outgoing
from nhipcau.organisations.models import Role
from vanban.official import Annex, Paragraph, plain

pytestmark = pytest.mark.django_db
THING = ("documents.document", "bao-cao-1")
TABLE = Annex("DANH SÁCH", "", (Paragraph(plain("Một dòng")),))


@pytest.fixture
def house(monkeypatch):
    """A commune with a document that a thing wrote; any room may offer such things."""
    room = apps.get_app_config("documents")
    offers = dataclasses.replace(room.offers, sources=(Source(THING[0], "báo cáo"),))
    monkeypatch.setattr(room, "offers", offers)
    commune = make_organisation("Ủy ban nhân dân xã Tân An", kind="committee")
    officer, head = make_actor(commune), make_actor(commune, Role.HEAD)
    made = acts.draft_document(officer, make_official(annexes=(TABLE,)), organisation=commune, about=THING)
    return commune, officer, head, made


def changed(made: Outgoing, **fields):
    return dataclasses.replace(made.official, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"body": (Paragraph(plain("Câu khác.")),)},
        {"subject": "Trích yếu khác"},
        {"annexes": ()},
        {"bases": ("Căn cứ Luật khác",)},
        {"type": "Thông báo", "code": "TB-UBND"},
    ],
)
def test_its_words_are_not_changed_here(house, fields):
    _commune, officer, _head, made = house
    with pytest.raises(acts.WrittenElsewhere) as refused:
        acts.edit_document(officer, made, changed(made, **fields), version=made.version)
    assert refused.value.reason == "Nội dung văn bản này đến từ báo cáo. Bạn sửa, trình ký và lập bản mới tại đó."
    assert Outgoing.objects.get().content == made.content


def test_head_and_foot_are_set_here_and_stay_when_the_thing_writes_again(house):
    commune, officer, _head, made = house
    province, city = make_organisation("Ủy ban nhân dân tỉnh Hòa An"), make_organisation("Sở Tư pháp tỉnh Hòa An")
    said = changed(made, recipients=("Như trên", "Đảng ủy xã"), urgency="KHẨN")
    made = acts.edit_document(officer, made, said, version=made.version, addressees=[city])
    again = make_official(body=(Paragraph(plain("Câu mới từ báo cáo.")),), recipients=("Như trên",))
    made = acts.edit_document(officer, made, again, version=made.version, addressees=[province], source=THING)
    official = made.official
    assert (official.recipients, official.urgency) == (("Như trên", "Đảng ủy xã"), "KHẨN")
    assert (official.body, official.annexes) == ((Paragraph(plain("Câu mới từ báo cáo")),), ())
    assert {row.organisation for row in made.sent_to.all()} == {province, city}


def test_only_the_thing_puts_it_forward_also_after_it_came_back(house):
    _commune, officer, head, made = house
    with pytest.raises(acts.WrittenElsewhere):
        acts.submit_document(officer, made)
    with pytest.raises(acts.WrittenElsewhere):
        acts.submit_document(officer, made, source=("documents.document", "bao-cao-2"))
    made = acts.submit_document(officer, made, source=THING)
    made = acts.return_document(head, made, comment="Bổ sung")
    with pytest.raises(acts.WrittenElsewhere):
        acts.submit_document(officer, made)
    assert acts.submit_document(officer, made, source=THING).state == "submitted"


def test_only_the_thing_makes_its_new_edition(house):
    _commune, officer, head, made = house
    made = acts.submit_document(officer, made, source=THING)
    made = acts.sign_document(head, made, version=made.version)
    acts.take_number(officer, made)
    sent = acts.send_document(officer, Outgoing.objects.get())
    with pytest.raises(acts.WrittenElsewhere):
        acts.replace_document(officer, sent, what_changed="Sửa số liệu")
    assert Outgoing.objects.count() == 1


def test_a_thing_that_writes_no_documents_closes_nothing(house):
    commune, officer, _head, _made = house
    free = acts.draft_document(officer, make_official(), organisation=commune, about=("plans.plan", "k1"))
    free = acts.edit_document(officer, free, changed(free, subject="Khác"), version=free.version)
    assert acts.submit_document(officer, free).subject == "Khác"
