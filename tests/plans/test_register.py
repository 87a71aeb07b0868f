"""The register: filters, search, order, pages, all in the address."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.utils import timezone
from tests.factories import make_actor, make_agency_group, make_member, make_organisation, make_plan, make_task

from nhipcau.plans.models import Task, TaskAgency
from nhipcau.plans.queries.register import ORDERS, RegisterFilter, RegisterPage, filtered_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh A", kind="committee")


@pytest.fixture
def plan(province):
    return make_plan(province, "08/KH-UBND")


@pytest.fixture
def shown(province):
    """The texts of the tasks that an address shows to an officer of the province, in order."""
    actor = make_actor(province)

    def ask(address: str = "") -> list[str]:
        wanted = RegisterFilter.of(QueryDict(address))
        return list(filtered_tasks(actor, wanted, timezone.localdate()).values_list("text", flat=True))

    return ask


def ahead(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_tasks_and_reports_are_shown_unless_another_kind_is_asked_for(plan, shown):
    for kind in Task.Kind.values:
        make_task(plan, kind, kind=kind)
    asked = {kind: sorted(shown(f"kind={kind}")) for kind in ("", "duty", "all", "nonsense")}
    assert asked == {
        "": ["reporting", "task"],
        "duty": ["duty"],
        "all": ["duty", "obligation", "reporting", "task"],
        "nonsense": ["reporting", "task"],
    }


@pytest.mark.parametrize("q", ["ngân sách", "ngan sach", "NGAN SACH", "sách  ngân", "Ngân sách"])
def test_search_reads_with_and_without_marks_each_word_anywhere(plan, shown, q):
    make_task(plan, "Bố trí kinh phí từ ngân sách nhà nước")
    make_task(plan, "Ngân hàng và chính quyền")
    assert shown(f"q={q}") == ["Bố trí kinh phí từ ngân sách nhà nước"]


@pytest.mark.parametrize("q", ["đối tượng", "doi tuong", "đôi tương"])
def test_search_takes_d_with_a_stroke_for_d(plan, shown, q):
    make_task(plan, "Hỗ trợ đối tượng yếu thế")
    make_task(plan, "Dân vận")
    assert shown(f"q={q}") == ["Hỗ trợ đối tượng yếu thế"]


def test_search_finds_whole_words_and_the_beginning_of_the_last(plan, shown):
    make_task(plan, "Bố trí ngân sách nhà nước")
    make_task(plan, "Các sở, ban, ngành tuyên truyền chính sách")
    asked = ("ngan sach", "ngan sac", "nga sach", "gan", "chính", "nganh sach", "sách ngân")
    assert {q: [text[:3] for text in shown(f"q={q}")] for q in asked} == {
        "ngan sach": ["Bố "],
        "ngan sac": ["Bố "],
        "nga sach": [],
        "gan": [],
        "chính": ["Các"],
        "nganh sach": ["Các"],
        "sách ngân": ["Bố ", "Các"],  # "ngân" may still become "ngành"
    }


def test_search_takes_quotes_for_words_side_by_side(plan, shown):
    make_task(plan, "Ngân sách nhà nước")
    make_task(plan, "Sách của ngân hàng nhà nước")
    asked = ('"ngan sach"', "“nhà nước”", '"nha nuoc" sach', '"ngân sách n', '"ngan sac"')
    assert [[text[:4] for text in shown(f"q={q}")] for q in asked] == [
        ["Ngân"],
        ["Ngân", "Sách"],
        ["Ngân", "Sách"],
        ["Ngân"],
        [],
    ]


@pytest.mark.parametrize("q", ["407/QĐ-TTg", "407/qd-ttg", "407", "QĐ-TTg", "xã/phường", "phường, xã", "số 407/"])
def test_search_finds_what_signs_tie_together(plan, shown, q):
    make_task(plan, "Theo Quyết định số 407/QĐ-TTg tại các xã, phường")
    make_task(plan, "Theo Quyết định số 1407/QĐ-UBND tại khu phố")
    assert [text[:30] for text in shown(f"q={q}")] == ["Theo Quyết định số 407/QĐ-TTg "]


def test_search_finds_agencies_codes_and_sections(plan, shown):
    make_task(plan, "Một", lead=[make_organisation("Sở Nội vụ")], code="III.6.a", group="Nguồn lực, cơ chế")
    make_task(plan, "Hai")
    assert [shown(f"q={q}") for q in ("so noi vu", "iii.6.a", "nguon luc")] == [["Một"]] * 3


@pytest.mark.parametrize("q", ["%25", "_", "%00", "'", "\\", "a" * 500])
def test_search_takes_odd_signs_as_signs(plan, shown, q):
    make_task(plan, "Tham mưu")
    expected = ["Tham mưu"] if q == "%00" else []
    assert shown(f"q={q}") == expected


def test_agency_role_and_group(province, plan, shown):
    justice, finance = make_organisation("Sở Tư pháp", province), make_organisation("Sở Tài chính", province)
    departments = make_agency_group(province)
    make_task(plan, "dẫn", lead=[justice], coordinating=[finance])
    make_task(plan, "giúp", lead=[finance], coordinating=[justice])
    make_task(plan, "nhóm", lead=[departments])
    by_name = f"agency={justice.public_id}"
    assert {
        "name": shown(by_name),
        "lead": shown(f"{by_name}&role=lead"),
        "coordinating": shown(f"{by_name}&role=coordinating"),
        "through": shown(f"{by_name}&through=1"),
        "through lead": shown(f"{by_name}&through=1&role=lead"),
        "group": shown(f"agency={departments.public_id}"),
        "unknown": shown("agency=khong-co"),
    } == {
        "name": ["dẫn", "giúp"],
        "lead": ["dẫn"],
        "coordinating": ["giúp"],
        "through": ["dẫn", "giúp", "nhóm"],
        "through lead": ["dẫn", "nhóm"],
        "group": ["nhóm"],
        "unknown": [],
    }


def test_mine_is_what_names_my_organisation_or_a_group_it_belongs_to(province, plan):
    justice = make_organisation("Sở Tư pháp", province)
    make_task(plan, "tên", lead=[justice])
    make_task(plan, "nhóm", coordinating=[make_agency_group(province)])
    make_task(plan, "người khác", lead=[make_organisation("Sở Y tế", province)])
    found = filtered_tasks(make_actor(justice), RegisterFilter(agency="mine"), timezone.localdate())
    assert [task.text for task in found] == ["tên", "nhóm"]


@pytest.mark.django_db(transaction=True)
def test_what_is_recalled_for_all_who_see_the_same_plans_is_not_what_is_mine(client_of, province, plan):
    one, other, stranger = (make_organisation(name, province) for name in ("Sở Tư pháp", "Sở Y tế", "Sở Nội vụ"))
    make_task(plan, "Việc của tư pháp", lead=[one], coordinating=[other])
    make_task(plan, "Việc của y tế", lead=[other], coordinating=[one])
    hidden = make_plan(stranger, "09/KH-SNV")
    make_task(hidden, "Việc nội bộ", lead=[stranger])

    def seen(organisation, address: str) -> set[str]:
        page = client_of(make_member(organisation)).get(f"/so-nhiem-vu/?{address}").content.decode()
        return {text for text in ("Việc của tư pháp", "Việc của y tế", "Việc nội bộ") if text in page}

    both = {"Việc của tư pháp", "Việc của y tế"}
    assert [seen(who, "tat-ca=") for who in (one, other, stranger)] == [both, both, {*both, "Việc nội bộ"}]
    lead = "agency=mine&role=lead"
    assert [seen(who, lead) for who in (one, other, stranger)] == [
        {"Việc của tư pháp"}, {"Việc của y tế"}, {"Việc nội bộ"},
    ]  # fmt: skip


def test_times(plan, shown):
    make_task(plan, "quá hạn", due=ahead(-1))
    make_task(plan, "hôm nay", due=ahead(0))
    make_task(plan, "mười bốn", due=ahead(14))
    make_task(plan, "mười lăm", due=ahead(15))
    make_task(plan, "thường xuyên", time_kind="continuous")
    make_task(plan, "hằng tuần", time_kind="weekly")
    make_task(plan, "điều kiện", time_kind="other")
    make_task(plan, "không ghi")
    assert {time: shown(f"time={time}") for time in ("overdue", "soon", "continuous", "recurring", "undated")} == {
        "overdue": ["quá hạn"],
        "soon": ["hôm nay", "mười bốn"],
        "continuous": ["thường xuyên"],
        "recurring": ["hằng tuần"],
        "undated": ["điều kiện", "không ghi"],
    }


def test_this_month_and_this_year(plan, shown):
    today = timezone.localdate()
    first = today.replace(day=1)
    make_task(plan, "đầu tháng", due=first)
    make_task(plan, "tháng trước", due=first - dt.timedelta(days=1))
    make_task(plan, "cuối năm", due=dt.date(today.year, 12, 31))
    make_task(plan, "năm sau", due=dt.date(today.year + 1, 1, 1))
    month, year = set(shown("time=month")), set(shown("time=year"))
    assert ("đầu tháng" in month, "tháng trước" in month) == (True, False)
    assert ("cuối năm" in year, "năm sau" in year) == (True, False)


def test_states(plan, shown):
    make_task(plan, "sống")
    make_task(plan, "ngờ", doubtful=True)
    make_task(plan, "rút", state="withdrawn")
    make_task(plan, "muộn", due=ahead(-3))
    assert {state: set(shown(f"state={state}")) for state in ("", "doubtful", "withdrawn", "overdue", "all")} == {
        "": {"sống", "ngờ", "muộn"},
        "doubtful": {"ngờ"},
        "withdrawn": {"rút"},
        "overdue": {"muộn"},
        "all": {"sống", "ngờ", "rút", "muộn"},
    }


def test_orders(province, shown):
    later = make_plan(province, "9/KH-UBND")
    first = make_plan(province, "1/KH-UBND")
    make_task(later, "Đôn đốc", due=ahead(1))
    make_task(first, "Dự toán", due=ahead(3))
    make_task(first, "Ấn phẩm")
    make_task(first, "An ninh", due=ahead(2))
    assert {sort: shown(f"sort={sort}") for sort in ("", "-due", "name", "-name", "plan", "sai")} == {
        "": ["Đôn đốc", "An ninh", "Dự toán", "Ấn phẩm"],
        "-due": ["Dự toán", "An ninh", "Đôn đốc", "Ấn phẩm"],
        "name": ["An ninh", "Ấn phẩm", "Dự toán", "Đôn đốc"],
        "-name": ["Đôn đốc", "Dự toán", "Ấn phẩm", "An ninh"],
        "plan": ["Dự toán", "Ấn phẩm", "An ninh", "Đôn đốc"],
        "sai": ["Đôn đốc", "An ninh", "Dự toán", "Ấn phẩm"],
    }


@pytest.mark.parametrize("sort", ORDERS)
def test_no_two_tasks_have_the_same_place_in_a_list(plan, sort):
    """Else the database may give one of them on two pages and the other on none."""
    for state in ("live", "withdrawn"):  # the next version of the plan has another task at this position
        make_task(plan, "Một việc", position=1, state=state)
    actor = make_actor(plan.organisation)
    found = filtered_tasks(actor, RegisterFilter.of(QueryDict(f"state=all&sort={sort}")), timezone.localdate())
    keys = {"pk", "-pk", "id", "-id"}
    assert (found.count(), found.query.order_by[-1] in keys) == (2, True)


def test_an_address_says_the_whole_filter_and_nothing_else():
    wanted = RegisterFilter.of(QueryDict("q=đề án&plan=08-kh&state=&sort=due&role=vua&time=soon&la=1"))
    assert wanted.address() == "?q=%C4%91%E1%BB%81+%C3%A1n&plan=08-kh&time=soon"
    assert RegisterFilter.of(QueryDict(wanted.address()[1:])) == wanted


class TestPage:
    @pytest.fixture
    def browser(self, province, client_of):
        return client_of(make_member(province))

    def test_the_count_the_rows_and_the_chips_follow_the_address(self, browser, plan):
        make_task(plan, "Bố trí kinh phí", due=ahead(5), lead=["Sở Tài chính"])
        make_task(plan, "Tham mưu")
        page = browser.get("/so-nhiem-vu/?q=kinh+phi&time=soon").content.decode()
        assert re.findall(r"<b>(\d+)</b> mục", page) == ["1"]
        assert [("Bố trí kinh phí" in page), ("Tham mưu" in page)] == [True, False]
        chips = re.findall(r'class="chip" href="([^"]*)"', page)
        assert chips == ["/so-nhiem-vu/?time=soon", "/so-nhiem-vu/?q=kinh+phi"]
        assert "còn 5 ngày" in page

    def test_typing_gets_the_list_alone_with_links_of_the_same_filter(self, browser, plan):
        make_task(plan, "Bố trí kinh phí")
        part = browser.get("/so-nhiem-vu/?q=kinh", headers={"HX-Request": "true"}).content.decode()
        assert ("<html" in part, part.count("<tr role=")) == (False, 2)
        assert re.findall(r'href="(/so-nhiem-vu/tai-ve[^"]*)"', part) == [
            f"/so-nhiem-vu/tai-ve.{form}?q=kinh" for form in ("xlsx", "csv", "json", "ics")
        ]

    def test_fifty_a_page(self, browser, plan):
        for n in range(51):
            make_task(plan, f"Việc {n}")
        first, second = (browser.get(f"/so-nhiem-vu/?page={n}").content.decode() for n in (1, 2))
        assert [page.count('class="name"') for page in (first, second)] == [50, 1]
        assert (
            browser.get("/so-nhiem-vu/?page=99").status_code == browser.get("/so-nhiem-vu/?page=x").status_code == 200
        )

    def test_sections_of_the_chosen_plan(self, browser, plan):
        make_task(plan, "Một", group="Nâng cao nhận thức")
        make_task(plan, "Hai", group="Nguồn lực")
        page = browser.get(f"/so-nhiem-vu/?plan={plan.slug}").content.decode()
        section = re.findall(r'href="(/so-nhiem-vu/\?plan=[^"]*group=\w+)">Nguồn lực', page)[0].replace("&amp;", "&")
        narrowed = browser.get(section).content.decode()
        assert ("Hai</a>" in narrowed, "Một</a>" in narrowed) == (True, False)

    def test_what_comes_through_groups_is_one_link_away(self, browser, province, plan):
        justice = make_organisation("Sở Tư pháp", province)
        make_task(plan, "tên", lead=[justice])
        make_task(plan, "nhóm", lead=[make_agency_group(province)])
        page = browser.get(f"/so-nhiem-vu/?agency={justice.public_id}").content.decode()
        assert "Thêm 1 mục giao qua nhóm" in page
        assert f"?agency={justice.public_id}&amp;through=1" in page

    def test_empty_register_teaches_and_empty_search_helps(self, browser, plan):
        assert "Chưa có nhiệm vụ nào" in browser.get("/so-nhiem-vu/").content.decode()
        assert "Không có mục nào khớp" in browser.get("/so-nhiem-vu/?q=zzz").content.decode()

    def test_markup_in_texts_stays_text(self, browser, plan):
        make_task(plan, "<script>alert(1)</script>", lead=['<b title="x">'])
        page = browser.get("/so-nhiem-vu/?q=<script>").content.decode()
        assert ("<script>alert" in page, '<b title="x">' in page) == (False, False)

    def test_every_plan_is_offered_in_vietnamese_order(self, browser, province):
        for n in range(45):
            make_plan(province, f"{n}/KH-UBND")
        page = browser.get("/so-nhiem-vu/").content.decode()
        offered = re.findall(r"<option[^>]*>(\d+)/KH-UBND</option>", page)
        assert offered == [str(n) for n in range(45)]

    def test_writes_are_refused(self, browser):
        assert browser.post("/so-nhiem-vu/").status_code == 405

    def test_a_page_costs_the_same_for_one_row_and_for_fifty(self, browser, province, django_assert_max_num_queries):
        for n in range(50):
            plan = make_plan(province)
            make_task(plan, f"Việc {n}", lead=[make_organisation(parent=province)], coordinating=["ai đó"])
        with django_assert_max_num_queries(20):
            browser.get("/so-nhiem-vu/?q=viec&agency=mine")
        with django_assert_max_num_queries(20):
            assert browser.get("/so-nhiem-vu/?tat-ca=").content.decode().count('class="name"') == 50

    def test_it_comes_back_as_its_reader_left_it(self, browser, plan):
        make_task(plan, "Việc")
        browser.get("/so-nhiem-vu/?q=viec&time=soon&page=1")
        back = browser.get("/so-nhiem-vu/")
        assert (back.status_code, back["Location"]) == (302, "/so-nhiem-vu/?time=soon")
        (chip,) = browser.get(back["Location"]).context["chips"]
        assert browser.get(chip["url"]).status_code == 200
        assert browser.get("/so-nhiem-vu/").status_code == 200

    def test_others_do_not_see_it(self, client_of, plan):
        make_task(plan, "Việc kín", lead=["ai"])
        page = client_of(make_member(make_organisation())).get("/so-nhiem-vu/?kind=all&state=all").content.decode()
        assert "Việc kín" not in page


def test_roles_of_one_task_are_read_together_with_its_agency(province, plan, shown):
    """Lead by one and helped by another: role and agency must meet in the same row."""
    one, two = make_organisation("Một"), make_organisation("Hai")
    make_task(plan, "việc", lead=[one], coordinating=[two])
    assert shown(f"agency={two.public_id}&role={TaskAgency.Role.LEAD}") == []


def test_pages_of_very_many_tasks_are_the_pages_of_the_whole_order(province, client_of):
    """Beyond a thousand tasks the database walks along the order: the same rows must come, and nobody else's."""
    plans = [make_plan(province), make_plan(province), make_plan(make_organisation())]
    Task.objects.bulk_create(
        Task(
            plan=plans[n % 3],
            text=f"Việc {n % 97}",
            sort_key=f"{n % 97:03}",
            position=n,
            first_line=1,
            last_line=1,
            next_due=ahead(n % 40),
        )
        for n in range(1700)
    )
    actor, browser = make_actor(province), client_of(make_member(province))
    for address in ("", "sort=-name", "time=soon", "kind=all&state=all"):
        wanted = RegisterFilter.of(QueryDict(address))
        whole = list(filtered_tasks(actor, wanted, timezone.localdate()).values_list("public_id", flat=True))
        page = browser.get(f"/so-nhiem-vu/?{address}&page=3").content.decode()
        assert re.findall(r'class="name"><a href="/nhiem-vu/(\w+)/"', page) == whole[100:150]


def test_a_search_that_finds_very_many_stops_counting_and_goes_on_page_by_page(province, plan, client_of, monkeypatch):
    browser = client_of(make_member(province))
    monkeypatch.setattr(RegisterPage, "COUNTED", 100)
    for n in range(170):
        make_task(plan, f"Việc {n:03}", lead=["ai"])
    pages = {
        n: browser.get(f"/so-nhiem-vu/?q=viec&sort=name&page={n}").content.decode() for n in ("1", "2", "3", "4", "9")
    }
    shown = {n: re.findall(r">Việc (\d+)</a>", page) for n, page in pages.items()}
    assert [shown[n] for n in ("1", "2", "3", "4")] == [
        [f"{m:03}" for m in range(at, min(at + 50, 170))] for at in (0, 50, 100, 150)
    ]
    assert shown["9"] == shown["4"]  # beyond the last page is the last page
    assert [f'role="status">hơn <b>{known}</b>' in pages[n] for n, known in (("1", 100), ("2", 100), ("3", 150))] == [
        True
    ] * 3
    assert ["còn nữa" in page for page in pages.values()] == [True, True, True, False, False]
