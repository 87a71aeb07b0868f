"""Accounts: how allauth behaves here, and how a person gets an account.

Accounts are made by administrators, never by whoever comes along. Every letter goes through the outbox: a page never
waits for the mail server, and its answer takes as long for an unknown address as for a known one.
"""

# allauth carries no types.
# mypy: allow-subclassing-any, no-warn-return-any

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import actions, guessing, notices
from .actors import Actor
from .links import LinkTokens, lifetime_in_words
from .models import Notice, OutboxMessage, User
from .vault import vault

ADVISED = frozenset({"head", "administrator"})  # whose account opens so much that a password alone is little
ADVICE = "account.second-factor"


def invite(email: str, name: str, *, organisation_name: str, language: str = "vi") -> tuple[User, bool]:
    """The account of the person with this address, made if there is none, and whether it was made.

    Who has no password yet gets a letter, through the outbox, with a link by which they choose one (valid for
    ``INVITATION_TIMEOUT``): a new person, and one who never opened the letter before. Call it inside the act that
    invites. Raises ``ValidationError`` for an address that is none.
    """
    address = email.strip().lower()
    validate_email(address)
    known = User.objects.filter(email=address).first()
    if known is not None:
        if known.is_active and not known.has_usable_password():
            send_set_password_link(known, organisation_name)
        return known, False
    user = User.objects.create_user(address, None, name=" ".join(name.split()), language=language)
    send_set_password_link(user, organisation_name)
    return user, True


def send_set_password_link(user: User, organisation_name: str) -> None:
    """Write the letter with the link by which an invited person chooses their password; again when the first one is out
    of date."""
    login = f"{settings.SITE_URL}{reverse('account_login')}"
    with translation.override(user.language):
        subject = _("Tài khoản của bạn trên Nhịp Cầu")
        paragraphs = [
            _("Kính gửi %(name)s,") % {"name": user.name},
            _(
                "%(organisation)s đã tạo cho bạn một tài khoản trên Nhịp Cầu để làm việc với các kế hoạch truyền thông "
                "chính sách."
            )
            % {"organisation": organisation_name},
            _("Bạn hãy mở đường dẫn sau để đặt mật khẩu; đường dẫn dùng được một lần, trong %(time)s:")
            % {"time": lifetime_in_words(user)},
            set_password_link(user),
            _("Nếu đường dẫn đã hết hạn, bạn hãy mở trang đăng nhập và chọn “Đặt lại mật khẩu”: %(login)s")
            % {"login": login},
        ]
    body = "\n\n".join(paragraphs)
    OutboxMessage.objects.create(to=user.email, language=user.language, subject=subject, body=body)


def set_password_link(user: User) -> str:
    """The address at which this person, and whoever holds the address, chooses a password; it works once."""
    key = LinkTokens().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.SITE_URL}{path}"


def has_second_factor(user: User) -> bool:
    """Whether signing in asks this person for a code after the password."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up; letters through the outbox; links that do not trust the request's host; our sentences."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Tài khoản này đã ngừng hoạt động. Bạn hãy báo người quản trị của cơ quan."),
        "email_password_mismatch": gettext_lazy(
            "Thư điện tử hoặc mật khẩu không đúng. Bạn hãy kiểm tra chữ hoa, chữ thường rồi nhập lại."
        ),
        "enter_current_password": gettext_lazy("Mật khẩu hiện tại không đúng. Bạn hãy nhập lại."),
        "incorrect_code": gettext_lazy("Mã không đúng hoặc đã hết hạn. Bạn hãy nhập mã đang hiện trên điện thoại."),
        "incorrect_password": gettext_lazy("Mật khẩu không đúng. Bạn hãy nhập lại."),
        "invalid_login": gettext_lazy("Thư điện tử hoặc mật khẩu không đúng. Bạn hãy nhập lại."),
        "invalid_password_reset": gettext_lazy("Đường dẫn đã hết hạn hoặc đã dùng. Bạn hãy xin thư mới."),
        "rate_limited": gettext_lazy("Bạn đã thử quá nhiều lần. Bạn hãy đợi vài phút rồi thử lại."),
        "too_many_login_attempts": gettext_lazy("Đã nhập sai quá nhiều lần. Bạn hãy đợi 15 phút rồi thử lại."),
        "unknown_email": gettext_lazy("Không có tài khoản nào dùng địa chỉ này."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user")
        language = user.language if isinstance(user, User) else translation.get_language() or "vi"
        with translation.override(language):
            site = {"domain": urlsplit(settings.SITE_URL).netloc}
            good_for = lifetime_in_words(user) if isinstance(user, User) else ""
            known = {"email": email, "current_site": site, "good_for": good_for}
            letter = self.render_mail(template_prefix, email, {**known, **context})
        OutboxMessage.objects.create(to=email, language=language, subject=letter.subject[:200], body=letter.body)

    def format_email_subject(self, subject: str) -> str:
        return f"[Nhịp Cầu] {subject}"

    def get_reset_password_from_key_url(self, key: str) -> str:
        uidb36, _dash, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
        return f"{settings.SITE_URL}{path}"

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        words = {"reauthenticate": _("Dùng mật khẩu"), "mfa_reauthenticate": _("Dùng mã xác thực")}
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words.get(method["id"], method["description"])} for method in methods]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        login = str(credentials.get("email", ""))
        own = request.user.is_authenticated and request.user.email == login.lower()
        try:
            self._attempt = guessing.attempt(request, login, is_signed_in=own)
        except guessing.TooMany as stop:
            raise ValidationError(_said(stop), code="too_many_login_attempts") from stop

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user is not None:
            self._attempt.was_right()
        return user

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        assert isinstance(user, User)
        user.password = actions.set_password(Actor(person_id=user.pk), user, password).password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("preferences")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        if isinstance(user, User):
            guessing.remember_device(request, response, user.email)
            _advise(request, user)
        return response


class MFAAdapter(DefaultMFAAdapter):
    """TOTP and recovery codes; their secrets stand encrypted in the database, under the installation's own key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": gettext_lazy("Không tắt được xác thực hai bước cho tài khoản này."),
        "cannot_generate_recovery_codes": gettext_lazy("Bạn hãy bật xác thực hai bước trước khi tạo mã dự phòng."),
    }

    def encrypt(self, text: str) -> str:
        return vault("second-factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault("second-factor").decrypt(encrypted_text.encode()).decode()


def note_second_factor(sender: object, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """allauth has added or removed something; where it is the second factor itself, that is an act of the person."""
    if authenticator.type == Authenticator.Type.TOTP:
        is_on = Authenticator.objects.filter(pk=authenticator.pk).exists()
        turn = actions.turn_second_factor_on if is_on else actions.turn_second_factor_off
        turn(Actor(person_id=user.pk), user)
        if is_on:
            Notice.objects.filter(person_id=user.pk, kind=ADVICE, read_at=None).update(read_at=timezone.now())


def _said(stop: guessing.TooMany) -> str:
    """What a person reads who may not try now: for how long, why, and what helps."""
    minutes = -(-stop.wait // 60)
    if stop.wait < 60:
        wait = ngettext("%(count)d giây", "%(count)d giây", stop.wait) % {"count": stop.wait}
    else:
        wait = ngettext("%(count)d phút", "%(count)d phút", minutes) % {"count": minutes}
    if stop.is_account:
        return _(
            "Tài khoản này vừa bị thử sai mật khẩu nhiều lần từ nhiều nơi, nên máy chưa từng đăng nhập phải đợi giữa hai "
            "lần thử. Bạn hãy đợi %(wait)s rồi thử lại, hoặc đặt lại mật khẩu qua thư để vào ngay."
        ) % {"wait": wait}
    return _(
        "Đã nhập sai quá nhiều lần từ máy hoặc mạng này. Bạn hãy đợi %(wait)s rồi thử lại, hoặc đặt lại mật khẩu qua thư "
        "để vào ngay. Tài khoản không bị khóa ở nơi khác."
    ) % {"wait": wait}


def _advise(request: HttpRequest, user: User) -> None:
    """Once, in the page only: who can do much should turn the second factor on."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.has(*ADVISED) or has_second_factor(user):
        return
    if not Notice.objects.filter(person=user, kind=ADVICE).exists():
        said = _("Tài khoản của bạn mở được nhiều việc. Bạn nên bật xác thực hai bước; chỉ mất một phút.")
        notices.note([user.pk], ADVICE, said, reverse("mfa_index"), organisation_id=actor.organisation_id)


__all__ = [
    "AccountAdapter",
    "MFAAdapter",
    "ValidationError",
    "has_second_factor",
    "invite",
    "note_second_factor",
    "send_set_password_link",
    "set_password_link",
]
