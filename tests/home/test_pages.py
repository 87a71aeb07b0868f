"""The front page, the first page of an officer, the search over everything."""

from __future__ import annotations

import re

import pytest
from tests.factories import make_member, make_organisation, make_plan, make_task

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text(response)).split())


@pytest.fixture
def province():
    return make_organisation("Ủy ban nhân dân tỉnh Thử", kind="committee")


def test_an_empty_front_page_says_what_will_stand_there(client):
    assert "Chưa có kế hoạch nào được công bố" in text(client.get("/"))


def test_the_front_page_shows_public_plans_only(client, province):
    public = make_plan(province, "08/KH-UBND", is_public=True)
    make_task(public, "Bố trí kinh phí")
    hidden = make_plan(province, "99/KH-UBND")
    make_task(hidden, "Việc chưa công bố")
    html = text(client.get("/"))
    assert "08/KH-UBND" in html
    assert "99/KH-UBND" not in html
    assert "Việc chưa công bố" not in html


def test_the_front_page_names_whose_site_it_is(client, province):
    make_organisation("Hội đồng nhân dân tỉnh Thử", kind="council")
    make_organisation("Chính phủ", level="central", kind="other")
    assert "Ủy ban nhân dân tỉnh Thử" in text(client.get("/"))


def test_a_stranger_finds_public_things_with_or_without_diacritics(client, province):
    make_task(make_plan(province, is_public=True), "Bố trí ngân sách truyền thông")
    make_task(make_plan(province), "Bố trí ngân sách bí mật")
    for query in ("ngan sach", "Ngân sách", "NGÂN  SÁCH"):
        found = words(client.get("/tim/", {"q": query}))
        assert "ngân sách truyền thông" in found
        assert "bí mật" not in found


def test_an_officer_finds_what_their_organisation_may_see(client_of, province):
    make_task(make_plan(province), "Bố trí ngân sách nội bộ")
    assert "ngân sách nội bộ" in words(client_of(make_member(province)).get("/tim/", {"q": "noi bo"}))
    other = make_organisation("Ủy ban nhân dân tỉnh Khác")
    assert "ngân sách nội bộ" not in words(client_of(make_member(other)).get("/tim/", {"q": "noi bo"}))


def test_nothing_found_says_what_to_try(client):
    html = words(client.get("/tim/", {"q": "khong co gi ca"}))
    assert "Không thấy gì cho “khong co gi ca”" in html
    assert "Bạn bớt một từ" in html


@pytest.mark.parametrize("query", ["", "   ", "%", "\x00", "<script>alert(1)</script>", "đ" * 5000, "' OR 1=1 --"])
def test_no_query_breaks_the_search(client, query):
    response = client.get("/tim/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


def test_a_script_gets_the_results_alone(client):
    response = client.get("/tim/", {"q": "bao chi"}, headers={"HX-Request": "true"})
    assert "<html" not in text(response)
    assert "HX-Request" in response.headers["Vary"]


def test_only_reading(client, client_of, province):
    assert client.post("/").status_code == 405
    assert client.post("/tim/").status_code == 405
    assert client_of(make_member(province)).post("/ban-lam-viec/").status_code == 405


def test_a_stranger_is_sent_to_the_door_and_back(client):
    response = client.get("/ban-lam-viec/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/tai-khoan/dang-nhap/?next=/ban-lam-viec/"


def test_a_new_site_teaches_the_first_step(client_of, province):
    html = text(client_of(make_member(province, "administrator", "coordinator")).get("/ban-lam-viec/"))
    assert re.findall(r'<a class="btn main" href="([^"]+)">', html) == ["/ke-hoach-moi/"]
    assert "Nhập kế hoạch đầu tiên" in html


def test_who_may_not_import_is_not_told_to(client_of, province):
    html = text(client_of(make_member(province, "auditor")).get("/ban-lam-viec/"))
    assert 'href="/ke-hoach-moi/"' not in html


def test_the_first_page_shows_the_tasks_of_my_organisation(client_of, province):
    department = make_organisation("Sở Tư pháp", parent=province)
    make_task(make_plan(province), "Kiểm tra việc thi hành Luật Tiếp cận thông tin", lead=[department])
    found = words(client_of(make_member(department)).get("/ban-lam-viec/"))
    assert "Kiểm tra việc thi hành Luật Tiếp cận thông tin" in found


def test_the_first_page_asks_little_of_the_database(client_of, province, django_assert_max_num_queries):
    department = make_organisation("Sở Tư pháp", parent=province)
    for _plan in range(3):
        plan = make_plan(province)
        for number in range(10):
            make_task(plan, f"Việc {number}", lead=[department])
    client = client_of(make_member(department))
    with django_assert_max_num_queries(17):
        client.get("/ban-lam-viec/")


def test_the_search_asks_little_of_the_database(client_of, province, django_assert_max_num_queries):
    plan = make_plan(province)
    for number in range(30):
        make_task(plan, f"Việc báo chí {number}", lead=[province])
    client = client_of(make_member(province))
    with django_assert_max_num_queries(17):
        client.get("/tim/", {"q": "bao chi"})


@pytest.mark.parametrize("address", ["/", "/tim/?q=bao+chi", "/ke-hoach/"])
def test_public_pages_travel_light_and_lay_no_cookie(client, province, address):
    for number in range(9):
        make_task(make_plan(province, is_public=True), f"Cung cấp thông tin cho báo chí {number}")
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], dict(answer.cookies)) == ("gzip", {})
    assert len(answer.content) < 20_000


@pytest.mark.parametrize(
    ("name", "shown"), [("Ủy ban nhân dân tỉnh Thử", "UBND tỉnh Thử"), ("Sở Tư pháp", "Sở Tư pháp")]
)
def test_the_masthead_names_my_organisation_shortly(client_of, name, shown):
    html = text(client_of(make_member(make_organisation(name))).get("/ban-lam-viec/"))
    assert f"<span>{shown}</span>" in html
