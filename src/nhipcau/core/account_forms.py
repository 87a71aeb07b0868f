"""allauth's forms with our words: labels, help and errors in good Vietnamese, phone keyboards that fit."""

# allauth carries no types.
# mypy: allow-subclassing-any, disable-error-code="misc"

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

EMAIL = _("Thư điện tử công vụ")
PASSWORD = _("Mật khẩu")
NEW_PASSWORD = _("Mật khẩu mới")
AGAIN = _("Ghi lại mật khẩu mới")
CODE = _("Mã 6 số hoặc mã dự phòng")


class _Worded(forms.Form):
    """Gives the fields of an allauth form the words of this house. A placeholder is no label, so there is none."""

    words: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = _("Bạn hãy điền ô này.")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _("Địa chỉ chưa đúng. Bạn hãy nhập đủ, ví dụ: ten@tinh.gov.vn.")
            if name == "code":
                # Recovery codes have digits only, too.
                field.widget.attrs.update(inputmode="numeric", autocomplete="one-time-code", autocapitalize="none")


class _SamePasswords:
    """The sentence for two new passwords that differ."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "password2" in self.errors:  # type: ignore[attr-defined]
            given = {name: self.data.get(self.add_prefix(name)) for name in ("password1", "password2")}  # type: ignore[attr-defined]
            if given["password2"] and given["password1"] != given["password2"]:
                del self.errors["password2"]  # type: ignore[attr-defined]
                self.add_error("password2", _("Hai mật khẩu chưa giống nhau. Bạn hãy nhập lại."))  # type: ignore[attr-defined]
        return cleaned


_RULE = format_lazy(_("Ít nhất {count} ký tự; một câu ngắn dễ nhớ là tốt nhất."), count=settings.PASSWORD_LENGTH)


class LoginForm(_Worded, account.LoginForm):
    """Address and password."""

    words = {"login": EMAIL, "password": PASSWORD}


class ResetPasswordForm(_Worded, account.ResetPasswordForm):
    """The address to which the link goes."""

    words = {"email": EMAIL}


class ResetPasswordKeyForm(_Worded, _SamePasswords, account.ResetPasswordKeyForm):
    """A new password, by the link of a letter."""

    words = {"password1": NEW_PASSWORD, "password2": AGAIN}
    helps = {"password1": _RULE}


class ChangePasswordForm(_Worded, _SamePasswords, account.ChangePasswordForm):
    """A new password, by the old one."""

    words = {"oldpassword": _("Mật khẩu đang dùng"), "password1": NEW_PASSWORD, "password2": AGAIN}
    helps = {"password1": _RULE}


class ReauthenticateForm(_Worded, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    words = {"password": PASSWORD}


class AuthenticateForm(_Worded, mfa.AuthenticateForm):
    """The second step of signing in."""

    words = {"code": CODE}


class MFAReauthenticateForm(_Worded, mfa.ReauthenticateForm):
    """A code once more, before something that matters."""

    words = {"code": CODE}


class ActivateTOTPForm(_Worded, totp.ActivateTOTPForm):
    """The first code proves that the phone has the secret."""

    words = {"code": _("Mã 6 số")}
