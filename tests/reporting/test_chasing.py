"""Those who have not sent are reminded in one click, and by an official document."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_member, make_organisation, make_round

from nhipcau.core.acts import Refused
from nhipcau.core.models import Notice
from nhipcau.documents.queries.papers import NothingToWrite, composed
from nhipcau.reporting.actions import chase_reports, close_round
from nhipcau.reporting.models import Report, ReportStep

pytestmark = pytest.mark.django_db


class Tree:
    """A province that collects from a city (that collects from its ward) and an office that has sent."""

    def __init__(self) -> None:
        self.province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
        self.city = make_organisation("Ủy ban nhân dân thành phố", parent=self.province, kind="committee")
        self.ward = make_organisation("Ủy ban nhân dân phường Bảy", parent=self.city, kind="committee")
        self.office = make_organisation("Sở Tư pháp", parent=self.province)
        self.round = make_round(
            self.province, self.city, self.office, due_at=timezone.now() - dt.timedelta(days=2), name="Báo cáo năm"
        )
        Report.objects.create(
            round=self.round, organisation=self.ward, receiver=self.city, depth=2, due_at=self.round.due_at
        )
        self.round.reports.filter(organisation=self.office).update(sent_at=timezone.now(), state=Report.State.SENT)
        self.people = {one: make_member(one, "officer") for one in (self.city, self.ward, self.office)}
        self.coordinator = make_actor(self.province, "coordinator")

    def chased(self) -> list:
        steps = ReportStep.objects.filter(kind=ReportStep.Kind.CHASED).order_by("report__depth")
        return [step.report.organisation for step in steps.select_related("report__organisation")]


def test_all_who_wait_get_one_word_with_their_due():
    tree = Tree()
    assert chase_reports(tree.coordinator, tree.round, words="Gửi ngay hôm nay.") == 2
    assert tree.chased() == [tree.city, tree.ward]
    [notice] = Notice.objects.filter(person=tree.people[tree.ward])
    assert notice.text.startswith("Ủy ban nhân dân tỉnh Hòa An nhắc gửi báo cáo: Báo cáo năm (hạn ")
    assert notice.text.endswith(" Gửi ngay hôm nay.")
    assert not Notice.objects.filter(person=tree.people[tree.office]).exists()


def test_a_city_reminds_its_own_wards_only():
    tree = Tree()
    assert chase_reports(make_actor(tree.city, "officer"), tree.round, words="Gửi ngay.") == 1
    assert tree.chased() == [tree.ward]


def test_who_was_asked_to_add_is_reminded_too():
    tree = Tree()
    tree.round.reports.filter(organisation=tree.office).update(state=Report.State.ASKED)
    assert chase_reports(tree.coordinator, tree.round, words="Bổ sung ngay.") == 3


def test_nobody_is_reminded_in_vain():
    tree = Tree()
    with pytest.raises(Refused):
        chase_reports(tree.coordinator, tree.round, words=" ")
    with pytest.raises(Refused):
        chase_reports(make_actor(tree.ward, "officer"), tree.round, words="Gửi ngay.")
    with pytest.raises(Refused):
        chase_reports(make_actor(tree.province, "auditor"), tree.round, words="Gửi ngay.")
    close_round(tree.coordinator, tree.round)
    tree.round.refresh_from_db()
    with pytest.raises(Refused):
        chase_reports(tree.coordinator, tree.round, words="Gửi ngay.")
    assert tree.chased() == []


def test_one_click_on_the_page():
    tree = Tree()
    client = Client()
    client.force_login(make_member(tree.province, "coordinator"))
    address = f"/bao-cao/ky/{tree.round.public_id}/"
    words = client.get(address).context["chase_words"]
    assert client.post(f"{address}lam/", {"do": "chase", "words": words}).status_code == 302
    assert tree.chased() == [tree.city, tree.ward]
    lines = {line.report.organisation: line.chased_at is not None for line in client.get(address).context["page"].lines}
    assert lines == {tree.province: False, tree.city: True, tree.ward: True, tree.office: False}
    empty = client.post(f"{address}lam/", {"do": "chase", "words": ""})
    assert (empty.status_code, "Bạn hãy viết lời nhắc" in empty.content.decode()) == (409, True)


def test_the_official_document_names_the_silent():
    tree = Tree()
    made = composed(tree.coordinator, "reporting.reminder", tree.round.public_id)
    assert made is not None
    text = str(made.official)
    assert (tree.city.name in text, tree.ward.name in text, tree.office.name in text) == (True, True, False)
    assert "02 đơn vị chưa gửi báo cáo" in text
    assert composed(make_actor(tree.city, "officer"), "reporting.reminder", tree.round.public_id) is None
    tree.round.reports.update(sent_at=timezone.now(), state=Report.State.SENT)
    with pytest.raises(NothingToWrite):
        composed(tree.coordinator, "reporting.reminder", tree.round.public_id)
