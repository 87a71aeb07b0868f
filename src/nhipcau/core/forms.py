"""Form fields that every room uses."""

# Django's files take type arguments in the stubs only.
# mypy: allow-any-generics

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .files import RefusedUpload

_TYPED_DAY = re.compile(r"(\d{1,2}) ?[/.,\- ] ?(\d{1,2}) ?[/.,\- ] ?(\d{4})|(\d{2})(\d{2})(\d{4})")


def typed_day(text: str) -> dt.date | None:
    """A day as people type it; None where it is none. Day, month and year with a stroke, point, comma, hyphen or space
    between them, or all eight digits (a telephone's keypad of digits has no stroke); a browser's ISO form too."""
    text = text.strip()
    try:
        if found := _TYPED_DAY.fullmatch(text):
            day, month, year = (int(part) for part in found.groups() if part)
            return dt.date(year, month, day)
        return dt.date.fromisoformat(text) if len(text) == len("2026-12-31") else None
    except ValueError:
        return None


class DayField(forms.DateField):
    """A day, shown as dd/mm/yyyy and typed as ``typed_day`` understands it. Not the browser's own date field: that one
    shows the month first wherever the browser speaks English."""

    default_error_messages = {
        "required": _("Bạn hãy ghi ngày, ví dụ 31/12/2026."),
        "invalid": _("Ngày chưa đúng. Bạn hãy ghi theo dạng 31/12/2026 hoặc 31122026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(**{"widget": forms.DateInput(format="%d/%m/%Y", attrs=attrs), **kwargs})

    def to_python(self, value: Any) -> dt.date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        if value.strip() in self.empty_values:
            return None
        if (day := typed_day(value)) is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class UploadField(forms.FileField):
    """A file; one that was refused while it arrived (too large, no room) says why beside the field."""

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Bạn hãy chọn một tệp."),
        "missing": _("Bạn hãy chọn một tệp."),
        "empty": _("Tệp không có nội dung. Bạn hãy kiểm tra lại và chọn đúng tệp."),
        "max_length": _("Tên tệp dài quá %(max)d ký tự. Bạn hãy đặt tên ngắn hơn rồi tải lại."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 250, **kwargs})

    def to_python(self, data: Any) -> Any:
        if isinstance(data, RefusedUpload):
            raise forms.ValidationError(data.problem.message, code=data.problem.code)
        return super().to_python(data)


class SeveralFilesInput(forms.FileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files; cleans to a list. Every file is looked at, and each problem names its file."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not given:
            super().clean(None, initial)
            return []
        kept: list[UploadedFile] = []
        problems: list[str] = []
        for one in given:
            try:
                kept.append(super().clean(one, initial))
            except forms.ValidationError as problem:
                problems += [f"{one.name}: {said}" if len(given) > 1 else said for said in problem.messages]
        if problems:
            raise forms.ValidationError(problems)
        return kept
