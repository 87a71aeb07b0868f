"""How a round is asked for: until when in words, for which year after this year's day, with which figures."""

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
    say,
)

from nhipcau.core.clocks import ZONE
from nhipcau.followup.models import Progress
from nhipcau.organisations.models import Role
from nhipcau.plans.models import Task
from nhipcau.reporting.actions import Asked, draft_report, make_regime, open_due_round, open_round
from nhipcau.reporting.models import Report, Round, Sentence
from nhipcau.reporting.outlines import SHORT, USUAL, with_figures
from nhipcau.reporting.queries.regimes import proposed_regime

pytestmark = pytest.mark.django_db
OPEN = "/bao-cao/mo/"


class City:
    """A city with a ward and a plan that wants a yearly report before 11/11."""

    def __init__(self) -> None:
        self.city = make_organisation("Ủy ban nhân dân thành phố Bình Minh", kind="committee")
        self.ward = make_organisation("Ủy ban nhân dân phường Bảy", parent=self.city, kind="committee")
        self.plan = make_plan(self.city, date=dt.date(2026, 1, 8))
        self.duty = make_task(
            self.plan, "Báo cáo kết quả trước ngày 11/11 hằng năm", kind=Task.Kind.REPORTING, time_kind="yearly",
            month_day="11-10", lead=[self.ward],
        )  # fmt: skip
        self.coordinator = make_member(self.city, Role.COORDINATOR)
        self.actor = make_actor(self.city, Role.COORDINATOR)
        self.client = Client()

    def at(self, monkeypatch, *moment: int) -> None:
        now = dt.datetime(*moment, tzinfo=ZONE)  # type: ignore[arg-type]
        monkeypatch.setattr(timezone, "now", lambda: now)
        self.client.force_login(self.coordinator)

    def asked(self, **changed):
        given = {
            "name": "Báo cáo nhanh", "first": "01/11/2026", "last": "22/11/2026", "due": "10:00 25/11/2026",
            "days_between": 0, "outline": "short", "units": [self.ward.public_id], "do": "open",
        }  # fmt: skip
        return self.client.post(OPEN, given | changed)


class TestUntilWhenInWords:
    def test_words_are_said_back_and_count_when_they_were_seen(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        first = house.asked(due="chiều thứ Sáu")
        assert (first.status_code, Round.objects.count()) == (200, 0)
        text = first.content.decode()
        assert "Tức 17:00 thứ Sáu, 27/11/2026." in text
        assert 'value="chiều thứ Sáu"' in text  # what was typed stays
        assert first.context["preview"].levels[0].due == "17:00 ngày 27/11/2026"
        assert (
            house.asked(due="chiều thứ Sáu", due_said="chiều thứ Sáu", due_means="17:00 27/11/2026").status_code == 302
        )
        assert timezone.localtime(Round.objects.get().due_at) == dt.datetime(2026, 11, 27, 17, tzinfo=ZONE)

    def test_changed_after_it_was_seen_it_is_said_back_again(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        answer = house.asked(due="chiều thứ Năm", due_said="chiều thứ Sáu", due_means="17:00 27/11/2026")
        assert (answer.status_code, Round.objects.count()) == (200, 0)
        assert "Tức 17:00 thứ Năm, 26/11/2026." in answer.content.decode()

    def test_a_span_ends_when_it_was_said_to(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        assert "Tức 10:00 thứ Hai, 23/11/2026." in house.asked(due="trong 60 phút").content.decode()
        house.at(monkeypatch, 2026, 11, 23, 9, 5)
        house.asked(due="trong 60 phút", due_said="trong 60 phút", due_means="10:00 23/11/2026")
        assert timezone.localtime(Round.objects.get().due_at) == dt.datetime(2026, 11, 23, 10, tzinfo=ZONE)

    def test_a_date_needs_no_second_look(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        assert house.asked(due="25/11/2026").status_code == 302

    def test_the_piece_of_the_page_says_it_while_typing(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        said = house.client.get("/bao-cao/thoi-han/", {"due": "10h ngày mai"}).content.decode()
        assert "Tức 10:00 thứ Ba, 24/11/2026, là ngày nghỉ." in said
        assert 'name="due_means" value="10:00 24/11/2026"' in said
        wrong = house.client.get("/bao-cao/thoi-han/", {"due": "<b>khi nào</b>"}).content.decode()
        assert "Chưa hiểu thời hạn “&lt;b&gt;khi nào&lt;/b&gt;”" in wrong
        assert house.client.get("/bao-cao/thoi-han/").status_code == 200

    def test_the_next_working_day_at_ten_is_proposed(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 27, 16)
        assert house.client.get(OPEN).context["form"].initial["due"] == "10:00 30/11/2026"

    def test_a_round_moves_by_words_that_were_seen(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        house.asked()
        made = Round.objects.get()
        address = f"/bao-cao/ky/{made.public_id}/lam/"
        given = {"do": "move", "due": "chiều mai", "reason": "Bão"}
        answer = house.client.post(address, given)
        assert (answer.status_code, "Tức 17:00 thứ Ba, 24/11/2026, là ngày nghỉ." in answer.content.decode()) == (
            200,
            True,
        )
        seen = {"due_said": "chiều mai", "due_means": "17:00 24/11/2026"}
        assert house.client.post(address, given | seen).status_code == 302
        made.refresh_from_db()
        assert timezone.localtime(made.due_at) == dt.datetime(2026, 11, 24, 17, tzinfo=ZONE)

    def test_the_same_question_sent_twice_is_asked_once(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        first, again = house.asked(), house.asked()
        assert (first.url, Round.objects.count()) == (again.url, 1)
        assert house.asked(name="Báo cáo nhanh về bão").url != first.url


class TestWhichYear:
    def test_before_the_day_there_is_nothing_to_ask(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 10, 9)
        page = house.client.get(OPEN, {"viec": house.duty.public_id}).context
        assert [one.words for one in page["offered"]] == ["năm 2026"]
        assert page["form"].initial["due"] == "10/11/2026"

    def test_after_it_the_year_that_was_missed_comes_first(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        answer = house.client.get(OPEN, {"viec": house.duty.public_id})
        page = answer.context
        assert [(one.words, one.is_past, one.is_sent) for one in page["offered"]] == [
            ("năm 2026", True, False), ("năm 2027", False, False),
        ]  # fmt: skip
        assert page["period"].words == "năm 2026"
        initial = page["form"].initial
        assert (initial["last"], initial["due"]) == (dt.date(2026, 10, 31), "01/12/2026")  # five working days
        assert "hạn 10/11/2026 đã qua, báo cáo tổng hợp chưa gửi" in answer.content.decode()
        later = house.client.get(OPEN, {"viec": house.duty.public_id, "ky": "2027"}).context
        assert later["form"].initial["due"] == "10/11/2027"

    def test_once_it_was_sent_the_coming_year_is_proposed(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        made = make_round(house.city, house.ward, plan=house.plan, period="2026")
        page = house.client.get(OPEN, {"viec": house.duty.public_id}).context
        assert (page["period"].words, page["opened"]) == ("năm 2026", made)
        Report.objects.filter(organisation=house.city).update(sent_at=timezone.now(), state=Report.State.SENT)
        page = house.client.get(OPEN, {"viec": house.duty.public_id}).context
        assert (page["period"].words, page["opened"]) == ("năm 2027", None)

    def test_a_plan_of_this_year_does_not_ask_for_the_year_before_it(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 2, 1, 9)
        assert len(house.client.get(OPEN, {"viec": house.duty.public_id}).context["offered"]) == 1

    def test_an_unknown_year_is_not_believed(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        answer = house.client.get(OPEN, {"viec": house.duty.public_id, "ky": "1999"})
        assert (answer.status_code, answer.context["period"].words) == (200, "năm 2026")


class TestWhichFigures:
    def test_all_are_ticked_and_all_are_kept_as_none(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        ticked = house.client.get(OPEN).context["form"].initial["figures"]
        house.asked(figures=ticked)
        assert Round.objects.get().figures == []

    def test_a_part_of_a_figure_names_its_whole(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        words = dict(house.client.get(OPEN).context["form"].fields["figures"].choices)
        assert words["documents.sent_plans"] == "Văn bản đã ban hành: kế hoạch"

    def test_a_draft_takes_what_was_chosen_and_what_its_sentences_state(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 11, 23, 9)
        house.asked(figures=["evidence.total", "documents.sent", "tasks.done"])
        made = Round.objects.get()
        assert made.figures == ["tasks.done", "evidence.total", "documents.sent"]
        officer = make_actor(house.ward, Role.OFFICER)
        say(officer, make_assignment(house.ward, make_task(house.plan, lead=[house.ward])), Progress.DONE, "Xong")
        report = draft_report(officer, made.reports.get(organisation=house.ward))
        keys = list(report.figures.values_list("key", flat=True))
        assert keys == ["tasks.done", "tasks.overdue", "evidence.total", "documents.sent"]
        said = report.sentences.filter(kind=Sentence.Kind.SENTENCE)
        assert [one.text for one in said if not one.refs and not set(one.figures) <= set(keys)] == []

    def test_parts_show_the_chosen_ones_and_what_no_part_had_stands_with_the_figures(self):
        narrowed = with_figures(USUAL, ("tasks.done", "followup.words"))
        shown = {part.key: part.figures for part in narrowed.all_parts() if part.figures}
        assert shown == {"figures": ("tasks.done", "followup.words")}
        assert with_figures(USUAL, ()) is USUAL

    def test_an_outline_without_figures_gets_a_part_for_them(self):
        bare = with_figures(type(SHORT)("s", "o", SHORT.parts[1:]), ("tasks.done",))
        assert (bare.parts[-1].key, bare.parts[-1].figures) == ("chosen-figures", ("tasks.done",))

    def test_a_round_that_opens_by_itself_takes_those_of_its_regime(self, monkeypatch):
        house = City()
        house.at(monkeypatch, 2026, 10, 1, 9)
        make_assignment(house.ward, house.duty)
        proposed = proposed_regime(house.duty, house.city)
        names = ("name", "content", "reporters", "receivers", "method", "due_limit", "frequency", "plan", "task")
        values = {name: getattr(proposed, name) for name in names} | {"figures": ["tasks.done"]}
        made = open_due_round(house.actor, make_regime(house.actor, house.city, values), timezone.now())
        assert made is not None
        shown = [key for part in made.outline["parts"] for below in part["parts"] for key in below["figures"]]
        assert (made.figures, shown) == (["tasks.done"], ["tasks.done"])


def test_a_round_asked_by_another_system_twice_is_one(monkeypatch):
    house = City()
    house.at(monkeypatch, 2026, 11, 23, 9)
    asked = Asked(
        "Nhanh", "2026-11-23", dt.date(2026, 11, 1), dt.date(2026, 11, 22), timezone.now() + dt.timedelta(1), ()
    )
    assert open_round(house.actor, house.city, asked) == open_round(house.actor, house.city, asked)
