"""Forms of the register of numbers, and of what takes a number from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.forms import DayField

from ..models import Outgoing, RegisterNumber
from ..queries.outgoing.register import doc_types, reserved_for
from .fields import Text


class NumberForm(forms.Form):
    """Which number a document takes, with which date."""

    date = DayField(label=gettext_lazy("Ngày văn bản"))
    reserved = forms.ChoiceField(label=gettext_lazy("Số"), required=False, widget=forms.RadioSelect)
    sure = forms.BooleanField(label=gettext_lazy("Vẫn dùng ngày này"), required=False)

    def __init__(self, *arguments: Any, outgoing: Outgoing, next_symbol: str, **named: Any) -> None:
        super().__init__(*arguments, **{"initial": {"date": timezone.localdate()}, **named})
        self.kept = {row.public_id: row for row in reserved_for(outgoing.organisation_id, outgoing.doc_type)}
        choices = [("", _("Số tiếp theo: %(symbol)s") % {"symbol": next_symbol})]
        choices += [(key, f"{row.symbol}: {row.subject[:90]}") for key, row in self.kept.items()]
        self.fields["reserved"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> RegisterNumber | None:
        """The number that was kept free, where one was chosen."""
        return self.kept.get(self.cleaned_data.get("reserved", ""))


class ReserveForm(forms.Form):
    """For what a number is kept free."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    code = Text(label=gettext_lazy("Ký hiệu, sau số"), max_length=60, help_text=gettext_lazy("Ví dụ: KH-UBND"))
    subject = Text(
        label=gettext_lazy("Giữ số cho văn bản nào"),
        max_length=500,
        error_messages={"required": gettext_lazy("Bạn hãy ghi giữ số cho văn bản nào.")},
    )
    date = DayField(label=gettext_lazy("Ngày văn bản"))
    sure = forms.BooleanField(label=gettext_lazy("Vẫn dùng ngày này"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["doc_type"].choices = [(name, name) for name in doc_types()]  # type: ignore[attr-defined]


class UseForm(forms.Form):
    """The document on paper that bears a number which was kept free."""

    subject = Text(
        label=gettext_lazy("Trích yếu"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Bạn hãy ghi trích yếu.")},
    )
    date = DayField(label=gettext_lazy("Ngày văn bản"))
    signer = Text(
        label=gettext_lazy("Người ký"),
        max_length=120,
        error_messages={"required": gettext_lazy("Bạn hãy ghi người ký.")},
    )
    recipients = Text(label=gettext_lazy("Nơi nhận"), max_length=2000, required=False)
    archive = Text(label=gettext_lazy("Đơn vị, người nhận bản lưu"), max_length=250, required=False)
    copies = forms.IntegerField(label=gettext_lazy("Số lượng bản"), required=False, min_value=1, max_value=100_000)
    sure = forms.BooleanField(label=gettext_lazy("Vẫn dùng ngày này"), required=False)


class BeginForm(forms.Form):
    """How far a register on paper has come."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    last = forms.IntegerField(label=gettext_lazy("Số cuối cùng trên sổ giấy"), min_value=1, max_value=5000)
    date = DayField(label=gettext_lazy("Ngày của số ấy"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["doc_type"].choices = [(name, name) for name in doc_types()]  # type: ignore[attr-defined]
