"""A report that was sent settles the duty to report in the register, by who sent it and with the report as evidence; asked
about, the duty is open again."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_alignment,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_task,
)

from nhipcau.core.acts import Actor, Refused
from nhipcau.core.models import AuditEvent
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.actions.outgoing import send_document, sign_document, take_number
from nhipcau.followup.actions import Given, open_periods, reopen_duty, settle_duty
from nhipcau.followup.models import Assignment, ClosedPeriod, Progress, Taken
from nhipcau.organisations.models import Role
from nhipcau.plans.models import Task
from nhipcau.reporting.actions import (
    Asked,
    accept_report,
    ask_for_changes,
    correct_report,
    draft_report,
    merge_reports,
    open_round,
    submit_report,
)
from nhipcau.reporting.models import Report
from nhipcau.reporting.queries.duties import duties_of

pytestmark = pytest.mark.django_db


def actor_of(organisation, role: Role) -> Actor:
    person = make_member(organisation, role)
    return Actor(person_id=person.pk, organisation_id=organisation.pk, roles=frozenset({role.value}))


class City:
    """A city whose plan wants a yearly report of its ward; the ward holds that duty, and has drafted its report."""

    def __init__(self) -> None:
        self.year = timezone.localdate().year
        self.city = make_organisation("Ủy ban nhân dân thành phố Vũng Tàu", kind="committee")
        self.ward = make_organisation("Ủy ban nhân dân Phường 7", parent=self.city, kind="committee")
        self.plan = make_plan(self.city, date=dt.date(self.year, 1, 1))
        self.task = self.duty(self.plan, "Báo cáo kết quả trước ngày 11/11 hằng năm")
        self.held = make_assignment(self.ward, self.task)
        self.officer, self.head = actor_of(self.ward, Role.OFFICER), actor_of(self.ward, Role.HEAD)
        self.coordinator = actor_of(self.city, Role.COORDINATOR)

    def duty(self, plan, text: str, **more) -> Task:
        given = {"kind": Task.Kind.REPORTING, "time_kind": "yearly", "month_day": "11-10", "lead": [self.ward]}
        return make_task(plan, text, **given | more)

    def opened(self, **more) -> Report:
        """The ward's drafted report in a round of this year."""
        given = {
            "name": "Báo cáo năm", "period": str(self.year), "first": dt.date(self.year, 1, 1),
            "last": dt.date(self.year, 12, 31), "due_at": timezone.now() + dt.timedelta(days=10),
            "unit_ids": (self.ward.pk,), "plan": self.plan, "task": self.task,
        }  # fmt: skip
        made = open_round(self.coordinator, self.city, Asked(**given | more))
        return draft_report(self.officer, made.reports.get(organisation=self.ward))

    def send(self, report: Report) -> Report:
        outgoing = submit_report(self.officer, report, version=Report.objects.get(pk=report.pk).version)
        sign_document(self.head, outgoing, version=outgoing.version)
        take_number(self.officer, outgoing)
        send_document(self.officer, outgoing)
        run_due_jobs()
        return Report.objects.get(pk=report.pk)

    @property
    def stands(self) -> str:
        return Assignment.objects.get(pk=self.held.pk).progress


def test_the_sender_settles_the_duty_with_the_report_as_evidence():
    here = City()
    report = here.send(here.opened())
    note = here.held.notes.get()
    assert (here.stands, note.person_id) == (Progress.DONE, here.officer.person_id)
    assert note.text == f"Đã gửi báo cáo số 01/BC-UBND ngày {timezone.localdate():%d/%m/%Y} cho {here.city.name}."
    proof = note.evidence.get()
    assert (proof.ref_kind, proof.ref_id) == ("reporting.report", report.public_id)
    assert AuditEvent.objects.filter(act="followup.settle_duty", person_id=here.officer.person_id).count() == 1
    run_due_jobs()
    assert here.held.notes.count() == 1


def test_asked_for_more_it_is_open_again_until_the_new_edition_has_left():
    here = City()
    report = here.send(here.opened())
    ask_for_changes(here.coordinator, report, text="Nêu rõ số liệu tháng 10.")
    assert (here.stands, here.held.notes.last().text) == (
        Progress.IN_PROGRESS,
        f"{here.city.name} yêu cầu bổ sung báo cáo: Nêu rõ số liệu tháng 10.",
    )
    here.send(correct_report(here.officer, Report.objects.get(pk=report.pk), what_changed="Thêm số liệu tháng 10."))
    assert here.stands == Progress.DONE


def test_taken_as_it_is_after_all_it_is_settled_again():
    here = City()
    report = here.send(here.opened())
    for _time in range(2):
        ask_for_changes(here.coordinator, Report.objects.get(pk=report.pk), text="Bổ sung.")
        assert here.stands == Progress.IN_PROGRESS
        accept_report(here.coordinator, Report.objects.get(pk=report.pk))
        assert here.stands == Progress.DONE


def test_what_somebody_said_since_stays_when_it_is_asked_about():
    here = City()
    report = here.send(here.opened())
    Assignment.objects.filter(pk=here.held.pk).update(progress=Progress.CANNOT)
    ask_for_changes(here.coordinator, report, text="Bổ sung.")
    assert here.stands == Progress.CANNOT


def test_a_report_of_last_year_closes_last_year_and_not_this_one():
    here = City()
    Assignment.objects.filter(pk=here.held.pk).update(period=str(here.year - 1), year=here.year - 1)
    house = Actor(is_system=True)
    open_periods(house, timezone.localdate())
    assert ClosedPeriod.objects.get().progress == Progress.NOT_STARTED
    last = here.year - 1
    report = here.opened(period=str(last), first=dt.date(last, 1, 1), last=dt.date(last, 12, 31))
    report = here.send(report)
    closed = ClosedPeriod.objects.get()
    assert (closed.progress, closed.done_on, here.stands) == (
        Progress.DONE, timezone.localdate(), Progress.NOT_STARTED,
    )  # fmt: skip
    ask_for_changes(here.coordinator, report, text="Bổ sung.")
    assert ClosedPeriod.objects.get().progress == Progress.IN_PROGRESS


def test_of_two_duties_of_a_plan_only_the_one_that_was_asked_for_is_settled():
    here = City()
    other = make_assignment(here.ward, here.duty(here.plan, "Báo cáo kinh phí hằng năm"))
    here.send(here.opened())
    other.refresh_from_db()
    assert (here.stands, other.progress) == (Progress.DONE, Progress.NOT_STARTED)


def test_a_round_that_answers_no_duty_settles_none():
    here = City()
    here.send(here.opened(task=None))
    assert here.stands == Progress.NOT_STARTED


class TestLowerPlans:
    def test_the_duty_of_the_lower_plan_is_settled_too(self):
        here = City()
        lower = make_plan(here.city)
        make_alignment(here.plan, lower)
        held = make_assignment(here.ward, here.duty(lower, "Phường báo cáo thành phố"))
        report = here.opened()
        assert [one.assignment for one in duties_of(report)] == [here.held, held]

    def test_of_several_none_is_guessed_but_what_the_comparison_found(self):
        here = City()
        lower = make_plan(here.city)
        make_alignment(here.plan, lower)
        first, second = (make_assignment(here.ward, here.duty(lower, text)) for text in ("Báo cáo năm", "Báo cáo tiền"))
        report = here.opened()
        assert [one.assignment for one in duties_of(report)] == [here.held]
        Taken.objects.create(higher=here.task, lower=second.task, kind="same")
        assert [one.assignment for one in duties_of(report)] == [here.held, second]
        assert first.task.plan == second.task.plan


class TestWhoCollects:
    def test_a_report_on_which_others_wait_is_merged_never_drafted_alone(self, client):
        here = City()
        top = here.opened().round.reports.get(organisation=here.city)
        client.force_login(make_member(here.city, "officer"))
        page = client.get(f"/bao-cao/{top.public_id}/").content.decode()
        assert 'value="draft"' not in page
        assert "Tổng hợp trước, ghi rõ đơn vị chưa gửi" in page
        assert client.post(f"/bao-cao/{top.public_id}/lam/", {"do": "draft"}).status_code == 422
        assert client.post(f"/bao-cao/{top.public_id}/lam/", {"do": "merge"}).status_code == 302
        said = list(top.sentences.filter(key__startswith="received:").values_list("text", flat=True))
        assert said == [
            "Chưa nhận được báo cáo của 01 đơn vị.",
            "Chưa nhận được báo cáo của: Ủy ban nhân dân Phường 7.",
        ]
        again = client.get(f"/bao-cao/{top.public_id}/").content.decode()
        assert ('value="draft"' in again, "Tổng hợp lại" in again) == (False, True)

    def test_the_collector_settles_its_own_duty_with_the_merged_report(self):
        here = City()
        own = make_assignment(here.city, here.task)
        report = here.opened()
        here.send(report)
        top = report.round.reports.get(organisation=here.city)
        merge_reports(here.coordinator, top)
        assert [one.assignment for one in duties_of(top)] == [own]


def test_a_stranger_settles_nothing():
    here = City()
    given = {"period": str(here.year), "text": "x", "key": "report:x"}
    for actor in (here.coordinator, make_actor(here.ward, "auditor")):
        with pytest.raises(Refused):
            settle_duty(actor, here.held, on=timezone.localdate(), proof=Given("x"), **given)
    with pytest.raises(Refused):
        reopen_duty(here.officer, here.held, **given)


def test_no_report_says_of_itself_that_it_is_late():
    here = City()
    other = make_assignment(here.ward, here.duty(here.plan, "Báo cáo kinh phí hằng năm"))
    report = here.opened()
    assert [row.assignment for row in report.rows.all()] == [other]
    free = here.opened(task=None, period="2020")
    assert [row.assignment for row in free.rows.all()] == [here.held, other]


def test_the_duty_leads_to_the_report_that_settles_it(client):
    here = City()
    report = here.opened()
    client.force_login(make_member(here.ward, "officer"))
    link = f'href="/bao-cao/{report.public_id}/"'
    assert link in client.get(f"/viec/{here.held.public_id}/").content.decode()
    other = make_assignment(here.ward, make_task(here.plan, lead=[here.ward]))
    assert link not in client.get(f"/viec/{other.public_id}/").content.decode()
    client.force_login(make_member(make_organisation("Phường 8", parent=here.city), "officer"))
    assert client.get(f"/viec/{here.held.public_id}/").status_code == 404
