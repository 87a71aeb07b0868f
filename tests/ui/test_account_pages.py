"""The door and one's own account, as a person without JavaScript goes through them."""

from __future__ import annotations

import base64
import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from tests.factories import make_member, make_organisation

from nhipcau.core.models import OutboxMessage

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-dai-1"


def text(response) -> str:
    return response.content.decode()


def own_code(html: str) -> str:
    """The code that an authenticator app shows for the secret on the page."""
    secret = re.search(r'id="khoa" readonly value="([A-Z2-7]+)"', html)[1]
    assert base64.b32decode(secret)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def person():
    return make_member(make_organisation())


def test_a_wrong_password_is_said_and_the_address_stays(client, person):
    html = text(client.post("/tai-khoan/dang-nhap/", {"login": person.email, "password": "khong-dung"}))
    assert f'value="{person.email}"' in html
    assert 'role="alert"' in html
    assert "khong-dung" not in html


def test_the_labels_of_the_door_are_ours(client):
    html = text(client.get("/tai-khoan/dang-nhap/"))
    assert re.findall(r"<label for=\"id_\w+\">([^<]+)</label>", html) == ["Thư điện tử công vụ", "Mật khẩu"]
    assert "placeholder=" not in re.search(r"<main.*</main>", html, re.DOTALL)[0]


def test_signing_in_leads_to_the_first_page(client, person):
    response = client.post("/tai-khoan/dang-nhap/", {"login": person.email, "password": PASSWORD})
    assert response.status_code == 302
    assert response.headers["Location"] == "/ban-lam-viec/"


def test_a_forgotten_password_comes_back_by_letter(client, person):
    response = client.post("/tai-khoan/quen-mat-khau/", {"email": person.email}, follow=True)
    assert "Đã gửi thư" in text(response)
    letter = OutboxMessage.objects.get(to=person.email)
    assert "Kính gửi bạn," in letter.body
    link = re.search(r"https?://[^/]+(/\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    action = re.search(r'<form method="post" action="([^"]+)" class="stack"', text(page))[1]
    done = client.post(action, {"password1": "mat-khau-moi-22", "password2": "mat-khau-moi-22"}, follow=True)
    assert "Đã đặt mật khẩu mới." in text(done)
    client.post("/tai-khoan/dang-xuat/")
    client.post("/tai-khoan/dang-nhap/", {"login": person.email, "password": "mat-khau-moi-22"})
    assert client.get("/ban-lam-viec/").status_code == 200


def test_a_used_link_says_so(client):
    assert "Đường dẫn hết hiệu lực" in text(client.get("/tai-khoan/dat-mat-khau/1-set-abc/"))


def test_nobody_signs_up(client):
    assert client.get("/tai-khoan/dang-ky/").headers["Location"] == "/tai-khoan/dang-nhap/"


def test_changing_the_password_refuses_a_short_one_in_words(client_of, person):
    client = client_of(person)
    data = {"oldpassword": PASSWORD, "password1": "ngan", "password2": "ngan"}
    html = text(client.post("/tai-khoan/mat-khau/", data))
    assert 'id="id_password1_error"' in html
    assert 'href="#id_password1"' in html


def test_the_second_factor_from_beginning_to_end(client, person):
    client.post("/tai-khoan/dang-nhap/", {"login": person.email, "password": PASSWORD})
    page = client.get("/tai-khoan/xac-thuc-hai-buoc/bat/", follow=True)
    if "/xac-nhan-lai/" in page.request["PATH_INFO"]:
        page = client.post(
            page.request["PATH_INFO"], {"password": PASSWORD, "next": "/tai-khoan/xac-thuc-hai-buoc/bat/"}, follow=True
        )
    assert 'src="data:image/svg+xml;base64,' in text(page)
    codes = client.post("/tai-khoan/xac-thuc-hai-buoc/bat/", {"code": own_code(text(page))}, follow=True)
    assert "Mã dự phòng" in text(codes)
    spare = re.findall(r"<code>([^<]+)</code>", text(codes))
    assert len(spare) == 10
    client.post("/tai-khoan/dang-xuat/")
    gate = client.post("/tai-khoan/dang-nhap/", {"login": person.email, "password": PASSWORD}, follow=True)
    assert "Mã xác thực" in text(gate)
    assert "/tai-khoan/" in client.get("/ban-lam-viec/").headers["Location"]
    wrong = client.post("/tai-khoan/xac-thuc-hai-buoc/nhap-ma/", {"code": "000000"})
    assert 'id="id_code_error"' in text(wrong)
    client.post("/tai-khoan/xac-thuc-hai-buoc/nhap-ma/", {"code": spare[0]})
    assert client.get("/ban-lam-viec/").status_code == 200
    index = text(client.get("/tai-khoan/xac-thuc-hai-buoc/"))
    assert "Còn 9 trong 10 mã chưa dùng" in index


def test_notices_and_preferences_are_ours(client_of, person):
    client = client_of(person)
    assert "Chưa có thông báo nào." in text(client.get("/thong-bao/"))
    assert re.findall(r"<h1>([^<]+)</h1>", text(client.get("/tuy-chon/"))) == ["Tùy chọn của tôi"]
