"""Hurried and hostile use: what is sent twice acts once, what happens in between is told, nothing is lost, no file holds a
formula."""

import csv
import datetime as dt
import io

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
from tests.reporting.test_duties import City
from tests.reporting.test_merging import Province

from nhipcau.core import recall
from nhipcau.core.acts import Actor, Refused
from nhipcau.core.clocks import ZONE
from nhipcau.core.models import Notice
from nhipcau.core.worker import run_due_jobs
from nhipcau.documents.actions.outgoing import send_document, sign_document, take_number
from nhipcau.documents.models import Outgoing
from nhipcau.followup.actions import open_periods
from nhipcau.followup.models import Progress
from nhipcau.organisations.actions import delegate
from nhipcau.reporting.actions import (
    accept_report,
    add_sentence,
    ask_for_changes,
    chase_reports,
    close_round,
    copy_outline,
    correct_report,
    draft_report,
    edit_figure,
    make_regime,
    merge_reports,
    merging,
    move_round,
    submit_report,
)
from nhipcau.reporting.models import Outline, Regime, Report, ReportStep, Round
from nhipcau.reporting.outlines import USUAL, outline_to_dict
from nhipcau.reporting.queries.reading import come_since, rows_behind

pytestmark = pytest.mark.django_db


class TestSentTwice:
    def test_a_reminder(self):
        here = City()
        round_ = here.opened().round
        counts = [chase_reports(here.coordinator, round_, words="Gửi ngay.") for _time in range(2)]
        assert (counts, ReportStep.objects.filter(kind="chased").count()) == ([1, 1], 1)
        assert Notice.objects.filter(kind="reporting.chased", person=here.officer.person_id).count() == 1
        chase_reports(here.coordinator, round_, words="Gửi ngay, lần hai.")
        assert ReportStep.objects.filter(kind="chased").count() == 2

    def test_asking_and_accepting(self):
        here = City()
        report = here.send(here.opened())
        for _time in range(2):
            ask_for_changes(here.coordinator, report, text="Nêu rõ.")
        assert report.steps.filter(kind="asked").count() == 1
        for _time in range(2):
            accept_report(here.coordinator, Report.objects.get(pk=report.pk))
        assert report.steps.filter(kind="accepted").count() == 1

    def test_more_time(self):
        here = City()
        round_ = here.opened().round
        due = timezone.now() + dt.timedelta(days=30)
        for _time in range(2):
            move_round(here.coordinator, round_, due_at=due, reason="Bão")
        assert ReportStep.objects.filter(kind="extended").count() == 2  # one of each report

    def test_a_regime_and_an_outline(self):
        here = City()
        values = {"name": "Báo cáo tháng", "frequency": "monthly", "due_limit": "working_days 5"}
        assert make_regime(here.coordinator, here.city, values) == make_regime(here.coordinator, here.city, values)
        given = {"name": "Mẫu", "content": outline_to_dict(USUAL)}
        assert copy_outline(here.coordinator, here.city, **given) == copy_outline(here.coordinator, here.city, **given)
        assert (Regime.objects.count(), Outline.objects.count()) == (1, 1)

    def test_submitting(self):
        here = City()
        report = here.opened()
        client = Client()
        client.force_login(make_member(here.ward, "officer"))
        version = Report.objects.get(pk=report.pk).version
        answers = [
            client.post(f"/bao-cao/{report.public_id}/lam/", {"do": "submit", "version": version}) for _ in range(2)
        ]
        assert ([answer.status_code for answer in answers], Outgoing.objects.count()) == ([302, 403], 1)


class TestClosedInBetween:
    def test_a_unit_that_was_late_writes_no_more_and_is_told_why(self):
        here = City()
        report = here.opened()
        close_round(here.coordinator, report.round)
        for write in (
            lambda: add_sentence(here.officer, report, part="proposals", text="Muộn."),
            lambda: submit_report(here.officer, report, version=report.version),
            lambda: draft_report(here.officer, report),
        ):
            with pytest.raises(Refused) as told:
                write()
            assert told.value.reason == "Kỳ báo cáo này đã đóng nên không nhận thêm báo cáo."
        client = Client()
        client.force_login(make_member(here.ward, "officer"))
        page = client.get(f"/bao-cao/{report.public_id}/")
        assert (page.status_code, page.context["next"], page.context["may_edit"]) == (200, "", False)

    def test_who_collects_writes_on_and_what_was_sent_is_corrected(self):
        here = City()
        report = here.send(here.opened())
        close_round(here.coordinator, report.round)
        top = report.round.reports.get(organisation=here.city)
        assert merge_reports(here.coordinator, top).state == "draft"
        edition = correct_report(here.officer, Report.objects.get(pk=report.pk), what_changed="Sửa số.")
        add_sentence(here.officer, edition, part="proposals", text="Câu đính chính.")
        assert here.send(edition).state == "sent"

    def test_one_that_waits_for_its_signature_still_leaves(self):
        here = City()
        report = here.opened()
        outgoing = submit_report(here.officer, report, version=Report.objects.get(pk=report.pk).version)
        close_round(here.coordinator, report.round)
        sign_document(here.head, outgoing, version=outgoing.version)
        take_number(here.officer, outgoing)
        send_document(here.officer, outgoing)
        run_due_jobs()
        assert Report.objects.get(pk=report.pk).state == "sent"


class TestMergedWhileOthersSend:
    def test_what_comes_during_the_merging_is_not_half_in_it(self, monkeypatch):
        here = Province()
        third = here.round.reports.get(organisation=here.communes[2])
        read = merging.rows_received

        def and_one_comes(reports):
            Report.objects.filter(pk=third.pk).update(state=Report.State.SENT, sent_at=timezone.now())
            return read(reports)

        monkeypatch.setattr(merging, "rows_received", and_one_comes)
        merge_reports(here.coordinator, here.report)
        here.report.refresh_from_db()
        total = here.report.figures.get(key="tasks.total").value
        assert (total, len(rows_behind(here.report))) == (4, 4)
        assert come_since(here.report) == [third]

    def test_a_report_replaced_after_the_merging_is_told_and_merged_anew(self):
        here = Province()
        merge_reports(here.coordinator, here.report)
        first = here.round.reports.get(organisation=here.communes[0])
        officer = make_actor(here.communes[0], "officer")
        edition = correct_report(officer, first, what_changed="Sửa.")
        seen = edition.figures.get(key="tasks.done")
        edit_figure(officer, edition, seen.key, value=9, reason="Đếm lại", seen=seen.shown)
        Report.objects.filter(pk=edition.pk).update(state=Report.State.SENT, sent_at=timezone.now())
        Report.objects.filter(pk=first.pk).update(state=Report.State.REPLACED)
        here.report.refresh_from_db()
        before = here.report.figures.get(key="tasks.done").value
        assert [one.pk for one in come_since(here.report)] == [edition.pk]
        merge_reports(here.coordinator, here.report)
        here.report.refresh_from_db()
        assert here.report.figures.get(key="tasks.done").value == before - seen.shown + 9
        assert come_since(here.report) == []


def test_no_file_holds_a_formula():
    here = City()
    report = here.opened()
    seen = report.figures.get(key="tasks.total")
    edit_figure(here.officer, report, seen.key, value=9, reason='=HYPERLINK("http://x")', seen=seen.shown)
    client = Client()
    client.force_login(make_member(here.ward, "officer"))
    answer = client.get(f"/bao-cao/{report.public_id}/so-lieu.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[-1] for row in rows if row[0] == "tasks.total"] == ['\'=HYPERLINK("http://x")']


def test_words_of_another_report_are_not_reached_through_ones_own():
    here = City()
    other = make_organisation("Ủy ban nhân dân Phường 8", parent=here.city, kind="committee")
    report = here.opened()
    round_ = make_round(here.city, other, plan=make_plan(here.city), period="2020")
    theirs = draft_report(make_actor(other, "officer"), round_.reports.get(organisation=other))
    sentence = theirs.sentences.first()
    client = Client()
    client.force_login(make_member(here.ward, "officer"))
    address = f"/bao-cao/{report.public_id}/cau/{sentence.public_id}/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}nguon/").status_code == 404
    answer = client.post(address, {"do": "edit", "text": "Khác", "seen": sentence.seal})
    assert "Câu này không còn trong bản thảo" in answer.content.decode()
    sentence.refresh_from_db()
    assert sentence.text == sentence.drafted
    given = {"part": "proposals", "after": sentence.public_id, "text": "Câu mới."}
    client.post(f"/bao-cao/{report.public_id}/them/", given)
    assert theirs.sentences.filter(text="Câu mới.").count() == 0


class TestYearsEnd:
    """The report of 2026, drafted on 02/01/2027, when the new periods have begun."""

    def test_it_tells_the_old_year_beside_the_one_before(self, monkeypatch):
        def at(*moment: int) -> None:
            now = dt.datetime(*moment, 9, tzinfo=ZONE)  # type: ignore[arg-type]
            monkeypatch.setattr(timezone, "now", lambda: now)

        at(2026, 1, 5)
        city = make_organisation("Ủy ban nhân dân thành phố Vũng Tàu", kind="committee")
        ward = make_organisation("Ủy ban nhân dân Phường 7", parent=city, kind="committee")
        plan = make_plan(city, date=dt.date(2025, 1, 1))
        officer = make_actor(ward, "officer")
        yearly, never, free = (
            make_assignment(ward, make_task(plan, text, lead=[ward], **time))
            for text, time in (
                ("Mở lớp hằng năm.", {"time_kind": "yearly"}),
                ("Khảo sát hằng năm.", {"time_kind": "yearly"}),
                ("Phát thanh thường xuyên.", {"time_kind": "continuous"}),
            )
        )
        at(2026, 12, 20)
        say(officer, yearly, Progress.DONE, "Đã mở 02 lớp")
        say(officer, free, Progress.IN_PROGRESS, "Phát 300 bản tin")
        at(2027, 1, 2)
        open_periods(Actor(is_system=True), dt.date(2027, 1, 2))
        say(officer, yearly, Progress.IN_PROGRESS, "Chuẩn bị lớp năm 2027")
        days = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 12, 31), "period": "2026"}
        before = make_round(city, ward, plan=plan, period="2025", first=dt.date(2025, 1, 1), last=dt.date(2025, 12, 31))
        old = draft_report(officer, before.reports.get(organisation=ward))
        Report.objects.filter(pk=old.pk).update(state=Report.State.SENT, sent_at=timezone.now())
        old.figures.filter(key="tasks.done").update(value=3)
        made = make_round(city, ward, plan=plan, before=before, **days)
        report = draft_report(officer, made.reports.get(organisation=ward))
        said = list(report.sentences.filter(part="tasks", key__startswith="task:").values_list("text", flat=True))
        assert said == [
            "Mở lớp hằng năm: đã hoàn thành ngày 20/12/2026, trước thời hạn 31/12/2026, "
            "đã thực hiện 01/01 kỳ. Đã mở 02 lớp.",
            "Khảo sát hằng năm: chưa có thông tin trong kỳ báo cáo.",
            "Phát thanh thường xuyên: đang thực hiện thường xuyên. Phát 300 bản tin.",
        ]
        done = report.figures.get(key="tasks.done")
        assert (done.value, done.before) == (1, 3)
        assert "đã hoàn thành giảm 02 nhiệm vụ (từ 03 xuống 01)" in report.sentences.get(key="figures:changed").text
        assert never.organisation == ward
        page = Client()
        page.force_login(make_member(ward, "officer"))
        assert page.get(f"/bao-cao/{report.public_id}/").status_code == 200
        assert Round.objects.count() == 2


def test_who_stands_in_for_an_absent_officer_writes_and_only_meanwhile():
    here = City()
    report = here.opened()
    colleague, client = make_member(here.ward, "auditor"), Client()
    client.force_login(colleague)
    address = f"/bao-cao/{report.public_id}/them/"
    given = {"part": "proposals", "text": "Câu của người làm thay."}
    assert client.post(address, given).status_code == 403
    today = timezone.localdate()
    [lent] = delegate(here.officer, here.ward, to=colleague, roles=["officer"], valid_from=today, valid_to=today)
    assert client.post(address, given).status_code == 302
    sentence = report.sentences.get(text="Câu của người làm thay.")
    assert sentence.person_id == colleague.pk
    type(lent).objects.filter(pk=lent.pk).update(
        valid_from=today - dt.timedelta(days=2), valid_to=today - dt.timedelta(days=1)
    )
    recall.forget()
    assert client.post(address, given | {"text": "Câu sau khi hết ủy quyền."}).status_code == 403
