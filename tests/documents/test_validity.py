"""Which documents are in force: the table, who keeps it, what pages and rules make of it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from tests.factories import (
    make_actor,
    make_document,
    make_member,
    make_organisation,
    make_plan,
    make_province,
    make_reading,
)
from tests.plans.finding_parts import FAULTY, open_finding, rules_in

from nhipcau.core.models import AuditEvent
from nhipcau.documents import facts, queries
from nhipcau.documents.models import Citation, Validity
from nhipcau.organisations.models import Role
from nhipcau.plans.actions import publishing
from vanban.knowledge import Knowledge

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_province()


@pytest.fixture
def keeper(province, client_of):
    return client_of(make_member(province, Role.ADMINISTRATOR))


def form_of(row: Validity | None = None, **changed: str) -> dict[str, str]:
    given = {
        "symbol": "5/2026/NĐ-CP", "doc_type": "NĐ", "title": "Về việc thử", "issued": "2026-01-05",
        "valid_from": "2026-02-01", "valid_to": "", "ended_by": "", "replaced_by": "", "basis": "", "source": "Công báo",
    }  # fmt: skip
    if row is not None:
        given = {name: str(getattr(row, name) or "") for name in given}
        given["replaced_by"] = "\n".join(row.replaced_by)
    return {**given, **changed}


def test_the_table_begins_with_what_the_software_knows():
    known, heirs = queries.in_force()
    packaged = Knowledge.packaged()
    assert set(known) == set(packaged.validity)
    assert set(heirs) == {row for row in packaged.successors if row.kind == "document"}
    assert not Validity.objects.filter(source="").exists()


def test_newer_rows_are_taken_over_and_nothing_that_a_person_wrote(capsys):
    replaced, person, gone = Validity.objects.order_by("pk")[:3]
    Validity.objects.filter(pk=replaced.pk).update(title="Cũ")
    Validity.objects.filter(pk=person.pk).update(title="Người ghi", person_id=1)
    gone.delete()
    call_command("load_facts")
    assert "1 mới, 1 cập nhật" in capsys.readouterr().out
    assert Validity.objects.get(pk=person.pk).title == "Người ghi"
    assert Validity.objects.get(pk=replaced.pk).title == replaced.title
    call_command("load_facts")
    assert "0 mới, 0 cập nhật" in capsys.readouterr().out


def test_an_administrator_at_the_top_changes_what_the_rules_know(province, keeper):
    reading = make_reading(make_actor(province), FAULTY)
    row = Validity.objects.get(symbol="09/2017/NĐ-CP")
    assert "244/2026/NĐ-CP" in open_finding(reading, "citation-superseded").noted.message
    address = reverse("change_validity", args=[row.pk])
    keeper.post(address, form_of(row, replaced_by="Nghị định 9/2030/NĐ-CP", basis="Nghị định 9/2030/NĐ-CP"))
    assert "9/2030/NĐ-CP" in open_finding(reading, "citation-superseded").noted.message
    keeper.post(address, form_of(row, valid_to="", ended_by="", replaced_by="", basis=""))
    assert "citation-superseded" not in rules_in(reading)
    assert AuditEvent.objects.filter(act="documents.keep_validity").count() == 2


def test_what_is_typed_wrong_is_said_and_kept(keeper):
    address = reverse("add_validity")
    held = Validity.objects.get(symbol="09/2017/NĐ-CP")
    wrong = (
        form_of(symbol=""),
        form_of(source=""),
        form_of(valid_to="2025-01-01"),
        form_of(ended_by="replaced"),
        form_of(issued="ba mươi"),
        form_of(symbol=held.symbol, issued=str(held.issued)),
        form_of(symbol="x" * 81),
        form_of(replaced_by="y" * 3000),
    )
    for given in wrong:
        answer = keeper.post(address, given)
        assert (answer.status_code, "Về việc thử" in answer.content.decode()) == (422, True), given
    assert not Validity.objects.filter(title="Về việc thử").exists()
    assert keeper.post(address, form_of(replaced_by="Luật A\n\n Luật B ", valid_to="2026-09-30")).status_code == 302
    made = Validity.objects.get(title="Về việc thử")
    assert (made.replaced_by, made.key) == (["Luật A", "Luật B"], "5/2026/nd-cp")


def test_nobody_else_changes_facts_that_hold_for_everyone(province, client_of):
    row = Validity.objects.order_by("pk").first()
    below = make_organisation("Sở Ngoại vụ", parent=province)
    for organisation, role in ((province, Role.OFFICER), (province, Role.HEAD), (below, Role.ADMINISTRATOR)):
        client = client_of(make_member(organisation, role))
        assert client.get(reverse("add_validity")).status_code == 403
        assert client.post(reverse("change_validity", args=[row.pk]), form_of(row, title="Khác")).status_code == 403
        assert reverse("change_validity", args=[row.pk]) not in client.get(reverse("validity")).content.decode()
    with pytest.raises(facts.Refused):
        facts.keep_validity(make_actor(below, Role.ADMINISTRATOR), row, {})


def test_the_table_is_searched_with_or_without_marks(keeper, django_assert_max_num_queries):
    page = keeper.get(reverse("validity"), {"q": "tiep can thong tin"}).content.decode()
    assert "104/2016/QH13" in page and "09/2017/NĐ-CP" not in page
    ended = keeper.get(reverse("validity"), {"state": "ended"}).content.decode()
    assert "244/2026/NĐ-CP" in ended and ">còn hiệu lực<" not in ended and "Luật 06/2022/QH15</a>" not in ended
    for nonsense in ({"q": "%_\x00"}, {"state": "khac"}, {"page": "không"}, {"q": "zzzz"}):
        assert keeper.get(reverse("validity"), nonsense).status_code == 200
    with django_assert_max_num_queries(14):
        keeper.get(reverse("validity"))


def test_the_page_of_a_cited_document_says_what_replaced_it_and_who_still_cites_it(client, province, client_of):
    old = make_document("09/2017/NĐ-CP", doc_type="Nghị định", date=dt.date(2017, 2, 9), slug="09-2017-nd-cp")
    new = make_document("244/2026/NĐ-CP", doc_type="Nghị định", slug="244-2026-nd-cp")
    mine = make_plan(province, "1/KH-UBND")
    hidden = make_plan(make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee"), "2/KH-UBND")
    for plan in (mine, hidden):
        Citation.objects.create(text_of=plan.text, document=old, position=1, mentions=[[1, 1]])
    Citation.objects.create(text_of=mine.text, document=new, position=2, mentions=[[2, 2]])
    browser = client_of(make_member(province))
    page = browser.get(reverse("document", args=[old.slug])).content.decode()
    assert "Hết hiệu lực từ ngày 01/07/2026." in page
    assert f'href="{reverse("document", args=[new.slug])}"' in page
    assert ("1 kế hoạch ở đây còn dẫn văn bản này" in page, "2/KH-UBND" in page) == (True, False)
    assert "Đang có hiệu lực" in browser.get(reverse("document", args=[new.slug])).content.decode()
    publishing.publish_plan(make_actor(province, Role.HEAD), mine)
    public = client.get(reverse("document", args=[old.slug])).content.decode()
    assert ("Hết hiệu lực từ ngày 01/07/2026." in public, reverse("validity") in public) == (True, False)


def test_a_symbol_without_a_year_needs_the_same_date():
    same = make_document("07/CT-TTg", doc_type="Chỉ thị", date=dt.date(2023, 3, 21), slug="a")
    other = make_document("07/CT-TTg", doc_type="Chỉ thị", date=dt.date(2019, 3, 21), slug="b")
    assert [queries.validity_of(document) is not None for document in (same, other)] == [True, False]
