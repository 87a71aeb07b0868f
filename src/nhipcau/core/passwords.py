"""What a password must be, in sentences that say what to do. Rules after NIST SP 800-63B-4, section 3.1.1: long rather
than complicated, not one that everybody uses, not one's own name, no change by the calendar. How long is the operator's
choice (``PASSWORD_LENGTH``, 10 unless said): NIST asks for 15 signs where a password is the only factor and 8 beside a
second one, OWASP ASVS 5.0 (6.2.1) for 8 and advises 15."""

from __future__ import annotations

from django.contrib.auth import password_validation as given
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(given.MinimumLengthValidator):
    """At least ``min_length`` signs."""

    def get_error_message(self) -> str:
        return ngettext(
            "Mật khẩu ngắn quá. Bạn hãy dùng ít nhất %(count)d ký tự; một câu ngắn dễ nhớ là tốt nhất.",
            "Mật khẩu ngắn quá. Bạn hãy dùng ít nhất %(count)d ký tự; một câu ngắn dễ nhớ là tốt nhất.",
            self.min_length,
        ) % {"count": self.min_length}

    def get_help_text(self) -> str:
        return ngettext("Ít nhất %(count)d ký tự.", "Ít nhất %(count)d ký tự.", self.min_length) % {
            "count": self.min_length
        }


class NotOnesName(given.UserAttributeSimilarityValidator):
    """Not the person's name or address."""

    DEFAULT_USER_ATTRIBUTES = ("email", "name")

    def __init__(self) -> None:
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self) -> str:
        return _("Mật khẩu giống tên hoặc địa chỉ thư của bạn nên dễ đoán. Bạn hãy chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return _("Khác tên và địa chỉ thư của bạn.")


class NotEverybodys(given.CommonPasswordValidator):
    """Not on the list of the 20,000 that are tried first."""

    def get_error_message(self) -> str:
        return _("Nhiều người dùng mật khẩu này nên dễ đoán. Bạn hãy chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return _("Không phải mật khẩu nhiều người dùng.")
