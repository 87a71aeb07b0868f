"""Forms of what surrounds an assignment: obstacles, its time, the move to a successor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.core.forms import DayField
from nhipcau.organisations.models import Organisation

from .models import Rhythm

LONGEST = 4000
_TOO_LONG = _("Đoạn này dài quá %(limit_value)d ký tự. Bạn hãy viết ngắn lại.")


class Words(forms.CharField):
    """A few sentences."""

    def __init__(self, rows: int = 4, max_length: int = LONGEST, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=max_length, widget=widget, **more)
        self.error_messages["max_length"] = _TOO_LONG


class OneOf(forms.ChoiceField):
    """One of several organisations, by public id; ``cleaned_data`` has the organisation."""

    def __init__(self, *, wrong: Any, **more: Any) -> None:
        super().__init__(error_messages={"required": wrong, "invalid_choice": wrong}, **more)
        self.organisations: dict[str, Organisation] = {}

    def offer(self, organisations: Iterable[Organisation], empty: Any = "") -> None:
        """Say which organisations there are; ``empty``: the words of the first line, which chooses none."""
        self.organisations = {one.public_id: one for one in organisations}
        first = [("", empty)] if empty else []
        self.choices = [*first, *((key, one.name) for key, one in self.organisations.items())]

    def clean(self, value: Any) -> Organisation | None:
        return self.organisations.get(super().clean(value))


class ObstacleForm(forms.Form):
    """What stands in the way, what would help, and who is asked."""

    text = Words(
        label=_("Điều đang vướng"),
        help_text=_("Ví dụ: chưa có kinh phí in tờ rơi, dự toán đã gửi từ tháng 8."),
        error_messages={"required": _("Bạn hãy ghi điều đang vướng.")},
    )
    proposal = Words(rows=2, required=False, label=_("Đề xuất cách gỡ"))
    asked = OneOf(label=_("Gửi tới"), wrong=_("Bạn hãy chọn một cơ quan trong danh sách."))

    def __init__(self, *arguments: Any, choices: list[Organisation], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["asked"].offer(choices)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer to an obstacle."""

    text = Words(label=_("Trả lời"), error_messages={"required": _("Bạn hãy ghi câu trả lời.")})


class PassForm(forms.Form):
    """To whom an obstacle is passed on, and why."""

    to = OneOf(label=_("Chuyển tới"), wrong=_("Bạn hãy chọn một cơ quan trong danh sách."))
    text = Words(rows=2, required=False, label=_("Lý do chuyển"))

    def __init__(self, *arguments: Any, choices: list[Organisation], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["to"].offer(choices, _("Chọn cơ quan"))  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    """What still stands in the way after an answer."""

    text = Words(label=_("Còn vướng ở chỗ nào"), error_messages={"required": _("Bạn hãy ghi còn vướng ở chỗ nào.")})


class ExtensionForm(forms.Form):
    """A new last day, and why."""

    new_due = DayField(label=_("Hạn mới, đến hết ngày"))
    reason = Words(
        rows=2,
        max_length=500,
        label=_("Lý do"),
        help_text=_("Mọi người xem việc này đều đọc được lý do."),
        error_messages={"required": _("Bạn hãy ghi lý do gia hạn: mọi người xem việc này đều đọc được.")},
    )
    seen = forms.DateField(required=False, widget=forms.HiddenInput)


class RhythmForm(forms.Form):
    """How often a word is asked."""

    rhythm = forms.ChoiceField(label=_("Báo một câu"), choices=Rhythm.choices, widget=forms.RadioSelect)


class MoveForm(forms.Form):
    """To whom the work of an agency that ended goes, from which day, by which document."""

    successor = OneOf(label=_("Cơ quan tiếp nhận"), wrong=_("Bạn hãy chọn cơ quan tiếp nhận trong danh sách."))
    day = DayField(label=_("Từ ngày"))
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Ví dụ: Nghị quyết 1234/NQ-UBTVQH15 ngày 16/6/2025."),
        error_messages={"required": _("Bạn hãy ghi căn cứ: văn bản nào giao cơ quan kế thừa tiếp nhận.")},
    )

    def __init__(self, *arguments: Any, choices: Iterable[Organisation], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["successor"].offer(choices, _("Chọn cơ quan"))  # type: ignore[attr-defined]


class BackForm(forms.Form):
    """Why work goes back to whom it came from."""

    basis = forms.CharField(max_length=300, label=_("Lý do chuyển lại"))
