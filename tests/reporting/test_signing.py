"""A report goes to the signature as a document and comes back, is signed, numbered and sent by the people of the ward; then
it is frozen, its receiver knows, and accepts it, asks about it, or gets a new edition."""

import dataclasses
import datetime as dt

import pytest
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

from nhipcau.core.acts import Actor, Refused
from nhipcau.core.files import open_file
from nhipcau.core.models import AuditEvent, Notice
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.actions.outgoing import (
    drop_document,
    edit_document,
    return_document,
    send_document,
    sign_document,
    submit_document,
    take_number,
)
from nhipcau.documents.models import Outgoing
from nhipcau.followup.models import Progress
from nhipcau.organisations.models import Organisation, Role
from nhipcau.reporting.actions import (
    Outdated,
    accept_report,
    add_sentence,
    ask_for_changes,
    correct_report,
    document_came_back,
    document_was_sent,
    draft_report,
    edit_sentence,
    submit_report,
)
from nhipcau.reporting.models import Report, ReportStep
from vanban.lint import lint
from vanban.official import Heading, Paragraph, settled, text_of
from vanban.parse import parse

pytestmark = pytest.mark.django_db


class Ward:
    """A ward that reports to its city: one task done, the report drafted; its officer, its chairwoman, the city's
    coordinator."""

    def __init__(self, above: Organisation | None = None) -> None:
        year = timezone.localdate().year
        self.city = make_organisation(
            "Ủy ban nhân dân thành phố Vũng Tàu", parent=above, kind="committee", level="commune"
        )
        self.ward = make_organisation("Ủy ban nhân dân Phường 7", parent=self.city, kind="committee", level="commune")
        plan = make_plan(self.city, date=dt.date(year, 1, 1))
        task = make_task(plan, text="Mở chuyên mục chính sách.", lead=[self.ward])
        self.officer = self.actor(self.ward, Role.OFFICER)
        self.head = self.actor(self.ward, Role.HEAD)
        self.coordinator = self.actor(self.city, Role.COORDINATOR)
        say(self.officer, make_assignment(self.ward, task), Progress.DONE, "Đã có 12 bài viết")
        self.round = make_round(self.city, self.ward, plan=plan)
        self._report = self.round.reports.get(organisation=self.ward).pk
        draft_report(self.officer, self.report)

    @staticmethod
    def actor(organisation, role: Role) -> Actor:
        person = make_member(organisation, role)
        return Actor(person_id=person.pk, organisation_id=organisation.pk, roles=frozenset({role.value}))

    @property
    def report(self) -> Report:
        return Report.objects.get(pk=self._report)

    @property
    def outgoing(self) -> Outgoing:
        return Outgoing.objects.get(report=self.report)

    def add(self, text: str, report: Report | None = None) -> None:
        add_sentence(self.officer, report or self.report, part="direction", text=text)

    def submit(self, report: Report | None = None) -> None:
        given = report or self.report
        submit_report(self.officer, given, version=given.version)

    def issue(self, outgoing: Outgoing | None = None) -> None:
        """Sign, number, send; the job has not run yet."""
        made = outgoing or self.outgoing
        sign_document(self.head, made, version=made.version)
        take_number(self.officer, made)
        send_document(self.officer, made)

    def sent(self) -> Report:
        self.submit()
        self.issue()
        run_due_jobs()
        return self.report

    def steps(self) -> list[str]:
        return list(ReportStep.objects.filter(report=self._report).values_list("kind", flat=True))


def told(actor: Actor) -> list[str]:
    return [one.kind for one in Notice.objects.filter(person=actor.person_id, settled_at=None).order_by("pk")]


def words(outgoing: Outgoing) -> str:
    blocks = outgoing.official.body
    return "\n".join(
        block.title if isinstance(block, Heading) else text_of(block.runs)
        for block in blocks
        if isinstance(block, Heading | Paragraph)
    )


def test_it_goes_to_the_signature_comes_back_with_a_comment_is_mended_signed_numbered_and_sent():
    here = Ward()
    here.submit()
    assert (here.report.state, here.outgoing.state, told(here.head)) == ("signing", "submitted", ["documents.sign"])
    with pytest.raises(Refused):
        here.add("Câu viết khi đang chờ ký.")

    return_document(here.head, here.outgoing, comment="Bổ sung văn bản chỉ đạo.")
    run_due_jobs()
    returned = here.report.steps.get(kind="returned")
    assert (here.report.state, returned.text) == ("draft", "Bổ sung văn bản chỉ đạo.")
    here.add("Đã ban hành Kế hoạch số 05/KH-UBND.")

    here.submit()
    assert "Đã ban hành Kế hoạch số 05/KH-UBND." in words(here.outgoing)
    here.issue()
    run_due_jobs()
    report, outgoing = here.report, here.outgoing
    assert (report.state, report.sent_at, outgoing.symbol) == ("sent", outgoing.sent_at, "01/BC-UBND")
    assert here.steps() == ["drafted", "submitted", "returned", "submitted", "sent"]
    assert report.steps.get(kind="sent").text == "01/BC-UBND"
    assert Outgoing.objects.count() == 1


def test_the_files_are_the_reports_words_clean_by_the_decree_and_read_back_as_the_same_document():
    here = Ward()
    here.add("Đã ban hành Kế hoạch số 05/KH-UBND.")
    here.sent()
    outgoing = here.outgoing
    for file in (outgoing.pdf, outgoing.docx):
        with open_file(file) as held:
            data = held.read()
        assert list(lint(data)) == []
        found = parse(data)
        assert found == settled(outgoing.official)


def test_the_annex_says_with_which_document_of_which_number_and_day_it_goes():
    here = Ward()
    here.sent()
    [annex] = here.outgoing.official.annexes
    today = timezone.localdate()
    assert annex.attached == (
        f"Kèm theo Báo cáo số 01/BC-UBND ngày {today.day:02d} tháng {today.month} năm {today.year} "
        "của Ủy ban nhân dân Phường 7"
    ).replace(f"tháng {today.month} ", f"tháng {today.month:02d} " if today.month < 3 else f"tháng {today.month} ")


def test_its_receiver_is_told_once_by_the_report_and_judging_it_receives_the_document():
    here = Ward()
    here.submit()
    here.issue()
    assert told(here.coordinator) == ["documents.open"]
    run_due_jobs()
    assert told(here.coordinator) == ["reporting.report_received"]
    accept_report(here.coordinator, here.report)
    assert here.report.state == "accepted"
    assert here.outgoing.sent_to.get().opened_by == here.coordinator.person_id


def test_who_reads_the_report_but_not_its_document_is_led_to_no_page_that_is_not_there(client):
    province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
    here = Ward(province)
    report = here.sent()
    door = f'href="/van-ban-di/{here.outgoing.public_id}/"'
    for organisation, is_led in ((here.city, True), (province, False)):
        client.force_login(make_member(organisation, Role.COORDINATOR))
        page = client.get(f"/bao-cao/{report.public_id}/").content.decode()
        assert (f"Văn bản {here.outgoing.symbol}" in page, door in page) == (True, is_led)


def test_each_act_stands_in_the_trail_under_who_did_it():
    here = Ward()
    before = AuditEvent.objects.order_by("pk").last()
    here.sent()
    trail = list(AuditEvent.objects.filter(pk__gt=before.pk).order_by("pk").values_list("act", "person_id"))
    officer, head = here.officer.person_id, here.head.person_id
    by_people_or_of_the_report = [one for one in trail if one[1] is not None or one[0].startswith("reporting.")]
    assert by_people_or_of_the_report == [
        ("documents.draft", officer),
        ("documents.submit", officer),
        ("reporting.submit", officer),
        ("documents.sign", head),
        ("documents.take_number", officer),
        ("documents.file", officer),
        ("documents.send", officer),
        ("reporting.send", None),
    ]


def test_while_the_job_is_late_the_words_stay_closed():
    here = Ward()
    here.submit()
    here.issue()
    assert here.report.state == "signing"
    for write in (lambda: here.add("Muộn rồi."), lambda: draft_report(here.officer, here.report), here.submit):
        with pytest.raises(Refused):
            write()
    run_due_jobs()
    run_due_jobs()
    assert (here.report.state, here.steps().count("sent")) == ("sent", 1)


def test_what_was_returned_is_mended_in_the_report_and_nowhere_else():
    here = Ward()
    here.submit()
    return_document(here.head, here.outgoing, comment="Sửa trích yếu.")
    run_due_jobs()
    outgoing = here.outgoing
    changed = dataclasses.replace(outgoing.official, subject="Khác")
    for write in (
        lambda: edit_document(here.officer, outgoing, changed, version=outgoing.version),
        lambda: submit_document(here.officer, here.outgoing),
    ):
        with pytest.raises(Refused):
            write()
    edit_document(
        here.officer,
        outgoing,
        dataclasses.replace(outgoing.official, recipients=("Đảng ủy phường",)),
        version=outgoing.version,
    )
    here.add("Câu thêm sau khi trả lại.")
    here.submit()
    assert "Câu thêm sau khi trả lại." in words(here.outgoing)
    assert here.outgoing.official.recipients == ("Đảng ủy phường",)  # what was set on the document's page stays


def test_a_document_given_up_opens_the_report_and_the_next_one_is_a_new_document():
    here = Ward()
    here.submit()
    drop_document(here.officer, here.outgoing, reason="Làm lại.")
    run_due_jobs()
    assert here.report.state == "draft"
    first = here.outgoing.pk
    here.submit()
    assert (here.outgoing.pk != first, here.outgoing.state) == (True, "submitted")


def test_who_saw_an_older_version_does_not_submit_the_newer_one():
    here = Ward()
    seen = here.report.version
    here.add("Vừa thêm.")
    with pytest.raises(Outdated):
        submit_report(here.officer, here.report, version=seen)
    assert (here.report.state, Outgoing.objects.count()) == ("draft", 0)


def test_what_was_sent_is_frozen_and_late_where_it_was_sent_after_its_day():
    here = Ward()
    Report.objects.filter(pk=here.report.pk).update(due_at=timezone.now() - dt.timedelta(days=1))
    report = here.sent()
    assert report.sent_at > report.due_at
    sentence = report.sentences.exclude(text="").first()
    with pytest.raises(Refused):
        edit_sentence(here.officer, report, sentence.public_id, text="Khác.", seen=sentence.seal)
    with pytest.raises(Refused):
        accept_report(here.officer, report)


def test_asked_for_more_a_new_edition_says_what_changed_and_replaces_report_and_document():
    here = Ward()
    old = here.sent()
    ask_for_changes(here.coordinator, old, text="Nêu rõ văn bản chỉ đạo.")
    assert (here.report.state, told(here.officer)[-1]) == ("asked", "reporting.changes_asked")
    made = correct_report(here.officer, here.report, what_changed="Bổ sung văn bản chỉ đạo.")
    assert correct_report(here.officer, here.report, what_changed="Lần nữa.") == made
    here.add("Đã ban hành Kế hoạch số 06/KH-UBND.", made)
    here.submit(Report.objects.get(pk=made.pk))
    new = Outgoing.objects.get(report=made)
    assert (new.replaces, new.edition, new.what_changed) == (old.outgoing, 2, "Bổ sung văn bản chỉ đạo.")
    assert here.report.state == "asked"
    here.issue(new)
    run_due_jobs()
    made.refresh_from_db()
    assert (here.report.state, made.state, made.edition, made.outgoing.symbol) == ("replaced", "sent", 2, "02/BC-UBND")
    assert here.report.steps.last().text == "Bổ sung văn bản chỉ đạo."
    assert "reporting.changes_asked" not in told(here.officer)
    with pytest.raises(Refused):
        accept_report(here.coordinator, here.report)
    accept_report(here.coordinator, made)


@pytest.mark.parametrize("who", ["officer", "head"])
def test_only_the_house_itself_says_that_a_document_was_sent(who):
    here = Ward()
    here.submit()
    for follow in (document_was_sent, document_came_back):
        with pytest.raises(Refused):
            follow(getattr(here, who), here.report)
    assert here.report.state == "signing"


def test_a_stranger_to_the_ward_submits_nothing():
    here = Ward()
    for actor in (here.coordinator, make_actor(here.ward, "auditor"), make_actor(make_organisation("Khác"), "officer")):
        with pytest.raises(Refused):
            submit_report(actor, here.report, version=here.report.version)
