"""The forms of an outline and of its parts."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

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
LEVELS = (
    ("1", gettext_lazy("phần (I, II, III)")),
    ("2", gettext_lazy("mục của phần phía trên (1, 2, 3)")),
    ("3", gettext_lazy("điểm của mục phía trên (a, b, c)")),
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
    archive = forms.CharField(label=pgettext_lazy("archive", "Lưu"), max_length=60, initial="VT")
    with_register = forms.BooleanField(label=gettext_lazy("Kèm phụ lục từng nhiệm vụ"), required=False)

    def clean_recipients(self) -> tuple[str, ...]:
        lines = (line.strip(" -;.") for line in self.cleaned_data["recipients"].splitlines())
        return tuple(line for line in lines if line)[:30]


class PartForm(forms.Form):
    """One part: a section, or one below the section before it, or a point below that."""

    key = forms.RegexField(r"^[a-z0-9_-]{1,40}$", required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label=gettext_lazy("Thứ tự"), min_value=0, max_value=9999, required=False)
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=LEVELS, required=False)
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
        return [PartForm(data, prefix=f"p{at}") for at in range(_count(data))]
    rows = list(_rows(outline.parts, 1)) if outline is not None else []
    rows += [{"kind": "words", "level": "1"}] * BLANK
    return [PartForm(initial=row | {"place": (at + 1) * 10}, prefix=f"p{at}") for at, row in enumerate(rows)]


def relaid(data: QueryDict, do: str) -> QueryDict:
    """What was sent, its parts in the order of their places and numbered anew; ``do`` "up:3" or "down:3" moves the fourth
    that was sent, with what is below it, among those of its level; "add" puts an empty one at the end."""
    names = list(PartForm.base_fields)
    rows = [{name: data.getlist(f"p{at}-{name}") for name in names} | {"at": [str(at)]} for at in range(_count(data))]
    rows.sort(key=_place)
    verb, _colon, number = do.partition(":")
    if verb in ("up", "down"):
        rows = _moved(rows, number, verb == "up")
    elif verb == "add" and len(rows) < MOST_PARTS:
        rows.append({"kind": ["words"], "level": ["1"]})
    given = data.copy()
    for key in [key for key in given if key[:1] == "p" and "-" in key]:
        del given[key]
    for at, row in enumerate(rows):
        for name in names:
            given.setlist(f"p{at}-{name}", row.get(name, []))
        given[f"p{at}-place"] = str((at + 1) * 10)
    given["parts"] = str(len(rows))
    return given


_Row = dict[str, list[str]]


def _count(data: Any) -> int:
    given = data.get("parts", "0")
    return min(int(given), MOST_PARTS) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


def _place(row: _Row) -> int:
    given = row["place"][-1] if row["place"] else ""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 10**9


def _level(row: _Row) -> int:
    return int(row["level"][-1]) if row.get("level") and row["level"][-1] in ("1", "2", "3") else 1


def _moved(rows: list[_Row], number: str, is_up: bool) -> list[_Row]:
    """A part and all below it before the part of its level that stands above it, or behind the one that follows."""
    at = next((at for at, row in enumerate(rows) if row["at"] == [number]), None)
    if at is None:
        return rows
    if not is_up:
        following = _end(rows, at)
        if following == len(rows) or _level(rows[following]) != _level(rows[at]):
            return rows
        at = following
    above = at - 1
    while above >= 0 and _level(rows[above]) > _level(rows[at]):
        above -= 1
    if above < 0 or _level(rows[above]) < _level(rows[at]):
        return rows
    end = _end(rows, at)
    return [*rows[:above], *rows[at:end], *rows[above:at], *rows[end:]]


def _end(rows: list[_Row], at: int) -> int:
    """Behind the last of those below a part."""
    end = at + 1
    while end < len(rows) and _level(rows[end]) > _level(rows[at]):
        end += 1
    return end


def _rows(parts: Collection[Part], level: int) -> Any:
    for part in parts:
        yield {
            "key": part.key,
            "level": str(min(level, len(LEVELS))),
            "title": part.title,
            "kind": part.kind,
            "words": part.words,
            "questions": "\n".join(part.questions),
            "figures": list(part.figures),
            "charts": list(part.charts),
        }
        yield from _rows(part.parts, level + 1)


def outline_of(form: OutlineForm, parts: Collection[PartForm]) -> OutlineValue:
    """The outline that valid forms describe. Raises ``ValidationError`` where it has no part."""
    wanted = sorted((one for one in parts if one.is_wanted), key=lambda one: one.cleaned_data["place"] or 0)
    if not wanted:
        raise forms.ValidationError(_("Mẫu cần ít nhất một phần. Bạn hãy đặt tên cho một phần."))
    keys: set[str] = set()
    flat = [(int(one.cleaned_data["level"] or 1), _part(one.cleaned_data, keys)) for one in wanted]
    fields = form.cleaned_data
    return OutlineValue(
        subject=fields["subject"],
        opening=fields["opening"],
        parts=_nested(flat),
        closing=fields["closing"],
        recipients=fields["recipients"] or ("Như trên",),
        archive=fields["archive"],
        with_register=fields["with_register"],
    )


def _nested(flat: Sequence[tuple[int, Part]]) -> tuple[Part, ...]:
    """Parts with their levels as a tree: each holds those that follow it on deeper levels."""
    made: list[Part] = []
    at = 0
    while at < len(flat):
        level, part = flat[at]
        end = at + 1
        while end < len(flat) and flat[end][0] > level:
            end += 1
        made.append(dataclasses.replace(part, parts=_nested(flat[at + 1 : end])))
        at = end
    return tuple(made)


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
