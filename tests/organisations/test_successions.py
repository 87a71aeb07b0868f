"""What took over from agencies that ended: the table, who keeps it, what pages and rules make of it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.factories import make_actor, make_member, make_organisation, make_province, make_reading
from tests.plans.finding_parts import FAULTY, open_finding

from nhipcau.core.models import AuditEvent
from nhipcau.organisations import queries
from nhipcau.organisations.models import Level, Role, Succession
from vanban.knowledge import Knowledge

pytestmark = pytest.mark.django_db
GONE = "Sở Thông tin và Truyền thông"


@pytest.fixture
def province():
    return make_province()


@pytest.fixture
def keeper(province, client_of):
    return client_of(make_member(province, Role.ADMINISTRATOR))


def form_of(**changed: str) -> dict[str, str]:
    given = {
        "of": "Sở Thử", "level": "provincial", "ended": "28/02/2025", "name": "Sở Mới", "topic": "", "basis": "Nghị định 1",
        "source": "Công báo",
    }  # fmt: skip
    return {**given, **changed}


def test_the_table_begins_with_what_the_software_knows():
    assert set(queries.successors()) == {row for row in Knowledge.packaged().successors if row.kind == "agency"}


def test_an_administrator_at_the_top_changes_what_the_rules_know(province, keeper):
    reading = make_reading(make_actor(province), FAULTY)
    assert "Sở Khoa học và Công nghệ" in open_finding(reading, "agency-abolished").noted.message
    row = Succession.objects.filter(of=GONE, name="Sở Khoa học và Công nghệ").get()
    given = form_of(of=GONE, name="Sở Chuyển đổi số", topic=row.topic, basis=row.basis)
    assert keeper.post(reverse("change_succession", args=[row.pk]), given).status_code == 302
    assert "Sở Chuyển đổi số" in open_finding(reading, "agency-abolished").noted.message
    assert AuditEvent.objects.filter(act="organisations.keep_succession").count() == 1


def test_what_is_typed_wrong_is_said_and_kept(keeper):
    Succession.objects.create(of="Sở Thử", level="provincial", ended="2025-02-28", name="Sở Có", basis="x", source="y")
    wrong = (form_of(of=""), form_of(ended="hôm qua"), form_of(level="khac"), form_of(basis=""), form_of(name="Sở Có"))
    for given in wrong:
        answer = keeper.post(reverse("add_succession"), given)
        assert (answer.status_code, "Công báo" in answer.content.decode()) == (422, True), given
    assert keeper.post(reverse("add_succession"), form_of()).status_code == 302
    assert Succession.objects.filter(of="Sở Thử").count() == 2


def test_nobody_else_changes_facts_that_hold_for_everyone(province, client_of):
    row = Succession.objects.order_by("pk").first()
    below = make_organisation("Sở Ngoại vụ", parent=province)
    for organisation, role in ((province, Role.OFFICER), (province, Role.HEAD), (below, Role.ADMINISTRATOR)):
        client = client_of(make_member(organisation, role))
        assert client.get(reverse("add_succession")).status_code == 403
        assert client.post(reverse("change_succession", args=[row.pk]), form_of()).status_code == 403
    assert Succession.objects.get(pk=row.pk).of == row.of


def test_the_page_of_an_agency_shows_who_took_over_and_from_whom(province, client_of):
    gone = make_organisation(GONE, parent=province)
    heir = make_organisation("Sở Khoa học và Công nghệ", parent=province)
    ward = make_organisation(GONE, parent=province, level=Level.COMMUNE)
    browser = client_of(make_member(province))
    pages = [
        browser.get(reverse("organisation", args=[each.public_id])).content.decode() for each in (gone, heir, ward)
    ]
    assert "Nơi tiếp nhận việc" in pages[0] and "Sở Văn hóa, Thể thao và Du lịch" in pages[0]
    assert "Tiếp nhận việc của" in pages[1] and "bưu chính, viễn thông" in pages[1]
    assert "Nơi tiếp nhận việc" not in pages[2], "another level"


def test_the_table_is_searched_with_or_without_marks(keeper, django_assert_max_num_queries):
    page = keeper.get(reverse("successions"), {"q": "so thong tin va truyen thong"}).content.decode()
    assert GONE in page and "Phòng Tư pháp" not in page
    for nonsense in ({"q": "%_\x00"}, {"page": "không"}, {"q": "zzzz"}):
        assert keeper.get(reverse("successions"), nonsense).status_code == 200
    with django_assert_max_num_queries(14):
        keeper.get(reverse("successions"))
