"""Forms of rounds, regimes and outlines."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.clocks import ZONE, LimitError
from nhipcau.core.timekeeping import work_calendar

from .charts import CHARTS
from .figures import known_figures
from .models import Frequency, Outline, Regime
from .outlines import SHIPPED, Part, outline_from_dict
from .outlines import Outline as OutlineValue
from .periods import check_days, limit_from_words, limit_in_words

_DAYS = ("%d/%m/%Y", "%Y-%m-%d")
_WRONG_DAY = gettext_lazy("Ngày chưa đúng. Bạn hãy ghi theo dạng 31/12/2026.")
_WRONG_TIME = gettext_lazy("Giờ chưa đúng. Bạn hãy ghi theo dạng 10:00.")
END_OF_DAY = dt.time(23, 59)


class Day(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"})
        problems = {"invalid": _WRONG_DAY, "required": _WRONG_DAY}
        super().__init__(input_formats=_DAYS, widget=widget, error_messages=problems, **more)


class Hour(forms.TimeField):
    """An hour and its minutes: "10:00", "10h", "16h30"."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"placeholder": "10:00", "inputmode": "numeric"})
        problems = {"invalid": _WRONG_TIME, "required": _WRONG_TIME}
        super().__init__(input_formats=("%H:%M", "%Hh%M", "%Hh"), widget=widget, error_messages=problems, **more)


def moment_of(day: dt.date, hour: dt.time) -> dt.datetime:
    """The due moment: the end of the day's last minute, or the moment itself."""
    at = dt.datetime.combine(day, hour, ZONE)
    return at.replace(second=59) if hour >= END_OF_DAY else at


class DueForm(forms.Form):
    """Until when: a day and an hour that are still to come."""

    due_day = Day(label=gettext_lazy("Gửi trước hết ngày"))
    due_time = Hour(label=gettext_lazy("Lúc"), initial=END_OF_DAY)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("due_day") is not None and cleaned.get("due_time") is not None:
            if not 2000 <= cleaned["due_day"].year <= 2120:
                self.add_error("due_day", _WRONG_DAY)
                return cleaned
            cleaned["due_at"] = moment_of(cleaned["due_day"], cleaned["due_time"])
            if cleaned["due_at"] <= timezone.now():
                self.add_error("due_day", _("Thời hạn này đã qua. Bạn hãy chọn một lúc sau."))
        return cleaned


class MoveForm(DueForm):
    """Another due moment, and why."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500)


class RoundForm(DueForm):
    """What is asked in a round, and of whom."""

    name = forms.CharField(label=gettext_lazy("Tên kỳ báo cáo"), max_length=300)
    first = Day(label=gettext_lazy("Số liệu từ ngày"))
    last = Day(label=gettext_lazy("Chốt số liệu hết ngày"))
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
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị báo cáo"),
        error_messages={"required": gettext_lazy("Bạn chưa chọn đơn vị nào để yêu cầu báo cáo.")},
    )
    recurs = forms.BooleanField(label=gettext_lazy("Lập thành chế độ báo cáo, các kỳ sau tự mở"), required=False)

    def __init__(
        self, data: Any = None, *, units: Collection[str], outlines: list[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.order_fields(("name", "asks", "first", "last", "due_day", "due_time", "days_between", "outline", "units"))
        self._choices("units", [(key, key) for key in units])
        self._choices("outline", outlines)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày chốt số liệu phải sau ngày bắt đầu. Bạn hãy xem lại hai ngày này."))
        return cleaned


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
        label=gettext_lazy("Biểu mẫu số liệu"), required=False, widget=forms.CheckboxSelectMultiple
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
        figures.choices = list(known_figures().items())
        keys.choices = [(key, name) for key, name in outlines if key != "short"]
        for name in ("content", "reporters", "receivers", "method"):
            self.fields[name].required = True
        frequency = self.fields["frequency"]
        assert isinstance(frequency, forms.ChoiceField)
        frequency.choices = [(value, label) for value, label in Frequency.choices if value != Frequency.ONCE]
        self.fields["days_between"].widget.attrs["max"] = 30
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


# --- outlines ---------------------------------------------------------------------------------------------------------------

KINDS = (
    ("words", gettext_lazy("cán bộ viết, trả lời câu hỏi")),
    ("figures", gettext_lazy("số liệu chung")),
    ("tasks", gettext_lazy("kết quả từng nhiệm vụ")),
    ("late", gettext_lazy("nhiệm vụ chậm, nguyên nhân")),
    ("obstacles", gettext_lazy("khó khăn, vướng mắc")),
    ("proposals", gettext_lazy("đề xuất, kiến nghị")),
    ("next", gettext_lazy("nhiệm vụ thời gian tới")),
)
MOST_PARTS, BLANK = 40, 2


class OutlineForm(forms.Form):
    """An outline as a whole; its parts are forms of their own (``PartForm``)."""

    name = forms.CharField(label=gettext_lazy("Tên mẫu"), max_length=250)
    subject = forms.CharField(label=gettext_lazy("Trích yếu"), max_length=300)
    opening = forms.CharField(
        label=gettext_lazy("Lời mở đầu"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Tự điền khi in: {plan} kế hoạch, {period} kỳ, {year} năm, {organisation} cơ quan lập, {receiver} nơi nhận, "
            "{first} và {last} ngày đầu, ngày chốt."
        ),
    )
    closing = forms.CharField(
        label=gettext_lazy("Lời kết"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Mỗi dòng một nơi nhận."),
    )
    archive = forms.CharField(label=gettext_lazy("Lưu"), max_length=60, initial="VT")
    with_register = forms.BooleanField(label=gettext_lazy("Kèm phụ lục từng nhiệm vụ"), required=False)

    def clean_recipients(self) -> tuple[str, ...]:
        lines = (line.strip(" -;.") for line in self.cleaned_data["recipients"].splitlines())
        return tuple(line for line in lines if line)[:30]


class PartForm(forms.Form):
    """One part: a section, or one below the section before it."""

    key = forms.RegexField(r"^[a-z0-9_-]{1,40}$", required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label=gettext_lazy("Thứ tự"), min_value=0, max_value=9999, required=False)
    below = forms.BooleanField(label=gettext_lazy("Mục nhỏ của phần ngay trước"), required=False)
    title = forms.CharField(label=gettext_lazy("Tên phần"), max_length=250, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Viết từ"), choices=KINDS)
    words = forms.CharField(label=gettext_lazy("Câu luôn đứng đầu"), max_length=1000, required=False)
    questions = forms.CharField(
        label=gettext_lazy("Câu hỏi"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Mỗi dòng một câu hỏi; chưa trả lời thì báo cáo ghi rõ còn thiếu."),
    )
    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Số liệu"), required=False, widget=forms.CheckboxSelectMultiple
    )
    charts = forms.MultipleChoiceField(
        label=gettext_lazy("Biểu đồ"), required=False, widget=forms.CheckboxSelectMultiple
    )
    gone = forms.BooleanField(label=gettext_lazy("Bỏ phần này"), required=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        figures, charts = self.fields["figures"], self.fields["charts"]
        assert isinstance(figures, forms.MultipleChoiceField)
        assert isinstance(charts, forms.MultipleChoiceField)
        figures.choices = list(known_figures().items())
        charts.choices = [(key, _chart_label(key)) for key in CHARTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("title") and not cleaned.get("gone") and (cleaned.get("key") or cleaned.get("questions")):
            self.add_error("title", _("Bạn hãy đặt tên cho phần này, hoặc đánh dấu bỏ."))
        return cleaned

    @property
    def is_wanted(self) -> bool:
        """Whether it holds a part that stays."""
        return bool(self.cleaned_data.get("title")) and not self.cleaned_data.get("gone")


def _chart_label(key: str) -> str:
    known = {
        "progress": _("tiến độ theo cơ quan"),
        "timeliness": _("đúng hạn, chậm"),
        "months": _("kết quả theo tháng"),
    }
    return known.get(key, key)


def part_forms(data: Any, outline: OutlineValue | None = None) -> list[PartForm]:
    """The forms of the parts: as they were sent, or of an outline with blank ones behind."""
    if data is not None:
        try:
            count = min(int(data.get("parts", "0")), MOST_PARTS)
        except ValueError:
            count = 0
        return [PartForm(data, prefix=f"p{at}") for at in range(count)]
    rows = list(_rows(outline.parts, below=False)) if outline is not None else []
    rows += [{"kind": "words"}] * BLANK
    return [PartForm(initial=row | {"place": (at + 1) * 10}, prefix=f"p{at}") for at, row in enumerate(rows)]


def _rows(parts: Collection[Part], *, below: bool) -> Any:
    for part in parts:
        yield {
            "key": part.key,
            "below": below,
            "title": part.title,
            "kind": part.kind,
            "words": part.words,
            "questions": "\n".join(part.questions),
            "figures": list(part.figures),
            "charts": list(part.charts),
        }
        yield from _rows(part.parts, below=True)


def outline_of(form: OutlineForm, parts: Collection[PartForm]) -> OutlineValue:
    """The outline that valid forms describe. Raises ``ValidationError`` where it has no part."""
    wanted = sorted((one for one in parts if one.is_wanted), key=lambda one: one.cleaned_data["place"] or 0)
    if not wanted:
        raise forms.ValidationError(_("Mẫu cần ít nhất một phần. Bạn hãy đặt tên cho một phần."))
    made: list[Part] = []
    keys: set[str] = set()
    for one in wanted:
        part = _part(one.cleaned_data, keys)
        if one.cleaned_data["below"] and made:
            made[-1] = dataclasses.replace(made[-1], parts=(*made[-1].parts, part))
        else:
            made.append(part)
    fields = form.cleaned_data
    return OutlineValue(
        subject=fields["subject"],
        opening=fields["opening"],
        parts=tuple(made),
        closing=fields["closing"],
        recipients=fields["recipients"] or ("Như trên",),
        archive=fields["archive"],
        with_register=fields["with_register"],
    )


def _part(cleaned: Mapping[str, Any], keys: set[str]) -> Part:
    key = cleaned.get("key") or ""
    number = len(keys) + 1
    while not key or key in keys:
        key, number = f"part{number}", number + 1
    keys.add(key)
    return Part(
        key=key,
        title=cleaned["title"].strip(),
        kind=cleaned["kind"],
        words=cleaned["words"].strip(),
        questions=tuple(line.strip() for line in cleaned["questions"].splitlines() if line.strip())[:30],
        figures=tuple(cleaned["figures"]),
        charts=tuple(cleaned["charts"]),
    )


def asked_outline(key: str, own: Mapping[str, Outline], asks: str) -> OutlineValue:
    """The outline of a round: the one of this key, led by the questions that were typed, one a line. Raises KeyError."""
    outline = SHIPPED[key] if key in SHIPPED else outline_from_dict(own[key].content)
    questions = tuple(line.strip(" -") for line in asks.splitlines() if line.strip(" -"))[:30]
    if not questions:
        return outline
    asked = Part("asked", "Nội dung được yêu cầu", questions=questions)
    return dataclasses.replace(outline, parts=(asked, *(one for one in outline.parts if one.key != "asked")))
