"""Pieces that pages are made of."""

from __future__ import annotations

from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string


class Wish(forms.Form):
    words = forms.CharField(label="Lời nhắn")


def test_the_summary_of_a_refused_form_has_the_focus_and_leads_to_the_field() -> None:
    said = render_to_string("core/ui/errors.html", {"form": Wish({})})
    assert 'tabindex="-1" autofocus' in said
    assert '<a href="#id_words">Lời nhắn</a>' in said
    assert render_to_string("core/ui/errors.html", {"form": Wish()}).strip() == ""


def test_what_stands_between_backticks_is_code_and_nothing_else_is_markup() -> None:
    said = Template("{% load ui %}{{ text|codes }}").render(Context({"text": "Gửi `key` <b>mới</b>, `a<b`."}))
    assert said == "Gửi <code>key</code> &lt;b&gt;mới&lt;/b&gt;, <code>a&lt;b</code>."
