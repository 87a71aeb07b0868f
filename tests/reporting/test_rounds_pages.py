"""The list of reports, the page of who has sent, and how a round is opened: from a plan's duty, or for tomorrow."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import (
    make_actor,
    make_agency_group,
    make_alignment,
    make_assignment,
    make_member,
    make_organisation,
    make_plan,
    make_round,
    make_task,
)

from nhipcau.core.models import Notice
from nhipcau.core.rooms import findings, needs
from nhipcau.plans.models import Task
from nhipcau.reporting.models import Report, Round
from nhipcau.reporting.queries.needs import events
from nhipcau.reporting.queries.regimes import preview, proposed_regime

pytestmark = pytest.mark.django_db


class Tree:
    """A province, a city below it with its ward, and a department; all hold assignments of the province's plan, of which
    the city's is the lower one. Both plans want reports by the same day."""

    def __init__(self) -> None:
        self.province = make_organisation("Ủy ban nhân dân tỉnh Hòa An", kind="committee")
        self.city = make_organisation("Ủy ban nhân dân thành phố Bình Minh", parent=self.province, kind="committee")
        self.ward = make_organisation("Ủy ban nhân dân phường Bảy", parent=self.city, kind="committee")
        self.office = make_organisation("Sở Tư pháp", parent=self.province)
        self.day = timezone.localdate() + dt.timedelta(days=60)
        self.plan = make_plan(self.province, "15/KH-UBND")
        self.lower = make_plan(self.city, "20/KH-UBND")
        make_alignment(self.plan, self.lower)
        make_assignment(self.city, make_task(self.plan, lead=[self.city, self.office]))
        make_assignment(self.office, self.plan.tasks.get())
        make_assignment(self.ward, make_task(self.lower, lead=[self.ward]))
        self.duty, self.lower_duty = (
            make_task(
                plan, "Báo cáo kết quả trước ngày hẹn", kind=Task.Kind.REPORTING, time_kind="yearly",
                month_day=f"{self.day:%m-%d}", to="Ủy ban nhân dân tỉnh",
            )
            for plan in (self.plan, self.lower)
        )  # fmt: skip
        self.coordinator = make_member(self.province, "coordinator")

    def client(self, *roles: str, of=None) -> Client:
        client = Client()
        client.force_login(self.coordinator if of is None else make_member(of, *roles))
        return client


def late_round(tree: Tree) -> Round:
    """Of which the day is past: the city sent in time, the office two days late, the ward not at all."""
    due = timezone.now() - dt.timedelta(days=3)
    made = make_round(tree.province, tree.city, tree.office, due_at=due)
    Report.objects.create(round=made, organisation=tree.ward, receiver=tree.city, depth=2, due_at=due)
    for unit, sent in ((tree.city, due - dt.timedelta(hours=1)), (tree.office, due + dt.timedelta(days=2, hours=1))):
        made.reports.filter(organisation=unit).update(sent_at=sent, state=Report.State.SENT)
    return made


class TestOneRound:
    def test_it_says_who_sent_and_how_late_by_the_clock(self):
        tree = Tree()
        made = late_round(tree)
        page = tree.client().get(f"/bao-cao/ky/{made.public_id}/").context["page"]
        assert [(line.report.organisation, line.level, line.state) for line in page.lines] == [
            (tree.province, 0, "quá hạn 3 ngày, chưa gửi"),
            (tree.office, 1, "đã gửi, chậm 2 ngày"),
            (tree.city, 1, "đã gửi đúng hạn"),
            (tree.ward, 2, "quá hạn 3 ngày, chưa gửi"),
        ]
        assert page.counts == {
            "all": 3, "waiting": 1, "late": 1, "sent": 2, "sent_late": 1, "asked": 0, "accepted": 0,
        }  # fmt: skip

    def test_a_figure_opens_to_its_rows_and_the_table_is_the_same(self):
        tree = Tree()
        made = late_round(tree)
        client = tree.client()
        page = client.get(f"/bao-cao/ky/{made.public_id}/?state=late").context["page"]
        assert [line.report.organisation for line in page.lines] == [tree.ward]
        answer = client.get(f"/bao-cao/ky/{made.public_id}/tai-ve.csv?state=sent")
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert [row[0] for row in rows[1:]] == [tree.office.name, tree.city.name]
        assert client.get(f"/bao-cao/ky/{made.public_id}/tai-ve.exe").status_code == 404
        workbook = client.get(f"/bao-cao/ky/{made.public_id}/tai-ve.xlsx")
        assert b"".join(workbook.streaming_content)[:2] == b"PK"

    def test_a_ward_sees_its_own_line_and_a_stranger_nothing(self):
        tree = Tree()
        made = late_round(tree)
        page = tree.client("officer", of=tree.ward).get(f"/bao-cao/ky/{made.public_id}/").context["page"]
        assert [line.report.organisation for line in page.lines] == [tree.ward]
        elsewhere = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
        assert tree.client("head", of=elsewhere).get(f"/bao-cao/ky/{made.public_id}/").status_code == 404

    def test_the_day_is_moved_with_a_reason_and_what_was_typed_stays(self):
        tree = Tree()
        made, client = late_round(tree), tree.client()
        new = timezone.localdate() + dt.timedelta(days=20)
        wrong = client.post(f"/bao-cao/ky/{made.public_id}/lam/", {"do": "move", "due": "31/02/2027", "reason": "Bão"})
        assert (wrong.status_code, "Bão" in wrong.content.decode()) == (400, True)
        given = {"do": "move", "due": f"16:00 {new:%d/%m/%Y}", "reason": "Bão số 12"}
        assert client.post(f"/bao-cao/ky/{made.public_id}/lam/", given).status_code == 302
        made.refresh_from_db()
        assert f"{timezone.localtime(made.due_at):%d/%m/%Y %H:%M}" == f"{new:%d/%m/%Y} 16:00"

    def test_it_is_closed_by_who_collects_only(self):
        tree = Tree()
        made = late_round(tree)
        address = f"/bao-cao/ky/{made.public_id}/lam/"
        assert tree.client("head", of=tree.city).post(address, {"do": "close"}).status_code == 403
        assert tree.client().post(address, {"do": "close"}).status_code == 302
        made.refresh_from_db()
        assert made.closed_at is not None

    def test_units_are_added_by_ticks(self):
        tree = Tree()
        made, client = late_round(tree), tree.client()
        later = make_organisation("Sở Y tế", parent=tree.province)
        address = f"/bao-cao/ky/{made.public_id}/don-vi/"
        assert client.post(address, {"units": []}).status_code == 400
        assert client.post(address, {"units": [later.public_id, "khongcodau1"]}).status_code == 302
        assert made.reports.filter(organisation=later).count() == 1


class TestOpening:
    def test_a_duty_of_a_plan_proposes_everything(self):
        tree = Tree()
        answer = tree.client().get(f"/bao-cao/mo/?viec={tree.duty.public_id}")
        shown = answer.context["preview"]
        assert [(branch.name, branch.depth) for branch in shown.branches] == [
            (tree.province.name, 0), (tree.office.name, 1), (tree.city.name, 1), (tree.ward.name, 2),
        ]  # fmt: skip
        assert answer.context["form"].initial["due"] == f"{tree.day:%d/%m/%Y}"
        regime = proposed_regime(tree.duty, tree.province)
        assert (regime.frequency, regime.receivers, regime.plan) == ("yearly", "Ủy ban nhân dân tỉnh", tree.plan)

    def test_it_warns_where_a_plan_leaves_no_day(self):
        tree = Tree()
        [warning] = tree.client().get(f"/bao-cao/mo/?viec={tree.duty.public_id}").context["preview"].warnings
        assert warning.startswith(f"20/KH-UBND của {tree.city.label} hẹn báo cáo đến {tree.day:%d/%m/%Y}")
        Task.objects.filter(pk=tree.lower_duty.pk).update(month_day=f"{tree.day - dt.timedelta(days=20):%m-%d}")
        assert tree.client().get(f"/bao-cao/mo/?viec={tree.duty.public_id}").context["preview"].warnings == []

    def test_one_that_ended_and_holds_work_is_warned_of(self):
        tree = Tree()
        tree.office.valid_to = timezone.localdate() - dt.timedelta(days=1)
        tree.office.save()
        answer = tree.client().get(f"/bao-cao/mo/?viec={tree.duty.public_id}")
        assert tree.office.public_id in answer.context["form"].initial["units"]  # until its work is handed over
        assert (
            answer.context["preview"]
            .warnings[-1]
            .startswith("1 đơn vị đã chấm dứt hoạt động mà còn giữ việc (Sở Tư pháp)")
        )

    def test_without_days_between_levels_nobody_can_aggregate(self):
        tree = Tree()
        now = timezone.now()
        shown = preview(tree.province, [tree.city.pk], now + dt.timedelta(days=9), 0, now)
        assert [level.is_tight for level in shown.levels] == [False, True]

    def test_what_was_proposed_is_opened_with_its_regime(self):
        tree = Tree()
        client = tree.client()
        made = self.opened(client, tree)
        assert (made.plan, made.regime.task, made.reports.count()) == (tree.plan, tree.duty, 4)
        assert made.regime.due_limit == f"before_day {tree.day + dt.timedelta(days=1):%d/%m}"
        again = client.get(f"/bao-cao/mo/?viec={tree.duty.public_id}")
        assert again.context["opened"] == made

    @staticmethod
    def opened(client: Client, tree: Tree) -> Round:
        initial = client.get(f"/bao-cao/mo/?viec={tree.duty.public_id}").context["form"].initial
        given = {name: initial[name] for name in ("name", "days_between", "outline", "units")}
        given |= {name: f"{initial[name]:%d/%m/%Y}" for name in ("first", "last")}
        given |= {"due": initial["due"], "recurs": "on", "viec": tree.duty.public_id, "do": "open"}
        answer = client.post("/bao-cao/mo/", given)
        assert answer.status_code == 302
        return Round.objects.get(public_id=answer.url.split("/")[3])

    def test_by_ten_tomorrow_by_group(self):
        tree = Tree()
        group = make_agency_group(tree.province, kinds=[tree.office.kind])
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        today = timezone.localdate()
        officer = make_member(tree.office, "officer")
        given = {
            "name": "Báo cáo nhanh về mưa lũ", "asks": "Bao nhiêu xã mất điện?\n\n- Đã thông tin cho dân thế nào?",
            "first": f"{today:%d/%m/%Y}", "last": f"{today:%d/%m/%Y}", "due": f"10h {tomorrow:%d/%m/%Y}",
            "days_between": 0, "outline": "short", "groups": [group.public_id], "do": "open",
        }  # fmt: skip
        assert tree.client().post("/bao-cao/mo/", given).status_code == 302
        made = Round.objects.get()
        assert [part["questions"] for part in made.outline["parts"]][0] == [
            "Bao nhiêu xã mất điện?",
            "Đã thông tin cho dân thế nào?",
        ]
        assert [row.organisation for row in made.reports.filter(depth=1)] == [tree.office]
        [notice] = Notice.objects.filter(person=officer)
        assert notice.text == f"Báo cáo nhanh về mưa lũ: gửi báo cáo trước 10:00 ngày {tomorrow:%d/%m/%Y}."

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"units": []}, "Bạn chưa chọn đơn vị nào"),
            ({"due": "01/01/2020"}, "Thời hạn này đã qua (hết thứ Tư, 01/01/2020)"),
            ({"due": "hôm qua"}, "Chưa hiểu thời hạn “hôm qua”"),
            ({"last": "01/01/2019"}, "Ngày chốt số liệu phải sau ngày bắt đầu"),
            ({"name": ""}, ""),
            ({"units": ["khongcodau1"]}, ""),
        ],
    )
    def test_bad_input_is_told_and_kept(self, wrong, said):
        tree = Tree()
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        given = {
            "name": "Báo cáo nhanh giữ lại", "first": "01/11/2026", "last": "22/11/2026", "due": f"{tomorrow:%d/%m/%Y} 10:00",
            "days_between": 0, "outline": "short", "units": [tree.office.public_id], "do": "open",
        }  # fmt: skip
        answer = tree.client().post("/bao-cao/mo/", given | wrong)
        assert (answer.status_code, Round.objects.count()) == (400, 0)
        text = answer.content.decode()
        assert said in text
        assert wrong.get("name", given["name"]) in text

    def test_only_who_collects(self):
        tree = Tree()
        assert tree.client("officer", of=tree.province).get("/bao-cao/mo/").status_code == 403
        elsewhere = make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")
        answer = tree.client("head", of=elsewhere).get(f"/bao-cao/mo/?viec={tree.duty.public_id}")
        assert answer.status_code == 404

    def test_pages_of_plan_and_duty_offer_it(self):
        tree = Tree()
        client = tree.client()
        for page in (f"/ke-hoach/{tree.plan.slug}/", f"/nhiem-vu/{tree.duty.public_id}/"):
            assert f"/bao-cao/mo/?viec={tree.duty.public_id}" in client.get(page).content.decode()
        officer = tree.client("officer", of=tree.province).get(f"/ke-hoach/{tree.plan.slug}/")
        assert "/bao-cao/mo/" not in officer.content.decode()


class TestList:
    def test_the_next_step_stands_first(self):
        tree = Tree()
        late = late_round(tree)
        client = tree.client("officer", of=tree.ward)
        answer = client.get("/bao-cao/")
        assert [(row.report.round, row.step) for row in answer.context["writing"]] == [(late, "draft")]
        assert answer.context["next"].is_late

    def test_received_reports_wait_to_be_merged(self):
        tree = Tree()
        made = make_round(tree.province, tree.office, plan=tree.plan)
        made.reports.filter(organisation=tree.office).update(sent_at=timezone.now(), state=Report.State.SENT)
        answer = tree.client().get("/bao-cao/")
        assert [row.step for row in answer.context["writing"]] == ["merge"]
        [row] = answer.context["rounds"]
        assert (row.sent.sent, row.sent.expected) == (1, 1)
        actor = make_actor(tree.province, "coordinator")
        [need] = [one for one in needs(0, [actor], timezone.now()) if one.kind == "reporting.merge"]
        assert need.url == f"/bao-cao/{made.reports.get(organisation=tree.province).public_id}/"

    def test_needs_calendar_and_search(self):
        tree = Tree()
        made = late_round(tree)
        actor = make_actor(tree.ward, "officer")
        [need] = [one for one in needs(0, [actor], timezone.now()) if one.kind.startswith("reporting.")]
        assert (need.kind, need.urgency) == ("reporting.due", "late")
        day = timezone.localdate() - dt.timedelta(days=10)
        found = events([actor], person_id=1, organisation_id=None, first=day, last=timezone.localdate())
        assert [one.at for one in found] == [made.reports.get(organisation=tree.ward).due_at]
        hits = [one for group in findings(actor, "bao cao nam", 5) for one in group[1]]
        assert f"/bao-cao/ky/{made.public_id}/" in [one.url for one in hits]

    def test_filters_stand_in_the_address(self):
        tree = Tree()
        late_round(tree)
        client = tree.client()
        assert len(client.get("/bao-cao/?side=collect&state=late").context["rounds"]) == 1
        assert client.get("/bao-cao/?q=khong-co-ten-nay").context["rounds"] == []
        client.get("/bao-cao/?side=collect&state=late")
        assert client.get("/bao-cao/").url == "/bao-cao/?side=collect&state=late"

    def test_many_rounds_cost_no_more_questions(self, django_assert_max_num_queries):
        tree = Tree()
        for number in range(12):
            make_round(tree.province, tree.office, tree.city, name=f"Kỳ {number}")
        client = tree.client()
        client.get("/bao-cao/?tat-ca=")
        with django_assert_max_num_queries(16):
            assert len(client.get("/bao-cao/?tat-ca=").context["rounds"]) == 12
