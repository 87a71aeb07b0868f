"""Figures that cannot all be right are said, and never in the way."""

import pytest
from django.test import Client
from tests.factories import (
    make_actor,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_round,
    make_task,
)
from tests.reporting.test_merging import Province

from nhipcau.reporting.actions import draft_report, edit_figure, merge_reports, submit_report
from nhipcau.reporting.contradictions import contradictions
from nhipcau.reporting.figures import OWN
from nhipcau.reporting.models import Report, ReportFigure

pytestmark = pytest.mark.django_db


def stated(**values: int) -> list[ReportFigure]:
    """The figures of this room with these values, others zero; "tasks_done" is "tasks.done"."""
    given = {key.replace("_", ".", 1): value for key, value in values.items()}
    return [ReportFigure(key=one.key, label=str(one.label), value=given.get(one.key, 0)) for one in OWN]


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (stated(tasks_total=4, tasks_done=3, tasks_running=1), []),
        (
            stated(tasks_total=4, tasks_done=3),
            ["Đã hoàn thành, đang thực hiện, chưa thực hiện, đang vướng cộng lại là 03, còn nhiệm vụ được giao là 04."],
        ),
        (
            stated(tasks_total=2, tasks_done=2, tasks_done_late=3),
            ["Hoàn thành chậm so với thời hạn: 03, nhiều hơn đã hoàn thành: 02."],
        ),
        (
            stated(tasks_total=3, tasks_done=2, tasks_running=1, tasks_overdue=2),
            ["Đã hoàn thành, quá hạn chưa hoàn thành: 04, nhiều hơn nhiệm vụ được giao: 03."],
        ),
        (
            stated(obstacles_raised=1, obstacles_settled=2),
            ["Vướng mắc đã được gỡ: 02, nhiều hơn khó khăn, vướng mắc đã nêu: 01."],
        ),
    ],
)
def test_parts_and_wholes(figures, said):
    assert [one.words for one in contradictions(figures)] == said


def test_documents_of_several_types_are_no_more_than_all():
    kinds = {"documents.sent": 3, "documents.sent_plans": 2, "documents.sent_letters": 2}
    figures = [ReportFigure(key=key, label=label, value=value) for (key, value), label in zip(
        kinds.items(), ("Văn bản đã ban hành", "Trong đó: kế hoạch", "Trong đó: công văn"), strict=True
    )]  # fmt: skip
    assert [one.words for one in contradictions(figures)] == [
        "Kế hoạch, công văn: 04, nhiều hơn văn bản đã ban hành: 03."
    ]


def test_it_stands_on_the_page_at_once_and_nothing_is_blocked():
    city = make_organisation("Ủy ban nhân dân thành phố Vũng Tàu", kind="committee")
    ward = make_organisation("Ủy ban nhân dân Phường 7", parent=city, kind="committee")
    plan = make_plan(city)
    make_assignment(ward, make_task(plan, lead=[ward]))
    officer = make_actor(ward, "officer")
    report = draft_report(officer, make_round(city, ward, plan=plan).reports.get(organisation=ward))
    client = Client()
    client.force_login(make_member(ward, "officer"))
    address = f"/bao-cao/{report.public_id}/"
    assert "Số liệu chưa khớp nhau" not in client.get(address).content.decode()
    given = {"value": "5", "seen": "0", "reason": "Nghiệm thu hôm qua"}
    saved = client.post(f"{address}so-lieu/tasks.done/", given, follow=True).content.decode()
    said = "Đã hoàn thành, đang thực hiện, chưa thực hiện, đang vướng cộng lại là 06, còn nhiệm vụ được giao là 01."
    assert said in saved
    assert said in client.get(address).content.decode()
    fresh = Report.objects.get(pk=report.pk)
    assert submit_report(officer, fresh, version=fresh.version).state == "submitted"


def test_a_merged_figure_that_is_not_the_sum_of_the_lower_ones():
    here = Province()
    merge_reports(here.coordinator, here.report)
    seen = here.report.figures.get(key="evidence.total")
    edit_figure(here.coordinator, here.report, seen.key, value=7, reason="Đếm tay", seen=seen.shown)
    client = Client()
    client.force_login(make_member(here.province, "officer"))
    page = client.get(f"/bao-cao/{here.report.public_id}/").context["page"]
    assert [one.words for one in page.contradictions] == [
        f"Minh chứng kèm theo: báo cáo này ghi 07, còn cộng từ các đơn vị và cơ quan mình là {seen.value}."
    ]
