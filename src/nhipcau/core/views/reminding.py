"""When a person wants to be written to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from .. import actions
from ..models import Reminder, Rhythm, User
from ..reminding import awake, rhythm_of
from ..timekeeping import work_calendar
from .gate import signed_in

_TIME = {"invalid": gettext_lazy("Giờ chưa đúng. Bạn hãy ghi theo dạng 18:00.")}
_CHOOSE = {"invalid_choice": gettext_lazy("Bạn hãy chọn một mục trong danh sách.")}


def _clock() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class RhythmForm(forms.ModelForm):  # type: ignore[type-arg]
    """How often, when, and when not."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Gửi thư cho tôi"),
        choices=Rhythm.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Vào lúc"),
        choices=[(hour, f"{hour}:00") for hour in range(24)],
        coerce=int,
        help_text=gettext_lazy("Cho thư mỗi ngày và thư mỗi tuần."),
        error_messages=_CHOOSE,
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Thư mỗi tuần vào"), choices=Rhythm.Weekday.choices, coerce=int, error_messages=_CHOOSE
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("Không gửi từ"), widget=_clock(), input_formats=["%H:%M", "%H:%M:%S"], error_messages=_TIME
    )
    quiet_to = forms.TimeField(
        label=gettext_lazy("đến"),
        widget=_clock(),
        input_formats=["%H:%M", "%H:%M:%S"],
        help_text=gettext_lazy("Hai giờ giống nhau: lúc nào cũng gửi được."),
        error_messages=_TIME,
    )

    class Meta:
        model = Rhythm
        fields = ("kind", "hour", "weekday", "quiet_from", "quiet_to", "is_quiet_on_days_off")
        labels = {"is_quiet_on_days_off": gettext_lazy("Không gửi vào ngày nghỉ")}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rhythm(request: HttpRequest) -> HttpResponse:
    """Rhythm and quiet hours, and when the next and the last letter."""
    person = User.objects.get(pk=request.user.pk or 0)
    kept = rhythm_of(person.pk)
    form = RhythmForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        actions.change_rhythm(request.actor, person, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("Đã lưu lúc bạn nhận thư."))
        return redirect("rhythm")
    context: dict[str, Any] = {
        "form": form,
        "next_at": None
        if kept.kind == Rhythm.Kind.NEVER or kept._state.adding
        else awake(kept, kept.next_at, work_calendar()),
        "last": Reminder.objects.filter(person=person).order_by("-created_at").first(),
        "is_at_once": kept.kind == Rhythm.Kind.AT_ONCE,
        "section": "preferences",
    }
    return render(request, "core/reminders/rhythm.html", context, status=422 if form.is_bound else 200)
