"""The list of plans and the page of one."""

from __future__ import annotations

import datetime as dt
import gzip
import re

import pytest
from django.utils import timezone
from tests.factories import make_document, make_member, make_organisation, make_plan, make_task

from nhipcau.documents.models import Citation
from nhipcau.plans.strip import year_strip, year_to_show

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


@pytest.fixture
def browser(province, client_of):
    return client_of(make_member(province))


@pytest.fixture
def plan(province):
    plan = make_plan(
        province,
        "08/KH-UBND",
        is_public=True,
        recipients=["Như trên", "Lưu VT"],
        signature={"authority": "TM. ỦY BAN NHÂN DÂN", "capacity": "KT. CHỦ TỊCH", "name": "Nguyễn Văn A"},
    )
    justice = make_organisation("Sở Tư pháp", province)
    make_task(plan, "Một", lead=[justice], group="Nâng cao nhận thức", code="III.1.a")
    make_task(plan, "Hai", lead=["Sở Lạ"], coordinating=[justice], group="Nâng cao nhận thức", code="III.1.b")
    make_task(plan, "Ba", group="Nguồn lực", code="III.2.a", due=timezone.localdate(), doubtful=True)
    make_task(plan, "Bốn", kind="duty", lead=[justice])
    make_task(plan, "Năm", kind="reporting")
    make_task(plan, "Rút", state="withdrawn")
    return plan


def test_tasks_stand_by_section_in_the_order_of_the_plan(browser, plan):
    page = browser.get(f"/ke-hoach/{plan.slug}/").content.decode()
    assert re.findall(r'<h3 class="chapter-h"><span class="code">([^<]*)</span><span>([^<]*)</span>', page) == [
        ("III.1", "Nâng cao nhận thức"), ("III.2", "Nguồn lực")
    ]  # fmt: skip
    assert ("3 nhiệm vụ, 2 nhóm việc" in page, "Rút" in page) == (True, False)


def test_agencies_with_counts_open_the_register(browser, plan):
    page = browser.get(f"/ke-hoach/{plan.slug}/").content.decode()
    table = re.findall(r'<table class="ledger involved".*?</table>', page)[0]
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', table)]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", table)).split("Phối hợp ")[1] == (
        "Sở Tư pháp 2 chủ trì 1 phối hợp Sở Lạ 1 chủ trì 0 phối hợp "
    )
    rows = browser.get(links[0]).content.decode()
    assert re.findall(r"<b>(\d+)</b> mục", rows) == ["3"]


def test_facts_of_the_document(browser, plan):
    document = make_document("407/QĐ-TTg")
    Citation.objects.create(text_of=plan.text, document=document, position=1, is_basis=True, mentions=[[1, 2]])
    page = browser.get(f"/ke-hoach/{plan.slug}/").content.decode()
    for part in (
        "Như trên",
        "TM. ỦY BAN NHÂN DÂN",
        f'href="/van-ban/{document.slug}/"',
        f'href="/ban-goc/{plan.text.public_id}/"',
        f'href="/ban-goc/{plan.text.public_id}/tep/"',
    ):
        assert part in page


def test_officials_learn_of_doubts_and_strangers_do_not(browser, client, plan):
    pages = [one.get(f"/ke-hoach/{plan.slug}/").content.decode() for one in (browser, client)]
    assert ["còn chỗ chưa xem" in page for page in pages] == [True, False]
    assert ["Cần xem" in page for page in pages] == [True, False]


def test_the_public_page_is_small_and_shareable(client, plan):
    answer = client.get(f"/ke-hoach/{plan.slug}/")
    page = answer.content.decode()
    assert len(answer.content) < 60_000
    assert page.count("<h1>") == 1
    assert '<meta property="og:title" content="08/KH-UBND' in page
    assert "/so-nhiem-vu/" not in page


def test_strangers_get_it_compressed_and_officials_do_not(browser, client, plan):
    ask = {"Accept-Encoding": "gzip"}
    answers = [one.get(f"/ke-hoach/{plan.slug}/", headers=ask) for one in (client, browser)]
    assert [answer.headers.get("Content-Encoding") for answer in answers] == ["gzip", None]
    assert "3 nhiệm vụ" in gzip.decompress(answers[0].content).decode()


def test_a_plan_without_symbol_is_called_by_its_title(browser, province):
    plan = make_plan(province, "", title="Triển khai truyền thông chính sách")
    assert (
        "<h1>Kế hoạch triển khai truyền thông chính sách</h1>"
        in browser.get(f"/ke-hoach/{plan.slug}/").content.decode()
    )


def test_the_list_counts_and_searches(browser, province, plan):
    make_plan(province, "9/KH-UBND", title="Chuyển đổi số", date=dt.date(2025, 1, 1))
    make_plan(province, "10/KH-UBND", title="Không ngày", date=None)
    page = browser.get("/ke-hoach/").content.decode()
    assert re.findall(r'class="name"><a href="[^"]*">(?:<span class="nb">)?([^<]*)', page) == [
        "9/KH-UBND",
        "08/KH-UBND",
        "10/KH-UBND",
    ]
    assert re.findall(r'class="r cnt">(\d+)', page) == ["0", "3", "0"]
    found = browser.get("/ke-hoach/?q=chuyen+doi").content.decode()
    assert ("9/KH-UBND" in found, "08/KH-UBND" in found) == (True, False)
    assert "Không có kế hoạch nào khớp" in browser.get("/ke-hoach/?q=zzz").content.decode()


def test_strangers_list_public_plans_only_and_are_offered_nothing_to_do(client, province, plan):
    make_plan(province, "9/KH-UBND", is_public=False)
    answer = client.get("/ke-hoach/")  # asked without Accept-Encoding: as it is
    page = answer.content.decode()
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert re.findall(r'class="name"><a href="([^"]*)">', page) == [f"/ke-hoach/{plan.slug}/"]
    assert ("/ke-hoach-moi/" in page, "Cần xem" in page, "Nội bộ" in page) == (False, False, False)


@pytest.mark.parametrize(("role", "invited"), [("officer", True), ("head", True), ("auditor", False)])
@pytest.mark.parametrize("page", ["/ke-hoach/", "/so-nhiem-vu/"])
def test_only_who_may_import_is_invited_to(client_of, province, page, role, invited):
    assert ('href="/ke-hoach-moi/"' in client_of(make_member(province, role)).get(page).content.decode()) == invited


def test_an_empty_list_teaches(browser):
    assert "Chưa có kế hoạch nào" in browser.get("/ke-hoach/").content.decode()


def test_queries_do_not_grow(browser, province, plan, django_assert_max_num_queries):
    for n in range(30):
        make_task(plan, f"Thêm {n}", lead=[make_organisation(parent=province)])
        make_plan(province)
    for address in (f"/ke-hoach/{plan.slug}/", "/ke-hoach/"):
        with django_assert_max_num_queries(20):
            browser.get(address)


class TestYearStrip:
    def test_marks_stand_where_their_day_is(self):
        today = dt.date(2024, 11, 18)
        days = [
            dt.date(2024, 1, 1),
            dt.date(2024, 11, 30),
            dt.date(2024, 11, 30),
            dt.date(2024, 12, 31),
            dt.date(2025, 1, 1),
        ]
        strip = year_strip(days, 2024, today, 374.0)
        assert [(mark.kind, mark.count, mark.x) for mark in strip.marks] == [
            ("past", 1, 4.5), ("need", 2, 338.5), ("hollow", 1, 369.5)
        ]  # fmt: skip
        assert (strip.today, strip.months[1].x) == (326.5, 35.0)

    def test_the_year_that_matters(self):
        today = dt.date(2026, 5, 1)
        years = [
            year_to_show([dt.date(year, 1, 1) for year in given], today)
            for given in ((2024, 2026), (2024, 2025), (), (2030, 2029))
        ]
        assert years == [2026, 2025, None, 2029]
