"""The form of a round."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.forms import DayField

from ..figures import figure_choices
from .days import DueForm


class RoundForm(DueForm):
    """What is asked in a round, and of whom."""

    name = forms.CharField(label=gettext_lazy("Tên kỳ báo cáo"), max_length=300)
    first = DayField(label=gettext_lazy("Số liệu từ ngày"))
    last = DayField(label=gettext_lazy("Chốt số liệu hết ngày"))
    days_between = forms.IntegerField(
        label=gettext_lazy("Số ngày làm việc giữa hai cấp"),
        min_value=0,
        max_value=30,
        error_messages={"invalid": gettext_lazy("Bạn hãy ghi một số từ 0 đến 30.")},
        help_text=gettext_lazy("Cấp dưới gửi trước chừng ấy ngày để cấp trên còn tổng hợp."),
    )
    outline = forms.ChoiceField(label=gettext_lazy("Mẫu đề cương"))
    asks = forms.CharField(
        label=gettext_lazy("Cần trả lời những gì"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mỗi dòng một câu hỏi; đơn vị trả lời từng câu trong báo cáo."),
    )
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Số liệu lấy vào báo cáo"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Bỏ chọn số liệu không cần. Không chọn số nào thì lấy tất cả."),
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị báo cáo"),
        error_messages={"required": gettext_lazy("Bạn chưa chọn đơn vị nào để yêu cầu báo cáo.")},
    )
    recurs = forms.BooleanField(label=gettext_lazy("Lập thành chế độ báo cáo, các kỳ sau tự mở"), required=False)

    def __init__(
        self, data: Any = None, *, units: Collection[str], outlines: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.order_fields(("name", "asks", "due", "first", "last", "days_between", "outline", "figures", "units"))
        self._choices("units", [(key, key) for key in units])
        self._choices("outline", outlines)
        self._choices("figures", figure_choices())

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_figures(self) -> list[str]:
        return narrowed(self.cleaned_data["figures"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày chốt số liệu phải sau ngày bắt đầu. Bạn hãy xem lại hai ngày này."))
        return cleaned


def narrowed(chosen: Collection[str]) -> list[str]:
    """The figures that were chosen, as they are kept: nothing where all were, so that what rooms offer later is taken too."""
    everything = [key for key, _words in figure_choices()]
    wanted = [key for key in everything if key in set(chosen)]
    return [] if len(wanted) == len(everything) else wanted
