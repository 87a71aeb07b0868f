"""The shared pieces, drawn with what pages give them."""

from __future__ import annotations

import re
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string


class AgencyForm(forms.Form):
    name = forms.CharField(label="Tên đầy đủ", help_text="Như trong quyết định thành lập.")
    level = forms.ChoiceField(label="Cấp", choices=[("p", "Cấp tỉnh"), ("x", "Cấp xã")], widget=forms.RadioSelect)
    active = forms.BooleanField(label="Còn hiệu lực", required=False)
    secret = forms.CharField(required=False, widget=forms.HiddenInput)


def drawn(piece: str, **context: object) -> str:
    return render_to_string(f"core/ui/{piece}.html", context)


def ids_in(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


def test_a_field_says_what_it_is_and_what_helps():
    html = drawn("field", field=AgencyForm()["name"])
    assert '<label for="id_name">Tên đầy đủ</label>' in html
    assert set(re.search(r'aria-describedby="([^"]+)"', html)[1].split()) <= ids_in(html)


def test_a_refused_field_points_at_its_error():
    html = drawn("field", field=AgencyForm({"name": ""})["name"])
    assert 'aria-invalid="true"' in html
    assert set(re.search(r'aria-describedby="([^"]+)"', html)[1].split()) == {"id_name_helptext", "id_name_error"}
    assert {"id_name_helptext", "id_name_error"} <= ids_in(html)


def test_what_was_typed_stays_and_is_escaped():
    assert 'value="&lt;Sở&gt; Tư pháp"' in drawn("field", field=AgencyForm({"name": "<Sở> Tư pháp"})["name"])


def test_choices_are_a_group_with_a_legend():
    html = drawn("field", field=AgencyForm()["level"])
    assert html.count('type="radio"') == 2
    assert "<legend>Cấp</legend>" in html


def test_a_box_stands_before_its_words():
    html = drawn("field", field=AgencyForm()["active"])
    assert re.search(r'<label class="pick"><input type="checkbox"[^>]*><span>Còn hiệu lực</span></label>', html)


def test_a_hidden_field_is_only_itself():
    assert drawn("field", field=AgencyForm()["secret"]).strip().startswith('<input type="hidden"')


def test_other_words_for_a_label():
    assert ">Tên cơ quan</label>" in drawn("field", field=AgencyForm()["name"], label="Tên cơ quan")


def test_the_summary_leads_to_each_refused_field():
    form = AgencyForm({})
    html = drawn("errors", form=form)
    fields = "".join(drawn("field", field=field) for field in form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert targets == ["id_name", "id_level_0"]
    assert set(targets) <= ids_in(fields)
    assert 'role="alert"' in html


def test_no_summary_without_errors():
    assert drawn("errors", form=AgencyForm({"name": "Sở Tư pháp", "level": "p"})).strip() == ""


def test_a_pager_keeps_the_rest_of_the_address(rf):
    request = rf.get("/so-nhiem-vu/?q=kinh+phi&page=5")
    html = render_to_string("core/ui/pager.html", {"page": Paginator(range(1234), 50).get_page(5)}, request)
    assert re.findall(r'href="([^"]+)"', html)[0] == "?q=kinh+phi&amp;page=4"
    assert "201–250 trong 1.234 mục" in html
    assert html.count('aria-current="page"') == 1


def test_no_pager_for_one_page(rf):
    assert (
        render_to_string("core/ui/pager.html", {"page": Paginator(range(3), 50).get_page(1)}, rf.get("/")).strip() == ""
    )


def test_every_line_of_a_source_has_its_anchor():
    lines = [SimpleNamespace(number=n, text=f"Dòng {n}", page=1 + n // 3) for n in range(1, 5)]
    html = drawn("source", lines=lines, first=2, last=3)
    assert ids_in(html) == {"dong-1", "dong-2", "dong-3", "dong-4"}
    assert re.findall(r'id="dong-(\d)" class="lit"', html) == ["2", "3"]
    assert html.count("trang 2") == 1
    assert 'lang="vi"' in html


def test_a_running_job_says_how_far_it_is_and_asks_to_be_followed():
    job = SimpleNamespace(pk=1, state="running", done=3, total=12, message="Đang đọc trang 3/12", problem="")
    html = drawn("progress", job=job, poll="/doi-chieu/abc/tien-do/", title="Kế hoạch.pdf")
    assert 'max="12" value="3"' in html
    assert 'data-poll="/doi-chieu/abc/tien-do/"' in html
    assert "Đang đọc trang 3/12" in html


def test_a_finished_job_is_not_followed():
    job = SimpleNamespace(pk=1, state="failed", done=3, total=12, message="", problem="Tệp có mật khẩu.")
    html = drawn("progress", job=job, poll="/x/")
    assert "data-poll" not in html
    assert "Tệp có mật khẩu." in html
