"""Form fields that every room uses."""

# Django's files take type arguments in the stubs only.
# mypy: allow-any-generics

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .files import RefusedUpload


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
