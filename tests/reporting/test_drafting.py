"""A draft is written from the register: rows, figures, sentences with what proves them, and gaps; drafted anew, nothing
that a person wrote is lost."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import make_actor, make_assignment, make_organisation, make_plan, make_round, make_task, say

from nhipcau.core.acts import Refused
from nhipcau.followup.models import Progress
from nhipcau.reporting.actions import draft_report
from nhipcau.reporting.models import Sentence

pytestmark = pytest.mark.django_db


class Ward:
    """A ward with one finished, one late and one silent task, and its officer."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.province = make_organisation("Ủy ban nhân dân tỉnh", kind="committee")
        self.ward = make_organisation("Ủy ban nhân dân phường Bảy", parent=self.province, kind="committee")
        plan = make_plan(self.province, date=dt.date(today.year, 1, 1))
        self.officer = make_actor(self.ward, "officer")
        day = today - dt.timedelta(days=12)
        tasks = [
            make_task(plan, text=text, lead=[self.ward], time_kind="once", due=due)
            for text, due in (
                ("Mở chuyên mục chính sách;", today + dt.timedelta(days=30)),
                ("Tập huấn người phát ngôn.", day),
                ("Phát bản tin.", today + dt.timedelta(days=60)),
            )
        ]
        self.done, self.late, self.silent = (make_assignment(self.ward, task) for task in tasks)
        say(self.officer, self.done, Progress.DONE, "Đã mở chuyên mục, 12 bài viết")
        say(self.officer, self.late, Progress.IN_PROGRESS, "Đang mời giảng viên", percent=40)
        self.round = make_round(self.province, self.ward, plan=plan)
        self.report = self.round.reports.get(organisation=self.ward)

    def text(self, **fields) -> list[str]:
        return list(self.report.sentences.filter(**fields).values_list("text", flat=True))


def test_a_draft_says_what_the_register_says():
    ward, today = Ward(), timezone.localdate()
    draft_report(ward.officer, ward.report)
    late = ward.late.due
    assert ward.text(part="figures")[0] == (
        "Tổng số 03 nhiệm vụ được giao, trong đó: đã hoàn thành 01 nhiệm vụ (33,3%); "
        "đang thực hiện 01 nhiệm vụ (33,3%); chưa thực hiện 01 nhiệm vụ (33,3%). Có 01 nhiệm vụ quá hạn chưa hoàn thành; "
        "01 nhiệm vụ chưa có thông tin trong kỳ."
    )
    assert ward.text(part="tasks", key__startswith="task:") == [
        f"Mở chuyên mục chính sách: đã hoàn thành ngày {today:%d/%m/%Y}, trước thời hạn {ward.done.due:%d/%m/%Y}. "
        "Đã mở chuyên mục, 12 bài viết.",
        f"Tập huấn người phát ngôn: đang thực hiện, đạt khoảng 40%, chậm 12 ngày so với thời hạn {late:%d/%m/%Y}. "
        "Đang mời giảng viên.",
        "Phát bản tin: chưa có thông tin trong kỳ báo cáo.",
    ]
    assert ward.text(kind="gap") == [
        "Cơ quan đã ban hành văn bản nào để chỉ đạo, triển khai?",
        "Phát bản tin: chưa có thông tin trong kỳ báo cáo.",
        "Nguyên nhân: chưa nêu.",
        "Đề xuất, kiến nghị: chưa nêu.",
    ]


def test_every_sentence_has_something_behind_it():
    ward = Ward()
    draft_report(ward.officer, ward.report)
    bare = [one.text for one in ward.report.sentences.filter(kind="sentence") if not one.refs and not one.figures]
    assert bare == []


def test_drafted_anew_what_people_wrote_stays():
    ward = Ward()
    draft_report(ward.officer, ward.report)
    changed, left_out = ward.report.sentences.filter(key__startswith="task:")[:2]
    Sentence.objects.filter(pk=changed.pk).update(text="Chuyên mục đã có 12 bài.")
    Sentence.objects.filter(pk=left_out.pk).update(is_removed=True)
    Sentence.objects.create(
        report=ward.report, part="tasks", position=left_out.position + 1, text="Ngoài ra, phường đã phát 20 bản tin."
    )
    say(ward.officer, ward.silent, Progress.IN_PROGRESS, "Đã phát 2 số")
    draft_report(ward.officer, ward.report)
    assert [(one.text, one.is_edited, one.is_removed) for one in ward.report.sentences.filter(part="tasks")][-4:] == [
        ("Chuyên mục đã có 12 bài.", True, False),
        (left_out.text, False, True),
        ("Ngoài ra, phường đã phát 20 bản tin.", False, False),
        (f"Phát bản tin: đang thực hiện (thời hạn {ward.silent.due:%d/%m/%Y}). Đã phát 2 số.", False, False),
    ]


def test_others_do_not_draft_it():
    ward = Ward()
    with pytest.raises(Refused):
        draft_report(make_actor(ward.province, "head"), ward.report)
