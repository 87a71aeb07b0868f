"""A document is begun, and written."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nhipcau.organisations.models import Organisation
from vanban.official import OfficialDocument, Signature
from vanban.official.plaintext import body_text, kept_in
from vanban.official.types import form_of

from ..models import Outgoing
from ..queries.letterhead import letterhead
from ..queries.outgoing.blank import named_here
from ..queries.outgoing.register import doc_types
from ..queries.outgoing.seen import written_by
from ..queries.outgoing.signers import chosen, signers
from .annexes import annex_forms, annexes_of
from .bodies import LONGEST_BODY, kept_places, read_body
from .fields import Lines, SignatureLines, Text
from .signing import SignerField


class NewForm(forms.Form):
    """What a new document is."""

    doc_type = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    subject = Text(
        label=gettext_lazy("Trích yếu"),
        max_length=1000,
        help_text=gettext_lazy("Ví dụ: Kết quả truyền thông chính sách năm 2026"),
        error_messages={"required": gettext_lazy("Bạn hãy ghi văn bản nói về việc gì.")},
    )

    unit = forms.RegexField(
        r"^[A-ZĐƯa-zđ0-9&]{1,20}$",
        label=gettext_lazy("Đơn vị soạn thảo, viết tắt"),
        required=False,
        strip=True,
        help_text=gettext_lazy("Đứng trong ký hiệu của công văn và sau “Lưu: VT”, ví dụ VX. Lần sau được nhớ."),
        error_messages={"invalid": gettext_lazy("Chỉ ghi chữ viết tắt liền nhau, ví dụ VX hoặc TH.")},
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
        label=pgettext_lazy("archive", "Lưu"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Ví dụ: VT, VX (02)"),
    )
    who = SignerField()
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

    def __init__(self, data: Any = None, *, outgoing: Outgoing, drafter: int | None = None) -> None:
        self.outgoing, self.held = outgoing, outgoing.official
        self.source, self.drafter = written_by(outgoing), drafter
        self.signers = signers(outgoing.organisation)
        chosen_now = chosen(self.signers, self.held.signature)
        initial = {**_values(self.held, outgoing), "who": chosen_now.key if chosen_now is not None else ""}
        super().__init__(data, initial=initial)
        types = list(dict.fromkeys((self.held.type, *doc_types())))
        self.fields["doc_type"].choices = [(name, name) for name in types]  # type: ignore[attr-defined]
        self.fields["who"].offer(self.signers)  # type: ignore[attr-defined]
        self.annexes = [] if self.source is not None else annex_forms(data, self.held.annexes)
        if self.source is not None:  # changed where its words come from, whatever is sent here
            for name in ("doc_type", "subject", "bases", "body"):
                self.fields[name].disabled = True
        self._body: tuple[Any, ...] = self.held.body
        self._to: list[Organisation] = []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What stands for each table and picture of the body, and what it is."""
        return kept_places(self.held.body)

    @property
    def shown_annexes(self) -> int:
        """How many annexes stand in the form, the empty one not among them."""
        return sum(not annex.is_new for annex in self.annexes)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(annex.is_valid() for annex in self.annexes)])

    def clean_body(self) -> Any:
        if self.source is None:
            self._body = read_body(self.cleaned_data["body"], kept_in(self.held.body))
        return self.cleaned_data["body"]

    def clean_to(self) -> tuple[str, ...]:
        lines: tuple[str, ...] = self.cleaned_data["to"]
        meant = named_here(self.outgoing.organisation, lines) if lines else {}
        lost = [line for line, found in meant.items() if not found]
        if lost:
            said = _("Không có trong danh bạ: %(names)s. Bạn hãy ghi đúng tên cơ quan, hoặc bỏ dòng này.")
            raise forms.ValidationError(said % {"names": "; ".join(lost[:5])})
        self._to = [one for found in meant.values() for one in found]
        return lines

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        doc_type = given.get("doc_type", self.held.type)
        if given.get("authority") and form_of(doc_type) != "decision":
            said = _("%(type)s không in thẩm quyền ban hành. Bạn hãy xóa ô này.")
            self.add_error("authority", said % {"type": doc_type})
        is_by_hand = bool(given.get("signer")) or bool(given.get("who"))
        if not is_by_hand and "signer" not in self.errors and len({one.person_id for one in self.signers}) > 1:
            self.add_error("who", _("Cơ quan có nhiều người ký được: bạn hãy chọn người ký."))
        return given

    def addressees_here(self) -> list[Organisation]:
        """The organisations of the house to which it goes."""
        return self._to

    def official(self) -> OfficialDocument:
        """The document as the form says it; number and date stay as they are."""
        given = self.cleaned_data
        lines = ("subject", "place", "urgency", "bases", "addressees", "recipients", "archive")
        made = dataclasses.replace(
            self.held,
            type=given["doc_type"],
            code=self._code(),
            **{name: given[name] for name in lines},
            **{name: given[name].upper() for name in ("issuer", "parent", "authority")},
            body=self._body,
            signature=self._signature(),
        )
        return made if self.source is not None else dataclasses.replace(made, annexes=annexes_of(self.annexes))

    def _code(self) -> str:
        """What follows the number; it follows the type where that changed and the code was left as it was."""
        given = self.cleaned_data
        if given["doc_type"] == self.held.type or given["code"] != self.held.code:
            return str(given["code"])
        return letterhead(self.outgoing.organisation, drafter=self.drafter).code(given["doc_type"])

    def _signature(self) -> Signature:
        """The block of the signer who was chosen now; else what stands in the fields."""
        given = self.cleaned_data
        found = next((one for one in self.signers if one.key == given["who"]), None)
        if found is not None and given["who"] != self.initial["who"]:
            return found.block
        return Signature(given["signature"], given["signer"])


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
