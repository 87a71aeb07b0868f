"""The form in which an administrator writes the words of a kind of document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from nhipcau.core.rooms import Paper
from nhipcau.organisations.models import Organisation
from vanban.official import OfficialDocument, problems

from .queries.papers import names_of, sampled, types_offered
from .wording import Unfilled, Words, wrong_in

_MANY = ("bases", "paragraphs", "addressees", "recipients", "signature")
_MOST_LINES = 200


class LinesField(forms.CharField):
    """Several lines; an empty one is nothing."""

    def __init__(self, rows: int, **kwargs: Any) -> None:
        attrs = {"rows": rows, "spellcheck": "true"}
        super().__init__(widget=forms.Textarea(attrs=attrs), required=False, strip=False, max_length=40_000, **kwargs)

    def to_python(self, value: Any) -> Any:
        lines = (super().to_python(value) or "").splitlines()
        return tuple(line.strip() for line in lines if line.strip())

    def validate(self, value: Any) -> None:
        if len(value) > _MOST_LINES:
            raise forms.ValidationError(_("Nhiều nhất %(n)s dòng.") % {"n": _MOST_LINES})

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class WordingForm(forms.Form):
    """The words; ``sample`` is what they make of invented data, once the form is clean."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    subject = forms.CharField(
        label=gettext_lazy("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    bases = LinesField(
        3, label=gettext_lazy("Căn cứ"), help_text=gettext_lazy("Mỗi dòng một căn cứ, không cần dấu chấm phẩy.")
    )
    addressees = LinesField(2, label=gettext_lazy("Kính gửi"), help_text=gettext_lazy("Mỗi dòng một nơi."))
    opening = forms.CharField(
        label=gettext_lazy("Đoạn mở đầu"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    paragraphs = LinesField(
        12,
        label=gettext_lazy("Nội dung"),
        help_text=gettext_lazy(
            "Mỗi dòng một đoạn: «I. TÊN PHẦN», «*1. Tên mục*», «a) …», «- …», *chữ đậm*, _chữ nghiêng_."
        ),
    )
    recipients = LinesField(
        3, label=gettext_lazy("Nơi nhận"), help_text=gettext_lazy("Mỗi dòng một nơi. Dòng «Lưu» được thêm tự động.")
    )
    archive = forms.CharField(label=pgettext_lazy("archive", "Lưu"), required=False, max_length=60)
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị soạn thảo"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Chữ viết tắt trong ký hiệu công văn và ở dòng «Lưu», ví dụ VX."),
    )
    signature = LinesField(
        3, label=gettext_lazy("Quyền hạn, chức vụ ký"), help_text=gettext_lazy("Dòng nào không có gì thì không in.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, paper: Paper, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper, self.organisation = paper, organisation
        self.sample: OfficialDocument | None = None
        types: Any = self.fields["doc_type"]
        types.choices = [(name, name) for name in types_offered()]

    def words(self) -> Words:
        """What was typed, as words."""
        return Words.of({name: self.cleaned_data.get(name, () if name in _MANY else "") for name in self._names()})

    def _names(self) -> list[str]:
        return [name for name in self.fields if name != "version"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        words = self.words()
        blocks = self.paper_blocks()
        for wrong in wrong_in(words, names_of(self.paper), blocks):
            self.add_error(wrong.field if wrong.field in self.fields else None, wrong.message)
        if not self.errors:
            self._try(words)
        return given

    def paper_blocks(self) -> list[str]:
        """The names that stand for a table."""
        return [name for name in self.paper.names if name.startswith("bảng ")]

    def _try(self, words: Words) -> None:
        """Write the sample: words that cannot be printed are told here, not to whoever needs the document."""
        try:
            sample = sampled(self.organisation, self.paper, words)
        except Unfilled as refusal:
            for wrong in refusal.wrong:
                self.add_error(wrong.field if wrong.field in self.fields else None, wrong.message)
            return
        language = "en" if (get_language() or "").startswith("en") else "vi"
        for problem in problems(sample):
            field = {"code": "unit", "body": "paragraphs"}.get(problem.where.split("[")[0], problem.where.split("[")[0])
            self.add_error(field if field in self.fields else None, getattr(problem, language))
        self.sample = sample
