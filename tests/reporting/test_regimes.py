"""Regimes: the ten fields, the days of their periods, rounds that open by themselves; outlines of one's own."""

import datetime as dt

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
)

from nhipcau.core.actors import Actor
from nhipcau.core.acts import Refused
from nhipcau.core.clocks import ZONE, LimitError, packaged_calendar
from nhipcau.core.jobs import enqueue
from nhipcau.core.worker import run_due_jobs
from nhipcau.reporting.actions import change_outline, copy_outline, end_regime, make_regime, open_due_round
from nhipcau.reporting.models import Outline, Regime, Round
from nhipcau.reporting.outlines import USUAL, outline_from_dict, outline_to_dict
from nhipcau.reporting.periods import check_days, coming_period, limit_from_words, limit_in_words, period_on
from nhipcau.reporting.queries.regimes import coming, opens_on

CALENDAR = packaged_calendar()
D = dt.date


class TestPeriods:
    @pytest.mark.parametrize(
        ("frequency", "limit", "closes_on", "name", "first", "last", "due"),
        [
            ("yearly", "trước 11/11", "", "2026", D(2025, 11, 1), D(2026, 10, 31), D(2026, 11, 10)),
            ("yearly", "before_day 11/11", "10-15", "2026", D(2025, 10, 16), D(2026, 10, 15), D(2026, 11, 10)),
            ("yearly", "trước 20/01", "", "2026", D(2026, 1, 1), D(2026, 12, 31), D(2027, 1, 19)),
            ("half_yearly", "10 ngày", "", "2026-H1", D(2026, 1, 1), D(2026, 6, 30), D(2026, 7, 10)),
            # Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th of the month before to the 14th.
            ("quarterly", "5 ngày làm việc", "01-14", "2026-Q2", D(2026, 3, 15), D(2026, 6, 14), D(2026, 6, 19)),
            ("monthly", "3 ngày làm việc", "", "2026-05", D(2026, 5, 1), D(2026, 5, 31), D(2026, 6, 3)),
        ],
    )
    def test_days(self, frequency, limit, closes_on, name, first, last, due):
        period = period_on(frequency, last, CALENDAR, due_limit=limit, closes_on=closes_on)
        assert (period.name, period.first, period.last, period.due_at.date()) == (name, first, last, due)
        assert period_on(frequency, first, CALENDAR, due_limit=limit, closes_on=closes_on) == period

    def test_no_day_falls_between_two_periods(self):
        for frequency in ("yearly", "half_yearly", "quarterly", "monthly"):
            for closes_on in ("", "01-14", "12-31", "02-29"):
                one = period_on(frequency, D(2026, 1, 1), CALENDAR, due_limit="5 ngày", closes_on=closes_on)
                for _number in range(14):
                    after = one.last + dt.timedelta(days=1)
                    one = period_on(frequency, after, CALENDAR, due_limit="5 ngày", closes_on=closes_on)
                    assert one.first == after

    @pytest.mark.parametrize(
        ("now", "due"), [(dt.datetime(2026, 11, 10, 9, tzinfo=ZONE), D(2026, 11, 10)),
                         (dt.datetime(2026, 11, 11, 0, 0, 1, tzinfo=ZONE), D(2027, 11, 10))]
    )  # fmt: skip
    def test_the_coming_one_is_that_whose_time_has_not_passed(self, now, due):
        assert coming_period("yearly", now, CALENDAR, due_limit="trước 11/11").due_at.date() == due

    @pytest.mark.parametrize(
        ("words", "limit", "said"),
        [
            ("trước 11/11", "before_day 11/11", "trước ngày 11/11"),
            ("Trước ngày 5/7.", "before_day 05/07", "trước ngày 05/07"),
            ("5 ngày làm việc", "working_days 5", "5 ngày làm việc sau ngày chốt số liệu"),
            ("sau 10 ngày", "calendar_days 10", "10 ngày sau ngày chốt số liệu"),
        ],
    )
    def test_limits_in_words(self, words, limit, said):
        assert (str(limit_from_words(words)), limit_in_words(limit)) == (limit, said)

    @pytest.mark.parametrize("words", ["", "sớm", "trước 31/02", "hours 24", "before_month 2026-12", "99999 ngày"])
    def test_others_are_refused_in_words(self, words):
        with pytest.raises(LimitError) as problem:
            limit_from_words(words)
        assert str(problem.value)

    def test_limit_and_close_must_go_together(self):
        with pytest.raises(LimitError):
            check_days("quarterly", "before_day 11/11", "", CALENDAR, D(2026, 1, 1))
        with pytest.raises(LimitError):
            check_days("yearly", "before_day 11/11", "11-30", CALENDAR, D(2026, 1, 1))


class Office:
    """A department with a regime on its plan of which one unit has an assignment."""

    def __init__(self, **fields) -> None:
        self.office = make_organisation("Sở Văn hóa", kind="department")
        self.unit = make_organisation("Trung tâm Văn hóa", parent=self.office)
        self.plan = make_plan(self.office)
        make_assignment(self.unit, make_task(self.plan, lead=[self.unit]))
        given = {"name": "Báo cáo tháng", "frequency": "monthly", "due_limit": "working_days 5", "plan": self.plan}
        self.regime = Regime.objects.create(organisation=self.office, **given | fields)
        self.house = Actor(organisation_id=self.office.pk, is_system=True)
        self.coordinator = make_member(self.office, "coordinator")

    def client(self) -> Client:
        client = Client()
        client.force_login(self.coordinator)
        return client


@pytest.mark.django_db
class TestOpeningByItself:
    def test_when_its_day_has_come_and_once(self):
        office = Office()
        period = coming(office.regime, timezone.now(), CALENDAR)
        day = dt.datetime.combine(opens_on(period, "monthly"), dt.time(8), ZONE)
        assert open_due_round(office.house, office.regime, day - dt.timedelta(days=1)) is None
        made = open_due_round(office.house, office.regime, day)
        assert made is not None
        assert (made.period, made.due_at, [row.organisation for row in made.reports.filter(depth=1)]) == (
            period.name, period.due_at, [office.unit],
        )  # fmt: skip
        assert open_due_round(office.house, office.regime, day + dt.timedelta(days=1)) is None
        assert Round.objects.count() == 1

    def test_the_house_does_it_twice_a_day(self):
        office = Office()
        for _number in range(2):
            enqueue("reporting.open_due_rounds", {})
            run_due_jobs()
        period = coming(office.regime, timezone.now(), CALENDAR)
        is_near = timezone.localdate() >= opens_on(period, "monthly")
        assert [one.period for one in Round.objects.all()] == ([period.name] if is_near else [])

    def test_the_next_follows_without_a_gap(self):
        office = Office()
        period = coming(office.regime, timezone.now(), CALENDAR)
        first = open_due_round(office.house, office.regime, period.due_at - dt.timedelta(days=1))
        second = open_due_round(office.house, office.regime, period.due_at + dt.timedelta(days=25))
        assert (second.first - first.last).days == 1
        assert second.before == first

    def test_one_that_ended_opens_no_more(self):
        office = Office()
        end_regime(make_actor(office.office, "head"), office.regime)
        office.regime.refresh_from_db()
        assert open_due_round(office.house, office.regime, timezone.now() + dt.timedelta(days=60)) is None
        with pytest.raises(Refused):
            end_regime(make_actor(office.office, "head"), office.regime)

    def test_without_a_plan_those_of_the_last_round_report(self):
        office = Office(plan=None)
        when = timezone.now() + dt.timedelta(days=60)
        assert open_due_round(office.house, office.regime, when) is None
        make_round(office.office, office.unit, regime=office.regime, period="2026-01")
        made = open_due_round(office.house, office.regime, coming(office.regime, when, CALENDAR).due_at)
        assert [row.organisation for row in made.reports.filter(depth=1)] == [office.unit]


FIELDS = {
    "name": "Báo cáo năm", "content": "Kết quả thực hiện", "reporters": "Các đơn vị", "receivers": "Sở Văn hóa",
    "method": "Văn bản điện tử", "due_limit": "trước 11/11", "frequency": "yearly", "closes_on": "31/10",
    "outline_key": "usual", "figures": ["tasks.total"], "guidance": "", "legal_basis": "", "days_between": 3,
}  # fmt: skip


@pytest.mark.django_db
class TestRegimePages:
    def test_the_ten_fields_are_kept_and_read(self):
        office = Office()
        client = office.client()
        answer = client.post("/che-do-bao-cao/lap/", FIELDS)
        assert answer.status_code == 302
        made = Regime.objects.get(name="Báo cáo năm")
        assert (made.due_limit, made.closes_on, made.figures) == ("before_day 11/11", "10-31", ["tasks.total"])
        page = client.get(answer.url).content.decode()
        for said in ("Trước ngày 11/11", "hết ngày 31/10", "Nhiệm vụ được giao", "Văn bản điện tử"):
            assert said in page
        form = client.get(f"/che-do-bao-cao/{made.public_id}/sua/").context["form"]
        assert (form["due_limit"].value(), form["closes_on"].value()) == ("trước ngày 11/11", "31/10")
        client.post(f"/che-do-bao-cao/{made.public_id}/sua/", FIELDS | {"name": "Báo cáo hằng năm"})
        made.refresh_from_db()
        assert made.name == "Báo cáo hằng năm"

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"due_limit": "khi nào xong"}, "Không hiểu thời hạn"),
            ({"frequency": "monthly"}, "Báo cáo nhiều kỳ trong năm"),
            ({"closes_on": "45/13"}, "31/10"),
            ({"closes_on": "30/11"}, "xem lại ngày chốt và thời hạn"),
            ({"days_between": "99"}, "từ 0 đến 30"),
            ({"content": ""}, ""),
        ],
    )
    def test_bad_input_is_told_and_kept(self, wrong, said):
        office = Office()
        answer = office.client().post("/che-do-bao-cao/lap/", FIELDS | wrong)
        page = answer.content.decode()
        assert (answer.status_code, said in page, "Văn bản điện tử" in page) == (400, True, True)

    def test_the_same_duty_of_a_plan_is_laid_down_once(self):
        office = Office()
        actor = make_actor(office.office, "head")
        values = {"name": "Báo cáo", "task": make_task(office.plan, kind="reporting"), "plan": office.plan}
        assert make_regime(actor, office.office, values) == make_regime(actor, office.office, values)

    def test_others_neither_see_nor_change_it(self):
        office = Office()
        client = Client()
        client.force_login(make_member(make_organisation("Sở Khác"), "head"))
        assert client.get(f"/che-do-bao-cao/{office.regime.public_id}/").status_code == 404
        assert client.post(f"/che-do-bao-cao/{office.regime.public_id}/ket-thuc/").status_code == 404


PARTS = {
    "parts": "3",
    "p0-title": "Kết quả", "p0-kind": "figures", "p0-place": "10", "p0-figures": ["tasks.total", "tasks.done"],
    "p0-charts": ["progress"],
    "p1-title": "Từng nhiệm vụ", "p1-kind": "tasks", "p1-place": "20", "p1-level": "2",
    "p2-title": "Kiến nghị", "p2-kind": "proposals", "p2-place": "5", "p2-questions": "Cần gì?\nCủa ai?",
}  # fmt: skip
WHOLE = {
    "name": "Mẫu của sở", "subject": "Kết quả {period}", "opening": "{organisation} báo cáo như sau:", "closing": "",
    "recipients": "Như trên;\n- Lãnh đạo Sở;", "archive": "VT, VH", "version": "1",
}  # fmt: skip


@pytest.mark.django_db
class TestOutlines:
    def test_one_of_ones_own_is_looked_at_and_kept(self):
        office = Office()
        client = office.client()
        looked = client.post("/mau-bao-cao/lap/?tu=usual", WHOLE | PARTS | {"do": "look"})
        assert (looked.status_code, Outline.objects.count()) == (200, 0)
        assert "Ủy ban nhân dân phường Bình An báo cáo như sau:" in looked.content.decode()
        assert client.post("/mau-bao-cao/lap/?tu=usual", WHOLE | PARTS | {"do": "keep"}).status_code == 302
        made = outline_from_dict(Outline.objects.get().content)
        assert [(part.title, [one.title for one in part.parts]) for part in made.parts] == [
            ("Kiến nghị", []), ("Kết quả", ["Từng nhiệm vụ"]),
        ]  # fmt: skip
        assert made.parts[0].questions == ("Cần gì?", "Của ai?")
        assert (made.recipients, made.parts[1].charts) == (("Như trên", "Lãnh đạo Sở"), ("progress",))

    def test_what_is_opened_to_be_changed_is_kept_as_it_was(self):
        office = Office()
        actor = make_actor(office.office, "coordinator")
        row = copy_outline(actor, office.office, name="Bản chép", content=outline_to_dict(USUAL))
        client = office.client()
        page = client.get(f"/mau-bao-cao/{row.public_id}/sua/")
        given = {"do": "keep", "version": row.version, "parts": len(page.context["parts"])}
        for form in (page.context["form"], *page.context["parts"]):
            for field in form:
                value = field.value()
                if value not in (None, False, ""):
                    given[field.html_name] = "on" if value is True else value
        assert client.post(f"/mau-bao-cao/{row.public_id}/sua/", given).status_code == 302
        row.refresh_from_db()
        assert outline_from_dict(row.content) == USUAL

    @pytest.mark.parametrize(
        "wrong",
        [{"p0-title": "", "p1-title": "", "p2-title": "", "p2-questions": ""}, {"p0-kind": "gì"}, {"subject": ""}],
    )
    def test_bad_input_is_told_and_kept(self, wrong):
        office = Office()
        answer = office.client().post("/mau-bao-cao/lap/", WHOLE | PARTS | {"do": "keep"} | wrong)
        assert (answer.status_code, "Mẫu của sở" in answer.content.decode(), Outline.objects.count()) == (400, True, 0)

    def test_two_who_change_it_at_once_are_told(self):
        office = Office()
        actor = make_actor(office.office, "head")
        row = copy_outline(actor, office.office, name="Mẫu", content=outline_to_dict(USUAL))
        change_outline(actor, row, name="Mẫu mới", content=row.content, version=1)
        with pytest.raises(Refused):
            change_outline(actor, row, name="Mẫu khác", content=row.content, version=1)

    def test_those_that_came_with_the_software_stay(self):
        office = Office()
        client = office.client()
        assert client.get("/mau-bao-cao/usual/").status_code == 200
        assert client.get("/mau-bao-cao/usual/sua/").status_code == 403
        assert client.post("/mau-bao-cao/usual/bo/").status_code == 403
        assert client.get("/mau-bao-cao/khongcodau/").status_code == 404

    def test_dropped_ones_leave_their_regimes(self):
        office = Office()
        actor = make_actor(office.office, "coordinator")
        row = copy_outline(actor, office.office, name="Mẫu", content=outline_to_dict(USUAL))
        Regime.objects.update(outline=row)
        assert office.client().post(f"/mau-bao-cao/{row.public_id}/bo/").status_code == 302
        office.regime.refresh_from_db()
        assert office.regime.outline is None
