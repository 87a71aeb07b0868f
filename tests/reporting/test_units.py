"""Who takes part changes while a round runs: a unit ends and its successor writes on, a unit moves in the tree, one need not
report; nothing that people wrote is lost."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import make_actor, make_member, make_organisation, make_plan, make_round

from nhipcau.core.acts import Refused
from nhipcau.core.models import Notice
from nhipcau.organisations.models import Role
from nhipcau.reporting.actions import (
    add_sentence,
    add_units,
    draft_report,
    hand_over_report,
    merge_reports,
    release_unit,
)
from nhipcau.reporting.models import Report
from nhipcau.reporting.queries.rounds import misplaced, sent_to

pytestmark = pytest.mark.django_db


class Province:
    """A province, a district's city with two wards that report to it, and another city; a round of all."""

    def __init__(self) -> None:
        self.province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
        self.old, self.new = (
            make_organisation(f"Ủy ban nhân dân thành phố {name}", parent=self.province, kind="committee")
            for name in ("Cũ", "Mới")
        )
        self.wards = [make_organisation(f"Ủy ban nhân dân phường {n}", parent=self.old, kind="committee") for n in "12"]
        self.coordinator = make_actor(self.province, Role.COORDINATOR)
        self.round = make_round(self.province, plan=make_plan(self.province, date=dt.date(2020, 1, 1)))

    def asked(self, *units) -> None:
        add_units(self.coordinator, self.round, [one.pk for one in units])

    def report(self, organisation) -> Report:
        return self.round.reports.exclude(state=Report.State.REPLACED).get(organisation=organisation)

    def sent(self, organisation) -> Report:
        report = draft_report(make_actor(organisation, "officer"), self.report(organisation))
        Report.objects.filter(pk=report.pk).update(state=Report.State.SENT, sent_at=timezone.now())
        return report


class TestASuccessor:
    def test_writes_on_and_is_reported_to(self):
        here = Province()
        here.asked(here.old, *here.wards)
        here.sent(here.wards[0])
        merge_reports(make_actor(here.old, "officer"), here.report(here.old))
        add_sentence(
            make_actor(here.old, "officer"), here.report(here.old), part="proposals", text="Lời của cơ quan cũ."
        )
        officer = make_member(here.new, "officer")
        made = hand_over_report(here.coordinator, here.round, here.report(here.old), here.new, reason="Nghị quyết 12")
        assert (made.organisation, made.depth, made.receiver) == (here.new, 1, here.province)
        assert here.round.reports.filter(organisation=here.old).count() == 0
        assert [here.report(ward).receiver for ward in here.wards] == [here.new, here.new]
        assert made.sentences.filter(text="Lời của cơ quan cũ.").count() == 1
        assert made.steps.get(kind="handed").text == f"{here.old.name}: Nghị quyết 12"
        assert Notice.objects.filter(person=officer, kind="reporting.report_asked").count() == 1
        assert sent_to(here.new.pk, [here.round.pk])[here.round.pk].sent == 1
        assert misplaced(here.round) == []  # whatever the tree says of the wards meanwhile
        here.asked(here.old)  # by mistake, once more: nobody is taken away from the successor
        assert [here.report(ward).receiver for ward in here.wards] == [here.new, here.new]

    def test_that_reports_already_takes_over_who_is_below(self):
        here = Province()
        here.asked(here.old, here.new, *here.wards)
        made = hand_over_report(here.coordinator, here.round, here.report(here.old), here.new, reason="Sáp nhập")
        assert (made, here.round.reports.filter(organisation=here.old).count()) == (here.report(here.new), 0)
        assert [here.report(ward).receiver for ward in here.wards] == [here.new, here.new]

    def test_words_that_nobody_would_take_over_are_not_thrown_away(self):
        here = Province()
        here.asked(here.old, here.new)
        add_sentence(make_actor(here.old, "officer"), here.report(here.old), part="proposals", text="Lời đã viết.")
        with pytest.raises(Refused) as told:
            hand_over_report(here.coordinator, here.round, here.report(here.old), here.new, reason="Sáp nhập")
        assert "đã có lời do người viết" in told.value.reason
        assert here.report(here.old).sentences.count() == 1

    def test_what_was_sent_stays_with_who_sent_it(self):
        here = Province()
        here.asked(here.old, here.new)
        report = here.sent(here.old)
        with pytest.raises(Refused):
            hand_over_report(
                here.coordinator, here.round, Report.objects.get(pk=report.pk), here.new, reason="Sáp nhập"
            )
        with pytest.raises(Refused):
            release_unit(here.coordinator, here.round, Report.objects.get(pk=report.pk), reason="Sáp nhập")


class TestTheTree:
    def test_who_moved_reports_to_whom_it_now_belongs(self):
        here = Province()
        here.asked(here.old, here.new, *here.wards)
        here.sent(here.wards[1])
        for ward in here.wards:
            ward.parent, ward.path = here.new, f"{here.new.path}{ward.pk}/"
            ward.save()
        assert [one.organisation for one in misplaced(here.round)] == [here.wards[0]]
        client = Client()
        client.force_login(make_member(here.province, "coordinator"))
        address = f"/bao-cao/ky/{here.round.public_id}/don-vi/"
        assert "Cây cơ quan đã thay đổi: 1 đơn vị" in client.get(address).content.decode()
        assert client.post(address, {"do": "refit"}).status_code == 302
        assert [here.report(ward).receiver for ward in here.wards] == [here.new, here.old]  # what was sent stays
        assert misplaced(here.round) == []

    def test_one_at_the_signature_keeps_its_receiver(self):
        here = Province()
        here.asked(here.wards[0])
        assert here.report(here.wards[0]).receiver == here.province
        Report.objects.filter(organisation=here.wards[0]).update(state=Report.State.SIGNING)
        here.asked(here.old)
        assert here.report(here.wards[0]).receiver == here.province


class TestNeedNotReport:
    def test_one_that_wrote_nothing_is_let_go(self):
        here = Province()
        here.asked(here.old, *here.wards)
        release_unit(here.coordinator, here.round, here.report(here.old), reason="Đã giải thể")
        assert here.round.reports.filter(organisation=here.old).count() == 0
        assert {here.report(ward).receiver for ward in here.wards} == {here.province}

    def test_the_collector_and_who_was_reported_to_stay(self):
        here = Province()
        here.asked(here.old, *here.wards)
        here.sent(here.wards[0])
        for organisation in (here.province, here.old):
            with pytest.raises(Refused):
                release_unit(here.coordinator, here.round, here.report(organisation), reason="Thử")


class TestOnThePage:
    def test_each_thing_that_is_missing_is_told_and_typed_words_stay(self):
        here = Province()
        here.asked(here.old)
        client = Client()
        client.force_login(make_member(here.province, "coordinator"))
        address, report = f"/bao-cao/ky/{here.round.public_id}/don-vi/", here.report(here.old).public_id
        for given, said in (
            ({"do": "hand_over", "reason": "NQ 12"}, "Bạn hãy chọn đơn vị."),
            ({"do": "hand_over", "report": report, "reason": "NQ 12"}, "Bạn hãy chọn một cơ quan kế thừa khác."),
            ({"do": "hand_over", "report": report, "successor": here.new.public_id}, "Bạn hãy ghi lý do"),
            ({"do": "release", "report": report}, "Bạn hãy ghi lý do"),
        ):
            answer = client.post(address, given)
            text = answer.content.decode()
            assert (answer.status_code, said in text, given.get("reason", "") in text) == (400, True, True)
        given = {"do": "hand_over", "report": report, "successor": here.new.public_id, "reason": "NQ 12"}
        assert client.post(address, given).status_code == 302
        assert here.report(here.new).public_id == report

    def test_others_do_not(self):
        here = Province()
        here.asked(here.old)
        for actor in (
            make_actor(here.old, "head"),
            make_actor(here.province, "officer"),
            make_actor(here.new, "coordinator"),
        ):
            with pytest.raises(Refused):
                hand_over_report(actor, here.round, here.report(here.old), here.new, reason="Thử")
            with pytest.raises(Refused):
                release_unit(actor, here.round, here.report(here.old), reason="Thử")
