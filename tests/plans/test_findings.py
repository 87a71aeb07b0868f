"""What the rules object to in a plan: in the review, on the plan's page, in files and in the API; what people decide."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories import make_actor, make_member, make_organisation, make_reading
from tests.plans.finding_parts import AFTER, BEFORE, FAULTY, TWICE, open_finding, rules_in

from nhipcau.api.actions import make_token
from nhipcau.core.acts import Refused
from nhipcau.core.models import AuditEvent
from nhipcau.core.worker import run_due_jobs
from nhipcau.organisations.models import Role
from nhipcau.plans import actions
from nhipcau.plans.actions import publishing
from nhipcau.plans.checking import running
from nhipcau.plans.models import Reading
from nhipcau.plans.queries import findings

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "contracts" / "findings.schema.json"


@pytest.fixture
def reading(actor) -> Reading:
    return make_reading(actor, FAULTY)


@pytest.fixture
def plan(actor, reading):
    return actions.confirm_reading(actor, reading)


def page_of(browser: Client, reading: Reading, **question: str) -> str:
    return browser.get(reverse("review", args=[reading.public_id]), question).content.decode()


def beside(page: str) -> list[str]:
    """The findings that stand beside lines: the words of each."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", m).split())
        for m in re.findall(r'<div class="flaw [^>]*>(.*?)</p>', page, re.S)
    ]


# --- in the review ---------------------------------------------------------------------------------------------------


def test_findings_stand_beside_their_lines_and_on_top(browser, reading):
    page = page_of(browser, reading, ngay=AFTER)
    found = beside(page)
    assert [rule in page for rule in ("/quy-tac/repeated-word/", "/quy-tac/agency-abolished/")] == [True, True]
    assert [words for words in found if "đôn đốc đôn đốc" in words] == [
        "Cảnh báo Từ ngữ bị lặp: «đôn đốc đôn đốc»; bạn hãy bỏ một lần. vì sao"
    ]
    count = len(findings.findings_of(reading, day=dt.date.fromisoformat(AFTER)).open)
    assert f"{count} điều cần xem lại trong kế hoạch" in page
    at = open_finding(reading, "repeated-word").anchor
    assert (page.count(f'href="#{at}"'), page.count(f'id="{at}"')) == (1, 1)
    block = page[page.index(f'id="{at}"') - 4000 : page.index(f'id="{at}"')]
    assert TWICE[2:] in block, "it stands in the block that shows its line"


def test_the_page_tells_findings_of_the_plan_from_doubts_of_the_reading(browser, reading):
    page = page_of(browser, reading)
    assert "Đây là nhận xét về chính kế hoạch" in page
    assert 'class="flaw' in page and 'aria-label="Về kế hoạch"' in page
    assert 'class="state need"' in page, "doubts have their own sign"


def test_another_day_has_other_findings(browser, reading):
    now, then = page_of(browser, reading, ngay=AFTER), page_of(browser, reading, ngay=BEFORE)
    assert ("/quy-tac/citation-superseded/" in now, "/quy-tac/citation-superseded/" in then) == (True, False)
    assert 'value="01/06/2024"' in then
    for nonsense in ("hôm qua", "2024-13-45", "\x00", "9" * 40):
        assert browser.get(reverse("review", args=[reading.public_id]), {"ngay": nonsense}).status_code == 200


def test_findings_speak_the_language_of_the_page(browser, officer, reading):
    officer.language = "en"
    officer.save()
    assert "Repeated word" in page_of(browser, reading) or "repeated" in page_of(browser, reading).lower()


def test_an_edit_changes_what_is_found(actor, reading):
    assert "citation-superseded" in rules_in(reading)
    place = next(i for i, c in enumerate(reading.current["citations"]) if c["symbol"] == "09/2017/NĐ-CP")
    actions.remove_entry(actor, reading, f"/citations/{place}")
    assert "citation-superseded" not in rules_in(reading)


def test_what_was_taken_out_shifts_no_pointer(actor, reading):
    actions.remove_entry(actor, reading, "/tasks/0")
    reading.refresh_from_db()
    for one in findings.findings_of(reading).open:
        where = one.noted.where
        assert where is None or not where.startswith("/tasks/0/"), where
    gone = open_finding(reading, "agency-abolished").noted
    assert (gone.where, gone.code) == ("/tasks/1/lead/0", "II.1.b")


def test_a_pair_that_is_sent_again_bears_its_findings(browser, reading):
    page_of(browser, reading)
    doubt = reading.doubts.order_by("position").first()
    answer = browser.post(
        reverse("settle_doubt", args=[reading.public_id, doubt.position]), {"do": "later"}, HTTP_HX_REQUEST="true"
    )
    assert answer.status_code == 200
    first = browser.get(
        reverse("review", args=[reading.public_id]), {"cho": doubt.position}, HTTP_HX_REQUEST="true"
    ).content.decode()
    whole = page_of(browser, reading, cho=str(doubt.position))
    pair = re.search(r'id="(doan-\d+)"', first)
    assert pair is not None
    assert ('class="flaw' in first) == (
        'class="flaw' in whole[whole.index(f'id="{pair[1]}"') :].split('class="pair')[0]
    )


def test_the_second_look_asks_the_cache(reading, django_assert_max_num_queries):
    reading = Reading.objects.select_related("organisation").get(pk=reading.pk)
    findings.findings_of(reading)
    lines = reading.text
    assert lines is not None
    lines.lines.all().delete()  # what is kept needs no line again
    with django_assert_max_num_queries(6):
        found = findings.findings_of(reading)
    assert "repeated-word" in {one.noted.rule for one in found.open}


def test_a_reading_is_checked_by_the_job_that_reads_it(actor):
    cache.clear()
    reading = Reading.objects.get(pk=make_reading(actor, FAULTY).pk)
    assert reading.text is not None
    reading.text.lines.all().delete()
    assert "repeated-word" in rules_in(reading)
    assert "repeated-word" in rules_in(reading, language="en")


def test_a_long_plan_is_checked_by_a_job(browser, reading, monkeypatch):
    cache.clear()
    monkeypatch.setattr(running, "AT_ONCE", 5)
    assert "Đang kiểm tra kế hoạch" in page_of(browser, reading)
    page_of(browser, reading)
    assert [job.kind for job in run_due_jobs()] == ["plans.check"], "asked for once"
    assert "Từ ngữ bị lặp" in page_of(browser, reading)


def test_a_rule_that_breaks_breaks_no_page(browser, reading, caplog):
    reading.current["citations"][0]["mentions"] = [[1, 2, 3]]
    reading.save()
    page = page_of(browser, reading)
    assert "Việc kiểm tra kế hoạch này gặp lỗi" in page
    assert "the rules broke" in caplog.text


# --- kept as it is ---------------------------------------------------------------------------------------------------


def keep(browser: Client, reading: Reading, mark: str, reason: str = "Giữ theo chỉ đạo") -> int:
    return browser.post(reverse("keep_finding", args=[reading.public_id]), {"mark": mark, "reason": reason}).status_code


def test_what_is_kept_is_settled_with_its_reason_and_can_be_taken_up_again(browser, officer, reading):
    noted = open_finding(reading, "repeated-word").noted
    assert keep(browser, reading, noted.mark) == 302
    assert "repeated-word" not in rules_in(reading)
    page = page_of(browser, reading)
    assert "Giữ theo chỉ đạo" in page and officer.name in page and "1 điều đã xem, giữ nguyên" in page
    event = AuditEvent.objects.get(act="plans.keep_finding")
    assert event.person_id == officer.pk
    browser.post(reverse("reopen_finding", args=[reading.public_id]), {"mark": noted.mark})
    assert "repeated-word" in rules_in(reading)
    assert AuditEvent.objects.filter(act="plans.reopen_finding").count() == 1


def test_a_reason_is_needed(browser, reading):
    mark = open_finding(reading, "repeated-word").noted.mark
    for reason in ("", "   ", "x" * 501):
        keep(browser, reading, mark, reason)
    assert "repeated-word" in rules_in(reading)
    assert keep(browser, reading, "khong-co") == 302


def test_it_stays_kept_in_the_next_reading_of_the_same_document_only(actor, browser, reading):
    keep(browser, reading, open_finding(reading, "repeated-word").noted.mark)
    actions.confirm_reading(actor, reading)
    again = make_reading(actor, FAULTY.replace("Sở Nội vụ;", "Sở Nội vụ; Sở Tài chính;"), "ban-moi.txt")
    assert "repeated-word" not in rules_in(again)
    changed = make_reading(actor, FAULTY.replace(TWICE, TWICE + " Đôn đốc hằng tháng."), "chu-khac.txt")
    assert "repeated-word" in rules_in(changed), "other words are another matter"
    other = make_reading(actor, FAULTY.replace("15/KH-UBND", "16/KH-UBND"), "khac.txt")
    assert "repeated-word" in rules_in(other), "another plan"
    elsewhere = make_reading(make_actor(make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")), FAULTY)
    assert "repeated-word" in rules_in(elsewhere), "another organisation"


def test_taken_up_again_in_a_later_reading_it_is_open_in_all(actor, browser, reading):
    mark = open_finding(reading, "repeated-word").noted.mark
    keep(browser, reading, mark)
    again = make_reading(actor, FAULTY + "\n", "ban-hai.txt")
    browser.post(reverse("reopen_finding", args=[again.public_id]), {"mark": mark})
    assert ("repeated-word" in rules_in(again), "repeated-word" in rules_in(reading)) == (True, True)


def test_only_who_works_on_the_organisations_plans_keeps(province, reading, client_of):
    mark = open_finding(reading, "repeated-word").noted.mark
    auditor = client_of(make_member(province, Role.AUDITOR))
    assert keep(auditor, reading, mark) == 403
    stranger = client_of(make_member(make_organisation("Sở Khác")))
    assert keep(stranger, reading, mark) == 404
    assert "Giữ nguyên điều này" not in page_of(auditor, reading)


def test_the_reason_is_told_only_to_those_who_may_see_the_reading(browser, plan, client_of):
    keep(browser, plan.reading, open_finding(plan.reading, "repeated-word").noted.mark, "Lý do nội bộ")
    named = client_of(make_member(plan.organisation.children.get(name="Sở Nội vụ")))
    address = reverse("plan", args=[plan.slug])
    pages = [client.get(address).content.decode() for client in (browser, named)]
    assert ["1 điều đã xem, giữ nguyên" in page for page in pages] == [True, True]
    assert ["Lý do nội bộ" in page for page in pages] == [True, False]


# --- rules on and off ------------------------------------------------------------------------------------------------


def test_a_rule_is_switched_off_and_on_for_one_organisation(province, reading, client_of):
    other = make_reading(make_actor(make_organisation("Ủy ban nhân dân tỉnh Khác", kind="committee")), FAULTY)
    head = client_of(make_member(province, Role.HEAD))
    switch = reverse("switch_rule", args=["repeated-word"])
    head.post(switch, {"do": "off", "reason": "Chữ quét hay lặp"})
    assert ("repeated-word" in rules_in(reading), "repeated-word" in rules_in(other)) == (False, True)
    page = head.get(reverse("rule", args=["repeated-word"])).content.decode()
    assert "Chữ quét hay lặp" in page and "đã tắt" in head.get(reverse("rules")).content.decode()
    head.post(switch, {"do": "on", "reason": "Đã đọc lại"})
    assert "repeated-word" in rules_in(reading)
    acts = AuditEvent.objects.filter(act__startswith="plans.switch_rule").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["plans.switch_rule_off", "plans.switch_rule_on"]


def test_no_rule_is_switched_without_a_reason_or_a_right(province, reading, client_of):
    switch = reverse("switch_rule", args=["repeated-word"])
    head = client_of(make_member(province, Role.HEAD))
    assert head.post(switch, {"do": "off", "reason": " "}).status_code == 422
    for role, status in ((Role.OFFICER, 403), (Role.AUDITOR, 403)):
        assert client_of(make_member(province, role)).post(switch, {"do": "off", "reason": "x"}).status_code == status
    assert "repeated-word" in rules_in(reading)
    with pytest.raises(Refused):
        actions.switch_rule_off(make_actor(province, Role.OFFICER), province, "repeated-word", reason="x")
    assert head.get(reverse("rule", args=["khong-co"])).status_code == 404


# --- the plan and its tasks ------------------------------------------------------------------------------------------


def test_the_page_of_a_plan_lists_them_with_tasks_and_lines(browser, plan):
    page = browser.get(reverse("plan", args=[plan.slug])).content.decode()
    task = plan.tasks.get(code="II.1.b")
    assert "điều cần xem lại" in page
    part = page[page.index('id="can-xem-lai"') :]
    assert f'href="{reverse("task", args=[task.public_id])}"' in part
    assert re.search(r'href="/ban-goc/\w+/\?tu=\d+&amp;den=\d+#dong-\d+"', part)
    keep(browser, plan.reading, open_finding(plan.reading, "repeated-word").noted.mark)
    assert "1 điều đã xem, giữ nguyên" in browser.get(reverse("plan", args=[plan.slug])).content.decode()


def test_the_page_of_a_task_lists_its_own_only(browser, plan):
    pages = {
        task.code: browser.get(reverse("task", args=[task.public_id])).content.decode() for task in plan.tasks.all()
    }
    assert "Sở Thông tin và Truyền thông (nêu ở" in pages["II.1.b"]
    assert "điều cần xem lại ở nhiệm vụ này" not in pages["II.1.a"]


def test_strangers_read_no_findings_of_a_public_plan(client, province, plan):
    publishing.publish_plan(make_actor(province, Role.HEAD), plan)
    task = plan.tasks.get(code="II.1.b")
    for address in (reverse("plan", args=[plan.slug]), reverse("task", args=[task.public_id])):
        page = client.get(address)
        assert page.status_code == 200
        assert [word in page.content.decode() for word in ("cần xem lại", "can-xem-lai", "quy-tac")] == [False] * 3
    assert client.get(reverse("plan_findings", args=[plan.slug, "txt"])).status_code == 302


def test_the_page_of_a_plan_asks_few_questions_for_them(browser, plan, django_assert_max_num_queries):
    address = reverse("plan", args=[plan.slug])
    browser.get(address)
    with django_assert_max_num_queries(40):
        browser.get(address)


# --- files -----------------------------------------------------------------------------------------------------------


def test_the_list_as_text_and_as_a_workbook(browser, reading):
    text = browser.get(reverse("reading_findings", args=[reading.public_id, "txt"]) + f"?ngay={AFTER}")
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    said = text.content.decode()
    assert said.startswith("Những điều cần xem lại trong kế hoạch 15/KH-UBND, xét theo ngày 22/11/2026\n")
    found = findings.findings_of(reading, day=dt.date.fromisoformat(AFTER))
    assert len(re.findall(r"^\d+\. ", said, re.M)) == len(found.open)
    book = browser.get(reverse("reading_findings", args=[reading.public_id, "xlsx"]) + f"?ngay={AFTER}")
    rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert len(rows) == len(found.open) + 1
    assert {row[4] for row in rows[1:]} == {one.noted.message for one in found.open}
    assert browser.get(reverse("reading_findings", args=[reading.public_id, "pdf"])).status_code == 404


def test_a_workbook_holds_no_formula(actor, browser):
    text = FAULTY.replace(TWICE, "- =HYPERLINK theo dõi, đôn đốc đôn đốc việc này.").replace("15/KH-UBND", "=1/KH-UBND")
    reading = make_reading(actor, text)
    book = browser.get(reverse("reading_findings", args=[reading.public_id, "xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"n", "s", "inlineStr"}


def test_who_sees_the_plan_gets_its_list(plan, client_of):
    named = client_of(make_member(plan.organisation.children.get(name="Sở Nội vụ")))
    assert "Từ ngữ bị lặp" in named.get(reverse("plan_findings", args=[plan.slug, "txt"])).content.decode()
    other = client_of(make_member(make_organisation("Sở Khác")))
    assert other.get(reverse("plan_findings", args=[plan.slug, "txt"])).status_code == 404


# --- over REST -------------------------------------------------------------------------------------------------------


@pytest.fixture
def key(province) -> str:
    administrator = make_actor(province, Role.ADMINISTRATOR)
    return make_token(administrator, province, name="Khóa", scopes=["read:plans"], expires_on=None)[1]


def test_the_api_prints_the_contract(client, key, plan):
    address = f"/api/v1/plans/{plan.slug}/findings"
    answer = client.get(address, {"as_of": AFTER}, HTTP_AUTHORIZATION=f"Bearer {key}")
    assert answer.status_code == 200, answer.content
    jsonschema.validate(answer.json(), json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert answer.json()["as_of"] == AFTER
    assert {"citation-superseded", "repeated-word"} <= {found["rule"] for found in answer.json()["findings"]}
    before = client.get(address, {"as_of": BEFORE, "language": "en"}, HTTP_AUTHORIZATION=f"Bearer {key}").json()
    assert "citation-superseded" not in {found["rule"] for found in before["findings"]}


def test_the_api_asks_for_a_key_and_a_right(client, province, key, plan):
    publishing.publish_plan(make_actor(province, Role.HEAD), plan)
    address = f"/api/v1/plans/{plan.slug}/findings"
    assert client.get(address).status_code == 401
    assert client.get("/api/v1/plans/khong-co/findings", HTTP_AUTHORIZATION=f"Bearer {key}").status_code == 404
    assert client.get(address, {"as_of": "hôm nay"}, HTTP_AUTHORIZATION=f"Bearer {key}").status_code in (400, 422)
