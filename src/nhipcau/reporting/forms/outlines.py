"""The forms of an outline and of its parts."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..charts import CHARTS
from ..figures import figure_choices
from ..models import Outline
from ..outlines import SHIPPED, Part, outline_from_dict
from ..outlines import Outline as OutlineValue

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
        figures.choices = figure_choices()
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
