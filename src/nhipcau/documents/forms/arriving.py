"""Forms of the book of what arrives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from nhipcau.core.forms import DayField

from ..actions.arriving import Entry
from ..models import Arrival
from .fields import Text


class ArrivalForm(forms.Form):
    """One line of the book."""

    date = DayField(label=gettext_lazy("Ngày đến"))
    issuer = Text(
        label=gettext_lazy("Cơ quan gửi"),
        max_length=250,
        error_messages={"required": gettext_lazy("Bạn hãy ghi cơ quan gửi.")},
    )
    symbol = Text(label=gettext_lazy("Số, ký hiệu văn bản"), max_length=80, required=False)
    issued_on = DayField(label=gettext_lazy("Ngày văn bản"), required=False)
    subject = Text(
        label=gettext_lazy("Tên loại và trích yếu"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Bạn hãy ghi tên loại và trích yếu.")},
    )
    handler = Text(label=gettext_lazy("Đơn vị hoặc người nhận"), max_length=250, required=False)
    handed_on = DayField(label=gettext_lazy("Ngày chuyển"), required=False)
    due_on = DayField(label=gettext_lazy("Hạn giải quyết"), required=False)
    note = Text(label=gettext_lazy("Ghi chú"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=10**9)
    sure = forms.BooleanField(label=gettext_lazy("Tôi đã xem lại, vẫn ghi như vậy"), required=False)

    def __init__(self, *arguments: Any, arrival: Arrival | None = None, **named: Any) -> None:
        if arrival is not None:
            names = (
                "issuer",
                "symbol",
                "subject",
                "handler",
                "note",
                "date",
                "issued_on",
                "handed_on",
                "due_on",
                "version",
            )
            named["initial"] = {name: getattr(arrival, name) for name in names}
        super().__init__(*arguments, **named)

    def entry(self) -> Entry:
        """What the form says."""
        given = self.cleaned_data
        return Entry(**{name: value for name, value in given.items() if name not in ("version", "sure")})
