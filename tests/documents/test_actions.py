"""The library's writes: documents told apart, found again, filled in; what cites what."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_actor, make_organisation, make_text

from nhipcau.core.acts import STRANGER, Refused
from nhipcau.documents import actions
from nhipcau.documents.actions import Facts
from nhipcau.documents.models import Citation, Document, Line, Naming, Text
from nhipcau.documents.rules import key_of, may_be_same, slug_of, symbol_key
from vanban import model

pytestmark = pytest.mark.django_db

DECISION = Facts("Quyết định", "407/QĐ-TTg", "Thủ tướng Chính phủ", "", dt.date(2022, 3, 30), "Phê duyệt Đề án")


@pytest.fixture
def office():
    return make_organisation()


@pytest.fixture
def actor(office):
    return make_actor(office)


def file(actor, office, *facts: Facts) -> list[Document]:
    return actions.file_documents(actor, list(facts), organisation=office)


def test_the_same_document_is_found_again(actor, office):
    assert file(actor, office, DECISION) == file(actor, office, DECISION)


@pytest.mark.parametrize(
    "again",
    [
        Facts("Quyết định", "407/QĐ-TTg"),
        Facts("Quyết định", "407/QD-TTg", "Thủ tướng Chính phủ", "", dt.date(2022, 3, 30)),
        Facts("", "0407/QĐ-TTg", "", "", dt.date(2022, 12, 1)),
    ],
)
def test_a_shorter_or_other_way_to_name_it_is_the_same_document(actor, office, again):
    assert file(actor, office, DECISION) == file(actor, office, again)


@pytest.mark.parametrize(
    "other",
    [
        Facts("Quyết định", "408/QĐ-TTg", "Thủ tướng Chính phủ", "", dt.date(2022, 3, 30)),
        Facts("Quyết định", "407/QĐ-TTg", "Thủ tướng Chính phủ", "", dt.date(2021, 3, 30)),
        Facts("Chỉ thị", "407/CT-TTg", "Thủ tướng Chính phủ", "", dt.date(2022, 3, 30)),
    ],
)
def test_another_number_year_or_type_is_another_document(actor, office, other):
    assert file(actor, office, DECISION) != file(actor, office, other)


def test_every_province_has_its_own_eighth_plan(actor, office):
    one = Facts("Kế hoạch", "08/KH-UBND", "Ủy ban nhân dân tỉnh Bà Rịa – Vũng Tàu", "", dt.date(2024, 1, 8))
    other = Facts("Kế hoạch", "08/KH-UBND", "Ủy ban nhân dân tỉnh Nghệ An", "", dt.date(2024, 1, 12))
    first, second = file(actor, office, one, other)
    assert (first.slug, second.slug) == ("08-kh-ubnd-2024", "08-kh-ubnd-2024-nghe-an")


def test_a_committee_is_the_same_in_short_and_in_full(actor, office):
    full = Facts("Kế hoạch", "08/KH-UBND", "Ủy ban nhân dân tỉnh Nghệ An", "", dt.date(2024, 1, 8))
    short = Facts("Kế hoạch", "8/KH-UBND", "UBND tỉnh Nghệ An", "", dt.date(2024, 1, 8))
    assert file(actor, office, full) == file(actor, office, short)


def test_a_local_number_without_issuer_stays_with_who_cites_it(actor, office):
    unknown = Facts("Kế hoạch", "08/KH-UBND", "", "", dt.date(2024, 1, 8))
    elsewhere = make_organisation()
    assert file(actor, office, unknown) != file(make_actor(elsewhere), elsewhere, unknown)


def test_a_law_cited_by_name_is_one_document(actor, office):
    first = Facts("Luật", "", "", "", None, "Tiếp cận thông tin")
    second = Facts("Luật", "", "", "", None, "tiếp cận  thông tin")
    assert file(actor, office, first) == file(actor, office, second)


def telling(actor, office, facts: Facts, *, is_public: bool) -> Text:
    """A text that tells this of a document."""
    text = make_text(office)
    (document,) = file(actor, office, facts)
    actions.record_facts(actor, text, [(document, facts)])
    actions.open_text(actor, text, is_public=is_public)
    return text


def known() -> tuple[dt.date | None, str, str]:
    document = Document.objects.get()
    return document.date, document.issuer, document.title


def test_what_is_missing_is_filled_in_from_public_texts_and_what_stands_is_kept(actor, office):
    telling(actor, office, Facts("Quyết định", "407/QĐ-TTg"), is_public=True)
    telling(actor, office, DECISION, is_public=True)
    telling(actor, office, Facts("Quyết định", "407/QĐ-TTg", "Một người khác", "", None, "Tên khác"), is_public=True)
    assert known() == (DECISION.date, DECISION.issuer, DECISION.title)
    assert Document.objects.get().folded == " quyet dinh | 407 qd ttg | thu tuong chinh phu | phe duyet de an "


def test_what_a_text_that_is_not_public_tells_stays_with_it(actor, office):
    text = telling(actor, office, DECISION, is_public=False)
    assert known() == (None, DECISION.issuer, "")
    naming = Naming.objects.get()
    assert (naming.text_of, naming.date, naming.title) == (text, DECISION.date, DECISION.title)


def test_what_is_public_no_longer_is_taken_back_unless_another_public_text_tells_it(actor, office):
    first, second = (telling(actor, office, DECISION, is_public=True) for _ in range(2))
    actions.open_text(actor, first, is_public=False)
    assert known() == (DECISION.date, DECISION.issuer, DECISION.title)
    actions.open_text(actor, second, is_public=False)
    assert known() == (None, DECISION.issuer, "")
    actions.open_text(actor, first, is_public=True)
    assert known() == (DECISION.date, DECISION.issuer, DECISION.title)


def test_two_public_texts_that_tell_different_things_do_not_lose_the_second(actor, office):
    other = dataclasses.replace(DECISION, title="Tên khác")
    first = telling(actor, office, DECISION, is_public=True)
    telling(actor, office, other, is_public=True)
    actions.open_text(actor, first, is_public=False)
    assert known() == (DECISION.date, DECISION.issuer, "Tên khác")


def test_two_years_that_one_mention_could_mean_are_left_alone(actor, office):
    both = [Facts("Chỉ thị", "07/CT-TTg", date=dt.date(year, 3, 21)) for year in (2022, 2023)]
    first, second = file(actor, office, *both)
    (unsure,) = file(actor, office, Facts("Chỉ thị", "07/CT-TTg"))
    assert unsure not in (first, second)


def test_many_documents_cost_few_queries(actor, office, django_assert_max_num_queries):
    many = [Facts("Quyết định", f"{i}/QĐ-TTg", "Thủ tướng Chính phủ", "", dt.date(2024, 1, 1)) for i in range(1, 61)]
    with django_assert_max_num_queries(20):
        assert len({document.pk for document in file(actor, office, *many)}) == 60


def test_a_text_keeps_its_lines_and_pages(actor, office):
    stored = make_text(office).file
    lines = (model.Line(1, "KẾ HOẠCH", 1), model.Line(2, "", 1), model.Line(3, "Nội dung", 2))
    source = model.Source("a.pdf", "0" * 64, "application/pdf", 2, lines)
    text = actions.keep_text(actor, source, organisation=office, file=stored, name="a.pdf")
    kept = list(Line.objects.filter(text_of=text).values_list("number", "page", "text"))
    assert (text.line_count, text.pages, kept) == (3, 2, [(1, 1, "KẾ HOẠCH"), (2, 1, ""), (3, 2, "Nội dung")])


def test_citations_of_one_document_become_one_with_all_its_mentions(actor, office):
    text = make_text(office)
    (document,) = file(actor, office, DECISION)
    actions.record_citations(actor, text, [(document, False, [[1, 2]]), (document, True, [[9, 9]])])
    actions.record_citations(actor, text, [(document, False, [[1, 2]]), (document, True, [[9, 9]])])
    cited = Citation.objects.get()
    assert (cited.position, cited.is_basis, cited.mentions) == (1, True, [[1, 2], [9, 9]])


def test_a_text_that_is_read_anew_goes_unless_something_stands_on_it(actor, office):
    text = make_text(office)
    actions.drop_text(actor, text)
    assert Text.objects.count() == 0


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_import_may_not_file(office, role):
    with pytest.raises(Refused):
        actions.file_documents(make_actor(office, role), [DECISION], organisation=office)
    with pytest.raises(Refused):
        actions.file_documents(STRANGER, [DECISION], organisation=office)


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        (DECISION, "407-qd-ttg-2022"),
        (Facts("Nghị định", "09/2017/NĐ-CP"), "09-2017-nd-cp"),
        (Facts("Luật", title="Tiếp cận thông tin"), "luat-tiep-can-thong-tin"),
        (Facts(), "van-ban"),
    ],
)
def test_addresses_are_plain(facts, slug):
    assert slug_of(facts) == slug


@given(st.text(max_size=30), st.text(max_size=60), st.one_of(st.none(), st.dates(dt.date(1945, 1, 1))))
def test_any_facts_have_a_key_that_is_its_own(symbol, title, date):
    facts = Facts("Quyết định", symbol, "", "", date, title)
    key = key_of(facts, 7)
    assert len(key) <= 250
    assert may_be_same(key, key)


@given(st.integers(1, 9999), st.sampled_from(["KH-UBND", "QĐ-TTg", "NQ-HĐND"]))
def test_zeros_in_front_do_not_matter(number, end):
    assert symbol_key(f"0{number}/{end}") == symbol_key(f"{number}/{end}")
