"""Forms of a document of one's own: begun, written, signed, numbered; and of the register of numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.organisations.models import Organisation
from vanban.official import Annex, OfficialDocument, Signature
from vanban.official.plaintext import NoSuchBlock, body_of, body_text, kept_in
from vanban.official.types import form_of

from .models import Outgoing, RegisterNumber
from .queries.outgoing.blank import named_here
from .queries.outgoing.register import doc_types, reserved_for
from .wording import neat

LONGEST_BODY = 400_000
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


class NewForm(forms.Form):
    """What a new document is."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    subject = Text(
        label=gettext_lazy("Trích yếu"),
        max_length=1000,
        help_text=gettext_lazy("Ví dụ: Kết quả truyền thông chính sách năm 2026"),
        error_messages={"required": gettext_lazy("Bạn hãy ghi văn bản nói về việc gì.")},
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["doc_type"].choices = [(name, name) for name in doc_types()]  # type: ignore[attr-defined]


class WritingForm(forms.Form):
    """A document as its writer changes it: head, addressees, body as plain text, foot, annexes. ``official()`` and
    ``addressees()`` give what it says once it is valid."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    subject = Text(label=gettext_lazy("Trích yếu"), max_length=1000)
    addressees = Lines(
        label=gettext_lazy("Kính gửi"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một nơi, không cần gạch đầu dòng và dấu chấm phẩy."),
    )
    body = forms.CharField(
        label=gettext_lazy("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 24}),
        required=False,
        max_length=LONGEST_BODY,
    )
    recipients = Lines(
        label=gettext_lazy("Nơi nhận"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một nơi. Dòng Lưu ghi ở ô dưới."),
    )
    archive = Text(
        label=gettext_lazy("Lưu"), required=False, max_length=120, help_text=gettext_lazy("Ví dụ: VT, VX (02)")
    )
    signature = SignatureLines(
        label=gettext_lazy("Quyền hạn, chức vụ người ký"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng như khi in, ví dụ: TM. ỦY BAN NHÂN DÂN, rồi CHỦ TỊCH."),
    )
    signer = Text(label=gettext_lazy("Họ tên người ký"), required=False, max_length=120)
    to = Lines(
        label=gettext_lazy("Gửi tới trong Nhịp Cầu"),
        required=False,
        help_text=gettext_lazy(
            "Mỗi dòng một cơ quan hoặc một nhóm cơ quan trong danh bạ; để trống nếu chỉ gửi bằng đường khác."
        ),
    )
    issuer = Text(label=gettext_lazy("Cơ quan ban hành"), max_length=250)
    parent = Text(label=gettext_lazy("Cơ quan chủ quản"), required=False, max_length=250)
    code = Text(label=gettext_lazy("Ký hiệu, sau số"), max_length=60, help_text=gettext_lazy("Ví dụ: KH-UBND"))
    place = Text(label=gettext_lazy("Địa danh"), max_length=120)
    urgency = forms.ChoiceField(
        label=gettext_lazy("Độ khẩn"),
        required=False,
        choices=[("", gettext_lazy("không")), ("KHẨN", "Khẩn"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("HỎA TỐC", "Hỏa tốc")],
    )
    authority = Text(
        label=gettext_lazy("Thẩm quyền ban hành"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Chỉ với nghị quyết, quyết định, ví dụ: CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN AN"),
    )
    bases = Lines(
        label=gettext_lazy("Căn cứ"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một căn cứ, mở đầu bằng “Căn cứ”, “Theo” hoặc “Xét”."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, outgoing: Outgoing, **named: Any) -> None:
        self.outgoing = outgoing
        self.held = outgoing.official
        if not arguments or arguments[0] is None:
            named["initial"] = _values(self.held, outgoing)
        super().__init__(*arguments, **named)
        types = list(dict.fromkeys((self.held.type, *doc_types())))
        self.fields["doc_type"].choices = [(name, name) for name in types]  # type: ignore[attr-defined]
        self.annexes = [
            AnnexForm(*arguments, annex=annex, prefix=f"pl{n}") for n, annex in enumerate(self.held.annexes)
        ]
        self._body: tuple[Any, ...] = ()
        self._to: list[Organisation] = []

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(annex.is_valid() for annex in self.annexes)])

    def clean_body(self) -> str:
        text: str = self.cleaned_data["body"]
        self._body = _read_body(text, kept_in(self.held.body))
        return text

    def clean_to(self) -> tuple[str, ...]:
        lines: tuple[str, ...] = self.cleaned_data["to"]
        meant = named_here(self.outgoing.organisation, lines) if lines else {}
        lost = [line for line, found in meant.items() if not found]
        if lost:
            said = _("Không có trong danh bạ: %(names)s. Bạn hãy ghi đúng tên cơ quan, hoặc bỏ dòng này.")
            raise forms.ValidationError(said % {"names": "; ".join(lost[:5])})
        self._to = [one for found in meant.values() for one in found]
        return lines

    def addressees_here(self) -> list[Organisation]:
        """The organisations of the house to which it goes."""
        return self._to

    def official(self) -> OfficialDocument:
        """The document as the form says it; number and date stay as they are."""
        given = self.cleaned_data
        return dataclasses.replace(
            self.held,
            type=given["doc_type"],
            **{
                name: given[name]
                for name in ("subject", "code", "place", "urgency", "bases", "addressees", "recipients")
            },
            **{name: given[name].upper() for name in ("issuer", "parent", "authority")},
            archive=given["archive"],
            body=self._body,
            signature=Signature(given["signature"], given["signer"]),
            annexes=tuple(annex.made() for annex in self.annexes if not annex.is_dropped()),
        )


class AnnexForm(forms.Form):
    """An annex as its writer changes it, or drops it."""

    title = Text(label=gettext_lazy("Tên phụ lục"), max_length=500)
    body = forms.CharField(
        label=gettext_lazy("Nội dung phụ lục"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=LONGEST_BODY,
    )
    drop = forms.BooleanField(label=gettext_lazy("Bỏ phụ lục này"), required=False)

    def __init__(self, *arguments: Any, annex: Annex, **named: Any) -> None:
        self.annex = annex
        named["initial"] = {"title": annex.title, "body": body_text(annex.body)}
        super().__init__(*arguments, **named)
        self._body: tuple[Any, ...] = ()

    def clean_body(self) -> str:
        text: str = self.cleaned_data["body"]
        self._body = _read_body(text, kept_in(self.annex.body))
        return text

    def is_dropped(self) -> bool:
        """Whether the writer wants it away."""
        return bool(self.cleaned_data.get("drop"))

    def made(self) -> Annex:
        """The annex as the form says it."""
        return dataclasses.replace(self.annex, title=self.cleaned_data["title"].upper(), body=self._body)


class SignForm(forms.Form):
    """The signature block, where the signer's name is not the one that was drafted."""

    lines = SignatureLines(rows=2, label=gettext_lazy("Quyền hạn, chức vụ"))
    name = Text(label=gettext_lazy("Họ tên người ký"), max_length=120)

    def signature(self) -> Signature:
        """The block."""
        return Signature(self.cleaned_data["lines"], self.cleaned_data["name"])


class NumberForm(forms.Form):
    """Which number a document takes, with which date."""

    date = Day(label=gettext_lazy("Ngày văn bản"))
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
    date = Day(label=gettext_lazy("Ngày văn bản"))
    sure = forms.BooleanField(label=gettext_lazy("Vẫn dùng ngày này"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["doc_type"].choices = [(name, name) for name in doc_types()]  # type: ignore[attr-defined]


class BeginForm(forms.Form):
    """How far a register on paper has come."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    last = forms.IntegerField(label=gettext_lazy("Số cuối cùng trên sổ giấy"), min_value=1, max_value=5000)
    date = Day(label=gettext_lazy("Ngày của số ấy"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["doc_type"].choices = [(name, name) for name in doc_types()]  # type: ignore[attr-defined]


def _values(held: OfficialDocument, outgoing: Outgoing) -> dict[str, Any]:
    """What the form shows of a document that nobody has typed on."""
    names = (
        "subject",
        "addressees",
        "recipients",
        "archive",
        "issuer",
        "parent",
        "code",
        "place",
        "urgency",
        "authority",
    )
    to = [row.organisation.name for row in outgoing.sent_to.select_related("organisation").order_by("pk")]
    return {
        **{name: getattr(held, name) for name in names},
        "doc_type": held.type,
        "bases": held.bases,
        "body": body_text(held.body),
        "signature": held.signature.lines,
        "signer": held.signature.name,
        "to": to or _guessed(outgoing.organisation, held),
        "version": outgoing.version,
    }


def _guessed(organisation: Organisation, held: OfficialDocument) -> list[str]:
    """Whom of this house the document names as addressees, proposed while nobody has been chosen."""
    lines = dict.fromkeys((*held.addressees, *(held.recipients if form_of(held.type) != "letter" else ())))
    found = named_here(organisation, lines) if lines else {}
    return list(dict.fromkeys(one.name for meant in found.values() for one in meant if one.pk != organisation.pk))


def _read_body(text: str, kept: Iterable[Any]) -> tuple[Any, ...]:
    try:
        return body_of(text, tuple(kept))
    except NoSuchBlock as lost:
        said = _("Dòng %(line)d ghi %(words)s, nhưng văn bản không có bảng hoặc hình ấy. Bạn hãy sửa hoặc bỏ dòng này.")
        raise forms.ValidationError(said % {"line": lost.line, "words": lost.words}) from lost
