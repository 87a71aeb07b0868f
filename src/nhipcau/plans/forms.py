"""Forms of the import and the review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.core.forms import SeveralFilesInput, UploadsField
from nhipcau.organisations.models import Level, OrganisationKind

from .models import AlignmentQuestion

_MOST_TEXT = 1_000_000
ACCEPTED = (
    ".pdf,.docx,.doc,.odt,.rtf,.txt,.html,.htm,.mht,.mhtml,"
    "image/jpeg,image/png,image/tiff,image/webp,image/bmp,.jpg,.jpeg,.png,.tif,.tiff,.webp,.bmp"
)


class ImportForm(forms.Form):
    """Files, or pasted text; each becomes a reading."""

    files = UploadsField(  # type: ignore[assignment]  # a field called as the form's own attribute for uploads
        label=_("Tệp kế hoạch"),
        required=False,
        help_text=_(
            "Word (.docx, .doc), PDF kể cả bản quét, ODT, RTF, HTML, văn bản (.txt) hoặc ảnh chụp; mỗi tệp tối đa 50 MB. "
            "Các ảnh chọn cùng lúc được ghép thành một văn bản."
        ),
        widget=SeveralFilesInput(attrs={"accept": ACCEPTED}),
    )
    camera = UploadsField(
        label=_("Chụp trang giấy"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    ordered = forms.BooleanField(required=False, widget=forms.HiddenInput)  # the sender has put the pictures in order
    text = forms.CharField(
        label=_("Hoặc dán nội dung"),
        required=False,
        max_length=_MOST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("Dán cả văn bản, từ tiêu đề đến nơi nhận."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["files"] = [*(cleaned.get("files") or ()), *(cleaned.get("camera") or ())]
        if not self.errors and not cleaned["files"] and not (cleaned.get("text") or "").strip():
            raise forms.ValidationError(_("Bạn hãy chọn một tệp hoặc dán nội dung kế hoạch."), code="nothing")
        return cleaned


class PasswordForm(forms.Form):
    """The password of an encrypted file, used once and kept nowhere."""

    password = forms.CharField(
        label=_("Mật khẩu của tệp"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
        help_text=_("Dùng một lần để đọc tệp, không được lưu lại."),
    )


class AgencyForm(forms.Form):
    """An agency that the directory does not have yet, entered while the plan is reviewed."""

    name = forms.CharField(label=_("Tên đầy đủ"), max_length=250)
    level = forms.ChoiceField(label=_("Cấp"), choices=Level.choices)
    kind = forms.ChoiceField(label=_("Loại"), choices=OrganisationKind.choices)
    is_below = forms.BooleanField(label=_("Thuộc cơ quan của tôi"), required=False)


class ReasonForm(forms.Form):
    """Why something is decided as it is."""

    reason = forms.CharField(label=_("Lý do"), max_length=500)


class EntryForm(forms.Form):
    """An entry that the reader missed, from lines of the document."""

    section = forms.ChoiceField(
        label=_("Loại mục"),
        choices=(
            ("tasks", _("Nhiệm vụ")),
            ("duties", _("Trách nhiệm của cơ quan")),
            ("reporting", _("Chế độ báo cáo")),
            ("obligations", _("Nghĩa vụ chung")),
        ),
    )
    first_line = forms.IntegerField(label=_("Từ dòng"), min_value=1)
    last_line = forms.IntegerField(label=_("Đến dòng"), min_value=1)
    text = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Để trống thì lấy đúng chữ của các dòng đã chọn."),
    )


class AnswerForm(forms.Form):
    """Why a duty of the higher plan is not in the lower one."""

    answer = forms.ChoiceField(
        label=_("Trả lời"),
        choices=AlignmentQuestion.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Bạn hãy chọn một câu trả lời."),
            "invalid_choice": _("Bạn hãy chọn một câu trả lời."),
        },
    )
    words = forms.CharField(
        label=_("Nói rõ trong một câu"),
        help_text=_("Ví dụ: đã có ở mục 3 Kế hoạch 45/KH-UBND ngày 02/02/2024."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Bạn hãy ghi một câu cho người hỏi biết.")},
    )
