"""The form of a regime of reporting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.clocks import LimitError
from nhipcau.core.timekeeping import work_calendar

from ..figures import figure_choices
from ..models import Frequency, Outline, Regime
from ..periods import check_days, limit_from_words, limit_in_words
from .rounds import narrowed


class RegimeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The ten fields of a regime (Nghị định 09/2019/NĐ-CP, Điều 7), with the days between levels."""

    due_limit = forms.CharField(
        label=gettext_lazy("Thời hạn gửi báo cáo"),
        max_length=80,
        help_text=gettext_lazy("Ví dụ: “trước 11/11” (báo cáo năm), hoặc “5 ngày làm việc” sau ngày chốt số liệu."),
    )
    closes_on = forms.CharField(
        label=gettext_lazy("Thời gian chốt số liệu"),
        max_length=10,
        required=False,
        help_text=gettext_lazy(
            "Ngày/tháng với báo cáo năm (31/10), ngày với báo cáo tháng, quý, sáu tháng (14). Để trống: hết kỳ."
        ),
    )
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Biểu mẫu số liệu"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bỏ chọn số liệu không cần. Không chọn số nào thì lấy tất cả."),
    )
    outline_key = forms.ChoiceField(label=gettext_lazy("Mẫu đề cương"))

    class Meta:
        model = Regime
        fields = (
            "name", "content", "reporters", "receivers", "method", "due_limit", "frequency", "closes_on", "figures",
            "guidance", "legal_basis", "days_between",
        )  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("content", "reporters", "guidance")}

    def __init__(self, data: Any = None, *, outlines: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        figures, keys = self.fields["figures"], self.fields["outline_key"]
        assert isinstance(figures, forms.MultipleChoiceField)
        assert isinstance(keys, forms.ChoiceField)
        figures.choices = figure_choices()
        keys.choices = [(key, name) for key, name in outlines if key != "short"]
        for name in ("content", "reporters", "receivers", "method"):
            self.fields[name].required = True
        frequency = self.fields["frequency"]
        assert isinstance(frequency, forms.ChoiceField)
        frequency.choices = [(value, label) for value, label in Frequency.choices if value != Frequency.ONCE]
        self.fields["days_between"].widget.attrs["max"] = 30
        if data is None and not self.instance.figures:
            self.initial["figures"] = [key for key, _words in figures.choices]
        self.order_fields(
            ("name", "content", "reporters", "receivers", "method", "due_limit", "frequency", "closes_on", "outline_key",
             "figures", "guidance", "legal_basis", "days_between")
        )  # fmt: skip
        if self.instance.pk is not None and data is None:
            self.initial["due_limit"] = limit_in_words(self.instance.due_limit)
            self.initial["closes_on"] = close_words(self.instance.closes_on, self.instance.frequency)
            outline = self.instance.outline
            self.initial["outline_key"] = outline.public_id if outline is not None else "usual"

    def clean_days_between(self) -> int:
        days = int(self.cleaned_data["days_between"])
        if days > 30:
            raise forms.ValidationError(_("Bạn hãy ghi một số từ 0 đến 30."))
        return days

    def clean_figures(self) -> list[str]:
        return narrowed(self.cleaned_data["figures"])

    def clean_due_limit(self) -> str:
        try:
            return str(limit_from_words(self.cleaned_data["due_limit"]))
        except LimitError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_closes_on(self) -> str:
        text = self.cleaned_data["closes_on"].strip()
        if not text:
            return ""
        found = re.fullmatch(r"(\d{1,2})(?:[/-](\d{1,2}))?", text)
        month = int(found[2] or 1) if found else 0
        day = int(found[1]) if found else 0
        if not (1 <= month <= 12 and 1 <= day <= 31):
            raise forms.ValidationError(_("Bạn hãy ghi ngày/tháng như 31/10, hoặc ngày như 14."))
        return f"{month:02}-{day:02}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"due_limit", "closes_on", "frequency"} & set(self.errors):
            try:
                check_days(
                    cleaned["frequency"],
                    cleaned["due_limit"],
                    cleaned["closes_on"],
                    work_calendar(),
                    timezone.localdate(),
                )
            except LimitError as problem:
                self.add_error("due_limit", str(problem))
        return cleaned

    def values(self, outlines: Mapping[str, Outline]) -> dict[str, Any]:
        """What is kept, as fields of ``Regime``."""
        kept = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return kept | {"outline": outlines.get(self.cleaned_data["outline_key"])}


def close_words(closes_on: str, frequency: str) -> str:
    """The day on which figures close, as a person writes it: "31/10", or "14" where it recurs within the year."""
    if not closes_on:
        return ""
    month, day = closes_on.split("-")
    return f"{int(day):02}/{int(month):02}" if frequency == Frequency.YEARLY else str(int(day))
