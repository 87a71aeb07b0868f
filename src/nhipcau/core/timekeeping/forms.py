"""Forms of the calendar, the calculator and the limits of law."""

# Django's forms take type arguments in the stubs only.
# mypy: allow-any-generics

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.core import clocks
from nhipcau.core.clocks import Limit, LimitError, Options, limits
from nhipcau.core.clocks.workdays import FIRST_YEAR, LAST_YEAR
from nhipcau.core.forms import DayField
from nhipcau.core.models import CalendarDay, LegalRule

KINDS = (
    (limits.WORKING_DAYS, _("ngày làm việc")),
    (limits.CALENDAR_DAYS, _("ngày")),
    (limits.MONTHS, _("tháng")),
    (limits.HOURS, _("giờ")),
    (limits.WORKING_DAYS_BEFORE, _("ngày làm việc trước một ngày")),
    (limits.HOURS_BEFORE, _("giờ trước một thời điểm")),
)
EXTENSIONS = KINDS[:4]


class CalendarDayForm(forms.ModelForm):
    """A day of the calendar."""

    date = DayField(label=_("Ngày"))
    kind = forms.ChoiceField(
        label=_("Loại ngày"),
        choices=[("", _("Chọn loại ngày")), *CalendarDay.Kind.choices],
        error_messages={"required": _("Bạn hãy chọn loại ngày.")},
    )

    class Meta:
        model = CalendarDay
        fields = ("date", "kind", "name", "basis", "confirmed", "applies")
        labels = {
            "name": _("Tên"),
            "basis": _("Căn cứ"),
            "confirmed": _("Đã có thông báo chính thức"),
            "applies": _("Áp dụng khi tính hạn"),
        }
        help_texts = {
            "name": _("Ví dụ: Nghỉ hoán đổi (làm bù thứ Bảy 28/11/2026)."),
            "basis": _("Số, ký hiệu của thông báo, công văn; điều khoản."),
            "applies": _("Bỏ chọn nếu đây mới là đề xuất."),
        }

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("Năm phải trong khoảng từ %(first)s đến %(last)s."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day

    def validate_unique(self) -> None:
        """The act asks, under its lock."""

    def _post_clean(self) -> None:
        """The row is not touched here: the act writes it."""


class RemovalForm(forms.Form):
    """Why a day goes out of the calendar."""

    basis = forms.CharField(
        label=_("Căn cứ hoặc lý do"), max_length=300, help_text=_("Ghi vào nhật ký và vào danh sách thay đổi.")
    )


class LegalRuleForm(forms.ModelForm):
    """A version of a limit of law."""

    valid_from = DayField(label=_("Áp dụng từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False)

    class Meta:
        model = LegalRule
        fields = ("code", "name", "limit", "roll", "receipt", "valid_from", "valid_to", "basis", "source", "note")
        labels = {
            "code": _("Mã"),
            "name": _("Tên"),
            "limit": _("Thời hạn"),
            "roll": _("Ngày cuối là ngày nghỉ thì"),
            "receipt": _("Lúc bắt đầu"),
            "basis": _("Căn cứ"),
            "source": _("Nguồn"),
            "note": _("Ghi chú"),
        }
        help_texts = {
            "code": _("Chữ thường không dấu, có dấu chấm: press.reply. Trùng mã nghĩa là phiên bản mới."),
            "limit": _("Ví dụ: hours 24; working_days 5; calendar_days 12; months 3; working_days_before 7."),
        }

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        for validator in LegalRule._meta.get_field("code").validators:
            validator(code)
        return code

    def clean_limit(self) -> str:
        try:
            return str(clocks.parse_limit(self.cleaned_data["limit"]))
        except LimitError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def validate_unique(self) -> None:
        """The act asks, under its lock."""

    def _post_clean(self) -> None:
        """The row is not touched here: the act writes it."""


class CalculatorForm(forms.Form):
    """A limit, its beginning and its options, in words that people use."""

    number = forms.IntegerField(label=_("Thời hạn"), min_value=1, max_value=87_600)
    kind = forms.ChoiceField(label=_("Đơn vị"), choices=KINDS)
    day = DayField(label=_("Từ ngày"))
    time = forms.TimeField(
        label=_("Lúc (nếu biết)"),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H giờ %M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "16:30", "inputmode": "text"}),
        error_messages={"invalid": _("Giờ chưa đúng. Bạn hãy ghi theo dạng 16:30.")},
    )
    extend_number = forms.IntegerField(label=_("Gia hạn thêm"), required=False, min_value=1, max_value=87_600)
    extend_kind = forms.ChoiceField(label=_("Đơn vị gia hạn"), choices=EXTENSIONS, required=False)
    roll = forms.ChoiceField(label=_("Ngày cuối là ngày nghỉ thì"), required=False, choices=LegalRule.Roll.choices)
    receipt = forms.ChoiceField(label=_("Lúc bắt đầu"), required=False, choices=LegalRule.Receipt.choices)
    extend_from = forms.ChoiceField(
        label=_("Gia hạn tính từ"),
        required=False,
        choices=(("nominal", _("ngày cuối trước khi chuyển")), ("rolled", _("ngày cuối sau khi chuyển"))),
    )

    def computed(self, calendar: clocks.WorkCalendar) -> clocks.Computed | None:
        """The computation; None, with the field's error, where it cannot be made."""
        given = self.cleaned_data
        try:
            limit = clocks.parse_limit(f"{given['kind']} {given['number']}")
        except LimitError as problem:
            self.add_error("number", str(problem))
            return None
        try:
            extension = self._extension()
            start = dt.datetime.combine(given["day"], given["time"] or dt.time())
            options = Options(given["roll"] or None, given["receipt"] or "as_is", given["extend_from"] or "nominal")
            return clocks.compute(limit, start, calendar, options, [extension] if extension else [])
        except LimitError as problem:
            self.add_error("extend_number" if given["extend_number"] else "day", str(problem))
            return None

    def _extension(self) -> Limit | None:
        given = self.cleaned_data
        if not given["extend_number"]:
            return None
        return clocks.parse_extension(f"{given['extend_kind'] or limits.WORKING_DAYS} {given['extend_number']}")
