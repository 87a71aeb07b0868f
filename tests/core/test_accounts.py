"""Accounts: invited, signed in with password and code, throttled, reset by letter."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import NoReverseMatch, reverse
from tests.factories import make_member, make_organisation, make_user

from nhipcau.core import accounts, actions
from nhipcau.core.acts import Actor, Refused
from nhipcau.core.models import AuditEvent, Notice, OutboxMessage, User
from nhipcau.core.notices import unread_count
from nhipcau.core.passwords import LongEnough, NotEverybodys, NotOnesName

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-dai-1"
LOGIN = "/tai-khoan/dang-nhap/"
WRONG = "Thư điện tử hoặc mật khẩu không đúng. Bạn hãy kiểm tra chữ hoa, chữ thường rồi nhập lại."
WAIT_HERE = (
    "Đã nhập sai quá nhiều lần từ máy hoặc mạng này. Bạn hãy đợi 15 phút rồi thử lại, hoặc đặt lại mật khẩu qua thư để "
    "vào ngay. Tài khoản không bị khóa ở nơi khác."
)


@pytest.fixture(autouse=True)
def _own_cache(settings, tmp_path):
    """Throttling counts in the cache; each test begins to count anew."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }


@pytest.fixture
def an() -> User:
    return make_member(make_organisation(), user=make_user("Nguyễn Văn An", "an@example.vn"))


def sign_in(client: Client, password: str = PASSWORD, email: str = "an@example.vn", **extra):
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def is_signed_in(client: Client) -> bool:
    return client.get("/tuy-chon/").status_code == 200


def errors(answer) -> list[str]:
    return [error for of_field in answer.context["form"].errors.values() for error in of_field]


def link_in(letter: OutboxMessage) -> str:
    (found,) = re.findall(r"https?://\S+/dat-mat-khau/\S+", letter.body)
    return urlsplit(found).path


def opens(link: str, later: dt.timedelta) -> bool:
    """Whether the link leads on to the form after this time."""
    with pytest.MonkeyPatch.context() as patch:
        now = dt.datetime.now() + later
        patch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda _self: now)
        return Client().get(link).status_code == 302


def code_now(secret: str) -> str:
    """What the application on the phone shows."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def turn_second_factor_on(client: Client) -> str:
    sign_in(client)
    way = client.get("/tai-khoan/xac-thuc-hai-buoc/bat/")["Location"]  # what matters asks for the password once more
    client.post(way, {"password": PASSWORD}, follow=True)
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/tai-khoan/xac-thuc-hai-buoc/bat/", {"code": code_now(secret)})
    assert answer["Location"] == "/tai-khoan/ma-du-phong/"
    return secret


class TestSigningIn:
    def test_with_address_and_password(self, client, an):
        assert sign_in(client)["Location"] == reverse("home")
        assert is_signed_in(client)

    def test_capitals_in_the_address_do_not_matter(self, client, an):
        sign_in(client, email="AN@Example.vn")
        assert is_signed_in(client)

    def test_one_comes_back_to_where_one_was_going(self, client, an):
        assert sign_in(client, next="/tuy-chon/")["Location"] == "/tuy-chon/"

    def test_but_never_to_another_site(self, client, an):
        assert sign_in(client, next="https://evil.vn/")["Location"] == reverse("home")

    @pytest.mark.parametrize("email", ["an@example.vn", "khong-co@example.vn"])
    def test_a_wrong_password_and_an_unknown_address_read_alike(self, client, an, email):
        answer = sign_in(client, "sai-mat-khau", email)
        assert errors(answer) == [WRONG]
        assert not is_signed_in(client)

    def test_who_left_cannot_sign_in(self, client, an):
        User.objects.update(is_active=False)
        sign_in(client)
        assert not is_signed_in(client)

    def test_who_leaves_is_signed_out(self, client, an):
        sign_in(client)
        User.objects.update(is_active=False)
        assert not is_signed_in(client)

    def test_after_five_failures_even_the_right_password_waits_there(self, client, an):
        for _attempt in range(5):
            assert errors(sign_in(client, "sai-mat-khau")) == [WRONG]
        assert errors(sign_in(client)) == [WAIT_HERE]
        assert not is_signed_in(client)

    def test_a_right_password_counts_for_nothing(self, client, an):
        for _attempt in range(8):
            sign_in(other := Client())
            assert is_signed_in(other)

    def test_a_letter_leads_around_the_wait(self, client, an):
        for _attempt in range(6):
            sign_in(client, "sai-mat-khau")
        client.post("/tai-khoan/quen-mat-khau/", {"email": "an@example.vn"})
        address = client.get(link_in(OutboxMessage.objects.get()), follow=True).request["PATH_INFO"]
        client.post(address, {"password1": "mot-mat-khau-moi-2", "password2": "mot-mat-khau-moi-2"})
        assert is_signed_in(client)
        client.post("/tai-khoan/dang-xuat/")
        sign_in(client, "mot-mat-khau-moi-2")
        assert is_signed_in(client)

    def test_another_person_is_not_locked_out_with_them(self, client, an):
        make_user(email="binh@example.vn")
        for _attempt in range(6):
            sign_in(client, "sai-mat-khau")
        sign_in(client, email="binh@example.vn")
        assert is_signed_in(client)

    def test_signing_out_needs_a_post(self, client, an):
        sign_in(client)
        client.get("/tai-khoan/dang-xuat/")
        assert is_signed_in(client)
        client.post("/tai-khoan/dang-xuat/")
        assert not is_signed_in(client)

    def test_nobody_signs_up(self, client):
        assert client.get("/tai-khoan/dang-ky/")["Location"] == LOGIN
        client.post("/tai-khoan/dang-ky/", {"email": "x@example.vn", "password1": PASSWORD, "password2": PASSWORD})
        assert User.objects.count() == 0

    def test_nobody_changes_their_own_address(self):
        with pytest.raises(NoReverseMatch):
            reverse("account_email")

    def test_passwords_are_kept_with_argon2(self, settings):
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        assert make_user().password.startswith("argon2$argon2id$")


class TestInvitations:
    def test_a_new_person_chooses_a_password_and_is_in(self, client):
        person, is_new = accounts.invite(" Binh@Example.vn ", "Trần  Bình", organisation_name="Sở Tư pháp")
        assert (person.email, person.name, is_new, person.has_usable_password()) == (
            "binh@example.vn",
            "Trần Bình",
            True,
            False,
        )
        letter = OutboxMessage.objects.get()
        assert letter.to == "binh@example.vn"
        assert letter.body.split("\n\n")[:2] == [
            "Kính gửi Trần Bình,",
            "Sở Tư pháp đã tạo cho bạn một tài khoản trên Nhịp Cầu để làm việc với các kế hoạch truyền thông chính "
            "sách.",
        ]
        form = client.get(link_in(letter), follow=True)
        assert form.status_code == 200
        address = form.request["PATH_INFO"]
        client.post(address, {"password1": "cau-bac-qua-song-lon", "password2": "cau-bac-qua-song-lon"})
        assert is_signed_in(client)

    def test_the_link_works_once(self, client):
        accounts.invite("binh@example.vn", "Bình", organisation_name="Sở Tư pháp")
        link = link_in(OutboxMessage.objects.get())
        address = client.get(link, follow=True).request["PATH_INFO"]
        client.post(address, {"password1": "cau-bac-qua-song-lon", "password2": "cau-bac-qua-song-lon"})
        answer = Client().get(link, follow=True)
        assert answer.context["token_fail"] is True

    def test_it_may_wait_for_days_and_the_letter_says_so(self, client, settings):
        person, _new = accounts.invite("binh@example.vn", "Bình", organisation_name="Sở Tư pháp")
        letter = OutboxMessage.objects.get()
        assert "đường dẫn dùng được một lần, trong 7 ngày:" in letter.body
        assert opens(link_in(letter), dt.timedelta(days=6, hours=23))
        assert not opens(link_in(letter), dt.timedelta(days=7, hours=1))

    def test_who_never_opened_the_letter_gets_it_again(self):
        person, _new = accounts.invite("binh@example.vn", "Bình", organisation_name="Sở Tư pháp")
        assert accounts.invite("binh@example.vn", "Bình", organisation_name="Sở Nội vụ") == (person, False)
        assert [letter.to for letter in OutboxMessage.objects.all()] == ["binh@example.vn"] * 2

    def test_who_has_an_account_keeps_it(self, an):
        assert accounts.invite("AN@example.vn", "Khác", organisation_name="Sở Tư pháp") == (an, False)
        assert (User.objects.get().name, OutboxMessage.objects.count()) == ("Nguyễn Văn An", 0)

    @pytest.mark.parametrize("address", ["", "khong-phai", "a@", "a b@example.vn"])
    def test_an_address_must_be_one(self, address):
        with pytest.raises(ValidationError):
            accounts.invite(address, "An", organisation_name="Sở Tư pháp")
        assert User.objects.count() == 0

    def test_the_letter_is_in_the_persons_language(self):
        accounts.invite("binh@example.vn", "Bình", organisation_name="Sở Tư pháp", language="en")
        assert OutboxMessage.objects.get().language == "en"


class TestPasswords:
    def test_a_forgotten_one_is_reset_by_letter(self, client, an, settings):
        settings.SITE_URL = "https://nhipcau.example.vn"
        answer = client.post("/tai-khoan/quen-mat-khau/", {"email": "an@example.vn"})
        assert answer["Location"] == "/tai-khoan/quen-mat-khau/da-gui/"
        letter = OutboxMessage.objects.get()
        assert letter.subject == "[Nhịp Cầu] Đặt lại mật khẩu"
        assert "https://nhipcau.example.vn/tai-khoan/dat-mat-khau/" in letter.body
        address = client.get(link_in(letter), follow=True).request["PATH_INFO"]
        client.post(address, {"password1": "mot-mat-khau-moi-2", "password2": "mot-mat-khau-moi-2"})
        sign_in(Client(), "mot-mat-khau-moi-2")
        assert User.objects.get().check_password("mot-mat-khau-moi-2")

    def test_the_link_to_an_account_with_a_password_is_good_for_two_hours(self, client, an):
        client.post("/tai-khoan/quen-mat-khau/", {"email": "an@example.vn"})
        letter = OutboxMessage.objects.get()
        assert "đường dẫn dùng được một lần, trong 2 giờ." in " ".join(letter.body.split())
        assert opens(link_in(letter), dt.timedelta(hours=1, minutes=59))
        assert not opens(link_in(letter), dt.timedelta(hours=2, minutes=1))

    def test_the_link_to_an_invited_person_is_short_lived_once_they_have_a_password(self, an):
        person, _new = accounts.invite("binh@example.vn", "Bình", organisation_name="Sở Tư pháp")
        link = link_in(OutboxMessage.objects.get())
        person.set_password(PASSWORD)
        person.save()
        assert not opens(link, dt.timedelta(0))

    def test_an_unknown_address_reads_the_same_and_gets_no_letter(self, client, an):
        answer = client.post("/tai-khoan/quen-mat-khau/", {"email": "khong-co@example.vn"})
        assert answer["Location"] == "/tai-khoan/quen-mat-khau/da-gui/"
        assert OutboxMessage.objects.count() == 0

    def test_the_requests_host_is_not_trusted(self, client, an, settings):
        settings.ALLOWED_HOSTS = ["*"]
        settings.SITE_URL = "https://nhipcau.example.vn"
        client.post("/tai-khoan/quen-mat-khau/", {"email": "an@example.vn"}, headers={"Host": "evil.vn"})
        assert "evil.vn" not in OutboxMessage.objects.get().body

    def test_asking_too_often_is_stopped_with_a_sentence(self, client, an):
        answers = [client.post("/tai-khoan/quen-mat-khau/", {"email": "an@example.vn"}) for _attempt in range(6)]
        assert [answer.status_code for answer in answers] == [302] * 5 + [429]
        assert "Bạn hãy đợi vài phút rồi thử lại." in answers[-1].content.decode()

    @pytest.mark.parametrize(
        ("old", "new", "again", "said"),
        [
            ("sai", "mot-mat-khau-moi-2", "mot-mat-khau-moi-2", "Mật khẩu hiện tại không đúng. Bạn hãy nhập lại."),
            (PASSWORD, "mot-mat-khau-moi-2", "khac", "Hai mật khẩu chưa giống nhau. Bạn hãy nhập lại."),
            (PASSWORD, "ngan", "ngan", LongEnough(10).get_error_message()),
            (
                PASSWORD,
                "password123",
                "password123",
                NotEverybodys().get_error_message(),
            ),
            (PASSWORD, "nguyenvanan1", "nguyenvanan1", NotOnesName().get_error_message()),
            (PASSWORD, "", "", "Bạn hãy điền ô này."),
        ],
    )
    def test_changing_says_what_is_wrong(self, client, an, old, new, again, said):
        sign_in(client)
        answer = client.post("/tai-khoan/mat-khau/", {"oldpassword": old, "password1": new, "password2": again})
        assert errors(answer)[0] == said
        assert User.objects.get().check_password(PASSWORD)

    def test_changing_keeps_one_signed_in_and_sends_word(self, client, an):
        sign_in(client)
        answer = client.post(
            "/tai-khoan/mat-khau/",
            {"oldpassword": PASSWORD, "password1": "mot-mat-khau-moi-2", "password2": "mot-mat-khau-moi-2"},
        )
        assert answer["Location"] == "/tuy-chon/"
        assert is_signed_in(client)
        assert [letter.subject for letter in OutboxMessage.objects.all()] == ["[Nhịp Cầu] Mật khẩu đã đổi"]


class TestSecondFactor:
    def test_it_is_asked_after_the_password(self, client, an):
        secret = turn_second_factor_on(client)
        other = Client()
        assert sign_in(other)["Location"].startswith("/tai-khoan/xac-thuc-hai-buoc/nhap-ma/")
        assert not is_signed_in(other)
        other.post("/tai-khoan/xac-thuc-hai-buoc/nhap-ma/", {"code": "000000"})
        assert not is_signed_in(other)
        Authenticator.objects.filter(type="totp").update(last_used_at=None)
        other.post("/tai-khoan/xac-thuc-hai-buoc/nhap-ma/", {"code": code_now(secret)})
        assert is_signed_in(other)

    def test_a_wrong_code_says_so(self, client, an):
        turn_second_factor_on(client)
        other = Client()
        sign_in(other)
        answer = other.post("/tai-khoan/xac-thuc-hai-buoc/nhap-ma/", {"code": "000000"})
        assert errors(answer) == ["Mã không đúng hoặc đã hết hạn. Bạn hãy nhập mã đang hiện trên điện thoại."]

    def test_a_recovery_code_opens_once(self, client, an):
        turn_second_factor_on(client)
        codes = client.get("/tai-khoan/ma-du-phong/").context["unused_codes"]
        assert len(codes) == 10
        signed_in = []
        for _attempt in range(2):
            other = Client()
            sign_in(other)
            other.post("/tai-khoan/xac-thuc-hai-buoc/nhap-ma/", {"code": codes[0]})
            signed_in.append(is_signed_in(other))
        assert signed_in == [True, False]

    def test_its_secret_does_not_stand_in_the_database(self, client, an):
        secret = turn_second_factor_on(client)
        rows = str(list(Authenticator.objects.values_list("data", flat=True)))
        assert secret not in rows
        assert accounts.has_second_factor(an)

    def test_a_secret_from_before_a_new_key_is_still_read(self, settings):
        adapter = accounts.MFAAdapter()
        kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another-key"
        assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"

    def test_it_can_be_turned_off(self, client, an):
        turn_second_factor_on(client)
        client.post("/tai-khoan/xac-thuc-hai-buoc/tat/")
        assert not accounts.has_second_factor(an)
        sign_in(other := Client())
        assert is_signed_in(other)

    def test_a_password_reset_does_not_go_around_it(self, client, an):
        turn_second_factor_on(client)
        other = Client()
        other.post("/tai-khoan/quen-mat-khau/", {"email": "an@example.vn"})
        letter = OutboxMessage.objects.get(subject="[Nhịp Cầu] Đặt lại mật khẩu")
        address = other.get(link_in(letter), follow=True).request["PATH_INFO"]
        other.post(address, {"password1": "mot-mat-khau-moi-2", "password2": "mot-mat-khau-moi-2"})
        assert not is_signed_in(other)

    @pytest.mark.parametrize(("role", "advised"), [("head", 1), ("administrator", 1), ("officer", 0)])
    def test_who_can_do_much_is_advised_once(self, client, role, advised):
        make_member(make_organisation(), role, user=make_user(email="an@example.vn"))
        sign_in(client)
        sign_in(Client())
        assert Notice.objects.filter(url="/tai-khoan/xac-thuc-hai-buoc/").count() == advised
        assert OutboxMessage.objects.count() == 0

    def test_the_advice_is_settled_by_following_it(self, client, django_capture_on_commit_callbacks):
        head = make_member(make_organisation(), "head", user=make_user(email="an@example.vn"))
        with django_capture_on_commit_callbacks(execute=True):
            turn_second_factor_on(client)
        assert unread_count(head.pk) == 0
        assert Notice.objects.count() == 1

    def test_the_other_way_to_prove_oneself_is_offered_in_our_words(self, client, an):
        turn_second_factor_on(client)
        page = client.get("/tai-khoan/xac-thuc-hai-buoc/nhap-lai-ma/").content.decode()
        assert ("Dùng mật khẩu" in page, "Use your password" in page) == (True, False)


class TestTrail:
    def acts(self) -> list[tuple[str, int, list[str]]]:
        return [(event.act, event.person_id, list(event.fields)) for event in AuditEvent.objects.order_by("pk")]

    def test_what_people_do_with_their_accounts_is_audited(self, client, an, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):  # allauth tells when its transaction has committed
            turn_second_factor_on(client)
        client.post("/tai-khoan/xac-thuc-hai-buoc/tat/")
        client.post(
            "/tai-khoan/mat-khau/",
            {"oldpassword": PASSWORD, "password1": "mot-mat-khau-moi-2", "password2": "mot-mat-khau-moi-2"},
        )
        client.post("/tuy-chon/", {"name": "Nguyễn An", "language": "vi", "theme": ""})
        assert self.acts() == [
            ("account.turn_second_factor_on", an.pk, ["second_factor"]),
            ("account.turn_second_factor_off", an.pk, ["second_factor"]),
            ("account.set_password", an.pk, []),
            ("account.change_preferences", an.pk, ["name"]),
        ]

    def test_nobody_changes_anothers_account(self, an):
        with pytest.raises(Refused) as refused:
            actions.set_password(Actor(person_id=an.pk + 1), an, "mot-mat-khau-moi-2")
        assert refused.value.reason == "Bạn chỉ thay đổi được tài khoản của chính mình."


class TestPages:
    @pytest.mark.parametrize(
        "name",
        ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"],
    )
    def test_they_open_for_strangers_in_vietnamese(self, client, name):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Content-Language"]) == (200, "vi")

    @pytest.mark.parametrize(
        "name",
        ["account_change_password", "account_logout", "account_reauthenticate", "mfa_index"],
    )
    def test_they_open_for_the_person(self, client, an, name):
        sign_in(client)
        assert client.get(reverse(name)).status_code == 200

    def test_every_field_has_a_label_of_ours(self, client, an):
        sign_in(client)
        labels = [str(field.label) for field in client.get(reverse("account_change_password")).context["form"]]
        assert labels == ["Mật khẩu đang dùng", "Mật khẩu mới", "Ghi lại mật khẩu mới"]
