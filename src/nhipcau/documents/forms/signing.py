"""Who signs a document, in which office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vanban.official import Signature

from ..queries.outgoing.signers import Signer
from .fields import SignatureLines, Text


class SignerField(forms.ChoiceField):
    """Who signs, of those who may; "" where it is written by hand below."""

    def __init__(self, **more: Any) -> None:
        said = gettext_lazy("Chọn người ký thì quyền hạn, chức vụ, họ tên ở dưới được điền theo.")
        super().__init__(label=gettext_lazy("Người ký"), required=False, help_text=said, **more)

    def offer(self, found: list[Signer]) -> None:
        """The choices: each person with each office."""
        self.choices = [("", _("như ghi ở dưới")), *((one.key, _said(one)) for one in found)]


class SignForm(forms.Form):
    """The signature block, where the signer's name is not the one that was drafted."""

    lines = SignatureLines(rows=2, label=gettext_lazy("Quyền hạn, chức vụ"))
    name = Text(label=gettext_lazy("Họ tên người ký"), max_length=120)

    def signature(self) -> Signature:
        """The block."""
        return Signature(self.cleaned_data["lines"], self.cleaned_data["name"])


def _said(one: Signer) -> str:
    return _("%(signer)s (thay %(name)s)") % {"signer": one.said, "name": one.lends} if one.lends else one.said
