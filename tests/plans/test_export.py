"""Files of the register: exactly what is filtered, in the same order, safe to open."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import icalendar
import openpyxl
import pytest
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_plan, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


@pytest.fixture
def browser(province, client_of):
    return client_of(make_member(province))


@pytest.fixture
def tasks(province):
    plan = make_plan(province, "08/KH-UBND")
    due = timezone.localdate() + dt.timedelta(days=5)
    return [
        make_task(plan, "Bố trí kinh phí", lead=["Sở Tài chính", "Sở Nội vụ"], coordinating=["Sở Y tế"], due=due),
        make_task(plan, "Kinh phí hằng tháng", time_kind="monthly", day=14, time_text="trước ngày 15 hằng tháng"),
        make_task(plan, "Kinh phí khác", time_kind="continuous", time_text="Thường xuyên"),
        make_task(plan, "Tham mưu"),
    ]


def fetch(browser, form: str, query: str = "q=kinh+phi") -> bytes:
    answer = browser.get(f"/so-nhiem-vu/tai-ve.{form}?{query}")
    assert answer.status_code == 200
    name = f'so-nhiem-vu-{timezone.localdate().isoformat()}.{form}"'
    assert answer.headers["Content-Disposition"].endswith(name)
    return b"".join(answer.streaming_content)


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv(browser, tasks):
    content = fetch(browser, "csv")
    rows = csv_rows(content)
    assert content.startswith("\ufeffKế hoạch,Mục,Loại".encode())
    assert [row[4] for row in rows[1:]] == ["Bố trí kinh phí", "Kinh phí hằng tháng", "Kinh phí khác"]
    assert rows[1][:8] == [
        "08/KH-UBND",
        "III.1.1",
        "nhiệm vụ",
        "",
        "Bố trí kinh phí",
        "Sở Tài chính; Sở Nội vụ",
        "Sở Y tế",
        "",
    ]
    assert rows[1][10:] == [
        tasks[0].due.strftime("%d/%m/%Y"), "sắp đến hạn", "1–3", f"http://localhost:8000/nhiem-vu/{tasks[0].public_id}/"
    ]  # fmt: skip


def test_csv_keeps_the_order_of_the_page(browser, tasks):
    assert [row[4] for row in csv_rows(fetch(browser, "csv", "sort=-name"))[1:]] == [
        "Tham mưu", "Kinh phí khác", "Kinh phí hằng tháng", "Bố trí kinh phí"
    ]  # fmt: skip


def test_xlsx_has_real_dates_and_a_frozen_head(browser, tasks):
    sheet = openpyxl.load_workbook(io.BytesIO(fetch(browser, "xlsx"))).active
    assert (sheet.max_row, sheet.freeze_panes, sheet.auto_filter.ref) == (4, "A2", "A1:N4")
    assert (sheet["K2"].value.date(), sheet["K2"].number_format) == (tasks[0].due, "dd/mm/yyyy")
    assert [cell.value for cell in sheet["E"]] == [
        "Nhiệm vụ",
        "Bố trí kinh phí",
        "Kinh phí hằng tháng",
        "Kinh phí khác",
    ]


def test_json_says_time_as_the_contract_does(browser, tasks):
    made = json.loads(fetch(browser, "json"))
    assert (made["schema"], made["filter"], len(made["tasks"])) == ("register/1", {"q": "kinh phi"}, 3)
    monthly = made["tasks"][1]
    assert monthly["time"] == {
        "text": "trước ngày 15 hằng tháng", "kind": "monthly", "start": None, "due": None, "month_day": None, "day": 14
    }  # fmt: skip
    assert made["tasks"][0]["lead"] == ["Sở Tài chính", "Sở Nội vụ"]
    assert monthly["plan"] == {
        "symbol": "08/KH-UBND",
        "title": "Truyền thông chính sách trên địa bàn tỉnh",
        "address": f"http://localhost:8000/ke-hoach/{tasks[0].plan.slug}/",
    }


def test_json_of_nothing_is_whole(browser, tasks):
    assert json.loads(fetch(browser, "json", "q=zzz"))["tasks"] == []


def test_calendar_holds_what_has_a_date_under_lasting_names(browser, tasks):
    first, again = (icalendar.Calendar.from_ical(fetch(browser, "ics")) for _ in range(2))
    events = [
        [(str(e["uid"]), e.decoded("dtstart"), e.decoded("dtend")) for e in c.walk("VEVENT")] for c in (first, again)
    ]
    assert events[0] == events[1]
    assert events[0][0] == (
        f"nhiem-vu-{tasks[0].public_id}@localhost",
        tasks[0].due,
        tasks[0].due + dt.timedelta(days=1),
    )
    assert len(events[0]) == 2
    assert str(first["x-wr-calname"]) == "Sổ nhiệm vụ"


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)"])
def test_no_text_becomes_a_formula(browser, province, evil):
    make_task(make_plan(province), evil, lead=[evil])
    rows = csv_rows(fetch(browser, "csv", ""))
    assert (rows[1][4], rows[1][5]) == (f"'{evil}", f"'{evil}")
    cell = openpyxl.load_workbook(io.BytesIO(fetch(browser, "xlsx", ""))).active["E2"]
    assert (cell.value, cell.data_type) == (evil, "s")


def test_signs_that_xml_does_not_know_do_not_break_the_workbook(browser, province):
    make_task(make_plan(province), "Tham\x0bmưu")
    assert openpyxl.load_workbook(io.BytesIO(fetch(browser, "xlsx", ""))).active["E2"].value == "Thammưu"


def test_what_the_actor_may_not_see_is_in_no_file(client_of, tasks):
    other = client_of(make_member(make_organisation()))
    assert csv_rows(fetch(other, "csv", "kind=all&state=all"))[1:] == []


def test_another_form_is_not_found(browser):
    assert browser.get("/so-nhiem-vu/tai-ve.exe").status_code == 404


def test_many_rows_take_few_queries(browser, province, django_assert_max_num_queries):
    plan = make_plan(province)
    for n in range(60):
        make_task(plan, f"Việc {n}", lead=["Sở Y tế"])
    with django_assert_max_num_queries(12):
        assert len(csv_rows(fetch(browser, "csv", ""))) == 61


def test_a_public_plan_is_downloaded_without_signing_in(client, province):
    plan = make_plan(province, is_public=True)
    make_task(plan, "Nhiệm vụ")
    make_task(plan, "Trách nhiệm", kind="duty")
    make_task(plan, "Đã rút", state="withdrawn")
    rows = csv_rows(b"".join(client.get(f"/ke-hoach/{plan.slug}/tai-ve.csv").streaming_content))
    assert [row[4] for row in rows[1:]] == ["Nhiệm vụ", "Trách nhiệm"]
