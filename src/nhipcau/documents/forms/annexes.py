"""The annexes of a document as its writer changes them: each with its title, its place among them, its body; one empty form
more adds one. All of it works without scripts."""

from __future__ import annotations

import dataclasses
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vanban.official import Annex
from vanban.official.plaintext import body_text, kept_in

from .bodies import LONGEST_BODY, kept_places, read_body
from .fields import Text

MOST = 50  # annexes of one document
NEW = Annex("", "", ())


class AnnexForm(forms.Form):
    """One annex. ``was``: which of the annexes that the writer saw; empty for a new one."""

    title = Text(label=gettext_lazy("Tên phụ lục"), max_length=500, required=False)
    body = forms.CharField(
        label=gettext_lazy("Nội dung phụ lục"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=LONGEST_BODY,
    )
    place = forms.IntegerField(label=gettext_lazy("Đứng thứ"), required=False, min_value=1, max_value=99)
    landscape = forms.BooleanField(label=gettext_lazy("Trang nằm ngang"), required=False)
    drop = forms.BooleanField(label=gettext_lazy("Bỏ phụ lục này"), required=False)

    def __init__(self, *arguments: Any, annex: Annex, place: int, is_new: bool, **named: Any) -> None:
        self.annex, self.is_new = annex, is_new
        named["initial"] = {
            "title": annex.title, "body": body_text(annex.body), "place": place, "landscape": annex.landscape,
        }  # fmt: skip
        super().__init__(*arguments, **named)
        self._body: tuple[Any, ...] = ()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What stands for each table and picture of its body, and what it is."""
        return kept_places(self.annex.body)

    def clean_body(self) -> str:
        text: str = self.cleaned_data["body"]
        self._body = read_body(text, kept_in(self.annex.body))
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("title") and not self.is_dropped() and "title" not in self.errors:
            self.add_error("title", _("Bạn hãy ghi tên phụ lục, hoặc đánh dấu bỏ phụ lục này."))
        return given

    def is_dropped(self) -> bool:
        """Whether the writer wants it away, or wrote nothing into an empty form."""
        given = self.cleaned_data
        is_empty = self.is_new and not given.get("title") and not self._body and "body" not in self.errors
        return bool(given.get("drop")) or is_empty

    def made(self) -> Annex:
        """The annex as the form says it."""
        given = self.cleaned_data
        return dataclasses.replace(
            self.annex, title=given["title"].upper(), body=self._body, landscape=given["landscape"]
        )


def annex_forms(data: Any, held: tuple[Annex, ...]) -> list[AnnexForm]:
    """A form for each annex, and an empty one for another. Of what was sent ("annexes" says how many stood there, the empty
    one not among them): those that somebody else added since stay as they are, one that somebody else dropped is made
    anew."""
    if data is None:
        return [_form(None, annex, at, is_new=at >= len(held)) for at, annex in enumerate([*held, NEW])]
    text = data.get("annexes", "")
    given = min(int(text), max(MOST, len(held))) if text.isascii() and text.isdecimal() and len(text) < 4 else len(held)
    annexes = [*held, *[NEW] * (given - len(held)), NEW]
    return [
        _form(_sent(data, at, annexes, given), annex, at, is_new=at >= len(held)) for at, annex in enumerate(annexes)
    ]


def _sent(data: Any, at: int, annexes: list[Annex], given: int) -> dict[str, Any] | None:
    """What was sent for the annex in this place; None where it did not stand in the form that was sent."""
    source = given if at == len(annexes) - 1 else at  # the empty form is the last one, wherever it stood
    if at < len(annexes) - 1 and at >= given:
        return None
    names = AnnexForm.base_fields
    return {f"pl{at}-{name}": data[f"pl{source}-{name}"] for name in names if f"pl{source}-{name}" in data}


def _form(sent: dict[str, Any] | None, annex: Annex, at: int, *, is_new: bool) -> AnnexForm:
    form = AnnexForm(sent, annex=annex, place=at + 1, is_new=is_new, prefix=f"pl{at}")
    if not is_new and (sent is None or f"pl{at}-title" not in sent):
        kept = {name: value for name, value in form.initial.items() if value is not False}
        form = AnnexForm(
            {f"pl{at}-{name}": value for name, value in kept.items()},
            annex=annex,
            place=at + 1,
            is_new=False,
            prefix=f"pl{at}",
        )
    return form


def annexes_of(found: list[AnnexForm]) -> tuple[Annex, ...]:
    """The annexes that valid forms say, in the places that they give."""
    kept = [
        (form.cleaned_data.get("place") or MOST, at, form) for at, form in enumerate(found) if not form.is_dropped()
    ]
    return tuple(form.made() for _place, _at, form in sorted(kept, key=lambda one: _order(*one)))


def _order(place: int, at: int, form: AnnexForm) -> tuple[int, int, int]:
    """By the place that was given; who was moved to a place goes before who stood there when it was moved up, after it
    when it was moved down."""
    stood = form.initial["place"]
    return (place, -1 if place < stood else 1 if place > stood else 0, at)
