"""Fields of forms about documents."""

from __future__ import annotations

from typing import Any

from django import forms

from ..wording import neat


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
