"""Forms of the directory. What is right is decided by the actions; a form only shapes what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from nhipcau.core.forms import DayField, UploadField
from nhipcau.core.models import User

from .models import Group, Level, Organisation, OrganisationKind, Role, Succession


def put_errors(form: forms.BaseForm, problem: ValidationError) -> None:
    """Show what an action refused beside the fields of the form; what fits none of them on top."""
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem.messages)
        return
    for field, messages in problem.message_dict.items():
        form.add_error(field if field in form.fields else None, messages)
        if field == NON_FIELD_ERRORS:
            continue


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Facts of an organisation."""

    level = forms.ChoiceField(
        label=_("Cấp"),
        choices=[("", _("Chọn cấp")), *Level.choices],
        error_messages={"required": _("Bạn hãy chọn cấp của cơ quan.")},
    )
    valid_from = DayField(label=_("Có từ ngày"), required=False)
    valid_to = DayField(label=_("Đến hết ngày"), required=False)

    class Meta:
        model = Organisation
        fields = ("name", "short_name", "kind", "level", "parent", "valid_from", "valid_to", "legal_basis", "source")
        labels = {
            "name": _("Tên đầy đủ"),
            "short_name": _("Tên ngắn"),
            "kind": _("Loại"),
            "parent": _("Cơ quan cấp trên"),
            "legal_basis": _("Căn cứ thành lập, chấm dứt"),
            "source": _("Nguồn"),
        }
        help_texts = {
            "name": _("Như trên con dấu và đầu văn bản, ví dụ: Phòng Văn hóa và Thông tin."),
            "kind": _("Các nhóm như “các sở, ban, ngành” chọn thành viên theo loại và cấp."),
            "legal_basis": _("Số, ký hiệu văn bản, ví dụ: Nghị quyết 202/2025/QH15."),
            "source": _("Bạn biết điều này từ đâu."),
        }
        error_messages = {"name": {"required": _("Bạn hãy ghi tên.")}}

    def __init__(self, *args: Any, parents: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["parent"]
        choice.queryset = Organisation.objects.none() if parents is None else parents  # type: ignore[attr-defined]
        choice.empty_label = _("Không có (đứng đầu một hệ thống)")  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The model is not touched here: the action writes it, under its lock."""

    def values(self) -> dict[str, Any]:
        return {field: self.cleaned_data[field] for field in self.Meta.fields}


class EndForm(forms.Form):
    """The last day of an organisation and the decision that ended it."""

    valid_to = DayField(label=_("Ngày cuối cùng còn hiệu lực"))
    legal_basis = forms.CharField(
        label=_("Căn cứ chấm dứt"), max_length=300, help_text=_("Số, ký hiệu văn bản, ví dụ: Nghị quyết 202/2025/QH15.")
    )


class AliasForm(forms.Form):
    """Another name of an organisation."""

    text = forms.CharField(label=_("Tên gọi khác"), max_length=250)
    scope = forms.ModelChoiceField(
        label=_("Dùng trong kế hoạch của"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Mọi cơ quan"),
        help_text=_("“Công an tỉnh” ở mỗi tỉnh là một cơ quan khác: tên như vậy chỉ dùng trong tỉnh mình."),
    )

    def __init__(self, *args: Any, scopes: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if scopes is not None:
            self.fields["scope"].queryset = scopes  # type: ignore[attr-defined]


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    """The rule of a group and its wordings."""

    kinds = forms.MultipleChoiceField(
        label=_("Gồm các loại"),
        choices=OrganisationKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn loại nào nghĩa là mọi loại."),
    )
    levels = forms.MultipleChoiceField(
        label=_("Gồm các cấp"),
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn cấp nào nghĩa là mọi cấp."),
    )
    wordings = forms.CharField(
        label=_("Cách gọi khác"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một cách gọi, như kế hoạch vẫn ghi."),
    )

    class Meta:
        model = Group
        fields = ("name", "is_open", "kinds", "levels")
        labels = {"name": _("Tên nhóm"), "is_open": _("Nhóm mở: chỉ gồm những cơ quan được nêu tên")}
        help_texts = {
            "is_open": _("Dành cho “các cơ quan liên quan”: chưa ai thuộc nhóm cho tới khi có người nêu tên.")
        }

    def _post_clean(self) -> None:
        """The model is not touched here: the action writes it."""

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        wordings = [line.strip() for line in data["wordings"].splitlines() if line.strip()]
        return {field: data[field] for field in self.Meta.fields} | {"wordings": wordings}


class OrganisationsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no generic when the program runs
    """Several organisations by their keys. A key larger than any key is no choice; a database would fail on it."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not str(key).isascii() or not str(key).isdecimal() or len(str(key)) > 18:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": str(key)[:20]})
        return super().clean(value)


class MembersForm(forms.Form):
    """Who belongs to a group by name."""

    members = OrganisationsField(
        label=_("Thành viên được nêu tên"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = candidates  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """A person and the roles they are given."""

    email = forms.EmailField(
        label=_("Thư điện tử công vụ"),
        error_messages={"invalid": _("Địa chỉ thư chưa đúng. Ví dụ: ten@bariavungtau.gov.vn.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        required=False,
        help_text=_("Không cần ghi nếu người này đã có tài khoản."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Vai trò"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bạn hãy chọn ít nhất một vai trò.")},
    )


class SuccessionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who took over from an agency that ended."""

    ended = DayField(label=_("Hoạt động đến hết ngày"))

    class Meta:
        model = Succession
        fields = ("of", "level", "ended", "name", "topic", "basis", "source")


class SheetForm(forms.Form):
    """A table of the directory."""

    sheet = UploadField(
        label=_("Tệp danh bạ (CSV hoặc XLSX)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("Tối đa 2 MB, 5.000 dòng. Chưa có gì được ghi cho tới khi bạn xem và xác nhận."),
    )


class DelegationForm(forms.Form):
    """Who stands in, in which roles, from when to when."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Người làm thay"),
        empty_label=_("Chọn một đồng nghiệp"),
        error_messages={"required": _("Bạn hãy chọn người làm thay.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Vai trò được làm thay"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bạn hãy chọn ít nhất một vai trò.")},
    )
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, colleagues: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
