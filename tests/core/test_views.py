"""The gate of officials' pages, the person's own pages, the pages for what goes wrong."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from tests.factories import make_member, make_organisation, make_user

from nhipcau import urls as all_urls
from nhipcau.core import files, notices
from nhipcau.core.acts import Refused
from nhipcau.core.models import Notice, Schedule, User, Worker
from nhipcau.core.views import official, signed_in

pytestmark = pytest.mark.django_db


@official
def desk(request):
    return HttpResponse("bàn làm việc")


@signed_in
def own(request):
    return HttpResponse("của tôi")


def raising(problem):
    def view(request):
        raise problem

    return view


urlpatterns = [
    path("thu/ban/", desk),
    path("thu/toi/", own),
    path("thu/tu-choi/", raising(Refused("Chỉ lãnh đạo được công bố."))),
    path("thu/lon/", raising(files.TooLarge(50_000_000))),
    path("thu/het-cho/", raising(OSError(28, "No space left on device"))),
    path("thu/ban-viec/", raising(OperationalError("database is locked"))),
    path("thu/cam/", raising(PermissionDenied())),
    path("thu/dai/", raising(RequestDataTooBig("too big"))),
    path("thu/hong/", raising(RuntimeError("secret detail"))),
    *all_urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    all_urls.handler400,
    all_urls.handler403,
    all_urls.handler404,
    all_urls.handler500,
)


@pytest.fixture(autouse=True)
def _these_addresses(settings):
    settings.ROOT_URLCONF = __name__


def official_person(**fields) -> User:
    return make_member(make_organisation(), user=make_user(**fields))


class TestGate:
    def test_a_stranger_is_sent_to_sign_in_and_comes_back(self, client):
        answer = client.get("/thu/ban/?q=a")
        assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/dang-nhap/?next=/thu/ban/%3Fq%3Da")

    def test_a_fragment_sends_the_whole_page_to_sign_in(self, client):
        answer = client.get(
            "/thu/ban/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/so-nhiem-vu/?q=a"}
        )
        assert (answer.status_code, answer["HX-Redirect"]) == (204, "/tai-khoan/dang-nhap/?next=/so-nhiem-vu/%3Fq%3Da")

    def test_what_was_sent_comes_back_to_its_page(self, client):
        answer = client.post("/thu/ban/", headers={"Referer": "http://testserver/so-nhiem-vu/?q=a"})
        assert answer["Location"] == "/tai-khoan/dang-nhap/?next=/so-nhiem-vu/%3Fq%3Da"

    def test_a_person_without_a_role_reads_whom_to_ask(self, client_of):
        answer = client_of(make_user()).get("/thu/ban/")
        assert answer.status_code == 403
        assert [template.name for template in answer.templates][0] == "core/no_role.html"

    def test_a_role_that_is_over_opens_nothing(self, client_of):
        person = official_person()
        person.memberships.update(valid_to=timezone.localdate() - timezone.timedelta(days=1))
        assert client_of(person).get("/thu/ban/").status_code == 403

    def test_an_official_comes_in_and_no_shared_cache_keeps_the_page(self, client_of):
        answer = client_of(official_person()).get("/thu/ban/")
        assert (answer.content.decode(), answer["Cache-Control"]) == ("bàn làm việc", "private, no-cache")

    def test_ones_own_pages_need_no_role(self, client, client_of):
        assert client_of(make_user()).get("/thu/toi/").status_code == 200
        assert client.get("/thu/toi/").status_code == 302


class TestProblems:
    @pytest.mark.parametrize(
        ("address", "status", "said"),
        [
            ("/thu/tu-choi/", 403, "Chỉ lãnh đạo được công bố."),
            ("/thu/lon/", 413, "Tệp lớn hơn 50 MB nên chưa được lưu."),
            ("/thu/het-cho/", 507, "Máy chủ đã hết chỗ lưu"),
            ("/thu/ban-viec/", 503, "Bạn hãy gửi lại sau vài giây."),
            ("/thu/dai/", 413, "Nội dung dán vào quá dài nên chưa được gửi."),
            ("/thu/cam/", 403, "<h1"),
            ("/thu/khong-co/", 404, "<h1"),
        ],
    )
    def test_each_says_what_happened(self, client, address, status, said):
        answer = client.get(address)
        assert (answer.status_code, said in answer.content.decode()) == (status, True)

    def test_a_failure_shows_no_detail(self):
        answer = Client(raise_request_exception=False).get("/thu/hong/")
        assert answer.status_code == 500
        assert ("secret detail" in answer.content.decode(), "{%" in answer.content.decode()) == (False, False)

    def test_a_form_without_its_token_is_refused_with_a_sentence(self, client_of):
        client = Client(enforce_csrf_checks=True)
        client.force_login(official_person())
        answer = client.post("/thu/ban/")
        assert answer.status_code == 403
        assert "Bạn hãy quay lại, tải lại trang rồi gửi lần nữa." in answer.content.decode()

    def test_a_form_that_is_too_long_is_refused_with_a_sentence(self, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        client = Client(enforce_csrf_checks=True)
        client.get("/tai-khoan/dang-nhap/")  # lays the cookie with the token
        answer = client.post("/thu/ban/", {"text": "x" * 2000})
        assert answer.status_code == 413
        assert "Bạn hãy lưu thành tệp rồi tải tệp lên." in answer.content.decode()


class TestHealth:
    def test_a_worker_that_was_seen_is_ok(self, client):
        Worker.objects.create(name="one", seen_at=timezone.now())
        answer = client.get("/suc-khoe/")
        assert (answer.status_code, answer.content) == (200, b"database: ok\nworker: ok\nclock: late\n")

    def test_a_worker_that_was_not_seen_is_late(self, client):
        Worker.objects.create(name="one", seen_at=timezone.now() - timezone.timedelta(minutes=5))
        assert client.get("/suc-khoe/").content == b"database: ok\nworker: late\nclock: late\n"

    def test_it_asks_four_small_questions(self, client, django_assert_num_queries):
        for kind in ("core.remind", "core.deliver"):
            Schedule.objects.create(kind=kind, next_at=timezone.now())
        with django_assert_num_queries(4):
            assert client.get("/suc-khoe/").content == b"database: ok\nworker: late\nclock: ok\n"


class TestLanguageAndTheme:
    def test_no_cookie_before_it_is_needed(self, client):
        assert list(client.get("/tai-khoan/quen-mat-khau/da-gui/").cookies) == []

    def test_the_browser_does_not_choose(self, client):
        answer = client.get("/thu/khong-co/", headers={"Accept-Language": "en"})
        assert answer["Content-Language"] == "vi"

    def test_a_stranger_chooses_for_this_browser(self, client):
        answer = client.post("/ngon-ngu/", {"language": "en", "next": "/so-nhiem-vu/?q=a"})
        assert (answer.status_code, answer["Location"]) == (302, "/so-nhiem-vu/?q=a")
        assert list(answer.cookies) == ["django_language"]
        assert client.get("/thu/khong-co/")["Content-Language"] == "en"

    def test_a_person_chooses_for_themselves_on_every_machine(self, client_of):
        person = official_person()
        client_of(person).post("/ngon-ngu/", {"language": "en"})
        assert client_of(person).get("/thu/ban/")["Content-Language"] == "en"

    def test_a_person_is_not_shown_the_language_of_who_sat_here_before(self, client_of):
        client = client_of(official_person())
        client.cookies["django_language"] = "en"
        assert client.get("/thu/ban/")["Content-Language"] == "vi"

    def test_a_language_that_there_is_not_changes_nothing(self, client):
        assert list(client.post("/ngon-ngu/", {"language": "xx"}).cookies) == []

    @pytest.mark.parametrize(
        "evil", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]
    )
    def test_it_leads_to_no_other_site(self, client, evil):
        assert client.post("/ngon-ngu/", {"language": "en", "next": evil})["Location"] == "/"

    @pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
    def test_another_site_cannot_change_it(self, client, headers):
        answer = client.post("/ngon-ngu/", {"language": "en"}, headers=headers)
        assert (answer.status_code, list(answer.cookies)) == (403, [])

    def test_it_works_without_a_token(self):
        client = Client(enforce_csrf_checks=True)
        assert client.post("/giao-dien/", {"theme": "dark"}).status_code == 302

    def test_the_theme_is_kept_and_given_back(self, client_of):
        person = make_user()
        client = client_of(person)
        client.post("/giao-dien/", {"theme": "dark"})
        assert User.objects.get().theme == "dark"
        assert client.cookies["theme"].value == "dark"
        client.post("/giao-dien/", {"theme": ""})
        assert (User.objects.get().theme, client.cookies["theme"].value) == ("", "")


class TestNotices:
    def test_a_stranger_is_sent_to_sign_in(self, client):
        for address in ("/thong-bao/", "/tuy-chon/"):
            assert client.get(address).status_code == 302
        for address in ("/thong-bao/1/", "/thong-bao/da-xem/"):
            assert client.post(address).status_code == 302

    def test_one_sees_ones_own_only(self, client_of):
        one, other = make_user(), make_user()
        notices.note([one.pk], "tests", "Việc của tôi")
        notices.note([other.pk], "tests", "Việc của người khác")
        page = client_of(one).get("/thong-bao/").content.decode()
        assert ("Việc của tôi" in page, "Việc của người khác" in page) == (True, False)

    def test_opening_one_reads_it_and_goes_there(self, client_of):
        one = make_user()
        (notice,) = notices.note([one.pk], "tests", "Một", "/so-nhiem-vu/?plan=a")
        answer = client_of(one).post(f"/thong-bao/{notice.pk}/")
        assert answer["Location"] == "/so-nhiem-vu/?plan=a"
        assert notices.unread_count(one.pk) == 0

    def test_another_persons_does_not_exist(self, client_of):
        (notice,) = notices.note([make_user().pk], "tests", "Một")
        assert client_of(make_user()).post(f"/thong-bao/{notice.pk}/").status_code == 404
        assert Notice.objects.get().read_at is None

    def test_all_are_read_at_once_and_others_stay(self, client_of):
        one, other = make_user(), make_user()
        notices.note([one.pk, other.pk], "tests", "Một")
        notices.note([one.pk], "tests", "Hai")
        answer = client_of(one).post("/thong-bao/da-xem/", follow=True)
        assert [str(said) for said in answer.context["messages"]] == ["Đã đánh dấu xem 2 thông báo."]
        assert (notices.unread_count(one.pk), notices.unread_count(other.pk)) == (0, 1)

    def test_a_page_of_notices_asks_few_questions(self, client_of, django_assert_max_num_queries):
        one = official_person()
        for number in range(60):
            notices.note([one.pk], "tests", f"Thông báo {number}")
        client = client_of(one)
        with django_assert_max_num_queries(15):
            client.get("/thong-bao/")


class TestPreferences:
    def test_they_are_kept(self, client_of):
        one = make_user("Nguyen An")
        client = client_of(one)
        answer = client.post("/tuy-chon/", {"name": "Nguyễn An", "language": "en", "theme": "dark"})
        assert answer["Location"] == "/tuy-chon/"
        one.refresh_from_db()
        assert (one.name, one.language, one.theme) == ("Nguyễn An", "en", "dark")

    def test_a_name_is_needed_and_what_was_typed_stays(self, client_of):
        answer = client_of(make_user()).post("/tuy-chon/", {"name": "", "language": "en", "theme": "dark"})
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"name": ["Bạn hãy ghi họ và tên của mình."]}
        assert answer.context["form"]["theme"].value() == "dark"

    def test_the_address_cannot_be_changed_here(self, client_of):
        one = make_user(email="an@example.vn")
        client_of(one).post("/tuy-chon/", {"name": "An", "language": "vi", "theme": "", "email": "x@example.vn"})
        assert User.objects.get().email == "an@example.vn"
