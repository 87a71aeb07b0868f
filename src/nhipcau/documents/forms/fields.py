"""Fields of forms about documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ..wording import neat

_DAYS = ("%d/%m/%Y", "%Y-%m-%d")
_WRONG_DAY = gettext_lazy("Ngày chưa đúng. Bạn hãy ghi theo dạng 31/12/2026.")


class Day(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"})
        problems = {"invalid": _WRONG_DAY, "required": _WRONG_DAY}
        super().__init__(input_formats=_DAYS, widget=widget, error_messages=problems, **more)


class Text(forms.CharField):
    """One line as it is printed."""

    def clean(self, value: Any) -> str:
        return neat(super().clean(value))


class Lines(forms.CharField):
    """Several short lines; cleans to a tuple, without empty ones and without the punctuation that the layout prints."""

    def __init__(self, rows: int = 3, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **more)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = (neat(line).lstrip("-–+ ").rstrip(";. ") for line in super().clean(value).splitlines())
        return tuple(line for line in lines if line)


class SignatureLines(Lines):
    """Authority and post, in capitals whatever was typed."""

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(neat(line).upper() for line in forms.CharField.clean(self, value).splitlines() if neat(line))
