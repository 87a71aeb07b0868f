"""Days and due moments as people type them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.clocks import LimitError, asked_moment, due_words
from nhipcau.core.timekeeping import work_calendar

from ..words import typed_moment

# A day with its year, and an hour before or behind it: nobody needs to be told what that means.
_PLAIN = re.compile(
    r"(?:\d{1,2}(?::|h|giờ) ?(?:\d{2})?,? )?(?:\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})(?:,? \d{1,2}(?::|h)(?:\d{2})?)?"
)


class DueForm(forms.Form):
    """Until when, in words or as a date. What was typed in words is said back first (``told``) and counts once its reader
    has seen it: ``due_said`` and ``due_means`` carry what was typed and what it was understood as."""

    due = forms.CharField(
        label=gettext_lazy("Thời hạn gửi"),
        max_length=120,
        help_text=gettext_lazy(
            "Ghi ngày (25/11/2026), hoặc như nói: 10:00 ngày mai; chiều thứ Sáu; trước 17 giờ ngày 25/11; 3 ngày làm việc."
        ),
    )
    due.widget.attrs |= {"hx-get": reverse_lazy("due_said"), "hx-trigger": "change", "hx-target": "next .due-told"}
    due_said = forms.CharField(required=False, widget=forms.HiddenInput)
    due_means = forms.CharField(required=False, widget=forms.HiddenInput)

    told = ""  # what was typed means …
    means = ""  # the same as a date, as it would be typed
    is_told = False  # whether the reader has seen that

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = cleaned.get("due")
        if not typed:
            return cleaned
        seen = cleaned["due_means"] if cleaned.get("due_said") == typed and cleaned.get("due_means") else ""
        now = timezone.now()
        try:
            due_at = asked_moment(seen or typed, now, work_calendar())
        except LimitError as problem:
            self.add_error("due", str(problem))
            return cleaned
        local = timezone.localtime(due_at)
        if due_at <= now:
            said = _("Thời hạn này đã qua (%(due)s). Bạn hãy chọn một lúc sau.") % {"due": due_words(local)}
            self.add_error("due", said)
            return cleaned
        cleaned["due_at"] = due_at
        self.is_told = bool(seen) or _PLAIN.fullmatch(typed) is not None
        self.means = typed_moment(due_at)
        self.told = due_words(local)
        if not work_calendar().is_working(local.date()):
            self.told = _("%(due)s, là ngày nghỉ") % {"due": self.told}
        return cleaned


class MoveForm(DueForm):
    """Another due moment, and why."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500)
