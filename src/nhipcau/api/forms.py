"""The form of a key."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.core.forms import DayField

from .models import Scope


class TokenForm(forms.Form):
    """What a key is for, what it may read, how long it holds."""

    name = forms.CharField(
        label=_("Dùng cho việc gì"),
        max_length=120,
        help_text=_("Ví dụ: cổng thông tin điện tử lấy danh sách kế hoạch."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Quyền của khóa"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bạn hãy chọn ít nhất một quyền.")},
    )
    expires_on = DayField(
        label=_("Dùng đến hết ngày"),
        required=False,
        help_text=_("Để trống thì khóa dùng được cho tới khi rút."),
    )
