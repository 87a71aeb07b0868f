"""The working calendar, the calculator and the limits of law, as people use them; and who may keep them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_province

from nhipcau.core.clocks import ZONE
from nhipcau.core.models import AuditEvent, CalendarChange, CalendarDay, Clock, LegalRule, Notice
from nhipcau.core.timekeeping import start_clock
from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_province()


@pytest.fixture
def keeper(province, client_of):
    return client_of(make_member(province, Role.ADMINISTRATOR))


@pytest.fixture
def officer(province, client_of):
    return client_of(make_member(province, Role.OFFICER))


def day_of(**changed: str) -> dict[str, str]:
    given = {
        "date": "12/11/2026", "kind": "swap_off", "name": "Nghỉ bất thường", "basis": "Công văn 1/UBND", "confirmed": "on",
        "applies": "on",
    }  # fmt: skip
    return {name: value for name, value in (given | changed).items() if value}


def rule_of(**changed: str) -> dict[str, str]:
    given = {
        "code": "press.reply", "name": "Trả lời trên báo chí", "limit": "calendar_days 20", "roll": "", "receipt": "as_is",
        "valid_from": "01/01/2027", "valid_to": "", "basis": "Nghị định mới", "source": "Công báo", "note": "",
    }  # fmt: skip
    return given | changed


def test_the_year_shows_its_days_with_their_basis(officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = officer.get(reverse("calendar"), {"nam": "2026"}).content.decode()
    assert "Nghỉ bù Giỗ Tổ (26/4 trùng Chủ nhật)" in page and "3383/BNV-CVL" in page
    assert "249 ngày làm việc" in page
    assert page.count("đề xuất, chưa áp dụng") == 5, "two proposals, each in its month and in the table; the legend"
    assert reverse("add_calendar_day") not in page


def test_a_year_without_rows_is_computed_and_says_so(officer):
    page = officer.get(reverse("calendar"), {"nam": "2030"}).content.decode()
    assert "Năm này chưa có thông báo" in page and "02/02/2030" in page, "Tết at UTC+7; 03/02 in China"


@pytest.mark.parametrize("year", ["0", "99999", "2026'", "-1", "1200", "٢٠٢٦", ""])
def test_a_strange_year_is_no_problem(officer, year):
    assert officer.get(reverse("calendar"), {"nam": year}).status_code == 200


def test_a_new_day_off_moves_what_runs_and_tells_whose_it_is(province, keeper, client_of):
    office = make_organisation("Sở Tư pháp", parent=province)
    coordinator = make_member(office, Role.COORDINATOR)
    from_at = dt.datetime(2026, 11, 9, 9, tzinfo=ZONE)
    clock = start_clock("x", "abc", office.pk, from_at, limit="working_days 5")
    other = start_clock("x", "def", office.pk, dt.datetime(2026, 12, 7, 9, tzinfo=ZONE), limit="working_days 5")
    assert keeper.post(reverse("add_calendar_day"), day_of()).status_code == 302
    run_due_jobs()
    before, clock = clock, Clock.objects.get(pk=clock.pk)
    assert (before.due_at.astimezone(ZONE).day, clock.due_at.astimezone(ZONE).day) == (16, 17)
    assert Clock.objects.get(pk=other.pk).due_at == other.due_at
    change = CalendarChange.objects.get()
    assert (change.moved, change.what, change.made_at is not None) == (1, "added", True)
    told = Notice.objects.get(person=coordinator)
    assert "1 hạn" in told.text
    page = client_of(coordinator).get(told.url).content.decode()
    assert "16/11/2026" in page and "17/11/2026" in page
    assert "16/11/2026" not in client_of(make_member(make_organisation())).get(told.url).content.decode()
    assert AuditEvent.objects.filter(act="core.keep_day").count() == 1


def test_a_day_is_changed_and_taken_out_with_its_reason(keeper):
    day = CalendarDay.objects.get(date=dt.date(2026, 11, 23))
    assert keeper.post(reverse("change_calendar_day", args=[day.pk]), day_of(date="23/11/2026")).status_code == 302
    day.refresh_from_db()
    assert (day.applies, day.confirmed, day.name) == (True, True, "Nghỉ bất thường")
    address = reverse("remove_calendar_day", args=[day.pk])
    assert keeper.post(address, {"basis": " "}).status_code == 422
    assert keeper.post(address, {"basis": "Công văn 2/UBND"}).status_code == 302
    assert not CalendarDay.objects.filter(pk=day.pk).exists()
    assert [change.what for change in CalendarChange.objects.all()] == ["removed", "changed"]
    assert "2/UBND" in keeper.get(reverse("calendar"), {"nam": "2026"}).content.decode()


def test_the_first_day_of_a_year_brings_its_computed_holidays_with_it(keeper):
    assert keeper.post(reverse("add_calendar_day"), day_of(date="30/12/2030")).status_code == 302
    kept = CalendarDay.objects.filter(date__year=2030)
    assert kept.get(date=dt.date(2030, 2, 2)).confirmed is False
    assert kept.count() > 12
    page = keeper.get(reverse("calendar"), {"nam": "2030"}).content.decode()
    assert "Nghỉ bất thường" in page and "chưa xác nhận" in page


@pytest.mark.parametrize(
    "wrong", [{"date": "31/02/2026"}, {"date": "01/01/1800"}, {"kind": "x"}, {"basis": ""}, {"date": "01/01/2026"}]
)
def test_what_is_typed_wrong_is_said_and_kept(keeper, wrong):
    answer = keeper.post(reverse("add_calendar_day"), day_of(**wrong))
    assert (answer.status_code, "Nghỉ bất thường" in answer.content.decode()) == (422, True)
    assert not CalendarChange.objects.exists()


def test_nobody_else_changes_what_holds_for_everyone(province, client_of):
    below = make_organisation("Sở Ngoại vụ", parent=province)
    day = CalendarDay.objects.first()
    for organisation, role in ((province, Role.HEAD), (below, Role.ADMINISTRATOR)):
        client = client_of(make_member(organisation, role))
        assert client.post(reverse("add_calendar_day"), day_of()).status_code == 403
        assert client.post(reverse("remove_calendar_day", args=[day.pk]), {"basis": "x"}).status_code == 403
        assert client.post(reverse("add_legal_rule"), rule_of()).status_code == 403
    assert not CalendarChange.objects.exists()


def test_the_calculator_counts_day_by_day(officer, django_assert_max_num_queries):
    asked = {"number": "10", "kind": "working_days", "day": "12/02/2026", "time": "16:30"}
    with django_assert_max_num_queries(11):
        page = officer.get(reverse("due_calculator"), asked).content.decode()
    assert "Hạn: hết thứ Năm, 05/03/2026" in page and "Tết Nguyên đán Bính Ngọ: mùng 1" in page
    extended = officer.get(reverse("due_calculator"), asked | {"extend_number": "12", "extend_kind": "calendar_days"})
    assert "Hạn: hết thứ Ba, 17/03/2026" in extended.content.decode()


@pytest.mark.parametrize("wrong", [{"number": "0"}, {"number": "99999999999999999999"}, {"kind": "x"}, {"day": "mai"}, {"day": "01/01/0001"},
                                   {"time": "25:00"}, {"number": "5000"}, {"extend_number": "-1"}, {"roll": "x"}])  # fmt: skip
def test_the_calculator_says_what_is_wrong(officer, wrong):
    asked = {"number": "10", "kind": "working_days", "day": "12/02/2026"} | wrong
    assert officer.get(reverse("due_calculator"), asked).status_code == 422


def test_rules_are_found_and_their_versions_shown(officer):
    page = officer.get(reverse("legal_rules"), {"q": "bao chi"}).content.decode()
    assert "Trả lời trên báo chí" in page and "Cung cấp thông tin" not in page
    page = officer.get(reverse("legal_rules"), {"q": "104/2016", "tat-ca": "1"}).content.decode()
    assert "đã hết áp dụng" in page
    assert officer.get(reverse("legal_rule", args=["drafts.posting"])).content.decode().count("<li><h2>") == 2
    assert officer.get(reverse("legal_rule", args=["khong.co"])).status_code == 404


def test_a_new_version_ends_the_one_before_and_can_be_taken_back(keeper):
    assert keeper.post(reverse("add_legal_rule"), rule_of()).status_code == 302
    old, new = LegalRule.objects.filter(code="press.reply").order_by("valid_from")
    assert (old.valid_to, new.limit) == (dt.date(2026, 12, 31), "calendar_days 20")
    assert keeper.post(reverse("add_legal_rule"), rule_of()).status_code == 422, "it does not come after the last"
    assert keeper.post(reverse("withdraw_legal_rule", args=[new.pk])).status_code == 302
    assert LegalRule.objects.get(code="press.reply").valid_to is None
    assert keeper.post(reverse("withdraw_legal_rule", args=[old.pk])).status_code == 403, "it came with the software"
    started = start_clock("x", "abc", None, timezone.now(), rule=old)
    assert (started.limit, started.rule) == ("calendar_days 30", old)


@pytest.mark.parametrize(
    "wrong",
    [{"limit": "mười ngày"}, {"code": "Báo chí"}, {"valid_from": ""}, {"valid_to": "01/01/2020"}, {"source": ""}],
)
def test_a_rule_that_is_typed_wrong_is_said_and_kept(keeper, wrong):
    answer = keeper.post(reverse("add_legal_rule"), rule_of(**wrong))
    assert (answer.status_code, "Trả lời trên báo chí" in answer.content.decode()) == (422, True)
