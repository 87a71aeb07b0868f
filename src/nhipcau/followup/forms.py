"""Forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nhipcau.core.forms import UploadsField

from .actions.progress import LONGEST
from .gathering import MOST
from .models import Progress


class NoteForm(forms.Form):
    """A word on progress with what proves it."""

    version = forms.IntegerField(min_value=1)
    key = forms.RegexField(r"^[\w-]{8,40}$")
    progress = forms.ChoiceField(
        choices=Progress.choices,
        error_messages={
            "required": _("Bạn hãy chọn một tình trạng: chưa làm, đang làm, đã xong hoặc vướng."),
            "invalid_choice": _("Bạn hãy chọn một tình trạng: chưa làm, đang làm, đã xong hoặc vướng."),
        },
    )
    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _("Câu dài quá %(limit_value)d ký tự. Bạn hãy viết ngắn lại, hoặc gửi thành tệp.")
        },
    )
    percent = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=100,
        error_messages={
            "invalid": _("Phần trăm là một số từ 0 đến 100."),
            "min_value": _("Phần trăm là một số từ 0 đến 100."),
            "max_value": _("Phần trăm là một số từ 0 đến 100."),
        },
    )
    link = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Đường dẫn chưa đúng. Ví dụ: https://baobariavungtau.com.vn/bai-viet")},
    )
    files = UploadsField(required=False)  # type: ignore[assignment]  # a field called as the form's own attribute
    camera = UploadsField(required=False)
    find = forms.CharField(required=False, max_length=200)  # words of a thing of the house that proves it
    held = forms.CharField(required=False, max_length=20_000)
    corrects = forms.CharField(required=False, max_length=10)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["files"] = [*(cleaned.get("files") or ()), *(cleaned.get("camera") or ())]
        if len(cleaned["files"]) > MOST:
            said = ngettext(
                "Mỗi lần ghi kèm tối đa %(n)s tệp. Bạn hãy ghi thêm một lần nữa cho các tệp còn lại.",
                "Mỗi lần ghi kèm tối đa %(n)s tệp. Bạn hãy ghi thêm một lần nữa cho các tệp còn lại.",
                MOST,
            )
            self.add_error("files", said % {"n": MOST})
        return cleaned

    def said(self) -> list[str]:
        """What was refused, one sentence each."""
        return [str(text) for texts in self.errors.values() for text in texts]
