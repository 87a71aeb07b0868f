"""A figure opens to what it was counted from, in the days of the round and in the editions that were merged."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import (  # fmt: skip
    make_actor,
    make_assignment,
    make_member,
    make_organisation,
    make_outgoing,
    make_plan,
    make_round,
    make_task,
    say,
)
from tests.reporting.test_merging import Province

from nhipcau.documents.models import Outgoing
from nhipcau.followup.actions import answer_obstacle, raise_obstacle, settle_obstacle
from nhipcau.followup.models import Note, ObstacleStep, Progress
from nhipcau.reporting.actions import correct_report, draft_report, merge_reports
from nhipcau.reporting.models import Report

pytestmark = pytest.mark.django_db
FIGURES = ("plans.issued", "documents.sent", "documents.sent_letters", "followup.words", "followup.settled")


class Office:
    """A department with a plan, two letters, two words and two settled obstacles: one of each inside the round's days."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.first, self.last = today - dt.timedelta(days=60), today - dt.timedelta(days=30)
        inside, before = today - dt.timedelta(days=40), today - dt.timedelta(days=90)
        self.province = make_organisation("Ủy ban nhân dân tỉnh Bình Minh", kind="committee")
        self.office = make_organisation("Sở Tư pháp", parent=self.province)
        other = make_organisation("Sở Y tế", parent=self.province)
        plan = make_plan(self.office, title="Kế hoạch trong kỳ", date=inside)
        make_plan(self.office, title="Kế hoạch trước kỳ", date=before)
        task = make_task(plan, "Phát bản tin.", lead=[self.office, other])
        officer, asking = make_actor(self.office, "officer"), make_actor(other, "officer")
        held = make_assignment(self.office, task)
        for word, day in (("Trước kỳ", before), ("Trong kỳ", inside)):
            note = say(officer, held, Progress.IN_PROGRESS, word)
            Note.objects.filter(pk=note.pk).update(at=_noon(day))
        theirs = make_assignment(other, task)
        for text, day in (("Thiếu loa trước kỳ", before), ("Thiếu loa trong kỳ", inside)):
            theirs.refresh_from_db()
            raised = raise_obstacle(asking, theirs, text=text, proposal="", asked=self.office)
            answer_obstacle(officer, raised, text="Đã cấp.")
            settle_obstacle(asking, raised)
            steps = ObstacleStep.objects.filter(obstacle=raised, kind=ObstacleStep.Kind.SETTLED)
            steps.update(at=_noon(day))
        for subject, day in (("Trước kỳ", before), ("Trong kỳ", inside)):
            sent = make_outgoing(self.office, "sent", doc_type="Công văn", subject=subject)
            Outgoing.objects.filter(pk=sent.pk).update(date=day)
        made = make_round(self.province, self.office, plan=plan, first=self.first, last=self.last)
        self.report = draft_report(officer, made.reports.get(organisation=self.office))

    def page(self, key: str, client: Client):
        return client.get(f"/bao-cao/{self.report.public_id}/so-lieu/{key}/")


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def test_rows_that_other_rooms_counted_are_those_of_the_rounds_days():
    here, client = Office(), Client()
    client.force_login(make_member(here.office, "officer"))
    for key in FIGURES:
        answer = here.page(key, client)
        rows = list(answer.context["page_obj"])
        assert (key, len(rows), answer.context["behind"].hidden) == (key, here.report.figures.get(key=key).value, 0)
        assert len(rows) == 1
        assert here.first <= rows[0].on <= here.last
        assert client.get(rows[0].url).status_code == 200


def test_what_the_reader_may_not_see_is_counted_and_not_shown():
    here, client = Office(), Client()
    Report.objects.filter(pk=here.report.pk).update(state=Report.State.SENT, sent_at=timezone.now())
    client.force_login(make_member(here.province, "coordinator"))
    text = here.page("documents.sent", client).content.decode()  # the province reads no letters of its department
    assert "và 1 dòng bạn không được xem" in text
    assert "Trong kỳ" not in text


def test_they_are_a_file_too():
    here, client = Office(), Client()
    client.force_login(make_member(here.office, "officer"))
    address = f"/bao-cao/{here.report.public_id}/so-lieu/documents.sent/tai-ve.csv"
    rows = list(csv.reader(io.StringIO(b"".join(client.get(address).streaming_content).decode("utf-8-sig"))))
    assert [row[2] for row in rows[1:]] == ["Trong kỳ"]


def test_what_came_after_the_merging_is_not_behind_it_yet():
    here, client = Province(), Client()
    merge_reports(here.coordinator, here.report)
    client.force_login(make_member(here.province, "officer"))
    address = f"/bao-cao/{here.report.public_id}/so-lieu/tasks.done/"
    before = [(part.organisation.name, part.shown) for part in client.get(address).context["behind"].parts]
    third = here.round.reports.get(organisation=here.communes[2])
    Report.objects.filter(pk=third.pk).update(state=Report.State.SENT, sent_at=timezone.now())
    first = here.round.reports.get(organisation=here.communes[0])
    edition = correct_report(make_actor(here.communes[0], "officer"), first)
    Report.objects.filter(pk=edition.pk).update(state=Report.State.SENT, sent_at=timezone.now())
    Report.objects.filter(pk=first.pk).update(state=Report.State.REPLACED)
    parts = client.get(address).context["behind"].parts
    assert [(part.organisation.name, part.shown) for part in parts] == before
    assert parts[1].report == first
